"""One turn a call, for another assistant that is the voice: what was said goes on disk, what may be said comes back."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import Any, Final

from agent.errors import BadArgument, ModelGarbage, SessionEnded, UnknownSession
from agent.model.messages import Model, Usage
from agent.settings import Settings
from agent.socratic import records
from agent.socratic.aims.aim import Aim
from agent.socratic.asides import place
from agent.socratic.person import Doing, Item, Leaving
from agent.socratic.replay import replay
from agent.socratic.session import Session
from agent.socratic.sessions import Finished, begun, conclude
from agent.socratic.step import standing
from agent.socratic.tutor.bare import obvious
from agent.socratic.tutor.checks import Rule, broken
from agent.socratic.tutor.diagnose import completed
from agent.socratic.tutor.phrase import TEMPLATE, context_of, template, told
from agent.socratic.tutor.questions import asks_once
from agent.socratic.values import Diagnosis, Instruction, Move, SessionState, Utterance
from agent.text.invisible import pictured
from agent.words import say
from agent.workspace.journal import Journal, Record, read_journal
from agent.workspace.store import Store

VOICE: Final = "voice"
"""Who spoke a turn whose words are the assistant's own, and who judged where it sent a judgement."""
_AS_IT_STANDS: Final[tuple[Move, ...]] = ("remember", "passage", "gold")
"""Turns that ask nothing: they are shown word for word, and the next one follows at once."""
_WORDED: Final[tuple[Move, ...]] = ("recall", "open")
"""Questions whose words are given; an assistant's own words for them are one question all the same."""
_PARTS: Final = re.compile(r'\s*\{\s*"(learner|tutor|diagnosis|confidence)"\s*:')


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the assistant hands over: the learner's words, what it showed before them, its judgement of them."""

    learner: str = ""
    tutor: str = ""
    diagnosis: Mapping[str, Any] | None = None
    confidence: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What the assistant gets back; `question` is "" where no model phrased one, `instruction` None at the end.

    `broken` are the rules that what was shown before broke, `shown` what must be shown first and as it stands,
    `refused` why a judgement that was sent could not be used.
    """

    state: SessionState
    instruction: Instruction | None = None
    question: str = ""
    template: str = ""
    turn: int | None = None
    judged: Diagnosis | None = None
    broken: tuple[Rule, ...] = ()
    shown: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    refused: str = ""
    finished: Finished | None = None


def parse_said(text: str) -> Said:
    """Return what stands on standard input: the learner's words, verbatim, or a JSON object that names the parts.

    A text is such an object only when all its keys are known: `learner`, `tutor`, `diagnosis`, `confidence`. One that
    begins like it and is not, or rates the confidence other than 1-5, is nobody's words: BadArgument.
    """
    known = set(Said.__dataclass_fields__)
    try:
        fields = json.loads(text) if text.lstrip()[:1] == "{" else None
    except (ValueError, RecursionError):
        fields = None
    parts = fields if isinstance(fields, dict) and fields and not set(fields) - known else None
    if parts is None and not _PARTS.match(text):
        return Said(learner=text.removesuffix("\n"))
    rating, diagnosis = (parts.get("confidence"), parts.get("diagnosis")) if parts else (None, None)
    if parts is None or rating not in (None, 1, 2, 3, 4, 5) or not isinstance(diagnosis, dict | None):
        raise BadArgument(
            argument="stdin", reason='JSON ≠ {"learner": "…", "tutor": "…", "confidence": 1-5, "diagnosis": {…}}'
        )
    return Said(
        learner=str(parts.get("learner") or ""),
        tutor=str(parts.get("tutor") or ""),
        diagnosis=diagnosis,
        confidence=rating,
    )


def take_turn(
    said: Said, aim: Aim | None = None, *, store: Store, journal: Journal, model: Model | None, settings: Settings
) -> Handed:
    """Record what was shown and what the learner answered, judge it, and return what comes next; `aim` begins one.

    Nothing said asks for the standing question again; the same words sent again after a failure count once. Raises
    UnknownSession, SessionEnded, Unreadable, Locked, and ModelError after the learner's words are on disk.
    """
    with journal.lock():
        if aim:
            store.prepare_private_folder(journal_in_git=settings.journal_in_git)
            begun(store, journal, aim, settings, offline=False, recall=True)
        past = read_journal(store, journal.sid).records
        state = replay(past)
        if state is None:
            raise UnknownSession(sid=journal.sid)
        if state.imported or any(record.kind == "compiled" for record in past):
            raise SessionEnded(sid=journal.sid)
        voiced = _Voiced(state, past, store=store, journal=journal, model=model, settings=settings)
        voiced.take(said)
        return voiced.next()


class _Relay:
    """The interlocutor of a session whose learner somebody else talks to: keeps what is to be passed on."""

    grades = False

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.notices: list[str] = []

    def show(self, text: str) -> None:
        self.shown.append(text)

    def put_back(self, text: str) -> None:
        pass

    def ask(self) -> str | Leaving | None:
        return Leaving()

    def ask_confidence(self) -> int | None:
        return None

    def ask_grade(self) -> int | None:
        return None

    def ratify(self, items: Sequence[Item]) -> frozenset[str] | None:  # noqa: ARG002 - nobody is asked
        return None

    def working(self, doing: Doing) -> AbstractContextManager[None]:  # noqa: ARG002 - nobody watches
        return nullcontext()

    def notice(self, text: str) -> None:
        self.notices.append(text)


class _Voiced:
    """A session on its way through one call."""

    def __init__(
        self,
        state: SessionState,
        past: Sequence[Record],
        *,
        store: Store,
        journal: Journal,
        model: Model | None,
        settings: Settings,
    ) -> None:
        self._relay = _Relay()
        self._session = Session(
            state, journal=journal, store=store, model=model, names=settings.model, person=self._relay
        )
        self._store, self._model, self._settings = store, model, settings
        self._offer = _standing_offer(past)
        self._broken: tuple[Rule, ...] = ()
        self._turn: int | None = None
        self._refused = ""

    def take(self, said: Said) -> None:
        """Record what was shown, then what the learner said, then the judgement of it."""
        session = self._session
        pending = session.state.pending
        if (said.learner or said.tutor) and not (pending and pending.text == pictured(said.learner)):
            self._judge(None, rating=None)
            if session.state.awaiting == "tutor" and session.state.instruction:
                self._record_shown(session.state.instruction, said.tutor)
            known = len(session.state.said)
            if said.learner.strip() and session.hear(said.learner):
                session.event("pause")
            self._turn = session.state.said[-1].seq if len(session.state.said) > known else None
        self._judge(said.diagnosis, rating=said.confidence)

    def next(self) -> Handed:
        """Return what comes next: texts to be shown as they stand, then the question, or how the session ended."""
        session = self._session
        while (due := session.state.instruction) and session.state.awaiting == "tutor" and due.move in _AS_IT_STANDS:
            session.say(session.compose(due), due)
        if session.state.awaiting == "nothing" or due is None:
            return self._handed(finished=self._concluded())
        instruction, cites = session.sourced(due)
        if session.state.awaiting == "learner":
            asked = standing(session.state)
            return self._handed(instruction=instruction, question=asked, template=asked)
        if self._offer is None:
            composed = session.compose(due)
            self._offer = replace(composed, cites=composed.cites or cites)
            session.write(records.offer_record(self._offer, instruction))
        offered = self._offer.text
        phrased = self._offer.model not in ("", TEMPLATE)
        plain = template(session.state, instruction) if phrased else offered
        question = "" if self._offer.model == TEMPLATE else offered
        return self._handed(instruction=instruction, question=question, template=plain)

    def _concluded(self) -> Finished:
        return conclude(self._session, self._store, self._settings, model=self._model)

    def _record_shown(self, instruction: Instruction, words: str) -> None:
        """Put on disk what the learner saw: the assistant's own words with the rules they break, else the offer."""
        session = self._session
        instruction, cites = session.sourced(instruction)
        offered = self._offer or session.compose(instruction)
        if words and words != offered.text:
            self._broken = broken(words, context_of(session.state, instruction))
            if instruction.move in _WORDED and not asks_once(words):
                self._broken = ("C1", *self._broken)
            cites = told(words, cites, session.state, instruction)
            offered = Utterance(text=words, cites=cites, model=VOICE, checks=self._broken)
        session.say(replace(offered, usage=Usage()), instruction)
        self._offer = None
        self._relay.shown.clear()

    def _judge(self, handed: Mapping[str, Any] | None, *, rating: int | None) -> None:
        """Record a judgement of the pending turn: the assistant's, else the model's, else what code can tell."""
        session = self._session
        pending = session.state.pending
        if pending is None:
            if handed is not None:
                self._refused = say(session.state.language, "socratic.not-judged")
            return
        self._turn = pending.seq
        if session.state.awaiting == "confidence":
            session.event("confidence", rating=rating)
        diagnosis: Diagnosis | None = None
        if handed is not None:
            try:
                diagnosis = completed(handed, session.state, by=VOICE)
            except ModelGarbage as error:
                self._refused = str(error.facts["reason"])
        if diagnosis is None and self._model:
            session.judge()
        else:
            unsure = Diagnosis(turn=pending.seq, verdict="partial", confidence=0.0)
            session.settle(diagnosis or obvious(pending) or unsure)

    def _handed(self, **fields: Any) -> Handed:
        state = self._session.state
        return Handed(
            state=state,
            turn=self._turn,
            judged=next((one for one in state.diagnoses if one.turn == self._turn), None),
            broken=self._broken,
            shown=tuple(self._relay.shown),
            notices=tuple(self._relay.notices),
            refused=self._refused,
            **fields,
        )


