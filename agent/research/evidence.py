"""What proves that a topic is done: a discussion, document, code or turn of a session that is really there."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from agent.errors import BadArgument
from agent.notes.kinds import is_below
from agent.settings import Layout
from agent.words import Phrase
from agent.workspace.journal import journal_path, read_journal, spoken
from agent.workspace.store import Store

_TURN: Final = re.compile(
    r"(?:\.wenqu/sessions/)?(?P<sid>\d{8}-\d{6}-[0-9a-f]{4})(?:/journal\.jsonl)?(?::[Tt]?(?P<seq>\d{1,9}))?"
)
_LINE: Final = re.compile(r"(?P<path>.+):(?P<line>\d{1,9})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where the proof stands: a path of the workspace, with `:line` or the number of the turn where one was given.

    A link is an address outside; nobody looks whether it is there.
    """

    kind: Literal["discussion", "document", "code", "turn", "link"]
    place: str


def resolve(store: Store, layout: Layout, word: str, existing: Callable[[str], str]) -> Evidence:
    """Return the evidence that a word names; `existing` makes a path that was typed one of the workspace.

    Raises UnknownFile, OutsideWorkspace, UnknownSession, and BadArgument for a turn or a line that is not there, and
    for a session in which nothing was said.
    """
    turn = _TURN.fullmatch(word)
    if turn:
        said = spoken(read_journal(store, turn["sid"]).records)
        if not said or (turn["seq"] and int(turn["seq"]) not in said):
            raise BadArgument(
                argument=word, reason=Phrase.of("research.no-turn", sid=turn["sid"], seq=turn["seq"] or 1)
            )
        path = journal_path(turn["sid"])
        return Evidence(kind="turn", place=f"{path}:{turn['seq']}" if turn["seq"] else path)
    at = _LINE.fullmatch(word)
    path = existing(at["path"] if at else word)
    if at and not 1 <= int(at["line"]) <= store.read(path).text.count("\n") + 1:
        raise BadArgument(argument=word, reason=Phrase.of("research.no-line", line=at["line"]))
    kind: Literal["discussion", "document", "code"] = "document" if path.lower().endswith(".md") else "code"
    if is_below(path, layout.discussions):
        kind = "discussion"
    return Evidence(kind=kind, place=f"{path}:{at['line']}" if at else path)
