"""`wenqu expand` beyond one article: choosing, completing what stands, prompts by hand, and what follows a run."""

import json
import shlex
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from passing_article import PARTS, expanded
from test_expand_command import ARTICLE, MODEL, Said, Stage, stage

from agent.bookkeeping.postponed import postpone
from agent.bookkeeping.proposals import changed
from agent.text.edits import Edit
from agent.workspace.history import git
from agent.workspace.store import Store

__all__ = ["stage"]

OTHER = "文章/正交矩阵与反射.md"
PLAN = """# 进度与计划

#### 🔴 第7批次：入门（优先级高）

**文章列表**：
1. `logsumexp与softmax的温度.md`
2. `没有这一篇.md`

```
总体进度：[                    ] 0%
第7批次：[                    ] 0/1篇
```
"""


def words(stage: Stage) -> list[str]:
    return ["--model-command", shlex.join([sys.executable, "-c", MODEL, str(stage.answers), str(stage.log)])]


def run(stage: Stage, *options: str) -> Said:
    return stage.type("expand", *options, *words(stage))


def items(said: Said) -> dict[str, dict[str, Any]]:
    return {item["path"]: item for item in json.loads(said.out)["items"]}


def text(stage: Stage, path: str = ARTICLE) -> str:
    return (stage.root / path).read_text(encoding="utf-8")


def put(stage: Stage, path: str, content: str) -> None:
    (stage.root / path).write_text(content, encoding="utf-8")


def test_without_a_word_on_which_articles_it_is_a_usage_problem(stage: Stage) -> None:
    said = run(stage, "--yes")
    assert said.code == 2
    assert "--batch" in said.err


def test_a_first_run_takes_one_article_and_says_so(stage: Stage) -> None:
    said = run(stage, "--pending", "--yes", "--repairs", "0", "--json")
    assert len(items(said)) == 1
    assert "第一次扩充" in said.err
    assert "2 篇" in said.err
    again = run(stage, "--pending", "--yes", "--repairs", "0", "--json")
    assert len([item for item in items(again).values() if item["state"] != "skipped"]) >= 2


@pytest.mark.parametrize("asked", [["--dry-run"], ["--model", "offline"], ["--dry-run", "--lang", "en"]])
def test_the_estimate_of_a_first_run_is_of_the_one_article_that_it_takes_and_says_so(
    stage: Stage, asked: list[str]
) -> None:
    estimated = stage.type("expand", "--pending", *asked)
    taken = list(items(run(stage, "--pending", "--yes", "--json")))
    there = [file.relative_to(stage.root).as_posix() for file in (stage.root / "文章").iterdir()]
    assert [path for path in there if path in estimated.out + estimated.err] == taken
    assert ("The first run" if "en" in asked else "第一次扩充") in estimated.err
    assert "2" in estimated.err.splitlines()[0]


def test_the_estimate_of_a_first_run_says_in_json_how_many_wait(stage: Stage) -> None:
    one, all_of_them = (
        json.loads(stage.type("expand", "--pending", "--dry-run", "--json", *words).out)
        for words in ((), ("--limit", "9"))
    )
    assert (len(one["items"]), one["totals"]["items"], one["totals"]["waiting"]) == (1, 1, 2)
    assert (len(all_of_them["items"]), all_of_them["totals"]["waiting"]) == (3, 0)


def test_the_one_article_of_a_first_run_is_one_that_has_text(stage: Stage) -> None:
    (stage.root / "文章" / "AAA.md").write_text("---\nstatus: pending\n---\n\n# 标题\n", encoding="utf-8")
    said = stage.type("expand", "--pending", "--dry-run")
    assert "先做一篇：文章/AAA.md" not in said.err
    assert "文章/AAA.md 还没有正文" in said.out
    assert len([line for line in said.out.splitlines() if line.endswith(".md")]) == 1


def test_an_estimate_leaves_no_ledger_behind(stage: Stage) -> None:
    stage.type("expand", "--pending", "--dry-run")
    assert not list(stage.root.rglob("ledger.sqlite3*"))


