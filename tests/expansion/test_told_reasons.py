"""Why an article did not pass, in a line: at the end of a run, and for whoever asks for the status later."""

import json
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing

import pytest
from passing_article import EXPANSION, PARTS, expanded
from test_expand_choosing import OTHER, items, put, run, text
from test_expand_command import ARTICLE, DRAFT, Stage, spoil, stage

from agent.errors import ModelTimeout
from agent.expansion.events import Item
from agent.expansion.report import reason, short_lines
from agent.standard.findings import Finding
from agent.words import Language

__all__ = ["stage"]

LEGEND = {"zh": "计：计划，1–5：部分；. 未写", "en": "pl plan, 1–5 parts; . to do"}


@pytest.fixture
def failing(stage: Stage) -> Stage:
    """Return a stage on which part 5 says too little, however often it is asked for."""
    spoil(stage, "expand.part5", lambda text: "### 第5部分：学习路线图与未来展望\n\n略。\n")
    (stage.answers / "expand.repair.md").write_bytes(next(stage.answers.glob("expand.part5.*")).read_bytes())
    return stage


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_status_has_a_key_of_one_line_and_names_the_gravest_finding_and_the_draft(
    failing: Stage, language: str
) -> None:
    ended = items(run(failing, ARTICLE, OTHER, "--yes", "--json", "--repairs", "0"))
    said = failing.type("expand", "--status", "--lang", language).out
    assert len([line for line in said.splitlines() if line.startswith(LEGEND[language])]) == 1
    for path, item in ended.items():
        (line,) = [line for line in said.splitlines() if item["draft"] in line]
        assert path.rpartition("/")[2].removesuffix(".md") in line
        assert str(item["findings"][0]["line"]) in line
        assert str(len(item["findings"]) - 1) in line
    (row, _) = json.loads(failing.type("expand", "--status", "--json", "--lang", language).out)["items"]
    assert (row["draft"], row["draft"] in row["reason"]) == (ended[ARTICLE]["draft"], True)


def test_what_the_standard_counts_is_the_gravest(failing: Stage) -> None:
    found = items(run(failing, ARTICLE, "--yes", "--json"))[ARTICLE]["findings"]
    assert found[0]["rule"] == "too-few-directions"


def test_a_failed_article_is_told_with_its_problem_and_its_draft(stage: Stage) -> None:
    next(stage.answers.glob("expand.part4.*")).unlink()
    stage.expand()
    said = stage.type("expand", "--status").out
    (line,) = [line for line in said.splitlines() if DRAFT in line]
    assert "no answer to expand.part4" in line


def test_of_a_draft_that_is_gone_it_is_said_that_it_is_gone(failing: Stage) -> None:
    assert failing.expand("--repairs", "0").code == 1
    (failing.root / DRAFT).unlink()
    for language, gone in (("zh", "草稿已不在"), ("en", "the draft is gone")):
        said = failing.type("expand", "--status", "--lang", language).out
        assert gone in said
        assert DRAFT not in said
    state, reason = standing(failing)
    assert (state, f'wenqu check --strict "{ARTICLE}"' in reason) == ("needs_review", True)


@pytest.mark.parametrize("name", ["../../x", "\0", "x" * 300])
def test_an_article_whose_kept_draft_can_be_no_file_is_told_as_one_whose_draft_is_gone(
    failing: Stage, name: str
) -> None:
    run(failing, ARTICLE, OTHER, "--yes", "--repairs", "0")
    (file,) = failing.root.rglob("ledger.sqlite3")
    with closing(sqlite3.connect(file)) as ledger, ledger:
        damaged = "UPDATE item SET why = json_set(why, '$.draft', ?) WHERE path = ?"
        assert ledger.execute(damaged, (name, ARTICLE)).rowcount == 1
    rows = {row["path"]: row for row in json.loads(failing.type("expand", "--status", "--json").out)["items"]}
    assert (rows[ARTICLE]["draft"], "草稿已不在" in rows[ARTICLE]["reason"]) == ("", True)
    assert (failing.root / rows[OTHER]["draft"]).is_file()


