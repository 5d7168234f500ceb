"""What a command works at: the opened workspace, the settings, the language, and the two streams it speaks to."""

import errno
import json
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final, cast

import typer

from agent.cli.terminal.layout import remarked
from agent.errors import (
    AgentError,
    BadArgument,
    NoCredential,
    UnknownFile,
    UnknownStandard,
    UnknownStandardSet,
    Unreadable,
)
from agent.settings import Settings
from agent.text.terminal import printable
from agent.words import Language, Phrase, say
from agent.workspace.configuration import find_root, read_settings
from agent.workspace.store import Store

if TYPE_CHECKING:
    from agent.context.report import Context
    from agent.model.limiter import Limiter, Pause
    from agent.model.messages import Model
    from agent.standard.standard import Standard
    from agent.text.formulas import Compiler

OFFLINE: Final = "offline"
_LONGEST_NAME: Final = 255
"""Bytes of a file name, at most, on the usual file systems."""
_MOST_NAMED: Final = 4
# C1 and bidirectional controls, which json.dumps leaves as they are, and halves of a character, which no stream takes.
_UNSAFE: Final = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Invocation:
    """What was typed, the folder of `-C` and the command in it, and the way to run another as if it were typed."""

    argv: tuple[str, ...]
    run: Callable[[Sequence[str]], int]
    folder: str = "."
    command: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """An opened workspace; `color` is off for pipes, --no-color and NO_COLOR; `at_end` runs when the command ends.

    `yes` and `as_json` are those of commands that propose something, or show a result, as these options ask.
    """

    store: Store
    settings: Settings
    language: Language
    color: bool
    at_end: ExitStack
    yes: bool = False
    as_json: bool = False

    @staticmethod
    def now() -> datetime:
        """Return the moment, in the zone of whoever sits here."""
        return datetime.now().astimezone()

    def today(self) -> str:
        """Return the calendar day of whoever sits here, YYYY-MM-DD."""
        return self.now().date().isoformat()

    def standard(self, name: str | None = None) -> "Standard":
        """Return the standard asked for, or the workspace's; raise UnknownStandard, of a setting UnknownStandardSet."""
        from agent.workspace.standards import read_standard  # noqa: PLC0415 - a second look at a workspace needs none

        try:
            return read_standard(name or self.settings.standard, self.store.root)
        except UnknownStandard as unknown:
            if name or os.environ.get("WENQU_STANDARD"):
                raise
            raise UnknownStandardSet(**unknown.facts) from None

    def facts(self) -> "Context":
        """Return what the workspace holds and claims as it is now, with the gate's judgements."""
        from agent.bookkeeping.known import Known  # noqa: PLC0415 - as above
        from agent.context.report import context  # noqa: PLC0415 - as above

        now, known = self.now(), Known(self.store, self.settings)
        return context(self.store, self.settings, now=lambda: now, standard=self.standard(), known=known)

    def compiler(self) -> "Compiler":
        """Return a compiler that knows the workspace's macros."""
        from agent.text.formulas import Compiler  # noqa: PLC0415 - as above

        return Compiler(self.settings.macros)

    @property
    def has_model(self) -> bool:
        """Whether a model is there to be asked."""
        from agent.model.credentials import credential_present  # noqa: PLC0415 - as above

        settings = self.settings.model
        is_set = settings.command or settings.base_url or credential_present(os.environ)
        return bool(is_set) and settings.main != OFFLINE

    def model(self, limiter: "Limiter | None" = None) -> "Model | None":
        """Return the model of the settings; None offline, or when no credential, server or command is set.

        A `limiter` is for a job: many ask at once, nobody waits for the single answer, and it tells of the pauses.
        Raises BadArgument for a command that is not there.
        """
        if not self.has_model:
            return None
        settings = self.settings.model
        if settings.command:
            from agent.model.command import CommandModel  # noqa: PLC0415 - only where a model is asked

            command = CommandModel(settings.command, timeout_seconds=settings.timeout_seconds, limiter=limiter)
            command.require()
            self.at_end.callback(command.close)
            return command
        from agent.model.claude import ClaudeModel, make_client  # noqa: PLC0415 - as above
        from agent.model.retry import UNATTENDED  # noqa: PLC0415 - as above

        model = ClaudeModel(
            settings.main,
            client=lambda: make_client(settings),
            timeout_seconds=settings.timeout_seconds,
            policy=UNATTENDED if limiter else None,
            notify=Countdown(self.language),
            limiter=limiter,
        )
        self.at_end.callback(model.close)
        return model

    @property
    def model_name(self) -> str:
        """The name of the model of the settings, also where there is none to be asked; raises BadArgument."""
        settings = self.settings.model
        if not settings.command:
            return settings.main
        from agent.model.command import CommandModel  # noqa: PLC0415 - as above

        return CommandModel(settings.command).name

    def existing(self, path: str) -> str:
        """Return the workspace-relative name of a file that was typed.

        Raises UnknownFile, OutsideWorkspace, and Unreadable for a folder or what else is no regular file.
        """
        relative = self.typed(path)
        place = self.store.inside(relative)
        if not place.is_file():
            raise Unreadable(path=path, reason=os.strerror(errno.EISDIR if place.is_dir() else errno.ENXIO))
        return relative

    def typed(self, path: str) -> str:
        """Return the workspace-relative name of a path that was typed, relative to here or to the workspace.

        A name without its folder, and without `.md`, means the one article that bears it, else the one note.
        Raises UnknownFile, with the name as it was typed also for a link that leads nowhere, OutsideWorkspace, and
        BadArgument for a name that several notes bear.
        """
        if any(len(os.fsencode(name)) > _LONGEST_NAME for name in Path(path).parts):
            raise UnknownFile(path=path, root=str(self.store.root))
        here = Path(path).absolute()
        relative = self.store.relative(here if here.exists() and here.is_relative_to(self.store.root) else path)
        if self.store.inside(relative).exists():
            return relative
        named = "" if here.exists() else self._named(path)
        if not named:
            raise UnknownFile(path=path, root=str(self.store.root))
        return named

    def _named(self, name: str) -> str:
        """Return the note that is meant by a file name, "" for none: one at the top, an article, or any."""
        from agent.notes.kinds import is_below  # noqa: PLC0415 - only for what is no path
        from agent.workspace.listing import survey  # noqa: PLC0415 - as above

        names = {name, f"{name}.md"}
        notes = [one.path for one in survey(self.store.root).notes if PurePath(one.path).name in names]
        top = [path for path in notes if path in names]
        articles = [path for path in notes if is_below(path, self.settings.layout.articles)]
        found = top or articles or notes
        if len(found) > 1:
            both = say(self.language, "common.and").join(found[:_MOST_NAMED])
            raise BadArgument(argument=name, reason=Phrase.of("cli.several-notes", notes=both))
        return found[0] if found else ""

    def say(self, key: str, **facts: object) -> None:
        """Print a sentence of the catalogue as a result."""
        show(say(self.language, key, **facts))

    def result(self, row: Callable[[], object], text: Callable[[], str]) -> None:
        """Print a result: as JSON where that was asked for, else as text."""
        if self.as_json:
            show_json(row())
        else:
            show(text())


