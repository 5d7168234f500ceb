"""The words of a tutor turn: fixed, phrased by a model and checked, or a template question."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from agent.model.messages import Model
from agent.socratic.asking import NOTHING, ask
from agent.socratic.step import standing
from agent.socratic.tutor.telling import telling
from agent.socratic.tutor.uptake import held, shortened
from agent.socratic.values import Diagnosis, Instruction, Move, Passage, SessionState, Utterance
from agent.words import SENTENCES, say

if TYPE_CHECKING:
    from agent.socratic.tutor.checks import CheckContext

_MAX_TOKENS: Final = 16_000
_DRAFTS: Final = 2
"""One draft and one regeneration that names the broken rules."""
_CLUED: Final[frozenset[Move]] = frozenset({"missing_link", "counter_case", "locate", "hint"})
_NAMES: Final = re.compile(r"\{(\w+)\}")
TEMPLATE: Final = "template"


def fixed(state: SessionState, instruction: Instruction, passages: Sequence[Passage]) -> Utterance | None:
    """Return the turn whose words need no model: an opening, a closing, what is told, a way back; else None."""
    language = instruction.language
    if instruction.move == "tell":
        return _told(state, instruction, passages)
    if instruction.move == "tangent":
        return Utterance(text=say(language, "socratic.tangent", question=standing(state)))
    if instruction.move == "gold":
        return _gold(state, instruction)
    return Utterance(text=instruction.text) if instruction.text else None


def phrase(model: Model, model_id: str, state: SessionState, instruction: Instruction) -> Utterance:
    """Return the turn as the model phrases it, else the template question; raise ModelError when it does not answer.

    The model sees the dialogue and what the instruction allows, never the gold. A draft is held whole and checked; one
    more is asked for, naming the rules it broke.
    """
    from agent.socratic.tutor.checks import broken  # noqa: PLC0415 - a session that begins needs no checks yet

    context = context_of(state, instruction)
    failed: list[str] = []
    rules: tuple[str, ...] = ()
    draft, asked = "", NOTHING
    for _ in range(_DRAFTS):
        variables = _variables(state, instruction, context, rules, draft)
        reply, asked = ask(
            model, "phrase", instruction.language, variables, model_id=model_id, max_tokens=_MAX_TOKENS, so_far=asked
        )
        draft = reply.text.strip()
        rules = broken(draft, replace(context, prompt=asked.instructed))
        if not rules:
            return Utterance(
                text=draft,
                model=reply.model,
                prompt_hash=asked.prompt_hash,
                checks=tuple(failed),
                usage=asked.usage,
            )
        failed += rules
    checks = tuple(dict.fromkeys(failed))
    return Utterance(text=template(state, instruction), model=TEMPLATE, checks=checks, usage=asked.usage)


def template(state: SessionState, instruction: Instruction) -> str:
    """Return the first template question that breaks no rule: of the move, else of any; else the one that breaks least.

    It holds a few of the learner's own words where there are any.
    """
    from agent.socratic.tutor.checks import broken  # noqa: PLC0415 - as above

    context, candidates = context_of(state, instruction), tuple(_templates(state, instruction))
    sound = (text for text in candidates if not broken(text, context))
    return next(sound, "") or min(candidates, key=lambda text: len(broken(text, context)))


def _templates(state: SessionState, instruction: Instruction) -> Iterator[str]:
    """Yield the template questions of a move, then those of any, filled in; none whose words are not there."""
    language, last = instruction.language, state.last_of(instruction.target, "learner")
    quote = held(last.text if last else "", _diagnosis(state, instruction.target), language)
    earlier = held(_earlier(state, instruction), None, language, near=last.text if last else "")
    for words in (quote, shortened(quote, language)):
        facts = {"earlier": earlier, "material": instruction.material.rstrip("。.；; "), "quote": words}
        for key in _keys(state, instruction):
            if all(facts[name] for name in _NAMES.findall(SENTENCES[key][language])):
                yield say(language, key, **facts)


def context_of(state: SessionState, instruction: Instruction) -> "CheckContext":
    """Return what a draft of the next turn is held against."""
    from agent.socratic.tutor.checks import CheckContext  # noqa: PLC0415 - as above

    diagnosis = _diagnosis(state, instruction.target)
    return CheckContext(
        instruction=instruction,
        target=state.target,
        turns=tuple(turn for turn in state.turns if turn.target == instruction.target),
        verdict=diagnosis.verdict if diagnosis else None,
        own=tuple(event.text for event in state.events if event.name in ("note", "calc")),
        older=tuple(account.text for account in state.earlier),
    )


def told(words: str, cites: tuple[str, ...], state: SessionState, instruction: Instruction) -> tuple[str, ...]:
    """Return where what a turn tells stands: nowhere for one that answers without the source, such as what it means."""
    from agent.socratic.tutor.checks import tells  # noqa: PLC0415 - as above

    return cites if cites and tells(words, context_of(state, instruction)) else ()


def _keys(state: SessionState, instruction: Instruction) -> Iterator[str]:
    """Yield the names of the template questions: one with a clue for a hint, those of the move in turn, then any.

    What CONFIRM asks is evidence of mastery: no other question may stand for it.
    """
    own = [key for key in SENTENCES if key.startswith(f"tutor.template.{instruction.move}.")]
    if instruction.move in _CLUED and instruction.hint:
        yield from ("tutor.template.clue", "tutor.template.clue-question")
    yield from own if state.tutor_turns % 2 else reversed(own)
    if instruction.state != "confirm":
        yield from (key for key in SENTENCES if key.startswith("tutor.template.any."))


def _told(state: SessionState, instruction: Instruction, passages: Sequence[Passage]) -> Utterance:
    text, cites = telling(state.target, instruction, passages)
    if not text:
        return Utterance(text=say(instruction.language, "tutor.template.product.1"), model=TEMPLATE)
    return Utterance(text=text, cites=cites)


def _gold(state: SessionState, instruction: Instruction) -> Utterance:
    """Return the sealed claims, each with its source: what the judgement that is contested rests on."""
    gold = state.target.gold
    lines = [say(instruction.language, "socratic.gold-line", claim=one.claim, cite=one.source.cite) for one in gold]
    key = "socratic.gold" if gold else "socratic.gold-none"
    cites = tuple(dict.fromkeys(one.source.cite for one in gold))
    return Utterance(text=say(instruction.language, key, claims="\n".join(lines)), cites=cites)


def _variables(
    state: SessionState, instruction: Instruction, context: "CheckContext", rules: tuple[str, ...], draft: str
) -> dict[str, object]:
    diagnosis, last = _diagnosis(state, instruction.target), state.last_of(instruction.target, "learner")
    return {
        "question": state.target.question,
        "dialogue": context.turns,
        "move": instruction.move,
        "question_type": instruction.question_type,
        "level": instruction.level,
        "hint": instruction.hint,
        "gap": diagnosis.gap if diagnosis else "",
        "material": instruction.material,
        "earlier": _earlier(state, instruction),
        "answer": last.text if last else "",
        "may_praise": bool(diagnosis and diagnosis.verdict == "correct"),
        "draft": draft,
        "broken": tuple(say(instruction.language, f"tutor.rule.{rule}") for rule in rules),
    }


def _earlier(state: SessionState, instruction: Instruction) -> str:
    """Return the learner's own sentence that is to be held against the last answer, of this session or an older one."""
    if instruction.older:
        return state.earlier[instruction.older - 1].text
    return next((turn.text for turn in state.turns if turn.seq in instruction.quotes[:1]), "")


def _diagnosis(state: SessionState, target: str) -> Diagnosis | None:
    """Return the judgement of the last learner turn on a target."""
    last = state.last_of(target, "learner")
    return next((one for one in reversed(state.diagnoses) if last and one.turn == last.seq), None)
