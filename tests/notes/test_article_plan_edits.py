"""The next batch is written in the document's own shape, and nothing else of it changes."""

import pytest

from agent.notes.article_plan import parse_article_plan
from agent.notes.article_plan_edits import NewBatch, next_batch_edits
from agent.text.edits import apply

NEW = NewBatch(
    number=8, title="路由", articles=("a.md", "b.md"), why="做完就完整了", why_label="理由", time="约 6 分钟"
)
SEED_SHAPE = """# 计划

#### ✅ 第6批次：旧的
- 不是文章

#### 🔴 第7批次：稀疏专家 ⭐⭐⭐（优先级高）

**文章数量**：3篇
**预计时间**：8-10小时

**文章列表**：
1. `x.md`
2. `y.md`
3. `z.md`

**主题特点**：
- ✅ 完整

---

## 追踪

```
第7批次（专家）：    [██        ] 1/3篇
总体：[█    ] 20%
```
"""
BOXES = "# Plan\r\n\r\n### Batch 7: experts\r\n\r\n- [x] `x.md`\r\n- [ ] `y.md`\r\n"
BULLETS = "## 批次\n- **第7批次**：稀疏专家（2篇）\n  - `x.md`\n  - `y.md`\n## 之后\n"


def after(text: str) -> str:
    return apply(text, next_batch_edits(text, NEW))


@pytest.mark.parametrize("text", [SEED_SHAPE, BOXES, BULLETS])
def test_what_is_written_is_read_back_and_every_other_line_stays(text: str) -> None:
    made = after(text)
    found = {one.number: one for one in parse_article_plan(made).batches}
    assert found[8].articles == ("a.md", "b.md")
    assert found[7] == {one.number: one for one in parse_article_plan(text).batches}[7]
    kept = iter(made.splitlines())
    assert all(line in kept for line in text.splitlines())
    assert ("\r\n" in made) == ("\r\n" in text)
    assert "\n" not in made.replace("\r\n", "") or "\r\n" not in text


def test_heading_fields_list_and_bar_are_shaped_like_the_last_ones() -> None:
    made = after(SEED_SHAPE)
    new = made.partition("#### 🔴 第8批次")[2].partition("## 追踪")[0]
    assert new.startswith(
        "：路由\n\n**文章数量**：2篇\n**预计时间**：约 6 分钟\n\n**文章列表**：\n1. `a.md`\n2. `b.md`\n"
    )
    assert "**理由**：做完就完整了" in new
    assert "主题特点" not in new
    assert made.count("---") == SEED_SHAPE.count("---") + 1
    assert "第7批次（专家）：    [██        ] 1/3篇\n第8批次（路由）：    [          ] 0/2篇\n" in made
    assert parse_article_plan(made).bars[1].value == "0/2"


def test_boxes_of_the_new_batch_are_open() -> None:
    assert "- [ ] `a.md`\r\n- [ ] `b.md`\r\n" in after(BOXES)
    assert "### Batch 8: 路由\r\n" in after(BOXES)


def test_without_a_batch_that_lists_articles_there_is_no_shape_to_follow() -> None:
    assert next_batch_edits("# 计划\n✅ **第1批**：概率（7篇）\n", NEW) == ()
