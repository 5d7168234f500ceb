"""One list of proposals with diffs: Enter takes all, numbers are left, and what is left waits for `wenqu apply`."""

from collections.abc import Sequence

import typer

from agent.bookkeeping.postponed import is_current, postpone, postponed, settle
from agent.bookkeeping.proposals import Proposal
from agent.cli.desk import Desk, open_desk, show
from agent.cli.options import Lang, NoColor, Yes
from agent.cli.terminal.ask import ask_line, is_terminal, show_diff
from agent.errors import ChangedOnDisk
from agent.words import say


def apply_now(desk: Desk, proposal: Proposal) -> None:
    """Write one proposal under compare-and-swap; raise ChangedOnDisk when the file changed meanwhile."""
    desk.store.write(proposal.path, proposal.after, expected_sha256=proposal.expected_sha256)


def offer(desk: Desk, proposals: Sequence[Proposal], *, yes: bool) -> int:
    """Show the proposals as one list and apply those that are taken; keep the rest; return how many were applied.

    `yes` takes all without asking. Without a terminal and without `yes` all of them wait for `wenqu apply`.
    """
    if not proposals:
        return 0
    desk.say("cli.proposals", count=len(proposals))
    for number, proposal in enumerate(proposals, 1):
        show(f"\n[{number}] {proposal.path}  {proposal.why}")
        show_diff(proposal.diff, color=desk.color)
    dropped = set() if yes else _dropped(desk, len(proposals))
    applied = 0
    for number, proposal in enumerate(proposals, 1):
        if number in dropped:
            postpone(desk.store, proposal)
        else:
            applied += _applied(desk, proposal)
    if dropped:
        desk.say("cli.postponed", count=len(dropped))
    return applied


def apply(
    ctx: typer.Context,
    *,
    yes: Yes = False,
    lang: Lang = None,
    no_color: NoColor = False,
) -> None:
    """Apply proposals that were put off."""
    desk = open_desk(ctx, lang, no_color=no_color)
    kept = list(postponed(desk.store))
    current = [(name, proposal) for name, proposal in kept if is_current(desk.store, proposal)]
    for name, proposal in kept:
        if (name, proposal) not in current:
            desk.say("cli.proposal-outdated", path=proposal.path, why=proposal.why)
            settle(desk.store, name)
    if not current:
        desk.say("cli.nothing-postponed")
        return
    for name, _ in current:
        settle(desk.store, name)
    offer(desk, [proposal for _, proposal in current], yes=yes)


def _applied(desk: Desk, proposal: Proposal) -> bool:
    try:
        apply_now(desk, proposal)
    except ChangedOnDisk as conflict:
        show(conflict.sentence(desk.language))
        return False
    desk.say("cli.applied", path=proposal.path)
    return True


def _dropped(desk: Desk, count: int) -> set[int]:
    """Ask which proposals to leave: Enter none, numbers those, n all."""
    if not is_terminal():
        return set(range(1, count + 1))
    answer = ask_line(say(desk.language, "cli.ask-proposals"), default="")
    if answer.lower() in {"n", "no", "否"}:
        return set(range(1, count + 1))
    return {int(word) for word in answer.replace(",", " ").replace("，", " ").split() if word.isdecimal()}