def test_a_run_that_asks_no_model_takes_all_also_the_first_time(stage: Stage, tmp_path: Path) -> None:
    said = stage.type("expand", "--pending", "--export", str(tmp_path / "hand"), "--json")
    assert len(json.loads(said.out)["exported"]) == 3
    assert "第一次" not in said.err


@pytest.mark.parametrize(("ceiling", "told"), [("0.001", "连一篇也写不完"), ("99", "够 3 篇全部写完")])
def test_an_estimate_says_how_far_the_ceiling_goes(stage: Stage, ceiling: str, told: str) -> None:
    assert told in stage.type("expand", "--pending", "--limit", "3", "--dry-run", "--max-cost", ceiling).out


def test_an_estimate_counts_the_articles_that_the_ceiling_pays_for(stage: Stage) -> None:
    dry = ("expand", "--pending", "--limit", "3", "--dry-run", "--json")
    every = json.loads(stage.type(*dry).out)
    first = next(item["cost"] for item in every["items"] if item["state"] == "planned")
    said = stage.type(*dry, "--max-cost", f"{first * 1.5:.4f}")
    assert json.loads(said.out)["totals"]["within_ceiling"] == 1


def test_the_status_takes_nothing_that_it_would_ignore(stage: Stage) -> None:
    for words in (("--accept",), ("--fresh",), (ARTICLE,), ("--batch", "1"), ("--series", "熵"), ("--workers", "3")):
        said = stage.type("expand", "--status", *words)
        assert (said.code, said.out, said.err.count("\n")) == (2, "", 1), words
        assert f"--status {words[0]}" in said.err


def test_a_blank_or_open_command_is_refused_in_the_language_of_the_workspace(stage: Stage) -> None:
    for command, told in ((" ", "这里没有字"), ("python3 'x", "引号没有配对")):
        said = stage.type("expand", ARTICLE, "--model-command", command)
        assert said.code == 2
        assert told in said.err


def test_an_article_may_be_named_without_its_folder_and_a_folder_stands_for_its_articles(stage: Stage) -> None:
    name = ARTICLE.rpartition("/")[2]
    for typed in (name, name.removesuffix(".md")):
        assert list(items(stage.type("expand", typed, "--dry-run", "--json"))) == [ARTICLE]
    assert len(items(stage.type("expand", "文章", "--dry-run", "--json"))) == 3
    assert stage.type("expand", "没有.md", "--dry-run").code == 2
    (stage.root / "目录.md").mkdir()
    empty = stage.type("expand", "目录.md", "--yes")
    assert (empty.code, empty.out, "目录.md：这个文件夹里没有文章" in empty.err) == (2, "", True)


def test_an_article_without_a_text_is_not_sent_to_a_model(stage: Stage) -> None:
    stub = "## 公式推导与注释\n\nTODO: 添加详细的数学公式推导和注释\n"
    put(stage, "文章/空.md", f"---\ntitle: 空\nstatus: pending\n---\n\n# 空\n\n{stub}")
    said = run(stage, "文章/空.md", "--yes", "--json")
    assert (said.code, items(said)["文章/空.md"]["state"]) == (0, "skipped")
    assert "还没有正文" in items(said)["文章/空.md"]["message"]
    assert not stage.log.exists()


def test_drafts_are_accepted_where_there_are_any(stage: Stage) -> None:
    said = stage.type("expand", "--accept", "--pending")
    assert (said.code, said.out, "没有待验收的草稿" in said.err) == (0, "", True)
    named = stage.type("expand", "--accept", ARTICLE, OTHER, "--json")
    assert [item["state"] for item in items(named).values()] == ["skipped", "skipped"]
    assert f"没有待验收的草稿（.wenqu/drafts/{OTHER}）" in items(named)[OTHER]["message"]
    assert (named.code, json.loads(named.out)["report"]) == (0, "")
    put(stage, "稿.md", "x\n")
    both = stage.type("expand", "--accept", ARTICLE, OTHER, "--draft", "稿.md")
    assert (both.code, both.out, "只写那一篇" in both.err) == (2, "", True)


