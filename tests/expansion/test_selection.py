"""What a job takes: by name, batch, series, topic and state; and why the rest is left out, each by name."""

from collections.abc import Callable
from pathlib import Path

import pytest
from passing_article import PARTS, PASSING

from agent.bookkeeping.waiting import goes_first, waiting
from agent.errors import BadArgument
from agent.expansion.selection import Selected, Selection, read_articles, select
from agent.settings import Layout, Settings
from agent.workspace.standards import read_standard
from agent.workspace.store import Store

PLAN = """# 进度与计划

#### 🔴 第7批次：熵专题（优先级高）

**文章数量**：4篇

**文章列表**：
1. `熵2-互信息.md`
2. ✅ `熵1-定义.md`
3. `熵9-没有.md`
- [x] `梯度.md`（已完成）

**主题特点**：
- ✅ 完整的系列文章

#### Batch 8: others

- [ ] 熵（三）：交叉熵
- [x] 梯度的长度

#### 第9批次：只写题目

**文章列表**：

1. 梯度的长度
2. 熵（三）：交叉熵

**主题特点**：
- 不是文章

#### 第10批次：一张表

| 序号 | 文章 | 状态 |
|---|---|---|
| 1 | ✅ `熵2-互信息.md` | 完成 |
| 2 | [熵（三）：交叉熵](文章/x.md) | 待写 |

### 后记

- ✅ **第1批**：早先的（7篇）
"""

STUB = "TODO: 添加详细的数学公式推导和注释"
Choose = Callable[..., Selected]


def article(title: str, *, status: str = "pending", number: int = 0, tags: str = "数学", body: str = "") -> str:
    source = f"source: https://example.org/archives/{number}\n" if number else ""
    head = f"---\ntitle: {title}\ndate: 2026-10-01\n{source}tags: {tags}\nstatus: {status}\n---\n"
    text = f"# {title}\n\n作者的话，说的是{title}。\n\n## 公式推导与注释\n\n{body or STUB}\n"
    return f"{head}\n{text}"


NOTES = {
    "进度.md": PLAN,
    "文章/熵1-定义.md": article("熵（一）：定义", number=1),
    "文章/熵2-互信息.md": article("熵（二）：互信息", number=2, tags="信息论, 概率"),
    "文章/熵3.md": article("熵（三）：交叉熵", number=3),
    "文章/熵10.md": article("熵（十）：最大熵", number=10),
    "文章/梯度.md": article("梯度的长度", status="completed", body=PARTS[1]),
    "文章/旧.md": article("旧文", status="completed\nforced: 只是短评", body=PARTS[1]),
    "文章/半篇.md": article("半篇", body=PARTS[2]),
    "文章/合格.md": PASSING,
    "文章/熵1-定义 copy.md": article("熵（一）：定义", number=1),
    "文章/笔记.md": "没有文件头。\n",
}


@pytest.fixture
def choose(tmp_path: Path) -> Choose:
    for path, text in NOTES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    settings = Settings(layout=Layout(articles="文章"))
    documents, judgements = read_articles(Store(tmp_path), settings, read_standard(settings.standard))

    def run(**asked: object) -> Selected:
        return select(Selection(**asked), documents, judgements)  # type: ignore[arg-type]

    return run


def left(selected: Selected) -> dict[str, str]:
    return {one.path.removeprefix("文章/"): one.reason.removeprefix("skipped-") for one in selected.left_out}


def names(selected: Selected) -> list[str]:
    return [path.removeprefix("文章/") for path in selected.chosen]


def test_a_batch_is_taken_in_the_order_of_its_list_and_what_it_lacks_is_named(choose: Choose) -> None:
    found = choose(batch=7)
    assert names(found) == ["熵2-互信息.md", "熵1-定义.md"]
    assert left(found) == {"熵9-没有.md": "no-file", "梯度.md": "completed"}


@pytest.mark.parametrize("batch", [8, 9])
def test_a_batch_may_list_titles_with_boxes_or_without(choose: Choose, batch: int) -> None:
    found = choose(batch=batch)
    assert (names(found), left(found)) == (["熵3.md"], {"梯度.md": "completed"})


@pytest.mark.parametrize("batch", [1, 12])
def test_a_batch_that_no_document_lists_is_a_usage_problem_that_names_those_listed(choose: Choose, batch: int) -> None:
    with pytest.raises(BadArgument, match="7, 8, 9, 10"):
        choose(batch=batch)


def test_a_series_is_taken_in_its_order(choose: Choose) -> None:
    found = choose(series="熵")
    assert names(found) == ["熵1-定义.md", "熵2-互信息.md", "熵3.md", "熵10.md"]
    assert found.left_out[0].other == "文章/熵1-定义.md"
    assert left(found) == {"熵1-定义 copy.md": "duplicate"}


