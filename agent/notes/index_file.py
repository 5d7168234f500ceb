"""Index files: `title | slug | path | status | date | tags` a line, or a JSON list of objects with path and status."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from agent.notes.lines import all_lines

_STATUS: Final = re.compile(r"[a-z]+(?:[_ -][a-z]+)*")
_FIELDS: Final = 3
_PATH: Final = re.compile(r'"path"\s*:\s*(?P<value>"(?:[^"\\\n]|\\.)*")')


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEntry:
    """An entry of an index: the file it names and the status it gives it, on line `line` (from 1)."""

    path: str
    status: str
    line: int


def parse_index(path: str, text: str) -> tuple[IndexEntry, ...]:
    """Return the entries of an index file, () for a file that is none."""
    return tuple(_objects(text) if path.lower().endswith(".json") else _rows(text))


def _rows(text: str) -> Iterator[IndexEntry]:
    for line in all_lines(text):
        fields = [field.strip() for field in line.text.split("|")]
        if len(fields) < _FIELDS or line.text.lstrip().startswith("#"):
            continue
        at = next((n for n, field in enumerate(fields) if field.endswith(".md")), len(fields))
        if at + 1 < len(fields) and _STATUS.fullmatch(fields[at + 1]):
            yield IndexEntry(path=fields[at], status=fields[at + 1], line=line.number)


def _objects(text: str) -> Iterator[IndexEntry]:
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError):
        return
    written, at, line = _PATH.finditer(text), 0, 1
    # A list, or an object that holds lists, as {"posts": […]}.
    lists = entries.values() if isinstance(entries, dict) else [entries]
    for entry in (entry for one in lists if isinstance(one, list) for entry in one):
        if not isinstance(entry, dict):
            continue
        path, status = entry.get("path"), entry.get("status")
        if not (isinstance(path, str) and isinstance(status, str) and path.endswith(".md")):
            continue
        # Decoded and not searched for: one path can be spelled in several ways, `a/乙.md`, `a\/乙.md`, `a/\u4e59.md`.
        place = next((match.start("value") for match in written if json.loads(match["value"]) == path), at)
        line, at = line + text.count("\n", at, place), place
        yield IndexEntry(path=path, status=status, line=line)
