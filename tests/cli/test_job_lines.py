"""What is said in lines while a job runs."""

from decimal import Decimal

import pytest

from agent.cli.expanding.teller import PATIENCE, Teller
from agent.errors import ModelRefused
from agent.expansion.events import Asking, Began, Ended, Event, Item, Received, Throttled
from agent.model.messages import Usage

PATH = "文章/很长的名字/熵.md"


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
    teller.count = 11
    assert lines(capsys, teller, Began(path=PATH)) == ["[1/11] 熵：开始"]
    time.now = 240
    item = Item(path=PATH, state="written", review=".wenqu/reviews/熵.md", cost=Decimal("0.1"))
    (end,) = lines(capsys, teller, Ended(item=item))
    assert end.startswith("[1/11，4 分钟] 通过  文章/很长的名字/熵.md")


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
