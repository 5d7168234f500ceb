"""The discussed questions as entries for the running record that lies beside their list."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from agent.bookkeeping.moved_on import Step
from agent.notes.kinds import is_record
from agent.notes.question_list import parse_questions
from agent.notes.record_entry import Entry
from agent.settings import Layout
from agent.socratic.document.account import Account
from agent.socratic.document.compile import Compiled
from agent.socratic.document.quoting import link_target
from agent.text.edits import Edit
from agent.workspace.store import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is there already: the layout, the paths of all notes, the names taken beside the document, a way to read.

    `unrecorded` gives the ids of a question list that no record or discussion covers yet, in the list's order, and
    `moved_on` the edits, by path, of statements that a new document (path, text, what it did) leaves behind.
    """

    layout: Layout
    notes: tuple[str, ...]
    taken: tuple[str, ...]
    read: Callable[[str], Document | None]
    unrecorded: Callable[[str], tuple[str, ...]]
    moved_on: Callable[[str, str, Step], Mapping[str, tuple[Edit, ...]]]


def entries(compiled: Compiled, path: str, around: Surroundings) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """Yield each record beside a list with the entries of the questions of that list that were discussed.

    `path` is the discussion document. The last entry names the first question that is left without a record.
    """
    for listed_in in dict.fromkeys(one.target.path for one in compiled.accounts if one.target.headline):
        folder = PurePosixPath(listed_in).parent
        beside = (note for note in around.notes if PurePosixPath(note).parent == folder and is_record(note))
        record = next((note for note in beside if note != listed_in), "")
        document, questions = around.read(record) if record else None, around.read(listed_in)
        if document is None or questions is None:
            continue
        discussed = [one for one in compiled.accounts if one.target.path == listed_in and _is_discussed(one, compiled)]
        done = {_id(one) for one in discussed}
        left = (one for one in around.unrecorded(listed_in) if one not in done)
        following = _titled(next(left, ""), listed_in, questions.text)
        link = link_target(f"{path}#", str(folder)).rstrip("#")
        yield (
            record,
            tuple(
                _entry(account, compiled, link=link, following=following if account is discussed[-1] else "")
                for account in discussed
            ),
        )


def _is_discussed(account: Account, compiled: Compiled) -> bool:
    return account.target.id in compiled.discussed


def _id(account: Account) -> str:
    return account.target.id.partition(".")[0]


def _titled(name: str, path: str, text: str) -> str:
    """Return a question's id with its title, "" for none."""
    title = next((one.title for one in parse_questions(path, text) if one.id == name), "")
    return f"{name}: {title}" if name else ""


def _entry(account: Account, compiled: Compiled, *, link: str, following: str) -> Entry:
    own = {turn.seq for turn in compiled.turns if turn.target == account.target.id and turn.role == "learner"}
    now = account.now or (None if account.withdrawn else account.repair)
    until = now.turn if now else 0
    insights = [pointer.span for pointer in compiled.insights if pointer.turn in own]
    quoted = [answer.text for _, answer in compiled.transfers if answer.seq in own]
    return Entry(
        id=_id(account),
        title=" ".join(account.target.title.split()),
        date=compiled.last_day,
        first=account.first.span,
        guiding=tuple(_guiding(account, compiled, own, until=until)),
        deeper=now.span if now and now != account.first else "",
        insight=insights[0] if insights else "",
        quoted=tuple(one for one in quoted if one not in insights),
        link=link,
        following=following,
    )


def _guiding(account: Account, compiled: Compiled, own: set[int], *, until: int) -> Iterator[tuple[str, str]]:
    """Yield the questions up to the account now, each with the answer to it; that account itself stands elsewhere."""
    for asked in account.questions:
        answer = next((turn for turn in compiled.turns if turn.seq > asked.seq and turn.seq in own), None)
        if answer and asked.seq < until:
            yield asked.text, "" if answer.seq == until else answer.text
