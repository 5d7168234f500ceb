"""Every sentence the program says, in Chinese and in English, as data.

One module per area; a key is "area.name", its value holds both languages side by side.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from agent.words import (
    card,
    claims,
    cli,
    common,
    compiling,
    context,
    demands,
    discussion,
    errors,
    expansion,
    gate,
    inbox,
    plans,
    reading,
    recall,
    rendering,
    research,
    rubric,
    sessions,
    site,
    socratic,
    terminal,
    tutor,
    unread,
    upkeep,
    workspace,
)

Language = Literal["zh", "en"]
Sentence = dict[Language, str]

SENTENCES: Final[dict[str, Sentence]] = {
    f"{area}.{name}": sentence
    for area, sentences in {
        "card": card.SENTENCES,
        "claims": claims.SENTENCES,
        "cli": cli.SENTENCES,
        "common": common.SENTENCES,
        "context": context.SENTENCES,
        "demands": demands.SENTENCES,
        "discussion": discussion.SENTENCES,
        "errors": errors.SENTENCES,
        "expansion": expansion.SENTENCES,
        "gate": gate.SENTENCES,
        "inbox": inbox.SENTENCES,
        "plans": plans.SENTENCES,
        "reading": reading.SENTENCES,
        "recall": recall.SENTENCES,
        "rendering": rendering.SENTENCES,
        "research": research.SENTENCES,
        "rubric": rubric.SENTENCES,
        "sessions": sessions.SENTENCES,
        "site": site.SENTENCES,
        "socratic": socratic.SENTENCES,
        "terminal": terminal.SENTENCES,
        "tutor": tutor.SENTENCES,
        "unread": unread.SENTENCES,
        "upkeep": upkeep.SENTENCES,
        "workspace": workspace.SENTENCES,
    }.items()
    for name, sentence in sentences.items()
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
