"""The document: verbatim or not at all."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stage import Learner, ScriptedModel, Stage, Table, bare_target, gold_reply, judged

from agent.notes.discussion import parse_discussion
from agent.notes.question_list import parse_questions
from agent.socratic import records
from agent.socratic.aims.target import targets_of_questions
from agent.socratic.document.compile import compile_journal
from agent.socratic.document.render import render
from agent.socratic.document.verify import verify
from agent.socratic.sessions import rebuild
from agent.socratic.values import SessionState
from agent.words import Language, say
from agent.workspace.journal import Record

NASTY = 'A > B\n\n> 引文里的引文\n```python\nx = "[T99](#t99)"\n\n# 不是标题\n```\n<a id="t77"></a> 结尾带空格 '


def held(stage: Stage, *lines: str, grade: int | None = None) -> str:
    finished = stage.run(Learner(*lines, grade=grade), None)
    assert finished.problems == ()
    return finished.document.after


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


def test_a_reference_that_leads_nowhere_is_refused(stage: Stage, language: Language) -> None:
    document = held(stage, "a b c", "/end")
    wrong = say(language, "discussion.wrong.turn", turn=99)
    assert wrong in verify(document.replace("[T3](#t3)", "[T99](#t99)", 1), stage.records())


def test_a_quotation_of_another_turn_is_refused(stage: Stage) -> None:
    document = held(stage, "a b c", "/end")
    assert verify(document.replace("[T3](#t3)", "[T2](#t2)", 1), stage.records())


def test_a_quotation_without_a_reference_is_refused(stage: Stage) -> None:
    document = held(stage, "a b c", "/end")
    assert verify(document + "\n## X\n\n> a b c\n", stage.records())


def test_a_record_that_leaves_a_turn_out_is_refused(stage: Stage, language: Language) -> None:
    document = held(stage, "a b c", "d e f", "/end")
    last = max(record.seq for record in stage.records() if record.kind == "turn")
    cut = document[: document.index(f'<a id="t{last}"></a>')]
    assert say(language, "discussion.wrong.anchor", turn=last) in verify(cut, stage.records())


def test_a_refused_document_is_not_proposed(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "agent.socratic.document.conclusion.render", lambda compiled: render(compiled).replace("a b", "a c", 1)
    )
    finished = stage.run(Learner("a b c", "/end"), None)
    assert finished.proposals == ()
    assert finished.problems


def test_sections_with_nothing_to_say_are_left_out(stage: Stage, language: Language) -> None:
    document = held(stage, "a b c", "/end", grade=3)
    present = [line for line in document.split("\n") if line.startswith("## ")]
    assert say(language, "discussion.section.start") in present
    assert say(language, "discussion.section.record") in present
    for name in ("mistakes", "todo", "insights", "relations", "cards", "reference"):
        assert say(language, f"discussion.section.{name}") not in present


def test_the_title_and_the_name_follow_the_layout(tmp_path: Path) -> None:
    stage = Stage(tmp_path, "zh")
    finished = stage.run(Learner("答", "/end"), None)
    assert finished.document.path == "深度讨论/为什么序列越长，解码越慢深度讨论.md"
    stage.store.write(finished.document.path, "别的", expected_sha256=None)
    stage.sid = "20261102-090000-0002"
    made = stage.run(Learner("答", "/end"), None)
    assert made.document.path == "深度讨论/为什么序列越长，解码越慢深度讨论 (2).md"


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


def part(document: str, section: str, language: Language = "zh") -> str:
    """The text of a section, "" when the document has none."""
    after = document.split(say(language, f"discussion.section.{section}") + "\n")
    return after[1].split("\n## ")[0] if len(after) > 1 else ""


def test_the_account_now_is_the_whole_answer_told_anew_and_never_an_unjudged_summary(tmp_path: Path) -> None:
    said = (
        "要搬的东西更多，所以慢",
        "每个词都要把存下的东西重搬一遍",
        "管道那么宽，货越多排队越久",
        "货减半，我预测快将近一倍",
    )
    stage = Stage(tmp_path, "zh")
    model = ScriptedModel(gold=gold_reply("zh"), diagnose=judged("correct"), phrase="?")
    document = held_with(stage, model, *said, "总结")
    now = part(document, "now")
    assert said[2] in now
    assert said[1] not in now
    assert "未经评判" not in now
    assert "未经评判" in part(document, "change")
    assert said[3] in part(document, "practice")
    assert said[3] not in now


def held_with(stage: Stage, model: ScriptedModel | None, *lines: str) -> str:
    finished = stage.run(Learner(*lines), model)
    assert finished.problems == ()
    assert finished.document is not None
    return finished.document.after


def test_the_pivot_is_the_question_before_the_first_correct_answer_and_a_hint_is_called_one(stage: Stage) -> None:
    language = stage.language
    hint = {"zh": "先想想每一步读什么？", "en": "What is read in every step?"}[language]
    model = ScriptedModel(
        gold=gold_reply(language),
        diagnose=[judged("wrong", misconception=1), judged("correct")],
        phrase=[{"zh": "乘法多在哪里？", "en": "Where is more of it done?"}[language], hint],
    )
    document = held_with(
        stage, model, "乘法多了 more multiplication", "/hint", "原来是要读 so it is the reading", "/end"
    )
    change = part(document, "change", language)
    assert say(language, "discussion.helped") in change
    assert f"> {hint}" in change
    assert say(language, "discussion.hint.2") in change


def test_the_first_account_is_quoted_once_and_stands_in_the_record(stage: Stage) -> None:
    said = "乘法多了 more multiplication"
    model = ScriptedModel(gold=gold_reply(stage.language), diagnose=judged("wrong", misconception=1), phrase="?")
    document = held_with(stage, model, said, "还是乘法 still multiplication", "/end")
    assert [line for line in document.split("\n") if line in (f"> “{said}”", f"> {said}")] == [
        f"> “{said}”",
        f"> {said}",
    ]


def test_a_skipped_or_unanswered_question_is_not_named_as_discussed(stage: Stage) -> None:
    language = stage.language
    targets = [bare_target(language, id=f"Q{number}", title=f"题 title {number}") for number in range(1, 5)]
    lines = ("/skip", "答 an answer of mine", "再答 one more answer", "/park Q9", "/skip", "不知道", "总结 summary")
    finished = stage.run(Learner(*lines), None, targets)
    assert finished.document is not None
    assert parse_discussion(finished.document.after).questions == ("Q2", "Q3")
    stage.sid = "20261102-090000-0002"
    unsure = stage.run(Learner("不知道", "/end"), None)
    assert unsure.document is not None
    assert parse_discussion(unsure.document.after).questions == ()


def test_a_question_that_is_skipped_after_an_answer_was_discussed_and_left_half_way(stage: Stage) -> None:
    language = stage.language
    model = ScriptedModel(gold=gold_reply(language), diagnose=judged("partial"), phrase="?")
    document = held_with(stage, model, "半个想法 half an idea", "/skip", "/end")
    assert "半个想法 half an idea" in document
    assert parse_discussion(document).questions == ("Q1",)
    assert say(language, "discussion.result.left") in part(document, "open", language)
    assert say(language, "discussion.todo.rederive") in part(document, "todo", language)


def test_a_session_whose_first_question_was_skipped_is_named_after_the_one_discussed(tmp_path: Path) -> None:
    stage = Stage(tmp_path, "zh")
    targets = targets_of_questions(
        parse_questions("q.md", "**Q1**: 甲为什么慢？\n\n**Q2**: 乙为什么快？\n"), sources=()
    )
    finished = stage.run(Learner("/skip", "因为乙不等人", "/end"), None, targets, topic="甲为什么慢")
    assert finished.document is not None
    assert finished.document.path == "深度讨论/乙为什么快深度讨论.md"


def test_the_record_shows_commands_and_pauses_so_that_its_numbers_have_no_unexplained_gaps(stage: Stage) -> None:
    language = stage.language
    document = held_with(stage, None, "/park 一件事 a thing", "答 an answer", "/end")
    record = part(document, "record", language)
    assert say(language, "discussion.numbering") in record
    assert say(language, "discussion.event.park", text="一件事 a thing") in record
    assert say(language, "discussion.event.end") in record
    assert all("](#" not in line for line in record.split("\n") if line.startswith("<a id="))


def test_the_listed_question_is_quoted_beside_the_one_asked(stage: Stage) -> None:
    listed = bare_target(stage.language, headline="题目 headline")
    finished = stage.run(Learner("答 an answer", "/end"), None, [listed])
    assert finished.document is not None
    assert say(stage.language, "discussion.entry", headline="题目 headline") in finished.document.after


INSIGHT = "最初我只说变慢：其实每一步都要把缓存整个读一遍，所以长度翻倍时间也翻倍"


@pytest.mark.parametrize(
    ("noted", "insight"),
    [
        (f"{INSIGHT}。\n别的话。", f"{INSIGHT}。"),
        (f"嗯。{INSIGHT}。", f"{INSIGHT}。"),
        ("每一步都要把缓存\n整个读一遍，所以慢", "每一步都要把缓存 整个读一遍，所以慢"),
        ("It reads 3.35 TB of cache in every single step, that is why. More.", None),
        (f"{INSIGHT}，{'它还是很长' * 40}。", INSIGHT),
        ("x", ""),
        ("2", ""),
    ],
)
def test_the_insight_is_a_whole_sentence_of_some_length_or_none(
    tmp_path: Path, noted: str, insight: str | None
) -> None:
    stage = Stage(tmp_path, "zh")
    memory = "# 记忆\n\n## 重要洞察\n\n### 旧\n- 旧的\n"
    stage.store.write("AI助手工作记忆.md", memory, expected_sha256=None)
    finished = stage.run(Learner(f"/note {noted}", "答得一般", "说清了", grade=3), None)
    after = next((one.after for one in finished.proposals if one.path == "AI助手工作记忆.md"), memory)
    insight = "It reads 3.35 TB of cache in every single step, that is why." if insight is None else insight
    added = [line for line in after.split("\n") if line not in memory.split("\n")]
    path = "深度讨论/为什么序列越长，解码越慢深度讨论.md"
    expected = ["### 为什么序列越长，解码越慢", f"- {insight}", f"- 来源: `{path}`"] if insight else []
    assert [line for line in added if line] == expected


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
