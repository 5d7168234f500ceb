"""Claims of any workspace: lists of documents, totals that contradict each other, names, dates, percentages, focus."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from agent.bookkeeping.discrepancy import Claim, Discrepancy, Fact, claim_at
from agent.bookkeeping.documents import Documents
from agent.bookkeeping.facts import Facts
from agent.notes.declared import Declared
from agent.notes.lines import all_lines, date_in, fields
from agent.text.tokens import overlap
from agent.workspace.naming_rules import find_naming_rules

_NUMBERED_NAME: Final = re.compile(r"(?<![\d-])(?P<ordinal>\d{2})-(?P<name>[^\s`/*|:：\d-][^\s`/*|:：]{0,80})\.md")
_FOCUS_SET: Final = re.compile(r"最高优先级|当前焦点|主要方向|highest priority|new focus|main direction", re.IGNORECASE)
_STARTED: Final = r"开始日期|开始时间|(?i:started|start date)"
_HEAD_LINES: Final = 40
_SAME_FOCUS: Final = 0.25
_ROUNDING: Final = 0.6
_NAMED: Final = 3


def listings(documents: Documents, facts: Facts) -> Iterator[Discrepancy]:
    """Hold lists of existing discussions against the folder: what is missing from the list, what the list invents."""
    files = {path.rsplit("/", 1)[-1]: path for path in documents.discussions}
    for path, state in documents.states.items():
        listing = state.listing
        if listing is None:
            continue
        named = {entry.name for entry in listing.entries}
        missing = sorted(set(files) - named)
        if missing:
            yield Discrepancy(
                kind="list",
                claim=claim_at(documents.texts, path, listing.opening.number, str(len(named))),
                fact=Fact(source=f"{documents.layout.discussions}/", value=str(facts.discussion_files)),
                weight=1,
                key="list-missing",
                facts={"missing": len(missing), "names": _some(missing)},
            )
        for entry in listing.entries:
            if not any(one == entry.name or one.endswith(f"/{entry.name}") for one in documents.texts):
                yield Discrepancy(
                    kind="list",
                    claim=claim_at(documents.texts, path, entry.line.number, entry.name),
                    fact=Fact(source=f"{documents.layout.discussions}/", value="0"),
                    weight=3,
                    key="list-dangling",
                )


def contradictions(documents: Documents, facts: Facts) -> Iterator[Discrepancy]:  # noqa: ARG001 - one shape for all
    """Report totals of one meaning that documents, or two places of one document, declare differently."""
    by_meaning: dict[str, list[tuple[str, Declared]]] = defaultdict(list)
    for path, state in documents.states.items():
        for one in state.declared:
            if is_overall(documents, path, one):
                by_meaning[f"{one.unit} {one.meaning}"].append((path, one))
    for places in by_meaning.values():
        path, first = places[0]
        others = [(where, one) for where, one in places[1:] if one.number != first.number]
        if others:
            yield Discrepancy(
                kind="contradiction",
                claim=claim_at(documents.texts, path, first.line, first.value),
                fact=Fact(
                    source=", ".join(f"{where}:{one.line}" for where, one in others),
                    value=", ".join(dict.fromkeys(one.value for _, one in others)),
                ),
                weight=4,
                key="contradiction",
            )


def naming_rules(documents: Documents, facts: Facts) -> Iterator[Discrepancy]:  # noqa: ARG001 - one shape for all
    """Report naming rules for discussions that contradict each other, with the number of files that follow each."""
    rules = find_naming_rules(documents.layout.discussions, documents.texts)
    stated = [(rule, place) for rule in rules for place in rule.stated[:1] if place.path in documents.states]
    if len(stated) < 2:
        return
    stated.sort(key=lambda found: found[1].path not in documents.layout.working_memory)
    rule, place = stated[0]
    yield Discrepancy(
        kind="naming",
        claim=claim_at(documents.texts, place.path, place.line, rule.pattern),
        fact=Fact(
            source=", ".join(dict.fromkeys(f"{other.path}:{other.line}" for _, other in stated[1:])),
            value=", ".join(f"{other.pattern} ×{other.files}" for other in rules),
        ),
        weight=4,
        key="naming",
        facts={"rules": ", ".join(other.pattern for other, _ in stated[1:])},
    )


def numbered_names(documents: Documents, facts: Facts) -> Iterator[Discrepancy]:  # noqa: ARG001 - one shape for all
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
        first, *others = sorted(names.values(), key=lambda claim: -_followed(documents, claim.value))
        yield Discrepancy(
            kind="naming",
            claim=others[0],
            fact=Fact(
                source=f"{first.path}:{first.line}",
                value=", ".join(f"{claim.value} ×{_followed(documents, claim.value)}" for claim in (first, *others)),
            ),
            weight=5,
            key="numbered-names",
            facts={"ordinal": ordinal, "count": len(conflicts)},
        )


def stale_dates(documents: Documents, facts: Facts) -> Iterator[Discrepancy]:
    """Report a working memory or TODO that says it is older than the newest discussion."""
    dated = [
        (documents.layout.working_memory, documents.memory.updated if documents.memory else None),
        (documents.layout.research_todo, documents.todo.updated if documents.todo else None),
    ]
    for path, updated in dated:
        written = date_in(updated.value) if updated else ""
        if updated and written and written < facts.newest_date:
            yield Discrepancy(
                kind="date",
                claim=claim_at(documents.texts, path, updated.line, written),
                fact=Fact(source=f"{documents.layout.discussions}/", value=facts.newest_date),
                weight=3,
                key="stale",
            )


def record_dates(documents: Documents, facts: Facts) -> Iterator[Discrepancy]:
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
            yield Discrepancy(kind="date", claim=claim, fact=fact, weight=3, key="record-before-work")
        elif first and record.started > first:
            fact = Fact(source="git", value=first)
            yield Discrepancy(kind="date", claim=claim, fact=fact, weight=3, key="record-after-git")


def percentages(documents: Documents, facts: Facts) -> Iterator[Discrepancy]:  # noqa: ARG001 - one shape for all
    """Hold a percentage against the ratio that stands before it."""
    for path, state in documents.states.items():
        for one in state.declared:
            if one.percent is not None and one.total:
                share = 100 * one.number / one.total
                if abs(share - one.percent) > _ROUNDING:
                    yield Discrepancy(
                        kind="sum",
                        claim=claim_at(documents.texts, path, one.line, f"{one.percent:g}%"),
                        fact=Fact(source=f"{path}:{one.line}", value=f"{share:.1f}%"),
                        weight=6,
                        key="percentage",
                        facts={"ratio": one.value},
                    )


def focus(documents: Documents, facts: Facts) -> Iterator[Discrepancy]:  # noqa: ARG001 - one shape for all
    """Report a research focus that a later note of the same document has moved."""
    todo = documents.todo
    if todo is None or not todo.focus:
        return
    moved = [note for note in todo.notes if _FOCUS_SET.search(note.text)]
    newest = max(moved, key=lambda note: (note.date, note.line), default=None)
    main = todo.focus[0]
    if newest and overlap(main.value, newest.text) < _SAME_FOCUS:
        path = documents.layout.research_todo
        yield Discrepancy(
            kind="contradiction",
            claim=claim_at(documents.texts, path, main.line, main.value),
            fact=Fact(source=f"{path}:{newest.line}", value=newest.text),
            weight=3,
            key="focus",
            facts={"date": newest.date},
        )


def is_overall(documents: Documents, path: str, one: Declared) -> bool:
    """Say whether a number that the document at `path` declares speaks of the whole work, not of a task or batch."""
    if one.unit not in {"lecture", "article"} or one.meaning not in {"done", "todo", "total"}:
        return False
    ticked = {box.line.number for box in documents.states[path].boxes if box.done}
    return one.line not in ticked and not re.search(
        r"(?i)第[ \t\d一二三四五六七八九十]+批|\bbatch\b|目标|\bgoal", one.text
    )


def _followed(documents: Documents, name: str) -> int:
    return sum(path.rsplit("/", 1)[-1] == name for path in documents.texts)


def _some(names: list[str]) -> str:
    return ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
