"""Sessions that are killed at any moment and resumed: nothing that was said is lost, no document is half."""

import json
import os
import random
import re
import shutil
import signal
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from agent.errors import AgentError
from agent.socratic.sessions import list_sessions, rebuild
from agent.upkeep.start import init
from agent.words import say
from agent.workspace.journal import Record, read_journal
from agent.workspace.leftovers import OLD_SECONDS, leftovers
from agent.workspace.store import Store
from bench.faults.commands import fingerprint, typed
from bench.faults.isolation import Trouble
from bench.faults.tutor import LISTED, ROOT, UNWRITTEN, begun, line, numbers, pointed_at, tutor

LINES: Final = 16
MOST_KILLS: Final = 40
"""Kills of one session; then it may end."""
LONGEST_SECONDS: Final = 0.4
PACE_SECONDS: Final = 0.001
SAID: Final = re.compile(re.escape(say("zh", "socratic.prompt")) + r"第(\d+)句[^\n]*\n")


def killed_sessions(scratch: Path, kills: int, seed: int = 1) -> tuple[int, list[Trouble]]:
    """Kill sessions `kills` times, each again and again until it ends; every line that was answered must be there."""
    _imported()
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    done = 0
    troubles: list[Trouble] = []
    with tutor(scratch, PACE_SECONDS) as address, pointed_at(address):
        while done < kills:
            room = _Room(scratch, chance)
            troubles += room.hold(min(kills - done, MOST_KILLS))
            done += room.kills
    return done, troubles


def killed_closings(scratch: Path, kills: int, seed: int = 1) -> tuple[int, list[Trouble]]:
    """Kill a session while its documents are written; each is the old one or the new one, and the rest is offered."""
    _imported()
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    troubles: list[Trouble] = []
    with tutor(scratch, 0.0) as address, pointed_at(address):
        closing = _Closing(scratch)
        for number in range(kills):
            troubles += closing.killed(chance.uniform(0, closing.seconds), f"{seed}.{number}")
    return kills, troubles


class _Room:
    """A workspace in which one session is held, whose process is killed again and again."""

    def __init__(self, scratch: Path, chance: random.Random) -> None:
        self.kills = 0
        self._chance = chance
        self._root = scratch / ROOT
        self._said = scratch / "said.txt"
        self._script = scratch / "script.txt"
        self._unwritten = scratch / UNWRITTEN
        shutil.rmtree(self._root, ignore_errors=True)
        self._said.write_text("", encoding="utf-8")  # a kill may come before the first session of this room says a word
        init(self._root, language="zh")
        self._known = set(fingerprint(self._root))
        self._store = Store(self._root)
        self._answered: set[int] = set()
        self._next = 1

    def hold(self, kills: int) -> Iterator[Trouble]:
        """Hold the session to its end; kill it at most `kills` times."""
        while not self._is_over():
            status = self._run(kill=self.kills < kills)
            where = f"after kill {self.kills}, line {self._next}"
            if os.WIFEXITED(status) and os.WEXITSTATUS(status):
                yield Trouble(what=f"exit {os.WEXITSTATUS(status)}", where=self._heard()[-300:])
                return
            try:
                kept = numbers(self._records())
                unreadable = any(one.status == "unreadable" for one in list_sessions(self._store))
            except AgentError as error:
                yield Trouble(what="a journal that cannot be read", where=f"{where}: {error}")
                return
            yield from self._lost(kept, where)
            if unreadable:
                yield Trouble(what="an unreadable session", where=where)
            self._next = max([*kept, *map(int, SAID.findall(self._heard())), self._next - 1]) + 1
        yield from self._left()

    def _run(self, *, kill: bool) -> int:
        self._script.write_text("".join(map(line, range(self._next, LINES + 1))), encoding="utf-8")
        at = ("--resume", self._sid()) if self._sid() else (LISTED,)
        child = begun(["-C", str(self._root), "socratic", *at, "--script", str(self._script)], self._said)
        if kill:
            time.sleep(self._chance.uniform(0, LONGEST_SECONDS))
            os.kill(child, signal.SIGKILL)
        status = os.waitpid(child, 0)[1]
        self.kills += os.WIFSIGNALED(status)
        return status

    def _heard(self) -> str:
        return self._said.read_text(encoding="utf-8", errors="ignore")

    def _sid(self) -> str:
        return next((one.sid for one in list_sessions(self._store) if one.status == "open"), "")

    def _is_over(self) -> bool:
        return any(one.status == "ended" for one in list_sessions(self._store))

    def _records(self) -> tuple[Record, ...]:
        """Return the records of the only session there is, () before it has begun."""
        return next((read_journal(self._store, one.sid).records for one in list_sessions(self._store)), ())

    def _lost(self, kept: list[int], where: str) -> Iterator[Trouble]:
        """Look for what was answered and is not in the journal: the tutor spoke after it."""
        pieces = SAID.split(self._heard())[1:]
        self._answered |= {
            int(number) for number, after in zip(pieces[::2], pieces[1::2], strict=True) if after.strip()
        }
        if lost := self._answered - set(kept):
            yield Trouble(what="an acknowledged turn is lost", where=f"{where}: {lost}")
        if kept != sorted(set(kept)):
            yield Trouble(what="a turn is there twice or at the wrong place", where=f"{where}: {kept}")
        if self._unwritten.exists():
            what = "a request held what no journal did"
            yield Trouble(what=what, where=self._unwritten.read_text(encoding="utf-8"))
            self._unwritten.unlink()

    def _left(self) -> Iterator[Trouble]:
        """Look at what stands in the workspace when all is over and what was kept is applied."""
        code, said = typed(["-C", str(self._root), "apply", "--yes"])
        compiled = next(one.content for one in self._records() if one.kind == "compiled")
        sid = list_sessions(self._store)[0].sid
        text, problems = rebuild(self._store, sid)
        path = str(compiled["path"])
        if code or problems or rebuild(self._store, sid)[0] != text:
            yield Trouble(what="what was said is not verified", where=said + "\n".join(problems))
        if not path or self._store.read(path).text != text:
            yield Trouble(what="the document is not the rebuilt one", where=path)
        for stray in sorted(set(_without_leftovers(self._root)) - self._known - {path}):
            yield Trouble(what="something was left lying", where=stray)


