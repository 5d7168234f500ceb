"""Arithmetic that a learner types, computed without running anything else."""

import math
import re
import unicodedata
from typing import Final

MOST_CHARACTERS: Final = 300
_SIGNIFICANT_DIGITS: Final = 12
_WRITTEN: Final = {"×": "*", "÷": "/", "−": "-", "^": "**"}
_THOUSANDS: Final = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))")
_STATEMENTS: Final = re.compile(r"[;=\x00-\x08\n-\x1f]")
_FUNCTIONS: Final = {
    name: getattr(math, name) for name in ("sqrt", "exp", "log", "log2", "log10", "sin", "cos", "tan", "ceil", "floor")
} | {"abs": abs, "min": min, "max": max, "round": round}


def calculate(expression: str) -> str | None:
    """Return the value of an arithmetic expression as it would be written, None where there is none.

    Knows + - * / // % ** (also × ÷ ^), parentheses, pi, e and the functions of a pocket calculator; commas between
    thousands are read as such where no function is called.
    """
    from simpleeval import InvalidExpression, SimpleEval  # noqa: PLC0415 - only where something is computed

    written = unicodedata.normalize("NFKC", expression).strip()
    for sign, operator in _WRITTEN.items():
        written = written.replace(sign, operator)
    if not written or len(written) > MOST_CHARACTERS or _STATEMENTS.search(written):
        return None
    if not re.search(r"[a-z]\w*\s*\(", written):
        written = _THOUSANDS.sub("", written)
    try:
        value = SimpleEval(functions=_FUNCTIONS, names={"pi": math.pi, "e": math.e}).eval(written)
    except (InvalidExpression, SyntaxError, ArithmeticError, ValueError, TypeError, AttributeError, KeyError):
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return str(value) if isinstance(value, int) else f"{value:.{_SIGNIFICANT_DIGITS}g}"
