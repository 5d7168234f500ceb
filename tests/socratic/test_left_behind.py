"""What a session leaves behind: a name that tells, no empty section, nothing where nothing was said."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from behaving import ANSWERS, behaving
from stage import Learner, Stage

from agent.notes.question_list import parse_questions
from agent.settings import Layout
from agent.socratic.aims.target import targets_of_questions
from agent.words import Language, say


def left_name(tmp_path: Path, language: Language, topic: str) -> str:
    stage = Stage(tmp_path, language)
    rule = {"zh": "{topic}深度讨论.md", "en": "{topic}-discussion.md"}[language]
    stage.settings = replace(stage.settings, layout=Layout(discussion_name=rule))
    finished = stage.run(Learner(ANSWERS[language][0], "/end"), None, topic=topic)
    assert finished.document is not None
    return finished.document.path.rpartition("/")[2]


def test_a_root_in_a_topic_stands_in_the_name_of_its_document(tmp_path: Path) -> None:
    english = left_name(tmp_path / "en", "en", "Why divide by √d rather than by d")
    assert english == "why-divide-by-sqrt-d-rather-than-by-d-discussion.md"
    assert left_name(tmp_path / "zh", "zh", "为什么除以√d") == "为什么除以√d深度讨论.md"


@pytest.mark.parametrize("title", ["缩放点积注意力 - 深度问答", "缩放点积注意力：深度问答", "缩放点积注意力深度问答"])
def test_the_title_of_a_list_gives_the_name_without_the_word_for_a_list(tmp_path: Path, title: str) -> None:
    assert left_name(tmp_path, "zh", title) == "缩放点积注意力深度讨论.md"


def test_a_section_with_nothing_to_say_has_no_heading(stage: Stage, language: Language) -> None:
    finished = stage.run(Learner(ANSWERS[language][0], "/contest ?", "/end"), behaving(language))
    assert finished.document is not None
    assert say(language, "discussion.section.practice") not in finished.document.after
    assert re.search(r"(?m)^## [^\n]+\n+(?=## |\Z)", finished.document.after) is None


def test_where_every_question_was_skipped_before_a_word_no_summary_is_asked(stage: Stage) -> None:
    finished = stage.run(Learner("/skip", "/end"), None)
    assert finished.document is None
    assert "close" not in [turn.get("move") for turn in stage.turns()]


@pytest.mark.parametrize(("lectures", "named"), [((1,), "Q1"), ((1, 2), "Lecture 01 Q1")])
def test_a_log_names_the_lecture_of_a_question_where_there_are_several(
    tmp_path: Path, lectures: tuple[int, ...], named: str
) -> None:
    stage = Stage(tmp_path, "zh")
    question = "# 深度问答\n\n### Q1: 为什么？\n\n### Q2: 怎样？\n"
    paths = [f"学习笔记/0{number}-Lecture0{number}-甲/03-深度问答.md" for number in lectures]
    for path in paths:
        stage.store.write(path, question, expected_sha256=None)
    progress = "# 学习进度\n\n## 记录\n\n### 2026-10-30\n- **今日完成**: Lecture 01 开始\n- **下一步**: Lecture 01 Q1\n"
    stage.store.write("学习进度.md", progress, expected_sha256=None)
    targets = targets_of_questions(parse_questions(paths[0], question)[:1], sources=(paths[0],))
    finished = stage.run(Learner(ANSWERS["zh"][0], "/end"), None, targets)
    after = next(one.after for one in finished.proposals if one.path == "学习进度.md")
    assert f"- **今日完成**: 讨论 {named}，成文" in after
