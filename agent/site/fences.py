r"""Brackets of `\left … \right` around what is one line high are of normal size: Chromium leaves others much room."""

import re
from typing import Final

_FLAT: Final = (
    "alpha|beta|gamma|delta|epsilon|varepsilon|zeta|eta|theta|vartheta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau"
    "|upsilon|phi|varphi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Phi|Psi|Omega|ell|hbar|infty|partial|nabla"
    "|top|dagger|ast|star|circ|prime|cdots?|[lc]?dots|times|pm|mp|odot|otimes|oplus|in|notin|sim|approx|equiv|neq?|leq?"
    "|geq?|ll|gg|mid|to|gets|cap|cup|q?quad|log|ln|exp|sin|cos|tanh?|det|dim|Re|Im|boldsymbol|bm|math(?:bf|rm|cal|bb|it|sf)"
    "|text|operatorname|hat|bar|tilde|vec|dot"
)
"""Commands that make nothing taller than a line with its powers and indices."""
_PLAIN: Final = rf"[^\\{{}}&#]|\\(?:(?:{_FLAT})(?![A-Za-z])|[,;:! ])"
_GROUP: Final = rf"\{{(?:{_PLAIN}|\{{(?:{_PLAIN})*\}})*\}}"
_FENCED: Final = re.compile(
    rf"\\left\s*(?P<open>\(|\[|\\\{{|\||\\[vV]ert(?![A-Za-z])|\\\||\\langle(?![A-Za-z]))"
    rf"(?P<inside>(?:{_PLAIN}|{_GROUP})*)"
    rf"\\right\s*(?P<close>\)|\]|\\\}}|\||\\[vV]ert(?![A-Za-z])|\\\||\\rangle(?![A-Za-z]))"
)
_TOWER: Final = re.compile(r"[_^]\s*\{[^{}]*[_^]")
_BARS: Final = {"|": "vert", r"\vert": "vert", r"\|": "Vert", r"\Vert": "Vert"}


def with_plain_fences(source: str) -> str:
    r"""Return LaTeX with `{(x)}` for `\left(x\right)`; around fractions, sums and powers of powers brackets stay."""
    while "\\left" in source and (made := _FENCED.sub(_plain, source)) != source:
        source = made
    return source


def _plain(fence: re.Match[str]) -> str:
    opening, inside, closing = fence.group("open", "inside", "close")
    if _TOWER.search(inside):
        return fence[0]
    left = f"\\l{_BARS[opening]} " if opening in _BARS else opening
    right = f"\\r{_BARS[closing]} " if closing in _BARS else closing
    return f"{{{left}{inside}{right}}}"
