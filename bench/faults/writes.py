"""Writing while others write, while an editor saves, and while the process is killed at each of its system calls."""

import json
import os
import random
import shutil
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from agent.errors import ChangedOnDisk, Locked, WorkspaceError
from agent.text import frontmatter
from agent.text.edits import apply
from agent.text.naming import MAX_BYTES, file_name, unique_name
from agent.workspace.journal import Journal, read_journal
from agent.workspace.store import Store
from bench.faults.isolation import Trouble
from bench.faults.mutants import TOKENS, mutant
from bench.faults.seeds import seeds

PROCESSES: Final = 40
FOLDER: Final = 200
"""Files of one folder, whose names must differ."""
OLD: Final = "the old text\n" * 50
NEW: Final = "the new text\n" * 60
EVIL: Final = (
    "..",
    "../",
    "/etc/passwd",
    "\\",
    "CON",
    "nul.",
    " ",
    "\n",
    "\r",
    "~",
    "a",
    "甲",
    "é",
    "e\u0301",
    "\ud800",
)
WRITE: Final = """
import os, sys
from pathlib import Path
import ctypes  # what the swap loads itself is none of its system calls
from agent.workspace.journal import Journal
from agent.workspace.store import Store
from datetime import UTC, datetime
store = Store(Path(sys.argv[1]))
expected = store.read("a.md").sha256 if store.inside("a.md").exists() else None
journal = Journal(store, "s1", clock=lambda: datetime.now(UTC))
if sys.argv[2] == "link":  # as where the system cannot swap in one step
    ctypes.CDLL = lambda *_, **__: None
os.getppid()
if sys.argv[2] == "journal":
    journal.append({"kind": "turn", "text": "second"})
else:
    store.write("a.md", "the new text\\n" * 60, expected_sha256=expected)
os.getppid()
"""


def appends_at_once(scratch: Path, rounds: int) -> tuple[int, list[Trouble]]:
    """Let 40 processes append to one journal at the same moment; all their records must be there, each whole."""
    troubles = []
    store = Store(scratch)
    for number in range(rounds):
        gate, sid = scratch / f"go-{number}", f"round-{number}"
        children = [_forked(partial(_append, store, sid, one, gate)) for one in range(PROCESSES)]
        gate.touch()
        ended = [os.waitpid(child, 0)[1] for child in children]
        records = read_journal(store, sid).records
        if len(records) != PROCESSES or len({one.content["text"] for one in records}) != PROCESSES or any(ended):
            troubles.append(Trouble(what=f"{len(records)} of {PROCESSES} kept", where=f"round {number}"))
    return rounds * PROCESSES, troubles


def editor_saves(scratch: Path, saves: int) -> tuple[int, list[Trouble]]:
    """Let an editor save in each of its ways while we swap; every save must be the file until the next one is."""
    file, stop, troubles = scratch / "a.md", scratch / "stop", []
    file.write_text("save 0\n", encoding="utf-8")
    store = Store(scratch)
    child = _forked(lambda: _swap_until(store, stop))
    chance = random.Random(1)  # noqa: S311 - repeatable, not secret
    try:
        for number in range(1, saves * len(SAVING) + 1):
            time.sleep(chance.random() / 500)
            way = SAVING[number % len(SAVING)]
            way(file, f"save {number}\n", chance)
            kept = _holding(store, f"save {number}\n")
            if file.name not in kept:
                what = f"put aside as {kept[0][:7]}…" if kept else "lost"
                troubles.append(Trouble(what=f"saved {way.__name__.strip('_')}: {what}", where=f"save {number}"))
    finally:
        stop.touch()
        ended = os.waitpid(child, 0)[1]
    return saves * len(SAVING), [*troubles, *([Trouble(what="we died", where="")] if ended else [])]


def killed_writes(scratch: Path, calls: int) -> tuple[int, list[Trouble]]:
    """Kill a write and an append at each of their system calls, at most `calls` of each; old or new, never another."""
    if shutil.which("strace") is None:
        return 0, [Trouble(what="not run: strace is not installed", where="")]
    troubles: list[Trouble] = []
    runs = 0
    for kind in ("swap", "link", "create", "journal"):
        first, last = _calls(scratch / f"{kind}-count", kind)
        for number in list(range(first, last + 1))[:calls]:
            root = _prepared(scratch / f"{kind}-{number}", kind)
            _traced(root, kind, f"--inject=all:signal=KILL:when={number}")
            problem = _left(root, kind)
            runs += 1
            if problem:
                troubles.append(Trouble(what=problem, where=f"{kind}, call {number - first + 1}"))
    return runs, troubles


def front_matter_edits(_scratch: Path, count: int, seed: int = 1) -> tuple[int, list[Trouble]]:
    """Set a line of the front matter of every seed and of `count` broken ones; no other line may differ."""
    troubles, done = [], 0
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    sound = [one.text for one in seeds() if frontmatter.find(one.text)]
    broken = (mutant(chance.choice(sound).encode(), chance) for _ in range(count))
    for text in (*sound, *(content.decode("utf-8", "ignore") for content in broken)):
        front = frontmatter.find(text)
        for key, value in (
            (("status", "completed"), ("expanded", "2025-12-01"), ("title", '"甲"'))
            if front and not front.problem
            else ()
        ):
            done += 1
            after = apply(text, [frontmatter.set_value(text, key, value)])
            before, now = text.split("\n"), after.split("\n")
            differing = (
                [one for one in now if one not in before]
                if len(now) != len(before)
                else [one for one, other in zip(now, before, strict=True) if one != other]
            )
            if len(differing) > 1 or not 0 <= len(now) - len(before) <= 1:
                troubles.append(Trouble(what=f"{len(differing)} lines differ", where=repr(text[:80])))
    return done, troubles


