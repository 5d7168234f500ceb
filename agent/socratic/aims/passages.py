"""The paragraphs of notes, and the one that answers best."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

from agent.notes.question_list import Question, parse_questions
from agent.socratic.values import Passage
from agent.text.frontmatter import body_start
from agent.text.outline import clean_title, find_fences, membership
from agent.text.question import ends_asking
from agent.text.tokens import shingles

_HEADING: Final = re.compile(r"^ {0,3}(#{1,6})\s+(.*)$")
_RULE: Final = re.compile(r"^(?!\s*(?:\||\$\$))\W*$")
"""A line that ends a paragraph; the ruler of a table and the marks of a formula do not."""
_IMAGE: Final = re.compile(r"[ \t>\[]*!\[")
_CAPTION: Final = re.compile(r"!\[([^\]\n]+)\]\(")
_ANNOUNCES: Final = re.compile(r"[:：][\s*_]*$")
_NO_ANSWERS: Final = re.compile(
    r"(?i)学习目标|核心主题|掌握的|实践技能|使用说明|如何使用|目录|参考资料|参考文献|下一步|复习卡|待办|\bTODO\b"
    r"|全文记录|误解档案|从哪里出发|认识如何变化"
    r"|\bobjectives\b|\bhow to use\b|\bcontents\b|\breferences\b|\bnext steps\b|\breview cards\b"
    r"|\bfull record\b|\bmisconceptions\b|\bwhere it began\b|\bhow the understanding changed\b"
)
"""Headings under which a note plans and points, or a discussion keeps its first, mistaken accounts."""
_EMPTY: Final = shingles(
    "a an the of to in on at by for from with and or not than is are be been was do does did can could must should "
    "would will have has how why what which when where who that this these those it its they them there then one "
    "some any all if as so but into about out up say see way many your you own word we our us"
)
_BETWEEN: Final = re.compile(
    "为什么|是什么|什么|怎么样|怎样|怎么|如何|哪些|哪个|哪里|哪一|多少|是否|能不能|会不会|是不是|有没有|不是|而是|还是|或者|以及"
    "|假设|如果|那么|因为|所以|一定|应该|需要|可以|可能|不要|我们|你会|它们|这个|那个|这些|那些|这条|其中|至少|之间|之后|之前|一个|一种"
    "|说明|指出|写出|逐条|[的了是在和与把会都也就而从对为被让着过吗呢吧它你我这那其越很最更太还]"
)
"""Chinese function words: what stands on their two sides is no word."""
FEWEST_SHINGLES: Final = 6
"""A shorter paragraph is a label, not an answer."""
HEADING: Final = 0.5
"""What a word of the headings counts, beside 1 for a word of the paragraph."""
HINTED: Final = 0.5
"""What a word of the list's hints counts, beside 1 for a word of the question."""
LISTED: Final = 0.5
"""What a paragraph of the question's own list counts beside one of the notes: the list asks, they answer."""
BELOW: Final = 1.5
"""What a paragraph counts that stands below this very question."""
ANSWERS: Final = 0.6
"""The share of words that a listed question has in common with this one when what stands below it answers this one."""
FITS: Final = 0.1
"""The least share of the question's words, by their rarity, that a paragraph and its headings hold."""
EVEN: Final = 0.93
"""Paragraphs that fit so nearly as well as the best are told apart by the learner's answer."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paragraph that may answer something, with what it is compared by; `entry` is the listed question above it."""

    passage: Passage
    own: frozenset[str]
    above: frozenset[str]
    entry: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a paragraph is looked for: a question, its list's hints, the list; the answer only tells ties apart."""

    question: str
    hints: str = ""
    listed_in: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class _Block:
    lines: tuple[tuple[int, str], ...]
    headings: tuple[str, ...]


def candidates(path: str, text: str) -> tuple[Candidate, ...]:
    """Return the paragraphs of a note that can answer: no headings, labels, front matter, and nothing that only asks.

    Pictures and their captions are left out, and of a listed question its wording and its hints. A fenced block stays
    in one piece, and a line that ends in a colon in one with what it announces.
    """
    listed = parse_questions(path, text)
    captions = {caption.strip() for caption in _CAPTION.findall(text)}
    found = []
    for block in _joined(_blocks(text, frozenset().union(*(question.asking for question in listed)))):
        first = block.lines[0][0]
        own = terms("\n".join(line for _, line in block.lines))
        asking = sum(ends_asking(line) for _, line in block.lines)
        if all(_IMAGE.match(line) or line.strip(" \t*_") in captions for _, line in block.lines):
            continue
        if len(own) < FEWEST_SHINGLES or 2 * asking > len(block.lines) or any(map(_NO_ANSWERS.search, block.headings)):
            continue
        passage = Passage(
            path=path,
            line=first,
            text="\n".join(line for _, line in block.lines),
            heading=block.headings[-1] if block.headings else "",
        )
        found.append(Candidate(passage, own, terms(" ".join(block.headings[1:])), _entry(listed, first)))
    return tuple(found)


