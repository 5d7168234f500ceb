"""The move table, the ladder, moving on and the caps, line by line; each test is named after the line it holds."""

from dataclasses import dataclass
from typing import Any

import pytest
from stage import MISTAKE, Table, target

from agent.socratic.commands import granted
from agent.socratic.values import EarlierAccount, Instruction, Move, QuestionType, SessionState, Verdict

OWN = "我猜每走一步都得重新搬一遍所有存下来的东西"
OTHER = "也可能是排队的货太多，把路占满了"
RIGHT = (
    "要搬的东西越来越多，搬运比算慢",
    "因为管道一样宽，货却多了",
    "换句话说：路宽不变，车多了就堵",
    "车减半就快一倍",
    "几乎一样快，因为等的是货",
    "说白了就是等货",
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row of the table in socratic.md: what the last answer was, and what the next turn must be."""

    says: str
    verdict: Verdict
    move: Move
    kinds: tuple[QuestionType | None, ...]
    level: int = 0
    hint: int = 0
    solo: int = 1
    confidence: int | None = None
    conflict: bool = False
    text: str = OWN


LINES = [
    Line(says="correct, unsupported: ask for grounds", verdict="correct", move="grounds", kinds=("evidence",)),
    Line(
        says="correct, supported: climb",
        verdict="correct",
        solo=3,
        move="climb",
        kinds=("implication", "viewpoint"),
        level=+1,
    ),
    Line(
        says="correct in the source's words: own words",
        verdict="correct",
        solo=3,
        move="own_words",
        kinds=("clarify",),
        text=target().gold[0].source.text,
    ),
    Line(says="partial: ask the missing link", verdict="partial", move="missing_link", kinds=("clarify",), hint=1),
    Line(
        says="wrong, confidence 4: predict, then a counter-case",
        verdict="wrong",
        confidence=4,
        move="counter_case",
        kinds=("implication",),
        hint=2,
    ),
    Line(
        says="wrong, confidence 5: predict, then a counter-case",
        verdict="wrong",
        confidence=5,
        move="counter_case",
        kinds=("implication",),
        hint=2,
    ),
    Line(
        says="wrong, confidence 3: locate",
        verdict="wrong",
        confidence=3,
        move="locate",
        kinds=("assumption",),
        level=-1,
        hint=1,
    ),
    Line(says="wrong otherwise: locate", verdict="wrong", move="locate", kinds=("assumption",), level=-1, hint=1),
    Line(
        says="conflicts with an earlier claim: side by side",
        verdict="wrong",
        conflict=True,
        move="side_by_side",
        kinds=("assumption",),
        hint=2,
    ),
    Line(says="don't know: prior knowledge", verdict="dont_know", move="prior_knowledge", kinds=("clarify",), level=-1),
    Line(says="bare assent: require a product", verdict="assent", move="product", kinds=("clarify",)),
    Line(says="asks a fact: answer it", verdict="question", move="fact", kinds=(None,)),
    Line(says="tangent: offer", verdict="offtopic", move="tangent", kinds=(None,)),
]


def due(state: SessionState) -> Instruction:
    assert state.instruction is not None
    return state.instruction


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.says)
def test_the_table_says(line: Line) -> None:
    conflict = 3 if line.conflict else None
    state = Table().answer(line.text, line.verdict, line.confidence, solo=line.solo, conflict=conflict)
    assert (due(state).move, due(state).hint) == (line.move, line.hint)
    assert due(state).question_type in line.kinds
    assert due(state).level == 2 + line.level


def test_wrong_again_after_locating_asks_for_what_it_rests_on_and_each_prerequisite_once() -> None:
    table = Table(target(prerequisites=("什么要重新读？", "读的快慢由什么定？"), misconceptions=()))
    asked = [due(table.answer(f"{OWN}，第{number}次", "wrong")) for number in range(4)]
    assert [one.move for one in asked] == ["locate", "prerequisite", "prerequisite", "locate"]
    assert [one.material for one in asked[1:3]] == ["什么要重新读？", "读的快慢由什么定？"]


def test_what_conflicts_with_an_older_session_is_put_beside_those_words() -> None:
    table = Table()
    older = EarlierAccount(date="2026-10-01", question="?", text="等的是搬运", cite="a.md#t5")
    table.state = _with_earlier(table.state, older)
    instruction = due(table.answer(OWN, "wrong", older=1))
    assert (instruction.move, instruction.older, instruction.hint) == ("side_by_side", 1, 2)


def test_a_change_of_mind_for_the_better_is_no_conflict() -> None:
    table = Table()
    table.answer(OWN, "wrong")
    assert due(table.answer(OTHER, "correct", solo=3, conflict=3)).move == "climb"


def test_never_one_type_three_times_running() -> None:
    for verdict in ("correct", "partial", "wrong", "dont_know", "assent"):
        table = Table(target(), target(id="Q2"), target(id="Q3"))
        kinds: list[QuestionType | None] = []
        while table.state.phase != "close":
            state = table.answer(f"{OWN}{len(kinds)}", verdict, solo=1)
            kinds.append(due(state).question_type)
        typed = [kind for kind in kinds if kind]
        assert all(len({*three}) > 1 for three in zip(typed, typed[1:], typed[2:], strict=False)), verdict


def test_one_question_at_level_four_or_above_before_a_target_counts_as_mastered() -> None:
    table = Table(target(goal_level=1))
    while table.state.phase != "close":
        table.answer(RIGHT[len(table.state.diagnoses)], "correct", solo=3)
    assert table.state.outcomes[0].result == "mastered"
    assert max(turn.level or 0 for turn in table.state.turns if turn.role == "tutor") >= 4


LADDER = [
    ("two turns without progress: one rung", ["partial"] * 5, [1, 1, 2, 2, 3]),
    ("one honest don't know: one rung", ["dont_know"] * 4, [0, 1, 2, 3]),
    ("progress: back to H0", ["partial", "partial", "partial", "correct", "partial"], [1, 1, 2, 0, 1]),
    ("a fact or a tangent costs no rung", ["partial", "question", "offtopic", "partial"], [1, 0, 0, 1]),
    ("three effortless turns stop the hints", ["partial", "assent", "assent", "assent", "assent"], [1, 0, 0, 0, 0]),
]


@pytest.mark.parametrize(("says", "verdicts", "hints"), LADDER, ids=[line[0] for line in LADDER])
def test_the_ladder_says(says: str, verdicts: list[Verdict], hints: list[int]) -> None:
    table = Table(target(misconceptions=()))
    given = [due(table.answer(f"{OWN}{n}", verdict, solo=1)).hint for n, verdict in enumerate(verdicts)]
    assert given == hints, says


def test_the_rungs_show_no_more_than_they_may() -> None:
    """H0 nothing, H1 no value, H2 the cue, H4 one claim, H5 all, marked as told."""
    table = Table(target(hints=("想想每一步要读什么", "40 GB 除以每秒 3.35 TB")))
    shown: dict[int, str] = {}
    table.answer(OWN, "wrong", misconception=1)
    while table.state.phase != "close" and table.state.awaiting == "tutor":
        instruction = due(table.state)
        shown.setdefault(instruction.hint, instruction.material)
        table.answer("完全没有头绪，但是在想", "dont_know", solo=0)
    assert shown[1] == "想想每一步要读什么"
    assert shown[2] == MISTAKE["zh"].cue
    assert shown[4] == target().gold[0].claim
    assert not {"3.35", "12 ms"} & {word for hint in (1, 2) for word in shown[hint].split()}


def test_telling_is_granted_after_one_attempt_and_a_nod_is_none() -> None:
    table = Table()
    table.tutor()
    assert not granted(table.state, "tell")
    table.answer("嗯", "assent")
    table.tutor()
    assert not granted(table.state, "tell")
    table.answer(OWN, "wrong")
    table.tutor()
    assert granted(table.state, "tell")
    told = due(table.event("tell"))
    assert (told.move, told.hint) == ("tell", 5)
    table.answer("原来是搬运受限", "correct", solo=4)
    assert table.state.outcomes[-1].result == "told"
    assert table.state.beliefs[-1].how == "told"


def test_a_hint_is_granted_after_one_attempt_and_a_nod_is_none() -> None:
    table = Table()
    table.answer("嗯", "assent")
    table.tutor()
    assert not granted(table.state, "hint")
    table.answer(OWN, "wrong")
    table.tutor()
    assert granted(table.state, "hint")


MOVING_ON: list[tuple[str, dict[int, dict[str, Any]], list[Move]]] = [
    ("goal, restatement and transfer", {}, ["climb", "restate", "transfer"]),
    ("not at the goal level: climbs on", {0: {"solo": 2}}, ["grounds", "climb", "restate", "transfer"]),
    (
        "a restatement in the source's words does not count",
        {2: {"text": target().gold[0].source.text}},
        ["climb", "restate", "own_words", "restate", "transfer"],
    ),
    (
        "a transfer that fails is asked again",
        {3: {"verdict": "partial"}},
        ["climb", "restate", "transfer", "missing_link", "transfer"],
    ),
]


@pytest.mark.parametrize(("says", "answers", "moves"), MOVING_ON, ids=[line[0] for line in MOVING_ON])
def test_moving_on_needs(says: str, answers: dict[int, dict[str, Any]], moves: list[Move]) -> None:
    table = Table(target(misconceptions=()))
    asked: list[Move] = []
    number = 0
    while table.state.phase != "close":
        given = {"text": RIGHT[number % len(RIGHT)], "verdict": "correct", "solo": 3, **answers.get(number, {})}
        state = table.answer(given.pop("text"), given.pop("verdict"), **given)
        asked.append(due(state).move)
        number += 1
    assert asked == [*moves, "close"], says
    assert table.state.outcomes[0].result == "mastered"


def test_the_discriminating_question_comes_at_least_two_turns_after_the_misconception() -> None:
    table = Table(target(goal_level=1))
    table.answer("因为乘法变多了", "wrong", misconception=1)
    met = len([turn for turn in table.state.turns if turn.role == "tutor"])
    while table.state.phase != "close":
        state = table.answer(RIGHT[len(table.state.diagnoses) - 1], "correct", solo=3)
        if due(state).move == "discriminate":
            asked = len([turn for turn in table.state.turns if turn.role == "tutor"]) + 1
            assert asked - met >= 2
    assert "discriminate" in {turn.move for turn in table.state.turns}
    assert table.state.outcomes[0].result == "mastered"


def test_eight_tutor_turns_a_target_then_unresolved() -> None:
    table = Table(target(), target(id="Q2"))
    while table.state.target.id == "Q1":
        table.answer(OWN, "correct", solo=1)
    assert table.state.outcomes[0].result == "unresolved"
    assert sum(turn.target == "Q1" for turn in table.state.turns if turn.role == "tutor") == 8


def test_five_turns_in_repair_then_unresolved() -> None:
    table = Table(target(), target(id="Q2"))
    while table.state.target.id == "Q1":
        table.answer(f"{OWN}{len(table.state.turns)}", "wrong")
    assert table.state.outcomes[0].result == "unresolved"
    repair = [turn for turn in table.state.turns if turn.role == "tutor" and turn.state == "repair"]
    assert len(repair) == 5


def test_a_right_answer_to_the_fifth_turn_of_repair_leads_out_of_it() -> None:
    table = Table(target(), target(id="Q2"))
    for number in range(5):
        table.answer(f"{OWN}{number}", "wrong")
    assert due(table.answer(RIGHT[0], "correct", solo=3)).move == "climb"
    table.answer(OTHER, "wrong")
    assert table.state.outcomes[0].result == "unresolved"


ENDINGS = [
    ("targets done", "done", 1, 7.0, ["correct"]),
    ("30 minutes", "time", 3, 200.0, ["partial"]),
    ("24 tutor turns", "turns", 9, 1.0, ["correct", "correct", "correct", "partial"]),
    ("two unresolved running", "unresolved", 3, 1.0, ["wrong"]),
    ("low effort", "effort", 3, 1.0, ["assent"]),
]


@pytest.mark.parametrize(("says", "ending", "count", "seconds", "verdicts"), ENDINGS, ids=[e[0] for e in ENDINGS])
def test_a_session_ends_on(says: str, ending: str, count: int, seconds: float, verdicts: list[Verdict]) -> None:
    table = Table(*(target(id=f"Q{n}", misconceptions=()) for n in range(count)), seconds=seconds)
    number = 0
    while table.state.phase != "close":
        text = f"{RIGHT[number % len(RIGHT)]}{'甲乙丙丁戊己庚辛壬癸'[number % 10]}"
        table.answer(text, verdicts[number % len(verdicts)], solo=3)
        number += 1
    assert table.state.ending == ending, says
    assert sum(turn.role == "tutor" for turn in table.state.turns) <= 24
    if ending == "time":
        assert 30 * 60 <= table.state.spent_seconds < 30 * 60 + 4 * seconds


def test_a_session_ends_on_the_learners_word() -> None:
    table = Table()
    table.answer(OWN, "partial")
    assert (table.event("end").phase, table.state.ending) == ("ended", "learner")


@pytest.mark.parametrize("name", ["hint", "tell", "follow", "back"])
def test_after_24_tutor_turns_no_command_opens_another(name: str) -> None:
    table = Table(*(target(id=f"Q{n}", misconceptions=()) for n in range(9)), seconds=1)
    number = 0
    while table.state.tutor_turns < 24:
        if table.state.awaiting == "tutor":
            table.tutor()
            continue
        table.answer(f"{RIGHT[number % 6]}{'甲乙丙丁戊己庚'[number % 7]}", "partial" if number % 4 == 3 else "correct")
        number += 1
    assert not granted(table.state, name)  # type: ignore[arg-type]


def _with_earlier(state: SessionState, account: EarlierAccount) -> SessionState:
    from dataclasses import replace  # noqa: PLC0415 - beside its only use

    return replace(state, earlier=(account,))
