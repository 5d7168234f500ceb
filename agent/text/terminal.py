"""Text from models and files made fit to be shown: safe for a terminal, and on one short line."""

import re
from typing import Final

_SEQUENCE: Final = re.compile(
    # Strings: OSC (52 sets the clipboard), DCS. Of one that never ends only the beginning goes, not all that follows.
    r"(?:\x1b[P\]X^_]|[\x90\x9d\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # CSI: colours, cursor, screen
    r"|\x1b[ -/]*[0-~]?"
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """Return `text` without escape sequences, C0/C1 controls (newline and tab stay) and bidirectional controls."""
    return _CONTROL.sub("", _SEQUENCE.sub("", text.replace("\r\n", "\n")))


def shortened(text: str, length: int = 60) -> str:
    """Return `text` on one line of at most `length` characters; an ellipsis stands for what was cut off."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"
