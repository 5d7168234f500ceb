"""What is said in lines while a job runs."""

from decimal import Decimal

import pytest

from agent.bookkeeping.estimates import Estimate
from agent.cli.expanding.teller import PATIENCE, Teller
from agent.errors import ModelRefused
from agent.expansion.board import Board
from agent.expansion.events import Asking, Began, Ended, Estimated, Event, Item, Received, Throttled
from agent.model.messages import Usage

PATH, OTHER = "文章/很长的名字/熵.md", "文章/散度.md"


class Time:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def lines(capsys: pytest.CaptureFixture[str], teller: Teller, *events: Event) -> list[str]:
    for event in events:
        teller(event)
    return capsys.readouterr().err.splitlines()


def test_of_several_articles_each_begins_and_ends_with_how_far_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    time = Time()
    teller = Teller("zh", time)
    teller.board = Board.of([PATH, *(f"文章/{number}.md" for number in range(10))], (2, 1, 3, 4, 5))
    assert lines(capsys, teller, Began(path=PATH)) == ["[1/11] 熵：开始"]
    time.now = 240
    item = Item(path=PATH, state="written", review=".wenqu/reviews/熵.md", cost=Decimal("0.1"))
    (end,) = lines(capsys, teller, Ended(item=item))
    assert end.startswith("[1/11，4 分钟] 通过  文章/很长的名字/熵.md")


def test_the_end_of_each_says_what_was_paid_and_is_to_come(capsys: pytest.CaptureFixture[str]) -> None:
    time = Time()
    teller = Teller("zh", time)
    teller.board = Board.of([PATH, OTHER], (2, 1, 3, 4, 5))
    each = Estimate(
        items=1, calls=6, input_tokens=1, output_tokens=6000, cost=Decimal("0.4"), cost_without_cache=Decimal("0.5")
    )
    usage = Usage(output_tokens=6000)
    for path in (PATH, OTHER):
        teller(Estimated(path=path, estimate=each))
    time.now = 120
    paid = Received(path=PATH, step="plan", usage=usage, cost=Decimal("0.4"), from_ledger=False)
    said = lines(capsys, teller, paid, Ended(item=Item(path=PATH, state="written", usage=usage, cost=Decimal("0.4"))))
    assert said[-1].startswith("[1/2，2 分钟；已花 $0.40；还要约 $0.40、2 分钟] 通过")
    (last,) = lines(capsys, teller, Ended(item=Item(path=OTHER, state="written")))
    assert last.startswith("[2/2，2 分钟；已花 $0.40] 通过")


def test_one_article_is_told_without_a_count(capsys: pytest.CaptureFixture[str]) -> None:
    said = lines(capsys, Teller("zh"), Began(path=PATH), Ended(item=Item(path=PATH, state="written")))
    assert said == []


def test_after_a_long_silence_it_says_what_is_waited_for(capsys: pytest.CaptureFixture[str]) -> None:
    time = Time()
    teller = Teller("en", time)
    teller(Asking(path=PATH, step="plan"))
    teller.beat()
    assert capsys.readouterr().err.splitlines() == ["熵: writing the plan …"]
    time.now = PATIENCE
    teller.beat()
    teller.beat()
    (said,) = capsys.readouterr().err.splitlines()
    assert said.startswith("熵: still waiting for the plan, 60 s so far")
    teller(Asking(path=PATH, step="part2"))
    time.now = 3 * PATIENCE
    teller.beat()
    assert "still waiting for 2 replies, longest for the plan of 熵, 180 s" in capsys.readouterr().err
    for step in ("plan", "part2"):
        teller(Received(path=PATH, step=step, usage=Usage(), cost=None, from_ledger=False))
    capsys.readouterr()
    time.now = 9 * PATIENCE
    teller.beat()
    assert capsys.readouterr().err == ""


def test_the_same_slowing_down_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    busy = Throttled(permits=1, most=4, reason=ModelRefused(status=529, type="overloaded_error", reason="busy"))
    assert len(lines(capsys, Teller("zh"), busy, busy, busy)) == 1
