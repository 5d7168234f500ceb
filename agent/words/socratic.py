"""Sentences of the area “socratic”."""

from typing import Final, Literal

SENTENCES: Final[dict[str, dict[Literal["zh", "en"], str]]] = {}
