"""A key that must stand in nothing: every byte that the whole job writes or says is searched for it."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from agent.upkeep.demo import stage
from bench.faults.commands import typed
from bench.faults.isolation import Trouble

CANARY: Final = "sk-ant-canary-0123456789abcdef"
FAILING: Final = (
    ("doctor",),
    ("socratic", "Q1", "--script", os.devnull),
    ("expand", "文章/正交矩阵与反射.md", "--yes"),
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
    for name, text in said.items():
        if key in text or CANARY in text:
            yield Trouble(what="the key was said", where=name)
    for file in (*root.rglob("*"), *Path(os.environ["HOME"]).rglob("*")):
        content = file.read_bytes() if file.is_file() else b""
        if key.encode() in content or CANARY.encode() in content:
            yield Trouble(what="the key was written", where=str(file))
