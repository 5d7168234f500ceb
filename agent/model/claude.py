"""The Claude API as a `Model`: one streamed request at a time, and every failure a leaf of `agent.errors`."""

import json
import os
import re
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, TypeVar

from agent.errors import ModelError, ModelIncomplete, ModelRefused, ModelTimeout, ModelUnreachable, NoCredential
from agent.model.credentials import credential_present, redact
from agent.model.limiter import Limiter, Pause
from agent.model.messages import Block, Reply, Request
from agent.model.retry import RetryPolicy, ask_again, is_transient, retry_after
from agent.model.stream import READ, Reading, begins_block, server_events, told_error
from agent.settings import ModelSettings

if TYPE_CHECKING:
    import anthropic
    import httpx2

_Answer = TypeVar("_Answer")

CACHE_MARKS: Final = 4
CONNECT_SECONDS: Final = 10.0
_ERRNO: Final = re.compile(r"\A\[Errno -?\d+\] ")

# An error inside a stream or a batch comes with status 200; its type says which status it would have had.
_STATUS_OF_TYPE: Final = {
    "invalid_request_error": 400,
    "authentication_error": 401,
    "billing_error": 402,
    "permission_error": 403,
    "not_found_error": 404,
    "request_too_large": 413,
    "rate_limit_error": 429,
    "timeout_error": 504,
    "overloaded_error": 529,
}


def make_client(settings: ModelSettings, transport: "httpx2.BaseTransport | None" = None) -> "anthropic.Anthropic":
    """Build the SDK's client, which never retries by itself; raise NoCredential when the environment holds none.

    A server of the user's own (`base_url`) may need no credential: then a placeholder is sent.
    `transport` replaces the network, in tests.
    """
    present = credential_present(os.environ)
    if not (present or settings.base_url):
        raise NoCredential
    import anthropic  # noqa: PLC0415 - heavy: one second, 80 MB

    http_client = anthropic.DefaultHttpxClient(transport=transport) if transport else None
    try:
        return anthropic.Anthropic(
            api_key=None if present else "none",
            base_url=settings.base_url or None,
            max_retries=0,
            http_client=http_client,
        )
    except anthropic.CredentialsError:
        raise NoCredential from None


class ClaudeModel:
    """A model of the Claude API; usable from several threads at once."""

    def __init__(
        self,
        name: str,
        *,
        client: "Callable[[], anthropic.Anthropic] | None" = None,
        timeout_seconds: float = 600.0,
        policy: RetryPolicy | None = None,
        notify: Callable[[Pause], None] | None = None,
        sleep: Callable[[float], None] = time.sleep,
        limiter: Limiter | None = None,
    ) -> None:
        """Take what a request needs; `client` is called at the first one. `timeout_seconds` is the longest silence.

        With a `limiter` every attempt takes one of its permits, and pauses are told by it in place of `notify`.
        """
        self.name, self.timeout_seconds = name, timeout_seconds
        self._make_client = client or (lambda: make_client(ModelSettings()))
        self._policy = policy or RetryPolicy()
        self._notify = notify
        self._sleep = sleep
        self._limiter = limiter
        self._client: anthropic.Anthropic | None = None
        self._lock = Lock()

    def ask(self, request: Request, on_text: Callable[[str], None] | None = None) -> Reply:
        """Return the whole reply, retrying transient failures; after a `notify` the text begins again from its start.

        `on_text` is given "" where the model begins to answer, or to think, which it may do for long before its first
        word; a refusal without a word begins nothing.

        Raise NoCredential, ModelTimeout, ModelUnreachable, ModelIncomplete, or ModelRefused with the further facts
        `code`, `transient` and `retry_after_seconds`.
        """
        client = self.client()
        return self.again(lambda: self._ask_once(client, request, on_text))

    def client(self) -> "anthropic.Anthropic":
        """Return the SDK's client, made at the first request; raise NoCredential."""
        with self._lock:
            self._client = self._client or self._make_client()
            return self._client

    def again(self, attempt: Callable[[], _Answer]) -> _Answer:
        """Return what `attempt` returns, called again after transient failures as this model's requests are."""
        return ask_again(attempt, policy=self._policy, notify=self._notify, sleep=self._sleep, limiter=self._limiter)

    def close(self) -> None:
        """Close the connections; asking again opens new ones."""
        with self._lock:
            client, self._client = self._client, None
        if client:
            client.close()

    def _ask_once(
        self, client: "anthropic.Anthropic", request: Request, on_text: Callable[[str], None] | None
    ) -> Reply:
        reading = Reading(request.model)
        with closing(_events(client, request, self.timeout_seconds)) as events:
            for event in events:
                piece = reading.take(event)
                if on_text and (piece or begins_block(event)):
                    on_text(piece)
        return reading.reply()


