"""The index: what is kept comes back, whatever is wrong with its file makes it empty, and every change shows."""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from agent.workspace import history, index
from agent.workspace.index import Index, Look, digest, look, program
from agent.workspace.store import Store

SECOND = 10**9
NOW = 1_000 * SECOND
OLD = NOW - 60 * SECOND
VALUE = '{"标题": "甲", "行": [1, 2.5, null]}\n'


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def opened(store: Store | None, key: str = "k") -> Index:
    return Index(store, "things", key, clock=lambda: NOW)


def file_of(store: Store) -> Path:
    return store.root / ".wenqu/local/index/things.index"


def saved(store: Store, *, changed_ns: int = OLD) -> Index:
    index = opened(store)
    index.keep("a.md", VALUE, changed_ns=changed_ns)
    index.save()
    return index


def test_what_was_kept_comes_back_under_its_name_and_key(store: Store) -> None:
    saved(store)
    assert opened(store).recall("a.md") == VALUE
    assert opened(store).recall("b.md") is None
    assert opened(store, "another").recall("a.md") is None


def test_what_a_process_wrote_itself_counts_no_more_once_the_file_is_gone_or_another(store: Store) -> None:
    saved(store)
    file_of(store).unlink()
    assert opened(store).recall("a.md") is None
    saved(store)
    other = file_of(store).with_name("other")
    other.write_bytes(file_of(store).read_bytes() + b" ")
    other.replace(file_of(store))
    assert opened(store).recall("a.md") is None


def test_a_process_holds_what_few_files_say(store: Store) -> None:
    for number in range(3 * index._MOST_HELD):
        one = Index(store, f"things-{number}", "k", clock=lambda: NOW)
        one.keep("a.md", VALUE, changed_ns=OLD)
        one.save()
    assert len(index._HELD) == index._MOST_HELD


def test_nothing_is_kept_of_a_file_that_changed_just_now(store: Store) -> None:
    for changed_ns in (NOW + SECOND, NOW, NOW - SECOND):
        saved(store, changed_ns=changed_ns)
        assert opened(store).recall("a.md") is None


def test_a_file_system_whose_clock_is_behind_makes_more_files_young(store: Store) -> None:
    index = Index(store, "things", "k", clock=lambda: 2**62)  # the file that is written is centuries older
    index.keep("a.md", VALUE, changed_ns=2**62 - 60 * SECOND)
    index.save()
    assert Index(store, "things", "k").recall("a.md") is None


def test_rows_of_files_that_have_gone_are_dropped(store: Store) -> None:
    index = saved(store)
    index.keep("b.md", "", changed_ns=OLD)
    index.save({"b.md"})
    assert opened(store).recall("a.md") is None
    assert opened(store).recall("b.md") == ""


def test_no_flipped_byte_and_no_cut_gives_another_value(store: Store) -> None:
    saved(store)
    content = file_of(store).read_bytes()
    for at in range(len(content)):
        for damaged in (content[:at], content[:at] + bytes([content[at] ^ 1 << at % 8]) + content[at + 1 :]):
            file_of(store).write_bytes(damaged)
            assert opened(store).recall("a.md") is None


@pytest.mark.parametrize("body", ["", "k", "\0", "k\0a.md", "k\0\0\0b.md", "x\0a.md\0text", b"k\0a.md\0\xff"])
def test_a_file_of_another_shape_is_an_empty_index(store: Store, body: str | bytes) -> None:
    from zlib import crc32  # noqa: PLC0415 - only a forger needs it

    saved(store)
    content = body.encode() if isinstance(body, str) else body
    file_of(store).write_bytes(b"%08x\n" % crc32(content) + content)
    assert opened(store).recall("a.md") is None


def test_what_stands_in_the_way_of_the_file_stays_and_nothing_is_raised(store: Store, tmp_path: Path) -> None:
    (tmp_path / ".wenqu").write_text("in the way")
    saved(store)
    assert opened(store).recall("a.md") is None
    assert (tmp_path / ".wenqu").read_text() == "in the way"


