"""The program's own questions: each does what its move is for, and none takes a right sentence for a wrong one."""

import re
from dataclasses import replace
from typing import get_args

import pytest
from stage import CLAIM, MISTAKE, Table, target

from agent.socratic.policy import TABLE, TYPES
from agent.socratic.tutor.checks import broken
from agent.socratic.tutor.phrase import context_of, template
from agent.socratic.tutor.uptake import held
from agent.socratic.values import Instruction, Move, Phase, Verdict
from agent.words import SENTENCES, Language, say

SAID: dict[Language, str] = {
    "zh": "每生成一个词都要把存下来的键值搬一遍，搬得慢就只能等",
    "en": "for each new word the stored keys are moved once more, and a slow move means waiting",
}
PRESUMES = re.compile(
    r"哪里要改|哪[一个]?[句处词].{0,4}要改|哪里(?:不对|错)|错在|怎么不对|has to change|is wrong|mistake|went wrong"
)
CONFIRM: tuple[Move, ...] = ("restate", "transfer", "discriminate")
MOVES = sorted({row.move for row in TABLE.values()} | {*TYPES} | {"hint", *CONFIRM} - {"tangent"})
"""Those of the table, those that take their place, and those of CONFIRM."""


def answered(language: Language, verdict: Verdict) -> Table:
    table = Table(target(language), language=language)
    table.answer(SAID[language], verdict, evidence="")
    return table


def due(move: Move, language: Language, material: str = "") -> Instruction:
    state: Phase = "confirm" if move in CONFIRM else "repair"
    hint = 4 if move == "assert" else 0
    return Instruction(
        target="Q1", state=state, move=move, language=language, question_type="clarify", hint=hint, material=material
    )


@pytest.mark.parametrize("verdict", ["correct", "partial", "wrong"])
@pytest.mark.parametrize("move", [one for one in MOVES if one != "tangent"])
def test_each_move_has_a_question_of_its_own_that_keeps_every_rule(
    move: Move, verdict: Verdict, language: Language
) -> None:
    table = answered(language, verdict)
    material = {"assert": CLAIM[language], "discriminate": MISTAKE[language].question}.get(move, "")
    material = material or (MISTAKE[language].question if move == "prerequisite" else "")
    own_turn = table.state.turns[-1].seq
    instruction = replace(due(move, language, material), quotes=(own_turn, own_turn))
    asked = template(table.state, instruction)
    assert broken(asked, context_of(table.state, instruction)) == ()
    own = [SENTENCES[key][language] for key in SENTENCES if key.startswith(f"tutor.template.{move}.")]
    patterns = [re.sub(r"\\\{\w+\\\}", ".+", re.escape(one)) for one in own]
    assert any(re.fullmatch(pattern, asked, re.DOTALL) for pattern in patterns), asked


def test_no_question_of_the_program_takes_what_was_said_for_wrong() -> None:
    own = {key: texts for key, texts in SENTENCES.items() if key.startswith("tutor.template.")}
    found = [
        texts[language] for texts in own.values() for language in get_args(Language) if PRESUMES.search(texts[language])
    ]
    assert found == []


@pytest.mark.parametrize("move", CONFIRM)
def test_what_confirms_is_never_asked_by_a_question_on_something_else(move: Move, language: Language) -> None:
    table = answered(language, "correct")
    instruction = due(move, language, MISTAKE[language].question if move == "discriminate" else "")
    general = [SENTENCES[key][language] for key in SENTENCES if key.startswith("tutor.template.any.")]
    for _ in range(6):
        asked = template(table.state, instruction)
        assert asked not in [one.replace("{quote}", held(SAID[language], None, language)) for one in general]
        table.state = replace(table.state, instruction=instruction, awaiting="tutor")
        table.tutor(asked)
        table.answer(SAID[language], "partial")


def test_of_an_earlier_sentence_the_clause_on_the_same_thing_is_held_against_the_last(language: Language) -> None:
    earlier = {
        "zh": "我先说一件和它没什么关系的事，带宽够用",
        "en": "first there is something that has nothing to do with it, bandwidth is ample",
    }[language]
    now = {"zh": "带宽其实不够", "en": "bandwidth is short in fact"}[language]
    assert held(earlier, None, language, near=now) == {"zh": "带宽够用", "en": "bandwidth is ample"}[language]
    assert say(language, "tutor.template.side_by_side.1", earlier="a", quote="b").endswith(("？", "?"))
