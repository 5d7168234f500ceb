"""A paper recorded as read changes its own lines and no other, in the document's shape."""

import difflib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from roadmaps import EVERY, HEADINGS, SEED, STARTER_EN, STARTER_ZH, TABLE, WEEKS

from agent.notes.roadmap import parse_roadmap
from agent.notes.roadmap_edits import read_edits
from agent.text.edits import apply

PLACE = "notes/read.md"
DATE = "2026-11-22"


def recorded(text: str, name: str, *places: str) -> str:
    roadmap = parse_roadmap(text)
    return apply(text, read_edits(text, roadmap, roadmap.by_name[name], places or (PLACE,), DATE))


def changed(before: str, after: str) -> list[str]:
    """The lines that are there now and were not, and with a minus those that are gone."""
    lines = difflib.ndiff(before.split("\n"), after.split("\n"))
    return [line for line in lines if line.startswith(("+ ", "- "))]


def law(text: str, name: str) -> None:
    """Recording one paper changes its state and no other's, and only lines that it must."""
    before, after = parse_roadmap(text), recorded(text, name)
    found = parse_roadmap(after)
    assert list(found.by_name) == list(before.by_name)
    assert any(PLACE in one.places and one.date == DATE for one in found.by_name[name].read)
    for paper in before.papers:
        assert paper.name == name or found.by_name[paper.name].is_read == paper.is_read
    new = [line for line in changed(text, after) if line.startswith("+ ")]
    marks = (DATE, "✅", "[x]")
    assert all(any(mark in line for mark in marks) for line in new), new
    assert len(after.split("\n")) - len(text.split("\n")) <= 1
    assert [one.what for one in found.unread] == [one.what for one in before.unread]


@pytest.mark.parametrize("crlf", [False, True])
@pytest.mark.parametrize("shape", EVERY)
def test_each_paper_of_each_shape_can_be_recorded_by_itself(shape: str, crlf: bool) -> None:  # noqa: FBT001
    text = EVERY[shape].replace("\n", "\r\n") if crlf else EVERY[shape]
    for paper in parse_roadmap(text).papers:
        law(text, paper.name)
        after = recorded(text, paper.name)
        assert after.count("\r\n") == (after.count("\n") if crlf else 0)


@pytest.mark.skipif(not SEED.exists(), reason="the roadmap that the shape comes from is not here")
def test_each_paper_of_the_seed_can_be_recorded_by_itself() -> None:
    text = SEED.read_bytes().decode()
    for name in ("ResNet", "LSTM", "DCGAN", "ALBEF", "GShard", "Mistral", "DeepSeek-V2", "GPT-3", "Sora"):
        law(text, name)


@pytest.mark.skipif(not SEED.exists(), reason="the roadmap that the shape comes from is not here")
def test_the_seed_gets_a_field_among_the_paper_s_own_a_tick_behind_its_task_and_a_date() -> None:
    text = SEED.read_bytes().decode()
    after = recorded(text, "ResNet")
    assert [line for line in changed(text, after) if "ResNet 论文精读" in line or DATE in line] == [
        f"+ - 已读: {DATE}（`{PLACE}`）",
        "-    ├─ ResNet 论文精读",
        "+    ├─ ResNet 论文精读 ✅",
        f"+ **最后更新**: {DATE}  ",
    ]
    assert len(changed(text, after)) == 5
    assert after.index("- 已读") > after.index("- 引用: 150,000+")


@pytest.mark.skipif(not SEED.exists(), reason="the roadmap that the shape comes from is not here")
def test_a_task_that_names_several_papers_is_ticked_with_the_last_of_them() -> None:
    text = SEED.read_bytes().decode()
    once = recorded(text, "RNN")
    assert "├─ RNN/LSTM 原理\n" in once
    assert "├─ RNN/LSTM 原理 ✅\n" in recorded(once, "LSTM")


def test_the_starters_are_ticked_in_their_lists_and_keep_their_language() -> None:
    zh, en = recorded(STARTER_ZH, "QKNorm", "a.md", "b.md"), recorded(STARTER_EN, "FlashAttention")
    assert f"   - 已读: {DATE}（`a.md`、`b.md`）\n" in zh
    assert f"   - Read: {DATE} (`{PLACE}`)\n" in en
    assert "- [x] FlashAttention (2022)\n" in en
    assert "   └─ FlashAttention paper ✅\n" in en
    assert f"**Last updated**: {DATE}\n" in en


def test_boxes_cells_and_fields_are_filled_as_they_stand() -> None:
    assert [line for line in changed(WEEKS, recorded(WEEKS, "GRU")) if line.startswith("+")] == [
        "+ - [x] Read *GRU* paper",
        f"+ - [x] **GRU** (2014): Learning Phrase Representations using RNN Encoder-Decoder (read {DATE}: `{PLACE}`)",
    ]
    assert f"| PointNet | Qi et al. | 2016 | ✅ read {DATE}: `{PLACE}` |\n" in recorded(TABLE, "PointNet")
    after = recorded(HEADINGS, "PPO")
    assert f"- 发表：arXiv\n- 已读：{DATE}（`{PLACE}`）\n" in after
    assert "- ✅ PPO 论文\n" in after


def test_a_paper_that_only_a_must_names_is_recorded_behind_it() -> None:
    text = "# Papers\n\n```\nMust-reads (top 2):\n✅ DQN (2013)\n✅ PPO (2017)\n```\n"
    after = recorded(text, "DQN")
    assert [line for line in changed(text, after) if line.startswith("+")] == [
        f"+ ✅ DQN (2013) (read {DATE}: `{PLACE}`)"
    ]
    assert [paper.is_read for paper in parse_roadmap(after).papers] == [True, False]


@settings(max_examples=40)
@given(st.data())
def test_papers_recorded_one_after_the_other_are_all_read(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(sorted(EVERY.values())))
    names = data.draw(st.permutations([paper.name for paper in parse_roadmap(text).papers]))
    for name in names:
        text = recorded(text, name)
    assert all(paper.is_read and paper.read for paper in parse_roadmap(text).papers)


WORDS = st.lists(
    st.sampled_from(
        ["GPT", "GPT-2", "Net", "论文", "读", "(2015)", "(see 3)", "**Deep**", "A", "5", "✅", "paper,", "x → y"]
    ),
    min_size=1,
    max_size=5,
).map(" ".join)


@given(
    st.lists(st.tuples(st.sampled_from(["- ", "- [ ] ", "1. ", "├─ ", "  - ", ""]), WORDS), max_size=6),
    st.sampled_from(["## Papers", "## Stage 1: begin", "## Must-reads", "**必读**:"]),
)
def test_whatever_a_list_says_each_of_its_papers_can_be_recorded(lines: list[tuple[str, str]], head: str) -> None:
    listed = "\n".join(mark + words for mark, words in lines)
    text = f"# Plan\n\n- **Known** (2015)\n\n{head}\n{listed}\n"
    for name in parse_roadmap(text).by_name:
        after = recorded(text, name)
        assert parse_roadmap(after).by_name[name].is_read, (name, after)
