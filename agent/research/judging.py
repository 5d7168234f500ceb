"""A model's view of a recalled answer: a grade with the words that it rests on, checked before it counts."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from agent.bookkeeping.cards import Card
from agent.bookkeeping.due import AGAIN
from agent.model.messages import Message, Model, Request, Usage
from agent.model.structured import ask_json
from agent.text.tokens import fold
from agent.words import Language

if TYPE_CHECKING:
    from agent.model.prompts import Prompt

GRADE: Final = "recall.grade"
"""The name of the prompt."""
_MAX_TOKENS: Final = 8_000
_LONGEST: Final = 200
_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["grade", "evidence", "missing"],
    "properties": {
        "grade": {"enum": [1, 2, 3, 4]},
        "evidence": {"type": "string"},
        "missing": {"type": "string"},
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A grade 1-4 by the model `by`; `evidence` stands in the answer word for word, `missing` is what it lacks."""

    grade: int
    evidence: str
    missing: str
    by: str
    prompt_hash: str
    usage: Usage

    @property
    def content(self) -> Mapping[str, object]:
        """What the journal keeps of it."""
        return asdict(self)


def grading_prompt(language: Language, card: Card, text: str) -> "Prompt":
    """Return the prompt that asks how well an answer recalls a card."""
    from agent.model.prompts import render  # noqa: PLC0415 - heavy

    return render(GRADE, language, question=card.question, before=card.answer, answer=text)


def judge(model: Model, model_id: str, language: Language, card: Card, text: str) -> Judged | None:
    """Ask a model how well an answer recalls a card; None where a pass rests on words that the answer does not hold.

    Raises ModelError.
    """
    prompt = grading_prompt(language, card, text)
    fields, reply = ask_json(
        model,
        Request(
            purpose=GRADE,
            model=model_id,
            max_tokens=_MAX_TOKENS,
            system=prompt.system,
            messages=(Message("user", prompt.user),),
            schema=_SCHEMA,
        ),
    )
    evidence = str(fields["evidence"]).strip()
    founded = evidence and fold(evidence) in fold(text)
    if fields["grade"] > AGAIN and not founded:
        return None
    return Judged(
        grade=fields["grade"],
        evidence=evidence if founded else "",
        missing=str(fields["missing"]).strip()[:_LONGEST],
        by=reply.model,
        prompt_hash=prompt.sha256,
        usage=reply.usage,
    )
