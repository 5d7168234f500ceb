"""Writes an expansion: the plan, then part 2, then the others, all over one cached prefix."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
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
            reply, _ = self._exchange.ask(
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
        """Return the part, written anew; `part2` is "" while part 2 itself is written.

        `on_begun` is called, perhaps more than once, when the model has begun to answer.
        """
        name = f"expand.part{number}"
        prompt = self._prompt(name, plan=plan, part2=part2)
        return self.marked(self._mended(f"part{number}", number, prompt, part2, on_begun))

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
        return self._mended(f"repair{number}.{attempt}", number, prompt, derivation)

    def _prompt(self, name: str, **variables: object) -> Prompt:
        said = {"misconceptions": self._misconceptions, **variables}
        with AT_WORK.at_once():
            return article_prompt(name, self._article, self._settings, self._standard, **said)

    def _mended(
        self, step: str, number: int, prompt: Prompt, derivation: str, on_begun: Callable[[], None] = lambda: None
    ) -> str:
        """Return the text mended and numbered; what an earlier reply cites of another `derivation` it cites of this."""
        text_tokens = self._standard.by_number[number].planned_lines * TOKENS_PER_LINE
        text, cited, is_whole = self._whole(step, prompt, derivation, text_tokens, on_begun)
        with AT_WORK.in_turn():
            mended = mend_part(text, number, self._standard, self._settings.language)  # first: it takes a wrapper away
            mended = with_numbers(mended, number, self._taken, cited=cited, derivation=derivation)
        if is_whole:
            return mended
        # Behind what mending closed: inside a code block the gate would not see it.
        return f"{mended}\n{say(self._settings.language, 'expansion.broke-off')}\n"

    def _whole(
        self, step: str, prompt: Prompt, derivation: str, text_tokens: int, on_begun: Callable[[], None]
    ) -> tuple[str, str, bool]:
        """Return the text, the derivation that it cites, and whether it is whole.

        A cut reply is continued in a new turn, CONTINUATIONS times.
        """
        messages: tuple[Message, ...] = (Message("user", prompt.user),)
        text, cited, sha256 = "", derivation, prompt.sha256
        replies: list[str] = []
        for number in range(1 + CONTINUATIONS):
            request = self._request("expand.continue" if number else prompt.name, prompt, messages, text_tokens)
            piece = self._piece(step, number, request, sha256, derivation, text_tokens, on_begun)
            if piece is None:
                break
            reply, over = piece
            text, cited = joined(recited(text, cited, over), reply.text), over
            if reply.stop_reason != "max_tokens":
                return text, cited, reply.stop_reason not in CUT
            replies.append(reply.text)
            sha256 = going_on_from(replies)
            said, last_line = (recited(one, cited, derivation) for one in (reply.text, text.rpartition("\n")[2]))
            go_on = render("expand.continue", self._settings.language, last_line=last_line)
            messages = (*messages, Message("assistant", (Block(said.rstrip()),)), Message("user", go_on.user))
        return text, cited, False

    def _piece(
        self,
        step: str,
        number: int,
        request: Request,
        sha256: str,
        derivation: str,
        text_tokens: int,
        on_begun: Callable[[], None],
    ) -> tuple[Reply, str] | None:
        """Return the first reply (`number` 0) or a continuation, and the derivation that it cites.

        None stands for a continuation there is no room for.
        """
        try:
            reply, cited = self._exchange.ask(
                f"{step}+{number}" if number else step,
                request,
                prompt_sha256=sha256,
                expected_tokens=expected_tokens(text_tokens) // (1 + number),
                usable=is_text,
                derivation=derivation,
                on_text=lambda _: on_begun(),
            )
        except ModelRefused as refused:
            if number and is_too_long(refused):
                return None
            raise
        if number and is_answer(reply) and not is_text(reply):
            return None
        must_give_text(reply)
        return reply, cited

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
