"""Records as they stand in journals that were written before: each is read as what it was."""

from typing import Any

from agent.model.messages import Usage
from agent.socratic import records
from agent.socratic.document.choices import Choices, Correction, Course, Gloss, Pointer, Selection, choices_of
from agent.socratic.values import Diagnosis, EarlierAccount, Event, GoldClaim, Misconception, Passage, Target, Turn
from agent.workspace.journal import Record

TIME = "2026-01-01T09:00:00.000+00:00"
ACCOUNT = {"date": "2025-12-01", "question": "为什么？", "text": "因为带宽", "cite": "甲.md#t3", "level": 2, "how": ""}
SOURCE = {"path": "甲.md", "line": 3, "text": "带宽有限。", "heading": "一"}
TARGET = {
    "id": "Q1",
    "title": "缓存",
    "question": "为什么？",
    "hints": ["想想"],
    "sources": ["甲.md"],
    "goal_level": 3,
    "gold": [{"claim": "带宽", "source": SOURCE, "terms": [["带宽", "bandwidth"], ["有限"]], "values": ["3 倍"]}],
    "misconceptions": [{"belief": "乙", "cue": "丙", "question": "丁？"}],
}


def record(kind: str, **content: Any) -> Record:
    return Record(seq=4, time=TIME, kind=kind, content=content)


def test_the_first_record_gives_the_session_as_it_began() -> None:
    start = {"sid": "s", "topic": "缓存", "language": "zh", "offline": False, "targets": [TARGET], "recalled": None}
    state = records.state_of(record("event", event="start", **start, earlier=[ACCOUNT], phase="close"))
    claim = GoldClaim(
        claim="带宽", source=Passage(**SOURCE), terms=(("带宽", "bandwidth"), ("有限",)), values=("3 倍",)
    )
    assert state.targets == (
        Target(
            id="Q1",
            title="缓存",
            question="为什么？",
            hints=("想想",),
            sources=("甲.md",),
            gold=(claim,),
            misconceptions=(Misconception(belief="乙", cue="丙", question="丁？"),),
        ),
    )
    assert (state.earlier, state.clock) == ((EarlierAccount(**ACCOUNT),), TIME)
    assert state.phase == "elicit", "what such a record does not hold is not taken from it"


def test_what_was_said_judged_and_done_is_read_beside_what_else_the_record_holds() -> None:
    said = {
        "role": "tutor",
        "text": "为什么？",
        "state": "probe",
        "target": "Q1",
        "type": "evidence",
        "cites": ["甲.md:3"],
    }
    turn = Turn(
        seq=4,
        time=TIME,
        role="tutor",
        text="为什么？",
        state="probe",
        target="Q1",
        question_type="evidence",
        cites=("甲.md:3",),
    )
    assert records.turn_of(record("turn", **said, usage={"input_tokens": 3})) == turn
    assert records.usage_of(record("turn", **said, usage={"input_tokens": 3})) == Usage(input_tokens=3)
    judged = record("diagnosis", turn=2, verdict="wrong", misconception=1, by="m", prompt_hash="0")
    assert records.diagnosis_of(judged) == Diagnosis(turn=2, verdict="wrong", misconception=1, by="m")
    done = records.event_of(record("event", event="confidence", target="Q1", text="", rating=3))
    assert done == Event(seq=4, time=TIME, name="confidence", target="Q1", rating=3)


def test_what_a_document_was_made_from_is_read_with_all_its_pointers() -> None:
    point = {"turn": 2, "span": "带宽"}
    course = {"target": "Q1", "first": point, "pivot": None, "repair": None, "now": point, "by": "m"}
    selection = {"courses": [course], "insights": [point], "questions": [], "corrections": [{"older": 1, "now": point}]}
    gloss = {"block": "now.1", "text": "是。", "refs": ["T2"]}
    rest = {"folder": "深度讨论", "ratified": True, "dropped": ["card.1"]}
    pointer = Pointer(turn=2, span="带宽")
    assert choices_of({"selection": selection, "glosses": [gloss], "reference": [], **rest}) == Choices(
        selection=Selection(
            courses=(Course(target="Q1", first=pointer, now=pointer, by="m"),),
            insights=(pointer,),
            corrections=(Correction(older=1, now=pointer),),
        ),
        glosses=(Gloss(block="now.1", text="是。", refs=("T2",)),),
        folder="深度讨论",
        ratified=True,
        dropped=("card.1",),
    )