class _Closing:
    """A session that has been held to its end, as it was before its documents were written, and as it is after."""

    def __init__(self, scratch: Path) -> None:
        self._held, self._root, self._said = scratch / "held", scratch / ROOT, scratch / "said.txt"
        script = scratch / "script.txt"
        script.write_text("".join(map(line, range(1, 7))), encoding="utf-8")
        init(self._root, language="zh")
        shutil.copytree(self._root, self._held)
        typed(["-C", str(self._root), "socratic", LISTED, "--script", str(script)])
        self._sid = list_sessions(Store(self._root))[0].sid
        journal = f".wenqu/sessions/{self._sid}/journal.jsonl"
        lines = (self._root / journal).read_bytes().splitlines(keepends=True)
        (self._held / journal).parent.mkdir(parents=True)
        (self._held / journal).write_bytes(b"".join(one for one in lines if json.loads(one)["kind"] != "compiled"))
        self._old = fingerprint(self._held)
        began = time.monotonic()
        os.waitpid(self._resumed(), 0)
        self.seconds = (time.monotonic() - began) * 1.1
        self._new = fingerprint(self._root)

    def killed(self, after_seconds: float, where: str) -> Iterator[Trouble]:
        """Kill the closing so many seconds after its beginning, and go on from there."""
        child = self._resumed()
        time.sleep(after_seconds)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        for path, content in _documents(fingerprint(self._root)).items():
            if content not in (self._old.get(path), self._new.get(path)):
                yield Trouble(what="a document is neither old nor new", where=f"{where} {path}")
        if any(one.status == "open" for one in list_sessions(Store(self._root))):
            os.waitpid(begun(["-C", str(self._root), "socratic", "--resume", "--script", os.devnull], self._said), 0)
        code, said = typed(["-C", str(self._root), "apply", "--yes"])
        found = _without_leftovers(self._root)
        different = sorted({path for path, _ in set(found.items()) ^ set(self._new.items())})
        if code or _documents(found) != _documents(self._new):
            heard = self._said.read_text(encoding="utf-8")
            yield Trouble(what="the rest was not offered", where=f"{where} {different} {said[-200:]} {heard[-300:]}")
        elif different:
            yield Trouble(what="something was left lying", where=f"{where} {different}")

    def _resumed(self) -> int:
        shutil.rmtree(self._root)
        shutil.copytree(self._held, self._root)
        argv = ["-C", str(self._root), "socratic", "--resume", self._sid, "--script", os.devnull]
        return begun(argv, self._said)


def _documents(found: Mapping[str, str]) -> dict[str, str]:
    return {path: content for path, content in found.items() if path.endswith(".md")}


def _without_leftovers(root: Path) -> dict[str, str]:
    """Return what stands outside `.wenqu`, without the temporary files of killed writes that `wenqu doctor` names."""
    named = leftovers(Store(root), now_seconds=time.time() + 2 * OLD_SECONDS)
    return {path: content for path, content in fingerprint(root).items() if path not in named}


def _imported() -> None:
    """Import what a session needs, so that the processes which are forked need not."""
    import anthropic  # noqa: F401, PLC0415 - heavy
    import tenacity  # noqa: F401, PLC0415 - heavy

    import agent.cli.session_end  # noqa: PLC0415 - heavy
    import agent.cli.sessions  # noqa: PLC0415 - heavy
    import agent.socratic.document.conclusion  # noqa: F401, PLC0415 - heavy
