"""An answer is read from its events however the bytes are cut, and whatever a server puts into them."""

import json
from itertools import pairwise
from typing import Any

import pytest
import wire
from hypothesis import given
from hypothesis import strategies as st

from agent.errors import ModelIncomplete
from agent.model.messages import Usage
from agent.model.stream import READ, Reading, counted, server_events, told_error

ANSWER = wire.stream(
    wire.event("content_block_start", index=0, content_block={"type": "text", "text": ""}),
    wire.text_delta("先看 $q\\cdot k$ 的方差，"),
    wire.event("ping"),
    wire.text_delta("再除以 √d。"),
)
JSON = st.recursive(
    st.none() | st.integers() | st.sampled_from(["text", "text_delta", "usage"]),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.sampled_from(["type", "delta", "text", "message", "usage", "content_block", "stop_reason"]), inner
        )
    ),
    max_leaves=8,
)


def read(stream: bytes) -> str:
    reading = Reading("claude-sonnet-5-5")
    pieces = [reading.take(json.loads(content)) for name, content in server_events([stream]) if name in READ]
    assert reading.reply().text == "".join(pieces)
    return "".join(pieces)


@given(st.lists(st.integers(0, len(ANSWER)), max_size=12))
def test_the_same_events_come_from_any_pieces(cuts: list[int]) -> None:
    at = [0, *sorted(cuts), len(ANSWER)]
    pieces = [ANSWER[start:end] for start, end in pairwise(at)]
    assert list(server_events(pieces)) == list(server_events([ANSWER]))


def test_an_answer_may_hold_any_end_of_line_and_comments() -> None:
    said = "先看 $q\\cdot k$ 的方差，再除以 √d。"
    assert read(ANSWER) == said
    assert read(ANSWER.replace(b"\n", b"\r\n")) == said
    assert read(ANSWER.replace(b"\n\n", b"\n: keep-alive\n:\nid: 7\n\n\n\n")) == said
    assert list(server_events([b"event:a\ndata:1\ndata: 2\n\n", b"data: 3\n\n"])) == [("a", "1\n2\n"), ("", "3\n")]


def test_half_a_character_is_replaced_and_a_whole_one_stays() -> None:
    halves = wire.text_delta("一").replace("一".encode(), rb"\ud83d\ude00 \ud83d")
    assert read(wire.stream(halves)) == "😀 \ufffd"


def test_an_event_without_its_blank_line_has_not_come() -> None:
    for missing in (1, 2, 5):
        with pytest.raises(ModelIncomplete):
            read(ANSWER[:-missing])


def test_line_separators_of_text_end_no_line() -> None:
    said = "一\u2028二\u0085三\x0b四"
    assert read(wire.stream(wire.text_delta(said))) == said


@given(st.sampled_from(sorted(READ)), JSON)
def test_whatever_an_event_holds_is_read_or_passed_over(kind: str, inner: Any) -> None:
    reading = Reading("claude-sonnet-5-5")
    for event in (inner, {"type": kind, "delta": inner, "message": inner, "content_block": inner, "usage": inner}):
        assert isinstance(reading.take(event), str)


def test_counters_that_a_report_leaves_out_stay() -> None:
    before = Usage(input_tokens=7, cache_read_tokens=5, thinking_tokens=2)
    report = {"input_tokens": None, "output_tokens": 9, "output_tokens_details": {"thinking_tokens": 4}}
    assert counted(report, before) == Usage(input_tokens=7, output_tokens=9, cache_read_tokens=5, thinking_tokens=4)
    assert counted({}, before) == before


def test_an_error_inside_an_answer_is_told_as_far_as_it_says_anything() -> None:
    whole = {"error": {"type": "billing_error", "message": "no", "details": {"error_code": "x"}}}
    assert told_error(json.dumps(whole)) == ("billing_error", "no", "x")
    assert told_error('{"error": {"message": "no"}}') == ("", "no", "")
    assert told_error("no slot is free") == ("", "no slot is free", "")
    assert told_error("[1]") == ("", "", "")
