"""The structure of a Markdown text: fences, formulas, headings and HTML boxes, each with its span and line."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final

from agent.text.code_spans import without_code_spans
from agent.text.formulas import Formula, Unclosed, find_formulas

# As in `formulas`, a pattern begins with a character of its own, and a line with the newline before it.
_FENCE: Final = re.compile(
    r"\n[ \t>]*+(?=[-*+\d`~])(?P<item>(?:(?:[-*+]|\d{1,9}[.)])[ \t][ \t>]*)*)(?P<mark>`{3,}|~{3,})(?P<info>[^\n]*)"
)
_HEADING: Final = re.compile(
    r"(#(?:(?<=\n#)|(?<=\n #)|(?<=\n  #)|(?<=\n   #))#{0,5})[ \t]+([^\r\n]*)"  # at most three blanks before it
)
_UNDERLINE: Final = re.compile(r"\n {0,3}(=+|-+)[ \t]*\r?(?=\n|\Z)")
_NO_PARAGRAPH: Final = re.compile(
    r" {0,3}(?:#{1,6}(?:[ \t\r\n]|\Z)|([-*_])[ \t]*(?:\1[ \t]*){2,}\r?(?:\n|\Z))|[ \t\r]*(?:\n|\Z)"
)
_INDENTED: Final = re.compile(r"(?:(?: {4}|\t)[^\n]*\n)+")
_OTHER_BLOCK: Final = re.compile(r"[ \t]*(?:[>|<]|[-*+][ \t]|\d{1,9}[.)][ \t])")
_TAB: Final = 4
_DIV: Final = re.compile(r"(?i)<(/?)div\b([^<>\n]*)>")
_CLASS: Final = re.compile(r"""(?i)\bclass\s*=\s*["']?([^"'>]*)""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fence:
    """A fenced code block, [start, end) in characters with both fence lines; an unclosed one reaches to the next."""

    start: int
    end: int
    info: str
    closed: bool

    @property
    def is_math(self) -> bool:
        """Whether it holds a formula, as GitHub and GitLab know it."""
        return self.info.lower() == "math"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading; `title` without marks, trailing hashes and `{#anchor}`; `boxed` when it stands inside a box."""

    level: int
    title: str
    start: int
    end: int
    line: int
    boxed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A `<div>` with its classes, [start, end) in characters; an unclosed one reaches to the end of the text."""

    classes: tuple[str, ...]
    start: int
    end: int
    closed: bool


@dataclass(frozen=True, kw_only=True)
class Outline:
    """What stands where in `text`; `masked` is the text with all code blanked, of the same length.

    Formulas take longer than all the rest and are looked for when somebody asks.
    """

    text: str
    masked: str
    fences: tuple[Fence, ...]
    headings: tuple[Heading, ...]
    boxes: tuple[Box, ...]
    surplus_closers: tuple[int, ...]

    @property
    def formulas(self) -> tuple[Formula, ...]:
        """The formulas in order."""
        return self._found[0]

    @property
    def unclosed(self) -> tuple[Unclosed, ...]:
        """The displays that never end."""
        return self._found[1]

    @cached_property
    def _found(self) -> tuple[tuple[Formula, ...], tuple[Unclosed, ...]]:
        formulas, unclosed = find_formulas(self.masked, self.text)
        return _with_fenced(formulas, self.text, self.fences), unclosed

    @cached_property
    def in_formula(self) -> Callable[[int], bool]:
        """A quick test whether an offset lies in a formula."""
        return membership([(formula.start, formula.end) for formula in self.formulas])

    @cached_property
    def plain(self) -> str:
        """The text with code and formulas blanked, of the same length."""
        masked, pieces, at = self.masked, list[str](), 0
        for formula in self.formulas:
            pieces += (masked[at : formula.start], blank(masked[formula.start : formula.end]))
            at = formula.end
        return "".join([*pieces, masked[at:]])

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """The offset at which each line begins."""
        return (0, *[match.end() for match in re.finditer("\n", self.text)])

    def line_of(self, offset: int) -> int:
        """Return the line (from 1) of the character at `offset`."""
        return bisect_right(self.line_starts, offset)

    def sections(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Return the spans into which the headings behind `start` cut [start, end)."""
        return pairwise((start, *(one.start for one in self.headings if start < one.start < end), end))


# One note is looked at several times: judged, held against its earliest version, searched for links. Where many
# articles are written at once, each thread comes back to its own text after some of the others to theirs.
@lru_cache(maxsize=8)
def outline(text: str) -> Outline:
    """Return the structure of `text` in one pass over its code, its headings and its boxes."""
    fences = find_fences(text)
    masked = mask_code(text, fences)
    boxes, surplus = _find_boxes(masked)
    return Outline(
        text=text,
        masked=masked,
        fences=fences,
        headings=_find_headings(masked, boxes),
        boxes=boxes,
        surplus_closers=surplus,
    )


def find_fences(text: str) -> tuple[Fence, ...]:
    """Return the fenced code blocks; a fence is closed by the same character at least as long (CommonMark 4.5).

    One named `math` that leaves its quotation or its list item before that is not closed: prose is no formula.
    """
    if "```" not in text and "~~~" not in text:
        return ()
    found: list[tuple[re.Match[str], re.Match[str] | None]] = []
    opening: re.Match[str] | None = None
    lines = [*_FENCE.finditer(f"\n{text}")]
    seen = 0
    for line, longest in zip(lines, _longest_behind(lines), strict=True):
        mark, info = line["mark"], line["info"].strip()
        if opening is not None and opening["info"].strip().lower() == "math" and _leaves(opening, seen, line.end()):
            found.append((opening, None))
            opening = None
        seen = line.end()
        if opening is not None:
            if mark[0] == opening["mark"][0] and len(mark) >= len(opening["mark"]) and not info and not line["item"]:
                found.append((opening, line))
                opening = None
        elif mark[0] == "~" or "`" not in info:
            # One that never ends hides none of those behind it.
            if longest[mark[0]] >= len(mark):
                opening = line
            else:
                found.append((line, None))
    starts = [*(first.start() for first, _ in found[1:]), len(text)]
    return tuple(
        Fence(
            start=first.start(), end=last.end() - 1 if last else behind, info=first["info"].strip(), closed=bool(last)
        )
        for (first, last), behind in zip(found, starts, strict=False)
    )


def _leaves(opening: re.Match[str], start: int, end: int) -> bool:
    """Say whether a line of [start, end) stands outside the quotation or the list item in which a fence begins."""
    lead = opening.string[opening.start() + 1 : opening.start("mark")]
    quotes, inner = lead.count(">"), lead.rpartition(">")[2].expandtabs(_TAB)
    # The blank behind the mark of a quotation may be missing.
    indent = len(inner) - bool(quotes and inner)
    if not quotes and not indent:
        return False
    for line in opening.string[start:end].split("\n")[1:]:
        *outer, rest = line.expandtabs(_TAB).split(">", quotes)
        if len(outer) < quotes or "".join(outer).strip():
            return True
        if rest.strip() and len(rest) - len(rest.lstrip()) < indent:
            return True
    return False


def _longest_behind(lines: list[re.Match[str]]) -> list[Mapping[str, int]]:
    """Return, for each line of a fence, the longest marks behind it that end one, by their character."""
    found: list[Mapping[str, int]] = []
    longest: Mapping[str, int] = {"`": 0, "~": 0}
    for line in reversed(lines):
        found.append(longest)
        mark = line["mark"]
        if len(mark) > longest[mark[0]] and not line["info"].strip() and not line["item"]:
            longest = {**longest, mark[0]: len(mark)}
    return found[::-1]


def mask_code(text: str, fences: tuple[Fence, ...]) -> str:
    """Return `text` with fenced and inline code replaced by spaces; length and line ends stay."""
    pieces: list[str] = []
    at = 0
    for fence in fences:
        # An unclosed fence would hide the rest of the note from every rule; it is reported, not obeyed.
        end = fence.end if fence.closed else fence.start
        pieces += [text[at : fence.start], blank(text[fence.start : end])]
        at = end
    masked = "".join([*pieces, text[at:]])
    return without_code_spans(masked)


def _with_fenced(formulas: tuple[Formula, ...], text: str, fences: tuple[Fence, ...]) -> tuple[Formula, ...]:
    """Return the formulas with those that stand in a fence named `math`, as GitHub and GitLab know them."""
    fenced = [_fenced(text, fence) for fence in fences if fence.closed and fence.is_math]
    if not fenced:
        return formulas
    inside = membership((formula.start, formula.end) for formula in formulas)
    return tuple(sorted((*formulas, *(each for each in fenced if not inside(each.start))), key=lambda each: each.start))


def _fenced(text: str, fence: Fence) -> Formula:
    first, last = text.index("\n", fence.start), text.rindex("\n", 0, fence.end)
    start = max(text.find(mark, fence.start, first) for mark in ("```", "~~~"))
    opening = text[start:first].rstrip()
    return Formula(kind="display", start=start, end=fence.end, source=text[first:last], fence=opening)


def blank(text: str) -> str:
    """Return spaces for all characters of `text` but its newlines."""
    if "\n" not in text:  # as most formulas are
        return " " * len(text)
    return "\n".join(" " * len(line) for line in text.split("\n"))


def clean_title(title: str) -> str:
    """Return a heading's title without trailing hashes, `{#anchor}` and emphasis marks."""
    # String methods and no patterns: a heading of many spaces or braces takes a backtracking search minutes.
    title = title.rstrip()
    unhashed = title.rstrip("#")
    title = unhashed.rstrip() if not unhashed or unhashed[-1].isspace() else title
    anchor = title.rfind("{#")
    if anchor >= 0 and title.find("}", anchor) == len(title) - 1:
        title = title[:anchor]
    return title.replace("**", "").strip()


def _find_headings(masked: str, boxes: tuple[Box, ...]) -> tuple[Heading, ...]:
    # No formula holds one: a display that reaches a heading has lost its end (`formulas`).
    in_box = membership((box.start, box.end) for box in boxes if box.closed)
    headings: list[Heading] = []
    line, counted = 1, 0
    for match in _HEADING.finditer(f"\n{masked}"):
        # One newline stands before the text here.
        start, end = masked.rfind("\n", 0, match.start() - 1) + 1, match.end() - 1
        line, counted = line + masked.count("\n", counted, start), start
        title, level = clean_title(match[2]), len(match[1])
        headings.append(Heading(level=level, title=title, start=start, end=end, line=line, boxed=in_box(start)))
    return tuple(headings)


def underlined(structure: Outline, start: int) -> tuple[Heading, ...]:
    """Return the headings from `start` on that a line of `=` or `-` below a paragraph makes (CommonMark 4.3).

    They stand apart from `Outline.headings`: in notes most such lines are rules that nobody meant for a heading, and
    one ends each front matter; the parts of an article, and how many headings it has, are told by those with a `#`.
    """
    found = tuple(_underlined(structure, start))
    if not found:
        return ()
    in_box = membership((box.start, box.end) for box in structure.boxes if box.closed)
    return tuple(
        Heading(
            level=1 if underline[1][0] == "=" else 2,
            title=clean_title(" ".join(structure.text[begin : underline.start()].split())),
            start=begin,
            end=underline.end(),
            line=structure.line_of(begin),
            boxed=in_box(begin),
        )
        for begin, underline in found
        if not structure.in_formula(underline.start())
    )


def _underlined(structure: Outline, start: int) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield the underlines below a paragraph, and where it begins."""
    text, floor = structure.text, start
    in_fence = membership((fence.start, fence.end) for fence in structure.fences if fence.closed)
    for underline in _UNDERLINE.finditer(structure.masked, start):
        begin = end = underline.start() + 1
        while begin > floor:
            above = max(text.rfind("\n", floor, begin - 1) + 1, floor)
            if _NO_PARAGRAPH.match(text, above) or in_fence(above):
                break
            if _OTHER_BLOCK.match(text, above):
                begin = end
                break
            begin = above
        floor = underline.end()
        code = _INDENTED.match(text, begin, end)
        begin = code.end() if code else begin
        if begin < end:
            yield begin, underline


def membership(spans: Iterable[tuple[int, int]]) -> Callable[[int], bool]:
    """Return a quick test whether an offset lies in one of `spans`; they are in order, and apart or nested."""
    outer: list[tuple[int, int]] = []
    for start, end in spans:
        if not outer or start >= outer[-1][1]:
            outer.append((start, end))
    starts = [start for start, _ in outer]

    def inside(offset: int) -> bool:
        before = bisect_right(starts, offset) - 1
        return before >= 0 and offset < outer[before][1]

    return inside


def _find_boxes(masked: str) -> tuple[tuple[Box, ...], tuple[int, ...]]:
    open_boxes: list[tuple[int, tuple[str, ...]]] = []
    boxes, surplus = list[Box](), list[int]()
    for match in _DIV.finditer(masked):
        if not match[1]:
            classes = _CLASS.search(match[2])
            open_boxes.append((match.start(), tuple(classes[1].split()) if classes else ()))
        elif open_boxes:
            start, names = open_boxes.pop()
            boxes.append(Box(classes=names, start=start, end=match.end(), closed=True))
        else:
            surplus.append(match.start())
    boxes += [Box(classes=names, start=start, end=len(masked), closed=False) for start, names in open_boxes]
    return tuple(sorted(boxes, key=lambda box: box.start)), tuple(surplus)
