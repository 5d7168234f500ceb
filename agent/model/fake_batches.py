"""The Message Batches of the stand-in server: what it holds, tells and gives out, and how that goes wrong."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any, Final, Literal
from urllib.parse import parse_qs, urlsplit

from agent.model.fake_rules import Refused

BATCHES: Final = "/v1/messages/batches"
LARGEST_BATCH: Final = 256 * 1024 * 1024
_MOST_REQUESTS: Final = 100_000
_CUSTOM_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ENDINGS: Final = ("succeeded", "errored", "canceled", "expired")
_DAY: Final = datetime(2026, 11, 22, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchFault:
    """How one batch goes wrong.

    `lost` is its creation without a reply, “before” or “after” the batch is there; with `status` the reply is an error,
    and the batch is there if `is_made`. It ends at the `looks`th look. The first `bad_reads` of its results end after
    `rows` rows, `torn` inside the next one. Rows may be `doubled`, and come in reverse order. With `is_gone` the
    results are no longer kept.
    """

    lost: Literal["", "before", "after"] = ""
    status: int = 0
    is_made: bool = False
    looks: int = 1
    rows: int | None = None
    torn: bool = False
    bad_reads: int = 1
    doubled: bool = False
    reordered: bool = False
    is_gone: bool = False


@dataclass(slots=True, kw_only=True)
class _Held:
    """A batch; its `results` are there once it has ended."""

    id: str
    requests: Sequence[Mapping[str, Any]]
    fault: BatchFault
    created: datetime
    looks: int = 0
    reads: int = 0
    results: list[dict[str, Any]] = field(default_factory=list)


class Lost(Exception):
    """The connection breaks before the reply."""


class Shelf:
    """The batches of one account; `outcome` says how a request does, `fault` how the batch with that number does."""

    def __init__(
        self, outcome: Callable[[Mapping[str, Any]], dict[str, Any]], fault: Callable[[int], BatchFault]
    ) -> None:
        self.held: list[_Held] = []
        self._outcome, self._fault = outcome, fault
        self._tries = 0
        self._lock = Lock()

    def create(self, body: Any) -> dict[str, Any]:
        """Take a batch in; raise Refused for one that the API refuses, Lost where no reply is to be given."""
        _check(body)
        with self._lock:
            self._tries += 1
            fault = self._fault(self._tries)
            if fault.lost == "before":
                raise Lost
            if fault.status and not fault.is_made:
                raise Refused("scripted", status=fault.status, type="api_error")
            number = len(self.held) + 1
            created = _DAY + timedelta(seconds=number)
            held = _Held(id=f"msgbatch_{number:04}", requests=body["requests"], fault=fault, created=created)
            self.held.append(held)
        if fault.lost:
            raise Lost
        if fault.status:
            raise Refused("scripted", status=fault.status, type="api_error")
        return _told(held)

    def get(self, path: str) -> dict[str, Any] | Iterator[bytes]:
        """Answer a GET: one batch, a page of them, or the lines of one's results; raise Refused for anything else."""
        parts = urlsplit(path)
        if parts.path == BATCHES:
            return self._page({name: values[0] for name, values in parse_qs(parts.query).items()})
        name, _, rest = parts.path.removeprefix(f"{BATCHES}/").partition("/")
        with self._lock:
            held = next((one for one in self.held if one.id == name), None)
            if held is None or rest not in {"", "results"}:
                raise Refused(f"no such endpoint or batch: {path}", status=404, type="not_found_error")
            return self._lines(held) if rest else self._looked_at(held)

    def cancel(self, path: str) -> dict[str, Any]:
        """End a batch at once, all of it cancelled; raise Refused for one that is not there or has ended."""
        name, _, rest = path.removeprefix(f"{BATCHES}/").partition("/")
        with self._lock:
            held = next((one for one in self.held if one.id == name), None)
            if held is None or rest != "cancel":
                raise Refused(f"no such endpoint or batch: {path}", status=404, type="not_found_error")
            if held.results:
                raise Refused("the batch has ended")
            held.results = [{"custom_id": one["custom_id"], "result": {"type": "canceled"}} for one in held.requests]
            return _told(held)

    def _page(self, asked: Mapping[str, str]) -> dict[str, Any]:
        limit = int(asked.get("limit", "20"))
        if not 1 <= limit <= 1000 or asked.keys() - {"limit", "after_id", "before_id"}:
            raise Refused("limit: 1 to 1000")
        with self._lock:
            newest = [_told(one) for one in reversed(self.held)]
        names = [one["id"] for one in newest]
        start = names.index(asked["after_id"]) + 1 if asked.get("after_id") in names else 0
        page = newest[start : start + limit]
        return {
            "data": page,
            "has_more": start + limit < len(newest),
            "first_id": page[0]["id"] if page else None,
            "last_id": page[-1]["id"] if page else None,
        }

    def _looked_at(self, held: _Held) -> dict[str, Any]:
        held.looks += 1
        if held.looks >= held.fault.looks and not held.results:
            held.results = [
                {"custom_id": one["custom_id"], "result": self._outcome(one["params"])} for one in held.requests
            ]
        return _told(held)

    def _lines(self, held: _Held) -> Iterator[bytes]:
        if not held.results or held.fault.is_gone:
            raise Refused("no results", status=404, type="not_found_error")
        held.reads += 1
        fault = held.fault
        rows = held.results[::-1] if fault.reordered else held.results
        rows = [row for row in rows for _ in range(1 + fault.doubled)]
        lines = [json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows]
        if fault.rows is None or held.reads > fault.bad_reads:
            return iter(lines)
        torn = [line[:40] for line in lines[fault.rows : fault.rows + fault.torn]]
        return iter([*lines[: fault.rows], *torn])


def _told(held: _Held) -> dict[str, Any]:
    """Return a batch as the API tells of it: requests count as processing until all have ended."""
    ended = Counter(row["result"]["type"] for row in held.results)
    has_results = held.results and not held.fault.is_gone
    expires = held.created + timedelta(days=1)
    return {
        "id": held.id,
        "type": "message_batch",
        "processing_status": "ended" if held.results else "in_progress",
        "request_counts": {"processing": 0 if held.results else len(held.requests)}
        | {name: ended[name] for name in _ENDINGS},
        "created_at": held.created.isoformat(),
        "expires_at": expires.isoformat(),
        "ended_at": expires.isoformat() if held.results else None,
        "archived_at": expires.isoformat() if held.fault.is_gone else None,
        "cancel_initiated_at": None,
        "results_url": f"{BATCHES}/{held.id}/results" if has_results else None,
    }


def _check(body: Any) -> None:
    """Raise Refused for what the API refuses at once; the requests themselves it looks at later."""
    requests = body.get("requests") if isinstance(body, dict) and body.keys() == {"requests"} else None
    if not isinstance(requests, list) or not 1 <= len(requests) <= _MOST_REQUESTS:
        raise Refused(f"requests: a list of 1 to {_MOST_REQUESTS}")
    seen = set()
    for number, one in enumerate(requests):
        if not isinstance(one, dict) or one.keys() != {"custom_id", "params"}:
            raise Refused(f"requests.{number}: custom_id and params")
        name = one["custom_id"]
        if not isinstance(name, str) or not _CUSTOM_ID.fullmatch(name) or name in seen:
            raise Refused(f"requests.{number}.custom_id: 1 to 64 letters, digits, _ and -, each once")
        seen.add(name)
