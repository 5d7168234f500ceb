"""Sentences of the area “discussion”."""

from typing import Final, Literal

SENTENCES: Final[dict[str, dict[Literal["zh", "en"], str]]] = {}
