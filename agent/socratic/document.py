"""The discussion document: rendered from its pointers, and verified against the journal before it may be written."""

from collections.abc import Iterable, Iterator

from agent.notes.quotations import passages, unfounded
from agent.socratic.compile import Account, Compiled, todo_text
from agent.socratic.topic import undoubled
from agent.socratic.values import Event, Target, Turn
from agent.words import say
from agent.workspace.journal import Record


def render(compiled: Compiled) -> str:
    """Return the document; a section with nothing to say is left out, the same value gives the same bytes."""
    sections = {
        "start": [line for account in compiled.accounts for line in _start(account, compiled)],
        "change": list(_changes(compiled)),
        "now": [*(line for account in compiled.accounts for line in _now(account, compiled)), *_summary(compiled)],
        "detail": list(_detail(compiled)),
        "mistakes": list(_mistakes(compiled)),
        "method": list(_method(compiled)),
        "practice": list(_practice(compiled)),
        "open": list(_open(compiled)),
        "insights": [line for turn in compiled.insights for line in _quoted("answer", turn, compiled)],
        "todo": [f"- [ ] {_inline(todo_text(todo, compiled.language))}" for todo in compiled.todos],
        "record": list(_record(compiled)),
    }
    parts = [_head(compiled)]
    parts += [
        "\n".join([_say(compiled, f"section.{name}"), "", *lines]).rstrip("\n") + "\n"
        for name, lines in sections.items()
        if lines
    ]
    return "\n".join(parts)


def verify(document: str, journal: Iterable[Record]) -> tuple[str, ...]:
    """Return what is wrong with a document, () when it may be written.

    Every reference must lead to an anchor, every anchor to a turn, every turn must have one. Every block quotation
    must follow a reference and stand in that turn character by character; in the record, be all of it.
    """
    turns = {record.seq: str(record.content.get("text", "")) for record in journal if record.kind == "turn"}
    found = tuple(passages(document))
    anchors = {one.anchor for one in found if one.anchor}
    referred = {turn for one in found for turn in one.references}
    problems = [
        f"T{one.turn}: not the words of the turn: {one.quotation[:40]}"
        if one.turn
        else f"quotation without a reference: {one.quotation[:40]}"
        for one in unfounded(document, turns)
    ]
    problems += [f"T{number}: no such turn" for number in sorted((anchors | referred) - set(turns))]
    problems += [f"T{number}: no anchor" for number in sorted((referred | set(turns)) - anchors)]
    return tuple(problems)


def _head(compiled: Compiled) -> str:
    graded = any(account.verdict and account.verdict.confidence for account in compiled.accounts)
    mode = "mode" if not compiled.offline else "mode-offline" if graded else "mode-offline-ungraded"
    topic = undoubled(_inline(compiled.topic), _say(compiled, "kind"))
    lines = [
        _say(compiled, "title", topic=topic),
        "",
        f"- {_say(compiled, 'date', date=compiled.date)}",
        f"- {_say(compiled, mode, sid=compiled.sid)}",
    ]
    if compiled.sources:
        lines.append(f"- {_say(compiled, 'source', sources=', '.join(compiled.sources))}")
    return "\n".join([*lines, "", _say(compiled, "method")]) + "\n"


def _named(target: Target, compiled: Compiled) -> str:
    """Return a target's title, with its id where it was discussed: a document that names an id counts as its record."""
    identity = f"{target.id} " if target.id in compiled.discussed else ""
    return _inline(f"{identity}{target.title}")


def _start(account: Account, compiled: Compiled) -> Iterator[str]:
    target = account.target
    yield from (f"### {_named(target, compiled)}", "")
    listed = target.headline if target.headline not in ("", target.question) else ""
    entry = _say(compiled, "entry", headline=_inline(listed)) if listed else ""
    yield from _quoted("original", account.asked, compiled, entry=entry)
    yield from _quoted("first", account.first, compiled)
    if account.confidence:
        yield from (_say(compiled, "confidence", rating=account.confidence), "")


def _changes(compiled: Compiled) -> Iterator[str]:
    """Give the course of each target where there is one, with what the levels and hints mean."""
    if not compiled.offline and compiled.accounts:
        yield from (_say(compiled, "legend"), "")
    for account in compiled.accounts:
        lines = list(_change(account, compiled))
        if lines and len(compiled.accounts) > 1:
            yield from (f"### {_named(account.target, compiled)}", "")
        yield from lines


