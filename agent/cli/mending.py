"""Small repairs of articles: restore, original, repair; all of them propose, none acts unasked."""

from datetime import date
from typing import Annotated

import typer

from agent.cli.desk import Desk, open_desk, show, show_json
from agent.cli.options import Json, Lang, NoColor, StandardId, Yes, text_of
from agent.cli.proposals import offer
from agent.errors import BadArgument
from agent.upkeep import original as originals
from agent.upkeep.check import finding_lines
from agent.upkeep.repair import Repairs, repair_formulas, repair_metadata
from agent.upkeep.restore import restore as bring_back
from agent.workspace.originals import ACCEPTED_FILE

Path = Annotated[str, typer.Argument(metavar="ARTICLE", help=text_of("article"))]
Paths = Annotated[list[str] | None, typer.Argument(metavar="[PATH]…", help=text_of("paths"))]


def restore(
    ctx: typer.Context,
    article: Path,
    standard: StandardId = None,
    *,
    yes: Yes = False,
    lang: Lang = None,
    no_color: NoColor = False,
) -> int:
    """Propose the lost lines of an original, from git."""
    desk = open_desk(ctx, lang, no_color=no_color)
    found = bring_back(desk.store, desk.existing(article), standard=desk.standard(standard), language=desk.language)
    if found is None:
        desk.say("upkeep.original-no-version")
        return 1
    facts = {"path": found.path, "lines": found.lines, "commit": found.commit[:7]}
    if found.proposal is None:
        desk.say("upkeep.nothing-lost", **facts)
        return 0
    desk.say("upkeep.restored", **facts, before=f"{found.kept_before:.0%}", after=f"{found.kept_after:.0%}")
    offer(desk, [found.proposal], yes=yes)
    return 0


def original(
    ctx: typer.Context,
    article: Path,
    accept: Annotated[str, typer.Option("--accept", metavar="COMMIT", help=text_of("accept-commit"))] = "",
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=text_of("reason"))] = "",
    standard: StandardId = None,
    *,
    as_json: Json = False,
    lang: Lang = None,
) -> int:
    """Show how much of an original is kept, or accept it as it is."""
    desk = open_desk(ctx, lang)
    path = desk.existing(article)
    rule, compiler = desk.standard(standard), desk.compiler()
    if accept:
        originals.accept_original(
            desk.store,
            path,
            accept,
            reason,
            standard=rule,
            compiler=compiler,
            today=date.today().isoformat(),  # noqa: DTZ011 - the user's calendar day
            language=desk.language,
        )
        desk.store.prepare_private_folder(journal_in_git=desk.settings.journal_in_git)
    found = originals.examine(desk.store, path, standard=rule, compiler=compiler)
    if as_json:
        show_json(originals.as_json(found))
        return 0
    if accept:
        desk.say("upkeep.original-recorded", path=path, file=ACCEPTED_FILE)
    show(found.sentences(desk.language))
    return 0


def repair(
    ctx: typer.Context,
    paths: Paths = None,
    standard: StandardId = None,
    *,
    metadata: Annotated[bool, typer.Option("--metadata", help=text_of("metadata"))] = False,
    formulas: Annotated[bool, typer.Option("--formulas", help=text_of("formulas"))] = False,
    yes: Yes = False,
    lang: Lang = None,
    no_color: NoColor = False,
) -> int:
    """Propose mechanical repairs of front matter or of formulas."""
    desk = open_desk(ctx, lang, no_color=no_color)
    if metadata == formulas:
        raise BadArgument(argument="repair", reason="--metadata | --formulas")
    chosen = [desk.typed(path) for path in paths or ()]
    if metadata:
        found = repair_metadata(desk.store, chosen, desk.language)
    else:
        rule, compiler = desk.standard(standard), desk.compiler()
        found = repair_formulas(desk.store, chosen, desk.language, standard=rule, compiler=compiler)
    return _offered(desk, found, yes=yes)


def _offered(desk: Desk, found: Repairs, *, yes: bool) -> int:
    offer(desk, found.proposals, yes=yes)
    for problem in found.problems:
        show(problem.sentence(desk.language))
    if found.left:
        desk.say("upkeep.left-to-you", count=len(found.left))
        for left in found.left:
            show("\n".join(finding_lines(left.path, [left.finding], desk.language)))
    elif not found.proposals:
        desk.say("upkeep.nothing-to-repair")
    return int(bool(found.problems))
