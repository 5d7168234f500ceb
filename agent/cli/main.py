"""The command line's one entrance and one exit."""

import os
import sys
from collections.abc import Sequence

import typer
from typer.exceptions import TyperException

from agent.cli import articles, context, expand, proposals, sessions, start
from agent.cli.desk import Invocation, complain, language_of
from agent.cli.options import Folder, Version, text_of
from agent.errors import AgentError
from agent.words import say

INTERRUPTED = 130

app = typer.Typer(
    help=text_of("wenqu"),
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def wenqu(ctx: typer.Context, folder: Folder = ".", *, version: Version = False) -> None:
    """Without a command: the session-start summary."""
    ctx.obj = Invocation(folder=folder, run=main)
    if version:
        from agent import __version__  # noqa: PLC0415 - one line for `wenqu -C x --version`

        typer.echo(f"wenqu {__version__}")
    elif ctx.invoked_subcommand is None:
        context.context(ctx)


for command, name in (
    (context.context, "context"),
    (context.reconcile, "reconcile"),
    (sessions.socratic, "socratic"),
    (expand.expand, "expand"),
    (articles.check, "check"),
    (articles.mark, "mark"),
    (expand.prompt, "prompt"),
    (proposals.apply, "apply"),
    (start.init, "init"),
    (start.adopt, "adopt"),
    (start.doctor, "doctor"),
    (start.demo, "demo"),
):
    app.command(name, help=text_of(name))(command)


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit code: 0, 1 some failed, 2 usage, 3 workspace, 4 model, 130 interrupted."""
    try:
        result = app(args=_completed(argv), standalone_mode=False, prog_name="wenqu")
        sys.stdout.flush()
    except AgentError as error:
        complain(error.sentence(language_of(argv)))
        return error.exit_code
    except TyperException as error:
        complain(say(language_of(argv), "cli.usage", problem=str(error)))
        return 2
    except KeyboardInterrupt:
        complain(say(language_of(argv), "cli.interrupted"))
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has gone (`| head -1`): what is left unsaid has nobody to hear it, not even the flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return result if isinstance(result, int) else 0


def _completed(argv: Sequence[str]) -> list[str]:
    """Return the arguments with "last" after a `--resume` without an id: the parser knows no optional values."""
    words = list(argv)
    if "--resume" in words:
        after = words.index("--resume") + 1
        if after == len(words) or words[after].startswith("-"):
            words.insert(after, "last")
    return words
