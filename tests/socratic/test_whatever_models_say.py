"""Whatever a model answers: no turn that is shown breaks a rule, nothing escapes, the journal gives the same state."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from stage import Clock, Learner, bare_target, gold_reply, judged, target

from agent.errors import ModelTimeout
from agent.model.messages import Reply, Request, Usage
from agent.settings import ModelSettings
from agent.socratic import records
from agent.socratic.replay import fold, replay
from agent.socratic.session import Session
from agent.socratic.tutor.checks import FIXED, broken
from agent.socratic.tutor.phrase import context_of
from agent.socratic.values import SessionState, Verdict
from agent.words import Language
from agent.workspace.journal import Record
from agent.workspace.store import Store

PIECES = (
    *("为什么", "？", "?", "，", "。", "！", "\n", "「", "」", "“", "”", "‘", "’", "> ", "- ", "**", "`", "```\n", "$"),
    *(
        "显存带宽",
        "memory bandwidth",
        "12 ms",
        "0.012 s",
        "十二毫秒",
        "搬的东西更多",
        "more stuff to move",
        "对，",
        " ",
    ),
    *(
        "很好",
        "Great",
        "what",
        "why",
        "how",
        "and",
        "你说",
        "缓存",
        "cache",
        "是什么",
        "怎样",
        "x" * 70,
        "\x00",
        "\ud83d",
    ),
    "每一步都要读完整个缓存，所以受显存带宽限制",
)
COMMANDS = (
    "/hint",
    "/tell",
    "/skip",
    "/back",
    "/follow x",
    "/contest",
    "/park y",
    "嗯",
    "不知道",
    "直接告诉我",
    "tell me",
)
VERDICTS: tuple[Verdict, ...] = ("correct", "partial", "wrong", "dont_know", "assent", "question", "offtopic")
PUT_TOGETHER = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)
DRAFTS = PUT_TOGETHER | st.text(max_size=80)
ANSWERS = DRAFTS.filter(str.strip) | st.sampled_from(COMMANDS)
JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner),
)
JUDGED = st.builds(
    judged,
    st.sampled_from(VERDICTS),
    solo=st.integers(-1, 9),
    misconception=st.integers(-1, 3),
    conflict=st.integers(0, 12),
    older=st.integers(0, 2),
    evidence=st.sampled_from(["", "搬", "缓存"]),
    gap=DRAFTS,
    confidence=st.floats(0, 1),
)
JUDGEMENTS = JUDGED.map(json.dumps) | DRAFTS | JSON.map(json.dumps)


class Anything:
    """A model that says what hypothesis draws, and now and then nothing at all."""

    name = "any"

    def __init__(self, draw: Callable[[str], str | None], language: Language) -> None:
        self.draw = draw
        self.language = language

    def ask(self, request: Request, on_text: Callable[[str], None] | None = None) -> Reply:
        text = self.draw(request.purpose.removeprefix("socratic."))
        if text is None:
            raise ModelTimeout(model=self.name, seconds=1.0)
        return Reply(text=text, stop_reason="end_turn", usage=Usage(), model=self.name)


class Memory:
    """A journal that lies in memory, through JSON as on disk."""

    sid = "20261101-090000-0001"

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.clock = Clock()

    def append(self, record: object) -> Record:
        content = json.loads(json.dumps(record))
        kind = content.pop("kind")
        time = self.clock().isoformat(timespec="milliseconds")
        self.records.append(Record(seq=len(self.records) + 1, time=time, kind=kind, content=content))
        return self.records[-1]

    def lock(self) -> AbstractContextManager[None]:
        return nullcontext()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    from stage import NOTES  # noqa: PLC0415 - beside its only use

    store = Store(Path(tmp_path_factory.mktemp("notes")))
    for path, text in NOTES.values():
        store.write(path, text, expected_sha256=None)
    return store


@settings(
    max_examples=25,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a whole session shrinks for minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(drawn=st.data())
def test_no_turn_that_is_shown_breaks_a_rule(store: Store, drawn: st.DataObject) -> None:
    language: Language = drawn.draw(st.sampled_from(["zh", "en"]))
    targets = (bare_target(language), target(language, id="Q2", prerequisites=("读的快慢由什么定？",)))
    journal, person = Memory(), Learner(*drawn.draw(st.lists(ANSWERS, min_size=2, max_size=14)))
    session = _session(store, journal, person, targets, _model(drawn, language), language)
    for _ in range(40):
        if session.run() != "model-failed":
            break
        again = replay(journal.records)
        assert again == session.state
        session = _session(store, journal, person, targets, _model(drawn, language), language, state=again)
    assert replay(journal.records) == session.state
    _nothing_is_broken(journal, session)
    _limits_hold(session.state)


def _model(drawn: st.DataObject, language: Language) -> Anything:
    def draw(purpose: str) -> str | None:
        if drawn.draw(st.integers(0, 19)) == 0:
            return None
        if purpose == "gold":
            return drawn.draw(st.just(json.dumps(gold_reply(language))) | JUDGEMENTS)
        return drawn.draw(JUDGEMENTS if purpose == "diagnose" else DRAFTS)

    return Anything(draw, language)


def _session(
    store: Store,
    journal: Memory,
    person: Learner,
    targets: tuple[object, ...],
    model: Anything,
    language: Language,
    *,
    state: SessionState | None = None,
) -> Session:
    if state is None:
        blank = SessionState(
            sid=journal.sid,
            topic="t",
            language=language,
            offline=False,
            targets=targets,
            clock="",  # type: ignore[arg-type]
        )
        state = fold(None, journal.append(records.start_record(blank)))
        assert state is not None
    names = ModelSettings(main="main", cheap="cheap")
    return Session(state, journal=journal, store=store, model=model, names=names, person=person)  # type: ignore[arg-type]


def _nothing_is_broken(journal: Memory, session: Session) -> None:
    """Hold every phrased turn against its own moment: the state that the records before it give."""
    state: SessionState | None = None
    for record in journal.records:
        before, state = state, fold(state, record)
        if record.content.get("role") == "tutor" and record.content["move"] not in FIXED:
            assert before is not None
            assert before.instruction is not None
            due, _ = _at(session, before).sourced(before.instruction)
            text = str(record.content["text"])
            assert broken(text, context_of(before, due)) == (), (text, due.move, record.content["model"])


def _at(session: Session, state: SessionState) -> Session:
    then = object.__new__(Session)
    then.state, then.sources = state, session.sources
    return then


def _limits_hold(state: SessionState) -> None:
    tutor = [turn for turn in state.turns if turn.role == "tutor" and turn.move not in ("passage", "gold", "close")]
    assert len(tutor) <= 24
    kinds = [turn.question_type for turn in tutor if turn.question_type]
    assert all(len({*three}) > 1 for three in zip(kinds, kinds[1:], kinds[2:], strict=False))
    for outcome in state.outcomes:
        own = [turn for turn in tutor if turn.target == outcome.target]
        if outcome.result == "mastered":
            assert max(turn.level or 0 for turn in own) >= 4
        if outcome.result == "told":
            assert any(turn.move == "tell" for turn in own)
