# ruff: noqa: INP001 - a script, started by `make bench-job`
"""The expansion job beside its floor: many articles and a paced service, its own work, its memory: `make bench-job`.

The service runs in a process of its own and writes at one speed: the plan, then part 2, then the other parts side by
side, so fast that the way to the end of the longest takes the same time for every article. So the floor of the whole
job is articles × seconds ÷ workers; beside it stands what the SDK takes that sends the same requests and does nothing
with the answers. These are those of the demonstration, which pass the gate. As no model ends all its answers at one
instant, the same is measured with articles that take longer or shorter, as expansions do. Nothing is asserted.
"""

import gc
import heapq
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from speed import Row, printed

from agent import assets
from agent.__main__ import GARBAGE_THRESHOLD
from agent.bookkeeping.effort import most_requests
from agent.expansion.article import Job
from agent.expansion.job import Chosen, run_job
from agent.expansion.stop import Stop
from agent.expansion.verdict import Bench
from agent.model.claude import ClaudeModel
from agent.model.fake import FakeServer, Scripted
from agent.model.limiter import Limiter
from agent.model.retry import UNATTENDED
from agent.text.formulas import Compiler
from agent.upkeep.start import init
from agent.workspace.configuration import read_settings
from agent.workspace.ledger import Ledger
from agent.workspace.standards import read_standard
from agent.workspace.store import Store

if TYPE_CHECKING:
    import anthropic
    from anthropic.types import MessageParam

ARTICLES: Final = 96
WORKERS: Final = 32
MANY_WORKERS: Final = 64
READ: Final = 12
"""Articles that the SDK alone reads."""
TIMES: Final = 3
"""Processor time is the least of so many: what else the machine does only adds to it."""

TO_SDK: Final = round(40 / 14.5, 2)
"""What an article may take beside the SDK alone: 40 ms on the machine where that took 14.5 ms."""

SECONDS: Final = 10.0
"""What the model takes for one article."""

SPREAD: Final = 0.4
"""What part of that an article takes more or less at most, where they differ: a standard deviation of 23 %.

The ten expansions of real articles with four or five parts are 0.57 to 1.49 times as long as their mean, which is a
standard deviation of 32 %.
"""
STRIDE: Final = 37
"""Spreads long and short articles over the whole job."""

FIRST: Final = ("plan", "part2")
"""What is asked for one after the other."""
THEN: Final = ("part1", "part3", "part4", "part5")
"""What is asked for side by side."""

MODEL: Final = "claude-sonnet-5-5"
FOLDER: Final = "文章"
SOURCE: Final = f"{FOLDER}/logsumexp与softmax的温度.md"
IMPORTED: Final = ("anthropic", "httpcore2", "jinja2", "sqlite3", "tenacity")
"""What a job imports when it needs it."""

CHARACTERS: Final = 40
"""In one event, where the processor time of reading them is measured."""
PACED_CHARACTERS: Final = 400
"""Where answers come sixty times as fast as a model writes: some seven events a second of each stream, not seventy."""

_TASK: Final = re.compile(r"<task>expand\.(\w+)</task>")
_NUMBER: Final = re.compile(r"softmax (\d+)")
_MARK: Final = re.compile(r"[，。：](?!\n)")
_RARE: Final = 0x5000
"""From here on stand Chinese characters that no article has."""


def main(argv: Sequence[str]) -> int:
    """Measure and print the table; the children that do one thing each begin with two dashes."""
    if argv[:1] == ["--streams"]:
        return streams(int(argv[1]))
    if argv[:1] == ["--serve"]:
        return serve(float(argv[1]), int(argv[2]), float(argv[3]))
    if argv[:1] == ["--job"]:
        return job(Path(argv[1]), int(argv[2]))
    if argv[:1] == ["--alone"]:
        return alone(int(argv[1]), int(argv[2]))
    with tempfile.TemporaryDirectory(prefix="wenqu-bench-job-") as folder:
        printed(_rows(Path(folder)))
    return 0


