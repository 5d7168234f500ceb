"""`wenqu` alone at a terminal: the summary, three next steps, one key starts one, until the person leaves."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, cast

from agent.bookkeeping.postponed import kept_names
from agent.cli.desk import Desk, Invocation, show
from agent.cli.terminal.ask import ask_line
from agent.cli.terminal.keys import LEAVE, ask_key
from agent.cli.terminal.layout import fitted
from agent.cli.terminal.quiet import unechoed
from agent.cli.terminal.signals import as_before, leaving_by_signal
from agent.context.glance import shown
from agent.context.steps import Step, choose
from agent.errors import SessionInterrupted
from agent.words import say

_HELP: Final = "?"
_APPLY: Final = ("apply",)


def loop(desk: Desk, given: Invocation, options: Sequence[str]) -> int:
    """Show the summary with its steps and run what is chosen, again and again; return 0 when the person leaves.

    `options` are those typed that every command takes. A step that was run falls behind the others, though it may still
    be due; so do proposals that were just put off, and what needs a model where there is none. Raises KeyboardInterrupt
    for Ctrl-C between two steps; in a step it ends that alone.
    """
    done: list[tuple[str, ...]] = []
    while step := _chosen(desk, _show(desk, done)):
        kept = kept_names(desk.store)
        show(f"\n$ {step.typed}\n")
        with as_before():
            code = given.run(["-C", given.folder, *_command(desk, step), *options])
        if code != SessionInterrupted.exit_code:
            done.append(step.command)
        if set(kept_names(desk.store)) - set(kept):
            done.append(_APPLY)
        show("")
        with leaving_by_signal():
            if ask_key(say(desk.language, "context.loop-back"), LEAVE, enter=True) == LEAVE:
                break
        show("")
    _leave(desk, done)
    return 0


def _steps(desk: Desk, done: Collection[tuple[str, ...]]) -> tuple[str, tuple[Step, ...]]:
    """Return the summary as it is now, and its three steps."""
    now = desk.now()
    found = cast("Mapping[str, Any]", shown(desk.store, desk.settings, now=now, standard=desk.standard, shape="steps"))
    steps = [Step(**{**row, "command": tuple(row["command"])}) for row in found["steps"]]
    beyond_us = [] if desk.has_model else [one.command for one in steps if one.needs_model]
    return found["text"], choose(steps, [*done, *beyond_us])


def _show(desk: Desk, done: Collection[tuple[str, ...]]) -> tuple[Step, ...]:
    with unechoed():  # a key struck while it is computed is none of its lines
        text, steps = _steps(desk, done)
    show(fitted(text))
    desk.say("context.steps")
    for number, step in enumerate(steps, 1):
        show(fitted(f"  {number}. {step.line(desk.language)}"))
    return steps


def _chosen(desk: Desk, steps: Sequence[Step]) -> Step | None:
    """Return the step whose number is struck, None for leaving."""
    numbers = "".join(str(number) for number in range(1, len(steps) + 1))
    question = say(desk.language, "context.loop-ask", numbers=" ".join(numbers))
    with leaving_by_signal():
        key = ask_key(question, numbers + LEAVE + _HELP, enter=False)
        while key == _HELP:
            desk.say("context.loop-help")
            key = ask_key(question, numbers + LEAVE + _HELP, enter=False)
    return None if key == LEAVE else steps[int(key) - 1]


def _command(desk: Desk, step: Step) -> tuple[str, ...]:
    """Return the words of the step's command; where nothing says what to discuss, the person does."""
    if step.kind != "topic":
        return step.command
    topic = ask_line(say(desk.language, "context.loop-topic"), default="")
    return (*step.command, topic) if topic else step.command


def _leave(desk: Desk, done: Collection[tuple[str, ...]]) -> None:
    """Say what waits, and the first of the steps that are left."""
    waiting = len(kept_names(desk.store))
    if waiting:
        desk.say("cli.postponed", count=waiting)
    for step in _steps(desk, done)[1][:1]:
        desk.say("context.loop-next", step=step.line(desk.language))
