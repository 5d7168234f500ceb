"""The ten checks a tutor turn passes before it is shown: pure functions over the draft and its context."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from agent.socratic.hints import rung_of
from agent.socratic.tutor.praise import exaggerates, praises
from agent.socratic.tutor.questions import asks, asks_once
from agent.socratic.tutor.uptake import asks_uptake, telling
from agent.socratic.values import GoldClaim, Instruction, Move, Target, Turn, Verdict
from agent.text.founded import holds, whole, without_separators
from agent.text.quantities import states
from agent.text.quotes import MARKS, bare, quotations
from agent.text.tokens import cjk_share, fold, numbers, overlap, shingles, similarity, talk_units
from agent.words import Language

Rule = Literal["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10"]

_ASSERTS: Final = (
    r"(?:=|＝|≈|\bis\b|\bare\b|\bequals?\b|\bgives?\b|得到?|为|是|等于|就是|约)\s*(?:about|roughly|约)?\s*"
)
FIXED: Final[frozenset[Move]] = frozenset(
    {"recall", "remember", "open", "return", "tell", "tangent", "passage", "gold", "close"}
)
"""Moves whose words are fixed; the checks on form are for what a model phrases."""
ANSWERING: Final[frozenset[Move]] = frozenset({"fact", "assert"})
"""Moves that give something before they ask."""
MAX_CHARACTERS: Final = 60
MAX_WORDS: Final = 30
LEAST_CHINESE: Final = 0.2
"""Of a Chinese turn's talk units, names in Latin letters being the rest."""
ASSERTING: Final = 4
"""From this hint on a turn may say what the gold says."""
_ELEMENT: Final = 3
_FEWEST_TOLD: Final = 2
"""A word in common may be chance."""
_EDGES: Final = " \t\n.,;:!?…。，；：！？、*_"
"""Signs at the ends of a quotation that need not be its author's."""
_FORMULA: Final = re.compile(r"[=＝≈]|\$[^$\n]+\$")
_STATEMENT: Final = re.compile(
    r"(?<![但只于总凡要可还就])(?:是(?![否不什怎哪谁])|等于|意味着|取决于|导致|使得)\s*\S"
    r"|(?:\b(?:is|are|was|were|means?|equals?|depends? on|causes?|makes?)|\b(?:it|that|this|there)['’]s)\s+\S",
    re.IGNORECASE,
)
_LEADS: Final = re.compile(
    r"是不是(?:因为|由于)|是否(?:因为|由于)|难道(?:不是|不)|[^为]因为.*吗|[，,]你?同意吗[？?]"
    r"|(?:^|[,;:])\s*(?:so )?(?:is (?:it|that)|isn['’]t (?:it|that)|could it be)\b.*\b(?:because|that)\b"
    r"|, (?:agreed|do(?: you|n['’]t you) agree)\?",
    re.IGNORECASE,
)
"""A question that holds its answer states it."""
_SENTENCES: Final = re.compile(r".+?(?:[。！!？?;；\n]+|\.(?=\s)|$)", re.DOTALL)
_CLAUSES: Final = re.compile(r"[^，,。！!？?;；:：—–\n]+")
_TAKEN_UP: Final = 0.6
"""A clause of which this share was said is taken up, not told."""
_LEAD_UNITS: Final = 3.0
"""So few talk units (“you say …”) state nothing."""
_UNSPOKEN: Final = re.compile(rf"[\s*_`{MARKS}]")
_TAG: Final = re.compile(
    r"</?(?:question|dialogue|answer|gap|material|earlier|draft|instruction|praise|task)\s*/?>", re.IGNORECASE
)
_RUN: Final[dict[Language, int]] = {"zh": 24, "en": 60}
"""So many signs, white space aside, are no chance: the longest wording that a move lends its question is shorter."""
_ASCII: Final = re.compile(r"[ -~]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckContext:
    """What a draft is held against: the instruction, its target, the dialogue, the verdict on the last answer.

    `own` is what the learner wrote beside the dialogue (notes, calculations), `older` what they said in other sessions,
    `prompt` what the model was told, no part of which is for the learner.
    """

    instruction: Instruction
    target: Target
    turns: tuple[Turn, ...]
    verdict: Verdict | None = None
    own: tuple[str, ...] = ()
    older: tuple[str, ...] = ()
    prompt: str = ""

    @property
    def element(self) -> str:
        """What a turn may give: the one element of the third rung, a hint that the question's list prints; else ""."""
        material = self.instruction.material
        return material if self.instruction.hint == _ELEMENT or material in self.target.hints else ""

    @property
    def held(self) -> str:
        """All that stands before the learner: the dialogue, the question, what the turn may reveal."""
        return "\n".join([self.said(), self.target.question, self.target.title, self.instruction.material, *self.older])

    def said(self, role: str | None = None) -> str:
        """Return the turns of one side (None: of both) as one text; what the learner wrote beside counts as said."""
        own = self.own if role != "tutor" else ()
        return "\n".join([*(turn.text for turn in self.turns if role in (None, turn.role)), *own])


def broken(draft: str, context: CheckContext) -> tuple[Rule, ...]:
    """Return the rules that a draft breaks, in their order."""
    return tuple(rule for rule, keeps in CHECKS.items() if not keeps(draft, context))


def one_question(draft: str, context: CheckContext) -> bool:
    """C1: exactly one question in words, not two in one sentence, and it ends the turn."""
    return context.instruction.move in FIXED or asks_once(draft)


def no_value(draft: str, context: CheckContext) -> bool:
    """C2: no gold value that is new to the dialogue, none asserted in a turn that does not end in a question.

    Where there is no gold, any number and any formula may be one: none that nobody has said.
    """
    if context.target.groundless:
        amounts = [*numbers(draft), *_FORMULA.findall(draft)]
        return all(one in numbers(context.held) or holds(context.held, one) for one in amounts)
    if context.instruction.hint >= ASSERTING:
        return True
    known = f"{context.said()}\n{context.target.question}\n{context.element}"
    ends_asking = asks(draft)
    values = (value for claim in context.target.gold for value in claim.values)
    return not any(
        gives(draft, value) and (not gives(known, value) or (not ends_asking and _asserted(value, draft)))
        for value in values
    )


def no_claim(draft: str, context: CheckContext) -> bool:
    """C3: the draft does not complete a gold claim's required terms with one that the learner has not said.

    What the tutor said before counts with the draft, so that no claim is given away piece by piece; nor does a question
    that holds its answer hold one that nobody has said. Where there is no gold, nothing that nobody has said is stated.
    """
    if context.target.groundless:
        answers = context.instruction.move in ANSWERING
        stated = () if answers and context.instruction.material else _statements(draft, answers=answers)
        return all(_squeezed(one) in _squeezed(context.held) for one in stated)
    if context.instruction.hint >= ASSERTING:
        return True
    if any(overlap(one, context.held) < _TAKEN_UP for one in _led(draft)):
        return False
    told = "\n".join(turn.text for turn in context.turns if (turn.hint or 0) >= ASSERTING)
    given = f"{context.said('learner')}\n{told}\n{context.target.question}\n{context.element}"
    before = context.said("tutor")
    return not any(reveals(draft, given, claim, before=before) for claim in context.target.gold)


def true_quotations(draft: str, context: CheckContext) -> bool:
    """C4: every quotation stands in a turn, in the question or in the source (NFKC, case and white space folded)."""
    sources = [context.said(), context.target.question, context.target.title, context.instruction.material]
    sources += [*context.older, *(claim.source.text for claim in context.target.gold), *context.target.hints]
    everything = "\n".join(_squeezed(source) for source in sources)
    return all(_squeezed(quotation.strip(_EDGES)) in everything for quotation in quotations(draft))


def short(draft: str, context: CheckContext) -> bool:
    """C5: at most 60 characters or 30 words, code and quotations aside; a turn that gives an answer may be longer."""
    if context.instruction.move in FIXED or context.instruction.move in ANSWERING:
        return True
    text = bare(draft)
    if context.instruction.language == "zh":
        return len("".join(text.split())) <= MAX_CHARACTERS
    return talk_units(text) <= MAX_WORDS


def takes_up(draft: str, context: CheckContext) -> bool:
    """C6: in PROBE and REPAIR, words of the learner's last turn come back when it is one to be taken up.

    They are words that the tutor had not used just before, or a quotation.
    """
    last = next((turn for turn in reversed(context.turns) if turn.role == "learner"), None)
    if context.instruction.state not in ("probe", "repair") or last is None or context.instruction.move in FIXED:
        return True
    if not asks_uptake(last.text, context.instruction.language):
        return True
    theirs = telling(last.text)
    said = _squeezed(last.text)
    if any(telling(one) and _squeezed(one.strip(_EDGES)) in said for one in quotations(draft)):
        return True
    before = [turn.text for turn in context.turns if turn.role == "tutor" and turn.seq < last.seq]
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
    """C8: Jaccard similarity of at most .5 with each of the last two tutor turns, and no earlier one said again."""
    tutor = [turn.text for turn in context.turns if turn.role == "tutor"]
    return all(similarity(draft, text) <= 0.5 for text in tutor[-2:]) and _squeezed(draft) not in map(_squeezed, tutor)


def honest_praise(draft: str, context: CheckContext) -> bool:
    """C9: praise only when the verdict is correct; superlatives never."""
    return not exaggerates(draft) and (context.verdict == "correct" or not praises(draft))


def same_language(draft: str, context: CheckContext) -> bool:
    """C10: the learner's language and none of the prompt's; names in Latin letters make no Chinese sentence English."""
    if _shows_prompt(draft, context):
        return False
    text = bare(draft)
    if context.instruction.language == "en":
        return cjk_share(text) <= 0.1
    return talk_units(_ASCII.sub(" ", text)) >= LEAST_CHINESE * talk_units(text)


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


def reveals(text: str, given: str, claim: GoldClaim, *, before: str = "") -> bool:
    """Whether `text` names the last required terms of a claim that `given` lacks, what stood `before` aside."""
    missing = [aliases for aliases in claim.terms if not _holds_any(given, aliases)]
    new = [aliases for aliases in missing if not _holds_any(before, aliases)]
    return bool(new) and all(_holds_any(text, aliases) for aliases in new)


def gives(text: str, value: str) -> bool:
    """Whether `text` states a value: as it is written, in another unit, or in words."""
    return holds(text, value) or states(text, value)


def tells(text: str, context: CheckContext) -> bool:
    """Whether a turn states something of its material that was not said before: a number, or words of it."""
    material = context.instruction.material
    known = f"{context.said()}\n{context.target.question}"
    fresh = telling(material) - telling(known)
    amounts = set(numbers(material)) - set(numbers(known))
    return bool(amounts & set(numbers(text))) or len(fresh & telling(text)) >= _FEWEST_TOLD


def _shows_prompt(draft: str, context: CheckContext) -> bool:
    """Whether a draft holds a tag of the prompt or a long run of its words that do not stand before the learner."""
    if any(tag.lower() not in context.held.lower() for tag in _TAG.findall(draft)):
        return True
    text, prompt, held = (_squeezed(one) for one in (draft, context.prompt, context.held))
    run = _RUN[context.instruction.language]
    runs = (text[start : start + run] for start in range(len(text) - run + 1))
    return any(one in prompt and one not in held for one in runs)


def _statements(draft: str, *, answers: bool) -> Iterator[str]:
    """Yield the clauses that state something: that say what a thing is or does, or stand in a sentence that asks not.

    A turn that answers may say in other words that it has no answer.
    """
    for sentence in _SENTENCES.findall(bare(draft)):
        clauses: list[str] = _CLAUSES.findall(sentence)
        asking, leads = sentence.rstrip()[-1:] in ("?", "？"), bool(_LEADS.search(sentence))
        for clause in clauses[:-1] if asking and not leads else clauses:
            long = not answers and talk_units(clause) > _LEAD_UNITS and (leads or not asking)
            if long or _STATEMENT.search(clause):
                yield clause.strip()


def _led(draft: str) -> Iterator[str]:
    """Yield the clauses of questions that hold their answer."""
    for sentence in _SENTENCES.findall(bare(draft)):
        if _LEADS.search(sentence):
            yield from (clause for clause in _CLAUSES.findall(sentence) if talk_units(clause) > _LEAD_UNITS)


def _squeezed(text: str) -> str:
    """Return a text as quotations are compared: without white space, emphasis and the marks of inner quotations."""
    return _UNSPOKEN.sub("", fold(text))


def _holds_any(text: str, aliases: Iterable[str]) -> bool:
    return any(holds(text, alias) or _turned(text, alias) for alias in aliases)


def _turned(text: str, alias: str) -> bool:
    """Whether a text names a term of two English words the other way round: the bandwidth of its memory."""
    words = re.fullmatch(r"([a-z]+) ([a-z]+)", fold(alias))
    return words is not None and bool(re.search(rf"\b{words[2]}\s+of\s+(?:[a-z']+\s+)?{words[1]}\b", fold(text)))


def _asserted(value: str, draft: str) -> bool:
    return re.search(_ASSERTS + whole(value), without_separators(draft)) is not None
