"""The reading roadmap in text and as JSON."""

from collections.abc import Iterator, Mapping
from typing import Final

from agent.notes.roadmap import Paper
from agent.notes.roadmap_plan import Item
from agent.notes.unread import unread_json, unread_lines
from agent.research.reading import Reading, StageProgress, is_done
from agent.text.wrapping import width
from agent.words import Language, say

_BAR: Final = 10
_SHOWN: Final = 5


def reading_text(found: Reading, language: Language, *, everything: bool) -> str:
    """Return the stages with their bars, the next paper with the reasons, the musts left; `everything`: all papers."""
    if not found.roadmap.papers:
        return "\n".join([say(language, "reading.none"), *_troubles(found, language)])
    lines = [_counts(found, language), "", *_bars(found, language)]
    lines += ["", *_next(found, language), *_to_do(found, language), *_musts(found, language, everything=everything)]
    if everything:
        lines += ["", say(language, "reading.all")]
        lines += [_paper(found, paper) for paper in found.roadmap.papers]
    return "\n".join([*lines, *_troubles(found, language)])


def reading_json(found: Reading, language: Language) -> Mapping[str, object]:
    """Return the whole roadmap as `wenqu roadmap --json` prints it."""
    roadmap = found.roadmap
    return {
        "path": found.path,
        "papers": [_paper_json(paper) for paper in roadmap.papers],
        "stages": [_stage_json(found, one) for one in found.stages],
        "must_reads": [
            {
                "title": one.title,
                "line": one.line,
                "declared": one.declared or None,
                "listed": len(one.items),
                "left": [item.text for item in one.items if not is_done(roadmap, item)],
            }
            for one in roadmap.musts
        ],
        "arrows": [{"before": one.before, "after": one.after, "line": one.line} for one in roadmap.arrows],
        "next": [
            {
                "name": one.paper.name,
                "title": one.paper.title,
                "line": one.paper.line,
                "why": [say(language, reason.key, **reason.facts) for reason in one.reasons],
            }
            for one in found.next
        ],
        "unread": unread_json(roadmap.unread),
    }


def _counts(found: Reading, language: Language) -> str:
    papers, read = len(found.roadmap.papers), len(found.read)
    unproved = say(language, "reading.unproved", count=len(found.unproved)) if found.unproved else ""
    musts = sum(len(one.items) for one in found.roadmap.musts)
    facts = {"path": found.path, "papers": papers, "read": read, "unproved": unproved}
    key = "reading.counts" if musts else "reading.counts-without-musts"
    return say(language, key, left=len(found.musts_left), musts=musts, **facts)


def _bars(found: Reading, language: Language) -> Iterator[str]:
    names = [_name(one, language) for one in found.stages]
    widest = max(map(width, names), default=0)
    for one, name in zip(found.stages, names, strict=True):
        full = _BAR * one.done // one.total if one.total else 0
        bar = "█" * full + "░" * (_BAR - full)
        papers = say(language, "reading.papers-read", done=one.read, total=one.papers) if one.papers else ""
        yield f"  {name}{' ' * (widest - width(name))}  {bar} {one.done}/{one.total}  {papers}".rstrip()


def _name(one: StageProgress, language: Language) -> str:
    low, high = one.stage.weeks
    span = str(low) if low == high else f"{low}–{high}"
    weeks = say(language, "reading.weeks", span=span) if high else ""
    return f"{one.stage.label} {one.stage.title}".strip() + weeks


def _next(found: Reading, language: Language) -> Iterator[str]:
    if not found.next:
        yield say(language, "reading.all-read")
        return
    first, *others = found.next
    paper = first.paper
    yield say(language, "reading.next", name=_named(paper), where=f"{found.path}:{paper.line}")
    if paper.title and paper.title != paper.name:
        authors = f" · {paper.authors}" if paper.authors else ""
        yield f"  {paper.title}{authors}"
    yield from (f"  · {say(language, one.key, **one.facts)}" for one in first.reasons)
    if others:
        yield say(language, "reading.then", names=" · ".join(one.paper.name for one in others))
    yield say(language, "reading.how", name=paper.name)


def _to_do(found: Reading, language: Language) -> Iterator[str]:
    """Yield what the first unfinished stage asks to do besides reading."""
    stage = next((one for one in found.stages if one.open), None)
    tasks = [task for task in stage.open if not (task.reading and task.papers)] if stage else []
    if tasks:
        yield say(language, "reading.to-do")
    for task in tasks[:_SHOWN]:
        yield f"  ☐ {task.text}  {found.path}:{task.line.number}"


def _musts(found: Reading, language: Language, *, everything: bool) -> Iterator[str]:
    left = found.musts_left
    if not left:
        return
    yield ""
    yield say(language, "reading.musts-left", count=len(left))
    shown = left if everything else left[:_SHOWN]
    for item in shown:
        yield _must(found, item)
    if len(shown) < len(left):
        yield say(language, "reading.more", count=len(left) - len(shown))


def _must(found: Reading, item: Item) -> str:
    name = _named(found.roadmap.by_name[item.papers[0]]) if item.papers else item.text
    return f"  ☐ {name}  {found.path}:{item.line.number}"


def _paper(found: Reading, paper: Paper) -> str:
    proof = "".join(f"  {one.date} {' '.join(one.places)}".rstrip() for one in paper.read)
    return f"  {'☑' if paper.is_read else '☐'} {_named(paper)}  {found.path}:{paper.line}{proof}"


def _named(paper: Paper) -> str:
    return paper.name + (f" ({paper.year})" if paper.year else "")


def _troubles(found: Reading, language: Language) -> Iterator[str]:
    unread = found.roadmap.unread
    if unread:
        yield ""
        yield say(language, "unread.troubles", count=len(unread))
    yield from (f"  {line}" for line in unread_lines(found.path, unread, language))


def _paper_json(paper: Paper) -> Mapping[str, object]:
    return {
        "name": paper.name,
        "names": list(paper.names),
        "title": paper.title or None,
        "authors": paper.authors or None,
        "venue": paper.venue or None,
        "year": paper.year or None,
        "section": paper.section or None,
        "line": paper.line,
        "read": paper.is_read,
        "records": [{"date": one.date or None, "evidence": list(one.places), "line": one.line} for one in paper.read],
        "ticked": list(paper.ticked),
        "said": [{"aspect": one.aspect, "line": one.line, "text": one.text} for one in paper.said],
    }


def _stage_json(found: Reading, one: StageProgress) -> Mapping[str, object]:
    stage = one.stage
    return {
        "label": stage.label,
        "title": stage.title,
        "line": stage.line,
        "weeks": list(stage.weeks) if any(stage.weeks) else None,
        "done": one.done,
        "total": one.total,
        "read": one.read,
        "papers": one.papers,
        "tasks": [
            {
                "text": task.text,
                "group": task.group or None,
                "line": task.line.number,
                "reading": task.reading,
                "papers": list(task.papers),
                "done": is_done(found.roadmap, task),
            }
            for task in stage.tasks
        ],
    }
