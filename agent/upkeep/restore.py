"""`wenqu restore`: put the lost lines of an author's original back where they stood; it only ever adds."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import Final

from agent.bookkeeping.proposals import Proposal, changed
from agent.notes.lines import newline_of
from agent.standard.parts import divide, find_parts, find_region, match_lines, original_lines, original_spans
from agent.standard.standard import Standard
from agent.text.edits import Edit, apply
from agent.text.frontmatter import body_start
from agent.text.outline import Outline, outline
from agent.text.tokens import similarity
from agent.words import Language, say
from agent.workspace.originals import references
from agent.workspace.store import Store

_MARKUP: Final = re.compile(r"\\(?:begin|end)\{\w+\*?\}|</?\w[^>]*>|\W")
_TELLING: Final = 6
"""A line with fewer letters than this (`$$`, `</div>`, `\\begin{align}`) stands in many places and anchors nothing."""
_ALIKE: Final = 0.5
"""A line that shares so much with a line of the original at the same place is a changed copy of it."""
_REACH: Final = 12
"""A copy stands no farther than so many lines from its original."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restoration:
    """What bringing an original back would give: kept shares before and after of `lines` lines that stand in `commit`.

    `proposal` is None when nothing is lost.
    """

    path: str
    commit: str
    lines: int
    kept_before: float
    kept_after: float
    proposal: Proposal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    start: int
    raw: str

    @property
    def end(self) -> int:
        return self.start + len(self.raw)

    @property
    def bare(self) -> str:
        return self.raw.strip()

    @property
    def is_telling(self) -> bool:
        return len(_MARKUP.sub("", self.raw)) >= _TELLING


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gap:
    """A place between two kept lines: what is lost there, the two, what stands between them now.

    `near` are lines of the original on both sides, at most as many as stand between.
    """

    lost: Sequence[_Line]
    near: Sequence[_Line]
    above: _Line | None
    below: _Line | None
    between: Sequence[_Line]


def restore(store: Store, path: str, *, standard: Standard, language: Language) -> Restoration | None:
    """Propose the lines of the original that are lost, each at its place; None when git has no version of the article.

    Raises Unreadable and NotUtf8.
    """
    document = store.read(path)
    reference = references(store, [path]).get(path)
    if reference is None:
        return None
    edits = restoring_edits(document.text, reference.text, standard)
    after = apply(document.text, edits)
    kept = [divide(outline(text), standard, reference.text).kept or 0.0 for text in (document.text, after)]
    why = say(
        language, "upkeep.why-restore", commit=reference.commit[:7], before=f"{kept[0]:.0%}", after=f"{kept[1]:.0%}"
    )
    copies = [
        after.count("\n", 0, start + sum(len(edit.new) for edit in edits if edit.start <= start)) + 1
        for start in changed_copies(document.text, reference.text, standard)
    ]
    if copies:
        why += say(language, "upkeep.why-copies", lines=", ".join(map(str, copies)))
    return Restoration(
        path=path,
        commit=reference.commit,
        lines=len(original_lines(reference.text, standard)),
        kept_before=kept[0],
        kept_after=kept[1],
        proposal=changed(document, edits, why) if edits else None,
    )


def restoring_edits(text: str, earliest: str, standard: Standard) -> tuple[Edit, ...]:
    """Return the insertions that bring the lost lines of `earliest` back into `text`, between the lines that are kept.

    A formula or code block of which a line was lost comes back whole. Nothing that stands in `text` is taken away.
    """
    blocks = _blocks(outline(text))
    return tuple(_insertion(text, blocks, gap) for gap in _gaps(text, earliest, standard))


def changed_copies(text: str, earliest: str, standard: Standard) -> tuple[int, ...]:
    """Return where the lines of `text` begin that are lines of `earliest` in other words.

    They stand in the place of lost lines, and restoring keeps them, or, above the expansion, beside the line that they
    are a copy of.
    """
    structure = outline(text)
    region = find_region(structure, standard, find_parts(structure, standard))
    limit = region.start if region else len(text)
    verbatim = set(original_lines(earliest, standard))
    copies = (line for gap in _places(text, earliest, standard) for line in _copies(gap, limit))
    return tuple(line.start for line in copies if line.bare not in verbatim)


def _copies(gap: _Gap, limit: int) -> Iterator[_Line]:
    """Yield the lines of a gap that are copies: of what was lost there, or, above `limit`, of a line near them."""
    at_its_ends = {line.start for line in (*gap.between[:_REACH], *gap.between[-_REACH:])}
    for line in gap.between:
        near = gap.near if line.start < limit and line.start in at_its_ends else ()
        if line.is_telling and any(_is_copy(line, own) for own in (*gap.lost, *near)):
            yield line


def _is_copy(line: _Line, own: _Line) -> bool:
    return own.is_telling and similarity(line.bare, own.bare) >= _ALIKE


def _gaps(text: str, earliest: str, standard: Standard) -> Sequence[_Gap]:
    """Return the places where lines are lost."""
    own = _written(_original(earliest, standard))
    if len(match_lines(_written(_lines(text, body_start(text), len(text))), own)) == len(own):
        return ()
    return [gap for gap in _places(text, earliest, standard) if any(line.bare for line in gap.lost)]


