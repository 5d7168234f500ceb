"""A key that must stand in nothing: every byte that the whole job writes or says is searched for it."""

import os
import random
import signal
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from agent.model.fake import Scripted
from agent.upkeep.demo import stage
from bench.faults.commands import typed
from bench.faults.isolation import Trouble
from bench.faults.services import ALWAYS, Service, opened
from bench.faults.tutor import LISTED, begun, line, pointed_at

CANARY: Final = "sk-ant-canary-0123456789abcdef"
MOST_SECONDS: Final = 20.0
FAILING: Final = (
    ("doctor",),
    ("socratic", "Q1", "--script", os.devnull),
    ("expand", "文章/正交矩阵与反射.md", "--yes"),
    ("expand", "文章/正交矩阵与反射.md", "--yes", "--batch-api"),
    ("context", "--json"),
)


def key_canary(scratch: Path, runs: int) -> tuple[int, list[Trouble]]:
    """Do the whole job with a key in the environment, and then what fails with it; look for the key everywhere."""
    troubles = [trouble for number in range(runs) for trouble in _one(scratch / f"run-{number}")]
    return runs, troubles


def _one(root: Path) -> Iterator[Trouble]:
    said: dict[str, str] = {}
    with stage(root, "zh", os.environ) as scene:
        key = os.environ["ANTHROPIC_API_KEY"]
        for step in scene.steps():
            said[" ".join(step.argv)] = typed(["-C", str(root), *step.argv, *step.unseen])[1] if step.argv else ""
        os.environ["ANTHROPIC_API_KEY"] = CANARY  # which the server refuses
        for argv in FAILING:
            said[" ".join(argv)] = typed(["-C", str(root), *argv])[1]
    asking = ["-C", str(root), "socratic", LISTED, "--script", str(root / "said.txt")]
    (root / "said.txt").write_text("".join(map(line, range(1, 4))), encoding="utf-8")
    said["silence"] = _unanswered(asking)
    said["interrupted"] = _interrupted(asking, root / "heard.txt")
    for name, text in said.items():
        if key in text or CANARY in text:
            yield Trouble(what="the key was said", where=name)
    for file in (*root.rglob("*"), *Path(os.environ["HOME"]).rglob("*")):
        content = file.read_bytes() if file.is_file() else b""
        if key.encode() in content or CANARY.encode() in content:
            yield Trouble(what="the key was written", where=str(file))


def _unanswered(argv: Sequence[str]) -> str:
    """Return what a command says whose service accepts the key and then falls silent."""
    silent = Service(random.Random(1), Scripted(text="好", stall_seconds=30), ALWAYS)  # noqa: S311 - not secret
    with opened(silent, CANARY):
        return typed(argv)[1]


def _interrupted(argv: Sequence[str], heard: Path) -> str:
    """Return what a command says that is interrupted while it waits for a service which is not there."""
    with pointed_at("http://127.0.0.1:9", CANARY):
        child = begun(argv, heard)
        end = time.monotonic() + MOST_SECONDS
        while "127.0.0.1:9" not in (heard.read_text(encoding="utf-8") if heard.exists() else ""):
            if time.monotonic() > end:
                break
            time.sleep(0.01)
        os.kill(child, signal.SIGINT)
        os.waitpid(child, 0)
    return heard.read_text(encoding="utf-8")
