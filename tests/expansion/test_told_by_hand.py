"""`wenqu expand --export` and `--import` as they are typed: what is said at the end, and the exit code."""

import json
from pathlib import Path

import pytest
from passing_article import EXPANSION, PARTS, expanded
from test_expand_choosing import OTHER, items, put, text
from test_expand_command import ARTICLE, DRAFT, Said, Stage, stage

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


def imports(stage: Stage) -> list[dict[str, str]]:
    told = json.loads(stage.type("expand", "--status", "--json").out)
    assert (told["running"], told["items"]) == (False, [])
    return [{name: one[name] for name in ("path", "state", "draft")} for one in told["imports"]]


def test_the_status_names_each_article_that_was_imported_and_no_cost(stage: Stage, hand: Path) -> None:
    assert "--import" not in stage.type("expand", "--status").out
    assert completed(stage, hand, "--yes").code == 0
    for language, passed in (("zh", "通过"), ("en", "passed")):
        said = stage.type("expand", "--status", "--lang", language).out
        assert "--import" in said
        assert [line for line in said.splitlines() if line.startswith(passed) and ARTICLE in line and REVIEW in line]
        assert "$" not in said
        assert "token" not in said
    assert imports(stage) == [{"path": ARTICLE, "state": "written", "draft": ""}]


def test_an_article_that_was_imported_again_is_told_as_it_ended_last(stage: Stage, hand: Path) -> None:
    for number, part in PARTS.items():
        answer(hand, f"part{number}", part if number != 5 else "### 第5部分：学习路线图与未来展望\n\n略。\n")
    assert stage.type("expand", "--import", str(hand)).code == 1
    assert imports(stage) == [{"path": ARTICLE, "state": "needs_review", "draft": DRAFT}]
    assert f"待改  {ARTICLE}" in stage.type("expand", "--status").out
    answer(hand, "part5", PARTS[5])
    for _ in range(2):  # the second time it has passed already
        assert stage.type("expand", "--import", str(hand)).code == 0
    assert imports(stage) == [{"path": ARTICLE, "state": "written", "draft": ""}]


def test_an_imported_completion_waits_until_it_is_taken(stage: Stage, hand: Path) -> None:
    assert completed(stage, hand).code == 0
    said = stage.type("expand", "--status").out
    assert [line for line in said.splitlines() if line.startswith("待采用") and "wenqu apply" in line]
    assert imports(stage)[0]["state"] == "needs_review"
    stage.type("apply", "--yes")
    assert "wenqu apply" not in stage.type("expand", "--status").out
    assert imports(stage)[0]["state"] == "written"


def test_what_was_imported_before_the_last_job_is_no_news(stage: Stage, hand: Path) -> None:
    assert completed(stage, hand, "--yes").code == 0
    (file,) = stage.root.rglob("imports.json")
    (row,) = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps([row | {"time": "2026-01-01T00:00:00+00:00"}]), encoding="utf-8")
    assert imports(stage)
    stage.expand()
    told = json.loads(stage.type("expand", "--status", "--json").out)
    assert ([one["path"] for one in told["items"]], told["imports"]) == ([ARTICLE], [])


def test_a_damaged_record_of_imports_stops_nothing(stage: Stage, hand: Path) -> None:
    assert completed(stage, hand, "--yes").code == 0
    (file,) = stage.root.rglob("imports.json")
    rows = file.read_text(encoding="utf-8")
    others = (rows.replace(': "proposed"', ': "sold"'), rows.replace('"time"', '"tine"'), rows.replace('"zh"', '"xx"'))
    for damage in ("", "[", "{}", "[1]", "[" * 9999, *others):
        file.write_text(damage, encoding="utf-8")
        assert imports(stage) == []


def test_an_imported_completion_that_was_edited_since_is_told_as_passed(stage: Stage, hand: Path) -> None:
    assert completed(stage, hand, "--yes").code == 0
    put(stage, ARTICLE, text(stage).replace("方框没有结束。", "方框到此结束。"))
    assert imports(stage) == [{"path": ARTICLE, "state": "written", "draft": ""}]
    assert "1 篇通过" in stage.type("expand", "--status").out


