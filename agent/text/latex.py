r"""LaTeX that MathJax sets and math-core does not know, in words that it knows: one table for all who compile."""

import re
from collections.abc import Mapping
from itertools import chain
from typing import Final

from agent.text.definitions import groups

# Boxes of no width or height, whose content stays, and what places them.
_NOTHING: Final = (
    *("smash", "llap", "rlap", "clap", "mathllap", "mathrlap", "mathclap", "vcenter", "ensuremath", "mathnormal"),
    *("strut", "allowbreak", "nobreak"),
)
_ALIKE: Final = {
    "text": ("mbox", "hbox", "textnormal", "textup", "textmd"),
    "mathbb": ("mathbbm", "mathds"),
    "boldsymbol": ("pmb",),
    "frac": ("nicefrac", "sfrac"),
    "tilde": ("widetilde",),
    "check": ("widecheck",),
    "overparen": ("overarc", "wideparen"),
    "quad": ("hfill", "hfil"),
    "enspace": ("enskip",),
    "ldots": ("dotsc", "dotso", "mathellipsis"),
    "cdots": ("dotsb", "dotsm", "dotsi"),
    "limsup": ("varlimsup",),
    "liminf": ("varliminf",),
    "injlim": ("varinjlim",),
    "projlim": ("varprojlim",),
    "propto": ("varpropto",),
    "sim": ("thicksim",),
    "approx": ("thickapprox",),
    "setminus": ("smallsetminus",),
    "smile": ("smallsmile",),
    "frown": ("smallfrown",),
    "mid": ("shortmid",),
    "nmid": ("nshortmid",),
    "parallel": ("shortparallel",),
    "nparallel": ("nshortparallel",),
    "cdot": ("centerdot",),
}
MACROS: Final[Mapping[str, str]] = {
    **dict.fromkeys(_NOTHING, ""),
    **{name: f"\\{known}" for known, names in _ALIKE.items() for name in names},
    "substack": r"\begin{subarray}{c}#1\end{subarray}",
    "cancelto": r"\overset{#1}{\cancel{#2}}",
    "cr": r"\\",
    "matrix": r"\begin{matrix}#1\end{matrix}",
    "pmatrix": r"\begin{pmatrix}#1\end{pmatrix}",
    "cases": r"\begin{cases}#1\end{cases}",
    "eqalign": r"\begin{aligned}#1\end{aligned}",
}
"""What a command stands for (name without backslash); math-core knows none of them as a command of formulas."""

# Names of CSS, and what LaTeX calls them.
_COLORS: Final = {
    **{name.lower(): name for name in ("SkyBlue", "RoyalBlue", "ForestGreen", "Maroon", "Plum", "Orchid", "Salmon")},
    "grey": "gray",
    "navy": "NavyBlue",
    "gold": "Goldenrod",
    "crimson": "red",
    "tomato": "OrangeRed",
}
_COLOR: Final = re.compile(
    r"\\(?P<command>(?:text)?color)\s*\{(?P<name>[a-z]+)\}|\\color\s*\{#(?P<hex>[\dA-Fa-f]{6})\}"
)
_OPERATOR: Final = re.compile(
    r"\\mathop\s*\{\s*(?:\\(?:text|mathrm|operatorname)\s*\{([A-Za-z ]+)\}|\\rm\s+([A-Za-z]+))\s*\}"
    r"(?:\s*\\limits(?![A-Za-z]))?"
)
# The space between two rows, which math-core would print; html2text doubles the backslashes before the bracket.
_ROW_SPACE: Final = re.compile(r"\\{2,4}(?:\*(?!\s*\[)|\*?\s*\[-?[\d.]+\s*(?:pt|em|ex|mm|cm|px)\])")

_TEXT: Final = re.compile(
    r"(?P<name>\\(?:text(?:bf|it|rm|tt|sf|normal)?|[mh]box|(?P<between>(?:short)?intertext)))\s*\{"
)
_DOLLAR: Final = re.compile(r"(?<!\\)\$")
_MARK: Final = re.compile(
    r"\\(?:(?P<what>begin|end)\{(?P<name>[A-Za-z]+\*?)\}(?P<option>\s*(?:\{\d{0,2}\}|\[[lcr]\]))?"
    r"|(?P<row>\\)|[^A-Za-z\\])|(?P<cell>&)"
)
_ALIKE_ENVIRONMENTS: Final = {
    "aligned": ("split", "alignedat"),
    "align": ("alignat", "flalign", "eqnarray"),
    "align*": ("alignat*", "flalign*", "eqnarray*"),
    "equation*": ("displaymath",),
    "": ("subequations", "math"),
    "cases": ("cases*",),
    "dcases": ("dcases*",),
    "rcases": ("rcases*",),
    "matrix": ("smallmatrix", "matrix*"),
    **{f"{kind}matrix": (f"{kind}smallmatrix", f"{kind}matrix*") for kind in "pbBvV"},
}
_ENVIRONMENTS: Final = {name: known for known, names in _ALIKE_ENVIRONMENTS.items() for name in names}
_ARRAY: Final = re.compile(r"\\begin\{array\}(?:\s*\[[tbc]\])?\s*\{([^{}]*+(?:\{[^{}]*+\}[^{}]*+)*)\}")
_COLUMNS: Final = (
    (re.compile(r"[@!<>]\s*\{[^{}]*\}|\s"), ""),
    (re.compile(r"[pmb]\{[^{}]*\}"), "l"),
    (re.compile(r"\*\{(\d{1,2})\}\{([clr|]*)\}"), lambda columns: columns[2] * int(columns[1])),
)
_REWORDED: Final = (
    (re.compile(r"\\(?:tiny|scriptsize|footnotesize|small|normalsize|[lL]arge|LARGE|[hH]uge)(?![A-Za-z])"), ""),
    (re.compile(r"\\(?:require\s*\{[^{}]*\}|bbox\s*\[[^\[\]]*\]|smash\s*\[[tb]\])"), ""),
    (re.compile(r"\\hspace\s*\*"), r"\\hspace"),
    (re.compile(r"\}\s*\\limits(?![A-Za-z])"), "}"),
    (re.compile(r"(\\(?:left|right|[bB]igg?[lrm]?))\s*<"), r"\1\\langle "),
    (re.compile(r"(\\(?:left|right|[bB]igg?[lrm]?))\s*>"), r"\1\\rangle "),
    (re.compile(r"\\hdotsfor\s*\{(\d)\}"), lambda dots: "&".join([r"\ldots"] * int(dots[1]))),
)


