"""The board of a running job: what each event changes, what is still to come, and the same from the ledger's rows."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from decimal import Decimal

import pytest
from rehearsal import PARTS, PATH, Scripted, good_replies

from agent.bookkeeping.estimates import Estimate
from agent.errors import ModelGarbage, ModelRefused
from agent.expansion.article import Job
from agent.expansion.board import PLAN, Board, Cell
from agent.expansion.events import (
    Asking,
    Began,
    Ended,
    Estimated,
    Event,
    Item,
    Judged,
    Paused,
    Received,
    State,
    Throttled,
    Unplanned,
)
from agent.expansion.job import Chosen, run_job
from agent.expansion.stored_board import stored_board
from agent.model.messages import Usage
from agent.standard.findings import Finding
from agent.workspace.ledger import Ledger, Run, StoredReply

A, B, C = "文章/甲.md", "文章/乙.md", "文章/丙.md"
BUSY = ModelRefused(status=529, type="overloaded_error", reason="busy")


def board_of(*events: Event, paths: Sequence[str] = (A, B, C)) -> Board:
    board = Board.of(paths, (2, 1, 4))
    for event in events:
        board = board.after(event)
    return board


def received(
    path: str, step: str, *, tokens: int = 1000, cost: str | None = "0.01", from_ledger: bool = False
) -> Event:
    price = None if cost is None else Decimal(cost)
    return Received(path=path, step=step, usage=Usage(output_tokens=tokens), cost=price, from_ledger=from_ledger)


def judged(path: str, *failing: int) -> Event:
    finding = Finding(rule="too-few-lines", severity="error", line=1, found="1", wanted="8")
    return Judged(path=path, passed=not failing, errors=dict.fromkeys(failing, (finding,)))


def ended(path: str, state: State) -> Event:
    return Ended(item=Item(path=path, state=state))


def estimated(path: str, *, tokens: int = 4000, cost: str | None = "0.04") -> Event:
    price = None if cost is None else Decimal(cost)
    one = Estimate(items=1, calls=4, input_tokens=1, output_tokens=tokens, cost=price, cost_without_cache=price)
    return Estimated(path=path, estimate=one)


def states(board: Board, path: str) -> str:
    return " ".join(f"{cell.state}{cell.repairs or ''}" for cell in board.rows[path].cells.values())


def test_an_article_goes_through_its_steps_to_the_end() -> None:
    story: list[tuple[Event, str]] = [
        (Began(path=A), "waiting waiting waiting waiting"),
        (Asking(path=A, step="plan"), "asking waiting waiting waiting"),
        (received(A, "plan"), "received waiting waiting waiting"),
        (Asking(path=A, step="part2"), "passed asking waiting waiting"),
        (received(A, "part2"), "passed received waiting waiting"),
        (Asking(path=A, step="part2+1"), "passed asking waiting waiting"),
        (received(A, "part2+1"), "passed received waiting waiting"),
        (judged(A), "passed passed waiting waiting"),
        (Asking(path=A, step="part1"), "passed passed asking waiting"),
        (Asking(path=A, step="part4"), "passed passed asking asking"),
        (received(A, "part4"), "passed passed asking received"),
        (received(A, "part1"), "passed passed received received"),
        (judged(A, 4), "passed passed passed failed"),
        (Asking(path=A, step="repair4.1"), "passed passed passed repairing1"),
        (received(A, "repair4.1"), "passed passed passed received1"),
        (judged(A, 4), "passed passed passed failed1"),
        (Asking(path=A, step="repair4.2"), "passed passed passed repairing2"),
        (received(A, "repair4.2"), "passed passed passed received2"),
        (judged(A), "passed passed passed passed2"),
        (ended(A, "written"), "passed passed passed passed2"),
    ]
    board = board_of()
    for event, expected in story:
        board = board.after(event)
        assert states(board, A) == expected, event
    assert board.rows[A].state == "written"
    assert board.rows[B].state == "waiting"


def test_a_plan_that_could_not_be_read_is_marked() -> None:
    problem = ModelGarbage(model="m", reason="no JSON object")
    assert board_of(Unplanned(path=A, problem=problem, is_last=False)).rows[A].cells[PLAN] != Cell(state="failed")
    assert board_of(Unplanned(path=A, problem=problem, is_last=True)).rows[A].cells[PLAN] == Cell(state="failed")


def test_what_was_in_flight_when_the_run_stopped_is_to_be_done_and_a_repair_leaves_the_part_failing() -> None:
    board = board_of(Asking(path=A, step="part1"), Asking(path=A, step="repair4.1"), ended(A, "planned"))
    assert states(board, A) == "waiting waiting waiting failed1"
    assert board.asked == 0


def test_an_event_of_an_unknown_article_changes_nothing() -> None:
    assert board_of(Began(path="文章/无.md")) == board_of()


def test_earlier_runs_are_counted_apart_and_an_unknown_price_makes_the_sum_unknown() -> None:
    board = board_of(received(A, "plan", from_ledger=True), received(A, "part2"), received(B, "plan", cost="0.02"))
    assert (board.paid.cost, board.earlier.cost) == (Decimal("0.03"), Decimal("0.01"))
    assert board.paid.usage.output_tokens == 2000
    assert board.after(received(C, "plan", cost=None)).paid.cost is None


def test_where_nobody_tells_tokens_the_pace_goes_by_the_articles_that_have_ended() -> None:
    untold = Received(path=A, step="plan", usage=Usage(), cost=None, from_ledger=False)
    board = board_of(estimated(A, cost=None), estimated(B, cost=None), estimated(C, cost=None), untold)
    assert board.paid.is_untold
    rest = board.after(ended(A, "written")).to_go(seconds=30, workers=1)
    assert rest is not None
    assert (rest.cost, rest.seconds) == (None, 60)


def test_of_a_model_that_tells_nothing_the_cost_is_unknown_from_the_start_and_the_pace_is_kept() -> None:
    events = (estimated(A, cost=None), estimated(B, cost=None), ended(A, "written"))
    board = Board.of((A, B), (2, 1, 4), tells_nothing=True)
    assert board.paid.is_untold
    for event in events:
        board = board.after(event)
    rest = board.to_go(seconds=30, workers=1)
    assert rest is not None
    assert (rest.cost, rest.seconds) == (None, 30)


def test_a_pause_stands_until_it_is_over_and_an_overload_is_remembered() -> None:
    board = board_of(Paused(seconds_left=5, reason=BUSY), Throttled(permits=2, most=4, reason=BUSY))
    assert board.pause is not None
    assert board.slowed is not None
    assert board.after(Paused(seconds_left=0, reason=BUSY)).pause is None


def test_nothing_is_foretold_before_anything_is_estimated() -> None:
    assert board_of(Began(path=A)).to_go(seconds=1, workers=2) is None


def test_articles_without_an_estimate_count_as_the_mean_of_the_others() -> None:
    rest = board_of(estimated(A, tokens=2000, cost="0.02"), estimated(B, tokens=4000)).to_go(seconds=0, workers=1)
    assert rest is not None
    assert (rest.tokens, rest.cost) == (9000, Decimal("0.09"))


def test_what_is_to_come_is_scaled_by_what_ended_articles_took() -> None:
    took_twice = (estimated(A), received(A, "plan", tokens=8000, cost="0.08"), ended(A, "written"))
    rest = board_of(*took_twice, estimated(B), received(B, "plan", tokens=1000)).to_go(seconds=90, workers=4)
    assert rest is not None
    assert rest.tokens == 7000 + 8000
    assert rest.cost == Decimal("0.07") + Decimal("0.08")
    assert rest.seconds == pytest.approx(90 * 15_000 / 9000)


def test_nothing_is_to_come_of_articles_that_have_ended_and_a_cost_without_a_price_is_unknown() -> None:
    done = [ended(path, "needs_review") for path in (A, B, C)]
    rest = board_of(estimated(A, cost=None), *done).to_go(seconds=1, workers=1)
    assert rest is not None
    assert (rest.tokens, rest.cost, rest.seconds) == (0, Decimal(0), 0)
    open_still = board_of(estimated(A, cost=None)).to_go(seconds=1, workers=1)
    assert open_still is not None
    assert open_still.cost is None


def stored(ledger: Ledger, *, is_running: bool) -> Board:
    run = ledger.last_run()
    assert run is not None
    items, attempts = ledger.items(), ledger.attempts()
    return stored_board(run, items, attempts, parts=(2, 1, 4), estimates={}, is_running=is_running)


def begun(ledger: Ledger, *paths: str) -> None:
    ledger.record_run(Run(started="2026-11-22T09:00:00+00:00", pid=1, workers=2, ceiling="", paths=paths))


def answered(ledger: Ledger, path: str, step: str) -> None:
    item = ledger.open_item(path, "0")
    reply = StoredReply(
        text="x", usage=asdict(Usage(output_tokens=10)), stop_reason="end_turn", model="m", prompt_hash=""
    )
    ledger.record_reply(item, step, ledger.record_sent(item, step, prompt_hash=""), reply)


def test_the_ledger_tells_what_is_asked_received_and_ended(ledger: Ledger) -> None:
    begun(ledger, A, B, C)
    for step in ("plan", "part2"):
        answered(ledger, A, step)
    item = ledger.open_item(A, "0")
    ledger.record_sent(item, "part1", prompt_hash="")
    ledger.finish(ledger.open_item(B, "0"), "skipped")
    board = stored(ledger, is_running=True)
    assert states(board, A) == "passed received asking waiting"
    assert [row.state for row in board.rows.values()] == ["working", "skipped", "waiting"]
    stopped = stored(ledger, is_running=False)
    assert states(stopped, A) == "passed received waiting waiting"
    assert [row.state for row in stopped.rows.values()] == ["planned", "skipped", "planned"]


def test_replies_of_an_earlier_run_are_not_paid_for_again(ledger: Ledger) -> None:
    begun(ledger, A)
    answered(ledger, A, "plan")
    begun(ledger, A)
    answered(ledger, A, "part2")
    board = stored(ledger, is_running=True)
    assert board.earlier.usage.output_tokens == board.paid.usage.output_tokens == 10


def test_the_ledger_and_the_events_of_a_run_come_to_the_same_board(job: Callable[..., Job], ledger: Ledger) -> None:
    seen: list[Event] = []
    model = Scripted(good_replies(part4=["### 第4部分：方法论变体、批判性比较与优化\n\n短。\n"], repair=[PARTS[4]]))
    run_job([Chosen(path=PATH)], job(model, seen), workers=2)
    told = board_of(*seen, paths=(PATH,))
    kept = stored(ledger, is_running=False)
    assert (kept.rows[PATH].state, kept.rows[PATH].paid) == (told.rows[PATH].state, told.rows[PATH].paid)
    assert kept.rows[PATH].cells == told.rows[PATH].cells
