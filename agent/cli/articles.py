"""`wenqu check` and `wenqu mark`."""

from datetime import date
from typing import Annotated, Literal

import typer

from agent.cli.desk import Desk, open_desk, show, show_json
from agent.cli.options import Json, Lang, NoColor, StandardId, text_of
from agent.cli.proposals import apply_now
from agent.upkeep import check as checking
from agent.upkeep import mark as marking

Paths = Annotated[list[str] | None, typer.Argument(metavar="PATH...", help=text_of("paths"))]
Path = Annotated[str, typer.Argument(metavar="ARTICLE", help=text_of("article"))]


def check(
    ctx: typer.Context,
    paths: Paths = None,
    standard: StandardId = None,
    *,
    session: Annotated[str, typer.Option("--session", metavar="SID", help=text_of("session"))] = "",
    strict: Annotated[bool, typer.Option("--strict", help=text_of("strict"))] = False,
    as_json: Json = False,
    lang: Lang = None,
    no_color: NoColor = False,
) -> int:
    """Judge articles by the standard and check other notes, offline."""
    desk = open_desk(ctx, lang, no_color=no_color)
    if session:
        return _session(desk, session)
    report = checking.check(
        desk.store,
        [desk.typed(path) for path in paths or ()],
        standard=desk.standard(standard),
        compiler=desk.compiler(),
        layout=desk.settings.layout,
        language=desk.language,
        strict=strict,
    )
    if as_json:
        show_json(checking.as_json(report, desk.language))
    else:
        show(checking.as_text(report, desk.language))
    return report.exit_code


def mark(
    ctx: typer.Context,
    path: Path,
    status: Annotated[
        Literal["completed", "pending"], typer.Argument(metavar="completed|pending", help=text_of("status"))
    ],
    force: Annotated[str, typer.Option("--force", metavar="REASON", help=text_of("force"))] = "",
    standard: StandardId = None,
    lang: Lang = None,
) -> int:
    """Set an article's status; completed only through the gate."""
    desk = open_desk(ctx, lang)
    path = desk.existing(path)
    marked = marking.mark(
        desk.store,
        path,
        status,
        standard=desk.standard(standard),
        compiler=desk.compiler(),
        today=date.today().isoformat(),  # noqa: DTZ011 - the author's calendar day
        force=force,
    )
    if marked.proposal is None:
        show("\n".join(checking.finding_lines(path, marked.judgement.findings, desk.language)))
        desk.say("upkeep.mark-refused", path=path)
        return 1
    if not marked.proposal.edits:
        desk.say("upkeep.mark-unchanged", path=path, status=status)
        return 0
    apply_now(desk, marked.proposal)
    desk.say("upkeep.marked", path=path, status=status)
    return 0


def _session(desk: Desk, sid: str) -> int:
    """Say what does not hold in the document of a recorded session."""
    from agent.socratic.sessions import rebuild  # noqa: PLC0415 - only where a session is asked for

    document, problems = rebuild(desk.store, sid)
    if problems:
        show("\n".join(problems))
        return 1
    desk.say(f"upkeep.session-{'sound' if document else 'silent'}", sid=sid)
    return 0
