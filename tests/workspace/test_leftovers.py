"""Temporary files of killed writes: found when they are ours and old, and nothing else is ever removed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from agent.workspace.leftovers import OLD_SECONDS, leftovers, remove_leftover
from agent.workspace.store import Store

NOW = 1_700_000_000.0
OURS = (".wenqu-0123abcd", "文章/.wenqu-deadbeef", ".wenqu/local/index/heads.0123abcd")
OTHERS = (
    ".wenqu-0123ABCD",
    ".wenqu-0123abcd.md",
    ".wenqu-0123abc",
    "笔记.wenqu-conflict.md",
    "文章/heads.0123abcd",
    ".git/.wenqu-0123abcd",
)


def put(root: Path, path: str, *, age_seconds: float) -> Path:
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("半篇", encoding="utf-8")
    os.utime(place, (NOW - age_seconds, NOW - age_seconds))
    return place


def test_only_our_own_old_temporary_files_are_leftovers(tmp_path: Path) -> None:
    for path in (*OURS, *OTHERS):
        put(tmp_path, path, age_seconds=2 * OLD_SECONDS)
    assert leftovers(Store(tmp_path), now_seconds=NOW) == tuple(sorted(OURS))


def test_a_young_one_may_belong_to_a_write_at_work_and_is_no_leftover(tmp_path: Path) -> None:
    put(tmp_path, OURS[0], age_seconds=OLD_SECONDS / 2)
    assert leftovers(Store(tmp_path), now_seconds=NOW) == ()


def test_a_link_or_a_folder_of_that_name_is_no_leftover(tmp_path: Path) -> None:
    note = put(tmp_path, "文章/甲.md", age_seconds=2 * OLD_SECONDS)
    (tmp_path / ".wenqu-00000001").symlink_to(note)
    (tmp_path / ".wenqu-00000002").mkdir()
    assert leftovers(Store(tmp_path), now_seconds=NOW) == ()


@pytest.mark.parametrize("path", OTHERS)
def test_what_is_no_leftover_is_not_removed(tmp_path: Path, path: str) -> None:
    place = put(tmp_path, path, age_seconds=2 * OLD_SECONDS)
    remove_leftover(Store(tmp_path), path, now_seconds=NOW)
    assert place.exists()


def test_one_that_was_touched_meanwhile_is_not_removed(tmp_path: Path) -> None:
    old, young = OURS[:2]
    put(tmp_path, old, age_seconds=2 * OLD_SECONDS)
    put(tmp_path, young, age_seconds=0)
    for path in (old, young):
        remove_leftover(Store(tmp_path), path, now_seconds=NOW)
    assert [(tmp_path / path).exists() for path in (old, young)] == [False, True]


def test_what_a_killed_write_really_leaves_is_found(tmp_path: Path) -> None:
    killed = "import os, signal; from pathlib import Path; from agent.workspace import disk; "
    killed += f"disk.write_temporary(Path({str(tmp_path / '甲.md')!r}), b'x'); os.kill(os.getpid(), signal.SIGKILL)"
    done = subprocess.run([sys.executable, "-c", killed], check=False)
    assert done.returncode == -signal.SIGKILL
    (found,) = leftovers(Store(tmp_path), now_seconds=time.time() + 2 * OLD_SECONDS)
    assert found.startswith(".wenqu-")
