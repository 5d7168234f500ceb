"""The reading roadmap as it stands: how far each stage is, what is left of the musts, what to read next and why."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from agent.bookkeeping.proposals import Proposal, changed
from agent.errors import BadArgument
from agent.notes.paper_names import YEAR, spelled, year_of
from agent.notes.roadmap import Paper, Roadmap, parse_roadmap
from agent.notes.roadmap_edits import read_edits
from agent.notes.roadmap_plan import Item, Stage
from agent.research.evidence import Evidence, resolve
from agent.settings import Layout
from agent.text.tokens import overlap
from agent.words import Language, Phrase, say
from agent.workspace.store import Document, Store

MOST: Final = 3
"""So many papers are named to be read next."""
_LINK: Final = re.compile(r"https?://[^\s`]+")
_NEAR: Final = 3
_NEAR_ENOUGH: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class StageProgress:
    """How much of a stage is done: its tasks, and the papers that it asks to read."""

    stage: Stage
    done: int
    read: int
    papers: int
    open: tuple[Item, ...]

    @property
    def total(self) -> int:
        """The number of its tasks."""
        return len(self.stage.tasks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """A paper to read, with the reasons for it."""

    paper: Paper
    reasons: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A reading roadmap as it stands; `musts_left` are the musts that are not read."""

    path: str
    roadmap: Roadmap
    stages: tuple[StageProgress, ...]
    musts_left: tuple[Item, ...]
    next: tuple[Next, ...]

    @property
    def read(self) -> tuple[Paper, ...]:
        """The papers that are read."""
        return tuple(paper for paper in self.roadmap.papers if paper.is_read)

    @property
    def unproved(self) -> tuple[Paper, ...]:
        """Those that are ticked as read and name no evidence."""
        return tuple(paper for paper in self.read if not any(one.places for one in paper.read))


def read_roadmap(store: Store, layout: Layout) -> Document:
    """Return the reading roadmap as it is now; raise BadArgument where the workspace has none."""
    path = layout.roadmap
    if not path or not store.inside(path).is_file():
        raise BadArgument(argument="roadmap", reason=Phrase.of("reading.no-roadmap", path=path or "[layout] roadmap"))
    return store.read(path)


def reading(path: str, text: str) -> Reading:
    """Return a reading roadmap as it stands; pure."""
    roadmap = parse_roadmap(text)
    return Reading(
        path=path,
        roadmap=roadmap,
        stages=tuple(_progress(roadmap, stage) for stage in roadmap.stages),
        musts_left=tuple(item for one in roadmap.musts for item in one.items if not is_done(roadmap, item)),
        next=tuple(islice(_next(path, roadmap), MOST)),
    )


def is_done(roadmap: Roadmap, item: Item) -> bool:
    """Say whether an item is ticked, or every paper that it asks to read is read."""
    papers = [roadmap.by_name[name] for name in item.papers]
    return item.done or bool(item.reading and papers and all(paper.is_read for paper in papers))


def find(found: Reading, words: str) -> Paper:
    """Return the paper that is named by its name, a beginning of one, a part of one, or its year; a year may follow.

    Raises BadArgument where none fits, and where several do, with their names.
    """
    if not spelled(words):
        raise BadArgument(argument=Phrase.of("cli.word-paper"), reason=Phrase.of("reading.needs-paper"))
    papers = found.roadmap.papers
    fitting = fitting_papers(found, words)
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        listed = "".join(
            f"\n  {one.name}{f' ({one.year})' * bool(one.year)}  {found.path}:{one.line}" for one in fitting
        )
        raise BadArgument(argument=words, reason=Phrase.of("reading.ambiguous", candidates=listed))
    ranked = sorted(papers, key=lambda one: -max(overlap(words, name) for name in one.names))
    near = [one.name for one in ranked[:_NEAR] if max(overlap(words, name) for name in one.names) >= _NEAR_ENOUGH]
    said = Phrase.of("reading.near", names=" · ".join(near)) if near else ""
    raise BadArgument(argument=words, reason=Phrase.of("reading.unknown-paper", near=said))


def fitting_papers(found: Reading, words: str) -> list[Paper]:
    """Return the papers that are named as `find` understands it: by the surest way of naming that fits any."""
    return next((fits for fits in _fits(found.roadmap.papers, words) if fits), [])


def evidence(store: Store, layout: Layout, word: str, existing: Callable[[str], str]) -> Evidence:
    """Return what proves that a paper was read: an address as it is typed, else what `resolve` finds, and raises."""
    if _LINK.fullmatch(word):
        return Evidence(kind="link", place=word)
    return resolve(store, layout, word, existing)


def done(
    document: Document, found: Reading, paper: Paper, proofs: Sequence[Evidence], *, today: str, language: Language
) -> Proposal:
    """Return the proposal to record a paper as read."""
    places = [one.place for one in proofs]
    edits = read_edits(document.text, found.roadmap, paper, places, today)
    return changed(document, edits, say(language, "reading.why-done", name=paper.name), subject=f"read {paper.name}")


