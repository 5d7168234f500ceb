"""How the process of a job gives memory back."""

from contextlib import suppress
from typing import Final

_M_MMAP_THRESHOLD: Final = -3
_LARGE_BYTES: Final = 32 << 10


def return_large_blocks() -> None:
    """Have the C library give back each large block when it is freed; nothing happens where it knows no such thing.

    By itself glibc keeps, once a large block was freed, all blocks of that size for later use (mallopt(3),
    M_MMAP_THRESHOLD). Hundreds of requests at once free many, of many threads, between small ones that stay: with 64
    articles under way that was a quarter of all memory.
    """
    with suppress(ImportError, OSError, AttributeError, TypeError):
        import ctypes  # noqa: PLC0415 - not in every Python

        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES)