def handed_json(handed: Handed) -> dict[str, object]:
    """Return what the assistant gets back as plain JSON; names are those of the journal."""
    state, instruction = handed.state, handed.instruction
    language = instruction.language if instruction else state.language
    row: dict[str, object] = {
        "sid": state.sid,
        "turn": handed.turn,
        "judged": _judged(handed.judged) if handed.judged else None,
        "broken": [{"rule": rule, "why": say(language, f"tutor.rule.{rule}")} for rule in handed.broken],
        "shown": list(handed.shown),
        "notices": list(handed.notices),
        "ended": instruction is None,
        "state": state.phase,
    }
    if handed.refused:
        row["refused"] = handed.refused
    if instruction is None:
        return row
    target, (_, where) = state.target, place(state)
    about = {"id": target.id, "title": target.title, "question": target.question, "number": where["number"]}
    return row | {
        "target": about if instruction.target else None,
        "targets": where["count"],
        "move": instruction.move,
        "type": instruction.question_type,
        "level": instruction.level,
        "hint": instruction.hint,
        "language": instruction.language,
        "asks_confidence": instruction.move == "open",
        "allowed": {"material": instruction.material, "quotes": list(_quotes(state, instruction))},
        "question": handed.question or None,
        "template": handed.template,
    }


def _judged(diagnosis: Diagnosis) -> dict[str, object]:
    return {
        "verdict": diagnosis.verdict,
        "solo": diagnosis.solo,
        "evidence": diagnosis.evidence,
        "confidence": diagnosis.confidence,
        "by": diagnosis.by,
    }


def _quotes(state: SessionState, instruction: Instruction) -> Iterator[dict[str, object]]:
    """Yield the learner's words that the question may quote, those of an older session with where they stand."""
    if instruction.older:
        account = state.earlier[instruction.older - 1]
        yield {"text": account.text, "cite": account.cite, "date": account.date}
    said = state.by_seq
    yield from ({"turn": seq, "text": said[seq].text} for seq in instruction.quotes if seq in said)


def _standing_offer(past: Sequence[Record]) -> Utterance | None:
    """Return the question that was handed over last, None when a turn was recorded since."""
    last = next((one for one in reversed(past) if one.kind == "turn" or one.content.get("event") == "offer"), None)
    if last is None or last.kind == "turn":
        return None
    offered = records.turn_of(last)
    return Utterance(
        text=offered.text,
        cites=offered.cites,
        model=offered.model,
        prompt_hash=offered.prompt_hash,
        checks=offered.checks,
    )
