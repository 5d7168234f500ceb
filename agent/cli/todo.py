"""`wenqu todo`: the research TODO listed, shown, added to, started, paused, closed, put in order and reviewed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Final, Literal

import typer

from agent.cli.desk import Desk, complain, invocation, open_desk, show, tell
from agent.cli.options import Json, Lang, NoColor, Yes
from agent.cli.proposals import propose
from agent.cli.terminal.ask import ask_line, is_terminal
from agent.cli.together import refuse_together
from agent.errors import BadArgument
from agent.notes.lines import Box
from agent.notes.research_reviews import Period, beginning
from agent.notes.research_topic import TopicState
from agent.research import todo_changes as changes
from agent.research import todo_reading as reading
from agent.research import todo_report as report
from agent.research.evidence import Evidence, resolve
from agent.research.todo import Board, Standing, candidates, direction_named, find, free_box
from agent.research.todo_review import note_lines
from agent.research.todo_review import review as look_back
from agent.text.edits import Edit
from agent.text.numerals import numeral
from agent.text.tokens import fold
from agent.words import Phrase, say
from agent.workspace.store import Document

Action = Literal["list", "show", "add", "start", "pause", "close", "prioritise", "note", "review"]
Level = Literal["top", "high", "medium", "low"]
_OF_ACTIONS: Final[Mapping[str, tuple[Action, ...]]] = {
    "--box": ("close",),
    "--evidence": ("close",),
    "--no-evidence": ("close",),
    "--to": ("prioritise", "add"),
    "--instead": ("prioritise",),
    "--under": ("add",),
    "--item": ("add",),
    "--reason": ("start", "pause"),
    "--focus": ("start",),
    "--recording": ("start",),
    **dict.fromkeys(("--weekly", "--monthly", "--quarterly"), ("review",)),
}
"""The actions that an option goes with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """What one action works at; `words` are those behind it."""

    desk: Desk
    document: Document
    board: Board
    today: str
    words: str

    def topic(self) -> Standing:
        """Return the topic that was named."""
        return find(self.board, self.words)

    def evidence(self, words: Sequence[str]) -> tuple[Evidence, ...]:
        """Return the evidence that was named, each once."""
        store, layout = self.desk.store, self.desk.settings.layout
        return tuple(resolve(store, layout, word, self.desk.existing) for word in dict.fromkeys(words))

    def offer(self, made: Sequence[Edit], why: str, **facts: object) -> int:
        """Offer the edits as one proposal."""
        proposal = changes.proposal(self.document, made, why, self.desk.language, **facts)
        propose(self.desk, [proposal])
        return 0

    def refuse(self, key: str, **facts: object) -> int:
        """Say why nothing is changed; return the exit code."""
        complain(say(self.desk.language, f"research.{key}", **facts))
        return 1

    def unchanged(self, key: str, **facts: object) -> int:
        """Say that it is so already; return the exit code."""
        sentence = say(self.desk.language, f"research.{key}", **facts)
        self.desk.result(lambda: {"state": "unchanged", "message": sentence}, lambda: sentence)
        return 0


