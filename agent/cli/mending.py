"""Small repairs of articles: restore, original, repair; all of them propose, none acts unasked."""

from datetime import date
from typing import Annotated

import typer

from agent.cli.desk import Desk, open_desk, show, show_json
from agent.cli.options import Article, Json, Lang, NoColor, Paths, StandardId, Yes
from agent.cli.proposals import offer, offer_json
from agent.errors import BadArgument
from agent.upkeep import original as originals
from agent.upkeep.check import finding_lines, findings_json, read_article, undeclared_lines
from agent.upkeep.repair import Repairs, repair_formulas, repair_metadata
from agent.upkeep.restore import restore as bring_back
from agent.words import say
from agent.workspace.originals import ACCEPTED_FILE


def restore(
    ctx: typer.Context,
    article: Article,
    standard: StandardId = None,
    *,
    yes: Yes = False,
    as_json: Json = False,
    lang: Lang = None,
    no_color: NoColor = False,
) -> int:
    """Propose the lost lines of an original, from git."""
    desk = open_desk(ctx, lang, no_color=no_color)
    path = desk.existing(article)
    found = bring_back(desk.store, path, standard=desk.standard(standard), language=desk.language)
    if found is None:
        if as_json:
            show_json({"path": path, "commit": None, "proposals": []})
        else:
            desk.say("upkeep.original-no-version")
        return 1
    if as_json:
        kept = {"lines": found.lines, "kept_before": found.kept_before, "kept_after": found.kept_after}
        offered = offer_json(desk, [found.proposal] if found.proposal else [], yes=yes)
        show_json({"path": found.path, "commit": found.commit, **kept, "proposals": offered})
        return 0
    facts = {"path": found.path, "lines": found.lines, "commit": found.commit[:7]}
    if found.proposal is None:
        desk.say("upkeep.nothing-lost", **facts)
        return 0
    desk.say("upkeep.restored", **facts, before=f"{found.kept_before:.0%}", after=f"{found.kept_after:.0%}")
    offer(desk, [found.proposal], yes=yes)
    return 0


def original(
    ctx: typer.Context,
    article: Article,
    accept: Annotated[str, typer.Option("--accept", metavar="COMMIT", help="accept-commit")] = "",
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="reason")] = "",
    standard: StandardId = None,
    *,
    as_json: Json = False,
    lang: Lang = None,
    no_color: NoColor = False,
) -> int:
    """Show how much of an original is kept, or accept it as it is."""
    desk = open_desk(ctx, lang, no_color=no_color)
    document = read_article(desk.store, desk.existing(article), desk.settings.layout)
    rule, compiler = desk.standard(standard), desk.compiler()
    if accept:
        originals.accept_original(
            desk.store,
            document,
            accept,
            reason,
            standard=rule,
            compiler=compiler,
            today=date.today().isoformat(),  # noqa: DTZ011 - the user's calendar day
            language=desk.language,
        )
        desk.store.prepare_private_folder(journal_in_git=desk.settings.journal_in_git)
    found = originals.examine(desk.store, document, standard=rule, compiler=compiler)
    if as_json:
        show_json(originals.as_json(found))
        return 0
    if accept:
        desk.say("upkeep.original-recorded", path=found.path, file=ACCEPTED_FILE)
    show(found.sentences(desk.language))
    return 0


def repair(  # noqa: PLR0913 - a list of options
    ctx: typer.Context,
    paths: Paths = None,
    standard: StandardId = None,
    *,
    metadata: Annotated[bool, typer.Option("--metadata", help="metadata")] = False,
    formulas: Annotated[bool, typer.Option("--formulas", help="formulas")] = False,
    yes: Yes = False,
    as_json: Json = False,
    lang: Lang = None,
    no_color: NoColor = False,
) -> int:
    """Propose mechanical repairs of front matter or of formulas."""
    desk = open_desk(ctx, lang, no_color=no_color)
    if metadata == formulas:
        raise BadArgument(argument="--metadata | --formulas", reason=say(desk.language, "cli.exactly-one"))
    chosen, layout = [desk.typed(path) for path in paths or ()], desk.settings.layout
    if metadata:
        found = repair_metadata(desk.store, chosen, desk.language, layout=layout)
    else:
        rule, compiler = desk.standard(standard), desk.compiler()
        found = repair_formulas(desk.store, chosen, desk.language, standard=rule, compiler=compiler, layout=layout)
    if as_json:
        _show_json(desk, found, yes=yes)
    else:
        _show(desk, found, yes=yes)
    return int(bool(found.problems))


def _show_json(desk: Desk, found: Repairs, *, yes: bool) -> None:
    left = [
        {"path": one.path, **finding} for one in found.left for finding in findings_json([one.finding], desk.language)
    ]
    problems = [problem.sentence(desk.language) for problem in found.problems]
    show_json({"proposals": offer_json(desk, found.proposals, yes=yes), "left": left, "problems": problems})


def _show(desk: Desk, found: Repairs, *, yes: bool) -> None:
    offer(desk, found.proposals, yes=yes)
    for problem in found.problems:
        show(problem.sentence(desk.language))
    if found.left:
        desk.say("upkeep.left-to-you", count=len(found.left))
        for left in found.left:
            show("\n".join(finding_lines(left.path, [left.finding], desk.language)))
        for line in undeclared_lines((left.finding for left in found.left), desk.language):
            show(line)
    elif not found.proposals:
        desk.say("upkeep.nothing-to-repair")
