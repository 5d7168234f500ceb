"""What is said again, and displays that say nothing: each looks like work and is none."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from typing import Final

from agent.standard.rules import fields_of, pasted_twice
from agent.standard.subject import Breach, Subject
from agent.standard.writing import compact, matches
from agent.text.mends import without_tags
from agent.text.terminal import shortened
from agent.text.tokens import count_words, jaccard, shingles, talk_units

_SENTENCE: Final = r"(?:[^。！？!?.<>|\n]++|\.(?!\s))++"
_FEWEST_WORDS: Final = 12
"""A shorter sentence may come back as a turn of phrase."""
_AN_END: Final = 8
_ALIKE: Final = 0.9
"""Two sentences say the same from this share of common shingles on."""
_LONG_WITH_FORMULAS: Final = 40
_THE_SAME: Final = 0.95
"""A sentence with half as many words, and so many signs with its formulas, comes back where next to nothing differs."""
_SHORT_LINE: Final = re.compile(r"(?![#|<:$>-]|\*\*)\S.{10,78}[^:：\s]")
"""A line of words: no heading, label, row of a table, tag, or word that leads to what stands below."""
_MANY_PARTS: Final = 3
_FEW_SIGNS: Final = 8
_FEW_WORDS: Final = 5
"""A sentence with fewer characters or words may stand in a field of every item."""
_FIELD_SENTENCE: Final = re.compile(r"(?:[^。！？!?；;.\n]|\.(?!\s))+")
_LABEL: Final = re.compile(r"[:：]\Z|\*\*[^*]*\*\*\Z")
_DIGITS: Final = b"0123456789"
_PIECE: Final = re.compile(r"(?:[^。.\n]|\.(?! ))+")
_ENDLESS: Final = 15
"""Nothing is said so many times; of real texts one says at most 6 times “其中”, labels aside."""
_NO_WORDS: Final = ("$$", *"\\|<`~&}#")
"""With these begin formulas, rows of tables, tags, headings and the ends of code, of which many are alike."""
_FEW_LEADING: Final = 4
_MANY_DISPLAYS: Final = 4
"""A display may be recalled twice, where it is used."""
_HOLLOW: Final = re.compile(
    r"(?:\\(?:[,;:!> ]|q?quad(?![a-z]))|[^\w\\]|_)*"  # no letter or digit
    r"|\\?[a-z]|\\(?!(?:black)?square\Z|qed)[a-z]+|\d+"
    r"|(?:\\(?:text(?:bf|it|rm|tt)?|mbox|mathrm)\{[^{}]*\})+"
)
"""Nothing, one symbol or words alone: what a display may be that states nothing."""
_ADDED: Final = re.compile(r"(?:[+-]\d{1,9}(?:\.\d{1,9})?){1,9}\Z")
"""What is added to a side in numbers: $x=x+3-3$ says no more than $x=x$."""


def nothing_said_twice(subject: Subject) -> Iterator[Breach]:
    """No sentence comes back in nearly the same words; one that does begins or ends as it did."""
    if pasted_twice(subject):
        return
    earlier: dict[str, list[str]] = defaultdict(list)
    masked, said_in = subject.outline.masked, cache(shingles)
    for match in matches(subject, _SENTENCE):
        said = match[0]
        if len(said) < _FEWEST_WORDS or not (words := said.lstrip()):  # no word is shorter than a character
            continue
        end = match.end()
        sentence = masked[end - len(words) : end].rstrip()
        first, last = earlier[sentence[:_AN_END]], earlier[sentence[-_AN_END:]]
        least = _least_alike(said, sentence) if first or last else None
        if least and any(jaccard(said_in(sentence), said_in(other)) >= least for other in (*first, *last)):
            yield Breach("sentence-repeated", end - len(words), shortened(sentence), "")
        first.append(sentence)
        last.append(sentence)


def short_lines_vary(subject: Subject) -> Iterator[Breach]:
    """No short line, as an advertisement is one, stands word for word in many of the parts."""
    plain = subject.outline.plain
    parts = subject.division.parts
    lines = [frozenset(map(str.strip, plain[part.start : part.end].split("\n"))) for part in parts]
    many = (line for line, count in Counter(chain.from_iterable(lines)).items() if count >= _MANY_PARTS)
    # What holds code or a formula is not the same in plain words; a longer one is another rule's.
    short = [line for line in many if _SHORT_LINE.fullmatch(line) and talk_units(line) < _FEWEST_WORDS]
    for line in () if pasted_twice(subject) else short:
        places = (subject.outline.masked.find(line, part.start, part.end) for part in parts)
        found = [at for at in places if at >= 0 and subject.is_added(at)]
        for start in found[1:] if len(found) >= _MANY_PARTS else ():
            yield Breach("sentence-repeated", start, shortened(line), "")


def fields_vary(subject: Subject) -> Iterator[Breach]:
    """No sentence stands word for word in the same field of many items."""
    masked = subject.outline.masked
    for blocks in () if pasted_twice(subject) else subject.blocks.values():
        places: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
        for number, block in enumerate(blocks):
            for wanted, start, end in fields_of(subject, block) if subject.is_added(block.start) else ():
                for found in _FIELD_SENTENCE.finditer(masked, start, end):
                    said = found[0].strip(" :：\t>*-")
                    if len(said) >= _FEW_SIGNS and not _LABEL.search(found[0].rstrip()):
                        places[wanted.pattern, said].setdefault(number, found.start())
        for (_, said), at in places.items():
            # A longer one is another rule's.
            if len(at) >= _MANY_PARTS and _FEW_WORDS <= talk_units(said) < _FEWEST_WORDS:
                yield from (Breach("sentence-repeated", start, shortened(said), "") for start in [*at.values()][1:])


def _least_alike(words: str, sentence: str) -> float | None:
    """Return how alike another sentence must be to say the same; None for one whose `words` are too few to tell."""
    units = talk_units(words)
    if units >= _FEWEST_WORDS:
        return _ALIKE
    is_long = "$" in sentence and len(sentence) >= _LONG_WITH_FORMULAS
    return _THE_SAME if is_long and units >= _FEWEST_WORDS / 2 else None


def nothing_said_over_and_over(subject: Subject) -> Iterator[Breach]:
    """No sentence stands there many times, its numbers aside; the second is named. Lines of code may well."""
    text = subject.outline.masked
    times = Counter(chain.from_iterable(_pieces(text[start:end]) for start, end in subject.added))
    many = {piece for piece, count in times.items() if count >= _ENDLESS and _tells(piece.decode())}
    seen = set[bytes]()
    for start, end in subject.added if many and not pasted_twice(subject) else ():
        for match in _PIECE.finditer(text, start, end):
            (piece,) = _pieces(match[0])
            if piece in many and not subject.outline.in_formula(match.start()):
                if piece in seen:
                    many.remove(piece)
                    yield Breach("sentence-repeated", match.start(), shortened(match[0].strip()), "")
                seen.add(piece)


def _pieces(text: str) -> Sequence[bytes]:
    """Return the lines and sentences of a text without their digits, as bytes: that takes a third of the time."""
    lines = text.encode().replace("。".encode(), b"\n").replace(b". ", b"\n").translate(None, _DIGITS)
    return [line.strip(b" \t\r") for line in lines.split(b"\n")]


def _tells(piece: str) -> bool:
    """Return whether a piece is more than a label, a sign, or the few words that lead from formula to formula."""
    return count_words(piece) >= _FEW_LEADING and not (piece.startswith(_NO_WORDS) or _LABEL.search(piece))


def displays_say_something(subject: Subject) -> Iterator[Breach]:
    """No display formula is empty, a symbol, words alone or equal to itself, and none stands there many times."""
    times, is_pasted = Counter[str](), pasted_twice(subject)
    for formula in subject.outline.formulas:
        if not formula.is_display or not subject.is_added(formula.start):
            continue
        source = without_tags(formula.source).strip()
        said = compact(source).rstrip(",.，。；")
        times[said] += 1
        if _is_hollow(said):
            yield Breach("padding", formula.start, shortened(f"$${source}$$"), "")
        elif times[said] >= _MANY_DISPLAYS and not is_pasted:
            yield Breach("sentence-repeated", formula.start, shortened(source), "")


def _is_hollow(said: str) -> bool:
    """Return whether a display, `compact` and without its number, states nothing."""
    first, *others = said.split("=")
    if not (others and all(side[:1] == first[:1] for side in others)):
        return _HOLLOW.fullmatch(said) is not None
    bare = {_ADDED.sub("", side) for side in (first, *others)}
    return (all(side == first for side in others) and not first.isdecimal()) or (
        len(bare) == 1 and any(map(str.isalpha, bare.pop()))
    )