def _change(account: Account, compiled: Compiled) -> Iterator[str]:
    if account.turned:
        yield from (_say(compiled, "from", ref=_ref(account.first)), "")
        if account.pivot:
            helped = _say(compiled, "helped") if account.helped else ""
            yield from _quoted("pivot", account.pivot, compiled, helped=helped)
        yield from _quoted("to", account.turned, compiled)
    if compiled.offline:
        if account.verdict and account.verdict.confidence:
            yield from (_say(compiled, "grade", grade=_say(compiled, f"grade.{account.verdict.verdict}")), "")
    else:
        how, result = _say(compiled, f"how.{account.how}"), _say(compiled, f"result.{account.result}")
        yield from (_say(compiled, "path", level=account.level, hint=account.hint, how=how, result=result), "")


def _summary(compiled: Compiled) -> Iterator[str]:
    if compiled.summary:
        yield from _quoted("summary", compiled.summary, compiled)


def _now(account: Account, compiled: Compiled) -> Iterator[str]:
    """Give the account that was judged correct, then its restatement; one that was told says so."""
    if account.now:
        how = _say(compiled, "how.self" if compiled.offline else f"how.{account.how}")
        yield from _quoted("now", account.now, compiled, how=how, title=_inline(account.target.title))
    if account.restated:
        yield from _quoted("restated", account.restated, compiled)


def _detail(compiled: Compiled) -> Iterator[str]:
    for turn in compiled.pasted:
        yield from _quoted("pasted", turn, compiled)
    for turn in compiled.given:
        label = "told" if turn.move == "tell" else "passage"
        yield from _quoted(label, turn, compiled, cites=", ".join(f"`{cite}`" for cite in turn.cites))


def _mistakes(compiled: Compiled) -> Iterator[str]:
    for mistake in compiled.mistakes:
        state = _say(compiled, "mistake.gone" if mistake.gone else "mistake.open")
        belief = _inline(mistake.misconception.belief)
        yield _say(compiled, "mistake", ref=_ref(mistake.turn), state=state, belief=belief)
        yield from ("", *([*_block(f"“{mistake.span}”"), ""] if mistake.span and "\n" not in mistake.span else []))


def _method(compiled: Compiled) -> Iterator[str]:
    for account in compiled.accounts:
        if account.pivot and account.pivot.question_type and account.result == "mastered":
            kind = _say(compiled, f"type.{account.pivot.question_type}")
            yield _say(compiled, "turning", ref=_ref(account.pivot), kind=kind)


def _practice(compiled: Compiled) -> Iterator[str]:
    for case, answer in compiled.transfers:
        yield from _quoted("case", case, compiled)
        yield from _quoted("answer", answer, compiled)


def _open(compiled: Compiled) -> Iterator[str]:
    for target, result in compiled.left:
        ended = _say(compiled, f"result.{result}")
        yield _say(compiled, "open", title=_named(target, compiled), result=ended)
    if compiled.left:
        yield ""
    for turn in compiled.questions:
        yield from _quoted("asked", turn, compiled)


def _record(compiled: Compiled) -> Iterator[str]:
    """Give every turn with an anchor and, in small, what happened between them, in the order of the journal."""
    yield from (_say(compiled, "numbering"), "")
    everything: list[Turn | Event] = [*compiled.turns, *compiled.events]
    for one in sorted(everything, key=lambda one: one.seq):
        if isinstance(one, Event):
            yield from (f"*T{one.seq} · {_event(one, compiled)} · {one.time[11:16]}*", "")
        else:
            speaker = _say(compiled, f"speaker.{one.role}")
            yield f'<a id="t{one.seq}"></a>**T{one.seq} · {speaker}** · {one.time[11:16]}'
            yield from ("", *_block(one.text), "")


def _event(event: Event, compiled: Compiled) -> str:
    if event.name == "confidence":
        return _say(compiled, "event.confidence" if event.rating else "event.no-confidence", rating=event.rating)
    return _say(compiled, f"event.{event.name}", text=_inline(event.text))


def _quoted(label: str, turn: Turn, compiled: Compiled, **facts: str) -> Iterator[str]:
    """Give a label with the turn's reference, then all of the turn, verbatim; a first account is quoted once only."""
    yield from (_say(compiled, label, ref=_ref(turn), **facts), "")
    if label == "first" or all(turn != account.first for account in compiled.accounts):
        one_line = turn.role == "learner" and "\n" not in turn.text
        yield from (*_block(f"“{turn.text}”" if one_line else turn.text), "")


def _block(text: str) -> list[str]:
    return [f"> {line}" if line else ">" for line in text.split("\n")]


def _ref(turn: Turn) -> str:
    return f"[T{turn.seq}](#t{turn.seq})"


def _inline(text: str) -> str:
    """Return a text on one line, unable to pass for a reference or an anchor of ours."""
    return " ".join(text.split()).replace("](#", "] (#").replace("<a id=", "< a id=")


def _say(compiled: Compiled, key: str, **facts: object) -> str:
    return say(compiled.language, f"discussion.{key}", **facts)
