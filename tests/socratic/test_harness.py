"""The short form of `make bench-socratic`: sessions through the real engine, and what an onlooker finds."""

from pathlib import Path

import pytest

from agent.socratic.stored.rubric import Rubric, rows, rubric
from agent.socratic.tutor.checks import CHECKS, Rule
from bench.socratic.learners import KINDS
from bench.socratic.models import MODELS
from bench.socratic.oracle import Verdict
from bench.socratic.play import Casting, castings, play_all
from bench.socratic.scripts import LANGUAGES, scripts
from bench.socratic.table import ONLY_BEHAVING, without

BEHAVING = [
    Casting(kind=kind, model="behaves", language=LANGUAGES[number % 2], first=number)
    for number, kind in enumerate(KINDS)
]
MISBEHAVING = [
    Casting(kind=("parts", "authority")[number % 2], model=model, language=LANGUAGES[number % 2], first=number)
    for number, model in enumerate(MODELS)
]


def test_there_are_twelve_targets_twelve_learners_and_eight_models_in_two_languages() -> None:
    assert [len(scripts(language)) for language in LANGUAGES] == [12, 12]
    assert (len(KINDS), len(MODELS)) == (12, 8)
    assert sum(1 for _ in castings()) == 12 * 12 * 8


@pytest.mark.parametrize("cast", [BEHAVING, MISBEHAVING], ids=["behaving", "misbehaving"])
def test_the_discipline_holds_whatever_the_model_does(cast: list[Casting], tmp_path: Path) -> None:
    verdict, total = Verdict(), Rubric()
    for played in play_all(cast, tmp_path):
        verdict.look_at(played)
        total += rubric(played.records)
    assert not verdict.faults
    assert verdict.quotations > 100
    missed = [row.name for row in rows(total) if not row.holds]
    assert set(missed) <= (set() if cast is BEHAVING else ONLY_BEHAVING)


@pytest.mark.parametrize("rule", CHECKS)
def test_a_missing_check_turns_the_harness_red(rule: Rule, tmp_path: Path) -> None:
    found = without(rule, tmp_path, LANGUAGES[int(rule[1:]) % 2 :][:1])
    assert any(rule in fault or "form" in fault for fault in found.faults), found.faults
    assert rule in CHECKS


def test_a_change_of_mind_is_earned(tmp_path: Path) -> None:
    """The learner who is wrong holds the belief until a turn addresses what refutes it."""
    wrong = Casting(kind="confident-wrong", model="behaves", language="en", first=0)
    (played, *_) = play_all([wrong], tmp_path)
    cue = scripts("en")[0].target.misconceptions[0].cue
    turns = [turn for turn in played.state.turns if turn.target == "cache"]
    verdicts = {one.turn: one.verdict for one in played.state.diagnoses}
    told = next(turn.seq for turn in turns if turn.role == "tutor" and cue in turn.text)
    assert {verdicts[turn.seq] for turn in turns if turn.role == "learner" and turn.seq < told} == {"wrong"}
    assert {verdicts[turn.seq] for turn in turns if turn.role == "learner" and turn.seq > told} == {"correct"}
