"""Writes an expansion: the plan, then part 2, then the others, all over one cached prefix."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Final

from agent.bookkeeping.effort import (
    DERIVATION,
    PLAN_TOKENS,
    TOKENS_PER_LINE,
    expected_tokens,
    planned_calls,
    writing_order,
)
from agent.bookkeeping.estimates import PlannedCall
from agent.bookkeeping.misconceptions import Misconception
from agent.errors import ModelGarbage, ModelRefused
from agent.expansion.asking import (
    CUT,
    Exchange,
    is_answer,
    is_text,
    is_too_long,
    must_give_text,
    must_not_refuse,
)
from agent.expansion.kept import going_on_from
from agent.expansion.mend import mark_references, mend_part
from agent.expansion.numbering import recited, taken_numbers, with_numbers
from agent.expansion.plan import SCHEMA, Plan, parse_plan, why_no_plan
from agent.expansion.turns import AT_WORK
from agent.model.messages import Block, Message, Reply, Request
from agent.model.prompts import Prompt, render
from agent.notes.article import Article
from agent.settings import Settings
from agent.standard.standard import Standard
from agent.text.citation import without_notices
from agent.text.tokens import estimate_tokens
from agent.words import say

_ROOM: Final = 4
"""`max_tokens` in multiples of the expected answer: thinking needs room, and a cut reply is paid for twice."""

_LEAST_ROOM: Final = 16_000
CONTINUATIONS: Final = 3
PLAN_STEPS: Final = ("plan", "plan.2")
"""A reply that is no plan is asked for once more."""
UNPLANNED: Final = Plan()
"""Stands for a plan that could not be read: the prompts then leave to each part what the plan would have settled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Errand:
    """The text of part `number` that is to be asked for, as the `step`; it is to cite this `derivation`, "" for none.

    `on_begun` is called, perhaps more than once, when the model has begun to answer.
    """

    step: str
    number: int
    prompt: Prompt
    derivation: str
    on_begun: Callable[[], None] = lambda: None

    def step_of(self, number: int) -> str:
        """Return the step of the first reply (`number` 0) or of a continuation."""
        return f"{self.step}+{number}" if number else self.step


class Writer:
    """Asks for the texts of one article; every text comes back mended, the derivation with its displays numbered."""

    def __init__(
        self,
        article: Article,
        exchange: Exchange,
        *,
        settings: Settings,
        standard: Standard,
        misconceptions: Sequence[Misconception] = (),
    ) -> None:
        self._article, self._exchange = article, exchange
        self._settings, self._standard = settings, standard
        self._misconceptions = misconceptions
        self._taken = taken_numbers(article)

    def plan(self) -> Plan:
        """Return the plan; a reply that is no plan is asked for once more, told why, then the plan is UNPLANNED."""
        prompt = self._prompt("expand.plan")
        turns: tuple[Message, ...] = (Message("user", prompt.user),)
        for step in PLAN_STEPS:
            reply = self._exchange.ask(
                step,
                self._request("expand.plan", prompt, turns, PLAN_TOKENS),
                prompt_sha256=prompt.sha256,
                expected_tokens=expected_tokens(PLAN_TOKENS),
                usable=partial(may_be_plan, standard=self._standard, is_own=self._exchange.kept.is_own(step)),
            )
            must_not_refuse(reply)
            try:
                return parse_plan(reply, self._standard)
            except ModelGarbage as garbage:
                self._exchange.tell_unplanned(garbage, is_last=step != "plan")
                turns = (*turns, *self._why_not(reply, garbage))
        return UNPLANNED

    def _why_not(self, reply: Reply, garbage: ModelGarbage) -> tuple[Message, ...]:
        """Return the turns that ask for the plan again; none where there is no text to speak of."""
        if not reply.text.strip():
            return ()
        language = self._settings.language
        again = render("expand.replan", language, reason=why_no_plan(garbage, language))
        return Message("assistant", (Block(reply.text.rstrip()),)), Message("user", again.user)

    def part(self, number: int, plan: Plan, part2: str, *, on_begun: Callable[[], None] = lambda: None) -> str:
        """Return the part, written anew; `part2` is "" while part 2 itself is written, `on_begun` as in an errand."""
        prompt = self._prompt(f"expand.part{number}", plan=plan, part2=part2)
        errand = _Errand(step=f"part{number}", number=number, prompt=prompt, derivation=part2, on_begun=on_begun)
        return self.marked(self._mended(errand))

    @property
    def finds_cached(self) -> bool:
        """Whether a request that follows another finds their common beginning in a cache."""
        return self._exchange.finds_cached

    def marked(self, text: str, *, stood: str = "") -> str:
        """Return new text with the references marked that the article does not have."""
        with AT_WORK.in_turn():
            return mark_references(text, self._article.citable, self._standard, self._settings.language, stood)

    def repair(
        self, number: int, plan: Plan, part2: str, *, present: str, findings: Sequence[str], attempt: int
    ) -> str:
        """Return the part with what the gate found put right, by one request; `attempt` counts from 1 for each part."""
        prompt = self._prompt(
            "expand.repair",
            plan=plan,
            part2="" if number == DERIVATION else part2,
            number=number,
            present=present,
            findings=findings,
        )
        derivation = present if number == DERIVATION else part2
        step = f"repair{number}.{attempt}"
        return self._mended(_Errand(step=step, number=number, prompt=prompt, derivation=derivation))

    def _prompt(self, name: str, **variables: object) -> Prompt:
        said = {"misconceptions": self._misconceptions, **variables}
        with AT_WORK.at_once():
            return article_prompt(name, self._article, self._settings, self._standard, **said)

    def _mended(self, errand: _Errand) -> str:
        """Return the text mended and numbered, citing the formulas of the errand's derivation by their numbers."""
        text, cited, is_whole = self._whole(errand)
        with AT_WORK.in_turn():
            # Mended first: that takes a wrapper away.
            mended = mend_part(text, errand.number, self._standard, self._settings.language)
            mended = with_numbers(mended, errand.number, self._taken, cited=cited, derivation=errand.derivation)
        if is_whole:
            return mended
        # Behind what mending closed: inside a code block the gate would not see it.
        return f"{mended}\n{say(self._settings.language, 'expansion.broke-off')}\n"

    def _whole(self, errand: _Errand) -> tuple[str, str, bool]:
        """Return the text, the derivation that it cites, and whether it is whole.

        A cut reply is continued in a new turn, CONTINUATIONS times.
        """
        messages: tuple[Message, ...] = (Message("user", errand.prompt.user),)
        text, cited, sha256 = "", errand.derivation, errand.prompt.sha256
        replies: list[str] = []
        for number in range(1 + CONTINUATIONS):
            reply = self._piece(errand, number, messages, sha256)
            if reply is None:
                break
            before, cited = cited, self._exchange.derivation_of(errand.step_of(number))
            text = joined(recited(text, before, cited), reply.text)
            if reply.stop_reason != "max_tokens":
                return text, cited, reply.stop_reason not in CUT
            replies.append(reply.text)
            sha256 = going_on_from(replies)
            last_line = text.rpartition("\n")[2]
            said, last_line = (recited(one, cited, errand.derivation) for one in (reply.text, last_line))
            go_on = render("expand.continue", self._settings.language, last_line=last_line)
            messages = (*messages, Message("assistant", (Block(said.rstrip()),)), Message("user", go_on.user))
        return text, cited, False

    def _piece(self, errand: _Errand, number: int, messages: tuple[Message, ...], sha256: str) -> Reply | None:
        """Return the first reply (`number` 0) or a continuation; None stands for one there is no room for."""
        tokens = self._standard.by_number[errand.number].planned_lines * TOKENS_PER_LINE
        purpose = "expand.continue" if number else errand.prompt.name
        try:
            reply = self._exchange.ask(
                errand.step_of(number),
                self._request(purpose, errand.prompt, messages, tokens),
                prompt_sha256=sha256,
                expected_tokens=expected_tokens(tokens) // (1 + number),
                usable=is_text,
                derivation=errand.derivation,
                on_text=lambda _: errand.on_begun(),
            )
        except ModelRefused as refused:
            if number and is_too_long(refused):
                return None
            raise
        if number and is_answer(reply) and not is_text(reply):
            return None
        must_give_text(reply)
        return reply

    def _request(self, purpose: str, prompt: Prompt, messages: tuple[Message, ...], text_tokens: int) -> Request:
        return Request(
            purpose=purpose,
            model=self._settings.model.main,
            max_tokens=max(_LEAST_ROOM, text_tokens * _ROOM),
            system=prompt.system,
            messages=messages,
            schema=SCHEMA if purpose == "expand.plan" else None,
        )


