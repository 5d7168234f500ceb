"""`wenqu check --explain`: what a standard demands, from its values, as a person reads it and as scripts do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Final

from agent.standard.findings import Severity
from agent.standard.standard import Field, Item, Minimum, PartRule, Standard
from agent.words import Language, say

# What missing each of these weighs in an article marked completed.
_RULES: Final[Mapping[str, Severity]] = {
    **dict.fromkeys(("part-missing", "part-duplicate", "pasted-twice", "original-lost"), "error"),
    **dict.fromkeys(
        (
            *("part-order", "stub-left", "formula-broken", "tag-repeated", "box-unclosed", "fence-unclosed"),
            "dollar-unpaired",
            *("bad-character", "placeholder", "experiment-claimed", "number-unmarked", "copied-from-original"),
            "key-shown",
            *("original-altered", "original-truncated", "front-matter-invalid", "front-matter-unclosed"),
            *("status-unknown", "date-missing", "title-truncated", "duplicate-article", "duplicate-expansion"),
        ),
        "warning",
    ),
    "standard-older": "note",
}
_MANNER: Final = (
    *("padding", "step-asserted", "formula-without-words", "sum-wrong", "sentence-repeated"),
    *("reference-unverified", "section-unknown", "item-unknown", "figure-unknown", "equation-unknown"),
    *("part-unconnected", "item-ungrounded"),
    *("markup-unsafe", "comment-left", "text-hidden", "not-for-readers", "link-foreign", "formula-defines"),
    *("question-unasked", "target-vague", "source-unfounded", "copied-from-example"),
    *("too-few-filled-lines", "other-language", "other-subject"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What a rule asks of a part (0 for the whole article), and what missing it weighs in a completed article.

    A demand that is counted has its `measure` and the least it must be; a `strict` one is made only of text that the
    program writes, and under --strict.
    """

    part: int
    rule: str
    severity: Severity
    sentence: str
    measure: str = ""
    at_least: int = 0
    strict: bool = False


def demands(standard: Standard, language: Language) -> tuple[Demand, ...]:
    """Return all that a standard demands: part by part, of the whole article, of what the program writes."""
    marks = " ".join(standard.marks.of(language))
    whole = (
        Demand(part=0, rule=rule, severity=severity, sentence=say(language, f"demands.rule-{rule}", marks=marks))
        for rule, severity in _RULES.items()
    )
    parts = (demand for rule in standard.parts for demand in _of_part(rule, language))
    manner = (
        Demand(part=0, rule=rule, severity="error", sentence=say(language, f"demands.rule-{rule}"), strict=True)
        for rule in _MANNER
    )
    return (*parts, *_counted(0, standard.minima, language), *whole, *manner)


def as_text(standard: Standard, known: Iterable[str], language: Language) -> str:
    """Return what a standard demands as a person reads it; `known` are the ids of all standards."""
    names = ", ".join(name for name in known if name != standard.id)
    others = say(language, f"demands.{'others' if names else 'no-others'}", names=names)
    lines = [say(language, "demands.head", standard=standard.id, others=others)]
    for (number, strict), group in groupby(demands(standard, language), key=lambda one: (one.part, one.strict)):
        lines += ["", say(language, "demands.strict") if strict else _heading(standard, number, language)]
        lines += [f"  {say(language, f'upkeep.severity-{one.severity}')}  {one.rule}  {one.sentence}" for one in group]
    return "\n".join(lines)


def as_json(standard: Standard, known: Sequence[str], language: Language) -> dict[str, object]:
    """Return what a standard demands for scripts."""
    parts = [{"number": part.number, "title": part.title[language]} for part in standard.parts]
    listed = [asdict(demand) for demand in demands(standard, language)]
    return {"standard": standard.id, "known": list(known), "parts": parts, "demands": listed}


def _heading(standard: Standard, number: int, language: Language) -> str:
    if not number:
        return say(language, "demands.whole")
    return say(language, "demands.part", number=number, title=standard.by_number[number].title[language])


def _of_part(part: PartRule, language: Language) -> Iterator[Demand]:
    yield from _counted(part.number, (*part.minima, *part.items), language)
    form = [("field-missing", _fields(item, language)) for item in part.items if item.fields]
    form += [("box-missing", say(language, "demands.box", name=name)) for name in part.boxes]
    form += [("field-missing", say(language, "demands.speaks", name=one.text[language])) for one in part.required]
    for rule, sentence in form:
        yield Demand(part=part.number, rule=rule, severity="warning", sentence=sentence)


def _counted(part: int, limits: Iterable[Minimum | Item], language: Language) -> Iterator[Demand]:
    for one in limits:
        name = one.label[language] if isinstance(one, Item) else say(language, f"demands.measure-{one.measure}")
        yield Demand(
            part=part,
            rule=one.rule,
            severity="error" if one.core else "warning",
            sentence=say(language, "demands.minimum", name=name, count=one.at_least),
            measure=one.measure,
            at_least=one.at_least,
        )


def _fields(item: Item, language: Language) -> str:
    joined = say(language, "common.and").join(_field(one, language) for one in item.fields)
    return say(language, "demands.fields", name=item.label[language], fields=joined)


def _field(one: Field, language: Language) -> str:
    remarks = {"quantified": one.quantified, "formula": one.formula, "questions": one.questions}
    said = (say(language, f"demands.field-{name}", count=value) for name, value in remarks.items() if value)
    return one.label[language] + "".join(said)
