"""One list of proposals with diffs: Enter takes all, numbers are left, and what is left waits for `wenqu apply`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, Literal

import typer

from agent.bookkeeping.postponed import is_current, is_done, postpone, postponed, settle
from agent.bookkeeping.proposals import Proposal
from agent.cli.desk import Desk, open_desk, show, show_json, tell
from agent.cli.options import Json, Lang, NoColor, Yes
from agent.cli.terminal.ask import ask_line, is_terminal, show_diff
from agent.errors import AgentError, ChangedOnDisk, WorkspaceError, WouldShrink
from agent.notes.kinds import is_article
from agent.text.edits import between, keep_length, merged
from agent.text.numerals import numeral
from agent.words import say

State = Literal["applied", "postponed", "dropped"]

_SHOWN_LINES: Final = 40
"""So much of a diff a person sees before being asked: no more than about a screen."""
_ALL: Final = frozenset({"", "y", "yes", "a", "all", "是", "好", "全部", "全部采用"})
_HELP: Final = frozenset({"?", "？", "h", "help", "帮助"})
_WHOLE: Final = frozenset({"d", "diff", "看"})
_NONE: Final = frozenset({"n", "no", "none", "q", "quit", "否", "不", "不要", "都不要", "全部暂缓"})


def apply_now(desk: Desk, proposal: Proposal) -> None:
    """Write one proposal under compare-and-swap; raise ChangedOnDisk when a file changed meanwhile."""
    for one in proposal.parts:
        desk.store.write(one.path, one.after, expected_sha256=one.expected_sha256)


def offer(desk: Desk, proposals: Sequence[Proposal], *, yes: bool) -> tuple[str, ...]:
    """Show the proposals as one list and apply those that are taken; keep the rest. Return the paths written.

    `yes` takes all without asking. Without a terminal and without `yes` all of them wait for `wenqu apply`. All are
    kept before anything is asked, so that an interrupted question loses none.
    """
    if not proposals:
        return ()
    names = [postpone(desk.store, proposal) for proposal in proposals]
    desk.say("cli.proposals", count=len(proposals))
    for number, proposal in enumerate(proposals, 1):
        _show(desk, number, proposal, rest="diff-taken" if yes else "diff-rest")
    try:
        dropped = set() if yes else _dropped(desk, proposals)
    except KeyboardInterrupt:
        tell("\n" + say(desk.language, "cli.postponed", count=len(proposals)))
        raise
    written: list[str] = []
    for number, (name, proposal) in enumerate(zip(names, proposals, strict=True), 1):
        if number not in dropped:
            state, sentence = _take(desk, proposal)
            show(sentence)
            settle(desk.store, name)
            written += [proposal.path] if state == "applied" else []
    if dropped:
        desk.say("cli.postponed", count=len(dropped))
    return tuple(written)


def _show(desk: Desk, number: int, proposal: Proposal, *, rest: str) -> None:
    """Show a proposal; at a terminal of a long diff the first lines, and where the `rest` is; "" shows all."""
    lines = proposal.diff.splitlines(keepends=True)
    more = len(lines) - _SHOWN_LINES if rest and is_terminal() else 0
    show(f"\n[{number}] {proposal.path}  {proposal.why}")
    show_diff("".join(lines[:_SHOWN_LINES] if more > 0 else lines), color=desk.color)
    if more > 0:
        desk.say(f"cli.{rest}", count=more, path=proposal.path)


def offer_json(desk: Desk, proposals: Sequence[Proposal], *, yes: bool) -> list[Mapping[str, object]]:
    """Return the proposals as `--json` shows them; with `yes` they are applied, without it they wait."""
    names = [postpone(desk.store, proposal) for proposal in proposals]
    rows: list[Mapping[str, object]] = []
    for name, proposal in zip(names, proposals, strict=True):
        row = {"path": proposal.path, "why": proposal.why, "diff": proposal.diff}
        state: State = "postponed"
        if yes:
            state, message = _take(desk, proposal)
            settle(desk.store, name)
            row |= {"message": message}
        rows.append(row | {"state": state})
    return rows


def propose(desk: Desk, proposals: Sequence[Proposal], row: Mapping[str, object] | None = None) -> tuple[str, ...]:
    """Offer the proposals and return the paths written; where JSON was asked for, print them beside those of `row`."""
    if not desk.as_json:
        return offer(desk, proposals, yes=desk.yes)
    show_json({**(row or {}), "proposals": offer_json(desk, proposals, yes=desk.yes)})
    return ()


def apply(
    ctx: typer.Context,
    *,
    yes: Yes = False,
    as_json: Json = False,
    lang: Lang = None,
    no_color: NoColor = False,
) -> None:
    """Apply proposals that were put off."""
    desk = open_desk(ctx, lang, no_color=no_color)
    # By file, the older session first, and from the file's top: as they were shown when they were proposed.
    kept = sorted(postponed(desk.store), key=lambda found: (found[1].path, found[1].session, _starts(found[1])))
    current: list[Proposal] = []
    dropped: list[Proposal] = []
    for name, proposal in kept:
        anew = _anew(desk, proposal)
        current += [anew] if anew else []
        dropped += [proposal] if anew is None and not is_done(desk.store, proposal) else []
        if anew != proposal:
            settle(desk.store, name)
    if as_json:
        rows = [{"path": one.path, "why": one.why, "diff": one.diff, "state": "dropped"} for one in dropped]
        show_json({"proposals": [*rows, *offer_json(desk, current, yes=yes)]})
        return
    for proposal in dropped:
        show(_outdated(desk, proposal))
    if not current:
        desk.say("cli.nothing-postponed")
        return
    offer(desk, current, yes=yes)


def _starts(proposal: Proposal) -> list[int]:
    return [edit.start for edit in proposal.edits]


def _take(desk: Desk, proposal: Proposal) -> tuple[State, str]:
    """Write a proposal; return what became of it, and the sentence that says so or why it was not written."""
    anew = _anew(desk, proposal)  # another proposal of the list may just have changed the file
    if anew is None:
        return "dropped", _outdated(desk, proposal)
    try:
        if not anew.shrinks:
            for one in anew.parts:
                keep_length(one.path, one.before, one.after)
        apply_now(desk, anew)
    except (ChangedOnDisk, WouldShrink) as refused:
        return "dropped", refused.sentence(desk.language)
    paths = ", ".join(one.path for one in anew.parts)
    return "applied", say(desk.language, "cli.applied" if anew == proposal else "cli.applied-anew", path=paths)


def _anew(desk: Desk, proposal: Proposal) -> Proposal | None:
    """Return the proposal as it fits the files now; None when it does not any more.

    One of a session is made anew from its journal, one that was computed is computed again, any other is merged.
    """
    if is_current(desk.store, proposal):
        return proposal
    if proposal.subject:
        return _computed_anew(desk, proposal)
    if not proposal.session:
        return _merged(desk, proposal)
    from agent.socratic.document.conclusion import made_anew  # noqa: PLC0415 - only where a file changed meanwhile

    try:
        return made_anew(proposal, store=desk.store, settings=desk.settings)
    except AgentError:
        return None


def _computed_anew(desk: Desk, proposal: Proposal) -> Proposal | None:
    """Return the change of the same subject as the facts want it now; None for none."""
    from agent.context.keeping import updates  # noqa: PLC0415 - only where a file changed meanwhile

    try:
        _, wanted = updates(desk.facts(), desk.store, (), desk.language, totals=True)
    except AgentError:
        return None
    return next((one for one in wanted if (one.path, one.subject) == (proposal.path, proposal.subject)), None)


def _merged(desk: Desk, proposal: Proposal) -> Proposal | None:
    """Return the proposal for its files as they are now, when what changed in them are other lines than it changes.

    What the gate judged was the article as it was: such a proposal is never merged.
    """
    parts = []
    for part in proposal.parts:
        try:
            now = desk.store.read(part.path)
        except WorkspaceError:
            return None
        after = merged(part.before, part.after, now.text)
        if after is None or part.expected_sha256 is None or is_article(part.path, now.text, desk.settings.layout):
            return None
        edits = between(now.text, after)
        parts.append(replace(part, before=now.text, expected_sha256=now.sha256, edits=edits, also=()))
    *also, own = parts
    return replace(own, also=tuple(also)) if any(part.edits for part in parts) else None


def _outdated(desk: Desk, proposal: Proposal) -> str:
    key = "cli.proposal-needless" if proposal.session else "cli.proposal-outdated"
    return say(desk.language, key, path=proposal.path, why=proposal.why)


def _dropped(desk: Desk, proposals: Sequence[Proposal]) -> set[int]:
    """Ask which proposals to leave: Enter or yes none, numbers those, no all; ask again for anything else."""
    count = len(proposals)
    everything = set(range(1, count + 1))
    if not is_terminal():
        return everything
    while True:
        answer = ask_line(say(desk.language, "cli.ask-proposals"), default="", at_end="n").lower()
        if answer in _ALL:
            return set()
        if answer in _NONE:
            return everything
        if answer in _HELP:
            desk.say("cli.answers", count=count)
            continue
        if answer in _WHOLE:
            for number, proposal in enumerate(proposals, 1):
                _show(desk, number, proposal, rest="")
            continue
        words = [word for word in re.split(r"[,，、\s]+", answer) if word]
        named = {one for word in words if (one := numeral(word))}
        if named and named <= everything and all(map(numeral, words)):
            return named
        desk.say("cli.answer-unclear", answer=answer, count=count)