def test_a_batch_is_read_from_the_progress_document_and_a_missing_article_named(stage: Stage) -> None:
    put(stage, "计划.md", PLAN)
    said = run(stage, "--batch", "7", "--yes", "--json")
    found = items(said)
    assert (said.code, found[ARTICLE]["state"]) == (0, "written")
    assert found["没有这一篇.md"]["state"] == "skipped"
    assert "没有这篇文章" in found["没有这一篇.md"]["message"]


def test_after_a_run_the_bars_are_brought_up_to_date_and_a_report_is_kept(stage: Stage) -> None:
    put(stage, "计划.md", PLAN)
    said = run(stage, "--batch", "7", "--yes")
    assert "第7批次：[██████████          ] 1/2篇" in text(stage, "计划.md")
    (kept,) = (stage.root / ".wenqu" / "reports").glob("*.md")
    assert kept.name in said.out
    assert ARTICLE in kept.read_text(encoding="utf-8")


def test_how_the_article_ended_is_told_before_the_change_of_another_file(stage: Stage) -> None:
    put(stage, "计划.md", PLAN)
    said = run(stage, "--batch", "7", "--yes").out
    assert said.index(f"通过  {ARTICLE}") < said.index("+++ b/计划.md")
    assert said.rstrip().splitlines()[-1].startswith("报告")


def test_unattended_the_bars_wait_for_apply(stage: Stage) -> None:
    put(stage, "计划.md", PLAN)
    said = run(stage, ARTICLE)
    assert "暂缓 1 项" in said.out
    assert text(stage, "计划.md") == PLAN
    stage.type("apply", "--yes")
    assert "1/2篇" in text(stage, "计划.md")


def test_the_totals_in_json_count_the_items_and_the_cost_of_what_passed(stage: Stage) -> None:
    said = run(stage, ARTICLE, "--yes", "--json")
    answer = json.loads(said.out)
    totals = answer["totals"]
    assert {"passed", "cost", "cost_per_passed", "saved_by_cache", "written", "needs_review"} <= set(totals)
    assert (totals["items"], totals["passed"], totals["written"]) == (1, 1, 1)
    assert answer["report"].startswith(".wenqu/reports/")


def test_what_is_excluded_is_remembered_and_never_taken(stage: Stage) -> None:
    said = stage.type("expand", "--exclude", ARTICLE, "--yes")
    assert said.code == 0
    assert ARTICLE in text(stage, "wenqu.toml")
    found = items(stage.type("expand", "--pending", "--dry-run", "--json"))
    assert "已被排除" in found[ARTICLE]["message"]
    assert "已被排除" in items(stage.type("expand", ARTICLE, "--dry-run", "--json"))[ARTICLE]["message"]


def test_an_exclusion_alone_is_shown_in_json(stage: Stage) -> None:
    said = stage.type("expand", "--exclude", ARTICLE, "--json")
    (row,) = json.loads(said.out)["proposals"]
    assert (row["path"], row["state"]) == ("wenqu.toml", "postponed")


def test_an_exclusion_counts_at_once_though_it_waits_for_apply(stage: Stage) -> None:
    found = items(stage.type("expand", "--pending", "--exclude", ARTICLE, "--dry-run", "--json"))
    assert found[ARTICLE]["state"] == "skipped"
    assert ARTICLE not in text(stage, "wenqu.toml")


def spoilt() -> str:
    return expanded(
        expansion="\n\n".join([*(PARTS[n].strip() for n in (1, 2, 3, 4)), "### 第5部分：学习路线图与未来展望\n\n略。"])
    )


def test_failing_ends_in_a_proposal_that_waits_and_keeps_what_stands(stage: Stage) -> None:
    put(stage, ARTICLE, spoilt())
    (stage.answers / "expand.repair.md").write_text(PARTS[5], encoding="utf-8")
    said = run(stage, "--failing")
    assert said.code == 0
    assert "wenqu apply" in said.out
    assert text(stage) == spoilt()
    assert stage.asked() == ["expand.repair"]
    stage.type("apply", "--yes")
    after = text(stage)
    assert all(PARTS[number].strip() in after for number in PARTS)
    assert stage.type("check", ARTICLE, "--json").code == 0
    assert json.loads(stage.type("check", ARTICLE, "--json").out)["files"][0]["passed"]