def test_an_article_whose_draft_was_mended_and_accepted_is_told_as_passed(failing: Stage) -> None:
    assert failing.expand("--repairs", "0").code == 1
    (failing.root / DRAFT).write_text(EXPANSION, encoding="utf-8")
    assert failing.type("expand", ARTICLE, "--accept").code == 0
    assert standing(failing) == ("written", "")


def proposes(stage: Stage, *options: str) -> None:
    """Run a job that has an expansion to complete of which code can mend what is wrong."""
    earlier = expanded(text(stage)).replace("2026-11-22", "2025-01-02")
    put(stage, ARTICLE, earlier + '\n<div class="note-box">\n\n方框没有结束。\n')
    run(stage, ARTICLE, "--failing", *options)


def end(stage: Stage) -> None:
    """Have the job's process come to its end; here it is that of the tests."""
    (file,) = stage.root.rglob("ledger.sqlite3")
    with closing(sqlite3.connect(file)) as ledger, ledger:
        ledger.execute("UPDATE run SET pid = 1 << 30")


def standing(stage: Stage) -> tuple[str, str]:
    """Return how the status names the article's state in JSON, and what it says of it."""
    (row,) = json.loads(stage.type("expand", "--status", "--json").out)["items"]
    return row["state"], row["reason"]


@pytest.mark.parametrize(("language", "word"), [("zh", "待采用"), ("en", "to take")])
def test_a_completion_that_waits_is_told_by_the_word_of_the_live_table_with_what_takes_it(
    stage: Stage, language: str, word: str
) -> None:
    proposes(stage)
    said = stage.type("expand", "--status", "--lang", language).out.splitlines()
    assert [line for line in said if line.endswith(word)]
    assert said[-1].endswith("wenqu apply")
    state, reason = standing(stage)
    assert (state, "wenqu apply" in reason) == ("needs_review", True)
    totals = json.loads(stage.type("expand", "--status", "--json").out)["totals"]
    assert (totals["needs_review"], "proposed" in totals) == (1, False)


@pytest.mark.parametrize("taking", [("--yes",), ()])
def test_a_completion_that_was_taken_is_told_as_passed(stage: Stage, taking: Sequence[str]) -> None:
    proposes(stage, *taking)
    if not taking:
        assert stage.type("apply", "--yes").code == 0
    assert standing(stage) == ("written", "")
    put(stage, ARTICLE, text(stage).replace("status:", "read_by: 甲\nstatus:", 1))
    assert standing(stage) == ("written", "")
    assert "1 篇通过\n" in stage.type("expand", "--status").out


def edited_as_the_sheet_asks(stage: Stage) -> None:
    put(stage, ARTICLE, text(stage).replace("方框没有结束。", "方框到此结束。"))


@pytest.mark.parametrize("taking", [("--yes",), ()])
def test_a_completion_that_was_taken_and_edited_then_is_told_as_passed(stage: Stage, taking: Sequence[str]) -> None:
    proposes(stage, *taking)
    if not taking:
        assert stage.type("apply", "--yes").code == 0
    end(stage)
    edited_as_the_sheet_asks(stage)
    assert stage.type("check", ARTICLE, "--strict").code == 0
    assert standing(stage) == ("written", "")


def test_of_an_article_that_was_edited_while_its_proposal_waits_that_is_said(stage: Stage) -> None:
    proposes(stage)
    end(stage)
    put(stage, ARTICLE, text(stage) + "\n又写了一句。\n")
    for language, why in (("zh", "文章又改过"), ("en", "the article was changed since")):
        assert why in stage.type("expand", "--status", "--lang", language).out
    state, reason = standing(stage)
    assert (state, "已不在" in reason, "wenqu apply" in reason) == ("needs_review", False, False)
    assert f'wenqu check --strict "{ARTICLE}"' in reason


def given_up(stage: Stage) -> None:
    for file in (stage.root / ".wenqu" / "local" / "proposals").glob("*.json"):
        file.unlink()


def test_a_completion_that_was_given_up_is_not_told_as_waiting(stage: Stage) -> None:
    proposes(stage)
    end(stage)
    given_up(stage)
    state, reason = standing(stage)
    assert (state, "已不在" in reason, "wenqu apply" in reason) == ("needs_review", True, False)
    assert f'wenqu check --strict "{ARTICLE}"' in reason


