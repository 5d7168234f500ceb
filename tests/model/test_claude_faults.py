"""The API as a model against the fake server: real sockets on 127.0.0.1, cut, reset, stalled and overloaded."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
import wire

from agent.errors import ModelError, ModelIncomplete, ModelRefused, ModelTimeout, ModelUnreachable
from agent.model.claude import ClaudeModel, make_client
from agent.model.fake import FakeServer, Scripted
from agent.model.limiter import Pause
from agent.model.messages import Block, Message, Usage
from agent.model.retry import RetryPolicy
from agent.settings import ModelSettings

pytestmark = pytest.mark.loopback

Ask = Callable[..., ClaudeModel]
SHORT = Scripted(text="好。", thinking="想")


@contextmanager
def served(answer: Callable[[Mapping[str, Any]], Scripted]) -> Iterator[tuple[FakeServer, Ask]]:
    """Yield a server and what makes models of it that share one client."""
    with pytest.MonkeyPatch.context() as patch, FakeServer(answer) as server:
        patch.setenv("ANTHROPIC_API_KEY", server.key)
        with make_client(ModelSettings(base_url=server.base_url)) as client:
            yield (
                server,
                lambda **options: ClaudeModel(
                    "claude-sonnet-5-5",
                    client=lambda: client,
                    **({"policy": wire.ONCE, "sleep": lambda _: None} | options),
                ),
            )


def in_order(*answers: Scripted) -> Callable[[Mapping[str, Any]], Scripted]:
    left = iter(answers)
    return lambda _: next(left)


def test_a_whole_answer_comes_through_the_socket() -> None:
    with served(in_order(Scripted(text="除以根号 d。" * 30, thinking="想一想"))) as (server, ask):
        reply = ask().ask(wire.request())
        assert reply.text == "除以根号 d。" * 30
        assert reply.usage.thinking_tokens == 3
        assert len(server.requests) == 1


@pytest.mark.parametrize(("cut", "step"), [("clean", 1), ("torn", 7)])
def test_a_stream_cut_after_any_byte_is_never_taken_for_whole(cut: Any, step: int) -> None:
    position = 0

    def answer(_: Mapping[str, Any]) -> Scripted:
        return Scripted(text=SHORT.text, thinking=SHORT.thinking, cut_after_bytes=position, cut=cut)

    with served(answer) as (server, ask):
        model = ask()
        for position in range(1, 3000, step):  # noqa: B007 - read by `answer`
            try:
                reply = model.ask(wire.request())
            except ModelIncomplete:
                continue
            break
        assert reply.text == SHORT.text
        assert position > 1000
        assert len(server.requests) == 1 + (position - 1) // step


@pytest.mark.parametrize("position", range(0, 900, 90))
def test_a_connection_reset_inside_a_stream_is_incomplete_or_unreachable(position: int) -> None:
    reset = Scripted(text=SHORT.text, cut_after_bytes=position, cut="reset")
    # A reset may overtake the bytes before it, even the status line.
    with served(in_order(reset)) as (_, ask), pytest.raises((ModelIncomplete, ModelUnreachable)) as caught:
        ask().ask(wire.request())
    assert "message_stop" not in str(caught.value)


def test_a_cut_stream_is_asked_again_and_only_the_whole_one_returned() -> None:
    cut = Scripted(text="一" * 200, cut_after_bytes=700, cut="torn")
    with served(in_order(cut, Scripted(text="一" * 200))) as (server, ask):
        pauses: list[Pause] = []
        reply = ask(policy=RetryPolicy(attempts=2), notify=pauses.append).ask(wire.request())
        assert reply.text == "一" * 200
        assert pauses[0].reason.facts["reason"] == "RemoteProtocolError"
        assert len(server.requests) == 2


def test_a_server_that_falls_silent_is_a_timeout() -> None:
    with served(in_order(Scripted(text="好", stall_seconds=30))) as (_, ask), pytest.raises(ModelTimeout):
        ask(timeout_seconds=0.05).ask(wire.request())


def test_nothing_listening_is_unreachable() -> None:
    with served(in_order()) as (server, ask):
        server.__exit__()
        with pytest.raises(ModelUnreachable, match=server.base_url.removeprefix("http://")):
            ask().ask(wire.request())


@pytest.mark.parametrize(
    ("scripted", "calls"),
    [
        (Scripted(status=529), 2),
        (Scripted(status=429, error="rate_limit_error", retry_after="0"), 2),
        (Scripted(status=429, error="rate_limit_error", retry_after="30"), 2),
        (Scripted(status=429, error="rate_limit_error", retry_after="garbage"), 2),
        (Scripted(status=429, error="rate_limit_error", retry_after="3600"), 1),
        (Scripted(status=429, error="rate_limit_error"), 1),
        (Scripted(status=500, error="api_error", should_retry="false"), 1),
        (Scripted(text="好", error_event_after=0), 2),
        (Scripted(text="好", error="invalid_request_error", error_event_after=0), 1),
    ],
)
def test_failures_are_sent_again_exactly_when_that_may_help(scripted: Scripted, calls: int) -> None:
    with served(lambda _: scripted) as (server, ask):
        with pytest.raises(ModelRefused):
            ask(policy=RetryPolicy(attempts=2)).ask(wire.request())
        assert len(server.requests) == calls


def test_a_storm_of_overload_passes() -> None:
    storm = [Scripted(status=529)] * 7
    with served(in_order(*storm, Scripted(text="晴"))) as (server, ask):
        assert ask(policy=RetryPolicy(attempts=8)).ask(wire.request()).text == "晴"
        assert len(server.requests) == 8


def test_a_repeated_prefix_is_written_once_and_then_read() -> None:
    prefix = Block("同一篇文章。" * 400, cached=True)
    with served(lambda _: Scripted(text="好")) as (_, ask):
        first, second = (
            ask().ask(wire.request(system=(prefix,), messages=(Message("user", (Block(text),)),))).usage
            for text in ("第一问", "第二问")
        )
    assert (first.cache_write_tokens, first.cache_read_tokens) == (1800, 0)
    assert second == Usage(input_tokens=3, output_tokens=1, cache_read_tokens=1800)


def test_an_answer_longer_than_allowed_stops_at_max_tokens() -> None:
    with served(in_order(Scripted(text="长" * 100, thinking="想" * 4))) as (_, ask):
        reply = ask().ask(wire.request(max_tokens=9))
    assert (reply.stop_reason, reply.text) == ("max_tokens", "长" * 8)
    assert reply.usage.output_tokens == 9


def test_every_request_the_program_builds_is_one_the_api_takes() -> None:
    schema = {
        "type": "object",
        "properties": {
            "verdict": {"type": "string", "enum": ["correct", "wrong"]},
            "spans": {"type": "array", "items": {"type": "string", "maxLength": 40}, "maxItems": 3},
        },
        "required": ["verdict"],
        "additionalProperties": False,
    }
    marked = tuple(Block(f"第 {number} 块", cached=True) for number in range(6))
    turns = (Message("user", marked), Message("assistant", (Block("答"),)), Message("user", (Block("再问"),)))
    with served(in_order(Scripted(text="{}"))) as (_, ask):
        assert ask().ask(wire.request(schema=schema, messages=turns)).text == "{}"


def test_the_key_reaches_the_server_and_no_error() -> None:
    with FakeServer(lambda _: SHORT, key="another") as server, pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANTHROPIC_API_KEY", "sk-ant-canary-0001")
        with make_client(ModelSettings(base_url=server.base_url)) as client, pytest.raises(ModelError) as caught:
            ClaudeModel("claude-sonnet-5-5", client=lambda: client).ask(wire.request())
        assert caught.value.facts["status"] == 401
        assert "canary" not in repr(caught.value.facts)
