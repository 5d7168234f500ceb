"""Reading with a hash, writing by compare-and-swap, staying inside the workspace."""

import hashlib
import os
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.errors import ChangedOnDisk, Locked, NotUtf8, OutsideWorkspace, Unreadable, Unwritable, WorkspaceError
from agent.workspace.store import Document, Store

Fork = Callable[[Callable[[], object]], int]


def left_over(folder: Path) -> list[str]:
    return [file.name for file in folder.rglob(".wenqu-*")]


def swap(store: Store, path: str, text: str) -> Document:
    return store.write(path, text, expected_sha256=store.read(path).sha256)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text())
def test_what_is_read_gives_the_files_bytes_back(store: Store, text: str) -> None:
    (store.root / "a.md").write_bytes(text.encode())
    document = store.read("a.md")
    assert document.text == text
    assert document.sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_byte_order_mark_and_newlines_are_kept(store: Store) -> None:
    content = b"\xef\xbb\xbfone\r\ntwo\nthree\r"
    (store.root / "a.md").write_bytes(content)
    swap(store, "a.md", store.read("a.md").text)
    assert (store.root / "a.md").read_bytes() == content


def test_a_file_that_is_not_utf8_names_the_byte(store: Store) -> None:
    (store.root / "a.md").write_bytes("好".encode() + b"\xe9")
    with pytest.raises(NotUtf8) as caught:
        store.read("a.md")
    assert caught.value.facts["byte"] == 3


def test_folders_pipes_sockets_and_dangling_links_are_refused_at_once(store: Store) -> None:
    (store.root / "folder.md").mkdir()
    os.mkfifo(store.root / "pipe.md")
    (store.root / "dangling.md").symlink_to("nowhere.md")
    with socket.socket(socket.AF_UNIX) as unix:
        unix.bind(str(store.root / "socket.md"))
    for path in ("folder.md", "pipe.md", "dangling.md", "socket.md", "missing.md", "x" * 300 + ".md"):
        with pytest.raises(Unreadable):
            store.read(path)


def test_a_file_over_the_size_limit_is_refused(store: Store) -> None:
    with (store.root / "big.md").open("wb") as file:
        file.truncate((64 << 20) + 1)
    with pytest.raises(Unreadable, match="too large"):
        store.read("big.md")


def test_a_note_that_could_not_be_read_again_is_not_written(store: Store) -> None:
    with pytest.raises(Unwritable, match="too large"):
        store.write("long.md", "温度" * (1 << 20), expected_sha256=None)
    assert not (store.root / "long.md").exists()


def test_a_scan_yields_problems_as_values(store: Store) -> None:
    (store.root / "good.md").write_text("good")
    (store.root / "bad.md").write_bytes(b"\xff")
    good, bad, missing = store.read_all(["good.md", "bad.md", "missing.md"])
    assert isinstance(good, Document)
    assert isinstance(bad, NotUtf8)
    assert isinstance(missing, Unreadable)


def test_a_scan_reads_what_links_inside_the_workspace_lead_to_and_nothing_outside(store: Store) -> None:
    (store.root.parent / "out.md").write_text("secret")
    (store.root / "a.md").write_text("a")
    (store.root / "folder").symlink_to(store.root)
    (store.root / "link.md").symlink_to("a.md")
    (store.root / "out.md").symlink_to(store.root.parent / "out.md")
    inside = store.read_all(["link.md", "folder/a.md", "folder/link.md"])
    assert [read.text for read in inside if isinstance(read, Document)] == ["a", "a", "a"]
    for read in store.read_all(["out.md", "folder/out.md", "../out.md", "a\0.md"]):
        assert isinstance(read, OutsideWorkspace)


