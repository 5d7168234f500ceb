"""What the program wrote itself, broken: journals of sessions, and every other file under `.wenqu`."""

import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from agent import assets
from agent.upkeep.demo import stage
from bench.faults.commands import run_command, typed
from bench.faults.isolation import Trouble, isolated
from bench.faults.mutants import mutant

ARTICLE: Final = "文章/logsumexp与softmax的温度.md"
BATCH: Final = 100
VALUES: Final = (
    None,
    True,
    -1,
    0,
    3,
    10**30,
    0.5,
    "",
    "x",
    "Q1",
    "2025-13-45",
    "\ud800",
    [],
    [None],
    {},
    {"id": 1},
    [[["x"]]],
)
AT_STATE: Final = (
    ("context",),
    ("context", "--json"),
    ("check",),
    ("reconcile", "--all"),
    ("original", ARTICLE),
    ("restore", ARTICLE, "--yes"),
    ("socratic", "--list"),
    ("expand", ARTICLE, "--dry-run"),
    ("expand", ARTICLE, "--model-command", "false"),
    ("mark", ARTICLE, "completed", "--standard", "mine/1"),
    ("apply", "--yes"),
)


def used_workspace(root: Path) -> None:
    """Make a workspace in which a session and an expansion were done, with a model and without, and more is waiting."""
    if root.exists():
        return
    with stage(root, "zh", os.environ) as scene:
        for step in scene.steps():
            if step.argv:
                typed(["-C", str(root), *step.argv, *step.unseen])
        (root / "script.txt").write_text("因为方差。\n3\n不知道\n/park 一件事\n", encoding="utf-8")
        typed(["-C", str(root), "socratic", "Q1", "--model", "offline", "--script", str(root / "script.txt")])
    typed(["-C", str(root), "repair", "--metadata"])
    _write(root / ".wenqu/standards/mine/1.toml", b'name = "mine"\nversion = "1"\nextends = "five-part/2025-11-24"\n')
    elements = (assets.folder("standards") / "discussion.toml").read_bytes()
    _write(root / ".wenqu/standards/discussion.toml", elements)
    row = {"id": "abc123", "where": "a.md:1", "claimed": "1", "shown": "2", "reason": "x", "date": "2025-11-20"}
    _write(root / ".wenqu/accepted-claims.json", json.dumps([row]).encode())
    original = f'["{ARTICLE}"]\ncommit = "HEAD"\nkept = 0.5\nreason = "x"\ndate = "2025-11-20"\n'
    _write(root / ".wenqu/originals.toml", original.encode())


def broken_journals(scratch: Path, count: int, seed: int = 1) -> tuple[int, list[Trouble]]:
    """Break the journals of sessions: list them, rebuild their documents, go on with them, look at the workspace."""
    root = scratch / "notes"
    used_workspace(root)
    journals = sorted((root / ".wenqu/sessions").glob("*/journal.jsonl"))
    sound = {journal: journal.read_bytes() for journal in journals}
    found = _in_batches(scratch, count, lambda numbers, note: _journals(root, sound, numbers, seed, note))
    for journal, content in sound.items():
        journal.write_bytes(content)
    return found


def broken_state(scratch: Path, count: int, seed: int = 1) -> tuple[int, list[Trouble]]:
    """Break the program's own files one at a time, and run the commands that read them."""
    root = scratch / "notes"
    used_workspace(root)
    return _in_batches(scratch, count, lambda numbers, note: _state(root, numbers, seed, note))


def _in_batches(
    scratch: Path, count: int, work: Callable[[range, Callable[[str], None]], Iterator[Trouble]]
) -> tuple[int, list[Trouble]]:
    troubles: list[Trouble] = []
    for first in range(0, count, BATCH):
        numbers = range(first, min(count, first + BATCH))
        troubles += isolated(lambda note, numbers=numbers: work(numbers, note), scratch)  # type: ignore[misc]
    return count, troubles