def request_body(request: Request) -> dict[str, Any]:
    """Return the body the API takes; only the last four `cached` blocks are marked, as it accepts no more."""
    system = [block for block in request.system if block.text]
    turns = [[block for block in message.blocks if block.text] for message in request.messages]
    cached = sum(block.cached for blocks in (system, *turns) for block in blocks)
    marks = iter([False] * (cached - CACHE_MARKS) + [True] * cached)
    body: dict[str, Any] = {"model": request.model, "max_tokens": request.max_tokens}
    if system:  # before the messages: marks are dealt out in the order of the prefix
        body["system"] = [_block(block, marks) for block in system]
    body["messages"] = [
        {"role": message.role, "content": [_block(block, marks) for block in blocks]}
        for message, blocks in zip(request.messages, turns, strict=True)
    ]
    if request.schema is not None:
        body["output_config"] = {"format": {"type": "json_schema", "schema": _api_schema(request.schema)}}
    return body


def _block(block: Block, marks: Iterator[bool]) -> dict[str, Any]:
    mark = {"cache_control": {"type": "ephemeral"}} if block.cached and next(marks) else {}
    return {"type": "text", "text": block.text, **mark}


def _api_schema(schema: Mapping[str, object]) -> dict[str, Any]:
    """Move what the API does not enforce (lengths, counts) into descriptions, as the SDK does for its own schemas."""
    import anthropic  # noqa: PLC0415 - heavy

    return anthropic.transform_schema(json.loads(json.dumps(schema)))


def _events(client: "anthropic.Anthropic", request: Request, timeout_seconds: float) -> Generator[object, None, None]:
    """Send the request and yield what its events say, every failure translated."""
    sent = client.messages.with_streaming_response
    with (
        translated(request.model, timeout_seconds),
        sent.create(**request_body(request), stream=True, timeout=patience(timeout_seconds)) as response,
    ):
        for name, content in server_events(response.iter_bytes()):
            if name == "error":
                raise refusal_of(*told_error(content))
            if name in READ:
                yield json.loads(content)


def patience(timeout_seconds: float) -> "httpx2.Timeout":
    """Return how long a request waits for the service, less until it is there at all."""
    import httpx2  # noqa: PLC0415 - heavy

    return httpx2.Timeout(timeout_seconds, connect=min(CONNECT_SECONDS, timeout_seconds))


@contextmanager
def translated(model: str, timeout_seconds: float) -> Iterator[None]:
    """Raise whatever the SDK raises in the block as a leaf of ModelError.

    The SDK's own exceptions are dropped from the chain: they hold the request, and a broken header quotes the key.
    """
    import anthropic  # noqa: PLC0415 - heavy
    import httpx2  # noqa: PLC0415 - heavy

    try:
        yield
    except anthropic.APIConnectionError as error:
        raise _no_answer(error, model, timeout_seconds) from None
    except anthropic.APIStatusError as error:
        raise _refusal(error) from None
    except anthropic.CredentialsError:
        raise NoCredential from None
    except httpx2.TimeoutException:
        raise ModelTimeout(model=model, seconds=timeout_seconds) from None
    except (httpx2.HTTPError, ValueError) as error:  # ValueError: JSON cut in its middle, or inside a character
        raise ModelIncomplete(model=model, reason=type(error).__name__) from None


def _no_answer(error: "anthropic.APIConnectionError", model: str, timeout_seconds: float) -> ModelError:
    import httpx2  # noqa: PLC0415 - heavy

    cause = error.__cause__
    if isinstance(cause, httpx2.TimeoutException) and not isinstance(cause, httpx2.ConnectTimeout):
        return ModelTimeout(model=model, seconds=timeout_seconds)
    reason = _ERRNO.sub("", str(cause or "")) or type(cause or error).__name__
    return ModelUnreachable(where=error.request.url.netloc.decode(), reason=redact(reason))


def _refusal(error: "anthropic.APIStatusError") -> ModelRefused:
    headers, status, code = error.response.headers, error.status_code, error.error_code or ""
    asked = retry_after(headers)
    reason = _one_line(error.api_message or error.response.reason_phrase)
    return ModelRefused(
        status=status,
        type=error.type or "http_error",
        reason=reason if asked is None else f"{reason} (retry-after: {asked:g} s)",
        code=code,
        transient=is_transient(status, code, headers),
        retry_after_seconds=asked,
    )


def refusal_of(kind: str, message: str, code: str = "") -> ModelRefused:
    """Return an error that came inside an answer: its type says which status it would have had."""
    status = _STATUS_OF_TYPE.get(kind, 500)
    return ModelRefused(
        status=status,
        type=kind or "http_error",
        reason=_one_line(message),
        code=code,
        transient=is_transient(status, code, None),
        retry_after_seconds=None,
    )


def _one_line(message: str) -> str:
    return redact(" ".join(message.split())[:500])
