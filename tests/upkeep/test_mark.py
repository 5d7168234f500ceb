from pathlib import Path
from typing import Literal

import pytest
from passing_article import NAME, ORIGINAL, PASSING, standard

from agent.errors import ChangedOnDisk, NotAnArticle, NoteInvalid, Unreadable
from agent.settings import Layout
from agent.text import frontmatter
from agent.text.formulas import Compiler
from agent.upkeep.check import read_article
from agent.upkeep.mark import Marking, mark
from agent.workspace.store import Store

TODAY = "2026-11-23"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def put(store: Store, text: str) -> None:
    (store.root / NAME).write_bytes(text.encode())


def marked(store: Store, status: Literal["completed", "pending"], force: str = "") -> Marking:
    article = read_article(store, NAME, Layout())
    return mark(store, article, status, standard=standard(), compiler=Compiler({}), today=TODAY, force=force)


def written(store: Store, marking: Marking) -> str:
    """The file after the proposal was applied as the program applies it."""
    assert marking.proposal is not None
    store.write(NAME, marking.proposal.after, expected_sha256=marking.proposal.expected_sha256)
    return (store.root / NAME).read_bytes().decode()


def test_an_article_that_passes_is_completed_under_its_standard(store: Store) -> None:
    unmarked = PASSING.replace("status: completed", "status: pending", 1)
    unmarked = unmarked.replace("standard: five-part/2025-11-24\n", "").replace("expanded: 2026-11-22\n", "")
    put(store, unmarked)
    assert written(store, marked(store, "completed")) == PASSING.replace("2026-11-22", TODAY, 1)


def test_completed_is_refused_without_a_pass_and_nothing_is_proposed(store: Store) -> None:
    put(store, ORIGINAL)
    marking = marked(store, "completed")
    assert marking.proposal is None
    assert [finding.rule for finding in marking.judgement.findings] == ["part-missing"] * 5
    assert {finding.severity for finding in marking.judgement.findings} == {"error"}
    assert (store.root / NAME).read_bytes().decode() == ORIGINAL


@pytest.mark.parametrize("reason", ["人工看过", '含 "引号"：与 # 号', "两\n行"])
def test_force_completes_and_records_its_reason(store: Store, reason: str) -> None:
    put(store, ORIGINAL)
    after = written(store, marked(store, "completed", force=reason))
    front = frontmatter.find(after)
    assert front is not None
    assert {key: str(front.values[key]) for key in ("status", "standard", "forced")} == {
        "status": "completed",
        "standard": standard().id,
        "forced": reason,
    }
    assert len(after.split("\n")) == len(ORIGINAL.split("\n")) + 2


def test_an_article_that_was_never_expanded_gets_no_date_of_expansion(store: Store) -> None:
    put(store, ORIGINAL)
    marking = marked(store, "completed", force="试")
    assert marking.forced
    assert "expanded:" not in written(store, marking)


def test_force_records_nothing_where_the_gate_was_passed(store: Store) -> None:
    put(store, PASSING)
    assert "forced" not in written(store, marked(store, "completed", force="不需要"))


def test_pending_needs_no_gate_and_drops_the_lines_that_completed_brought(store: Store) -> None:
    put(store, ORIGINAL)
    written(store, marked(store, "completed", force="试"))
    assert written(store, marked(store, "pending")) == ORIGINAL


@pytest.mark.parametrize("text", [PASSING, PASSING.replace("\n", "\r\n"), "\ufeff" + PASSING])
def test_completed_pending_completed_restores_the_file(store: Store, text: str) -> None:
    put(store, text)
    pending = written(store, marked(store, "pending"))
    assert "status: pending" in pending
    assert len(pending.split("\n")) == len(text.split("\n")) - 2
    assert written(store, marked(store, "completed")) == text.replace("2026-11-22", TODAY, 1)


def test_a_status_that_stands_already_needs_no_edit(store: Store) -> None:
    put(store, ORIGINAL)
    marking = marked(store, "pending")
    assert marking.proposal is not None
    assert marking.proposal.edits == ()


def test_what_is_no_article_or_cannot_be_read_is_refused(store: Store) -> None:
    put(store, "# 笔记\n")
    with pytest.raises(NotAnArticle):
        marked(store, "pending")
    put(store, '---\nslug: a\ntitle: "十字架"组合\nstatus: pending\n---\n')
    with pytest.raises(NoteInvalid) as refused:
        marked(store, "pending")
    assert refused.value.facts["line"] == 3
    (store.root / NAME).unlink()
    with pytest.raises(Unreadable):
        marked(store, "pending")


def test_an_article_saved_by_an_editor_meanwhile_is_not_overwritten(store: Store) -> None:
    put(store, ORIGINAL)
    marking = marked(store, "completed", force="试")
    put(store, ORIGINAL + "又写了一句。\n")
    with pytest.raises(ChangedOnDisk):
        written(store, marking)
    assert (store.root / NAME).read_bytes().decode() == ORIGINAL + "又写了一句。\n"
