"""What the system says of a file is said in the reader's language; words that are nobody's stay as they are."""

import errno
import os

import pytest

from agent.errors import SettingsInvalid, Unreadable, Unwritable, WorkspaceError


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (Unreadable(path="甲.md", reason=os.strerror(errno.EACCES)), "没有权限"),
        (Unreadable(path="管道.md", reason=os.strerror(errno.ENXIO)), "不是普通文件"),
        (Unwritable(path="甲.md", reason=os.strerror(errno.ENOSPC)), "磁盘或配额满了"),
        (SettingsInvalid(path="wenqu.toml", reason=os.strerror(errno.EISDIR)), "是文件夹"),
    ],
    ids=["denied", "a pipe", "full", "a folder"],
)
def test_the_reason_of_the_system_is_said_in_chinese_too(problem: WorkspaceError, said: str) -> None:
    assert said in problem.sentence("zh")
    assert str(problem.facts["reason"]) not in problem.sentence("zh")


def test_a_reason_that_is_not_the_systems_stays_as_it_is() -> None:
    assert "≠ {seq}" in Unreadable(path="a", reason="≠ {seq}").sentence("zh")
