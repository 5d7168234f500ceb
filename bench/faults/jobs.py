"""Jobs of several articles that are killed at any moment and begun again: no half article, no reply asked for twice."""

import json
import os
import random
import re
import shutil
import signal
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, Final

from agent import assets
from agent.model.fake import Scripted
from agent.text.mends import without_tags
from agent.upkeep.start import init
from agent.workspace.ledger import Ledger
from agent.workspace.store import Store
from bench.faults.isolation import Trouble
from bench.faults.tutor import ROOT, begun, pointed_at, serving

ARTICLES: Final = 4
WORKERS: Final = 2
IN_FLIGHT: Final = 4
"""Requests of one article at most: for parts 1, 3, 4 and 5."""
SOURCE: Final = "文章/logsumexp与softmax的温度.md"
ASKED: Final = "asked.txt"
"""Beside the workspace: a line for each request that arrived, the article's number and the task."""
PACE_SECONDS: Final = 0.0005
LONGEST_SECONDS: Final = 1.0
MOST_KILLS: Final = 12
"""Kills of one job; then it may end."""
_TASK: Final = re.compile(r"<task>expand\.(\w+)</task>\s*\Z")
_NUMBER: Final = re.compile(r"第 (\d+) 篇")
_MARK: Final = re.compile(r"[，。：](?!\n)")
_RARE: Final = 0x3400
"""From here on stand Chinese characters that no article has."""
_OWN: Final = re.compile(r"([，。：])[\u3400-\u4dbf]")


def killed_jobs(scratch: Path, kills: int, seed: int = 1) -> tuple[int, list[Trouble]]:
    """Kill jobs `kills` times, each again and again until it ends; count what the service was asked for twice."""
    imported()
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    done, troubles = 0, list[Trouble]()
    with serving(partial(_answer, scratch, recorded())) as address, pointed_at(address):
        while done < kills:
            night = _Night(scratch, chance)
            troubles += night.worked(min(kills - done, MOST_KILLS))
            done += night.kills
    return done, troubles


def recorded() -> Mapping[str, str]:
    """Return the answers of the demonstration, which pass the gate, by their task."""
    files = (assets.folder("demo") / "zh").glob("expand.*")
    return {file.stem.removeprefix("expand."): file.read_text(encoding="utf-8") for file in files}


