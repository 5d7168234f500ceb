"""A page of ideas: sections by month, nested bullets, links, a reading list; and where each idea went, if it did."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from agent.notes.lines import MAX_LINE_LENGTH, Line, all_lines, heading_of, is_rule, visible_lines
from agent.notes.unread import Unread, What
from agent.text import frontmatter
from agent.text.frontmatter import body_start
from agent.text.question import ends_asking
from agent.words import Language, say

Place = Literal["todo", "reading", "session", "nothing"]
Kind = Literal["topic", "reading", "session"]

PLACES: Final[tuple[Place, ...]] = ("todo", "reading", "session", "nothing")
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")

_ITEM: Final = re.compile(
    r"(?P<indent>[ \t]*)(?:[-*+]|\d{1,6}[.)、])[ \t]+(?:\[(?P<box>[ xX])\][ \t]+)?(?P<text>\S.*?)[ \t]*"
)
_BARE: Final = re.compile(r"[ \t]*(?:[-*+]|\d{1,6}[.)、])[ \t]*(?:\[[ xX]?\])?[ \t]*")
_COMMENT: Final = re.compile(r"[ \t]*<!--.*-->[ \t]*")
_GONE: Final = {say(language, f"inbox.went-{place}"): place for language in LANGUAGES for place in PLACES}
_MARK: Final = re.compile(
    rf"[ \t]*[（(]→ (?P<place>{'|'.join(map(re.escape, _GONE))})(?: · (?P<where>.+?))?[，,] ?"
    r"(?P<date>\d{4}-\d\d-\d\d)[)）]"
)
_BEGUN_MARK: Final = re.compile(r"[（(]→ ")
_STRUCK: Final = re.compile(r"~~.+~~")
_LINK: Final = re.compile(
    r"\[[^\[\]\n]*\]\([ \t]*<?(?P<named>[^\s()<>]+(?:\([^\s()]*\)[^\s()<>]*)*)>?[^()\n]*\)|"
    r"(?P<bare>https?://[^\s<>()（）\[\]，。；、]+)"
)
_READING: Final = re.compile(r"(?i)待读|要读|想读|阅读(?:清单|列表)|论文(?:清单|列表)|书单|to[- ]read|reading")
# A year behind a comma belongs to the name before it.
_BETWEEN: Final = re.compile(r"[ \t]*[、，,；;](?![ ]?\d)[ \t]*")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[ ]?[-/.年][ ]?(?P<month>\d{1,2})(?!\d)")
_NAMED_MONTH: Final = re.compile(rf"(?i)\b(?P<month>{'|'.join(_MONTHS)})[a-z]*\.? (?P<year>(?:19|20)\d\d)\b")
_DECEMBER: Final = 12
_DEEPEST: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Where an idea went: the place, the document that took it ("" for none), the day (YYYY-MM-DD)."""

    place: Place
    where: str
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    """An idea and those nested below it; `id` is its line, with a number behind it where several share one.

    `text` is what stands there without bullet, box and mark; a mark is put at `end`, an offset of the whole text.
    `month` is that of its section (YYYY-MM) or "", `kind` what it looks like; `ticked` are a ticked box and a line
    that is struck through.
    """

    id: str
    text: str
    line: Line
    end: int
    section: str
    month: str
    kind: Kind
    links: tuple[str, ...]
    mark: Mark | None
    ticked: bool
    ideas: "tuple[Idea, ...]"

    @property
    def settled(self) -> bool:
        """Whether nothing is left to decide: it went somewhere, was ticked, or all that is nested below it was."""
        return bool(self.mark) or self.ticked or (bool(self.ideas) and all(one.settled for one in self.ideas))

    @property
    def below(self) -> "tuple[Idea, ...]":
        """What is nested below it and not settled, at every depth."""
        return tuple(found for one in self.ideas if not one.settled for found in (one, *one.below))


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """What a page of ideas holds; `ideas` are those of the outermost lists."""

    ideas: tuple[Idea, ...]
    unread: tuple[Unread, ...]

    @property
    def open(self) -> tuple[Idea, ...]:
        """The ideas about which nothing was decided."""
        return tuple(one for one in self.ideas if not one.settled)

    @property
    def all(self) -> Iterator[tuple[Idea, Idea | None]]:
        """Every idea in order, the nested ones too, each with the one whose mark or tick settles it, if any does."""
        for one in self.ideas:
            yield from _walk(one, None)


@dataclass(slots=True, kw_only=True)
class _Growing:
    """An idea whose lines are still being read."""

    indent: int
    line: Line
    text: str
    end: int
    box: bool
    section: str
    ideas: "list[_Growing]" = field(default_factory=list)


def parse_inbox(text: str) -> Inbox:
    """Return the ideas of a page; what is no heading, idea, rule or comment is in `unread`, but for an introduction.

    That stands above the first idea and the first section. A line that is set in goes on with the idea above. Below a
    heading for things to read, a line outside the lists names them one after the other.
    """
    found, unread, opening = _grown(text)
    if found:
        unread = [one for one in unread if one.line > opening]
    front = frontmatter.find(text)
    if front and front.problem:
        unread.insert(0, Unread(line=front.problem_line or 1, what="front-matter", text=front.problem))
    ideas = tuple(idea for one in found for idea in (_named(one) if one.indent < 0 else [_idea(one)]))
    return Inbox(ideas=ideas, unread=tuple(unread))


