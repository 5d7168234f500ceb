"""What a discussion document is made from beyond the words themselves: pointers, glosses, what the learner kept."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from agent.socratic.values import Turn
from agent.workspace.typed import decoded

Content = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """A span of what was said: the number of the turn (or note) and the words, verbatim."""

    turn: int
    span: str


def whole(turn: Turn) -> Pointer:
    """Return a pointer to all that a turn says."""
    return Pointer(turn=turn.seq, span=turn.text.rstrip() or turn.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How a target's account changed, as pointers; `by` is the model that chose them, or "code"."""

    target: str
    first: Pointer
    pivot: Pointer | None = None
    repair: Pointer | None = None
    now: Pointer | None = None
    by: str = "code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Words that the learner said to put right an earlier account; `older` counts from 1 in the earlier accounts."""

    older: int
    now: Pointer


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Everything that is quoted outside the full record, by pointers."""

    courses: tuple[Course, ...] = ()
    insights: tuple[Pointer, ...] = ()
    questions: tuple[Pointer, ...] = ()
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gloss:
    """A generated sentence on a block of the document, with what it rests on: `T5` or `path:line`."""

    block: str
    text: str
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What cannot be computed again from the turns; the journal's `compiled` record holds it.

    `reference` is the generated explanation, line by line. `folder` is where the document was to lie, so that its links
    stay the same. `ratified` tells that the learner saw the closing screen; `dropped` are the ids unticked there.
    """

    selection: Selection
    glosses: tuple[Gloss, ...] = ()
    reference: tuple[Gloss, ...] = ()
    folder: str = ""
    ratified: bool = False
    dropped: tuple[str, ...] = field(default=())


def choices_content(choices: Choices) -> Content:
    """Return the choices as the journal holds them."""
    return asdict(choices)


def choices_of(content: Mapping[str, Any]) -> Choices:
    """Return the choices that a journal holds."""
    return decoded(Choices, content, whole=False)
