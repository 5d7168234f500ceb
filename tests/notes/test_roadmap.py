"""A reading roadmap is read whole, whatever its shape; what cannot be read is named with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from roadmaps import EVERY, HEADINGS, SEED, STARTER_EN, STARTER_ZH, TABLE, WEEKS

from agent.notes.roadmap import parse_roadmap

NAMES = st.lists(
    st.from_regex(r"[A-Z][a-z]{3,8}(?:[A-Z][a-z]{2,6}|-[2-9])?", fullmatch=True),
    min_size=1,
    max_size=8,
    unique_by=str.lower,
)


def shown(text: str) -> list[tuple[int, str, str]]:
    return [(one.line, one.what, one.text) for one in parse_roadmap(text).unread]


@pytest.mark.skipif(not SEED.exists(), reason="the roadmap that the shape comes from is not here")
def test_the_roadmap_of_the_seed_is_read_whole() -> None:
    found = parse_roadmap(SEED.read_bytes().decode())
    papers = found.by_name
    assert len(papers) == 75
    resnet = papers["ResNet"]
    assert (resnet.title, resnet.year, resnet.venue) == (
        "Deep Residual Learning for Image Recognition",
        2015,
        "CVPR 2016 (Best Paper)",
    )
    assert {one.aspect for one in resnet.said} == {"standing", "problem", "contributions", "meaning", "influence"}
    assert {one.aspect for one in papers["LSTM"].said} >= {"limits", "contributions", "standing"}
    assert (papers["Vision Transformer"].names[1], papers["GAN"].title) == ("ViT", "Generative Adversarial Networks")
    assert [(one.label, one.weeks, len(one.tasks)) for one in found.stages] == [
        ("阶段 1", (2, 3), 6),
        ("阶段 2", (2, 3), 6),
        ("阶段 3", (3, 4), 8),
        ("阶段 4", (3, 4), 9),
        ("阶段 5", (3, 4), 9),
        ("阶段 6", (4, 6), 12),
        ("阶段 7", (4, 8), 16),
    ]
    (musts,) = found.musts
    assert (musts.declared, len(musts.items), musts.ornament) == (30, 29, "✅")
    assert all(item.papers and not item.done for item in musts.items)
    drawn = {(one.before, one.after) for one in found.arrows}
    assert {("AlexNet", "ResNet"), ("RNN", "LSTM"), ("DeepSeek-V3", "DeepSeek-R1"), ("GAN", "VAE")} <= drawn
    assert [(one.line, one.what) for one in found.unread] == [(2174, "year"), (2475, "count"), (2475, "ornament")]


@pytest.mark.skipif(not SEED.exists(), reason="the roadmap that the shape comes from is not here")
def test_short_names_in_tasks_of_the_seed_are_the_papers_they_mean() -> None:
    tasks = {task.text: task for stage in parse_roadmap(SEED.read_bytes().decode()).stages for task in stage.tasks}
    assert tasks["V2/V3 技术报告"].papers == ("DeepSeek-V2", "DeepSeek-V3")
    assert tasks["GPT/GPT-2/GPT-3 论文"].papers == ("GPT", "GPT-2", "GPT-3")
    assert tasks["Kaplan 论文"].papers == ("Kaplan Scaling Laws",)
    assert [tasks[text].reading for text in ("ResNet 论文精读", "实现: 手写 ResNet (PyTorch)")] == [True, False]


@pytest.mark.parametrize("text", [STARTER_ZH, STARTER_EN])
def test_a_roadmap_reads_alike_in_both_languages(text: str) -> None:
    found = parse_roadmap(text)
    assert [(one.name, one.year) for one in found.papers] == [
        ("RNNsearch", 2014),
        ("Transformer", 2017),
        ("Knowledge Distillation", 2015),
        ("QKNorm", 2020),
        ("FlashAttention", 2022),
    ]
    assert [one.authors.split()[0] for one in found.papers] == ["Dzmitry", "Ashish", "Geoffrey", "Alex", "Tri"]
    assert found.by_name["QKNorm"].title == "Query-Key Normalization for Transformers"
    assert [(one.before, one.after) for one in found.arrows] == [
        ("RNNsearch", "Transformer"),
        ("Transformer", "FlashAttention"),
    ]
    assert [[(task.papers, task.reading) for task in stage.tasks] for stage in found.stages] == [
        [(("RNNsearch",), True), (("Transformer",), True), ((), False)],
        [(("QKNorm",), True), ((), False), (("FlashAttention",), True)],
    ]
    assert ([item.shape for item in found.musts[0].items], found.unread) == (["box"] * 3, ())
    assert [one.aspect for one in found.by_name["Transformer"].said] == ["problem", "contributions", "limits"]


def test_a_list_of_boxes_by_week_is_a_roadmap_too() -> None:
    found = parse_roadmap(WEEKS)
    papers = found.by_name
    assert {name: paper.year for name, paper in papers.items()} == {
        "Long Short-Term Memory": 1997,
        "Sequence to Sequence Learning with Neural Networks": 2014,
        "GRU": 2014,
        "Transformer": 2017,
    }
    assert (papers["Long Short-Term Memory"].names[-1], papers["Long Short-Term Memory"].is_read) == ("LSTM", True)
    assert papers["Transformer"].title == "Attention Is All You Need"
    assert papers["Sequence to Sequence Learning with Neural Networks"].authors == "Sutskever et al."
    assert [(one.weeks, [task.reading for task in one.tasks]) for one in found.stages] == [
        ((1, 1), [True, True, False]),
        ((1, 1), [True, False]),
    ]
    assert [(one.before, one.after) for one in found.arrows] == [("GRU", "Transformer")]


def test_a_table_says_what_is_read_and_a_table_in_a_stage_is_named() -> None:
    found = parse_roadmap(TABLE)
    assert {name: (paper.year, paper.is_read) for name, paper in found.by_name.items()} == {
        "Deep Sets": (2017, True),
        "PointNet": (2016, False),
        "Set Transformer": (2019, False),
    }
    assert found.stages[0].weeks == (4, 4)
    assert [(what, text) for _, what, text in shown(TABLE)] == [
        ("row", "| day | plan |"),
        ("row", "| Monday | PointNet |"),
        ("count", "2 ≠ 3"),
    ]


def test_headings_that_name_papers_are_read_and_odd_boxes_are_named() -> None:
    found = parse_roadmap(HEADINGS)
    assert [(one.name, one.year, one.authors) for one in found.papers] == [
        ("DQN", 2013, "Volodymyr Mnih et al."),
        ("PPO", 2017, "John Schulman et al."),
    ]
    assert [(one.name, one.said[0].aspect, one.said[0].text) for one in found.papers] == [
        ("DQN", "contributions", "经验回放"),
        ("PPO", "limits", "样本多"),
    ]
    assert shown(HEADINGS) == [(HEADINGS.split("\n").index("- [?] DQN 复习") + 1, "box", "- [?] DQN 复习")]


def test_marks_that_differ_say_what_is_read_and_marks_that_do_not_say_nothing() -> None:
    listed = "# Papers\n\n**Must-reads**:\n- {} DQN (2013)\n- {} PPO (2017)\n"
    apart, alike = (parse_roadmap(listed.format(*marks)) for marks in (("✅", "⬜"), ("✅", "✅")))
    assert [paper.is_read for paper in apart.papers] == [True, False]
    assert [paper.is_read for paper in alike.papers] == [False, False]
    assert [one.what for one in alike.unread] == ["ornament"]


@pytest.mark.parametrize("title", ["待读", "To read"])
def test_what_ideas_left_to_be_read_is_read_too(title: str) -> None:
    text = f"{STARTER_ZH}\n## {title}\n\n- [ ] [A page on masks](https://example.org/masks)\n- [x] 一篇博客\n"
    found = parse_roadmap(text)
    assert [(paper.name, paper.is_read) for paper in found.papers[-2:]] == [
        ("A page on masks", False),
        ("一篇博客", True),
    ]
    assert found.unread == ()


AWESOME = """# Awesome reading

