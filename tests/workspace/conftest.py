"""A store on an empty workspace, and work done in a child process that may be killed."""

import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from agent.workspace.store import Store


@pytest.fixture(autouse=True)
def _no_wait_for_the_disk() -> None:
    """Here it is waited for: these tests kill and fail between the steps of a write, of which this is one."""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    root = tmp_path / "workspace"
    root.mkdir()
    return Store(root)


@pytest.fixture
def fork() -> Callable[[Callable[[], object]], int]:
    """Run a function in a child process and return that process's id."""

    def start(work: Callable[[], object]) -> int:
        pid = os.fork()
        if pid:
            return pid
        status = 1
        try:
            work()
            status = 0
        except BaseException:  # noqa: BLE001 - the child must not return into pytest
            traceback.print_exc(file=sys.__stderr__)
        finally:
            os._exit(status)

    return start
