"""What the compiler says of a formula, read: which sentence “rendering.fault-…” says it, and with which facts."""

import re
from collections.abc import Mapping
from typing import Final

_KINDS: Final = {
    name: re.compile(pattern)
    for name, pattern in {
        "command": r'Unknown command "\\(?P<what>[A-Za-z]+)"\.',
        "sign": r'Unknown command "(?P<what>[^"]+)"\.',
        "name": r'Invalid macro name: "(?P<what>[^"]+)"\.',
        "environment": r'Unknown environment "(?P<what>[^"]+)"\.',
        "color": r'Unknown color "(?P<what>[^"]*)"\.',
        "brace": r'Expected closing token "\}", but reached end of input\.',
        "unclosed": r'Expected closing token "(?P<what>[^"]+)", but reached end of input\.',
        "surplus": r'Unmatched closing token: "(?P<what>[^"]+)"\.',
        "other-end": r'Expected "(?P<what>[^"]+)", but found "(?P<found>[^"]+)"\.',
        "argument": r"Expected argument but .*",
        "twice": r"Duplicate subscript or superscript\.|'\^' or '_' directly followed by .*",
        "place": r'Found "(?P<what>[^"]+)", which may only appear .*',
        "bracket": r'There must be a parenthesis after "(?P<what>[^"]+)", but not found\.',
        "text-mode": r"Not valid in text mode\.",
        "math-mode": r"Not valid in math mode\.",
        "dollar": r"Math mode within text mode is not implemented yet\.",
        "hash": r"Invalid parameter number.*|Macro parameter found outside .*|Expected parameter number after .*",
        "plain": r"Expected non-special ASCII characters in string literal\.",
        "not": r"Expected a relation after \\not\.",
        "endless": r"Too many expansions of custom commands\..*",
        "openings": r"\d+ braces and commands",
        "delimiters": r"(?P<what>\S+ … \S+)",
    }.items()
}


def read(said: str) -> tuple[str, Mapping[str, str], str]:
    """Return the name of the sentence, its facts, and the words around the place, "" where none are given.

    What is said seldom has the name "", and stands in the facts as it is.
    """
    words, _, near = said.partition(" @ ")
    found = ((name, kind.fullmatch(words)) for name, kind in _KINDS.items())
    name, match = next(((name, match) for name, match in found if match), ("", None))
    return name, match.groupdict() if match else {"words": words.rstrip(".")}, near
