"""Sentences of the area “expansion”."""

from typing import Final, Literal

SENTENCES: Final[dict[str, dict[Literal["zh", "en"], str]]] = {}
