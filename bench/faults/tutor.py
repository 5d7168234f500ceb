"""A tutor in a process of its own, at which sessions are held in processes that may be killed at any moment."""

import json
import os
import re
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

from agent.cli.main import main
from agent.model.fake import FakeServer, Scripted
from agent.model.fake_batches import BatchFault
from agent.workspace.journal import Record

UNWRITTEN: Final = "unwritten.txt"
"""Beside the workspace: what a request held of the learner's words before the journal did."""
ROOT: Final = "notes"
LISTED: Final = "学习笔记/01-注意力基础/01-Lecture01-缩放点积注意力/03-深度问答.md"
_TASK: Final = re.compile(r"<task>([\w.]+)</task>\s*\Z")
_ANSWER: Final = re.compile(r"<answer>\s*(.*?)\s*</answer>", re.DOTALL)
_VERDICTS: Final = ("partial", "correct", "wrong", "correct", "dont_know")
_GOLD: Final = {
    "claims": [{"claim": "方差随维度增长，所以分数的差变大", "passage": 1, "terms": [["方差"]], "values": []}],
    "misconceptions": [],
    "prerequisites": [],
    "goal_level": 3,
}


def reply(body: Mapping[str, Any], pace_seconds: float = 0.0) -> Scripted:
    """Return what a decent tutor answers; the choice of words at the end is left to code."""
    text = "".join(block["text"] for block in body["messages"][-1]["content"])
    task = _TASK.search(text)
    words = _answered(text)
    verdict = _VERDICTS[sum(map(ord, words)) % len(_VERDICTS)]
    diagnosis: dict[str, object] = {
        "verdict": verdict,
        "solo": 3 if verdict == "correct" else 1,
        "evidence": "",
        "gap": "",
    }
    diagnosis |= {"misconception": 0, "conflict": 0, "older": 0, "confidence": 0.9}
    answers = {
        "socratic.gold": json.dumps(_GOLD, ensure_ascii=False),
        "socratic.diagnose": json.dumps(diagnosis, ensure_ascii=False),
        "socratic.phrase": f"你说「{words[:8]}」，这一点凭什么成立？",
    }
    return Scripted(text=answers.get(task[1] if task else "", ""), pace_seconds=pace_seconds)


def line(number: int) -> str:
    """Return a line of a script that no other one is like."""
    return f"第{number}句：分数的差变大，因为 {number} 维都在加，所以更集中\n"


def numbers(records: Iterable[Record]) -> list[int]:
    """Return the numbers of the lines that stand in a journal, in its order."""
    own = (str(one.content["text"]) for one in records if one.content.get("role") == "learner")
    return [int(found[1]) for text in own if (found := re.match(r"第(\d+)句", text))]


def tutor(scratch: Path, pace_seconds: float) -> AbstractContextManager[str]:
    """Serve a tutor until the block ends, and yield the address."""
    return serving(partial(_watching, scratch, pace_seconds))


@contextmanager
def serving(
    answer: Callable[[Mapping[str, Any]], Scripted], fault: Callable[[int], BatchFault] = lambda _: BatchFault()
) -> Iterator[str]:
    """Serve until the block ends, and yield the address; the process that forks others has no thread of its own."""
    address, told = os.pipe()
    waited, stop = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(stop)
            with FakeServer(answer, fault=fault) as server:
                os.write(told, server.base_url.encode())
                os.read(waited, 1)
        finally:
            os._exit(0)
    try:
        yield os.read(address, 100).decode()
    finally:
        for descriptor in (stop, waited, told, address):
            os.close(descriptor)
        os.waitpid(child, 0)


@contextmanager
def pointed_at(address: str, key: str = "sk-ant-fake", **more: str) -> Iterator[None]:
    """Let commands ask the service at `address` meanwhile."""
    before = dict(os.environ)
    os.environ.update(ANTHROPIC_BASE_URL=address, ANTHROPIC_API_KEY=key, WENQU_LANGUAGE="zh", **more)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def begun(argv: Sequence[str], said: Path) -> int:
    """Begin a command in a process of its own that speaks into the file `said`; return its process id."""
    child = os.fork()
    if child == 0:
        code = 70
        try:
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND), 1)
            os.dup2(1, 2)
            sys.stdin, sys.stdout, sys.stderr = (
                os.fdopen(descriptor, mode, encoding="utf-8", closefd=False)
                for descriptor, mode in ((0, "r"), (1, "w"), (2, "w"))
            )
            code = main(argv)
        except BaseException:  # noqa: BLE001 - the process ends here, whatever it was
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    return child


def _watching(scratch: Path, pace_seconds: float, body: Mapping[str, Any]) -> Scripted:
    """Answer; write down the learner's words of a request that stand in no journal yet."""
    text = "".join(block["text"] for block in body["messages"][-1]["content"])
    words = _answered(text)
    journals = (scratch / ROOT / ".wenqu/sessions").glob("*/journal.jsonl")
    if words and not any(words in journal.read_text(encoding="utf-8", errors="replace") for journal in journals):
        with (scratch / UNWRITTEN).open("a", encoding="utf-8") as file:
            file.write(f"{words}\n")
    return reply(body, pace_seconds)


def _answered(text: str) -> str:
    found = _ANSWER.findall(text)
    return str(found[-1]) if found else ""
