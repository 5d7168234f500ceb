"""HTTP as the tests of the model see it: respx behind httpx2, requests, and event streams written by hand."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import httpx
import httpx2
import respx
from anthropic import Anthropic, DefaultHttpxClient

from agent.model.claude import ClaudeModel
from agent.model.messages import Block, Message, Request
from agent.model.retry import RetryPolicy

URL = "https://api.anthropic.com/v1/messages"
ONCE = RetryPolicy(attempts=1)


def transport(router: respx.Router) -> httpx2.MockTransport:
    """Ask `router` for the answer to every request of an httpx2 client (respx itself only knows httpx)."""

    def handle(request: httpx2.Request) -> httpx2.Response:
        asked = httpx.Request(request.method, str(request.url), headers=request.headers.raw, content=request.read())
        try:
            answer = router.handler(asked)
        except httpx.TransportError as error:
            raise getattr(httpx2, type(error).__name__)(str(error), request=request) from None
        return httpx2.Response(answer.status_code, headers=answer.headers.raw, stream=_Bytes(answer.stream))

    return httpx2.MockTransport(handle)


class _Bytes(httpx2.SyncByteStream):
    def __init__(self, pieces: Any) -> None:
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        yield from self._pieces


def model(router: respx.Router, policy: RetryPolicy = ONCE, **options: Any) -> ClaudeModel:
    """Return a model whose every request goes to `router`."""

    def client() -> Anthropic:
        http_client = DefaultHttpxClient(transport=transport(router))
        return Anthropic(api_key="sk-ant-test-canary", max_retries=0, http_client=http_client)

    return ClaudeModel("claude-sonnet-5-5", client=client, policy=policy, **options)


def request(**changes: Any) -> Request:
    fields: dict[str, Any] = {
        "purpose": "test",
        "model": "claude-sonnet-5-5",
        "max_tokens": 1000,
        "system": (Block("你是老师。"),),
        "messages": (Message("user", (Block("为什么要除以根号 d？"),)),),
    }
    return Request(**(fields | changes))


def event(kind: str, **fields: Any) -> bytes:
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **fields}, ensure_ascii=False)}\n\n".encode()


def text_delta(text: str, index: int = 0) -> bytes:
    return event("content_block_delta", index=index, delta={"type": "text_delta", "text": text})


def stream(*middle: bytes, stop_reason: str | None = "end_turn", usage: Mapping[str, Any] | None = None) -> bytes:
    """Return a whole stream with `middle` between its start and its stop."""
    counted = {"input_tokens": 7, "output_tokens": 1}
    message = {"id": "msg_1", "type": "message", "role": "assistant", "model": "claude-sonnet-5-5", "content": []}
    return b"".join(
        [
            event("message_start", message=message | {"stop_reason": None, "usage": counted}),
            *middle,
            event("message_delta", delta={"stop_reason": stop_reason}, usage=usage or {"output_tokens": 9}),
            event("message_stop"),
        ]
    )


def answered(text: str = "好问题。") -> httpx.Response:
    return streamed(
        stream(event("content_block_start", index=0, content_block={"type": "text", "text": ""}), text_delta(text))
    )


def streamed(content: bytes | Iterator[bytes]) -> httpx.Response:
    return httpx.Response(200, headers={"content-type": "text/event-stream"}, content=content)


def error(status: int, kind: str, **headers: str) -> httpx.Response:
    return refusal(status, {"type": kind, "message": "because"}, **headers)


def refusal(status: int, problem: Mapping[str, Any], **headers: str) -> httpx.Response:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, headers=sent, json={"type": "error", "error": problem})


def broken_after(content: bytes, failure: Exception) -> Callable[[httpx.Request], httpx.Response]:
    """Return a side effect whose body raises `failure` when `content` has been read."""

    def pieces() -> Iterator[bytes]:
        yield content
        raise failure

    return lambda _: streamed(pieces())
