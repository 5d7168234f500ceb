# ruff: noqa: INP001 - beside bench/speed.py, which prints the rows
"""How long a learner waits for what is our own work: to the first question, and from turn to turn."""

import fcntl
import json
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any, Final

from agent.model.messages import Reply, Request, Usage
from agent.socratic.aims.aim import aim_of
from agent.socratic.person import Doing, Item, Leaving
from agent.socratic.sessions import run_session
from agent.workspace.configuration import read_settings
from agent.workspace.journal import Journal
from agent.workspace.store import Store

OLD_SESSIONS: Final = 200
QUESTION: Final = "Q2"
_SESSIONS: Final = ".wenqu/sessions"
_SEATED: Final = 'exec "$@" <"$0" >"$0" 2>&1'
_ASKED: Final = re.compile(r"？|\?".encode())
_PATIENCE_SECONDS: Final = 60
_ANSWERS: Final = (
    "我觉得会变，差被放大以后指数也跟着变",
    "比例只由两项的差决定，差乘二，比例就平方",
    "因为 softmax 先取指数，再除以总和",
    "所以最大的一项占得更多，别的更少",
    "如果常数小于一，就会反过来，变得更平",
    "我会先看差，再看比例",
)
_REPLIES: Final[dict[str, Any]] = {
    "gold": {
        "claims": [{"claim": "比例由差决定", "passage": 1, "terms": [["差", "difference"]], "values": ["c 倍"]}],
        "misconceptions": [],
        "prerequisites": [],
        "goal_level": 3,
    },
    "diagnose": {
        "verdict": "partial",
        "solo": 2,
        "evidence": "",
        "gap": "",
        "misconception": 0,
        "conflict": 0,
        "older": 0,
        "confidence": 0.9,
    },
    "phrase": "你说的这一点，换一个例子会怎样？",
}


def with_old_sessions(root: Path) -> None:
    """Give a workspace as many sessions as a year brings: one is held, the others are it under other names."""
    held = _hold(root, _Learner(), None)
    text = (root / _SESSIONS / held / "journal.jsonl").read_text(encoding="utf-8")
    for number in range(1, OLD_SESSIONS):
        sid = f"20250{1 + number // 28 % 9}{1 + number % 28:02}-090000-{number:04x}"
        folder = root / _SESSIONS / sid
        folder.mkdir()
        (folder / "journal.jsonl").write_text(text.replace(held, sid), encoding="utf-8")


def first_question_ms(command: str, root: Path) -> float:
    """Return how long a terminal waits for the first question of an offline session."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(ours, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
    argv = ["sh", "-c", _SEATED, os.ttyname(theirs), command, "-C", str(root)]
    began, heard = time.perf_counter(), b""
    session = subprocess.Popen(  # noqa: S603 - our own command
        [*argv, "socratic", QUESTION, "--model", "offline"], start_new_session=True
    )
    try:
        # The titles of the frame are questions, too: the first one asked follows an empty line.
        while not _ASKED.search(heard.rpartition(b"\r\n\r\n")[2]) or b"\r\n\r\n" not in heard:
            if not select.select([ours], [], [], _PATIENCE_SECONDS)[0]:
                raise TimeoutError(heard.decode(errors="replace"))
            heard += os.read(ours, 1 << 16)
        return 1000 * (time.perf_counter() - began)
    finally:
        session.kill()
        session.wait()
        os.close(ours)
        os.close(theirs)
        _forget_newest(root)


def turn_ms(root: Path) -> float:
    """Return what passes between an answer and the next question, with a model that answers at once."""
    learner = _Learner()
    _hold(root, learner, _AtOnce())
    _forget_newest(root)
    return median(learner.waited_ms)


def _hold(root: Path, learner: "_Learner", model: "_AtOnce | None") -> str:
    store, settings = Store(root), read_settings(root, options={}, environ={}).settings
    aim = aim_of(store, settings, "zh", topic=QUESTION)
    sid = f"{datetime.now().astimezone():%Y%m%d-%H%M%S}-0000"
    journal = Journal(store, sid, clock=lambda: datetime.now().astimezone())
    run_session(store=store, journal=journal, aim=aim, model=model, settings=settings, person=learner)
    return sid


def _forget_newest(root: Path) -> None:
    """Take the session just held away again, so that the next run finds what this one found."""
    shutil.rmtree(max((root / _SESSIONS).iterdir()))


class _AtOnce:
    """A model that needs no time."""

    name = "at once"

    def ask(self, request: Request, on_text: Callable[[str], None] | None = None) -> Reply:  # noqa: ARG002
        reply = _REPLIES.get(request.purpose.removeprefix("socratic."), {})
        text = reply if isinstance(reply, str) else json.dumps(reply, ensure_ascii=False)
        return Reply(text=text, stop_reason="end_turn", usage=Usage(output_tokens=20), model=self.name)


class _Learner:
    """A learner who answers at once and measures how long the next question takes."""

    grades = True

    def __init__(self) -> None:
        self.waited_ms: list[float] = []
        self._answers = list(_ANSWERS)
        self._answered = 0.0

    def show(self, text: str) -> None:
        pass

    def notice(self, text: str) -> None:
        pass

    def ask(self, draft: str = "") -> str | Leaving | None:  # noqa: ARG002
        if self._answered:
            self.waited_ms.append(1000 * (time.perf_counter() - self._answered))
        self._answered = time.perf_counter()
        return self._answers.pop(0) if self._answers else None

    def ask_confidence(self) -> int | None:
        return 3

    def ask_grade(self) -> int | None:
        return 2

    def ratify(self, items: Sequence[Item]) -> frozenset[str] | None:  # noqa: ARG002
        return None

    def working(self, doing: Doing) -> AbstractContextManager[None]:  # noqa: ARG002
        return nullcontext()
