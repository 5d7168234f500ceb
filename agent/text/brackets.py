"""Brackets of a formula: how many it opens, and forms of it that open none, for one left open costs math-core dear."""

import re
from collections.abc import Mapping
from typing import Final

MAX_BRACKETS: Final = 12
"""math-core's time doubles with every bracket that nobody closes: 24 take a second, 40 a day. Of 9,000 real formulas
none has more than four open at once."""
# What opens a bracket, but for those that are an option of what stands before, or have their size from it, or a
# backslash of their own: whoever leaves those open is refused at once.
_BRACKET: Final = re.compile(
    r"(?s)(?P<kept>\\begin\{[A-Za-z]+\*?\}\s*\[|\\(?:sqrt|(?:text)?color)\s*\[|\\\\(?:\s*\[[^\[\]\\]*\])?|\\[(\[]|\[\d\]"
    r"|\\(?:left|right|middle|[bB]igg?[rm]?)(?![A-Za-z])\s*(?:\\[A-Za-z]+|\\?.))"
    r"|\\[bB]igg?l\s*(?:\\[A-Za-z]+|\\?.)|\\\{|[(\[⌈⌊⌜⌞⎰❲⟅⟦-⟯⦃-⦘⧘-⧛⧼⧽]"
    r"|\\(?:l+(?:[bB]race|brack(?:et)?|paren(?:thesis)?|[aA]ngle|ang|ceil|floor|[vV]ert|group|moustache)|[ul]lcorner)"
    r"(?![A-Za-z])"
)
_COMMAND: Final = re.compile(r"\\([A-Za-z]+)")
_SIGNS: Final = dict(zip("\ue000\ue001\ue002\ue003\ue004\ue005\ue006\ue007", "([{⟨⌊⌈|‖", strict=True))
_DISGUISES: Final = dict(
    zip(("(", "[", "\\{", "\\langle", "\\lfloor", "\\lceil", "\\lvert", "\\lVert"), _SIGNS, strict=True)
) | {"\\lbrace": "\ue002"}


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
    """Return a formula as long as `tex` that compiles when `tex` does, a bar in place of every bracket that opens."""
    return _BRACKET.sub(lambda bracket: bracket["kept"] or "|".ljust(len(bracket[0])), tex)


def disguised(tex: str) -> str:
    r"""Return `tex` with brackets that wait for no end: letters of no alphabet for most, `\big(` for `\bigl(`."""
    if any(letter in tex for letter in _SIGNS):
        return tex
    return _BRACKET.sub(_disguise, tex)


def _disguise(bracket: re.Match[str]) -> str:
    if bracket["kept"]:
        return bracket[0]
    is_sized = bracket[0].startswith(("\\big", "\\Big"))
    return bracket[0].replace("l", "", 1) if is_sized else _DISGUISES.get(bracket[0], bracket[0])


def revealed(mathml: str) -> str:
    """Return the MathML with the brackets that were disguised."""
    for letter, sign in _SIGNS.items():
        form = ' form="prefix"' if sign in "|‖" else ""
        mathml = mathml.replace(f"<mi>{letter}</mi>", f'<mo stretchy="false"{form}>{sign}</mo>').replace(letter, sign)
    return mathml
