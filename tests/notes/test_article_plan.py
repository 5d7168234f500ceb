"""Batches, their lists, and the dashboard's bars."""

import pytest

from agent.notes.article_plan import batch_number, parse_article_plan

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
    assert second.state == "done"


def test_bars_are_read_inside_the_fence() -> None:
    (bar,) = parse_article_plan(TEXT).bars
    assert (bar.number, bar.done, bar.total, bar.line) == (7, 0, 3, 17)


@pytest.mark.parametrize(
    ("text", "number"), [("第十二批", 12), ("第7批次", 7), ("Batch 3", 3), ("第二十批", 20), ("批", 0)]
)
def test_a_batch_is_known_by_its_number(text: str, number: int) -> None:
    assert batch_number(text) == number
