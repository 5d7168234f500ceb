"""`wenqu expand --batch-api` as it is typed: prices, Ctrl-C while the service works, --status, a live run beside it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from agent import assets
from agent.model.fake import FakeServer, Scripted
from agent.model.fake_batches import BatchFault
from agent.upkeep.start import init

pytestmark = pytest.mark.loopback

SOURCE = "文章/logsumexp与softmax的温度.md"
ARTICLES = ("文章/甲.md", "文章/乙.md")
NEVER = BatchFault(looks=10**9)


@dataclass
class Shop:
    """A workspace of two articles and a service that expands them; `faults` are those of its first, second … batch."""

    root: Path
    faults: dict[int, BatchFault] = field(default_factory=dict)
    url: str = ""

    def start(self, *words: str) -> "subprocess.Popen[str]":
        settings = {"ANTHROPIC_BASE_URL": self.url, "ANTHROPIC_API_KEY": "sk-ant-fake"}
        return subprocess.Popen(
            [sys.executable, "-m", "agent", "-C", str(self.root), "expand", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **settings, "PYTHONPATH": str(Path(__file__).parents[2])},
        )

    def run(self, *words: str) -> tuple[int, str, str]:
        with self.start(*words) as job:
            out, err = job.communicate(timeout=60)
        return job.returncode, out, err

    def batches(self, *words: str) -> tuple[int, str, str]:
        return self.run(*ARTICLES, "--yes", "--batch-api", "--poll", "0", *words)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    root = tmp_path / "notes"
    init(root, language="zh")
    text = (root / SOURCE).read_text(encoding="utf-8")
    for number, path in enumerate(ARTICLES):
        own = text.replace("/archives/", f"/archives/{number}").replace("title: ", f"title: {'又一篇' * number}")
        (root / path).write_text(own, encoding="utf-8")
    return Shop(root)


@pytest.fixture
def server(shop: Shop) -> Iterator[FakeServer]:
    folder = assets.folder("demo") / "zh"

    def answer(body: Mapping[str, Any]) -> Scripted:
        prompt = "".join(block["text"] for block in body["messages"][0]["content"])
        task = prompt.rpartition("<task>")[2].partition("</task>")[0]
        text = next(folder.glob(f"{task}.*")).read_text(encoding="utf-8")
        if "又一篇" in prompt:  # no two articles may share an expansion
            text = text.replace("，", "呀，")
        return Scripted(text=text)

    with FakeServer(answer, fault=lambda number: shop.faults.get(number, BatchFault())) as server:
        shop.url = server.base_url
        yield server


def until(happened: Callable[[], object]) -> None:
    """Wait, for twenty seconds at most."""
    for _ in range(2000):
        if happened():
            return
        time.sleep(0.01)
    pytest.fail("it did not happen")


def test_a_job_in_batches_writes_the_articles_and_tells_of_the_batches(shop: Shop, server: FakeServer) -> None:
    code, out, err = shop.batches("--json")
    assert code == 0, err
    said = json.loads(out)
    assert [item["state"] for item in said["items"]] == ["written"] * 2
    assert all(item["cost"] > 0 for item in said["items"])
    assert [len(held.requests) for held in server.shelf.held] == [2, 2, 8]
    assert "2 个请求已成批提交（msgbatch_0001）" in err
    assert "批 msgbatch_0003 取回，已存好：8 个请求" in err
    assert server.key not in err


def test_an_estimate_for_batches_is_half_and_names_no_minutes(shop: Shop) -> None:
    live, batched = (
        json.loads(shop.run(*ARTICLES, "--dry-run", "--json", *words)[1])["totals"] for words in ((), ("--batch-api",))
    )
    assert batched["cost"] * 2 == pytest.approx(live["cost"])
    assert batched["cost_without_cache"] * 2 == pytest.approx(live["cost_without_cache"])
    assert live["seconds"] > 0
    assert batched["seconds"] is None
    assert "半价" in shop.run(*ARTICLES, "--dry-run", "--batch-api")[1]


def test_ctrl_c_leaves_the_batch_with_the_service_and_the_same_command_receives_it(
    shop: Shop, server: FakeServer
) -> None:
    shop.faults[1] = NEVER
    with shop.start(*ARTICLES, "--yes", "--batch-api", "--poll", "0.05") as job:
        until(lambda: server.shelf.held and server.shelf.held[0].looks > 1)
        running = shop.run("--status")[1]
        assert "成批提交" in running
        assert "批 msgbatch_0001：2 个请求" in running
        assert "分钟" not in running
        job.send_signal(signal.SIGINT)
        _, err = job.communicate(timeout=30)
    assert job.returncode == 130
    assert "批 msgbatch_0001（2 个请求）还在服务那边" in err

    code, out, _ = shop.run("--status")
    assert code == 0
    assert "批 msgbatch_0001：2 个请求" in out
    assert "--batch-api" in out
    status = json.loads(shop.run("--status", "--json")[1])
    assert [(one["id"], one["requests"]) for one in status["batches"]] == [("msgbatch_0001", 2)]

    code, out, err = shop.run(*ARTICLES, "--yes")
    assert (code, out) == (2, "")
    assert "msgbatch_0001" in err

    server.shelf.held[0].fault = BatchFault()
    code, _, err = shop.batches()
    assert code == 0, err
    assert "以前提交的一批还没有取（msgbatch_0001，2 个请求）" in err
    assert [len(held.requests) for held in server.shelf.held] == [2, 2, 8]
    assert json.loads(shop.run("--status", "--json")[1])["batches"] == []


def test_a_run_killed_while_it_waits_is_taken_up(shop: Shop, server: FakeServer) -> None:
    shop.faults[2] = NEVER
    with shop.start(*ARTICLES, "--yes", "--batch-api", "--poll", "0.05") as job:
        until(lambda: len(server.shelf.held) > 1 and server.shelf.held[1].looks > 1)
        job.kill()
    server.shelf.held[1].fault = BatchFault()
    code, _, err = shop.batches()
    assert code == 0, err
    assert [len(held.requests) for held in server.shelf.held] == [2, 2, 8]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--poll", "5"), "--batch-api"),
        (("--batch-api", "--accept"), "--batch-api --accept"),
        (("--batch-api", "--export", "E"), "--batch-api --export"),
        (("--batch-api", "--model-command", "true"), "--batch-api"),
    ],
)
def test_what_would_be_ignored_is_refused(shop: Shop, words: tuple[str, ...], named: str) -> None:
    code, out, err = shop.run(*ARTICLES, "--yes", *words)
    assert (code, out) == (2, "")
    assert named in err


def test_an_estimate_and_a_status_need_no_sdk(shop: Shop) -> None:
    for words in (["--status"], [ARTICLES[0], "--dry-run", "--batch-api"]):
        command = ["-C", str(shop.root), "expand", *words]
        code = f"import sys; from agent.cli.main import main; main({command!r}); print(); print(*sys.modules)"
        done = subprocess.run(
            [sys.executable, "-c", code], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
        )
        assert not {"anthropic", "httpx2"} & set(done.stdout.splitlines()[-1].split())
