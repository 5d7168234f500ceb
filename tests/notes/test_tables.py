"""Tables, and what their last row says their columns add up to."""

import pytest

from agent.notes.lines import all_lines
from agent.notes.tables import column_totals, tables

HEAD = "| 主题 | 文章数 | 占比 |\n|---|---|---|\n"


def totals(text: str) -> list[tuple[str, str, str, bool]]:
    found = [total for table in tables(all_lines(text)) for total in column_totals(table)]
    return [(one.column, one.declared, one.added, one.equal) for one in found]


def test_a_total_row_is_held_against_the_sum_of_its_column() -> None:
    assert totals(HEAD + "| 甲 | 3 | - |\n| 乙 | 4篇 | - |\n| **总计** | **8** | - |\n") == [
        ("文章数", "8篇", "7篇", False)
    ]
    assert totals("| a | n |\n|---|---|\n| x | 1,200 |\n| y | 300 |\n| Total | 1500 |\n")[0][3]


@pytest.mark.parametrize("cell", ["~4", "4+", "3-5", "约4", "", "-", "≥4", "4/5"])
def test_a_column_with_an_approximate_or_missing_number_says_nothing(cell: str) -> None:
    assert totals(f"| a | n |\n|---|---|\n| x | 1 |\n| y | {cell} |\n| 总计 | 9 |\n") == []


def test_shares_may_miss_their_sum_by_rounding() -> None:
    rows = "| x | 33.3% |\n| y | 33.3% |\n| z | 33.3% |\n"
    assert totals(f"| a | 份额 |\n|---|---|\n{rows}| 合计 | 100% |\n") == [("份额", "100%", "99.9%", True)]
    assert not totals(f"| a | 份额 |\n|---|---|\n{rows}| 合计 | 90% |\n")[0][3]


@pytest.mark.parametrize(
    "text",
    [
        "| a | n |\n|---|---|\n| x | 1 |\n| y | 2 |\n| z | 9 |\n",
        "| a | 平均 |\n|---|---|\n| x | 1 |\n| y | 2 |\n| 总计 | 9 |\n",
        "| a | n |\n|---|---|\n| 总计 | 9 |\n",
        "| a | n |\n| x | 1 |\n| y | 2 |\n| 总计 | 9 |\n",
        "| a | n |\n|---|---|\n| x | 1GB |\n| y | 2行 |\n| 总计 | 9 |\n",
    ],
    ids=["no total row", "an average", "nothing to add", "no table", "two units"],
)
def test_other_tables_sum_up_nothing(text: str) -> None:
    assert totals(text) == []


def test_two_tables_in_a_row_are_two() -> None:
    one = "| a | n |\n|---|---|\n| x | 1 |\n"
    assert [len(table.rows) for table in tables(all_lines(one + "\n" + one))] == [1, 1]
