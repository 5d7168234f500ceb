"""Where the expansion of an article begins, which of its parts are there, and what of the text is the author's."""

import re
import threading
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from agent.standard.standard import Expansion, Standard
from agent.text.frontmatter import body_start
from agent.text.numerals import NUMERAL_CHARACTERS, numeral_in
from agent.text.outline import Heading, Outline
from agent.text.outline import outline as outline_of

_COMPILING: Final = threading.Lock()
_MOST_PAIRS: Final = 500_000
"""Pairs of equal lines that are tried; the longest real articles have a tenth of it."""
_NUMBER: Final = re.compile(
    rf"(?i)^[^\w]*(?:第\s*([{NUMERAL_CHARACTERS}]+)\s*部分|part\s+(\d+)\b|(\d+)\s*[.、．](?!\d))"
)

_NUMERAL: Final = rf"[\d{NUMERAL_CHARACTERS}]"
_OWN: Final = re.compile(
    rf"(?i)[^\w]*+(?:第?{_NUMERAL}{{1,3}}(?!\d)[.:：、．)）节章步 ]|(?:[ivx]+|[a-z])[.、)]"
    rf"|(?!\d)\w{{1,12}}[ ]?{_NUMERAL}+(?:[.:：、）) ]|$)|参考(?:文献|资料)|附录|appendix\b"
    r"|.{0,60}?(?:[总小]结|结[语论]|推导|证明|示例|\b(?:summary|conclusions?|references|derivations?|proofs?|examples?))\W*$)"
)
"""Titles of an expansion's own sections, where they are of the level of its parts: numbered, or a part's end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of an expansion, from its heading to the next part heading, [start, end) in characters."""

    number: int
    start: int
    end: int
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Where the expansion stands: its heading (empty span where there is none), its text, and the stub if any."""

    start: int
    body_start: int
    end: int
    stub: tuple[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """An article divided: its parts, its expansion region, the author's spans, and how much of the original is kept.

    `kept` is None when neither the position nor an earlier version tells what the original was; `tail_lost` when its
    first lines are there, the others are nowhere, and nothing stands in their place. `changed_at` is where the first
    of its lines that is lost should stand. `between` is the first section that stands beside the parts and between
    them, so that it may be the author's, where no earlier version tells.
    """

    parts: tuple[Part, ...]
    region: Region | None
    original: tuple[tuple[int, int], ...]
    kept: float | None
    tail_lost: bool = False
    changed_at: int = 0
    between: Heading | None = None

    def part(self, number: int) -> Part | None:
        """Return the first part with this number."""
        return next((part for part in self.parts if part.number == number), None)

    def added(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return the spans of [start, end) that are not the author's."""
        spans = []
        for own_start, own_end in self.original:
            if own_start >= end or own_end <= start:
                continue
            if own_start > start:
                spans.append((start, own_start))
            start = max(start, own_end)
        return (*spans, (start, end)) if start < end else tuple(spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """What of an earlier version stands in the text: the lines' spans, and their share of all its lines.

    `head_end` is the offset behind them when they are its first lines and the others are nowhere, else -1;
    `changed_at` is where the first line that is not found should stand, 0 when all are found.
    """

    spans: list[tuple[int, int]]
    share: float | None
    head_end: int = -1
    changed_at: int = 0


def divide(outline: Outline, standard: Standard, earliest: str | None = None) -> Division:
    """Divide an article; `earliest` is the text of its earliest version in git, where there is one."""
    parts = find_parts(outline, standard)
    region = find_region(outline, standard, parts)
    body = body_start(outline.text)
    whole: tuple[tuple[int, int], ...] = ((body, len(outline.text)),)
    by_position = whole
    if region:
        end = _end_of_original(outline.text, body, region)
        by_position = ((body, end),) if outline.text[body:end].strip() else ()
    between = next((heading for heading, _ in _sections_between(outline, standard, parts)), None)
    if earliest is None:
        kept_whole = 1.0 if by_position else None
        return Division(parts=parts, region=region, original=by_position, kept=kept_whole, between=between)
    kept = _kept_lines(outline.text, body, original_lines(earliest, standard))
    end = region.start if region else len(outline.text)
    original = whole
    if region:
        is_above = not kept.spans or kept.spans[-1][1] <= region.start
        original = by_position if is_above else _joined(outline.text, kept.spans)
    return Division(
        parts=parts,
        region=region,
        original=original,
        kept=kept.share,
        tail_lost=0 <= kept.head_end <= end and not outline.text[kept.head_end : end].strip("- \t\r\n"),
        changed_at=kept.changed_at,
        between=between if between and len(original_spans(earliest, standard)) > 1 else None,
    )


def find_parts(outline: Outline, standard: Standard) -> tuple[Part, ...]:
    """Return the parts in the order they stand; a heading needs both the number and the title vocabulary.

    A number alone proves nothing: articles with chapters 第一部分 … 第十一部分 exist.
    """
    headings = [(number, heading) for heading in outline.headings if (number := _part_number(heading, standard))]
    ends = [heading.start for _, heading in headings[1:]] + [len(outline.text)] * bool(headings)
    return tuple(
        Part(number=number, start=heading.start, end=end, line=heading.line)
        for (number, heading), end in zip(headings, ends, strict=True)
    )


def find_region(outline: Outline, standard: Standard, parts: Sequence[Part]) -> Region | None:
    """Return the expansion region: below the expansion heading, else from the first part heading on, else None."""
    pattern = compiled(standard.expansion.heading_pattern)
    heading = next((h for h in outline.headings if h.level <= 3 and not h.boxed and pattern.match(h.title)), None)
    first_part = parts[0].start if parts else len(outline.text)
    if heading is None or first_part < heading.start:
        if not parts:
            return None
        return Region(start=first_part, body_start=first_part, end=len(outline.text), stub=None)
    body = outline.text.find("\n", heading.end) + 1 or len(outline.text)
    return Region(
        start=heading.start, body_start=body, end=len(outline.text), stub=_find_stub(outline, standard.expansion, body)
    )


def _find_stub(outline: Outline, expansion: Expansion, body: int) -> tuple[int, int] | None:
    """Return the first line from `body` on that is a stub and nothing else, not even code."""
    says = rf"(?:{expansion.stub_pattern})(?:{expansion.stub_end_pattern})"
    for stub in re.compile(rf"\n[ \t]*{says}[ \t]*(?=\r?(?:\n|\Z))").finditer(outline.text, body - 1):
        if outline.masked.startswith(stub[0], stub.start()):
            return stub.start() + 1, stub.end()
    return None


def original_lines(earliest: str, standard: Standard) -> tuple[str, ...]:
    """Return the non-blank lines of the author's text in an earlier version."""
    spans = original_spans(earliest, standard)
    return tuple(line for start, end in spans for raw in earliest[start:end].splitlines() if (line := raw.strip()))


def original_spans(earliest: str, standard: Standard) -> tuple[tuple[int, int], ...]:
    """Return the spans of the author's text in an earlier version: above its expansion, and between its parts."""
    structure = outline_of(earliest)
    parts = find_parts(structure, standard)
    region = find_region(structure, standard, parts)
    body = body_start(earliest)
    above = (body, _end_of_original(earliest, body, region) if region else len(earliest))
    return (above, *((heading.start, end) for heading, end in _sections_between(structure, standard, parts)))


def _sections_between(outline: Outline, standard: Standard, parts: Sequence[Part]) -> Iterator[tuple[Heading, int]]:
    """Yield the headings between parts that by their level belong to none, each with the end of its section.

    A heading ends the section above it that is of its level. Not what is an expansion's own: it numbers its sections,
    or closes a part with a summary.
    """
    starts = {part.start for part in parts}
    own, level, open_heading = compiled(standard.expansion.heading_pattern), 0, None
    for heading in outline.headings if parts else ():
        is_part = heading.start in starts
        if not (is_part or (heading.level <= level and not heading.boxed)):
            continue
        if open_heading:
            yield open_heading, heading.start
        if heading.start >= parts[-1].start:
            break
        level = heading.level if is_part else level
        is_own = is_part or _OWN.match(heading.title) or own.match(heading.title)
        open_heading = None if is_own else heading


def _end_of_original(text: str, body: int, region: Region) -> int:
    """Return where the author's text above the expansion ends, the rule that sets the expansion off left out."""
    own = text[body : region.start].rstrip()
    return body + len(own.rstrip("-").rstrip() if own.endswith("\n---") else own)


def _part_number(heading: Heading, standard: Standard) -> int:
    match = _NUMBER.match(heading.title) if heading.level <= 3 else None
    number = numeral_in(match)
    rule = standard.by_number.get(number) if number else None
    return rule.number if rule and match and compiled(rule.vocabulary).search(heading.title, match.end()) else 0


def _kept_lines(text: str, body: int, earlier: Sequence[str]) -> _Kept:
    """Match the earlier lines to lines of `text` from `body` on, in order."""
    if not earlier:
        return _Kept(spans=[], share=None)
    spans: list[tuple[int, int]] = []
    lines: list[str] = []
    at = body
    for line in text[body:].splitlines(keepends=True):
        if stripped := line.strip():
            lines.append(stripped)
            spans.append((at, at + len(line)))
        at += len(line)
    matched = match_lines(lines, earlier)
    count = len(matched)
    is_head = 0 < count < len(earlier) and matched[-1] == (count - 1, count - 1)
    return _Kept(
        spans=[spans[index] for _, index in matched],
        share=count / len(earlier),
        head_end=spans[count - 1][1] if is_head else -1,
        changed_at=_first_loss(matched, earlier, spans),
    )


def _first_loss(matched: Sequence[tuple[int, int]], earlier: Sequence[str], spans: Sequence[tuple[int, int]]) -> int:
    same = next((at for at, (row, _) in enumerate(matched) if at != row), len(matched))
    if same == len(earlier) or not spans:
        return 0
    index = matched[same - 1][1] + 1 if same else 0
    return spans[min(index, len(spans) - 1)][0]


def match_lines(lines: Sequence[str], earlier: Sequence[str]) -> list[tuple[int, int]]:
    """Return the longest match of the `earlier` lines to `lines`, in order, as pairs (index in earlier, in lines)."""
    # Most originals stand untouched at the top; only what follows the first difference needs the search.
    same = next((i for i, (ours, theirs) in enumerate(zip(lines, earlier, strict=False)) if ours != theirs), None)
    if same is None:
        same = min(len(lines), len(earlier))
    places: dict[str, list[int]] = defaultdict(list)
    for index in range(same, len(lines)):
        places[lines[index]].append(index)
    found = _longest_common(_candidates(earlier[same:], places))
    return [*((index, index) for index in range(same)), *((same + row, index) for row, index in found)]


def _candidates(earlier: Sequence[str], places: Mapping[str, Sequence[int]]) -> Sequence[Sequence[int]]:
    """Return where each earlier line stands now; of places beyond counting, those of about the same occurrence."""
    found = [places.get(line, ()) for line in earlier]
    if sum(map(len, found)) <= _MOST_PAIRS:
        return found
    width = max(1, _MOST_PAIRS // len(earlier))
    seen: Counter[str] = Counter()
    near = []
    for line, every in zip(earlier, found, strict=True):
        first = max(0, min(seen[line] - width // 2, len(every) - width))
        near.append(every[first : first + width])
        seen[line] += 1
    return near


def _longest_common(candidates: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Return the longest strictly increasing choice of one candidate per row, with its row (Hunt, Szymanski 1977)."""
    tails: list[int] = []
    nodes: list[int] = []
    chosen: list[tuple[int, int, int]] = []
    for row, places in enumerate(candidates):
        for index in reversed(places):
            at = bisect_left(tails, index)
            chosen.append((row, index, nodes[at - 1] if at else -1))
            if at == len(tails):
                tails.append(index)
                nodes.append(len(chosen) - 1)
            else:
                tails[at], nodes[at] = index, len(chosen) - 1
    result = []
    node = nodes[-1] if nodes else -1
    while node >= 0:
        row, index, node = chosen[node]
        result.append((row, index))
    return result[::-1]


def _joined(text: str, spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return the spans with those made one between which nothing stands but blank lines."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


@lru_cache(maxsize=128)
def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern of the standard's data, case-insensitively and once."""
    with _COMPILING:  # a hundred articles that begin at once ask for the same patterns, and the first compiles for all
        return re.compile(pattern, re.IGNORECASE)