def article_prompt(name: str, article: Article, settings: Settings, standard: Standard, **variables: object) -> Prompt:
    """Render a prompt of the expansion for an article, with the variables that all of them share."""
    shared = {
        "standard": standard,
        "macros": tuple(name.lstrip("\\") for name in settings.macros),
        "title": " ".join(article.title.split()),
        "published": article.year,
        "original": without_notices(article.shown).strip(),
    }
    return render(name, settings.language, **shared, **variables)


def sample_prompt(
    name: str,
    article: Article,
    settings: Settings,
    standard: Standard,
    misconceptions: Sequence[Misconception] = (),
) -> Prompt:
    """Render a prompt as it would be sent first for this article, without a plan and with what stands of its parts."""
    number = int(name[-1]) if name[-1:].isdigit() else DERIVATION
    everything: Mapping[str, object] = {
        "plan": UNPLANNED,
        "part2": "" if number == DERIVATION else article.part_text(DERIVATION),
        "number": number,
        "present": article.part_text(number),
        "findings": (),
        "last_line": "",
        "reason": "",
        "misconceptions": misconceptions,
    }
    return article_prompt(name, article, settings, standard, **everything)


def may_be_plan(reply: Reply, standard: Standard, *, is_own: bool) -> bool:
    """Return whether a reply that is kept will do: what was no plan is asked for again only of another model."""
    if not is_answer(reply) or is_own:
        return is_answer(reply)
    with suppress(ModelGarbage):
        return bool(parse_plan(reply, standard))
    return False


def joined(text: str, more: str) -> str:
    """Join a text cut off in its last line with its continuation, which begins with that line once more."""
    start = text.rfind("\n") + 1
    more = more.lstrip("\n")
    repeated = more.lstrip().startswith(text[start:].strip())
    return (text[:start] if repeated else text) + more


def article_steps(article: Article, settings: Settings, standard: Standard) -> Mapping[str, PlannedCall]:
    """Return the requests, by their steps, that expanding this article takes when no part needs repair, in order."""
    prompt = sample_prompt("expand.plan", article, settings, standard)
    shared = sum(estimate_tokens(block.text) for block in (*prompt.system, *prompt.user) if block.cached)
    calls = planned_calls(standard, shared_tokens=shared, own_tokens=estimate_tokens(prompt.user[-1].text))
    steps = (PLAN_STEPS[0], *(f"part{number}" for number in writing_order(standard)))
    return dict(zip(steps, calls, strict=True))
