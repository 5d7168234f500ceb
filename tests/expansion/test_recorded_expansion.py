"""The recorded expansions of the demo pass the shipped standard, in both languages."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from rehearsal import Scripted, purposes

from agent.assets import folder
from agent.expansion.article import Job, expand_article
from agent.expansion.verdict import Bench
from agent.settings import Settings
from agent.text.formulas import Compiler
from agent.words import Language
from agent.workspace.ledger import Ledger
from agent.workspace.standards import read_standard
from agent.workspace.store import Store

ROOT = Path(__file__).parents[2]
ARTICLES = {
    "zh": ROOT / "workspace/文章/logsumexp与softmax的温度.md",
    "en": ROOT / "workspace-en/articles/logsumexp-and-softmax-temperature.md",
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_recorded_parts_pass_without_repair(tmp_path: Path, language: Language) -> None:
    recorded = folder("demo") / language
    replies = {path.stem: [path.read_text(encoding="utf-8")] for path in recorded.glob("expand.*")}
    (tmp_path / "article.md").write_bytes(ARTICLES[language].read_bytes())
    store = Store(tmp_path)
    bench = Bench(
        store=store,
        settings=Settings(language=language),
        standard=read_standard("five-part/2025-11-24"),
        compiler=Compiler({}),
        now=lambda: datetime(2026, 11, 22, tzinfo=UTC),
    )
    ledger = Ledger(store)
    model = Scripted(replies)
    item = expand_article("article.md", Job(bench=bench, model=model, ledger=ledger, on_event=lambda _: None))
    ledger.close()
    assert item.problem is None
    assert (item.state, [finding.rule for finding in item.findings]) == ("written", [])
    assert purposes(model)[:3] == ["expand.plan", "expand.part2", "expand.part1"]
    assert sorted(purposes(model)[3:]) == ["expand.part3", "expand.part4", "expand.part5"]
    assert "status: completed" in store.read("article.md").text
