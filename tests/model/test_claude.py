"""The API as a model, request by request; respx answers every one of them and no socket is opened."""

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import httpx
import httpx2
import pytest
import respx
import wire
from anthropic import Anthropic, DefaultHttpxClient

from agent.errors import ModelIncomplete, ModelRefused, ModelTimeout, ModelUnreachable, NoCredential
from agent.model.claude import ClaudeModel, make_client, request_body
from agent.model.messages import Block, Message, Usage
from agent.settings import ModelSettings


@pytest.fixture
def router() -> Iterator[respx.Router]:
    with respx.mock(assert_all_called=False) as router:
        yield router


def test_the_text_arrives_in_pieces_and_whole(router: respx.Router) -> None:
    route = router.post(wire.URL).respond(200, content=wire.stream(wire.text_delta("除以 "), wire.text_delta("√d")))
    pieces: list[str] = []
    reply = wire.model(router).ask(wire.request(), pieces.append)
    assert pieces == ["除以 ", "√d"]
    assert reply.text == "除以 √d"
    assert (reply.stop_reason, reply.model) == ("end_turn", "claude-sonnet-5-5")
    assert route.call_count == 1


def test_the_listener_hears_that_the_model_begins_though_it_thinks_before_its_first_word(router: respx.Router) -> None:
    begins = wire.event("content_block_start", index=0, content_block={"type": "thinking", "thinking": ""})
    router.post(wire.URL).respond(200, content=wire.stream(begins, wire.text_delta("√d")))
    pieces: list[str] = []
    wire.model(router).ask(wire.request(), pieces.append)
    assert pieces == ["", "√d"]


def test_a_request_carries_the_version_the_bearer_and_no_sampling_parameter(router: respx.Router) -> None:
    route = router.post(wire.URL).mock(return_value=wire.answered())
    wire.model(router).ask(wire.request())
    sent = route.calls.last.request
    assert sent.headers["anthropic-version"] == "2026-10-21"
    assert sent.headers["authorization"] == "Bearer sk-ant-test-canary"
    assert httpx.Response(200, content=sent.content).json() == {
        "model": "claude-sonnet-5-5",
        "max_tokens": 1000,
        "system": [{"type": "text", "text": "你是老师。"}],
        "messages": [{"role": "user", "content": [{"type": "text", "text": "为什么要除以根号 d？"}]}],
        "stream": True,
    }


def test_cached_blocks_are_marked_and_only_the_last_four() -> None:
    same = Block("同样的前缀", cached=True)
    body = request_body(wire.request(system=(same, same, same), messages=(Message("user", (same, same, Block("问"))),)))
    marks = ["cache_control" in block for block in (*body["system"], *body["messages"][0]["content"])]
    assert marks == [False, True, True, True, True, False]


def test_empty_blocks_are_left_out_since_the_api_refuses_them() -> None:
    body = request_body(wire.request(system=(Block(""),), messages=(Message("user", (Block(""), Block("问"))),)))
    assert "system" not in body
    assert body["messages"] == [{"role": "user", "content": [{"type": "text", "text": "问"}]}]


def test_a_schema_goes_out_as_output_format_with_lengths_in_words() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string", "maxLength": 5}}, "required": ["a"]}
    sent = request_body(wire.request(schema=schema))["output_config"]["format"]
    assert sent["type"] == "json_schema"
    assert sent["schema"]["additionalProperties"] is False
    assert sent["schema"]["properties"]["a"] == {"type": "string", "description": "{maxLength: 5}"}


def test_thinking_is_counted_and_never_shown(router: respx.Router) -> None:
    thinking = [
        wire.event("content_block_start", index=0, content_block={"type": "thinking", "thinking": "", "signature": ""}),
        wire.event("content_block_delta", index=0, delta={"type": "thinking_delta", "thinking": "学生可能……"}),
        wire.event("content_block_delta", index=0, delta={"type": "signature_delta", "signature": "x"}),
        wire.event("content_block_start", index=1, content_block={"type": "text", "text": "你"}),
        wire.text_delta("怎么看？", index=1),
    ]
    usage = {"output_tokens": 90, "output_tokens_details": {"thinking_tokens": 80}}
    router.post(wire.URL).respond(200, content=wire.stream(*thinking, usage=usage))
    pieces: list[str] = []
    reply = wire.model(router).ask(wire.request(), pieces.append)
    assert reply.text == "".join(pieces) == "你怎么看？"
    assert reply.usage == Usage(input_tokens=7, output_tokens=90, thinking_tokens=80)


