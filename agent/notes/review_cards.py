"""The review cards of a discussion document: a question and its answer, as the program lists them or by hand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from agent.notes.lines import Line, cells, items, sections, visible_lines
from agent.notes.quotations import REFERENCE
from agent.words import SENTENCES

How = Literal["", "unaided", "hinted", "told"]

_SECTION: Final = r"复习卡|复习卡片|记忆卡|\breview cards?\b|\bflash ?cards?\b"
_NUMBERED: Final = re.compile(r"\*\*\d{1,3}\.\*\*[ \t]+(?P<question>.+)")
_QUESTION: Final = r"(?:\*\*)?(?:问题?|Q(?:uestion)?\d{0,3})(?:\*\*)?[ \t]*[:：][ \t]*(?:\*\*)?"
_ANSWER: Final = r"(?:\*\*)?(?:答案?|A(?:nswer)?\d{0,3})(?:\*\*)?[ \t]*[:：][ \t]*(?:\*\*)?"
_ASKED: Final = re.compile(rf"(?i){_QUESTION}[ \t]*(?P<question>.+)")
_ANSWERED: Final = re.compile(rf"(?i){_ANSWER}[ \t]*(?P<answer>.+)")
_BOTH: Final = re.compile(rf"(?i)(?P<question>.+?)[ \t]*{_ANSWER}[ \t]*(?P<answer>.+)")
_DIVIDED: Final = re.compile(r"(?P<question>.+?)[ \t]*(?:::|→)[ \t]*(?P<answer>.+)")
_RATED: Final = re.compile(r"[ \t]*[（(][^（()）]*[）)][ \t]*\Z")
_HOWS: Final[tuple[How, ...]] = ("unaided", "hinted", "told")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenCard:
    """A card as it stands in a document, on line `line`; `how` is "" where nobody says how the answer was reached."""

    question: str
    answer: str
    how: How
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenCards:
    """The cards of a document, and the lines of its entries that give no question with an answer."""

    cards: tuple[WrittenCard, ...] = ()
    unread: tuple[int, ...] = ()


def parse_cards(text: str) -> WrittenCards:
    """Return the cards below headings such as “复习卡” or “Review cards”.

    Read are: the program's own (`**1.** question (how, …)` and a block quotation), `问：… 答：…` or `Q: … A: …` on one
    line or on two, `question :: answer`, `question → answer`, and the rows of a table under its head.
    """
    found = {
        line.number: card
        for section in sections(visible_lines(text))
        if is_cards(section.title)
        for line, card in _entries(section.lines)
    }
    return WrittenCards(
        cards=tuple(card for card in found.values() if card),
        unread=tuple(number for number, card in found.items() if not card),
    )


def is_cards(title: str) -> bool:
    """Say whether a heading stands above review cards."""
    return bool(re.search(_SECTION, title, re.IGNORECASE))


def _entries(lines: Sequence[Line]) -> Iterator[tuple[Line, WrittenCard | None]]:
    """Yield each entry with its card, None for one that is none; what is no entry is prose."""
    rows = [line for line in lines if cells(line)]
    answering = False
    for index, line in enumerate(lines):
        below = lines[index + 1 :]
        answering = answering and (line.text.startswith(">") or not line.text.strip())
        if answering:  # a list in an answer belongs to it
            continue
        entry = next((text for _, _, text in items([line])), line.text.strip())
        numbered = _NUMBERED.fullmatch(line.text.strip())
        if numbered:
            question, how = _rated(numbered["question"])
            yield line, _card(line, question, _quoted(below), how)
            answering = True
        elif line in rows[1:]:
            row = cells(line)
            yield line, _card(line, row[0], row[1] if len(row) > 1 else "", "")
        elif not cells(line):
            yield from _written(line, entry, below)


def _written(line: Line, entry: str, below: Sequence[Line]) -> Iterator[tuple[Line, WrittenCard | None]]:
    """Yield the card that a line written by hand begins, if it begins one."""
    asked = _ASKED.fullmatch(entry)
    both = _BOTH.fullmatch(asked["question"]) if asked else None
    listed = entry != line.text.strip()
    divided = _DIVIDED.fullmatch(entry) if not asked else None
    if both:
        yield line, _card(line, both["question"], both["answer"], "")
    elif asked:
        yield line, _card(line, asked["question"], _answer_below(below), "")
    elif divided:
        yield line, _card(line, divided["question"], divided["answer"], "")
    elif listed and not _ANSWERED.fullmatch(entry):
        yield line, None


def _card(line: Line, question: str, answer: str, how: How) -> WrittenCard | None:
    question, answer = question.strip(" \t*"), answer.strip()
    return WrittenCard(question=question, answer=answer, how=how, line=line.number) if question and answer else None


def _answer_below(lines: Sequence[Line]) -> str:
    """Return the answer that the next written line gives, "" where it gives none."""
    following = next((line for line in lines if line.text.strip()), None)
    if following is None:
        return ""
    entry = next((text for _, _, text in items([following])), following.text.strip())
    answered = _ANSWERED.fullmatch(entry)
    return answered["answer"] if answered else _quoted(lines)


def _quoted(lines: Sequence[Line]) -> str:
    """Return the block quotation that follows, without the quotation marks around it; "" for none."""
    block: list[str] = []
    for line in lines:
        if line.text.startswith(">"):
            block.append(line.text[1:].removeprefix(" "))
        elif block or line.text.strip():
            break
    text = "\n".join(block)
    return text[1:-1] if text[:1] == "“" and text[-1:] == "”" else text


def _rated(written: str) -> tuple[str, How]:
    """Return the question of one of the program's own cards, and how its answer was reached, as it says behind it."""
    bare = REFERENCE.sub("", written).rstrip()
    said = _RATED.search(bare)
    how = next((one for one in _HOWS if said and any(word in said[0] for word in _words(one))), None)
    return (bare[: said.start()], how) if said and how else (bare, "")


def _words(how: How) -> tuple[str, ...]:
    return tuple(SENTENCES[f"discussion.how.{how}"].values())
