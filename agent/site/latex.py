"""What may be meant by a formula that the compiler refuses: for the page alone, the gate refuses it and says why."""

import re
from collections.abc import Iterator
from typing import Final

from agent.text.formulas import Compiler, Formula, find_formulas, unknown_command
from agent.text.mends import mended

_DELIMITERS: Final = {"inline": "$", "display": "$$", "environment": ""}
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


def guesses(formula: Formula, compiler: Compiler) -> Iterator[Formula]:
    """Yield what may be meant by a formula that does not compile, likeliest first."""
    guess = formula._replace(source=_with_operators(formula, compiler))
    yield guess
    span = plain_source(guess._replace(fence=""))
    edit = mended(span, guess._replace(start=0, end=len(span)), compiler)
    if edit:
        yield find_formulas(edit.new, edit.new)[0][0]


def set_as_words(formula: Formula, guess: Formula) -> tuple[str, ...]:
    r"""Return the commands of a formula that its guess sets as words: `\lamda` as lamda."""
    words = _WORD.findall(guess.source)
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
