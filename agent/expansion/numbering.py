r"""Numbers the displays of the derivation, (2.1), (2.2) and on, and lets the parts that cite them follow."""

import re
from collections.abc import Container, Iterator, Mapping
from itertools import count
from typing import Final

from agent.bookkeeping.effort import DERIVATION
from agent.expansion.declared import comments
from agent.notes.article import Article
from agent.standard.findings import GONE
from agent.text.edits import Edit, apply
from agent.text.equations import cited_numbers, tagged, written_numbers
from agent.text.formulas import NUMBERED
from agent.text.mends import without_tags
from agent.text.outline import Outline, membership, outline

_ALIKE: Final = 0.75
"""Two formulas of which so much is the same are one that was changed."""
_NEAR: Final = 3
_ENVIRONMENT: Final = re.compile(r"\\begin[ \t]*\{([A-Za-z]+)\*?\}")
_OF_ROWS: Final = NUMBERED | {"alignat", "xalignat", "IEEEeqnarray"}
r"""Environments that are displays themselves and number their rows: a tag behind one belongs to none of them.

What stands inside a display, `aligned`, `cases`, `split` and their like, is a piece of a formula that bears one number.
"""
_ESCAPED: Final = re.compile(r"\\[^\n]")
_COMMENT: Final = re.compile(r"%[^\n]*")
_TAIL: Final = re.compile(r"(?:[ \t>]*+\n|\s++|(?:\][^\[\]\n]{0,20}\[)?\\\\)*")
r"""The end of a formula, read backwards: lines that only mark a quotation, blanks, ends of rows such as `\\[2pt]`."""


def taken_numbers(article: Article) -> frozenset[str]:
    """Return the numbers of formulas outside the derivation, given by a tag or, by the author, by hand."""
    derivations = [(part.start, part.end) for part in article.parts if part.number == DERIVATION]
    formulas = tagged(outline(article.text).formulas) if "\\tag" in article.text else ()
    given = (tags for one, tags in formulas if not any(start <= one.start < end for start, end in derivations))
    return written_numbers(article.original).union(*given)


def numbered(text: str, number: int, taken: Container[str] = (), before: str = "") -> str:
    r"""Return a part whose formulas bear no `\tag` and no `\label` but ours: displays of the derivation, in order.

    A number that is `taken` is left out, and what stands in a comment gets none. Where the part cites a number that it
    gave itself, or that a formula bears in `before`, the derivation that it repairs, it cites the new one. Numbering
    twice changes nothing more.
    """
    structure = outline(text)
    in_comment = membership((comment.start, comment.end) for comment in comments(structure))
    free = (name for place in count(1) if (name := f"{DERIVATION}.{place}") not in taken)
    edits: list[Edit] = []
    moved: dict[str, str] = {}
    for formula in structure.formulas:
        span = text[formula.start : formula.end]
        bare = without_tags(span)
        has_code = structure.masked[formula.start : formula.end] != span
        is_shown = not (has_code or in_comment(formula.start))
        at = _place(bare) if number == DERIVATION and is_shown else -1
        if at >= 0:
            name = next(free)
            moved |= dict.fromkeys(formula.tags, name)
            bare = f"{bare[:at]} \\tag{{{name}}}{bare[at:]}"
        if bare != span:
            edits.append(Edit(formula.start, formula.end, bare))
    if before:
        moved = {**_renamed(outline(before), outline(apply(text, edits))), **moved}
    return apply(text, [*edits, *_moves(structure, moved)])


def with_part(parts: Mapping[int, str], number: int, text: str) -> dict[int, str]:
    """Return the parts with another text of one; a new derivation's numbers are those by which the others cite it."""
    if number != DERIVATION or DERIVATION not in parts:
        return {**parts, number: text}
    return {n: text if n == number else recited(one, parts[DERIVATION], text) for n, one in parts.items()}


def with_numbers(text: str, number: int, taken: Container[str], *, cited: str, derivation: str) -> str:
    """Return a mended part, numbered, that cites the formulas of the `derivation` by the numbers that they bear there.

    It was written over another, `cited`, perhaps: of part 2 itself that is the text that it repairs. Either may be "".
    """
    if number == DERIVATION:
        return numbered(text, number, taken, cited)
    return recited(numbered(text, number), cited, derivation)


def recited(text: str, before: str, after: str) -> str:
    """Return a text that cites the formulas of one derivation, `before`, with the numbers that they bear in another.

    Where one of the two is "", not known, they stay.
    """
    if not before or not after or before == after:
        return text
    return apply(text, _moves(outline(text), _renamed(outline(before), outline(after))))


def _place(formula: str) -> int:
    r"""Return where the number of a formula goes, -1 where it can bear none.

    Only what stands in `$$` can. The number stands before a last `\\`, which would put it on a row of its own, and at
    the beginning where there is a comment, which would swallow it.
    """
    if not formula.startswith("$$") or any(one in _OF_ROWS for one in _ENVIRONMENT.findall(formula)):
        return -1
    said = formula[2:-2]
    bare = _ESCAPED.sub("x", said)
    if "%" in bare:
        return 2 if _COMMENT.sub("", bare).strip("> \t\n") else -1
    tail = _TAIL.match(said[::-1])
    at = len(said) - (tail.end() if tail else 0)
    return 2 + at if at else -1


def _renamed(before: Outline, after: Outline) -> Mapping[str, str]:
    """Return the new number of each display that had one, GONE for one that nothing stands for any more.

    One that was changed is the one in its place, of several the one most like it.
    """
    from difflib import SequenceMatcher, get_close_matches  # noqa: PLC0415 - only a repair of the derivation needs it

    old, new = (
        [("".join(without_tags(f.source).split()), f.tags[0]) for f in structure.formulas if f.tags]
        for structure in (before, after)
    )
    moved = dict.fromkeys((tag for _, tag in old), GONE)
    matcher = SequenceMatcher(a=[source for source, _ in old], b=[source for source, _ in new], autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal" or j - i == m - k == 1:
            moved |= {was[1]: now[1] for was, now in zip(old[i:j], new[k:m], strict=True)}
        elif kind == "replace":
            more = (m - k) - (j - i)
            for at, (source, tag) in enumerate(old[i:j], k):
                # A formula that was changed stands near its place; to compare all with all takes seconds.
                near = new[max(k, at - _NEAR + min(more, 0)) : min(m, at + _NEAR + max(more, 0) + 1)]
                alike = get_close_matches(source, [one for one, _ in near], n=1, cutoff=_ALIKE)
                moved[tag] = dict(reversed(near))[alike[0]] if alike else GONE
    return moved


def _moves(structure: Outline, moved: Mapping[str, str]) -> Iterator[Edit]:
    """Yield the edits by which a text cites each formula by the number that it bears now."""
    for cited in cited_numbers(structure.plain, 0, len(structure.plain), of=DERIVATION) if moved else ():
        if moved.get(cited[0], cited[0]) != cited[0]:
            yield Edit(cited.start(), cited.end(), moved[cited[0]])
