"""`wenqu expand --export` and `--import` as they are typed: what is said at the end, and the exit code."""

import json
from pathlib import Path

import pytest
from passing_article import expanded
from test_expand_choosing import items, put, text
from test_expand_command import ARTICLE, Said, Stage, stage

import agent.cli.proposals as screen
from agent.errors import ChangedOnDisk

__all__ = ["stage"]

REVIEW = f".wenqu/reviews/{ARTICLE}"


@pytest.fixture
def hand(tmp_path: Path) -> Path:
    """The folder of prompts and answers."""
    folder = tmp_path / "hand"
    folder.mkdir()
    return folder


def answer(hand: Path, step: str, said: str) -> None:
    place = hand / ARTICLE.removesuffix(".md") / f"{step}.answer.md"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(said, encoding="utf-8")


def completed(stage: Stage, hand: Path, *options: str) -> Said:
    """Complete by hand an expansion that only lacks what code can mend."""
    earlier = expanded(text(stage)).replace("2026-11-22", "2025-01-02")
    put(stage, ARTICLE, earlier + '\n<div class="note-box">\n\n方框没有结束。\n')
    return stage.type("expand", ARTICLE, "--failing", "--import", str(hand), *options)


def test_a_change_that_meets_the_standard_and_waits_for_a_word_is_no_failure(stage: Stage, hand: Path) -> None:
    said = completed(stage, hand)
    assert said.code == 0
    assert "wenqu apply" in said.out
    assert REVIEW in said.out
    assert (stage.root / REVIEW).is_file()
    (report,) = (stage.root / ".wenqu" / "reports").glob("*.md")
    assert "## 通过，等你采用" in report.read_text(encoding="utf-8")
    assert stage.type("apply", "--yes").code == 0
    assert "status: completed" in text(stage)
    assert stage.type("check", ARTICLE).code == 0


def test_in_json_it_waits_too_and_names_its_sheet(stage: Stage, hand: Path) -> None:
    said = completed(stage, hand, "--json")
    assert said.code == 0
    item = items(said)[ARTICLE]
    assert (item["state"], item["review"]) == ("needs_review", REVIEW)
    assert json.loads(said.out)["totals"]["passed"] == 1
    assert json.loads(said.out)["totals"]["needs_review"] == 1


def test_with_yes_it_is_written_and_its_sheet_is_named(stage: Stage, hand: Path) -> None:
    said = completed(stage, hand, "--yes")
    assert said.code == 0
    assert f"请人工核对 {REVIEW}" in said.out
    assert "wenqu apply" not in said.out.rpartition("\n已")[2]
    assert "\n</div>" in text(stage)


def test_a_change_that_could_not_be_written_is_a_failure(
    stage: Stage, hand: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changed(*_: object) -> None:
        raise ChangedOnDisk(path=ARTICLE, beside="")

    monkeypatch.setattr(screen, "apply_now", changed)
    said = completed(stage, hand, "--yes")
    assert said.code == 1
    assert "没能写进去" in said.out


def test_of_a_plan_that_finds_an_article_not_worth_it_one_sentence_is_said(stage: Stage, hand: Path) -> None:
    stage.type("expand", ARTICLE, "--export", str(hand))
    answer(hand, "plan", '{"not_worth": "只是一则公告。"}')
    exported = stage.type("expand", ARTICLE, "--export", str(hand))
    assert len(exported.out.splitlines()) == 1
    assert "（只是一则公告），" in exported.out
    assert [file.name for file in hand.rglob("*.prompt.md")] == ["plan.prompt.md"]
    imported = stage.type("expand", "--import", str(hand))
    assert imported.code == 0
    assert "不会记下来" in imported.out
    assert f'wenqu expand --exclude "{ARTICLE}"' in imported.out
