"""A paper card: the seven sections of a roadmap's papers, each sentence with its place or marked as to be verified."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import Final

from agent.notes.lines import Line, Section, heading_of, sections, visible_lines
from agent.notes.paper_aspects import TITLES, Aspect, aspect_of
from agent.notes.review_cards import is_cards, parse_cards
from agent.standard.findings import Finding
from agent.text.borne import strays, unborne
from agent.text.tokens import fold, is_chinese
from agent.words import SENTENCES, Language, say

_VERIFY: Final = re.compile(r"(?i)待核|to verify")
_PASTED: Final = "|".join(SENTENCES["card.pasted"].values())
_PLACE: Final = re.compile(rf"[ \t]*[（(]([^（()）]*`[^`]+`[^（()）]*|{_PASTED})[)）][ \t]*\Z")
_ASKED: Final = re.compile(r"[ \t]*\*\*\d{1,3}\.\*\*[ \t]")
_SOURCE: Final = re.compile(r"`([^`]+)`")
_LINE: Final = re.compile(r":\d{1,9}\Z")
_LEAD: Final = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,3}[.)、])[ \t]+|\*\*\d{1,3}\.\*\*[ \t]+)?")
_FEWEST: Final = 3
_REACH: Final = 100
"""So many lines below its beginning a quotation may have its place."""
_EMPTY: Final = tuple(text.strip() for text in SENTENCES["card.to-fill"].values())
_KEPT: Final = tuple(SENTENCES["card.section-source"].values())
_YEAR: Final = re.compile(r"[ \t]*\((?:19|20)\d\d\)\Z")
_HEAD: Final = re.compile("来源|sources", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence of a card; `place` is where it comes from, "" where nothing bears it out.

    What is `quoted` are the lines of a document, verbatim.
    """

    text: str
    place: str = ""
    quoted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question for the learner to recall, with its answer."""

    question: str
    answer: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCard:
    """What a card says; `year` is 0 when unknown, `kept` a pasted text that stands at its end."""

    name: str
    year: int
    title: Statement | None
    fields: Mapping[str, Statement]
    aspects: Mapping[Aspect, tuple[Statement, ...]]
    questions: tuple[Question, ...] = ()
    sources: tuple[str, ...] = ()
    kept: str = ""

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All that it states."""
        said = [self.title] if self.title else []
        said += [*self.fields.values(), *(one for listed in self.aspects.values() for one in listed)]
        return (*said, *(one.answer for one in self.questions))


def render_card(card: PaperCard, language: Language) -> str:
    """Return the card as a document of its own."""
    sources = [*(f"`{source}`" for source in card.sources), *([say(language, "card.pasted")] if card.kept else [])]
    named = say(language, "common.and").join(sources)
    lines = [f"# {card.name}" + (f" ({card.year})" if card.year else ""), ""]
    lines += [say(language, "card.sources", sources=named) if named else say(language, "card.no-sources")]
    for aspect, titles in TITLES.items():
        body = (
            list(_paper(card, language)) if aspect == "paper" else list(_said(card.aspects.get(aspect, ()), language))
        )
        lines += ["", f"## {titles[language]}", "", *(body or [say(language, "card.to-fill")])]
    if card.questions:
        lines += ["", f"## {say(language, 'card.section-questions')}"]
    for number, one in enumerate(card.questions, 1):
        doubt = "" if one.answer.place else say(language, "card.to-verify")
        lines += ["", f"**{number}.** {_flat(one.question)}", "", f"> {_flat(one.answer.text)}{doubt}"]
        lines += ["", _with_place("", one.answer, language).strip()] if one.answer.place else []
    if card.kept:
        kept = [f"> {line}".rstrip() for line in card.kept.strip().splitlines()]
        lines += ["", f"## {say(language, 'card.section-source')}", "", *kept]
    return "\n".join(lines) + "\n"


def name_of(text: str) -> str:
    """Return the name of the paper in a card's heading, without its year."""
    head = next((head[1] for line in visible_lines(text) if (head := heading_of(line))), "")
    return _YEAR.sub("", head).strip()


