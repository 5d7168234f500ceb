"""Text that a person hands in: a file of theirs, or standard input."""

import sys
from pathlib import Path

from agent.errors import BadArgument, NotUtf8, Unreadable
from agent.words import Phrase


def text_of(place: Path | None) -> str:
    """Return the text of a file, for None that of standard input; raise BadArgument for none, NotUtf8, Unreadable.

    Standard input is no file that could be converted in place: of it BadArgument tells the line that is no UTF-8.
    """
    name = str(place or "stdin")
    try:
        return place.read_text(encoding="utf-8-sig") if place else sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if place:
            raise NotUtf8(path=name, byte=error.start) from None
        line = error.object.count(b"\n", 0, error.start) + 1
        raise BadArgument(argument=name, reason=Phrase.of("errors.stdin-not-utf8", line=line)) from None
    except FileNotFoundError:
        raise BadArgument(argument=name, reason=Phrase.of("errors.disk-missing")) from None
    except OSError as error:
        raise Unreadable(path=name, reason=error.strerror) from None
