"""The paragraphs of notes, and the one that answers best."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import log
from typing import Final

from agent.notes.question_list import parse_questions
from agent.socratic.values import Passage
from agent.text.frontmatter import body_start
from agent.text.outline import clean_title, find_fences
from agent.text.tokens import shingles

_HEADING: Final = re.compile(r"^ {0,3}#{1,6}\s+(.*?)\s*$")
_NO_CONTENT: Final = re.compile(r"^\W*$")
_ASKS: Final = re.compile(r"[?？][\s*_”\"」）)]*$")
ALREADY_SAID: Final = 0.9
FEWEST_SHINGLES: Final = 8
"""A shorter paragraph is a label, not an answer."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paragraph that may answer something, with what it is compared by."""

    passage: Passage
    own: frozenset[str]
    under: frozenset[str]


def candidates(path: str, text: str) -> tuple[Candidate, ...]:
    """Return the paragraphs of a note that can answer: no headings, labels, front matter, and nothing that only asks.

    A paragraph that holds a question or hint which the note lists is left out, and one of which most lines are
    questions. A fenced block stays in one piece.
    """
    listed = parse_questions(path, text)
    questions = [shingles(words) for question in listed for words in (question.wording, *question.hints)]
    found = []
    for heading, lines in _groups(text):
        own = shingles("\n".join(line for _, line in lines))
        asking = sum(bool(_ASKS.search(line)) for _, line in lines)
        repeats = any(len(question & own) >= ALREADY_SAID * len(question) for question in questions if question)
        if len(own) >= FEWEST_SHINGLES and 2 * asking <= len(lines) and not repeats:
            passage = Passage(path=path, line=lines[0][0], text="\n".join(line for _, line in lines), heading=heading)
            found.append(Candidate(passage, own, own | shingles(heading)))
    return tuple(found)


def best(among: Iterable[Candidate], wanted: str, *, count: int = 1) -> tuple[Passage, ...]:
    """Return up to `count` paragraphs that share most with `wanted`, best first, none that shares nothing.

    Shared shingles, those of the heading among them, count by their rarity among all paragraphs (inverse document
    frequency) and against the paragraph's length.
    """
    everything = tuple(among)
    asked = shingles(wanted)
    spread = Counter(shingle for one in everything for shingle in asked & one.under)
    rarity = {shingle: log(1 + len(everything) / times) for shingle, times in spread.items()}
    scored = [(sum(rarity[one] for one in asked & each.under), each) for each in everything]
    ranked = sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0] / len(pair[1].own) ** 0.5)
    return tuple(each.passage for _, each in ranked[:count])


def _groups(text: str) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """Yield the numbered lines of each paragraph with its heading."""
    fences = [(fence.start, fence.end) for fence in find_fences(text) if fence.closed]
    at, body, heading = 0, body_start(text), ""
    block: list[tuple[int, str]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        fenced = any(start <= at < end for start, end in fences)
        title = None if fenced else _HEADING.match(line.rstrip("\r"))
        if at >= body and (fenced or not (title or _NO_CONTENT.match(line))):
            block.append((number, line.rstrip("\r")))
        elif block:
            yield heading, block
            block = []
        heading = clean_title(title[1]) if title else heading
        at += len(line) + 1
    if block:
        yield heading, block
