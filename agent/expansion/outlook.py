"""What an article takes before anything is asked: its steps, and those of them that earlier replies settle."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from agent.bookkeeping.estimates import Estimate, PlannedCall, estimate
from agent.errors import ModelGarbage
from agent.expansion.asking import is_text
from agent.expansion.completing import completing_steps
from agent.expansion.kept import Kept, as_reply, going_on_from
from agent.expansion.plan import parse_plan
from agent.expansion.verdict import Bench
from agent.expansion.writer import CONTINUATIONS, PLAN_STEPS, article_steps, may_be_plan
from agent.model.messages import Reply
from agent.notes.article import Article
from agent.standard.standard import Standard


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What an article takes when no part that is written needs repair, as a `whole` and what is still to be asked for.

    `used_again` is how many replies of earlier runs make up the difference. `room` is what a ceiling should leave when
    the article is begun, in US dollars: the rest or, where nothing of it is left but perhaps a repair, one request.
    """

    whole: Estimate
    rest: Estimate
    used_again: int = 0
    room: Decimal | None = None


def planned_steps(article: Article, bench: Bench, *, completes: bool = False) -> Mapping[str, PlannedCall]:
    """Return the requests, by their steps, that expanding the article takes, in order; none for repairs to come."""
    if completes and article.holds_expansion:
        return completing_steps(article, bench)
    return article_steps(article, bench.settings, bench.standard)


def outlook(steps: Mapping[str, PlannedCall], kept: Kept | None, bench: Bench, *, batched: bool = False) -> Outlook:
    """Return what these steps take, given what is `kept`."""
    model = bench.settings.model.priced
    settled = {step: _settled(step, kept, bench.standard) for step in steps} if kept else {}
    rest = tuple(call for step, call in steps.items() if not settled.get(step))
    if kept and PLAN_STEPS[0] in steps and _declines(kept, bench.standard):
        rest = ()
    begun = rest or tuple(steps.values())[-1:]
    return Outlook(
        whole=estimate(tuple(steps.values()), model, batched=batched),
        rest=estimate(rest, model, batched=batched),
        used_again=sum(settled.values()),
        room=estimate(begun, model, batched=batched).cost,
    )


def _settled(step: str, kept: Kept, standard: Standard) -> int:
    """Return by how many kept replies a step needs no request, 0 where it needs one."""
    return _plan_replies(kept, standard) if step in PLAN_STEPS else _text_replies(step, kept)


def _plan_replies(kept: Kept, standard: Standard) -> int:
    for number, step in enumerate(PLAN_STEPS, 1):
        reply = _again(step, "", kept)
        if reply is None or not may_be_plan(reply, standard, is_own=kept.is_own(step)):
            return 0
        with suppress(ModelGarbage):
            parse_plan(reply, standard)
            return number
    return len(PLAN_STEPS)


def _declines(kept: Kept, standard: Standard) -> bool:
    """Return whether the plan that is used again finds the article not worth expanding: nothing else is asked for."""
    for step in PLAN_STEPS[: _plan_replies(kept, standard)]:
        reply = _again(step, "", kept)
        with suppress(ModelGarbage):
            return bool(reply and parse_plan(reply, standard).not_worth)
    return False


def _text_replies(step: str, kept: Kept) -> int:
    """Return how many kept replies make a text; 0 where it breaks off: as much again may still be to come."""
    texts: list[str] = []
    for number in range(1 + CONTINUATIONS):
        piece = f"{step}+{number}" if number else step
        reply = _again(piece, going_on_from(texts) if number else "", kept)
        if reply is None or not is_text(reply):
            return 0
        texts.append(reply.text)
        if reply.stop_reason != "max_tokens":
            break
    return len(texts)


def _again(step: str, prompt_sha256: str, kept: Kept) -> Reply | None:
    stored = kept.find(step, prompt_sha256)
    return as_reply(stored) if stored and kept.stands(step) else None
