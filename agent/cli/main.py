"""The command line's one entrance and one exit."""

import os
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Final

import typer
from typer.exceptions import TyperException

from agent.cli.desk import Invocation, complain, language_of
from agent.cli.options import Folder, Version, text_of
from agent.errors import AgentError
from agent.words import say

INTERRUPTED: Final = 130

# Where each command's function stands, under the command's name. Only the one that was typed is imported.
_COMMANDS: Final = {
    "context": "context",
    "reconcile": "reconcile",
    "socratic": "sessions",
    "expand": "expand",
    "check": "articles",
    "mark": "articles",
    "restore": "mending",
    "original": "mending",
    "repair": "mending",
    "prompt": "expand",
    "apply": "proposals",
    "init": "start",
    "adopt": "start",
    "doctor": "start",
    "demo": "start",
}


def wenqu(ctx: typer.Context, folder: Folder = ".", *, version: Version = False) -> None:
    """Without a command: the session-start summary."""
    ctx.obj = Invocation(folder=folder, run=main)
    if version:
        from agent import __version__  # noqa: PLC0415 - one line for `wenqu -C x --version`

        typer.echo(f"wenqu {__version__}")
    elif ctx.invoked_subcommand is None:
        from agent.cli.context import context  # noqa: PLC0415 - not needed where a command was typed

        context(ctx)


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit code: 0, 1 some failed, 2 usage, 3 workspace, 4 model, 130 interrupted."""
    try:
        result = _app(argv)(args=_completed(argv), standalone_mode=False, prog_name="wenqu")
        sys.stdout.flush()
    except AgentError as error:
        complain(error.sentence(language_of(argv)))
        return error.exit_code
    except TyperException as error:
        complain(say(language_of(argv), "cli.usage", problem=str(error)))
        return 2
    except KeyboardInterrupt:
        result = INTERRUPTED
    except (BrokenPipeError, SystemExit):  # typer ends a pipe that broke inside a command by SystemExit
        # The reader has gone (`| head -1`): what is left unsaid has nobody to hear it, not even the flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    if result == INTERRUPTED:  # also what typer makes of Ctrl-C inside a command
        complain(say(language_of(argv), "cli.interrupted"))
    return result if isinstance(result, int) else 0


def _app(argv: Sequence[str]) -> typer.Typer:
    app = typer.Typer(
        help=text_of("wenqu"),
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(invoke_without_command=True)(wenqu)
    for name in _needed(argv):
        module = import_module(f"agent.cli.{_COMMANDS[name]}")
        app.command(name, help=text_of(name))(getattr(module, name))
    return app


def _needed(argv: Sequence[str]) -> Iterable[str]:
    """Return the command that was typed, none when there is none, all for help and for what is no command."""
    words = iter(argv)
    for word in words:
        if word == "-C":
            next(words, None)
        elif word in _COMMANDS:
            return (word,)
        elif word not in {"--version", "-V"}:
            return _COMMANDS
    return ()


def _completed(argv: Sequence[str]) -> list[str]:
    """Return the arguments with "last" after a `--resume` without an id: the parser knows no optional values."""
    words = list(argv)
    if "--resume" in words:
        after = words.index("--resume") + 1
        if after == len(words) or words[after].startswith("-"):
            words.insert(after, "last")
    return words
