"""A service that takes batches, three short articles, and a way to run jobs of them in batches."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from rehearsal import ARTICLE, PARTS, good_replies

from agent.expansion.article import Job
from agent.expansion.batch_api import run_in_batches
from agent.expansion.batch_post import Post
from agent.expansion.events import (
    BatchStep,
    Event,
    Item,
)
from agent.expansion.job import Chosen
from agent.model.batches import ClaudeBatches
from agent.model.claude import ClaudeModel, make_client
from agent.model.fake import FakeServer, Scripted
from agent.model.fake_batches import BatchFault
from agent.model.retry import RetryPolicy
from agent.settings import ModelSettings
from agent.workspace.ledger import Ledger
from agent.workspace.store import Store

PATHS = tuple(f"文章/{name}.md" for name in "甲乙丙")
CHOSEN = tuple(Chosen(path=path) for path in PATHS)
BAD_PART4 = PARTS[4].replace("（推导：代入 2.1 节第二式）", "")
STAGES = [3, 3, 6]
"""How many requests the three batches of three articles hold, with a small standard of three parts."""

MakeJob = Callable[..., Job]


@dataclass
class Service:
    """Answers as a good model does, but for what a test changes: (article, task) → answers in turn, the last one again.

    `faults` are those of the first, second … batch.
    """

    changes: dict[tuple[int, str], list[Scripted | str]] = field(default_factory=dict)
    faults: dict[int, BatchFault] = field(default_factory=dict)
    server: FakeServer = field(init=False)
    batches: ClaudeBatches = field(init=False)
    model: ClaudeModel = field(init=False)

    def answer(self, body: Mapping[str, Any]) -> Scripted:
        number, task = asked(body)
        answers = self.changes.get((number, task))
        if answers:
            answer = answers.pop(0) if len(answers) > 1 else answers[0]
            return answer if isinstance(answer, Scripted) else Scripted(text=answer)
        return Scripted(text=good_replies()[f"expand.{task}"][0])

    @property
    def made(self) -> list[list[tuple[int, str]]]:
        """Return what each batch that the service has asks for."""
        return [[asked(one["params"]) for one in held.requests] for held in self.server.shelf.held]

    @property
    def sizes(self) -> list[int]:
        return [len(batch) for batch in self.made]


def asked(body: Mapping[str, Any]) -> tuple[int, str]:
    text = "".join(block["text"] for block in body["messages"][0]["content"])
    number, task = re.search(r"第 (\d) 种定义", text), re.search(r"<task>expand\.(\w+)</task>\s*\Z", text)
    assert number
    assert task
    return int(number[1]), task[1]


@pytest.fixture(autouse=True)
def three(store: Store) -> None:
    for number, path in enumerate(PATHS):
        own = ARTICLE.replace("title: 熵", f"title: 熵{number}").replace("/77", f"/8{number}")
        store.write(path, own.replace("只给出了定义", f"只给出了第 {number} 种定义"), expected_sha256=None)


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    service = Service()
    with FakeServer(service.answer, fault=lambda number: service.faults.get(number, BatchFault())) as server:
        monkeypatch.setenv("ANTHROPIC_API_KEY", server.key)
        with make_client(ModelSettings(base_url=server.base_url)) as client:
            policy = RetryPolicy(attempts=3, first_seconds=0)
            service.server = server
            service.model = ClaudeModel("claude-sonnet-5-5", client=lambda: client, policy=policy)
            service.batches = ClaudeBatches(service.model)
            yield service


Expand = Callable[..., tuple[Item, ...]]


@pytest.fixture
def expand(service: Service, job: MakeJob, ledger: Ledger) -> Expand:
    """Run a job of the three articles in batches; what happens is added to `events`."""
    tags = iter(f"tag{number}" for number in range(99))

    def run(
        events: list[Event] | None = None,
        chosen: tuple[Chosen, ...] = CHOSEN,
        *,
        poll_seconds: float = 0,
        sleep: Callable[[float], object] = lambda _: None,
        **options: Any,
    ) -> tuple[Item, ...]:
        own = job(service.model, events, **options)
        post = Post(
            ledger=ledger,
            service=service.batches,
            asked=own.model.name,
            stop=own.stop,
            tell=own.on_event,
            now=own.bench.now,
            poll_seconds=poll_seconds,
            new_tag=lambda: next(tags),
            sleep=sleep,
        )
        return run_in_batches(chosen, own, post, workers=4)

    return run


def states(items: tuple[Item, ...]) -> list[str]:
    return [item.state for item in items]


def kinds(events: list[Event]) -> list[str]:
    return [event.kind for event in events if isinstance(event, BatchStep)]
