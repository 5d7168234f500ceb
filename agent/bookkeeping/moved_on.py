"""Statements that a discussion leaves behind, moved on to what the files then show: counts, and the next question."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from agent.bookkeeping.claims_questions import discussion_totals, named_questions, question_totals
from agent.bookkeeping.counts import QuestionFacts
from agent.bookkeeping.discrepancy import Claim, Discrepancy
from agent.bookkeeping.documents import Documents
from agent.bookkeeping.facts import Facts
from agent.notes.discussion import question_ids
from agent.notes.lines import (
    Line,
    Section,
    above_rule,
    all_lines,
    date_in,
    field_named,
    fields,
    insert_below,
    last_written,
    moved_date,
    sections,
    visible_lines,
)
from agent.notes.working_memory import UPDATED
from agent.text.edits import Edit, apply
from agent.text.tokens import is_chinese

_LEADING: Final = re.compile(r"\d+")
_PERCENT: Final = re.compile(r"(?<![\d.])(\d+)(\.\d+)?(?=[ \t]*%)")
_DISCUSSED: Final = re.compile(
    r"(?i)(?P<names>Q\d{1,3}(?:[ \t]?(?:[、,，]|和|及|\band\b)[ \t]?Q\d{1,3}){0,20}"
    r"(?P<range>[ \t]?(?:[-–—~～至到]|\bto\b)[ \t]?Q\d{1,3})?)"
    r"[ \t]?(?:[都均也]?已经?讨论|[都均也]?讨论[了过]|(?:is|are|was|were|have been|has been)?[ \t]?discussed\b)"
)
"""Bounded: a long row of names is none of a sentence."""
_WRITTEN_DATE: Final = re.compile(r"\d{4}\D\d{1,2}\D\d{1,2}日?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a discussion did: its day, and what a log says of it."""

    date: str
    said: str


def moved_on(documents: Documents, facts: Facts, step: Step) -> Mapping[str, tuple[Edit, ...]]:
    """Return, by path, the edits of statements that lag behind the facts; what claims more than they show is left.

    `documents` and `facts` are those with the new discussion. A statement under the heading of an earlier day is part
    of a log and stays: an entry of this day is put beside it. An entry of this day names the discussion, also where
    another one, of this day or a later one, moved its statement on already.
    """
    found: defaultdict[str, list[Edit]] = defaultdict(list)
    for one in (*question_totals(documents, facts), *discussion_totals(documents, facts)):
        if isinstance(one, Discrepancy) and _leading(one.claim.value) < _leading(one.fact.value):
            found[one.claim.path] += _counted(documents.texts[one.claim.path], one, step.date)
    logged: set[tuple[str, int]] = set()
    for one in named_questions(documents, facts):
        if isinstance(one, Claim):
            text = documents.texts[one.path]
            line = all_lines(text)[one.line - 1]
            day = _day(text, line)
            if day and date_in(day.title) >= step.date and (one.path, day.heading.number) not in logged:
                added = tuple(_logged(text, day, line.text, step))
                logged |= {(one.path, day.heading.number)} if added else set()
                found[one.path] += added
        elif one.key == "question-next":
            text = documents.texts[one.claim.path]
            line = all_lines(text)[one.claim.line - 1]
            edits = _following(line, one, documents, facts)
            day = _day(text, line)
            if day is None or date_in(day.title) >= step.date:
                found[one.claim.path] += [Edit(line.start + its.start, line.start + its.end, its.new) for its in edits]
            if day and (one.claim.path, day.heading.number) not in logged:
                logged.add((one.claim.path, day.heading.number))
                found[one.claim.path] += _logged(text, day, apply(line.text, edits), step)
    return {path: (*edits, *_dated(documents.texts[path], step.date)) for path, edits in found.items() if edits}


def _dated(text: str, date: str) -> tuple[Edit, ...]:
    return moved_date(field_named(fields(visible_lines(text)), UPDATED), date)


def _leading(value: str) -> int:
    match = _LEADING.match(value)
    return int(match[0]) if match else 0


def _counted(text: str, one: Discrepancy, date: str) -> Iterator[Edit]:
    """Yield the edits that move a count on, and the percentage that says the same; not in a log of an earlier day."""
    line = all_lines(text)[one.claim.line - 1]
    day = _day(text, line)
    if day and date_in(day.title) < date:
        return
    (was, total), (now, _) = (value.partition("/")[::2] for value in (one.claim.value, one.fact.value))
    behind = rf"(?=[ \t]*(?:/|of)[ \t]*{total}(?!\d))" if total else r"(?![\d/.-])"
    number = re.search(rf"(?<![\d/.-]){was}{behind}", line.text)
    if number is None:
        return
    yield Edit(line.start + number.start(), line.start + number.end(), now)
    for share in _PERCENT.finditer(line.text) if total else ():
        if abs(float(share[0]) - 100 * int(was) / int(total)) < 1:
            places = len(share[2] or ".") - 1
            new = f"{100 * int(now) / int(total):.{places}f}"
            yield Edit(line.start + share.start(), line.start + share.end(), new)


