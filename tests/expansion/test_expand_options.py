"""`wenqu expand`: an option that would be ignored is refused, before anything is done."""

from pathlib import Path

import pytest
from test_expand_command import ARTICLE, Stage, stage

__all__ = ["stage"]


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--export", "E", "--import", "I"), "--export --import"),
        (("--dry-run", "--accept"), "--dry-run --accept"),
        (("--dry-run", "--import", "I"), "--dry-run --import"),
        (("--failing", "--export", "E"), "--export --failing"),
        (("--draft", "x.md"), "--accept"),
        (("--batch", "7", "--batch=8"), "--batch"),
        (("--model-command", ""), "--model-command"),
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
