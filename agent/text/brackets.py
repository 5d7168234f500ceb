"""Brackets of a formula: how many it opens, and forms of it that open none, for one left open costs math-core dear."""

import re
from collections.abc import Mapping
from typing import Final

MAX_BRACKETS: Final = 12
"""math-core's time doubles with every bracket that nobody closes: 24 take a second, 40 a day. Of 9,000 real formulas
none has more than four open at once."""
# What opens a bracket, but for those that are an option of what stands before, or have their size from it: whoever
# leaves those open is refused at once.
_BRACKET: Final = re.compile(
    r"(?s)(?P<kept>\\begin\{[A-Za-z]+\*?\}\s*\[|\\sqrt\s*\[|\\\\\s*\[[^\[\]\\]*\]|\[\d\]"
    r"|\\(?:left|right|middle|[bB]igg?[rm]?)(?![A-Za-z])\s*(?:\\[A-Za-z]+|\\?.))"
    r"|\\[bB]igg?l\s*(?:\\[A-Za-z]+|\\?.)|\\\{|[(\[⌈⌊⌜⌞⎰❲⟅⟦-⟯⦃-⦘⧘-⧛⧼⧽]"
    r"|\\(?:l+(?:[bB]race|brack(?:et)?|paren(?:thesis)?|[aA]ngle|ang|ceil|floor|[vV]ert|group|moustache)|[ul]lcorner)"
    r"(?![A-Za-z])"
)
_COMMAND: Final = re.compile(r"\\([A-Za-z]+)")
_DISGUISES: Final = {"(": "\ue000", "[": "\ue001", "\\{": "\ue002"}


def brackets(tex: str) -> int:
    """Return the most brackets that a formula can open, and some other commands counted with them: that is quick."""
    plain, commands = tex.count("(") + tex.count("["), tex.count("\\")
    if plain + commands <= MAX_BRACKETS and tex.isascii():
        return plain + commands
    other = 0 if tex.isascii() else len(_BRACKET.findall(tex))
    return other + sum(map(tex.count, ("(", "[", "\\{", "\\l", "\\u", "\\b", "\\B")))


def opened(tex: str, macros: Mapping[str, int]) -> int:
    """Return how many brackets a formula opens; `macros` says how many each macro does."""
    own = _BRACKET.findall(tex).count("")
    return own + (sum(macros.get(name, 0) for name in _COMMAND.findall(tex)) if macros else 0)


def without_brackets(tex: str) -> str:
    """Return a formula that compiles when `tex` does, a bar in place of every bracket that opens."""
    return _BRACKET.sub(lambda bracket: bracket["kept"] or "|", tex)


def disguised(tex: str) -> str:
    """Return `tex` with letters of no alphabet in place of the brackets that open, so that none waits for its end."""
    if any(letter in tex for letter in _DISGUISES.values()):
        return tex
    return _BRACKET.sub(lambda bracket: bracket["kept"] or _DISGUISES.get(bracket[0], bracket[0]), tex)


def revealed(mathml: str) -> str:
    """Return the MathML with the brackets that were disguised."""
    for bracket, letter in _DISGUISES.items():
        sign = bracket.lstrip("\\")
        mathml = mathml.replace(f"<mi>{letter}</mi>", f'<mo stretchy="false">{sign}</mo>').replace(letter, sign)
    return mathml
