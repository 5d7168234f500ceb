"""Mechanical mends of formulas: what an editor would type without thinking, proved by compiling where it matters."""

import re
from collections.abc import Callable
from itertools import accumulate
from typing import Final

from agent.text.edits import Edit
from agent.text.formulas import Compiler, Formula, find_formulas

_TEXT: Final = re.compile(r"\\(?:text(?:bf|it|rm|tt)?|mbox)\{[^{}$]*\}")
_BARE: Final = re.compile(r"(?<!\\)[_%#]")
_TAG: Final = re.compile(r"[ \t]*\\(?:tag\*?|label)[ \t]*\{[^{}]*\}")
_ESCAPED_MARK: Final = re.compile(r"(?m)^([ \t]*)\\([+\-.])(?![A-Za-z])|(?<!\\)\\([*>])")
_ENTITIES: Final = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_ENTITY: Final = re.compile("|".join(_ENTITIES))


def escaped_words(source: str) -> str:
    r"""Escape `_`, `%` and `#` inside `\text{…}`, where they are no commands."""
    return _TEXT.sub(lambda word: _BARE.sub(r"\\\g<0>", word[0]), source) if "{" in source else source


def without_tags(source: str) -> str:
    r"""Take `\tag{…}` and `\label{…}` out."""
    return _TAG.sub("", source) if "\\tag" in source or "\\label" in source else source


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