def serve(seconds: float, characters: int, spread: float) -> int:
    """Answer until standard input closes; print the address first. Articles take so many seconds times `length`."""
    answers = recorded()
    way = sum(len(answers[task]) for task in FIRST) + max(len(answers[task]) for task in THEN)

    def answer(body: Mapping[str, Any]) -> Scripted:
        task = _TASK.findall(body["messages"][-1]["content"][-1]["text"])[-1]
        named = _NUMBER.search("".join(block["text"] for block in body["messages"][0]["content"]))
        number = int(named[1] if named else 0)
        own = chr(_RARE + number)  # no two articles may share an expansion; all are of one length
        answered = answers.get(task, "")
        text = _MARK.sub(lambda mark: mark[0] + own, answered)
        whole = seconds * length(number, spread) * len(answered) / way
        pace = whole / -(-len(text) // characters) if text else 0.0
        return Scripted(text=text, chunk_characters=characters, pace_seconds=pace)

    with FakeServer(answer) as server:
        sys.stdout.write(f"{server.base_url}\n")
        sys.stdout.flush()
        sys.stdin.read()
    return 0


def length(number: int, spread: float) -> float:
    """Return how many times as long as usual an article takes; all together take what they usually do."""
    return 1 + spread * (2 * (number * STRIDE % ARTICLES) / (ARTICLES - 1) - 1)


def floor(spread: float) -> float:
    """Return the seconds of a job in which the next article begins, without any work, as soon as another ends."""
    ends = [0.0] * WORKERS
    for number in range(ARTICLES):
        heapq.heapreplace(ends, ends[0] + SECONDS * length(number, spread))
    return max(ends)


def job(root: Path, workers: int) -> int:
    """Expand every article of a workspace; print what that took, imports left out."""
    store = Store(root)
    settings = read_settings(root, options={}, environ={}).settings
    standard = read_standard(settings.standard, root)
    limiter = Limiter(most_requests(standard, workers))
    model = ClaudeModel(settings.model.main, limiter=limiter, policy=UNATTENDED)
    bench = Bench(
        store=store,
        settings=settings,
        standard=standard,
        compiler=Compiler(settings.macros),
        now=lambda: datetime.now().astimezone(),
    )
    chosen = [Chosen(path=f"{FOLDER}/{file.name}") for file in sorted((root / FOLDER).iterdir())]
    for name in IMPORTED:
        import_module(name)
    gc.set_threshold(GARBAGE_THRESHOLD)  # as the command does
    with closing(Ledger(store)) as ledger, closing(model):
        began, worked = time.monotonic(), time.process_time()
        work = Job(bench=bench, model=model, ledger=ledger, on_event=lambda _: None, stop=Stop(limiter.close))
        items = run_job(chosen, work, workers=workers)
        seconds, processor_seconds = time.monotonic() - began, time.process_time() - worked
    mebibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    written = sum(item.state == "written" for item in items)
    sys.stdout.write(json.dumps([seconds, processor_seconds, mebibytes, written]))
    return 0


def streams(articles: int) -> int:
    """Read the same answers with the SDK alone, one after the other; print the processor time of it."""
    import anthropic  # noqa: PLC0415 - heavy

    client = anthropic.Anthropic()
    tasks = [f"<task>expand.{task}</task>" for task in (*FIRST, *THEN)]
    _read(client, tasks[0])
    worked = time.process_time()
    for _ in range(articles):
        for task in tasks:
            _read(client, task)
    sys.stdout.write(json.dumps(time.process_time() - worked))
    return 0


def alone(articles: int, workers: int) -> int:
    """Send the requests of a job as it does, with the SDK alone; print the seconds that took."""
    import anthropic  # noqa: PLC0415 - heavy

    client = anthropic.Anthropic()

    def ask(number: int, task: str) -> None:
        _read(client, f"softmax {number} <task>expand.{task}</task>")

    def expand(number: int) -> None:
        for task in FIRST:
            ask(number, task)
        with ThreadPoolExecutor(len(THEN)) as pool:
            list(pool.map(partial(ask, number), THEN))

    began = time.monotonic()
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(expand, range(articles)))
    sys.stdout.write(json.dumps(time.monotonic() - began))
    return 0


