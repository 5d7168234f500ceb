"""First steps: init, adopt, doctor, demo."""

import os
import time
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from agent.cli.desk import ambient_language, invocation, open_desk, show, show_json, tell
from agent.cli.options import Json, Lang, ModelCommand, ModelName, NoColor, Yes
from agent.cli.terminal.ask import ask_line, ask_yes
from agent.context.report import context, discrepancy_json
from agent.upkeep import doctor as doctoring
from agent.upkeep import start
from agent.words import Language, say
from agent.workspace.configuration import FILE_NAME
from agent.workspace.history import has_remote
from agent.workspace.leftovers import leftovers, remove_leftover
from agent.workspace.store import Store

_MARKS: Final = {"well": "✓", "remark": "·", "ill": "✗"}


def init(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="init-folder")] = Path(),
    *,
    as_json: Json = False,
    lang: Lang = None,
    no_color: NoColor = False,  # noqa: ARG001 - every command takes it; this one has no colour
) -> None:
    """Create a workspace from the starter."""
    language = lang or ambient_language(os.environ)
    folder = Path(invocation(ctx).folder) / folder
    paths = start.init(folder, language=language)
    if as_json:
        show_json({"folder": str(folder), "files": list(paths)})
    else:
        show(say(language, "upkeep.init-done", folder=folder, count=len(paths)))


def adopt(
    ctx: typer.Context,
    naming: Annotated[str, typer.Option("--naming", metavar="PATTERN", help="naming")] = "",
    *,
    journal_in_git: Annotated[bool | None, typer.Option("--journal-in-git/--no-journal-in-git", help="journal")] = None,
    yes: Yes = False,
    as_json: Json = False,
    lang: Lang = None,
    no_color: NoColor = False,  # noqa: ARG001 - as above
) -> None:
    """Adopt an existing folder of notes in place."""
    root = Path(invocation(ctx).folder).resolve()
    adoption = start.examine(root)
    language = lang or adoption.settings.language
    found = context(Store(root), adoption.settings, now=lambda: datetime.now().astimezone())
    if not as_json:
        show(f"{found.differences(language)}\n\n{start.report(adoption, language)}\n")
    asks = not (yes or as_json)
    naming = naming or _naming(adoption, language, ask=asks)
    journal_in_git = _journal_in_git(root, language, wanted=journal_in_git, ask=asks)
    settings = start.adopt(root, adoption, naming=naming, journal_in_git=journal_in_git, language=language)
    if as_json:
        drift = [discrepancy_json(one, language) for one in found.discrepancies]
        show_json({"discrepancies": drift, "equal": len(found.equal), **start.as_json(adoption)})
        return
    journals = say(language, f"upkeep.journals-{'in' if journal_in_git else 'out'}")
    named = settings.layout.discussion_name
    show(say(language, "upkeep.adopted", path=FILE_NAME, naming=named, journals=journals, code=language))
    own = ambient_language(os.environ)
    if own != language and not lang:
        tell(say(own, "upkeep.adopted-in-language", path=FILE_NAME))


def _naming(adoption: start.Adoption, language: Language, *, ask: bool) -> str:
    """Return which of the competing rules is to hold; "" where none compete."""
    rules = adoption.recognised.naming_rules
    if len(rules) < 2:
        return ""
    question = say(language, "upkeep.ask-naming", default=rules[0].pattern)
    while not (rule := start.chosen_rule(adoption, ask_line(question, default="1", ask=ask))):
        show(say(language, "upkeep.naming-unclear", count=len(rules)))
    return rule


def _journal_in_git(root: Path, language: Language, *, wanted: bool | None, ask: bool) -> bool:
    """Return whether journals enter git, with a warning where they could be pushed."""
    if wanted is not False and has_remote(root):
        tell(say(language, "upkeep.journal-remote"))
    return ask_yes(say(language, "upkeep.ask-journal"), default=False, ask=ask) if wanted is None else wanted


def doctor(
    ctx: typer.Context,
    model: ModelName = None,
    model_command: ModelCommand = None,
    *,
    yes: Yes = False,
    as_json: Json = False,
    lang: Lang = None,
    no_color: NoColor = False,
) -> int:
    """Examine credential, model, settings, documents, git and permissions."""
    desk = open_desk(ctx, lang, no_color=no_color, options={"model.main": model, "model.command": model_command})
    left = leftovers(desk.store, now_seconds=time.time())
    found = []
    for one in doctoring.examine(desk.store, desk.settings, desk.language, left=left, model=desk.model):
        found.append(one)
        if not as_json:
            show(f"{_MARKS[one.state]} {one.sentence}")
    question = say(desk.language, "upkeep.ask-leftovers", count=len(left))
    removed = left if yes or (left and not as_json and ask_yes(question, default=False)) else ()
    for path in removed:
        remove_leftover(desk.store, path, now_seconds=time.time())
        if not as_json:
            desk.say("upkeep.leftover-removed", path=path)
    if as_json:
        checks = [{"name": one.name, "state": one.state, "message": one.sentence} for one in found]
        show_json({"checks": checks, "leftovers": list(left), "removed": list(removed)})
    return int(any(one.state == "ill" for one in found))


def demo(
    ctx: typer.Context,
    folder: Annotated[Path | None, typer.Argument(metavar="FOLDER", help="demo-folder")] = None,
    *,
    lang: Lang = None,
    no_color: NoColor = False,
) -> int:
    """Show the whole job offline."""
    from agent.upkeep.demo import stage  # noqa: PLC0415 - a local server nothing else needs

    language = lang or ambient_language(os.environ)
    with stage(folder, language, os.environ) as scene:
        show(say(language, "upkeep.demo-opening", folder=scene.folder, address=scene.address))
        for step in scene.steps():
            show(f"\n━━ {say(language, step.title)}\n")
            if step.shows_discussion:
                show(scene.new_discussion())
                continue
            show(f"$ wenqu {' '.join(step.argv)}\n")
            plain = ("--no-color",) if no_color else ()
            code = invocation(ctx).run(["-C", str(scene.folder), *step.argv, *step.unseen, *plain])
            if code:
                return code
        show("\n" + say(language, "upkeep.demo-end", folder=scene.folder))
    return 0