def refused(stage: Stage, hand: Path) -> None:
    """Import parts of which the last says too little; they stay as a draft."""
    for number, part in PARTS.items():
        answer(hand, f"part{number}", part if number != 5 else "### 第5部分：学习路线图与未来展望\n\n略。\n")
    assert stage.type("expand", "--import", str(hand)).code == 1


def test_of_a_failed_import_it_is_told_whether_its_draft_was_accepted_or_is_gone(stage: Stage, hand: Path) -> None:
    refused(stage, hand)
    (stage.root / DRAFT).rename(stage.root / "draft.md")
    (line,) = [line for line in stage.type("expand", "--status").out.splitlines() if line.startswith("待改")]
    assert "草稿已不在" in line
    assert f'wenqu check --strict "{ARTICLE}"' in line
    (stage.root / "draft.md").write_text(EXPANSION, encoding="utf-8")
    assert stage.type("expand", ARTICLE, "--accept", "--draft", "draft.md").code == 0
    assert imports(stage) == [{"path": ARTICLE, "state": "written", "draft": ""}]


def test_imports_that_cannot_be_kept_are_said_once_and_stop_nothing(stage: Stage, hand: Path) -> None:
    (stage.root / ".wenqu" / "local" / "imports.json").mkdir(parents=True)
    for path in (ARTICLE, OTHER):
        place = hand / path.removesuffix(".md")
        place.mkdir(parents=True)
        for number, part in PARTS.items():
            (place / f"part{number}.answer.md").write_text(part, encoding="utf-8")
    said = stage.type("expand", "--import", str(hand), "--json")
    assert items(said).keys() == {ARTICLE, OTHER}
    assert items(said)[ARTICLE]["state"] == "written"
    assert said.code == 1  # the other holds the same expansion
    assert said.err.count("没能记下来") == 1
    assert "status: completed" in text(stage)


DAMAGED: list[tuple[str, object]] = [
    ("state", "open"),
    ("path", "文章/\ud800.md"),
    ("path", "../文章.md"),
    ("path", "甲\n通过  乙.md"),
    ("path", "甲\0.md"),
    ("path", ""),
    ("draft", "../x"),
    ("draft", "x\0"),
    ("draft", "\ud800"),
    ("said", "\ud800"),
]


@pytest.mark.parametrize(("name", "value"), DAMAGED)
def test_a_row_of_imports_that_was_damaged_is_left_out_and_the_others_are_told(
    stage: Stage, hand: Path, name: str, value: str
) -> None:
    refused(stage, hand)
    change(stage, name, value)
    assert imports(stage) == [{"path": OTHER, "state": "needs_review", "draft": DRAFT}]
    assert stage.type("expand", "--status").code == 0


def change(stage: Stage, name: str, value: str) -> None:
    """Put a value into the row of the import, and behind it a row of another article as it was."""
    (file,) = stage.root.rglob("imports.json")
    (row,) = json.loads(file.read_text(encoding="utf-8"))
    said = {"zh": value, "en": value} if name == "said" else value
    changed = {"why": row["why"] | {name: said}} if name in row["why"] else {name: said}
    file.write_text(json.dumps([row | changed, row | {"path": OTHER}]), encoding="utf-8")


def test_a_draft_with_a_name_that_no_file_can_have_is_gone(stage: Stage, hand: Path) -> None:
    refused(stage, hand)
    change(stage, "draft", "甲" * 5000)
    assert imports(stage)[0] == {"path": ARTICLE, "state": "needs_review", "draft": ""}


def test_what_is_kept_of_an_import_is_told_in_one_line(stage: Stage, hand: Path) -> None:
    refused(stage, hand)
    change(stage, "said", "不合标准\n通过  乙.md\u2028通过  丙.md\r\n通过  丁.md")
    told = stage.type("expand", "--status").out
    assert "不合标准 通过  乙.md" not in told
    assert "不合标准 通过 乙.md 通过 丙.md 通过 丁.md" in told
    assert not [line for line in told.splitlines() if line.startswith("通过")]


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