def todo(  # noqa: PLR0913 - a list of options
    ctx: typer.Context,
    action: Annotated[Action, typer.Argument(metavar="ACTION", help="todo-action")] = "list",
    words: Annotated[list[str] | None, typer.Argument(metavar="TOPIC...", help="todo-topic")] = None,
    *,
    evidence: Annotated[list[str] | None, typer.Option("--evidence", metavar="PATH", help="todo-evidence")] = None,
    no_evidence: Annotated[str, typer.Option("--no-evidence", metavar="TEXT", help="todo-no-evidence")] = "",
    box: Annotated[int | None, typer.Option("--box", metavar="N", help="todo-box")] = None,
    to: Annotated[Level | None, typer.Option("--to", metavar="top|high|medium|low", help="todo-to")] = None,
    instead: Annotated[list[str] | None, typer.Option("--instead", metavar="TOPIC", help="todo-instead")] = None,
    under: Annotated[str, typer.Option("--under", metavar="TEXT", help="todo-under")] = "",
    item: Annotated[list[str] | None, typer.Option("--item", metavar="TEXT", help="todo-item")] = None,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="reason")] = "",
    budget: Annotated[int | None, typer.Option("--budget", min=1, metavar="N", help="todo-budget")] = None,
    focus: Annotated[bool, typer.Option("--focus", help="todo-focus")] = False,
    recording: Annotated[bool, typer.Option("--recording", help="todo-recording")] = False,
    weekly: Annotated[bool, typer.Option("--weekly", help="todo-weekly")] = False,
    monthly: Annotated[bool, typer.Option("--monthly", help="todo-monthly")] = False,
    quarterly: Annotated[bool, typer.Option("--quarterly", help="todo-quarterly")] = False,
    yes: Yes = False,
    as_json: Json = False,
    lang: Lang = None,
    no_color: NoColor = False,
) -> int:
    """Show the research TODO, or propose a change of it."""
    typed = [word for word in invocation(ctx).argv if word.startswith("-")]
    refuse_together([action, *typed], needs=_OF_ACTIONS)
    desk = open_desk(ctx, lang, no_color=no_color, yes=yes, as_json=as_json)
    document = reading.read_todo(desk.store, desk.settings.layout)
    most = budget or desk.settings.most_urgent
    table = _Table(
        desk=desk,
        document=document,
        board=reading.read_board(desk.store, desk.settings.layout, document, budget=most),
        today=desk.today(),
        words=" ".join(words or ()),
    )
    run: dict[Action, Callable[[], int]] = {
        "list": lambda: _list(table),
        "show": lambda: _show(table),
        "add": lambda: _add(table, under=under, items=item or (), level=to or "high"),
        "start": lambda: _move(table, "recording" if recording else "active", reason=reason, focus=focus),
        "pause": lambda: _move(table, "paused", reason=reason, focus=False),
        "close": lambda: _close(table, evidence or (), reason=no_evidence.strip(), number=box),
        "prioritise": lambda: _prioritise(table, to or "top", instead or ()),
        "note": lambda: _note(table, words or ()),
        "review": lambda: _review(table, weekly=weekly, monthly=monthly, quarterly=quarterly),
    }
    return run[action]()


def _list(table: _Table) -> int:
    given = (table.board, table.today, table.desk.language)
    table.desk.result(lambda: report.list_json(*given), lambda: report.list_text(*given))
    return 0


def _show(table: _Table) -> int:
    one = table.topic()
    table.desk.result(
        lambda: report.standing_json(one, table.today),
        lambda: report.show_text(table.board, one, table.today, table.desk.language),
    )
    return 0


def _add(table: _Table, *, under: str, items: Sequence[str], level: Level) -> int:
    """Propose a new topic; one at the top needs room in the budget."""
    title = " ".join(table.words.split())
    if not title:
        raise BadArgument(argument=Phrase.of("cli.word-title"), reason=Phrase.of("research.needs-title"))
    same = [one for one in table.board.standings if fold(one.title) == fold(title)]
    if same:
        raise BadArgument(argument=title, reason=Phrase.of("research.same-title", candidates=candidates(same)))
    direction = direction_named(table.board, under)
    if level == "top" and len(table.board.top) >= table.board.budget:
        return table.refuse("needs-room", **_room(table, title))
    made = changes.added(table.board, direction, title=title, items=items, level=level, today=table.today)
    return table.offer(made, "add", title=title)


def _move(table: _Table, state: TopicState, *, reason: str, focus: bool) -> int:
    one = table.topic()
    if focus and not table.board.todo.focus:
        raise BadArgument(argument="--focus", reason=Phrase.of("research.no-focus", path=table.document.path))
    made = changes.moved(table.board, one, state, today=table.today, reason=reason, focus=focus)
    if not made:
        return table.unchanged("already", title=one.title, state=Phrase.of(f"research.state-{state}"))
    return table.offer(made, "pause" if state == "paused" else "start", title=one.title)


def _close(table: _Table, words: Sequence[str], *, reason: str, number: int | None) -> int:
    """Propose to close a topic, or to tick a box of it or one of no topic; without evidence or a reason, refuse."""
    free = free_box(table.board, table.words)
    if free:
        return _tick(table, free, words, reason=reason)
    one = table.topic()
    if number is not None:
        return _tick(table, _numbered(one, number), words, reason=reason)
    if not (words or reason):
        return table.refuse("needs-evidence", title=one.title)
    made = changes.closed(table.board, one, table.evidence(words), today=table.today, reason=reason)
    code = table.offer(made, "close", title=one.title)
    if one.open and not table.desk.as_json:
        tell(say(table.desk.language, "research.left-open", open=one.open, id=one.id))
    if one.focus == 1 and not table.desk.as_json:
        main = table.board.todo.focus[0]
        where = f"{table.document.path}:{main.line}"
        tell(say(table.desk.language, "research.focus-closed", focus=main.value, where=where))
    return code


