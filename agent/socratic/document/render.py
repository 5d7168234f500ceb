"""The discussion document, rendered from its pointers: the learner's words verbatim, whatever is not theirs marked."""

from collections.abc import Iterator

from agent.notes.discussion import question_ids
from agent.notes.quotations import reference
from agent.socratic.aims.topic import undoubled
from agent.socratic.document.account import Account
from agent.socratic.document.appendix import explanation, record
from agent.socratic.document.cards import RATINGS
from agent.socratic.document.choices import Pointer, whole
from agent.socratic.document.compile import Compiled
from agent.socratic.document.endings import entry_of
from agent.socratic.document.lessons import method, practice
from agent.socratic.document.mistakes import Mistake
from agent.socratic.document.quoting import (
    block,
    code,
    ended,
    glossed,
    inline,
    link_target,
    link_to,
    measured,
    quoted,
    sentence,
    short_name,
)
from agent.socratic.document.relations import Relation
from agent.socratic.document.todos import todo_text
from agent.socratic.tutor.telling import is_worded, told_words
from agent.socratic.values import Target


def render(compiled: Compiled) -> str:
    """Return the document; a section with nothing to say is left out, the same value gives the same bytes."""
    sections = {
        "start": [line for account in compiled.accounts for line in _start(account, compiled)],
        "change": [*_changes(compiled), *_summary(compiled)],
        "now": [line for account in compiled.accounts for line in _now(account, compiled)],
        "detail": [*_detail(compiled)],
        "mistakes": [*_mistakes(compiled)],
        "method": [*method(compiled)],
        "practice": [*practice(compiled)],
        "open": [*_open(compiled)],
        "insights": [*_ratified(compiled, [*_insights(compiled)])],
        "todo": [*_ratified(compiled, [*_todos(compiled)])],
        "relations": [line for one in compiled.relations for line in _relation(one, compiled)],
        "cards": [*_ratified(compiled, [*_cards(compiled)])],
        "reference": [*explanation(compiled)],
        "record": [*record(compiled)],
    }
    parts = [_head(compiled)]
    parts += [
        "\n".join([sentence(compiled, f"section.{name}"), "", *lines]).rstrip("\n") + "\n"
        for name, lines in sections.items()
        if any(lines)
    ]
    return "\n".join(parts)


def _head(compiled: Compiled) -> str:
    graded = any(account.verdict and account.verdict.confidence for account in compiled.accounts)
    mode = "mode" if not compiled.offline else "mode-offline" if graded else "mode-offline-ungraded"
    mode = "mode-imported" if compiled.imported else mode
    topic = undoubled(inline(compiled.topic), sentence(compiled, "kind"))
    lines = [
        sentence(compiled, "title", topic=topic),
        "",
        f"- {sentence(compiled, 'date', date=compiled.date)}",
        f"- {sentence(compiled, mode, sid=compiled.sid, source=inline(compiled.imported))}",
    ]
    if compiled.imported:
        lines.append(f"- {measured(compiled.turns, compiled.language)}")
    if compiled.sources:
        lines.append(f"- {sentence(compiled, 'source', sources=', '.join(compiled.sources))}")
    generated = compiled.choices.glosses or compiled.choices.reference
    return "\n".join([*lines, "", sentence(compiled, "method-glossed" if generated else "method")]) + "\n"


def _start(account: Account, compiled: Compiled) -> Iterator[str]:
    target = account.target
    if len(compiled.accounts) > 1 or target.headline:
        yield from (f"### {_named(target, compiled)}", "")
    if account.asked:
        listed = target.headline if target.headline not in ("", target.question, target.title) else ""
        entry = sentence(compiled, "entry", headline=inline(listed)) if listed else ""
        yield from quoted("original", whole(account.asked), compiled, entry=entry)
    yield from quoted("first", account.first, compiled)
    if account.confidence:
        yield from (sentence(compiled, "confidence", rating=account.confidence), "")


def _changes(compiled: Compiled) -> Iterator[str]:
    """Give the course of each target, under its name where there are several."""
    for account in compiled.accounts:
        lines = list(_change(account, compiled))
        if lines and len(compiled.accounts) > 1:
            yield from (f"### {_named(account.target, compiled)}", "")
        yield from lines


