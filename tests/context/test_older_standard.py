from datetime import UTC, datetime
from pathlib import Path

from passing_article import NAME, PASSING, standard

from agent.context.report import context
from agent.settings import Settings
from agent.workspace.store import Store


def test_articles_completed_under_an_older_standard_are_counted_in_the_summary(tmp_path: Path) -> None:
    older = PASSING.replace("five-part/2025-11-24", "five-part/2025-06-01", 1)
    for name, text in ((NAME, older), ("另一篇.md", PASSING)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = context(Store(tmp_path), Settings(), now=lambda: datetime(2026, 11, 22, tzinfo=UTC), standard=standard())
    assert found.facts.articles.older_standard == 1
    assert "1 篇是按较旧的标准完成的" in found.summary("zh").text
    assert "1 completed under an older standard" in found.summary("en").text
