"""What completing an expansion changed in the lines that stood there, without a finding that asked for it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from typing import Final

from agent.standard.measure import item_blocks
from agent.standard.parts import Part, compiled, find_parts
from agent.standard.standard import Standard
from agent.text.mends import without_tags
from agent.text.outline import Outline
from agent.words import Language, say

_ALIKE: Final = 0.5
"""Of two lines of which so much is the same one is the other, changed."""
_NEAR: Final = 8
"""So many lines before and behind its place a line may have moved; to try each with each takes seconds."""
_SHOWN: Final = 48
_BEFORE: Final = 16
"""So much of a line is shown, so much of that before what differs."""
_NUMBER_OF_FORMULA: Final = re.compile(
    r"(式|[Ee]qs?\.?|[Ee]quations?|[)）](?:[、，,和与及到至–-]|and|to))[(（][1-9]\.\d+(?=[)）])"
)
"""式 (2.3)、(2.4), no value"""
_LISTED: Final = re.compile(r"[ \t>]*(?:[-*+]|\d+[.、)])[ \t]")
_RULE: Final = re.compile(r"[-*_]{3,}|")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A line that stood `before` and is another `after`, "" where it is gone; `line` is its place in the new text."""

    line: int
    before: str
    after: str

    def told(self, language: Language) -> str:
        """Return the change in one line, both versions from shortly before where they differ."""
        pairs = enumerate(zip(self.before, self.after, strict=False))
        at = next((n for n, (one, other) in pairs if one != other), min(len(self.before), len(self.after)))
        before, after = (_excerpt(text, at) for text in (self.before, self.after))
        key = "changed-line" if self.after else "dropped-line"
        return say(language, f"expansion.review-{key}", line=self.line, before=before, after=after)


def unasked(before: Outline, after: Outline, asked: Iterable[int], standard: Standard) -> Iterator[Change]:
    """Yield the lines of the parts of `before` that are others in `after`, and that no finding was about.

    `asked` are the lines of the findings. One at the beginning of an item is about all of it, one in a list about
    its line, one at the heading of a part about lines that become its items, any other about its paragraph. Formulas
    that bear another number, and marks that were added, are no change.
    """
    parts, lines = find_parts(before, standard), frozenset(asked)
    about = frozenset(line for one in lines for line in _about(before, one, standard))
    lacking = {part.number for part in parts if part.line in lines}
    filled = [part for part in find_parts(after, standard) if part.number in lacking]
    items = frozenset(line for part in filled for line in _items(after, part, standard))
    for number, change in _changes(before.text.split("\n"), after.text.split("\n")):
        stood = parts and number >= parts[0].line and not _RULE.fullmatch(change.before)
        is_asked = number in about or (change.after and change.line in items)
        old = _core(change.before)
        if stood and not is_asked and _without_marks(_core(change.after), old, standard) != old:
            yield change


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, Change]]:
    """Yield the lines that are others now or gone, each behind its old number."""
    before, after = ([(number, line) for number, line in enumerate(text, 1) if line.strip()] for text in (old, new))
    # Lines that come back often are no anchors: to try each with each takes seconds.
    matcher = SequenceMatcher(a=[_core(line) for _, line in before], b=[_core(line) for _, line in after])
    for kind, i, j, k, m in matcher.get_opcodes():
        cores = [_core(line) for _, line in after[k:m]]
        for at in range(i, j) if kind in {"replace", "delete"} else ():
            if _is_split(_core(before[at][1]), cores):
                continue
            line, text = _other(before[at][1], [one for _, one in after[k:m]], at - i, j - i)
            place = after[min(k + line, len(after) - 1)][0] if after else 1
            yield before[at][0], Change(line=place, before=before[at][1].strip(), after=text.strip())


def _about(structure: Outline, line: int, standard: Standard) -> Iterable[int]:
    """Return the lines that a finding at a line is about."""
    rows, at = structure.text.split("\n"), line - 1
    for part in find_parts(structure, standard):
        end = _items(structure, part, standard).get(line)
        if end:
            return range(line, end + 1)
    if not 0 <= at < len(rows) or _LISTED.match(rows[at]):
        return (line,)
    first = next((n for n in range(at, -1, -1) if not rows[n].strip()), -1) + 1
    last = next((n for n in range(at, len(rows)) if not rows[n].strip()), len(rows))
    return range(first + 1, last + 1)


def _items(structure: Outline, part: Part, standard: Standard) -> Mapping[int, int]:
    """Return where the items of a part end, by the lines at which they begin."""
    blocks = item_blocks(structure, part, standard.by_number[part.number])
    return {structure.line_of(block.start): structure.line_of(block.end - 1) for block in blocks}


def _core(line: str) -> str:
    """Return what of a line counts: without its blanks, and without the numbers of formulas."""
    return _NUMBER_OF_FORMULA.sub(r"\1(#", "".join(without_tags(line).split()))


def _without_marks(text: str, old: str, standard: Standard) -> str:
    """Return a text without the marks of origin, and of what is to be verified, that the old one does not have."""
    words = "|".join([standard.marks.pattern, *map(re.escape, standard.marks.unverified.values())])
    mark = compiled(rf"[（(【\[](?:{words})(?:[^（）()【】\[\]]|[（(][^（）()]*[)）])*[)）】\]]")
    return mark.sub(lambda match: match[0] if match[0] in old else "", text)


def _is_split(line: str, pieces: Sequence[str]) -> bool:
    """Return whether some of the pieces that follow each other make up the line."""
    for first, piece in enumerate(pieces):
        rest = line
        for one in pieces[first:] if line.startswith(piece) else ():
            if not rest.startswith(one):
                break
            rest = rest[len(one) :]
            if not rest:
                return True
    return False


def _other(line: str, candidates: Sequence[str], at: int, count: int) -> tuple[int, str]:
    """Return which of the candidates a line, one of so many at its place, has become, and its place; "" for none.

    Of as many it is the one in its place, else the one most like it that stands near there.
    """
    if len(candidates) == count:
        return at, candidates[at]
    first = max(at * len(candidates) // count - _NEAR, 0)
    near = candidates[first : first + 2 * _NEAR + 1]
    alike = get_close_matches(line, near, n=1, cutoff=_ALIKE)
    return (first + near.index(alike[0]), alike[0]) if alike else (first, "")


def _excerpt(text: str, at: int) -> str:
    start = max(at - _BEFORE, 0)
    end = start + _SHOWN
    return f"{'…' * bool(start)}{text[start:end]}{'…' * bool(text[end:])}"
