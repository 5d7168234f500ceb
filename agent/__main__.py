"""`wenqu` and `python -m agent`: answers --version before anything heavy is imported."""

import io
import os
import sys

from agent import __version__

GARBAGE_THRESHOLD = 50_000
"""Objects made, less those given back, between two searches for garbage (Python's own: some hundreds)."""

_SHOWN = "backslashreplace"


def main() -> int:
    """Run the command line and return its exit code."""
    _settle_streams()
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.stdout.write(f"wenqu {__version__}\n")
        return 0
    import atexit  # noqa: PLC0415 - --version needs not even this
    import gc  # noqa: PLC0415 - as above

    # Looking for garbage among tens of thousands of notes finds none and takes a tenth of the time.
    gc.set_threshold(GARBAGE_THRESHOLD)
    # So does looking for it once more when the process ends: a second where the SDK was imported.
    atexit.register(gc.freeze)
    from agent.cli.main import main as run  # noqa: PLC0415 - everything else costs ten times as much

    return run(sys.argv[1:])


def _settle_streams() -> None:
    """Let no stream raise for a character that it cannot take, nor for being closed (`>&-`)."""
    for name, mode, errors in (("stdin", "r", "surrogateescape"), ("stdout", "w", _SHOWN), ("stderr", "w", _SHOWN)):
        stream = getattr(sys, name)
        if stream is None:
            # It also takes the number of the closed stream, which else the next file opened would get.
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - open until the end
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=errors)


if __name__ == "__main__":
    sys.exit(main())