def _journals(
    root: Path, sound: dict[Path, bytes], numbers: range, seed: int, note: Callable[[str], None]
) -> Iterator[Trouble]:
    for number in numbers:
        chance = random.Random(f"{seed}.{number}")  # noqa: S311 - repeatable, not secret
        journal = chance.choice(list(sound))
        sid = journal.parent.name
        for file, content in sound.items():
            file.write_bytes(content)
        broken = chance.choice((_records_broken, _records_broken, mutant))(sound[journal], chance)
        journal.write_bytes(broken)
        for argv in (
            ("socratic", "--list"),
            ("socratic", "--rebuild", sid),
            ("check", "--session", sid),
            ("socratic", "--resume", sid, "--model-command", "false", "--script", os.devnull),
            ("context",),
        ):
            yield from run_command(root, argv, f"{seed}.{number} {sid}", note)
        kept = broken[: broken.rfind(b"\n") + 1]
        if not journal.read_bytes().startswith(kept):
            yield Trouble(what="a recorded turn was lost", where=f"{seed}.{number} {sid}")


def _state(root: Path, numbers: range, seed: int, note: Callable[[str], None]) -> Iterator[Trouble]:
    kept = root.with_name("kept")
    if not kept.exists():
        shutil.copytree(root / ".wenqu", kept)
    files = sorted(path for path in kept.rglob("*") if path.is_file() and path.suffix != ".lock")
    for number in numbers:
        chance = random.Random(f"{seed}.{number}")  # noqa: S311 - repeatable, not secret
        shutil.rmtree(root / ".wenqu")
        shutil.copytree(kept, root / ".wenqu")
        chosen = chance.choice(files)
        broken = root / ".wenqu" / chosen.relative_to(kept)
        _broken(broken, chance)
        for argv in chance.sample(AT_STATE, 5):
            yield from run_command(root, argv, f"{seed}.{number} {chosen.relative_to(kept)}", note)


def _broken(file: Path, chance: random.Random) -> None:
    """Break a file's content, or put something else in its place."""
    content = file.read_bytes()
    way = chance.randrange(10)
    if way < 7:
        file.write_bytes(mutant(content, chance))
    elif way == 7 and file.suffix in {".json", ".jsonl"}:
        file.write_bytes(_records_broken(content, chance))
    else:
        file.unlink()
        (file.mkdir, lambda: os.mkfifo(file), lambda: file.symlink_to(file), lambda: file.symlink_to("/dev/full"))[
            chance.randrange(4)
        ]()


def _records_broken(content: bytes, chance: random.Random) -> bytes:
    """Break records of JSON, one a line: fields gone or of another kind; records gone, twice, moved."""
    try:
        records: list[Any] = [json.loads(line) for line in content.split(b"\n") if line.strip()]
    except ValueError:
        return mutant(content, chance)
    for _ in range(chance.choice((1, 1, 2, 4))):
        if not records:
            break
        at, other = chance.randrange(len(records)), chance.randrange(len(records))
        way = chance.randrange(7)
        if way == 0:
            del records[at]
        elif way == 1:
            records.insert(other, records[at])
        elif way == 2:
            records[at], records[other] = records[other], records[at]
        elif way == 3:
            records = records[: at + 1]
        else:
            _field_broken(records[at], chance)
    return "\n".join(json.dumps(record) for record in records).encode() + b"\n" * chance.randrange(2)


def _field_broken(record: Any, chance: random.Random) -> None:
    """Break one field, now and then one of a value inside."""
    if not isinstance(record, dict | list) or not record:
        return
    key = chance.choice(list(record) if isinstance(record, dict) else range(len(record)))
    if isinstance(record[key], dict | list) and chance.random() < 0.7:
        _field_broken(record[key], chance)
    elif chance.random() < 0.4:
        del record[key]
    else:
        record[key] = chance.choice(VALUES)


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
