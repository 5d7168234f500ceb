"""Folder trees in fenced code, as `├── 01-理论概念.md`: the Markdown files that they say are there."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from agent.notes.lines import Line, all_lines
from agent.text.outline import find_fences

_ENTRY: Final = re.compile(r"(?P<lead>[│| \t]*)(?:├|└|\+|\|)[─-]+[ \t]*(?P<name>\S.*)")
_REMARK: Final = re.compile(r"[ \t]{2,}.*|[ \t]+(?:#|←|//|<-).*")
_TO_COME: Final = re.compile(r"[(（\[][ \t]*(?:待|计划|尚未|即将|后续|to be|planned|to come)")
_PATTERN: Final = re.compile(r"[*<>\[\]{}?]|\.\.\.|…|XX|xx")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A tree that begins on line `line` below the folder `root`; `files` are its Markdown files by path and line.

    `folders` has the line of every folder, by path with a slash at the end.
    """

    root: str
    line: int
    files: tuple[tuple[str, int], ...]
    folders: Mapping[str, int]


def trees(text: str) -> tuple[Tree, ...]:
    """Return the trees that name Markdown files; patterns and what is yet to come are left out."""
    if "──" not in text and "--" not in text:
        return ()
    lines = all_lines(text)
    starts = [line.start for line in lines]
    spans = ((bisect_right(starts, fence.start), bisect_left(starts, fence.end)) for fence in find_fences(text))
    return tuple(tree for first, end in spans if (tree := _tree(lines[first:end])) and tree.files)


def _tree(lines: Sequence[Line]) -> Tree | None:
    first = next((n for n, line in enumerate(lines) if _ENTRY.fullmatch(line.text)), None)
    if first is None:
        return None
    above = _REMARK.sub("", lines[first - 1].text.strip()) if first and lines[first - 1].text.strip() else ""
    root = above.rstrip("/") if above.endswith("/") else ""
    entries = tuple(_entries(lines[first:]))
    return Tree(
        root=root,
        line=lines[max(0, first - bool(root))].number,
        files=tuple((name, line) for name, line, is_file in entries if is_file),
        folders={f"{name}/": line for name, line, is_file in entries if not is_file},
    )


def _entries(lines: Sequence[Line]) -> Iterator[tuple[str, int, bool]]:
    """Yield path and line of every entry, and whether it is a Markdown file that is said to be there."""
    folders: list[tuple[int, str]] = []
    for line in lines:
        match = _ENTRY.fullmatch(line.text)
        if match is None:
            continue
        depth, name = len(match["lead"].expandtabs(4)), _REMARK.sub("", match["name"]).strip().rstrip("/")
        folders = [(at, folder) for at, folder in folders if at < depth] + [(depth, name)]
        named = [folder for _, folder in folders]
        if name.endswith(".md") and not (_TO_COME.search(line.text) or any(map(_PATTERN.search, named))):
            yield "/".join(named), line.number, True
        elif not name.endswith(".md"):
            yield "/".join(named), line.number, False
