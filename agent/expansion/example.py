"""The instructions and the example that they show: none of their words are to stand in an expansion."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from agent.assets import folder
from agent.standard.findings import Finding
from agent.standard.gate import Stood, stands
from agent.standard.parts import Part
from agent.text.outline import outline
from agent.text.terminal import shortened
from agent.text.tokens import count_words
from agent.words import Language

_EXAMPLE: Final = "_expand_example.md.j2"
_ENDS: Final = re.compile(r"\{\{.*?\}\}|\{[%#].*?[%#]\}|\$\$.*?\$\$|[。！？!?|\n]|\.(?=\s)", re.DOTALL)
"""What ends a sentence of the template; what it shows of formulas may stand in any text."""
_TELLING: Final[Mapping[Language, int]] = {"zh": 20, "en": 10}
"""A sentence of so many characters, or words, does not come about twice."""
_LIGHT: Final = re.compile(r"[\W_的之地是为乃了也便就与和及而]+|(?<![a-z])(?:the|an?|of|that|which|is|are)(?![a-z])")
"""Signs and small words: a sentence in which some of these were put for others is the same."""
_BREAKS: Final = re.compile(r"\{\{.*?\}\}|\{[%#].*?[%#]\}|`[^`\n]*`|\n", re.DOTALL)
"""What ends a run of the instructions' own words: what they name is to stand in the text."""
_WORD: Final = re.compile(r"[A-Za-z]+|[\u4e00-\u9fff]")
_LETTERS: Final = re.compile(r"[a-z\u4e00-\u9fff][a-z\u4e00-\u9fff]*")
_IN_A_ROW: Final[Mapping[Language, int]] = {"zh": 25, "en": 10}
"""So many words in a row, signs between them aside, are copied; a Chinese character is a word."""


def copied_from_prompts(
    text: str, parts: Sequence[Part], language: Language, stood: Stood | None = None
) -> Iterator[Finding]:
    """Yield an error for each sentence of the example, and each line of the instructions, in lines that are new."""
    for part in parts:
        for at, found in (*_of_example(text, part, language), *_of_instructions(text, part, language)):
            if stands(text, at, part.number, stood):
                continue
            line = outline(text).line_of(at)
            yield Finding(rule="copied-from-example", severity="error", line=line, found=shortened(found), wanted="")


@cache
def example_sentences(language: Language) -> tuple[str, ...]:
    """Return the sentences of the example that are long enough to be known again."""
    source = (folder("prompts") / language / _EXAMPLE).read_text(encoding="utf-8")
    sentences = (piece.strip().strip("*：: ") for piece in _ENDS.split(source))
    return tuple(s for s in sentences if count_words(outline(s).plain) >= _TELLING[language])


def _of_example(text: str, part: Part, language: Language) -> Iterator[tuple[int, str]]:
    """Yield the lines of a part that hold a sentence of the example, with that sentence: the first for each."""
    whole, at = _bare(text[part.start : part.end]), part.start
    left = {sentence: bare for sentence, bare in _bare_sentences(language).items() if bare in whole}
    for line in text[part.start : part.end].splitlines(keepends=True) if left else ():
        bare = _bare(line)
        for sentence in [sentence for sentence, known in left.items() if known in bare]:
            del left[sentence]
            yield at, sentence
        at += len(line)


@cache
def _bare_sentences(language: Language) -> Mapping[str, str]:
    return {sentence: _bare(sentence) for sentence in example_sentences(language)}


def _bare(text: str) -> str:
    return _LIGHT.sub("", text.lower())


def _of_instructions(text: str, part: Part, language: Language) -> Iterator[tuple[int, str]]:
    """Yield the lines of a part that hold a run of the instructions' words."""
    rows, count, at = _rows(language), _IN_A_ROW[language], part.start
    if not _may_hold(text[part.start : part.end], language):
        return
    for line in text[part.start : part.end].splitlines(keepends=True):
        words = _WORD.findall(line.lower()) if len(line) >= count else []
        if any(tuple(words[n : n + count]) in rows for n in range(len(words) - count + 1)):
            yield at, line.strip()
        at += len(line)


def _may_hold(text: str, language: Language) -> bool:
    """Return whether a text may hold a run of the instructions' words: to look at every run takes ten times as long.

    Such a run holds a whole piece of half as many letters as the shortest one has, wherever it begins.
    """
    pieces, size = _pieces(language)
    letters = "".join(_LETTERS.findall(text.lower()))
    return any(letters[at : at + size] in pieces for at in range(0, len(letters), size))


@cache
def _pieces(language: Language) -> tuple[frozenset[str], int]:
    """Return all that a run of the instructions' words may hold, its letters alone, in pieces of one length."""
    runs = {"".join(row) for row in _rows(language)}
    size = (min(map(len, runs)) + 1) // 2
    return frozenset(run[at : at + size] for run in runs for at in range(len(run) - size + 1)), size


@cache
def _rows(language: Language) -> frozenset[tuple[str, ...]]:
    """Return every run of so many words in the instructions, the example aside."""
    found, count = set[tuple[str, ...]](), _IN_A_ROW[language]
    for file in (folder("prompts") / language).glob("*expand*.md.j2"):
        for piece in _BREAKS.split(file.read_text(encoding="utf-8")) if file.name != _EXAMPLE else ():
            words = _WORD.findall(piece.lower())
            found |= {tuple(words[n : n + count]) for n in range(len(words) - count + 1)}
    return frozenset(found)
