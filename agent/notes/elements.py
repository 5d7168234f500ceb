"""The recorded elements of a discussion: which of them a document has no section or label for."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from agent.notes.lines import heading_of, visible_lines
from agent.standard.reading import read
from agent.text.outline import Outline
from agent.words import Language

_LABEL: Final = re.compile(r"^[ \t>]*(?:[-*+][ \t]+|\d+[.、)][ \t]*)?(?:[^\w\s*|#<]{1,3}[ \t]*)?\*\*([^*\n]{1,40})\*\*")
_SAID: Final = re.compile(r"^[ \t>]*(?:【|\[)([^】\]\n]{1,20})(?:】|\])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element with its stable id, its name in both languages and the words of a heading or label that show it."""

    id: str
    name: Mapping[Language, str]
    pattern: str
    blocks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    elements: tuple[Element, ...]


def elements_from(values: Mapping[str, Any]) -> tuple[Element, ...]:
    """Build the elements from the values of their TOML file; ValueError or TypeError when it is malformed."""
    return read(_File, "", values).elements


def missing_elements(outline: Outline, elements: Iterable[Element]) -> tuple[Element, ...]:
    """Return the elements for which no heading below the title, no label and, where they count, no block stands."""
    lines = visible_lines(outline.text)
    titles = [head[1] for line in lines if (head := heading_of(line)) and head[0] > 1]
    labels = [match[1] for line in lines for form in (_LABEL, _SAID) if (match := form.match(line.text))]
    words = "\n".join([*titles, *labels])
    has_blocks = bool(outline.fences) or any(formula.is_display for formula in outline.formulas)
    return tuple(
        element
        for element in elements
        if not (element.blocks and has_blocks) and not re.search(element.pattern, words, re.IGNORECASE)
    )
