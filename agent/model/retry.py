"""The one retry policy: which failures are asked again, after how long a pause, and when to give up."""

import math
import random
import time
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final, TypeVar

from agent.errors import ModelError, ModelIncomplete, ModelRefused, ModelTimeout, ModelUnreachable
from agent.model.limiter import Limiter, Pause

if TYPE_CHECKING:
    import tenacity

_Answer = TypeVar("_Answer")

_TRANSIENT_STATUSES: Final = frozenset({408, 409, 429})
_SPEND_LIMITS: Final = frozenset({"contract_spend_limit_reached", "enforced_spend_limit_reached"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """How often a request is sent and how long the pauses grow; `attempts` counts the first one too.

    The pause after attempt n is drawn evenly from 0 to `first_seconds` · 2ⁿ⁻¹, at most `cap_seconds` (full jitter);
    it is never shorter than the service's `retry-after`. A `retry-after` over `longest_seconds` ends the attempts.
    """

    attempts: int = 5
    first_seconds: float = 1.0
    cap_seconds: float = 60.0
    longest_seconds: float = 120.0


UNATTENDED: Final = RetryPolicy(attempts=8, longest_seconds=3600.0)
"""Where nobody waits for the answer: an overload may last for minutes, a rate limit for an hour."""


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds the service asks to wait, None where it asks for nothing that can be understood.

    Read from `retry-after-ms`, else `retry-after` as a number or a date; a date counts from the response's own `date`,
    so a wrong clock on either side does no harm.
    """
    milliseconds = _number(headers.get("retry-after-ms", ""))
    if milliseconds is not None:
        return milliseconds / 1000
    asked = headers.get("retry-after", "")
    seconds = _number(asked)
    if seconds is not None:
        return seconds
    try:
        until, now = (parsedate_to_datetime(text).timestamp() for text in (asked, headers.get("date", "")))
    except (ValueError, OverflowError):
        return None
    return max(0.0, until - now)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and number >= 0 else None


def is_transient(status: int, code: str, headers: Mapping[str, str] | None) -> bool:
    """Tell whether asking again may help: 408, 409, 429 and 500 or more, unless `x-should-retry` says otherwise.

    A spend limit never recovers: a 429 with its code, or one whose headers hold no `retry-after` at all. `headers` is
    None for an error inside a stream, where they were sent before it happened and say nothing about it.
    """
    if code in _SPEND_LIMITS:
        return False
    if headers is None:
        return status in _TRANSIENT_STATUSES or status >= 500
    if headers.get("x-should-retry") in ("true", "false"):
        return headers["x-should-retry"] == "true"
    if status == 429 and not ("retry-after" in headers or "retry-after-ms" in headers):
        return False
    return status in _TRANSIENT_STATUSES or status >= 500


def ask_again(
    attempt: Callable[[], _Answer],
    *,
    policy: RetryPolicy,
    notify: Callable[[Pause], None] | None = None,
    sleep: Callable[[float], None] = time.sleep,
    uniform: Callable[[float, float], float] = random.uniform,
    limiter: Limiter | None = None,
) -> _Answer:
    """Return what `attempt` returns, calling it again after transient failures; raise its last ModelError.

    `notify` is called at least once a second during a pause and once, with 0 seconds left, at its end. With a `limiter`
    each attempt takes a permit, and the pauses are the limiter's, which tells of them itself.
    Raises JobInterrupted once it is closed.
    """
    import tenacity  # noqa: PLC0415 - heavy: it imports asyncio

    def pause(state: "tenacity.RetryCallState") -> None:
        reason = state.outcome.exception() if state.outcome else None
        if not (isinstance(reason, ModelError) and state.next_action):
            return
        seconds = state.next_action.sleep
        if limiter is None:
            _count_down(seconds, reason, notify=notify, sleep=sleep)
        else:
            limiter.wait_after(reason, seconds)

    def permitted() -> _Answer:
        with limiter.permit() if limiter else nullcontext():
            return attempt()

    return tenacity.Retrying(
        retry=tenacity.retry_if_exception(lambda error: _may_help(error, policy)),
        wait=lambda state: _pause_seconds(state, policy, uniform),
        stop=tenacity.stop_after_attempt(policy.attempts),
        before_sleep=pause,
        sleep=lambda _: None,  # the pause itself is in before_sleep, which alone is told the reason
        reraise=True,
    )(permitted)


def _may_help(error: BaseException, policy: RetryPolicy) -> bool:
    if isinstance(error, ModelRefused):
        asked = error.facts.get("retry_after_seconds")
        too_long = isinstance(asked, float) and asked > policy.longest_seconds
        return error.facts.get("transient") is True and not too_long
    return isinstance(error, ModelUnreachable | ModelTimeout | ModelIncomplete)


def _pause_seconds(
    state: "tenacity.RetryCallState", policy: RetryPolicy, uniform: Callable[[float, float], float]
) -> float:
    backoff = uniform(0, min(policy.cap_seconds, policy.first_seconds * 2 ** (state.attempt_number - 1)))
    error = state.outcome.exception() if state.outcome else None
    asked = error.facts.get("retry_after_seconds") if isinstance(error, ModelError) else None
    return max(asked, backoff) if isinstance(asked, float) else backoff


def _count_down(
    seconds: float, reason: ModelError, *, notify: Callable[[Pause], None] | None, sleep: Callable[[float], None]
) -> None:
    left = seconds
    while left > 0:
        if notify:
            notify(Pause(seconds_left=left, reason=reason))
        sleep(min(1.0, left))
        left -= 1.0
    if notify:
        notify(Pause(seconds_left=0.0, reason=reason))
