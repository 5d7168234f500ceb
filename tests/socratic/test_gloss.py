"""A gloss says no more than what it rests on: no number, quantity, name or quotation from elsewhere."""

from collections.abc import Mapping

from closing import WRONG, close, closing_model, glosses, number_of
from stage import CLAIM, Stage, Table, target

from agent.model.messages import Request
from agent.socratic.document.gloss import REFERENCE_LINES, settled_passages, validated
from agent.words import Language, say


def test_a_sentence_that_fails_is_dropped_and_the_rest_stays(stage: Stage, language: Language) -> None:
    document = close(stage).document
    assert document is not None
    mark = say(language, "discussion.gloss", text="").strip()
    marked = [line for line in document.after.split("\n") if line.startswith(mark)]
    assert len(marked) == 1
    assert "77" not in document.after
    assert "[T" in marked[0]


def sentences(state: Table, *entries: Mapping[str, object]) -> tuple[str, ...]:
    fields = {"glosses": [{"block": "method", "sentences": list(entries)}], "reference": []}
    kept, _ = validated(fields, state.state, ("method",), {})
    return tuple(gloss.text for gloss in kept)


def test_a_gloss_names_what_it_rests_on_is_one_sentence_and_a_block_has_two() -> None:
    table = Table(target())
    table.answer("要搬的东西更多", "partial")
    good = {"text": "要搬的东西更多。", "refs": ["T3"]}
    assert sentences(table, good, good, good) == ("要搬的东西更多。",) * 2
    for bad in (
        {"text": "要搬的东西更多。", "refs": []},
        {"text": "要搬的东西更多。", "refs": ["T99"]},
        {"text": "要搬。东西更多。", "refs": ["T3"]},
        {"text": "要搬的\n东西更多。", "refs": ["T3"]},
        {"text": "## 要搬的东西更多。", "refs": ["T3"]},
        {"text": "要搬的[东西](x.md)更多。", "refs": ["T3"]},
        {"text": "more has to be moved.", "refs": ["T3"]},
        {"text": "要搬的东西更多" * 20, "refs": ["T3"]},
    ):
        assert sentences(table, bad) == (), bad


def test_the_explanation_rests_on_the_notes_alone_and_has_forty_lines(stage: Stage, language: Language) -> None:
    def many(request: Request) -> dict[str, object]:
        line = {"zh": "每步至少要 12 ms。", "en": "Each step takes at least 12 ms."}[language]
        own = {"text": WRONG[language], "refs": [f"T{number_of(request, WRONG[language])}"]}
        return {**glosses(request, language), "reference": [own, *[{"text": line, "refs": ["S1"]}] * 50]}

    document = close(stage, closing_model(language, gloss=many)).document
    assert document is not None
    title = say(language, "discussion.section.reference")
    section = document.after.split(title + "\n")[1].split("\n## ")[0]
    shown = [line for line in section.split("\n") if line.startswith("- ")]
    assert len(shown) == REFERENCE_LINES
    assert all("12 ms" in line and "`" in line for line in shown)


def test_the_passage_of_a_question_left_open_is_not_shown() -> None:
    table = Table(target(), target(id="Q2"))
    table.answer("要搬的东西更多", "partial")
    assert settled_passages(table.state) == ()
    table.event("tell")
    table.tutor(f"【告知】{CLAIM['zh']}")
    table.answer("每步都要读", "correct")
    assert [one.cite for one in settled_passages(table.state)] == ["学习笔记/缓存.md:5"]
