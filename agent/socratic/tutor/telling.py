"""What is told where the learner asks for it: what the notes say, and openly where the wording is a model's."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final, get_args

from agent.socratic.values import GoldClaim, Instruction, Passage, Target, Turn
from agent.text.tokens import numbers, overlap
from agent.words import Language, say

COVERED: Final = 0.6
"""The share of a claim's words that stand in its passage where the passage says it."""
_FRAMES: Final = ("socratic.tell-passage", "socratic.tell-worded", "socratic.tell")


def telling(target: Target, instruction: Instruction, passages: Sequence[Passage]) -> tuple[str, tuple[str, ...]]:
    """Return the words of a turn that tells, and where they stand; "" where there is nothing to tell.

    A claim that its passage does not bear in these words is called a model's wording, and the passage stands below it.
    """
    language = instruction.language
    told = [claim for claim in target.gold if claim.claim in instruction.material]
    sources = tuple(dict.fromkeys(claim.source for claim in told)) or tuple(passages)
    claims = instruction.material or "\n".join(passage.text for passage in passages)
    cites = tuple(passage.cite for passage in sources)
    if not claims:
        return "", ()
    if not target.gold:
        return say(language, "socratic.tell-passage", claims=claims, cites=", ".join(cites)), cites
    key = "socratic.tell" if all(map(covered, told)) else "socratic.tell-worded"
    texts = "\n".join(passage.text for passage in sources)
    return say(language, key, claims=claims, cites=", ".join(cites), passages=texts), cites


def covered(claim: GoldClaim) -> bool:
    """Whether a claim stands in its passage: most of its words, and each of its numbers."""
    text = claim.source.text
    return overlap(claim.claim, text) >= COVERED and set(numbers(claim.claim)) <= set(numbers(text))


def told_words(turn: Turn) -> str:
    """Return what a turn tells, without the frame that marks it as told; all of one that stands in no such frame."""
    return next((words for _, words in _framed(turn)), turn.text)


def is_worded(turn: Turn) -> bool:
    """Whether a turn says that what it tells is a model's wording."""
    return any(key == "socratic.tell-worded" for key, _ in _framed(turn))


def _framed(turn: Turn) -> Iterator[tuple[str, str]]:
    """Yield the frames that a turn stands in, with what stands in them."""
    for key, language in product(_FRAMES, get_args(Language)):
        frame = say(language, key, claims="\0", cites=", ".join(turn.cites), passages="\0").split("\0")
        before, middle, after = frame[0], frame[1] if len(frame) > 2 else "", frame[-1]
        if turn.text.startswith(before) and turn.text.endswith(after) and middle in turn.text:
            told = turn.text[len(before) : len(turn.text) - len(after)]
            yield key, told.partition(middle)[0] if middle else told
