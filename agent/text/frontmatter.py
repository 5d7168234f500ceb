"""The front matter of a note: find the block, read its values, change one line and nothing else."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, Literal

from agent.text.edits import Edit, apply
from agent.text.faults import toml_fault, yaml_fault

MAX_CHARS: Final = 64_000
"""A longer block is reported as unreadable instead of being parsed."""

_OPEN: Final = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*\r?\n")
_CLOSE: Final = {mark: re.compile(rf"(?m)^{re.escape(mark)}[ \t]*\r?(?:\n|\Z)") for mark in ("---", "+++")}
# Blank lines and comments aside, a YAML block begins with "key:" (and no address begins a key); one behind a tab is a
# block that cannot be read.
_YAML_BEGINS: Final = re.compile(r"\s*\Z|(?:[ \t]*(?:#[^\n]*)?\r?\n)*\t*[\"']?[A-Za-z_][\w-]*[\"']?[ \t]*:(?!//)")
# A block that nobody closed reaches as far as its lines look like "key: value"; one of them is the status of a note.
_UNCLOSED: Final = re.compile(r"(?:[A-Za-z_][\w-]*[ \t]*[:=](?!//)[^\r\n]*(?:\r?\n|\Z))+")
UNCLOSED: Final = "unclosed"
"""The problem of a block that shows a status and has no closing line."""
UNQUOTED: Final = "unquoted"
"""The problem of a value that is read as it stands once the whole of it is quoted."""
_MAY_LACK_QUOTES: Final = {"value-ends", "colon", "sign", "alias", "list"}
# What stands in brackets, or begins as an item does, is rather a list with a fault in it; `!!` says what a value is.
_WHOLE_VALUE: Final = re.compile(
    r"[ \t]*(?:- +(?:[\w-]+:[ \t]+)?|[\w-]+:[ \t]+)(?P<value>(?!-[ \t]|!!|[\[{].*[\]}]\s*(?:[ \t]#.*)?\Z)\S.*)"
)
# `&name` gives a value a name, `*name` stands for that value.
_REFERENCE: Final = re.compile(r"(?<![^\s\[{,])(?P<sign>[&*])(?P<name>[\w-]+)")
_MOST_QUOTES: Final = 20
_TABLE: Final = re.compile(r"(?m)^[ \t]*\[\[?[\w .\"'-]+\]\]?[ \t]*(?:#.*)?\r?$")
_SIMPLE_VALUE: Final = re.compile(r"(?m)^\t*(title|status)[ \t]*[:=]([^\r\n]*)")
_QUOTED: Final = re.compile(r"""("(?:\\.|[^"\\])*"|'[^']*')[ \t]*(?:[ \t]#.*)?\Z""")
_PLAIN: Final = re.compile(r"""(?:"[^"]*"|'[^']*')?(?:[^ \t#]|[ \t]+(?![ \t#])|(?<=[^ \t])#)*""")
_MAX_DEPTH: Final = 50
# A line as most notes have it: a key, and behind it words, words in quotes, a day, a truth value, a list of words, or
# nothing. Words begin with a letter and are none of those that YAML takes for a truth value or for nothing.
_LETTER: Final = r"(?!(?i:true|false|yes|no|on|off|null) *(?:[:,\]]|\Z))[^\W\d_]"
_PLAIN_LINE: Final = re.compile(
    rf"(?P<key>{_LETTER}[\w-]{{0,99}}):(?: +(?:"
    rf"(?P<words>{_LETTER}(?:[^:#]|:(?! |\Z)|(?<! )#)*)"
    r"""|(?P<quote>["'])(?P<quoted>[^"'\\]*)(?P=quote) *"""
    r"|(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}) *"
    r"|(?P<truth>true|false) *"
    rf"|\[(?P<list>{_LETTER}[\w -]*(?:, *{_LETTER}[\w -]*)*)\] *"
    r")| *)"
)
_YEAR: Final = re.compile(r"[12]\d{3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """A front matter block; offsets are characters of the whole text, lines count from 1.

    `problem` is the kind of fault that keeps it from being read, a sentence "errors.fault-…".
    """

    style: Literal["yaml", "toml"]
    inner_start: int
    inner_end: int
    end: int
    values: Mapping[str, object]
    problem: str = ""
    problem_line: int = 0

    @property
    def year(self) -> str:
        """The year of the `date`, "" where there is none."""
        found = _YEAR.match(str(self.values.get("date") or ""))
        return found[0] if found else ""

    @property
    def status(self) -> str:
        """The status as it is compared, in small letters and without blanks around it; "" for none."""
        return str(self.values.get("status") or "").strip().lower()


def find(text: str) -> FrontMatter | None:
    """Return the block at the top of `text`, or None; an unreadable block carries its problem and its title if any."""
    opening = _OPEN.match(text)
    if opening is None:
        return None
    closing = _CLOSE[opening[1]].search(text, opening.end())
    style: Literal["yaml", "toml"] = "yaml" if opening[1] == "---" else "toml"
    if closing is None:
        return _unclosed(text, opening.end(), style)
    inner = text[opening.end() : closing.start()]
    # A note may begin with a horizontal rule: what follows one is text, not front matter.
    if style == "yaml" and not _YAML_BEGINS.match(inner):
        return None
    values, problem, line = _read(inner, style)
    return FrontMatter(
        style=style,
        inner_start=opening.end(),
        inner_end=closing.start(),
        end=closing.end(),
        values=values,
        problem=problem,
        problem_line=line,
    )


def _unclosed(text: str, start: int, style: Literal["yaml", "toml"]) -> FrontMatter | None:
    lines = _UNCLOSED.match(text, start)
    values = _simple_values(lines[0]) if lines else {}
    if lines is None or "status" not in values:
        return None
    end = lines.end()
    return FrontMatter(
        style=style, inner_start=start, inner_end=end, end=end, values=values, problem=UNCLOSED, problem_line=1
    )


def body_start(text: str) -> int:
    """Return the offset at which the note's own text begins."""
    front = find(text)
    return front.end if front else int(text.startswith("\ufeff"))


def set_value(text: str, key: str, value: str) -> Edit:
    """Return the edit that gives `key` the plain `value`, on its line or on a new last line of the block.

    TOML gets it in quotes where it reads none without; a new line of its comes before the first table. A comment
    behind the value stays. Raises ValueError when there is no front matter.
    """
    front = _required(text)
    line = _line_of(text, front, key)
    if front.style == "toml" and _read_toml(f"value = {value}")[1]:
        value = quoted(value)
    if line:
        start, old = line.start("value"), _without_comment(line["value"])
        before, after = "" if line["gap"] else " ", " " if line["value"] and not old else ""
        return Edit(start, start + len(old), f"{before}{value}{after}")
    joiner = ": " if front.style == "yaml" else " = "
    newline = "\r\n" if text.endswith("\r\n", 0, front.inner_start) else "\n"
    table = _TABLE.search(text, front.inner_start, front.inner_end) if front.style == "toml" else None
    at = table.start() if table else front.inner_end
    return Edit(at, at, f"{key}{joiner}{value}{newline}")


def line_of(text: str, key: str) -> int:
    """Return the line (from 1) on which `key` stands, 1 where it does not. Raises ValueError without front matter."""
    found = _line_of(text, _required(text), key)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def drop_value(text: str, key: str) -> Edit | None:
    """Return the edit that removes the line of `key`, or None when it is not there."""
    line = _line_of(text, _required(text), key)
    return Edit(line.start(), line.end(), "") if line else None


def quotes(text: str) -> tuple[Edit, ...]:
    """Return the edits that put quotes around the values that keep the block from being read, each whole.

    They are then read as they stand on their lines. () where quotes do not help; where something else is wrong further
    down, the block still has that problem.
    """
    front = find(text)
    if front is None or front.problem != UNQUOTED:
        return ()
    inner, at = text[front.inner_start : front.inner_end], front.inner_start
    return tuple(Edit(at + edit.start, at + edit.end, edit.new) for edit in _quotes(inner))


def quoted(value: str) -> str:
    """Return `value` as a double-quoted scalar that YAML and TOML both read back unchanged."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in escaped) + '"'


def _required(text: str) -> FrontMatter:
    front = find(text)
    if front is None:
        msg = "the text has no front matter"
        raise ValueError(msg)
    return front


def _line_of(text: str, front: FrontMatter, key: str) -> re.Match[str] | None:
    # [ \t]* and not \s*: `date:` may be empty, and \s* would take the next line for its value.
    sign = ":" if front.style == "yaml" else "="
    name = rf"(?P<mark>[\"']?){re.escape(key)}(?P=mark)"
    pattern = rf"(?m)^{name}[ \t]*{sign}(?P<gap>[ \t]*)(?P<value>[^\r\n]*)(?:\r?\n|\r)"
    # Of a key that stands there twice YAML reads the last.
    return max(re.compile(pattern).finditer(text, front.inner_start, front.inner_end), key=re.Match.start, default=None)


def _without_comment(value: str) -> str:
    quoted_value = _QUOTED.match(value)
    plain = _PLAIN.match(value)
    return quoted_value[1] if quoted_value else plain[0].rstrip() if plain else ""


def _loosely(value: str) -> str:
    """Return the value of a line in a block that cannot be read as a whole."""
    bare = _without_comment(value.strip())
    return bare[1:-1] if _QUOTED.match(bare) else bare


def _simple_values(inner: str) -> Mapping[str, object]:
    return {match[1]: _loosely(match[2]) for match in _SIMPLE_VALUE.finditer(inner)}


# One block is asked for several times: while its note is looked at, and when another note leads to it.
@lru_cache(maxsize=1024)
def _read(inner: str, style: str) -> tuple[Mapping[str, object], str, int]:
    if len(inner) > MAX_CHARS:
        return {}, "long", 1
    if style == "yaml" and (plain := _read_plain(inner)) is not None:
        return plain, "", 0
    values, problem, line = _read_yaml(inner) if style == "yaml" else _read_toml(inner)
    if style == "yaml" and problem in _MAY_LACK_QUOTES and (edits := _quotes(inner)):
        problem, line = UNQUOTED, inner.count("\n", 0, min(edit.start for edit in edits)) + 2
    if problem:
        values = _simple_values(inner)
    return values, problem, line


def _quotes(inner: str) -> list[Edit]:
    """Return the edits that quote whole values, () where the first problem of the block is none of theirs."""
    edits: list[Edit] = []
    _, problem, first = _read_yaml(inner)
    line = first
    while problem in _MAY_LACK_QUOTES and len(edits) < _MOST_QUOTES:
        edit = _quoting(inner, line)
        if edit is None or edit in edits:
            break
        edits.append(edit)
        _, problem, line = _read_yaml(apply(inner, edits))
    return edits if not problem or line > first else []


def _quoting(inner: str, line: int) -> Edit | None:
    """Return the edit that puts a value in single quotes, None for one that can be read alone or by others.

    `line` is that of the note, where the block's first is the second.
    """
    lines = inner.split("\n", line - 1)
    written = _WHOLE_VALUE.fullmatch(lines[line - 2]) if 2 <= line < len(lines) + 2 else None
    if not written or _read_yaml(written[0].strip())[1] not in _MAY_LACK_QUOTES:
        return None
    start = sum(map(len, lines[: line - 2])) + line - 2 + written.start("value")
    value = _without_comment(written["value"].rstrip())
    if _names("*", value) & _names("&", inner):
        return None  # An alias says something already, though not to us.
    return Edit(start, start + len(value), "'" + value.replace("'", "''") + "'")


def _names(sign: str, text: str) -> set[str]:
    return {found["name"] for found in _REFERENCE.finditer(text) if found["sign"] == sign}


def _read_plain(inner: str) -> Mapping[str, object] | None:
    """Return what YAML would read from a block of plain lines, without its cost; None for every other block."""
    values: dict[str, object] = {}
    for written in inner.replace("\r\n", "\n").removesuffix("\n").split("\n"):
        line = _PLAIN_LINE.fullmatch(written) if written.isprintable() else None
        if line is None:
            return None
        try:
            values[line["key"]] = _plain_value(line)
        except ValueError:  # no such day
            return None
    return values


def _plain_value(line: re.Match[str]) -> object:
    if line["day"]:
        return date.fromisoformat(line["day"])
    if line["truth"]:
        return line["truth"] == "true"
    if line["list"]:
        return [word.strip() for word in line["list"].split(",")]
    return line["words"].rstrip() if line["words"] else line["quoted"]


def _read_yaml(inner: str) -> tuple[Mapping[str, object], str, int]:
    import yaml  # noqa: PLC0415 - 40 ms that --version need not pay
    from frontmatter.default_handlers import YAMLHandler  # noqa: PLC0415 - as above

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        depth = 0
        for token in yaml.scan(inner, Loader=loader):
            name = type(token).__name__
            depth += name.endswith("StartToken") - name.endswith("EndToken")
            # Aliases blow a small block up to gigabytes ("billion laughs"), tags reach constructors that fail in
            # ways of their own, and the C loader overflows its stack on deep nesting; no note needs any of them.
            if name in {"AliasToken", "TagToken"} or depth > _MAX_DEPTH:
                return {}, "alias", token.start_mark.line + 2
        values = YAMLHandler().load(inner, Loader=loader)
        str(values)  # a number of thousands of digits, which YAML reads where it is hexadecimal, cannot be written
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        kind, line = yaml_fault(error)
        # A value that YAML takes for a day or a number is read last, when the parser knows its place no more.
        return {}, kind, (_line_of_value(inner) if kind == "date" else line) + 1
    if values is None:
        return {}, "", 0
    if not isinstance(values, dict):
        return {}, "mapping", 1
    return {str(key): value for key, value in values.items()}, "", 0


def _line_of_value(inner: str) -> int:
    """Return the line (from 1) whose value is no day and no number, 1 where no line has one by itself."""
    lines = enumerate(inner.split("\n"), 1)
    return next((number for number, line in lines if _read_yaml(line)[1] == "date"), 1) if "\n" in inner.strip() else 1


def _read_toml(inner: str) -> tuple[Mapping[str, object], str, int]:
    import tomllib  # noqa: PLC0415 - only Hugo pages need it

    try:
        values = tomllib.loads(inner.replace("\r\n", "\n"))
        str(values)  # as above
    except (ValueError, RecursionError) as error:  # a plain ValueError for a number of thousands of digits
        kind, line = toml_fault(error)
        return {}, kind, line + 1
    return values, "", 0
