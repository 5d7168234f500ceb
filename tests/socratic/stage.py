"""A small workspace, a target with gold, a model that says what it was told to, a learner with prepared lines."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from agent.errors import ModelTimeout
from agent.model.messages import Reply, Request, Usage
from agent.settings import ModelSettings, Settings
from agent.socratic.aims.aim import Aim
from agent.socratic.person import Doing, Item, Leaving
from agent.socratic.replay import fold
from agent.socratic.sessions import Finished, run_session
from agent.socratic.values import (
    Diagnosis,
    GoldClaim,
    Instruction,
    Misconception,
    Passage,
    SessionState,
    Target,
    Utterance,
    Verdict,
)
from agent.words import Language
from agent.workspace.journal import Journal, Record, read_journal
from agent.workspace.store import Store

SID = "20261101-090000-0001"
ZH = """# 解码

## 缓存为什么拖慢解码

每生成一个词元都要把整段缓存从显存读一遍，读取量随长度线性增长，所以解码受显存带宽限制，而不是受算力限制。

一张卡每秒能读 3.35 TB，缓存占 40 GB 时，每步至少 12 ms。
"""
EN = """# Decoding

## Why the cache slows decoding

Every generated token reads the whole cache once, so decoding is limited by memory bandwidth and not by arithmetic.

A card reads 3.35 TB a second, so with 40 GB of cache each step takes at least 12 ms.
"""
NOTES: dict[Language, tuple[str, str]] = {"zh": ("学习笔记/缓存.md", ZH), "en": ("notes/cache.md", EN)}
QUESTION: dict[Language, str] = {
    "zh": "为什么序列越长，解码越慢？",
    "en": "Why does decoding slow down as the sequence grows?",
}
CLAIM: dict[Language, str] = {
    "zh": "每一步都要读完整个缓存，所以受显存带宽限制",
    "en": "every step reads the whole cache, so memory bandwidth is the limit",
}
TERMS = (("显存带宽", "memory bandwidth"),)
VALUES = ("12 ms",)
MISTAKE: dict[Language, Misconception] = {
    "zh": Misconception(
        belief="解码慢是因为乘法变多了", cue="算力翻倍时每步时间几乎不变", question="算力翻倍而别的不变，每步会快多少？"
    ),
    "en": Misconception(
        belief="decoding slows because there is more arithmetic",
        cue="doubling the arithmetic units leaves the step time almost unchanged",
        question="If only the arithmetic units double, how much faster is a step?",
    ),
}


def passage(language: Language) -> Passage:
    path, text = NOTES[language]
    return Passage(path=path, line=5, text=text.split("\n")[4])


def target(language: Language = "zh", **changes: Any) -> Target:
    """A target with sealed gold."""
    fields: dict[str, Any] = {
        "id": "Q1",
        "title": QUESTION[language].rstrip("?？"),
        "question": QUESTION[language],
        "path": NOTES[language][0],
        "line": 3,
        "sources": (NOTES[language][0],),
        "gold": (GoldClaim(claim=CLAIM[language], source=passage(language), terms=TERMS, values=VALUES),),
        "misconceptions": (MISTAKE[language],),
        "sealed": True,
    }
    return Target(**{**fields, **changes})


def bare_target(language: Language = "zh", **changes: Any) -> Target:
    """The same target before its gold is drawn up."""
    return target(language, **{"gold": (), "misconceptions": (), "sealed": False, **changes})


def gold_reply(language: Language) -> dict[str, Any]:
    mistake = MISTAKE[language]
    return {
        "claims": [{"claim": CLAIM[language], "passage": 1, "terms": [list(TERMS[0])], "values": list(VALUES)}],
        "misconceptions": [{"belief": mistake.belief, "cue": mistake.cue, "question": mistake.question}],
        "prerequisites": [],
        "goal_level": 3,
    }


def judged(verdict: Verdict, **changes: Any) -> dict[str, Any]:
    """What the diagnosing model answers."""
    fields = {
        "verdict": verdict,
        "solo": 3 if verdict == "correct" else 1,
        "evidence": "",
        "gap": "",
        "misconception": 0,
        "conflict": 0,
        "older": 0,
        "confidence": 0.9,
    }
    return {**fields, **changes}


class Clock:
    """Seven seconds pass between two looks."""

    def __init__(self, seconds: float = 7) -> None:
        self.time = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
        self.seconds = seconds

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=self.seconds)
        return self.time


CLOSING = ("socratic.select", "socratic.gloss")
"""What is asked once the session is over; a script that does not care answers nothing, and code does the work."""


class ScriptedModel:
    """Answers by the prompt's name; a list is used up answer by answer, its last one again and again."""

    name = "scripted"

    def __init__(self, **answers: Any) -> None:
        self.answers = {f"socratic.{name}": answer for name, answer in answers.items()}
        self.asked: list[Request] = []
        self.before: Callable[[Request], None] | None = None

    def ask(self, request: Request, on_text: Callable[[str], None] | None = None) -> Reply:
        self.asked.append(request)
        if self.before:
            self.before(request)
        answer = self.answers.get(request.purpose, "") if request.purpose in CLOSING else self.answers[request.purpose]
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        if callable(answer):
            answer = answer(request)
        if isinstance(answer, Exception):
            raise answer
        text = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
        return Reply(text=text, stop_reason="end_turn", usage=Usage(output_tokens=10), model=request.model)

    def purposes(self) -> list[str]:
        return [request.purpose.removeprefix("socratic.") for request in self.asked]


