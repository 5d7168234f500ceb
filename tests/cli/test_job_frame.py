"""A board as lines: whatever the terminal's size, they fit; what went wrong stays in sight."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

import pytest

from agent.cli.terminal.job_frame import Frame
from agent.errors import ModelRefused
from agent.expansion.board import Board
from agent.expansion.events import Asking, Began, Ended, Event, Item, Paused, Received, Throttled
from agent.model.limiter import Lanes
from agent.model.messages import Usage
from agent.text.wrapping import width

COLOR = re.compile(r"\x1b\[\d+m")
BUSY = ModelRefused(status=529, type="overloaded_error", reason="busy")
FOUR = Lanes(in_flight=3, permits=4, most=4)


def frame(
    *events: Event,
    paths: Sequence[str],
    columns: int = 80,
    language: Literal["zh", "en"] = "zh",
    color: bool = False,
    notice: str = "",
    lanes: Lanes = FOUR,
) -> Frame:
    board = Board.of(paths, (2, 1, 3, 4, 5))
    for event in events:
        board = board.after(event)
    return Frame(
        board=board,
        language=language,
        columns=columns,
        seconds=75,
        workers=4,
        lanes=lanes,
        notice=notice,
        color=color,
    )


def busy_job(count: int) -> tuple[list[str], list[Event]]:
    """Many articles with long names: some failed, some at work, the others wait."""
    paths = [f"文章/{number:03}第{number}篇关于注意力机制与（线性）变换的很长很长的文章.md" for number in range(count)]
    usage = Usage(input_tokens=10_000_000, output_tokens=1_234_567)
    events: list[Event] = []
    for path in paths[: count // 2]:
        price = Decimal("123.45")
        events += [
            Began(path=path),
            Received(path=path, step="plan", usage=usage, cost=price, from_ledger=False),
            Asking(path=path, step="repair4.2"),
        ]
    events += [Ended(item=Item(path=path, state="failed")) for path in paths[: count // 6]]
    return paths, [*events, Throttled(permits=2, most=4, reason=BUSY)]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("count", [2, 12, 333])
@pytest.mark.parametrize("size", [(20, 4), (40, 20), (60, 12), (80, 24), (100, 30), (200, 60)])
def test_no_line_is_wider_and_there_are_no_more_lines_than_the_terminal_has(
    size: tuple[int, int], count: int, language: Literal["zh", "en"]
) -> None:
    paths, events = busy_job(count)
    columns, rows = size
    drawn = frame(*events, paths=paths, columns=columns, language=language, color=True)
    lines = drawn.lines(rows)
    assert len(lines) <= rows
    if columns >= 40:
        assert max(width(COLOR.sub("", line)) for line in lines) < columns


def test_failures_stay_in_sight_among_many_and_the_rest_is_counted() -> None:
    paths, events = busy_job(60)
    text = "\n".join(frame(*events, paths=paths, columns=100).lines(30))
    assert all(f"\n{number:03}第" in text for number in range(20 - 9, 10))
    assert "10 篇失败" in text
    assert "20 篇在写" in text
    assert "30 篇等待" in text
    assert "……另有" in text


def test_all_articles_are_shown_where_they_fit() -> None:
    lines = frame(paths=["文章/甲.md", "文章/乙.md"]).lines(24)
    assert [line.split()[0] for line in lines[2:4]] == ["甲", "乙"]
    assert lines[0].endswith("01:15")


def test_what_passed_and_waits_to_be_taken_is_not_shown_as_what_is_to_be_mended() -> None:
    waits = Item(path="文章/甲.md", state="needs_review", reason="proposed")
    lines = frame(Ended(item=waits), paths=["文章/甲.md"]).lines(24)
    assert "1 篇通过、待采用" in lines[0]
    assert lines[2].split()[-1] == "待采用"
    assert lines[2].count("✓") == 6


def test_a_title_cannot_steer_the_terminal() -> None:
    paths = ["文章/坏\x1b[2J\x07\r题\n目.md"]
    text = "\n".join(frame(paths=paths).lines(24))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", text)
    assert "坏题 目" in text


def test_cells_are_coloured_only_where_colour_is_wanted() -> None:
    event = Asking(path="文章/甲.md", step="plan")
    assert "\x1b[36m" in "\n".join(frame(event, paths=["文章/甲.md"], color=True).lines(24))
    assert "\x1b" not in "\n".join(frame(event, paths=["文章/甲.md"]).lines(24))


def test_the_limiter_is_told_in_flight_slowed_and_paused() -> None:
    paths = ["文章/甲.md"]
    assert "在途 3，最多 4" in "\n".join(frame(paths=paths).lines(24))
    slowed = Lanes(in_flight=2, permits=2, most=4)
    busy = Throttled(permits=2, most=4, reason=BUSY)
    assert "暂时最多 2（平时 4）" in "\n".join(frame(busy, paths=paths, lanes=slowed).lines(24))
    pause = Paused(seconds_left=12, reason=BUSY)
    assert "暂停 12 秒" in "\n".join(frame(pause, paths=paths).lines(24))


def test_a_notice_takes_the_place_of_the_hint() -> None:
    text = "\n".join(frame(paths=["文章/甲.md"], notice="正在停下").lines(24))
    assert "正在停下" in text
    assert "Ctrl-C" not in text