def _change(account: Account, compiled: Compiled) -> Iterator[str]:
    """Give the pivotal question and the answer to it; one that became the account now is quoted there."""
    if account.pivot:
        helped = sentence(compiled, "helped") if account.helped else ""
        yield from quoted("pivot", account.pivot, compiled, helped=helped)
    if account.repair and account.repair != account.now:
        yield from quoted("to", account.repair, compiled)
    if account.withdrawn:
        yield from quoted("back", whole(account.withdrawn[1]), compiled)
    if compiled.offline:
        yield from _compared(account, compiled)
    elif not account.judged and not compiled.imported:
        yield from (sentence(compiled, "unjudged" if account.target.groundless else "unread"), "")
    elif not compiled.imported:
        key = "path-back" if account.withdrawn else "path" if account.level else "path-open"
        yield from (sentence(compiled, key, course=_course(account), **_standing(account, compiled)), "")
    yield from glossed(f"change:{account.target.id}", compiled)


def _course(account: Account) -> str:
    """Return the turns that an account went through, from the first to the one now."""
    through = [one.turn for one in (account.first, account.pivot, account.repair, account.now) if one]
    through += [turn.seq for turn in account.withdrawn or ()]
    return " → ".join(map(reference, dict.fromkeys(through)))


def _standing(account: Account, compiled: Compiled) -> dict[str, str]:
    """Return how far an account came, with how much help, in words."""
    how, result = sentence(compiled, f"how.{account.how}"), ended(account.target, account.result, compiled)
    help_given = [f"hint.{account.hint}"] if account.hint else []
    help_given += ["hint.looked"] if account.looked else []
    if account.how != "unaided" and not help_given:
        help_given = ["hint.tangent"]
    return {
        "level": sentence(compiled, f"level.{account.level}") if account.level else "",
        "hint": sentence(compiled, "hint.and").join(sentence(compiled, key) for key in help_given or ["hint.0"]),
        "outcome": result if account.result == "told" or not account.level else f"{how} · {result}",
    }


def _compared(account: Account, compiled: Compiled) -> Iterator[str]:
    """Say what the answer was held against, and the learner's own grade."""
    verdict = account.verdict.verdict if account.verdict and account.verdict.confidence else ""
    grade = sentence(compiled, f"grade.{verdict}") if verdict else ""
    ref = reference(account.compared.seq) if account.compared and account.compared.cites else ""
    if ref or grade:
        key = "graded" if not ref else "compared" if grade else "compared-ungraded"
        yield from (sentence(compiled, key, ref=ref, grade=grade), "")


def _now(account: Account, compiled: Compiled) -> Iterator[str]:
    """Give the account that was judged correct; one that was told says so."""
    if account.now and account.now == account.first:
        how = _how(account, compiled)
        yield from (sentence(compiled, "now-first", ref=reference(account.first.turn), how=how), "")
    elif account.now:
        title = f" {short_name(account)}" if len(compiled.accounts) > 1 else ""
        yield from quoted("now", account.now, compiled, how=_how(account, compiled), title=title)
    yield from glossed(f"now:{account.target.id}", compiled)


def _how(account: Account, compiled: Compiled) -> str:
    how = "after-telling" if account.how == "told" else account.how
    return sentence(compiled, f"how.{'self' if compiled.offline else 'unjudged' if compiled.imported else how}")


def _summary(compiled: Compiled) -> Iterator[str]:
    if compiled.summary:
        yield from quoted("summary", whole(compiled.summary), compiled)


def _detail(compiled: Compiled) -> Iterator[str]:
    """Give code and outputs of the learner, calculations, what was told, and the passages that answers rest on."""
    above = {pointer for one in compiled.accounts for pointer in (one.first, one.repair, one.now)}
    for turn in compiled.pasted:
        if whole(turn) in above:
            yield from (sentence(compiled, "pasted-above", ref=reference(turn.seq)), "")
        else:
            yield from quoted("pasted", whole(turn), compiled)
    for event in compiled.aside("calc"):
        yield from quoted("calc", Pointer(turn=event.seq, span=event.text), compiled)
    for turn in compiled.given:
        label = "passage" if turn.move == "passage" else "told-worded" if is_worded(turn) else "told"
        words = turn.text.partition("\n")[2] if label == "passage" else told_words(turn)
        pointer = Pointer(turn=turn.seq, span=words or turn.text)
        yield from quoted(label, pointer, compiled, cites=code(*turn.cites))
    shown = {cite for turn in compiled.given if not is_worded(turn) for cite in turn.cites}
    for passage in compiled.passages:
        if passage.cite not in shown:
            yield from (sentence(compiled, "note", cites=code(passage.cite)), "", *block(passage.text), "")
    yield from glossed("detail", compiled)


def _mistakes(compiled: Compiled) -> Iterator[str]:
    for mistake in compiled.mistakes:
        yield from _mistake(mistake, compiled)
    if compiled.mistakes:
        yield from glossed("mistakes", compiled)


