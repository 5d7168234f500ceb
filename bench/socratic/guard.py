"""The guard scored on tutor turns labelled by hand: precision, recall and kappa of each rule."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from agent.socratic.tutor.checks import CheckContext, Rule, broken
from agent.socratic.values import Instruction, Turn
from agent.words import Language
from bench.socratic.scripts import LANGUAGES, scripts

LABELS: Final[Mapping[str, tuple[tuple[Rule, ...], str]]] = {
    "q": (("C1",), "exactly one question, at the end"),
    "v": (("C2",), "a gold value leaks"),
    "t": (("C3", "C7"), "a gold claim leaks"),
    "x": (("C4",), "a quotation nobody said"),
    "p": (("C9",), "praise that is not due"),
}
"""What a label says, and the rules that must catch it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A tutor turn with its context and the labels of what is wrong with it."""

    text: str
    labels: frozenset[str]
    context: CheckContext


@dataclass(slots=True)
class Score:
    """How often a label was given and seen, given and missed, not given and seen, neither."""

    hits: int = 0
    misses: int = 0
    false_alarms: int = 0
    silences: int = 0

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + self.false_alarms)

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + self.misses)

    @property
    def kappa(self) -> float:
        """Cohen's kappa: agreement beyond what chance gives."""
        n = self.hits + self.misses + self.false_alarms + self.silences
        agreed = (self.hits + self.silences) / n
        seen, given = (self.hits + self.false_alarms) / n, (self.hits + self.misses) / n
        chance = seen * given + (1 - seen) * (1 - given)
        return (agreed - chance) / (1 - chance)


def labelled() -> Iterator[Labelled]:
    """Yield the labelled turns of both languages."""
    for language in LANGUAGES:
        file = Path(__file__).with_name(f"labelled.{language}.toml")
        for fields in tomllib.loads(file.read_text("utf-8"))["context"]:
            context = _context(fields, language)
            for text, labels in fields["turns"]:
                yield Labelled(text=text, labels=frozenset(labels), context=context)


def scores() -> dict[str, Score]:
    """Return how well the guard finds what each label names."""
    found = {label: Score() for label in LABELS}
    for one in labelled():
        seen = broken(one.text, one.context)
        for label, (rules, _) in LABELS.items():
            given, caught = label in one.labels, any(rule in seen for rule in rules)
            score = found[label]
            score.hits += given and caught
            score.misses += given and not caught
            score.false_alarms += caught and not given
            score.silences += not given and not caught
    return found


def mistakes() -> Iterator[str]:
    """Yield the turns on which the guard and the labels disagree."""
    for one in labelled():
        seen = broken(one.text, one.context)
        caught = {label for label, (rules, _) in LABELS.items() if any(rule in seen for rule in rules)}
        if caught != one.labels:
            yield f"labelled {''.join(sorted(one.labels)) or '-'}, seen {''.join(sorted(caught)) or '-'}: {one.text!r}"


def _context(fields: Mapping[str, Any], language: Language) -> CheckContext:
    target = next(one.target for one in scripts(language) if one.target.id == fields["target"])
    asked = Turn(seq=2, time="", role="tutor", text=fields["asked"], state="elicit", target=target.id)
    answer = Turn(seq=3, time="", role="learner", text=fields["answer"], state="elicit", target=target.id)
    return CheckContext(
        instruction=Instruction(
            target=target.id, state="probe", move="missing_link", language=language, hint=fields["hint"]
        ),
        target=target,
        turns=(asked, answer),
        verdict=fields["verdict"],
    )
