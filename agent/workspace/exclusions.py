"""The articles that a job never takes, in `wenqu.toml`: the edit that adds some."""

import re
import tomllib
from collections.abc import Sequence
from typing import Any, Final

from agent.errors import SettingsInvalid
from agent.text.edits import Edit, apply
from agent.text.faults import fault
from agent.text.frontmatter import quoted
from agent.workspace.configuration import FILE_NAME

_TABLE: Final = re.compile(r"(?m)^[ \t]*\[expansion\][ \t]*(?:#[^\r\n]*)?\r?$")
_NEXT_TABLE: Final = re.compile(r"(?m)^[ \t]*\[")
_KEY: Final = re.compile(r"(?m)^[ \t]*exclude[ \t]*=[ \t]*\[")


def exclusion_edit(text: str, paths: Sequence[str]) -> Edit | None:
    """Return the edit of wenqu.toml that adds `paths` to `[expansion] exclude`, None when they are all there.

    The list is written anew, one path a line; everything else stays. Raises SettingsInvalid for a file whose list
    stands in a form that is not understood.
    """
    present = _excluded(text)
    wanted = list(dict.fromkeys([*present, *paths]))
    if wanted == present:
        return None
    edit = _edit(text, "".join(f"  {quoted(path)},\n" for path in wanted))
    if _excluded(apply(text, [edit])) != wanted:
        raise SettingsInvalid(path=FILE_NAME, reason="[expansion] exclude")
    return edit


def _edit(text: str, rows: str) -> Edit:
    table = _TABLE.search(text)
    if table is None:
        gap = "" if not text or text.endswith("\n\n") else "\n" if text.endswith("\n") else "\n\n"
        return Edit(len(text), len(text), f"{gap}[expansion]\nexclude = [\n{rows}]\n")
    following = _NEXT_TABLE.search(text, table.end())
    key = _KEY.search(text, table.end(), following.start() if following else len(text))
    if key is None:
        return Edit(table.end(), table.end(), f"\nexclude = [\n{rows}]")
    ends = (match.end() for match in re.finditer(r"\]", text[key.end() :]))
    end = next((key.end() + end for end in ends if _is_list(text[key.end() - 1 : key.end() + end])), key.end())
    return Edit(key.end(), end, f"\n{rows}]")


def _is_list(text: str) -> bool:
    try:
        return bool(tomllib.loads(f"list = {text}"))
    except ValueError:
        return False


def _excluded(text: str) -> list[str]:
    try:
        values: dict[str, Any] = tomllib.loads(text.removeprefix("\ufeff"))
        return list(values.get("expansion", {}).get("exclude", ()))
    except (ValueError, RecursionError, AttributeError, TypeError) as error:
        raise SettingsInvalid(path=FILE_NAME, reason=fault(error)) from None
