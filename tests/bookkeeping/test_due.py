"""Memory is a fold of grades: the same grades give the same days, a failure comes back soon, success goes far."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.bookkeeping.cards import Card, FirstGrade
from agent.bookkeeping.due import RECALL, Recalled, due, recall_records, recalled_in, schedule
from agent.bookkeeping.known import Known
from agent.errors import Unreadable
from agent.settings import Settings
from agent.workspace.journal import Journal
from agent.workspace.store import PRIVATE_FOLDER, Store

NOW = datetime(2025, 11, 20, 21, tzinfo=UTC)
DOCUMENT = "# 甲\n**日期**: 2025-11-01\n## 复习卡\n- Q: 一？ A: 1\n- Q: 二？ A: 2\n"


def card(*grades: int, dated: str = "2025-11-01", key: str = "k") -> Card:
    first = tuple(FirstGrade(time=dated, grade=grade) for grade in grades)
    return Card(key=key, question="？", answer="a", topic="t", path="p.md", line=1, dated=dated, grades=first)


def later(days: int, grade: int) -> Recalled:
    return Recalled(key="k", time=NOW + timedelta(days=days), grade=grade)


@pytest.mark.parametrize(("grade", "day"), [(1, "2025-11-02"), (2, "2025-11-02"), (3, "2025-11-03")])
def test_how_an_answer_was_reached_sets_the_first_day(grade: int, day: str) -> None:
    assert schedule([card(grade)], [], NOW)[0].due == day


def test_a_card_that_nobody_graded_is_due_since_its_discussion_or_today() -> None:
    assert [one.due for one in schedule([card(), card(dated="")], [], NOW)] == ["2025-11-01", "2025-11-20"]


def test_a_date_that_is_yet_to_come_counts_as_today() -> None:
    invented = [card(dated="2099-01-01"), card(1, dated="2099-01-01")]
    assert [one.due for one in schedule(invented, [], NOW)] == ["2025-11-20", "2025-11-21"]


def test_success_goes_further_each_time_and_failure_comes_back_the_next_day() -> None:
    one = card(3)
    days = [0, 8, 40]
    dues = [schedule([one], [later(day, 3) for day in days[:count]], NOW)[0].due for count in (1, 2, 3)]
    gaps = [
        (date.fromisoformat(due) - (NOW + timedelta(days=day)).date()).days for due, day in zip(dues, days, strict=True)
    ]
    assert gaps == sorted(set(gaps))
    failed = schedule([one], [later(0, 3), later(8, 1)], NOW)[0]
    assert failed.due <= (NOW + timedelta(days=10)).date().isoformat()
    assert (failed.reviews, failed.passed) == (2, 0)


def test_a_day_is_the_learners_own_whatever_the_hour() -> None:
    evening = Recalled(key="k", time=datetime.fromisoformat("2025-11-20T23:30:00-05:00"), grade=1)
    assert schedule([card()], [evening], NOW)[0].due == "2025-11-21"


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(1, 4)), max_size=12), st.randoms())
def test_the_order_of_reading_does_not_matter(grades: list[tuple[int, int]], random: object) -> None:
    found = [later(day, grade) for day, grade in dict(grades).items()]
    shuffled = sorted(found, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert schedule([card(2)], found, NOW)[0].due == schedule([card(2)], shuffled, NOW)[0].due
    assert schedule([card(2)], found, NOW)[0].due > "2025-11-01"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    (tmp_path / "深度讨论").mkdir()
    (tmp_path / "深度讨论" / "甲深度讨论.md").write_text(DOCUMENT, encoding="utf-8")
    return Store(tmp_path)


def journal_of(store: Store) -> Journal:
    return Journal(store, RECALL, clock=lambda: NOW, folder=PRIVATE_FOLDER)


def test_what_was_graded_is_no_longer_due_and_the_next_day_is_known(store: Store) -> None:
    known = Known(store, Settings(), kept=False)
    first, second = due(known, NOW).now
    assert (first.card.question, first.due) == ("一？", "2025-11-01")
    journal_of(store).append({"kind": "grade", "card": first.card.key, "answer": 1, "grade": 3, "by": "learner"})
    found = due(known, NOW)
    assert found.now == (second,)
    assert found.coming == "2025-11-22"
    assert (store.root / ".wenqu/recall/journal.jsonl").is_file()


def test_a_torn_end_is_forgiven_and_a_broken_line_is_not(store: Store) -> None:
    journal_of(store).append({"kind": "grade", "card": "x", "grade": 3})
    file = store.root / ".wenqu/recall/journal.jsonl"
    whole = file.read_bytes()
    file.write_bytes(whole + b'{"seq": 2, "ti')
    assert len(recall_records(store)) == 1
    file.write_bytes(b"?\n" + whole)
    with pytest.raises(Unreadable):
        recall_records(store)


def test_grades_that_are_none_are_passed_over(store: Store) -> None:
    for grade in (0, 5, "3", None, 2):
        journal_of(store).append({"kind": "grade", "card": "x", "grade": grade})
    assert [one.grade for one in recalled_in(recall_records(store))] == [2]
