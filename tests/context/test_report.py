"""`wenqu context` over real files: what it reads, what it says, and what it survives."""

import os
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from agent.context.report import Context, as_hook, as_json, as_markdown, context
from agent.settings import Settings
from agent.words import Language
from agent.workspace.journal import Journal
from agent.workspace.standards import read_standard
from agent.workspace.store import Store

Make = Callable[[Mapping[str, str]], Store]


def now() -> datetime:
    return datetime(2025, 11, 22, tzinfo=UTC)


def look(store: Store) -> Context:
    return context(store, Settings(), now=now)


def test_the_summary_says_where_we_stopped_and_what_is_next(learner: Store) -> None:
    text = look(learner).summary("zh").text
    record, questions = (f"学习笔记/04-Lecture04-MoE/{name}.md" for name in ("02-深度讨论记录", "01-深度问答"))
    assert f"上次停在  Q2 容量因子 · 2025-11-19 → {record}:10" in text
    assert f"Q3 Router Z-loss ⭐⭐⭐ → {questions}:3" in text
    assert f"“溢出的词会被丢掉。” {record}:13" in text
    assert "模板里的话" not in text
    assert "学习进度.md:3 写已完成讲座 0/3" in text
    assert "2025-01-15" in text
    assert "计划的最后一周止于 2025-11-17（学习进度.md:12），已过 5 天" in text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_summary_is_about_25_lines_within_its_budget(learner: Store, language: Language) -> None:
    found = look(learner)
    assert 15 <= len(found.summary(language).text.splitlines()) <= 32
    for budget in (0, 40, 150, 400):
        assert found.summary(language, budget_tokens=budget).tokens <= budget
    assert found.summary(language, budget_tokens=150).text.splitlines()[1].startswith(("上次停在", "Last stop"))


def test_json_has_the_shape_that_scripts_rely_on(learner: Store) -> None:
    found: Any = as_json(look(learner), "en")
    keys = ["workspace", "head", "last", "next", "facts", "discrepancies", "due", "summary", "tokens"]
    assert list(found) == keys
    assert list(found["last"]) == ["kind", "id", "title", "path", "line", "date"]
    assert list(found["next"][0]) == ["kind", "id", "title", "path", "line", "why"]
    assert found["facts"] == {
        "articles": {"files": 0, "distinct": 0, "completed": 0, "pending": 0, "counts_met": 0, "forced": []},
        "discussions": {"files": 2},
        "questions": [
            {"path": "学习笔记/03-Lecture03-T/01-深度问答.md", "total": 2, "done": 1},
            {"path": "学习笔记/04-Lecture04-MoE/01-深度问答.md", "total": 3, "done": 2},
        ],
        "todo": {"open": 1, "done": 0, "topics": 1},
    }
    one = found["discrepancies"][0]
    assert list(one) == ["id", "kind", "claim", "fact", "summary"]
    assert list(one["claim"]) == ["path", "line", "text", "value"]
    assert list(one["fact"]) == ["source", "value"]
    assert len(found["head"]) == 40


def test_a_hook_gets_the_summary_as_added_context(learner: Store) -> None:
    found = as_hook(look(learner), "zh")["hookSpecificOutput"]
    assert found == {"hookEventName": "SessionStart", "additionalContext": look(learner).summary("zh").text}


def test_markdown_has_a_heading_and_lists(learner: Store) -> None:
    lines = as_markdown(look(learner).summary("en")).splitlines()
    assert lines[0].startswith("## Session summary · 工作区")
    assert "**Suggested**" in lines
    assert any(re.match(r"1\. \d min: ", line) for line in lines)


def test_in_markdown_only_a_numbered_row_stands_without_a_bullet(make: Make) -> None:
    store = make({"文章/a.md": "---\ntitle: 甲\nstatus: pending\n---\n", "文章/b.md": "---\nstatus: completed\n---\n"})
    lines = as_markdown(look(store).summary("en")).splitlines()
    assert any(line.startswith("- 2 article files") for line in lines)
    assert any(line.startswith("1. ") for line in lines)


