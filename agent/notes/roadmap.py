"""A reading roadmap: papers with what is said of them, stages, musts, arrows; and what of it could not be read."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from agent.notes.lines import (
    Field,
    Line,
    Section,
    all_lines,
    field_named,
    fields,
    is_rule,
    sections,
    visible_lines,
)
from agent.notes.paper_aspects import aspect_of
from agent.notes.paper_names import Find, Named, finder, is_name, named, spelled, stands_for
from agent.notes.roadmap_entry import Entry, Read, Said
from agent.notes.roadmap_papers import entries, ragged
from agent.notes.roadmap_plan import Arrow, Item, Musts, Stage, arrows, asked, musts, stages
from agent.notes.tables import tables
from agent.notes.unread import Unread, odd_lines

_UPDATED: Final = r"最后更新|last updated?"
_LONGEST_SHORT: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper with all it is called; what the document does not give is "" or 0. `line` is where it first stands.

    `read` are the records that it was read, `ticked` the lines where it is ticked without one.
    """

    name: str
    names: tuple[str, ...]
    title: str
    authors: str
    venue: str
    cited: str
    year: int
    section: str
    line: int
    entries: tuple[Entry, ...]
    said: tuple[Said, ...] = ()
    read: tuple[Read, ...] = ()
    ticked: tuple[int, ...] = ()

    @property
    def is_read(self) -> bool:
        """Whether it is recorded or ticked as read."""
        return bool(self.read or self.ticked)

    @property
    def words(self) -> str:
        """All that the document says of it."""
        listed = [text for entry in self.entries for text in (entry.line.text, *(one for one, _ in entry.remarks))]
        fields = (self.title, self.authors, self.venue, self.cited, str(self.year or ""))
        return "\n".join([*self.names, *fields, *listed, *(one.text for one in self.said)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Roadmap:
    """What a reading roadmap says; papers in the document's order, each with a name of its own."""

    papers: tuple[Paper, ...]
    by_name: Mapping[str, Paper]
    stages: tuple[Stage, ...]
    musts: tuple[Musts, ...]
    arrows: tuple[Arrow, ...]
    updated: Field | None
    unread: tuple[Unread, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """The musts, then the tasks that speak of reading."""
        listed = (item for one in self.musts for item in one.items)
        return (*listed, *(task for stage in self.stages for task in stage.tasks if task.reading))


def parse_roadmap(text: str) -> Roadmap:
    """Return everything a reading roadmap says; what is missing is empty, what cannot be read is in `unread`."""
    visible, lines = visible_lines(text), all_lines(text)
    found = sections(visible)
    given, odd = entries(found)
    papers = _with_asked(lines, _merged(_without_mentions(given)))
    find = finder({paper.name: paper.names for paper in papers})
    listed, (planned, rows) = musts(lines, find), stages(lines, find)
    shown = {line.number for line in visible}
    papers = _known(papers, found, lines, find, listed, planned)
    listing = {entry.line.number for entry in given}
    unread = (
        *(Unread(line=line.number, what="entry", text=line.text.strip()) for line in odd),
        *(Unread(line=line.number, what="row", text=line.text.strip()) for line in rows if line.number not in listing),
        *(Unread(line=line.number, what="width", text=line.text.strip()) for line in ragged(visible)),
        *odd_lines(text, visible),
        *_contradictions(papers, listed),
    )
    return Roadmap(
        papers=papers,
        by_name={paper.name: paper for paper in papers},
        stages=planned,
        musts=listed,
        arrows=tuple(arrows(lines, {line.number for line in lines} - shown, find)),
        updated=field_named(fields(visible), _UPDATED),
        unread=tuple(sorted(unread, key=lambda one: one.line)),
    )


def _merged(given: Sequence[Entry]) -> tuple[Paper, ...]:
    """Return the papers of the entries; two that share a name are one, unless their years lie apart."""
    held: list[list[Entry]] = []
    years: list[tuple[int, int]] = []
    places: dict[str, dict[int, None]] = {}
    for entry in given:
        keys = [spelled(name) for name in entry.names]
        near = (at for key in keys for at in places.get(key, ()) if _are_near(years[at], entry.year))
        same = next(near, len(held))
        if same == len(held):
            held.append([])
            years.append((entry.year, entry.year))
        held[same].append(entry)
        low, high = years[same]
        years[same] = (min(low or entry.year, entry.year or low), max(high, entry.year))
        for key in keys:
            places.setdefault(key, {})[same] = None
    taken: set[str] = set()
    return tuple(_paper(group, taken) for group in held)


def _are_near(span: tuple[int, int], year: int) -> bool:
    """Say whether a year lies at most one from those of a paper; 0 stands for none."""
    low, high = span
    return not (low and year) or max(high, year) - min(low, year) <= 1


def _paper(group: Sequence[Entry], taken: set[str]) -> Paper:
    """Return the paper that some entries give, what the first gives before what later ones do."""

    def first(values: Iterator[str]) -> str:
        return next((value for value in values if value), "")

    name = group[0].names[0]
    year = next((entry.year for entry in group if entry.year), 0)
    name = f"{name} ({year or group[0].line.number})" if spelled(name) in taken else name
    taken.add(spelled(name))
    return Paper(
        name=name,
        names=tuple(dict.fromkeys((name, *(one for entry in group for one in entry.names)))),
        title=first(entry.title for entry in group),
        authors=first(entry.authors for entry in group),
        venue=first(entry.venue for entry in group),
        cited=first(entry.cited for entry in group),
        year=year,
        section=group[0].section,
        line=group[0].line.number,
        entries=tuple(group),
        read=tuple(read for entry in group for read in entry.read),
        ticked=tuple(entry.line.number for entry in group if entry.box),
    )


def _without_mentions(given: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the entries without those that name several which stand elsewhere, as DeepSeek-V2/V3."""
    known = {spelled(name) for entry in given for name in entry.names}

    def elsewhere(entry: Entry) -> bool:
        first, *others = entry.names[0].split("/")
        stem = re.sub(r"[\w.]+$", "", first)
        return bool(others) and {spelled(first), *(spelled(stem + other) for other in others)} <= known

    return tuple(entry for entry in given if not elsewhere(entry))


def _with_asked(lines: Sequence[Line], papers: Sequence[Paper]) -> tuple[Paper, ...]:
    """Return the papers with those that only a must or a reading task names.

    One that may mean a single paper is that paper: Mixtral is Mixtral 8x7B, LSTM is Long Short-Term Memory.
    """
    held = {paper.name: paper for paper in papers}
    known = {spelled(name) for paper in papers for name in paper.names}
    short = _short_names(papers)
    find = finder({paper.name: paper.names for paper in papers})
    items = [item for one in musts(lines, find) for item in one.items]
    items += [task for stage in stages(lines, find)[0] for task in stage.tasks if task.reading]
    for item in items:
        one = named(item.text)
        is_new = bool(one.names) and not item.papers and not item.text.startswith(("(", "（"))
        name = asked(one.names[0]) if is_new else ""
        if name and f" {spelled(name)} " not in f" {spelled(item.text)} ":  # brackets stood in the middle of it
            name = asked(item.text)
            one = replace(one, names=(name,))
        key = spelled(name)
        meant = [full for full in short.get(key, ()) if not one.year or abs(held[full].year - one.year) <= 1]
        if len(meant) == 1:
            held[meant[0]] = replace(held[meant[0]], names=(*held[meant[0]].names, name))
        elif is_name(key) and key not in known:
            held[name] = _bare_paper(replace(one, names=(name, *one.names[1:])), item.line.number)
        known.add(key)
    return tuple(held.values())


def _short_names(papers: Sequence[Paper]) -> Mapping[str, set[str]]:
    """Return what papers may be called for short: the first words of a name, the first letters of all its words."""
    short = defaultdict[str, set[str]](set)
    for paper in papers:
        words = spelled(paper.name).split()
        begins = [" ".join(words[:count]) for count in range(1, min(len(words), _LONGEST_SHORT))]
        initials = ["".join(word[0] for word in spelled(one).split()) for one in (paper.title, *paper.names) if one]
        for name in (*begins, *(name for name in initials if len(name) > 1)):
            short[name].add(paper.name)
    return short


def _bare_paper(one: Named, line: int) -> Paper:
    further = (name for name in one.names[1:] if name.isascii() and stands_for(name, one.names[0]))
    return Paper(
        name=one.names[0],
        names=(one.names[0], *further),
        title="",
        authors="",
        venue="",
        cited="",
        year=one.year,
        section="",
        line=line,
        entries=(),
    )


def _known(
    papers: Sequence[Paper],
    found: Sequence[Section],
    lines: Sequence[Line],
    find: Find,
    listed: Sequence[Musts],
    planned: Sequence[Stage],
) -> tuple[Paper, ...]:
    """Return the papers with what sections and tables say of each, and where it is recorded or ticked as read."""
    said = defaultdict[str, list[Said]](list)
    for name, one in (*_in_sections(papers, found, lines, find), *_in_tables(found, find)):
        said[name].append(one)
    asking = [item for one in listed for item in one.items] + [task for one in planned for task in one.tasks]
    ours = defaultdict[str, list[Item]](list)
    for item in asking:
        if item.reading and len(item.papers) == 1:
            ours[item.papers[0]].append(item)
    return tuple(
        replace(
            paper,
            said=tuple(said[paper.name]),
            read=(*paper.read, *(item.read for item in ours[paper.name] if item.read)),
            ticked=(*paper.ticked, *(item.line.number for item in ours[paper.name] if item.done and not item.read)),
        )
        for paper in papers
    )


def _in_sections(
    papers: Sequence[Paper], found: Sequence[Section], lines: Sequence[Line], find: Find
) -> Iterator[tuple[str, Said]]:
    """Yield what a section says below its headings: of the one paper it gives, or of those in its own heading."""
    entered = sorted((entry.line.number, entry.section, paper.name) for paper in papers for entry in paper.entries)
    for at, section in enumerate(found):
        last = _end(found, at, len(lines))
        held = entered[bisect_left(entered, (section.heading.number,)) : bisect_left(entered, (last + 1,))]
        if not any(title == section.title for _, title, _ in held):
            continue
        names = dict.fromkeys(name for _, _, name in held)
        about = tuple(names) if len(names) == 1 else tuple(name for name in find(section.title, "") if name in names)
        for inner_at in range(at + 1, len(found) if about else 0):
            inner = found[inner_at]
            if inner.heading.number > last:
                break
            aspect = aspect_of(inner.title)
            ruled = (line.number - 1 for line in inner.lines if is_rule(line))  # what is below belongs to it no more
            end = min(_end(found, inner_at, len(lines)), last, *ruled)
            body = "\n".join(line.text for line in lines[inner.heading.number : end]).strip("\n")
            if aspect and aspect != "paper" and body:
                said = Said(aspect=aspect, text=body, line=inner.heading.number)
                yield from ((name, said) for name in about)


def _end(found: Sequence[Section], at: int, length: int) -> int:
    """Return the number of the last line of a section, code included."""
    after = (found[later] for later in range(at + 1, len(found)))
    return next((other.heading.number - 1 for other in after if other.level <= found[at].level), length)


def _in_tables(found: Sequence[Section], find: Find) -> Iterator[tuple[str, Said]]:
    """Yield what the cells in a paper's row of a table say."""
    for table in tables(line for section in found for line in section.own):
        aspects = [aspect_of(head) for head in table.head]
        for line, row in table.rows:
            papers = find(row[0], "")
            for aspect, cell in zip(aspects[1:], row[1:], strict=True):
                if len(papers) == 1 and aspect and aspect != "paper" and cell:
                    yield papers[0], Said(aspect=aspect, text=cell, line=line.number)


def _contradictions(papers: Sequence[Paper], listed: Sequence[Musts]) -> Iterator[Unread]:
    """Yield papers with two years, lists of another length than declared, and marks that all items bear alike."""
    for paper in papers:
        years = {entry.year: entry.line.number for entry in reversed(paper.entries) if entry.year}
        if len(years) > 1:
            named_years = " · ".join(
                f"{year} (:{line})" for year, line in sorted(years.items(), key=lambda one: one[1])
            )
            yield Unread(line=max(years.values()), what="year", text=f"{paper.name}: {named_years}")
    for one in listed:
        if one.declared and one.declared != len(one.items):
            yield Unread(line=one.line, what="count", text=f"{one.declared} ≠ {len(one.items)}")
        if one.ornament:
            yield Unread(line=one.line, what="ornament", text=f"{one.ornament} × {len(one.items)}")