def sources_of(text: str) -> tuple[str, ...]:
    """Return the paths that the head of a card names as its sources, without lines."""
    head = _head(text)
    return tuple(dict.fromkeys(_LINE.sub("", place) for place in _SOURCE.findall(head.text if head else "")))


def card_findings(text: str, given: str | None, missing: Collection[str] = ()) -> tuple[Finding, ...]:
    """Return what is wrong with a card: sections, questions, its kept text, and what its sources do not say.

    `given` are the words of its sources, None where there is none beside the text that it keeps; what it takes from
    the paths `missing` is passed over. A line that is marked as to be verified says so itself.
    """
    lines = visible_lines(text)
    outer = [section for section in sections(lines) if section.level > 1]
    outer = [section for section in outer if section.level == min(one.level for one in outer)]
    kept = "\n".join(_kept_lines(text, outer))
    if sum(aspect_of(section.title) is not None for section in outer) < _FEWEST:
        return ()  # a card of another shape
    found = [*_shape(outer), *(_question(line, lines) for line in parse_cards(text).unread)]
    heading = next((line.text for line in lines if line.text.strip()), "")
    if given is not None or kept:
        found += _unfounded(outer, f"{given or ''}\n{kept}\n{heading}", missing)
    head = _head(text)
    if head and _VERIFY.search(head.text):
        found += _unplaced(outer)
    return tuple(sorted(found, key=lambda one: (one.line, one.rule)))


def _head(text: str) -> Line | None:
    return next((line for line in visible_lines(text) if line.text.startswith(">") and _HEAD.search(line.text)), None)


def _kept_lines(text: str, outer: Sequence[Section]) -> Iterator[str]:
    """Yield the lines of the text that a card keeps, without their marks; in quotations, code is text as well."""
    for section in outer:
        if _is_kept(section):
            for line in text.split("\n")[section.heading.number :]:
                if line.startswith(">"):
                    yield line.removeprefix(">").removeprefix(" ").rstrip()


def _paper(card: PaperCard, language: Language) -> Iterator[str]:
    if card.title:
        yield f"- {_with_place(f'**{_flat(card.title.text)}**', card.title, language)}"
    for name, statement in card.fields.items():
        value = _with_place(_flat(statement.text), statement, language)
        yield f"- {say(language, f'card.{name}')}: {value}"


def _said(statements: Sequence[Statement], language: Language) -> Iterator[str]:
    for at, one in enumerate(statements):
        if one.quoted:
            yield from [""] * bool(at)
            yield from (f"> {line}".rstrip() for line in one.text.split("\n"))
            yield ""
            yield _with_place("", one, language).strip()
        else:
            yield f"- {_with_place(_flat(one.text), one, language)}"


def _with_place(text: str, one: Statement, language: Language) -> str:
    return text + (say(language, "card.place", place=one.place) if one.place else say(language, "card.to-verify"))


def _flat(text: str) -> str:
    """Return a sentence on one line, nothing in it that would begin a heading, a quotation or a fence."""
    return " ".join(text.split()).lstrip("#>`~-*+ ")


def _shape(outer: Sequence[Section]) -> Iterator[Finding]:
    """Yield sections that are missing, stand twice, in another order, or hold nothing."""
    language: Language = "zh" if any(is_chinese(one.title) for one in outer) else "en"
    about = [(one, aspect_of(one.title)) for one in outer if not (_is_kept(one) or is_cards(one.title))]
    held = [aspect for _, aspect in about if aspect]
    for aspect, titles in TITLES.items():
        if aspect not in held:
            yield _finding("card-section-missing", 1, "", titles[language])
    order = [aspect for aspect in TITLES if aspect in held]
    for at, (section, known) in enumerate(about):
        line = section.heading.number
        if known and known in [other for _, other in about[:at]]:
            yield _finding("card-section-twice", line, section.title, "")
        bare = [one.text.strip() for one in section.lines if one.text.strip()]
        if known and (not bare or any(one.lstrip("-* ") in _EMPTY for one in bare)) and not _holds_code(section):
            yield Finding(rule="card-empty", severity="note", line=line, found=section.title, wanted="")
    if list(dict.fromkeys(held)) != order:
        first = next(
            section for (section, aspect), wanted in zip(_known(about), order, strict=False) if aspect != wanted
        )
        yield _finding("card-section-order", first.heading.number, first.title, "")


