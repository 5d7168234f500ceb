"""What stands beside an equality: whether it says that this is a condition, false, or of another case."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import Final

from agent.expansion.sheet.equalities import ASSUMED, CLAUSE_END, SENTENCE_END, applied_names
from agent.expansion.sheet.valuation import Pair, Valuation
from agent.standard.parts import compiled
from agent.standard.standard import Standard
from agent.text.equations import within
from agent.text.evaluation import with_short_indices
from agent.text.formulas import Formula
from agent.text.outline import Outline
from agent.text.quotes import quoted_around
from agent.text.valued import Side, read_side

_FAR: Final = 400
_BEHIND: Final = 40
"""So many characters of its sentence before an equality, and behind it, tell how it is meant,"""
_PARAGRAPH: Final = 1500
"""and so many of its paragraph, on each side, which case it belongs to."""
_CONDITION: Final = re.compile(
    r"条件|曲线|直线|平面|临界|打平|取等|等号|恰好|当且仅当|反例|(?<!一般)(?<!特例)情[形况]下"
    r"|(?i:\b(?:conditions?|curves?|lines?(?! (?:as|above|below))|counterexample)\b|exactly|only if|equality"
    r"|break[- ]even|critical|threshold|vanish|\bin the (?!general |special )(?:[\w-]+ ){1,2}case\b)"
)
_QUOTED: Final = re.compile(
    r"原文|作者|朴素|漏掉|有误|应当?[是为]|改[为成正写]"
    r"|(?i:\b(?:article|author)(?:'s)? (?:\w+ ){0,2}?(?:writes?|prints?|says?|gives?|has|claims?|states?|puts?|line"
    r"|formula|form|equation)\b|\bprinted\b|instead of|\bnaive(?:ly)?\b|should (?:be|read))"
)
"""What the article says, or said wrongly."""
_FIXED: Final = re.compile(r"不动点|不变|稳态|平稳|平衡|(?i:fixed|steady|stationary|equilibrium)")
"""Here a name on both sides is the same."""
_LINE_ENDS: Final = 3
"""Between a paragraph and the display below."""
_IF: Final = re.compile(r"\s*(?:(?i:(?:if|suppose|assume|let|when)\b)|若|如果|假设|设|当|令|倘|要是)")
_GOES_ON: Final = re.compile(r"\s*(?:[a-z，,（(]|其中|此处|这里|当|若|是|为|在|对|时|的|取)[^。；;\n]*")
"""The rest of a sentence behind a display."""
_STATEMENT_END: Final = re.compile(
    r"[,，;；、]|\\q?quad(?![A-Za-z])|\\(?:implies|iff|(?:Long|Left)?[rR]ightarrow)(?![A-Za-z])"
)
_RELATION: Final = re.compile(r"([<>]|\\(?:le|ge|leq|geq|lt|gt|leqslant|geqslant|neq|ne|to)(?![A-Za-z]))")
_LESS: Final = frozenset({"<", "lt", "le", "leq", "leqslant"})
_GREATER: Final = frozenset({">", "gt", "ge", "geq", "geqslant"})


class Beside:
    """What stands beside equalities, and tells how they are meant."""

    def __init__(self, structure: Outline, standard: Standard, known: Valuation) -> None:
        self._structure, self._known = structure, known
        self._otherwise = compiled(standard.manner["otherwise"])
        self._heads = [heading.start for heading in structure.headings]
        self._unmet: dict[int, bool] = {}
        self.conditions: list[tuple[int, int]] = []
        """Where the formulas begin, in their order, that hold in another case only, and the numbers of their chains."""

    @cached_property
    def _applied(self) -> frozenset[str]:
        return applied_names(self._structure)

    def is_meant(self, pair: Pair) -> bool:
        """Return whether an equality is said to be false, a condition or the article's, or may be one of functions."""
        formula, text = pair.formula, self._structure.masked
        before = self._before(formula)
        clause = CLAUSE_END.split(before)[-1]
        behind = "" if formula.is_display else text[formula.end : formula.end + _BEHIND].partition("\n")[0]
        around = f"{before} {formula.source} {SENTENCE_END.split(behind)[0]}"
        return bool(
            self._otherwise.search(clause if formula.is_display else around)
            or _IF.match(before)
            or _CONDITION.search(around)
            or ((pair.is_first or pair.left.packed in pair.bare) and ASSUMED.search(clause))
            or _QUOTED.search(around)
            or quoted_around(self._structure.text, formula.start, formula.end)
            or any(side.factors and side.factors & self._applied for side in pair.sides)
        )

    def is_update(self, pair: Pair) -> bool:
        """Return whether an equality gives a name a new value that comes of its old one: w = w + v, no fixed point."""
        is_in_both = bool(pair.bare & pair.left.names & pair.right.names)
        return is_in_both and not _FIXED.search(self._before(pair.formula))

    def is_other_case(self, pair: Pair, *, widely: bool) -> bool:
        """Return whether a condition that the special case does not meet stands beside an equality.

        That is in its paragraph, of a display in its sentence if not looked for `widely`, and in the first paragraph of
        its section.
        """
        for start, end in (self._beside(pair.formula, widely=widely), self._opening(pair.formula)):
            nearby = self.conditions[bisect_left(self.conditions, (start, 0)) : bisect_left(self.conditions, (end, 0))]
            if any(number != pair.chain.number for _, number in nearby):
                return True
            if any(map(self._is_unmet, within(self._structure.formulas, start, end))):
                return True
        return False

    def _before(self, formula: Formula) -> str:
        """Return what stands before a formula in its sentence."""
        before = self._structure.masked[max(formula.start - _FAR, 0) : formula.start]
        if not formula.is_display:
            before = before.rpartition("\n")[2]
        return SENTENCE_END.split(before.rstrip())[-1]

    def _beside(self, formula: Formula, *, widely: bool) -> tuple[int, int]:
        text = self._structure.text
        if formula.is_display:
            rest = _GOES_ON.match(text, formula.end, formula.end + _FAR)
            start = formula.start - len(self._before(formula)) - _LINE_ENDS
            above = text.rfind("\n\n", max(formula.start - _PARAGRAPH, 0), start) if widely else start
            return above, rest.end() if rest else formula.end
        first, last = max(formula.start - _PARAGRAPH, 0), formula.end + _PARAGRAPH
        start, end = text.rfind("\n\n", first, formula.start), text.find("\n\n", formula.end, last)
        return (start if start >= 0 else first), (end if end >= 0 else last)

    def _opening(self, formula: Formula) -> tuple[int, int]:
        """Return where the first paragraph of a formula's section stands."""
        at = bisect_right(self._heads, formula.start)
        if not at:
            return 0, 0
        start = self._structure.headings[at - 1].end
        end = self._structure.text.find("\n\n", start + 3, start + _PARAGRAPH)
        return start, end if end >= 0 else start + _PARAGRAPH

    def _is_unmet(self, formula: Formula) -> bool:
        """Return whether a formula holds an inequality that is false in the special case, or a limit of its names."""
        if formula.start not in self._unmet:
            self._unmet[formula.start] = self._has_unmet(formula)
        return self._unmet[formula.start]

    def _has_unmet(self, formula: Formula) -> bool:
        source = formula.tex
        if len(source) > _FAR or not _RELATION.search(source):
            return False
        for statement in _STATEMENT_END.split(with_short_indices(source)):
            pieces = _RELATION.split(statement)
            for one, sign, other in zip(pieces[::2], pieces[1::2], pieces[2::2], strict=False):
                sides = read_side(one.rpartition("=")[2]), read_side(other.partition("=")[0])
                if self._is_false(sides, sign.removeprefix("\\")):
                    return True
        return False

    def _is_false(self, sides: Sequence[Side], sign: str) -> bool:
        if sign == "to":
            return any(self._known.worth_of(side) for side in sides if side.names)
        one, other = (self._known.worth_of(side) if side.is_algebra else None for side in sides)
        if not (one and other and (sides[0].names or sides[1].names)):
            return False
        if one.agrees(other):
            return sign in {"<", "lt", ">", "gt", "neq", "ne"}
        return sign in (_LESS if one.size > other.size else _GREATER)
