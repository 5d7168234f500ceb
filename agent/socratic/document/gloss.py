"""Generated sentences beside the learner's words: each rests on turns or source lines and says no more than those."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from agent.model.messages import Model
from agent.socratic.asking import Asked, ask_json
from agent.socratic.document.answers import account_of
from agent.socratic.document.choices import Gloss, Selection
from agent.socratic.values import EventName, Passage, SessionState
from agent.text.founded import faults
from agent.text.tokens import cjk_share, talk_units
from agent.words import Language

SENTENCES_A_BLOCK: Final = 2
REFERENCE_LINES: Final = 40
MOST_UNITS: Final = 60.0
"""A longer sentence (in talk units) is no gloss."""
_GENERAL_BLOCKS: Final = ("detail", "mistakes", "method", "practice")
"""Blocks of the whole document."""
_BESIDE: Final[tuple[EventName, ...]] = ("note", "calc")
_MAX_TOKENS: Final = 16_000
_SENTENCE_END: Final = re.compile(r"[。！？!?]+|\.(?=\s|$)")
_MARKUP: Final = re.compile(r"\]\(|<|^[ \t]*(?:[#>|]|[-*+][ \t])|\n")
_LEAST_CHINESE: Final = 0.15
_MOST_CHINESE: Final = 0.1
_ENTRY: Final = {
    "type": "object",
    "required": ["text", "refs"],
    "properties": {"text": {"type": "string"}, "refs": {"type": "array", "items": {"type": "string"}}},
    "additionalProperties": False,
}
_BLOCK: Final = {
    "type": "object",
    "required": ["block", "sentences"],
    "properties": {"block": {"type": "string"}, "sentences": {"type": "array", "items": _ENTRY}},
    "additionalProperties": False,
}
_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["glosses", "reference"],
    "properties": {
        "glosses": {"type": "array", "items": _BLOCK},
        "reference": {"type": "array", "items": _ENTRY},
    },
    "additionalProperties": False,
}


def written(
    model: Model, model_id: str, state: SessionState, selection: Selection
) -> tuple[tuple[Gloss, ...], tuple[Gloss, ...], Asked]:
    """Return the glosses and the lines of the reference explanation that hold, and what was asked.

    None after two replies that cannot be read. Raises ModelError when the model does not answer.
    """
    passages, blocks = source_passages(state), _blocks(selection)
    names = {f"S{number}": cite for number, cite in enumerate(passages, start=1)}
    variables = {
        "targets": state.targets,
        "blocks": blocks,
        "dialogue": sorted(state.said, key=lambda turn: turn.seq),
        "notes": [event for event in state.events if event.name in _BESIDE],
        "passages": [(name, passages[cite]) for name, cite in names.items()],
    }
    found, asked = ask_json(
        model,
        "gloss",
        state.language,
        variables,
        model_id=model_id,
        max_tokens=_MAX_TOKENS,
        schema=_SCHEMA,
        read=lambda fields, _: validated(fields, state, blocks, names),
    )
    return (*(found or ((), ())), asked)


def _blocks(selection: Selection) -> tuple[str, ...]:
    """Return the blocks that a gloss may stand at: two of each target, the account now only where there is one."""
    changes = [f"change:{course.target}" for course in selection.courses]
    accounts = [f"now:{course.target}" for course in selection.courses if course.now]
    return (*changes, *accounts, *_GENERAL_BLOCKS)


def validated(
    fields: Mapping[str, Any], state: SessionState, blocks: Sequence[str], names: Mapping[str, str]
) -> tuple[tuple[Gloss, ...], tuple[Gloss, ...]]:
    """Return the sentences that hold: for each block at most two, of the reference explanation at most forty lines."""
    texts = referable(state)
    glosses: list[Gloss] = []
    for block in blocks:
        sentences = [text for one in fields["glosses"] if one["block"] == block for text in one["sentences"]]
        glosses += [*_kept(block, sentences, texts, names, state.language)][:SENTENCES_A_BLOCK]
    cited = {ref: text for ref, text in texts.items() if ref in names.values()}
    reference = [*_kept("reference", fields["reference"], cited, names, state.language)]
    return tuple(glosses), tuple(reference[:REFERENCE_LINES])


def referable(state: SessionState) -> dict[str, str]:
    """Return what a gloss may rest on: turns, notes and calculations as `T5`, passages as `path:line`."""
    found = {f"T{turn.seq}": turn.text for turn in state.said}
    found |= {f"T{event.seq}": event.text for event in state.events if event.name in _BESIDE}
    return found | source_passages(state)


def source_passages(state: SessionState) -> dict[str, str]:
    """Return the passages of `settled_passages` by `path:line`."""
    return {passage.cite: passage.text for passage in settled_passages(state)}


def settled_passages(state: SessionState) -> tuple[Passage, ...]:
    """Return the passages that the answered questions were judged by; none of a question left open.

    What is still to be derived must not stand beside its TODO. Who had answered rightly and skipped the rest answered.
    """
    right = {target.id for target in state.targets if account_of(state, target)}
    well = [one.target for one in state.outcomes if one.result in ("mastered", "answered", "told")]
    settled = {*well, *(one.target for one in state.outcomes if one.result == "skipped" and one.target in right)}
    found = (claim.source for target in state.targets if target.id in settled for claim in target.gold)
    return tuple(dict.fromkeys(found))


def _is_sentence(text: str, language: Language) -> bool:
    """Whether a text is one sentence of bearable length in the language, without markup."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    one = not ends or ends == [len(text.rstrip(" ”」』\"'）)"))]
    share = cjk_share(text)
    spoken = share >= _LEAST_CHINESE if language == "zh" else share <= _MOST_CHINESE
    return one and spoken and 1 < talk_units(text) <= MOST_UNITS and not _MARKUP.search(text)


def _kept(
    block: str,
    sentences: Sequence[Mapping[str, Any]],
    texts: Mapping[str, str],
    names: Mapping[str, str],
    language: Language,
) -> Iterator[Gloss]:
    """Yield the sentences that name what they rest on, all of it there, and say nothing that it does not hold."""
    for one in sentences:
        refs = tuple(dict.fromkeys(names.get(ref, ref) for ref in one["refs"]))
        text = one["text"].strip()
        if refs and all(ref in texts for ref in refs):
            given = "\n".join(texts[ref] for ref in refs)
            if _is_sentence(text, language) and not faults(text, given):
                yield Gloss(block=block, text=text, refs=refs)
