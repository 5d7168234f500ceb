"""How a discussion stands to earlier ones is computed; what was wrong then is put right at the end of its document."""

from dataclasses import replace
from typing import Any

import pytest
from behaving import ANSWERS, behaving
from stage import QUESTION, SID, Learner, ScriptedModel, Stage, Table, bare_target, gold_reply, judged, target

from agent.notes.quotations import recorded_turns
from agent.socratic.document.choices import Choices
from agent.socratic.document.compile import compiled
from agent.socratic.document.corrections import correction
from agent.socratic.document.relations import Relation
from agent.socratic.document.select import by_code
from agent.socratic.sessions import rebuild
from agent.socratic.values import EarlierAccount
from agent.words import Language, say

OLDER = EarlierAccount(
    date="2025-11-09",
    question=QUESTION["zh"],
    text="慢是因为乘法变多了",
    cite="深度讨论/缓存深度讨论.md#t7",
    level=2,
    how="hinted",
)


def relation(older: EarlierAccount, *answers: tuple[str, dict[str, Any]]) -> Relation | None:
    table = Table(target(goal_level=2))
    table.state = replace(table.state, earlier=(older,))
    for text, judgement in answers:
        table.answer(text, **judgement)
    table.event("end")
    found = compiled(table.state, Choices(selection=by_code(table.state))).relations
    return found[0] if found else None


RIGHT = ("每一步都要把整个缓存读一遍", {"verdict": "correct", "solo": 3})


@pytest.mark.parametrize(
    ("older", "kind"),
    [
        (OLDER, "deepens"),
        (replace(OLDER, how="unaided"), "cites"),
        (replace(OLDER, how="unaided", level=1), "deepens"),
        (replace(OLDER, how="", level=0), "cites"),
    ],
)
def test_the_same_question_is_deepened_by_level_or_by_less_help_and_else_cited(
    older: EarlierAccount, kind: str
) -> None:
    found = relation(older, RIGHT)
    assert found is not None
    assert found.kind == kind


def test_a_correct_answer_against_an_older_account_corrects_it_and_a_wrong_one_contradicts_it() -> None:
    corrected = relation(OLDER, ("慢在读缓存，不在乘法", {"verdict": "correct", "solo": 3, "older": 1}))
    wrong = relation(OLDER, ("慢在写回", {"verdict": "wrong", "older": 1}))
    assert corrected is not None
    assert wrong is not None
    assert (corrected.kind, wrong.kind) == ("corrects", "contradicts")
    assert corrected.now is not None
    assert corrected.now.span == "慢在读缓存，不在乘法"


def test_an_account_that_never_came_up_is_no_relation() -> None:
    assert relation(replace(OLDER, question="优化器为什么要两份动量？"), RIGHT) is None


def held_before(stage: Stage) -> str:
    """An earlier session on the same question; the path of its document."""
    earlier = stage.run(Learner(*ANSWERS[stage.language]), behaving(stage.language))
    assert earlier.document is not None
    stage.store.write(earlier.document.path, earlier.document.after, expected_sha256=None)
    stage.sid = "20261102-090000-0002"
    return earlier.document.path


CORRECTED: dict[Language, str] = {
    "zh": "先前说错了一半：除了读缓存，还有权重也要读",
    "en": "earlier I had only half of it: beside the cache the weights are read too",
}


def test_the_old_words_and_the_new_ones_stand_side_by_side_with_a_link(stage: Stage, language: Language) -> None:
    path = held_before(stage)
    model = ScriptedModel(gold=gold_reply(language), diagnose=judged("correct", solo=3, older=1), phrase="?")
    finished = stage.run(Learner(CORRECTED[language], "/end"), model, [bare_target(language)])
    assert finished.document is not None
    section = finished.document.after.split(say(language, "discussion.section.relations") + "\n")[1].split("\n## ")[0]
    assert say(language, "discussion.relation.corrects") in section
    assert f"]({path.rsplit('/', 1)[-1].replace(' ', '%20')}#t" in section
    assert f"> “{CORRECTED[language]}”" in section
    assert any(f"> “{answer}”" in section for answer in ANSWERS[language])
    assert rebuild(stage.store, stage.sid) == (finished.document.after, ())


def test_a_correction_is_appended_to_the_old_document_which_stays_as_it_was(stage: Stage, language: Language) -> None:
    path = held_before(stage)
    model = ScriptedModel(gold=gold_reply(language), diagnose=judged("correct", solo=3, older=1), phrase="?")
    finished = stage.run(Learner(CORRECTED[language], "/end"), model, [bare_target(language)])
    assert finished.document is not None
    (proposal,) = [one for one in finished.proposals if one.path == path]
    assert proposal.after.startswith(proposal.before.rstrip("\n"))
    added = proposal.after[len(proposal.before) :]
    assert f"## {say(language, 'discussion.correction-title')}" in added
    assert f"> “{CORRECTED[language]}”" in added
    old = [line for line in added.split("\n") if line.startswith("> “") and CORRECTED[language] not in line]
    assert old[0].strip("> “”") in "\n".join(recorded_turns(proposal.before).values())
    assert finished.compiled is not None
    (correcting,) = [one for one in finished.compiled.relations if one.kind == "corrects"]
    new = finished.document.path
    assert correction(proposal.after, relations=[correcting], compiled=finished.compiled, path=new) == ()
    stage.store.write(path, proposal.after, expected_sha256=proposal.expected_sha256)
    stage.store.write(finished.document.path, finished.document.after, expected_sha256=None)
    assert rebuild(stage.store, SID)[0] == proposal.before


def test_the_cold_question_is_told_with_the_answer_from_memory_and_the_words_from_then(
    stage: Stage, language: Language
) -> None:
    held_before(stage)
    other = {
        "zh": "为什么显存带宽限制解码，而不是算力限制？",
        "en": "Why does memory bandwidth limit decoding, and not arithmetic?",
    }[language]
    cold = {"zh": "凭记忆：每步都要读缓存", "en": "from memory: each step reads the cache"}[language]
    target_ = bare_target(language, id="Q2", question=other, title=other.rstrip("?？"))
    finished = stage.run(Learner(cold, ANSWERS[language][1], "/end"), None, [target_])
    assert finished.document is not None
    section = finished.document.after.split(say(language, "discussion.section.relations") + "\n")[1].split("\n## ")[0]
    assert say(language, "discussion.relation-cold", ref="").strip() in section
    assert f"> “{cold}”" in section