def test_files_that_cannot_be_read_become_notices(learner: Store) -> None:
    (learner.root / "latin.md").write_bytes(b"caf\xe9\n")
    os.mkfifo(learner.root / "pipe.md")
    (learner.root / "folder.md").mkdir()
    (learner.root / "dangling.md").symlink_to("nowhere.md")
    found = look(learner)
    assert [str(problem.facts["path"]) for problem in found.problems] == ["latin.md"]
    assert "latin.md" in found.summary("zh").text


def test_a_workspace_without_git_or_notes_still_has_a_first_step(tmp_path_factory: pytest.TempPathFactory) -> None:
    found = look(Store(tmp_path_factory.mktemp("leer")))
    assert as_json(found, "zh")["last"] is None
    assert "没有 git" in found.summary("zh").text
    assert "wenqu socratic" in found.summary("en").text


def test_a_recorded_session_comes_before_everything_written(learner: Store) -> None:
    journal = Journal(learner, "20251121-100000-aaaa", clock=now)
    journal.append({"kind": "event", "event": "start", "topic": "路由", "targets": [{"id": "T1", "title": "路由崩溃"}]})
    journal.append({"kind": "turn", "role": "learner", "text": "少数专家拿走一切", "target": "T1"})
    found = look(learner)
    assert found.facts.last is not None
    assert (found.facts.last.id, found.facts.last.title, found.facts.last.line) == ("T1", "路由崩溃", 2)
    assert "“少数专家拿走一切”" in found.summary("zh").text


def test_a_damaged_journal_is_a_notice(learner: Store) -> None:
    folder = learner.root / ".wenqu/sessions/s1"
    folder.mkdir(parents=True)
    (folder / "journal.jsonl").write_text("nonsense\n{}\n")
    found = look(learner)
    assert len(found.problems) == 1
    assert found.facts.last is not None


def test_with_a_standard_articles_are_judged(make: Make) -> None:
    article = "---\ntitle: 甲\nstatus: completed\n---\n\n正文\n"
    store = make({"文章/a.md": article})
    assert look(store).facts.articles.counts_met is None
    judged = context(store, Settings(), now=now, standard=read_standard(Settings().standard))
    assert judged.facts.articles.counts_met == 0
    assert "按标准：数量达标 0，各项都通过 0" in judged.summary("zh").text


def test_a_pending_article_comes_with_length_state_and_reason(make: Make) -> None:
    store = make({"文章/a.md": "---\ntitle: 甲\ndate: 2025-01-01\nstatus: pending\n---\n\n正文\n"})
    assert "文章/a.md:1 · 还没有完成的 1 篇（不重复）中日期最新的；4 字符" in look(store).summary("zh").text


@pytest.mark.parametrize(
    "hostile",
    [
        "已完成" + " " * 30_000 + "x",
        "1" + " " * 30_000 + "/" + " " * 30_000,
        "- " + " " * 30_000 + "x",
        "**a**:" + " " * 30_000 + "x",
        "[待" * 30_000,
        "现有文档" + "x" * 30_000,
        "| " * 15_000 + "|",
        "x:[" * 30_000,
        "Q1-" * 30_000,
    ],
    ids=range(9),
)
def test_a_hostile_line_costs_little_and_stops_nothing(make: Make, hostile: str) -> None:
    names = ("AI助手工作记忆.md", "学习进度.md", "深度讨论/甲.md", "a/讨论记录.md", "a/深度问答.md", "深度探索TODO.md")
    store = make(dict.fromkeys(names, f"# 现有文档\n{hostile}\n## Q1: 一\n{hostile}\n"))
    assert "学习进度.md" in look(store).documents.states


def test_an_article_whose_front_matter_cannot_be_read_is_named(make: Make) -> None:
    store = make(
        {"文章/a.md": '---\ntitle: "甲\nstatus: pending\n---\n正文\n', "文章/b.md": "---\ntitle: 乙\n---\n正文\n"}
    )
    assert "文章/a.md:" in look(store).summary("zh").text
    assert [(type(one).__name__, one.facts["path"]) for one in look(store).problems] == [("NoteInvalid", "文章/a.md")]
