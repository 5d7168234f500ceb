"""Words that cannot go together: said, where one of them would be silently ignored."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Final

from agent.errors import BadArgument
from agent.words import Phrase

NONE: Final[Mapping[str, Sequence[str]]] = {}


def refuse_together(
    typed: Iterable[str],
    *,
    apart: Iterable[tuple[Sequence[str], Sequence[str]]] = (),
    once: Collection[str] = (),
    needs: Mapping[str, Sequence[str]] = NONE,
) -> None:
    """Raise BadArgument where something that was typed would be ignored; a word that is no option is given by its name.

    None of the first names of `apart` goes with any other of the second, those of `once` are typed once, and those of
    `needs` go only with one of their partners.
    """
    names = [word.partition("=")[0] for word in takewhile(lambda word: word != "--", typed)]
    for name in once:
        if names.count(name) > 1:
            raise BadArgument(argument=name, reason=Phrase.of("cli.option-once"))
    for firsts, seconds in apart:
        one = next((name for name in firsts if name in names), "")
        other = next((name for name in seconds if name in names and name != one), "")
        if one and other:
            raise BadArgument(argument=f"{one} {other}", reason=Phrase.of("cli.options-apart"))
    for name, partners in needs.items():
        if name in names and not set(partners).intersection(names):
            raise BadArgument(argument=name, reason=Phrase.of("cli.option-needs", partners=", ".join(partners)))
