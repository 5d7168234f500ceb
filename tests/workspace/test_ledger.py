"""The ledger: a paid reply survives, an item is its path and its original."""

import os
import signal
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from agent.errors import Unwritable
from agent.workspace.ledger import Item, Ledger, Run, StoredReply
from agent.workspace.store import Store

REPLY = StoredReply(
    text="第一步 $x$\r\n",
    usage={"input_tokens": 10, "output_tokens": 20},
    stop_reason="end_turn",
    model="m",
    prompt_hash="p1",
)


@pytest.fixture
def ledger(store: Store) -> Iterator[Ledger]:
    with closing(Ledger(store)) as opened:
        yield opened


def test_an_item_is_opened_once_for_a_path_and_an_original(ledger: Ledger) -> None:
    item = ledger.open_item("a.md", "hash")
    assert (item.path, item.original_sha256, item.state) == ("a.md", "hash", "open")
    assert ledger.open_item("a.md", "hash") == item
    assert ledger.open_item("a.md", "other") != item
    assert len(ledger.items()) == 2


def test_what_was_asked_has_a_reply_once_one_came(ledger: Ledger) -> None:
    item = ledger.open_item("a.md", "hash")
    attempt = ledger.record_sent(item, "2", prompt_hash="p1")
    assert ledger.reply(item, "2") is None
    ledger.record_reply(item, "2", attempt, REPLY)
    assert ledger.reply(item, "2") == REPLY
    assert ledger.reply(item, "1") is None


def test_a_reply_stays_while_a_later_attempt_is_under_way(ledger: Ledger) -> None:
    item = ledger.open_item("a.md", "hash")
    ledger.record_reply(item, "2", ledger.record_sent(item, "2", prompt_hash="p1"), REPLY)
    second = ledger.record_sent(item, "2", prompt_hash="p2")
    assert second == 2
    assert ledger.reply(item, "2") == REPLY
    better = replace(REPLY, text="better", prompt_hash="p2")
    ledger.record_reply(item, "2", second, better)
    assert ledger.reply(item, "2") == better


def test_a_reply_knows_the_derivation_that_its_request_showed(ledger: Ledger) -> None:
    item = ledger.open_item("a.md", "hash")
    for part, derivation in (("part4", "$$a \\tag{2.1}$$"), ("plan", "")):
        attempt = ledger.record_sent(item, part, prompt_hash="p1", derivation=derivation)
        ledger.record_reply(item, part, attempt, REPLY)
        assert ledger.reply(item, part) == replace(REPLY, derivation=derivation)


def test_what_an_earlier_ledger_did_not_keep_of_a_reply_is_empty(store: Store, ledger: Ledger) -> None:
    item = ledger.open_item("a.md", "hash")
    ledger.record_reply(item, "part4", ledger.record_sent(item, "part4", prompt_hash="p1"), REPLY)
    (file,) = store.root.rglob("ledger.sqlite3")
    with closing(sqlite3.connect(file)) as other, other:
        other.execute("UPDATE attempt SET derivation = NULL, asked = NULL")
    assert ledger.reply(item, "part4") == REPLY
    assert ledger.asked(item) == {"part4": ""}


def test_the_end_of_an_item_is_kept_and_forgetting_begins_afresh(store: Store, ledger: Ledger) -> None:
    item = ledger.open_item("a.md", "hash")
    ledger.record_reply(item, "plan", ledger.record_sent(item, "plan", prompt_hash="p1"), REPLY)
    ledger.finish(item, "needs_review")
    with closing(Ledger(store)) as another_terminal:
        (seen,) = another_terminal.items()
    assert seen.state == "needs_review"
    ledger.forget(item)
    assert ledger.items() == ()
    fresh = ledger.open_item("a.md", "hash")
    assert ledger.reply(fresh, "plan") is None


def test_a_run_that_takes_an_item_up_again_opens_it_with_its_replies(ledger: Ledger) -> None:
    item = ledger.open_item("a.md", "hash")
    ledger.record_reply(item, "plan", ledger.record_sent(item, "plan", prompt_hash="p1"), REPLY)
    ledger.finish(item, "failed")
    again = ledger.open_item("a.md", "hash")
    assert (again.id, again.state) == (item.id, "open")
    assert ledger.reply(again, "plan") == REPLY


def test_another_terminal_sees_the_run_and_what_was_asked_and_answered(store: Store, ledger: Ledger) -> None:
    assert ledger.last_run() is None
    run = Run(started="2026-11-22T10:00:00+00:00", pid=7, workers=4, ceiling="1.50", paths=("文章/甲.md", "b.md"))
    ledger.record_run(replace(run, pid=6))
    ledger.record_run(run)
    item = ledger.open_item("文章/甲.md", "hash")
    ledger.record_reply(item, "plan", ledger.record_sent(item, "plan", prompt_hash="p1"), REPLY)
    ledger.record_sent(item, "part2", prompt_hash="p2")
    with ledger.at_once(), closing(Ledger(store, read_only=True)) as another_terminal:  # whoever writes meanwhile
        assert another_terminal.last_run() == run
        answered, waiting = another_terminal.attempts()
    assert (answered.item, answered.part, answered.usage, answered.model) == (item.id, "plan", REPLY.usage, "m")
    assert (waiting.part, waiting.number, waiting.usage, waiting.model) == ("part2", 1, None, "")


