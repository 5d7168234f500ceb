"""The measures of a stored session: each of them can fail, and a session in order fails none."""

import json
from dataclasses import replace
from typing import Any

import pytest
from behaving import ANSWERS, behaving
from stage import Learner, Stage, target

from agent.socratic import records
from agent.socratic.stored.rubric import Rubric, Share, rows, rubric, rubric_json, rubric_text
from agent.socratic.values import Diagnosis, Instruction, Move, SessionState, Utterance, Verdict
from agent.words import Language
from agent.workspace.journal import Record

OWN = "我猜每走一步都得重新搬一遍所有存下来的东西"


class Tape:
    """Records written by hand, as no guarded session would write them."""

    def __init__(self, language: Language = "zh", **changes: Any) -> None:
        self.records: list[Record] = []
        blank = SessionState(
            sid="s", topic="t", language=language, offline=False, targets=(target(language, **changes),), clock=""
        )
        self.put(records.start_record(blank))
        self.tutor("为什么序列越长，解码越慢？", "open")

    def put(self, record: dict[str, Any]) -> "Tape":
        kind = record.pop("kind")
        time = f"2026-11-01T09:00:{len(self.records):02}.000+00:00"
        self.records.append(Record(seq=len(self.records) + 1, time=time, kind=kind, content=record))
        return self

    def tutor(self, text: str, move: Move = "missing_link", *, hint: int = 0, level: int = 2) -> "Tape":
        instruction = Instruction(
            target="Q1",
            state="elicit" if move == "open" else "probe",
            move=move,
            language="zh",
            question_type=None if move in ("open", "tell") else "clarify",
            level=level,
            hint=hint,
        )
        return self.put(records.tutor_record(Utterance(text=text, model="m"), instruction))

    def learner(self, text: str = OWN, verdict: Verdict = "partial", solo: int = 1) -> "Tape":
        self.put({"kind": "turn", "role": "learner", "text": text, "state": "probe", "target": "Q1"})
        seq = len(self.records)
        return self.put(records.diagnosis_record(Diagnosis(turn=seq, verdict=verdict, solo=solo)))

    def measured(self) -> Rubric:
        return rubric(self.records)


def parts(measured: Rubric, name: str) -> tuple[int, int]:
    share: Share = getattr(measured, name)
    return share.part, share.whole


SOUND = "你说「重新搬一遍」，搬的是什么？"
CASES: list[tuple[str, str, str, tuple[int, int]]] = [
    ("one question", "one_question", SOUND, (1, 1)),
    ("two questions", "one_question", "搬的是什么？搬多久？", (0, 1)),
    ("no question", "one_question", "想想搬的是什么。", (0, 1)),
    ("a question in a quotation", "one_question", "「为什么？」这一问先放下。", (0, 1)),
    ("nothing leaks", "leaks", SOUND, (0, 2)),
    ("a value leaks", "leaks", "重新搬一遍要 12 ms，你信吗？", (1, 2)),
    ("a claim leaks", "leaks", "重新搬一遍是受显存带宽限制吗？", (1, 2)),
    ("taken up", "uptake", SOUND, (1, 1)),
    ("not taken up", "uptake", "乘法器的数目重要吗？", (0, 1)),
    ("a true quotation", "quotations", SOUND, (1, 1)),
    ("an invented quotation", "quotations", "你说「搬两遍就够」，凭什么？", (0, 1)),
    ("no praise", "false_praise", SOUND, (0, 1)),
    ("praise of a partial answer", "false_praise", "说得很对，重新搬一遍要多久？", (1, 1)),
]


@pytest.mark.parametrize(("says", "name", "text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_a_turn_is_measured(says: str, name: str, text: str, expected: tuple[int, int]) -> None:
    assert parts(Tape().learner().tutor(text).measured(), name) == expected, says


def test_a_wrong_claim_agreed_with_is_counted_and_an_honest_praise_is_not() -> None:
    wrong = Tape().learner(verdict="wrong").tutor("对，重新搬一遍要多久？").measured()
    correct = Tape().learner(verdict="correct").tutor("对，重新搬一遍要多久？").measured()
    assert (parts(wrong, "validated"), parts(wrong, "false_praise")) == ((1, 1), (1, 1))
    assert (parts(correct, "validated"), parts(correct, "false_praise")) == ((0, 0), (0, 1))


LADDER: list[tuple[str, list[tuple[Verdict, Move, int]], int]] = [
    ("the table's own entry", [("partial", "missing_link", 1), ("wrong", "counter_case", 2)], 0),
    (
        "a rung after two turns",
        [("partial", "missing_link", 1), ("partial", "missing_link", 1), ("partial", "missing_link", 2)],
        0,
    ),
    ("a rung too early", [("partial", "missing_link", 1), ("partial", "missing_link", 2)], 1),
    ("two rungs at once", [("dont_know", "prior_knowledge", 0), ("dont_know", "prior_knowledge", 3)], 1),
    ("told without a wish", [("partial", "missing_link", 1), ("partial", "tell", 5)], 1),
    ("a hint after three nods", [("assent", "product", 0)] * 2 + [("assent", "missing_link", 1)], 1),
    ("no way back to H0", [("partial", "missing_link", 1), ("correct", "climb", 1)], 1),
]


@pytest.mark.parametrize(("says", "course", "violations"), LADDER, ids=[case[0] for case in LADDER])
def test_the_ladder_is_measured(says: str, course: list[tuple[Verdict, Move, int]], violations: int) -> None:
    tape = Tape()
    for number, (verdict, move, hint) in enumerate(course):
        tape.learner(f"{OWN}{number}", verdict).tutor(f"第 {number} 问：搬的是什么？", move, hint=hint)
    assert parts(tape.measured(), "ladder")[0] == violations, says


def test_who_said_the_claim_first_is_measured() -> None:
    own = Tape().learner("受显存带宽限制", "correct").tutor("显存带宽为什么会不够？").measured()
    given = Tape().learner().tutor("是显存带宽吗？").learner("是显存带宽", "correct").measured()
    assert parts(own, "learner_first") == (1, 1)
    assert parts(given, "learner_first") == (0, 1)


def test_late_turns_are_held_against_early_ones() -> None:
    tape = Tape()
    for number in range(14):
        text = SOUND if number < 5 else "重新搬一遍的是什么？搬多久？"
        tape.learner(f"{OWN}{number}").tutor(text)
    measured = tape.measured()
    assert measured.worse("one_question") == 1.0
    assert measured.worse("uptake") == 0.0


def test_a_session_with_a_model_that_behaves_reaches_every_target(stage: Stage, language: Language) -> None:
    stage.run(Learner(*ANSWERS[language]), behaving(language))
    measured = rubric(stage.records())
    assert measured.one_question.whole == 3
    assert [row.name for row in rows(measured) if not row.holds] == []
    text = rubric_text(measured, language)
    assert "GPT-4 9%" in text
    assert text.count("\n") < 17
    assert json.dumps(rubric_json(measured))


def test_rubrics_add_up_and_nothing_is_no_failure() -> None:
    one = replace(Rubric(), leaks=Share(1, 2), told=Share(1, 1))
    two = replace(Rubric(), leaks=Share(0, 2))
    assert (one + two).leaks == Share(1, 4)
    assert rubric(()) == Rubric()
    assert all(row.holds for row in rows(Rubric()))
    assert {row.name for row in rows(one) if not row.holds} == {"leaks", "told"}