def test_failing_with_a_yes_writes_what_passes(stage: Stage) -> None:
    put(stage, ARTICLE, spoilt())
    (stage.answers / "expand.repair.md").write_text(PARTS[5], encoding="utf-8")
    said = run(stage, ARTICLE, "--failing", "--yes", "--json")
    answer = json.loads(said.out)
    assert (said.code, answer["items"][0]["state"], answer["totals"]["passed"]) == (0, "written", 1)
    assert answer["proposals"][0]["state"] == "applied"


def test_a_completion_that_was_taken_is_written_though_another_change_of_the_file_waits(stage: Stage) -> None:
    put(stage, ARTICLE, spoilt())
    postpone(
        Store(stage.root), changed(Store(stage.root).read(ARTICLE), (Edit(0, 0, ""),), "另一处", subject="another")
    )
    (stage.answers / "expand.repair.md").write_text(PARTS[5], encoding="utf-8")
    answer = json.loads(run(stage, ARTICLE, "--failing", "--yes", "--json").out)
    assert answer["items"][0]["state"] == "written"


def test_of_two_completions_of_one_article_the_newer_waits(stage: Stage) -> None:
    left = spoilt().replace(PARTS[4].strip(), "### 第4部分：批判性反思与优化\n\n略。")
    put(stage, ARTICLE, left)
    (stage.answers / "expand.repair.md").write_text(PARTS[5], encoding="utf-8")
    assert "还有" in run(stage, ARTICLE, "--failing").out
    put(stage, ARTICLE, spoilt())
    run(stage, ARTICLE, "--failing")
    (stage.answers / "expand.repair.md").write_text(PARTS[5].rstrip() + "\n\n又一句。\n", encoding="utf-8")
    run(stage, ARTICLE, "--failing", "--fresh")
    said = stage.type("apply", "--yes")
    assert "[2]" not in said.out
    assert "作废" not in said.out
    assert "又一句。" in text(stage)


@pytest.mark.parametrize(("word", "says"), [("--yes", "已按建议补了"), ("--no-color", "用 wenqu apply 采用")])
def test_what_became_of_a_change_that_does_not_mend_all_is_told_as_it_is(stage: Stage, word: str, says: str) -> None:
    left = spoilt().replace(PARTS[4].strip(), "### 第4部分：批判性反思与优化\n\n略。")
    put(stage, ARTICLE, left)
    (stage.answers / "expand.repair.md").write_text(PARTS[5], encoding="utf-8")
    said = run(stage, ARTICLE, "--failing", word)
    assert said.code == 1
    assert says in said.out
    assert (text(stage) == left) == (word != "--yes")


def test_a_completed_article_that_fails_says_how_it_is_repaired(stage: Stage) -> None:
    put(stage, ARTICLE, spoilt())
    found = items(stage.type("expand", "--topic", "logsumexp", "--dry-run", "--json"))
    assert "--failing" in found[ARTICLE]["message"]


def test_each_written_article_is_committed_by_itself(stage: Stage) -> None:
    put(stage, "计划.md", PLAN)
    said = run(stage, ARTICLE, "--yes", "--commit")
    assert git(stage.root, "log", "-1", "--format=%s").startswith("扩充：logsumexp")
    assert git(stage.root, "show", "--name-only", "--format=", "HEAD").split("\n")[0] == ARTICLE
    assert "计划.md" in stage.changed()
    (left,) = [line for line in said.err.splitlines() if "未提交" in line]
    assert "计划.md" in left
    assert ARTICLE not in left


def test_a_commit_that_git_refuses_is_told_and_counts_as_a_failure(stage: Stage) -> None:
    hook = stage.root / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    said = run(stage, ARTICLE, "--yes", "--commit")
    assert said.code == 1
    assert f"{ARTICLE} 已经写好，只是没有提交" in said.err
    assert "status: completed" in text(stage)


def test_an_article_with_changes_of_the_users_own_is_not_committed(stage: Stage) -> None:
    put(stage, ARTICLE, text(stage).replace("slug:", "note: mine\nslug:"))
    before = git(stage.root, "rev-parse", "HEAD")
    said = run(stage, ARTICLE, "--yes", "--commit")
    assert ARTICLE in said.err
    assert git(stage.root, "rev-parse", "HEAD") == before


