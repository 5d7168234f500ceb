"""The words of a tutor turn: fixed, phrased by a model and checked, or a template question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from agent.model.messages import Model
from agent.socratic.asking import ask
from agent.socratic.checks import CheckContext, broken
from agent.socratic.values import Diagnosis, Instruction, Passage, SessionState, Turn
from agent.words import Language, say

_MAX_TOKENS: Final = 16_000
_DRAFTS: Final = 2
"""One draft and one regeneration that names the broken rules."""
_RECENT: Final = 8
_CLAUSE: Final = re.compile(r"[^「」『』“”\"`。！？!?，,；;：:\n]+")
QUOTE_CHARACTERS: Final[dict[Language, int]] = {"zh": 18, "en": 48}
TEMPLATE: Final = "template"


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """A tutor turn as it will be shown; `checks` names the rules that drafts broke before it."""

    text: str
    cites: tuple[str, ...] = ()
    model: str = ""
    prompt_hash: str = ""
    checks: tuple[str, ...] = ()


def fixed(state: SessionState, instruction: Instruction, passages: Sequence[Passage]) -> Utterance | None:
    """Return the turn whose words need no model: an opening, a closing, what is told, a way back; else None."""
    language = instruction.language
    if instruction.move == "tell":
        return _told(state, instruction, passages)
    if instruction.move == "tangent":
        own = (turn for turn in state.turns if turn.role == "tutor" and turn.target == instruction.target)
        asked = [turn.text for turn in own if turn.move != "tangent"]
        return Utterance(text=say(language, "socratic.tangent", question=asked[-1]))
    return Utterance(text=instruction.text) if instruction.text else None


def phrase(model: Model, model_id: str, state: SessionState, instruction: Instruction) -> Utterance:
    """Return the turn as the model phrases it, else the template question; raise ModelError when it does not answer.

    The model sees the dialogue and what the instruction allows, never the gold. A draft is held whole and checked; one
    more is asked for, naming the rules it broke.
    """
    context = context_of(state, instruction)
    failed: list[str] = []
    rules: tuple[str, ...] = ()
    draft = ""
    for _ in range(_DRAFTS):
        answer = ask(
            model,
            "phrase",
            instruction.language,
            _variables(state, instruction, context, rules, draft),
            model_id=model_id,
            max_tokens=_MAX_TOKENS,
        )
        draft = answer.reply.text.strip()
        rules = broken(draft, context)
        if not rules:
            return Utterance(text=draft, model=answer.reply.model, prompt_hash=answer.prompt_hash, checks=tuple(failed))
        failed += rules
    return Utterance(text=template(state, instruction), model=TEMPLATE, checks=tuple(dict.fromkeys(failed)))


def template(state: SessionState, instruction: Instruction) -> str:
    """Return the template question of a move in the learner's language, with a few of the learner's own words."""
    last = _last(state)
    earlier = next((turn for turn in state.turns if turn.seq in instruction.quotes[:1]), None)
    for number in _order(state):
        text = say(
            instruction.language,
            f"socratic.template.{instruction.move}.{number}",
            quote=held(last, _diagnosis(state), instruction.language),
            earlier=held(earlier, None, instruction.language),
            material=instruction.material,
        )
        if "C8" not in broken(text, context_of(state, instruction)):
            break
    return text


def context_of(state: SessionState, instruction: Instruction) -> CheckContext:
    """Return what a draft of the next turn is held against."""
    diagnosis = _diagnosis(state)
    return CheckContext(
        instruction=instruction,
        target=state.target,
        turns=tuple(turn for turn in state.turns if turn.target == instruction.target),
        verdict=diagnosis.verdict if diagnosis else None,
    )


def held(turn: Turn | None, diagnosis: Diagnosis | None, language: Language) -> str:
    """Return a few words of a turn, verbatim: the span the judgement rests on, else its longest short clause."""
    if turn is None:
        return ""
    evidence = diagnosis.evidence if diagnosis else ""
    limit = QUOTE_CHARACTERS[language]
    clauses: list[str] = _CLAUSE.findall(evidence) or _CLAUSE.findall(turn.text)
    spans = [clause.strip() for clause in clauses if clause.strip()]
    fitting = [span for span in spans if len(span) <= limit]
    if fitting:
        return max(fitting, key=len)
    return _cut(spans[0], limit) if spans else ""


def _cut(span: str, limit: int) -> str:
    """Return the beginning of a span, ending with a whole word."""
    cut = span[:limit]
    return (cut.rsplit(" ", 1)[0] if " " in cut and span[limit : limit + 1].isascii() else cut).strip()


def _order(state: SessionState) -> tuple[int, int]:
    return (1, 2) if state.tutor_turns % 2 else (2, 1)


def _told(state: SessionState, instruction: Instruction, passages: Sequence[Passage]) -> Utterance:
    gold = state.target.gold
    cites = tuple(dict.fromkeys(claim.source.cite for claim in gold)) or tuple(one.cite for one in passages)
    claims = instruction.material or "\n".join(passage.text for passage in passages)
    if not claims:
        return Utterance(text=say(instruction.language, "socratic.template.product.1"), model=TEMPLATE)
    key = "socratic.tell" if gold else "socratic.tell-passage"
    text = say(instruction.language, key, claims=claims, cites=", ".join(cites))
    return Utterance(text=text, cites=cites)


def _variables(
    state: SessionState, instruction: Instruction, context: CheckContext, rules: tuple[str, ...], draft: str
) -> dict[str, object]:
    diagnosis, last = _diagnosis(state), _last(state)
    earlier = [turn.text for turn in state.turns if turn.seq in instruction.quotes[:1]]
    return {
        "question": state.target.question,
        "dialogue": context.turns[-_RECENT:],
        "move": instruction.move,
        "question_type": instruction.question_type,
        "level": instruction.level,
        "hint": instruction.hint,
        "gap": diagnosis.gap if diagnosis else "",
        "material": instruction.material,
        "earlier": earlier[0] if earlier else "",
        "answer": last.text if last else "",
        "may_praise": bool(diagnosis and diagnosis.verdict == "correct"),
        "draft": draft,
        "broken": tuple(say(instruction.language, f"socratic.rule.{rule}") for rule in rules),
    }


def _last(state: SessionState) -> Turn | None:
    return next((turn for turn in reversed(state.turns) if turn.role == "learner"), None)


def _diagnosis(state: SessionState) -> Diagnosis | None:
    """Return the judgement of the last learner turn."""
    last = _last(state)
    return next((one for one in reversed(state.diagnoses) if last and one.turn == last.seq), None)
