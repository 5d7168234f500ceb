"""Nothing may stand in a document that the journal does not hold: no word, no number, no reference."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from closing import close, everything
from hypothesis import given
from hypothesis import strategies as st
from stage import Stage

from agent.socratic.document.verify import verify
from agent.socratic.sessions import rebuild
from agent.words import Language, say
from agent.workspace.journal import Record


@cache
def held(language: Language) -> tuple[str, tuple[Record, ...]]:
    """A document with every kind of line in it, and the journal it was made from."""
    stage = Stage(Path(mkdtemp()), language)
    finished = close(stage, kept=everything)
    assert finished.document is not None
    return finished.document.after, stage.records()


def found(document: str, journal: Sequence[Record]) -> list[str]:
    """The problems that are seen without comparing the document as a whole."""
    return [problem for problem in verify(document, journal) if not re.match(r"line \d+:|第 \d+ 行", problem)]


def test_the_document_as_it_was_made_holds(language: Language) -> None:
    assert verify(*held(language)) == ()


@given(st.sampled_from(["zh", "en"]), st.data())
def test_a_changed_character_of_a_quotation_is_seen(language: Language, data: st.DataObject) -> None:
    document, journal = held(language)
    spots = [match.start("word") for match in re.finditer(r"(?m)^>[^\n]*?(?P<word>\w)", document)]
    spots += [match.start() for match in re.finditer(r"(?m)(?<=^> “)\w|\w(?=”$)", document)]
    at = data.draw(st.sampled_from(spots))
    assert found(document[:at] + "※" + document[at + 1 :], journal)


@given(st.sampled_from(["zh", "en"]), st.data())
def test_a_changed_number_is_seen_wherever_it_stands(language: Language, data: st.DataObject) -> None:
    document, journal = held(language)
    at = data.draw(st.sampled_from([match.start() for match in re.finditer(r"\d", document)]))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != document[at]]))
    assert verify(document[:at] + other + document[at + 1 :], journal)


@given(st.sampled_from(["zh", "en"]), st.data())
def test_a_changed_reference_is_seen(language: Language, data: st.DataObject) -> None:
    document, journal = held(language)
    match = data.draw(st.sampled_from(list(re.finditer(r"\[T(\d+)\]\(#t(\d+)\)", document))))
    other = data.draw(st.integers(min_value=1, max_value=60).filter(lambda number: number != int(match[1])))
    moved = f"[T{other}](#t{other})"
    assert verify(document[: match.start()] + moved + document[match.end() :], journal)
    assert verify(document[: match.start()] + document[match.end() :], journal)


@given(st.sampled_from(["zh", "en"]), st.data())
def test_a_line_that_is_missing_or_doubled_is_seen(language: Language, data: st.DataObject) -> None:
    document, journal = held(language)
    lines = document.split("\n")
    at = data.draw(st.sampled_from([index for index, line in enumerate(lines) if line]))
    assert verify("\n".join(lines[:at] + lines[at + 1 :]), journal)
    assert verify("\n".join([*lines[:at], lines[at], *lines[at:]]), journal)


def test_a_gloss_with_a_foreign_number_is_named_as_such(language: Language) -> None:
    document, journal = held(language)
    mark = say(language, "discussion.gloss", text="").strip()
    assert f"\n{mark}" in document
    assert any("99" in problem for problem in found(document.replace(f"\n{mark}", f"\n{mark} 99"), journal))


def test_a_passage_that_is_not_the_notes_is_named_as_such(language: Language) -> None:
    document, journal = held(language)
    passage = {"zh": "> 一张卡每秒能读 3.35", "en": "> A card reads 3.35"}[language]
    assert passage in document
    wrong = document.replace(passage, passage.replace("3.35", "3.36"))
    assert any("3.36" in problem for problem in found(wrong, journal))


@pytest.mark.parametrize(
    ("old", "new", "problem", "facts"),
    [
        ("[T3](#t3)", "[T3](#t8)", "link", {"turn": 3, "led": 8}),
        ("[T3](#t3)", "[T77](#t77)", "turn", {"turn": 77}),
        ('<a id="t3"></a>', "", "anchor", {"turn": 3}),
        ('<a id="t3"></a>', '<a id="t3"></a><a id="t3"></a>', "twice", {"turn": 3}),
    ],
)
def test_what_is_wrong_is_said_in_the_learners_language(
    language: Language, old: str, new: str, problem: str, facts: dict[str, int]
) -> None:
    document, journal = held(language)
    said = say(language, f"discussion.wrong.{problem}", **facts)
    assert said in found(document.replace(old, new, 1), journal)


def test_the_same_journal_gives_the_same_bytes_without_a_model(stage: Stage) -> None:
    finished = close(stage, kept=lambda items: frozenset(item.id for item in items if item.kind != "card"))
    assert finished.document is not None
    assert rebuild(stage.store, stage.sid) == (finished.document.after, ())
