"""The front matter of a note: find the block, read its values, change one line and nothing else."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from agent.text.edits import Edit

MAX_CHARS: Final = 64_000
"""A longer block is reported as unreadable instead of being parsed."""

_FENCE: Final = {"---": "yaml", "+++": "toml"}
_OPEN = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*\r?\n")
_KEY_START = re.compile(r"(?m)^[A-Za-z_][\w-]*[ \t]*[:=]")
_SIMPLE_TITLE = re.compile(r"(?m)^title[ \t]*[:=][ \t]*(.*?)[ \t]*\r?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """A front matter block; offsets are characters of the whole text, lines count from 1."""

    style: Literal["yaml", "toml"]
    inner_start: int
    inner_end: int
    end: int
    values: Mapping[str, object]
    problem: str = ""
    problem_line: int = 0


def find(text: str) -> FrontMatter | None:
    """Return the block at the top of `text`, or None; an unreadable block carries its problem and its title if any."""
    opening = _OPEN.match(text)
    if opening is None:
        return None
    mark = opening[1]
    closing = re.compile(rf"(?m)^{re.escape(mark)}[ \t]*\r?$").search(text, opening.end())
    if closing is None:
        return None
    inner = text[opening.end() : closing.start()]
    style: Literal["yaml", "toml"] = "yaml" if _FENCE[mark] == "yaml" else "toml"
    # A note may begin with a horizontal rule: without a single "key:" line it is text, not front matter.
    if inner.strip() and not _KEY_START.search(inner):
        return None
    newline = text.startswith("\r\n", closing.end()) * 2 or text.startswith("\n", closing.end()) * 1
    values, problem, line = _read(inner, style)
    return FrontMatter(
        style=style,
        inner_start=opening.end(),
        inner_end=closing.start(),
        end=closing.end() + newline,
        values=values,
        problem=problem,
        problem_line=line,
    )


def body_start(text: str) -> int:
    """Return the offset at which the note's own text begins."""
    front = find(text)
    return front.end if front else int(text.startswith("\ufeff"))


def set_value(text: str, key: str, value: str) -> Edit:
    """Return the edit that gives `key` the plain `value`: its line replaced, or a new last line of the block.

    Raises ValueError when there is no front matter.
    """
    front = _required(text)
    joiner = ": " if front.style == "yaml" else " = "
    line = _line_of(text, front, key)
    if line:
        return Edit(line.start("value"), line.end("value"), value if line["gap"] else f" {value}")
    newline = "\r\n" if text.startswith("\r\n", text.index("\n") - 1) else "\n"
    return Edit(front.inner_end, front.inner_end, f"{key}{joiner}{value}{newline}")


def drop_value(text: str, key: str) -> Edit | None:
    """Return the edit that removes the line of `key`, or None when it is not there."""
    line = _line_of(text, _required(text), key)
    return Edit(line.start(), line.end(), "") if line else None


def quoted(value: str) -> str:
    """Return `value` as a double-quoted scalar that YAML and TOML both read back unchanged."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in escaped) + '"'


def _required(text: str) -> FrontMatter:
    front = find(text)
    if front is None:
        msg = "the text has no front matter"
        raise ValueError(msg)
    return front


def _line_of(text: str, front: FrontMatter, key: str) -> re.Match[str] | None:
    # [ \t]* and not \s*: `date:` may be empty, and \s* would take the next line for its value.
    pattern = rf"(?m)^{re.escape(key)}[ \t]*[:=](?P<gap>[ \t]*)(?P<value>[^\r\n]*?)[ \t]*\r?\n"
    return re.compile(pattern).search(text, front.inner_start, front.inner_end)


def _read(inner: str, style: str) -> tuple[Mapping[str, object], str, int]:
    if len(inner) > MAX_CHARS:
        return {}, f"longer than {MAX_CHARS} characters", 1
    values, problem, line = _read_yaml(inner) if style == "yaml" else _read_toml(inner)
    if problem:
        title = _SIMPLE_TITLE.search(inner)
        status = re.search(r"(?m)^status[ \t]*:[ \t]*(\w+)[ \t]*\r?$", inner)
        values = ({"title": title[1]} if title else {}) | ({"status": status[1]} if status else {})
    return values, problem, line


def _read_yaml(inner: str) -> tuple[Mapping[str, object], str, int]:
    import yaml  # noqa: PLC0415 - 30 ms that --version need not pay

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        # Aliases can blow a small block up to gigabytes ("billion laughs"); no note needs one.
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(inner, Loader=loader)):
            return {}, "YAML aliases are not read", 1
        values = yaml.load(inner, Loader=loader)  # noqa: S506 - a safe loader, in C where there is one
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return {}, str(getattr(error, "problem", "") or error).split("\n")[0], (mark.line + 2 if mark else 1)
    except (ValueError, RecursionError) as error:
        return {}, str(error), 1
    if values is None:
        return {}, "", 0
    if not isinstance(values, dict):
        return {}, "not a list of keys and values", 1
    return {str(key): value for key, value in values.items()}, "", 0


def _read_toml(inner: str) -> tuple[Mapping[str, object], str, int]:
    import tomllib  # noqa: PLC0415 - only Hugo pages need it

    try:
        return tomllib.loads(inner.replace("\r\n", "\n")), "", 0
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = re.search(r"line (\d+)", str(error))
        return {}, str(error), int(line[1]) + 1 if line else 1
