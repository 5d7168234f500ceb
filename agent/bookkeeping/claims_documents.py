"""Claims of any workspace: totals that contradict each other, names, dates, focus."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from agent.bookkeeping.discrepancy import Claim, Discrepancy, Fact, Held, claim_at, held, merged
from agent.bookkeeping.documents import Documents, StateDocument
from agent.bookkeeping.facts import Facts
from agent.notes.declared import Declared
from agent.notes.lines import all_lines, cells, date_in, fields, no_date_in, sections
from agent.notes.tables import column
from agent.text.numerals import NUMERAL_CHARACTERS
from agent.text.tokens import overlap
from agent.workspace.naming_rules import find_naming_rules

_NUMBERED_NAME: Final = re.compile(r"(?<![\d-])(?P<ordinal>\d{2})-(?P<name>[^\s`/*|:：\d-][^\s`/*|:：]{0,80})\.md")
_FOCUS_SET: Final = re.compile(r"最高优先级|当前焦点|主要方向|highest priority|new focus|main direction", re.IGNORECASE)
_UPDATED: Final = r"最后更新|更新时间|更新日期|last updated?|updated"
_WRITTEN: Final = rf"{_UPDATED}|创建(?:时间|日期)|created"
_OF_THE_DAY: Final = r"今[日天]完成|today|done today"
_WHEN_DONE: Final = r"^\W*(?:完成|实际)?(?:日期|时间)\W*$|^\W*(?:date|completed|finished|done)\W*$"
_STARTED: Final = r"开始日期|开始时间|(?i:started|start date)"
_HEAD_LINES: Final = 40
_SAME_FOCUS: Final = 0.25
_BATCH: Final = re.compile(rf"(?i)第[ \t{NUMERAL_CHARACTERS}–~-]+批|\bbatch(?:es)?\b")
_SCOPED: Final = re.compile(r"(?i)目标|\bgoals?\b|主题|专题|系列|本次|\btopics?\b|\bseries\b")
_OVERALL: Final = re.compile(r"(?i)总体|整体|总进度|总完成|累计|\boverall\b|\bin total\b")


def contradictions(documents: Documents, facts: Facts) -> Iterator[Held]:  # noqa: ARG001 - one shape for all
    """Report totals of one meaning that documents, or two places of one document, declare differently."""
    by_meaning: dict[str, list[tuple[str, int, Declared]]] = defaultdict(list)
    for path, state in documents.states.items():
        for one in state.declared:
            if is_overall(state, one):
                by_meaning[f"{one.unit} {one.meaning}"].append((path, one.number, one))
                if one.total is not None:
                    by_meaning[f"{one.unit} total"].append((path, one.total, one))
    for meaning, places in by_meaning.items():
        path, number, first = places[0]
        others = {(where, value): one for where, value, one in reversed(places) if value != number}
        if others:
            ordered = list(reversed(others.items()))
            of_total = meaning.endswith("total")
            values = [str(value) if of_total else one.value for (_, value), one in ordered]
            where = [f"{where}:{one.line}" for (where, _), one in ordered]
            claim = claim_at(documents.texts, path, first.line, str(number) if of_total else first.value)
            fact = Fact(source=", ".join(where), value=", ".join(dict.fromkeys(values)))
            named = ", ".join(f"{value} ({at})" for value, at in zip(values, where, strict=True))
            yield held(claim, fact, so=False, key=f"contradiction-{meaning.replace(' ', '-')}", others=named)


def naming_rules(documents: Documents, facts: Facts) -> Iterator[Held]:  # noqa: ARG001 - one shape for all
    """Report naming rules for discussions that contradict each other, with the number of files that follow each."""
    folder, states = f"{documents.layout.discussions}/", documents.states
    speaking = [path for path in documents.texts if path in states or path.startswith(folder)]
    texts = {path: documents.texts[path] if path in states else "" for path in speaking}
    rules = find_naming_rules(documents.layout.discussions, texts)
    stated = [(rule, place) for rule in rules for place in rule.stated[:1]]
    if len(stated) < 2:
        return
    # How many files follow a rule decides nothing here: one more would make another discrepancy of it.
    memory = documents.layout.working_memory
    stated.sort(key=lambda found: (found[1].path != memory, found[1].path, found[1].line, found[0].pattern))
    rule, place = stated[0]
    claim = claim_at(documents.texts, place.path, place.line, rule.pattern)
    fact = Fact(
        source=", ".join(dict.fromkeys(f"{other.path}:{other.line}" for _, other in stated[1:])),
        value=", ".join(sorted(other.pattern for other, _ in stated[1:])),
    )
    others = ", ".join(other.pattern for other, _ in stated[1:])
    in_use = ", ".join(f"{other.pattern} ×{other.files}" for other in rules)
    yield held(claim, fact, so=False, key="naming", rules=others, in_use=in_use)


def numbered_names(documents: Documents, facts: Facts) -> Iterator[Held]:  # noqa: ARG001 - one shape for all
    """Report documents that give one ordinal two names, as `02-编程练习.md` and `02-实践代码.md`."""
    stated: dict[str, dict[str, Claim]] = defaultdict(dict)
    for path in documents.states:
        for line in all_lines(documents.texts[path]):
            for match in _NUMBERED_NAME.finditer(line.text):
                claim = claim_at(documents.texts, path, line.number, match[0])
                stated[match["ordinal"]].setdefault(match[0], claim)
    conflicts = {ordinal: names for ordinal, names in stated.items() if len({c.path for c in names.values()}) > 1}
    if conflicts:
        ordinal, names = max(conflicts.items(), key=lambda found: (len(found[1]), found[0]))
        first, *others = sorted(names.values(), key=lambda claim: (claim.path, claim.line))
        fact = Fact(source=f"{first.path}:{first.line}", value=", ".join(sorted(names)))
        in_use = ", ".join(f"{name} ×{_followed(documents, name)}" for name in names)
        yield held(
            others[0], fact, so=False, key="numbered-names", ordinal=ordinal, count=len(conflicts), in_use=in_use
        )


def stale_dates(documents: Documents, facts: Facts) -> Iterator[Held]:
    """Report a working memory or TODO that says it is older than the newest discussion."""
    dated = [
        (documents.layout.working_memory, documents.memory.updated if documents.memory else None),
        (documents.layout.research_todo, documents.todo.updated if documents.todo else None),
    ]
    for path, updated in dated:
        written = date_in(updated.value) if updated else ""
        if updated and written and written < facts.newest_date:
            claim = claim_at(documents.texts, path, updated.line, written)
            fact = Fact(source=f"{documents.layout.discussions}/", value=facts.newest_date)
            yield held(claim, fact, so=False, key="stale")


def stale_plans(documents: Documents, facts: Facts) -> Iterator[Held]:
    """Report a document that counts articles and says it is older than the newest change of one."""
    for path, state in documents.states.items():
        if not any(one.unit == "article" for one in state.declared):
            continue
        for field in fields(state.current):
            written = date_in(field.value) if re.fullmatch(_UPDATED, field.name, re.IGNORECASE) else ""
            if written and written < facts.newest_article:
                claim = claim_at(documents.texts, path, field.line, written)
                fact = Fact(source=f"{documents.layout.articles}/", value=facts.newest_article)
                yield held(claim, fact, so=False, key="stale-plan")


def dates_ahead(documents: Documents, facts: Facts) -> Iterator[Held]:
    """Report days on which something was done or written that are yet to come, or that no calendar has."""
    yield from merged(_dates_ahead(documents, facts))


def _dates_ahead(documents: Documents, facts: Facts) -> Iterator[Held]:
    for path, line, text in _dates_written(documents):
        written, impossible = date_in(text), no_date_in(text)
        if impossible or (facts.today and written > facts.today):
            claim = claim_at(documents.texts, path, line, impossible or written)
            fact = Fact(source="–", value="–" if impossible else facts.today)
            wording = "date-impossible" if impossible else ""
            yield Discrepancy(claim=claim, fact=fact, key="date-ahead", wording=wording)


def _dates_written(documents: Documents) -> Iterator[tuple[str, int, str]]:
    """Yield place and text of the days on which something was done: of discussions, records, logs and finished tasks.

    When something begins or is to be done may be a plan.
    """
    yield from ((path, talk.date_line, talk.date) for path, talk in documents.discussions.items())
    yield from ((path, one.line, one.date) for path, record in documents.records.items() for one in record.rounds)
    for path, state in documents.states.items():
        for field in fields(state.current):
            if re.fullmatch(_WRITTEN, field.name, re.IGNORECASE):
                yield path, field.line, field.value
        for section in sections(state.current):
            if any(re.fullmatch(_OF_THE_DAY, field.name, re.IGNORECASE) for field in fields(section.own)):
                yield path, section.heading.number, section.title
        for lecture in state.progress.lectures:
            at = column(lecture.head, _WHEN_DONE)
            done = (row.line for row in lecture.rows if row.state == "done" and at >= 0)
            yield from ((path, line.number, cells(line)[at]) for line in done)


def record_dates(documents: Documents, facts: Facts) -> Iterator[Held]:
    """Report records that say they began before the work did, or after git already held them."""
    began = [(path, one) for path, state in documents.states.items() for one in fields(state.lines[:_HEAD_LINES])]
    starts = [(date_in(one.value), path, one) for path, one in began if re.fullmatch(_STARTED, one.name) and one.value]
    earliest = min((start for start in starts if start[0]), key=lambda start: start[0], default=None)
    for path, record in documents.records.items():
        if not record.started:
            continue
        first = facts.first_seen.get(path, "")
        claim = claim_at(documents.texts, path, record.started_line, record.started)
        if earliest and record.started < earliest[0]:
            fact = Fact(source=f"{earliest[1]}:{earliest[2].line}", value=earliest[0])
            yield held(claim, fact, so=False, key="record-before-work")
        elif first and record.started > first:
            yield held(claim, Fact(source="git", value=first), so=False, key="record-after-git")


def focus(documents: Documents, facts: Facts) -> Iterator[Held]:  # noqa: ARG001 - one shape for all
    """Report a research focus that a later note of the same document has moved."""
    todo = documents.todo
    if todo is None or not todo.focus:
        return
    moved = [note for note in todo.notes if _FOCUS_SET.search(note.text)]
    newest = max(moved, key=lambda note: (note.date, note.line), default=None)
    main = todo.focus[0]
    if newest and overlap(main.value, newest.text) < _SAME_FOCUS:
        path = documents.layout.research_todo
        claim = claim_at(documents.texts, path, main.line, main.value)
        fact = Fact(source=f"{path}:{newest.line}", value=newest.text)
        yield held(claim, fact, so=False, key="focus", date=newest.date)


def is_overall(state: StateDocument, one: Declared) -> bool:
    """Say whether a number that a document declares speaks of the whole work, not of a task or batch.

    A box is a task: what a ticked one did is no total, what an open one wants is a goal unless it says how far it is.
    """
    if one.unit not in {"lecture", "article"} or one.meaning not in {"done", "todo", "total", "met"}:
        return False
    boxes = state.boxes
    at = bisect_left(boxes, one.line, key=lambda box: box.line.number)
    is_box = at < len(boxes) and boxes[at].line.number == one.line
    if is_box and (boxes[at].done or one.total is None):
        return False
    in_batch = _BATCH.search(one.heading) and not _OVERALL.search(one.text)
    return not (in_batch or is_scoped(one.text))


def is_scoped(text: str) -> bool:
    """Say whether a line speaks of a goal, a topic or a batch, not of everything."""
    return bool(_SCOPED.search(text) or _BATCH.search(text))


def _followed(documents: Documents, name: str) -> int:
    return sum(path.rsplit("/", 1)[-1] == name for path in documents.places)
