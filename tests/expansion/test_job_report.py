"""What a run came to: totals that count every item once, and a report that a person can act on."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from agent.errors import ModelTimeout
from agent.expansion.events import Item
from agent.expansion.report import keep_report, next_steps, report, short_line, short_lines, totals, totals_json
from agent.model.messages import Usage
from agent.words import Language
from agent.workspace.store import Store

MODEL = "claude-sonnet-5-5"
NOW = datetime(2026, 11, 22, 14, 5, 9, tzinfo=UTC)
USAGE = Usage(input_tokens=1_000, output_tokens=10_000, cache_read_tokens=50_000)
ITEMS = (
    Item(
        path="甲.md",
        state="written",
        attempts=2,
        usage=USAGE,
        cost=Decimal("0.4"),
        review=".wenqu/reviews/甲.md",
        points=7,
    ),
    Item(
        path="乙.md",
        state="needs_review",
        reason="proposed",
        usage=USAGE,
        cost=Decimal("0.2"),
        review=".wenqu/reviews/乙.md",
    ),
    Item(path="丙.md", state="needs_review", draft=".wenqu/drafts/丙.md", usage=USAGE, cost=Decimal("0.3")),
    Item(path="丁.md", state="failed", problem=ModelTimeout(model=MODEL, seconds=600)),
    Item(path="戊.md", state="planned"),
    Item(path="己.md", state="skipped", reason="skipped-passed"),
)


def test_the_cost_of_those_that_failed_is_borne_by_those_that_passed() -> None:
    found = totals(ITEMS, MODEL)
    assert (found.passed, found.cost, found.cost_per_passed) == (2, Decimal("0.9"), Decimal("0.45"))
    assert found.saved is not None
    assert found.saved > 0


def test_the_json_counts_every_item_once() -> None:
    values = totals_json(totals(ITEMS, MODEL))
    counts = {"written": 1, "needs_review": 2, "failed": 1, "skipped": 1, "planned": 1}
    assert {name: values[name] for name in counts} == counts
    assert (values["items"], values["passed"], values["cost"], values["cost_per_passed"]) == (6, 2, 0.9, 0.45)


def test_nothing_passed_means_no_cost_per_passed_and_an_unknown_price_no_cost() -> None:
    assert totals(ITEMS[2:], MODEL).cost_per_passed is None
    unknown = totals([Item(path="甲.md", state="written", usage=USAGE, cost=None)], "a model of one's own")
    assert (unknown.cost, unknown.cost_per_passed, unknown.saved) == (None, None, None)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_report_names_every_article_by_how_it_ended(language: Language) -> None:
    text = report(ITEMS, totals(ITEMS, MODEL), standard="five-part/2025-11-24", language=language, now=NOW)
    assert all(item.path in text for item in ITEMS)
    assert ".wenqu/reviews/甲.md" in text
    assert "$0.45" in text
    assert "\n\n\n" not in text


def test_a_proposal_that_meets_the_standard_is_told_as_passed_and_not_among_what_is_to_be_mended() -> None:
    text = report(ITEMS, totals(ITEMS, MODEL), standard="five-part/2025-11-24", language="zh", now=NOW)
    assert "1 篇通过，1 篇通过、待采用，1 篇待改" in text
    told = text.partition("## 通过，等你采用：wenqu apply（1）\n")[2].partition("\n## ")[0]
    assert "乙.md" in told
    assert ".wenqu/reviews/乙.md" in told


def test_one_of_many_has_one_line_and_what_to_do_is_said_once() -> None:
    lines = [short_line(item, "zh") for item in ITEMS]
    assert not any("\n" in line for line in lines)
    assert all(item.path in line for item, line in zip(ITEMS, lines, strict=True))
    assert lines[0] == "通过  甲.md（$0.40），核对单 .wenqu/reviews/甲.md（7 处）"
    assert lines[2] == "待改  丙.md（$0.30），0 处，草稿 .wenqu/drafts/丙.md"
    assert len(next_steps(ITEMS, "zh")) == 2
    assert next_steps(ITEMS[3:], "zh") == ()


def test_what_is_skipped_for_one_reason_is_told_in_one_line() -> None:
    passed, done = (
        tuple(Item(path=path, state="skipped", reason=f"skipped-{why}") for path in paths)
        for why, paths in (("passed", ("庚.md", "辛.md")), ("completed", ("壬.md",)))
    )
    copy = Item(path="癸.md", state="skipped", reason="skipped-duplicate", other="甲.md")
    lines = list(short_lines((*ITEMS, passed[0], *done, *passed[1:], copy), "zh"))
    assert len(lines) == len(ITEMS) - 1 + 2  # what was not begun has none
    assert [line for line in lines if "同样跳过：庚.md, 辛.md。" in line] == [lines[4]]
    assert not any("同样" in line for line in lines if line != lines[4])


def test_money_that_was_not_spent_is_not_divided_up() -> None:
    free = totals([Item(path="甲.md", state="written"), Item(path="乙.md", state="written")], MODEL)
    assert "$" not in free.sentence("zh")


def test_a_report_is_kept_under_its_time(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert keep_report(store, "# x\n", NOW) == ".wenqu/reports/2026-11-22-140509.md"
    assert store.read(".wenqu/reports/2026-11-22-140509.md").text == "# x\n"
