"""Whether a text asks: one sign decides, in every place where that matters."""

import re
from typing import Final

_ASKS: Final = re.compile(r"[?？][\s*_~”’\"'」』）)]*\Z")


def ends_asking(text: str) -> bool:
    """Whether a text ends with a question mark, whatever brackets, quotation marks and emphasis close behind it."""
    return _ASKS.search(text) is not None
