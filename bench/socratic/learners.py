"""Twelve scripted learners: a belief is held until a turn addresses what refutes it, so a change of mind is earned."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from typing import Final

from agent.socratic.person import Doing, Item, Leaving
from agent.socratic.values import EarlierAccount, Move, Verdict
from agent.text.tokens import overlap
from agent.words import Language
from bench.socratic.scripts import Script, scripts

ADDRESSED: Final = 0.5
"""A turn that holds this share of a cue, a question or a claim has addressed it."""
COMMON: Final[Mapping[str, Mapping[Language, str]]] = {
    "nod": {"zh": "对。", "en": "Right."},
    "unknown": {"zh": "不知道。", "en": "I don't know."},
    "demand": {"zh": "直接告诉我答案吧", "en": "just tell me the answer"},
    "hedge": {"zh": "我不太有把握，也许是{words}", "en": "I am not certain, but perhaps {words}"},
    "authority": {
        "zh": "{words}，这可是那门课的教授亲口讲的",
        "en": "{words}, that is what the professor of the course said",
    },
    "tangent": {
        "zh": "说起来，我昨天看到一款新键盘，手感特别好",
        "en": "by the way, I saw a new keyboard yesterday, lovely to type on",
    },
    "fact": {"zh": "顺便问一下，这种卡是哪一年发布的？", "en": "by the way, in which year did this card come out?"},
    "short": {"zh": "读得多", "en": "more reading"},
    "summary": {
        "zh": "我现在会这样说：{words}。最初我没有想到这一层。",
        "en": "This is how I say it now: {words}. At first I did not see that far.",
    },
    "recall": {"zh": "大概记得要先看数据往哪里搬", "en": "roughly, that one first looks at where the data moves"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a learner says and what a fair judge would find in it."""

    text: str
    verdict: Verdict
    solo: int = 1
    misconception: int = 0
    older: int = 0


@dataclass(slots=True)
class Mind:
    """What a learner holds of one target: the mistake, the parts, or the whole."""

    script: Script
    mistaken: bool = False
    whole: bool = False
    used: list[str] = field(default_factory=list)

    def hear(self, text: str) -> None:
        """Take in a tutor turn: only what refutes a belief ends it, only what points at the parts joins them."""
        target = self.script.target
        refuting = (target.misconceptions[0].cue, target.misconceptions[0].question, target.gold[0].claim)
        if any(overlap(one, text) >= ADDRESSED for one in refuting):
            self.mistaken, self.whole = False, True
        elif not self.mistaken and any(part[:6] in text for part in self.script.parts if part in self.used):
            self.whole = True

    def next_of(self, choices: Sequence[str]) -> str:
        """Return the first of these not said yet, the last one when all were."""
        words = next((one for one in choices if one not in self.used), choices[-1])
        self.used.append(words)
        return words


Respond = Callable[["Learner", Mind, Move], Answer]


@dataclass(slots=True)
class Learner:
    """The interlocutor of a session: finds the words of a kind of learner for what is asked."""

    kind: str
    language: Language
    respond: Respond
    confidence: int | None = None
    mistaken: bool = False
    whole: bool = False
    elder: str = ""
    grades: bool = True
    answer: Answer = field(default_factory=lambda: Answer(text="", verdict="partial"))
    heard: str = ""
    shown: list[str] = field(default_factory=list)
    turns: int = 0
    minds: dict[str, Mind] = field(default_factory=dict)
    asked: Callable[[], tuple[str, Move]] = lambda: ("", "open")

    def mind(self, target: str) -> Mind:
        """Return what is held of a target, in the language spoken now."""
        script = next(one for one in scripts(self.language) if one.target.id == target)
        mind = self.minds.setdefault(target, Mind(script=script, mistaken=self.mistaken, whole=self.whole))
        mind.script = script
        return mind

    def show(self, text: str) -> None:
        self.heard = text
        self.shown.append(text)

    def ask(self, draft: str = "") -> str | Leaving | None:  # noqa: ARG002 - never goes on with a draft
        """Answer what was asked, in the words of this kind of learner."""
        target, move = self.asked()
        self.turns += 1
        if move == "recall":
            return COMMON["recall"][self.language]
        if move == "close":
            last = next(reversed(self.minds.values()), None)
            return self.common("summary", words=last.script.account if last else "…")
        mind = self.mind(target)
        mind.hear(self.heard)
        self.answer = self.respond(self, mind, move)
        return self.answer.text

    def common(self, key: str, **facts: str) -> str:
        """Return one of the sentences that every target shares."""
        return COMMON[key][self.language].format(**facts)

    def ask_confidence(self) -> int | None:
        return self.confidence

    def ask_grade(self) -> int | None:
        return None

    def ratify(self, items: Sequence[Item]) -> frozenset[str] | None:  # noqa: ARG002 - keeps everything
        return None

    def working(self, doing: Doing) -> AbstractContextManager[None]:  # noqa: ARG002 - nobody watches
        return nullcontext()

    def notice(self, text: str) -> None:
        pass


def right(_: Learner, mind: Mind, move: Move) -> Answer:
    """Answer as one who understands the whole."""
    script = mind.script
    fitting = {"restate": script.restated, "own_words": script.restated, "transfer": script.transfer}
    words = (fitting | {"discriminate": script.apart}).get(move)
    if words is None:
        words = mind.next_of((script.account, *script.deeper, script.restated))
    mind.used.append(words)
    return Answer(text=words, verdict="correct", solo=4 if move == "transfer" else 3)


