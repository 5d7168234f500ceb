"""Earlier accounts: what was said before on today's questions, from journals, else from records and documents."""

from dataclasses import asdict, replace
from typing import Any

import pytest
from behaving import ANSWERS, behaving
from stage import NOTES, QUESTION, Learner, ScriptedModel, Stage, bare_target, gold_reply, judged

from agent.settings import Layout
from agent.socratic.aims.aim import find_aim
from agent.socratic.aims.earlier import earlier_accounts, to_recall
from agent.socratic.replay import replay
from agent.socratic.stored.redact import redact
from agent.words import Language

OTHER: dict[Language, str] = {
    "zh": "为什么缓存的大小决定解码的速度？",
    "en": "Why does the size of the cache decide the speed of decoding?",
}
LIST = """# 清单

**Q1**: 为什么要缓存？

**Q2**: 缓存为什么拖慢解码？

**Q3**: 怎样估计每一步的时间？
"""
RECORD = """# 记录

### Q1: 为什么要缓存？
**日期**: 2025-11-08

**学员回答**: "不缓存就要把前面的键和值每一步都重新算一遍。"

### Q2: 待讨论
"""
TALK = """# 带宽与缓存深度讨论

- **日期**: 2025-11-10

原始问题：缓存的读取为什么受带宽限制？

**【我说】**

> “每一步都要把全部缓存读一遍，算得再快也要等它读完。”
"""


def held(stage: Stage, sid: str, **changes: Any) -> None:
    """Hold a whole session on one question."""
    stage.sid = sid
    stage.run(Learner(*ANSWERS[stage.language]), behaving(stage.language), [bare_target(stage.language, **changes)])


def test_the_account_of_an_older_session_is_its_last_correct_one_with_where_it_can_be_read(stage: Stage) -> None:
    held(stage, "20261101-090000-0001", headline="x")
    stage.sid = "20261102-090000-0001"
    (found,) = earlier_accounts(stage.store, stage.settings.layout, [bare_target(stage.language, headline="x")])
    assert found.text == ANSWERS[stage.language][2]
    assert found.question == QUESTION[stage.language]
    assert found.key == f"{NOTES[stage.language][0]} Q1"
    assert (found.how, found.level >= 2) == ("unaided", True)
    # The document was only proposed: the account is read in the journal, at the line of its number.
    path, _, line = found.cite.rpartition(":")
    assert found.text in (stage.store.root / path).read_text(encoding="utf-8").split("\n")[int(line) - 1]


def test_a_written_document_is_where_an_account_is_read(stage: Stage) -> None:
    stage.sid = "20261101-090000-0001"
    ended = stage.run(Learner(*ANSWERS[stage.language]), behaving(stage.language))
    assert ended.document
    stage.store.write(ended.document.path, ended.document.after, expected_sha256=None)
    (found,) = earlier_accounts(stage.store, stage.settings.layout, [bare_target(stage.language)])
    path, _, anchor = found.cite.partition("#")
    assert path == ended.document.path
    assert f'<a id="{anchor}"></a>' in ended.document.after


def test_todays_question_comes_first_and_another_related_one_is_recalled(stage: Stage, language: Language) -> None:
    held(stage, "20261101-090000-0001", id="Q1", headline="x")
    held(stage, "20261102-090000-0001", id="Q2", headline="y", question=OTHER[language])
    targets = [bare_target(language, id="Q1", headline="x")]
    found = earlier_accounts(stage.store, stage.settings.layout, targets)
    assert [one.key.split()[-1] for one in found] == ["Q1", "Q2"]
    recalled = to_recall(found, targets)
    assert recalled is not None
    assert recalled.question == OTHER[language]
    assert to_recall(found[:1], targets) is None


def test_another_question_of_the_same_lecture_is_not_recalled_unless_its_words_are_near(stage: Stage) -> None:
    far = {"zh": "量化误差从哪里来？", "en": "Where does rounding error come from?"}[stage.language]
    held(stage, "20261101-090000-0001", id="Q2", headline="y", question=far, title=far)
    targets = [bare_target(stage.language, id="Q1", headline="x")]
    found = earlier_accounts(stage.store, stage.settings.layout, targets)
    assert [one.question for one in found] == [far]
    assert to_recall(found, targets) is None


