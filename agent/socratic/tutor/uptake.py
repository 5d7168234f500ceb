"""What of a learner's words can be taken up: those whose return proves it, and a few to quote."""

import re
from typing import Final

from agent.socratic.tutor.bare import says_nothing
from agent.socratic.values import Diagnosis
from agent.text.tokens import shingles, talk_units
from agent.words import Language

_EMPTY: Final = shingles(
    "the a an of to in is it its and or that this these those for on as be are was were been so if not no with from "
    "because i you your my we our they them their at by do does did has have had will would can could may might must "
    "should what which how why when where who all any some one more most just only also very then than there about out "
    "一个 因为 所以 可以 没有 什么 为什么 时候 如果 需要 然后 但是 觉得 应该 可能 里面 这个 那个 就是 还是 "
    "不是 不会 关系"
)
_FUNCTION: Final = frozenset("的了在是和就也都要会我你他她它这那着过吗呢吧么")
"""Words and characters that prove no uptake when they come back."""
UPTAKE_UNITS: Final = 10
"""A learner turn of fewer talk units need not be taken up."""
QUOTE_CHARACTERS: Final[dict[Language, int]] = {"zh": 18, "en": 48}
SHORT_QUOTE: Final[dict[Language, int]] = {"zh": 8, "en": 24}
FEWEST_UNITS: Final = 1.0
"""Words of so few talk units are not worth quoting."""
_CLAUSE: Final = re.compile(r"(?:[^「」『』“”‘’\"`。！？!?，,；;：:\n~]|(?<!~)~(?!~))+")
_LEADING: Final = re.compile(
    r"(?i)^(?:(?:and|so|because|but|since|then|that|which)\s+|所以|因为|但是|因此|而且|于是|那么|然后)\s*"
)
_JOINER: Final = re.compile(
    r"(?i)\s+(?=(?:so|because|but|since|which|that|when|while|if|until)\s)|(?=所以|因为|但是|因此|而且|于是|如果|的时候|从而)"
)
_PAUSE: Final = re.compile(rf"\s|(?=[{''.join(sorted(_FUNCTION))}])")
"""Where a clause is best cut: between words, or before a character that joins them."""
_BETWEEN: Final = re.compile(r"\s|(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff!-~])|(?<=[!-~])(?=[\u4e00-\u9fff])")
"""Where else it can be: between Chinese characters, never within a Latin word, a number or a formula."""
_CUT: Final = "…"
_BRACKETS: Final = ("()", "[]", "{}", "（）")
_REQUEST: Final = re.compile(
    r"(?i)^\s*(?:please|ignore|output|give|mark|tell|answer|say)\b|\bfull marks\b|\bverdict\b|\byour instructions\b"
    r"|满分|判对|判我|告诉我|给我|忽略|指令|别问"
)
"""What is asked of the tutor or of the judge is no account of anything."""
_LETTERS: Final = re.compile(r"[^\W\d_]")


def asks_uptake(text: str, language: Language) -> bool:
    """Whether a learner turn is to be taken up: it has ten or more talk units and something worth quoting."""
    return talk_units(text) >= UPTAKE_UNITS and held(text, None, language) != ""


def telling(text: str) -> frozenset[str]:
    """Return the words of a text whose return proves that it was taken up."""
    return frozenset(one for one in shingles(text) - _EMPTY if not _FUNCTION & set(one))


def held(text: str, diagnosis: Diagnosis | None, language: Language, *, near: str = "") -> str:
    """Return a few words of a text, verbatim: of the span the judgement rests on, else its longest short clause, or "".

    A clause is cut where a conjunction begins another one; where all are longer, it is the beginning of one, with a
    sign that it was cut. Of several, one that speaks of the same as `near` comes first.
    """
    evidence = diagnosis.evidence if diagnosis and _is_whole(diagnosis.evidence, text) else ""
    limit = QUOTE_CHARACTERS[language]
    spans = _fitting(evidence, limit) or _fitting(text, limit)
    return max(spans, key=lambda span: (len(shingles(span) & shingles(near)), len(span)), default="")


def shortened(quote: str, language: Language) -> str:
    """Return a shorter quotation of the same words, "" when it would be worth nothing."""
    return next(iter(_fitting(quote, SHORT_QUOTE[language])), "")


def _fitting(text: str, limit: int) -> list[str]:
    """Return what is worth quoting of the clauses of a text, each at most `limit` characters and the sign of a cut."""
    clauses: list[str] = _CLAUSE.findall(text)
    spans = [_stripped(clause) for clause in clauses]
    parts = [_part(span, limit) for span in spans]
    whole = [part for part in parts if _is_quotable(part)]
    beginnings = (_beginning(span, limit) for span in spans if _is_quotable(span))
    return whole or [one for one in beginnings if _is_quotable(one)]


def _is_whole(span: str, text: str) -> bool:
    """Whether a span of a text begins and ends with whole words."""
    return re.search(rf"(?<![A-Za-z0-9]){re.escape(span)}(?![A-Za-z0-9])", text) is not None


def _is_quotable(text: str) -> bool:
    """Whether words are worth quoting: more than a syllable, a number, a nod, a request or function words alone."""
    empty = says_nothing(text) or _REQUEST.search(text) or not _LETTERS.search(text)
    return not empty and talk_units(text) >= FEWEST_UNITS and bool(telling(text))


def _stripped(span: str) -> str:
    """Return a clause without the conjunction that it begins with."""
    return _LEADING.sub("", span.strip().rstrip(".").strip())


def _part(span: str, limit: int) -> str:
    """Return a span that is short enough, of a longer one its longest part between conjunctions, "" when none is."""
    if len(span) <= limit:
        return span
    parts = (_stripped(part) for part in _JOINER.split(span))
    return max((part for part in parts if len(part) <= limit), key=len, default="")


def _beginning(span: str, limit: int) -> str:
    """Return the beginning of a span that is too long, to the last pause past its first third or to a whole word."""
    head = span[: limit + 1]
    ends = [found.start() for found in _BETWEEN.finditer(head)]
    pauses = [found.start() for found in _PAUSE.finditer(head) if limit / 3 <= found.start() <= limit]
    for places in (pauses, ends):
        if whole := [end for end in places if _is_closed(head[:end])]:
            return head[: max(whole)].rstrip() + _CUT
    return _CUT


def _is_closed(text: str) -> bool:
    """Whether no formula and no bracket is left open: a quotation of half of one cannot be read."""
    is_balanced = all(text.count(opening) <= text.count(closing) for opening, closing in _BRACKETS)
    return is_balanced and text.count("$") % 2 == 0
