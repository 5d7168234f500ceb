"""The session-start summary: some 25 lines, most important first, cut from the least important upwards."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from agent.text.tokens import estimate_tokens

_INDENT: Final = "  "


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the summary; `rank` 0 stays longest."""

    text: str
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A labelled group of rows; the title has no label.

    Of `total` things the rows show the first; `rest` is the sentence that counts the others, with {count} in it.
    """

    label: str
    rows: tuple[Row, ...]
    total: int = 0
    rest: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """The rows, and below them how many there would be more."""
        more = self.total - len(self.rows)
        return (*(row.text for row in self.rows), *([self.rest.format(count=more)] if more > 0 else []))

    @property
    def lines(self) -> tuple[str, ...]:
        """The block as lines: one row stands beside its label, several stand below it."""
        if not self.label:
            return self.texts
        if len(self.texts) == 1:
            return (f"{self.label}{_INDENT}{self.texts[0]}",)
        return (self.label, *(f"{_INDENT}{text}" for text in self.texts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The summary as a person reads it, the blocks it was made of, and its estimated tokens."""

    text: str
    blocks: tuple[Block, ...]
    tokens: int


def summarise(blocks: Sequence[Block], *, budget_tokens: int) -> Summary:
    """Return the summary within the budget: the row of the highest rank goes first, of equals the last one."""
    kept = [block for block in blocks if block.rows]
    text = _text(kept)
    while kept and estimate_tokens(text) > budget_tokens:
        _, at = max((row.rank, (i, j)) for i, block in enumerate(kept) for j, row in enumerate(block.rows))
        rows = kept[at[0]].rows
        kept[at[0]] = replace(kept[at[0]], rows=rows[: at[1]] + rows[at[1] + 1 :])
        kept = [block for block in kept if block.rows]
        text = _text(kept)
    return Summary(text=text, blocks=tuple(kept), tokens=estimate_tokens(text))


def _text(blocks: Sequence[Block]) -> str:
    return "\n".join(line for block in blocks for line in block.lines)
