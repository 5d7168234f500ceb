"""With an index, without one, with a damaged one: the summary is the same, whatever happens to the files."""

import os
import shutil
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.bookkeeping import known
from agent.context import report
from agent.context.glance import shown
from agent.context.shapes import Shown
from agent.settings import Settings
from agent.workspace import index
from agent.workspace.history import git
from agent.workspace.standards import read_standard
from agent.workspace.store import Store

Make = Callable[[Mapping[str, str]], Store]
NOW = datetime(2026, 1, 2, tzinfo=UTC)
TICK_SECONDS = 0.012
FOLDER = ".wenqu/local/index"
PLAIN = "学习笔记/03-Lecture03-T/03-笔记.md"
ARTICLE = "---\ntitle: {title}\nstatus: {status}\ndate: 2025-11-0{day}\n---\n\n正文 {title}\n\n## 扩充\n\n{lines}"


@pytest.fixture(autouse=True)
def _fine_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust the clock of this file system, which ticks every few milliseconds, so that the index is used at once."""
    monkeypatch.setattr(index, "_COARSEST_NS", int(TICK_SECONDS * 1e9))


@pytest.fixture
def workspace(learner: Store) -> Path:
    for number, status in enumerate(("pending", "completed", "pending"), 1):
        text = ARTICLE.format(title=f"文章{number}", status=status, day=number, lines="一行\n" * 3 * number)
        (learner.root / "文章").mkdir(exist_ok=True)
        (learner.root / f"文章/{number}.md").write_text(text)
    (learner.root / PLAIN).write_text("# 笔记\n")
    git(learner.root, "add", "--all")
    git(learner.root, "commit", "--quiet", "--message=articles")
    return learner.root


def said(root: Path, *, kept: bool = True) -> list[Shown]:
    """What the summary says in two shapes."""
    time.sleep(3 * TICK_SECONDS)
    standard = partial(read_standard, Settings().standard)
    return [
        shown(Store(root), Settings(), now=NOW, standard=standard, shape=shape, budget_tokens=budget, kept=kept)
        for shape, budget in (("json", 1600), ("markdown", 300))
    ]


def change(root: Path, random: Random) -> None:
    """Do one of the things that people and programs do to notes."""
    notes = sorted(path for path in root.rglob("*.md") if ".wenqu" not in path.parts)
    note = random.choice(notes)
    text = note.read_text(errors="replace")
    what = random.randrange(9)
    if what == 0:
        note.write_text(text + f"\n- [ ] 新的一项 {random.random()}\n")
    elif what == 1 and "status:" in text:
        note.write_text(text.replace("pending", "completed") if "pending" in text else text.replace("completed", "x"))
    elif what == 2:
        at = random.randrange(len(text) or 1)
        before = note.stat()
        note.write_text(text[:at] + text[at : at + 1].swapcase() + text[at + 1 :])
        os.utime(note, ns=(before.st_atime_ns, before.st_mtime_ns))
    elif what == 3 and len(notes) > 4:
        note.unlink()
    elif what == 4:
        note.rename(note.with_name(f"{random.randrange(90)}-{note.name}"))
    elif what == 5:
        (root / f"文章/{random.randrange(90)}.md").write_text(
            ARTICLE.format(title="新", status="pending", day=9, lines="")
        )
    elif what == 6:
        git(root, "add", "--all")
        git(root, "commit", "--quiet", "--allow-empty", "--message=x")
    elif what == 7:
        note.write_bytes(b"caf\xe9" if random.random() < 0.5 else b"")
    else:
        folder = root / ".wenqu/sessions/20260101-100000-aaaa"
        folder.mkdir(parents=True, exist_ok=True)
        turn = '{"seq": 1, "time": "2026-01-01T10:00:00.000+00:00", "kind": "turn", "role": "learner", "text": "说"}\n'
        (folder / "journal.jsonl").write_text(turn)


@given(seed=st.integers(0, 2**32))
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_to_the_files_the_index_changes_nothing(
    workspace: Path, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    random = Random(seed)
    root = tmp_path_factory.mktemp("edited") / "工作区"
    shutil.copytree(workspace, root)
    for _ in range(4):
        for _ in range(random.randrange(4)):
            change(root, random)
        assert said(root) == said(root, kept=False)


def damage(root: Path, content: Callable[[bytes], bytes]) -> None:
    for file in (root / FOLDER).iterdir():
        file.write_bytes(content(file.read_bytes()))


def unwritable(root: Path) -> None:
    shutil.rmtree(root / FOLDER)
    (root / FOLDER).write_text("in the way")


HARM: dict[str, Callable[[Path], object]] = {
    "missing": lambda root: shutil.rmtree(root / FOLDER),
    "empty": lambda root: damage(root, lambda _: b""),
    "cut": lambda root: damage(root, lambda content: content[: len(content) // 2]),
    "one bit": lambda root: damage(root, lambda content: content[:-9] + bytes([content[-9] ^ 1]) + content[-8:]),
    "noise": lambda root: damage(root, lambda _: os.urandom(300)),
    "exchanged": lambda root: damage(root, lambda _: (root / FOLDER / "heads.index").read_bytes()),
    "unwritable": unwritable,
}


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM)
def test_a_damaged_index_changes_nothing(workspace: Path, harm: Callable[[Path], object]) -> None:
    before = said(workspace)
    assert {file.name for file in (workspace / FOLDER).iterdir()} == {
        "git.index",
        "heads.index",
        "shown.index",
        "verdicts.index",
    }
    harm(workspace)
    assert said(workspace) == before
    assert said(workspace) == before


def test_an_index_of_another_workspace_changes_nothing(workspace: Path, tmp_path: Path) -> None:
    said(workspace)
    copy = tmp_path / "别处"
    shutil.copytree(workspace, copy)
    (copy / "文章/1.md").write_text(ARTICLE.format(title="另", status="completed", day=1, lines=""))
    assert said(copy) == said(copy, kept=False) != said(workspace)


def test_nothing_is_read_or_judged_twice(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = said(workspace)
    with monkeypatch.context() as blind:
        blind.setattr(Store, "read", None)
        blind.setattr(Store, "read_all", None)
        assert said(workspace) == before

    judged: list[object] = []
    note, article = (workspace / path for path in ("深度讨论/乙深度讨论.md", "文章/1.md"))
    monkeypatch.setattr(known, "mapped", lambda work, items: [judged.append(item) or work(item) for item in items])
    note.write_text(note.read_text() + "多一行\n")
    said(workspace)
    git(workspace, "add", "--all")
    git(workspace, "commit", "--quiet", "--message=a commit leaves the articles as they were")
    said(workspace)
    assert judged == []
    article.write_text(article.read_text() + "多一行\n")
    said(workspace)
    assert len(judged) == 1


def test_a_change_inside_a_lecture_note_computes_nothing(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = said(workspace)
    with monkeypatch.context() as blind:
        blind.setattr(report, "context", None)
        (workspace / PLAIN).write_text("# 笔记\n\n别的\n")
        assert said(workspace) == before
        blind.setattr(known, "note_head", None)
        assert said(workspace) == before
    (workspace / PLAIN).rename(workspace / "学习笔记/04-Lecture04-MoE/03-笔记.md")
    assert said(workspace) == said(workspace, kept=False) != before


def test_the_index_holds_nothing_of_what_has_gone(workspace: Path) -> None:
    def held(name: str) -> int:
        return (workspace / FOLDER / name).read_bytes().count(b"\0")

    said(workspace)
    notes, articles = held("heads.index"), held("verdicts.index")
    for _ in range(3):
        text = (workspace / "文章/1.md").read_text()
        (workspace / "文章/1.md").write_text(text + "多一行\n")
        said(workspace)
    assert (held("heads.index"), held("verdicts.index")) == (notes, articles)


def test_a_file_that_cannot_be_opened_is_tried_again(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = workspace / "关着.md"
    refused.write_text("# 甲\n")
    whole = said(workspace, kept=False)
    opened = os.open

    def refuse(path: object, *rest: int, **named: int) -> int:
        if str(path) == str(refused):
            raise PermissionError(13, "Permission denied")
        return opened(path, *rest, **named)  # type: ignore[call-overload]

    with monkeypatch.context() as closed:
        closed.setattr(os, "open", refuse)
        assert said(workspace) != whole
    assert said(workspace) == whole