def _known(about: Sequence[tuple[Section, Aspect | None]]) -> Iterator[tuple[Section, Aspect]]:
    """Yield the first section on each aspect."""
    seen: set[Aspect] = set()
    for section, aspect in about:
        if aspect and aspect not in seen:
            seen.add(aspect)
            yield section, aspect


def _holds_code(section: Section) -> bool:
    """Say whether lines of code, which are not among the visible ones, stand in a section."""
    numbers = [section.heading.number, *(line.number for line in section.lines)]
    return any(after - before > 1 for before, after in pairwise(numbers))


def unfounded(text: str, given: str, *, asks: bool = False) -> tuple[str, ...]:
    """Return what a sentence of a card says and `given` does not; of a question (`asks`) the facts alone."""
    if fold(text) in fold(given):
        return ()
    return tuple(dict.fromkeys([*unborne(text, given), *(() if asks else strays(text, given))]))


def _unfounded(outer: Sequence[Section], given: str, missing: Collection[str]) -> Iterator[Finding]:
    """Yield the lines that say what the sources do not, unless they are marked or rest on a source that is missing."""
    for section in outer:
        for at, line in enumerate(() if _is_kept(section) else section.lines):
            place = _place(section.lines[at : at + _REACH])
            bare = _bare(_LEAD.sub("", _PLACE.sub("", line.text), count=1))
            if _VERIFY.search(place) or (missing and (not place or any(f"`{path}" in place for path in missing))):
                continue
            wrong = unfounded(bare, given, asks=not place or _ASKED.match(line.text) is not None)
            if wrong:
                yield _finding("card-unfounded", line.number, ", ".join(wrong), "")


def _unplaced(outer: Sequence[Section]) -> Iterator[Finding]:
    """Yield the sentences that neither name their place nor are marked, though the head says that each does."""
    for section in outer:
        quoted = False
        for at, line in enumerate(section.lines if aspect_of(section.title) or is_cards(section.title) else ()):
            goes_on, quoted = quoted, line.text.startswith(">")
            said = _PLACE.sub("", line.text).strip().lstrip("-* ")
            idle = not said or said in _EMPTY or heading_of(line) or (quoted and goes_on)
            if not idle and not _place(section.lines[at : at + _REACH]):
                yield _finding("card-unplaced", line.number, said, "")


def _place(lines: Sequence[Line]) -> str:
    """Return the place or the mark of the first of these lines; that of a question or a quotation stands below it."""
    first, *below = (line.text for line in lines)
    own = _VERIFY.search(first) or _PLACE.search(first)
    if not own and (_ASKED.match(first) or first.startswith(">")):
        rest = [line for line in below if line.strip()]
        block = [*takewhile(lambda line: line.startswith(">"), rest)]
        after = next(iter(rest[len(block) :]), "")
        own = _VERIFY.search("\n".join(block)) or _PLACE.fullmatch(after)
    return own[0] if own else ""


def _bare(text: str) -> str:
    """Return a line without the name of its field: Authors and Venue are no names of the paper's."""
    name, colon, value = text.partition(":")
    fields = {words for key in ("authors", "venue", "year", "cited") for words in SENTENCES[f"card.{key}"].values()}
    return value if colon and name.strip("* ") in fields else text


def _is_kept(section: Section) -> bool:
    return any(kept.partition(" ")[2] == section.title for kept in _KEPT)


def _question(number: int, lines: Sequence[Line]) -> Finding:
    text = next(line.text for line in lines if line.number == number)
    return _finding("card-question", number, text.strip(), "")


def _finding(rule: str, line: int, found: str, wanted: str) -> Finding:
    return Finding(rule=rule, severity="warning", line=line, found=found, wanted=wanted)