def _progress(roadmap: Roadmap, stage: Stage) -> StageProgress:
    papers = {name: roadmap.by_name[name] for task in stage.tasks if task.reading for name in task.papers}
    left = tuple(task for task in stage.tasks if not is_done(roadmap, task))
    return StageProgress(
        stage=stage,
        done=len(stage.tasks) - len(left),
        read=sum(paper.is_read for paper in papers.values()),
        papers=len(papers),
        open=left,
    )


def _next(path: str, roadmap: Roadmap) -> Iterator[Next]:
    """Yield the unread papers in the order of stages, then musts, then the document, each after what comes before."""
    before = _before(roadmap)
    given: set[str] = set()
    for paper, reason in _wanted(path, roadmap):
        for name, arrow in _chain(paper.name, before, roadmap, given):
            one = roadmap.by_name[name]
            why = (reason,) if not arrow else (Phrase.of("reading.why-arrow", **_at(arrow, path)), reason)
            further = (phrase for phrase in _further(path, roadmap, one, before) if phrase not in why)
            yield Next(paper=one, reasons=(*why, *further))


def _wanted(path: str, roadmap: Roadmap) -> Iterator[tuple[Paper, Phrase]]:
    """Yield the unread papers with what asks for each, the stages first."""
    asked: list[tuple[Item, str, dict[str, str]]] = []
    for stage in roadmap.stages:
        name = f"{stage.label} {stage.title}".strip()
        asked += [(task, "stage", {"stage": name, "task": task.text}) for task in stage.tasks if task.reading]
    for listed in roadmap.musts:
        asked += [(item, "must", {"title": listed.title}) for item in listed.items]
    for item, why, facts in asked:
        papers = [] if item.done else [roadmap.by_name[name] for name in item.papers]
        reason = Phrase.of(f"reading.why-{why}", where=f"{path}:{item.line.number}", **facts)
        yield from ((paper, reason) for paper in papers if not paper.is_read)
    yield from ((paper, Phrase.of("reading.why-order")) for paper in roadmap.papers if not paper.is_read)


def _before(roadmap: Roadmap) -> Mapping[str, Mapping[str, int]]:
    """Return for each paper those that an arrow puts before it, with the arrow's line."""
    found = defaultdict[str, dict[str, int]](dict)
    for arrow in roadmap.arrows:
        found[arrow.after].setdefault(arrow.before, arrow.line)
    return found


def _chain(
    name: str, before: Mapping[str, Mapping[str, int]], roadmap: Roadmap, given: set[str]
) -> Iterator[tuple[str, tuple[str, str, int] | None]]:
    """Yield what is unread before a paper, the earliest first and each with its arrow, then the paper itself.

    What was `given` already is left out, and noted there.
    """
    waiting: list[tuple[str, tuple[str, str, int] | None, Iterator[tuple[str, int]]]] = []
    if name not in given:
        given.add(name)
        waiting.append((name, None, iter(before.get(name, {}).items())))
    while waiting:
        later, arrow, earlier = waiting[-1]
        step = next((one for one in earlier if one[0] not in given and not roadmap.by_name[one[0]].is_read), None)
        if step:
            given.add(step[0])
            waiting.append((step[0], (step[0], later, step[1]), iter(before.get(step[0], {}).items())))
        else:
            waiting.pop()
            yield later, arrow


def _at(arrow: tuple[str, str, int], path: str) -> Mapping[str, str]:
    return {"before": arrow[0], "after": arrow[1], "where": f"{path}:{arrow[2]}"}


def _further(path: str, roadmap: Roadmap, paper: Paper, before: Mapping[str, Mapping[str, int]]) -> Iterator[Phrase]:
    """Yield what else speaks for a paper: it is a must, and what comes before it is read."""
    for listed in roadmap.musts:
        for item in listed.items:
            if paper.name in item.papers:
                where = f"{path}:{item.line.number}"
                yield Phrase.of("reading.why-must", title=listed.title, where=where)
    earlier = before.get(paper.name, {})
    if earlier and all(roadmap.by_name[name].is_read for name in earlier):
        where = f"{path}:{min(earlier.values())}"
        yield Phrase.of("reading.why-freed", names=" · ".join(earlier), where=where)


def _fits(papers: Sequence[Paper], words: str) -> Iterator[list[Paper]]:
    """Yield the papers that fit, the surest way of naming first."""
    whole, year = spelled(words), year_of(words)
    key = spelled(YEAR.sub(" ", words)) if year else whole
    names = [(paper, [spelled(name) for name in paper.names]) for paper in papers]
    yield [paper for paper, own in names if whole in own]
    dated = [(paper, own) for paper, own in names if not year or paper.year == year]
    if not key:
        yield [paper for paper, _ in dated]
        return
    yield [paper for paper, own in dated if key in own]
    yield [paper for paper, own in dated if any(name.startswith(key) for name in own)]
    yield [paper for paper, own in dated if any(key in name for name in own)]
    yield [paper for paper, own in dated if any(key.replace(" ", "") in name.replace(" ", "") for name in own)]
    yield [paper for paper, _ in dated if key in spelled(paper.section)]
