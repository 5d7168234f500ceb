"""Runs work in a process of its own, which may crash, hang or eat memory without taking the table with it."""

import json
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MEMORY_BYTES: Final = 3 << 30
"""Address space that a reader may fill; more is a fault."""


class Hang(BaseException):
    """The processor time that a piece of work was given is spent; no handler of the program's own catches it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What went wrong, and with what."""

    what: str
    where: str


def isolated(work: Callable[[Callable[[str], None]], Iterator[Trouble]], scratch: Path) -> list[Trouble]:
    """Return the troubles that `work` yields in a forked process; its death is one more, at the place it last noted."""
    note, found = scratch / "note", scratch / "found"
    note.write_text("", encoding="utf-8")
    child = os.fork()
    if child == 0:
        code = 70
        try:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
            with found.open("w", encoding="utf-8") as stream:
                for one in work(lambda place: _noted(note, place)):
                    stream.write(json.dumps([one.what, one.where]) + "\n")
            code = 0
        except BaseException:  # noqa: BLE001 - the process ends here, whatever it was
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)
    _, status = os.waitpid(child, 0)
    lines = found.read_text(encoding="utf-8").splitlines() if found.exists() else []
    troubles = [Trouble(what=what, where=where) for what, where in map(json.loads, lines)]
    if status:
        how = f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else f"exit {os.WEXITSTATUS(status)}"
        troubles.append(Trouble(what=f"died: {how}", where=note.read_text(encoding="utf-8", errors="replace")))
    return troubles


def limited(seconds: float, work: Callable[[], object]) -> None:
    """Do `work`; raise Hang when it takes so many seconds of processor time (a busy machine changes nothing)."""

    def stop(*_: object) -> None:
        raise Hang

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        work()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _noted(note: Path, place: str) -> None:
    note.write_text(place, encoding="utf-8", errors="replace")