class Countdown:
    """Says once per pause why a request waits and for how long, not at each tick."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._left = 0.0

    def __call__(self, pause: "Pause") -> None:
        """Take one tick of a pause in."""
        if pause.seconds_left > self._left:
            reason = pause.reason.sentence(self._language)
            tell(say(self._language, "cli.pause", seconds=ceil(pause.seconds_left), reason=reason))
        self._left = pause.seconds_left


def open_desk(
    ctx: typer.Context,
    lang: Language | None = None,
    *,
    no_color: bool = False,
    yes: bool = False,
    as_json: bool = False,
    model: str | None = None,
    options: Mapping[str, object] | None = None,
) -> Desk:
    """Open the workspace of `-C`, or the nearest one upwards; raise NoWorkspace when there is none.

    Raises BadArgument for a folder that is not there: the one above it is another's, and for a model command that
    nobody would ask. Raises NoCredential where a `model` was named and there is none to be asked.
    """
    folder = Path(invocation(ctx).folder)
    if not folder.is_dir():
        raise BadArgument(argument=f"-C {folder}", reason=Phrase.of("cli.no-such-folder"))
    root = find_root(folder)
    named = {"language": lang, "model.main": model, **(options or {})}
    if named["model.main"] == OFFLINE and named.get("model.command"):
        raise BadArgument(argument="--model offline --model-command", reason=Phrase.of("cli.options-apart"))
    if named["model.main"] and not named.get("model.command"):
        named["model.command"] = ""  # who names a model wants that one, and not the settings' command
    configuration = read_settings(root, options=named, environ=os.environ)
    settings = configuration.settings
    for ignored in configuration.notices:
        tell(say(settings.language, "workspace.setting-ignored", path=ignored.path, setting=ignored.key))
    color = sys.stdout.isatty() and not no_color and not os.environ.get("NO_COLOR")
    at_end = ctx.with_resource(ExitStack())
    desk = Desk(
        store=Store(root),
        settings=settings,
        language=settings.language,
        color=color,
        at_end=at_end,
        yes=yes,
        as_json=as_json,
    )
    if model and settings.model.main != OFFLINE and not desk.has_model:
        raise NoCredential
    return desk


def invocation(ctx: typer.Context) -> Invocation:
    """Return what stood before the command."""
    found = ctx.find_root().obj
    if not isinstance(found, Invocation):
        raise TypeError(found)
    return found


def ambient_language(environ: Mapping[str, str]) -> Language:
    """Return the language of the environment: WENQU_LANGUAGE, else the locale, else English."""
    named = environ.get("WENQU_LANGUAGE") or next(
        (environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "en"
    )
    return "zh" if named.lower().startswith("zh") else "en"


def language_of(argv: Sequence[str]) -> Language:
    """Return the language for help and for what went wrong: --lang, the workspace's, the environment's."""
    words = [part for word in argv for part in (word.split("=", 1) if word.startswith("--lang=") else [word])]
    options = {name: words[words.index(name) + 1] for name in ("--lang", "-C") if name in words[:-1]}
    named = options.get("--lang")
    if named in ("zh", "en"):
        return cast("Language", named)
    try:
        root = find_root(Path(options.get("-C", ".")))
        return read_settings(root, options={}, environ=os.environ).settings.language
    except AgentError:
        return ambient_language(os.environ)


def show(text: str) -> None:
    """Print a result on stdout, control sequences taken out."""
    typer.echo(printable(text))


def show_json(value: object) -> None:
    """Print a result as JSON on stdout, control characters escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    typer.echo(_UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text))


def tell(sentence: str) -> None:
    """Print a remark on stderr, at a terminal in lines that fit."""
    typer.echo(remarked(sentence) if sys.stderr.isatty() else printable(sentence), err=True)


def complain(sentence: str) -> None:
    """Print what went wrong on stderr, with the program's name before it."""
    tell(f"wenqu: {sentence}")