def month_in(title: str) -> str:
    """Return the month that a heading names, YYYY-MM, "" for none."""
    match = _MONTH.search(title) or _NAMED_MONTH.search(title)
    if not match:
        return ""
    named = match["month"].lower()
    month = int(named) if named.isdecimal() else _MONTHS.index(named) + 1
    return f"{match['year']}-{month:02}" if 1 <= month <= _DECEMBER else ""


def without_links(text: str) -> str:
    """Return a text without its addresses; of a link its words stay."""
    bare = re.sub(r"\[([^\[\]\n]*)\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)", r"\1", text)
    return " ".join(_LINK.sub("", bare).split())


def _walk(idea: Idea, above: Idea | None) -> Iterator[tuple[Idea, Idea | None]]:
    settling = above or (idea if idea.mark or idea.ticked else None)
    yield idea, settling
    for one in idea.ideas:
        yield from _walk(one, settling)


def _grown(text: str) -> tuple[list[_Growing], list[Unread], int]:
    """Return the outermost ideas with what is nested in them, the lines that hold none, and where the first begins."""
    start, visible = body_start(text), {line.number for line in visible_lines(text)}
    found: list[_Growing] = []
    unread: list[Unread] = []
    stack: list[_Growing] = []
    section, before, opening = "", Line(number=0, start=0, end=0, text=""), 0
    for line in all_lines(text):
        if line.start < start or not line.text.strip():
            continue
        item = _ITEM.fullmatch(line.text) if line.number in visible else None
        heading = heading_of(line) if line.number in visible else None
        inside = bool(stack) and line.text[:1] in (" ", "\t")
        opening = opening or line.number * (item is not None or (heading is not None and heading[0] > 1))
        if heading:
            section, stack = heading[1], []
        elif item:
            one = _begun(line, item, section)
            while stack and (stack[-1].indent >= one.indent or len(stack) == _DEEPEST):
                stack.pop()
            (stack[-1].ideas if stack else found).append(one)
            stack.append(one)
        elif inside and line.number in visible and before.number == line.number - 1:
            stack[-1].text += f" {line.text.strip()}"
            stack[-1].end = line.start + len(line.text.rstrip())
        elif _READING.search(section) and line.number in visible and not stack:
            found.append(_Growing(indent=-1, line=line, text=line.text, end=line.end, box=False, section=section))
        elif not (inside or is_rule(line) or _COMMENT.fullmatch(line.text) or _BARE.fullmatch(line.text)):
            is_long = line.end - line.start > MAX_LINE_LENGTH
            what: What = "loose" if line.number in visible else "long" if is_long else "code"
            # Of a block of code its first line stands for all.
            if what != "code" or before.number in visible:
                unread.append(Unread(line=line.number, what=what, text=line.text.strip()))
        before = line
    return found, unread, opening


def _begun(line: Line, item: re.Match[str], section: str) -> _Growing:
    return _Growing(
        indent=len(item["indent"].expandtabs(4)),
        line=line,
        text=item["text"],
        end=line.start + item.end("text"),
        box=(item["box"] or " ") != " ",
        section=section,
    )


def _idea(one: _Growing) -> Idea:
    return _made(one, str(one.line.number), one.text, one.end, tuple(map(_idea, one.ideas)))


def _named(one: _Growing) -> list[Idea]:
    """Return the things to read that a line names; their marks stand behind each."""
    names: list[tuple[str, int]] = []
    at = 0
    for match in [*_BETWEEN.finditer(one.text), None]:
        piece = one.text[at : match.start() if match else len(one.text)].rstrip()
        # A comma in a mark divides nothing.
        if match and _BEGUN_MARK.search(piece) and not _MARK.search(piece):
            continue
        if piece.strip():
            names.append((piece.strip(), one.line.start + at + len(piece)))
        at = match.end() if match else at
    ids = [str(one.line.number)] if len(names) == 1 else [f"{one.line.number}.{n}" for n in range(1, len(names) + 1)]
    return [_made(one, name, text, end, ()) for name, (text, end) in zip(ids, names, strict=True)]


def _made(one: _Growing, name: str, written: str, end: int, ideas: Sequence[Idea]) -> Idea:
    mark = next((match for match in _MARK.finditer(written) if match.end() == len(written)), None)
    text = written[: mark.start()].rstrip() if mark else written
    links = tuple(match["named"] or match["bare"] for match in _LINK.finditer(text))
    kind: Kind = "topic"
    if links or _READING.search(one.section):
        kind = "reading"
    elif ends_asking(text):
        kind = "session"
    return Idea(
        id=name,
        text=text,
        line=one.line,
        end=end,
        section=one.section,
        month=month_in(one.section),
        kind=kind,
        links=links,
        mark=Mark(place=_GONE[mark["place"]], where=mark["where"] or "", date=mark["date"]) if mark else None,
        ticked=one.box or bool(_STRUCK.fullmatch(text)),
        ideas=tuple(ideas),
    )
