"""`wenqu check` and `wenqu mark`."""

from collections.abc import Sequence
from typing import Annotated, Literal

import typer

from agent.cli.desk import Desk, invocation, open_desk, show, show_json, tell
from agent.cli.options import Article, Json, Lang, NoColor, Paths, StandardId
from agent.cli.proposals import apply_now
from agent.cli.together import refuse_together
from agent.upkeep import check as checking
from agent.upkeep import check_report as reporting
from agent.upkeep import mark as marking
from agent.words import say
from agent.workspace.store import Document


def check(  # noqa: PLR0913 - a list of options
    ctx: typer.Context,
    paths: Paths = None,
    standard: StandardId = None,
    *,
    session: Annotated[str, typer.Option("--session", metavar="SID", help="session")] = "",
    explain: Annotated[bool, typer.Option("--explain", help="explain")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="strict")] = False,
    as_json: Json = False,
    lang: Lang = None,
    no_color: NoColor = False,
) -> int:
    """Judge articles by the standard and check other notes, offline."""
    refuse_together(
        (*invocation(ctx).argv, *(["PATH"] if paths else [])),
        apart=(
            (("--session",), ("PATH", "--explain", "--strict", "--standard")),
            (("--explain",), ("PATH", "--strict")),
        ),
        once=("--session", "--standard"),
    )
    desk = open_desk(ctx, lang, no_color=no_color, as_json=as_json)
    if session:
        return _session(desk, session)
    if explain:
        return _explain(desk, standard)
    report = checking.check(
        desk.store,
        _chosen(desk, paths or ()),
        standard=desk.standard(standard),
        compiler=desk.compiler(),
        layout=desk.settings.layout,
        language=desk.language,
        strict=strict,
    )
    desk.result(lambda: reporting.as_json(report, desk.language), lambda: reporting.as_text(report, desk.language))
    return report.exit_code


def mark(
    ctx: typer.Context,
    article: Article,
    status: Annotated[Literal["completed", "pending"], typer.Argument(metavar="STATUS", help="status")],
    force: Annotated[str, typer.Option("--force", metavar="REASON", help="force")] = "",
    standard: StandardId = None,
    *,
    as_json: Json = False,
    lang: Lang = None,
    no_color: NoColor = False,
) -> int:
    """Set an article's status; completed only through the gate."""
    desk = open_desk(ctx, lang, no_color=no_color, as_json=as_json)
    path = desk.existing(article)
    marked = marking.mark(
        desk.store,
        checking.read_article(desk.store, path, desk.settings.layout),
        status,
        standard=desk.standard(standard),
        compiler=desk.compiler(),
        today=desk.today(),
        force=force,
    )
    if marked.proposal and marked.proposal.edits:
        apply_now(desk, marked.proposal)
    findings = () if marked.proposal else marked.judgement.findings
    state = "unchanged" if marked.proposal and not marked.proposal.edits else "marked" if marked.proposal else "refused"
    if as_json:
        listed = reporting.findings_json(findings, desk.language)
        show_json({"path": path, "status": status, "state": state, "findings": listed})
        return int(state == "refused")
    if findings:
        show("\n".join(reporting.finding_lines(path, findings, desk.language)))
    desk.say(f"upkeep.mark-{state}", path=path, status=status)
    if marked.forced:
        desk.say("upkeep.mark-forced", path=path, reason=force)
    return int(state == "refused")


def _chosen(desk: Desk, paths: Sequence[str]) -> list[str]:
    """Return the notes and folders typed; say which other files, as a shell's pattern brings them, are passed over.

    Where there is nothing else they stay, to be refused.
    """
    typed = [desk.typed(path) for path in paths]
    others = [path for path in typed if desk.store.inside(path).is_file() and not path.lower().endswith(".md")]
    if len(others) == len(typed):
        return typed
    for path in others:
        tell(say(desk.language, "upkeep.check-passed-over", path=path))
    return [path for path in typed if path not in others]


def _explain(desk: Desk, name: str | None) -> int:
    """Print what the standard named, or the workspace's, demands."""
    from agent.upkeep import explain as explaining  # noqa: PLC0415 - only where asked for
    from agent.workspace.standards import standard_ids  # noqa: PLC0415 - as above

    standard, known = desk.standard(name), standard_ids(desk.store.root)
    given = (standard, known, desk.language)
    desk.result(lambda: explaining.as_json(*given), lambda: explaining.as_text(*given))
    return 0


def _session(desk: Desk, sid: str) -> int:
    """Say what does not hold in the document of a recorded session, and how the conversation measures up."""
    from agent.socratic.document.verify import misquoted  # noqa: PLC0415 - only where a session is asked for
    from agent.socratic.sessions import rebuild, standing_document  # noqa: PLC0415 - as above
    from agent.socratic.stored.rubric import rubric, rubric_json, rubric_text  # noqa: PLC0415 - as above
    from agent.workspace.journal import read_journal  # noqa: PLC0415 - as above

    document, problems = rebuild(desk.store, sid)
    records = read_journal(desk.store, sid).records
    measured, standing = rubric(records), standing_document(desk.store, desk.settings.layout, sid)
    if standing and standing.text != document:
        problems = (*problems, *misquoted(standing.text, records))
    if desk.as_json:
        show_json({"sid": sid, "problems": list(problems), "rubric": rubric_json(measured)})
    elif problems:
        show("\n".join(problems))
    else:
        desk.say(f"upkeep.session-{_how(standing, document)}", sid=sid, path=standing.path if standing else "")
    if document and not desk.as_json:
        show(rubric_text(measured, desk.language))
    return int(bool(problems))


def _how(standing: Document | None, document: str) -> str:
    """Return how the document that stands in the workspace relates to the one made from the record."""
    if not document:
        return "silent"
    if standing is None:
        return "absent"
    return "sound" if standing.text == document else "edited"
