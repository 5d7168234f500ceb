"""Nights: many articles, a service that fails one request in twenty in some way, three kills, and then the end.

What the service was paid for is counted against what the ledger holds: only what a kill found in flight may be missing.
"""

import difflib
import json
import os
import random
import re
import shutil
import signal
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Any, Final

from agent import assets
from agent.expansion.subject import main_words
from agent.expansion.writer import joined
from agent.model.fake import Scripted
from agent.notes.article import parse_article
from agent.text.outline import outline
from agent.upkeep.start import init
from agent.workspace.ledger import Ledger
from agent.workspace.standards import read_standard
from agent.workspace.store import Store
from bench.faults.commands import typed
from bench.faults.isolation import Trouble
from bench.faults.jobs import IN_FLIGHT, SOURCE, imported, own, recorded, unworded, worded
from bench.faults.seeds import CORPUS
from bench.faults.tutor import ROOT, begun, pointed_at, serving

KILLS: Final = 3
WORKERS: Final = 4
ARTICLES: Final = 16
"""Of a night, where no corpus is at hand."""
SHARE_OF_FAULTS: Final = 0.05
MOST_RUNS: Final = KILLS + 6
ASKED: Final = "asked.jsonl"
"""Beside the workspace: a line for each request that arrived, and how it was answered."""
TIMEOUT_SECONDS: Final = "6"
SETTLING_SECONDS: Final = 0.3
"""After a kill: what was sent by then has arrived."""
_LIMIT: Final = Scripted(status=429, error="rate_limit_error")
_FAULTS: Final[Mapping[str, Scripted]] = {
    "ends early": Scripted(cut_after_bytes=2_000, cut="clean"),
    "torn": Scripted(cut_after_bytes=2_000, cut="torn"),
    "reset": Scripted(cut_after_bytes=2_000, cut="reset"),
    "an error inside": Scripted(error_event_after=1),
    "429 at once": replace(_LIMIT, retry_after="0"),
    "429, a second": replace(_LIMIT, retry_after="1"),
    "429, garbage": replace(_LIMIT, retry_after="soon"),
    "529": Scripted(status=529),
    "500": Scripted(status=500, error="api_error"),
    "silence": Scripted(stall_seconds=30),
}
"""After these there is no reply."""
_POOR: Final = ("no plan", "cut by max_tokens", "refusal")
"""Replies that are paid for, and of little use."""
_TASK: Final = re.compile(r"<task>expand\.(\w+)</task>\s*\Z")
_ARTICLE: Final = re.compile(r"<article>\s*(.*?)\s*</article>", re.DOTALL)
_TITLE: Final = re.compile(r"<title>(.*)</title>")
_MAY_GO: Final = re.compile(r"status:|TODO")
"""The lines of an article that an expansion replaces."""


def faulty_nights(scratch: Path, articles: int, seed: int = 1) -> tuple[int, list[Trouble]]:
    """Expand at least so many articles, night after night; return how many it were and what went wrong."""
    imported()
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    done, troubles = 0, list[Trouble]()
    while done < articles:
        night = Night(scratch, pending(articles - done), chance)
        troubles += night.worked()
        done += len(night.originals)
    return done, troubles


def pending(most: int) -> Mapping[str, str]:
    """Return pending articles by their paths: the corpus' where it is there, else the starter workspace's, varied."""
    found = {file.name: file.read_bytes().decode() for file in sorted((CORPUS / "articles").glob("*.md"))}
    waiting = {f"文章/{name}": text for name, text in found.items() if "\nstatus: pending\n" in text}
    if not waiting:
        text = (assets.folder("workspace") / SOURCE).read_text(encoding="utf-8")
        waiting = {f"文章/{number}.md": own(text, number) for number in range(ARTICLES)}
    return dict(list(waiting.items())[:most])


