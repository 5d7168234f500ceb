"""Every sentence the program says, in Chinese and in English, as data.

A key is "area.name"; a file is an area:

    cli         help texts, prompts and remarks of the command line
    terminal    what stands on the screen beside the dialogue
    common      what joins others
    errors      what went wrong and what to do about it: one sentence per exception in `agent.errors`
    workspace   what `wenqu.toml` says about itself, and settings that a workspace may not make
    context     the session-start summary and the discrepancies it names
    claims      what a document says, with its place, and what the files show
    unread      what of a document could not be read, or contradicts something else in it
    gate        what each rule of the gate found, and what to do: one sentence per rule
    demands     what a standard demands: its measures, its fields, what each rule asks for
    expansion   what a job says while it runs, how an item ended, the sheets it leaves behind
    socratic    what a session says: its frame, its fixed questions, its commands
    tutor       what stands behind a turn of the tutor: questions for each move, the rules of a turn
    rubric      what the measures of a session are called
    sessions    what the tools around a session say
    discussion  the words of a discussion document
    recall      what `wenqu review` asks, shows, counts and exports
    research    the research TODO as it stands, and what is written into it
    reading     the reading roadmap, what to read next, and what is recorded in it
    card        paper cards, what is written into one, and what is said about it
    inbox       the page of ideas, and what is put where from it
    plans       the next batch of articles and a learner's plan
    site        what the pages say around the notes, and what `wenqu site` says
    rendering   what a rendered note says in place of what could not be shown
    upkeep      checking, marking, adopting, examining, the demo
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from agent.words import compiling

Language = Literal["zh", "en"]
Sentence = dict[Language, str]

AREAS: Final[Mapping[str, Mapping[str, Sentence]]] = {
    file.stem: json.loads(file.read_bytes()) for file in sorted(Path(__file__).parent.glob("*.json"))
}
"""The sentences of each area, by their names."""

SENTENCES: Final[Mapping[str, Sentence]] = {
    f"{area}.{name}": sentence for area, sentences in AREAS.items() for name, sentence in sentences.items()
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence that waits for its language: as a fact of another one it is said in the language of that."""

    key: str
    facts: Mapping[str, object]

    @classmethod
    def of(cls, key: str, **facts: object) -> "Phrase":
        """Return the sentence `key` with its facts."""
        return cls(key, facts)


class _Count(int):
    """A number that chooses a word: `{days} {days:day|days}`."""

    def __format__(self, wanted: str) -> str:
        one, bar, many = wanted.partition("|")
        return super().__format__(wanted) if not bar else one if self == 1 else many


class _Text(str):
    """A text that a sentence may read as the compiler's words and say in its own language: `{wanted:compiler}`."""

    __slots__ = ("language",)
    language: Language

    def __format__(self, by: str) -> str:
        if by != "compiler":
            return super().__format__(by)
        name, facts, near = compiling.read(self)
        told = say(self.language, f"rendering.fault{name and '-'}{name}", **facts)
        return say(self.language, "rendering.fault-near", told=told, near=near) if near else told


def say(language: Language, key: str, **facts: object) -> str:
    """Return the sentence `key` ("area.name") in `language` with `facts` filled in; KeyError for an unknown key.

    A sentence may choose a word by a number, `{days} {days:day|days}`, and translate a compiler, `{wanted:compiler}`.
    """
    return SENTENCES[key][language].format(**{name: _said(language, fact) for name, fact in facts.items()})


def _said(language: Language, fact: object) -> object:
    if isinstance(fact, Phrase):
        return say(language, fact.key, **fact.facts)
    if type(fact) is str:
        text = _Text(fact)
        text.language = language
        return text
    return _Count(fact) if type(fact) is int else fact