class _Night:
    """A workspace of a few articles that one job after the other expands, each killed but the last."""

    def __init__(self, scratch: Path, chance: random.Random) -> None:
        self.kills = 0
        self._chance, self._root = chance, scratch / ROOT
        self._said, self._asked = scratch / "said.txt", scratch / ASKED
        shutil.rmtree(self._root, ignore_errors=True)
        self._asked.write_text("", encoding="utf-8")
        init(self._root, language="zh")
        source = self._root / SOURCE
        text = source.read_text(encoding="utf-8")
        source.unlink()
        self._originals = {f"文章/{number}.md": own(text, number) for number in range(ARTICLES)}
        for path, text in self._originals.items():
            (self._root / path).write_text(text, encoding="utf-8")
        self._store = Store(self._root)

    def worked(self, kills: int) -> Iterator[Trouble]:
        """Run the job until it ends; kill it at most `kills` times."""
        argv = ["-C", str(self._root), "expand", *self._originals, "--yes", "--workers", str(WORKERS)]
        while True:
            child = begun(argv, self._said)
            if self.kills < kills:
                time.sleep(self._chance.uniform(0, LONGEST_SECONDS))
                os.kill(child, signal.SIGKILL)
            status = os.waitpid(child, 0)[1]
            yield from self._half_articles()
            if not os.WIFSIGNALED(status):
                break
            self.kills += 1
            yield from self._asked_again()
        if status:
            yield Trouble(what=f"exit {os.WEXITSTATUS(status)}", where=self._said.read_text(encoding="utf-8")[-300:])
        yield from self._end()

    def _asked_again(self) -> Iterator[Trouble]:
        """Look for a request whose reply the ledger held already: it was written down when that came."""
        with closing(Ledger(self._store)) as ledger:
            paths = {item.id: item.path for item in ledger.items()}
            replies = {(paths[one.item], one.part) for one in ledger.attempts() if one.usage}
        held = self._root.parent / "held.json"
        before: dict[str, int] = json.loads(held.read_text(encoding="utf-8")) if self.kills > 1 else {}
        asked = Counter(self._requests())
        for request, times in before.items():
            if asked[request] > times:
                yield Trouble(what="a received reply is asked for again", where=f"kill {self.kills}: {request}")
        now = {f"{path} {part}": asked[f"{path} {part}"] for path, part in replies}
        if lost := before.keys() - now.keys():
            yield Trouble(what="a received reply is lost", where=f"kill {self.kills}: {sorted(lost)}")
        held.write_text(json.dumps(now), encoding="utf-8")

    def _half_articles(self) -> Iterator[Trouble]:
        parts = [unworded(text.strip()) for task, text in recorded().items() if task.startswith("part")]
        for path, original in self._originals.items():
            text = (self._root / path).read_text(encoding="utf-8")
            is_whole = "status: completed" in text and all(unworded(text).count(part) == 1 for part in parts)
            if text != original and not is_whole:
                yield Trouble(what="an article is neither old nor new", where=f"kill {self.kills}: {path}")

    def _end(self) -> Iterator[Trouble]:
        requests = self._requests()
        extra = len(requests) - len(set(requests))
        if extra > self.kills * WORKERS * IN_FLIGHT:
            yield Trouble(what="more was asked twice than was in flight", where=f"{extra} in {self.kills} kills")
        for path, original in self._originals.items():
            if (self._root / path).read_text(encoding="utf-8") == original:
                yield Trouble(what="an article is left over", where=path)

    def _requests(self) -> list[str]:
        """Return what the service was asked for, “path step” each."""
        return self._asked.read_text(encoding="utf-8").splitlines()


def own(text: str, number: int) -> str:
    """Return an article that is like no other, with an archive of its own."""
    text = text.replace("\n\n", f"\n\n这是第 {number} 篇。\n\n", 2).replace("title: ", f"title: {number} ", 1)
    return text.replace("/archives/", f"/archives/{number}")


def worded(text: str, number: int) -> str:
    """Return an answer as only one article gets it: no two articles may share an expansion."""
    return _MARK.sub(lambda mark: mark[0] + chr(_RARE + number), text)


def unworded(text: str) -> str:
    """Return an answer as it was before `worded`, and before its formulas were numbered."""
    return _OWN.sub(lambda mark: mark[1], without_tags(text))


def _answer(scratch: Path, answers: Mapping[str, str], body: Mapping[str, Any]) -> Scripted:
    """Answer, and write down first what was asked for."""
    number, task = named(body)
    line = f"文章/{number}.md {task}\n".encode()
    descriptor = os.open(scratch / ASKED, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(descriptor, line)
    os.close(descriptor)
    text = worded(answers.get(task, ""), number)
    return Scripted(text=text, chunk_characters=200, pace_seconds=PACE_SECONDS)


def named(body: Mapping[str, Any]) -> tuple[int, str]:
    """Return the number of the article that a request is about, and its task."""
    text = "".join(block["text"] for block in body["messages"][0]["content"])
    task, number = _TASK.search(text), _NUMBER.search(text)
    if not task or not number:
        raise ValueError(text[-100:])
    return int(number[1]), task[1]


def imported() -> None:
    """Import what a job needs, so that the processes which are forked need not."""
    import anthropic  # noqa: F401, PLC0415 - heavy
    import jinja2  # noqa: F401, PLC0415 - heavy
    import tenacity  # noqa: F401, PLC0415 - heavy

    import agent.cli.expand  # noqa: F401, PLC0415 - heavy
