"""A pause before another attempt is told once, in whole seconds."""

import pytest

from agent.cli.desk import Countdown
from agent.errors import ModelRefused
from agent.model.limiter import Pause

BUSY = ModelRefused(status=529, type="overloaded_error", reason="busy")


def told(capsys: pytest.CaptureFixture[str], *ticks: float) -> list[str]:
    countdown = Countdown("en")
    for seconds in ticks:
        countdown(Pause(seconds_left=seconds, reason=BUSY))
    return capsys.readouterr().err.splitlines()


def test_a_pause_is_told_once_and_the_next_one_again(capsys: pytest.CaptureFixture[str]) -> None:
    first, second = told(capsys, 8.0, 7.0, 6.0, 0.0, 2.0, 1.0)
    assert first.endswith("Trying again in 8 s …")
    assert second.endswith("Trying again in 2 s …")


def test_a_pause_of_less_than_a_second_is_not_told_as_none(capsys: pytest.CaptureFixture[str]) -> None:
    (only,) = told(capsys, 0.2)
    assert only.endswith("Trying again in 1 s …")
