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

_TEXT: Final = re.compile(r"(\\(?:text(?:bf|it|rm|tt|sf|normal)?|[mh]box))\s*\{")
_DOLLAR: Final = re.compile(r"(?<!\\)\$")
_EDGE: Final = re.compile(r"\\(begin|end)\{([A-Za-z]+\*?)\}(\s*(?:\{\d{0,2}\}|\[[lcr]\]))?")
_SIGN_IN_ROW: Final = re.compile(r"&\s*+(\\[A-Za-z]++|[=<>:≈≤≥-]*+)\s*+&")
_ALIKE_ENVIRONMENTS: Final = {
    "aligned": ("split", "alignedat"),
    "align": ("alignat", "flalign", "eqnarray"),
    "align*": ("alignat*", "flalign*", "eqnarray*"),
    "equation*": ("displaymath",),
    "": ("subequations", "math"),
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
    if "{eqnarray" in tex:  # the sign in the middle of a row has a column of its own there
        tex = _SIGN_IN_ROW.sub(r"&\1 ", tex)
    tex = _with_formulas_outside_words(_EDGE.sub(_edge, tex))
    tex = _ARRAY.sub(lambda array: f"\\begin{{array}}{{{_columns(array[1])}}}", tex)
    for pattern, word in _REWORDED:
        tex = pattern.sub(word, tex)
    return tex


def _edge(edge: re.Match[str]) -> str:
    """Return the beginning or end of an environment by a name that is known, a brace where it leaves no trace."""
    what, name, option = edge.groups(default="")
    known = _ENVIRONMENTS.get(name, name)
    option = "" if name.endswith(("at", "at*", "matrix*")) else option
    return (f"\\{what}{{{known}}}" if known else "{" if what == "begin" else "}") + option


def _color(found: re.Match[str]) -> str:
    if found["hex"]:
        return f"\\color[HTML]{{{found['hex']}}}"
    return f"\\{found['command']}{{{_COLORS.get(found['name'], found['name'])}}}"


def _columns(preamble: str) -> str:
    for pattern, columns in _COLUMNS:
        preamble = pattern.sub(columns, preamble)
    return preamble


def _with_formulas_outside_words(tex: str) -> str:
    r"""Return `tex` with `\text{if $x$}` as `{\text{if }x}`."""
    ends = groups(tex) if _TEXT.search(tex) else {}
    pieces, at = list[str](), 0
    for found in _TEXT.finditer(tex):
        end = ends.get(found.end() - 1, 0)
        inner = _DOLLAR.split(tex[found.end() : end - 1]) if end else []
        if found.start() < at or not len(inner) % 2 or len(inner) == 1:
            continue
        words = (f"{found[1]}{{{word}}}" if word else "" for word in inner[::2])
        said = "".join(chain.from_iterable(zip(words, [*inner[1::2], ""], strict=True)))
        pieces += (tex[at : found.start()], f"{{{said}}}")
        at = end
    return "".join([*pieces, tex[at:]])
