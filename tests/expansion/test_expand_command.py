"""`wenqu expand` as it is typed: its options, and how a weak or failing model ends."""

import json
import shlex
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from agent import assets
from agent.cli.main import main
from agent.upkeep.start import init
from agent.workspace.history import git

ARTICLE = "文章/logsumexp与softmax的温度.md"
DRAFT = ".wenqu/drafts/文章/logsumexp与softmax的温度.md"

# A model command: it logs the task at the end of its prompt, and answers with the file of that name, or fails.
MODEL = """
import pathlib, re, sys
folder, log = map(pathlib.Path, sys.argv[1:])
task = re.findall(r"<task>([\\w.]+)</task>", sys.stdin.buffer.read().decode())[-1]
with log.open("a", encoding="utf-8") as asked:
    asked.write(task + "\\n")
answer = next(folder.glob(task + ".*"), None)
if answer is None:
    sys.exit("no answer to " + task)
sys.stdout.buffer.write(answer.read_bytes())
"""


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Stage:
    """A starter workspace beside a folder of answers; `expand` types the command with the model that gives them."""

    root: Path
    answers: Path
    capsys: pytest.CaptureFixture[str]

    def type(self, *argv: str) -> Said:
        code = main(["-C", str(self.root), *argv])
        heard = self.capsys.readouterr()
        return Said(code, heard.out, heard.err)

    def expand(self, *options: str) -> Said:
        words = [sys.executable, "-c", MODEL, str(self.answers), str(self.log)]
        return self.type("expand", ARTICLE, "--yes", "--model-command", shlex.join(words), *options)

    @property
    def log(self) -> Path:
        return self.root.parent / "asked.log"

    def asked(self) -> list[str]:
        return self.log.read_text(encoding="utf-8").split()

    def changed(self) -> str:
        return git(self.root, "status", "--short")


@pytest.fixture
def stage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Stage:
    root, answers = tmp_path / "notes", tmp_path / "answers"
    init(root, language="zh")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=starter")
    answers.mkdir()
    for path in (assets.folder("demo") / "zh").glob("expand.*"):
        (answers / path.name).write_bytes(path.read_bytes())
    return Stage(root, answers, capsys)


def spoil(stage: Stage, task: str, change: Callable[[str], str]) -> None:
    (path,) = stage.answers.glob(f"{task}.*")
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def test_a_model_that_fails_on_the_way_leaves_a_draft_and_says_where(stage: Stage) -> None:
    next(stage.answers.glob("expand.part4.*")).unlink()
    said = stage.expand()
    assert said.code == 4
    assert "no answer to expand.part4" in said.out
    assert "part-missing" in said.out
    assert DRAFT in said.out
    assert "### 第3部分" in (stage.root / DRAFT).read_text(encoding="utf-8")
    assert ARTICLE.rpartition("/")[2] not in stage.changed()


def test_another_language_is_that_of_the_messages_alone(stage: Stage) -> None:
    said = stage.expand("--lang", "en")
    assert said.code == 0
    assert "is expanded and marked completed" in said.out
    assert "### 第3部分" in (stage.root / ARTICLE).read_text(encoding="utf-8")


def test_prompts_by_hand_are_in_the_language_of_the_workspace_too(stage: Stage, tmp_path: Path) -> None:
    place = tmp_path / "hand" / ARTICLE.removesuffix(".md")
    place.mkdir(parents=True)
    (place / "plan.answer.md").write_text("no plan", encoding="utf-8")
    said = stage.type("expand", ARTICLE, "--export", str(tmp_path / "hand"), "--lang", "en")
    assert "holds no JSON object" in said.out
    assert "Expanding without an API" in (tmp_path / "hand" / "README.md").read_text(encoding="utf-8")
    assert "写第3部分" in (place / "part3.prompt.md").read_text(encoding="utf-8")


def test_a_failure_with_a_draft_is_the_same_in_json(stage: Stage) -> None:
    next(stage.answers.glob("expand.part4.*")).unlink()
    said = stage.expand("--json")
    (item,) = json.loads(said.out)["items"]
    assert (said.code, item["state"], item["draft"]) == (4, "failed", DRAFT)
    assert "part-missing" in {finding["rule"] for finding in item["findings"]}
    assert DRAFT in item["message"]


def test_a_model_that_answers_nonsense_leaves_a_draft_and_the_article_alone(stage: Stage) -> None:
    for path in stage.answers.iterdir():
        path.write_text("你好", encoding="utf-8")
    (stage.answers / "expand.replan.md").write_text("你好", encoding="utf-8")
    said = stage.expand("--repairs", "0")
    assert said.code == 1
    assert "重写的计划还是用不上（回答里没有读得出的 JSON 对象）" in said.err
    assert len([line for line in said.out.splitlines() if line.startswith("  ")]) <= 13
    assert DRAFT in said.out
    assert ARTICLE.rpartition("/")[2] not in stage.changed()
    assert stage.asked()[:3] == ["expand.plan", "expand.replan", "expand.part2"]
    assert sorted(stage.asked()[3:]) == [f"expand.part{n}" for n in (1, 3, 4, 5)]