def hostile_titles(_scratch: Path, count: int, seed: int = 1) -> tuple[int, list[Trouble]]:
    """Turn hostile titles into file names: none leaves its folder, each is one that a file may have, none is there."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    store, troubles = Store(Path("/nowhere")), []
    taken: dict[str, str] = {}
    for number in range(count):
        if number % FOLDER == 0:
            taken.clear()
        title = _title(chance)
        name = unique_name(file_name(title), taken.values())
        folded = unicodedata.normalize("NFC", name).casefold()
        if folded in taken:
            troubles.append(Trouble(what="two names are one", where=f"{number} {title!r}"[:120]))
        taken[folded] = name
        try:
            outside = store.relative(name) != name
        except WorkspaceError:
            outside = True
        is_bad = "/" in name or "\0" in name or name.startswith((".", "-")) or not name.isprintable()
        if outside or is_bad or len(name.encode()) > MAX_BYTES or name in {".md", ""}:
            troubles.append(Trouble(what=f"a bad name: {name!r}", where=f"{number} {title!r}"[:120]))
    return count, troubles


def _title(chance: random.Random) -> str:
    pieces = [*EVIL, *(chr(chance.randrange(0x110000)) for _ in range(4))]
    return "".join(chance.choice((*pieces, *TOKENS)) for _ in range(chance.randrange(40)))


def _append(store: Store, sid: str, number: int, gate: Path) -> None:
    while not gate.exists():
        time.sleep(0.0005)
    Journal(store, sid, clock=lambda: datetime.now(UTC)).append({"kind": "turn", "text": f"{number} " * 200})


def _swap_until(store: Store, stop: Path) -> None:
    """Add lines of ours to what the editor saved, as fast as can be; what conflicts is thrown away."""
    while not stop.exists():
        seen = store.read("a.md")
        first, _, added = seen.text.partition("\n")
        text = f"{first}\n{added[-4000:]}ours\n" if first else seen.text + "ours\n"
        try:
            store.write("a.md", text, expected_sha256=seen.sha256)
        except ChangedOnDisk as conflict:
            (store.root / str(conflict.facts["beside"])).unlink()


def _holding(store: Store, head: str) -> list[str]:
    """Return the names of the files that begin with `head` at a moment when no swap is under way."""
    while True:
        with suppress(Locked, FileNotFoundError), store.lock("write"):
            files = (one for one in store.root.iterdir() if one.is_file())
            return [one.name for one in files if one.read_bytes().startswith(head.encode())]


def _by_rename(file: Path, text: str, _: random.Random) -> None:
    beside = file.with_suffix(".swp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)


def _in_place(file: Path, text: str, _: random.Random) -> None:
    file.write_text(text, encoding="utf-8")


def _in_place_by_pieces(file: Path, text: str, chance: random.Random) -> None:
    with file.open("w", encoding="utf-8") as stream:
        for piece in ("", text[:3], text[3:]):
            stream.write(piece)
            stream.flush()
            time.sleep(chance.random() / 1000)


def _over_the_old_text(file: Path, text: str, chance: random.Random) -> None:
    with file.open("r+", encoding="utf-8") as stream:
        time.sleep(chance.random() / 1000)
        stream.write(text)
        stream.truncate()


SAVING: Final = (_by_rename, _in_place, _in_place_by_pieces, _over_the_old_text)


def _forked(work: Callable[[], object]) -> int:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return child


def _prepared(root: Path, kind: str) -> Path:
    root.mkdir()
    store = Store(root)
    Journal(store, "s1", clock=lambda: datetime.now(UTC)).append({"kind": "turn", "text": "first"})
    with store.lock("write"):
        pass
    if kind != "create":
        (root / "a.md").write_text(OLD, encoding="utf-8")
    return root


def _calls(root: Path, kind: str) -> tuple[int, int]:
    """Return the numbers of the system calls between the two marks that the writing process sets."""
    log = root.with_suffix(".log")
    _traced(_prepared(root, kind), kind, f"--output={log}")
    lines = log.read_text(errors="replace").splitlines()
    marks = [number for number, line in enumerate(lines, start=1) if line.startswith("getppid(")]
    return marks[0] + 1, marks[1] - 1


def _traced(root: Path, kind: str, option: str) -> None:
    environment = {
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "PATH": os.environ["PATH"],
        "PYTHONHASHSEED": "0",
    }
    subprocess.run(  # noqa: S603 - our own script
        ("strace", "--quiet=all", "--trace=all", option, sys.executable, "-c", WRITE, str(root), kind),  # noqa: S607
        check=False,
        capture_output=True,
        env=environment,
        timeout=60,
    )


def _left(root: Path, kind: str) -> str:
    """Return what is wrong after the kill, "" when all is old or new and the next one can go on."""
    store = Store(root)
    if kind == "journal":
        said = [record.content["text"] for record in read_journal(store, "s1").records]
        if said not in (["first"], ["first", "second"]):
            return f"the journal says {json.dumps(said)}"
        Journal(store, "s1", clock=lambda: datetime.now(UTC)).append({"kind": "turn", "text": "third"})
        return "" if read_journal(store, "s1").records[-1].content["text"] == "third" else "no record after it"
    file = root / "a.md"
    text = file.read_text(encoding="utf-8") if file.exists() else None
    if text not in ({None, NEW} if kind == "create" else {OLD, NEW}):
        return f"the file holds {len(text or '')} characters of neither"
    store.write("a.md", "after\n", expected_sha256=store.read("a.md").sha256 if file.exists() else None)
    return ""
