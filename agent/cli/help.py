"""`--help` in the person's language, its columns as wide as Chinese characters are."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import isfinite
from typing import Any, Final, get_args

import typer
from typer.core import TyperCommand

from agent.cli.desk import invocation, language_of
from agent.text.wrapping import width, wrapped
from agent.words import SENTENCES, Language, say

_WIDEST: Final = 96
_NARROWEST: Final = 24
_LONGEST_NAME: Final = 24
_OWN_OPTIONS: Final = {"-C DIR": "folder", "-V, --version": "version", "-h, --help": "help"}

Row = tuple[str, str]


class Command(TyperCommand):
    """A command whose `--help` is ours, for typer's own words are English only, and that starts without pydantic."""

    def make_parser(self, ctx: Any) -> Any:
        """Return the parser of the words, which lets typer check what it must: to check at all, it loads pydantic."""
        params: list[Any] = [*self.get_params(ctx)]
        for param in params:
            param.process_value = _checked_where_needed(param, param.process_value)
        return super().make_parser(ctx)

    def get_help(self, ctx: Any) -> str:
        """Return usage, purpose, arguments, options and examples."""
        language = language_of(invocation(ctx).argv)
        params: list[Any] = [*self.get_params(ctx)]
        arguments = [param for param in params if param.param_type_name == "argument"]
        options = [param for param in params if param.param_type_name == "option"]
        names = " ".join(_usage_name(param) for param in arguments)
        usage = f"{say(language, 'cli.usage-label')}wenqu {ctx.info_name} {names}".rstrip()
        page = _page(
            f"{usage} {say(language, 'cli.usage-options')}",
            say(language, f"cli.help-{ctx.info_name}"),
            (
                ("cli.arguments-label", [(str(param.metavar), _text(param, language)) for param in arguments]),
                ("cli.options-label", [(_option_name(param), _text(param, language)) for param in options]),
            ),
            language,
        )
        return f"{page}{_examples(f'cli.example-{ctx.info_name}', language)}"


def overview(groups: Mapping[str, Iterable[str]], language: Language) -> str:
    """Return the help of the program itself: what it is for, and its commands in groups."""
    sections = [
        (f"cli.group-{group}", [(name, say(language, f"cli.help-{name}")) for name in names])
        for group, names in groups.items()
    ]
    options = [(name, say(language, f"cli.help-{key}")) for name, key in _OWN_OPTIONS.items()]
    usage = f"{say(language, 'cli.usage-label')}{say(language, 'cli.usage-wenqu')}"
    page = _page(usage, say(language, "cli.help-wenqu"), (*sections, ("cli.options-label", options)), language)
    return f"{page}\n\n{wrapped(say(language, 'cli.help-end'), _width())}"


def _checked_where_needed(param: Any, check: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Return the `check` of a parameter's values; none needs its default, one of its choices, a word for a word.

    It raises BadParameter also for a number without end, or that is none.
    """

    def checked(ctx: Any, value: Any) -> Any:
        wanted = param.type_descriptor.annotation
        is_default = value == param.default and not param.required
        is_word = wanted in (str, list[str]) and isinstance(value, str | list | tuple)
        if is_default or is_word or value in get_args(wanted):
            return value
        checked_value = check(ctx, value)
        if isinstance(checked_value, float) and not isfinite(checked_value):
            raise typer.BadParameter(str(value), ctx=ctx, param=param)
        return checked_value

    return checked


def _page(usage: str, purpose: str, sections: Sequence[tuple[str, Sequence[Row]]], language: Language) -> str:
    """Return the parts of the page; its tables share one column for the names, unless a name is too long for it."""
    room = _width()
    sizes = [width(name) for _, rows in sections for name, _ in rows]
    indent = " " * (2 + max((size for size in sizes if size <= _LONGEST_NAME), default=0) + 2)
    parts = [wrapped(usage, room), wrapped(purpose, room)]
    for label, rows in sections:
        if rows:
            parts.append("\n".join([say(language, label), *_table(rows, indent, room)]))
    return "\n\n".join(parts)


def _table(rows: Sequence[Row], indent: str, room: int) -> Iterator[str]:
    for name, text in rows:
        size = width(name)
        fits = size <= len(indent) - 4
        if not fits:
            yield f"  {name}"
        start = f"  {name}{' ' * (len(indent) - 2 - size)}" if fits else indent
        yield start + wrapped(text, max(room - len(indent), _NARROWEST)).replace("\n", f"\n{indent}")


def _examples(key: str, language: Language) -> str:
    """Return the examples of a command, "" where there are none; two spaces divide command and meaning."""
    if key not in SENTENCES:
        return ""
    rows = [
        (command, meaning) for command, _, meaning in (line.partition("  ") for line in say(language, key).split("\n"))
    ]
    longest, room = max(width(command) for command, _ in rows), _width()
    indent = " " * (longest + 4 if longest + 4 + _NARROWEST <= room else 6)
    return "\n\n" + "\n".join([say(language, "cli.examples-label"), *_table(rows, indent, room)])


def _usage_name(param: Any) -> str:
    return str(param.metavar) if param.required else f"[{param.metavar}]"


def _option_name(param: Any) -> str:
    both = [", ".join(sorted(names, key=len)) for names in (param.opts, param.secondary_opts) if names]
    return " / ".join(both) if param.is_flag else f"{both[0]} {param.metavar}"


def _text(param: Any, language: Language) -> str:
    key = "help" if param.name == "help" else param.help
    return say(language, f"cli.help-{key}", default=param.default)


def _width() -> int:
    return min(shutil.get_terminal_size().columns, _WIDEST)
