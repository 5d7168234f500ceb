"""Sentences of the area “context”."""

from typing import Final, Literal

SENTENCES: Final[dict[str, dict[Literal["zh", "en"], str]]] = {}
