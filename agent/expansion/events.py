"""What happens while an article is expanded, as values that the command line prints, and how an item ended."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal, get_args

from agent.bookkeeping.estimates import Estimate, dollars
from agent.bookkeeping.proposals import Proposal
from agent.errors import AgentError, LeavesOut
from agent.model.messages import Usage
from agent.standard.findings import Finding
from agent.words import Language, say
from agent.workspace.store import PRIVATE_FOLDER

_SHOWN_FINDINGS: Final = 8
_DRAFTS: Final = f"{PRIVATE_FOLDER}/drafts/"
STEP: Final = re.compile(r"(?P<kind>plan|part|repair)(?P<number>\d*)(?:\.(?P<again>\d+))?(?P<more>\+\d+)?")

BatchKind = Literal["handed-in", "in-doubt", "awaited", "received", "gone", "left", "given-up", "cancelled"]
State = Literal["written", "needs_review", "failed", "skipped", "planned"]
Ending = State | Literal["proposed"]
STATES: Final[tuple[State, ...]] = get_args(State)
ENDINGS: Final[tuple[Ending, ...]] = (STATES[0], "proposed", *STATES[1:])


@dataclass(frozen=True, slots=True, kw_only=True)
class Began:
    """An article's turn has come."""

    path: str

    def sentence(self, language: Language) -> str:
        return say(language, "expansion.began", path=self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimated:
    """Before anything is asked: what the article would cost as a whole.

    `rest` is what is still to be asked for, where it is known which earlier replies are used again.
    """

    path: str
    estimate: Estimate
    rest: Estimate | None = None

    def sentence(self, language: Language) -> str:
        one = self.estimate
        facts = {"calls": one.calls, "input": f"{one.input_tokens:,}", "output": f"{one.output_tokens:,}"}
        price = ""
        if one.cost is not None:
            plain = dollars(one.cost_without_cache)
            price = say(language, "expansion.estimated-price", cost=dollars(one.cost), plain=plain)
        return say(language, "expansion.estimated", path=self.path, **facts, price=price)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A request leaves for the model; `step` is “plan”, “part2”, “repair4.1” and the like."""

    path: str
    step: str

    def sentence(self, language: Language) -> str:
        return say(language, "expansion.asking", path=self.path, step=step_name(self.step, language))


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A reply is there: just paid for, or found in the ledger."""

    path: str
    step: str
    usage: Usage
    cost: Decimal | None
    from_ledger: bool

    def sentence(self, language: Language) -> str:
        key = "expansion.found" if self.from_ledger else "expansion.received"
        counted = ""
        if self.usage.output_tokens:  # a command does not tell
            tokens = f"{self.usage.output_tokens:,}"
            price = "" if self.cost is None else say(language, "expansion.price", cost=dollars(self.cost))
            counted = say(language, f"{key}-counted", tokens=tokens, price=price)
        return say(language, key, path=self.path, step=step_name(self.step, language), counted=counted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reused:
    """Replies of earlier runs are used again, `count` of them, given by `models`."""

    path: str
    models: tuple[str, ...]
    count: int

    def sentence(self, language: Language) -> str:
        models = ", ".join(self.models)
        return say(language, "expansion.reused", path=self.path, models=models, count=self.count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The gate has spoken; `errors` are those of the parts to be repaired, their lines counted in the part.

    `new` are those that were not told before, each with its part; `stood` tells that nothing is written yet: these are
    the article's own.
    """

    path: str
    passed: bool
    errors: Mapping[int, tuple[Finding, ...]]
    new: Sequence[tuple[int, Finding]] = ()
    stood: bool = False

    def sentence(self, language: Language) -> str:
        if self.passed:
            return say(language, "expansion.passed", path=self.path)
        if not self.errors:
            return say(language, "expansion.so-far", path=self.path)
        lines = [
            say(language, "expansion.rejected", part=part, line=error.line, finding=error.sentence(language))
            for part, error in self.new[:_SHOWN_FINDINGS]
        ]
        if len(self.new) > len(lines):
            lines.append(say(language, "expansion.rejected-more", count=len(self.new) - len(lines)))
        parts = [say(language, "expansion.step-part", number=part) for part in self.errors]
        named = say(language, "common.and").join(parts)
        facts = {"findings": sum(map(len, self.errors.values())), "parts": named}
        key = "not-standing" if self.stood else "not-passed"
        return "\n".join([say(language, f"expansion.{key}", path=self.path, **facts), *lines])


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplanned:
    """A reply is no plan; another is asked for, after which the parts are written without one."""

    path: str
    problem: AgentError
    is_last: bool

    def sentence(self, language: Language) -> str:
        key = "unplanned" if self.is_last else "plan-again"
        return say(language, f"expansion.{key}", path=self.path, reason=self.problem.facts["reason"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Unrepaired:
    """A part stays as it is: the repair changes nothing, is not to be taken, or its request is too long."""

    path: str
    part: int
    problem: AgentError | None

    def sentence(self, language: Language) -> str:
        if self.problem is None:
            return say(language, "expansion.unchanged", path=self.path, part=self.part)
        if isinstance(self.problem, LeavesOut):
            facts = {**self.problem.facts, "path": self.path}
            return say(language, "expansion.repair-leaves-out", part=self.part, **facts)
        problem = self.problem.sentence(language)
        return say(language, "expansion.unrepaired", path=self.path, part=self.part, problem=problem)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """How one article ended; `usage` and `cost` are of this run, `findings` are the last judgement's.

    `attempts` counts the writing and each round of repair. Findings of an article that did not pass come the gravest
    first; their lines count in the draft when there is one, else in the article. `problem` is what made it fail, with a
    `draft` when some of it was written by then; `reason` is why it was skipped (a name in the catalogue). “planned” is
    an item that the run has not begun, or not finished.
    `proposal` is the change to an article that held an expansion: it is the user's to take. `points` is how many places
    the `review` sheet leads to. An import that was told so `completes` expansions: so must the next export be told.
    """

    path: str
    state: State
    attempts: int = 0
    findings: tuple[Finding, ...] = ()
    usage: Usage = field(default_factory=Usage)
    cost: Decimal | None = Decimal(0)
    draft: str = ""
    review: str = ""
    reason: str = ""
    other: str = ""
    problem: AgentError | None = None
    proposal: Proposal | None = None
    points: int = 0
    completes: bool = False

    @property
    def passed(self) -> bool:
        """Whether the article meets the standard, at once or by a proposal that waits for a word."""
        return self.ending in {"written", "proposed"}

    @property
    def ending(self) -> Ending:
        """The state, but “proposed” where the proposal meets the standard: that is to be taken, not to be mended."""
        return "proposed" if self.reason == "proposed" else self.state

    def sentence(self, language: Language) -> str:
        """Return in one sentence how the item ended and what the user can do."""
        problem = self.problem.sentence(language) if self.problem else ""
        if problem and not self.draft:
            return problem
        facts = {
            "problem": problem,
            "path": self.path,
            "draft": self.draft,
            "sheet": findings_path(self.path, self.draft),
            "review": self.review,
            "findings": len(self.findings),
            "points": self.points,
            "other": self.other,
            "also": say(language, "expansion.also-failing") if self.completes else "",
            "accept": accept_command(self.path, self.draft),
        }
        key = "changed" if problem and self.state == "needs_review" else self.reason or self.state
        return say(language, f"expansion.{key}", **facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """An article has come to its end in this run."""

    item: Item

    @property
    def path(self) -> str:
        """The article's path."""
        return self.item.path

    def sentence(self, language: Language) -> str:
        return self.item.sentence(language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused:
    """No request leaves for so many seconds: one tick of a countdown, 0 when it goes on."""

    seconds_left: float
    reason: AgentError

    def sentence(self, language: Language) -> str:
        reason = self.reason.sentence(language)
        return say(language, "expansion.paused", seconds=f"{self.seconds_left:.0f}", reason=reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Throttled:
    """The service is overloaded: fewer requests at once until it has recovered."""

    permits: int
    most: int
    reason: AgentError

    def sentence(self, language: Language) -> str:
        reason = self.reason.sentence(language)
        return say(language, "expansion.throttled", permits=self.permits, most=self.most, reason=reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """One request failed in a way that may pass, and is sent again after so many seconds; which, nobody knows here."""

    seconds: float
    reason: AgentError
    path: str = ""

    def sentence(self, language: Language) -> str:
        reason = self.reason.sentence(language)
        return say(language, "expansion.sent-again", seconds=f"{max(1.0, self.seconds):.0f}", reason=reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchStep:
    """What became of a batch of requests; `batch` is the service's id for it, `unanswered` of them have no reply."""

    kind: BatchKind
    batch: str
    requests: int
    unanswered: int = 0
    path: str = ""

    def sentence(self, language: Language) -> str:
        more = say(language, "expansion.batch-unanswered", count=self.unanswered) if self.unanswered else ""
        return say(language, f"expansion.batch-{self.kind}", batch=self.batch, requests=self.requests, more=more)


Event = (
    BatchStep
    | Began
    | Estimated
    | Asking
    | Received
    | Reused
    | Judged
    | Unplanned
    | Unrepaired
    | Ended
    | Paused
    | Throttled
    | Again
)


def step_name(step: str, language: Language) -> str:
    """Return a step as a person calls it; a second attempt and a continuation keep their numbers."""
    match = STEP.fullmatch(step)
    if match is None:
        return step
    name = say(language, f"expansion.step-{match['kind']}", number=match["number"])
    return name + (f" ({match['again']})" if match["again"] not in (None, "1") else "") + (match["more"] or "")


def draft_path(path: str) -> str:
    """Return where the draft of an article lies: under its own path, for two articles may bear one name."""
    return f"{_DRAFTS}{path}"


def review_path(path: str) -> str:
    """Return where the review sheet of an article lies."""
    return f"{PRIVATE_FOLDER}/reviews/{path}"


def accept_command(path: str, draft: str) -> str:
    """Return what to type when the draft is mended; one that lies elsewhere than usual is named."""
    command = f'wenqu expand --accept "{path}"'
    return command if draft == draft_path(path) else f'{command} --draft "{draft}"'


def findings_path(path: str, draft: str) -> str:
    """Return where the findings of an article's draft lie: beside it, those of a draft elsewhere among our own."""
    beside = draft if draft.startswith(_DRAFTS) else f"{draft_path(path).removesuffix('.md')}.elsewhere.md"
    return f"{beside.removesuffix('.md')}.findings.md"
