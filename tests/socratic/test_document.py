"""The document: verbatim or not at all."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stage import Learner, ScriptedModel, Stage, Table, gold_reply, judged

from agent.socratic import records
from agent.socratic.compile import compile_journal
from agent.socratic.document import render, verify
from agent.socratic.sessions import rebuild
from agent.socratic.values import SessionState
from agent.words import Language, say
from agent.workspace.journal import Record

NASTY = 'A > B\n\n> 引文里的引文\n```python\nx = "[T99](#t99)"\n\n# 不是标题\n```\n<a id="t77"></a> 结尾带空格 '


def held(stage: Stage, *lines: str, grade: int | None = None) -> str:
    finished = stage.run(Learner(*lines, grade=grade), None)
    assert finished.problems == ()
    return finished.proposals[0].after


def test_every_word_of_the_learner_stands_in_the_document(stage: Stage) -> None:
    document = held(stage, NASTY, "/end")
    assert verify(document, stage.records()) == ()
    for line in NASTY.split("\n"):
        assert (f"> {line}" if line else ">") in document.split("\n")


@pytest.mark.parametrize(("old", "new"), [("要搬", "得搬"), ("序列长", "序列変"), ("更多”", "更多了”")])
def test_a_quotation_that_is_not_exact_is_refused(tmp_path: Path, old: str, new: str) -> None:
    stage = Stage(tmp_path, "zh")
    document = held(stage, "序列长了以后要搬的东西更多", "/end")
    assert old in document
    assert verify(document.replace(old, new, 1), stage.records())


def test_a_reference_that_leads_nowhere_is_refused(stage: Stage) -> None:
    document = held(stage, "a b c", "/end")
    assert "T99: no such turn" in verify(document.replace("[T3](#t3)", "[T99](#t99)", 1), stage.records())


def test_a_quotation_of_another_turn_is_refused(stage: Stage) -> None:
    document = held(stage, "a b c", "/end")
    assert verify(document.replace("[T3](#t3)", "[T2](#t2)", 1), stage.records())


def test_a_quotation_without_a_reference_is_refused(stage: Stage) -> None:
    document = held(stage, "a b c", "/end")
    assert verify(document + "\n## X\n\n> a b c\n", stage.records())


def test_a_record_that_leaves_a_turn_out_is_refused(stage: Stage) -> None:
    document = held(stage, "a b c", "d e f", "/end")
    last = max(record.seq for record in stage.records() if record.kind == "turn")
    cut = document[: document.index(f'<a id="t{last}"></a>')]
    assert f"T{last}: no anchor" in verify(cut, stage.records())


def test_a_refused_document_is_not_proposed(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agent.socratic.sessions.render", lambda compiled: render(compiled).replace("a b", "a c", 1))
    finished = stage.run(Learner("a b c", "/end"), None)
    assert finished.proposals == ()
    assert finished.problems


def test_sections_with_nothing_to_say_are_left_out(stage: Stage, language: Language) -> None:
    document = held(stage, "a b c", "/end", grade=3)
    present = [line for line in document.split("\n") if line.startswith("## ")]
    assert say(language, "discussion.section.start") in present
    assert say(language, "discussion.section.record") in present
    for name in ("mistakes", "method", "practice", "todo", "insights"):
        assert say(language, f"discussion.section.{name}") not in present


def test_the_title_and_the_name_follow_the_layout(tmp_path: Path) -> None:
    stage = Stage(tmp_path, "zh")
    finished = stage.run(Learner("答", "/end"), None)
    assert finished.proposals[0].path == "深度讨论/为什么序列越长，解码越慢深度讨论.md"
    stage.store.write(finished.proposals[0].path, "别的", expected_sha256=None)
    stage.sid = "20261102-090000-0002"
    made = stage.run(Learner("答", "/end"), None)
    assert made.proposals[0].path == "深度讨论/为什么序列越长，解码越慢深度讨论 (2).md"


def test_working_memory_progress_and_todo_are_proposed_where_they_exist(tmp_path: Path) -> None:
    stage = Stage(tmp_path, "zh")
    memory = "# 记忆\n\n**现有文档**:\n1. `甲.md` - 甲\n\n**最后更新**: 2026-10-01\n"
    stage.store.write("AI助手工作记忆.md", memory, expected_sha256=None)
    stage.store.write(
        "深度探索TODO.md",
        "# TODO\n\n## 方向\n\n#### 1. 甲\n\n- [ ] 旧的一项\n\n**最后更新**: 2026-10-01\n",
        expected_sha256=None,
    )
    finished = stage.run(Learner("答得不对", "/park 再看一遍带宽", "/end", grade=1), None)
    by_path = {proposal.path: proposal.after for proposal in finished.proposals}
    assert "为什么序列越长，解码越慢深度讨论.md" in by_path["AI助手工作记忆.md"]
    assert "2026-11-01" in by_path["AI助手工作记忆.md"]
    assert "再看一遍带宽" in by_path["深度探索TODO.md"]
    assert "学习进度.md" not in by_path


def test_a_misconception_is_filed_with_the_words_that_showed_it(stage: Stage, language: Language) -> None:
    model = ScriptedModel(
        gold=gold_reply(language),
        diagnose=[judged("wrong", misconception=1), judged("partial")],
        phrase={"zh": "乘法多在哪里？", "en": "Where is more of it done?"}[language],
    )
    stage.run(Learner("乘法多了 more multiplication", "/end"), model)
    document, problems = rebuild(stage.store, "20261101-090000-0001")
    assert problems == ()
    assert say(language, "discussion.section.mistakes") in document
    assert say(language, "discussion.mistake.open") in document


def test_the_account_now_is_the_restatement_not_the_last_answer(tmp_path: Path) -> None:
    said = (
        "要搬的东西更多，所以慢",
        "每个词都要把存下的东西重搬一遍",
        "管道那么宽，货越多排队越久",
        "货减半，我预测快将近一倍",
    )
    stage = Stage(tmp_path, "zh")
    model = ScriptedModel(gold=gold_reply("zh"), diagnose=judged("correct"), phrase="?")
    document = stage.run(Learner(*said, "总结"), model).proposals[0].after
    now = document.split("## 现在的准确说法")[1].split("\n## ")[0]
    assert said[2] in now
    assert said[3] in document.split("## 实践指导")[1].split("\n## ")[0]


def journal_of(texts: list[str]) -> tuple[Record, ...]:
    kept: list[Record] = []

    class Keeping(Table):
        def put(self, record: Mapping[str, object]) -> SessionState:
            content = {name: value for name, value in record.items() if name != "kind"}
            state = super().put(record)
            kept.append(
                Record(seq=self._seq, time="2026-11-01T09:00:00+00:00", kind=str(record["kind"]), content=content)
            )
            return state

    table = Keeping()
    for text in texts:
        if table.state.phase == "close":
            break
        table.answer(text, "partial")
    table.put(records.event_record("end"))
    return tuple(kept)


@given(st.lists(st.text(min_size=1).filter(str.strip), min_size=1, max_size=4))
def test_whatever_the_learner_types_is_quoted_exactly_and_the_bytes_repeat(texts: list[str]) -> None:
    journal = journal_of(texts)
    compiled = compile_journal(journal)
    assert compiled is not None
    document = render(compiled)
    assert verify(document, journal) == ()
    again = compile_journal(journal)
    assert again is not None
    assert render(again) == document