@pytest.mark.parametrize("repairs", [0, 1, 2])
def test_each_part_is_repaired_as_often_as_was_asked_for_or_helps(stage: Stage, repairs: int) -> None:
    spoil(stage, "expand.part5", lambda text: text + "\n其余此处省略。\n")
    (stage.answers / "expand.repair.md").write_bytes(next(stage.answers.glob("expand.part5.*")).read_bytes())
    assert stage.expand("--repairs", str(repairs)).code == 1
    assert stage.asked().count("expand.repair") == min(repairs, 1)


@pytest.mark.parametrize("wrong", ["3", "-1"])
def test_another_number_of_repairs_is_a_usage_problem(stage: Stage, wrong: str) -> None:
    said = stage.expand("--repairs", wrong)
    assert said.code == 2
    assert f"--repairs 不能是“{wrong}”，应为：整数（0–2）" in said.err
    assert not stage.log.exists()


@pytest.mark.parametrize("options", [["--dry-run"], ["--dry-run", "--model", "offline"], ["--model", "offline"]])
def test_an_article_that_would_be_skipped_is_said_to_be_before_any_estimate(stage: Stage, options: list[str]) -> None:
    assert stage.expand().code == 0
    said = stage.type("expand", ARTICLE, *options)
    assert said.code == 0
    assert "已跳过" in said.out
    assert "预计" not in said.err


def test_an_article_that_would_not_be_skipped_is_estimated(stage: Stage) -> None:
    said = stage.type("expand", ARTICLE, "--dry-run")
    assert said.code == 0
    assert "预计" in said.out
    assert "跳过" not in said.out


def test_an_estimate_counts_what_is_still_to_be_asked_for_and_says_what_is_used_again(stage: Stage) -> None:
    next(stage.answers.glob("expand.part4.*")).unlink()
    stage.expand()
    found = {words: json.loads(stage.expand("--dry-run", "--json", *words).out) for words in ((), ("--fresh",))}
    assert [answer["totals"]["requests"] for answer in found.values()] == [1, 6]
    assert [answer["items"][0]["used_again"] for answer in found.values()] == [5, 0]
    for language, told in (("zh", "以前收到的 5 份回答会再用"), ("en", "used again and not in the table: 5")):
        assert told in stage.expand("--dry-run", "--lang", language).out
        assert told not in stage.expand("--dry-run", "--lang", language, "--fresh").out


def test_an_estimate_writes_nothing_into_the_ledger(stage: Stage) -> None:
    next(stage.answers.glob("expand.part4.*")).unlink()
    stage.expand()
    (file,) = stage.root.rglob("ledger.sqlite3")
    before = file.read_bytes()
    assert stage.expand("--dry-run", "--json").code == 0
    assert file.read_bytes() == before


def test_of_a_ledger_of_another_shape_one_sentence_is_said(stage: Stage) -> None:
    next(stage.answers.glob("expand.part4.*")).unlink()
    stage.expand()
    (file,) = stage.root.rglob("ledger.sqlite3")
    with closing(sqlite3.connect(file)) as other, other:
        other.execute("ALTER TABLE attempt DROP COLUMN batch")
    for said in (stage.expand(), stage.type("expand", "--status")):
        assert said.code != 0
        assert [line for line in said.err.splitlines() if "ledger.sqlite3" in line and "batch" in line]
        assert "Traceback" not in said.err


def test_a_dry_run_says_in_json_why_an_article_would_be_skipped(stage: Stage) -> None:
    note = stage.root / "文章" / "笔记.md"
    note.write_text("没有文件头。\n", encoding="utf-8")
    said = stage.type("expand", "文章/笔记.md", "--dry-run", "--json")
    (item,) = json.loads(said.out)["items"]
    assert (said.code, item["state"]) == (0, "skipped")


def test_a_ceiling_with_a_model_command_is_refused_before_anything_is_asked(stage: Stage) -> None:
    said = stage.expand("--max-cost", "5")
    assert said.code == 2
    assert said.err.count("\n") == 1
    assert "--max-cost" in said.err
    assert "--model-command" in said.err
    assert not stage.log.exists()


def test_a_ceiling_with_a_model_without_a_price_is_refused_before_anything_is_asked(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "none")
    said = stage.type("expand", ARTICLE, "--yes", "--model", "someones-own", "--max-cost", "5")
    assert said.code == 2
    assert said.err.count("\n") == 1
    assert "不知道 someones-own 的价格" in said.err
