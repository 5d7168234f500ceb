"""Journals: nothing acknowledged is lost, a torn end is forgiven, a corrupt middle is not."""

import json
import os
import random
import resource
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.errors import ChangedOnDisk, Locked, OutsideWorkspace, UnknownSession, Unreadable, Unwritable
from agent.workspace.journal import Journal, first_records, new_sid, read_journal, session_ids
from agent.workspace.store import Store

Fork = Callable[[Callable[[], object]], int]
SID = "20251124-153000-9f3a"


def clock() -> datetime:
    return datetime(2025, 11, 24, 15, 30, tzinfo=UTC)


def open_journal(store: Store, sid: str = SID) -> Journal:
    return Journal(store, sid, clock=clock)


def file_of(store: Store) -> Path:
    return store.root / ".wenqu" / "sessions" / SID / "journal.jsonl"


def turn(text: str) -> dict[str, object]:
    return {"kind": "turn", "role": "learner", "text": text}


def texts(store: Store) -> list[object]:
    return [record.content["text"] for record in read_journal(store, SID).records]


def test_records_come_back_in_order_with_number_and_time(store: Store) -> None:
    journal = open_journal(store)
    assert [journal.append(turn(text)).seq for text in ("为什么？\r\n", "因为 \u2028 …")] == [1, 2]
    first, second = read_journal(store, SID).records
    assert (first.seq, first.time, first.kind) == (1, "2025-11-24T15:30:00.000+00:00", "turn")
    assert first.content == {"role": "learner", "text": "为什么？\r\n"}
    assert second.content["text"] == "因为 \u2028 …"
    assert len(file_of(store).read_bytes().splitlines()) == 2


def test_half_a_surrogate_pair_typed_by_the_learner_is_kept(store: Store) -> None:
    open_journal(store).append(turn("a\udce4b"))
    assert texts(store) == ["a\udce4b"]


def test_two_journals_on_one_session_number_their_records_together(store: Store) -> None:
    one, other = open_journal(store), open_journal(store)
    assert [
        journal.append(turn(text)).seq for journal, text in ((one, "a"), (other, "b"), (other, "c"), (one, "d"))
    ] == [
        1,
        2,
        3,
        4,
    ]
    assert texts(store) == ["a", "b", "c", "d"]


def test_twelve_processes_appending_at_once_lose_nothing(store: Store, fork: Fork) -> None:
    def append_ten(name: int) -> None:
        journal = open_journal(store)
        for number in range(10):
            journal.append(turn(f"{name} {number} " + "很长" * 3000))

    children = [fork(lambda name=name: append_ten(name)) for name in range(12)]  # type: ignore[misc]
    assert [os.waitpid(pid, 0)[1] for pid in children] == [0] * 12
    journal = read_journal(store, SID)
    assert [record.seq for record in journal.records] == list(range(1, 121))
    assert {str(text).rsplit(" ", 1)[0] for text in texts(store)} == {f"{a} {b}" for a in range(12) for b in range(10)}


def test_kills_while_appending_lose_no_acknowledged_record(store: Store, fork: Fork) -> None:
    moments = random.Random(2)
    acknowledged: list[int] = []
    for _ in range(20):
        read_end, write_end = os.pipe()

        def append_for_ever(acknowledge: int = write_end) -> None:
            journal = open_journal(store)
            for number in count():
                os.write(acknowledge, journal.append(turn(str(number) * 2000)).seq.to_bytes(4, "big"))

        pid = fork(append_for_ever)
        os.close(write_end)
        time.sleep(moments.uniform(0.001, 0.015))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        with os.fdopen(read_end, "rb") as pipe:
            told = pipe.read()
        acknowledged += [int.from_bytes(told[at : at + 4], "big") for at in range(0, len(told), 4)]
        numbers = [record.seq for record in read_journal(store, SID).records] if file_of(store).exists() else []
        assert numbers == list(range(1, len(numbers) + 1))
        assert set(acknowledged) <= set(numbers)
    assert len(acknowledged) == len(set(acknowledged)) > 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=8)
@given(written=st.lists(st.text(max_size=12), min_size=1, max_size=3))
def test_a_journal_cut_at_any_byte_reads_up_to_the_cut_and_goes_on(store: Store, written: list[str]) -> None:
    file = file_of(store)
    file.unlink(missing_ok=True)
    journal = open_journal(store)
    ends = []
    for text in written:
        journal.append(turn(text))
        ends.append(file.stat().st_size)
    content = file.read_bytes()
    for cut in range(len(content) + 1):
        file.write_bytes(content[:cut])
        whole = sum(cut >= end - 1 for end in ends)  # a record without its newline is whole
        read = read_journal(store, SID)
        assert [record.content["text"] for record in read.records] == written[:whole]
        start = ends[whole - 1] if whole else 0
        assert read.torn == content[start:cut]
        assert open_journal(store).append(turn("next")).seq == whole + 1
        assert texts(store) == [*written[:whole], "next"]
        assert read_journal(store, SID).torn == b""


def test_a_corrupt_line_before_the_end_is_refused_with_its_number(store: Store) -> None:
    for text in "abc":
        open_journal(store).append(turn(text))
    lines = file_of(store).read_bytes().splitlines(keepends=True)
    for broken in (b"{\n", b"\n", b"[1]\n", b'{"seq": 1}\n', b"\xff\n", b"[" * 100_000 + b"\n"):
        file_of(store).write_bytes(lines[0] + broken + lines[2])
        with pytest.raises(Unreadable, match=r"journal\.jsonl:2"):
            read_journal(store, SID)
        with pytest.raises(Unreadable, match=r"journal\.jsonl:2"):
            open_journal(store).append(turn("d"))
        assert file_of(store).read_bytes() == lines[0] + broken + lines[2]


