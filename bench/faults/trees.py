"""Workspaces full of what no editor writes: broken documents of every kind, and entries that are no files at all."""

import os
import random
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from agent.upkeep.start import init
from agent.workspace.history import git
from bench.faults.mutants import mutant
from bench.faults.seeds import Seed, seeds

AUTHOR = ("-c", "user.name=bench", "-c", "user.email=bench@localhost")
HUGE_BYTES = 200 << 20
LONGEST_NAME = 255


def dirty_tree(root: Path, chance: random.Random, count: int) -> None:
    """Make a workspace with sound documents in git, then break `count` of them and add what is no document."""
    init(root, language="zh")
    chosen = [seed for seed in chance.sample(seeds(), min(count, len(seeds()))) if seed.path != "wenqu.toml"]
    for seed in chosen:
        _write(root / seed.path, seed.text.encode())
    git(root, "add", "--all", "--force")
    git(root, *AUTHOR, "commit", "--quiet", "--message=sound")
    for seed in chosen:
        _write(root / seed.path, mutant(seed.text.encode(), chance))
    for number, seed in enumerate(_odd_texts(chance)):
        _write(root / Path(seed.path).with_name(f"odd-{number}.md"), seed.text.encode("utf-8", "surrogateescape"))
    for folder in (root, root / "文章", root / "深度讨论", root / "学习笔记"):
        _odd_entries(folder, chance)


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _odd_texts(chance: random.Random) -> Iterator[Seed]:
    """Yield documents in every encoding that is none of ours, without text, and of nothing but a beginning."""
    sound = chance.choice(seeds())
    raw = sound.text.encode()
    encoded = [
        *(sound.text.encode(name, "replace") for name in ("utf-16", "utf-16-be", "utf-32", "latin-1", "gb18030")),
        b"\xef\xbb\xbf" + raw,
        raw.replace(b"\n", b"\r\n"),
        raw.replace(b"\n", b"\r"),
        b"\0" * 4096 + raw,
        *(
            b"",
            b"\n",
            b"\xef\xbb\xbf",
            b"---",
            b"---\n",
            b"---\n---\n",
            b"---\nstatus: x\n---",
            b"+++\n+++\n",
            b"\xff\xfe",
        ),
    ]
    for content in encoded:
        yield Seed(kind="odd", path=sound.path, text=content.decode("utf-8", "surrogateescape"))


def _odd_entries(folder: Path, chance: random.Random) -> None:
    """Put into a folder what a walk must neither open nor follow; what the file system refuses is left out."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "folder.md").mkdir(exist_ok=True)
    (folder / "folder.md" / "inner.md").write_text("# a\n", encoding="utf-8")
    os.mkfifo(folder / "fifo.md")
    os.mkfifo(folder / "fifo-list.txt")
    (folder / "dangling.md").symlink_to("nowhere.md")
    (folder / "loop.md").symlink_to("loop.md")
    (folder / "up.md").symlink_to("..")
    (folder / "outside.md").symlink_to("/etc/hostname")
    (folder / "around").symlink_to(".", target_is_directory=True)
    with (folder / "huge.md").open("wb") as stream:
        stream.write(b"---\nstatus: pending\n---\n")
        stream.truncate(HUGE_BYTES)
    with socket.socket(socket.AF_UNIX) as one, suppress(OSError):
        one.bind(os.fsencode(os.path.relpath(folder / "socket.md")))
    for name in _odd_names(chance):
        with suppress(OSError):
            Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(b"---\nstatus: pending\n---\n\n# a\n")
    _deep(folder)


def _odd_names(chance: random.Random) -> Iterator[bytes]:
    yield b"\xff\xfe.md"
    yield b"new\nline.md"
    yield b"tab\tbell\x07 \x1b[31m.md"
    yield "\u202egnp.md".encode()
    yield "\u200b.md".encode()
    yield b" .md"
    yield b"-rf.md"
    yield b"a" * (LONGEST_NAME - 3) + b".md"
    yield "长".encode() * 84 + b".md"
    yield b"upper.MD"
    yield b"{{x}} %s ${y}.md"
    yield "".join(chr(chance.randrange(32, 0x2FFF)) for _ in range(20)).replace("/", "").encode() + b".md"


def _deep(folder: Path) -> None:
    """Make folders so deep that their path is longer than any call takes."""
    at = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    for _ in range(20):
        os.mkdir(b"d" * 250, dir_fd=at)
        inner = os.open(b"d" * 250, os.O_RDONLY | os.O_DIRECTORY, dir_fd=at)
        os.close(at)
        at = inner
    os.close(os.open(b"deep.md", os.O_WRONLY | os.O_CREAT, 0o600, dir_fd=at))
    os.close(at)
