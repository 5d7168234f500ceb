"""Mechanical mends of formulas: what an editor would type without thinking, proved by compiling where it matters."""

import re
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import Final

from agent.text.delimiters import bracketed
from agent.text.edits import Edit
from agent.text.formulas import Compiler, Formula, find_formulas
from agent.text.outline import Outline

_TEXT: Final = re.compile(r"\\(?:text(?:bf|it|rm|tt)?|mbox)\{[^{}$]*\}")
_BARE: Final = re.compile(r"(?<!\\)[_%#]")
_TAG: Final = re.compile(r"\\(?:tag\*?|label)[ \t]*\{(?:[^{}]++|\{[^{}]*+\})*\}")
_END_OF_LINE: Final = re.compile(r"(?m)[ \t]*+(?:([,.;，。；])[ \t]*+)?$")
_INSIDE: Final = {"align": "aligned", "gather": "gathered", "multline": "gathered", "equation": ""}
_ROWS: Final = re.compile(
    rf"(?s)\s*\\begin\{{(?P<name>{'|'.join(_INSIDE)})(?P<star>\*?)\}}(?P<rows>.*)\\end\{{(?P=name)(?P=star)\}}\s*(?P<mark>[.,;，。；]?)\s*"
)
_UNNUMBERED: Final = re.compile(r"[ \t]*\\(?:nonumber|notag)(?![A-Za-z])")
_ESCAPED_MARK: Final = re.compile(r"(?m)^([ \t]*)\\([+\-.])(?![A-Za-z])|(?<!\\)\\([*>])")
_ENTITIES: Final = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_ENTITY: Final = re.compile("|".join(_ENTITIES))


def escaped_words(source: str) -> str:
    r"""Escape `_`, `%` and `#` inside `\text{…}`, where they are no commands."""
    if "\\text" not in source and "\\mbox" not in source:
        return source
    return _TEXT.sub(lambda word: _BARE.sub(r"\\\g<0>", word[0]), source)


def without_tags(source: str) -> str:
    r"""Take `\tag{…}` and `\label{…}` out; a line that says nothing else goes with the blank ones before it."""
    if "\\tag" not in source and "\\label" not in source:
        return source
    *pieces, last = _TAG.split(source)
    kept: list[str] = []
    # No pattern takes the blanks before a tag: it would try a run of them once from each of its places.
    for piece in (*(one.rstrip(" \t") for one in pieces), last):
        below = piece.lstrip(" \t")
        is_alone = kept and kept[-1].endswith("\n") and below.startswith("\n")
        if is_alone:
            kept[-1] = kept[-1].rstrip("\n")
        kept += [below if is_alone else piece] * bool(piece or not kept)
    return "".join(kept)


def in_dollars(structure: Outline) -> Iterator[Edit]:
    r"""Yield the edits that put `\(…\)` in dollars, and a display between `\[` and `\]` on lines of its own.

    Nothing is done where a display has lost its end: new dollars would close it.
    """
    text = structure.text
    for start, end in () if structure.unclosed else bracketed(structure):
        inner, line = text[start + 2 : end - 2].strip(), text.rfind("\n", 0, start) + 1
        if "$" in inner:
            continue
        if text[start + 1] == "(":
            if "|" in inner:  # which may divide cells of a table
                continue
            before = " " if text.endswith("$", 0, start) else ""
            after = " " if text.startswith(("$", "\\("), end) else ""
            yield Edit(start, end, f"{before}${' '.join(inner.split())}${after}")
        elif (rest := _END_OF_LINE.match(text, end)) and not (indent := text[line:start]).strip(" \t"):
            yield Edit(line, rest.end(), f"{indent}$$\n{indent}{inner}{rest[1] or ''}\n{indent}$$")


def in_one_display(structure: Outline) -> Iterator[Edit]:
    r"""Yield the edits that make one display, with one number, of what would number its rows: `align`, `gather` and on.

    Only where it stands on lines of its own.
    """
    text = structure.text
    for formula in structure.formulas if "\\begin" in text else ():
        found = _ROWS.fullmatch(formula.source) if formula.kind != "inline" and not formula.fence else None
        indent = text[text.rfind("\n", 0, formula.start) + 1 : formula.start]
        behind = text[formula.end : formula.end + 1]
        if (
            found
            and not indent.strip(" \t")
            and behind in {"", "\n"}
            and "\\begin{" + found["name"] not in found["rows"]
        ):
            inside, rows = _INSIDE[found["name"]], _UNNUMBERED.sub("", found["rows"])
            said = f"\\begin{{{inside}}}{rows}\\end{{{inside}}}" if inside else rows.strip()
            yield Edit(formula.start, formula.end, f"$$\n{indent}{said}{found['mark']}\n{indent}$$")


def _plain_marks(source: str) -> str:
    r"""Undo Markdown's escapes: `+`, `-`, `.` at the head of a line, `*` and `>` anywhere (html2text writes them)."""
    return _ESCAPED_MARK.sub(lambda mark: f"{mark[1] or ''}{mark[2] or mark[3]}", source)


def _plain_entities(source: str) -> str:
    """Undo HTML's `&lt;`, `&gt;` and `&amp;`."""
    return _ENTITY.sub(lambda entity: _ENTITIES[entity[0]], source)


_MENDS: Final[tuple[Callable[[str], str], ...]] = (escaped_words, _plain_marks, _plain_entities)


def mended(text: str, formula: Formula, compiler: Compiler) -> Edit | None:
    """Return the edit that makes a broken formula of `text` right, None when it compiles or none of the mends does it.

    It gets the first mend, or the first mends together, after which it compiles.
    """
    if not compiler.problem(formula):
        return None
    span = text[formula.start : formula.end]
    together = accumulate(_MENDS, lambda source, mend: mend(source), initial=span)
    trials = [*(mend(span) for mend in _MENDS), *together]
    sound = (trial for trial in trials if trial != span and _compiles(trial, compiler))
    trial = next(sound, None)
    return None if trial is None else Edit(formula.start, formula.end, trial)


def _compiles(trial: str, compiler: Compiler) -> bool:
    formulas, unclosed = find_formulas(trial, trial)
    return len(formulas) == 1 and not unclosed and not compiler.problem(formulas[0])
