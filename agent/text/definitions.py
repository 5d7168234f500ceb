"""Commands that a formula defines for itself and for those after it, and the groups in braces that they stand in."""

import re
from collections.abc import Mapping
from typing import Final

DEFINITION: Final = re.compile(r"\\(?:(?:re)?newcommand|providecommand|g?def|let|DeclareMathOperator)(?![a-zA-Z])")
# MathJax takes a name without its backslash too: `\newcommand{sign}{…}` stands in real articles.
_DEFINED: Final = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand)\*?\s*(?:\{\s*\\?(?P<braced>[A-Za-z]+)\s*\}|\\(?P<bare>[A-Za-z]+))"
    r"\s*(?:\[\d\]\s*)?(?=\{)"
    r"|\\g?def\s*\\(?P<plain>[A-Za-z]+)\s*(?:#\d\s*)*(?=\{)"
    r"|\\DeclareMathOperator(?P<star>\*?)\s*\{\s*\\(?P<operator>[A-Za-z]+)\s*\}\s*(?=\{)"
)
_BRACE: Final = re.compile(r"(?s)\\.|[{}]")


def definitions(tex: str) -> tuple[str, Mapping[str, str]]:
    """Return the source without its definitions, and those: name without backslash → replacement.

    One with an optional argument, or without an end, stays where it is.
    """
    ends = groups(tex) if DEFINITION.search(tex) else {}
    found: dict[str, str] = {}
    pieces: list[str] = []
    at = 0
    while (match := _DEFINED.search(tex, at)) and (end := ends.get(match.end(), -1)) >= 0:
        body = tex[match.end() + 1 : end - 1]
        name = match["braced"] or match["bare"] or match["plain"]
        if match["operator"]:
            name, body = match["operator"], f"\\operatorname{match['star']}{{{body}}}"
        found[name] = body
        pieces.append(tex[at : match.start()])
        at = end
    return "".join([*pieces, tex[at:]]), found


def groups(tex: str) -> Mapping[int, int]:
    """Return where the groups in braces end, by where their brace opens; one that never ends is none."""
    opened, ends = list[int](), dict[int, int]()
    for brace in _BRACE.finditer(tex):
        if brace[0] == "{":
            opened.append(brace.start())
        elif brace[0] == "}" and opened:
            ends[opened.pop()] = brace.end()
    return ends
