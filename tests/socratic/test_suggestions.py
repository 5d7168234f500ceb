"""What to discuss when nobody says: open questions, threads of older sessions, parked things, the research TODO."""

import pytest
from behaving import ANSWERS, behaving
from stage import Learner, ScriptedModel, Stage, bare_target, gold_reply, judged

from agent.socratic.aims.suggestions import aim_at, suggestions
from agent.words import Language

LIST = "# 清单\n\n**Q1**: 为什么要缓存？\n\n**Q2**: 怎样估计每一步的时间？\n"
TODO = """# TODO

## 方向

#### 1. 背压的迁移

- [ ] 看

**深度思考问题**:
- 背压信号该怎样定义？

#### 2. 量子优化 ⏸️

- [ ] 读

**深度思考问题**:
- 退火与采样差在哪里？
"""


@pytest.fixture
def language() -> Language:
    return "zh"


def unresolved(stage: Stage, sid: str, **changes: str) -> None:
    stage.sid = sid
    model = ScriptedModel(
        gold=gold_reply("zh"), diagnose=[judged("wrong")], phrase=["哪里不对？"], select="-", gloss="-"
    )
    stage.run(
        Learner("乘法多了", "/park 回头看 PagedAttention", *["还是乘法"] * 12, "/end"),
        model,
        [bare_target("zh", **changes)],
    )


def titles(stage: Stage) -> list[str]:
    return [one.title for one in suggestions(stage.store, stage.settings, "zh")]


def test_an_empty_workspace_suggests_nothing(stage: Stage) -> None:
    assert titles(stage) == []


def test_the_next_open_question_comes_first_then_threads_then_the_todo(stage: Stage) -> None:
    stage.store.write("学习笔记/01/03-深度问答.md", LIST, expected_sha256=None)
    stage.store.write(stage.settings.layout.research_todo, TODO, expected_sha256=None)
    unresolved(stage, "20261101-090000-0001")
    found = suggestions(stage.store, stage.settings, "zh")
    assert [one.title for one in found] == [
        "Q1 为什么要缓存？",
        "为什么序列越长，解码越慢",
        "回头看 PagedAttention",
        "退火与采样差在哪里？",
    ]
    assert "2026-11-01" in found[1].why
    assert "未解决" in found[1].why
    assert stage.settings.layout.research_todo in found[3].why
    aims = [aim_at(stage.store, stage.settings, "zh", one) for one in found]
    assert [aim.targets[0].question for aim in aims] == [
        "为什么要缓存？",
        "为什么序列越长，解码越慢？",
        "用你自己的话，你会怎样讲清「回头看 PagedAttention」？",
        "退火与采样差在哪里？",
    ]


def test_a_question_that_was_taken_up_again_is_no_open_thread(stage: Stage) -> None:
    unresolved(stage, "20261101-090000-0001")
    assert "为什么序列越长，解码越慢" in titles(stage)
    stage.sid = "20261102-090000-0001"
    stage.run(Learner(*ANSWERS["zh"]), behaving("zh"))
    assert "为什么序列越长，解码越慢" not in titles(stage)


def test_without_anything_blocked_the_first_open_deep_question_is_suggested(stage: Stage) -> None:
    stage.store.write(stage.settings.layout.research_todo, TODO.replace(" ⏸️", ""), expected_sha256=None)
    assert titles(stage) == ["背压信号该怎样定义？"]


def test_at_most_five_are_suggested(stage: Stage) -> None:
    stage.store.write("学习笔记/01/03-深度问答.md", LIST, expected_sha256=None)
    stage.store.write(stage.settings.layout.research_todo, TODO, expected_sha256=None)
    for number in range(4):
        question = f"{'甲乙丙丁'[number] * 6}为何如此？"
        unresolved(stage, f"2026110{number}-090000-0001", question=question, title=question)
    assert len(titles(stage)) <= 5
