"""First steps: init, adopt, doctor, demo."""

import os
import shlex
from pathlib import Path
from typing import Annotated

import typer

from agent.cli.context import show_context
from agent.cli.desk import chosen_language, invocation, open_desk, show, tell
from agent.cli.options import Lang, ModelCommand, ModelName, NoColor, Yes, text_of
from agent.cli.terminal.ask import ask_line
from agent.upkeep import doctor as doctoring
from agent.upkeep import start
from agent.words import say
from agent.workspace.history import has_remote


def init(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help=text_of("init-folder"))] = Path(),
    lang: Lang = None,
) -> None:
    """Create a workspace from the starter."""
    language = chosen_language(lang)
    paths = start.init(folder, language=language)
    show(say(language, "upkeep.init-done", folder=folder, count=len(paths)))


def adopt(
    ctx: typer.Context,
    naming: Annotated[str, typer.Option("--naming", metavar="PATTERN", help=text_of("naming"))] = "",
    *,
    journal_in_git: Annotated[
        bool | None, typer.Option("--journal-in-git/--no-journal-in-git", help=text_of("journal"))
    ] = None,
    yes: Yes = False,
    lang: Lang = None,
    no_color: NoColor = False,
) -> None:
    """Adopt an existing folder of notes in place."""
    root = Path(invocation(ctx).folder).resolve()
    adoption = start.examine(root)
    language = chosen_language(lang) if lang else adoption.settings.language
    show(start.report(adoption, language))
    rules = [rule.pattern for rule in adoption.recognised.naming_rules]
    if not naming and len(rules) > 1:
        answer = ask_line(say(language, "upkeep.ask-naming", default=rules[0]), default=rules[0], ask=not yes)
        naming = answer if "{topic}" in answer else rules[0]
    if journal_in_git is None:
        if has_remote(root):
            tell(say(language, "upkeep.journal-remote"))
        journal_in_git = ask_line(say(language, "upkeep.ask-journal"), default="n", ask=not yes).lower() in {
            "y",
            "yes",
            "是",
        }
    start.adopt(root, adoption, naming=naming, journal_in_git=journal_in_git)
    show("\n" + say(language, "upkeep.adopted", path="wenqu.toml") + "\n")
    show_context(open_desk(ctx, lang, no_color=no_color), kept=False)


def doctor(
    ctx: typer.Context,
    lang: Lang = None,
    model: ModelName = None,
    model_command: ModelCommand = None,
) -> int:
    """Examine credential, model, settings, documents, git and permissions."""
    desk = open_desk(ctx, lang, options={"model.main": model, "model.command": model_command})
    ill = False
    for examined in doctoring.examine(desk.store, desk.settings, desk.language, model=desk.model):
        mark = {"well": "✓", "remark": "·", "ill": "✗"}[examined.state]
        show(f"{mark} {examined.sentence}")
        ill = ill or examined.state == "ill"
    return int(ill)


def demo(
    ctx: typer.Context,
    folder: Annotated[Path | None, typer.Argument(metavar="FOLDER", help=text_of("demo-folder"))] = None,
    lang: Lang = None,
) -> int:
    """Show the whole job offline."""
    from agent.upkeep.demo import stage  # noqa: PLC0415 - a local server nothing else needs

    language = chosen_language(lang)
    with stage(folder, language, os.environ) as scene:
        show(say(language, "upkeep.demo-opening", folder=scene.folder, address=scene.address))
        for step in scene.steps():
            show(f"\n━━ {say(language, step.title)}\n")
            if step.shows_discussion:
                show(scene.new_discussion())
                continue
            show(f"$ wenqu {shlex.join(step.argv)}\n")
            code = invocation(ctx).run(["-C", str(scene.folder), *step.argv, *step.unseen])
            if code:
                return code
        show("\n" + say(language, "upkeep.demo-end", folder=scene.folder))
    return 0
