"""A step that could come next, and the three of them that are shown."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from shlex import quote
from typing import Final

from agent.words import Language, say

SHORT_MINUTES: Final = 4
"""The first step takes under five minutes."""

_SHOWN: Final = 3
_PLAIN: Final = re.compile(r"[\w./+-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step: `title` what to do, `why` the reason, `command` the words behind `wenqu`."""

    kind: str
    title: str
    why: str
    command: tuple[str, ...]
    minutes: int

    @property
    def typed(self) -> str:
        """The command as it is typed; a shell takes letters of any script as they are."""
        return " ".join(["wenqu", *(word if _PLAIN.fullmatch(word) else quote(word) for word in self.command)])

    def line(self, language: Language) -> str:
        """Return the step as one line, its command ready to be copied."""
        facts = {"minutes": self.minutes, "title": self.title, "why": self.why}
        return say(language, "context.step", **facts, command=self.typed)


def choose(steps: Sequence[Step], done: Collection[tuple[str, ...]] = ()) -> tuple[Step, ...]:
    """Return three steps: a short one, the work itself, then what else is short; those whose commands are done last."""
    fresh = [one for one in steps if one.command not in done]
    short = [one for one in fresh if one.minutes <= SHORT_MINUTES]
    work = [one for one in fresh if one.minutes > SHORT_MINUTES]
    ordered = [*short[:1], *work[:1], *short[1:], *work[1:], *(one for one in steps if one.command in done)]
    return tuple(ordered[:_SHOWN])
