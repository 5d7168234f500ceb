"""Every sentence the program says, in Chinese and in English, as data.

One module per area; a key is "area.name", its value holds both languages side by side.
"""

from typing import Final, Literal

from agent.words import (
    claims,
    cli,
    context,
    discussion,
    errors,
    expansion,
    gate,
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
        "discussion": discussion.SENTENCES,
        "errors": errors.SENTENCES,
        "expansion": expansion.SENTENCES,
        "gate": gate.SENTENCES,
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


def say(language: Language, key: str, **facts: object) -> str:
    """Return the sentence `key` ("area.name") in `language` with `facts` filled in; KeyError for an unknown key."""
    return SENTENCES[key][language].format(**facts)
