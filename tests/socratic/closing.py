"""A whole session with a model that also selects and writes glosses: what the tests of its document share."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from behaving import ANSWERS
from behaving import QUESTIONS as BEHAVING
from stage import MISTAKE, Learner, ScriptedModel, Stage, gold_reply, judged, prompt_text

from agent.model.messages import Request
from agent.socratic.person import Item
from agent.socratic.sessions import Finished
from agent.words import Language

NOTE: dict[Language, str] = {"zh": "先数要搬多少字节", "en": "count the bytes to be moved first"}
WRONG: dict[Language, str] = {"zh": "因为乘法变多了，所以变慢", "en": "there is more multiplication, so it slows down"}
ASKED: dict[Language, str] = {
    "zh": "你说「乘法变多了」，若乘法再快一倍，你预测每步会怎样？",
    "en": "You say “more multiplication”: if it ran at twice the speed, what do you predict?",
}
CLIMB: dict[Language, tuple[str, str]] = {
    "zh": ("若「重新搬一遍」成立，词越多会怎样？", "存得越多，每个词要搬的就越多，时间跟着长"),
    "en": (
        "If we “move everything we kept once more”, what follows as it grows?",
        "the more is kept, the longer every single word takes",
    ),
}
APART: dict[Language, str] = {
    "zh": "几乎不会快，要搬的数据没有变少",
    "en": "hardly any faster, since as much has to be moved as before",
}


def turns_of(request: Request) -> dict[int, str]:
    """The dialogue as the closing prompts show it."""
    found = re.findall(r'<turn (?:number="|name="T)(\d+)"[^>]*>\n(.*?)\n</turn>', prompt_text(request), re.DOTALL)
    return {int(number): text for number, text in found}


def number_of(request: Request, words: str) -> int:
    return next(number for number, text in turns_of(request).items() if words in text)


def pointer(turn: int, span: str = "") -> dict[str, Any]:
    return {"turn": turn, "span": span}


def selection(request: Request, language: Language, **changes: Any) -> dict[str, Any]:
    """What a model that does as it is told selects from the session below."""
    said = ANSWERS[language]
    repair = number_of(request, said[1])
    course = {
        "target": "Q1",
        "first": pointer(number_of(request, WRONG[language])),
        "pivot": pointer(number_of(request, ASKED[language])),
        "repair": pointer(repair),
        "now": pointer(repair),
    }
    insight = pointer(number_of(request, said[2]))
    return {"targets": [course], "insights": [insight], "questions": [], "corrections": [], **changes}


def glosses(request: Request, language: Language) -> dict[str, Any]:
    """One gloss that holds, one with a foreign number, and one line of explanation."""
    refs = [f"T{number_of(request, WRONG[language])}", f"T{number_of(request, ANSWERS[language][1])}"]
    good = {
        "zh": "从乘法变多转到把存下的东西重新搬一遍。",
        "en": "From more multiplication to moving everything once more.",
    }
    bad = {"zh": "每一步快 77 倍。", "en": "Each step is 77 times as fast."}
    line = {"zh": "每步至少要 12 ms。", "en": "Each step takes at least 12 ms."}
    return {
        "glosses": [
            {"block": "change:Q1", "sentences": [{"text": text[language], "refs": refs} for text in (bad, good)]}
        ],
        "reference": [{"text": line[language], "refs": ["S1"]}],
    }


def closing_model(
    language: Language, select: Callable[[Request], Any] | None = None, gloss: Callable[[Request], Any] | None = None
) -> ScriptedModel:
    gold = gold_reply(language)
    gold["claims"][0]["passage"] = 2
    return ScriptedModel(
        gold=gold,
        diagnose=[judged("wrong", misconception=1, evidence=WRONG[language]), judged("correct", solo=3)],
        phrase=[ASKED[language], CLIMB[language][0], *BEHAVING[language][1:], MISTAKE[language].question],
        select=select or (lambda request: selection(request, language)),
        gloss=gloss or (lambda request: glosses(request, language)),
    )


def lines(language: Language) -> list[str]:
    said = ANSWERS[language]
    beside = ("/calc 40/3.35", f"/note {NOTE[language]}")
    return [WRONG[language], beside[0], said[1], beside[1], CLIMB[language][1], *said[2:4], APART[language], said[4]]


def close(
    stage: Stage, model: ScriptedModel | None = None, kept: Callable[[Sequence[Item]], frozenset[str]] | None = None
) -> Finished:
    """Hold the whole session; `kept` is what the learner does on the closing screen."""
    person = Learner(*lines(stage.language), confidence=4)
    person.kept = kept
    finished = stage.run(person, model or closing_model(stage.language))
    assert finished.problems == ()
    assert finished.document is not None
    return finished


def everything(items: Sequence[Item]) -> frozenset[str]:
    return frozenset(item.id for item in items)


def compiled_record(stage: Stage) -> Mapping[str, Any]:
    return next(record.content for record in reversed(stage.records()) if record.kind == "compiled")
