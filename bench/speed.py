# ruff: noqa: INP001 - a script, started by `make bench`
"""Speed, each row beside its floor and what others need: `make bench`, or `make bench LARGE=1` for 100,000 notes too.

Workspaces are made in a temporary folder, of the starter workspace and the demonstration's articles. Every number is a
median of several runs; a command and its floor take turns, so that a busy machine slows both. Nothing is asserted.
"""

import gc
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Final

import frontmatter
import sessions

from agent import assets
from agent.__main__ import GARBAGE_THRESHOLD
from agent.context.glance import shown
from agent.notes.article import expansion_edits, parse_article
from agent.text.edits import apply
from agent.upkeep.start import init
from agent.workspace.configuration import read_settings
from agent.workspace.history import git
from agent.workspace.standards import read_standard
from agent.workspace.store import Store

STANDARD: Final = "five-part/2025-11-24"
ARTICLES: Final = 356
NOTES: Final = 10_000
MANY_NOTES: Final = 100_000
CHANGED: Final = 10
IMPORTED: Final = (
    "agent.bookkeeping.known",
    "agent.context.report",
    "agent.standard.gate",
    "math_core",
    "platformdirs",
    "yaml",
)
"""What a look imports when it has to compute; the core work is measured without."""

UNTIL_TRUSTED_SECONDS: Final = 2.2
"""The index keeps nothing of files that changed less than two seconds before."""

REAL_ARTICLES: Final = Path(__file__).parents[2] / "shared" / "corpus" / "articles"
DISPATCH: Final = """
import typer
app = typer.Typer(add_completion=False, rich_markup_mode=None)
@app.callback(invoke_without_command=True)
def main(folder: str = typer.Option(".", "-C")) -> None:
    typer.echo(folder)
@app.command()
def context(budget: int = 1600, as_json: bool = False) -> None:
    typer.echo("")
app()
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the table: what was measured, its floor, and the most it should take (None: nothing was agreed)."""

    work: str
    measured: float
    unit: str = "ms"
    floor: float | None = None
    floor_name: str = ""
    target: float | None = None
    target_is_ratio: bool = False
    peer: str = ""

    def cells(self) -> tuple[str, ...]:
        """Return the columns as text."""
        ratio = self.measured / self.floor if self.floor else None
        reached = ratio if self.target_is_ratio else self.measured
        kept = "" if self.target is None or reached is None else ("yes" if reached <= self.target else "NO")
        bound = "" if self.target is None else f"{self.target:g}{'×' if self.target_is_ratio else f' {self.unit}'}"
        return (
            self.work,
            f"{self.measured:,.0f} {self.unit}",
            f"{self.floor:,.0f} {self.unit} {self.floor_name}" if self.floor else "",
            f"{ratio:.2f}×" if ratio else "",
            bound,
            kept,
            self.peer,
        )


