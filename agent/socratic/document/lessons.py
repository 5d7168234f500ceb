"""What a discussion teaches for the next one: the questions that turned it, cases to predict, where to read again."""

from collections.abc import Iterator
from itertools import groupby

from agent.notes.quotations import reference
from agent.socratic.document.choices import Pointer
from agent.socratic.document.compile import Account, Compiled
from agent.socratic.document.quoting import code, glossed, quoted, sentence, short_name, whole
from agent.socratic.values import QuestionType, Turn


def method(compiled: Compiled) -> Iterator[str]:
    """Give the questions that turned an account with what to ask oneself next time, and the learner's notes."""
    turned: dict[QuestionType, list[Turn]] = {}
    for account in compiled.accounts:
        pivot = next((one for one in account.questions if account.pivot and one.seq == account.pivot.turn), None)
        if pivot and pivot.question_type:
            turned.setdefault(pivot.question_type, []).append(pivot)
        else:
            yield from _asked(account, compiled)
    for name, turns in turned.items():
        kind, ask = (sentence(compiled, f"{key}.{name}") for key in ("type", "self"))
        refs = " ".join(reference(turn.seq) for turn in turns)
        yield from (sentence(compiled, "turning", ref=refs, kind=kind, ask=ask), "")
    if compiled.offline and compiled.accounts:
        yield from (sentence(compiled, "method-offline"), "")
    shown = {pointer.turn for pointer in compiled.insights}
    for event in compiled.aside("note"):
        if event.seq not in shown:
            yield from quoted("noted", Pointer(turn=event.seq, span=event.text), compiled)
    yield from glossed("method", compiled)


def _asked(account: Account, compiled: Compiled) -> Iterator[str]:
    """Give the kinds of question that an account was asked by, in their order, where none of them turned it."""
    kinds = [
        f"{sentence(compiled, f'type.{kind}')} {' '.join(reference(one.seq) for one in same)}"
        for kind, same in groupby(account.questions, key=lambda one: one.question_type)
    ]
    if kinds:
        key = "course-of" if len(compiled.accounts) > 1 else "course"
        yield from (sentence(compiled, key, title=short_name(account), kinds=" → ".join(kinds)), "")


def practice(compiled: Compiled) -> Iterator[str]:
    """Give the new cases that were predicted, then what to do first about each question."""
    for case, answer in compiled.transfers:
        yield from quoted("case", whole(case), compiled)
        yield from quoted("answer", whole(answer), compiled)
    for account in compiled.accounts:
        if account.result != "contested":
            place = next((cite for cite in _places(account, compiled)), "")
            key = "next-place" if place else "next"
            asked = "next-of" if len(compiled.accounts) > 1 else "next-only"
            question = sentence(compiled, asked, title=short_name(account))
            yield sentence(compiled, key, question=question, place=code(place))
    if compiled.accounts:
        yield ""
    yield from glossed("practice", compiled)


def _places(account: Account, compiled: Compiled) -> Iterator[str]:
    """Yield where an answer can be read again: its passage, else one shown beside it, else the note."""
    yield from (claim.source.cite for claim in account.target.gold)
    if account.compared:
        yield from account.compared.cites
    if compiled.sources and account.target.path and not account.target.headline:
        yield f"{account.target.path}:{account.target.line}"