def test_cache_counters_are_read_and_do_not_overlap(router: respx.Router) -> None:
    usage = {"output_tokens": 5, "input_tokens": 3, "cache_creation_input_tokens": 20, "cache_read_input_tokens": 4000}
    router.post(wire.URL).respond(200, content=wire.stream(wire.text_delta("好"), usage=usage))
    counted = wire.model(router).ask(wire.request()).usage
    assert counted == Usage(input_tokens=3, output_tokens=5, cache_write_tokens=20, cache_read_tokens=4000)


def test_a_server_that_reports_no_usage_still_answers(router: respx.Router) -> None:
    bare = wire.stream(wire.text_delta("好")).replace(b', "usage": {"input_tokens": 7, "output_tokens": 1}', b"")
    router.post(wire.URL).respond(200, content=bare.replace(b', "usage": {"output_tokens": 9}', b""))
    reply = wire.model(router).ask(wire.request())
    assert (reply.text, reply.usage) == ("好", Usage())


@pytest.mark.parametrize("reason", ["refusal", "max_tokens", "model_context_window_exceeded"])
def test_a_reply_that_stopped_for_another_reason_says_so(router: respx.Router, reason: str) -> None:
    router.post(wire.URL).respond(200, content=wire.stream(wire.text_delta("半句"), stop_reason=reason))
    assert wire.model(router).ask(wire.request()).stop_reason == reason


@pytest.mark.parametrize(
    ("status", "kind"),
    [(400, "invalid_request_error"), (401, "authentication_error"), (402, "billing_error"), (413, "request_too_large")],
)
def test_a_request_the_service_refuses_is_sent_once(router: respx.Router, status: int, kind: str) -> None:
    route = router.post(wire.URL).mock(return_value=wire.error(status, kind))
    with pytest.raises(ModelRefused) as caught:
        wire.model(router).ask(wire.request())
    assert (caught.value.facts["status"], caught.value.facts["type"], caught.value.facts["reason"]) == (
        *(status, kind),
        "because",
    )
    assert route.call_count == 1


def test_an_answer_that_is_no_json_is_refused_with_its_status(router: respx.Router) -> None:
    router.post(wire.URL).respond(404, text="<html>nothing here</html>")
    with pytest.raises(ModelRefused, match=r"404 http_error.*Not Found"):
        wire.model(router).ask(wire.request())


@pytest.mark.parametrize(
    ("kind", "status"), [("overloaded_error", 529), ("invalid_request_error", 400), ("unheard_of", 500)]
)
def test_an_error_inside_a_stream_is_told_by_its_type(router: respx.Router, kind: str, status: int) -> None:
    broken = wire.text_delta("半句") + wire.event("error", error={"type": kind, "message": "because"})
    router.post(wire.URL).respond(200, content=broken)
    with pytest.raises(ModelRefused) as caught:
        wire.model(router).ask(wire.request())
    assert (caught.value.facts["status"], caught.value.facts["type"]) == (status, kind)
    assert caught.value.facts["transient"] is (status >= 500)


def test_a_stream_without_message_stop_is_incomplete(router: respx.Router) -> None:
    whole = wire.stream(wire.text_delta("一段完整的话。"))
    router.post(wire.URL).respond(200, content=whole.removesuffix(wire.event("message_stop")))
    with pytest.raises(ModelIncomplete, match="no message_stop"):
        wire.model(router).ask(wire.request())


def test_a_stream_without_stop_reason_is_incomplete(router: respx.Router) -> None:
    router.post(wire.URL).respond(200, content=wire.stream(wire.text_delta("话"), stop_reason=None))
    with pytest.raises(ModelIncomplete, match="no stop_reason"):
        wire.model(router).ask(wire.request())


@pytest.mark.parametrize(
    ("failure", "wanted"),
    [
        (httpx2.RemoteProtocolError("cut"), ModelIncomplete),
        (httpx2.ReadError("reset"), ModelIncomplete),
        (httpx2.ReadTimeout("silent"), ModelTimeout),
    ],
)
def test_a_connection_that_breaks_inside_a_stream_has_its_own_error(
    router: respx.Router, failure: Exception, wanted: type[Exception]
) -> None:
    router.post(wire.URL).mock(side_effect=wire.broken_after(wire.text_delta("半句"), failure))
    with pytest.raises(wanted):
        wire.model(router).ask(wire.request())