def main(argv: Sequence[str]) -> int:
    """Measure and print the table; `--core FOLDER` is the child that does one look and prints what it took."""
    if argv[:1] == ["--core"]:
        gc.set_threshold(GARBAGE_THRESHOLD)
        for name in IMPORTED:
            import_module(name)
        seconds = core(Path(argv[1]))
        sys.stdout.write(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
        return 0
    with tempfile.TemporaryDirectory(prefix="wenqu-bench-") as folder:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = f"{folder}/compiled"
        printed(_rows(Path(folder), large="--large" in argv))
    return 0


def printed(rows: Iterable[Row]) -> None:
    """Print the rows as a table, once all are measured."""
    header = ("work", "measured", "floor", "ratio", "target", "kept", "others")
    table = [header, *(row.cells() for row in rows)]
    widths = [max(len(cells[column]) for cells in table) for column in range(len(header))]
    for cells in table:
        columns = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        sys.stdout.write("  ".join(columns).rstrip() + "\n")


def core(root: Path) -> float:
    """Do what `wenqu context` does between its arguments and its printing; return the seconds it took."""
    began = time.perf_counter()
    store, settings = Store(root), read_settings(root, options={}, environ={}).settings
    shown(store, settings, now=datetime.now().astimezone(), standard=lambda: read_standard(settings.standard, root))
    return time.perf_counter() - began


def _rows(folder: Path, *, large: bool) -> Iterator[Row]:
    command = str(Path(sys.executable).with_name("wenqu"))
    python = (sys.executable, "-c", "pass")
    took, floor = _in_turns(lambda: run(command, "--version"), lambda: run(*python))
    yield Row(
        work="wenqu --version", measured=took, floor=floor, floor_name="python -c pass", target=2, target_is_ratio=True
    )

    articles = articles_workspace(folder / "articles")
    script = folder / "dispatch.py"
    script.write_text(DISPATCH, encoding="utf-8")
    time.sleep(UNTIL_TRUSTED_SECONDS)
    cold = 1000 * core(articles)
    run(command, "-C", str(articles), "context")
    took, floor = _in_turns(
        lambda: run(command, "-C", str(articles), "context"),
        lambda: run(sys.executable, str(script), "context"),
        runs=15,
    )
    yield Row(
        work=f"wenqu context, {ARTICLES} articles, warm",
        measured=took,
        floor=floor,
        floor_name="typer dispatch",
        target=1.3,
        target_is_ratio=True,
    )
    yield Row(work="… no index, every article judged", measured=cold)
    yield from _session_rows(command, script, articles)
    yield from _many(folder / "notes", NOTES, warm=100, cold=500, changed=110)
    if large:
        yield from _many(folder / "many", MANY_NOTES, warm=900, cold=None, changed=None)
    yield _check_row(command, articles, "made", target=None)
    if REAL_ARTICLES.is_dir():
        kind = f"copies of {len(list(REAL_ARTICLES.glob('*.md')))} real ones"
        yield _check_row(command, real_workspace(folder / "real"), kind, target=2000)


def _session_rows(command: str, script: Path, root: Path) -> Iterator[Row]:
    """Measure what a learner waits for, in the workspace of the articles and beside many older sessions."""
    sessions.with_old_sessions(root)
    run(command, "-C", str(root), "context")
    pairs = [
        (sessions.first_question_ms(command, root), timed(lambda: run(sys.executable, str(script), "context")))
        for _ in range(9)
    ]
    yield Row(
        work=f"wenqu socratic to the first question, {sessions.OLD_SESSIONS} older sessions",
        measured=median(pair[0] for pair in pairs),
        floor=median(pair[1] for pair in pairs),
        floor_name="typer dispatch",
        target=300,
    )
    yield Row(work="… own work from an answer to the next question", measured=sessions.turn_ms(root), target=60)


def _check_row(command: str, root: Path, kind: str, *, target: float | None) -> Row:
    took = median(timed(lambda: run(command, "-C", str(root), "check")) for _ in range(5))
    sizes = [file.stat().st_size for file in root.rglob("*.md")]
    work = f"wenqu check, {len(sizes)} articles ({kind}), {sum(sizes) / 1e6:.1f} MB, {os.cpu_count()} cores"
    return Row(work=work, measured=took, target=target)


def real_workspace(root: Path) -> Path:
    """Copy the real articles, each under several names and archive ids, until there are as many as are made."""
    root.mkdir()
    (root / "wenqu.toml").write_text('[layout]\narticles = "."\n', encoding="utf-8")
    originals = sorted(REAL_ARTICLES.glob("*.md"))
    for number in range(ARTICLES):
        copy, at = divmod(number, len(originals))
        text = originals[at].read_bytes().decode().replace("/archives/", f"/archives/{copy}")
        (root / f"{copy}-{originals[at].name}").write_bytes(text.encode())
    return root


def _many(root: Path, count: int, *, warm: float, cold: float | None, changed: float | None) -> Iterator[Row]:
    """Measure one look at many small notes: the core work in a fresh process, imports left out."""
    _notes_workspace(root, count)
    time.sleep(UNTIL_TRUSTED_SECONDS)
    others = 1000 * _timed_frontmatter(root)
    peer = f"python-frontmatter {others:,.0f} ms"
    memory: list[float] = []

    def child() -> float:
        seconds, mebibytes = json.loads(run(sys.executable, __file__, "--core", str(root)))
        memory.append(mebibytes)
        return 1000 * float(seconds)

    def forget() -> None:
        shutil.rmtree(root / ".wenqu/local/index", ignore_errors=True)

    heads = median(timed(lambda: _read_heads(root)) for _ in range(5))
    colds = [child() for _ in range(5) if not forget()]
    yield Row(
        work=f"context, {count:,} notes, no index",
        measured=median(colds),
        floor=heads,
        floor_name="heads",
        target=cold,
        peer=peer,
    )
    stats = median(timed(lambda: _stat(root)) for _ in range(5))
    warms = [child() for _ in range(7)]
    yield Row(work="… warm", measured=median(warms), floor=stats, floor_name="stat", target=warm, peer=peer)
    changes = [child() for number in range(5) if not _touch(root, number)]
    yield Row(
        work=f"… {CHANGED} files changed",
        measured=median(changes),
        floor=stats,
        floor_name="stat",
        target=changed,
        peer=peer,
    )
    yield Row(work="… peak memory", measured=max(memory), unit="MiB", target=80 if count == NOTES else None)


def articles_workspace(root: Path) -> Path:
    """Make articles of the two that the demonstration expands: a third waits, the rest is complete."""
    init(root, language="zh")
    standard = read_standard(STANDARD)
    made: list[tuple[Path, str]] = []
    sources = (
        ("zh", "workspace", "文章/logsumexp与softmax的温度.md"),
        ("en", "workspace-en", "articles/logsumexp-and-softmax-temperature.md"),
    )
    texts = []
    for language, starter, name in sources:
        original = (assets.folder(starter) / name).read_bytes().decode()
        parts = sorted((assets.folder("demo") / language).glob("expand.part*.md"))
        expansion = "\n\n".join(part.read_bytes().decode().strip() for part in parts)
        article = parse_article(name, original, standard)
        expanded = apply(original, expansion_edits(article, standard, expansion, language=language, today="2026-01-01"))
        texts.append((original, expanded))
    for number in range(ARTICLES):
        original, expanded = (text.replace("softmax", f"softmax {number}") for text in texts[number % 2])
        file = root / "文章" / f"{number:03}.md"
        file.write_bytes(original.encode())
        made.append((file, expanded if number % 3 else original))
    _commit(root, "originals")
    for file, text in made:
        file.write_bytes(text.encode())
    _commit(root, "expansions")
    return root


def _notes_workspace(root: Path, count: int) -> None:
    init(root, language="zh")
    for number in range(count):
        folder = root / "学习笔记" / f"{number // 500:03}-主题" / f"Lecture{number // 100:03}"
        folder.mkdir(parents=True, exist_ok=True)
        front = f"---\ntitle: 笔记 {number}\ndate: 2025-11-{number % 28 + 1:02}\ntags: [数学, 第{number % 7}类]\n---\n"
        text = f"\n# 笔记 {number}\n\n" + f"第 {number} 条：一个想法，$x_{{{number}}}$ 与它的理由。\n" * 12
        (folder / f"{number:06}.md").write_bytes((front + text).encode())
    _commit(root, "notes")


def _commit(root: Path, message: str) -> None:
    if not (root / ".git").exists():
        git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "-c", "user.name=bench", "-c", "user.email=bench@localhost", "commit", "--quiet", f"--message={message}")


