"""Sentences of the area “common”: what joins others."""

from typing import Final, Literal

SENTENCES: Final[dict[str, dict[Literal["zh", "en"], str]]] = {
    "and": {"zh": "、", "en": ", "},
    "semicolon": {"zh": "；", "en": "; "},
}
