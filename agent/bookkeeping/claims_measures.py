"""Claims about a single article, `a.md: 541行` or `38个公式`, against what was measured."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from agent.bookkeeping.discrepancy import Fact, Held, claim_at, held
from agent.bookkeeping.documents import ArticleHead, Documents
from agent.bookkeeping.facts import Facts
from agent.bookkeeping.titles import Titles, named
from agent.notes.lines import Line, heading_of
from agent.text.outline import outline

_COUNT: Final = re.compile(
    r"(?i)(?:(?P<about>[~约近]|about)[ \t]{0,3})?(?<!\d)(?P<number>\d{1,6})[ \t]{0,3}(?P<more>\+|多)?[ \t]{0,3}"
    r"(?:(?:个|条|道)[ \t]{0,3})?(?:数学|display )?(?P<unit>行|公式|lines?\b|formulas?\b)"
)
_QUOTED: Final = re.compile(r"《([^》\n]{2,80})》|`([^`\n]+\.md)`|\*\*([^*\n]{2,80})\*\*|“([^”\n]{2,80})”")
_OF_THE_ORIGINAL: Final = re.compile(r"(?i)原始|原文|original|源文件|提取")
_TOLERANCE: Final = 2
_ROUGHLY: Final = 0.1


def single_articles(documents: Documents, facts: Facts) -> Iterator[Held]:
    """Hold the lines and formulas that a document gives an article against every fair measure of it.

    Only where articles were judged; a number that any measure bears out is so: of the file, of what was added, of
    part 2, with blank lines or without.
    """
    if not facts.measures:
        return
    for path, state in documents.states.items():
        for line, head in _subjects(state.current, facts.titles):
            for match in _COUNT.finditer(line.text):
                fair = _fair(documents, facts, head, match["unit"].lower())
                if fair:
                    claim = claim_at(documents.texts, path, line.number, match[0].strip())
                    fact = Fact(source=head.path, value=", ".join(f"{name} {n}" for name, n in fair.items()))
                    yield held(claim, fact, so=_borne_out(match, fair.values()), key="single-article", title=head.title)


def _subjects(lines: Sequence[Line], among: Titles) -> Iterator[tuple[Line, ArticleHead]]:
    """Yield the lines that speak of one article's expansion: it is named there, or by the heading above, not two."""
    above: ArticleHead | None = None
    for line in lines:
        head = heading_of(line)
        one = _article(head[1] if head else line.text, among, whole=head is not None)
        if head:
            above = one
        elif _COUNT.search(line.text) and not _OF_THE_ORIGINAL.search(line.text):
            subjects = {head.path: head for head in (one, above) if head}
            yield from ((line, subject) for subject in subjects.values() if len(subjects) == 1)


def _article(text: str, among: Titles, *, whole: bool) -> ArticleHead | None:
    """Return the one article that a line names in quotation marks, or that a heading is the name of."""
    written = [next(group for group in match.groups() if group) for match in _QUOTED.finditer(text)]
    if whole:
        written.append(re.sub(r"^\d+[.、)][ \t]*", "", text))
    found = {
        head.path: head for name in written for heads in (named(name, among),) if len(heads) == 1 for head in heads
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _fair(documents: Documents, facts: Facts, head: ArticleHead, unit: str) -> Mapping[str, int]:
    """Return the measures that a person may mean by lines or formulas of an article."""
    measures = facts.measures.get(head.path)
    if measures is None:
        return {}
    text = documents.texts[head.path]
    if unit in {"行", "line", "lines"}:
        lines = text.split("\n")
        blank = sum(not line.strip() for line in lines)
        fair = {"*": len(lines), "* nonblank": len(lines) - blank}
        names = ["added_lines", "2.lines", "2.lines_nonblank"]
    else:
        formulas = outline(text).formulas
        fair = {"*": sum(formula.is_display for formula in formulas), "* inline": len(formulas)}
        names = ["2.display_formulas"]
    return fair | {name: int(measures[name]) for name in names if name in measures}


def _borne_out(match: re.Match[str], fair: Collection[int]) -> bool:
    number = int(match["number"])
    if match["more"]:
        return any(one >= number for one in fair)
    slack = max(_TOLERANCE, number * _ROUGHLY) if match["about"] else _TOLERANCE
    return any(abs(one - number) <= slack for one in fair)
