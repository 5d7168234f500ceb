"""Jobs whose requests travel in Message Batches that are lost, cut, doubled, reordered or expire, and that are killed.

Nothing is asked for twice but what came to no answer, and the ledger knows every batch that the service made.
"""

import json
import os
import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from agent.model.fake import Scripted
from agent.model.fake_batches import BatchFault
from agent.upkeep.start import init
from agent.workspace.ledger import Ledger
from agent.workspace.store import Store
from bench.faults.isolation import Trouble
from bench.faults.jobs import ARTICLES, LONGEST_SECONDS, SOURCE, imported, named, own, recorded, worded
from bench.faults.tutor import ROOT, begun, pointed_at, serving

MOST_KILLS: Final = 3
"""Of one job; then it may end."""
MOST_RUNS: Final = MOST_KILLS + 4
SHARE_OF_ENDINGS: Final = 0.05
"""Of the requests, those that expire or meet an overload."""
SETTLING_SECONDS: Final = 0.2
"""After a kill: what was sent by then has arrived."""
ASKED: Final = "asked.jsonl"
"""Beside the workspace: a line for each request of a batch that has ended, and for each batch that was made."""
_FAULTS: Final = (
    BatchFault(),
    BatchFault(looks=20),
    BatchFault(lost="after"),
    BatchFault(lost="after", looks=10),
    BatchFault(lost="before"),
    BatchFault(status=500),
    BatchFault(status=500, is_made=True),
    BatchFault(status=529),
    BatchFault(rows=0),
    BatchFault(rows=1, torn=True),
    BatchFault(rows=2, bad_reads=2, reordered=True),
    BatchFault(doubled=True, reordered=True),
)
_ENDINGS: Final = (Scripted(ending="expired"), Scripted(status=529))


def faulty_batches(scratch: Path, articles: int, seed: int = 1) -> tuple[int, list[Trouble]]:
    """Expand at least so many articles in batches, job after job; return how many it were and what went wrong."""
    imported()
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    done, troubles = 0, list[Trouble]()
    while done < articles:
        troubles += _Jobs(scratch, chance).worked()
        done += ARTICLES
    return done, troubles


class _Jobs:
    """A workspace of a few articles that one job after the other expands; the first few are killed."""

    def __init__(self, scratch: Path, chance: random.Random) -> None:
        self._chance, self._root, self._log = chance, scratch / ROOT, scratch / ASKED
        self._said = scratch / "said.txt"
        shutil.rmtree(self._root, ignore_errors=True)
        self._log.write_text("", encoding="utf-8")
        init(self._root, language="zh")
        source = self._root / SOURCE
        text = source.read_text(encoding="utf-8")
        source.unlink()
        self._paths = [f"文章/{number}.md" for number in range(ARTICLES)]
        for number, path in enumerate(self._paths):
            (self._root / path).write_text(own(text, number), encoding="utf-8")

    def worked(self) -> Iterator[Trouble]:
        """Run jobs until every article is written."""
        service = _Service(self._log, recorded(), random.Random(self._chance.random()))  # noqa: S311 - repeatable
        kills = self._chance.randint(0, MOST_KILLS)
        with serving(service.answer, fault=service.fault) as address, pointed_at(address):
            for run in range(MOST_RUNS):
                status = self._run(is_killed=run < kills)
                if not status:
                    break
        if status:
            said = self._said.read_text(encoding="utf-8")
            yield Trouble(what=f"exit {os.waitstatus_to_exitcode(status)}", where=said[-300:])
        yield from self._accounts()

    def _run(self, *, is_killed: bool) -> int:
        """Run one job and return its wait status."""
        options = ["--yes", "--batch-api", "--poll", "0.01"]
        child = begun(["-C", str(self._root), "expand", *self._paths, *options], self._said)
        if is_killed:
            time.sleep(self._chance.uniform(0, LONGEST_SECONDS))
            os.kill(child, signal.SIGKILL)
            time.sleep(SETTLING_SECONDS)
        return os.waitpid(child, 0)[1]

    def _accounts(self) -> Iterator[Trouble]:
        lines = [json.loads(line) for line in self._log.read_text(encoding="utf-8").splitlines()]
        asked = Counter(line["asked"] for line in lines if line.get("answered"))
        yield from (Trouble(what="paid for twice", where=one) for one, times in asked.items() if times > 1)
        with closing(Ledger(Store(self._root))) as ledger:
            known, still_open = ledger.remote_batches(), ledger.open_batches()
            held = Counter((one.item, one.part) for one in ledger.attempts() if one.usage)
        made = sum("made" in line for line in lines)
        if made != len(known):
            yield Trouble(what="batches that the ledger does not know", where=f"{made} made, {len(known)} known")
        if still_open or len(held) != sum(held.values()) or len(held) != len(asked):
            yield Trouble(what="replies that were paid for and are not held once", where=str(still_open))
        for path in self._paths:
            if "status: completed" not in (self._root / path).read_text(encoding="utf-8"):
                yield Trouble(what="an article is left over", where=path)


class _Service:
    """Answers, and writes down what it was asked for and which batches it made."""

    def __init__(self, log: Path, answers: Mapping[str, str], chance: random.Random) -> None:
        self._log, self._answers, self._chance = log, answers, chance

    def fault(self, _number: int) -> BatchFault:
        """Choose how the next batch goes wrong."""
        fault = self._chance.choice(_FAULTS)
        if fault.lost != "before" and (fault.is_made or not fault.status):
            self._note(made=True)
        return fault

    def answer(self, body: Mapping[str, Any]) -> Scripted:
        """Answer one request of a batch."""
        number, task = named(body)
        is_answered = self._chance.random() >= SHARE_OF_ENDINGS
        self._note(asked=f"{number} {task}", answered=is_answered)
        if not is_answered:
            return self._chance.choice(_ENDINGS)
        return Scripted(text=worded(self._answers.get(task, ""), number))

    def _note(self, **what: object) -> None:
        with self._log.open("a", encoding="utf-8") as log:
            log.write(json.dumps(what) + "\n")
