"""The next batch: a series that was begun first, then what is talked about; nothing twice, nothing that is no goal."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from agent.bookkeeping.documents import Documents, parse_documents
from agent.bookkeeping.facts import gather
from agent.bookkeeping.reading import Notes
from agent.research.learning_plan import learning_plan
from agent.research.planning import Plan, plan
from agent.settings import Layout
from agent.words import Language, say

PLAN = "当前进度与执行计划.md"
LISTED = """# 计划
### 第7批次：缩放
- [x] `缩放1.md`
- [ ] `缩放2.md`
- [ ] `没有文件.md`
## 非目标
- 天象
"""


def article(title: str, *, status: str = "pending", tags: str = "", source: str = "", body: str = "正文。") -> str:
    link = f"source: https://example.org/archives/{source}\n" if source else ""
    return f"---\ntitle: {title}\ndate: 2025-01-01\ntags: {tags}\n{link}status: {status}\n---\n\n# {title}\n\n{body}\n"


def read(texts: dict[str, str]) -> Documents:
    return parse_documents(texts, Layout())


def planned(
    articles: dict[str, str], others: Mapping[str, str] = {}, *, size: int = 0, **left_out: tuple[str, ...]
) -> Plan:
    texts = {f"文章/{name}.md": text for name, text in articles.items()}
    return plan(read(texts | {PLAN: LISTED, **others}), size=size, **{"excluded": (), **left_out})


def names(made: Plan) -> list[tuple[str, list[str]]]:
    return [(one.name, [head.path.removeprefix("文章/") for head in one.heads]) for one in made.groups]


def why(made: Plan, language: Language = "zh") -> str:
    return " ".join(say(language, one.key, **one.facts) for one in made.groups[0].reasons)


FOCUS = "# TODO\n## 🎯 当前焦点\n- **主题**: 检索的代价\n"
ROUTING = {
    "路由1": article("路由漫谈：1、起", status="completed", source="11"),
    "路由2": article("路由漫谈：2、承", source="12"),
    "路由3": article("路由漫谈：3、转", source="13"),
}
SCALING = {"缩放1": article("缩放（一）", status="completed"), "缩放2": article("缩放（二）")}
OTHERS = {f"检索{n}": article(f"检索的第 {n} 步", tags="检索, 通用") for n in range(4)}
FILLING = {f"别的{n}": article(f"别的话题{n}", tags="通用") for n in range(15)}


def test_a_series_that_was_begun_is_finished_first_with_its_reason() -> None:
    made = planned(ROUTING | OTHERS | FILLING, {Layout().research_todo: FOCUS})
    assert [name for name, _ in names(made)] == ["路由漫谈", "检索"]
    assert names(made)[0] == ("路由漫谈", ["路由2.md", "路由3.md"])
    assert made.number == 8
    assert why(made) == "系列已完成 1/3，做完就完整了"
    assert made.model == PLAN


def test_what_is_being_talked_about_comes_before_a_topic_that_is_not() -> None:
    talk = "# 检索深度讨论\n**日期**: 2025-11-20\n"
    made = planned(OTHERS | FILLING, {"深度讨论/检索深度讨论.md": talk, Layout().research_todo: FOCUS})
    assert names(made)[0] == ("检索", [f"检索{n}.md" for n in range(3)]), "no more than the last batch has"
    assert "近来在谈" in why(made)
    assert "通用" not in [name for name, _ in names(made)], "a tag of nearly all is no topic"


def test_listed_batches_are_told_and_their_articles_are_not_proposed_again() -> None:
    made = planned(SCALING | ROUTING)
    (listed,) = made.listed
    assert (listed.number, listed.done, listed.total, listed.line) == (7, 1, 3, 2)
    assert (listed.open, listed.gone) == (("文章/缩放2.md",), ("没有文件.md",))
    assert "缩放" not in [name for name, _ in names(made)]


def test_every_article_that_no_batch_can_hold_is_left_out_with_the_reason() -> None:
    empty = {"空": article("空", tags="概率", body="").replace("# 空", "# 空\n\n## 还没有")}
    alone = {"独": article("独", tags="几何")}
    made = planned({f"概率{n}": article(f"概率的第 {n} 步", tags="概率") for n in range(5)} | empty | alone)
    assert made.groups == ()
    reasons = {one.path.removeprefix("文章/"): one.reason.key for one in made.left_out}
    assert reasons == {
        "空.md": "plans.out-empty",
        "独.md": "plans.out-alone",
        **{f"概率{n}.md": "plans.out-general" for n in range(5)},
    }


def test_duplicates_exclusions_and_what_is_no_goal_are_left_out_and_named() -> None:
    twins = {"甲": article("甲", source="5", tags="检索"), "乙": article("乙", source="5", tags="检索")}
    sky = {"天象": article("天象", tags="检索")}
    sick = {"坏": article("坏: 的", tags="检索")}
    made = planned(twins | sky | sick | OTHERS | FILLING, size=9, excluded=("文章/检索0.md",), broken=("文章/坏.md",))
    assert made.duplicates == (("文章/乙.md", "文章/甲.md"),)
    others = {f"文章/{name}.md" for name in FILLING}
    assert {one.path for one in made.left_out} - others == {"文章/检索0.md", "文章/天象.md", "文章/坏.md"}
    (_, taken), *_ = names(made)
    assert sorted(taken) == sorted(["乙.md", *(f"检索{n}.md" for n in (1, 2, 3))])


def test_an_article_whose_other_file_is_completed_waits_no_more() -> None:
    made = planned({"路由2乙": article("路由漫谈：2、承", status="completed", source="12")} | ROUTING)
    assert made.waiting == 1
    assert names(made)[0][1] == ["路由3.md"]


def test_links_of_completed_articles_are_a_reason() -> None:
    citing = article("引用", status="completed", body="见 https://example.org/archives/13 和 [二](路由2.md)。")
    made = planned({**ROUTING, "引用": citing, "路由1": article("路由漫谈：1、起", status="completed", source="11")})
    assert "已完成的文章 " in why(made)


def test_a_size_cuts_a_series_at_its_beginning() -> None:
    made = planned(ROUTING, size=1)
    assert names(made)[0] == ("路由漫谈", ["路由2.md"])
    assert why(made) == "系列已完成 1/3"


TODAY = date(2025, 11, 20)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_week_is_late_when_it_is_over_and_a_lecture_has_no_notes(language: str) -> None:
    head = "### 第{}周: 甲" if language == "zh" else "### Week {}: a"
    begins, ends = ("**预计开始**", "**预计完成**") if language == "zh" else ("**Planned start**", "**Planned end**")
    weeks = "".join(
        f"{head.format(n)}\n{begins}: {TODAY + timedelta(days=7 * n - 16)}\n"
        f"{ends}: {TODAY + timedelta(days=7 * n - 10)}\n#### Lecture {n:02}: L{n}\n"
        for n in (1, 2)
    )
    texts = {"学习进度.md": f"# P\n{weeks}", "学习笔记/01-Lecture01-A/01-x.md": "# x\n"}
    documents = read(texts)
    made = learning_plan(documents, gather(documents, Notes(texts=texts)), TODAY.isoformat())
    later = learning_plan(documents, gather(documents, Notes(texts=texts)), "2025-12-01")
    assert made
    assert later
    assert [week.late_days for week in made.weeks] == [0, 0]
    assert [week.late_days for week in later.weeks] == [0, 7]
    assert [one.number for one in later.wanted("2025-12-01") if not one.notes] == [2]
    assert made.pace
    assert (made.pace.held, made.pace.total, made.pace.days) == (1, 2, 9)
    assert made.pace.ends == (TODAY + timedelta(days=9)).isoformat()


def test_without_lectures_there_is_no_learning_plan() -> None:
    documents = read({"学习进度.md": "# 进度\n"})
    assert learning_plan(documents, gather(documents, Notes(texts={})), "2025-11-20") is None
