"""Whether a document says what the journal holds: references, quotations, glosses, cards, and every other byte."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from agent.notes.quotations import ANCHOR, REFERENCE, from_elsewhere, passages, stands_in, unfounded
from agent.socratic.document.cards import lint
from agent.socratic.document.choices import Choices
from agent.socratic.document.compile import Compiled, compile_journal
from agent.socratic.document.gloss import referable
from agent.socratic.document.quoting import link_target
from agent.socratic.document.render import render
from agent.socratic.replay import replay
from agent.socratic.values import SessionState
from agent.text.founded import faults
from agent.words import Language, say
from agent.workspace.journal import Record, spoken

_SHOWN: int = 40


def verify(document: str, journal: Sequence[Record], choices: Choices | None = None) -> tuple[str, ...]:
    """Return what is wrong with a document, () when it may be written.

    Every reference must lead to an anchor, every anchor to a turn, every turn must have one. Every block quotation must
    follow a reference and stand there character by character; in the record, be all of it. A gloss may hold no number
    and no name that is absent from what it refers to; a card asks one question. And nothing else may stand in the
    document than what the journal with its choices gives.
    """
    state, compiled = replay(journal), compile_journal(journal, choices)
    if state is None or compiled is None:
        return ("no journal",)
    problems = [*_references(document, spoken(journal)), *_quotations(document, journal, state, compiled)]
    problems += [*_glosses(document, state), *_cards(compiled), *_differences(document, render(compiled))]
    return tuple(problems)


def _references(document: str, turns: Mapping[int, str]) -> Iterator[str]:
    found = tuple(passages(document))
    anchors = {one.anchor for one in found if one.anchor}
    referred = {turn for one in found for turn in one.references}
    yield from (f"T{number}: no such turn" for number in sorted((anchors | referred) - set(turns)))
    yield from (f"T{number}: no anchor" for number in sorted((referred | set(turns)) - anchors))
    own = "\n".join(line for line in document.split("\n") if not line.startswith(">"))
    yield from (f"T{shown}: leads to t{led}" for shown, led in REFERENCE.findall(own) if shown != led)
    twice = Counter(ANCHOR.findall(own))
    yield from (f"T{number}: two anchors" for number, count in twice.items() if count > 1)


def _quotations(document: str, journal: Sequence[Record], state: SessionState, compiled: Compiled) -> Iterator[str]:
    for one in unfounded(document, spoken(journal)):
        where = f"T{one.turn}: not the words of the turn" if one.turn else "quotation without a reference"
        yield f"{where}: {one.quotation[:_SHOWN]}"
    held = _elsewhere(state, compiled)
    for passage in from_elsewhere(document):
        texts = [text for place in passage.elsewhere for text in held.get(place, ())]
        if not any(stands_in(passage.quotation or "", text) for text in texts):
            yield f"{', '.join(passage.elsewhere)}: not the words there: {(passage.quotation or '')[:_SHOWN]}"


def _elsewhere(state: SessionState, compiled: Compiled) -> dict[str, list[str]]:
    """Return the texts that the journal holds of other notes, by the place as a document names it."""
    held: dict[str, list[str]] = {}
    for target in state.targets:
        for claim in target.gold:
            held.setdefault(claim.source.cite, []).append(claim.source.text)
    for older in (*state.earlier, *([state.recalled] if state.recalled else [])):
        place = link_target(older.cite, compiled.choices.folder) or older.cite
        held.setdefault(place, []).append(older.text)
    return held


def _glosses(document: str, state: SessionState) -> Iterator[str]:
    """Yield the generated lines that name nothing they rest on, or say more than that."""
    texts = referable(state)
    for line in _generated(document, state.language):
        refs = [f"T{number}" for number, _ in REFERENCE.findall(line)]
        refs += [place for one in passages(line) for place in one.elsewhere]
        given = "\n".join(texts.get(ref, "") for ref in refs)
        said = line
        for ref in refs:
            said = said.replace(f"[{ref}](#{ref.lower()})", "").replace(f"`{ref}`", "")
        wrong = faults(said, given)
        if not refs or wrong or any(ref not in texts for ref in refs):
            yield f"a gloss that its references do not bear: {', '.join(wrong) or line[:_SHOWN]}"


def _generated(document: str, language: Language) -> Iterator[str]:
    """Yield the glosses without their mark, and the lines of the reference explanation."""
    mark = say(language, "discussion.gloss", text="").rstrip()
    title = say(language, "discussion.section.reference")
    section = ""
    for line in document.split("\n"):
        section = line if line.startswith("## ") else section
        if line.startswith(mark):
            yield line.removeprefix(mark)
        elif section == title and line.startswith("- "):
            yield line.removeprefix("- ")


def _cards(compiled: Compiled) -> Iterator[str]:
    targets = {turn.seq: turn.target for turn in compiled.turns}
    accounts = {account.target.id: account.target for account in compiled.accounts}
    for card in compiled.cards:
        for fault in lint(card.question, card.answer, accounts[targets[card.turn]]):
            yield f"card {card.id}: {fault}: {card.question[:_SHOWN]}"


def _differences(document: str, expected: str) -> Iterator[str]:
    """Yield the first line that is not what the journal gives."""
    lines = zip_longest(document.split("\n"), expected.split("\n"))
    for number, (found, wanted) in enumerate(lines, start=1):
        if found != wanted:
            yield f"line {number}: not what the journal gives: {(found or '')[:_SHOWN]}"
            return