def test_an_index_is_not_written_through_a_link_that_leads_outside(
    tmp_path_factory: pytest.TempPathFactory, store: Store
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (store.root / ".wenqu").symlink_to(outside)
    saved(store)
    assert list(outside.iterdir()) == []


def test_without_a_store_nothing_is_written(tmp_path: Path) -> None:
    index = opened(None)
    index.keep("a.md", VALUE, changed_ns=OLD)
    index.save()
    assert index.recall("a.md") == VALUE
    assert list(tmp_path.iterdir()) == []


def test_git_sees_nothing_of_the_index(repository: Path) -> None:
    saved(Store(repository))
    assert ".wenqu" not in history.git(repository, "status", "--porcelain", "--untracked-files=all")


def test_processes_that_save_at_once_leave_one_whole_index(store: Store) -> None:
    threads = [threading.Thread(target=saved, args=(store,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert opened(store).recall("a.md") == VALUE
    assert [file.name for file in file_of(store).parent.iterdir()] == ["things.index"]


def test_a_text_with_a_nul_is_not_kept(store: Store) -> None:
    index = saved(store)
    index.keep("b.md", "a\0b\0c", changed_ns=OLD)
    index.save()
    assert opened(store).recall("a.md") == VALUE
    assert opened(store).recall("b.md") is None


def test_text_with_half_a_character_survives(store: Store) -> None:
    index = opened(store)
    index.keep("a.md", "\ud83d", changed_ns=OLD)
    index.save()
    assert opened(store).recall("a.md") == "\ud83d"


def test_the_program_has_one_name_until_it_changes() -> None:
    assert program() == program()
    assert digest(1, "2") != digest(1, "3")


def other_byte(root: Path) -> None:
    """Change a byte, and set size and times back to what they were."""
    before = (root / "a.md").stat()
    with (root / "a.md").open("r+b") as file:
        file.write(b"A")
    os.utime(root / "a.md", ns=(before.st_atime_ns, before.st_mtime_ns))


def other_file(root: Path) -> None:
    """Put another file of the same size and times in the place of one."""
    before = (root / "a.md").stat()
    (root / "new").write_bytes((root / "a.md").read_bytes())
    os.utime(root / "new", ns=(before.st_atime_ns, before.st_mtime_ns))
    (root / "new").replace(root / "a.md")


CHANGES: dict[str, Callable[[Path], object]] = {
    "a byte": other_byte,
    "a file for another": other_file,
    "a new note": lambda root: (root / "new.md").write_text(""),
    "a note removed": lambda root: (root / "a.md").unlink(),
    "a note renamed": lambda root: (root / "a.md").rename(root / "z.md"),
    "a commit": lambda root: history.git(root, "commit", "--quiet", "--allow-empty", "--message=x"),
    "another branch": lambda root: history.git(root, "switch", "--quiet", "--create", "other"),
    "packed references": lambda root: history.git(root, "pack-refs", "--all"),
    "git's settings": lambda root: history.git(root, "config", "diff.renames", "false"),
    "a decision of the user": lambda root: (root / ".wenqu/accepted-claims.json").write_text("[]"),
    "a journal": lambda root: (root / ".wenqu/sessions/s/journal.jsonl").write_text("{}"),
    "an index of notes": lambda root: (root / "blog_list.txt").write_text("x"),
    "a folder named like a note": lambda root: (root / "x.md").mkdir() or (root / "x.md/y.md").write_text(""),
}
NOTHING: dict[str, Callable[[Path], object]] = {
    "no change": lambda root: None,
    "another kind of file": lambda root: (root / "picture.png").write_bytes(b"x"),
    "a lock or a draft": lambda root: (root / ".wenqu/local/lock").write_text(""),
    "a note read": lambda root: (root / "a.md").read_text(),
}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    root.mkdir()
    history.git(root, "init", "--quiet")
    return root


@pytest.fixture
def workspace(repository: Path) -> Path:
    for folder in (".wenqu/local", ".wenqu/sessions/s"):
        (repository / folder).mkdir(parents=True)
    (repository / "a.md").write_text("a")
    history.git(repository, "commit", "--quiet", "--allow-empty", "--message=first")
    time.sleep(0.02)  # the clock of the file system ticks every few milliseconds
    return repository


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_change_shows(workspace: Path, change: Callable[[Path], object]) -> None:
    before = look(workspace)
    change(workspace)
    assert look(workspace).name != before.name


@pytest.mark.parametrize("change", NOTHING.values(), ids=NOTHING)
def test_what_changes_nothing_does_not_show(workspace: Path, change: Callable[[Path], object]) -> None:
    before = look(workspace)
    change(workspace)
    assert look(workspace).name == before.name


def test_a_commit_shows_in_a_linked_working_tree_and_in_a_folder_below(
    workspace: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    linked = tmp_path_factory.mktemp("linked") / "tree"
    history.git(workspace, "worktree", "add", "--quiet", "-b", "linked", str(linked))
    below = workspace / "notes"
    below.mkdir()

    def looks() -> list[Look]:
        return [look(linked), look(below)]

    before = looks()
    for root in (linked, workspace):
        history.git(root, "commit", "--quiet", "--allow-empty", "--message=x")
    assert [now.name != then.name for now, then in zip(looks(), before, strict=True)] == [True, True]


def test_a_workspace_without_git_has_no_traces_of_it(tmp_path: Path) -> None:
    assert not [place for place in history.traces(tmp_path) if place.is_relative_to(tmp_path)]
