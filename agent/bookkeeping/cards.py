"""The review cards of a workspace: of recorded sessions, and those that discussions and paper cards hold."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from agent.bookkeeping.documents import spelled
from agent.bookkeeping.known import Known
from agent.errors import WorkspaceError
from agent.notes.discussion import parse_discussion
from agent.notes.review_cards import How, parse_cards
from agent.text.hidden import shown
from agent.words import SENTENCES
from agent.workspace.index import Index, program
from agent.workspace.journal import Record, journal_path, read_journal
from agent.workspace.typed import DAMAGE, decoded, typed

GRADES: Final[Mapping[How, int]] = {"told": 1, "hinted": 2, "unaided": 3}
"""What a card is first graded, by how its answer was reached: again, hard, good."""

_TAKEN_BACK: Final = frozenset(SENTENCES["discussion.redacted"].values())


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstGrade:
    """What a discussion makes of a card: a grade 1-4 at an ISO time or date."""

    time: str
    grade: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A question with its answer, which stands at `path` and `line`; the same question is the same card everywhere.

    `dated` is the day of its discussion, "" if unknown. `before` is what the learner said there when it was wrong,
    verbatim, with its place; both are "" where no journal tells.
    """

    key: str
    question: str
    answer: str
    topic: str
    path: str
    line: int
    how: How = ""
    dated: str = ""
    grades: tuple[FirstGrade, ...] = ()
    before: str = ""
    before_place: str = ""

    @property
    def place(self) -> str:
        """Where the answer stands, as `path:line`."""
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """All cards, the oldest first; `unread` are the places (`path:line`) of entries that are no cards."""

    cards: tuple[Card, ...]
    unread: tuple[str, ...] = ()


def card_key(question: str) -> str:
    """Return the name of a question: the same for the same letters and digits, whatever stands between them."""
    return hashlib.sha256((spelled(question) or question).encode("utf-8", "replace")).hexdigest()[:8]


def read_cards(known: Known) -> Cards:
    """Return the cards of the workspace.

    Where a session's document stands, it says which of its cards there are: one that was struck out is asked no more.
    Without it the journal says so. A question that several hold has the newest answer, and the grades of all.
    """
    written, unread = _of_documents(known)
    documents = {path for path, head in known.heads.items() if head.kind == "discussion"}
    standing = {(card.path, card.key) for card in written}
    recorded = [
        _cited(card, document) if document in documents else card
        for document, cards in _of_journals(known)
        for card in cards
        if document not in documents or (document, card.key) in standing
    ]
    merged: dict[str, Card] = {}
    for card in sorted((*recorded, *written), key=lambda one: one.dated):
        if card.answer not in _TAKEN_BACK:
            merged[card.key] = _together(merged[card.key], card) if card.key in merged else card
    return Cards(cards=tuple(merged.values()), unread=tuple(unread))


def _cited(card: Card, document: str) -> Card:
    """Return a card whose wrong belief is to be read in the session's document, at the anchor of its turn."""
    turn = card.before_place.rpartition(":")[2]
    return replace(card, before_place=f"{document}#t{turn}") if card.before else card


def _together(old: Card, new: Card) -> Card:
    """Return one card of two with the same question; a document that was made from a journal grades nothing anew."""
    grades = {one.time[:10]: one for one in (*new.grades, *old.grades)}
    return replace(
        new,
        how=new.how or old.how,
        grades=tuple(sorted(grades.values(), key=lambda one: one.time)),
        before=new.before or old.before,
        before_place=new.before_place or old.before_place,
    )


def _of_documents(known: Known) -> tuple[list[Card], list[str]]:
    cards: list[Card] = []
    unread: list[str] = []
    for path, head in known.heads.items():
        if head.kind not in ("discussion", "card"):
            continue
        text = shown(known.texts[path], in_place=True)
        found = parse_cards(text)
        if not (found.cards or found.unread):
            continue
        talk = parse_discussion(text)
        unread += [f"{path}:{line}" for line in found.unread]
        for one in found.cards:
            graded = [FirstGrade(time=talk.date, grade=GRADES[one.how])] if one.how and talk.date else []
            cards.append(
                Card(
                    key=card_key(one.question),
                    question=one.question,
                    answer=one.answer,
                    topic=talk.title,
                    path=path,
                    line=one.line,
                    how=one.how,
                    dated=talk.date,
                    grades=tuple(graded),
                )
            )
    return cards, unread


def _of_journals(known: Known) -> Iterator[tuple[str, tuple[Card, ...]]]:
    """Yield the cards of each recorded session with its document; a journal is read only when it has changed."""
    index = Index(known.store if known.kept else None, "cards", program())
    stamps = []
    for file in known.seen.records:
        sid = file.path.removesuffix("/journal.jsonl").rpartition("/")[2]
        if not file.path.endswith(f"/{journal_path(sid)}"):
            continue
        stamps.append(file.stamp)
        row = index.recall(file.stamp)
        if row is None:
            row = json.dumps(_row(known, sid), ensure_ascii=False)
            index.keep(file.stamp, row, changed_ns=file.ctime_ns)
        with suppress(*DAMAGE):
            document, cards = json.loads(row)
            yield document, tuple(decoded(Card, one) for one in cards)
    index.save(stamps)


def _row(known: Known, sid: str) -> list[Any]:
    """Return a session's document and cards as the index keeps them; one that cannot be read has none."""
    try:
        records = read_journal(known.store, sid).records
    except WorkspaceError:
        return ["", []]
    made = next((one for one in reversed(records) if one.kind == "compiled"), None)
    if made is None:
        return ["", []]
    content: Mapping[str, Any] = made.content
    topic = str(records[0].content.get("topic", ""))
    cards = []
    for fields in content.get("cards") or ():
        with suppress(*DAMAGE):
            cards.append(asdict(_recorded(fields, sid, topic, made, records)))
    return [str(content.get("path", "")), json.loads(json.dumps(cards))]


def _recorded(fields: Mapping[str, Any], sid: str, topic: str, made: Record, records: Sequence[Record]) -> Card:
    """Return a card of a `compiled` record; raise one of DAMAGE for what is none."""
    turn = fields["turn"]
    before = _wrong(turn, records)
    return typed(
        Card,
        key=card_key(fields["question"]),
        question=fields["question"],
        answer=fields["answer"],
        topic=topic,
        path=journal_path(sid),
        line=turn,
        how=fields["how"],
        dated=made.time[:10],
        grades=(FirstGrade(time=made.time, grade=GRADES[fields["how"]]),),
        before=str(before.content["span"]) if before else "",
        before_place=f"{journal_path(sid)}:{before.content['turn']}" if before else "",
    )


def _wrong(turn: int, records: Sequence[Record]) -> Record | None:
    """Return the first judgement of a wrong account on the target of this turn, made before it."""
    by_seq = {one.seq: one.content for one in records}
    target = by_seq.get(turn, {}).get("target")
    beliefs = (
        one
        for one in records
        if one.kind == "belief" and one.content.get("target") == target and one.content.get("verdict") == "wrong"
    )
    earlier = (one for one in beliefs if one.seq < turn and one.content.get("span"))
    return next((one for one in earlier if not _is_redacted(one, by_seq)), None)


def _is_redacted(belief: Record, by_seq: Mapping[int, Mapping[str, Any]]) -> bool:
    said = belief.content.get("turn")
    return bool(by_seq.get(said, {}).get("redacted")) if isinstance(said, int) else True
