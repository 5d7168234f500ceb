"""Question lists: numbered questions with stars and hints, in the three shapes that learners write them."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from agent.text.outline import Heading, Outline, clean_title, outline

_ID: Final = r"(?P<id>[Qq]\d+(?:\+|\s*[-–~]\s*[Qq]?\d+)?)"
_BOLD: Final = re.compile(rf"(?m)^[ \t]*\*\*{_ID}(?:\*\*[ \t]*[:：]|[:：])(?P<title>[^\r\n]+)")
_HEADED: Final = re.compile(rf"^\W*{_ID}\s*[:：.、]?\s*(?P<title>.*)$")
_STAR: Final = re.compile(r"[⭐★]\ufe0f?")
_LABEL: Final = re.compile(r"^[^\w*]*\*\*(?P<name>[^*]+)\*\*\s*[:：]?\s*(?P<rest>.*)$")
_BULLET: Final = re.compile(r"^(?:[-*+]|\d+[.)、])\s+")
_LOWEST: Final = 7
_ASKS: Final = ("问题", "question")
_HINTS: Final = (
    "引导思考",
    "思考维度",
    "思考方向",
    "思考角度",
    "提示",
    "hints",
    "hint",
    "think about",
    "guiding questions",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An entry of a list; `wording` is what is asked (the title, or the block under it).

    It reaches from `line` to `last` (from 1); the lines of `asking` hold its question and its hints, the others what
    the note says about it.
    """

    id: str
    path: str
    title: str
    wording: str
    stars: int
    hints: tuple[str, ...]
    line: int
    section: str
    last: int
    asking: frozenset[int]

    @property
    def repetition(self) -> bool:
        """Whether the id is a range or a repetition (`Q8+`), which counts as no new question."""
        return not re.fullmatch(r"Q\d+", self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    id: str
    title: str
    start: int
    end: int
    level: int
    """Of the heading; below every heading for an entry without one."""


def parse_questions(path: str, text: str) -> tuple[Question, ...]:
    """Return the questions listed in the note at `path` in their order, () when it lists none.

    Shapes (all seen in real notes): `**Q1**: …` with blockquote hints; `### Q1: …` with an answer fence;
    `### Q1: … ⭐⭐` with labelled blocks. Unnumbered `**Q**:` lines inside answers are no entries, and an id that asks
    nothing is no question.
    """
    shape = outline(text)
    entries = sorted((*_bold(shape), *_headed(shape)), key=lambda entry: entry.start)
    stops = {level: _stops(shape, entries, level) for level in {_LOWEST, *(entry.level for entry in entries)}}
    above = [(one.start, title) for one in shape.headings if not _HEADED.match(title := _title(shape, one))]
    found = (
        _question(
            path,
            shape,
            entry,
            body=text[entry.end : _next(stops[_LOWEST], entry.end)],
            end=_next(stops[entry.level], entry.end),
            section=_section(above, entry.start),
        )
        for entry in entries
    )
    return tuple(question for question in found if question.wording)


def distinct_ids(questions: Iterable[Question]) -> tuple[str, ...]:
    """Return the ids that count towards a list's total: each once, ranges and repetitions left out."""
    return tuple(dict.fromkeys(question.id for question in questions if not question.repetition))


def _bold(shape: Outline) -> Iterator[_Entry]:
    for match in _BOLD.finditer(shape.masked):
        title = shape.text[match.start("title") : match.end("title")]
        yield _Entry(id=_id(match["id"]), title=title, start=match.start(), end=match.end(), level=_LOWEST)


def _headed(shape: Outline) -> Iterator[_Entry]:
    for heading in shape.headings:
        match = _HEADED.match(_title(shape, heading))
        if match:
            yield _Entry(
                id=_id(match["id"]), title=match["title"], start=heading.start, end=heading.end, level=heading.level
            )


def _stops(shape: Outline, entries: Iterable[_Entry], level: int) -> Sequence[int]:
    """Return where entries of a level end: at the next one, at a heading no lower than they are, or at the end."""
    headings = (heading.start for heading in shape.headings if heading.level <= level)
    return sorted((*headings, *(entry.start for entry in entries), len(shape.text)))


def _next(stops: Sequence[int], at: int) -> int:
    return stops[bisect_left(stops, at)]


def _title(shape: Outline, heading: Heading) -> str:
    # From the text, not the outline: there the inline code of a title is blank.
    return clean_title(shape.text[heading.start : heading.end].strip().lstrip("#").strip())


def _id(written: str) -> str:
    return re.sub(r"\s+", "", written).upper().replace("–", "-").replace("~", "-")


def _question(path: str, shape: Outline, entry: _Entry, *, body: str, end: int, section: str) -> Question:
    asked, hints = _labelled(body) if entry.level < _LOWEST else ("", _quoted_hints(body))
    title = _STAR.sub("", entry.title).strip().strip("*").strip()
    return Question(
        id=entry.id,
        path=path,
        title=title,
        wording=asked or title,
        stars=len(_STAR.findall(entry.title)),
        hints=hints or _quoted_hints(body),
        line=shape.line_of(entry.start),
        section=section,
        last=shape.line_of(max(entry.start, end - 1)),
        asking=frozenset(_asking(shape, entry, body)),
    )


def _asking(shape: Outline, entry: _Entry, body: str) -> Iterator[int]:
    """Yield the lines that ask or hint: the entry's own, what is quoted below it, its blocks labelled so."""
    first = shape.line_of(entry.start)
    yield first
    name = ""
    for number, raw in enumerate(body.split("\n"), start=shape.line_of(entry.end)):
        line = raw.strip()
        quoted = line.startswith((">", "💡"))
        match = None if quoted else _LABEL.match(line)
        name = _named(match) if match else name
        if quoted or name in (*_ASKS, *_HINTS):
            yield number


def _section(headings: Sequence[tuple[int, str]], start: int) -> str:
    """Return the last of the headings above `start`, each given by its offset and title; "" when there is none."""
    before = bisect_left(headings, (start, ""))
    return headings[before - 1][1] if before else ""


def _quoted_hints(body: str) -> tuple[str, ...]:
    """Return the hints of the blockquote that follows an entry directly."""
    hints = []
    for line in body.strip().splitlines():
        if not line.startswith(">"):
            break
        hints.append(line.lstrip("> \t").strip())
    return tuple(_hint(line) for line in hints if line and not _is_label(line))


def _labelled(body: str) -> tuple[str, tuple[str, ...]]:
    """Return the question and the hints of the labelled blocks under a heading."""
    name, asked, hints = "", [], []
    for raw in body.splitlines():
        line = raw.strip().lstrip(">").strip()
        match = _LABEL.match(line)
        if match:
            name, line = _named(match), match["rest"].strip()
        if line and name in _ASKS:
            asked.append(line)
        elif line and name in _HINTS:
            hints.append(_hint(line))
    return " ".join(asked), tuple(hints)


def _named(label: re.Match[str]) -> str:
    return label["name"].strip().rstrip(":：").rstrip().casefold()


def _is_label(line: str) -> bool:
    match = _LABEL.match(line)
    return bool(match and not match["rest"])


def _hint(line: str) -> str:
    return _BULLET.sub("", line).strip()
