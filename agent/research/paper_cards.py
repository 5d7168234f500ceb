"""Drafts paper cards: from sources through a model, each sentence held against them; or from the roadmap alone."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from agent.model.messages import Message, Model, Request
from agent.model.structured import ask_json
from agent.notes.paper_aspects import TITLES, Aspect
from agent.notes.paper_card import PaperCard, Question, Statement, unfounded
from agent.notes.roadmap import Paper
from agent.text.borne import dropped_denial
from agent.text.numerals import numeral
from agent.text.terminal import shortened
from agent.text.tokens import fold, shingles
from agent.words import Language, say

if TYPE_CHECKING:
    from agent.model.prompts import Prompt

PROMPT: Final = "card.paper"
MOST_TOKENS: Final = 60_000
"""Longer sources are no longer read with care, and cost."""
MOST_KEPT: Final = 6_000
"""So many characters of pasted text a card holds."""
_MAX_TOKENS: Final = 16_000
_LEAST_QUOTED: Final = 2
"""A quotation of fewer words or pairs of characters stands in any text."""
_SHOWN: Final = 60
_ASPECTS: Final[tuple[Aspect, ...]] = tuple(aspect for aspect in TITLES if aspect != "paper")
_NEEDED: Final[tuple[Aspect, ...]] = ("problem", "contributions")
_FIELDS: Final = ("authors", "venue", "year")
_STATEMENT: Final = {
    "type": "object",
    "required": ["text", "quote"],
    "properties": {"text": {"type": "string", "maxLength": 600}, "quote": {"type": "string"}},
    "additionalProperties": False,
}
_QUESTION: Final = {
    "type": "object",
    "required": ["question", "answer", "quote"],
    "properties": {name: {"type": "string", "maxLength": 600} for name in ("question", "answer", "quote")},
    "additionalProperties": False,
}
_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["title", *_FIELDS, *_ASPECTS, "questions"],
    "properties": {
        **{name: {"type": "string", "maxLength": 400} for name in ("title", *_FIELDS)},
        **{name: {"type": "array", "items": _STATEMENT, "maxItems": 12} for name in _ASPECTS},
        "questions": {"type": "array", "items": _QUESTION, "maxItems": 8},
    },
    "additionalProperties": False,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A text that a card may rest on; `place` is a path of the workspace, "" for a text that the card itself keeps.

    Its first line is line `line` of that file.
    """

    place: str
    text: str
    line: int = 1


def of_roadmap(path: str, paper: Paper | None) -> tuple[Source, ...]:
    """Return what the roadmap says of a paper, each passage with its line."""
    if paper is None:
        return ()
    found = [Source(place=path, text=one.line.text, line=one.line.number) for one in paper.entries]
    for entry in paper.entries:
        values = filter(None, (entry.title, entry.authors, entry.venue, entry.cited))
        remarks = (text for text, _ in entry.remarks)
        text = "\n".join([*entry.names, *values, str(entry.year or ""), *remarks])
        found.append(Source(place=path, text=text, line=entry.line.number))
    return (*found, *(Source(place=path, text=one.text, line=one.line) for one in paper.said))


def from_roadmap(name: str, path: str, paper: Paper | None, kept: str = "") -> PaperCard:
    """Return the card that only holds what the roadmap says, verbatim, each passage with its line."""
    if paper is None:
        return PaperCard(name=name, year=0, title=None, fields={}, aspects={}, kept=kept)
    where = f"`{path}:{paper.line}`"
    given = {"authors": paper.authors, "venue": paper.venue, "cited": paper.cited, "year": str(paper.year or "")}
    aspects: dict[Aspect, tuple[Statement, ...]] = {}
    for one in paper.said:
        statement = Statement(text=one.text, place=f"`{path}:{one.line}`", quoted=True)
        aspects[one.aspect] = (*aspects.get(one.aspect, ()), statement)
    return PaperCard(
        name=paper.name,
        year=paper.year,
        title=Statement(text=paper.title, place=where) if paper.title else None,
        fields={key: Statement(text=value, place=where) for key, value in given.items() if value},
        aspects=aspects,
        sources=(f"{path}:{paper.line}",),
        kept=kept,
    )


def draft(
    model: Model,
    model_id: str,
    language: Language,
    known: PaperCard,
    sources: Sequence[Source],
    notify: Callable[[int], None],
) -> PaperCard:
    """Return the card that a model drafts from the sources; what they do not bear out has no place in it.

    `known` is what the roadmap says, which stands where the draft says nothing. A draft with faults is asked for once
    more, with them; `notify` is told how many. Raises ModelError.
    """
    fields = _ask(model, model_id, language, known, sources, problems=(), before="")
    card = _card(fields, known, sources, language)
    problems = tuple(_problems(fields, known, sources, language))
    if problems:
        notify(len(problems))
        again = _ask(model, model_id, language, known, sources, problems=problems, before=_written(fields))
        if len(tuple(_problems(again, known, sources, language))) <= len(problems):
            card = _card(again, known, sources, language)
    return card


