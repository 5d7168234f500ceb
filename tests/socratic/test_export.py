"""A session for a reader: everything that was said and judged, no gold, no secrets."""

import json

from behaving import ANSWERS, behaving
from stage import CLAIM, SID, Learner, Stage

from agent.socratic.stored.export import exported
from agent.words import Language

KEY = "sk-ant-api03-abcdefghijklmnop0123"


def test_markdown_tells_the_turns_events_and_judgements_in_order(stage: Stage, language: Language) -> None:
    stage.run(Learner(ANSWERS[language][0], "/park 以后 later", "/end", confidence=4), behaving(language))
    text = exported(stage.store, SID, "md")
    assert f"> {ANSWERS[language][0]}" in text
    assert "以后 later" in text
    assert "4/5" in text
    assert "SOLO 3" in text
    assert text.index(ANSWERS[language][0]) < text.index("SOLO 3") < text.index("以后 later")


def test_json_holds_the_records_verbatim(stage: Stage, language: Language) -> None:
    stage.run(Learner(ANSWERS[language][0], "/end"), behaving(language))
    found = json.loads(exported(stage.store, SID, "json"))
    assert (found["sid"], found["language"]) == (SID, language)
    turns = [row for row in found["records"] if row["kind"] == "turn"]
    assert [row["text"] for row in turns] == [turn["text"] for turn in stage.turns()]
    assert {row["kind"] for row in found["records"]} == {"turn", "diagnosis", "event"}


def test_neither_shape_holds_gold_or_a_key(stage: Stage, language: Language) -> None:
    stage.run(Learner(f"key {KEY} 变慢", "/pause"), behaving(language))
    for text in (exported(stage.store, SID, "md"), exported(stage.store, SID, "json")):
        assert KEY not in text
        assert "sk-ant-…" in text
        assert CLAIM[language] not in text
