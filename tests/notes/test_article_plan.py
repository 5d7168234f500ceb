"""Batches, their lists, and the dashboard's bars."""

import pytest

from agent.notes.article_plan import bar_edits, batch_number, parse_article_plan
from agent.text.edits import apply

TEXT = """# 进度与计划
- **总文章数**：210篇

### 下一批次（第7-8批）

#### 🔴 第7批次：MoE ⭐（优先级高）
**文章数量**：3篇
1. `a.md`
2. `b.md`

- **第一批（矩阵主题，2篇）** ✅：
    * [x] #12 - 标题一 ✅
    * [x] 标题二 ✅

```
总体进度：[██   ] 4.8%
第7批次（MoE）：    [     ] 0/3篇
```
"""


def test_batches_come_with_size_list_and_lines() -> None:
    first, second = parse_article_plan(TEXT).batches
    assert (first.number, first.size, first.articles, first.size_line) == (7, 3, ("a.md", "b.md"), 7)
    assert (second.number, second.size, second.articles) == (1, 2, ("#12 - 标题一 ✅", "标题二 ✅"))


def test_bars_are_read_inside_the_fence() -> None:
    overall, bar = parse_article_plan(TEXT).bars
    assert (overall.number, overall.value, overall.line) == (0, "4.8%", 16)
    assert (bar.number, bar.value, bar.line) == (7, "0/3", 17)


def test_totals_of_a_dashboard_are_declared_though_they_stand_in_a_fence() -> None:
    text = "```\n总体进度：[██   ] 4.8%\n已完成：10/210篇\n```\n```bash\n已完成：1/2篇\n```\n"
    assert [(one.value, one.line) for one in parse_article_plan(text).declared] == [("10/210", 3)]


def test_bars_are_brought_to_counts_in_their_own_width_and_characters() -> None:
    text = (
        "```\n总体进度：[██        ] 4.8%\n已完成：10/210篇\n第7批次（甲）：[##--] 2/4篇\n第8批次：[    ] 0/5篇\n```\n"
    )
    after = apply(text, bar_edits(text, {0: (1, 3), 7: (3, 4)}))
    assert after.split("\n")[1:5] == [
        "总体进度：[███       ] 33.3%",
        "已完成：1/3篇",
        "第7批次（甲）：[###-] 3/4篇",
        "第8批次：[    ] 0/5篇",
    ]
    assert bar_edits(after, {0: (1, 3), 7: (3, 4)}) == ()


@pytest.mark.parametrize("text", ["- [x] 设计：[链接](u) 3/4\n", "见 [甲]：3/4\n", "进度：[██] 3/4\n"])
def test_a_bar_of_nothing_known_is_left_alone(text: str) -> None:
    assert bar_edits(text, {0: (1, 3), 7: (3, 4)}) == ()


@pytest.mark.parametrize(
    ("text", "number"),
    [("第十二批", 12), ("第7批次", 7), ("Batch 3", 3), ("第二十批", 20), ("第一二批", 0), ("批", 0)],
)
def test_a_batch_is_known_by_its_number(text: str, number: int) -> None:
    assert batch_number(text) == number


def test_a_heading_that_is_no_number_opens_no_batch() -> None:
    plan = parse_article_plan("### 第十一批次（2篇）\n- [ ] 甲\n\n### 第一二批次（1篇）\n- [ ] 乙\n")
    assert [(batch.number, batch.articles) for batch in plan.batches] == [(11, ("甲",))]
