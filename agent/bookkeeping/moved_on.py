"""Statements that a discussion leaves behind, moved on to what the files then show: counts, and the next question."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from agent.bookkeeping.claims_questions import discussion_totals, named_questions, question_totals
from agent.bookkeeping.discrepancy import Discrepancy
from agent.bookkeeping.documents import Documents
from agent.bookkeeping.facts import Facts
from agent.notes.lines import (
    Line,
    Section,
    above_rule,
    all_lines,
    date_in,
    fields,
    insert_below,
    last_written,
    sections,
)
from agent.text.edits import Edit
from agent.text.tokens import is_chinese

_LEADING: Final = re.compile(r"\d+")
_PERCENT: Final = re.compile(r"(?<![\d.])(\d+)(\.\d+)?(?=[ \t]*%)")
_WRITTEN_DATE: Final = re.compile(r"\d{4}\D\d{1,2}\D\d{1,2}日?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a discussion did: its day, and what is to be said of it in a log ("" for nothing)."""

    date: str
    said: str


def moved_on(documents: Documents, facts: Facts, step: Step) -> Mapping[str, tuple[Edit, ...]]:
    """Return, by path, the edits of statements that lag behind the facts; what claims more than they show is left.

    `documents` and `facts` are those with the new discussion. A statement under the heading of an earlier day is part
    of a log and stays: an entry of this day is put beside it.
    """
    found: defaultdict[str, list[Edit]] = defaultdict(list)
    logged: set[tuple[str, int]] = set()
    for one in (*question_totals(documents, facts), *discussion_totals(documents, facts)):
        if isinstance(one, Discrepancy) and _leading(one.claim.value) < _leading(one.fact.value):
            found[one.claim.path] += _counted(documents.texts[one.claim.path], one)
    for one in named_questions(documents, facts):
        if isinstance(one, Discrepancy) and one.key == "question-next":
            text = documents.texts[one.claim.path]
            line = all_lines(text)[one.claim.line - 1]
            at, new = _following(line, one, documents, facts)
            day = _day(text, line, step.date)
            if day is None:
                found[one.claim.path].append(Edit(line.start + at, line.end, new))
            elif (one.claim.path, day.heading.number) not in logged:
                logged.add((one.claim.path, day.heading.number))
                found[one.claim.path].append(_logged(text, day, line.text[:at] + new, step))
    return {path: tuple(edits) for path, edits in found.items()}


def _leading(value: str) -> int:
    match = _LEADING.match(value)
    return int(match[0]) if match else 0


def _counted(text: str, one: Discrepancy) -> Iterator[Edit]:
    """Yield the edits that move a count on, and the percentage that says the same."""
    line = all_lines(text)[one.claim.line - 1]
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


def _following(line: Line, one: Discrepancy, documents: Documents, facts: Facts) -> tuple[int, str]:
    """Return where in a line the question that it calls next begins, and what is to stand there up to its end."""
    at = [match.start() for match in re.finditer(rf"{one.claim.value}(?!\d)", line.text)][-1]
    rest = line.text[at + len(one.claim.value) :]
    listed = next(its for its in facts.questions if its.path == one.fact.source)
    if not listed.open:
        return at, ("无" if is_chinese(line.text) else "none") + _untitled(rest)
    name = listed.open[0]
    titles = {entry.id: " ".join(entry.title.split()) for entry in documents.lists[listed.path].questions}
    colon = re.match(r"[ \t]*[:：][ \t]*(?=\S)", rest)
    return at, f"{name}{colon[0]}{titles[name]}" if colon else f"{name}{rest}"


def _untitled(rest: str) -> str:
    return "" if re.match(r"[ \t]*[:：]", rest) else rest


def _day(text: str, line: Line, date: str) -> Section | None:
    """Return the section of an earlier day that holds the line, None where none does."""
    holding = [one for one in sections(all_lines(text)) if line in one.lines and date_in(one.title)]
    return holding[-1] if holding and date_in(holding[-1].title) < date else None


def _logged(text: str, day: Section, statement: str, step: Step) -> Edit:
    """Return the edit that adds an entry of the new day, on the side of the earlier one where the newest stands."""
    label = next((field.name for field in fields(day.own)), "")
    said = f"- **{label}**: {step.said}" if label and f"**{label}**" not in statement and step.said else ""
    entry = [_WRITTEN_DATE.sub(step.date, day.heading.text, count=1), *([said] if said else []), statement]
    days = [one for one in sections(all_lines(text)) if one.level == day.level and date_in(one.title)]
    if days[-1] is not day and date_in(days[-1].title) < date_in(day.title):
        above = insert_below(text, day.heading, [*entry, ""])
        return Edit(day.heading.start, day.heading.start, above.new)
    return insert_below(text, last_written(above_rule(day.lines)) or day.heading, ["", *entry])
