"""Whole commands in workspaces full of faults: an exit code of ours, and no byte changed by those that only look."""

import hashlib
import io
import os
import random
import shutil
import stat
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Final

from agent.cli.main import main
from bench.faults.isolation import Hang, Trouble, isolated, limited
from bench.faults.trees import dirty_tree

CODES: Final = frozenset({0, 1, 2, 3, 4, 130})
FILES: Final = 60
"""Broken documents of one workspace."""
SECONDS: Final = 30.0
"""Of processor time for a command: a second for each broken document would be too much by far."""
LOOKING: Final = (
    ("context",),
    ("context", "--json"),
    ("context", "--format", "hook"),
    ("context", "--format", "markdown", "--lang", "en"),
    ("check",),
    ("check", "--json"),
    ("check", "--strict", "--lang", "en"),
    ("reconcile", "--all"),
    ("reconcile", "--json"),
    ("repair", "--metadata"),
    ("repair", "--formulas"),
    ("socratic", "--list"),
    ("doctor",),
)
AT_ARTICLES: Final = (("original",), ("original", "--json"), ("check",), ("restore",), ("prompt", "expand.plan"))
WRITING: Final = (
    ("reconcile", "--write", "--yes"),
    ("repair", "--metadata", "--yes"),
    ("repair", "--formulas", "--yes"),
    ("apply", "--yes"),
)
AT_ARTICLES_WRITING: Final = (
    (("mark",), ("pending",)),
    (("mark",), ("completed",)),
    (("mark",), ("completed", "--force", 'gut\n"so": x')),
    (("restore",), ("--yes",)),
)


def dirty_workspaces(scratch: Path, count: int, seed: int = 1) -> tuple[int, list[Trouble]]:
    """Run every command in `count` workspaces of broken documents; return how many runs and what failed."""
    troubles: list[Trouble] = []
    for number in range(count):
        folder = scratch / f"tree-{number}"
        folder.mkdir()
        troubles += isolated(lambda note, n=number, folder=folder: _all_in(folder, f"{seed}.{n}", note), folder)  # type: ignore[misc]
        shutil.rmtree(folder, ignore_errors=True)
    runs = len(LOOKING) + len(WRITING) + ARTICLES * (len(AT_ARTICLES) + len(AT_ARTICLES_WRITING)) + 2
    return count * runs, troubles


ARTICLES: Final = 6
"""Articles of each workspace that the commands for one article are given."""


def _all_in(folder: Path, name: str, note: Callable[[str], None]) -> Iterator[Trouble]:
    chance = random.Random(name)  # noqa: S311 - repeatable, not secret
    root = folder / "notes"
    dirty_tree(root, chance, FILES)
    before = fingerprint(root)
    found = sorted(path.relative_to(root).as_posix() for path in (root / "文章").iterdir() if path.suffix == ".md")
    articles = chance.sample(found, min(ARTICLES, len(found)))
    asked = [*LOOKING, *((*command, one) for command in AT_ARTICLES for one in articles)]
    for argv in asked:
        yield from run_command(root, argv, name, note)
        changed = sorted(set(before.items()) ^ set(fingerprint(root).items()))
        if changed:
            yield Trouble(what=f"{argv[0]} changed {changed[0][0]}", where=f"{name} {argv}")
            before = fingerprint(root)
    yield from run_command(root, ("init", str(root)), name, note)
    for argv in (*WRITING, *((*head, one, *tail) for head, tail in AT_ARTICLES_WRITING for one in articles)):
        yield from run_command(root, argv, name, note)
    (root / "wenqu.toml").unlink()
    yield from run_command(root, ("adopt", "--yes"), name, note)


def typed(argv: Sequence[str]) -> tuple[int, str]:
    """Run one command in this process; return its exit code and everything that it said."""
    said = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="strict")
    with redirect_stdout(said), redirect_stderr(said):
        code = main(argv)
    said.flush()
    return code, said.buffer.getvalue().decode()  # type: ignore[attr-defined]


def fingerprint(root: Path) -> dict[str, str]:
    """Return the hash of every regular file below `root`, and what every other entry is; the program's own left out."""
    found: dict[str, str] = {}
    for folder, folders, names in os.walk(os.fsencode(root)):
        folders[:] = [one for one in folders if one not in {b".wenqu", b".git"} and len(folder) < 3000]
        for one in (*names, *folders):
            path = folder + b"/" + one
            status = os.lstat(path)
            shown = f"{stat.S_IFMT(status.st_mode)} {status.st_size}"
            if stat.S_ISREG(status.st_mode) and status.st_size < 1 << 24:
                with open(path, "rb") as stream:  # noqa: PTH123 - a name of bytes
                    shown = hashlib.sha256(stream.read()).hexdigest()
            found[os.fsdecode(path).removeprefix(f"{root}/")] = shown
    return found


def run_command(root: Path, argv: Sequence[str], name: str, note: Callable[[str], None]) -> Iterator[Trouble]:
    """Run one command in this process, `name` standing for what was broken; yield what it should not have done."""
    where = f"{name} {' '.join(argv)}"
    note(where)
    try:
        limited(SECONDS, lambda: _judged(["-C", str(root), *argv]))
    except Hang:
        yield Trouble(what=f"{argv[0]} hangs", where=where)
    except Exception as error:  # noqa: BLE001 - whatever comes out of `main` is what is looked for
        last = traceback.extract_tb(error.__traceback__)[-1]
        what = f"{argv[0]}: {type(error).__name__} at {Path(last.filename).name}:{last.lineno}: {str(error)[:80]}"
        yield Trouble(what=what, where=where)


def _judged(argv: Sequence[str]) -> None:
    code, said = typed(argv)
    if code not in CODES or "Traceback" in said:
        raise AssertionError(f"exit {code}: {said[-200:]}")
