"""A strict stand-in for the Messages API on 127.0.0.1, for tests and the demo: it refuses what the API refuses.

with FakeServer(lambda body: Scripted(text="…")) as server:
    ...  # a client with base_url=server.base_url and server.key; server.requests holds every body received
"""

import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, Literal, Self

from agent.model.fake_batches import BATCHES, LARGEST_BATCH, BatchFault, Lost, Shelf
from agent.model.fake_rules import (
    COUNTING,
    PromptCache,
    Refused,
    check_body,
    check_headers,
    check_path,
    count_input,
    count_tokens,
)
from agent.model.messages import StopReason, Usage

_LARGEST_BODY: Final = 32 * 1024 * 1024
_PIECE: Final = b"event: content_block_delta\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scripted:
    """One answer of the server and how it goes wrong.

    With a `status` other than 200 the answer is an error of type `error`; with `error_event_after` that error comes
    inside the stream, after so many pieces of text. `retry_after` and `should_retry` are sent as headers, unread.
    `cut_after_bytes` ends the body early: `clean` as if it were whole, `torn` by closing, `reset` by a TCP reset.
    `stall_seconds` is a silence after the first event, `pace_seconds` one before each piece of text or thought: the
    service sends what frames them along with them. In a batch the text comes whole, or the `ending` says why there is
    none.
    """

    text: str = ""
    thinking: str = ""
    stop_reason: StopReason = "end_turn"
    chunk_characters: int = 40
    pace_seconds: float = 0.0
    stall_seconds: float = 0.0
    cut_after_bytes: int | None = None
    cut: Literal["clean", "torn", "reset"] = "clean"
    status: int = 200
    error: str = "overloaded_error"
    retry_after: str | None = None
    should_retry: str | None = None
    error_event_after: int | None = None
    ending: Literal["", "expired", "canceled"] = ""


