"""Every fault of `make bench-faults` in its short form: nothing goes wrong."""

import os
import signal
from pathlib import Path

import pytest

from bench.faults.batches import faulty_batches
from bench.faults.canary import key_canary
from bench.faults.commands import dirty_workspaces
from bench.faults.files import broken_documents, long_documents
from bench.faults.isolation import Hang, Trouble, isolated, limited
from bench.faults.jobs import killed_jobs
from bench.faults.nights import faulty_nights
from bench.faults.state import broken_journals, broken_state
from bench.faults.writes import appends_at_once, editor_saves, front_matter_edits, hostile_titles, killed_writes


def test_broken_documents_harm_no_reader(tmp_path: Path) -> None:
    assert broken_documents(tmp_path, 60) == (60, [])


def test_documents_of_malicious_shapes_harm_no_reader(tmp_path: Path) -> None:
    count, troubles = long_documents(tmp_path, 4_000, part=(7, 60))
    assert count > 50
    assert troubles == []


def test_no_command_stumbles_over_a_workspace_of_broken_files(tmp_path: Path) -> None:
    count, troubles = dirty_workspaces(tmp_path, 1)
    assert count > 50
    assert troubles == []


@pytest.mark.loopback
@pytest.mark.usefixtures("demo_at_once")
def test_broken_files_of_our_own_are_named_and_harm_nothing(tmp_path: Path) -> None:
    assert broken_journals(tmp_path, 4) == (4, [])
    assert broken_state(tmp_path, 4) == (4, [])


def test_an_edit_of_the_front_matter_changes_one_line(tmp_path: Path) -> None:
    assert front_matter_edits(tmp_path, 200)[1] == []


def test_no_title_leaves_its_folder(tmp_path: Path) -> None:
    assert hostile_titles(tmp_path, 500) == (500, [])


def test_forty_processes_append_at_once_and_all_are_kept(tmp_path: Path) -> None:
    assert appends_at_once(tmp_path, 1) == (40, [])


def test_an_editor_that_saves_meanwhile_loses_nothing(tmp_path: Path) -> None:
    assert editor_saves(tmp_path, 8) == (32, [])


def test_a_write_killed_at_a_system_call_leaves_old_or_new(tmp_path: Path) -> None:
    count, troubles = killed_writes(tmp_path, 2)
    assert (count == 0) == bool(troubles), "without strace it says so"


@pytest.mark.loopback
def test_a_job_that_is_killed_again_and_again_loses_no_reply_and_leaves_no_half_article(tmp_path: Path) -> None:
    count, troubles = killed_jobs(tmp_path, 10)
    assert count >= 10
    assert troubles == []


@pytest.mark.loopback
def test_a_job_over_a_failing_service_that_is_killed_three_times_pays_nothing_twice(tmp_path: Path) -> None:
    assert faulty_nights(tmp_path, 3) == (3, [])


@pytest.mark.loopback
def test_batches_that_go_wrong_are_paid_for_once_and_known_to_the_ledger(tmp_path: Path) -> None:
    assert faulty_batches(tmp_path, 8) == (8, [])


@pytest.mark.loopback
@pytest.mark.usefixtures("demo_at_once")
def test_the_key_stands_in_nothing_written_or_said(tmp_path: Path) -> None:
    assert key_canary(tmp_path, 1) == (1, [])


def test_a_reader_that_dies_or_hangs_is_a_trouble_with_its_place(tmp_path: Path) -> None:
    def dies(note):  # noqa: ANN001, ANN202 - the shape of a batch
        yield Trouble(what="one", where="here")
        note("there")
        os.kill(os.getpid(), signal.SIGKILL)

    found = isolated(dies, tmp_path)
    assert [one.where for one in found] == ["there"] or [one.where for one in found] == ["here", "there"]
    with pytest.raises(Hang):
        limited(0.02, lambda: [None for _ in iter(int, 1)])
