"""Why a formula cannot be set, in the reader's language: what the compiler says of it most often, in its place."""

import re
from typing import Final

from agent.words import Language, say

# A compiler's sentence begins with a place that it counts its own way.
_PLACE: Final = re.compile(r"\d+: ")
_KINDS: Final = {
    name: re.compile(pattern)
    for name, pattern in {
        "command": r'Unknown command "(?P<what>[^"]+)"\.',
        "environment": r'Unknown environment "(?P<what>[^"]+)"\.',
        "color": r'Unknown color "(?P<what>[^"]*)"\.',
        "unclosed": r'Expected closing token "(?P<what>[^"]+)", but reached end of input\.',
        "surplus": r'Unmatched closing token: "(?P<what>[^"]+)"\.',
        "other-end": r'Expected "(?P<what>[^"]+)", but found "(?P<found>[^"]+)"\.',
        "argument": r"Expected argument but .*",
        "twice": r"Duplicate subscript or superscript\.",
        "place": r'Found "(?P<what>[^"]+)", which may only appear .*',
        "bracket": r'There must be a parenthesis after "(?P<what>[^"]+)", but not found\.',
        "text-mode": r"Not valid in text mode\.",
        "math-mode": r"Not valid in math mode\.",
        "openings": r"\d+ braces and commands",
    }.items()
}


def reason(problem: str, language: Language) -> str:
    """Return what `Compiler` says is wrong with a formula; what is said seldom is quoted as the compiler's words."""
    plain = _PLACE.sub("", problem, count=1)
    for name, kind in _KINDS.items():
        found = kind.fullmatch(plain)
        if found:
            return say(language, f"rendering.fault-{name}", **found.groupdict())
    return say(language, "rendering.fault", words=plain)
