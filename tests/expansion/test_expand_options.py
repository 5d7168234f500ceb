"""`wenqu expand`: an option that would be ignored is refused, before anything is done."""

import os
import sys
from pathlib import Path

import pytest
from passing_article import expanded
from test_expand_choosing import PLAN, put, run, text
from test_expand_command import ARTICLE, Stage, stage

from agent.research.measured import measured
from agent.workspace.store import Store

__all__ = ["stage"]


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--export", "E", "--import", "I"), "--export --import"),
        (("--dry-run", "--accept"), "--dry-run --accept"),
        (("--dry-run", "--import", "I"), "--dry-run --import"),
        (("--export", "E", "--fresh"), "--fresh --export"),
        (("--import", "I", "--fresh"), "--fresh --import"),
        (("--accept", "--fresh"), "--fresh --accept"),
        (("--import", "I", "--repairs", "1"), "--repairs --import"),
        (("--export", "E", "--max-cost=1"), "--max-cost --export"),
        (("--draft", "x.md"), "--accept"),
        (("--batch", "7", "--batch=8"), "--batch"),
    ],
)
def test_an_option_that_would_be_ignored_is_refused_with_a_sentence(
    stage: Stage, options: tuple[str, ...], named: str
) -> None:
    said = stage.type("expand", ARTICLE, *options)
    assert (said.code, said.out) == (2, "")
    assert named in said.err
    assert not stage.log.exists()
    assert stage.changed() == ""


def test_answers_are_not_looked_for_in_a_folder_that_is_not_there(stage: Stage, tmp_path: Path) -> None:
    said = stage.type("expand", ARTICLE, "--import", str(tmp_path / "none"))
    assert (said.code, said.out) == (2, "")
    assert "没有这个文件夹" in said.err
    assert not (tmp_path / "none").exists()


def test_a_plan_that_cannot_be_read_is_named_where_it_is_all_that_was_answered(stage: Stage, tmp_path: Path) -> None:
    place = tmp_path / "hand" / ARTICLE.removesuffix(".md")
    place.mkdir(parents=True)
    (place / "plan.answer.md").write_text("好的，我的计划是……", encoding="utf-8")
    said = stage.type("expand", "--import", str(tmp_path / "hand"))
    assert said.code == 0
    assert "计划（plan.answer.md）读不出来" in said.out


def test_a_dry_run_with_an_exclusion_proposes_nothing(stage: Stage) -> None:
    said = stage.type("expand", "--pending", "--exclude", ARTICLE, "--dry-run")
    assert said.code == 0
    assert "已被排除" in said.out
    assert "暂缓" not in said.out
    assert "没有" in stage.type("apply").out
    assert stage.type("expand", "--exclude", ARTICLE, "--dry-run").code == 2


def test_a_pipe_that_nobody_reads_keeps_the_report_and_the_proposals(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(stage, "计划.md", PLAN)
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "w", encoding="utf-8") as nobody, monkeypatch.context() as patched:  # noqa: PTH123 - a pipe
        patched.setattr(sys, "stdout", nobody)
        patched.setattr(sys, "stderr", nobody)
        run(stage, ARTICLE)
    assert list((stage.root / ".wenqu" / "reports").glob("*.md"))
    stage.type("apply", "--yes")
    assert "1/2篇" in text(stage, "计划.md")


def test_articles_that_all_fail_of_the_model_exit_as_one_does(stage: Stage) -> None:
    for path in stage.answers.iterdir():
        path.unlink()
    both = run(stage, ARTICLE, "文章/正交矩阵与反射.md", "--yes")
    assert both.code == run(stage, ARTICLE, "--yes").code == 4


def test_a_run_that_left_nothing_to_look_at_was_no_first_run(stage: Stage) -> None:
    assert stage.type("expand", ARTICLE, "--yes", "--model-command", "false").code == 4
    said = run(stage, "--pending", "--yes", "--repairs", "0")
    assert "第一次扩充" in said.err


def test_failing_does_not_list_an_unfinished_article_that_holds_an_expansion(stage: Stage) -> None:
    put(stage, ARTICLE, expanded(text(stage)).replace("status: completed", "status: pending"))
    assert ARTICLE not in stage.type("expand", "--failing", "--dry-run").out
    assert "补全" in stage.type("expand", "--pending", "--dry-run").out
    assert ARTICLE in stage.type("expand", ARTICLE, "--failing", "--dry-run").out


def test_a_dry_run_in_which_all_is_skipped_ends_with_a_sentence_that_says_so(stage: Stage) -> None:
    put(stage, "计划.md", PLAN)
    put(stage, ARTICLE, expanded(text(stage)).replace("status: completed", "status: pending"))
    said = stage.type("expand", "--batch", "7", "--dry-run")
    assert said.out.splitlines()[-1] == "没有要扩充的文章。"


def test_what_a_command_used_is_not_known_and_not_planned_with(stage: Stage) -> None:
    assert run(stage, ARTICLE, "--yes").code == 0
    assert measured(Store(stage.root)) is None
