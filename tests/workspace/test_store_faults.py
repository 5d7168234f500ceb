"""Writing while editors save, disks fill and processes are killed."""

import ctypes
import fcntl
import os
import random
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import TextIO

import pytest

from agent.errors import ChangedOnDisk, Unwritable
from agent.workspace import disk
from agent.workspace.leftovers import leftovers
from agent.workspace.store import Document, Store

Fork = Callable[[Callable[[], object]], int]


def left_over(folder: Path) -> list[str]:
    return [file.name for file in folder.rglob(".wenqu-*")]


def swap(store: Store, path: str, text: str) -> Document:
    return store.write(path, text, expected_sha256=store.read(path).sha256)


def cannot_swap_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: None)


@pytest.mark.parametrize("way", ["by rename", "in place"])
def test_an_editor_that_saves_at_the_moment_of_the_swap_loses_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    file = store.root / "a.md"
    file.write_text("read")
    exchange = disk.exchange
    saves = iter(["saved in the window"])

    def late(one: Path, other: Path) -> bool:
        for text in saves:
            if way == "by rename":
                (store.root / "editor").write_text(text)
                (store.root / "editor").rename(file)
            else:
                file.write_text(text)
        return exchange(one, other)

    monkeypatch.setattr(disk, "exchange", late)
    with pytest.raises(ChangedOnDisk):
        swap(store, "a.md", "ours")
    assert file.read_text() == "saved in the window"
    assert store.read("a.wenqu-conflict.md").text == "ours"
    assert left_over(store.root) == []