def test_what_an_article_said_of_itself_before_does_not_make_a_proposal_taken(stage: Stage) -> None:
    proposes(stage)
    end(stage)
    given_up(stage)
    assert "status: completed" in text(stage)
    assert standing(stage)[0] == "needs_review"


def test_a_change_that_is_better_but_not_good_waits_as_one_to_be_reviewed(stage: Stage) -> None:
    (stage.answers / "expand.repair.md").write_text("### 第5部分：学习路线图与未来展望\n\n略。\n", encoding="utf-8")
    lacking = EXPANSION.replace(PARTS[5].strip(), "### 第5部分：学习路线图与未来展望\n\n略。")
    put(stage, ARTICLE, expanded(text(stage), lacking) + '\n<div class="note-box">\n\n方框没有结束。\n')
    run(stage, ARTICLE, "--failing")
    state, reason = standing(stage)
    assert (state, "wenqu apply" in reason) == ("needs_review", True)
    stage.type("apply", "--yes")
    state, reason = standing(stage)
    assert (state, "wenqu apply" in reason, "--strict" in reason) == ("needs_review", False, True)


def test_at_the_end_of_a_run_an_article_to_be_reviewed_comes_with_its_two_gravest_findings(failing: Stage) -> None:
    said = run(failing, ARTICLE, OTHER, "--yes", "--repairs", "0").out.splitlines()
    at = next(number for number, line in enumerate(said) if line.startswith(f"待改  {ARTICLE}"))
    assert [line.startswith("  第 ") for line in said[at + 1 : at + 4]] == [True, True, False]
    assert "研究方向 0 个" in said[at + 1]
    assert "status: pending" in text(failing)


def found(rule: str, line: int) -> Finding:
    return Finding(rule=rule, severity="error", line=line, found="很长的话" * 50, wanted="8")


def test_a_reason_is_one_short_line_whatever_the_finding_quotes() -> None:
    several = tuple(found("placeholder", line) for line in (7, 8, 9))
    item = Item(path="甲.md", state="needs_review", findings=several, draft=".wenqu/drafts/甲.md")
    for language in ("zh", "en"):
        said = reason(item, language)
        assert "7" in said
        assert "2" in said
        assert len(said) < 160
        assert "\n" not in said
        assert said.endswith(" .wenqu/drafts/甲.md")
        lines = list(short_lines([item, Item(path="乙.md", state="written")], language))
        assert max(map(len, lines)) < 140
        assert ["8" in line for line in lines if line.startswith("  ")] == [False, True]


def test_a_problem_without_a_draft_is_the_whole_reason() -> None:
    problem = ModelTimeout(model="m", seconds=1)
    item = Item(path="甲.md", state="failed", problem=problem)
    assert reason(item, "en") == problem.sentence("en")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["skipped-expanded", "skipped-heading", "proposed-in-part", "not-better"])
def test_a_command_that_is_named_can_be_typed_whatever_the_article_is_called(language: Language, name: str) -> None:
    said = Item(path="甲 乙.md", state="skipped", reason=name).sentence(language)
    assert re.search(r'wenqu \w+( --strict)? "甲 乙.md"', said)
    assert not re.search(r"wenqu \w+( --strict)? 甲", said)


def test_a_read_by_that_stood_there_is_told_as_of_before_and_stays(stage: Stage) -> None:
    put(stage, ARTICLE, text(stage).replace("status:", "read_by: 甲\nstatus:", 1))
    one = items(run(stage, ARTICLE, "--yes", "--json"))[ARTICLE]
    said = "read_by 说的不是新写的内容"
    assert (one["state"], said in one["message"]) == ("written", True)
    assert said in (stage.root / ".wenqu" / "reviews" / ARTICLE).read_text(encoding="utf-8")
    assert "read_by: 甲\n" in text(stage)


def test_an_article_whose_status_cannot_be_set_is_refused_before_anything_is_asked(stage: Stage) -> None:
    before = text(stage).replace("status: pending", "status: >\n  pending", 1)
    put(stage, ARTICLE, before)
    line = before[: before.index("status:")].count("\n") + 1
    said = run(stage, ARTICLE, "--yes")
    assert said.code != 0
    assert f"{ARTICLE}:{line}" in said.out + said.err
    assert (stage.log.exists(), text(stage)) == (False, before)