@pytest.mark.parametrize("piece", [1, 3, 4, 5])
def test_a_file_that_the_system_gives_in_pieces_is_read_whole(
    store: Store, monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    (store.root / "a.md").write_text("12345678")
    whole = os.read
    monkeypatch.setattr(os, "read", lambda descriptor, size: whole(descriptor, min(size, piece)))
    assert store.read("a.md").text == "12345678"


@pytest.mark.parametrize(
    "path", ["../out.md", "/etc/passwd", "link.md", "folder/x.md", "loop.md", "a\0.md", ".git/config"]
)
def test_paths_that_leave_the_workspace_are_refused(store: Store, path: str) -> None:
    outside = store.root.parent / "out.md"
    outside.write_text("secret")
    (store.root / "link.md").symlink_to(outside)
    (store.root / "folder").symlink_to(store.root.parent)
    (store.root / "loop.md").symlink_to("loop.md")
    with pytest.raises(OutsideWorkspace):
        store.read(path)
    with pytest.raises(OutsideWorkspace):
        store.write(path, "mine", expected_sha256=None)
    assert outside.read_text() == "secret"


def test_a_path_from_elsewhere_gets_its_workspace_name(store: Store) -> None:
    assert store.relative(store.root / "笔记" / ".." / "a.md") == "a.md"


def test_write_replaces_a_file_and_keeps_its_mode(store: Store) -> None:
    file = store.root / "a.md"
    file.write_text("old")
    file.chmod(0o640)
    document = swap(store, "a.md", "new")
    assert file.read_text() == "new"
    assert file.stat().st_mode & 0o777 == 0o640
    assert document == store.read("a.md")
    assert left_over(store.root) == []


def test_write_through_a_link_changes_the_file_it_leads_to(store: Store) -> None:
    (store.root / "real.md").write_text("old")
    (store.root / "link.md").symlink_to("real.md")
    swap(store, "link.md", "new")
    assert (store.root / "link.md").is_symlink()
    assert (store.root / "real.md").read_text() == "new"


def test_a_new_file_is_created_with_its_folders(store: Store) -> None:
    store.write("深度讨论/新.md", "text", expected_sha256=None)
    assert store.read("深度讨论/新.md").text == "text"


def test_a_file_that_appeared_meanwhile_is_not_replaced(store: Store) -> None:
    (store.root / "a.md").write_text("theirs")
    with pytest.raises(ChangedOnDisk) as caught:
        store.write("a.md", "ours", expected_sha256=None)
    assert store.read("a.md").text == "theirs"
    assert store.read(str(caught.value.facts["beside"])).text == "ours"


def test_write_refuses_a_note_changed_on_disk_and_puts_ours_beside_it(store: Store) -> None:
    for number in range(3):
        (store.root / "a.md").write_text("read")
        document = store.read("a.md")
        (store.root / "a.md").write_text("theirs")
        with pytest.raises(ChangedOnDisk):
            store.write("a.md", f"ours {number}", expected_sha256=document.sha256)
    assert store.read("a.md").text == "theirs"
    names = ["a.wenqu-conflict.md", "a.wenqu-conflict-2.md", "a.wenqu-conflict-3.md"]
    assert [store.read(name).text for name in names] == ["ours 0", "ours 1", "ours 2"]
    assert left_over(store.root) == []


def test_a_note_deleted_meanwhile_stays_deleted(store: Store) -> None:
    with pytest.raises(ChangedOnDisk):
        store.write("a.md", "ours", expected_sha256="0" * 64)
    assert not (store.root / "a.md").exists()
    assert store.read("a.wenqu-conflict.md").text == "ours"


def test_the_longest_name_has_room_for_its_conflict_copy(store: Store) -> None:
    name = "长" * 84 + ".md"
    (store.root / name).write_text("theirs")
    with pytest.raises(ChangedOnDisk):
        store.write(name, "ours", expected_sha256=None)
    (beside,) = store.root.glob("*conflict*")
    assert beside.read_text() == "ours"


def test_a_text_with_half_a_surrogate_pair_is_refused_before_anything_is_written(store: Store) -> None:
    with pytest.raises(Unwritable):
        store.write("a.md", "\ud800", expected_sha256=None)
    assert list(store.root.iterdir()) == []


def test_a_held_lock_names_its_holder_and_ends_with_it(store: Store, fork: Fork) -> None:
    read_end, write_end = os.pipe()

    def hold() -> None:
        with store.lock("job"):
            os.write(write_end, b"held")
            signal.pause()

    pid = fork(hold)
    os.read(read_end, 4)
    with pytest.raises(Locked) as caught, store.lock("job"):
        pass
    assert caught.value.facts == {"name": "job", "holder": str(pid)}
    with store.lock("another"):
        pass
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    with store.lock("job"):
        pass
    os.close(read_end)
    os.close(write_end)


def test_a_lock_is_there_again_when_a_process_that_its_killed_holder_was_beginning_has_begun(
    store: Store, fork: Fork
) -> None:
    read_end, write_end = os.pipe()

    def hold() -> None:
        with store.lock("job"):
            fork(lambda: (os.write(write_end, b"held"), time.sleep(0.05)))  # as between fork and exec
            signal.pause()

    pid = fork(hold)
    os.read(read_end, 4)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    with store.lock("job"):
        pass
    os.close(read_end)
    os.close(write_end)


def test_writes_go_on_beside_a_held_lock(store: Store) -> None:
    with store.lock("job"):
        store.write("a.md", "text", expected_sha256=None)
    assert store.read("a.md").text == "text"


def test_a_private_folder_that_leads_out_of_the_workspace_is_refused(store: Store) -> None:
    (store.root / ".wenqu").symlink_to(store.root.parent)
    with pytest.raises(WorkspaceError), store.lock("job"):
        pass
    assert not (store.root.parent / "local").exists()


def test_the_private_folder_keeps_journals_out_of_git_unless_told_otherwise(store: Store) -> None:
    ignored = store.root / ".wenqu" / ".gitignore"
    store.prepare_private_folder(journal_in_git=False)
    assert ignored.read_text().split() == ["local/", "drafts/", "sessions/", "recall/"]
    store.prepare_private_folder(journal_in_git=True)
    assert ignored.read_text().split() == ["local/", "drafts/"]
    before = ignored.stat().st_mtime_ns
    store.prepare_private_folder(journal_in_git=True)
    assert ignored.stat().st_mtime_ns == before


def test_what_is_far_longer_than_any_note_is_not_read(store: Store) -> None:
    with (store.root / "a.md").open("wb") as file:
        file.truncate(200 << 20)
    with pytest.raises(Unreadable):
        store.read("a.md")
