"""Which failures are asked again, and how long the pauses are; sleeping is recorded, not done."""

from collections.abc import Iterator

import httpx
import pytest
import respx
import wire
from hypothesis import given
from hypothesis import strategies as st

from agent.errors import ModelIncomplete, ModelRefused, ModelUnreachable
from agent.model.limiter import Pause
from agent.model.retry import RetryPolicy, ask_again, retry_after

THREE = RetryPolicy(attempts=3)


@pytest.fixture
def router() -> Iterator[respx.Router]:
    with respx.mock(assert_all_called=False) as router:
        yield router


@pytest.mark.parametrize("status", [408, 409, 500, 502, 503, 529])
def test_a_failure_that_may_pass_is_asked_again(router: respx.Router, status: int) -> None:
    route = router.post(wire.URL).mock(side_effect=[wire.error(status, "api_error"), wire.answered("好")])
    assert wire.model(router, THREE, sleep=lambda _: None).ask(wire.request()).text == "好"
    assert route.call_count == 2


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 413])
def test_a_refusal_is_not_asked_again(router: respx.Router, status: int) -> None:
    route = router.post(wire.URL).mock(return_value=wire.error(status, "invalid_request_error"))
    with pytest.raises(ModelRefused):
        wire.model(router, THREE, sleep=lambda _: None).ask(wire.request())
    assert route.call_count == 1


def test_attempts_have_an_end_and_the_last_error_is_raised(router: respx.Router) -> None:
    route = router.post(wire.URL).mock(return_value=wire.error(529, "overloaded_error"))
    with pytest.raises(ModelRefused, match="529 overloaded_error"):
        wire.model(router, THREE, sleep=lambda _: None).ask(wire.request())
    assert route.call_count == 3


def test_connections_that_fail_or_break_are_asked_again(router: respx.Router) -> None:
    cut = wire.streamed(wire.text_delta("半句"))
    route = router.post(wire.URL).mock(side_effect=[httpx.ConnectError("refused"), cut, wire.answered("整句")])
    pieces: list[str] = []
    reply = wire.model(router, THREE, sleep=lambda _: None).ask(wire.request(), pieces.append)
    assert reply.text == "整句"
    assert pieces == ["半句", "", "整句"]  # "": a block of the answer begins
    assert route.call_count == 3


def test_an_overload_inside_a_stream_is_asked_again(router: respx.Router) -> None:
    overloaded = wire.streamed(wire.event("error", error={"type": "overloaded_error", "message": "later"}))
    limited = wire.streamed(wire.event("error", error={"type": "rate_limit_error", "message": "later"}))
    route = router.post(wire.URL).mock(side_effect=[overloaded, limited, wire.answered("好")])
    assert wire.model(router, THREE, sleep=lambda _: None).ask(wire.request()).text == "好"
    assert route.call_count == 3


def test_retry_after_is_waited_for_with_a_countdown(router: respx.Router) -> None:
    router.post(wire.URL).mock(side_effect=[wire.error(429, "rate_limit_error", retry_after="2.5"), wire.answered()])
    slept: list[float] = []
    pauses: list[Pause] = []
    policy = RetryPolicy(attempts=3, first_seconds=0)
    wire.model(router, policy, sleep=slept.append, notify=pauses.append).ask(wire.request())
    assert slept == [1.0, 1.0, 0.5]
    assert [pause.seconds_left for pause in pauses] == [2.5, 1.5, 0.5, 0.0]
    assert isinstance(pauses[0].reason, ModelRefused)


@pytest.mark.parametrize("asked", ["0", "garbage", "-5", "nan", ""])
def test_a_rate_limit_with_an_unusable_retry_after_backs_off(router: respx.Router, asked: str) -> None:
    limited = wire.error(429, "rate_limit_error", retry_after=asked)
    route = router.post(wire.URL).mock(side_effect=[limited, wire.answered("好")])
    assert wire.model(router, THREE, sleep=lambda _: None).ask(wire.request()).text == "好"
    assert route.call_count == 2


def test_a_retry_after_beyond_the_cap_is_an_error_that_names_it(router: respx.Router) -> None:
    route = router.post(wire.URL).mock(return_value=wire.error(429, "rate_limit_error", retry_after="3600"))
    slept: list[float] = []
    with pytest.raises(ModelRefused, match=r"because \(retry-after: 3600 s\)"):
        wire.model(router, THREE, sleep=slept.append).ask(wire.request())
    assert (route.call_count, slept) == (1, [])


def test_a_spend_limit_is_never_asked_again(router: respx.Router) -> None:
    bare = wire.error(429, "rate_limit_error")
    named = {"type": "rate_limit_error", "message": "m", "details": {"error_code": "enforced_spend_limit_reached"}}
    for answer in (bare, wire.refusal(429, named, retry_after="1", x_should_retry="true")):
        route = router.post(wire.URL).mock(return_value=answer)
        route.reset()
        with pytest.raises(ModelRefused):
            wire.model(router, THREE, sleep=lambda _: None).ask(wire.request())
        assert route.call_count == 1


@pytest.mark.parametrize(("status", "should", "calls"), [(529, "false", 1), (400, "true", 3), (429, "true", 3)])
def test_x_should_retry_is_obeyed(router: respx.Router, status: int, should: str, calls: int) -> None:
    route = router.post(wire.URL).mock(return_value=wire.error(status, "api_error", x_should_retry=should))
    with pytest.raises(ModelRefused):
        wire.model(router, THREE, sleep=lambda _: None).ask(wire.request())
    assert route.call_count == calls


def test_pauses_grow_to_the_cap_with_full_jitter() -> None:
    highest: list[float] = []

    def uniform(low: float, high: float) -> float:
        assert low == 0
        highest.append(high)
        return 0.0

    def fail() -> None:
        raise ModelUnreachable(where="here", reason="no")

    with pytest.raises(ModelUnreachable):
        ask_again(fail, policy=RetryPolicy(attempts=6, cap_seconds=5), sleep=lambda _: None, uniform=uniform)
    assert highest[:5] == [1, 2, 4, 5, 5]


def test_an_interruption_during_a_pause_ends_the_attempts() -> None:
    calls = 0

    def fail() -> None:
        nonlocal calls
        calls += 1
        raise ModelIncomplete(model="m", reason="cut")

    def interrupted(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ask_again(fail, policy=THREE, sleep=interrupted)
    assert calls == 1


def test_a_bug_in_the_attempt_is_not_retried() -> None:
    with pytest.raises(ZeroDivisionError):
        ask_again(lambda: 1 // 0, policy=THREE, sleep=lambda _: pytest.fail("slept"))


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "30"}, 30.0),
        ({"retry-after": "30", "retry-after-ms": "1500"}, 1.5),
        ({"retry-after": "Sun, 22 Nov 2026 10:01:00 GMT", "date": "Sun, 22 Nov 2026 10:00:00 GMT"}, 60.0),
        ({"retry-after": "Sun, 22 Nov 2026 09:00:00 GMT", "date": "Sun, 22 Nov 2026 10:00:00 GMT"}, 0.0),
        ({"retry-after": "Sun, 22 Nov 2026 10:01:00 GMT"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "soon"}, None),
    ],
)
def test_retry_after_is_read_as_number_or_date(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers) == seconds


@given(st.text(max_size=40), st.text(max_size=40))
def test_retry_after_survives_any_header(asked: str, date: str) -> None:
    seconds = retry_after({"retry-after": asked, "date": date})
    assert seconds is None or seconds >= 0