def test_a_run_knows_which_attempts_were_there_before_it_and_a_reader_changes_nothing(
    store: Store, ledger: Ledger
) -> None:
    run = Run(started="2026-11-22T10:00:00+00:00", pid=7, workers=4, ceiling="", paths=("a.md",))
    ledger.record_sent(ledger.open_item("a.md", "hash"), "plan", prompt_hash="p1")
    ledger.record_run(run)
    with closing(Ledger(store, read_only=True)) as reader:
        last = reader.last_run()
        assert last is not None
        assert [one.id for one in reader.attempts()] == [last.attempts_before]
        with pytest.raises(Unwritable):
            reader.record_run(run)


def test_a_reply_recorded_before_a_kill_is_there_after_it(
    store: Store, fork: Callable[[Callable[[], object]], int]
) -> None:
    def record_and_die() -> None:
        own = Ledger(store)
        item = own.open_item("a.md", "hash")
        own.record_reply(item, "2", own.record_sent(item, "2", prompt_hash="p1"), REPLY)
        own.record_sent(item, "3", prompt_hash="p1")
        os.kill(os.getpid(), signal.SIGKILL)

    os.waitpid(fork(record_and_die), 0)
    with closing(Ledger(store)) as ledger:
        (item,) = ledger.items()
        assert ledger.reply(item, "2") == REPLY
        assert ledger.reply(item, "3") is None


def test_workers_share_one_ledger(ledger: Ledger) -> None:
    item = ledger.open_item("a.md", "hash")

    def ask(part: str) -> None:
        for _ in range(10):
            ledger.record_reply(item, part, ledger.record_sent(item, part, prompt_hash="p"), REPLY)

    workers = [threading.Thread(target=ask, args=(str(part),)) for part in range(5)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert {ledger.record_sent(item, part, prompt_hash="p") for part in "01234"} == {11}
    assert all(ledger.reply(item, part) == REPLY for part in "01234")


def test_a_file_that_is_no_ledger_is_named(store: Store) -> None:
    file = store.root / ".wenqu" / "local" / "ledger.sqlite3"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"no database" * 100)
    with pytest.raises(Unwritable, match=r"ledger\.sqlite3"):
        Ledger(store)


def test_of_a_ledger_that_lacks_a_column_it_is_said_which(store: Store, ledger: Ledger) -> None:
    item = ledger.open_item("a.md", "hash")
    ledger.close()
    (file,) = store.root.rglob("ledger.sqlite3")
    with closing(sqlite3.connect(file)) as other:
        other.execute("ALTER TABLE attempt DROP COLUMN derivation")
    with closing(Ledger(store)) as again, pytest.raises(Unwritable, match=r"ledger\.sqlite3.*derivation"):
        again.record_sent(item, "plan", prompt_hash="p1")
    with closing(Ledger(store, read_only=True)) as reader, pytest.raises(Unwritable, match="derivation"):
        reader.reply(item, "plan")


def handed_in(ledger: Ledger, tag: str = "t1") -> Item:
    item = ledger.open_item("a.md", "hash")
    with ledger.at_once():
        ledger.record_batch(tag, marker="msgbatch_0", created="2026-11-22T09:00:00+00:00")
        for part in ("part2+1", "repair4.1"):
            ledger.record_sent(item, part, prompt_hash="p1", asked="m", batch=tag)
    return item


def test_a_batch_is_open_until_all_its_replies_are_there_and_names_each_request(ledger: Ledger) -> None:
    item = handed_in(ledger)
    (batch,) = ledger.open_batches()
    assert (batch.tag, batch.marker, batch.remote) == ("t1", "msgbatch_0", "")
    assert [one.custom_id for one in batch.requests] == [f"t1-{item.id}-part2_1-1", f"t1-{item.id}-repair4_1-1"]
    ledger.name_batch("t1", "msgbatch_1")
    ledger.record_reply(item, "part2+1", 1, REPLY)
    (batch,) = ledger.open_batches()
    assert (batch.remote, [one.part for one in batch.requests]) == ("msgbatch_1", ["repair4.1"])
    assert ledger.remote_batches() == {"msgbatch_1"}
    ledger.close_batch("t1")
    assert ledger.open_batches() == ()


def test_a_reply_knows_that_it_came_in_a_batch(ledger: Ledger) -> None:
    item = handed_in(ledger)
    ledger.record_reply(item, "part2+1", 1, REPLY)
    ledger.record_reply(item, "plan", ledger.record_sent(item, "plan", prompt_hash="p1"), REPLY)
    assert ledger.reply(item, "part2+1") == replace(REPLY, batched=True)
    assert ledger.reply(item, "plan") == REPLY
    assert [(one.part, one.batched) for one in ledger.attempts()] == [
        ("part2+1", True),
        ("repair4.1", True),
        ("plan", False),
    ]


def test_a_batch_that_the_service_never_had_is_forgotten_with_its_requests(ledger: Ledger) -> None:
    handed_in(ledger)
    ledger.forget_batch("t1")
    assert (ledger.open_batches(), ledger.attempts()) == ((), ())


def test_whoever_forgets_an_item_gives_its_batch_up(ledger: Ledger) -> None:
    ledger.forget(handed_in(ledger))
    assert ledger.open_batches() == ()