def _mistake(mistake: Mistake, compiled: Compiled) -> Iterator[str]:
    """Give a misconception with the words that showed it; once cleared, what speaks against it and what told apart."""
    state = sentence(compiled, f"mistake.{mistake.status}")
    belief = inline(mistake.misconception.belief).rstrip("。.")
    yield from (sentence(compiled, "mistake", ref=reference(mistake.turn.seq), state=state, belief=belief), "")
    showed = Pointer(turn=mistake.turn.seq, span=mistake.span)
    quoted_above = showed.turn in [account.first.turn for account in compiled.accounts]
    if mistake.span and "\n" not in mistake.span and not quoted_above:
        yield from (*block(f"“{mistake.span}”"), "")
    if mistake.status != "open":
        cue = inline(mistake.misconception.cue).rstrip("。.")
        yield from (sentence(compiled, "mistake.cue", cue=cue), "")
        if mistake.told_apart:
            asked, answered = (reference(turn.seq) for turn in mistake.told_apart)
            yield from (sentence(compiled, "mistake.apart", asked=asked, answered=answered), "")


def _open(compiled: Compiled) -> Iterator[str]:
    for target, result in compiled.left:
        yield sentence(compiled, "open", title=_named(target, compiled), result=ended(target, result, compiled))
    if compiled.left:
        yield ""
    for event in compiled.aside("contest"):
        yield from quoted("contested", Pointer(turn=event.seq, span=event.text), compiled)
    for turn in compiled.turns:
        if turn.move == "gold":
            yield from (sentence(compiled, "grounds", ref=reference(turn.seq)), "")
    for pointer in compiled.questions:
        yield from quoted("asked", pointer, compiled)


def _insights(compiled: Compiled) -> Iterator[str]:
    notes = {event.seq for event in compiled.aside("note")}
    closing = compiled.summary.seq if compiled.summary else 0
    for pointer in compiled.insights:
        label = "noted" if pointer.turn in notes else "summary" if pointer.turn == closing else "answer"
        yield from quoted(label, pointer, compiled)


def _todos(compiled: Compiled) -> Iterator[str]:
    for todo in compiled.todos:
        ref = f" {reference(todo.turn)}" if _is_anchored(todo.turn, compiled) else ""
        yield f"- [ ] {inline(todo_text(todo, compiled.language))}{ref}"


def _relation(relation: Relation, compiled: Compiled) -> Iterator[str]:
    """Give how today stands to an earlier account, its words from then, and the words of today beside them."""
    older = relation.older
    listed = "#" not in older.cite and link_target(older.cite, compiled.choices.folder)
    line = older.cite.rpartition(":")[2] if listed else ""
    place = link_to(older.cite, compiled.choices.folder, label=older.date or sentence(compiled, "relation.earlier"))
    facts = {
        "kind": sentence(compiled, f"relation.{relation.kind}"),
        "question": inline(older.question),
        "place": sentence(compiled, "relation.line", place=place, line=line) if line else place,
    }
    yield from (sentence(compiled, "relation", **facts), "", *block(f"“{older.text}”"), "")
    if relation.now:
        cold = compiled.recalled is not None and relation.now.turn == compiled.recalled[1].seq
        yield from quoted("relation-cold" if cold else "relation-now", relation.now, compiled)


def _cards(compiled: Compiled) -> Iterator[str]:
    for number, card in enumerate(compiled.cards, start=1):
        facts = {
            "how": sentence(compiled, f"how.{card.how}"),
            "rating": sentence(compiled, f"rating.{RATINGS[card.how]}"),
            "question": inline(card.question),
            "number": str(number),
        }
        yield from quoted("card", Pointer(turn=card.turn, span=card.answer), compiled, **facts)


def _ratified(compiled: Compiled, lines: list[str]) -> Iterator[str]:
    """Give the lines, below a mark where the learner did not see them at the close."""
    if lines and not compiled.choices.ratified:
        yield from (sentence(compiled, "unconfirmed"), "")
    yield from lines


def _is_anchored(seq: int, compiled: Compiled) -> bool:
    return any(turn.seq == seq for turn in compiled.turns)


def _named(target: Target, compiled: Compiled) -> str:
    """Return a target's title, with its id where it was discussed: a document that names an id counts as its record."""
    discussed = entry_of(target.id) in map(entry_of, compiled.discussed)
    identity = f"{target.id} " if discussed and question_ids(target.id) else ""
    return inline(f"{identity}{target.title}")
