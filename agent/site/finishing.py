"""Finishes sanitised HTML: ids and headings that a page can have, addresses led to, formulas put in for their marks."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import Final
from urllib.parse import unquote

from agent.site.formulas import LONG
from agent.site.latex import plain_source
from agent.site.lifting import Lifted
from agent.site.values import Heading
from agent.text.equations import cited_numbers
from agent.text.formulas import Formula

# What the sanitiser writes has quotes around every value, and `<` and `>` stand in none of them.
_WITH_PLACE: Final = re.compile(r'<[a-z][^<>]* (?:id|name)="[^<>]*>')
_PLACE: Final = re.compile(r' (?:id|name)="([^"]*)"')
_HEADING: Final = re.compile(r'(?s)<h([1-6])(?: id="([^"]*)")?>(.*?)</h\1>')
_TAG: Final = re.compile(r"<[^<>]*>")
FOOTNOTE_NUMBER: Final = re.compile(r'(?s)<sup class="footnote-ref">.*?</sup>')
_NOT_IN_CONTENTS: Final = re.compile(r"</?(?:a|img|div|section|aside|p)\b[^<>]*>")
_HEADING_MARK: Final = re.compile(r"wq[0-9a-f]{20}h(\d+)x ?")
_MARK: Final = re.compile(r"(wq[0-9a-f]{20})([fr])(\d+)x")
_ADDRESS: Final = re.compile(r"""http(?<!="http)s?://(?:[!#-%'-;=?-Z\[\]_a-z~|]|&amp;)+""")
_NUMBER: Final = re.compile(r"[（(][ \t]*(\d[\d.]*[a-z]?)[ \t]*[)）]")
_WITHOUT_LINKS: Final = (("<", ">"), ("<a ", "</a>"), ("<code>", "</code>"), ("<pre", "</pre>"))
_CLOSING: Final = "，。；：、！？）》」』”’,.;:!?)]"
_NO_SLUG: Final = re.compile(r"[^\w\- ]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What stands in the page for the marks: formulas and references as HTML; and the formulas as they were found."""

    key: str
    formulas: Sequence[str]
    found: Sequence[Formula]
    references: Sequence[str]

    def put_in(self, html: str) -> tuple[str, frozenset[int]]:
        """Return the HTML with formulas for marks, and which they are; within a tag a formula stands as it is typed."""
        if self.key not in html:
            return html, frozenset()
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
    if len(rest) == len(after) or not formula.startswith(("<math>", LONG)):
        return formula, after
    closing = after[: len(after) - len(rest)]
    if formula.startswith(LONG):
        return f"{formula.removesuffix('</span>')}{closing}</span>", rest
    return f'<span class="wq-kept">{formula}{closing}</span>', rest


def with_places(html: str, taken: frozenset[str]) -> tuple[str, frozenset[str]]:
    """Return the HTML with every id once, as links spell it, and none that begins with `wq-`; and the ids.

    Those that begin so are the page's own. `taken` are ids that formulas bear.
    """
    if ' id="' not in html and ' name="' not in html:
        return html, taken
    used = set(taken)

    def kept(place: re.Match[str]) -> str:
        written = unescape(place[1])
        # Footnotes have the ids of addresses.
        name = unquote(written) if written.startswith("fn") else written
        if name in used or name.startswith("wq-"):
            return ""
        used.add(name)
        return place[0] if name == written else f' id="{escape(name)}"'

    return _WITH_PLACE.sub(lambda tag: _PLACE.sub(kept, tag[0]), html), frozenset(used)


def places(html: str) -> frozenset[str]:
    """Return the ids and names that elements bear."""
    if ' id="' not in html and ' name="' not in html:
        return frozenset()
    return frozenset(unescape(place) for tag in _WITH_PLACE.findall(html) for place in _PLACE.findall(tag))


def with_headings(
    html: str, lifted: Lifted, marks: Marks, taken: frozenset[str], *, is_titled: bool
) -> tuple[str, tuple[Heading, ...]]:
    """Return the HTML with an id at every heading, and the headings; `taken` are ids that others bear.

    An id is the heading's own `{#id}`, else its text in small letters with hyphens for blanks, as GitHub makes it; one
    that is taken gets a number. A note's first heading is the page's only one of level 1, when it is of that level and
    the note has no title beside it (`is_titled`); all others follow below level 1 without gaps.
    """
    headings: list[Heading] = []
    outer: list[int] = []
    used, repeated = set(taken), Counter[str]()

    def named(match: re.Match[str]) -> str:
        level, own, inner = int(match[1]), match[2], match[3]
        mark = _HEADING_MARK.search(inner)
        number = int(mark[1]) if mark else -1
        inner = _HEADING_MARK.sub("", inner)
        words = FOOTNOTE_NUMBER.sub("", inner) if "<sup" in inner else inner
        text = marks.as_typed(unescape(_TAG.sub("", words) if "<" in words else words)).strip()
        wanted = lifted.anchors.get(number) or (unescape(own) if own else "") or slug(text)
        place = wanted = f"h-{wanted}" if wanted.startswith("wq-") else wanted
        while place in used and (place != own or repeated[place]):
            repeated[wanted] += 1
            place = f"{wanted}-{repeated[wanted]}"
        used.add(place)
        level = 1 if level == 1 and not (is_titled or headings) else _below_title(level, outer)
        line = lifted.headings[number].line if number >= 0 else 0
        headings.append(Heading(level=level, text=text, html=_in_contents(words, marks), id=place, line=line))
        return f'<h{level} id="{escape(place)}">{inner}</h{level}>'

    html = _HEADING.sub(named, html)
    return (_HEADING_MARK.sub("", html) if f"{marks.key}h" in html else html), tuple(headings)


def _in_contents(words: str, marks: Marks) -> str:
    """Return the words of a heading as a table of contents shows them: no link, no box, no place."""
    if "<" in words:
        words = _WITH_PLACE.sub(lambda tag: _PLACE.sub("", tag[0]), _NOT_IN_CONTENTS.sub("", words))
    return marks.put_in(words)[0]


def with_links(html: str) -> str:
    """Return the HTML with a link for every `https://…` of its text; punctuation behind one is none of it."""
    return _with_links(html, _ADDRESS.finditer(html), lambda found: _linked(found[0]))


def with_citations(html: str, tagged: Mapping[str, str]) -> str:
    """Return the HTML with a link for each number by which it cites a formula; `tagged` are their places by number."""
    return _with_links(html, _citations(html, tagged), lambda cited: f'<a href="#{tagged[cited[0]]}">{cited[0]}</a>')


def _citations(html: str, tagged: Mapping[str, str]) -> Iterator[re.Match[str]]:
    end = 0
    for number in _NUMBER.finditer(html):
        # To look for citations is slow, and none reaches over a tag.
        if number[1] not in tagged or number.start() < end:
            continue
        opened, closed = (html.rfind(sign, end, number.start()) for sign in "<>")
        if opened > closed:
            end = html.find(">", number.end()) + 1
            continue
        start, tag = max(closed + 1, end), html.find("<", number.end())
        end = tag if tag >= 0 else len(html)
        yield from (cited for cited in cited_numbers(html, start, end) if cited[0] in tagged)


def _with_links(html: str, places: Iterable[re.Match[str]], link: Callable[[re.Match[str]], str]) -> str:
    """Return the HTML with links for the matches that stand in no tag, no link and no code."""
    pieces, at = list[str](), 0
    inside = dict.fromkeys(_WITHOUT_LINKS, False)
    for found in places:
        before = html[at : found.start()]
        for pair in _WITHOUT_LINKS:
            opened, closed = map(before.rfind, pair)
            if opened != closed:
                inside[pair] = opened > closed
        pieces += (before, found[0] if any(inside.values()) else link(found))
        at = found.end()
    return "".join([*pieces, html[at:]])


def _linked(written: str) -> str:
    address = written.rstrip(_CLOSING)
    # A bracket that was opened within an address belongs to it.
    if written.startswith(f"{address})") and "(" in address.rpartition(")")[2]:
        address += ")"
    return written if address.endswith("://") else f'<a href="{address}">{address}</a>{written[len(address) :]}'


def _below_title(level: int, outer: list[int]) -> int:
    """Return the level of a heading in a page; `outer` are the levels as written of those that it stands in."""
    while outer and outer[-1] >= level:
        outer.pop()
    outer.append(level)
    return min(len(outer) + 1, 6)


def slug(text: str) -> str:
    """Return the id that GitHub makes of a heading's text."""
    return _NO_SLUG.sub("", text.lower()).strip().replace(" ", "-") or "section"
