"""After a job: changes that are the person's to take, the progress document, commits, and the report."""

from collections.abc import Container, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

from agent.bookkeeping.postponed import postponed
from agent.bookkeeping.proposals import Proposal
from agent.cli.desk import Desk, tell
from agent.cli.proposals import apply_now, offer, offer_json
from agent.cli.reconcile import tell_totals
from agent.context.keeping import updates
from agent.errors import AgentError, BadArgument, GitFailed
from agent.expansion.events import Item
from agent.expansion.report import keep_report, report, totals
from agent.words import say
from agent.workspace import history


@dataclass(frozen=True, slots=True, kw_only=True)
class Committing:
    """Each written article becomes a commit; not those that held uncommitted changes `before`."""

    before: frozenset[str]

    @classmethod
    def of(cls, desk: Desk, paths: Sequence[str]) -> "Committing":
        """Look which of the articles the user has changed; raise BadArgument where there is no git."""
        if not history.is_repository(desk.store.root):
            raise BadArgument(argument="--commit", reason=say(desk.language, "sessions.needs-git"))
        return cls(before=history.uncommitted(desk.store.root, paths))


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """The items as they stand now, and what else became of the run; `proposals` are rows as `--json` shows them.

    Where it `was_offered` changes, their diffs have been shown. What git refused is `uncommitted`.
    """

    items: tuple[Item, ...]
    proposals: Sequence[Mapping[str, object]]
    commits: Mapping[str, str]
    report: str
    was_offered: bool
    uncommitted: Sequence[str]


def follow_up(
    desk: Desk, items: Sequence[Item], standard: str, committing: Committing | None, *, yes: bool, quietly: bool
) -> After:
    """Offer the changes, bring the progress document up to date, commit what was asked for, and keep the report.

    `quietly` asks and prints nothing on stdout: without `yes` the changes wait. It is the same where nobody reads any
    more (`| head -1`).
    """
    blocks, bars = _progress(desk) if any(item.state == "written" for item in items) else ((), ())
    for block in blocks:
        apply_now(desk, block)
        _remark(say(desk.language, "cli.applied", path=block.path))
    wanted = [*(item.proposal for item in items if item.proposal), *bars]
    rows: Sequence[Mapping[str, object]] = ()
    written: Sequence[str] = ()
    if not quietly:
        try:
            written = offer(desk, wanted, yes=yes)
        except OSError:
            quietly = True
    if quietly:
        rows = offer_json(desk, wanted, yes=yes)
        written = [str(row["path"]) for row in rows if row["state"] == "applied"]
    waiting = {kept.path for _, kept in postponed(desk.store)} if any(item.proposal for item in items) else set[str]()
    now = tuple(_taken(item, written, waiting) for item in items)
    tried = dict(_commits(desk, now, committing, standard)) if committing else {}
    left = {*(block.path for block in blocks), *written} - {item.path for item in now}
    if committing and left:
        _remark(say(desk.language, "expansion.left-uncommitted", paths=", ".join(sorted(left))))
    return After(
        items=now,
        proposals=rows,
        commits={path: commit for path, commit in tried.items() if commit},
        report=_reported(desk, now, standard),
        was_offered=bool(wanted) and not quietly,
        uncommitted=[path for path, commit in tried.items() if not commit],
    )


def _remark(sentence: str) -> None:
    """Say a sentence; what is still to be kept is kept also where nobody listens."""
    with suppress(OSError):
        tell(sentence)


def _reported(desk: Desk, items: Sequence[Item], standard: str) -> str:
    """Keep the report and return its path; "" where nothing was done that it could tell of."""
    if all(item.state == "skipped" for item in items):
        return ""
    moment, sums = datetime.now().astimezone(), totals(items, desk.settings.model.priced)
    text = report(items, sums, standard=standard, language=desk.language, now=moment)
    return keep_report(desk.store, text, moment)


def _taken(item: Item, written: Container[str], waiting: Container[str]) -> Item:
    """Return a completed article as it stands: its change is taken, waits, or is lost."""
    if item.proposal is None:
        return item
    if item.path in written:  # another change of the file may still wait
        if item.passed:
            return replace(item, state="written", reason="taken", proposal=None)
        return replace(item, reason="taken-in-part", proposal=None)
    return item if item.path in waiting else replace(item, reason="proposal-lost", proposal=None)


def _progress(desk: Desk) -> tuple[tuple[Proposal, ...], tuple[Proposal, ...]]:
    """Return the changes of blocks and of bars; none, and why, when the documents cannot be brought up to date."""
    try:
        found = desk.facts()
        with suppress(OSError):
            tell_totals(desk, found)
        return updates(found, desk.store, (), desk.language)
    except AgentError as problem:
        _remark(problem.sentence(desk.language))
        return (), ()


def _commits(desk: Desk, items: Sequence[Item], committing: Committing, standard: str) -> Iterable[tuple[str, str]]:
    """Yield what is to be committed with its commit, "" where git refused."""
    for item in items:
        if item.state != "written":
            continue
        if item.path in committing.before and item.reason != "closed":
            _remark(say(desk.language, "sessions.left-uncommitted", paths=item.path))
            continue
        name = PurePosixPath(item.path).stem
        try:
            made = history.commit(
                desk.store.root, [item.path], say(desk.language, "expansion.commit", name=name, standard=standard)
            )
        except GitFailed as problem:
            refused = problem.sentence(desk.language)
            _remark(say(desk.language, "expansion.uncommitted", problem=refused, path=item.path))
            yield item.path, ""
            continue
        if made:
            _remark(say(desk.language, "sessions.committed", commit=made[:9], paths=item.path))
            yield item.path, made
