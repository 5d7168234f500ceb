"""Targets from a question list, from a note's headings, from a bare topic; and what a session on them is about."""

import re
from collections.abc import Sequence
from typing import Final

from agent.notes.question_list import Question
from agent.socratic.topic import short_form
from agent.socratic.values import Target
from agent.text.outline import outline
from agent.words import Language, say

_SENTENCE: Final = re.compile(r".+?[?？]+[”\"」』）)]*|.+$", re.DOTALL)
_ASKS: Final = re.compile(r"[?？]+[”\"」』）)]*\s*$")
_LEANS: Final = re.compile(r"(?i)而不是|而非|还是|或者|or |rather than |as opposed to ")
_NUMBERING: Final = re.compile(r"^\W*(?:(?:问题|第)?\s*[\d一二三四五六七八九十]+\s*(?:讲|章|节)?\s*[:：.、]\s*)?")
FEWEST_WORDS: Final = 3
"""Headings under which less stands (in characters) than this many times ten ask for nothing."""


def targets_of_questions(questions: Sequence[Question], *, sources: Sequence[str]) -> tuple[Target, ...]:
    """Return a target for each question of the entries; an entry with two questions is asked singly."""
    return tuple(target for question in questions for target in _singly(question, sources))


def targets_of_note(path: str, text: str, language: Language) -> tuple[Target, ...]:
    """Return a target for each second-level section of a note that has content (third-level where there is none)."""
    shape = outline(text)
    levels = {heading.level for heading in shape.headings if not heading.boxed}
    level = min(levels - {1}, default=1)
    stops = [heading.start for heading in shape.headings if heading.level <= level] + [len(text)]
    return tuple(
        Target(
            id=f"S{number}",
            title=_plain(heading.title),
            question=say(language, "socratic.heading-question", title=_plain(heading.title)),
            path=path,
            line=heading.line,
            sources=(path,),
        )
        for number, heading in enumerate((one for one in shape.headings if one.level == level), start=1)
        if _plain(heading.title)
        and len(text[heading.end : next(stop for stop in stops if stop > heading.start)].strip()) >= FEWEST_WORDS * 10
    )


def target_of_topic(topic: str, language: Language, *, sources: Sequence[str]) -> Target:
    """Return the target for a bare topic; one that is a question is asked as it stands."""
    question = topic if _ASKS.search(topic) else say(language, "socratic.heading-question", title=topic)
    return Target(id="T1", title=topic.rstrip("?？ "), question=question, sources=tuple(sources))


def topic_of(questions: Sequence[Question]) -> str:
    """Return what a session on these questions is about: their common section, else the first one in short."""
    sections = {_plain(question.section) for question in questions}
    if len(sections) == 1 and len(questions) > 1 and "" not in sections:
        return sections.pop()
    sentence = str(_SENTENCE.findall(questions[0].title)[0]).strip()
    return short_form(sentence, section=_plain(questions[0].section))


def _singly(question: Question, sources: Sequence[str]) -> tuple[Target, ...]:
    pieces = _pieces(question.wording)
    asked = [piece for piece in pieces if _ASKS.search(piece)]
    singly = asked if len(asked) > 1 and pieces == asked else [question.wording]
    return tuple(
        Target(
            id=f"{question.id}.{number}" if len(singly) > 1 else question.id,
            title=question.title if len(singly) == 1 else wording,
            question=wording,
            headline=question.title,
            path=question.path,
            line=question.line,
            hints=question.hints,
            sources=tuple(sources),
        )
        for number, wording in enumerate(singly, start=1)
    )


def _pieces(wording: str) -> list[str]:
    """Return the sentences of a question, one that only leans on the sentence before it joined to that one."""
    pieces: list[str] = []
    for piece in (found.strip() for found in _SENTENCE.findall(wording) if found.strip()):
        if pieces and _LEANS.match(piece):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _plain(title: str) -> str:
    return _NUMBERING.sub("", title).strip()