class FakeServer:
    """The server as a context manager; `answer` is called in the server's threads, once for each valid request.

    `shelf` holds the batches; `fault` says how each goes wrong, the first try to create one has the number 1.
    """

    def __init__(
        self,
        answer: Callable[[Mapping[str, Any]], Scripted],
        *,
        key: str = "sk-ant-fake",
        fault: Callable[[int], BatchFault] = lambda _: BatchFault(),
    ) -> None:
        self.answer = answer
        self.key = key
        self.requests: list[Mapping[str, Any]] = []
        self.cache = PromptCache()
        self.shelf = Shelf(self._outcome, fault)
        self.closing = threading.Event()
        self.open: set[socket.socket] = set()
        self._http = _Http(("127.0.0.1", 0), _Connection)
        self._http.fake = self
        self.base_url = f"http://127.0.0.1:{self._http.server_port}"
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._http.shutdown()
        for connection in tuple(self.open):
            _shut(connection)
        self._http.server_close()  # waits for the threads of all connections
        self._thread.join()

    def _outcome(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """Return how a request of a batch ends."""
        try:
            check_body(params, counting=False)
        except Refused as refused:
            return {"type": "errored", "error": _error(refused)}
        scripted = self.answer(params)
        if scripted.status != 200:
            return {"type": "errored", "error": _error(Refused("scripted", type=scripted.error))}
        if scripted.ending:
            return {"type": scripted.ending}
        usage, begin = self.cache.look_up(params)
        scripted, usage = _within(scripted, usage, params["max_tokens"])
        begin()
        return {"type": "succeeded", "message": _message(scripted, usage, params["model"])}


class _Http(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 128
    fake: FakeServer


class _Connection(BaseHTTPRequestHandler):
    """One connection; the requests on it are answered one after the other."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Http

    def setup(self) -> None:
        super().setup()
        self.server.fake.open.add(self.connection)
        if self.server.fake.closing.is_set():  # too late to be found by the loop in `__exit__`
            _shut(self.connection)

    def finish(self) -> None:
        self.server.fake.open.discard(self.connection)
        super().finish()

    def handle(self) -> None:
        with suppress(OSError):  # the client has gone
            super().handle()

    def log_message(self, *_: object) -> None:  # the server says nothing
        pass

    def do_POST(self) -> None:
        try:
            body = self._read_body()
            self._check_headers()
            if self.path == BATCHES:
                self._send_json(self.server.fake.shelf.create(body))
                return
            if self.path.startswith(f"{BATCHES}/"):
                self._send_json(self.server.fake.shelf.cancel(self.path))
                return
            check_path(self.path)
            check_body(body, counting=self.path == COUNTING)
            if self.path == COUNTING:
                self._send_json({"input_tokens": count_input(body)})
            else:
                self._answer(body, self.server.fake.answer(body))
        except Refused as refused:
            self._send_error(refused)
        except Lost:
            self._reset()
        except OSError:  # the client has gone
            self.close_connection = True

    def do_GET(self) -> None:
        try:
            self._check_headers()
            answer = self.server.fake.shelf.get(self.path)
            if isinstance(answer, dict):
                self._send_json(answer)
            else:
                self._send(b"".join(answer), "application/x-jsonl")
        except Refused as refused:
            self._send_error(refused)

    def _check_headers(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        check_headers(headers, self.server.fake.key, has_body=self.command == "POST")

    def _read_body(self) -> Any:
        length = int(self.headers.get("content-length", 0))
        if length > (LARGEST_BATCH if self.path == BATCHES else _LARGEST_BODY):
            self.close_connection = True
            raise Refused("request too large", status=413, type="request_too_large")
        try:
            body = json.loads(self.rfile.read(length) or b"{}")
        except ValueError:
            raise Refused("body: invalid JSON") from None
        self.server.fake.requests.append(body)
        return body

    def _answer(self, body: Mapping[str, Any], scripted: Scripted) -> None:
        if scripted.status != 200:
            asked = {"retry-after": scripted.retry_after, "x-should-retry": scripted.should_retry}
            headers = {name: value for name, value in asked.items() if value is not None}
            self._send_error(Refused("scripted", status=scripted.status, type=scripted.error), headers)
            return
        usage, begin = self.server.fake.cache.look_up(body)
        scripted, usage = _within(scripted, usage, body["max_tokens"])
        begin()
        if body.get("stream"):
            self._stream(scripted, _events(scripted, usage, body["model"]))
        else:
            self.server.fake.closing.wait(scripted.stall_seconds)
            self._send_json(_message(scripted, usage, body["model"]))

    def _stream(self, scripted: Scripted, events: Iterator[bytes]) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        left, due = scripted.cut_after_bytes, time.monotonic()
        for index, event in enumerate(events):
            if pause := scripted.stall_seconds * (index == 1) + scripted.pace_seconds * event.startswith(_PIECE):
                due += pause  # on a busy machine a pause that ends late is made up for by the next
                self.server.fake.closing.wait(max(0.0, due - time.monotonic()))
            sent = event if left is None else event[:left]
            if sent:
                self.wfile.write(b"%x\r\n%b\r\n" % (len(sent), sent))
            if left is not None and (left := left - len(sent)) == 0:
                break
        if left != 0 or scripted.cut == "clean":
            self.wfile.write(b"0\r\n\r\n")
            return
        self.close_connection = True
        if scripted.cut == "reset":
            self._reset()

    def _reset(self) -> None:
        """Break the connection: closing with zero linger makes the kernel send a reset."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def _send_error(self, refused: Refused, headers: Mapping[str, str] | None = None) -> None:
        self._send_json(_error(refused), refused.status, headers)

    def _send_json(self, body: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None) -> None:
        self._send(json.dumps(body, ensure_ascii=False).encode(), "application/json", status, headers)

    def _send(self, content: bytes, kind: str, status: int = 200, headers: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"content-type": kind, **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def _shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:  # already gone
        return


def _within(scripted: Scripted, usage: Usage, max_tokens: int) -> tuple[Scripted, Usage]:
    """Cut the text where thinking and text together pass `max_tokens`, and fill in the output counters."""
    thinking, text = min(count_tokens(scripted.thinking), max_tokens), count_tokens(scripted.text)
    if thinking + text > max_tokens:
        room = (max_tokens - thinking) * 4
        kept = scripted.text.encode()[:room].decode(errors="ignore")
        scripted, text = replace(scripted, text=kept, stop_reason="max_tokens"), max_tokens - thinking
    return scripted, replace(usage, output_tokens=thinking + text, thinking_tokens=thinking)


def _error(refused: Refused) -> dict[str, Any]:
    return {"type": "error", "error": {"type": refused.type, "message": refused.message}, "request_id": "req_fake"}


def _message(scripted: Scripted, usage: Usage, model: str) -> dict[str, Any]:
    thinking = [{"type": "thinking", "thinking": scripted.thinking, "signature": "fake"}] if scripted.thinking else []
    return {
        **_frame(model),
        "content": [*thinking, {"type": "text", "text": scripted.text}],
        "stop_reason": scripted.stop_reason,
        "usage": _usage(usage),
    }


def _frame(model: str) -> dict[str, Any]:
    """Return the message that a stream begins with."""
    return {
        "id": "msg_fake",
        "type": "message",
        "role": "assistant",
        "model": model,
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
    }


def _usage(usage: Usage) -> dict[str, Any]:
    return {
        "input_tokens": usage.input_tokens,
        "cache_creation_input_tokens": usage.cache_write_tokens,
        "cache_read_input_tokens": usage.cache_read_tokens,
        "output_tokens": usage.output_tokens,
        "output_tokens_details": {"thinking_tokens": usage.thinking_tokens},
    }


def _events(scripted: Scripted, usage: Usage, model: str) -> Iterator[bytes]:
    """Yield the stream event by event: a thinking block if there is one, then one text block unless nothing is said."""
    started = _frame(model) | {"usage": _usage(replace(usage, output_tokens=1, thinking_tokens=0))}
    yield _event("message_start", message=started)
    index = 0
    if scripted.thinking:
        block = {"type": "thinking", "thinking": "", "signature": ""}
        yield _event("content_block_start", index=0, content_block=block)
        yield _event("content_block_delta", index=0, delta={"type": "thinking_delta", "thinking": scripted.thinking})
        yield _event("content_block_delta", index=0, delta={"type": "signature_delta", "signature": "fake"})
        yield _event("content_block_stop", index=0)
        index = 1
    yield _event("ping")
    if scripted.text or scripted.error_event_after is not None:
        yield _event("content_block_start", index=index, content_block={"type": "text", "text": ""})
    size = scripted.chunk_characters
    for number, start in enumerate(range(0, len(scripted.text) + 1, size)):
        if scripted.error_event_after == number:
            yield _event("error", error={"type": scripted.error, "message": "scripted"})
            return
        if piece := scripted.text[start : start + size]:
            yield _event("content_block_delta", index=index, delta={"type": "text_delta", "text": piece})
    if scripted.text:
        yield _event("content_block_stop", index=index)
    delta = {"stop_reason": scripted.stop_reason, "stop_sequence": None}
    yield _event("message_delta", delta=delta, usage=_usage(usage))
    yield _event("message_stop")


def _event(kind: str, **fields: Any) -> bytes:
    content = json.dumps({"type": kind, **fields}, ensure_ascii=False)
    return f"event: {kind}\ndata: {content}\n\n".encode()
