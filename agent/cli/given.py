"""Text that a person hands in: a file of theirs, or standard input."""

import sys
from pathlib import Path

from agent.errors import NotUtf8, Unreadable


def text_of(place: Path | None) -> str:
    """Return the text of a file, for None that of standard input; raise NotUtf8, Unreadable."""
    name = str(place or "stdin")
    try:
        return place.read_text(encoding="utf-8-sig") if place else sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotUtf8(path=name, byte=error.start) from None
    except OSError as error:
        raise Unreadable(path=name, reason=error.strerror) from None
