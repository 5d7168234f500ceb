"""Which files of a workspace a page may show, by whatever name they are reached."""

from pathlib import Path

import pytest

from agent.site.files import Files
from agent.workspace.store import Store


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with links of all kinds, and something beside it."""
    root = tmp_path / "notes"
    for name in ("图/一.png", ".wenqu/s.txt", ".hidden.txt"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name, encoding="utf-8")
    (tmp_path / "outside.txt").write_text("x", encoding="utf-8")
    links = {
        "same.png": "图/一.png",
        "images": "图",
        "secret.txt": ".wenqu/s.txt",
        "private": ".wenqu",
        "out.txt": "../outside.txt",
        "above": "..",
        "gone.txt": "nothing",
        "loop.txt": "loop.txt",
    }
    for name, target in links.items():
        (root / name).symlink_to(target)
    return root


@pytest.mark.parametrize("path", ["图/一.png", "same.png", "images/一.png"])
def test_a_file_of_the_workspace_may_be_shown(root: Path, path: str) -> None:
    seen = Files(Store(root)).seen(path)
    assert seen
    assert seen.size == len("图/一.png".encode())


@pytest.mark.parametrize(
    "path",
    [
        *("", "图", "图/二.png", "图/一.png/x", "a\0b.png", "x" * 300),
        *(".hidden.txt", ".wenqu/s.txt", "secret.txt", "private/s.txt"),
        *("out.txt", "above/outside.txt", "gone.txt", "loop.txt"),
    ],
)
def test_what_is_hidden_elsewhere_or_no_file_may_not(root: Path, path: str) -> None:
    assert not Files(Store(root)).is_file(path)


@pytest.mark.parametrize("path", ["图/一.png", "same.png", "images/一.png"])
@pytest.mark.parametrize("ignored", ["图/", "图/一.png"])
def test_what_git_ignores_may_not_under_any_name(root: Path, path: str, ignored: str) -> None:
    (root / "图-.png").write_bytes(b"x")
    files = Files(Store(root), [ignored])
    assert not files.is_file(path)
    assert files.is_file("图-.png")
