"""A job while it runs: the model with its limiter, what happens told in lines or shown, Ctrl-C once and twice."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from decimal import Decimal

from agent.bookkeeping.budget import Budget
from agent.bookkeeping.effort import most_requests, writing_order
from agent.cli.desk import Desk
from agent.cli.expanding.batches import Batching, cancelling, refuse_beside_batch
from agent.cli.expanding.teller import Teller, heard
from agent.cli.terminal.job_screen import JobScreen, can_draw
from agent.cli.terminal.signals import draining_by_signal
from agent.errors import BadArgument
from agent.expansion.article import Job
from agent.expansion.board import Board
from agent.expansion.events import Again, Event, Item, Paused, Throttled
from agent.expansion.job import Chosen, run_job
from agent.expansion.stop import Stop
from agent.expansion.together import one_at_a_time
from agent.expansion.verdict import Bench
from agent.model.limiter import Limiter, Pause, Resend, Slowed
from agent.model.messages import Model, Usage
from agent.model.prices import cost
from agent.standard.standard import Standard
from agent.words import Language, Phrase, say
from agent.workspace.ledger import Ledger


@dataclass(slots=True, kw_only=True)
class Voice:
    """A model that many ask at once, the way to stop them all, and who tells what happens."""

    model: Model
    workers: int
    limiter: Limiter
    stop: Stop
    teller: Teller
    on_event: Callable[[Event], None]
    was_interrupted: bool = field(default=False)

    @classmethod
    def of(cls, desk: Desk, standard: Standard, workers: int) -> "Voice | None":
        """Return the voice that the settings name, for so many articles at once; None where there is none."""
        teller = Teller(desk.language)
        on_event = one_at_a_time(teller)
        limiter = Limiter(most_requests(standard, workers), notify=lambda what: on_event(_event(what)))
        model = desk.model(limiter)
        if model is None:
            return None
        stop = Stop(limiter.close)
        return cls(model=model, workers=workers, limiter=limiter, stop=stop, teller=teller, on_event=on_event)

    def interrupt(self, language: Language) -> None:
        """Stop as Ctrl-C does: what is in flight is received."""
        self.was_interrupted = True
        self.stop.drain()
        self.teller.remark(say(language, "cli.draining"))

    @contextmanager
    def shown(self, desk: Desk, chosen: Sequence[Chosen], bench: Bench, *, batched: bool) -> Iterator[None]:
        """Show several articles on a screen for the block; one alone is told in lines, which stay, and so is a pipe.

        So are those that are `batched`: there is little to see for hours.
        """
        paths, is_command = [one.path for one in chosen], bool(desk.settings.model.command)
        board = Board.of(paths, writing_order(bench.standard), tells_nothing=is_command)
        if batched or len(chosen) == 1 or not can_draw():
            with heard(self.teller, board, self.workers):
                yield
            return
        screen = JobScreen(
            board=board,
            language=desk.language,
            workers=self.workers,
            lanes=lambda: self.limiter.lanes,
            color=desk.color,
        )
        self.teller.screen = screen
        try:
            with screen.drawn():
                yield
        finally:
            self.teller.screen = None


def ceiling_of(desk: Desk, max_cost: float | None) -> Decimal | None:
    """Return the ceiling in US dollars; raise BadArgument where no price is known by which it could be kept."""
    if max_cost is None:
        return None
    model = desk.settings.model
    if model.command:
        raise BadArgument(argument="--max-cost", reason=Phrase.of("expansion.price-of-command"))
    if cost(Usage(), model.main) is None:
        raise BadArgument(argument="--max-cost", reason=Phrase.of("expansion.price-unknown", model=model.main))
    return Decimal(str(max_cost))


def expanded(
    desk: Desk,
    chosen: Sequence[Chosen],
    bench: Bench,
    voice: Voice,
    ceiling: Decimal | None,
    *,
    repairs: int,
    fresh: bool,
    batching: Batching | None,
) -> tuple[Item, ...]:
    """Run the job; the first Ctrl-C lets it end with what is in flight, a second one raises KeyboardInterrupt."""
    if not chosen:
        return ()
    with (
        closing(Ledger(desk.store)) as ledger,
        voice.shown(desk, chosen, bench, batched=batching is not None),
        draining_by_signal(lambda: voice.interrupt(desk.language)),
    ):
        job = Job(
            bench=bench,
            model=voice.model,
            ledger=ledger,
            on_event=voice.on_event,
            budget=Budget(ceiling),
            stop=voice.stop,
            repair_rounds=repairs,
            fresh=fresh,
            cancel=cancelling(voice.model),
        )
        if batching:
            return batching.expanded(chosen, job, voice.workers)
        if not fresh:
            refuse_beside_batch(chosen, ledger)
        return run_job(chosen, job, workers=voice.workers)


def _event(what: Pause | Slowed | Resend) -> Event:
    if isinstance(what, Slowed):
        return Throttled(permits=what.permits, most=what.most, reason=what.reason)
    if isinstance(what, Resend):
        return Again(seconds=what.seconds, reason=what.reason)
    return Paused(seconds_left=what.seconds_left, reason=what.reason)
