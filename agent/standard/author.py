"""What can be wrong with the author's own side of an article: its front matter, and an original that is cut off."""

import re
from collections.abc import Iterator
from typing import Final

from agent.standard.findings import COMPLETED, PENDING, Finding, Severity
from agent.standard.parts import Division
from agent.standard.standard import Standard
from agent.text import frontmatter
from agent.text.citation import citations
from agent.text.outline import Outline
from agent.text.terminal import shortened
from agent.text.tokens import fold

_ANY_DATE: Final = "YYYY-MM-DD"
# A feed that gives the beginning of an article alone ends in such a link.
_FEED_MARK: Final = re.compile(r"\[(?:\.{3}|…+|&hellip;|&#8230;)\](?:\]?\(.*\))?$")
_NO_PROSE: Final = re.compile(r"[#>|<$\\@}!*+-]|\d+[.、)]|\[")
_GOES_ON: Final = re.compile(r"[，、；：,;:]$")
_NO_STOP: Final = re.compile(r"[^\W\d_]$")
_SHOWN: Final = 80
_LONG_PARAGRAPH: Final = 80
"""A paragraph of so many characters ends in a full stop, in the originals of two real workspaces always."""


def unreadable_front(text: str, front: frontmatter.FrontMatter, severity: Severity) -> Finding:
    """Return the finding for front matter that has a problem."""
    if front.problem == frontmatter.UNCLOSED:
        mark = "---" if front.style == "yaml" else "+++"
        return Finding(rule="front-matter-unclosed", severity=severity, line=1, found=mark, wanted=mark)
    # YAML ends lines at more characters than we do.
    line = text.split("\n", front.problem_line)[: front.problem_line][-1].strip()
    return Finding(
        rule="front-matter-invalid",
        severity=severity,
        line=front.problem_line,
        found=shortened(line),
        wanted=front.problem,
    )


def front_remarks(
    text: str, front: frontmatter.FrontMatter, standard: Standard, severity: Severity
) -> Iterator[Finding]:
    """Yield what is wrong with front matter that can be read, held against the citation line and the standard."""

    def finding(rule: str, key: str, found: str, wanted: str, weight: Severity = severity) -> Finding:
        return Finding(rule=rule, severity=weight, line=frontmatter.line_of(text, key), found=found, wanted=wanted)

    source = str(front.values.get("source") or "")
    own = (c for c in citations(text) if not (source and c.archive_id) or source.endswith(f"/{c.archive_id}"))
    cited = next(own, None)
    if "status" in front.values and front.status not in {COMPLETED, PENDING}:
        written, known = shortened(str(front.values["status"] or "")), f"{COMPLETED}, {PENDING}"
        yield finding("status-unknown", "status", written, known, "warning")
    if not front.values.get("date"):
        yield finding("date-missing", "date", "", cited.date if cited else _ANY_DATE)
    title = str(front.values.get("title") or "").strip()
    whole = cited.title if cited else ""
    begins = fold(title.rstrip(".… "))
    if begins and fold(whole).startswith(begins) and begins != fold(whole):
        yield finding("title-truncated", "title", title, whole)
    passed = str(front.values.get("standard") or "")
    name, _, version = passed.rpartition("/")
    if front.status == COMPLETED and name == standard.name and version < standard.version:
        yield finding("standard-older", "standard", passed, standard.id, "note")


def truncation(outline: Outline, division: Division, severity: Severity) -> Finding | None:
    """Return where the original is cut off: at a feed's mark, in a sentence, or where its earliest version goes on."""
    if not division.original:
        return None
    text = outline.text[: division.original[-1][1]].rstrip("- \t\r\n")
    paragraph = " ".join(text[max(text.rfind("\n\n"), text.rfind("\n\r\n")) + 1 :].split())
    last_line = text[text.rfind("\n") + 1 :].strip()
    if not (division.tail_lost or _is_cut(paragraph, last_line)):
        return None
    found = paragraph if len(paragraph) <= _SHOWN else "…" + paragraph[1 - _SHOWN :]
    line = outline.line_of(len(text) - 1)
    return Finding(rule="original-truncated", severity=severity, line=line, found=found, wanted="")


def _is_cut(paragraph: str, last_line: str) -> bool:
    if _FEED_MARK.search(paragraph):
        return True
    if _NO_PROSE.match(paragraph) or _NO_PROSE.match(last_line):
        return False
    stops = _GOES_ON.search(paragraph) or (len(paragraph) >= _LONG_PARAGRAPH and _NO_STOP.search(paragraph))
    return bool(stops)
