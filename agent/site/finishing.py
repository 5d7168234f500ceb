"""Finishes sanitised HTML: headings named, code, tables and boxes dressed, formulas put in for their marks."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import Final

from agent.site.code import highlighted
from agent.site.latex import plain_source
from agent.site.lifting import Lifted
from agent.site.values import Heading
from agent.text.formulas import Formula

# What the sanitiser writes has quotes around every value, and `<` and `>` stand in none of them.
_WITH_OWN_NAME: Final = re.compile(r"<[a-z][^<>]*\bwq-[^<>]*>")
_OWN_NAME: Final = re.compile(r' (?:id|name|class)="[^"]*\bwq-[^"]*"')
_WITH_PLACE: Final = re.compile(r'<[a-z][^<>]* (?:id|name)="[^<>]*>')
_PLACE: Final = re.compile(r' (?:id|name)="([^"]*)"')
_HEADING: Final = re.compile(r'(?s)<h([1-6])(?: id="([^"]*)")?>(.*?)</h\1>')
_TAG: Final = re.compile(r"<[^<>]*>")
_NOT_IN_CONTENTS: Final = re.compile(r"</?(?:a|img)\b[^<>]*>")
_HEADING_MARK: Final = re.compile(r"wq[0-9a-f]{20}h(\d+)x ?")
_MARK: Final = re.compile(r"(wq[0-9a-f]{20})([fr])(\d+)x")
_CODE: Final = re.compile(r'<pre><code class="language-([^"]*)">([^<]*)</code></pre>')
_INDENTED: Final = re.compile(r"<pre><code>([^<]*wq[0-9a-f]{20}f\d+x[^<]*)</code></pre>")
_BOX: Final = re.compile(r'<div class="([^"]*)">')
_SHORT_CELL: Final = re.compile(r"<td(?=[^<>]*>[^<>]{1,10}</td>)")
_TASK: Final = re.compile(r"<li>([☐☑])\s*(<p>)?")
# Lines of a list that nobody made a list: `**Status**: open`, `**Since**: May`.
_LABELLED_LINE: Final = re.compile(
    r"\n(?=<strong>[^<>\n]{1,40}(?:[:：]</strong>|</strong> ?[:：]))"
    r"(?:(?<=[^>\n]\n)|(?<=</em>\n)|(?<=</code>\n)|(?<=</strong>\n)|(?<=</a>\n))"
)
_CLOSING: Final = "，。；：、！？）》」』”’,.;:!?)]"
_NO_SLUG: Final = re.compile(r"[^\w\- ]+")
_KINDS: Final = (
    *("theorem", "proof", "derivation", "example", "intuition", "warning", "definition", "explanation", "note"),
    *("step-label", "step-explanation", "step"),
)
"""A box is of the first kind that its class contains, else a plain one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What stands in the page for the marks: formulas and references as HTML; and the formulas as they were found."""

    key: str
    formulas: Sequence[str]
    found: Sequence[Formula]
    references: Sequence[str]

    def put_in(self, html: str) -> tuple[str, frozenset[int]]:
        """Return the HTML with formulas for marks, and which they are; within a tag a formula stands as it is typed."""
        pieces = iter(_MARK.split(html))
        before = next(pieces)
        put, shown, in_tag = [before], set[int](), False
        for key, kind, digits, after in zip(pieces, pieces, pieces, pieces, strict=True):
            opened, closed = before.rfind("<"), before.rfind(">")
            if opened != closed:
                in_tag = opened > closed
            number = int(digits)
            if key != self.key:
                put += (f"{key}{kind}{digits}x", after)
            elif in_tag:
                put += (escape(self._typed(kind, number)), after)
            elif kind == "f":
                shown.add(number)
                put += _with_closing(self.formulas[number], after)
            else:
                put += (self.references[number], after)
            before = after
        return "".join(put), frozenset(shown)

    def as_typed(self, text: str) -> str:
        """Return a text with formulas as they are typed in place of marks."""
        return _MARK.sub(self._source, text) if self.key in text else text

    def _source(self, mark: re.Match[str]) -> str:
        return self._typed(mark[2], int(mark[3])) if mark[1] == self.key else mark[0]

    def _typed(self, kind: str, number: int) -> str:
        return plain_source(self.found[number]) if kind == "f" else ""


def _with_closing(formula: str, after: str) -> tuple[str, str]:
    """Return a formula and what follows it; punctuation that no line may begin with stays on the formula's line."""
    rest = after.lstrip(_CLOSING)
    if len(rest) == len(after) or not formula.startswith("<math>"):
        return formula, after
    return f'<span class="wq-kept">{formula}{after[: len(after) - len(rest)]}</span>', rest


