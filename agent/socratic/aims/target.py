"""Targets from a question list, a note's headings, a document's title, a bare topic; and what a session is about."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from agent.notes.question_list import Question
from agent.socratic.aims.passages import terms
from agent.socratic.aims.topic import asking_form
from agent.socratic.values import Target
from agent.text.numerals import NUMERAL_CHARACTERS
from agent.text.outline import Heading, Outline, outline
from agent.text.tokens import is_chinese, similarity
from agent.words import Language, say

if TYPE_CHECKING:
    from agent.notes.deep_questions import DeepQuestion

_SENTENCE: Final = re.compile(r".+?[?？]+[”\"」』）)]*|.+$", re.DOTALL)
_ASKS: Final = re.compile(r"[?？]+[”\"」』）)]*\s*$")
_LEANS: Final = re.compile(r"(?i)而不是|而非|还是|或者|or |rather than |as opposed to ")
_FOLLOWS: Final = re.compile(
    r"(?i)(?:那么?|这)?(?:[\u3400-\u9fff]{1,4}|(?:为什么|怎么|凭什么)[是会能这那样呢]{1,4}|(?:依据|理由|原因)是什么)"
    r"|(?:and |but )?(?:[a-z'’]+(?: [a-z'’]+)?|(?:why|how) (?:is|was|does|would) (?:that|this|it)(?: so)?)"
)
"""A question of a word or two says nothing without the one before it."""
_NUMBERING: Final = re.compile(rf"^\W*(?:(?:问题|第)?\s*[{NUMERAL_CHARACTERS}]+\s*(?:讲|章|节)?\s*[:：.、]\s*)?")
_ORIGINAL: Final = re.compile(
    r"(?i)(?:原始问题|original question|question as asked)[^\n:：>]*(?:[:：][\s*]*|\n\s*>[ \t]*)(?P<question>[^\n]+)"
)
_ASKED: Final = re.compile(r"(?im)^\W*(?:问题|question)\W*[:：]\W*(?:Q\d+\s+)?(?P<question>[^\r\n]+[?？])")
_TITLE: Final = re.compile(r"(?m)^#[ \t]+(?P<title>\S[^\r\n]*?)[ \t]*$")
_KIND: Final = re.compile(r"(?i)^discussion:\s*|[ -]?的?(?:深度)?讨论(?:记录)?$|[ -]discussion$")
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
"""The name of a file as rules write it; a learner is asked in words."""
SAME: Final = 0.5
"""Two questions are one when their words overlap this much (Jaccard)."""
SAME_WORDS: Final = 2.0
"""How near two questions are that are one by their words."""
SHARED: Final = 0.3
"""What a common source adds to the share of common words."""
FEWEST_TERMS: Final = 4
"""A question of fewer words is compared as if it had so many."""
FEWEST_WORDS: Final = 3
"""Headings under which less stands (in characters) than this many times ten ask for nothing."""


def targets_of_questions(questions: Sequence[Question], *, sources: Sequence[str]) -> tuple[Target, ...]:
    """Return a target for each question of the entries; an entry with two questions is asked singly."""
    return tuple(target for question in questions for target in _singly(question, sources))


def targets_of_deep_questions(
    questions: Sequence["DeepQuestion"], path: str, *, sources: Sequence[str]
) -> tuple[Target, ...]:
    """Return a target for each deep question of a research TODO; the notes that speak of its topic are its sources."""
    return tuple(
        Target(
            id=f"D{number}",
            title=question.text,
            question=question.text,
            path=path,
            line=question.line,
            sources=tuple(sources),
        )
        for number, question in enumerate(questions, start=1)
    )


def targets_of_note(path: str, text: str, language: Language) -> tuple[Target, ...]:
    """Return a target for each second-level section of a note that has content (third-level where there is none).

    The theorem boxes of an article that bear a title follow, as B1, B2 and so on.
    """
    shape = outline(text)
    levels = {heading.level for heading in shape.headings if not heading.boxed}
    level = min(levels - {1}, default=1)
    stops = [heading.start for heading in shape.headings if heading.level <= level] + [len(text)]
    sections = [
        (f"S{number}", heading)
        for number, heading in enumerate((one for one in shape.headings if one.level == level), start=1)
        if len(text[heading.end : stops[bisect_right(stops, heading.start)]].strip()) >= FEWEST_WORDS * 10
    ]
    boxed = [(f"B{number}", heading) for number, heading in enumerate(_theorems(shape), start=1)]
    return tuple(
        Target(
            id=identity,
            title=title,
            question=say(language, "socratic.heading-question", title=title),
            path=path,
            line=heading.line,
            sources=(path,),
        )
        for identity, heading in (*sections, *boxed)
        if (title := _plain(heading.title))
    )


def _theorems(shape: Outline) -> Iterator[Heading]:
    """Yield the first heading of each theorem box."""
    starts = [heading.start for heading in shape.headings]
    for box in shape.boxes:
        if any("theorem" in name for name in box.classes):
            first = bisect_right(starts, box.start)
            yield from [one for one in shape.headings[first : first + 1] if one.start < box.end]


def target_of_topic(topic: str, language: Language, *, sources: Sequence[str]) -> Target:
    """Return the target for a bare topic; one that is a question is asked as it stands."""
    question = topic if _ASKS.search(topic) else say(language, "socratic.heading-question", title=topic)
    return Target(id="T1", title=topic, question=question, sources=tuple(sources))


def subject(path: str, text: str) -> Target:
    """Return what a document is about by its name and the question that it says it began with."""
    heading = _TITLE.search(text)
    title = _KIND.sub("", heading["title"] if heading else PurePosixPath(path).stem)
    title = title.replace("-", " ") if _SLUG.fullmatch(title) else title
    original = _ORIGINAL.search(text) or _ASKED.search(text)
    question = original["question"].strip('“”"「」* ') if original else title
    return Target(id="", title=title, question=question[:1].upper() + question[1:])


def key_of(target: Target) -> str:
    """Return a question as its list names it, `path Q7`, "" for one that no list asks."""
    return f"{target.path} {target.id}" if target.headline else ""


def same_question(target: Target, key: str, question: str) -> bool:
    """Whether a question of another day is this target's: the same entry of a list, or nearly the same words."""
    return bool(key and key == key_of(target)) or similarity(question, target.question) >= SAME


