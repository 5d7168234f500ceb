"""The values of a Socratic session; all are frozen, and all that is recorded can be rebuilt from the journal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from agent.model.messages import Usage
from agent.words import Language

Verdict = Literal["correct", "partial", "wrong", "dont_know", "offtopic", "question", "assent"]
Phase = Literal["recall", "elicit", "probe", "repair", "confirm", "close", "ended"]
Awaiting = Literal["tutor", "learner", "confidence", "diagnosis", "nothing"]
QuestionType = Literal["clarify", "assumption", "evidence", "viewpoint", "implication", "meta"]
"""Paul and Elder's six."""
Move = Literal[
    "recall",
    "remember",
    "open",
    "return",
    "grounds",
    "climb",
    "own_words",
    "missing_link",
    "counter_case",
    "locate",
    "prerequisite",
    "side_by_side",
    "prior_knowledge",
    "product",
    "check",
    "fact",
    "tangent",
    "assert",
    "tell",
    "restate",
    "transfer",
    "discriminate",
    "hint",
    "passage",
    "gold",
    "close",
]
How = Literal["unaided", "hinted", "told"]
Result = Literal["mastered", "answered", "told", "unresolved", "unjudged", "contested", "skipped", "left", "unasked"]
"""A target is `left` that was skipped after an answer: only who reads of it tells that from one that was not tried."""
Requirement = Literal["goal", "restate", "transfer", "discriminate"]
Ending = Literal["done", "time", "turns", "unresolved", "effort", "learner"]
EventName = Literal[
    "confidence",
    "park",
    "follow",
    "back",
    "skip",
    "hint",
    "source",
    "tell",
    "contest",
    "note",
    "calc",
    "pause",
    "resume",
    "redact",
    "end",
]
Role = Literal["learner", "tutor"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A paragraph of a note with the heading it stands under; `line` counts from 1."""

    path: str
    line: int
    text: str
    heading: str = ""

    @property
    def cite(self) -> str:
        """Where it stands, as `path:line`."""
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldClaim:
    """What an answer must hold: each of `terms` is one required term with its aliases; `source` is where it stands."""

    claim: str
    source: Passage
    terms: tuple[tuple[str, ...], ...] = ()
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Misconception:
    """A mistake to expect: the belief, the cue that refutes it, the question that tells it from the truth."""

    belief: str
    cue: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierAccount:
    """What the learner said of a question in an earlier session or record, verbatim.

    `cite` is where it can be read (`path#t12` or `path:line`); `key` is the question as its list names it
    (`path Q7`), "" for one that no list asks. `level` and `how` are 0 and "" where nobody judged it.
    """

    date: str
    question: str
    text: str
    cite: str
    key: str = ""
    level: int = 0
    how: How | Literal[""] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One question to be understood; `sources` are the notes it is judged by, gold is drawn up from them once.

    `headline` is the entry of a list as it stands there, "" for a target that no list asks.
    """

    id: str
    title: str
    question: str
    headline: str = ""
    path: str = ""
    line: int = 0
    hints: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    goal_level: int = 3
    gold: tuple[GoldClaim, ...] = ()
    misconceptions: tuple[Misconception, ...] = ()
    prerequisites: tuple[str, ...] = ()
    sealed: bool = False

    @property
    def groundless(self) -> bool:
        """Whether the notes were asked and hold nothing to judge an answer by."""
        return self.sealed and not self.gold


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    """What the next tutor turn is to be; `material` is all it may reveal, `text` is set where the words are fixed.

    `quotes` are the turns to be put before the learner, `older` counts from 1 in the earlier accounts, `misconception`
    in the target's list: the one that the question tells from the truth.
    """

    target: str
    state: Phase
    move: Move
    language: Language
    question_type: QuestionType | None = None
    level: int = 1
    hint: int = 0
    material: str = ""
    quotes: tuple[int, ...] = ()
    older: int | None = None
    misconception: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """A tutor turn as it will be shown; `checks` names the rules that drafts broke before it."""

    text: str
    cites: tuple[str, ...] = ()
    model: str = ""
    prompt_hash: str = ""
    checks: tuple[str, ...] = ()
    usage: Usage = field(default_factory=Usage)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one side said, verbatim; `seq` is its number in the journal, `misconception` as in its instruction.

    `echo` is kept of a turn whose words were redacted: whether they were the tutor's own.
    """

    seq: int
    time: str
    role: Role
    text: str
    state: Phase
    target: str
    move: Move | None = None
    question_type: QuestionType | None = None
    level: int | None = None
    hint: int | None = None
    misconception: int | None = None
    cites: tuple[str, ...] = ()
    model: str = ""
    prompt_hash: str = ""
    checks: tuple[str, ...] = ()
    echo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """What a learner turn shows; `misconception` counts from 1 in the target's list, `solo` is SOLO 0-4.

    `conflict` is the learner's own turn that it contradicts, `older` counts from 1 in the earlier accounts likewise.
    `by` is the model that judged, "code" where the words leave no doubt, or "self" for the learner's own grade.
    """

    turn: int
    verdict: Verdict
    misconception: int | None = None
    evidence: str = ""
    gap: str = ""
    solo: int = 0
    confidence: float = 1.0
    conflict: int | None = None
    older: int | None = None
    by: str = "code"

    @property
    def judged(self) -> bool:
        """Whether anybody judged: a model whose replies could not be read did not."""
        return self.by != "code" or self.confidence > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """What a learner turn claimed, how it was judged, which question led to it and how much help came before."""

    target: str
    turn: int
    span: str
    verdict: Verdict
    level: int
    hint: int
    cause: int | None
    supersedes: int | None
    how: How


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened beside the turns: a confidence, a command, the end."""

    seq: int
    time: str
    name: EventName
    target: str = ""
    text: str = ""
    rating: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a target ended."""

    target: str
    result: Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The hint ladder of a target: highest rung since the last progress, turns without progress on it, idle turns."""

    rung: int = 0
    stuck: int = 0
    idle: int = 0
    highest: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pursuit:
    """How far the current target has come."""

    level: int = 2
    ladder: Ladder = field(default_factory=Ladder)
    attempts: int = 0
    tutor_turns: int = 0
    repair_turns: int = 0
    confirm_turns: int = 0
    confidence: int | None = None
    best_solo: int = 0
    passed: tuple[Requirement, ...] = ()
    met_at: int = 0
    told: bool = False
    hinted_at: int = 0

    @property
    def unfinished(self) -> Result:
        """How a target ends that is left as far as it has come."""
        return "told" if self.told else "unresolved"


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionState:
    """Everything the next move depends on, computed from the journal alone.

    `earlier` are accounts of earlier sessions that belong to the targets, `recalled` is the one asked for cold.
    `suspended` are targets that were left for another, each with how far it had come. `usage` is what models counted.
    `imported` names the transcript of a conversation held elsewhere: it has turns, and nothing follows from them.
    """

    sid: str
    topic: str
    language: Language
    offline: bool
    targets: tuple[Target, ...]
    clock: str
    earlier: tuple[EarlierAccount, ...] = ()
    recalled: EarlierAccount | None = None
    index: int = 0
    phase: Phase = "elicit"
    awaiting: Awaiting = "tutor"
    instruction: Instruction | None = None
    pending: Turn | None = None
    pursuit: Pursuit = field(default_factory=Pursuit)
    turns: tuple[Turn, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    beliefs: tuple[Belief, ...] = ()
    events: tuple[Event, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    suspended: tuple[tuple[str, Pursuit], ...] = ()
    usage: Usage = field(default_factory=Usage)
    imported: str = ""
    tutor_turns: int = 0
    spent_seconds: float = 0.0
    ending: Ending | None = None

    @property
    def target(self) -> Target:
        """The target being pursued."""
        return self.targets[min(self.index, len(self.targets) - 1)]

    @property
    def said(self) -> tuple[Turn, ...]:
        """Every turn so far, the one that is still to be judged among them."""
        return (*self.turns, self.pending) if self.pending else self.turns

    @property
    def by_seq(self) -> Mapping[int, Turn]:
        """What was said, by its number in the journal."""
        return {turn.seq: turn for turn in self.said}

    def last_of(self, target: str, role: Role) -> Turn | None:
        """Return what one side said last on a target, None when nothing."""
        return next((one for one in reversed(self.said) if (one.target, one.role) == (target, role)), None)