def prompt_text(request: Request) -> str:
    return "\n".join(block.text for message in request.messages for block in message.blocks)


TIMEOUT = ModelTimeout(model="scripted", seconds=1.0)


class Learner:
    """An interlocutor with prepared lines; remembers everything that was shown."""

    grades = True

    def __init__(self, *lines: str | Leaving, confidence: int | None = None, grade: int | None = None) -> None:
        self.lines = list(lines)
        self.confidence = confidence
        self.grade = grade
        self.shown: list[str] = []
        self.notices: list[str] = []
        self.confidences = 0
        self.drafts: list[str] = []
        self._draft = ""
        self.ratified: tuple[Item, ...] | None = None
        self.kept: Callable[[Sequence[Item]], frozenset[str]] | None = None

    def show(self, text: str) -> None:
        self.shown.append(text)

    def put_back(self, text: str) -> None:
        self._draft = text

    def ask(self) -> str | Leaving | None:
        self.drafts.append(self._draft)
        self._draft = ""
        return self.lines.pop(0) if self.lines else None

    def ask_confidence(self) -> int | None:
        self.confidences += 1
        return self.confidence

    def ask_grade(self) -> int | None:
        return self.grade

    def ratify(self, items: Sequence[Item]) -> frozenset[str] | None:
        self.ratified = tuple(items)
        return self.kept(items) if self.kept else None

    def working(self, doing: Doing) -> AbstractContextManager[None]:
        return nullcontext()

    def notice(self, text: str) -> None:
        self.notices.append(text)


class Stage:
    """A workspace on disk in one language, and what is needed to hold sessions in it."""

    def __init__(self, root: Path, language: Language) -> None:
        self.language = language
        self.sid = SID
        self.store = Store(root)
        self.clock = Clock()
        self.settings = Settings(language=language, model=ModelSettings(main="main-model", cheap="cheap-model"))
        path, text = NOTES[language]
        self.store.write(path, text, expected_sha256=None)

    def journal(self) -> Journal:
        return Journal(self.store, self.sid, clock=self.clock)

    def run(
        self, person: Learner, model: ScriptedModel | None, targets: Iterable[Target] = (), topic: str = ""
    ) -> Finished:
        topic = topic or QUESTION[self.language].rstrip("?？")
        aim = Aim(topic=topic, targets=tuple(targets) or (bare_target(self.language),))
        return run_session(
            store=self.store,
            journal=self.journal(),
            aim=aim,
            model=model,
            settings=self.settings,
            person=person,
        )

    def records(self) -> tuple[Record, ...]:
        return read_journal(self.store, self.sid).records

    def turns(self) -> list[Mapping[str, Any]]:
        return [record.content for record in self.records() if record.kind == "turn"]


class Table:
    """Drives the pure fold without a journal file: records in, state out."""

    def __init__(self, *targets: Target, language: Language = "zh", offline: bool = False, seconds: float = 7) -> None:
        from agent.socratic import records  # noqa: PLC0415 - beside its only use

        self._records = records
        self._clock = Clock(seconds)
        self._seq = 0
        blank = SessionState(
            sid=SID, topic="t", language=language, offline=offline, targets=targets or (target(language),), clock=""
        )
        self.state = blank
        self.put(records.start_record(blank))

    def put(self, record: Mapping[str, object]) -> SessionState:
        self._seq += 1
        time = self._clock().isoformat(timespec="milliseconds")
        content = {name: value for name, value in record.items() if name != "kind"}
        folded = fold(self.state, Record(seq=self._seq, time=time, kind=str(record["kind"]), content=content))
        assert folded is not None
        self.state = folded
        return folded

    def tutor(self, text: str = "") -> SessionState:
        """Show the turn that is due."""
        instruction = self.state.instruction
        assert instruction is not None
        asked = instruction.material if instruction.move == "discriminate" else f"第 {self._seq} 问？"
        utterance = Utterance(text=text or instruction.text or asked)
        return self.put(self._records.tutor_record(utterance, instruction))

    def passage(self, text: str) -> SessionState:
        """Show a paragraph of the notes beside the question that stands."""
        instruction = Instruction(target=self.state.target.id, state=self.state.phase, move="passage", language="zh")
        return self.put(self._records.tutor_record(Utterance(text=text), instruction))

    def answer(
        self, text: str, verdict: Verdict = "partial", confidence: int | None = None, **fields: Any
    ) -> SessionState:
        """Let the learner answer the question that is due, and judge the answer."""
        if self.state.awaiting == "tutor":
            self.tutor()
        self.put(self._records.learner_record(text, self.state))
        if self.state.awaiting == "nothing":
            return self.state
        if self.state.awaiting == "confidence":
            self.put(self._records.event_record("confidence", target=self.state.target.id, rating=confidence))
        diagnosis = Diagnosis(turn=self._seq if self.state.pending is None else self.state.pending.seq, verdict=verdict)
        for name, value in {"solo": 3 if verdict == "correct" else 1, **fields}.items():
            diagnosis = _with(diagnosis, name, value)
        return self.put(self._records.diagnosis_record(diagnosis))

    def event(self, name: str, **fields: Any) -> SessionState:
        return self.put(self._records.event_record(name, target=self.state.target.id, **fields))


def _with(diagnosis: Diagnosis, name: str, value: object) -> Diagnosis:
    from dataclasses import replace  # noqa: PLC0415 - beside its only use

    return replace(diagnosis, **{name: value})  # type: ignore[arg-type]
