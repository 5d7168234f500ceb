"""`wenqu review`: what is due is asked, one question at a time; also what is coming, and the cards for Anki."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from agent.bookkeeping.due import RECALL, Due, Scheduled, due, due_json, recall_records, recalled_in, schedule
from agent.bookkeeping.known import Known
from agent.cli.desk import Desk, invocation, open_desk, show, show_json, tell
from agent.cli.given import text_of
from agent.cli.options import Json, Lang, ModelCommand, ModelName, NoColor
from agent.cli.terminal.dialogue import TerminalDialogue, dialogue
from agent.cli.terminal.lines import LineDialogue
from agent.cli.terminal.signals import leaving_by_signal
from agent.cli.together import refuse_together
from agent.errors import BadArgument
from agent.research.judging import Judged, judge
from agent.research.recall import Graded, Judge, Sitting, form_of
from agent.socratic.person import Leaving
from agent.text.tokens import fold
from agent.words import Phrase, say
from agent.workspace.journal import Journal
from agent.workspace.store import PRIVATE_FOLDER
from agent.workspace.unsent import Unsent

MOST: Final = 20
_WIDEST_BAR: Final = 30


def review(  # noqa: PLR0913 - a list of options
    ctx: typer.Context,
    topic: Annotated[str, typer.Option("--topic", metavar="WORD", help="review-topic")] = "",
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="review-limit")] = MOST,
    model: ModelName = None,
    model_command: ModelCommand = None,
    script: Annotated[Path | None, typer.Option("--script", metavar="FILE", help="script")] = None,
    *,
    stats: Annotated[bool, typer.Option("--stats", help="review-stats")] = False,
    export: Annotated[Literal["anki"] | None, typer.Option("--export", metavar="anki", help="review-export")] = None,
    as_json: Json = False,
    lang: Lang = None,
    no_color: NoColor = False,
) -> int:
    """Ask what is due to be recalled."""
    refuse_together(
        invocation(ctx).argv,
        apart=(
            (("--stats", "--export"), ("--stats", "--export", "--limit", "--script")),
            (("--json",), ("--export", "--script")),
        ),
        once=("--topic", "--limit", "--script"),
    )
    command = {"model.command": model_command}
    desk = open_desk(ctx, lang, no_color=no_color, as_json=as_json, model=model, options=command)
    everything = due(Known(desk.store, desk.settings), desk.now())
    found = _on(everything, topic)
    for place in found.unread:
        tell(say(desk.language, "recall.unread", place=place))
    if export:
        from agent.research.anki import anki  # noqa: PLC0415 - only where it is asked for

        typer.echo(anki(one.card for one in found.all), nl=False)
    elif stats:
        _show_stats(desk, found)
    elif as_json:
        show_json(_listed(found, limit))
    elif not found.now:
        show(_none(desk, found, everything, topic))
    else:
        _ask(desk, found, found.now[:limit], script)
    return 0


def _on(found: Due, topic: str) -> Due:
    """Return what is on a topic: the word stands in a card's question, answer, discussion or path."""
    if not topic:
        return found

    def fits(one: Scheduled) -> bool:
        card = one.card
        return fold(topic) in fold(f"{card.question}\n{card.answer}\n{card.topic}\n{card.path}")

    return Due(
        today=found.today,
        now=tuple(filter(fits, found.now)),
        all=tuple(filter(fits, found.all)),
        unread=found.unread,
    )


def _listed(found: Due, limit: int) -> Mapping[str, object]:
    """Return the cards that are due as `--json` shows them."""
    return {
        "due": [{**due_json(one), "answer": one.card.answer, "form": form_of(one)} for one in found.now[:limit]],
        "count": len(found.now),
        "cards": len(found.all),
        "next": found.coming or None,
    }


def _none(desk: Desk, found: Due, everything: Due, topic: str) -> str:
    """Say in one line that nothing is due, and when something will be."""
    count = len(everything.all)
    if not count:
        return say(desk.language, "recall.no-cards")
    if not found.all:
        return say(desk.language, "recall.none-on-topic", topic=topic, count=count)
    return say(desk.language, "recall.none-due", count=len(found.all), coming=found.coming)


class _Reviewed:
    """The learner of a review behind the dialogue of a session; `left` says how they went before the end."""

    def __init__(self, dialogue: LineDialogue | TerminalDialogue, unsent: Unsent) -> None:
        self.left: Leaving | None = None
        self.show = dialogue.show
        self.notice = dialogue.notice
        self.grade = dialogue.ask_recall
        self._dialogue = dialogue
        self._unsent = unsent
        dialogue.put_back(unsent.read())

    def answer(self) -> str | None:
        """Return the next words that are not blank, None when the learner leaves; what was not sent is kept."""
        while True:
            said = self._dialogue.ask()
            if isinstance(said, Leaving):
                self.left = said
                if said.draft:
                    self._unsent.keep(said.draft)
                return None
            if said is None or said.strip():
                return said

    def taken(self) -> None:
        """Forget the draft: it is in the journal, or was a command."""
        self._unsent.keep("")