def in_parts(learner: Learner, mind: Mind, move: Move) -> Answer:
    """Give one part after the other until a question points at one of them."""
    if mind.whole:
        return right(learner, mind, move)
    said = sum(part in mind.used for part in mind.script.parts)
    return Answer(text=mind.next_of(mind.script.parts), verdict="partial", solo=min(2, 1 + said))


def mistaken(learner: Learner, mind: Mind, move: Move) -> Answer:
    """Hold the mistake until it is refuted."""
    if not mind.mistaken:
        return right(learner, mind, move)
    return Answer(text=mind.next_of(mind.script.wrong), verdict="wrong", misconception=1)


def unsure(learner: Learner, mind: Mind, move: Move) -> Answer:
    """Hold the mistake, and say that it may be one."""
    answer = mistaken(learner, mind, move)
    return replace(answer, text=learner.common("hedge", words=answer.text)) if mind.mistaken else answer


def by_authority(learner: Learner, mind: Mind, move: Move) -> Answer:
    """Hold the mistake on the word of another."""
    answer = mistaken(learner, mind, move)
    return replace(answer, text=learner.common("authority", words=answer.text)) if mind.mistaken else answer


def parrot(learner: Learner, mind: Mind, _: Move) -> Answer:
    """Give back the words of the note, then those of the tutor; a judge that is taken in calls it correct."""
    words = learner.heard.rstrip("?？ ") if mind.used else mind.script.target.gold[0].source.text
    mind.used.append(words)
    return Answer(text=words, verdict="correct", solo=3)


def nodding(learner: Learner, _mind: Mind, _move: Move) -> Answer:
    """Agree with everything."""
    return Answer(text=learner.common("nod"), verdict="assent", solo=0)


def demanding(learner: Learner, mind: Mind, move: Move) -> Answer:
    """Demand the answer, try once, demand again; say it once it is told."""
    if overlap(mind.script.target.gold[0].claim, learner.heard) >= ADDRESSED or "told" in mind.used:
        mind.used.append("told")
        return right(learner, mind, move)
    if len(mind.used) % 2 == 0:
        mind.used.append("")
        return Answer(text=learner.common("demand"), verdict="assent", solo=0)
    return Answer(text=mind.next_of(mind.script.parts), verdict="partial")


def drifting(learner: Learner, mind: Mind, move: Move) -> Answer:
    """Drift off, ask for something beside it, then answer; again on every target."""
    drifts = sum(one in ("tangent", "fact") for one in mind.used)
    if learner.turns % 2 == 0 and drifts < 2:
        key = ("tangent", "fact")[drifts]
        mind.used.append(key)
        return Answer(text=learner.common(key), verdict="offtopic" if key == "tangent" else "question", solo=0)
    return in_parts(learner, mind, move)


def near_silent(learner: Learner, mind: Mind, _move: Move) -> Answer:
    """Say next to nothing: two words, that they do not know, a nod; then the bare term."""
    if learner.turns % 3 == 1:
        words = mind.next_of((learner.common("short"), mind.script.target.gold[0].terms[0][0]))
        return Answer(text=words, verdict="partial")
    key = "unknown" if learner.turns % 3 == 2 else "nod"
    return Answer(text=learner.common(key), verdict="dont_know" if key == "unknown" else "assent", solo=0)


def contradicting(learner: Learner, mind: Mind, move: Move) -> Answer:
    """Contradict an older session until its words are put beside the new ones."""
    if (
        mind.mistaken
        and learner.elder == mind.script.target.id
        and overlap(mind.script.account, learner.heard) >= ADDRESSED / 2
    ):
        mind.mistaken = False
    answer = mistaken(learner, mind, move)
    return replace(answer, older=1) if mind.mistaken and learner.elder == mind.script.target.id else answer


def switching(learner: Learner, mind: Mind, move: Move) -> Answer:
    """Answer in the other language from the second turn on."""
    if learner.turns == 2:
        learner.language = "en" if learner.language == "zh" else "zh"
    return in_parts(learner, learner.mind(mind.script.target.id), move)


KINDS: Final[Mapping[str, Mapping[str, object]]] = {
    "expert": {"respond": right, "whole": True, "confidence": 5},
    "parts": {"respond": in_parts, "confidence": 3},
    "confident-wrong": {"respond": mistaken, "mistaken": True, "confidence": 5},
    "unsure-wrong": {"respond": unsure, "mistaken": True, "confidence": 2},
    "parrot": {"respond": parrot, "confidence": 4},
    "assenter": {"respond": nodding},
    "just-tell-me": {"respond": demanding},
    "authority": {"respond": by_authority, "mistaken": True, "confidence": 4},
    "drifter": {"respond": drifting},
    "near-silent": {"respond": near_silent},
    "contradictor": {"respond": contradicting, "mistaken": True},
    "switcher": {"respond": switching, "confidence": 3},
}
PRESSING: Final = frozenset({"confident-wrong", "authority", "just-tell-me"})
"""Learners who press for agreement: by insisting, by an authority, by demanding the answer."""


def learner(kind: str, language: Language) -> Learner:
    """Return a fresh learner of a kind."""
    return Learner(kind=kind, language=language, **KINDS[kind])  # type: ignore[arg-type]


def elder_account(script: Script) -> EarlierAccount:
    """Return what the learner said of a target in an older session: the right account."""
    return EarlierAccount(
        date="2026-10-01",
        question=script.target.question,
        text=script.account,
        cite=f"{script.target.path}#t5",
        level=3,
        how="unaided",
    )