def best(among: Iterable[Candidate], wanted: Wanted, *, count: int = 1, fits: float = FITS) -> tuple[Passage, ...]:
    """Return up to `count` paragraphs that fit the question, best first, () when none does.

    Words in common, those of the headings among them, count by their rarity among all paragraphs (inverse document
    frequency) and against the paragraph's length. What stands below another listed question is no answer to this one.
    """
    everything = tuple(among)
    weights = _weights(everything, wanted)
    asked = terms(wanted.question)
    answers = [one for one in everything if len(one.entry & asked) >= ANSWERS * min(len(one.entry), max(1, len(asked)))]
    needed = fits * sum(weights[term] for term in asked)
    usual = sum(len(one.own) for one in everything) / len(everything) if everything else 1.0
    scored = []
    for one in answers:
        place = BELOW if one.entry else LISTED if one.passage.path == wanted.listed_in else 1.0
        held = _held(one, weights, asked)
        if held and place * held >= needed:
            scored.append((place * _held(one, weights, weights) / (1 + 0.5 * len(one.own) / usual), one))
    scored.sort(key=lambda pair: -pair[0])
    return tuple(one.passage for one in _told_apart(scored, wanted.answer)[:count])


def _told_apart(scored: Sequence[tuple[float, Candidate]], answer: str) -> list[Candidate]:
    """Return the candidates in order, those that fit as well as the best in the order of what the answer speaks of."""
    said = terms(answer)
    even = [one for score, one in scored if score >= EVEN * scored[0][0]]
    return sorted(even, key=lambda one: -len(one.own & said)) + [one for _, one in scored[len(even) :]]


def _weights(everything: Sequence[Candidate], wanted: Wanted) -> dict[str, float]:
    """Return what each word that is looked for counts: its rarity, half of it for a word of the hints alone."""
    spread = Counter(term for one in everything for term in one.own | one.above)
    asked, hinted = terms(wanted.question), terms(wanted.hints)
    return {
        term: (1.0 if term in asked else HINTED) * log(1 + (len(everything) + 1) / (1 + spread[term]))
        for term in asked | hinted
    }


def _held(one: Candidate, weights: Mapping[str, float], terms: Iterable[str]) -> float:
    return sum(weights[term] * (1.0 if term in one.own else HEADING if term in one.above else 0.0) for term in terms)


def terms(text: str) -> frozenset[str]:
    """Return what texts are compared by, function words aside and English words without their endings."""
    return frozenset(
        term.removesuffix("s")[:6] if term.isascii() and term.isalpha() else term
        for term in shingles(_BETWEEN.sub(" ", text)) - _EMPTY
        if len(term) > 1 and not term[0].isdecimal()
    )


def _entry(listed: Sequence[Question], line: int) -> frozenset[str]:
    words = (f"{one.title} {one.wording}" for one in reversed(listed) if one.line <= line <= one.last)
    return terms(next(words, ""))


def _joined(blocks: Iterable[_Block]) -> Iterator[_Block]:
    """Join a paragraph that ends in a colon with what it announces under the same heading."""
    held: _Block | None = None
    for block in blocks:
        if held and held.headings == block.headings and _ANNOUNCES.search(held.lines[-1][1]):
            gap = ((number, "") for number in range(held.lines[-1][0] + 1, block.lines[0][0]))
            held = _Block((*held.lines, *gap, *block.lines), held.headings)
            continue
        if held:
            yield held
        held = block
    if held:
        yield held


def _blocks(text: str, asking: frozenset[int]) -> Iterator[_Block]:
    """Yield the numbered lines of each paragraph with the headings above it, from the highest to its own."""
    in_fence = membership((fence.start, fence.end) for fence in find_fences(text) if fence.closed)
    at, body, level = 0, body_start(text), 0
    headings: list[tuple[int, str]] = []
    block: list[tuple[int, str]] = []
    for number, raw in enumerate([*text.split("\n"), ""], start=1):
        line = raw.rstrip("\r")
        fenced = in_fence(at)
        title = None if fenced else _HEADING.match(line)
        content = at >= body and (fenced or not (title or number in asking or _RULE.match(line)))
        if content:
            block.append((number, line))
        elif block:
            yield _Block(tuple(block), tuple(name for _, name in headings))
            block = []
        if title:
            level = len(title[1])
            headings = [*((above, name) for above, name in headings if above < level), (level, clean_title(title[2]))]
        at += len(raw) + 1
