"""A review: one due question at a time, the learner's words on disk first, then what was said then, then a grade."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from agent.bookkeeping.due import AGAIN, GOOD, HARD, Scheduled
from agent.errors import ModelError
from agent.research.judging import Judged
from agent.text.invisible import pictured
from agent.text.tokens import overlap
from agent.words import Language, say
from agent.workspace.journal import Journal, Record

Form = Literal["recall", "retell", "reanswer"]

PARROTED: Final = 0.6
"""The share of an answer's words that stand in the old one, from which it proves no understanding."""
_COMMAND: Final = re.compile(r"/[a-z]*")
_STOPS: Final = frozenset({"/end", "/pause"})
_SURE: Final = 2
"""After so many reviews in a row that were no failure the question is to be explained, no longer only answered."""


class Learner(Protocol):
    """Whoever is reviewed: a terminal, a script, a test."""

    def show(self, text: str) -> None:
        """Show a question or what was said then."""
        ...

    def notice(self, text: str) -> None:
        """Show a remark."""
        ...

    def answer(self) -> str | None:
        """Return what the learner writes, verbatim and never blank; None when nothing more comes now."""
        ...

    def taken(self) -> None:
        """Be told that what was written is on disk, or was a command: it is no draft any more."""
        ...

    def grade(self, default: int) -> int | None:
        """Return 1-4 (again, hard, good, easy), None for the default."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """A card that was asked with its grade; `next_due` is the day on which it is asked again."""

    scheduled: Scheduled
    grade: int
    next_due: str


Judge = Callable[[Scheduled, str], Judged | None]
"""Judges an answer; None for a judgement that does not hold. Raises ModelError."""

Next = Callable[[Scheduled], str]
"""Tells when a card that was just graded is due again."""


def form_of(one: Scheduled) -> Form:
    """Return how a card is asked.

    A belief that was wrong is met again beside its old words; what was told, or is known well, is to be retold.
    """
    if one.card.before and not one.passed:
        return "reanswer"
    return "retell" if one.card.how == "told" or one.passed >= _SURE else "recall"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """Who is asked, in which language, where it is recorded, and who else judges. The caller holds the journal."""

    journal: Journal
    learner: Learner
    language: Language
    next_due: Next
    judge: Judge | None = None

    def review(self, cards: Sequence[Scheduled], before: Sequence[Record]) -> tuple[Graded, ...]:
        """Ask these cards until the learner stops; return what was graded.

        `before` are the journal's records: an answer that a kill left without a grade comes first and is not asked
        again. KeyboardInterrupt passes through; everything said until then is recorded.
        """
        pending = _pending(before, {one.card.key for one in cards})
        waiting = str(pending.content["card"]) if pending else ""
        done: list[Graded] = []
        for number, one in enumerate(sorted(cards, key=lambda card: card.card.key != waiting), start=1):
            dated = f" · {one.card.dated}" if one.card.dated else ""
            self.learner.notice(f"{number}/{len(cards)} · {one.card.topic}{dated}")
            self.learner.show(self._question(one))
            answered = self._repeated(pending) if pending else self._answered(one)
            pending = None
            if answered is None:
                break
            if answered:
                grade = self._graded(one, answered)
                done.append(Graded(scheduled=one, grade=grade, next_due=self.next_due(one)))
                self.learner.notice(self._say("graded", grade=self._say(f"grade-{grade}"), due=done[-1].next_due))
        return tuple(done)

    def _question(self, one: Scheduled) -> str:
        form, question = form_of(one), one.card.question
        return question if form == "recall" else self._say(form, question=question)

    def _answered(self, one: Scheduled) -> Record | Literal[False] | None:
        """Return the record of the answer; False for a card that is left for later, None when the learner stops."""
        text = self.learner.answer()
        if text is None:
            return None
        command = text.strip().casefold()
        if _COMMAND.fullmatch(command) and command != "/tell":
            self.learner.taken()
            if command in _STOPS:
                return None
            if command == "/skip":
                return False
            self.learner.notice(self._say("commands"))
            return self._answered(one)
        fields = {"card": one.card.key, "question": one.card.question, "form": form_of(one)}
        said = "" if command == "/tell" else pictured(text)
        record = self.journal.append({"kind": "answer", **fields, "text": said})
        self.learner.taken()
        return record

    def _repeated(self, pending: Record) -> Record:
        """Say what was answered already, and return it."""
        text, date = str(pending.content["text"]), pending.time[:10]
        self.learner.notice(self._say("answered" if text else "answered-nothing", date=date, text=text))
        return pending

    def _graded(self, one: Scheduled, answered: Record) -> int:
        """Show what was said then, and record a grade: the learner's, else the model's, else by code."""
        text = str(answered.content["text"])
        self.learner.show(self._compared(one, text))
        default, by = self._default(one, text), "default"
        judged = self._judged(one, text) if text else None
        if judged:
            default, by = judged.grade, judged.by
        grade = self.learner.grade(default) if text else None
        self.journal.append(
            {
                "kind": "grade",
                "card": one.card.key,
                "answer": answered.seq,
                "grade": grade or default,
                "by": "learner" if grade else by,
                **({"judged": judged.content} if judged else {}),
            }
        )
        return grade or default

    def _compared(self, one: Scheduled, text: str) -> str:
        card = one.card
        facts = {"place": card.place, "text": _block(card.answer)}
        if form_of(one) != "reanswer":
            return self._say("answer", **facts)
        now = _block(text) if text else self._say("nothing-now")
        return self._say("beside", before=_block(card.before), before_place=card.before_place, now=now, **facts)

    def _default(self, one: Scheduled, text: str) -> int:
        """Return what Enter means: good; hard for a retelling in the old words; again for nothing recalled."""
        if not text:
            return AGAIN
        share = overlap(text, one.card.answer)
        if form_of(one) == "retell" and share >= PARROTED:
            self.learner.notice(self._say("parroted", share=round(100 * share)))
            return HARD
        return GOOD

    def _judged(self, one: Scheduled, text: str) -> Judged | None:
        try:
            judged = self.judge(one, text) if self.judge else None
        except ModelError as error:
            self.learner.notice(self._say("unjudged", reason=error.sentence(self.language)))
            return None
        if judged:
            evidence = self._say("judged-evidence", text=judged.evidence) if judged.evidence else ""
            missing = self._say("judged-missing", text=judged.missing) if judged.missing else ""
            named = self._say(f"grade-{judged.grade}")
            self.learner.notice(self._say("judged", grade=named, evidence=evidence, missing=missing))
        return judged

    def _say(self, name: str, **facts: object) -> str:
        return say(self.language, f"recall.{name}", **facts)


def _pending(before: Sequence[Record], keys: Collection[str]) -> Record | None:
    """Return the last answer when nobody graded it and its card is asked now."""
    last = before[-1] if before and before[-1].kind == "answer" else None
    return last if last and last.content.get("card") in keys and isinstance(last.content.get("text"), str) else None


def _block(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.split("\n"))
