"""One list of proposals with diffs: Enter takes all, numbers are left, and what is left waits for `wenqu apply`."""

import re
from collections.abc import Sequence

import typer

from agent.bookkeeping.postponed import is_current, postpone, postponed, settle
from agent.bookkeeping.proposals import Proposal
from agent.cli.desk import Desk, open_desk, show
from agent.cli.options import Lang, NoColor, Yes
from agent.cli.terminal.ask import ask_line, is_terminal, show_diff
from agent.errors import ChangedOnDisk, WouldShrink
from agent.text.edits import keep_length
from agent.words import say


def apply_now(desk: Desk, proposal: Proposal) -> None:
    """Write one proposal under compare-and-swap; raise ChangedOnDisk when the file changed meanwhile."""
    desk.store.write(proposal.path, proposal.after, expected_sha256=proposal.expected_sha256)


def offer(desk: Desk, proposals: Sequence[Proposal], *, yes: bool) -> None:
    """Show the proposals as one list and apply those that are taken; keep the rest.

    `yes` takes all without asking. Without a terminal and without `yes` all of them wait for `wenqu apply`. All are
    kept before anything is asked, so that an interrupted question loses none.
    """
    if not proposals:
        return
    names = [postpone(desk.store, proposal) for proposal in proposals]
    desk.say("cli.proposals", count=len(proposals))
    for number, proposal in enumerate(proposals, 1):
        show(f"\n[{number}] {proposal.path}  {proposal.why}")
        show_diff(proposal.diff, color=desk.color)
    dropped = set() if yes else _dropped(desk, len(proposals))
    for number, (name, proposal) in enumerate(zip(names, proposals, strict=True), 1):
        if number not in dropped:
            _take(desk, proposal)
            settle(desk.store, name)
    if dropped:
        desk.say("cli.postponed", count=len(dropped))


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
            _report_outdated(desk, proposal)
            settle(desk.store, name)
    if not current:
        desk.say("cli.nothing-postponed")
        return
    offer(desk, [proposal for _, proposal in current], yes=yes)


def _take(desk: Desk, proposal: Proposal) -> None:
    """Write a proposal and say so, or say why it was not written."""
    if not is_current(desk.store, proposal):  # another proposal of the list may just have changed the file
        _report_outdated(desk, proposal)
        return
    try:
        keep_length(proposal.path, proposal.before, proposal.after)
        apply_now(desk, proposal)
    except (ChangedOnDisk, WouldShrink) as refused:
        show(refused.sentence(desk.language))
    else:
        desk.say("cli.applied", path=proposal.path)


def _report_outdated(desk: Desk, proposal: Proposal) -> None:
    desk.say("cli.proposal-outdated", path=proposal.path, why=proposal.why)


def _dropped(desk: Desk, count: int) -> set[int]:
    """Ask which proposals to leave: Enter none, numbers those, n (and whatever else is typed) all."""
    everything = set(range(1, count + 1))
    if not is_terminal():
        return everything
    words = re.split(r"[,，、\s]+", ask_line(say(desk.language, "cli.ask-proposals"), default=""))
    named = {int(word) if word.isdecimal() else 0 for word in words if word}
    return everything if named - everything else named
