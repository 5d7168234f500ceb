"""`wenqu reconcile`: what documents claim otherwise than the files show; accepts it, or brings documents up to date."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Final

import typer

from agent.bookkeeping import accepted
from agent.bookkeeping.discrepancy import Discrepancy
from agent.bookkeeping.progress_block import wanting
from agent.cli.desk import Desk, open_desk, show, show_json, tell
from agent.cli.options import Json, Lang, NoColor, Yes
from agent.cli.proposals import apply_now, offer, offer_json
from agent.cli.terminal.ask import show_diff
from agent.context.keeping import differing_totals, updates
from agent.context.report import Context, discrepancy_json
from agent.errors import AgentError, BadArgument
from agent.text.terminal import shortened
from agent.words import say

_CLAIM_LENGTH: Final = 80


def reconcile(  # noqa: PLR0913 - a list of options
    ctx: typer.Context,
    documents: Annotated[list[str] | None, typer.Argument(metavar="DOCUMENT...", help="documents")] = None,
    accept: Annotated[list[str] | None, typer.Option("--accept", metavar="ID", help="accept-claim")] = None,
    withdraw: Annotated[list[str] | None, typer.Option("--withdraw", metavar="ID", help="withdraw-claim")] = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="reason")] = None,
    *,
    write: Annotated[bool, typer.Option("--write", help="write")] = False,
    totals: Annotated[bool, typer.Option("--totals", help="totals")] = False,
    everything: Annotated[bool, typer.Option("--all", help="all")] = False,
    yes: Yes = False,
    as_json: Json = False,
    lang: Lang = None,
    no_color: NoColor = False,
) -> None:
    """List every place where a document claims otherwise than the files show."""
    desk = open_desk(ctx, lang, no_color=no_color)
    if bool(accept) != bool(reason and reason.strip()):
        raise BadArgument(
            argument="--accept ID --reason TEXT", reason=say(desk.language, "context.accept-needs-reason")
        )
    if sum(map(bool, (accept, withdraw, write))) > 1:
        raise BadArgument(argument="--accept | --withdraw | --write", reason=say(desk.language, "cli.exactly-one"))
    if totals and not write:
        raise BadArgument(argument="--totals", reason=say(desk.language, "context.totals-need-write"))
    if documents and not write:
        raise BadArgument(argument=documents[0], reason=say(desk.language, "context.document-needs-write"))
    if withdraw:
        _withdraw(desk, withdraw, as_json=as_json)
        return
    found = desk.facts()
    if accept and reason:
        _accept(desk, found, accept, reason.strip(), as_json=as_json)
    elif write:
        _write(desk, found, [desk.existing(path) for path in documents or ()], totals=totals, yes=yes, as_json=as_json)
    elif as_json:
        show_json(_as_json(found, desk))
    else:
        _show(found, desk, everything=everything)


def _show(found: Context, desk: Desk, *, everything: bool) -> None:
    for number, one in enumerate(found.discrepancies, 1):
        show(f"{number}. [{one.id}] {one.sentence(desk.language)}")
    for one in found.silent if everything else ():
        kept = found.accepted[one.id]
        show(f"– [{one.id}] {one.sentence(desk.language)}")
        desk.say("context.accepted-since", date=kept.date, reason=kept.reason)
    for kept in found.void if everything else ():
        show(f"× [{kept.id}] {kept.where} {kept.claimed} ← {kept.shown}")
        desk.say("context.accepted-void", date=kept.date, reason=kept.reason)
    for claim in found.equal if everything else ():
        desk.say("context.so", where=claim.where, claimed=claim.value, text=shortened(claim.text, _CLAIM_LENGTH))
    _show_unread(found, desk)
    undecided = sum(one.undecided for one in found.discrepancies)
    doubt = say(desk.language, "context.reckoned-undecided", count=undecided) if undecided else ""
    counts = {"count": len(found.discrepancies), "undecided": doubt, "equal": len(found.equal)}
    desk.say("context.reckoned", **counts, accepted=len(found.silent))
    _show_what_clears(found, desk)


def _show_what_clears(found: Context, desk: Desk) -> None:
    """Say what `--write` would settle, and in which document most of the rest stands."""
    written = _written(found, desk)
    if written:
        desk.say("context.clears-write", count=len(written))
    rest = [one for one in found.discrepancies if one not in written]
    for path, count in Counter(one.claim.path for one in rest).most_common(1):
        first = next(one.id for one in rest if one.claim.path == path)
        desk.say("context.clears-most", path=path, count=count, id=first)


def _written(found: Context, desk: Desk) -> list[Discrepancy]:
    """Return the discrepancies in the lines that `--write` would change."""
    try:
        blocks, bars = updates(found, desk.store, (), desk.language)
    except AgentError:
        return []
    lines = {
        (one.path, line)
        for one in (*blocks, *bars)
        for edit in one.edits
        for line in range(one.before.count("\n", 0, edit.start) + 1, one.before.count("\n", 0, edit.end) + 2)
    }
    return [one for one in found.discrepancies if (one.claim.path, one.claim.line) in lines]


def _show_unread(found: Context, desk: Desk) -> None:
    """Name what could not be read: whatever it claims is not among the discrepancies."""
    for problem in found.problems:
        desk.say("context.unread", sentence=problem.sentence(desk.language))


def _as_json(found: Context, desk: Desk) -> dict[str, object]:
    kept = [(one, found.accepted[one.id]) for one in found.silent]
    return {
        "discrepancies": [discrepancy_json(one, desk.language) for one in found.discrepancies],
        "accepted": [
            {**discrepancy_json(one, desk.language), "reason": its.reason, "date": its.date} for one, its in kept
        ],
        "void": [asdict(one) for one in found.void],
        "unreadable": [
            {"path": str(one.facts.get("path", "")), "reason": one.sentence(desk.language)} for one in found.problems
        ],
        "equal": len(found.equal),
        "equal_claims": [
            {"path": one.path, "line": one.line, "text": one.text, "value": one.value} for one in found.equal
        ],
    }


def _accept(desk: Desk, found: Context, names: Sequence[str], reason: str, *, as_json: bool) -> None:
    """Accept all that were named, or none where one of them is unknown; say which earlier reason gives way."""
    by_id = {one.id: one for one in (*found.discrepancies, *found.silent)}
    unknown = next((name for name in names if name not in by_id), None)
    if unknown is not None:
        raise BadArgument(argument=f"--accept {unknown}", reason=say(desk.language, "context.accept-unknown"))
    desk.store.prepare_private_folder(journal_in_git=desk.settings.journal_in_git)
    chosen = [by_id[name] for name in dict.fromkeys(names)]
    for one in chosen:
        accepted.accept(desk.store, one, reason=reason, today=found.today)
    if as_json:
        show_json({"accepted": [discrepancy_json(one, desk.language) for one in chosen]})
        return
    for one in chosen:
        desk.say("context.accepted", id=one.id, sentence=one.sentence(desk.language))
        earlier = found.accepted.get(one.id)
        if earlier and earlier.reason != reason:
            desk.say("cli.reason-replaced", date=earlier.date, reason=earlier.reason)
    desk.say("cli.accept-undo", id=chosen[0].id)


def _withdraw(desk: Desk, names: Sequence[str], *, as_json: bool) -> None:
    """Take back all that were named, or none where one of them was not accepted."""
    kept = {one.id: one for one in accepted.read_accepted(desk.store)}
    unknown = next((name for name in names if name not in kept), None)
    if unknown is not None:
        raise BadArgument(argument=f"--withdraw {unknown}", reason=say(desk.language, "context.withdraw-unknown"))
    chosen = [kept[name] for name in dict.fromkeys(names)]
    accepted.withdraw(desk.store, names)
    if as_json:
        show_json({"withdrawn": [asdict(one) for one in chosen]})
        return
    for one in chosen:
        desk.say("context.withdrawn", id=one.id, where=one.where, date=one.date, reason=one.reason)


def tell_totals(desk: Desk, found: Context) -> None:
    """Name each total that is not the articles there are, and how to change it."""
    for one in differing_totals(found, desk.store, desk.language):
        tell(say(desk.language, "context.total-kept", path=one.path, why=one.why))


def _write(desk: Desk, found: Context, named: list[str], *, totals: bool, yes: bool, as_json: bool) -> None:
    """Bring the blocks up to date, add one to each named document, then offer the dashboards' bars and `totals`."""
    blocks, bars = updates(found, desk.store, named, desk.language, totals=totals)
    if not as_json:
        _show_unread(found, desk)
    for proposal in blocks:
        apply_now(desk, proposal)
    if as_json:
        written = [{"path": one.path, "why": one.why, "diff": one.diff, "state": "applied"} for one in blocks]
        show_json({"proposals": [*written, *offer_json(desk, bars, yes=yes)]})
        return
    for proposal in blocks:
        show_diff(proposal.diff, color=desk.color)
        desk.say("cli.applied", path=proposal.path)
    offer(desk, bars, yes=yes)
    if bars and not (named or wanting(found.documents)):
        desk.say("context.no-block")
    if not totals:
        tell_totals(desk, found)
    if not (blocks or bars):
        desk.say("context.nothing-to-write")