def place_of(quote: str, sources: Sequence[Source], language: Language) -> str:
    """Return where a quotation stands, as a card names it; "" where none of the sources holds it."""
    wanted = fold(quote)
    if len(shingles(wanted)) < _LEAST_QUOTED:
        return ""
    for source in sources:
        whole, starts = _joined([fold(line) for line in source.text.split("\n")])
        at = whole.find(wanted)
        if at >= 0:
            number = source.line + bisect_right(starts, at) - 1
            return f"`{source.place}:{number}`" if source.place else say(language, "card.pasted")
    return ""


def _joined(lines: Sequence[str]) -> tuple[str, list[int]]:
    """Return folded lines as one text with single spaces, and where each of them begins in it."""
    starts: list[int] = []
    whole = ""
    for line in lines:
        whole = f"{whole} " if whole and line else whole
        starts.append(len(whole))
        whole += line
    return whole, starts


def card_prompt(
    language: Language, name: str, sources: Sequence[Source], *, problems: Sequence[str] = (), before: str = ""
) -> "Prompt":
    """Return what a model is asked for a card; with `problems` it is to mend the draft `before`."""
    from agent.model.prompts import render  # noqa: PLC0415 - heavy

    named = [(source.place or say(language, "card.pasted"), source.text) for source in sources]
    return render(PROMPT, language, name=name, sources=named, problems=[*problems], before=before)


def _ask(
    model: Model,
    model_id: str,
    language: Language,
    known: PaperCard,
    sources: Sequence[Source],
    *,
    problems: Sequence[str],
    before: str,
) -> Mapping[str, Any]:
    prompt = card_prompt(language, known.name, sources, problems=problems, before=before)
    fields, _ = ask_json(
        model,
        Request(
            purpose=PROMPT,
            model=model_id,
            max_tokens=_MAX_TOKENS,
            system=prompt.system,
            messages=(Message("user", prompt.user),),
            schema=_SCHEMA,
        ),
    )
    return fields


def _card(fields: Mapping[str, Any], known: PaperCard, sources: Sequence[Source], language: Language) -> PaperCard:
    """Return the card of a draft: a sentence has a place when its quotation stands there and it says no more."""

    def stated(text: str, quote: str, question: str = "") -> Statement:
        place = place_of(quote, sources, language)
        return Statement(text=text, place="" if _wrong(known.name, text, quote, question) else place)

    mapped = {source.rpartition(":")[0] for source in known.sources}
    named = tuple(one.place for one in sources if one.place and one.place not in mapped)
    aspects = {name: tuple(stated(**one) for one in fields[name] if one["text"].strip()) for name in _ASPECTS}
    own = {name: _field(name, fields[name].strip(), known, sources, language) for name in _FIELDS}
    year = own["year"].text if own["year"] and own["year"].place else ""
    title = fields["title"].strip()
    return replace(
        known,
        year=known.year or (year.isdecimal() and numeral(year)) or 0,
        title=known.title or (stated(title, title) if title else None),
        fields={**known.fields, **{name: one for name, one in own.items() if one}},
        aspects={name: aspects[name] or known.aspects.get(name, ()) for name in _ASPECTS},
        questions=tuple(
            Question(question=one["question"], answer=stated(one["answer"], one["quote"], one["question"]))
            for one in fields["questions"]
            if one["question"].strip() and one["answer"].strip()
        ),
        sources=(*named, *known.sources),
    )


def _field(name: str, value: str, known: PaperCard, sources: Sequence[Source], language: Language) -> Statement | None:
    """Return authors, venue or year: as the roadmap has it, else as it stands in a source, else without a place."""
    if name in known.fields or not value:
        return known.fields.get(name)
    place = place_of(value, sources, language) or next(
        (f"`{one.place}`" if one.place else say(language, "card.pasted") for one in sources if value in one.text), ""
    )
    return Statement(text=value, place=place)


def _wrong(name: str, text: str, quote: str, question: str = "") -> tuple[str, ...]:
    """Return what a sentence, or the question that it answers, says beyond its quotation and the paper's name."""
    given = f"{name}\n{quote}"
    return (*unfounded(text, given), *unfounded(question, given, asks=True), *dropped_denial(text, quote))


def _problems(
    fields: Mapping[str, Any], known: PaperCard, sources: Sequence[Source], language: Language
) -> Iterator[str]:
    """Yield what a draft claims to find in the sources and they do not hold, and what it leaves out."""
    said = [(str(name), one["text"], one["quote"], "") for name in _ASPECTS for one in fields[name]]
    said += [("questions", one["answer"], one["quote"], one["question"]) for one in fields["questions"]]
    for where, text, quote, question in said:
        if not quote.strip():
            continue
        if not place_of(quote, sources, language):
            yield say(language, "card.problem-quote", where=where, quote=shortened(quote, _SHOWN))
        elif wrong := _wrong(known.name, text, quote, question):
            shown = shortened(f"{question} {text}".strip(), _SHOWN)
            yield say(language, "card.problem-fact", where=where, text=shown, found=", ".join(wrong))
    for name in (*_NEEDED, "questions"):
        if not fields[name]:
            yield say(language, "card.problem-empty", where=name)


def _written(fields: Mapping[str, Any]) -> str:
    import json  # noqa: PLC0415 - only for a second draft

    return json.dumps(fields, ensure_ascii=False, indent=1)
