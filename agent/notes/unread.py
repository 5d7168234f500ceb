"""What of a document could not be read, or contradicts something else in it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from agent.notes.lines import Line, long_lines, odd_boxes, org_headlines
from agent.text.terminal import shortened
from agent.words import Language, say

What = Literal[
    "box",
    "code",
    "count",
    "date",
    "entry",
    "front-matter",
    "long",
    "loose",
    "number",
    "org",
    "ornament",
    "priority",
    "row",
    "state",
    "stray",
    "table",
    "width",
    "year",
]

_SHOWN: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A line that could not be read, and what of it."""

    line: int
    what: What
    text: str


def odd_lines(text: str, visible: Sequence[Line]) -> Iterator[Unread]:
    """Yield boxes that are none in Markdown, headlines of Org, and lines too long to be read."""
    for line in odd_boxes(visible):
        yield Unread(line=line.number, what="box", text=line.text.strip())
    for line in org_headlines(visible):
        yield Unread(line=line.number, what="org", text=line.text.strip())
    for line in long_lines(text):
        yield Unread(line=line.number, what="long", text=line.text[:_SHOWN])


def unread_lines(path: str, unread: Iterable[Unread], language: Language) -> Iterator[str]:
    """Yield each with file and line, as a person reads it."""
    for one in unread:
        yield f"{path}:{one.line}  {say(language, f'unread.{one.what}', text=shortened(one.text, _SHOWN))}"


def unread_json(unread: Iterable[Unread]) -> list[Mapping[str, object]]:
    """Return each as `--json` gives it."""
    return [{"line": one.line, "kind": one.what, "text": one.text} for one in unread]
