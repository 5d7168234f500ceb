"""The summary of two real workspaces, read in place; skipped where they are absent."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.bookkeeping.reading import read_notes
from agent.context.report import Context, context
from agent.settings import Settings
from agent.workspace.layout import recognise
from agent.workspace.store import Store

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the real workspaces are not here")


def look(root: Path) -> Context:
    store = Store(root)
    layout = recognise(read_notes(store).texts).layout
    return context(store, replace(Settings(), layout=layout), now=lambda: datetime(2025, 11, 22, tzinfo=UTC))


def test_the_learners_workspace_is_counted_as_by_hand() -> None:
    facts = look(CORPUS / "cs336").facts
    assert (facts.todo.open, facts.todo.done, facts.todo.topics) == (234, 0, 15)
    assert facts.discussion_files == 17
    assert [(len(one.done), len(one.ids)) for one in facts.questions] == [(0, 4), (0, 6), (19, 24)]
    assert facts.last is not None
    assert (facts.last.id, facts.last.date) == ("Q24", "2025-11-09")
    assert facts.next[0].id == "Q2"


def test_the_learners_documents_are_held_against_the_files() -> None:
    found = {(one.key, one.claim.path, one.claim.line): one for one in look(CORPUS / "cs336").discrepancies}
    assert found["lectures", "学习进度.md", 7].fact.value == "2/17"
    assert found["finished", "AI助手工作记忆.md", 27].facts["detail"] == "01 0/10, 02 19/24"
    assert found["list-missing", "深度讨论/README.md", 24].claim.value == "4"
    assert found["list-missing", "AI助手工作记忆.md", 98].claim.value == "6"
    assert ("naming", "AI助手工作记忆.md", 137) in found


def test_the_annotators_articles_are_counted_by_file_and_identity(tmp_path: Path) -> None:
    shutil.copytree(CORPUS / "articles", tmp_path / "articles")
    articles = look(tmp_path / "articles").facts.articles
    assert (articles.files, articles.distinct, articles.completed, articles.pending) == (37, 35, 20, 17)


@pytest.mark.parametrize("name", ["cs336", "articles"])
def test_both_summaries_fit_the_default_budget(name: str) -> None:
    found = look(CORPUS / name)
    for language in ("zh", "en"):
        summary = found.summary(language)
        assert len(summary.text.splitlines()) <= 36
        assert "wenqu" in summary.text.splitlines()[-1]