def relation(other: Target, targets: Sequence[Target]) -> float:
    """Return how near a question is to today's: 3 for one of them by its list, SAME_WORDS, else what they share.

    That is the share of the shorter one's words that stand in the other; a common source adds SHARED.
    """
    if key_of(other) and key_of(other) in {key_of(target) for target in targets}:
        return 3.0
    asked = _terms(other.question)
    for target in targets:
        theirs = _terms(target.question)
        if len(asked & theirs) >= SAME * max(1, len(asked | theirs)):
            return SAME_WORDS
    share = in_common(f"{other.title} {other.question}", targets)
    return share + (SHARED if any(set(other.sources) & set(one.sources) for one in targets) else 0.0)


def in_common(question: str, targets: Sequence[Target]) -> float:
    """Return the greatest share of the shorter one's words that a question has in common with one of the targets."""
    ours = _terms(question)
    found = (_terms(f"{target.title} {target.question}") for target in targets)
    return max((len(ours & one) / max(FEWEST_TERMS, min(len(ours), len(one))) for one in found), default=0.0)


@lru_cache(maxsize=1024)
def _terms(text: str) -> frozenset[str]:
    """Return what texts are compared by; hundreds of questions are held against the same few."""
    return terms(text)


def topic_of(questions: Sequence[Question]) -> str:
    """Return what a session on these questions is about: their common section, else the first one in short."""
    sections = {_plain(question.section) for question in questions}
    if len(sections) == 1 and len(questions) > 1 and "" not in sections:
        return sections.pop()
    sentence = str(_SENTENCE.findall(questions[0].title or questions[0].wording)[0]).strip()
    return asking_form(sentence, section=_plain(questions[0].section))


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
        if pieces and (_LEANS.match(piece) or _FOLLOWS.fullmatch(piece.rstrip("?？ "))):
            pieces[-1] += piece if is_chinese(piece) else f" {piece}"
        else:
            pieces.append(piece)
    return pieces


def _plain(title: str) -> str:
    return _NUMBERING.sub("", title).strip()
