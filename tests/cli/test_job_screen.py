"""A job at a terminal: one screen while it runs, the terminal as it was when it ends, the status from elsewhere."""

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from seat import ROOT, Seat

from agent import assets
from agent.upkeep.start import init
from agent.workspace.store import Store

SOURCE = "文章/logsumexp与softmax的温度.md"
ARTICLES = ("文章/甲.md", "文章/乙.md")

# A model command: it waits for a file to appear, and answers the task with the file of it.
MODEL = """
import os, pathlib, re, sys, time
parent = os.getppid()
folder = pathlib.Path(sys.argv[1])
prompt = sys.stdin.buffer.read().decode()
task = re.findall(r"<task>([\\w.]+)</task>", prompt)[-1]
while not (folder / "go").exists() and os.getppid() == parent != 1:
    time.sleep(0.01)
answer = next(folder.glob(task + ".*")).read_bytes().decode()
if "又一篇" in prompt:  # no two articles may share an expansion
    answer = answer.replace("，", "呀，")
sys.stdout.buffer.write(answer.encode())
"""


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    root = tmp_path / "notes"
    init(root, language="zh")
    text = (root / SOURCE).read_text(encoding="utf-8")
    for number, path in enumerate(ARTICLES):
        own = text.replace("/archives/", f"/archives/{number}").replace("title: ", f"title: {'又一篇' * number}")
        (root / path).write_text(own, encoding="utf-8")
    return root


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    folder = tmp_path / "answers"
    folder.mkdir()
    for path in (assets.folder("demo") / "zh").glob("expand.*"):
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def seated(notes: Path, answers: Path, **options: Any) -> Seat:
    model = shlex.join([sys.executable, "-c", MODEL, str(answers)])
    words = ("expand", *ARTICLES, "--workers", "2", "--yes", "--model-command", model)
    return Seat(notes, *words, **options)


def status(notes: Path, *options: str) -> str:
    command = [sys.executable, "-m", "agent", "-C", str(notes), "expand", "--status", *options]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout


def status_json(notes: Path) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(status(notes, "--json"))
    return found


def is_restored(seat: Seat) -> bool:
    """Whether the cursor is shown, lines wrap, and the page of the screen is left, each at last."""
    pairs = ((b"\x1b[?25h", b"\x1b[?25l"), (b"\x1b[?7h", b"\x1b[?7l"), (b"\x1b[?1049l", b"\x1b[?1049h"))
    return all(seat.heard.rfind(on) > seat.heard.rfind(off) >= 0 for on, off in pairs)


def test_one_screen_while_it_runs_and_one_line_for_each_article_at_the_end(notes: Path, answers: Path) -> None:
    with seated(notes, answers, columns=40, rows=20) as seat:
        seat.until("2 篇在写")
        seat.resize(100, 30)
        seat.until(lambda text: "  token" in text)
        found = status_json(notes)
        (answers / "go").touch()
        assert seat.ended() == 0
    assert (found["running"], found["pid"], found["workers"]) == (True, seat.command.pid, 2)
    assert [item["steps"]["plan"] for item in found["items"]] == ["asking", "asking"]
    assert is_restored(seat)
    after = seat.heard[seat.heard.rfind(b"\x1b[?1049l") :].decode()
    assert all(after.count(f"通过  {path}，") == 1 for path in ARTICLES)
    assert "2 篇通过" in after
    at_end = status(notes)
    assert "已经结束" in at_end
    assert "2 篇通过" in at_end


def test_ctrl_c_twice_gives_the_terminal_back(notes: Path, answers: Path) -> None:
    with seated(notes, answers) as seat:
        seat.until("在途 2")
        assert "花费不详" in seat.text
        assert "$" not in seat.text + status(notes, "--model-command", "x")
        seat.type("\x03")
        seat.until("正在停下")
        seat.type("\x03")
        assert seat.ended() == 130
    assert is_restored(seat)


def test_after_a_kill_the_status_says_that_nothing_runs_and_how_to_go_on(notes: Path, answers: Path) -> None:
    with seated(notes, answers) as seat:
        seat.until("在途 2")
        seat.command.kill()
        text = status(notes)
        assert "花费不详" in status(notes, "--model-command", "x")
    assert "没有在运行" in text
    assert f"wenqu expand {shlex.join(ARTICLES)}" in text
    assert [item["state"] for item in status_json(notes)["items"]] == ["planned", "planned"]


def test_status_of_a_workspace_without_a_job_makes_nothing(notes: Path) -> None:
    assert status_json(notes) == {"running": False, "items": []}
    assert not Store(notes).inside(".wenqu/local/ledger.sqlite3").exists()
