"""The ten checks a tutor turn passes before it is shown: pure functions over the draft and its context."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal

from agent.socratic.hints import rung_of
from agent.socratic.values import GoldClaim, Instruction, Move, Target, Turn, Verdict
from agent.text.tokens import cjk_share, fold, overlap, shingles, similarity, talk_units

Rule = Literal["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10"]

_QUOTES: Final = re.compile(r"「([^「」\n]+)」|『([^『』\n]+)』|“([^“”\n]+)”|\"([^\"\n]+)\"")
_ASIDE: Final = re.compile(r"(?s)```.*?(?:```|$)|~~~.*?(?:~~~|$)|`[^`\n]+`|https?://\S+")
_MARKS: Final = re.compile(r"[?？][?？!！\s]*")
_END: Final = re.compile(r"[?？][?？!！\s)）」』”\"*_]*$")
_SENTENCES: Final = re.compile(r"[^。！!?？;；\n]+")
_COMPOUND_ZH: Final = re.compile(
    r"(?:为什么|什么|为何|怎么|怎样|如何|哪|多少|谁|何时)[^。？?]*?"
    r"(?:(?:以及|并且|而且|还有|同时|另外|[，、]?又|和|[，、]也)[^，。？?]{0,4}?"
    r"(?:为什么|什么|为何|怎么|怎样|如何|哪|多少|谁|何时)"
    r"|[，、](?:为什么|为何|怎么|怎样|如何))"
)
_COMPOUND_EN: Final = re.compile(
    r"(?i)\b(?:what|why|how|which|who|whose|when|where)\b.*?"
    r"\b(?:and|or|also|as well as|plus)\s+(?:\w+\s+){0,1}?(?:what|why|how|which|when|where|who)\b"
)
_ASSERTS: Final = (
    r"(?:=|＝|≈|\bis\b|\bare\b|\bequals?\b|\bgives?\b|得到?|为|是|等于|就是|约)\s*(?:about|roughly|约)?\s*"
)
_PRAISE: Final = re.compile(
    r"(?i)很好|真好|太好了|不错|好极|很棒|真棒|太棒|精彩|出色|厉害|完全正确|回答正确|完全对|你是对的|说得对|说对了|答对|没错(?!误)"
    r"|好问题|\bgreat\b|\bgood (?:job|point|question|answer|thinking|start|work|thought)|\bwell done\b|\bnice\b"
    r"|\bexcellent\b|\bexactly[.!,]|^\s*(?:yes,? )?correct[.!,]|\bthat(?:'s| is) (?:right|correct)\b"
    r"|\byou(?:'re| are) (?:absolutely |quite )?(?:right|correct)\b|\bwell (?:put|said)\b|\bimpressive\b"
)
_SUPERLATIVE: Final = re.compile(
    r"(?i)完美|最棒|最好的回答|天才|无与伦比|太厉害|绝妙|\bperfect(?:ly)?\b|\bbrilliant|\bamazing|\bawesome|\boutstanding"
    r"|\bgenius|\bfantastic|\bincredible|\bthe best (?:answer|explanation)"
)
_EMPTY: Final = shingles(
    "the a an of to in is it and or that this for on as be are so if not with because i you my we at by do does "
    "一个 因为 所以 可以 没有 什么 为什么 时候 如果 需要 然后 但是 觉得 应该 可能 里面"
)
_FUNCTION: Final = frozenset("的了在是和就也都要会我你他她它这那着过吗呢吧么")
"""Words and characters that prove no uptake when they come back."""
_FREE: Final[frozenset[Move]] = frozenset({"open", "tell", "tangent", "passage", "close"})
"""Moves whose words are fixed; the checks on form are for what a model phrases."""
MAX_CHARACTERS: Final = 60
MAX_WORDS: Final = 30
UPTAKE_UNITS: Final = 10
ASSERTING: Final = 4
"""From this hint on a turn may say what the gold says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckContext:
    """What a draft is held against: the instruction, its target, the dialogue, the verdict on the last answer."""

    instruction: Instruction
    target: Target
    turns: tuple[Turn, ...]
    verdict: Verdict | None = None
    passages: tuple[str, ...] = ()

    def said(self, role: str | None = None) -> str:
        """Return the turns of one side (None: of both) as one text."""
        return "\n".join(turn.text for turn in self.turns if role in (None, turn.role))


def broken(draft: str, context: CheckContext) -> tuple[Rule, ...]:
    """Return the rules that a draft breaks, in their order."""
    return tuple(rule for rule, keeps in CHECKS.items() if not keeps(draft, context))


def one_question(draft: str, context: CheckContext) -> bool:
    """C1: exactly one question in words, not two in one sentence, and it ends the turn."""
    if context.instruction.move in _FREE:
        return True
    text = _bare(draft)
    compound = any(_COMPOUND_ZH.search(one) or _COMPOUND_EN.search(one) for one in _SENTENCES.findall(text))
    ends = len(_MARKS.findall(text)) == 1 and bool(_END.search(text))
    return ends and not compound and talk_units(text) > 1


def no_value(draft: str, context: CheckContext) -> bool:
    """C2: no gold value that is new to the dialogue, none asserted in a turn that does not end in a question."""
    if context.instruction.hint >= ASSERTING:
        return True
    known = f"{context.said()}\n{context.target.question}"
    asks = bool(_END.search(_bare(draft)))
    values = (value for claim in context.target.gold for value in claim.values)
    return not any(
        holds(draft, value) and (not holds(known, value) or (not asks and _asserted(value, draft))) for value in values
    )


