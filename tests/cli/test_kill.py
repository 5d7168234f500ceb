"""Sessions that are killed at a random moment, and sessions whose service fails: nothing that was said is lost."""

from pathlib import Path

import pytest
from typed import Type

from agent.bookkeeping.postponed import postpone
from agent.bookkeeping.proposals import new_file
from agent.workspace.store import Store
from bench.faults.services import failing_services
from bench.faults.sessions import killed_closings, killed_sessions

pytestmark = pytest.mark.loopback


def test_a_session_killed_again_and_again_keeps_every_answered_turn(tmp_path: Path) -> None:
    assert killed_sessions(tmp_path, 10) == (10, [])


def test_a_closing_that_is_killed_leaves_old_or_new_documents_and_the_rest_to_be_offered(tmp_path: Path) -> None:
    assert killed_closings(tmp_path, 4) == (4, [])


def test_a_service_that_fails_is_asked_again_or_leaves_a_session_to_resume(tmp_path: Path) -> None:
    assert failing_services(tmp_path, 4) == (4, [])


def test_a_document_written_just_before_a_kill_is_not_called_outdated(wenqu: Type, workspace: Path) -> None:
    store = Store(workspace)
    postpone(store, new_file("深度讨论/甲.md", "# 甲\n", "会话的文档"))
    store.write("深度讨论/甲.md", "# 甲\n", expected_sha256=None)
    said = wenqu("-C", str(workspace), "apply")
    assert said.code == 0
    assert "作废" not in said.out
    assert "没有等着处理的建议" in said.out
    assert "没有等着处理的建议" in wenqu("-C", str(workspace), "apply").out
