"""Cutting a summary to its budget."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from agent.context.summary import Block, Row, summarise
from agent.text.tokens import estimate_tokens

ROWS = st.lists(st.builds(Row, text=st.text(min_size=1, max_size=40), rank=st.integers(0, 7)), max_size=6)
BLOCKS = st.lists(st.builds(Block, label=st.sampled_from(["", "进度", "Next"]), rows=ROWS.map(tuple)), max_size=6)


@given(BLOCKS, st.integers(0, 200))
def test_a_summary_stays_within_its_budget(blocks: list[Block], budget: int) -> None:
    summary = summarise(blocks, budget_tokens=budget)
    assert summary.tokens == estimate_tokens(summary.text) <= budget


@given(BLOCKS, st.integers(0, 200))
def test_nothing_is_cut_while_something_less_important_stays(blocks: list[Block], budget: int) -> None:
    kept = [row for block in summarise(blocks, budget_tokens=budget).blocks for row in block.rows]
    every = [row for block in blocks for row in block.rows]
    cut = sorted(row.rank for row in every)[len(kept) :]
    assert max((row.rank for row in kept), default=0) <= min(cut, default=7)


def test_one_row_stands_beside_its_label_and_several_below() -> None:
    one = Block(label="最后", rows=(Row(text="甲", rank=0),))
    two = Block(label="接着", rows=(Row(text="乙", rank=1), Row(text="丙", rank=1)))
    empty = Block(label="空", rows=())
    assert summarise([one, two, empty], budget_tokens=99).text == "最后  甲\n接着\n  乙\n  丙"


def test_what_the_budget_leaves_out_is_counted_among_the_rest() -> None:
    rows = tuple(Row(text=f"{number}. 不一致", rank=number) for number in (1, 2, 3))
    block = Block(label="不一致", rows=rows, total=7, rest="另有 {count} 处")
    assert summarise([block], budget_tokens=1000).text.endswith("3. 不一致\n  另有 4 处")
    assert summarise([block], budget_tokens=20).text.endswith("另有 5 处")
    assert "另有" not in summarise([replace(block, total=3)], budget_tokens=1000).text
