"""Where a compiler refuses a formula: its own words, and in place of the count before them what stands there."""

import re
from collections.abc import Sequence
from typing import Final

from agent.text.definitions import groups
from agent.words import Phrase

_PLACE: Final = re.compile(r"(\d+): (.+)")
_MACRO: Final = re.compile(r"macro(\d+):\d+: (.+)")
_TOKEN: Final = re.compile(r"(?:\\(?:[A-Za-z]+|.)|[A-Za-z]+|.)[ \t]*+")
_OPENING: Final = re.compile(r"\{(?<!\\\{)")
_WINDOW: Final = 80
_BEFORE: Final = 4
_AFTER: Final = (6, 4, 2)
_SHORT: Final = 24
"""A formula of so few characters is seen at once."""


def located(said: str, tex: str, source: str, *, has_macros: bool) -> str:
    r"""Return what is said of `tex`, "16: Unknown command…", with the words around the place, "… @ = \foo{x}".

    The words stand as they are in `source`, what was typed. Where they would not be found there, and where the place
    may be one in a macro, nothing is said of it.
    """
    place = _PLACE.fullmatch(" ".join(said.split()))
    if not place:
        return " ".join(said.split())
    at, words = int(place[1]), place[2]
    if words.endswith("end of input."):
        at = _left_open(tex) if '"}"' in words else len(tex)
    if has_macros or len(source) <= _SHORT:
        return words
    # Of what was typed tags and the like are taken out before: with fewer signs the place may be found all the same.
    near = next((near for after in _AFTER if (near := _around(tex, at, after)) in source), "")
    return f"{words} @ {near}" if near and near != source.strip() else words


def in_macro(said: str, names: Sequence[str]) -> Phrase:
    """Return what is said of a macro, "macro2:0: Expected…", with its name out of `names` for its number."""
    flat = " ".join(said.split())
    macro = _MACRO.fullmatch(flat)
    if not macro:
        return Phrase.of("rendering.reason", problem=flat)
    return Phrase.of("rendering.fault-in-macro", name=f"\\{names[int(macro[1])]}", problem=macro[2])


def _around(tex: str, at: int, most: int) -> str:
    """Return the signs around a place that stand on its line, at most so many from it on."""
    line = max(tex.rfind("\n", 0, at) + 1, at - _WINDOW)
    before = _TOKEN.findall(tex, line, at)[-_BEFORE:]
    after = _TOKEN.findall(tex[at : at + _WINDOW].split("\n", 1)[0])[:most]
    return "".join([*before, *after]).strip()


def _left_open(tex: str) -> int:
    """Return where the last brace opens that nobody closes, the end where there is none."""
    ends, opened = groups(tex), (brace.start() for brace in _OPENING.finditer(tex))
    return max((start for start in opened if start not in ends), default=len(tex))