def _read(client: "anthropic.Anthropic", words: str) -> str:
    asked: list[MessageParam] = [{"role": "user", "content": [{"type": "text", "text": words}]}]
    with client.messages.create(model=MODEL, max_tokens=100_000, messages=asked, stream=True) as events:
        return "".join(
            event.delta.text
            for event in events
            if event.type == "content_block_delta" and event.delta.type == "text_delta"
        )


def _rows(folder: Path) -> Iterator[Row]:
    yield _paced(folder, "each", 0.0)
    yield _paced(folder, f"± {SPREAD:.0%}", SPREAD)
    with service(0.0, CHARACTERS) as address:
        bare = min(float(_child(address, "--streams", str(READ))) for _ in range(TIMES))
        runs = [run(folder / f"unpaced-{number}", address, 4 * READ, 4) for number in range(TIMES)]
    each = 1000 * 20_000 / sum(map(len, recorded().values()))
    yield Row(
        work="… processor time per article of 20,000 characters",
        measured=min(ran.processor_seconds / ran.written for ran in runs) * each,
        floor=bare / READ * each,
        floor_name="its streams read by the SDK alone",
        target=TO_SDK,
        target_is_ratio=True,
    )
    with service(SECONDS, PACED_CHARACTERS) as address:
        ran = run(folder / "many", address, 3 * MANY_WORKERS, MANY_WORKERS)
    work = f"… peak memory, {ran.written} articles, {MANY_WORKERS} workers"
    yield Row(work=work, measured=ran.mebibytes, unit="MiB", target=200)


def _paced(folder: Path, each: str, spread: float) -> Row:
    with service(SECONDS, PACED_CHARACTERS, spread) as address:
        sdk = float(_child(address, "--alone", str(ARTICLES), str(WORKERS)))
        ran = run(folder / f"paced-{spread:g}", address, ARTICLES, WORKERS)
    seconds = floor(spread)
    return Row(
        work=f"job, {ran.written} articles × {SECONDS:g} s {each}, {WORKERS} workers, every reply on disk",
        measured=1000 * ran.seconds,
        floor=1000 * seconds,
        floor_name="articles × seconds / workers" if not spread else "articles one after the other, no work between",
        target=1.02,
        target_is_ratio=True,
        peer=f"the SDK alone {1000 * sdk:,.0f} ms ({sdk / seconds:.2f}×)",
    )


@dataclass(frozen=True, slots=True)
class Ran:
    """What one job measured of itself."""

    seconds: float
    processor_seconds: float
    mebibytes: float
    written: int


def run(root: Path, address: str, articles: int, workers: int) -> Ran:
    """Run a job of so many articles in a process of its own."""
    init(root, language="zh")
    source = root / SOURCE
    text = source.read_text(encoding="utf-8")
    for file in (root / FOLDER).iterdir():
        file.unlink()
    for number in range(articles):
        own = text.replace("softmax", f"softmax {number}").replace("/archives/", f"/archives/{number}")
        (root / FOLDER / f"{number:03}.md").write_text(own, encoding="utf-8")
    return Ran(*json.loads(_child(address, "--job", str(root), str(workers))))


def _child(address: str, *argv: str) -> str:
    environment = {**os.environ, "ANTHROPIC_BASE_URL": address, "ANTHROPIC_API_KEY": "sk-ant-fake"}
    command = [sys.executable, __file__, *argv]
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603 - ourselves


@contextmanager
def service(seconds: float, characters: int, spread: float = 0.0) -> Iterator[str]:
    """Serve in a process of its own; yield the address."""
    command = [sys.executable, __file__, "--serve", str(seconds), str(characters), str(spread)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:  # noqa: S603 - as above
        if child.stdin and child.stdout:
            yield child.stdout.readline().strip()
            child.stdin.close()


def recorded() -> Mapping[str, str]:
    """Return the answers of the demonstration by their task."""
    files = (assets.folder("demo") / "zh").glob("expand.*")
    return {file.stem.removeprefix("expand."): file.read_text(encoding="utf-8") for file in files}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
