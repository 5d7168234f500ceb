"""A job while it runs: the model with its limiter, what happens told line by line, Ctrl-C once and twice."""

import sys
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from decimal import Decimal

from agent.bookkeeping.budget import Budget
from agent.cli.desk import Desk, tell
from agent.cli.terminal.signals import draining_by_signal
from agent.expansion.article import Job
from agent.expansion.events import Ended, Estimated, Event, Item, Paused, Throttled
from agent.expansion.job import Chosen, run_job
from agent.expansion.stop import Stop
from agent.expansion.together import one_at_a_time
from agent.expansion.verdict import Bench
from agent.model.limiter import Limiter, Slowed
from agent.model.messages import Model
from agent.model.retry import Pause
from agent.words import Language, say
from agent.workspace.ledger import Ledger


class Lines:
    """Tells what happens, one line each; a pause is told once, not at each tick."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._left = 0.0

    def __call__(self, event: Event) -> None:
        """Take one event in."""
        if isinstance(event, Paused):
            is_new, self._left = event.seconds_left > self._left, event.seconds_left
            if not is_new:
                return
        if not isinstance(event, Ended | Estimated):  # told before and after the job
            with suppress(OSError):  # a terminal that is closed must not stop the job
                tell(event.sentence(self._language))
                sys.stderr.flush()


@dataclass(slots=True, kw_only=True)
class Voice:
    """A model that many ask at once, and the way to stop them all."""

    model: Model
    workers: int
    stop: Stop
    on_event: Callable[[Event], None]
    was_interrupted: bool = field(default=False)

    @classmethod
    def of(cls, desk: Desk, workers: int) -> "Voice | None":
        """Return the voice that the settings name; None where there is none."""
        on_event = one_at_a_time(Lines(desk.language))
        limiter = Limiter(workers, notify=lambda what: on_event(_event(what)))
        model = desk.model(limiter)
        if model is None:
            return None
        return cls(model=model, workers=workers, stop=Stop(limiter.close), on_event=on_event)

    def interrupt(self, language: Language) -> None:
        """Stop as Ctrl-C does: what is in flight is received."""
        self.was_interrupted = True
        self.stop.drain()
        with suppress(OSError):  # a closed terminal asks for this, and hears nothing
            tell(say(language, "cli.draining"))


def expanded(
    desk: Desk,
    chosen: Sequence[Chosen],
    bench: Bench,
    voice: Voice,
    ceiling: Decimal | None,
    *,
    repairs: int,
    fresh: bool,
) -> tuple[Item, ...]:
    """Run the job; the first Ctrl-C lets it end with what is in flight, a second one raises KeyboardInterrupt."""
    with closing(Ledger(desk.store)) as ledger, draining_by_signal(lambda: voice.interrupt(desk.language)):
        job = Job(
            bench=bench,
            model=voice.model,
            ledger=ledger,
            on_event=voice.on_event,
            budget=Budget(ceiling),
            stop=voice.stop,
            repair_rounds=repairs,
            fresh=fresh,
        )
        return run_job(chosen, job, workers=voice.workers)


def _event(what: Pause | Slowed) -> Event:
    if isinstance(what, Slowed):
        return Throttled(permits=what.permits, most=what.most, reason=what.reason)
    return Paused(seconds_left=what.seconds_left, reason=what.reason)
