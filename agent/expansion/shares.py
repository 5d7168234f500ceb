"""Which part mends what the gate found wanting of an expansion as a whole."""

from collections.abc import Mapping, Sequence

from agent.bookkeeping.effort import DERIVATION
from agent.standard.parts import Part
from agent.standard.standard import Standard


def bearers(text: str, parts: Sequence[Part], standard: Standard) -> Mapping[str, int]:
    """Return for each rule on the whole expansion the part that is to mend it; none while parts are still missing.

    Code checks the derivation; everything else is wanting where the part falls furthest short of its planned lines.
    """
    if {part.number for part in parts} != set(standard.by_number):
        return {}
    lines = {part.number: text.count("\n", part.start, part.end) for part in parts}
    shortest = min(lines, key=lambda number: lines[number] / standard.by_number[number].planned_lines)
    return {
        minimum.rule: DERIVATION if minimum.measure == "code_blocks" and DERIVATION in lines else shortest
        for minimum in standard.minima
    }