def test_a_file_deleted_at_the_moment_of_the_swap_stays_deleted(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    file = store.root / "a.md"
    file.write_text("read")
    exchange = disk.exchange

    def late(one: Path, other: Path) -> bool:
        file.unlink()
        return exchange(one, other)

    monkeypatch.setattr(disk, "exchange", late)
    with pytest.raises(ChangedOnDisk):
        swap(store, "a.md", "ours")
    assert not file.exists()
    assert store.read("a.wenqu-conflict.md").text == "ours"
    assert left_over(store.root) == []


def test_an_editor_that_saves_in_and_after_the_swap_keeps_its_newer_text(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = store.root / "a.md"
    file.write_text("read")
    exchange = disk.exchange
    saves = iter(["first", "second"])

    def late(one: Path, other: Path) -> bool:
        text = next(saves, "")
        if text:
            (store.root / "editor").write_text(text)
            (store.root / "editor").rename(file)
        return exchange(one, other)

    monkeypatch.setattr(disk, "exchange", late)
    with pytest.raises(ChangedOnDisk):
        swap(store, "a.md", "ours")
    assert file.read_text() == "second"
    assert store.read("a.wenqu-conflict.md").text == "ours"


@pytest.mark.parametrize("way", ["by rename", "in place"])
def test_an_editor_at_work_beside_us_loses_nothing(store: Store, way: str) -> None:
    file = store.root / "a.md"
    for number in range(40):
        file.write_text("read")
        document = store.read("a.md")

        def save(text: str = f"saved {number}") -> None:
            if way == "by rename":
                (store.root / "editor").write_text(text)
                (store.root / "editor").rename(file)
            else:
                file.write_text(text)

        editor = threading.Thread(target=save)
        editor.start()
        try:
            store.write("a.md", "ours", expected_sha256=document.sha256)
        except ChangedOnDisk as conflict:
            (store.root / str(conflict.facts["beside"])).unlink()
        editor.join()
        assert file.read_text() == f"saved {number}"


def test_without_an_atomic_swap_or_links_the_write_still_compares(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(1, "no hard links here")

    monkeypatch.setattr(disk, "exchange", lambda *_: False)
    monkeypatch.setattr(os, "link", no_links)
    first = store.write("a.md", "one", expected_sha256=None)
    store.write("a.md", "two", expected_sha256=first.sha256)
    with pytest.raises(ChangedOnDisk):
        store.write("a.md", "three", expected_sha256=first.sha256)
    with pytest.raises(ChangedOnDisk):
        store.write("a.md", "three", expected_sha256=None)
    assert store.read("a.md").text == "two"
    assert left_over(store.root) == []


def test_a_folder_that_cannot_be_written_changes_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    (store.root / "a.md").write_text("old")
    with pytest.raises(Unwritable):
        store.write("a.md/inner.md", "new", expected_sha256=None)

    def read_only(*_: object) -> bool:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(disk, "exchange", read_only)
    with pytest.raises(Unwritable, match="read-only"):
        swap(store, "a.md", "new")
    assert store.read("a.md").text == "old"
    assert left_over(store.root) == []


def test_a_full_disk_leaves_the_old_file_and_no_debris(store: Store, fork: Fork) -> None:
    (store.root / "a.md").write_text("old")

    def write_beyond_the_limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        with pytest.raises(Unwritable):
            swap(store, "a.md", "new" * 1000)

    assert os.waitpid(fork(write_beyond_the_limit), 0)[1] == 0
    assert store.read("a.md").text == "old"
    assert left_over(store.root) == []


@pytest.mark.parametrize(("old", "at_once"), [("old", True), ("old", False), (None, True)])
def test_a_kill_at_any_step_of_a_write_leaves_the_old_file_or_the_new_one(
    store: Store, fork: Fork, monkeypatch: pytest.MonkeyPatch, old: str | None, *, at_once: bool
) -> None:
    if not at_once:
        cannot_swap_at_once(monkeypatch)
    file = store.root / "a.md"
    seen = set()
    for step in count(1):
        file.unlink(missing_ok=True)
        if old is not None:
            file.write_text(old)
        expected = store.read("a.md").sha256 if old else None

        def write(step: int = step, expected: str | None = expected) -> None:
            steps = count(1)
            sys.addaudithook(lambda *_: os.kill(os.getpid(), signal.SIGKILL) if next(steps) == step else None)
            store.write("a.md", "new", expected_sha256=expected)

        status = os.waitpid(fork(write), 0)[1]
        seen.add(file.read_text() if file.exists() else None)
        if status == 0:
            break
        assert os.WTERMSIG(status) == signal.SIGKILL
    assert seen == {old, "new"}
    found = leftovers(store, now_seconds=time.time() + 86_400)
    assert sorted(found) == sorted(left_over(store.root)), "what the kills left is found"


def test_a_kill_at_a_random_moment_of_many_writes_leaves_a_whole_file(store: Store, fork: Fork) -> None:
    store.write("a.md", "x" * 50_000, expected_sha256=None)

    def write_for_ever() -> None:
        while True:
            for letter in "yz":
                swap(store, "a.md", letter * 50_000)

    moments = random.Random(1)
    for _ in range(20):
        pid = fork(write_for_ever)
        time.sleep(moments.uniform(0.001, 0.02))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        assert store.read("a.md").text in {letter * 50_000 for letter in "xyz"}


@pytest.mark.parametrize("mode", ["w", "r+"])
def test_an_editor_that_has_opened_the_file_and_not_yet_written_loses_nothing(store: Store, mode: str) -> None:
    file = store.root / "a.md"
    file.write_text("read")
    with file.open(mode) as editor:
        seen = store.read("a.md")
        with pytest.raises(ChangedOnDisk):
            store.write("a.md", "ours", expected_sha256=seen.sha256)
        editor.write("saved")
    assert file.read_text() == "saved"
    assert store.read("a.wenqu-conflict.md").text == "ours"
    assert left_over(store.root) == []


def test_where_the_system_cannot_tell_who_writes_a_save_that_ends_in_a_moment_is_kept(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = store.root / "a.md"
    file.write_text("read")
    with file.open("r+") as editor:

        def moment(_: float) -> None:
            editor.write("saved")
            editor.flush()

        monkeypatch.delattr(fcntl, "F_SETLEASE", raising=False)
        monkeypatch.setattr(time, "sleep", moment)
        with pytest.raises(ChangedOnDisk):
            swap(store, "a.md", "ours")
    assert file.read_text().startswith("saved")
    assert store.read("a.wenqu-conflict.md").text == "ours"
    assert left_over(store.root) == []


def test_where_the_system_cannot_swap_at_once_a_save_into_the_old_file_is_seen(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = store.root / "a.md"
    file.write_text("read")
    cannot_swap_at_once(monkeypatch)
    assert swap(store, "a.md", "once") == store.read("a.md")
    link = os.link
    saves = iter(["saved in the window"])

    def late(one: Path, other: Path) -> None:
        link(one, other)
        for text in saves:
            file.write_text(text)

    monkeypatch.setattr(os, "link", late)
    with pytest.raises(ChangedOnDisk):
        swap(store, "a.md", "ours")
    assert file.read_text() == "saved in the window"
    assert store.read("a.wenqu-conflict.md").text == "ours"
    assert left_over(store.root) == []


def test_an_editor_that_opened_our_text_before_it_was_withdrawn_loses_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = store.root / "a.md"
    file.write_text("read")
    exchange = disk.exchange
    opened: list[TextIO] = []

    def busy(one: Path, other: Path) -> bool:
        if not opened:
            file.write_text("first")
        done = exchange(one, other)
        if not opened:
            opened.append(file.open("r+"))
        return done

    monkeypatch.setattr(disk, "exchange", busy)
    with pytest.raises(ChangedOnDisk):
        swap(store, "a.md", "ours")
    with opened[0] as editor:
        editor.write("second")
    assert file.read_text() == "second"
