"""Commands that formulas use and nobody declares: counted from a check, and offered as macros at adoption."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from agent.standard.findings import Finding
from agent.text.formulas import Compiler, Formula, unknown_command
from agent.text.outline import outline

_FEWEST: Final = 2
"""A command that breaks a single formula is rather a slip of the pen."""
_ROUNDS: Final = 5
"""A formula names one unknown command at a time."""


def undeclared(findings: Iterable[Finding]) -> Counter[str]:
    r"""Count the formulas that an unknown command breaks, by command as in `\msign`; rare ones are left out."""
    found = Counter(unknown_command(finding.wanted) for finding in findings if finding.rule == "formula-broken")
    return Counter({command: count for command, count in found.items() if command and count >= _FEWEST})


def find_macros(texts: Iterable[str]) -> Mapping[str, str]:
    r"""Return the macros that would declare the unknown commands of articles: `\tr` → `\operatorname{tr}`.

    A command that takes an argument is left out: nothing in the text says what it is to do with it.
    """
    documents = [outline(text).formulas for text in texts]
    broken: Sequence[Sequence[Formula]] = documents
    macros: dict[str, str] = {}
    for _ in range(_ROUNDS):
        broken, found = _broken_by_unknown(broken, Compiler(macros))
        if not found:
            break
        macros |= {command: rf"\operatorname{{{command[1:]}}}" for command in sorted(found)}
    sources = [formula.source for formulas in documents for formula in formulas]
    return {command: body for command, body in macros.items() if _is_operator(command, sources)}


def _broken_by_unknown(
    documents: Iterable[Sequence[Formula]], compiler: Compiler
) -> tuple[list[Sequence[Formula]], set[str]]:
    still: list[Sequence[Formula]] = []
    found: set[str] = set()
    for formulas in documents:
        commands = {command for _, problem in compiler.problems(formulas) if (command := unknown_command(problem))}
        if commands:
            still.append(formulas)
            found |= commands
    return still, found


def _is_operator(command: str, sources: Iterable[str]) -> bool:
    """Return whether enough formulas use the command, and none gives it an argument in braces."""
    use = re.compile(rf"{re.escape(command)}(?![a-zA-Z])(\s*\{{)?")
    uses = [[match[1] for match in use.finditer(source)] for source in sources if command in source]
    return sum(map(bool, uses)) >= _FEWEST and not any(any(arguments) for arguments in uses)