def no_claim(draft: str, context: CheckContext) -> bool:
    """C3: no complete set of a gold claim's required terms that the learner has not said."""
    if context.instruction.hint >= ASSERTING:
        return True
    told = "\n".join(turn.text for turn in context.turns if (turn.hint or 0) >= ASSERTING)
    given = f"{context.said('learner')}\n{told}\n{context.target.question}"
    return not any(reveals(draft, given, claim) for claim in context.target.gold)


def true_quotations(draft: str, context: CheckContext) -> bool:
    """C4: every quotation stands in a turn, in the question or in the source (NFKC, case and white space folded)."""
    sources = [context.said(), context.target.question, context.target.title, context.instruction.material]
    sources += [*context.passages, *(claim.source.text for claim in context.target.gold), *context.target.hints]
    everything = "\n".join(_squeezed(source) for source in sources)
    return all(_squeezed(quotation) in everything for quotation in quotations(draft))


def short(draft: str, context: CheckContext) -> bool:
    """C5: at most 60 characters or 30 words, code and quotations aside."""
    if context.instruction.move in _FREE or context.instruction.move == "fact":
        return True
    text = _bare(draft)
    if context.instruction.language == "zh":
        return len("".join(text.split())) <= MAX_CHARACTERS
    return talk_units(text) <= MAX_WORDS


def takes_up(draft: str, context: CheckContext) -> bool:
    """C6: in PROBE and REPAIR, words of the learner's last turn come back when it had ten or more talk units."""
    last = next((turn for turn in reversed(context.turns) if turn.role == "learner"), None)
    if context.instruction.state not in ("probe", "repair") or last is None or context.instruction.move == "tell":
        return True
    if talk_units(last.text) < UPTAKE_UNITS:
        return True
    before = [turn.text for turn in context.turns if turn.role == "tutor" and turn.seq < last.seq]
    theirs = {one for one in shingles(last.text) - _EMPTY if not _FUNCTION & set(one)}
    fresh = theirs - shingles(before[-1] if before else "")
    return not theirs or bool((fresh or theirs) & shingles(draft))


def within_ladder(draft: str, context: CheckContext) -> bool:
    """C7: no list hint of a higher rung, and below H4 no gold claim that the learner has not said."""
    hint, said = context.instruction.hint, context.said("learner")
    above = [text for text in context.target.hints if rung_of(text) > hint and text != context.instruction.material]
    if hint < ASSERTING:
        above += [claim.claim for claim in context.target.gold]
    known = f"{said}\n{context.target.question}"
    return not any(overlap(text, draft) >= 0.6 > overlap(text, known) for text in above)


def no_repetition(draft: str, context: CheckContext) -> bool:
    """C8: Jaccard similarity of at most .5 with each of the last two tutor turns."""
    tutor = [turn.text for turn in context.turns if turn.role == "tutor"]
    return all(similarity(draft, text) <= 0.5 for text in tutor[-2:])


def honest_praise(draft: str, context: CheckContext) -> bool:
    """C9: praise only when the verdict is correct; superlatives never."""
    text = _bare(draft)
    return not _SUPERLATIVE.search(text) and (context.verdict == "correct" or not _PRAISE.search(text))


def same_language(draft: str, context: CheckContext) -> bool:
    """C10: the learner's language; a Chinese technical sentence may be mostly Latin letters."""
    share = cjk_share(_bare(draft))
    return share >= 0.15 if context.instruction.language == "zh" else share <= 0.1


CHECKS: Final[dict[Rule, Callable[[str, CheckContext], bool]]] = {
    "C1": one_question,
    "C2": no_value,
    "C3": no_claim,
    "C4": true_quotations,
    "C5": short,
    "C6": takes_up,
    "C7": within_ladder,
    "C8": no_repetition,
    "C9": honest_praise,
    "C10": same_language,
}


def reveals(text: str, given: str, claim: GoldClaim) -> bool:
    """Whether `text` holds all required terms of a claim while `given` does not."""
    return bool(claim.terms) and _has_all(text, claim.terms) and not _has_all(given, claim.terms)


def quotations(draft: str) -> tuple[str, ...]:
    """Return what stands between quotation marks."""
    return tuple(next(filter(None, match.groups())) for match in _QUOTES.finditer(_ASIDE.sub(" ", draft)))


def _bare(draft: str) -> str:
    """Return a draft without code, addresses and quotations."""
    return _QUOTES.sub(" ", _ASIDE.sub(" ", draft)).strip()


def _squeezed(text: str) -> str:
    return fold(text).replace(" ", "")


def holds(text: str, phrase: str) -> bool:
    """Whether `text` holds a term or value, white space and thousands separators aside, never as part of a word."""
    pattern = _pattern(phrase)
    return bool(pattern) and re.search(pattern, _folded(text)) is not None


def _has_all(text: str, terms: Iterable[Iterable[str]]) -> bool:
    return all(any(holds(text, alias) for alias in aliases) for aliases in terms)


def _asserted(value: str, draft: str) -> bool:
    return re.search(_ASSERTS + _pattern(value), _folded(draft)) is not None


def _folded(text: str) -> str:
    return re.sub(r"(?<=\d),(?=\d)", "", fold(text))


def _pattern(phrase: str) -> str:
    pieces = re.findall(r"[a-z]+|\d+(?:\.\d+)?|\S", _folded(phrase))
    if not pieces:
        return ""
    before = r"(?<![a-z0-9.])" if re.match(r"[a-z0-9]", pieces[0]) else ""
    after = r"(?:e?s)?(?![a-z0-9])(?!\.\d)" if re.match(r"[a-z0-9]", pieces[-1]) else ""
    return before + r"\s*".join(map(re.escape, pieces)) + after
