"""What a discussion teaches for the next one: the questions that turned it, cases to predict, where to read again."""

from collections.abc import Iterator

from agent.notes.quotations import reference
from agent.socratic.document.account import Account
from agent.socratic.document.choices import Pointer, whole
from agent.socratic.document.compile import Compiled
from agent.socratic.document.quoting import code, glossed, quoted, sentence, short_name


def method(compiled: Compiled) -> Iterator[str]:
    """Give the questions that turned an account, to be asked of oneself next time, and the learner's notes."""
    pivots = [one.pivot.turn for one in compiled.accounts if one.pivot and one.judged and not one.withdrawn]
    if pivots:
        refs = " ".join(map(reference, dict.fromkeys(pivots)))
        yield from (sentence(compiled, "turning", ref=refs), "")
    if compiled.offline and compiled.accounts:
        yield from (sentence(compiled, "method-offline"), "")
    shown = {pointer.turn for pointer in compiled.insights}
    for event in compiled.aside("note"):
        if event.seq not in shown:
            yield from quoted("noted", Pointer(turn=event.seq, span=event.text), compiled)
    yield from glossed("method", compiled)


def practice(compiled: Compiled) -> Iterator[str]:
    """Give the new cases that were predicted, then what to do first about each question."""
    for case, answer in compiled.transfers:
        yield from quoted("case", whole(case), compiled)
        yield from quoted("answer", whole(answer), compiled)
    first_of_all = (_first(one, compiled) for one in compiled.accounts if one.result != "contested")
    yield from dict.fromkeys(first_of_all)  # parts of one question share a title
    if compiled.accounts:
        yield ""
    yield from glossed("practice", compiled)


def _first(account: Account, compiled: Compiled) -> str:
    """Return what to do first about a question."""
    place = next(_places(account, compiled), "")
    asked = "next-of" if len(compiled.accounts) > 1 else "next-only"
    question = sentence(compiled, asked, title=short_name(account))
    return sentence(compiled, "next-place" if place else "next", question=question, place=code(place))


def _places(account: Account, compiled: Compiled) -> Iterator[str]:
    """Yield where an answer can be read again: its passage, else one shown beside it, else the note."""
    yield from (claim.source.cite for claim in account.target.gold)
    if account.compared:
        yield from account.compared.cites
    if compiled.sources and account.target.path and not account.target.headline:
        yield f"{account.target.path}:{account.target.line}"