def test_a_document_named_by_a_slug_is_asked_for_in_words(stage: Stage) -> None:
    talk = "- **Date**: 2025-11-10\n\n**I said**: “every step reads the whole cache before it can go on at all.” [T2]\n"
    path = "discussions/cache-and-slow-decoding-discussion.md"
    stage.store.write(path, talk, expected_sha256=None)
    layout = Layout(discussions="discussions")
    (found,) = earlier_accounts(stage.store, layout, [bare_target("en", question="Why is decoding with a cache slow?")])
    assert found.question == "Cache and slow decoding"


def test_a_session_begins_with_the_cold_question_and_then_shows_the_old_words(stage: Stage, language: Language) -> None:
    held(stage, "20261101-090000-0001", id="Q2", headline="y", question=OTHER[language])
    stage.sid = "20261102-090000-0001"
    person = Learner("凭记忆 from memory", "/end")
    stage.run(person, behaving(language), [bare_target(language, id="Q1", headline="x")])
    assert OTHER[language] in person.shown[0]
    assert ANSWERS[language][2] in person.shown[1]
    assert person.shown[2] == QUESTION[language]
    state = replay(stage.records())
    assert state is not None
    assert state.recalled in state.earlier


def test_what_has_nothing_to_do_with_today_is_not_remembered(stage: Stage, language: Language) -> None:
    unrelated = "谁发明了活字印刷？" if language == "zh" else "Who invented movable type?"
    held(stage, "20261101-090000-0001", question=unrelated, title=unrelated, path="", sources=())
    targets = [bare_target(language, sources=())]
    assert earlier_accounts(stage.store, stage.settings.layout, targets) == ()


def test_a_nod_and_a_redacted_turn_are_no_accounts(stage: Stage, language: Language) -> None:
    stage.sid = "20261101-090000-0001"
    nod = "好的" if language == "zh" else "ok"
    model = ScriptedModel(gold=gold_reply(language), diagnose=[judged("partial")], phrase=["为什么呢？ Why so?"])
    stage.run(Learner(nod, "/end"), model)
    targets = [bare_target(language)]
    assert earlier_accounts(stage.store, stage.settings.layout, targets) == ()
    stage.sid = "20261102-090000-0001"
    model = ScriptedModel(gold=gold_reply(language), diagnose=[judged("correct")], phrase=["为什么呢？ Why so?"])
    stage.run(Learner("序列长就慢 longer means slower", "/end"), model)
    (found,) = earlier_accounts(stage.store, stage.settings.layout, targets)
    redact(stage.store, stage.settings.layout, stage.sid, int(found.cite.rpartition(":")[2]), clock=stage.clock)
    assert earlier_accounts(stage.store, stage.settings.layout, targets) == ()


def test_a_corrupt_journal_is_passed_over(stage: Stage, language: Language) -> None:
    held(stage, "20261101-090000-0001")
    held(stage, "20261102-090000-0001")
    file = stage.store.root / ".wenqu/sessions/20261102-090000-0001/journal.jsonl"
    first, *_ = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(first + b"{\n{\n")
    (found,) = earlier_accounts(stage.store, stage.settings.layout, [bare_target(language)])
    assert "20261101" in found.cite


@pytest.mark.parametrize("language", ["zh"])
def test_without_journals_records_and_documents_are_quoted_with_path_and_line(stage: Stage) -> None:
    stage.store.write("学习笔记/01/01-深度问答.md", LIST, expected_sha256=None)
    stage.store.write("学习笔记/01/02-深度讨论记录.md", RECORD, expected_sha256=None)
    stage.store.write("深度讨论/带宽与缓存深度讨论.md", TALK, expected_sha256=None)
    targets = find_aim(stage.store, Layout(), "zh", source="学习笔记/01/01-深度问答.md", topic="Q2").targets
    found = {one.cite: one for one in earlier_accounts(stage.store, Layout(), targets)}
    record = found["学习笔记/01/02-深度讨论记录.md:6"]
    assert (record.text, record.date) == ("不缓存就要把前面的键和值每一步都重新算一遍。", "2025-11-08")
    assert (record.key, record.question) == ("学习笔记/01/01-深度问答.md Q1", "为什么要缓存？")
    talk = found["深度讨论/带宽与缓存深度讨论.md:9"]
    assert (talk.question, talk.date, talk.how) == ("缓存的读取为什么受带宽限制？", "2025-11-10", "")
    held(stage, "20261101-090000-0001", question="缓存为什么拖慢解码？")
    assert all("journal" in one.cite for one in earlier_accounts(stage.store, Layout(), targets))