def _touch(root: Path, number: int) -> None:
    for file in sorted(root.glob("学习笔记/*/*/*.md"))[number::997][:CHANGED]:
        file.write_bytes(file.read_bytes() + b"\n")


def _stat(root: Path) -> None:
    for folder, _, names in os.walk(root):
        for name in names:
            os.stat(f"{folder}/{name}")  # noqa: PTH116 - the floor is the plainest call


def _read_heads(root: Path) -> None:
    for folder, _, names in os.walk(root / "学习笔记"):
        for name in names:
            descriptor = os.open(f"{folder}/{name}", os.O_RDONLY)
            os.read(descriptor, 512)
            os.close(descriptor)


def _timed_frontmatter(root: Path) -> float:
    began = time.perf_counter()
    for file in root.glob("学习笔记/*/*/*.md"):
        frontmatter.load(str(file))
    return time.perf_counter() - began


def _in_turns(one: Callable[[], object], other: Callable[[], object], *, runs: int = 9) -> tuple[float, float]:
    pairs = [(timed(one), timed(other)) for _ in range(runs)]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def timed(work: Callable[[], object]) -> float:
    """Return the milliseconds that `work` took."""
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def run(*command: str) -> str:
    """Run one of our own commands and return what it printed."""
    return subprocess.run(command, check=False, capture_output=True, text=True).stdout  # noqa: S603 - our own commands


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
