"""Edits: replacements of spans of a text, and the guards that refuse an edit which would lose something."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from agent.errors import OriginalLost, WouldShrink

SHRINK_LIMIT = 0.1
"""An edit that would lose a larger share of a document's lines is refused (a progress report once lost 1,268 lines)."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the characters [start, end) of a text by `new`."""

    start: int
    end: int
    new: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` with all `edits` made; offsets refer to the text before. Raises ValueError when two overlap."""
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if not at <= edit.start <= edit.end <= len(text):
            msg = f"the edit at {edit.start} overlaps another or leaves the text"
            raise ValueError(msg)
        pieces += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join([*pieces, text[at:]])


def joined(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return the edits with the insertions at one place made one, in their order, so that they never collide.

    A replacement that is given twice is made once.
    """
    made: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if made and edit.start == edit.end == made[-1].start == made[-1].end:
            made[-1] = Edit(edit.start, edit.end, made[-1].new + edit.new)
        elif edit not in made[-1:]:
            made.append(edit)
    return tuple(made)


def unified_diff(path: str, before: str, after: str) -> str:
    """Return the unified diff of two versions of `path`, "" when they are equal."""
    import difflib  # noqa: PLC0415 - only shown diffs need it

    # Not splitlines: it also breaks lines at form feeds and U+2028, which no diff program does.
    old, new = (re.findall(r"[^\n]*\n|[^\n]+", version) for version in (before, after))
    lines = difflib.unified_diff(old, new, f"a/{path}", f"b/{path}", n=2)
    return "".join(line if line.endswith("\n") else line + "\n\\ No newline at end of file\n" for line in lines)


def keep_original(path: str, text: str, edits: Iterable[Edit], protected: Sequence[tuple[int, int]]) -> None:
    """Raise OriginalLost when an edit would replace or split a character of the `protected` spans of `text`."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted(protected):
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    ends = [end for _, end in spans]
    for edit in edits:
        for start, end in spans[(first := bisect_right(ends, edit.start)) : first + 1]:
            if max(edit.start, start) < min(edit.end, end) or start < edit.start == edit.end < end:
                raise OriginalLost(path=path, line=text.count("\n", 0, max(edit.start, start)) + 1)


def keep_length(path: str, before: str, after: str) -> None:
    """Raise WouldShrink when `after` has lost more than SHRINK_LIMIT of the lines of `before`."""
    lines = before.count("\n") + 1
    lost = lines - (after.count("\n") + 1)
    if lost > max(1, lines * SHRINK_LIMIT):
        raise WouldShrink(path=path, lost=lost, lines=lines)


def between(before: str, after: str) -> tuple[Edit, ...]:
    """Return the edits of whole lines that make `after` of `before`; where as many lines stand, each has its own."""
    import difflib  # noqa: PLC0415 - as above

    old, new = (re.findall(r"[^\n]*\n|[^\n]+", version) for version in (before, after))
    starts = [0, *accumulate(map(len, old))]
    matched = difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
    edits: list[Edit] = []
    for tag, i, j, k, m in matched:
        if tag == "replace" and j - i == m - k:
            edits += (Edit(starts[i + at], starts[i + at + 1], new[k + at]) for at in range(j - i))
        elif tag != "equal":
            edits.append(Edit(starts[i], starts[j], "".join(new[k:m])))
    return tuple(edits)


def merged(before: str, ours: str, theirs: str) -> str | None:
    """Return `theirs` with the changes that made `ours` of `before`; None where both changed a line in different ways.

    A change that both made is made once; of lines that both put in at one place, theirs come first. None are put in
    beside lines that are gone: nobody can say where they belong now.
    """
    made = between(before, theirs)
    new = [edit for edit in between(before, ours) if edit not in made]
    gone = [other for other in made if other.new.count("\n") < before.count("\n", other.start, other.end)]
    if any(edit.start < other.end and other.start < edit.end for edit in new for other in made):
        return None
    if any(edit.start == edit.end and edit.start in (other.start, other.end) for edit in new for other in gone):
        return None
    return apply(before, [*made, *new])
