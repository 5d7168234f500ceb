"""Documents broken by chance, and documents of malicious size, before every reader of the program."""

import random
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from agent.errors import AgentError, WorkspaceError
from agent.workspace.store import Store
from bench.faults.isolation import Hang, Trouble, isolated, limited
from bench.faults.mutants import long_shapes, mutant
from bench.faults.readers import READERS, Reader, Text, reconcile, standards
from bench.faults.seeds import Seed, seeds

SECONDS: Final = 1.0
"""Of processor time, which one reader may take for one file."""
GIVEN_UP: Final = 20.0
BATCH: Final = 500
ARTICLE: Final = (
    "---\ntitle: 甲\nstatus: completed\n---\n\n原文一句，并不长。\n\n"
    "## 公式推导与注释\n\n### 第2部分：严谨的核心数学推导\n\n"
)
EARLIER: Final = "原来的一句话，写得够长了。\n另一句话，也写得够长了。\n"
PLACES: Final = (
    "学习进度.md",
    "AI助手工作记忆.md",
    "深度探索TODO.md",
    "深度讨论/甲深度讨论.md",
    "学习笔记/01-Lecture01-甲/02-讨论记录.md",
    "学习笔记/01-Lecture01-甲/03-深度问答.md",
)


def broken_documents(scratch: Path, count: int, seed: int = 1) -> tuple[int, list[Trouble]]:
    """Break `count` documents, write each to the disk, and read it by every reader; return how many and what failed."""
    troubles: list[Trouble] = []
    seeds(), standards()  # once, not in every process
    for first in range(0, count, BATCH):
        numbers = range(first, min(first + BATCH, count))
        troubles += isolated(lambda note, numbers=numbers: _broken(scratch, numbers, seed, note), scratch)  # type: ignore[misc]
    return count, troubles


def long_documents(scratch: Path, size: int, part: tuple[int, int] = (0, 1)) -> tuple[int, list[Trouble]]:
    """Read documents of `size` characters in the shapes that take careless patterns quadratic time."""
    shapes = [shape for number, shape in enumerate(long_shapes(size)) if number % part[1] == part[0]]
    troubles: list[Trouble] = []
    for name, shape in shapes:
        troubles += isolated(lambda note, name=name, shape=shape: _long(name, shape, note), scratch)  # type: ignore[misc]
    return len(shapes) * (1 + len(PLACES)), troubles


def _broken(scratch: Path, numbers: range, seed: int, note: Callable[[str], None]) -> Iterator[Trouble]:
    by_kind: dict[str, list[Seed]] = {}
    for one in seeds():
        by_kind.setdefault(one.kind, []).append(one)
    kinds = sorted(by_kind)
    store = Store(scratch)
    for number in numbers:
        chance = random.Random(f"{seed}.{number}")  # noqa: S311 - repeatable, not secret
        sound = chance.choice(by_kind[kinds[number % len(kinds)]])
        content = mutant(sound.text.encode(), chance)
        (scratch / "broken.md").write_bytes(content)
        where = f"{seed}.{number} {sound.kind} {sound.path}"
        note(where)
        try:
            text = store.read("broken.md").text
        except WorkspaceError:
            continue
        yield from _read(Text(path=sound.path, text=text, before=sound.text), where)
        if (scratch / "broken.md").read_bytes() != content or text.encode() != content:
            yield Trouble(what="bytes changed", where=where)


def _long(name: str, shape: str, note: Callable[[str], None]) -> Iterator[Trouble]:
    is_whole = shape.startswith(("---\nstatus", "+++\nstatus", "[", "{"))
    note(name)
    article = shape if is_whole else ARTICLE + shape
    yield from _read(Text(path="文章/甲.md", text=article, before=ARTICLE + EARLIER), f"{name} article")
    for path in PLACES:
        text = shape if is_whole else f"# 甲\n\n{shape}"
        yield from _read(Text(path=path, text=text, before=EARLIER), f"{name} {path}", (reconcile,))


def _read(one: Text, where: str, readers: tuple[Reader, ...] = READERS) -> Iterator[Trouble]:
    for reader in readers:
        began = time.process_time()
        problem = ""
        try:
            limited(GIVEN_UP, lambda reader=reader: reader(one))  # type: ignore[misc]
        except AgentError as error:
            error.sentence("zh")
        except Hang:
            problem = "hangs"
        except Exception as error:  # noqa: BLE001 - whatever else a reader raises is what is looked for
            last = traceback.extract_tb(error.__traceback__)[-1]
            problem = f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}: {str(error)[:80]}"
        took = time.process_time() - began
        if took > SECONDS and not problem:
            problem = f"{took:.1f} s"
        if problem:
            yield Trouble(what=f"{reader.__name__}: {problem}", where=where)