def adapted(tex: str) -> str:
    r"""Return `tex` with colours by LaTeX's names, limits below a `\mathop` of words, no space between rows.

    math-core takes these otherwise than they are meant, or not at all.
    """
    if "color" in tex:
        tex = _COLOR.sub(_color, tex)
    if "\\mathop" in tex:
        tex = _OPERATOR.sub(lambda words: f"\\operatorname*{{{words[1] or words[2]}}}", tex)
    return _ROW_SPACE.sub(r"\\\\ ", tex) if "\\\\" in tex else tex


def reworded(tex: str) -> str:
    """Return `tex`, which math-core refuses, in environments and commands that it knows; unchanged where it has them.

    Some of what is gone may be seen: the width of a column, a place for the limits.
    """
    tex = _with_formulas_outside_words(_MARK.sub(_Environments(tex), tex))
    tex = _ARRAY.sub(lambda array: f"\\begin{{array}}{{{_columns(array[1])}}}", tex)
    for pattern, word in _REWORDED:
        tex = pattern.sub(word, tex)
    return tex


def _paired(tex: str) -> frozenset[int]:
    """Return where the environments begin and end that have both, one within the other."""
    opened, paired = list[re.Match[str]](), set[int]()
    for mark in _MARK.finditer(tex):
        if mark["what"] == "begin":
            opened.append(mark)
        elif mark["what"] and opened and (began := opened.pop())["name"] == mark["name"]:
            paired |= {began.start(), mark.start()}
    return frozenset(paired)


def _color(found: re.Match[str]) -> str:
    if found["hex"]:
        return f"\\color[HTML]{{{found['hex']}}}"
    return f"\\{found['command']}{{{_COLORS.get(found['name'], found['name'])}}}"


def _columns(preamble: str) -> str:
    for pattern, columns in _COLUMNS:
        preamble = pattern.sub(columns, preamble)
    return preamble


def _with_formulas_outside_words(tex: str) -> str:
    r"""Return `tex` with `\text{if $x$}` as `{\text{if }x}`, and an `\intertext{…}` as a row without a number."""
    ends = groups(tex) if _TEXT.search(tex) else {}
    pieces, at = list[str](), 0
    for found in _TEXT.finditer(tex):
        end = ends.get(found.end() - 1, 0)
        inner = _DOLLAR.split(tex[found.end() : end - 1]) if end else []
        is_between = bool(found["between"])
        if found.start() < at or not len(inner) % 2 or (len(inner) == 1 and not is_between):
            continue
        name = "\\text" if is_between else found["name"]
        words = (f"{name}{{{word}}}" if word else "" for word in inner[::2])
        said = "".join(chain.from_iterable(zip(words, [*inner[1::2], ""], strict=True)))
        pieces += (tex[at : found.start()], f"&{said}\\nonumber\\\\" if is_between else f"{{{said}}}")
        at = end
    return "".join([*pieces, tex[at:]])


class _Environments:
    r"""Gives each `\begin`, `\end`, `&` and end of a row as math-core knows them; one look at a formula uses it up."""

    def __init__(self, tex: str) -> None:
        self._paired = _paired(tex)
        self._opened: list[str] = []
        self._cells = [0]

    def __call__(self, mark: re.Match[str]) -> str:
        if mark["what"]:
            return self._edge(mark)
        within, cells = self._opened[-1] if self._opened else "", self._cells
        if mark["cell"]:
            cells[-1] += 1
            if within.startswith("eqnarray"):
                return "&" if cells[-1] == 1 else " "
            return "&\\text{" if within.endswith("cases*") and cells[-1] == 1 else "&"
        return self._end_of_words() + mark[0] if mark["row"] else mark[0]

    def _edge(self, mark: re.Match[str]) -> str:
        """Return the beginning or the end of an environment by a name that is known."""
        name, before = mark["name"], ""
        if mark["what"] == "begin":
            self._opened.append(name)
            self._cells.append(0)
        elif self._opened:
            before = self._end_of_words()
            self._opened.pop()
            self._cells.pop()
        # Of one that goes without a trace, an edge alone has to stay, so that it is refused.
        known = _ENVIRONMENTS.get(name, name) or ("" if mark.start() in self._paired else name)
        option = "" if name.endswith(("at", "at*", "matrix*")) else mark["option"] or ""
        return before + (f"\\{mark['what']}{{{known}}}{option}" if known else "")

    def _end_of_words(self) -> str:
        """Return the brace that ends the words of a `cases*`, where a row of it ends."""
        cells, self._cells[-1] = self._cells[-1], 0
        return "}" if cells and self._opened and self._opened[-1].endswith("cases*") else ""