## Foundations
- [Attention Is All You Need](https://example.org/1706) - Vaswani et al., NeurIPS 2017. The transformer.
- [BERT](https://example.org/2001.08361) (2018)
- [no year](https://example.org)
* 2020 — Scaling Laws for Neural Language Models — Kaplan
- ✨ **Adam** (2014), *somebody*
- *Dropout*, Srivastava et al. 2014
	* a remark

## Tools
- [a server](https://example.org) - serving
"""


def test_a_document_that_calls_no_section_papers_is_read_by_its_dated_lines() -> None:
    found = parse_roadmap(AWESOME)
    assert [(paper.name, paper.year, paper.line) for paper in found.papers] == [
        ("Attention Is All You Need", 2017, 4),
        ("BERT", 2018, 5),
        ("Scaling Laws for Neural Language Models", 2020, 7),
        ("Adam", 2014, 8),
        ("Dropout", 2014, 9),
    ]
    assert shown(AWESOME) == [(6, "entry", "- [no year](https://example.org)")]


def test_rows_left_out_of_a_table_of_papers_and_headlines_of_org_are_named() -> None:
    text = "# Reading\n\n| Paper | Year |\n|---|---|\n| ViT | 2020 |\n| CLIP |\n\n** TODO [[x][ResNet]]\n"
    assert [(line, what) for line, what, _ in shown(text)] == [(6, "width"), (8, "org")]


def test_code_draws_no_order_but_where_a_label_says_so() -> None:
    text = "# Papers\n\n## Papers\n- **Encoder** (2014)\n- **Decoder** (2015)\n\n{}\n```\nEncoder → Decoder\n```\n"
    assert not parse_roadmap(text.format("**Architecture**:")).arrows
    assert len(parse_roadmap(text.format("**Prerequisites**:")).arrows) == 1


@given(st.text(alphabet=st.sampled_from("#*-[]() \n\t`|→↓├─✅：:aZ论文阶段必读1920读17\r"), max_size=400))
def test_no_text_breaks_the_parser_and_each_line_named_is_there(text: str) -> None:
    for one in parse_roadmap(text).unread:
        assert 1 <= one.line <= text.count("\n") + 1


@given(NAMES, st.sampled_from(["- **{}** ({})", "1. **{}** ({}): a remark", "- [ ] {} ({})", "- {} ({})"]))
def test_every_listed_paper_is_found_with_its_year(names: list[str], shape: str) -> None:
    years = {name: 1990 + at for at, name in enumerate(names)}
    listed = "\n".join(shape.format(name, year) for name, year in years.items())
    found = parse_roadmap(f"# A plan\n\n## Key papers\n\n{listed}\n")
    assert {paper.name: paper.year for paper in found.papers} == years


@pytest.mark.parametrize("name", EVERY)
def test_line_ends_change_nothing(name: str) -> None:
    one, other = parse_roadmap(EVERY[name]), parse_roadmap(EVERY[name].replace("\n", "\r\n"))
    assert [(paper.name, paper.line, paper.year, paper.read) for paper in one.papers] == [
        (paper.name, paper.line, paper.year, paper.read) for paper in other.papers
    ]
    assert [[task.text for task in stage.tasks] for stage in one.stages] == [
        [task.text for task in stage.tasks] for stage in other.stages
    ]
