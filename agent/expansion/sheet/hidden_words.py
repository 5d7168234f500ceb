"""What an article says to a language model, or hides from its reader, and what of that stands in its expansion."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from agent.standard.parts import Part, compiled
from agent.standard.standard import Standard
from agent.text.frontmatter import body_start
from agent.text.hidden import hidden
from agent.text.outline import Outline
from agent.text.tokens import count_words

_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff"
_FEWEST: Final = 4
"""Words of a comment that says something: `<!-- more -->` is a mark."""
_SENTENCE_END: Final = re.compile(r"[。！？!?\n]|\.(?=\s)")
_LONGEST: Final = 400
_LINE: Final = re.compile(r"[^\n]+")
_WORD: Final = re.compile(r"[A-Za-z\d]+")
_ADDRESS: Final = re.compile(r"(?i:https?://|www\.)[\w.%/?&=#-]{3,200}(?<![.?])")
_NAME: Final = re.compile(r"(?<![A-Za-z\d])[A-Z][A-Za-z\d]{2,}")
_NAME_WITHIN: Final = re.compile(rf"(?:(?<=[a-z\d,;] )|(?<=[{_HAN}，、])|(?<=[{_HAN}] ))[A-Z][A-Za-z\d]{{2,}}")
"""A name within a sentence: at its beginning a capital letter says nothing."""
_RUN: Final = 6
"""So many Chinese characters in a row are hardly shared by chance."""
_CHINESE: Final = re.compile(rf"[{_HAN}]{{{_RUN},}}")


def hidden_words(structure: Outline, parts: Sequence[Part], standard: Standard) -> Iterator[tuple[int, int]]:
    """Yield the spans outside the parts that their reader does not see or that speak to a model, in order.

    Of what can be seen that is the rest of the sentence.
    """
    text, plain = structure.text, f"{structure.plain}\n"
    ours = (parts[0].start, parts[-1].end) if parts else (len(text), len(text))
    unseen = (span for span in hidden(structure) if count_words(text[slice(*span)]) >= _FEWEST)
    search = compiled(standard.manner["addressed"]).finditer
    said = (*search(plain, 0, ours[0]), *search(plain, ours[1]))
    addressed = ((match.end() - len(match[0].lstrip()), _sentence_end(plain, match.end())) for match in said)
    last = body_start(text)
    for start, end in sorted((*unseen, *addressed)):
        if start >= last and not ours[0] <= start < ours[1]:
            last = min(end, ours[0]) if start < ours[0] else end
            yield start, last


def echoes(structure: Outline, parts: Sequence[Part], spans: Sequence[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """Yield of each line of the parts the first that it has in common with these spans, and not with what can be seen.

    That is an address, a name, or a run of Chinese characters.
    """
    if not (spans and parts):
        return
    text, ours = structure.text, (parts[0].start, parts[-1].end)
    borders = [0, *(at for span in sorted([*spans, ours]) for at in span), len(text)]
    visible = "\n".join(text[start:end] for start, end in zip(borders[::2], borders[1::2], strict=True))
    known = {one.casefold() for one in (*_shared(visible), *_WORD.findall(visible))}
    fresh = {one for span in spans for one in _shared(text[slice(*span)], names=_NAME_WITHIN)}
    fresh = {one for one in fresh if one.casefold() not in known}
    for line in _LINE.finditer(text, *ours) if fresh else ():
        found = next((one for one in _shared(line[0]) if one in fresh), None)
        match = re.compile(re.escape(found)).search(text, *line.span()) if found else None
        if match:
            yield match


def _shared(text: str, names: re.Pattern[str] = _NAME) -> Iterator[str]:
    """Yield the addresses and names of a text, and each run of so many Chinese characters."""
    yield from _ADDRESS.findall(text)
    yield from names.findall(text)
    for run in _CHINESE.findall(text):
        yield from (run[at : at + _RUN] for at in range(len(run) - _RUN + 1))


def _sentence_end(plain: str, at: int) -> int:
    found = _SENTENCE_END.search(plain, at, at + _LONGEST)
    return found.end() if found else min(at + _LONGEST, len(plain))