def without_own_names(html: str) -> str:
    """Return the HTML without ids and classes that begin with `wq-`: those are the page's own."""
    return _WITH_OWN_NAME.sub(lambda tag: _OWN_NAME.sub("", tag[0]), html) if "wq-" in html else html


def places(html: str) -> frozenset[str]:
    """Return the ids and names that elements bear."""
    if ' id="' not in html and ' name="' not in html:
        return frozenset()
    return frozenset(unescape(place) for tag in _WITH_PLACE.findall(html) for place in _PLACE.findall(tag))


def with_headings(html: str, lifted: Lifted, marks: Marks, taken: frozenset[str]) -> tuple[str, tuple[Heading, ...]]:
    """Return the HTML with an id at every heading, and the headings; `taken` are ids that others bear.

    An id is the heading's own `{#id}`, else its text in small letters with hyphens for blanks, as GitHub makes it; one
    that is taken gets a number.
    """
    headings: list[Heading] = []
    used, repeated = set(taken), Counter[str]()

    def named(match: re.Match[str]) -> str:
        level, own, inner = int(match[1]), match[2], match[3]
        number = next((int(mark[1]) for mark in _HEADING_MARK.finditer(inner)), -1)
        inner = _HEADING_MARK.sub("", inner)
        text = marks.as_typed(unescape(_TAG.sub("", inner))).strip()
        wanted = lifted.anchors.get(number) or (unescape(own) if own else "") or _slug(text)
        place = wanted = f"h-{wanted}" if wanted.startswith("wq-") else wanted
        while place in used and (place != own or repeated[place]):
            repeated[wanted] += 1
            place = f"{wanted}-{repeated[wanted]}"
        used.add(place)
        line = lifted.headings[number].line if number >= 0 else 0
        shown, _ = marks.put_in(_WITH_PLACE.sub(lambda tag: _PLACE.sub("", tag[0]), _NOT_IN_CONTENTS.sub("", inner)))
        headings.append(Heading(level=level, text=text, html=shown, id=place, line=line))
        return f'<h{level} id="{escape(place)}">{inner}</h{level}>'

    html = _HEADING.sub(named, html)
    return (_HEADING_MARK.sub("", html) if f"{marks.key}h" in html else html), tuple(headings)


def _slug(text: str) -> str:
    return _NO_SLUG.sub("", text.lower()).strip().replace(" ", "-") or "section"


def dressed(html: str) -> str:
    """Return the HTML with code coloured, tables in boxes that scroll, boxes by their kinds, tasks and labels apart."""
    if "<pre>" in html:
        html = _CODE.sub(_coloured, _INDENTED.sub(r"<p>\1</p>", html))
    html = _BOX.sub(_box, html)
    if "<li>☐" in html or "<li>☑" in html:
        html = _TASK.sub(r'<li class="wq-task">\2\1 ', html)
    if "\n<strong>" in html:
        html = _LABELLED_LINE.sub("<br>\n", html)
    if "<table>" in html:
        html = _SHORT_CELL.sub('<td class="wq-short"', html)
        html = html.replace("<table>", '<div class="wq-table"><table>').replace("</table>", "</table></div>")
    return html


def _coloured(match: re.Match[str]) -> str:
    language = unescape(match[1]).split()[0] if match[1].strip() else ""
    code = highlighted(unescape(match[2]), language)
    return f'<pre class="wq-code"><code class="language-{escape(language)}">{code}</code></pre>'


def _box(match: re.Match[str]) -> str:
    names = match[1].lower()
    kind = next((f" wq-{kind}" for kind in _KINDS if kind in names), "")
    return f'<div class="wq-box{kind} {match[1]}">'
