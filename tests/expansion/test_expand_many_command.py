"""`wenqu expand` with several articles, as it is typed: what is told, Ctrl-C once and twice, two jobs at once."""

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from agent import assets
from agent.upkeep.start import init
from agent.workspace.ledger import Ledger
from agent.workspace.store import Store

SOURCE = "文章/logsumexp与softmax的温度.md"
ARTICLES = ("文章/甲.md", "文章/乙.md")

# A model command: it notes that it was asked, waits for a file to appear, and answers the task with the file of it.
MODEL = """
import os, pathlib, re, sys, time
parent = os.getppid()
folder = pathlib.Path(sys.argv[1])
prompt = sys.stdin.buffer.read().decode()
task = re.findall(r"<task>([\\w.]+)</task>", prompt)[-1]
with (folder / "asked").open("a") as asked:
    asked.write(task + "\\n")
while not (folder / "go").exists() and os.getppid() == parent != 1:
    time.sleep(0.01)
answer = next(folder.glob(task + ".*")).read_bytes().decode()
if "又一篇" in prompt:  # no two articles may share an expansion
    answer = answer.replace("，", "呀，")
sys.stdout.buffer.write(answer.encode())
"""


@dataclass(frozen=True)
class Shop:
    """A workspace of two articles beside a folder of answers, given once the file `go` is there."""

    root: Path
    answers: Path

    def start(self, *options: str) -> "subprocess.Popen[str]":
        model = shlex.join([sys.executable, "-c", MODEL, str(self.answers)])
        asked = () if "--model" in options else ("--model-command", model)
        words = ["-C", str(self.root), "expand", *ARTICLES, "--yes", *asked, *options]
        return subprocess.Popen(
            [sys.executable, "-m", "agent", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        )

    def run(self, *options: str) -> tuple[int, str, str]:
        with self.start(*options) as job:
            out, err = job.communicate(timeout=60)
        return job.returncode, out, err

    def let_go(self) -> None:
        (self.answers / "go").touch()

    def asked(self) -> list[str]:
        file = self.answers / "asked"
        return file.read_text().split() if file.exists() else []


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    root, answers = tmp_path / "notes", tmp_path / "answers"
    init(root, language="zh")
    text = (root / SOURCE).read_text(encoding="utf-8")
    for number, path in enumerate(ARTICLES):
        own = text.replace("/archives/", f"/archives/{number}").replace("title: ", f"title: {'又一篇' * number}")
        (root / path).write_text(own, encoding="utf-8")
    answers.mkdir()
    for path in (assets.folder("demo") / "zh").glob("expand.*"):
        (answers / path.name).write_bytes(path.read_bytes())
    return Shop(root, answers)


def until(happened: Callable[[], object]) -> None:
    """Wait, for ten seconds at most."""
    for _ in range(1000):
        if happened():
            return
        time.sleep(0.01)
    pytest.fail("it did not happen")


def test_several_articles_are_written_and_summed_up(shop: Shop) -> None:
    shop.let_go()
    code, out, err = shop.run("--json", "--workers", "3")
    found = json.loads(out)
    assert code == 0
    assert [(item["path"], item["state"]) for item in found["items"]] == [(path, "written") for path in ARTICLES]
    assert (found["totals"]["passed"], found["totals"]["planned"]) == (2, 0)
    assert all(f"{Path(path).stem}：各部分检查通过" in err for path in ARTICLES)
    assert len(shop.asked()) == 12
    assert (found["totals"]["usage"], found["totals"]["cost"], found["items"][0]["usage"]) == (None, None, None)


def test_a_dry_run_of_several_is_a_table_with_its_sum(shop: Shop) -> None:
    code, out, _ = shop.run("--dry-run", "--model", "claude-sonnet-5-5")
    lines = out.splitlines()
    assert code == 0
    assert lines[0].split() == ["请求", "输入", "输出", "费用", "不用缓存", "文章"]
    assert [line.split()[-1] for line in lines[1:3]] == sorted(ARTICLES, key=ARTICLES.index)
    assert lines[3].split()[0] == "12"
    assert "--batch-api 成批提交是半价：$" in lines[4]
    _, out, _ = shop.run("--dry-run", "--json", "--model", "claude-sonnet-5-5")
    totals = json.loads(out)["totals"]
    assert (totals["items"], totals["requests"]) == (2, 12)
    assert totals["cost"] < totals["cost_without_cache"]


def test_what_a_command_costs_is_told_as_unknown_never_as_nothing(shop: Shop) -> None:
    _, out, _ = shop.run("--dry-run")
    assert shop.asked() == []
    assert out.splitlines()[0].split() == ["请求", "输入", "输出", "文章"]
    assert "费用不详" in out
    shop.let_go()
    _, out, _ = shop.run()
    assert "用量和花费不详：模型命令不报。" in out
    status = subprocess.run(
        [sys.executable, "-m", "agent", "-C", str(shop.root), "expand", "--status"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    ).stdout
    assert "花费不详" in status
    assert "token 不详" in status
    assert not any(found in out + status for found in ("$", "输出 0"))


def test_ctrl_c_receives_what_is_in_flight_and_says_how_to_go_on(shop: Shop) -> None:
    with shop.start("--workers", "2") as job:
        until(lambda: len(shop.asked()) == 2)
        job.send_signal(signal.SIGINT)
        assert job.stderr
        until(lambda: "Ctrl-C" in (job.stderr.readline() if job.stderr else ""))
        shop.let_go()
        out, err = job.communicate(timeout=60)
    assert job.returncode == 130
    assert "2 篇没有写完" in out
    assert "再次运行" in err
    assert shop.asked() == ["expand.plan"] * 2
    assert shop.run()[0] == 0
    assert shop.asked().count("expand.plan") == 2


def test_a_second_ctrl_c_ends_at_once_and_says_what_to_type_to_go_on(shop: Shop) -> None:
    with shop.start("--workers", "2", "--fresh") as job:
        until(lambda: len(shop.asked()) == 2)
        job.send_signal(signal.SIGINT)
        assert job.stderr
        until(lambda: "Ctrl-C" in (job.stderr.readline() if job.stderr else ""))
        job.send_signal(signal.SIGINT)
        _, err = job.communicate(timeout=20)
    assert job.returncode == 130
    command = err.partition("接着写：")[2]
    given = list(map(str, job.args)) if isinstance(job.args, list) else []
    assert shlex.split(command) == ["wenqu", *given[3:-1]]
    ledger = Ledger(Store(shop.root))
    assert [item.state for item in ledger.items()] == ["open", "open"]
    ledger.close()


def test_a_second_job_is_told_which_process_is_at_work(shop: Shop) -> None:
    with shop.start("--workers", "2") as job:
        until(lambda: len(shop.asked()) == 2)
        code, _, err = shop.run()
        assert (code, str(job.pid) in err) == (3, True)
        shop.let_go()
        job.communicate(timeout=60)
    assert job.returncode == 0
