"""What a completion changes in lines that stood there, and that no finding was about, is named on its sheet."""

from collections.abc import Callable

import pytest
from passing_article import standard
from rehearsal import PARTS, Scripted, good_replies
from test_completing import BAD_PART4, article, complete, proposed

from agent.expansion.events import Item
from agent.expansion.sheet.changes import Change, unasked
from agent.text.outline import outline
from agent.workspace.store import Store

__all__ = ["complete"]

STOOD = "2.1 节的上界只看个数"
"""In part 4, far from the line that the gate refuses."""
FOUND = "**定量影响**"


def changes(before: str, after: str, *asked: str) -> list[Change]:
    lines = [before[: before.index(words)].count("\n") + 1 for words in asked]
    return [*unasked(outline(before), outline(after), lines, standard())]


def test_a_word_changed_beside_the_repair_is_named_with_both_versions(
    store: Store, complete: Callable[..., Item]
) -> None:
    repaired = PARTS[4].replace(STOOD, STOOD.replace("只看", "从来不看"))
    item = complete(article(PARTS[1], PARTS[2], BAD_PART4), Scripted(good_replies(repair=[repaired])))
    sheet, after = store.read(item.review).text, proposed(item)
    line = after[: after.index("从来不看")].count("\n") + 1
    told = sheet.partition("没有被指出却也变了的行（1）")[2].partition("\n## ")[0]
    assert f"\n- {line}: “" in told
    assert "只看个数" in told.partition("” → “")[0]
    assert "从来不看" in told.partition("” → “")[2]


def test_a_repair_that_changes_what_it_was_asked_to_names_nothing(store: Store, complete: Callable[..., Item]) -> None:
    item = complete(article(PARTS[1], PARTS[2], BAD_PART4), Scripted(good_replies(repair=[PARTS[4]])))
    assert "没有被指出却也变了" not in store.read(item.review).text


@pytest.mark.parametrize("after", ["{}（待核）", "{}（推导：代入式 (2.3)）", "  {}"])
def test_a_mark_and_a_blank_more_are_no_change(after: str) -> None:
    before = article(*PARTS.values())
    line = next(line for line in before.splitlines() if STOOD in line)
    assert changes(before, before.replace(line, after.format(line))) == []


@pytest.mark.parametrize(("old", "new"), [("$x=0.35$", "$x=0.53$"), ("(0.35)", "(0.99)"), ("降到 0.35", "降到 0.36")])
def test_a_value_is_no_number_of_a_formula(old: str, new: str) -> None:
    before = article(*PARTS.values()).replace(STOOD, f"{STOOD}，{old}")
    assert len(changes(before, before.replace(old, new))) == 1
    cited = before.replace(old, "见式 (2.3)、(2.4) 与 (2.5)")
    assert changes(cited, cited.replace("(2.3)、(2.4) 与 (2.5)", "(2.4)、(2.5) 与 (2.6)")) == []


def test_a_line_that_was_split_is_no_change() -> None:
    before = article(*PARTS.values())
    assert changes(before, before.replace(STOOD, f"{STOOD[:6]}\n\n{STOOD[6:]}")) == []


def test_a_line_that_is_gone_is_named_too() -> None:
    before = article(*PARTS.values())
    line = next(line for line in before.splitlines() if STOOD in line)
    (found,) = changes(before, before.replace(f"{line}\n", ""))
    assert (found.before, found.after) == (line.strip(), "")
    assert found.told("zh").endswith("没有了")


def test_what_stands_in_an_item_that_lacks_something_may_change() -> None:
    before = article(*PARTS.values())
    at = before.index("**缺陷1")
    line = before[before.index("\n", at) + 1 :].lstrip().partition("\n")[0]
    after = before.replace(line, f"另说：{line}", 1)
    assert changes(before, after, "**缺陷1") == []
    assert len(changes(before, after)) == 1


def test_a_line_that_becomes_an_item_where_items_were_missing_was_asked_for() -> None:
    before = article(*PARTS.values()).replace("**缺陷1：", "**第一处：", 1)
    after = before.replace("**第一处：", "**缺陷1：", 1)
    assert changes(before, after, "### 第4部分") == []
    assert len(changes(before, after)) == 1


def test_what_the_author_wrote_is_no_matter_of_the_sheet() -> None:
    before = article(*PARTS.values())
    assert changes(before, before.replace("status: completed", "status: pending")) == []