@pytest.mark.parametrize(
    ("failure", "wanted"),
    [
        (httpx.ConnectError, ModelUnreachable),
        (httpx.ConnectTimeout, ModelUnreachable),
        (httpx.ReadTimeout, ModelTimeout),
    ],
)
def test_a_request_that_gets_no_answer_has_its_own_error(
    router: respx.Router, failure: Any, wanted: type[Exception]
) -> None:
    router.post(wire.URL).mock(side_effect=failure("no"))
    with pytest.raises(wanted):
        wire.model(router, timeout_seconds=3).ask(wire.request())


def test_what_the_listener_raises_is_not_taken_for_a_broken_stream(router: respx.Router) -> None:
    router.post(wire.URL).mock(return_value=wire.answered())

    def listener(piece: str) -> None:
        if piece:
            raise ValueError(piece)

    with pytest.raises(ValueError, match="好问题"):
        wire.model(router).ask(wire.request(), listener)


def test_the_key_is_in_no_error_even_when_a_header_quotes_it(router: respx.Router) -> None:
    router.post(wire.URL).mock(
        side_effect=httpx.LocalProtocolError("Illegal header value b'Bearer sk-ant-test-canary'")
    )
    with pytest.raises(ModelUnreachable) as caught:
        wire.model(router).ask(wire.request())
    assert "canary" not in str(caught.value)
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("[Errno 111] Connection refused", "那里没有服务"),
        ("[Errno -2] Name or service not known", "找不到这个主机名"),
        ("[Errno 101] Network is unreachable", "没有网络连接"),
    ],
)
def test_why_there_is_no_connection_is_said_in_the_readers_language(
    router: respx.Router, fault: str, reason: str
) -> None:
    router.post(wire.URL).mock(side_effect=httpx.ConnectError(fault))
    with pytest.raises(ModelUnreachable) as caught:
        wire.model(router).ask(wire.request())
    assert f"：{reason}。" in caught.value.sentence("zh")
    assert "Errno" not in caught.value.sentence("en")


def test_a_request_that_respx_does_not_know_fails_loudly(router: respx.Router) -> None:
    with pytest.raises(ModelUnreachable, match="not mocked"):
        wire.model(router).ask(wire.request())


def test_without_a_credential_no_client_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NoCredential):
        make_client(ModelSettings())
    monkeypatch.setenv("ANTHROPIC_PROFILE", "nobody")
    with pytest.raises(NoCredential):
        make_client(ModelSettings())


def test_the_client_never_retries_and_goes_where_the_settings_say(
    router: respx.Router, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-test")
    route = router.post("http://localhost:9/v1/messages").mock(return_value=wire.error(529, "overloaded_error"))
    with make_client(ModelSettings(base_url="http://localhost:9"), wire.transport(router)) as client:
        assert client.max_retries == 0
        with pytest.raises(Exception, match="because"):
            client.messages.create(**request_body(wire.request()))
    assert route.call_count == 1


def test_a_server_of_the_users_own_needs_no_credential(router: respx.Router) -> None:
    route = router.post("http://localhost:9/v1/messages").mock(return_value=wire.answered())
    settings = ModelSettings(base_url="http://localhost:9")
    with make_client(settings, wire.transport(router)) as client:
        ClaudeModel("local", client=lambda: client).ask(wire.request())
    assert route.calls.last.request.headers["authorization"] == "Bearer none"


def test_a_closed_model_has_closed_its_client_and_opens_another_when_asked_again(router: respx.Router) -> None:
    router.post(wire.URL).mock(return_value=wire.answered())
    made = []

    def client() -> Anthropic:
        http_client = DefaultHttpxClient(transport=wire.transport(router))
        made.append(Anthropic(api_key="sk-ant-test-canary", max_retries=0, http_client=http_client))
        return made[-1]

    model = ClaudeModel("claude-sonnet-5-5", client=client)
    model.close()
    assert not made
    for asked in (1, 2):
        model.ask(wire.request())
        model.close()
        assert [one.is_closed() for one in made] == [True] * asked


def test_importing_the_model_package_loads_nothing_heavy() -> None:
    modules = ", ".join(f"agent.model.{name}" for name in ("claude", "command", "fake", "prices", "prompts", "retry"))
    heavy = {"anthropic", "httpx2", "tenacity", "jinja2", "asyncio"}
    code = f"import sys, {modules}; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