def test_prompts_go_out_and_answers_come_in_without_a_model(stage: Stage, tmp_path: Path) -> None:
    folder = tmp_path / "by hand"
    said = stage.type("expand", ARTICLE, "--export", str(folder))
    place = folder / "文章" / "logsumexp与softmax的温度"
    assert said.code == 0
    assert sorted(file.name for file in place.iterdir()) == sorted(
        [f"part{n}.prompt.md" for n in PARTS] + ["plan.prompt.md"]
    )
    for number, part in PARTS.items():
        (place / f"part{number}.answer.md").write_text(part, encoding="utf-8")
    taken = stage.type("expand", "--import", str(folder), "--yes", "--json")
    assert items(taken)[ARTICLE]["state"] == "written"
    assert not stage.log.exists()


def test_an_expansion_is_completed_by_hand_as_the_message_says(stage: Stage, tmp_path: Path) -> None:
    put(stage, ARTICLE, spoilt())
    folder = str(tmp_path / "by hand")
    assert "--failing" in stage.type("expand", ARTICLE, "--export", folder).out
    said = stage.type("expand", ARTICLE, "--failing", "--export", folder)
    assert "现在要答：repair5" in said.out
    place = tmp_path / "by hand" / ARTICLE.removesuffix(".md")
    assert [file.name for file in place.iterdir()] == ["repair5.prompt.md"]
    (place / "repair5.answer.md").write_text(PARTS[5], encoding="utf-8")
    said = stage.type("expand", ARTICLE, "--failing", "--export", folder)
    (command,) = [line.partition("导入：")[2] for line in said.out.splitlines() if "导入：" in line]
    assert "wenqu apply" in stage.type(*shlex.split(command)[1:]).out
    assert text(stage) == spoilt()
    assert stage.type("apply", "--yes").code == 0
    assert PARTS[5].strip() in text(stage)


def test_answers_are_asked_for_where_there_are_none(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    said = stage.type("expand", "--import", str(tmp_path / "empty"))
    assert said.code == 2
    assert "*.answer.md" in said.err


def test_a_commit_where_there_is_no_git_is_refused_before_anything_begins(stage: Stage) -> None:
    shutil.rmtree(stage.root / ".git")
    said = run(stage, ARTICLE, "--yes", "--commit")
    assert said.code == 2
    assert not stage.log.exists()


def test_a_few_lines_where_the_expansion_belongs_are_kept_when_it_is_completed(stage: Stage) -> None:
    put(stage, ARTICLE, text(stage).replace("TODO: 添加详细的数学公式推导和注释", "作者自己的一句。"))
    assert "--failing" in items(run(stage, ARTICLE, "--yes", "--json"))[ARTICLE]["message"]
    said = run(stage, ARTICLE, "--failing", "--yes", "--json")
    assert items(said)[ARTICLE]["state"] == "written"
    assert "作者自己的一句。" in text(stage)


def test_prompts_are_not_written_among_the_notes(stage: Stage) -> None:
    said = stage.type("expand", ARTICLE, "--export", str(stage.root / "提示词"))
    assert said.code == 2
    assert not (stage.root / "提示词").exists()


def test_misconceptions_of_discussions_that_name_the_article_reach_the_prompts(stage: Stage, tmp_path: Path) -> None:
    talk = f"# 温度深度讨论\n\n出处：{ARTICLE}\n\n## 误解档案\n\n- 温度越高分布越尖\n"
    put(stage, "深度讨论/温度深度讨论.md", talk)
    stage.type("expand", ARTICLE, "--export", str(tmp_path / "out"))
    prompts = tmp_path / "out" / "文章" / "logsumexp与softmax的温度"
    assert "温度越高分布越尖" in (prompts / "plan.prompt.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("options", [["--batch", "0"], ["--limit", "0"]])
def test_a_number_that_counts_nothing_is_a_usage_problem(stage: Stage, options: list[str]) -> None:
    assert run(stage, *options).code == 2
