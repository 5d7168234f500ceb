"""The next steps: which follow from what, which of them comes first, and what is shown again after it was done."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest

from agent.bookkeeping.postponed import postpone
from agent.bookkeeping.proposals import new_file
from agent.context.report import Context, context
from agent.context.steps import Step, choose
from agent.settings import Layout, Settings
from agent.words import Language
from agent.workspace.journal import Journal
from agent.workspace.store import Store

Make = Callable[[Mapping[str, str]], Store]
NOW = datetime(2025, 11, 22, tzinfo=UTC)
LIST = {"学习笔记/03-Lecture03-T/01-深度问答.md": "**Q1**: 为什么缩放？\n"}
ARTICLE = {"文章/甲.md": "---\ntitle: 甲\nstatus: pending\n---\n\n正文\n"}
BATCH = "# 进度\n### 第1批次\n**文章列表**：\n1. `甲.md`\n"
TODO = "# TODO\n## 定期回顾\n- **每周回顾**: 看进度\n## 研究笔记\n### {day}\n- 记\n"
IDEAS = {"想法.md": "## 2025-10\n- 一\n- 二\n- 三\n- 四\n- 五（→ 放下，2025-11-01）\n"}
SETTINGS = Settings(layout=Layout(inbox="想法.md"))


def look(store: Store) -> Context:
    return context(store, SETTINGS, now=lambda: NOW)


def steps(store: Store, language: Language = "zh") -> tuple[Step, ...]:
    return look(store).steps(language)


def commands(found: tuple[Step, ...]) -> list[str]:
    return [" ".join(one.command) for one in found]


def talk(store: Store, sid: str, *, ended: bool, offline: bool = False) -> None:
    journal = Journal(store, sid, clock=lambda: NOW)
    journal.append({"kind": "event", "event": "start", "topic": "路由", "targets": [], "offline": offline})
    journal.append({"kind": "turn", "role": "learner", "text": "少数专家拿走一切"})
    if ended:
        journal.append({"kind": "compiled"})


@pytest.mark.parametrize("offline", [True, False])
def test_a_session_that_was_held_with_a_model_is_gone_on_with_by_one(make: Make, *, offline: bool) -> None:
    store = make({**LIST, **ARTICLE})
    talk(store, "20251121-100000-aaaa", ended=False, offline=offline)
    needing = {one.kind for one in steps(store) if one.needs_model}
    assert needing == ({"expand"} if offline else {"expand", "resume"})


def learner_of_both(make: Make) -> Store:
    """A workspace with questions, articles and ideas, in which a session was held last."""
    store = make({**LIST, **ARTICLE, **IDEAS})
    talk(store, "20251121-100000-aaaa", ended=True)
    return store


def test_each_step_has_a_reason_and_the_command_that_it_stands_for(make: Make) -> None:
    store = make({**LIST, **ARTICLE, **IDEAS, "深度探索TODO.md": TODO.format(day="2025-11-01")})
    postpone(store, new_file("新.md", "新\n", "why"))
    talk(store, "20251121-100000-aaaa", ended=False)
    assert commands(steps(store)) == [
        "apply",
        "inbox triage",
        "todo review --weekly",
        "socratic --resume 20251121-100000-aaaa",
        "socratic Q1 --from 学习笔记/03-Lecture03-T/01-深度问答.md",
        "expand 文章/甲.md",
        "socratic --from 文章/甲.md",
    ]
    for language in ("zh", "en"):
        for one in steps(store, language):
            assert one.why
            assert one.line(language).endswith(f"→ {one.typed}")


def test_the_first_step_takes_under_five_minutes_and_the_work_itself_is_the_second(make: Make) -> None:
    first, second, third = choose(steps(learner_of_both(make)))
    assert (first.kind, first.minutes, second.kind, third.kind) == ("triage", 2, "socratic", "expand")


def test_where_nothing_short_is_due_there_is_a_short_step_all_the_same(make: Make) -> None:
    first, second = choose(steps(make(LIST)))
    assert (first.kind, first.minutes, second.kind) == ("look", 1, "socratic")


def test_what_was_done_falls_behind_what_was_not(make: Make) -> None:
    found = steps(learner_of_both(make))
    once = choose(found)
    again = choose(found, [once[0].command])
    assert [one.kind for one in again] == ["socratic", "expand", "discuss"]
    assert choose(found, [one.command for one in found])[0] == once[0]


def test_what_was_worked_at_last_comes_before_the_other(make: Make) -> None:
    store = make(
        {**LIST, **ARTICLE, "文章/乙.md": "---\ntitle: 乙\nstatus: completed\nexpanded: 2025-11-20\n---\n\n文\n"}
    )
    work = [one.kind for one in steps(store) if one.minutes > 4]
    assert work[:2] == ["expand", "socratic"]


def test_the_next_batch_and_what_to_read_are_looked_up_where_there_are_such_plans(make: Make) -> None:
    more = {f"文章/{name}.md": ARTICLE["文章/甲.md"].replace("甲", name) for name in "乙丙"}
    store = make({**ARTICLE, **more, "路线.md": "# 路线\n", "学习进度.md": BATCH})
    layout = Layout(roadmap="路线.md")
    found = context(store, Settings(layout=layout), now=lambda: NOW).steps("zh")
    assert commands(tuple(one for one in found if one.minutes <= 4)) == ["plan", "roadmap"]


@pytest.mark.parametrize(("first_ended", "resumed"), [(True, []), (False, ["20251120-100000-aaaa"])])
def test_a_session_that_has_not_ended_is_resumed_though_a_newer_one_has(
    make: Make, *, first_ended: bool, resumed: list[str]
) -> None:
    store = make(LIST)
    talk(store, "20251120-100000-aaaa", ended=first_ended)
    talk(store, "20251121-100000-bbbb", ended=True)
    assert [one.command[2] for one in steps(store) if one.kind == "resume"] == resumed


@pytest.mark.parametrize(("day", "is_due"), [("2025-11-15", True), ("2025-11-16", False)])
def test_a_review_is_a_step_when_the_documents_own_rule_makes_it_due(make: Make, day: str, *, is_due: bool) -> None:
    kinds = [one.kind for one in steps(make({"深度探索TODO.md": TODO.format(day=day)}))]
    assert ("todo-review" in kinds) == is_due


def test_an_empty_workspace_has_a_step_too(make: Make) -> None:
    assert commands(choose(steps(make({})))) == ["socratic"]


def test_a_word_that_a_shell_would_take_apart_is_quoted() -> None:
    step = Step(kind="expand", title="", why="", command=("expand", "文章/a b$(c).md"), minutes=1)
    assert step.typed == "wenqu expand '文章/a b$(c).md'"


def held(store: Store, sid: str, said: str, *, ended: bool = False, draft: str = "") -> None:
    """Hold a session on the first question of the list."""
    journal = Journal(store, sid, clock=lambda: NOW)
    question = {"id": "Q1", "title": "为什么缩放？"}
    targets = [question, {"id": "t2", "title": "丙"}]
    journal.append({"kind": "event", "event": "start", "topic": "缩放", "targets": targets})
    journal.append({"kind": "turn", "role": "tutor", "text": "为什么？", "target": "Q1"})
    if said:
        journal.append({"kind": "turn", "role": "learner", "text": said, "target": "Q1"})
        journal.append({"kind": "outcome", "target": "t2"})
    if draft:
        journal.append({"kind": "event", "event": "pause", "text": draft})
    if ended:
        journal.append({"kind": "compiled"})


@pytest.mark.parametrize(("said", "draft"), [("为了方差", ""), ("", "半句")])
def test_a_paused_question_is_gone_on_with_and_not_offered_anew(make: Make, said: str, draft: str) -> None:
    store = make(LIST)
    held(store, "20251121-100000-aaaa", said, draft=draft)
    assert commands(steps(store))[-1] == "socratic --resume 20251121-100000-aaaa"
    assert not any(one.command[:2] == ("socratic", "Q1") for one in steps(store))


def test_a_session_without_a_word_is_not_paused(make: Make) -> None:
    store = make(LIST)
    held(store, "20251121-100000-aaaa", "")
    assert look(store).paused is None


def test_a_question_that_was_discussed_and_not_settled_is_gone_on_with(make: Make) -> None:
    store = make(LIST)
    held(store, "20251121-100000-aaaa", "为了方差", ended=True)
    assert "接着讨论 Q1" in steps(store)[-1].title
    assert "还没有定论" in steps(store)[-1].why
    last = look(store).facts.last
    assert last is not None
    assert last.id == "Q1", "what was answered, not what a record behind it names"


def test_not_to_know_is_no_word_of_the_learner(make: Make) -> None:
    store = make(LIST)
    held(store, "20251121-100000-aaaa", "不知道。", ended=True)
    assert look(store).facts.quotations == ()


def test_an_article_that_a_discussion_names_is_not_offered_as_a_new_discussion(make: Make) -> None:
    store = make(ARTICLE)
    assert "socratic --from 文章/甲.md" in commands(steps(store))
    (store.root / "深度讨论").mkdir()
    (store.root / "深度讨论" / "谈甲.md").write_text("# 谈甲\n来源：[甲](../文章/甲.md)\n", encoding="utf-8")
    assert "socratic --from 文章/甲.md" not in commands(steps(store))


def test_only_a_session_that_has_ended_makes_a_document_out_of_date(make: Make) -> None:
    memory = {"AI助手工作记忆.md": "# 记忆\n**最后更新**: 2025-11-20\n"}
    store = make({**LIST, **memory})
    held(store, "20251121-100000-aaaa", "为了方差", draft="半句")
    assert not any("最后更新" in one.sentence("zh") for one in look(store).discrepancies)
    held(store, "20251121-110000-bbbb", "为了方差", ended=True)
    assert any("最后更新" in one.sentence("zh") for one in look(store).discrepancies)


def test_what_documents_claim_wrongly_is_the_last_of_the_short_steps(make: Make) -> None:
    memory = "# 记忆\n**最后更新**: 2025-01-01\n"
    wrong = {"AI助手工作记忆.md": memory, "深度讨论/甲.md": "# 甲\n**日期**: 2025-11-20\n"}
    settings = Settings(layout=Layout(inbox="想法.md", roadmap="路线.md"))
    found = context(make({**LIST, **IDEAS, **wrong, "路线.md": "# 路线\n"}), settings, now=lambda: NOW).steps("zh")
    assert [one.kind for one in found if one.minutes <= 4] == ["triage", "reading", "reconcile"]
