"""Formulas as a person reads them in a terminal: one line of Unicode, nothing of the structure lost."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from agent.text.formulas import Formula
from agent.text.outline import outline

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SUPERSCRIPT: Final = dict(zip("0123456789+−-=()nixyT∗*′⊤", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱˣʸᵀ**′ᵀ", strict=True))
_SUBSCRIPT: Final = dict(zip("0123456789+−-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
_LETTER_WITH_SCRIPTS: Final = re.compile(rf"\w[′{''.join(_SUPERSCRIPT.values())}{''.join(_SUBSCRIPT.values())}]*")
_COMBINING: Final = {
    "ˆ": "\u0302",
    "^": "\u0302",
    "˜": "\u0303",
    "~": "\u0303",
    "¯": "\u0304",
    "‾": "\u0305",
    "̲": "\u0305",
    "→": "\u20d7",
    "˙": "\u0307",
}
_SPACED: Final = frozenset("=≠≤≥<>≈∼≃≅≡→←↔⇒⇔↦∈∉⊂⊆∪∩∝+−-×·⋅≪≫:≔∣|")
_ENTITY: Final = re.compile(r"&(?!(?:lt|gt|amp|quot|apos);)\w+;")
_INVISIBLE: Final = re.compile("[\u2061-\u2064\ufe00-\ufe0f]")
_DISPLAY_INDENT: Final = "    "
_NARROW_EM: Final = 0.5
_APPLIED: Final = re.compile(r"\u2061(?![(\[ ])")
"""Stands, invisible, between a function and its argument; one in brackets follows at once."""


def readable(text: str, mathml_of: Callable[[Formula], str]) -> str:
    """Return `text` with its formulas written out in Unicode; one that has no MathML stays as it was typed."""
    if "$" not in text and "\\begin{" not in text:
        return text
    pieces, at = [], 0
    for formula in outline(text).formulas:
        written = linear(mathml_of(formula))
        if written:
            if formula.kind != "inline":
                written = "\n".join(_DISPLAY_INDENT + line for line in written.split("\n"))
            pieces += [text[at : formula.start], written]
            at = formula.end
    return "".join([*pieces, text[at:]])


def linear(mathml: str) -> str:
    """Return one `<math>` element as plain text: x², (a + b)/c, √(…), ∑_(i=1)^n; the rows of a display as lines.

    What is no element gives "": none is there, or a character stands in it that XML does not know.
    """
    from html import unescape  # noqa: PLC0415 - only where a formula is shown
    from xml.etree.ElementTree import ParseError, fromstring  # noqa: PLC0415 - as above

    try:
        root = fromstring(_ENTITY.sub(lambda match: unescape(match[0]), mathml))  # noqa: S314 - our own compiler's
    except ParseError:
        return ""
    table = next(iter(root), None)
    rows = list(table) if table is not None and len(root) == 1 and table.tag == "mtable" else [root]
    texts = (_INVISIBLE.sub("", _APPLIED.sub(" ", _inside(row))) for row in rows)
    return "\n".join(" ".join(text.split()) for text in texts)


def _text(one: "Element") -> str:
    one = _only(one)
    if one.tag in ("mi", "mn", "mtext"):
        return one.text or ""
    if one.tag == "mo":
        sign = one.text or ""
        return f" {sign} " if sign in _SPACED and one.get("lspace") != "0" else f"{sign} " if sign == "," else sign
    if one.tag == "mspace":
        return " " if float((one.get("width") or "0em").removesuffix("em") or 0) >= _NARROW_EM else ""
    return _STRUCTURES.get(one.tag, _inside)(one)


def _only(one: "Element") -> "Element":
    """Return the one child that a row holds beside spaces, else the row."""
    children = [child for child in one if child.tag != "mspace"] if one.tag == "mrow" else []
    return _only(children[0]) if len(children) == 1 else one


def _inside(one: "Element") -> str:
    return "".join(map(_text, one))


def _grouped(one: "Element") -> str:
    """Return a part in parentheses unless it is one sign, one number or one word."""
    one = _only(one)
    text = _text(one).strip()
    single = one.tag in ("mi", "mn", "mo", "mtext", "msqrt") or len(text) == 1
    enclosed = text.startswith("(") and text.endswith(")") and text.count("(") == 1
    return text if single or enclosed or _LETTER_WITH_SCRIPTS.fullmatch(text) else f"({text})"


def _fraction(one: "Element") -> str:
    above, below = map(_grouped, one)
    return f"{above} choose {below}" if one.get("linethickness") == "0" else f"{above}/{below}"


def _root(one: "Element") -> str:
    if one.tag == "msqrt":
        text = _inside(one).strip()
        return f"√{text}" if len(text) == 1 or text.isdecimal() else f"√({text})"
    body, degree = one
    return f"{_raised(degree, _SUPERSCRIPT, '')}√{_grouped(body)}"


def _raised(one: "Element", signs: dict[str, str], mark: str) -> str:
    text = _text(one).replace(" ", "")
    if text and all(sign in signs for sign in text):
        return "".join(signs[sign] for sign in text)
    return f"{mark}{text}" if len(text) == 1 else f"{mark}({_text(one).strip()})"


def _scripted(one: "Element") -> str:
    base, *scripts = map(_only, one)
    marks = {"msub": "_", "munder": "_", "msup": "^", "mover": "^"}.get(one.tag, "_^")
    accent = _COMBINING.get(_text(scripts[0]).strip()) if one.tag == "mover" else None
    text = _text(base).strip()
    if accent:
        return text + accent if len(text) == 1 else f"({text}){accent}"
    stem = _grouped(base) if base.tag in ("mrow", "mfrac", "msqrt") and one.tag.startswith("ms") else text
    signs = {"_": _SUBSCRIPT, "^": _SUPERSCRIPT}
    end = " " if one.tag.startswith("mu") or text in "∑∏∫⋃⋂" else ""
    return stem + "".join(_raised(each, signs[mark], mark) for each, mark in zip(scripts, marks, strict=True)) + end


def _matrix(one: "Element") -> str:
    return "; ".join(" ".join(_inside(cell).strip() for cell in row).strip() for row in one)


_STRUCTURES: Final[dict[str, "Callable[[Element], str]"]] = {
    "mfrac": _fraction,
    "msqrt": _root,
    "mroot": _root,
    "msup": _scripted,
    "msub": _scripted,
    "msubsup": _scripted,
    "munder": _scripted,
    "mover": _scripted,
    "munderover": _scripted,
    "mtable": _matrix,
}