def _following(line: Line, one: Discrepancy, documents: Documents, facts: Facts) -> tuple[Edit, ...]:
    """Return the edits within a line that name the next question, and among those discussed what was passed."""
    at = [match.start() for match in re.finditer(rf"{one.claim.value}(?!\d)", line.text)][-1]
    rest = line.text[at + len(one.claim.value) :]
    listed = next(its for its in facts.questions if its.path == one.fact.source)
    said = tuple(_also_discussed(line.text[:at], one.claim.value, listed))
    if not listed.open:
        none = ("无" if is_chinese(line.text) else "none") + _untitled(rest)
        return (*said, Edit(at, len(line.text), none))
    name = listed.open[0]
    titles = {entry.id: " ".join(entry.title.split()) for entry in documents.lists[listed.path].questions}
    colon = re.match(r"[ \t]*[:：][ \t]*(?=\S)", rest)
    new = f"{name}{colon[0]}{titles[name]}" if colon else f"{name}{rest}"
    return (*said, Edit(at, len(line.text), new))


def _also_discussed(before: str, was_next: str, listed: QuestionFacts) -> Iterator[Edit]:
    """Yield the edit that adds, to the questions called discussed, those from the one that was next up to the next."""
    stated = _DISCUSSED.search(before)
    if stated is None or was_next not in listed.ids:
        return
    behind = listed.ids[listed.ids.index(was_next) :]
    passed = list(takewhile(lambda name: name in listed.done, behind))
    names, added = question_ids(stated["names"]), [name for name in passed if name not in question_ids(stated["names"])]
    in_a_row = (*names, *added) == tuple(name for name in listed.ids if name in {*names, *added})
    if added and stated["range"] and in_a_row:
        yield Edit(stated.end("names") - len(names[-1]), stated.end("names"), added[-1])
    elif added:
        joiner = "、" if is_chinese(before) else ", "
        yield Edit(stated.end("names"), stated.end("names"), "".join(f"{joiner}{name}" for name in added))


def _untitled(rest: str) -> str:
    return "" if re.match(r"[ \t]*[:：]", rest) else rest


def _day(text: str, line: Line) -> Section | None:
    """Return the section of a day that holds the line, None where none does."""
    holding = [one for one in sections(all_lines(text)) if line in one.lines and date_in(one.title)]
    return holding[-1] if holding else None


def _logged(text: str, day: Section, statement: str, step: Step) -> Iterator[Edit]:
    """Yield the edit that adds an entry of the step's day where that day belongs among the others.

    Where there is one already, it says what else was done; one of an earlier day than `day` repeats no statement.
    """
    label = next(iter(fields(day.own)), None)
    said = [f"- **{label.name}**: {step.said}"] if label and f"**{label.name}**" not in statement else []
    days = _days_beside(text, day)
    own = next((one for one in days if date_in(one.title) == step.date), None)
    is_late = date_in(day.title) >= step.date
    if is_late and (not said or step.said in text):
        return
    if own:
        first = next(iter(fields(own.own)), None)
        yield insert_below(text, all_lines(text)[first.line - 1] if first else own.heading, said)
        return
    heading = _WRITTEN_DATE.sub(step.date, day.heading.text, count=1)
    entry = [heading, *said, *([] if is_late else [statement])]
    newest_first = date_in(days[0].title) > date_in(days[-1].title)
    behind = [one for one in days if _is_before(step.date, one, newest_first=newest_first)]
    if behind:
        above = insert_below(text, behind[0].heading, [*entry, ""])
        yield Edit(behind[0].heading.start, behind[0].heading.start, above.new)
    else:
        yield insert_below(text, last_written(above_rule(days[-1].lines)) or days[-1].heading, ["", *entry])


def _days_beside(text: str, day: Section) -> list[Section]:
    """Return the days of the log that holds this one, in their order."""
    lines = all_lines(text)
    holding = [one for one in sections(lines) if one.level < day.level and day.heading in one.lines]
    beside = sections(holding[-1].lines if holding else lines)
    return [one for one in beside if one.level == day.level and date_in(one.title)]


def _is_before(date: str, day: Section, *, newest_first: bool) -> bool:
    return date_in(day.title) < date if newest_first else date_in(day.title) > date
