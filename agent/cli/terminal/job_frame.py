"""A job's board as lines that fit a terminal: what went wrong first, what is at work, counts of the rest, the sums."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from agent.bookkeeping.estimates import dollars
from agent.expansion.board import PLAN, ROW_STATES, Board, Cell, Row
from agent.model.limiter import Lanes
from agent.text.terminal import printable
from agent.text.wrapping import width, wrapped
from agent.words import Language, say

_SIGNS: Final = {"waiting": ".", "asking": ">", "received": "o", "passed": "✓", "failed": "✗"}
_COLORS: Final = {"waiting": 2, "asking": 36, "received": 0, "repairing": 33, "passed": 32, "failed": 31}
_TROUBLED: Final = frozenset({"needs_review", "failed"})
_LABELLED: Final = frozenset({*_TROUBLED, "proposed", "skipped", "planned"})
_CELL_WIDTH: Final = 3
_TOKENS_WIDTH: Final = 10
_COST_WIDTH: Final = 8
_TOKENS_FROM: Final = 60
"""So many columns are room for a column of tokens."""
_SHORTEST_NAME: Final = 8
_LONGEST_NAME: Final = 60
_REPORTED: Final = 40
"""So many articles at most where there is no screen to fit into."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """How a board is drawn: in so many columns, after so many seconds of the run, with so many articles at once.

    How long `batched` requests take nobody knows.
    """

    board: Board
    language: Language
    columns: int
    seconds: float
    workers: int
    lanes: Lanes | None = None
    notice: str = ""
    color: bool = False
    batched: bool = False

    def lines(self, rows: int) -> list[str]:
        """Return at most `rows` lines; what there is no room for is counted."""
        foot = [*self.sums(), *self._folded(self.notice or self._say("hint"))]
        room = max(1, rows - 2 - len(foot))
        body = self._body(room)
        legend = self._folded(self._say("legend"))
        if len(legend) <= room - len(body):
            foot = [*legend, *foot]
        return [self.head(), *self.table(body), *foot][:rows]

    def report(self, *, is_running: bool) -> list[str]:
        """Return the lines for one who looks once."""
        body = self._body(_REPORTED)
        table = [*self.table(body), *self._folded(self._say("legend"))] if body else []
        return [self.states(), *table, *self.sums(is_running=is_running)]

    def head(self) -> str:
        """Return the line of how the articles stand, and how long the run takes already."""
        clock = f"{int(self.seconds) // 60:02}:{int(self.seconds) % 60:02}"
        return _filled(self.states(), self.columns - len(clock) - 2) + " " + clock

    def states(self) -> str:
        """Return how many articles are in which state."""
        counts = self.board.counts
        named = [say(self.language, f"expansion.ended-{one}", count=counts[one]) for one in ROW_STATES if counts[one]]
        return say(self.language, "expansion.ended-and").join(named)

    def table(self, body: Iterable[Row | str]) -> list[str]:
        """Return the heads of the columns, and a line for each row; a text stands as it is."""
        first = next(iter(self.board.rows.values()), None)
        heads = [self._say("plan") if n == PLAN else str(n) for n in (first.cells if first else ())]
        cells = "".join(_right(head, _CELL_WIDTH) for head in heads)
        numbers = self._numbers("token", self._say("cost"))
        room = self._room_for_names(width(cells + numbers))
        lines = [
            one if isinstance(one, str) else _filled(PurePosixPath(one.path).stem, room) + self._row(one)
            for one in body
        ]
        return [line.rstrip() for line in (_filled(self._say("article"), room) + cells + numbers, *lines)]

    def sums(self, *, is_running: bool = True) -> list[str]:
        """Return what was paid, what is to come, and what the requests are waiting for."""
        paid = self.board.paid
        usage = paid.usage
        read = usage.input_tokens + usage.cache_read_tokens + usage.cache_write_tokens
        tokens = {"input": f"{read:,}", "cached": f"{usage.cache_read_tokens:,}", "output": f"{usage.output_tokens:,}"}
        texts = [
            self.money(),
            self._say("tokens-untold" if paid.is_untold else "tokens", **tokens),
            *([self._requests()] if is_running else ()),
        ]
        return [line for text in texts for line in self._folded(text)]

    def money(self) -> str:
        """Return what was paid, and what is to come."""
        paid, earlier = self.board.paid, self.board.earlier
        facts = {"cost": dollars(paid.cost), "earlier": dollars(earlier.cost)}
        spent = "spent-earlier" if earlier.usage.output_tokens else "spent"
        said = [self._say("spent-untold" if paid.is_untold else spent, **facts)]
        rest = self.board.to_go(seconds=self.seconds, workers=self.workers)
        if rest and self.board.open and not self.notice:
            key = "to-go-batched" if self.batched else "to-go-untold" if rest.cost is None else "to-go"
            said.append(self._say(key, cost=dollars(rest.cost), minutes=_minutes(rest.seconds)))
        return say(self.language, "common.semicolon").join(said)

    def _requests(self) -> str:
        if self.board.pause:
            return self.board.pause.sentence(self.language)
        if self.lanes is None:
            return self._say("in-flight", count=self.board.asked)
        facts = {"count": self.lanes.in_flight, "permits": self.lanes.permits, "most": self.lanes.most}
        is_slowed = self.lanes.permits < self.lanes.most
        reason = self.board.slowed.reason.sentence(self.language) if self.board.slowed else ""
        return self._say("slowed" if is_slowed else "requests", **facts, reason=reason)

    def _body(self, room: int) -> Sequence[Row | str]:
        """Return all rows where they fit, else the troubles, then what is at work; what does not fit is counted."""
        rows = tuple(self.board.rows.values())
        if len(rows) <= room:
            return rows
        troubled = [row for row in rows if row.state in _TROUBLED]
        working = [row for row in rows if row.state == "working" or _is_broken_off(row)]
        kept = max(room // 2, room - len(working))
        body: list[Row | str] = [*_at_most(kept, troubled, self._more)]
        return [*body, *_at_most(room - len(body), working, self._more)]

    def _more(self, count: int) -> str:
        return say(self.language, "expansion.board-more", count=count)

    def _row(self, row: Row) -> str:
        is_skipped = row.state == "skipped"
        cells = "".join(" " * _CELL_WIDTH if is_skipped else self._cell(cell) for cell in row.cells.values())
        both = row.paid + row.earlier
        label = self._say(row.state) if row.state in _LABELLED else ""
        spent = dollars(both.cost) if both.usage.output_tokens else ""
        return cells + self._numbers(f"{both.usage.output_tokens:,}" if spent else "", label or spent)

    def _numbers(self, tokens: str, cost: str) -> str:
        wide = _right(tokens, _TOKENS_WIDTH) if self.columns >= _TOKENS_FROM else ""
        return wide + _right(cost, _COST_WIDTH)

    def _room_for_names(self, taken: int) -> int:
        longest = max((width(PurePosixPath(path).stem) for path in self.board.rows), default=0)
        return max(0, min(self.columns - 1 - taken, _LONGEST_NAME, max(longest, _SHORTEST_NAME)))

    def _cell(self, cell: Cell) -> str:
        sign = f"r{cell.repairs}" if cell.state == "repairing" else _SIGNS[cell.state]
        text = _right(sign, _CELL_WIDTH)
        paint = _COLORS[cell.state] if self.color else 0
        return f"\x1b[{paint}m{text}\x1b[0m" if paint else text

    def _folded(self, text: str) -> list[str]:
        return wrapped(printable(text), self.columns - 1).split("\n")

    def _say(self, key: str, **facts: object) -> str:
        return say(self.language, f"expansion.board-{key}", **facts)


def _is_broken_off(row: Row) -> bool:
    return row.state == "planned" and any(cell.state != "waiting" for cell in row.cells.values())


def _minutes(seconds: float) -> str:
    return f"{max(1, round(seconds / 60))}"


def _filled(text: str, columns: int) -> str:
    """Return a text of one line in exactly so many columns, cut with an ellipsis or filled with blanks."""
    flat = " ".join(printable(text).split())
    if width(flat) > columns:
        while flat and width(flat) > columns - 1:
            flat = flat[:-1]
        flat += "…"
    return flat + " " * (columns - width(flat))


def _right(text: str, columns: int) -> str:
    return " " * (columns - width(text)) + text


def _at_most(room: int, rows: Sequence[Row], more: Callable[[int], str]) -> Sequence[Row | str]:
    """Return the latest rows that fit, and how many there are besides."""
    if len(rows) <= room:
        return rows
    shown = max(0, room - 1)
    return [*rows[len(rows) - shown :], more(len(rows) - shown)] if room > 0 else ()
