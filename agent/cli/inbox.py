"""`wenqu inbox`: the page of ideas listed and triaged: each idea gets its place once and is marked where it stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Annotated, Final, Literal

import typer

from agent.bookkeeping.postponed import postpone
from agent.bookkeeping.proposals import Proposal
from agent.cli.desk import Desk, open_desk, show, tell
from agent.cli.options import Json, Lang, NoColor, Yes
from agent.cli.proposals import propose
from agent.cli.terminal.ask import is_terminal
from agent.cli.terminal.keys import ENTER, LEAVE, ask_key
from agent.cli.terminal.layout import fitted
from agent.cli.terminal.signals import leaving_by_signal
from agent.errors import BadArgument
from agent.notes.inbox import Idea, Place, without_links
from agent.notes.unread import unread_json, unread_lines
from agent.research.triage import Ideas, Move, read_ideas, target, triaged
from agent.text.terminal import shortened
from agent.words import Phrase, say

Action = Literal["list", "triage"]

_SHOWN: Final = 3
_TEXT_LENGTH: Final = 60
_LINE_LENGTH: Final = 100
_INDENT: Final = "  "
_PLACES: Final[Mapping[str, Place]] = {"t": "todo", "r": "reading", "s": "session", "n": "nothing"}
_OPEN: Final = "o"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """What the command works at."""

    desk: Desk
    ideas: Ideas
    today: str

    @property
    def path(self) -> str:
        return self.ideas.document.path

    def days(self, since: str) -> int:
        return (date.fromisoformat(self.today) - date.fromisoformat(since)).days

    def say(self, key: str, **facts: object) -> str:
        return say(self.desk.language, f"inbox.{key}", **facts)

    def kind(self, idea: Idea) -> str:
        return self.say("went-todo" if idea.kind == "topic" else f"went-{idea.kind}")


def inbox(
    ctx: typer.Context,
    action: Annotated[Action, typer.Argument(metavar="ACTION", help="inbox-action")] = "list",
    lines: Annotated[list[str] | None, typer.Argument(metavar="LINE...", help="inbox-line")] = None,
    *,
    to: Annotated[Place | None, typer.Option("--to", metavar="todo|reading|session|nothing", help="inbox-to")] = None,
    yes: Yes = False,
    as_json: Json = False,
    lang: Lang = None,
    no_color: NoColor = False,
) -> int:
    """List the ideas, or give them their places."""
    desk = open_desk(ctx, lang, no_color=no_color, yes=yes, as_json=as_json)
    today = desk.today()
    table = _Table(desk=desk, ideas=read_ideas(desk.store, desk.settings.layout, today), today=today)
    if action == "list":
        desk.result(lambda: _listed_json(table), lambda: "\n".join(_listed(table)))
        return 0
    return _triage(table, lines or (), to)


def _triage(table: _Table, lines: Sequence[str], to: Place | None) -> int:
    """Give the named ideas their place; without names ask about each, at a terminal."""
    if bool(lines) != bool(to):
        raise BadArgument(argument="triage", reason=Phrase.of("inbox.needs-each-other"))
    if not table.ideas.inbox.open and not lines:
        return _offer(table, [], [table.say("all-settled")])
    if not lines and (table.desk.as_json or not is_terminal()):
        raise BadArgument(argument="triage", reason=Phrase.of("inbox.needs-line"))
    if lines and to:
        return _offer(table, *_named(table, lines, to))
    moves: list[Move] = []
    try:
        with leaving_by_signal():
            _ask(table, moves)
    except KeyboardInterrupt:
        _keep(table, moves)
        raise
    return _offer(table, moves, [])


def _proposal(table: _Table, moves: Sequence[Move]) -> Proposal:
    desk = table.desk
    layout, page = desk.settings.layout, table.ideas.document
    return triaged(desk.store, layout, page, moves, today=table.today, language=desk.language)


def _keep(table: _Table, moves: Sequence[Move]) -> None:
    """Keep what was decided before the end for `wenqu apply`."""
    if moves:
        postpone(table.desk.store, _proposal(table, moves))
        tell("\n" + say(table.desk.language, "cli.postponed", count=1))


def _offer(table: _Table, moves: Sequence[Move], settled: Sequence[str]) -> int:
    """Offer what was decided as one change; `settled` are sentences about what needs no decision."""
    desk = table.desk
    made = [_proposal(table, moves)] if moves else []
    said = settled if made or settled else [table.say("nothing-decided")]
    for sentence in said if not desk.as_json else ():
        show(sentence)
    propose(desk, made, {"settled": list(settled)})
    return 0


def _named(table: _Table, lines: Sequence[str], place: Place) -> tuple[list[Move], list[str]]:
    """Return the moves of the ideas on these lines, and what is to be said of those that are settled."""
    moves, settled = [], []
    for name in dict.fromkeys(lines):
        number = name.rpartition(":")[2]
        found = [(idea, by) for idea, by in table.ideas.inbox.all if number in (idea.id, idea.id.partition(".")[0])]
        if not found:
            raise BadArgument(argument=name, reason=Phrase.of("inbox.unknown"))
        for idea, by in found:
            if by or idea.settled:
                settled.append(_settled(table, idea, by))
            else:
                moves.append(Move(idea=idea, place=place))
    return moves, settled


def _settled(table: _Table, idea: Idea, by: Idea | None) -> str:
    facts = {"path": table.path, "line": idea.line.number, "text": shortened(idea.text, _TEXT_LENGTH)}
    mark = by.mark if by else None
    if mark is None:
        return table.say("ticked" if by else "settled-below", **facts)
    where = f" · {mark.where}" if mark.where else ""
    return table.say("gone", **facts, went=table.say(f"went-{mark.place}"), where=where, date=mark.date)


def _ask(table: _Table, moves: list[Move]) -> None:
    """Ask about one idea after the other until the last or `q`; add to the `moves` what is decided."""
    for place in ("todo", "reading"):  # before anybody decides in vain
        target(table.desk.store, table.desk.settings.layout, place)
    waiting = list(table.ideas.inbox.open)
    show(table.say("begin", path=table.path, count=len(waiting)))
    while waiting:
        idea = waiting.pop(0)
        show("")
        for line in _tree(table, idea, _INDENT, most=len(table.ideas.document.text)):
            show(fitted(line))
        opens = f" {_OPEN}" if idea.below else ""
        question = table.say("ask", opens=opens, kind=table.kind(idea))
        key = ask_key(f"  {question}", "".join(_PLACES) + opens.strip() + LEAVE, enter=True)
        if key == LEAVE:
            break
        if key == _OPEN:
            waiting = [one for one in idea.ideas if not one.settled] + waiting
        elif key != ENTER:
            moves.append(Move(idea=idea, place=_PLACES[key]))
            show(f"  → {table.say(f'went-{_PLACES[key]}')}")
    show("")


def _listed(table: _Table) -> Iterator[str]:
    inbox, path = table.ideas.inbox, table.path
    if not inbox.ideas:
        yield table.say("empty", path=path)
    else:
        first = min((since for one in inbox.open if (since := table.ideas.since[one.id])), default="")
        age = table.days(first) if first else 0
        since = table.say("since", days=age) if age else ""
        yield table.say(
            "counts", path=path, open=len(inbox.open), settled=len(inbox.ideas) - len(inbox.open), since=since
        )
    section = None
    for idea in inbox.open:
        if idea.section != section:
            section = idea.section
            yield f"\n{section or table.say('no-section')}"
        yield from _tree(table, idea, _INDENT)
    if inbox.unread:
        yield f"\n{table.say('unread', count=len(inbox.unread))}"
    for line in unread_lines(path, inbox.unread[:_SHOWN], table.desk.language):
        yield f"  {line}"
    if len(inbox.unread) > _SHOWN:
        yield f"  {table.say('unread-more', count=len(inbox.unread) - _SHOWN)}"
    if inbox.open:
        yield table.say("next")


def _tree(table: _Table, idea: Idea, indent: str, *, most: int = _LINE_LENGTH) -> Iterator[str]:
    """Yield an idea with its line, what it looks like and its age, and below it what is nested and not settled."""
    since = table.ideas.since[idea.id]
    age = table.days(since) if since and indent == _INDENT else 0
    days = table.say("days", days=age) if age else ""
    links = f" 🔗{len(idea.links)}" if idea.links else ""
    text = shortened(without_links(idea.text) or idea.text, most)
    yield f"{indent}{idea.id:>4}  [{table.kind(idea)}] {text}{links}{days}"
    for one in idea.ideas:
        if not one.settled:
            yield from _tree(table, one, f"{indent}  ", most=most)


def _listed_json(table: _Table) -> Mapping[str, object]:
    inbox = table.ideas.inbox
    rows = [_idea_json(table, idea) for idea in inbox.ideas]
    return {"path": table.path, "open": len(inbox.open), "ideas": rows, "unread": unread_json(inbox.unread)}


def _idea_json(table: _Table, idea: Idea) -> Mapping[str, object]:
    since = table.ideas.since[idea.id]
    return {
        "id": idea.id,
        "line": idea.line.number,
        "text": idea.text,
        "section": idea.section,
        "month": idea.month,
        "kind": idea.kind,
        "links": list(idea.links),
        "since": since or None,
        "age_days": table.days(since) if since else None,
        "settled": idea.settled,
        "mark": asdict(idea.mark) if idea.mark else None,
        "ideas": [_idea_json(table, one) for one in idea.ideas],
    }
