"""A gloss says no more than what it rests on: no number, quantity, name or quotation from elsewhere."""

from collections.abc import Mapping

import pytest
from closing import WRONG, close, closing_model, glosses, number_of
from hypothesis import given
from hypothesis import strategies as st
from stage import CLAIM, Stage, Table, target

from agent.model.messages import Request
from agent.socratic.document.gloss import REFERENCE_LINES, settled_passages, validated
from agent.text.founded import faults
from agent.words import Language, say

ZH = "每步读 40 GB 的 KV 缓存，一张卡每秒能读 3.35 TB，所以减半就快一倍。"
EN = "Each step reads 40 GB of KV cache; a card reads 3.35 TB a second, so half the cache is twice the speed."


@pytest.mark.parametrize(
    ("text", "given_"),
    [
        ("每步读 40 GB，一秒 3.35 TB。", ZH),
        ("缓存减半，速度快一倍。", ZH),
        ("「每步读 40 GB」是关键。", ZH),
        ("From 40 GB at 3.35 TB a second.", EN),
        ("The cache decides, and half of it is twice the speed.", EN),
        ("Reading “40 GB of KV cache” is the step.", EN),
        ("It takes 2 reads.", "It takes 2 reads."),
        ("参数占 14GB，合 14 GB。", "参数 = 7B × 2 bytes = 14GB"),
        ("The weights take 14 GB.", "weights = 7B × 2 bytes = 14GB"),
        ("It takes two reads.", "It takes 2 reads."),
    ],
)
def test_what_stands_in_the_references_may_be_said(text: str, given_: str) -> None:
    assert faults(text, given_) == ()


@pytest.mark.parametrize(
    ("text", "given_", "fault"),
    [
        ("每步读 41 GB。", ZH, "41"),
        ("每步读 40 GB，快三倍。", ZH, "三"),
        ("参数占 14 MB。", "参数 = 14GB", "MB"),
        ("只剩百分之二。", ZH, "百分之二"),
        ("靠的是 FlashAttention。", ZH, "FlashAttention"),
        ("用 softmax 归一化。", ZH, "softmax"),
        ("「缓存越大越快」说反了。", ZH, "缓存越大越快"),
        ("Each step reads 400 GB.", EN, "400"),
        ("Three times the speed.", EN, "Three"),
        ("It is what Nvidia measured.", EN, "Nvidia"),
        ("See torch.compile for it.", EN, "torch.compile"),
        ("You said “the cache is free”.", EN, "the cache is free"),
    ],
)
def test_what_does_not_stand_there_is_named(text: str, given_: str, fault: str) -> None:
    assert fault in faults(text, given_)


@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=0, max_value=10**9))
def test_a_foreign_number_never_passes(said: int, stands: int) -> None:
    assert bool(faults(f"一共 {said} 次。", f"一共 {stands} 次。")) == (said != stands)


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