def _tick(table: _Table, box: Box, words: Sequence[str], *, reason: str) -> int:
    if box.done:
        return table.unchanged("box-done", box=box.text)
    if not (words or reason):
        return table.refuse("needs-evidence", title=box.text)
    made = changes.ticked(table.board, box, table.evidence(words), today=table.today, reason=reason)
    return table.offer(made, "box", title=box.text)


def _numbered(one: Standing, number: int) -> Box:
    boxes = one.topic.boxes
    if not 1 <= number <= len(boxes):
        none = Phrase.of("research.no-box", title=one.title, box=number, id=one.id)
        raise BadArgument(argument=f"--box {number}", reason=none)
    return boxes[number - 1]


def _prioritise(table: _Table, level: Level, instead: Sequence[str]) -> int:
    """Propose another priority; to raise one to a full top, another one falls."""
    one, board = table.topic(), table.board
    if one.priority == level:
        return table.unchanged("already-level", title=one.title, level=Phrase.of(f"research.level-{level}"))
    falling = [find(board, name) for name in instead]
    for other in falling:
        if other not in board.top:
            raise BadArgument(argument="--instead", reason=Phrase.of("research.not-at-top", title=other.title))
    if level == "top" and len(board.top) >= board.budget and not falling:
        if table.desk.as_json or not is_terminal():
            return table.refuse("needs-falling", **_room(table, one.title))
        falling = _asked_falling(table)
        if not falling:
            return 0
    made = changes.prioritised(board, one, level, falling, today=table.today)
    return table.offer(made, "prioritise", title=one.title)


def _asked_falling(table: _Table) -> list[Standing]:
    """Ask which of the top priorities falls; the first to fall stand first."""
    top, language = table.board.top, table.desk.language
    for number, one in enumerate(top, 1):
        show(f"  {number:>2}. {report.idle_text(one, table.today, language)}")
    question = say(language, "research.ask-falling", top=len(top), budget=table.board.budget)
    while True:
        answer = ask_line(question, default="1", at_end="n").lower()
        if answer in ("n", "no", "不", "否"):
            return []
        chosen = numeral(answer)
        if chosen and chosen <= len(top):
            return [top[chosen - 1]]


def _note(table: _Table, words: Sequence[str]) -> int:
    """Propose a dated note on a topic, the first word; without a text it is asked for, where somebody can answer."""
    one = find(table.board, next(iter(words), ""))
    text = " ".join(" ".join(words[1:]).split())
    if not text and is_terminal() and not table.desk.as_json:
        text = ask_line(say(table.desk.language, "research.ask-note", title=one.title), default="").strip()
    if not text:
        raise BadArgument(argument=words[0], reason=Phrase.of("research.needs-text"))
    return table.offer(changes.noted(table.board, [f"- {one.title}: {text}"], today=table.today), "note")


def _review(table: _Table, *, weekly: bool, monthly: bool, quarterly: bool) -> int:
    """Show what a review finds, and offer its dated note."""
    if weekly + monthly + quarterly > 1:
        raise BadArgument(argument="review", reason=Phrase.of("research.one-period"))
    period: Period = "monthly" if monthly else "quarterly" if quarterly else "weekly"
    desk, board = table.desk, table.board
    since, _ = beginning(board.todo, period, table.today)
    made = look_back(
        board,
        period,
        today=table.today,
        earlier=reading.version_before(desk.store, board.path, since),
        discussions=reading.discussions(desk.store, desk.settings.layout),
        sessions=tuple(reading.sessions(desk.store)),
    )
    edits = () if made.noted else changes.noted(board, note_lines(board, made), today=table.today)
    name = Phrase.of(f"research.{period}")
    proposals = [changes.proposal(table.document, edits, "review", desk.language, name=name)] if edits else []
    if not desk.as_json:
        show(report.review_text(made, board, desk.language))
        if not edits:
            desk.say("research.review-noted")
    propose(desk, proposals, report.review_json(made))
    return 0


def _room(table: _Table, title: str) -> dict[str, object]:
    """Return the facts of a refusal for want of room at the top."""
    top = table.board.top
    return {"top": len(top), "budget": table.board.budget, "title": title, "first": candidates(top[:3])}
