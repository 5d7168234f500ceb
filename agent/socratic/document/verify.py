"""Whether a document says what the journal holds: references, quotations, glosses, and every other byte."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Final

from agent.notes.quotations import ANCHOR, REFERENCE, from_elsewhere, passages, stands_in, unfounded
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

_SHOWN: Final = 40


def verify(document: str, journal: Sequence[Record], choices: Choices | None = None) -> tuple[str, ...]:
    """Return what is wrong with a document, () when it may be written.

    Every reference must lead to an anchor, every anchor to a turn, every turn must have one. Every block quotation must
    follow a reference and stand there character by character; in the record, be all of it. A gloss may hold no number
    and no name that is absent from what it refers to. And nothing else may stand in the document than what the journal
    with its choices gives.
    """
    state, compiled = replay(journal), compile_journal(journal, choices)
    if state is None or compiled is None:
        msg = "a session in which nothing was said has no document"
        raise ValueError(msg)
    problems = [*_references(document, compiled, spoken(journal)), *_quotations(document, journal, state, compiled)]
    problems += [*_glosses(document, state), *_differences(document, compiled)]
    return tuple(problems)


def misquoted(document: str, journal: Sequence[Record]) -> tuple[str, ...]:
    """Return what a document quotes that the journal does not hold, whatever else was changed in it by hand."""
    state, compiled = replay(journal), compile_journal(journal)
    return tuple(_quotations(document, journal, state, compiled)) if state and compiled else ()


def _wrong(language: Language, key: str, **facts: object) -> str:
    return say(language, f"discussion.wrong.{key}", **facts)


def _references(document: str, compiled: Compiled, turns: Mapping[int, str]) -> Iterator[str]:
    language = compiled.language
    found = tuple(passages(document))
    anchors = {one.anchor for one in found if one.anchor}
    referred = {turn for one in found for turn in one.references}
    yield from (_wrong(language, "turn", turn=number) for number in sorted((anchors | referred) - set(turns)))
    yield from (_wrong(language, "anchor", turn=number) for number in sorted((referred | set(turns)) - anchors))
    own = "\n".join(line for line in document.split("\n") if not line.startswith(">"))
    astray = ((shown, led) for shown, led in REFERENCE.findall(own) if shown != led)
    yield from (_wrong(language, "link", turn=shown, led=led) for shown, led in astray)
    twice = Counter(ANCHOR.findall(own))
    yield from (_wrong(language, "twice", turn=number) for number, count in twice.items() if count > 1)


def _quotations(document: str, journal: Sequence[Record], state: SessionState, compiled: Compiled) -> Iterator[str]:
    for one in unfounded(document, spoken(journal)):
        key = "words" if one.turn else "unreferenced"
        yield _wrong(state.language, key, turn=one.turn, found=one.quotation[:_SHOWN])
    held = _elsewhere(state, compiled)
    for passage in from_elsewhere(document):
        texts = [text for place in passage.elsewhere for text in held.get(place, ())]
        if not any(stands_in(passage.quotation or "", text) for text in texts):
            found = (passage.quotation or "")[:_SHOWN]
            yield _wrong(state.language, "elsewhere", places=", ".join(passage.elsewhere), found=found)


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
            yield _wrong(state.language, "gloss", found=", ".join(wrong) or line[:_SHOWN])


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


def _differences(document: str, compiled: Compiled) -> Iterator[str]:
    """Yield the first line that is not what the journal gives."""
    lines = zip_longest(document.split("\n"), render(compiled).split("\n"))
    for number, (found, wanted) in enumerate(lines, start=1):
        if found != wanted:
            yield _wrong(compiled.language, "line", number=number, found=(found or "")[:_SHOWN])
            return
