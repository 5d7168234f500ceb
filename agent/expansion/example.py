"""The example that the instructions show: how an expansion reads, of which nothing is to stand in one."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from agent.assets import folder
from agent.standard.findings import Finding
from agent.standard.parts import Part
from agent.text.outline import outline
from agent.text.terminal import shortened
from agent.text.tokens import count_words
from agent.words import Language

_ENDS: Final = re.compile(r"\{\{.*?\}\}|\{[%#].*?[%#]\}|\$\$.*?\$\$|[。！？!?|\n]|\.(?=\s)", re.DOTALL)
"""What ends a sentence of the template; what it shows of formulas may stand in any text."""
_TELLING: Final[Mapping[Language, int]] = {"zh": 20, "en": 10}
"""A sentence of so many characters, or words, does not come about twice."""


def copied_from_example(
    text: str, parts: Sequence[Part], language: Language, manner: Container[int] | None = None
) -> Iterator[Finding]:
    """Yield an error for each sentence of the example that stands in a new part; new are those of `manner`, or all."""
    for part in parts:
        if manner is not None and part.number not in manner:
            continue
        for sentence in example_sentences(language):
            at = text.find(sentence, part.start, part.end)
            if at >= 0:
                found, line = shortened(sentence), outline(text).line_of(at)
                yield Finding(rule="copied-from-example", severity="error", line=line, found=found, wanted="")


@cache
def example_sentences(language: Language) -> tuple[str, ...]:
    """Return the sentences of the example that are long enough to be known again."""
    source = (folder("prompts") / language / "_expand_example.md.j2").read_text(encoding="utf-8")
    sentences = (piece.strip().strip("*：: ") for piece in _ENDS.split(source))
    return tuple(s for s in sentences if count_words(outline(s).plain) >= _TELLING[language])
