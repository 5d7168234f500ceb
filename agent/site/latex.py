r"""What MathJax sets and math-core does not, in words that both know: for the page alone, the note stays as it is."""

import re
from collections.abc import Iterator
from typing import Final

from agent.text.formulas import Compiler, Formula, find_formulas, unknown_command
from agent.text.mends import mended

_DELIMITERS: Final = {"inline": "$", "display": "$$", "environment": ""}
_COLOR: Final = re.compile(r"\\color\s*\{([a-z]+)\}")
# Names of CSS, and what LaTeX calls them.
_COLORS: Final = {
    **{name.lower(): name for name in ("SkyBlue", "RoyalBlue", "ForestGreen", "Maroon", "Plum", "Orchid", "Salmon")},
    "grey": "gray",
    "navy": "NavyBlue",
    "gold": "Goldenrod",
    "crimson": "red",
    "tomato": "OrangeRed",
}
_OPERATOR: Final = re.compile(r"\\mathop\s*\{\s*\\(?:text|mathrm|operatorname)\s*\{([A-Za-z ]+)\}\s*\}(?:\s*\\limits)?")
# The space between two rows, which math-core would print; html2text doubles the backslashes before the bracket.
_ROW_SPACE: Final = re.compile(r"\\{2,4}\s*\[-?[\d.]+\s*(?:pt|em|ex|mm|cm|px)\]")
_ENVIRONMENT: Final = re.compile(r"(\\(?:begin|end))\{([A-Za-z]+\*?)\}")
_ENVIRONMENTS: Final = {"split": "aligned", "displaymath": "equation*", "flalign": "align", "flalign*": "align*"}
_EQNARRAY: Final = re.compile(r"(?s)\\begin\{(eqnarray\*?)\}(.*)\\end\{\1\}")
_MIDDLE: Final = re.compile(r"&([^&\\]*)&")
_WORDS: Final = (
    (r"\\(?:tiny|scriptsize|footnotesize|small|normalsize|[lL]arge|LARGE|[hH]uge|smash|limits)(?![A-Za-z])", ""),
    (r"\\require\s*\{[^{}]*\}|\\bbox\s*\[[^\]]*\]", ""),
    (r"\\substack\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}", r"\\begin{matrix}\1\\end{matrix}"),
    (r"\\[mh]box(?![A-Za-z])", r"\\text"),
    (r"\\mathbbm(?![A-Za-z])", r"\\mathbb"),
    (r"\\pmb(?![A-Za-z])", r"\\boldsymbol"),
    (r"\\nicefrac(?![A-Za-z])", r"\\frac"),
    (r"\\hfill(?![A-Za-z])", r"\\quad"),
    (r"\\wide(tilde|check)(?![A-Za-z])", r"\\\1"),
    (r"(\\text\{[^{}$]*)\$([^{}$]*)\$([^{}$]*\})", r"\1}\2\\text{\3"),
)
_PATTERNS: Final = tuple((re.compile(pattern), word) for pattern, word in _WORDS)
_WORD: Final = re.compile(r"\\operatorname\{([A-Za-z]+)\}")
_ROUNDS: Final = 5
"""A formula names one unknown command at a time."""


def plain_source(formula: Formula) -> str:
    """Return the formula as it is typed, delimiters and all."""
    if formula.fence:
        marks = formula.fence.lower().removesuffix("math").rstrip()
        return f"{formula.fence}{formula.source}\n{marks}"
    mark = _DELIMITERS[formula.kind]
    return f"{mark}{formula.source}{mark}"


def adapted(formula: Formula) -> Formula:
    r"""Return the formula with colours by LaTeX's names, limits below a `\mathop` of words, no space between rows."""
    source = formula.source
    if "\\color" in source:
        source = _COLOR.sub(lambda color: f"\\color{{{_COLORS.get(color[1], color[1])}}}", source)
    if "\\mathop" in source:
        source = _OPERATOR.sub(r"\\operatorname*{\1}", source)
    if "\\[" in source:
        source = _ROW_SPACE.sub(r"\\\\", source)
    return formula if source is formula.source else formula._replace(source=source)


def mends(formula: Formula, compiler: Compiler) -> Iterator[Formula]:
    """Yield what may be meant by a formula that does not compile, likeliest first."""
    source = _EQNARRAY.sub(_aligned, formula.source)
    source = _ENVIRONMENT.sub(lambda name: f"{name[1]}{{{_ENVIRONMENTS.get(name[2], name[2])}}}", source)
    for pattern, word in _PATTERNS:
        source = pattern.sub(word, source)
    source = _with_operators(formula._replace(source=source), compiler)
    span = plain_source(formula._replace(source=source, fence=""))
    edit = mended(span, formula._replace(source=source, start=0, end=len(span)), compiler)
    yield formula._replace(source=source)
    if edit:
        yield find_formulas(edit.new, edit.new)[0][0]


def set_as_words(formula: Formula, mend: Formula) -> tuple[str, ...]:
    r"""Return the commands of a formula that its mend sets as words: `\lamda` as lamda."""
    words = _WORD.findall(mend.source)
    return tuple(f"\\{word}" for word in words if re.search(rf"\\{word}(?![A-Za-z])", formula.source))


def _with_operators(formula: Formula, compiler: Compiler) -> str:
    r"""Return the source with undeclared commands as operators, `\rank` as rank; not those that take an argument."""
    source = formula.source
    for _ in range(_ROUNDS):
        command = unknown_command(compiler.problem(formula._replace(source=source)))
        operator = re.compile(rf"{re.escape(command)}(?![A-Za-z])(?!\s*[{{\[])") if command else None
        if operator is None or not operator.search(source):
            break
        source = operator.sub(lambda found: f"\\operatorname{{{found[0][1:]}}}", source)
    return source


def _aligned(eqnarray: re.Match[str]) -> str:
    star = "*" if eqnarray[1].endswith("*") else ""
    return f"\\begin{{align{star}}}" + _MIDDLE.sub(r"&\1", eqnarray[2]) + f"\\end{{align{star}}}"
