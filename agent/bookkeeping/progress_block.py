"""The progress block that the program keeps up in a document, and the bars of a batch plan brought up to date."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from agent.bookkeeping.claims_batches import bar_counts
from agent.bookkeeping.claims_documents import is_overall
from agent.bookkeeping.documents import Documents, StateDocument, parse_state
from agent.bookkeeping.facts import Facts
from agent.bookkeeping.proposals import Proposal, changed
from agent.notes.article_plan import bar_edits
from agent.notes.declared import Declared
from agent.notes.generated import block_edit, find_block
from agent.notes.lines import Line, all_lines
from agent.text.edits import Edit, keep_length
from agent.words import Language, say
from agent.workspace.store import Document


def wanting(documents: Documents) -> tuple[str, ...]:
    """Return the documents that hold the block; articles, discussions and records are never written to."""
    return tuple(path for path in documents.texts if may_hold(documents, path) and find_block(documents.texts[path]))


def may_hold(documents: Documents, path: str) -> bool:
    """Say whether a note may hold the block."""
    return path in documents.texts and not (
        path in documents.articles or path in documents.discussions or path in documents.records
    )


def block_proposal(path: str, text: str, facts: Facts, language: Language) -> Proposal | None:
    """Return the change that brings the block up to date, or adds one; None when it is so already.

    The block holds facts alone, no date and no commit, so that a second run changes nothing. Raises WouldShrink when
    much else was written between its markers.
    """
    edit = block_edit(text, progress_text(facts, language))
    proposal = changed(Document(path=path, text=text), (edit,), say(language, "context.why-block"), subject="block")
    keep_length(path, text, proposal.after)
    return proposal if proposal.after != text else None


def bars_proposal(path: str, text: str, facts: Facts, language: Language) -> Proposal | None:
    """Return the change that brings a document's bars and counts to the status lines, None when they are so already.

    The total that the document states stays: it may be a goal (`totals_proposal`); what is left of it is then what it
    is short of, where that is how the document counts.
    """
    state = parse_state(text)
    counts = dict(bar_counts(facts, state))
    values: dict[str, int] = {}
    if 0 in counts:
        done, there = counts[0]
        stated = _stated_total(state, there)
        counts[0] = (done, max(stated, done))
        values = {"done": done} | _left(state, stated, facts.articles.pending if stated == there else stated - done)
    articles = facts.articles
    said = {"completed": articles.completed, "files": articles.files, "distinct": articles.distinct}
    edits = _edits(text, state, counts, values)
    why = say(language, "context.why-bars", **said)
    return changed(Document(path=path, text=text), edits, why, subject="bars") if edits else None


def totals_proposal(path: str, text: str, facts: Facts, language: Language) -> Proposal | None:
    """Return the change that brings the totals of a document with bars to the articles there are, None for none."""
    state = parse_state(text)
    done, there = bar_counts(facts, state).get(0, (0, 0))
    stated = _stated_total(state, there)
    if stated == there:
        return None
    numbers = [one.number for one in _overall(state) if one.meaning == "done"]
    shown = min(there, [*numbers, done][0])
    left = facts.articles.pending if shown == done else there - shown
    edits = _edits(text, state, {0: (shown, there)}, {"total": there, "done": shown, "todo": left})
    why = say(language, "context.why-totals", stated=stated, there=there)
    return changed(Document(path=path, text=text), edits, why, subject="totals") if edits else None


def _overall(state: StateDocument) -> list[Declared]:
    return [one for one in state.declared if one.unit == "article" and is_overall(state, one)]


def _left(state: StateDocument, stated: int, left: int) -> dict[str, int]:
    """Return what the document calls still to be done; none where that and what is done do not make up its total."""
    done = {one.number for one in _overall(state) if one.meaning == "done"}
    todo = {one.number for one in _overall(state) if one.meaning == "todo"}
    return {"todo": max(0, left)} if any(a + b == stated for a in done for b in todo) else {}


def _stated_total(state: StateDocument, there: int) -> int:
    """Return the total of all articles that a document with bars states most often; `there` are those there are."""
    totals = [bar.total for bar in state.plan.bars if bar.number == 0 and not bar.percent]
    totals += [one.number if one.meaning == "total" else one.total or 0 for one in _overall(state)]
    (most, _), *_ = [*Counter(filter(None, totals)).most_common(1), (there, 0)]
    return most


def _edits(
    text: str, state: StateDocument, counts: Mapping[int, tuple[int, int]], values: Mapping[str, int]
) -> tuple[Edit, ...]:
    """Return the edits of bars and, outside of them, of the totals in a document that has bars."""
    edits = bar_edits(text, counts)
    if state.plan.bars and 0 in counts:
        edited = {text.count("\n", 0, edit.start) for edit in edits}
        totals = _total_edits(text, state, values, counts[0])
        edits += tuple(edit for edit in totals if text.count("\n", 0, edit.start) not in edited)
    return edits


def _total_edits(text: str, state: StateDocument, values: Mapping[str, int], whole: tuple[int, int]) -> Iterator[Edit]:
    """Yield the edits of the totals that are wrong, each with the share beside it.

    A line that states several totals is left to its author.
    """
    done, total = whole
    lines = all_lines(text)
    stated = _overall(state)
    on = Counter(one.line for one in stated)
    old = {one.number for one in stated if one.meaning == "done" and one.total is not None}
    for one in stated:
        new = values.get(one.meaning, done if one.meaning == "done" and one.total is not None else None)
        if new is not None and on[one.line] == 1 and not _says(one, new, total):
            yield from _total_edit(lines[one.line - 1], one, new, total, is_same=one.number in old)


def _says(one: Declared, new: int, total: int) -> bool:
    share = 100 * new / total if total else 0.0
    is_share = one.percent is None or abs(share - one.percent) < 10.0**-one.places
    return (one.number, one.total or total) == (new, total) and is_share


def _total_edit(line: Line, one: Declared, new: int, total: int, *, is_same: bool) -> Iterator[Edit]:
    """Yield the edits of one total, where its number stands in the line once.

    A number before it may be what the sentence is about, unless the total is the same as where it stands alone.
    """
    number = rf"{one.number}[ \t]*/[ \t]*{one.total}" if one.total else str(one.number)
    found = list(re.finditer(rf"(?<![\d.]){number}(?![\d.])", line.text))
    if len(found) == 1 and (is_same or not re.search(r"\d", line.text[: found[0].start()])):
        written = f"{new}/{total}" if one.total else str(new)
        yield Edit(line.start + found[0].start(), line.start + found[0].end(), written)
        share = re.compile(r"\d+(?:\.\d+)?(?=[ \t]*%)").search(line.text, found[0].end())
        if share and one.percent is not None and float(share[0]) == one.percent:
            percent = f"{100 * new / total:.{one.places}f}"
            yield Edit(line.start + share.start(), line.start + share.end(), percent)


def progress_text(facts: Facts, language: Language) -> str:
    """Return what the block says: the counts, each by the name of what it counts."""
    articles, todo = facts.articles, facts.todo
    lines = [say(language, "context.block-note"), ""]
    if articles.files:
        counts = {"files": articles.files, "distinct": articles.distinct, "ticked": articles.ticked}
        states = {"completed": articles.completed, "pending": articles.pending}
        lines.append(say(language, "context.block-articles", **counts, **states))
        if articles.counts_met is not None:
            lines.append(say(language, "context.block-standard", met=articles.counts_met, passed=articles.passed))
    noted = [f"{one.number:02}" for one in facts.lectures if one.notes]
    if noted:
        names, total = " ".join(noted), len(facts.lectures)
        lines.append(say(language, "context.block-lectures", noted=len(noted), total=total, names=names))
    if facts.discussion_files:
        counts = {"files": facts.discussion_files, "quoting": facts.quoting_discussions}
        lines.append(say(language, "context.block-discussions", **counts))
    lines += [
        say(language, "context.block-questions", path=one.path, done=len(one.done), total=len(one.ids))
        for one in facts.questions
    ]
    if todo.open or todo.done:
        lines.append(say(language, "context.block-todo", open=todo.open, done=todo.done, topics=todo.topics))
    return "\n".join(lines)
