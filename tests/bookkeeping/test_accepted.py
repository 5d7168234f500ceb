"""Accepted discrepancies stay quiet until one of their values changes."""

from pathlib import Path

import pytest

from agent.bookkeeping.accepted import PLACE, accept, read_accepted, silenced
from agent.bookkeeping.discrepancy import Claim, Discrepancy, Fact
from agent.errors import SettingsInvalid
from agent.workspace.store import Store


def one(claimed: str = "85", shown: str = "195") -> Discrepancy:
    claim = Claim(path="计划.md", line=3, text=f"已完成：{claimed}篇", value=claimed)
    fact = Fact(source="status:", value=shown)
    return Discrepancy(claim=claim, fact=fact, key="articles-done")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def test_nothing_was_accepted_where_there_is_no_file(store: Store) -> None:
    assert read_accepted(store) == ()


def test_an_accepted_discrepancy_is_silent_until_a_value_changes(store: Store) -> None:
    accept(store, one(), reason="旧报告，不再更新", today="2025-11-22")
    kept = read_accepted(store)
    assert (kept[0].where, kept[0].reason, kept[0].date) == ("计划.md:3", "旧报告，不再更新", "2025-11-22")
    assert set(silenced([one()], kept)) == {one().id}
    assert silenced([one(shown="196")], kept) == {}
    assert silenced([one(claimed="86")], kept) == {}


def test_accepting_again_takes_the_place_of_the_first(store: Store) -> None:
    accept(store, one(), reason="甲", today="2025-11-22")
    accept(store, one(shown="196"), reason="乙", today="2025-11-23")
    (kept,) = read_accepted(store)
    assert (kept.shown, kept.reason) == ("196", "乙")


@pytest.mark.parametrize("text", ["{", "[1]", '[{"id": "x"}]', "7"])
def test_a_damaged_file_is_said_to_be_so(store: Store, text: str) -> None:
    store.write(PLACE, text, expected_sha256=None)
    with pytest.raises(SettingsInvalid):
        read_accepted(store)


@pytest.mark.parametrize("damage", ["[", "5", "[5]", '[{"id": "a"}]', "[" * 10_000])
def test_a_file_that_is_not_ours_is_a_fault_of_the_settings(store: Store, damage: str) -> None:
    store.write(PLACE, damage, expected_sha256=None)
    with pytest.raises(SettingsInvalid):
        read_accepted(store)


def test_a_value_of_another_type_is_a_fault_of_the_settings(store: Store) -> None:
    accept(store, one(), reason="甲", today="2025-11-22")
    text = store.read(PLACE).text.replace('"甲"', '["甲"]')
    store.write(PLACE, text, expected_sha256=store.read(PLACE).sha256)
    with pytest.raises(SettingsInvalid):
        read_accepted(store)
