"""The fake server refuses what the API refuses, in the API's own shape."""

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest

from agent.model.fake import FakeServer, Scripted

pytestmark = pytest.mark.loopback

HEADERS = {
    "authorization": "Bearer sk-ant-fake",
    "anthropic-version": "2026-10-21",
    "content-type": "application/json",
}
MARK = {"cache_control": {"type": "ephemeral"}}


@pytest.fixture(scope="module")
def server() -> Iterator[FakeServer]:
    # Made for the whole module, so before the guard of the first test: the guard lets this module through anyway.
    with FakeServer(lambda _: Scripted(text="好", thinking="想")) as server:
        yield server


def post(server: FakeServer, body: object, path: str = "/v1/messages", **headers: str) -> tuple[int, Any]:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    sent = HEADERS | {name.replace("_", "-"): value for name, value in headers.items()}
    connection = HTTPConnection(urlsplit(server.base_url).netloc)
    try:
        connection.request("POST", path, content, sent)
        response = connection.getresponse()
        return response.status, json.loads(response.read())
    finally:
        connection.close()


def body(**changes: Any) -> dict[str, Any]:
    fields = {
        "model": "claude-sonnet-5-5",
        "max_tokens": 100,
        "messages": [{"role": "user", "content": "问"}],
    } | changes
    return {name: value for name, value in fields.items() if value is not None}


def user(*blocks: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"role": "user", "content": list(blocks)}]


def schema(value: dict[str, Any]) -> dict[str, Any]:
    return {"format": {"type": "json_schema", "schema": value}}


def test_a_valid_request_is_answered_whole(server: FakeServer) -> None:
    status, message = post(server, body())
    assert status == 200
    assert [block["type"] for block in message["content"]] == ["thinking", "text"]
    assert message["stop_reason"] == "end_turn"
    assert message["usage"]["output_tokens_details"] == {"thinking_tokens": 1}
    assert server.requests[-1] == body()


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"max_tokens": None}, "max_tokens: Field required"),
        ({"max_tokens": 0}, "max_tokens"),
        ({"max_tokens": True}, "max_tokens"),
        ({"max_tokens": 128_001}, "max_tokens"),
        ({"model": None}, "model: Field required"),
        ({"messages": None}, "messages"),
        ({"messages": []}, "messages"),
        ({"messages": [{"role": "system", "content": "x"}]}, "messages.0.role"),
        ({"messages": [{"role": "user", "content": " "}]}, "non-empty"),
        ({"messages": user({"type": "text", "text": ""})}, "non-empty"),
        ({"messages": user({"type": "image", "text": "x"})}, "only text"),
        ({"messages": user({"type": "text", "text": "x", "colour": "red"})}, "Extra inputs"),
        ({"messages": user(*[{"type": "text", "text": "x"} | MARK] * 5)}, "maximum of 4"),
        ({"messages": user({"type": "text", "text": "x", "cache_control": {"type": "forever"}})}, "ephemeral"),
        ({"messages": [{"role": "user", "content": "x"}, {"role": "assistant", "content": "{"}]}, "prefill"),
        ({"system": ""}, "system"),
        ({"stream": "yes"}, "stream"),
        ({"temperature": 0.2}, "temperature: sampling"),
        ({"top_p": 0.9}, "top_p: sampling"),
        ({"top_k": 5}, "top_k: sampling"),
        ({"purpose": "test"}, "purpose: Extra inputs"),
        ({"tools": [], "tool_choice": {"type": "any"}}, "tool_choice"),
        ({"tools": [], "tool_choice": {"type": "tool", "name": "x"}}, "tool_choice"),
        ({"thinking": {"type": "enabled", "budget_tokens": 2000}}, "thinking"),
        ({"thinking": {"type": "disabled"}}, "thinking"),
        ({"output_config": {"format": {"type": "json"}}}, "json_schema"),
        ({"output_config": schema({"type": "object", "properties": {}})}, "additionalProperties"),
        ({"output_config": schema({"type": "string", "maxLength": 3})}, "maxLength"),
        ({"output_config": {"tone": "kind"}}, "output_config"),
    ],
)
def test_an_invalid_request_is_a_400_that_names_the_field(
    server: FakeServer, changes: dict[str, Any], complaint: str
) -> None:
    status, answer = post(server, body(**changes))
    assert (status, answer["type"], answer["error"]["type"]) == (400, "error", "invalid_request_error")
    assert complaint in answer["error"]["message"]


@pytest.mark.parametrize(
    ("headers", "status", "kind"),
    [
        ({"authorization": ""}, 401, "authentication_error"),
        ({"authorization": "Bearer wrong"}, 401, "authentication_error"),
        ({"anthropic_version": "2023-06-01"}, 400, "invalid_request_error"),
        ({"content_type": "text/plain"}, 400, "invalid_request_error"),
    ],
)
def test_headers_are_held_to_the_contract(server: FakeServer, headers: dict[str, str], status: int, kind: str) -> None:
    got, answer = post(server, body(), **headers)
    assert (got, answer["error"]["type"]) == (status, kind)


def test_an_older_model_still_takes_what_the_newest_refuse(server: FakeServer) -> None:
    older = body(model="claude-sonnet-4-6", thinking={"type": "enabled", "budget_tokens": 2000})
    assert post(server, older)[0] == 200


def test_unknown_models_and_paths_are_not_found(server: FakeServer) -> None:
    assert post(server, body(model="gpt"))[1]["error"] == {"type": "not_found_error", "message": "model: gpt"}
    assert post(server, body(), "/v1/complete")[0] == 404


def test_what_is_not_json_is_refused(server: FakeServer) -> None:
    assert post(server, b"{")[0] == 400
    assert post(server, [1])[0] == 400


def test_tokens_are_counted_without_an_answer(server: FakeServer) -> None:
    counted = body(max_tokens=None, system="abcd", messages=[{"role": "user", "content": "efgh"}])
    assert post(server, counted, "/v1/messages/count_tokens") == (200, {"input_tokens": 2})
    assert post(server, body(), "/v1/messages/count_tokens")[0] == 400


def test_a_prefix_under_the_minimum_is_not_cached(server: FakeServer) -> None:
    short = body(messages=user({"type": "text", "text": "x" * 4000} | MARK))
    for _ in range(2):
        usage = post(server, short)[1]["usage"]
        assert (usage["cache_creation_input_tokens"], usage["cache_read_input_tokens"]) == (0, 0)
        assert usage["input_tokens"] == 1000


def test_a_longer_prefix_reads_the_part_seen_before_and_writes_the_rest(server: FakeServer) -> None:
    first = {"type": "text", "text": "a" * 8000} | MARK
    then = {"type": "text", "text": "b" * 400} | MARK
    post(server, body(messages=user(first)))
    usage = post(server, body(messages=user(first, then, {"type": "text", "text": "c" * 40})))[1]["usage"]
    assert usage["cache_read_input_tokens"] == 2000
    assert usage["cache_creation_input_tokens"] == 100
    assert usage["input_tokens"] == 10