def test_a_topic_is_found_in_titles_names_and_tags(choose: Choose) -> None:
    assert names(choose(topic="信息")) == ["熵2-互信息.md"]
    assert names(choose(topic="概率")) == ["熵2-互信息.md"]


def test_a_topic_or_series_that_nothing_belongs_to_is_a_usage_problem(choose: Choose) -> None:
    for asked in ({"topic": "拓扑"}, {"series": "拓扑"}):
        with pytest.raises(BadArgument):
            choose(**asked)


def test_pending_takes_what_is_not_completed_and_holds_no_expansion(choose: Choose) -> None:
    found = choose(pending=True)
    assert names(found) == ["熵1-定义.md", "熵10.md", "熵2-互信息.md", "熵3.md"]
    assert left(found) == {"半篇.md": "expanded", "熵1-定义 copy.md": "duplicate"}


def test_failing_takes_what_is_completed_and_does_not_pass_but_nothing_forced(choose: Choose) -> None:
    found = choose(failing=True)
    assert names(found) == ["梯度.md"]
    assert left(found) == {"旧.md": "forced"}


def test_an_article_that_was_never_completed_is_repaired_when_it_is_named(choose: Choose) -> None:
    found = choose(paths=("文章/半篇.md",), failing=True)
    assert names(found) == ["半篇.md"]


def test_of_named_paths_every_one_that_is_not_taken_is_explained(choose: Choose) -> None:
    paths = ("文章/笔记.md", "文章/合格.md", "文章/梯度.md", "文章/熵3.md", "文章/半篇.md")
    found = choose(paths=paths)
    assert names(found) == ["熵3.md"]
    assert left(found) == {
        "笔记.md": "no-article",
        "合格.md": "passed",
        "梯度.md": "completed",
        "半篇.md": "expanded",
    }
    assert all(one.sentence("zh") and one.sentence("en") for one in found.left_out)


def test_both_states_may_be_taken_together(choose: Choose) -> None:
    assert {"梯度.md", "熵3.md"} <= set(names(choose(pending=True, failing=True)))


def test_what_is_excluded_is_never_taken_and_its_copy_goes_in_its_place(choose: Choose) -> None:
    found = choose(series="熵", excluded=frozenset({"文章/熵1-定义.md"}))
    assert "熵1-定义 copy.md" in names(found)
    assert left(found) == {"熵1-定义.md": "excluded"}


@pytest.mark.parametrize("ending", [" (2)", " copy", " copy 3", " - Copy (2)", "-副本", " 副本", "_copy"])
def test_a_copy_comes_after_what_it_was_copied_from_whatever_folder_it_lies_in(ending: str) -> None:
    paths = [f"z/熵{ending}.md", "文章/第一季/概率与信息/熵.md", "文章/第一季/熵.md", f"a/熵{ending}.md"]
    ordered = sorted(paths, key=lambda path: goes_first(path, is_completed=False))
    assert ordered == ["文章/第一季/概率与信息/熵.md", "文章/第一季/熵.md", f"a/熵{ending}.md", f"z/熵{ending}.md"]
    assert goes_first(paths[0], is_completed=True) < goes_first(paths[1], is_completed=False)


@pytest.mark.parametrize("path", ["文章/抄本(2).md", "文章/副本.md", "文章/copy.md", "文章/熵 (2)/熵.md"])
def test_a_name_that_only_looks_like_a_copy_is_none(path: str) -> None:
    assert goes_first(path, is_completed=False) < goes_first("文章/熵 copy.md", is_completed=False)


def test_beyond_the_limit_articles_wait(choose: Choose) -> None:
    found = choose(pending=True, limit=1)
    assert (len(found.chosen), len(found.waiting)) == (1, 3)


def test_an_article_is_taken_once_however_often_it_is_named(choose: Choose) -> None:
    assert names(choose(batch=7, paths=("文章/熵1-定义.md",))).count("熵1-定义.md") == 1


def test_a_selection_knows_that_nothing_was_asked_for() -> None:
    assert Selection(limit=3).is_empty
    assert not Selection(pending=True).is_empty


def test_a_batch_that_is_a_table_is_read_from_its_column_of_articles(choose: Choose) -> None:
    assert names(choose(batch=10)) == ["熵2-互信息.md", "熵3.md"]


def test_what_waits_is_what_pending_takes(tmp_path: Path, choose: Choose) -> None:
    settings = Settings(exclude=("文章/熵2-互信息.md",))
    documents, judgements = read_articles(Store(tmp_path), settings, read_standard("five-part/2025-11-24"))
    taken = choose(pending=True, excluded=frozenset(settings.exclude)).chosen
    assert [head.path for head in waiting(documents, judgements, settings.exclude)] == list(taken)
    assert len(taken) > 1
