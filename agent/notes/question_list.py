"""Question lists: numbered questions with stars and hints, in the three shapes that learners write them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from agent.text.outline import Heading, Outline, clean_title, outline

_ID: Final = r"(?P<id>[Qq]\d+(?:\+|\s*[-–~]\s*[Qq]?\d+)?)"
_BOLD: Final = re.compile(rf"(?m)^[ \t]*\*\*{_ID}(?:\*\*[ \t]*[:：]|[:：])(?P<title>[^\r\n]+)")
_HEADED: Final = re.compile(rf"^\W*{_ID}\s*[:：.、]?\s*(?P<title>.*)$")
_STAR: Final = re.compile(r"[⭐★]\ufe0f?")
_LABEL: Final = re.compile(r"^(?:[^\w*]*)\*\*(?P<name>[^*]+?)\s*[:：]?\s*\*\*\s*[:：]?\s*(?P<rest>.*)$")
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
    `### Q1: … ⭐⭐` with labelled blocks. Unnumbered `**Q**:` lines inside answers are no entries.
    """
    shape = outline(text)
    entries = sorted((*_bold(shape), *_headed(shape)), key=lambda entry: entry.start)
    stops = sorted([heading.start for heading in shape.headings] + [entry.start for entry in entries] + [len(text)])
    return tuple(
        _question(
            path,
            shape,
            entry,
            body=text[entry.end : next(stop for stop in stops if stop >= entry.end)],
            end=_end(shape, entry, entries),
        )
        for entry in entries
    )


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


def _end(shape: Outline, entry: _Entry, entries: Sequence[_Entry]) -> int:
    """Return where an entry ends: at the next one, or at the next heading of its level or a higher one."""
    stops = [heading.start for heading in shape.headings if heading.level <= entry.level]
    stops += [other.start for other in entries]
    return min((stop for stop in stops if stop >= entry.end), default=len(shape.text))


def _title(shape: Outline, heading: Heading) -> str:
    # From the text, not the outline: there the inline code of a title is blank.
    return clean_title(shape.text[heading.start : heading.end].strip().lstrip("#").strip())


def _id(written: str) -> str:
    return re.sub(r"\s+", "", written).upper().replace("–", "-").replace("~", "-")


def _question(path: str, shape: Outline, entry: _Entry, *, body: str, end: int) -> Question:
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
        section=_section(shape, entry.start),
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
        name = match["name"].strip().casefold() if match else name
        if quoted or name in (*_ASKS, *_HINTS):
            yield number


def _section(shape: Outline, start: int) -> str:
    titles = [_title(shape, heading) for heading in shape.headings if heading.start < start]
    return next((title for title in reversed(titles) if not _HEADED.match(title)), "")


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
            name, line = match["name"].strip().casefold(), match["rest"].strip()
        if line and name in _ASKS:
            asked.append(line)
        elif line and name in _HINTS:
            hints.append(_hint(line))
    return " ".join(asked), tuple(hints)


def _is_label(line: str) -> bool:
    match = _LABEL.match(line)
    return bool(match and not match["rest"])


def _hint(line: str) -> str:
    return _BULLET.sub("", line).strip()