def test_of_two_hundred_sessions_the_related_one_is_found_however_old(stage: Stage, language: Language) -> None:
    held(stage, "20261001-090000-0001", headline="x")
    first, *_ = stage.records()
    for number in range(200):
        stage.sid = f"20261101-{number:06}-0001"
        other = replace(bare_target(language, sources=(), path=""), question=f"{number}?", title=f"{number}")
        start = {**first.content, "kind": "event", "sid": stage.sid, "targets": [asdict(other)]}
        stage.journal().append(start)
    (found,) = earlier_accounts(stage.store, stage.settings.layout, [bare_target(language, headline="x")])
    assert "20261001" in found.cite


PAIRED = """# 缓存与成本深度讨论

## 背景

**日期**: 2025-11-10
**核心问题**:
- Q1: 缓存为什么会拖慢解码的每一步？
- Q2: 一台机器的成本主要来自哪里？

**学员核心洞察**: "解码的每一步都要把缓存从头读一遍，读得慢就只能等。"

## 前沿

**问题**: 能否用更少的位数存下缓存而不损失精度？

**学员的想法**: "以后有了新的材料，也许整台机器都要重新设计一遍。"

### 问题1：分批以后缓存的读取量

**学员洞察**: "一批里的每条各读各的，所以总量并没有变少。"
"""


@pytest.mark.parametrize("language", ["zh"])
def test_words_are_paired_with_the_question_that_they_answer_and_left_out_where_they_answer_none(stage: Stage) -> None:
    stage.store.write("深度讨论/缓存与成本深度讨论.md", PAIRED, expected_sha256=None)
    targets = [bare_target("zh", question="缓存怎样拖慢解码？", title="缓存怎样拖慢解码")]
    found = {one.question: one.text for one in earlier_accounts(stage.store, Layout(), targets)}
    assert found == {
        "缓存为什么会拖慢解码的每一步？": "解码的每一步都要把缓存从头读一遍，读得慢就只能等。",
        "分批以后缓存的读取量": "一批里的每条各读各的，所以总量并没有变少。",
    }


def test_a_document_that_puts_no_question_quotes_what_speaks_of_its_subject(stage: Stage) -> None:
    talk = "# Cache and slow decoding\n\n- **Date**: 2025-11-10\n\n**I said**: “{said}”\n"
    layout, path = Layout(discussions="discussions"), "discussions/talk.md"
    targets = [bare_target("en", question="Why is decoding with a cache slow?")]
    for said, count in (("the new office has a lovely view over the river and the hills", 0), ("a cache is read", 1)):
        text = talk.format(said=f"{said} once more, as everybody in this room knows by now")
        before = stage.store.read(path).sha256 if stage.store.inside(path).is_file() else None
        stage.store.write(path, text, expected_sha256=before)
        assert len(earlier_accounts(stage.store, layout, targets)) == count


def test_the_summary_of_a_session_on_two_questions_is_the_account_of_neither(stage: Stage, language: Language) -> None:
    stage.sid = "20261101-090000-0001"
    model = ScriptedModel(gold=gold_reply(language), diagnose=[judged("partial")], phrase=["为什么呢？ Why so?"])
    both = [bare_target(language), bare_target(language, id="Q2", question=OTHER[language], title=OTHER[language])]
    summary = "我现在会先算要搬的数据 now I first count what must be moved"
    stage.run(Learner("序列长就慢 longer is slower", "/skip", "大就慢 bigger is slower", "/skip", summary), model, both)
    assert earlier_accounts(stage.store, stage.settings.layout, [bare_target(language)]) == ()
