"""A small standard, a workspace with one short article, and jobs on it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from rehearsal import ARTICLE, PATH

from agent.bookkeeping.budget import Budget
from agent.expansion.article import Job
from agent.expansion.events import Event
from agent.expansion.verdict import Bench
from agent.model.messages import Model
from agent.settings import ModelSettings, Settings
from agent.standard.standard import Minimum, Standard
from agent.text.formulas import Compiler
from agent.workspace.ledger import Ledger
from agent.workspace.standards import read_standard
from agent.workspace.store import Store


@pytest.fixture
def standard() -> Standard:
    """The shipped standard with three of its parts and little asked of them."""
    real = read_standard("five-part/2025-11-24")
    two = (
        Minimum(measure="display_formulas", at_least=2, rule="too-few-formulas", core=True),
        Minimum(measure="lines", at_least=8, rule="too-few-lines", core=True),
    )
    flaws = replace(next(item for item in real.by_number[4].items if item.measure == "flaws"), at_least=1)
    return replace(
        real,
        parts=(
            replace(real.by_number[1], boxes=(), required=(), planned_lines=10),
            replace(real.by_number[2], boxes=(), minima=two, planned_lines=20),
            replace(real.by_number[4], minima=(), items=(flaws,), planned_lines=10),
        ),
    )


@pytest.fixture
def store(tmp_path: Path) -> Store:
    file = tmp_path / PATH
    file.parent.mkdir()
    file.write_text(ARTICLE, encoding="utf-8")
    return Store(tmp_path)


@pytest.fixture
def bench(store: Store, standard: Standard) -> Bench:
    return Bench(
        store=store,
        settings=Settings(model=ModelSettings(main="claude-sonnet-5-5")),
        standard=standard,
        compiler=Compiler({}),
        now=lambda: datetime(2026, 11, 22, tzinfo=UTC),
    )


@pytest.fixture
def ledger(store: Store) -> Iterator[Ledger]:
    ledger = Ledger(store)
    yield ledger
    ledger.close()


@pytest.fixture
def job(bench: Bench, ledger: Ledger) -> Callable[..., Job]:
    """Make a job for a model; what happens is added to `events`."""

    def make(
        model: Model, events: list[Event] | None = None, *, max_cost: Decimal | None = None, **options: Any
    ) -> Job:
        seen: list[Event] = [] if events is None else events
        budget = Budget(max_cost)
        return Job(bench=bench, model=model, ledger=ledger, on_event=seen.append, budget=budget, **options)

    return make