def _ask(desk: Desk, found: Due, cards: Sequence[Scheduled], script: Path | None) -> None:
    """Hold the review and say what came of it; raise KeyboardInterrupt after Ctrl-C."""
    desk.store.prepare_private_folder(journal_in_git=desk.settings.journal_in_git)
    journal = Journal(desk.store, RECALL, clock=desk.now, folder=PRIVATE_FOLDER)
    unsent = Unsent(desk.store, RECALL)
    person = dialogue(desk, script=text_of(script) if script else None, keep=unsent.keep)
    learner = _Reviewed(person, unsent)

    def next_due(one: Scheduled) -> str:
        return schedule((one.card,), recalled_in(recall_records(desk.store)), desk.now())[0].due

    sitting = Sitting(
        journal=journal, learner=learner, language=desk.language, next_due=next_due, judge=_judge(desk, person)
    )
    with leaving_by_signal(), journal.lock(), person.attended():
        commands = Phrase.of("recall.commands")
        learner.notice(say(desk.language, "recall.begin", due=len(found.now), count=len(cards), commands=commands))
        graded = sitting.review(cards, recall_records(desk.store))
    _finish(desk, found, graded)
    _leave(desk, person, learner)


def _judge(desk: Desk, person: LineDialogue | TerminalDialogue) -> Judge | None:
    model = desk.model()
    if model is None:
        return None

    def judged(one: Scheduled, text: str) -> Judged | None:
        with person.working("answer"):
            return judge(model, desk.settings.model.cheap, desk.language, one.card, text)

    return judged


def _finish(desk: Desk, found: Due, graded: Sequence[Graded]) -> None:
    """Say how it went, what is left today, and when the next is due."""
    if not graded:
        return
    asked = {one.scheduled.card.key: one.next_due for one in graded}
    days = [asked.get(one.card.key, one.due) for one in found.all]
    left = sum(day <= found.today for day in days)
    coming = min((day for day in days if day > found.today), default="")
    rest = "rest" if left else "rest-none" if coming else "rest-end"
    grades = Counter(one.grade for one in graded)
    desk.say(
        "recall.end",
        count=len(graded),
        again=grades[1],
        hard=grades[2],
        good=grades[3],
        easy=grades[4],
        rest=say(desk.language, f"recall.{rest}", left=left, coming=coming),
    )


def _leave(desk: Desk, person: LineDialogue | TerminalDialogue, learner: _Reviewed) -> None:
    """Say what of a script was not read; raise for Ctrl-C and for a line that is no UTF-8."""
    if isinstance(person, LineDialogue) and (unread := person.unread()):
        tell(say(desk.language, "socratic.unread", count=unread))
    if isinstance(person, LineDialogue) and person.undecoded_line:
        reason = say(desk.language, "cli.stdin-not-utf8", line=person.undecoded_line)
        raise BadArgument(argument="stdin", reason=reason)
    if learner.left and learner.left.interrupted:
        raise KeyboardInterrupt


def _show_stats(desk: Desk, found: Due) -> None:
    from agent.research.recall_stats import FORECAST_DAYS, stats  # noqa: PLC0415 - only where they are asked for

    keys = {one.card.key for one in found.all}
    recalled = [one for one in recalled_in(recall_records(desk.store)) if one.key in keys]
    counted = stats(found, recalled)
    if desk.as_json:
        show_json(asdict(counted))
        return
    facts = {name: _percent(desk, getattr(counted, name)) for name in ("retention", "recent", "expected")}
    desk.say("recall.stats-cards", cards=counted.cards, due=counted.due, fresh=counted.fresh)
    desk.say("recall.stats-reviews", reviews=counted.reviews, days=counted.days, **facts)
    desk.say("recall.stats-chance", **facts)
    desk.say("recall.stats-forecast", days=FORECAST_DAYS)
    most = max(counted.forecast.values(), default=0)
    for day, count in counted.forecast.items():
        if count:
            show(f"  {day}  {'█' * max(1, round(_WIDEST_BAR * count / most))} {count}")
    if counted.later:
        show(f"  {say(desk.language, 'recall.stats-later', count=counted.later)}")


def _percent(desk: Desk, share: float | None) -> str:
    return say(desk.language, "recall.stats-unknown") if share is None else f"{share:.0%}"
