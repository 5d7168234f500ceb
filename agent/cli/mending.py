"""Small repairs of articles: restore, original, repair; all of them propose, none acts unasked."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated

import typer

from agent.cli.desk import Desk, open_desk, show, show_json
from agent.cli.options import Article, Json, Lang, NoColor, Paths, StandardId, Yes
from agent.cli.proposals import propose
from agent.errors import BadArgument
from agent.upkeep import original as originals
from agent.upkeep.check import read_article
from agent.upkeep.check_report import finding_lines, findings_json, undeclared_lines
from agent.upkeep.repair import Repairs, repair_formulas, repair_metadata
from agent.upkeep.restore import restore as bring_back
from agent.words import say
from agent.workspace.originals import ACCEPTED_FILE, read_acceptances


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
    desk = open_desk(ctx, lang, no_color=no_color, yes=yes, as_json=as_json)
    path = desk.existing(article)
    found = bring_back(desk.store, path, standard=desk.standard(standard), language=desk.language)
    if found is None:
        if as_json:
            show_json({"path": path, "commit": None, "proposals": []})
        else:
            desk.say("upkeep.original-no-version")
        return 1
    if not as_json:
        facts = {"path": found.path, "lines": found.lines, "commit": found.commit[:7]}
        shares = {"before": f"{found.kept_before:.0%}", "after": f"{found.kept_after:.0%}"} if found.proposal else {}
        desk.say(f"upkeep.{'restored' if found.proposal else 'nothing-lost'}", **facts, **shares)
    kept = {"lines": found.lines, "kept_before": found.kept_before, "kept_after": found.kept_after}
    row = {"path": found.path, "commit": found.commit, **kept}
    propose(desk, [found.proposal] if found.proposal else [], row)
    return 0


def original(  # noqa: PLR0913 - a list of options
    ctx: typer.Context,
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="article")] = "",
    accept: Annotated[str, typer.Option("--accept", metavar="COMMIT", help="accept-commit")] = "",
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="reason")] = "",
    standard: StandardId = None,
    *,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="withdraw-original")] = False,
    everything: Annotated[bool, typer.Option("--all", help="all-originals")] = False,
    as_json: Json = False,
    lang: Lang = None,
    no_color: NoColor = False,
) -> int:
    """Show how much of an original is kept, or accept it as it is."""
    desk = open_desk(ctx, lang, no_color=no_color, as_json=as_json)
    if everything:
        return _list_accepted(desk)
    if not article:
        raise BadArgument(argument="wenqu original", reason=say(desk.language, "cli.missing", name="ARTICLE | --all"))
    path = desk.existing(article)
    if withdraw:
        originals.withdraw_acceptance(desk.store, path, desk.language)
    document = read_article(desk.store, path, desk.settings.layout)
    rule, compiler = desk.standard(standard), desk.compiler()
    if accept:
        originals.accept_original(
            desk.store,
            document,
            accept,
            reason,
            standard=rule,
            compiler=compiler,
            today=desk.today(),
            language=desk.language,
        )
        desk.store.prepare_private_folder(journal_in_git=desk.settings.journal_in_git)
    found = originals.examine(desk.store, document, standard=rule, compiler=compiler)
    if as_json:
        show_json(originals.as_json(found))
        return 0
    if accept or withdraw:
        desk.say(f"upkeep.original-{'recorded' if accept else 'withdrawn'}", path=found.path, file=ACCEPTED_FILE)
    show(found.sentences(desk.language))
    return 0


def _list_accepted(desk: Desk) -> int:
    """List the originals that were accepted as they are."""
    kept = read_acceptances(desk.store)
    if desk.as_json:
        show_json({"accepted": [{"path": path, **asdict(one)} for path, one in kept.items()]})
    for path, one in kept.items() if not desk.as_json else ():
        desk.say("upkeep.original-listed", path=path, commit=one.commit[:7], kept=f"{one.kept:.1%}")
        desk.say("upkeep.original-reason", date=one.date, reason=one.reason)
    if not kept and not desk.as_json:
        desk.say("upkeep.original-none-listed")
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
    desk = open_desk(ctx, lang, no_color=no_color, yes=yes, as_json=as_json)
    if metadata == formulas:
        raise BadArgument(argument="--metadata | --formulas", reason=say(desk.language, "cli.repair-one"))
    chosen, layout = [desk.typed(path) for path in paths or ()], desk.settings.layout
    if metadata:
        found = repair_metadata(desk.store, chosen, desk.language, layout=layout)
    else:
        rule, compiler = desk.standard(standard), desk.compiler()
        found = repair_formulas(desk.store, chosen, desk.language, standard=rule, compiler=compiler, layout=layout)
    left = [
        {"path": one.path, **finding} for one in found.left for finding in findings_json([one.finding], desk.language)
    ]
    problems = [problem.sentence(desk.language) for problem in found.problems]
    propose(desk, found.proposals, {"left": left, "problems": problems})
    if not as_json:
        _show_left(desk, found, problems)
    return int(bool(problems))


def _show_left(desk: Desk, found: Repairs, problems: Sequence[str]) -> None:
    for problem in problems:
        show(problem)
    if found.left:
        desk.say("upkeep.left-to-you", count=len(found.left))
        for left in found.left:
            show("\n".join(finding_lines(left.path, [left.finding], desk.language)))
        for line in undeclared_lines((left.finding for left in found.left), desk.language):
            show(line)
    elif not found.proposals:
        desk.say("upkeep.nothing-to-repair")