def _places(text: str, earliest: str, standard: Standard) -> Sequence[_Gap]:
    """Return the places between the kept lines, first and last among them, at which anything stands or is lost."""
    own = _original(earliest, standard)
    present = _lines(text, body_start(text), len(text))
    anchors = _anchors(own, present, outline(earliest))
    places = []
    for before, after in pairwise([-1, *sorted(anchors), len(own)]):
        first, last = anchors.get(before, -1), anchors.get(after, len(present))
        lost, between = own[before + 1 : after], present[first + 1 : last]
        if lost or between:
            reach = min(len(between), _REACH)
            near = [*own[max(0, before + 1 - reach) : before + 1], *own[after : after + reach]]
            above = present[first] if before in anchors else None
            below = present[last] if after in anchors else None
            places.append(_Gap(lost=lost, near=near, above=above, below=below, between=between))
    return places


def _original(earliest: str, standard: Standard) -> list[_Line]:
    return [line for span in original_spans(earliest, standard) for line in _lines(earliest, *span)]


def _lines(text: str, start: int, end: int) -> list[_Line]:
    lines = []
    for raw in text[start:end].splitlines(keepends=True):
        lines.append(_Line(start=start, raw=raw))
        start += len(raw)
    return lines


def _written(lines: Iterable[_Line]) -> list[str]:
    return [line.bare for line in lines if line.bare]


def _anchors(own: Sequence[_Line], present: Sequence[_Line], structure: Outline) -> Mapping[int, int]:
    """Return the kept lines that tell a place: index in `own` → index in `present`, both rising.

    Telling lines are matched first; other lines only beside them, or where all between two of them are there. No line
    of a formula or code block counts when another of its lines is lost.
    """
    telling, places = ([index for index, line in enumerate(lines) if line.is_telling] for lines in (own, present))
    pairs = match_lines([present[index].bare for index in places], [own[index].bare for index in telling])
    anchors = {telling[row]: places[column] for row, column in pairs}
    for edges in list(pairwise([(-1, -1), *anchors.items(), (len(own), len(present))])):
        anchors |= _between(own, present, *edges)
    broken = _broken_blocks(own, anchors.keys(), structure)
    return {index: place for index, place in anchors.items() if index not in broken}


def _between(
    own: Sequence[_Line], present: Sequence[_Line], first: tuple[int, int], last: tuple[int, int]
) -> Mapping[int, int]:
    """Match what stands between two matched lines: neighbours that agree, and a gap of which every line is there."""
    ours, theirs = (
        [index for index in range(start + 1, end) if lines[index].bare]
        for lines, start, end in zip((own, present), first, last, strict=True)
    )
    wanted, found = [own[index].bare for index in ours], [present[index].bare for index in theirs]
    pairs = match_lines(found, wanted)
    if len(pairs) < len(ours):
        head = _agreeing(wanted, found)
        tail = min(_agreeing(wanted[::-1], found[::-1]), len(wanted) - head, len(found) - head)
        pairs = [(at, at) for at in range(head)]
        pairs += [(len(wanted) - at, len(found) - at) for at in range(tail, 0, -1)]
    return {ours[row]: theirs[column] for row, column in pairs}


def _agreeing(wanted: Sequence[str], found: Sequence[str]) -> int:
    """Return how many lines from the first on are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(wanted, found, strict=False)))


def _broken_blocks(own: Sequence[_Line], kept: Collection[int], structure: Outline) -> set[int]:
    """Return the lines of the formulas and code blocks of the original of which a line is lost."""
    broken: set[int] = set()
    starts, there = [line.start for line in own], set(kept)
    for start, end in _blocks(structure):
        touched = range(max(0, bisect_right(starts, start) - 1), bisect_left(starts, end))
        inside = {index for index in touched if own[index].bare and own[index].end > start}
        if len(inside) > 1 and not inside <= there:
            broken |= inside
    return broken


def _blocks(structure: Outline) -> Sequence[tuple[int, int]]:
    """Return the spans of code and displayed formulas in order."""
    fences = [(fence.start, fence.end) for fence in structure.fences if fence.closed]
    return sorted([*fences, *((one.start, one.end) for one in structure.formulas if one.kind != "inline")])


def _insertion(text: str, blocks: Sequence[tuple[int, int]], gap: _Gap) -> Edit:
    """Return the edit that puts lost lines below the line above, else above the one below, else first, blanks alike."""
    lost, above, below = gap.lost, gap.above, gap.below
    at = above.end if above else below.start if below else _first_line(text)
    limit = below.start if below else len(text)
    # Not into the middle of a formula or of code that stands there now, where it can be helped.
    block = bisect_left(blocks, (at, 0)) - 1
    block_end = max(at, blocks[block][1]) if block >= 0 else at
    line_end = text.find("\n", block_end) + 1 or len(text)
    if block_end > at and line_end <= limit:
        at = line_end
    written = [index for index, line in enumerate(lost) if line.bare]
    first, last = written[0], written[-1]
    newline = newline_of(text)
    restored = "".join(line.raw for line in lost[first : last + 1])
    restored += "" if restored.endswith("\n") else newline
    head = newline if first and above else ""
    head = head if text.endswith("\n", 0, at) or not at else newline + head
    followed = text[at : text.find("\n", at) + 1 or len(text)].strip()
    tail = newline if followed and (last + 1 < len(lost) or below is None) else ""
    return Edit(at, at, head + restored + tail)


def _first_line(text: str) -> int:
    """Return where the first line that is not blank begins below the front matter."""
    body = text[body_start(text) :]
    return len(text) - len(body.lstrip("\r\n"))
