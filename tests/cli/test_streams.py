"""Streams that are closed, that nobody reads, or that carry what is no UTF-8 bring no traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

WENQU = [sys.executable, "-m", "agent"]
ROOT = Path(__file__).parents[2]
OFFLINE = ("socratic", "Q2", "--model", "offline")
COMMANDS = [
    [],
    ["--help"],
    ["context"],
    ["context", "--json"],
    ["reconcile"],
    ["check"],
    ["check", "--help"],
    ["socratic", "--list"],
    ["doctor", "--model", "offline"],
    ["prompt", "expand.part2", "文章/logsumexp与softmax的温度.md"],
    ["expand", "文章/logsumexp与softmax的温度.md", "--dry-run"],
]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_reader_that_has_gone_ends_every_command_quietly(workspace: Path, command: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    argv = [*WENQU, "-C", str(workspace), *command]
    done = subprocess.run(argv, stdout=writer, stderr=subprocess.PIPE, text=True, check=False, env=environment())
    both = subprocess.run(argv, stdout=writer, stderr=writer, check=False, env=environment())
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")
    assert both.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_full_disk_below_the_output_is_one_sentence_and_a_failure(workspace: Path, command: list[str]) -> None:
    argv = [*WENQU, "-C", str(workspace), *command]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(argv, stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=environment())
        both = subprocess.run(argv, stdout=full, stderr=full, check=False, env=environment())
    assert (done.returncode, both.returncode) == (1, 1)
    assert done.stderr.splitlines()[-1].startswith("wenqu: ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("closed", [">&-", "<&-", "2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_is_no_failure(workspace: Path, closed: str) -> None:
    shell = f'"$@" {closed}'
    argv = ["sh", "-c", shell, "sh", *WENQU, "-C", str(workspace), "context"]
    done = subprocess.run(argv, capture_output=True, text=True, check=False, env=environment())
    assert (done.returncode, done.stderr) == (0, "")


def test_a_line_that_is_no_utf8_pauses_the_session_and_what_came_before_is_kept(workspace: Path) -> None:
    argv = [*WENQU, "-C", str(workspace), *OFFLINE]
    spoken = "我觉得不变。\n".encode() + "接着说".encode("gb18030") + b"\nmore\n"
    done = subprocess.run(argv, input=spoken, capture_output=True, check=False, env=environment())
    complaint = done.stderr.decode().splitlines()
    assert done.returncode == 2
    assert complaint[-1].startswith("wenqu: stdin：第 2 行不是 UTF-8")
    assert not any("Traceback" in line for line in complaint)
    (journal,) = (workspace / ".wenqu/sessions").glob("*/journal.jsonl")
    assert "我觉得不变。" in journal.read_text(encoding="utf-8")
    resumed = subprocess.run(
        [*WENQU, "-C", str(workspace), "socratic", "--resume", "--model", "offline"],
        input="接着说。\n/end\n".encode(),
        capture_output=True,
        check=False,
        env=environment(),
    )
    assert resumed.returncode == 0


def test_a_script_that_is_no_utf8_is_named_before_anything_is_recorded(workspace: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    script.write_bytes("好的".encode("gb18030"))
    argv = [*WENQU, "-C", str(workspace), *OFFLINE, "--script", str(script)]
    done = subprocess.run(argv, capture_output=True, text=True, check=False, env=environment())
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert "script.txt" in done.stderr
    assert not (workspace / ".wenqu/sessions").exists()


def test_a_byte_order_mark_is_no_part_of_the_first_turn(workspace: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    script.write_bytes("\ufeff/end\n".encode())
    argv = [*WENQU, "-C", str(workspace), *OFFLINE, "--script", str(script)]
    assert subprocess.run(argv, capture_output=True, check=False, env=environment()).returncode == 0
    (journal,) = (workspace / ".wenqu/sessions").glob("*/journal.jsonl")
    assert "\ufeff" not in journal.read_text(encoding="utf-8")


def test_a_terminal_that_knows_no_chinese_is_no_failure(workspace: Path) -> None:
    argv = [*WENQU, "-C", str(workspace), "context"]
    done = subprocess.run(argv, capture_output=True, check=False, env=environment(PYTHONIOENCODING="latin-1"))
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\\u4f1a" in done.stdout


def test_a_workspace_in_a_folder_whose_name_is_no_utf8_can_be_worked_in(workspace: Path) -> None:
    place = Path(os.fsdecode(os.fsencode(workspace.parent) + b"/caf\xe9"))
    try:
        workspace.rename(place)
    except OSError:
        pytest.skip("this file system takes no such name")
    for command in (["context"], ["check"], ["doctor", "--model", "offline"]):
        done = subprocess.run(
            [*WENQU, *command], cwd=place, capture_output=True, text=True, check=False, env=environment()
        )
        assert (done.returncode, done.stderr) == (0, "")
