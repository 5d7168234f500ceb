"""What happens to the documents when a session has ended: one is written, the others are offered, all are committed."""

from collections.abc import Mapping, Sequence

from agent.bookkeeping.postponed import postpone, settle
from agent.bookkeeping.proposals import Proposal
from agent.cli.desk import Desk, show
from agent.cli.proposals import apply_now, offer, offer_json
from agent.errors import SessionInterrupted
from agent.socratic.sessions import Finished
from agent.words import say
from agent.workspace import history
from agent.workspace.journal import journal_path


def conclude(desk: Desk, ended: Finished, *, commit: bool) -> int:
    """Write the document, offer the other changes, and return the exit code."""
    if ended.error:
        return ended.error.exit_code
    if ended.reason == "interrupted":
        raise SessionInterrupted(sid=ended.sid)
    if ended.problems:
        desk.say("cli.document-refused", sid=ended.sid)
        show("\n".join(ended.problems))
        return 1
    written = _document(desk, ended)
    before = _touched(desk, ended.proposals) if commit else frozenset()
    if ended.document:
        desk.say("cli.document-written", path=ended.document.path, sid=ended.sid)
    elif ended.reason == "ended":
        desk.say("cli.nothing-said", sid=ended.sid)
    written += offer(desk, ended.proposals, yes=desk.yes)
    if commit and ended.reason == "ended":
        show(_commit(desk, ended, written, before))
    return 0


def conclude_json(desk: Desk, ended: Finished, *, commit: bool) -> Mapping[str, object]:
    """Do the same without asking, and return what became of it; without `--yes` the other changes wait."""
    if ended.problems:
        return {"document": None, "problems": list(ended.problems)}
    written = _document(desk, ended)
    before = _touched(desk, ended.proposals) if commit else frozenset()
    rows = offer_json(desk, ended.proposals, yes=desk.yes)
    written += tuple(str(row["path"]) for row in rows if row["state"] == "applied")
    committed = {"commit": _commit(desk, ended, written, before)} if commit else {}
    return {"document": ended.document.path if ended.document else None, "proposals": rows, **committed}


def _document(desk: Desk, ended: Finished) -> tuple[str, ...]:
    if ended.document is None:
        return ()
    name = postpone(desk.store, ended.document)
    apply_now(desk, ended.document)
    settle(desk.store, name)
    return (ended.document.path,)


def _touched(desk: Desk, proposals: Sequence[Proposal]) -> frozenset[str]:
    """Return the documents in which the user's own changes wait to be committed."""
    return history.uncommitted(desk.store.root, [one.path for one in proposals])


def _commit(desk: Desk, ended: Finished, written: Sequence[str], before: frozenset[str]) -> str:
    """Commit what the session wrote, but no file that held other changes before; return the sentence about it."""
    paths = [path for path in dict.fromkeys(written) if path not in before]
    if not paths or ended.compiled is None:
        return say(desk.language, "sessions.nothing-to-commit")
    from agent.socratic.document.outcome import commit_message  # noqa: PLC0415 - only where something is committed

    if desk.settings.journal_in_git:
        paths.append(journal_path(ended.sid))
    made = history.commit(desk.store.root, paths, commit_message(ended.compiled))
    left = [path for path in written if path in before]
    lines = [say(desk.language, "sessions.committed", commit=(made or "")[:9], paths=", ".join(paths))]
    lines += [say(desk.language, "sessions.left-uncommitted", paths=", ".join(left))] if left else []
    return "\n".join(lines)
