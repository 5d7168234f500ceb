"""A service that fails in the middle of a session: it is asked again when it should be, or the session is resumed."""

import random
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from agent.model.claude import ClaudeModel
from agent.model.fake import FakeServer, Scripted
from agent.socratic.sessions import list_sessions
from agent.upkeep.start import init
from agent.workspace.journal import read_journal
from agent.workspace.store import Store
from bench.faults.commands import typed
from bench.faults.isolation import Trouble
from bench.faults.tutor import LISTED, line, numbers, pointed_at, reply

LINES: Final = 6
ALWAYS: Final = 1_000
STRIDE: Final = 7
"""Through the table, so that a few sessions already meet different failures."""
TIMEOUT_SECONDS: Final = "0.3"
_LIMIT: Final = Scripted(status=429, error="rate_limit_error")
FAILURES: Final[tuple[tuple[str, Scripted, int, int], ...]] = (
    ("401", Scripted(status=401, error="authentication_error"), ALWAYS, 4),
    ("400", Scripted(status=400, error="invalid_request_error"), ALWAYS, 4),
    ("429 that asks for an hour", replace(_LIMIT, retry_after="3600"), ALWAYS, 4),
    ("429 of a spend limit", _LIMIT, ALWAYS, 4),
    ("429 that asks for nothing", replace(_LIMIT, retry_after="0"), 1, 0),
    ("429 that asks for a second", replace(_LIMIT, retry_after="1"), 2, 0),
    ("429 that asks for half a minute", replace(_LIMIT, retry_after="30"), 2, 0),
    ("429 that asks for garbage", replace(_LIMIT, retry_after="soon"), 1, 0),
    ("529", Scripted(status=529), 4, 0),
    ("529 that does not end", Scripted(status=529), ALWAYS, 4),
    ("an error inside the stream", Scripted(text="好", error_event_after=0), 2, 0),
    ("errors inside the stream", Scripted(text="好", error_event_after=0), ALWAYS, 4),
    ("a stream that ends early", Scripted(text="好", cut_after_bytes=1, cut="clean"), 2, 0),
    ("a stream torn", Scripted(text="好", cut_after_bytes=1, cut="torn"), 2, 0),
    ("a stream reset", Scripted(text="好", cut_after_bytes=1, cut="reset"), 2, 0),
    ("streams torn", Scripted(text="好", cut_after_bytes=1, cut="torn"), ALWAYS, 4),
    ("silence", Scripted(text="好", stall_seconds=30), 1, 0),
    ("silence that does not end", Scripted(text="好", stall_seconds=30), ALWAYS, 4),
)
"""What the service does, how often it does it in a row, and the exit code of a session in which it happens."""


class Service:
    """Answers well but for so many failing answers from one request on; `clock` is what was slept, all in all."""

    def __init__(self, chance: random.Random, failing: Scripted, times: int) -> None:
        self.clock = 0.0
        self.early = False
        self._due = 0.0
        self._begin = chance.randrange(2 * LINES)
        self._cut = chance.randrange(1, 600)
        self._failing, self._left = failing, times

    def sleep(self, seconds: float) -> None:
        self.clock += seconds

    def mend(self) -> None:
        """Answer well from now on."""
        self._left = 0

    def __call__(self, body: Mapping[str, Any]) -> Scripted:
        self.early = self.early or self.clock < self._due
        good = reply(body)
        self._begin -= 1
        if self._begin >= 0 or not self._left:
            return good
        self._left -= 1
        asked = self._failing.retry_after or ""
        self._due = self.clock + (float(asked) if asked.isdecimal() else 0.0)
        cut = self._failing.cut_after_bytes and self._cut
        return replace(self._failing, cut_after_bytes=cut)


def failing_services(scratch: Path, sessions: int, seed: int = 1) -> tuple[int, list[Trouble]]:
    """Hold sessions with a service that fails in one way each; return how many and what went wrong."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    troubles: list[Trouble] = []
    for number in range(sessions):
        name, failing, times, code = FAILURES[number * STRIDE % len(FAILURES)]
        service = Service(chance, failing, times)
        with opened(service):
            troubles += (replace(one, where=f"{name}: {one.where}") for one in _held(scratch / "notes", service, code))
    return sessions, troubles


def _held(root: Path, service: Service, expected: int) -> Iterator[Trouble]:
    shutil.rmtree(root, ignore_errors=True)
    init(root, language="zh")
    script = root.with_name("script.txt")
    script.write_text("".join(map(line, range(1, LINES + 1))), encoding="utf-8")
    code, said = typed(["-C", str(root), "socratic", LISTED, "--script", str(script)])
    if code != expected or "Traceback" in said:
        yield Trouble(what=f"exit {code}, not {expected}", where=said[-300:])
    if service.early:
        yield Trouble(what="a request during a pause", where="")
    store = Store(root)
    (session,) = list_sessions(store)
    if code:
        if said.count("--resume") != 1:
            yield Trouble(what="no sentence that tells how to go on, or several", where=said[-300:])
        service.mend()
        kept = numbers(read_journal(store, session.sid).records)
        script.write_text("".join(map(line, range(len(kept) + 1, LINES + 1))), encoding="utf-8")
        code, said = typed(["-C", str(root), "socratic", "--resume", "--script", str(script)])
    kept = numbers(read_journal(store, session.sid).records)
    if code or kept != list(range(1, LINES + 1)):
        yield Trouble(what="a session that was not finished", where=f"exit {code}, {kept}: {said[-300:]}")


@contextmanager
def opened(service: Service, key: str = "sk-ant-fake") -> Iterator[None]:
    """Let commands ask the service with `key`; pauses take no time but are counted."""
    waiting = {**(ClaudeModel.__init__.__kwdefaults__ or {}), "sleep": service.sleep}
    with (
        FakeServer(service, key=key) as server,
        pointed_at(server.base_url, key, WENQU_MODEL_TIMEOUT_SECONDS=TIMEOUT_SECONDS),
        patch.object(ClaudeModel.__init__, "__kwdefaults__", waiting),
    ):
        yield
