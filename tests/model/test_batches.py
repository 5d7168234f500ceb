"""Message Batches against the fake server: handed in once, received whole whatever the results do."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any

import pytest
import respx
import wire

from agent.errors import BatchUnsettled, ModelIncomplete, ModelRefused, ModelUnanswered, ModelUnreachable
from agent.model.batches import ClaudeBatches, Outcome, size_of
from agent.model.claude import ClaudeModel, make_client
from agent.model.fake import FakeServer, Scripted
from agent.model.fake_batches import BatchFault
from agent.model.messages import Block, Message
from agent.model.retry import RetryPolicy
from agent.settings import ModelSettings

pytestmark = pytest.mark.loopback

THREE = {f"t-{number}": wire.request(messages=(Message("user", (Block(f"第{number}问"),)),)) for number in range(3)}


@contextmanager
def served(
    answer: Callable[[Mapping[str, Any]], Scripted] | None = None, fault: BatchFault | None = None
) -> Iterator[tuple[FakeServer, ClaudeBatches]]:
    def echoed(body: Mapping[str, Any]) -> Scripted:
        return Scripted(text=f"答{body['messages'][0]['content'][0]['text']}", thinking="想")

    with (
        pytest.MonkeyPatch.context() as patch,
        FakeServer(answer or echoed, fault=lambda _: fault or BatchFault()) as server,
    ):
        patch.setenv("ANTHROPIC_API_KEY", server.key)
        with make_client(ModelSettings(base_url=server.base_url)) as client:
            policy = RetryPolicy(attempts=3, first_seconds=0)
            model = ClaudeModel("claude-sonnet-5-5", client=lambda: client, policy=policy, sleep=lambda _: None)
            yield server, ClaudeBatches(model)


def received(batches: ClaudeBatches, name: str) -> list[Outcome]:
    outcomes = list[Outcome]()
    batches.fetch(name, THREE.keys(), outcomes.append)
    return outcomes


def ended(batches: ClaudeBatches, name: str) -> str:
    while not batches.retrieve(name).has_ended:
        pass
    return name


def test_requests_come_back_by_their_custom_ids_with_usage_and_stop_reason() -> None:
    with served(fault=BatchFault(looks=3, reordered=True)) as (_, batches):
        name = batches.create(THREE)
        assert [batches.retrieve(name).has_ended for _ in range(3)] == [False, False, True]
        outcomes = {one.custom_id: one.reply for one in received(batches, name)}
    assert {key: reply.text for key, reply in outcomes.items() if reply} == {f"t-{n}": f"答第{n}问" for n in range(3)}
    first = outcomes["t-0"]
    assert first is not None
    assert first.stop_reason == "end_turn"
    assert first.usage.thinking_tokens == 1
    assert first.usage.output_tokens > 1


@pytest.mark.parametrize("torn", [False, True])
@pytest.mark.parametrize("rows", [0, 1, 2])
def test_results_that_are_cut_are_read_again_and_no_row_is_given_twice(rows: int, torn: bool) -> None:  # noqa: FBT001
    with served(fault=BatchFault(rows=rows, torn=torn, bad_reads=2, doubled=True)) as (_, batches):
        outcomes = received(batches, ended(batches, batches.create(THREE)))
    assert sorted(one.custom_id for one in outcomes) == sorted(THREE)


def test_results_that_stay_cut_are_said_to_be_missing_and_the_rest_is_there() -> None:
    outcomes = list[Outcome]()
    with served(fault=BatchFault(rows=2, bad_reads=99)) as (_, batches), pytest.raises(BatchUnsettled) as told:
        batches.fetch(ended(batches, batches.create(THREE)), THREE.keys(), outcomes.append)
    assert (told.value.facts["received"], told.value.facts["wanted"]) == (2, 3)
    assert len(outcomes) == 2


def test_a_request_that_gets_no_answer_says_why() -> None:
    answers = iter(
        [Scripted(ending="expired"), Scripted(ending="canceled"), Scripted(status=529, error="overloaded_error")]
    )
    with served(lambda _: next(answers)) as (_, batches):
        problems = [one.problem for one in received(batches, ended(batches, batches.create(THREE)))]
    assert [type(one) for one in problems] == [ModelUnanswered, ModelUnanswered, ModelRefused]
    assert [one.facts.get("ending") for one in problems[:2] if one] == ["expired", "canceled"]
    assert problems[2] is not None
    assert problems[2].facts["transient"] is True


def test_a_batch_can_be_cancelled_until_it_has_ended() -> None:
    with served(fault=BatchFault(looks=99)) as (_, batches):
        name = batches.create(THREE)
        batches.cancel(name)
        assert {str(one.problem.facts["ending"]) for one in received(batches, ended(batches, name)) if one.problem} == {
            "canceled"
        }
        with pytest.raises(ModelRefused):
            batches.cancel(name)


def test_a_request_that_the_service_finds_wrong_is_not_to_be_tried_again() -> None:
    with served() as (_, batches):
        name = ended(batches, batches.create(THREE | {"t-0": wire.request(max_tokens=999_999)}))
        wrong = next(one.problem for one in received(batches, name) if one.custom_id == "t-0")
    assert wrong is not None
    assert (wrong.facts["status"], wrong.facts["transient"]) == (400, False)


@pytest.mark.parametrize(
    "fault",
    [BatchFault(lost="after"), BatchFault(status=500, is_made=True), BatchFault(status=529)],
    ids=["lost", "500", "529"],
)
def test_creation_is_tried_once_whatever_comes_of_it(fault: BatchFault) -> None:
    with served(fault=fault) as (server, batches):
        with pytest.raises((ModelUnreachable, ModelRefused)):
            batches.create(THREE)
        assert len(server.requests) == 1


def test_what_was_made_since_is_listed_newest_first() -> None:
    with served() as (_, batches):
        assert batches.newest() == ""
        names = [batches.create(dict(list(THREE.items())[:count])) for count in (1, 2, 3)]
        assert batches.newest() == names[2]
        assert [(one.id, one.size) for one in batches.since(names[0])] == [(names[2], 3), (names[1], 2)]
        assert len(batches.since("")) == len(batches.since("msgbatch_gone")) == 3
        assert batches.peek(ended(batches, names[2])) in THREE


def test_a_batch_of_the_same_moment_as_the_marker_is_found_behind_it() -> None:
    with served() as (server, batches):
        before, marker, lost = (batches.create(dict(list(THREE.items())[:count])) for count in (1, 2, 3))
        held = server.shelf.held
        held[2].created = held[1].created
        held[1], held[2] = held[2], held[1]
        assert [one.id for one in batches.since(marker)] == [lost]
        assert before not in {one.id for one in batches.since(marker)}


def test_more_than_a_page_of_batches_is_listed_whole() -> None:
    one = dict(list(THREE.items())[:1])
    with served() as (_, batches):
        for _ in range(103):
            batches.create(one)
        assert len(batches.since("")) == 103


def test_results_that_are_no_longer_kept_are_told_apart() -> None:
    with served(fault=BatchFault(is_gone=True)) as (_, batches):
        there = batches.retrieve(batches.create(THREE))
    assert there.has_ended
    assert not there.is_kept


def test_the_size_of_a_request_is_never_told_too_small() -> None:
    with served() as (server, batches):
        batches.create({"t": THREE["t-0"]})
        assert size_of(THREE["t-0"]) >= len(str(server.requests[0]).encode())


@pytest.mark.parametrize("told", [{}, {"id": ""}, {"id": None}])
def test_a_receipt_without_an_id_is_none(told: dict[str, Any]) -> None:
    router = respx.Router()
    router.post(f"{wire.URL}/batches").respond(json=told)
    with closing(wire.model(router)) as model, pytest.raises(ModelIncomplete):
        ClaudeBatches(model).create(THREE)


def test_rows_of_another_shape_are_problems_and_no_crash() -> None:
    rows = [
        {"custom_id": "t-0", "result": {"type": "succeeded", "message": {"content": [], "stop_reason": None}}},
        {"custom_id": "t-1", "result": {"type": "errored", "error": None}},
        {"custom_id": "t-2"},
        [],
        {"result": {"type": "expired"}},
    ]
    batch = {"id": "b", "processing_status": "ended", "results_url": f"{wire.URL}/batches/b/results"}
    router = respx.Router()
    router.get(f"{wire.URL}/batches/b").respond(json=batch)
    router.get(f"{wire.URL}/batches/b/results").respond(text="".join(f"{json.dumps(row)}\n" for row in rows))
    with closing(wire.model(router)) as model:
        outcomes = received(ClaudeBatches(model), "b")
    assert [one.custom_id for one in outcomes if one.problem] == ["t-0", "t-1", "t-2"]
