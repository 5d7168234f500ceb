"""The command line's one entrance and one exit."""

import errno
import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from itertools import pairwise
from typing import Final

import typer
from typer.exceptions import TyperException

from agent.cli.desk import Invocation, complain, language_of, show
from agent.cli.help import Command
from agent.errors import AgentError, BadArgument, Unreadable
from agent.words import say

INTERRUPTED: Final = 130

# The commands in the groups that --help shows; under each name the module where its function stands. Only the one that
# was typed is imported.
_GROUPS: Final = {
    "learning": {
        "context": "context",
        "socratic": "sessions",
        "review": "review",
        "reconcile": "reconcile",
        "apply": "proposals",
    },
    "articles": {
        "expand": "expand",
        "check": "articles",
        "mark": "articles",
        "original": "mending",
        "restore": "mending",
        "repair": "mending",
        "prompt": "prompts",
    },
    "research": {"todo": "todo", "roadmap": "roadmap", "card": "card", "inbox": "inbox", "plan": "plan"},
    "pages": {"site": "site"},
    "start": {"demo": "start", "init": "start", "adopt": "start", "doctor": "start"},
}
_COMMANDS: Final = {name: module for group in _GROUPS.values() for name, module in group.items()}
_HELP: Final = frozenset({"-h", "--help"})
_VERSION: Final = frozenset({"-V", "--version"})
# The reader of a pipe has gone; the terminal has.
_GONE: Final = frozenset({errno.EPIPE, errno.EIO})
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_UNDECODED: Final = re.compile("[\ud800-\udfff]")


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit code: 0, 1 some failed, 2 usage, 3 workspace, 4 model, 130 interrupted.

    Where nobody listens any more (`| head -1`, a closed terminal) it ends quietly with 0; where what it says cannot be
    written (a full disk), with a sentence and 1.
    """
    code = 0
    try:
        return _spoken(argv)
    except SystemExit:  # what the parser makes of a pipe that breaks inside a command
        pass
    except OSError as error:
        if error.errno not in _GONE | _FULL:
            raise
        if error.errno in _FULL:
            code = 1
            with suppress(OSError):
                complain(say(language_of(argv), "cli.output-full"))
    # What is left unsaid has nobody to hear it, not even the flush at exit.
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return code


def _spoken(argv: Sequence[str]) -> int:
    """Run the command; say in one sentence what kept it from its end."""
    try:
        result = _run(argv)
        sys.stdout.flush()
    except AgentError as error:
        complain(error.sentence(language_of(argv)))
        return error.exit_code
    except PermissionError as error:  # a folder that may not be looked into is met wherever a path is followed
        complain(Unreadable(path=error.filename, reason=error.strerror).sentence(language_of(argv)))
        return Unreadable.exit_code
    except TyperException as error:
        from agent.cli.usage import usage_sentence  # noqa: PLC0415 - only where something was mistyped

        complain(usage_sentence(error, argv, _split(argv)[1], language_of(argv)))
        return 2
    except KeyboardInterrupt:
        result = INTERRUPTED
    if result == INTERRUPTED:  # also what the parser makes of Ctrl-C inside a command
        complain(say(language_of(argv), "cli.interrupted"))
    return result if isinstance(result, int) else 0


def _run(argv: Sequence[str]) -> object:
    """Answer `--help` and `--version` of the program itself; hand everything else to the parser."""
    _refuse_undecoded(argv)
    _refuse_blank(argv)
    folder, command, words = _split(argv)
    if not command and _HELP.intersection(words):
        from agent.cli.help import overview  # noqa: PLC0415 - only where it is asked for

        show(overview(_GROUPS, language_of(argv)))
        return 0
    if not command and _VERSION.intersection(words):
        from agent import __version__  # noqa: PLC0415 - as above

        show(f"wenqu {__version__}")
        return 0
    if command and command not in _COMMANDS:
        from agent.cli.usage import unknown_command  # noqa: PLC0415 - as above

        complain(unknown_command(command, tuple(_COMMANDS), language_of(argv)))
        return 2
    later = next((word for word in words if not command and word in _COMMANDS), "")
    if later:
        raise BadArgument(argument=words[0], reason=say(language_of(argv), "cli.options-after", command=later))
    name = command or "context"
    given = Invocation(argv=tuple(argv), run=main, folder=folder, command=command)
    return _app(name)(args=_completed(words), standalone_mode=False, prog_name=name, obj=given)


def _refuse_undecoded(argv: Sequence[str]) -> None:
    """Raise BadArgument for bytes that are no UTF-8: no journal, no ledger and no setting could hold them."""
    for word in argv:
        if _UNDECODED.search(word):
            shown = word.encode(errors="surrogateescape").decode(errors="backslashreplace")
            raise BadArgument(argument=shown, reason=say(language_of(argv), "cli.word-not-utf8"))


def _refuse_blank(argv: Sequence[str]) -> None:
    """Raise BadArgument for a word that says nothing, such as a variable that is not set: it would mean “all”."""
    for before, word in pairwise(["", *argv]):
        option, joined, value = word.partition("=") if word.startswith("--") else ("", "", word)
        if not value.strip() and (joined or not option):
            named = option or (before if before.startswith("-") and "=" not in before else "")
            raise BadArgument(argument=f'{named} "{value}"'.lstrip(), reason=say(language_of(argv), "cli.word-blank"))


def _split(argv: Sequence[str]) -> tuple[str, str, list[str]]:
    """Return the folder of `-C`, the command ("" where none is typed), and the words that follow."""
    folder, words = ".", list(argv)
    if words[:1] == ["-C"]:
        if len(words) == 1:
            raise BadArgument(argument="-C", reason=say(language_of(argv), "cli.needs-folder"))
        folder, words = words[1], words[2:]
    elif words and words[0].startswith("-C"):
        folder, words = words[0].removeprefix("-C"), words[1:]
    return (folder, "", words) if not words or words[0].startswith("-") else (folder, words[0], words[1:])


def _app(name: str) -> typer.Typer:
    app = typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    module = import_module(f"agent.cli.{_COMMANDS[name]}")
    app.command(name, cls=Command)(getattr(module, name))
    return app


def _completed(words: Sequence[str]) -> list[str]:
    """Return the words with "last" after a `--resume` without an id: the parser knows no optional values."""
    words = list(words)
    if "--resume" in words:
        after = words.index("--resume") + 1
        if after == len(words) or words[after].startswith("-"):
            words.insert(after, "last")
    return words
