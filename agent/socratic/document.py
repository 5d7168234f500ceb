"""The discussion document: rendered from its pointers, and verified against the journal before it may be written."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from agent.socratic.compile import Account, Compiled, todo_text
from agent.socratic.values import Turn
from agent.words import say
from agent.workspace.journal import Record

_REF: Final = re.compile(r"\[T(\d+)\]\(#t(\d+)\)")
_ANCHOR: Final = re.compile(r'<a id="t(\d+)"></a>')


def render(compiled: Compiled) -> str:
    """Return the document; a section with nothing to say is left out, the same value gives the same bytes."""
    sections = {
        "start": [line for account in compiled.accounts for line in _start(account, compiled)],
        "change": [
            *(line for account in compiled.accounts for line in _change(account, compiled)),
            *_summary(compiled),
        ],
        "now": [line for account in compiled.accounts for line in _now(account, compiled)],
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
    anchors: set[int] = set()
    referred: set[int] = set()
    problems: list[str] = []
    for line, block in _blocks(document):
        refs = [int(number) for number, _ in _REF.findall(line)]
        referred.update(refs)
        anchor = _ANCHOR.search(line)
        if anchor:
            anchors.add(int(anchor[1]))
        if block is not None:
            problems += _wrong(block, refs[-1:], turns, whole=anchor is not None)
    problems += [f"T{number}: no such turn" for number in sorted((anchors | referred) - set(turns))]
    problems += [f"T{number}: no anchor" for number in sorted((referred | set(turns)) - anchors)]
    return tuple(problems)


def _wrong(block: str, refs: list[int], turns: dict[int, str], *, whole: bool) -> list[str]:
    if not refs:
        return [f"quotation without a reference: {block[:40]}"]
    text = turns.get(refs[0], "")
    marked = block[1:-1] if block[:1] == "“" and block[-1:] == "”" else block
    exact = block == text if whole else (block in text or marked in text)
    return [] if exact else [f"T{refs[0]}: not the words of the turn: {block[:40]}"]


def _blocks(document: str) -> Iterator[tuple[str, str | None]]:
    """Yield each line outside quotations, with the block quotation that follows it or None."""
    line, block = "", []
    for text in [*document.split("\n"), ""]:
        if text.startswith(">"):
            block.append(text.removeprefix("> ") if text.startswith("> ") else text[1:])
        elif block:
            yield line, "\n".join(block)
            line, block = text, []
        elif text:
            if line:
                yield line, None
            line = text
    if line:
        yield line, None


def _head(compiled: Compiled) -> str:
    mode = "mode-offline" if compiled.offline else "mode"
    lines = [
        _say(compiled, "title", topic=_inline(compiled.topic)),
        "",
        f"- {_say(compiled, 'date', date=compiled.date)}",
        f"- {_say(compiled, mode, sid=compiled.sid)}",
    ]
    if compiled.sources:
        lines.append(f"- {_say(compiled, 'source', sources=', '.join(compiled.sources))}")
    return "\n".join([*lines, "", _say(compiled, "method")]) + "\n"


def _start(account: Account, compiled: Compiled) -> Iterator[str]:
    yield f"### {_inline(account.target.id)} {_inline(account.target.title)}"
    yield ""
    yield from _quoted("original", account.asked, compiled)
    yield from _quoted("first", account.first, compiled)
    if account.confidence:
        yield from (_say(compiled, "confidence", rating=account.confidence), "")


def _change(account: Account, compiled: Compiled) -> Iterator[str]:
    changed = account.first != account.last
    yield f"### {_inline(account.target.id)} {_inline(account.target.title)}"
    yield ""
    if changed:
        yield from _quoted("from", account.first, compiled)
        if account.pivot:
            yield from _quoted("pivot", account.pivot, compiled)
        yield from _quoted("to", account.last, compiled)
    if compiled.offline:
        grade = account.verdict.verdict if account.verdict and account.verdict.confidence else "none"
        yield from (_say(compiled, "grade", grade=_say(compiled, f"grade.{grade}")), "")
    else:
        how, result = _say(compiled, f"how.{account.how}"), _say(compiled, f"result.{account.result}")
        yield from (_say(compiled, "path", level=account.level, hint=account.hint, how=how, result=result), "")


def _summary(compiled: Compiled) -> Iterator[str]:
    if compiled.summary:
        yield from _quoted("summary", compiled.summary, compiled)


def _now(account: Account, compiled: Compiled) -> Iterator[str]:
    """Give the last account where it was judged correct; one that was told says so."""
    if account.verdict is None or account.verdict.verdict != "correct":
        return
    how = _say(compiled, "how.self" if account.verdict.by == "self" else f"how.{account.how}")
    yield from _quoted("now", account.last, compiled, how=how, title=_inline(account.target.title))


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
        yield from _quoted("mistake", mistake.turn, compiled, state=state, belief=belief)


def _method(compiled: Compiled) -> Iterator[str]:
    for account in compiled.accounts:
        if account.pivot and account.pivot.question_type and account.result == "mastered":
            kind = _say(compiled, f"type.{account.pivot.question_type}")
            yield from _quoted("turning", account.pivot, compiled, kind=kind)


def _practice(compiled: Compiled) -> Iterator[str]:
    for case, answer in compiled.transfers:
        yield from _quoted("case", case, compiled)
        yield from _quoted("answer", answer, compiled)


def _open(compiled: Compiled) -> Iterator[str]:
    for target, result in compiled.left:
        ended = _say(compiled, f"result.{result}")
        yield _say(compiled, "open", id=target.id, title=_inline(target.title), result=ended)
    if compiled.left:
        yield ""
    for turn in compiled.questions:
        yield from _quoted("asked", turn, compiled)


def _record(compiled: Compiled) -> Iterator[str]:
    for turn in compiled.turns:
        speaker = _say(compiled, f"speaker.{turn.role}")
        yield f'<a id="t{turn.seq}"></a>{_ref(turn)} **{speaker}** · {turn.time[11:16]}'
        yield from ("", *_block(turn.text), "")


def _quoted(label: str, turn: Turn, compiled: Compiled, **facts: str) -> Iterator[str]:
    """Give a label with the turn's reference, then all of the turn, verbatim."""
    yield _say(compiled, label, ref=_ref(turn), **facts)
    one_line = turn.role == "learner" and "\n" not in turn.text
    yield from ("", *_block(f"“{turn.text}”" if one_line else turn.text), "")


def _block(text: str) -> list[str]:
    return [f"> {line}" if line else ">" for line in text.split("\n")]


def _ref(turn: Turn) -> str:
    return f"[T{turn.seq}](#t{turn.seq})"


def _inline(text: str) -> str:
    """Return a text on one line, unable to pass for a reference or an anchor of ours."""
    return " ".join(text.split()).replace("](#", "] (#").replace("<a id=", "< a id=")


def _say(compiled: Compiled, key: str, **facts: object) -> str:
    return say(compiled.language, f"discussion.{key}", **facts)