class Night:
    """A workspace whose pending articles are expanded by one job after the other; the first few jobs are killed."""

    def __init__(self, scratch: Path, originals: Mapping[str, str], chance: random.Random) -> None:
        self.originals, self.said = originals, scratch / "said.txt"
        self.root, self._log, self._chance = scratch / ROOT, scratch / ASKED, chance
        self._lost = self._kills = 0
        shutil.rmtree(self.root, ignore_errors=True)
        self._log.write_text("", encoding="utf-8")
        init(self.root, language="zh")
        shutil.rmtree(self.root / "文章")
        (self.root / "文章").mkdir()
        for path, text in originals.items():
            (self.root / path).write_bytes(text.encode())

    def worked(self) -> Iterator[Trouble]:
        """Run jobs until every article is written."""
        service = _Service(self._log, recorded(), random.Random(self._chance.random()))  # noqa: S311 - repeatable
        stop_at = sorted(self._chance.randrange(1, 5 * len(self.originals)) for _ in range(KILLS))
        with serving(service) as address, pointed_at(address, WENQU_MODEL_TIMEOUT_SECONDS=TIMEOUT_SECONDS):
            for _ in range(MOST_RUNS):
                status = self._run(stop_at[self._kills] if self._kills < KILLS else 0)
                yield from self._accounts(was_killed=os.WIFSIGNALED(status))
                if not status:
                    break
        if status:
            yield Trouble(what=f"exit {os.waitstatus_to_exitcode(status)}", where=self._said()[-300:])
        yield from self._articles()

    def asked(self) -> list[dict[str, str]]:
        """Return what the service was asked for and how it answered, in order."""
        return [json.loads(line) for line in self._log.read_text(encoding="utf-8").splitlines()]

    def held(self) -> list[tuple[int, str]]:
        """Return the item and the step of every reply that the ledger holds."""
        with closing(Ledger(Store(self.root))) as ledger:
            return [(one.item, one.part) for one in ledger.attempts() if one.usage]

    def _run(self, stop_at: int) -> int:
        """Run one job and return its wait status; kill it once so many requests have arrived in all, unless 0."""
        options = ["--yes", "--limit", str(len(self.originals)), "--workers", str(WORKERS), "--max-cost", "1000"]
        child = begun(["-C", str(self.root), "expand", "--pending", *options], self.said)
        ended, status = (0, 0) if stop_at else os.waitpid(child, 0)
        while not ended:
            if len(self._log.read_bytes().splitlines()) >= stop_at:
                os.kill(child, signal.SIGKILL)
                ended, status = os.waitpid(child, 0)
                time.sleep(SETTLING_SECONDS)
            else:
                time.sleep(0.01)
                ended, status = os.waitpid(child, os.WNOHANG)
        return status

    def _accounts(self, *, was_killed: bool) -> Iterator[Trouble]:
        """Hold what was paid for against what is held: a kill may cost what was in flight, nothing else anything."""
        asked, held = self.asked(), self.held()
        paid = [one for one in asked if one["fault"] not in _FAULTS]
        lost = len(paid) - len(held) - self._lost
        if not 0 <= lost <= WORKERS * IN_FLIGHT * was_killed:
            yield Trouble(what="replies that were paid for and are not held", where=f"{lost}: {self._said()[-300:]}")
        self._lost += lost
        self._kills += was_killed
        again = len(held) - len(set(held)) - sum(one["fault"] == "refusal" for one in asked)
        if again > 0:
            yield Trouble(what="replies that were held and asked for again", where=f"{again}: {self._said()[-300:]}")

    def _articles(self) -> Iterator[Trouble]:
        parts = [_unmarked(text) for task, text in recorded().items() if task.startswith("part")]
        with closing(Ledger(Store(self.root))) as ledger:
            ended = sorted((one.path, one.state) for one in ledger.items() if one.state != "skipped")
        written = sorted(self.originals)
        for path, before in self.originals.items():
            after = (self.root / path).read_bytes().decode()
            if after == before and self._is_skipped(path):
                written.remove(path)
                continue
            if "\nstatus: completed\n" not in after or any(_unmarked(after).count(part) != 1 for part in parts):
                yield Trouble(what="an article that is not written once", where=path)
            yield from _harmed(path, before, after)
        # A run that dies between the two has written the article and not said so; the next job says it.
        if [path for path, _ in ended] != written or {state for _, state in ended} - {"written", "open"}:
            yield Trouble(what="articles that the ledger does not hold as written once", where=str(ended))
        yield from (Trouble(what="no review sheet", where=path) for path in written if not self._sheet(path).exists())
        code, said = typed(["-C", str(self.root), "check"])
        if code not in {0, 1} or "Traceback" in said:
            yield Trouble(what=f"check: exit {code}", where=said[-300:])

    def _sheet(self, path: str) -> Path:
        return self.root / ".wenqu/reviews" / path

    def _is_skipped(self, path: str) -> bool:
        """Say whether the job told that it skips an article, in its own sentence or beside one skipped for the same."""
        name = re.escape(path)
        return bool(re.search(rf"^{name} .*已跳过|同样跳过：.*{name}", self._said(), re.MULTILINE))

    def _said(self) -> str:
        return self.said.read_text(encoding="utf-8")


