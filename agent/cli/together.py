"""Options of `wenqu expand` that cannot go together: said, where one of them would be silently ignored."""

from collections.abc import Collection, Sequence
from typing import Final

from agent.errors import BadArgument
from agent.words import Phrase

_ONCE: Final = ("--batch", "--series", "--topic")
_EITHER: Final = (
    ("--export", "--import"),
    ("--export", "--accept"),
    ("--import", "--accept"),
    ("--dry-run", "--accept"),
    ("--dry-run", "--export"),
    ("--dry-run", "--import"),
    ("--export", "--failing"),
    ("--import", "--failing"),
)
"""Each of a pair asks for another kind of run."""


def refuse_together(typed: Sequence[str]) -> None:
    """Raise BadArgument where one of the options that were typed would be ignored because of another."""
    options = [word.partition("=")[0] for word in typed if word.startswith("--")]
    for name in _ONCE:
        if options.count(name) > 1:
            raise BadArgument(argument=name, reason=Phrase.of("cli.option-once"))
    _refuse_pairs(options)
    if "--draft" in options and "--accept" not in options:
        raise BadArgument(argument="--draft", reason=Phrase.of("cli.draft-without-accept"))


def _refuse_pairs(options: Collection[str]) -> None:
    for one, other in _EITHER:
        if one in options and other in options:
            raise BadArgument(argument=f"{one} {other}", reason=Phrase.of("cli.options-apart"))