def test_a_full_disk_takes_back_the_half_line(store: Store, fork: Fork) -> None:
    open_journal(store).append(turn("before"))
    content = file_of(store).read_bytes()

    def append_beyond_the_limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(content) + 50, len(content) + 50))
        with pytest.raises(Unwritable):
            open_journal(store).append(turn("long" * 100))

    assert os.waitpid(fork(append_beyond_the_limit), 0)[1] == 0
    assert file_of(store).read_bytes() == content
    assert open_journal(store).append(turn("after")).seq == 2


def test_two_drivers_cannot_hold_one_session(store: Store) -> None:
    with open_journal(store).lock():
        with pytest.raises(Locked), open_journal(store).lock():
            pass
        with open_journal(store, "another").lock():
            pass


def test_session_ids_are_listed_by_time(store: Store) -> None:
    assert session_ids(store) == ()
    for sid in ("20251125-090000-0001", "20251124-090000-0002"):
        open_journal(store, sid).append(turn("x"))
    assert session_ids(store) == ("20251124-090000-0002", "20251125-090000-0001")


def test_a_new_id_is_made_of_the_time_and_randomness() -> None:
    assert new_sid(clock, lambda size: b"\x9f\x3a"[:size]) == SID


@pytest.mark.parametrize("sid", ["../x", "", ".", "..", "a/b", "-x"])
def test_an_id_that_is_no_id_is_unknown(store: Store, sid: str) -> None:
    with pytest.raises(UnknownSession):
        read_journal(store, sid)


def test_an_unknown_session_is_named(store: Store) -> None:
    with pytest.raises(UnknownSession, match="nosuch"):
        read_journal(store, "nosuch")


def test_a_session_folder_that_leads_out_of_the_workspace_is_refused(store: Store) -> None:
    file_of(store).parent.parent.mkdir(parents=True)
    file_of(store).parent.symlink_to(store.root.parent)
    with pytest.raises(OutsideWorkspace):
        open_journal(store)


def test_a_line_is_json_that_other_programs_read(store: Store) -> None:
    open_journal(store).append(turn("门控"))
    line = file_of(store).read_text(encoding="utf-8")
    assert list(json.loads(line)) == ["seq", "time", "kind", "role", "text"]
    assert "门控" in line


def test_the_first_records_of_the_newest_sessions_are_read_without_the_rest(store: Store) -> None:
    for number in range(4):
        journal = open_journal(store, f"2025112{number}-090000-0001")
        journal.append(turn(f"first of {number}"))
        journal.append(turn("second"))
    (store.root / ".wenqu/sessions/20251122-090000-0001/journal.jsonl").write_bytes(b'{"torn')
    found = [(sid[:8], record.content["text"]) for sid, record in first_records(store, most=3)]
    assert found == [("20251123", "first of 3"), ("20251121", "first of 1")]


def test_a_journal_is_replaced_in_one_step_and_keeps_its_mode(store: Store) -> None:
    journal = open_journal(store)
    for text in ("a", "b"):
        journal.append(turn(text))
    read = read_journal(store, SID)
    (file_of(store).parent / ".wenqu-0123abcd").write_text("b")
    mode = file_of(store).stat().st_mode
    first, second = read.records
    journal.replace([first, replace(second, content={"role": "learner", "text": "x"})], expected_sha256=read.sha256)
    assert texts(store) == ["a", "x"]
    assert file_of(store).stat().st_mode == mode
    journal.remove_leftovers()
    assert [file.name for file in file_of(store).parent.iterdir()] == ["journal.jsonl"]
    assert open_journal(store).append(turn("c")).seq == 3


def test_a_journal_that_grew_meanwhile_is_not_replaced(store: Store) -> None:
    journal = open_journal(store)
    journal.append(turn("a"))
    read = read_journal(store, SID)
    open_journal(store).append(turn("b"))
    with pytest.raises(ChangedOnDisk):
        journal.replace(read.records[:0], expected_sha256=read.sha256)
    assert texts(store) == ["a", "b"]


@pytest.mark.parametrize("change", ["lost", "twice", "moved", "no time", "no zone", "a text for a number"])
def test_a_line_that_is_not_the_next_one_makes_a_journal_unreadable(store: Store, change: str) -> None:
    journal = Journal(store, SID, clock=clock)
    for number in range(4):
        journal.append({"kind": "turn", "text": str(number)})
    file = store.inside(f".wenqu/sessions/{SID}/journal.jsonl")
    one, two, three, four = file.read_text(encoding="utf-8").splitlines(keepends=True)
    broken = {
        "lost": one + three + four,
        "twice": one + two + two + three + four,
        "moved": one + three + two + four,
        "no time": one + two.replace("2025-11-24T", "2025-13-45T") + three + four,
        "no zone": one + two.replace("+00:00", "") + three + four,
        "a text for a number": one + two.replace('"seq": 2', '"seq": "2"') + three + four,
    }
    file.write_text(broken[change], encoding="utf-8")
    with pytest.raises(Unreadable, match=r":[23]"):
        read_journal(store, SID)


def test_only_a_file_is_a_journal(store: Store) -> None:
    folder = store.inside(f".wenqu/sessions/{SID}")
    folder.mkdir(parents=True)
    os.mkfifo(folder / "journal.jsonl")
    assert session_ids(store) == ()
    assert list(first_records(store, most=9)) == []
