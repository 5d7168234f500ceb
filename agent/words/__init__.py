"""Every sentence the program says, in Chinese and in English, as data.

One module per area; a key is "area.name", its value holds both languages side by side.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from agent.words import (
    claims,
    cli,
    context,
    demands,
    discussion,
    errors,
    expansion,
    gate,
    plans,
    recall,
    research,
    rubric,
    sessions,
    socratic,
    terminal,
    tutor,
    upkeep,
    workspace,
)

Language = Literal["zh", "en"]
Sentence = dict[Language, str]

SENTENCES: Final[dict[str, Sentence]] = {
    f"{area}.{name}": sentence
    for area, sentences in {
        "claims": claims.SENTENCES,
        "cli": cli.SENTENCES,
        "context": context.SENTENCES,
        "demands": demands.SENTENCES,
        "discussion": discussion.SENTENCES,
        "errors": errors.SENTENCES,
        "expansion": expansion.SENTENCES,
        "gate": gate.SENTENCES,
        "plans": plans.SENTENCES,
        "recall": recall.SENTENCES,
        "research": research.SENTENCES,
        "rubric": rubric.SENTENCES,
        "sessions": sessions.SENTENCES,
        "socratic": socratic.SENTENCES,
        "terminal": terminal.SENTENCES,
        "tutor": tutor.SENTENCES,
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


def say(language: Language, key: str, **facts: object) -> str:
    """Return the sentence `key` ("area.name") in `language` with `facts` filled in; KeyError for an unknown key."""
    said = {
        name: say(language, fact.key, **fact.facts) if isinstance(fact, Phrase) else fact
        for name, fact in facts.items()
    }
    return SENTENCES[key][language].format(**said)