class _Service:
    """Answers, and writes down first what it was asked for; `chance` chooses the requests that go wrong."""

    def __init__(self, log: Path, answers: Mapping[str, str], chance: random.Random) -> None:
        self._log, self._answers, self._chance, self._lock = log, answers, chance, Lock()
        self._numbers: dict[str, int] = {}

    def __call__(self, body: Mapping[str, Any]) -> Scripted:
        first, *more = ("".join(block["text"] for block in message["content"]) for message in body["messages"])
        found, title = _TASK.search(first), _TITLE.search(first)
        task = found[1] if found else ""
        with self._lock:
            number = self._numbers.setdefault(title[1] if title else "", len(self._numbers))
        whole = worded(self._answers.get(task, ""), number)
        if task == "part5":
            whole += _about(first)
        text = _rest(whole, more[::2])
        with self._lock:
            fault = self._fault(task)
            line = {"title": title[1] if title else "", "task": task, "turns": str(len(more)), "fault": fault}
            with self._log.open("a", encoding="utf-8") as log:
                log.write(json.dumps(line, ensure_ascii=False) + "\n")
        good = Scripted(text=text, chunk_characters=200, pace_seconds=0.002)
        if fault == "no plan":
            return replace(good, text=text[: len(text) // 2])
        if fault == "cut by max_tokens":
            return replace(good, text=text[: len(text) // 2], stop_reason="max_tokens")
        if fault == "refusal":
            return replace(good, text="", stop_reason="refusal")
        return replace(_FAULTS[fault], text=text) if fault else good

    def _fault(self, task: str) -> str:
        if self._chance.random() >= SHARE_OF_FAULTS:
            return ""
        return self._chance.choice([*_FAULTS, *_POOR] if task == "plan" else [*_FAULTS, *_POOR[1:]])


def _about(request: str) -> str:
    """Return a sentence with the words that the article leans on: an answer that has none of them is about another."""
    article = _ARTICLE.search(request)
    words = "、".join(main_words(outline(article[1]).plain)) if article else ""
    return f"\n\n这篇文章反复说到：{words}。\n"


def _rest(whole: str, pieces: Sequence[str]) -> str:
    """Return what is left to write after the pieces of an answer, from the beginning of its last line."""
    written = ""
    for piece in pieces:
        written = joined(written, piece)
    return whole[whole.rfind("\n", 0, len(written)) + 1 :] if written else whole


def _unmarked(text: str) -> str:
    """Return a text without its article's own spacing and the marks that references get which it does not name."""
    return unworded(text.strip()).replace("（待核）", "")


def _harmed(path: str, before: str, after: str) -> Iterator[Trouble]:
    """Look for what an expansion has taken from the author."""
    article = parse_article(path, before, read_standard("five-part/2025-11-24"))
    if any(before[start:end] not in after for start, end in article.protected):
        yield Trouble(what="the author's text is not what it was", where=path)
    for line in difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0):
        if line.startswith("-") and not line.startswith("---") and not _MAY_GO.search(line) and line.strip("- "):
            yield Trouble(what="a line of the author's is gone", where=f"{path}: {line}")
