"""Lifts out of a note what Markdown would damage; marks that no text can forge stand where a formula was."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from agent.site.markup import BLOCKS, BOXES, INLINE, safe_html
from agent.site.tables import surplus_bars
from agent.text.formulas import Formula
from agent.text.outline import Heading, Outline, membership

_MARKUP: Final = re.compile(
    r"<(?:(?P<comment>!--)|(?P<name>/?[A-Za-z][A-Za-z0-9]*)(?=[\s/>])[^<>]*>"
    r"|(?P<address>(?:https?://|mailto:)[^\s<>\\]*>|[\w.+-]+@[\w.-]+>))?"
)
# A tag of running text as CommonMark knows it (6.6): in `a <b 且 c> d` is none.
_STRICT: Final = re.compile(
    r"</?[A-Za-z][A-Za-z0-9]*(?:\s+[A-Za-z_:][\w:.-]*+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?)*+\s*/?>"
)
_WITHOUT_END: Final = frozenset({"br", "img", "wbr", "rp", "rt"})
_PLACE: Final = re.compile(r"(?i)\s(?:id|name)\s*=")
_REST_OF_LINE: Final = re.compile(
    rf"(?i)(?:[ \t]*</?(?:{'|'.join(sorted(BOXES))})(?=[\s/>])[^<>]*>)*[ \t]*\r?(?:\n|\Z)"
)
_LEAD: Final = re.compile(r"[ \t>]*")
_ITEM_LEAD: Final = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t][ \t>]*)*")
_LISTED: Final = re.compile(r"(?: {2}|\t|[-*+][ \t]|\d{1,9}[.)][ \t])")
_DEEP: Final = 4
_NEAR: Final = 2000
_TITLE: Final = re.compile(r"\[!(?i:note|tip|important|warning|caution)\]([^\n]*)")
_ESCAPE: Final = re.compile(r"[\\&]")
_KEPT: Final = {"\\": "\\\\", "&": "&amp;"}
_HASHES: Final = re.compile(r" {0,3}#{1,6}[ \t]+")
OWN_ID: Final = re.compile(r"\{#([^\s{}#]+)\}[ \t#]*\r?\Z")
"""The id that a heading gives itself."""
_REFERENCE: Final = re.compile(r"\\(ref|eqref)[ \t]*\{([^{}\n]*)\}")
_FENCE_MARK: Final = re.compile(r"`{3,}|~{3,}")
_FOOTNOTE: Final = re.compile(r"[ \t>]*\[\^")
_TILDE: Final = re.compile(r"~(?<![~\\]~)(?!~)")
_COMPARISON: Final = re.compile(r"==(?<=[A-Za-z0-9_)\]]==)(?=[A-Za-z0-9_(\[-])")
_FOOTNOTE_MARK: Final = re.compile(r"\[\^(?<!\\\[\^)([^\]\[\s]+)\](:?)")
_FOOTNOTE_LEAD: Final = re.compile(r" {0,3}(?:>[ >]*)?(?:[-*+] )?")
_QUOTED: Final = re.compile(r"\n[ \t]*(?:>[ \t]?)+")


_Change = tuple[int, int, str]
"""Start, end and what stands in the Markdown instead of [start, end)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifted:
    """A note's Markdown with marks in place of its formulas and bare references, and one before each heading's title.

    A mark is `key`, a letter (f, r, h), a number and an x. A `~` that stands alone, which would strike out the text up
    to the next one, is `key` and a t; the sign of `a==b`, which would mark what follows, `key` and an e; a `<` that
    begins no tag, which in code is no entity, `key` and an l between commas, for Markdown heeds where punctuation is.
    `references` are commands and names, `anchors` the ids that headings give themselves, `missing_notes` the marks of
    footnotes that are not there, each with its first place.
    """

    markdown: str
    key: str
    formulas: tuple[Formula, ...]
    references: tuple[tuple[str, str], ...]
    headings: tuple[Heading, ...]
    anchors: dict[int, str]
    missing_notes: dict[str, int]

    def html(self) -> str:
        """Return the sanitised HTML, the marks in it."""
        html = safe_html(self.markdown).replace(f",{self.key}l,", "&lt;")
        if self.references:
            # LaTeX's space at which no line ends.
            html = html.replace(f"{self.key}t{self.key}r", f"\u00a0{self.key}r")
        return html.replace(f"{self.key}t", "~").replace(f"{self.key}e", "==")


def lift(structure: Outline, start: int) -> Lifted:
    """Return the Markdown of a note from `start` (behind its front matter) on, ready for a Markdown renderer.

    The key of the marks is made of a hash of the text, which no text can contain.
    """
    text = structure.text
    key = f"wq{sha256(text.encode('utf-8', 'replace')).hexdigest()[:20]}"
    markup, comments = _markup(structure, start, f",{key}l,")
    hidden = membership(comments)
    formulas = [each for each in structure.formulas if each.start >= start and not (comments and hidden(each.start))]
    references = list(_references(structure, start)) if "\\ref" in text or "\\eqref" in text else []
    headings = [heading for heading in structure.headings if heading.start >= start]
    changes = [(each.start, each.end, f"{key}f{number}x") for number, each in enumerate(formulas)]
    changes += ((*each.span(), f"{key}r{number}x") for number, each in enumerate(references))
    changes += markup
    # `[0.8]: $x$` would define a link: a mark is a word, as an address is.
    if "]:" in text:
        colons = (_colon_before(text, each.start) for each in formulas)
        changes += ((colon, colon, "\\") for colon in colons if colon >= 0)
    changes += _escaped_fences(structure)
    if "[!" in text:
        changes += _kept_escapes(structure, start)
    if "|" in text:
        changes += ((bar, bar, "\\") for bar in surplus_bars(structure, start))
    for sign, alone, mark in (("~", _TILDE, "t"), ("==", _COMPARISON, "e")):
        if sign in text:
            changes += ((*found.span(), f"{key}{mark}") for found in alone.finditer(structure.masked, start))
    idle, missing_notes = _footnotes(structure, start) if "[^" in text else ((), {})
    changes += idle
    anchors = dict(_anchors(text, headings)) if "{#" in text else {}
    changes += _marked_headings(text, headings, anchors, key)
    return Lifted(
        markdown=_changed(text, start, changes),
        key=key,
        formulas=tuple(_unquoted(text, each) if ">" in each.source else each for each in formulas),
        references=tuple((each[1], each[2].strip()) for each in references),
        headings=tuple(headings),
        anchors=anchors,
        missing_notes=missing_notes,
    )


def _kept_escapes(structure: Outline, start: int) -> Iterator[_Change]:
    """Yield what keeps the escapes in titles of `> [!NOTE]`, which the renderer undoes and leaves the markup."""
    text = structure.text
    for title in _TITLE.finditer(structure.masked, start):
        lead = text[text.rfind("\n", 0, title.start()) + 1 : title.start()]
        if ">" in lead and not lead.strip(" \t>"):
            yield from ((*found.span(), _KEPT[found[0]]) for found in _ESCAPE.finditer(text, *title.span(1)))


def _marked_headings(text: str, headings: Sequence[Heading], anchors: Mapping[int, str], key: str) -> Iterator[_Change]:
    """Yield the marks of headings, and what takes away the ids that they give themselves."""
    for number, heading in enumerate(headings):
        if hashes := _HASHES.match(text, heading.start):
            yield hashes.end(), hashes.end(), f"{key}h{number}x "
        if number in anchors:
            yield text.rindex("{#", heading.start, heading.end), heading.end, ""


def _changed(text: str, start: int, changes: list[_Change]) -> str:
    """Return the text from `start` on, changed; of two changes that overlap the one that begins first is made."""
    changes.sort()
    pieces: list[str] = []
    at = start
    for begin, end, new in changes:
        if begin >= at:
            pieces += (text[at:begin], new)
            at = end
    pieces.append(text[at:])
    return "".join(pieces).removeprefix("\ufeff").replace("\r\n", "\n")


def _references(structure: Outline, start: int) -> Iterator[re.Match[str]]:
    """Yield the references that stand outside formulas."""
    found = _REFERENCE.finditer(structure.masked, start)
    return (each for each in found if not structure.in_formula(each.start()))


def _colon_before(text: str, formula: int) -> int:
    at = formula - 1
    while at > 0 and text[at] in " \t":
        at -= 1
    if at <= 0 or not text.startswith("]:", at - 1):
        return -1
    line = text.rfind("\n", 0, at) + 1
    return -1 if _FOOTNOTE.match(text, line) else at


def _unquoted(text: str, formula: Formula) -> Formula:
    """Return a formula without the marks of the quotation that its lines stand in."""
    lead = _ITEM_LEAD.match(text, text.rfind("\n", 0, formula.start) + 1)
    if lead is None or ">" not in lead[0]:
        return formula
    return formula._replace(source=_QUOTED.sub("\n", formula.source))


def _anchors(text: str, headings: Sequence[Heading]) -> Iterator[tuple[int, str]]:
    for number, heading in enumerate(headings):
        # Looked for from the last brace: a heading may hold thousands.
        brace = text.rfind("{#", heading.start, heading.end)
        anchor = OWN_ID.match(text, brace, heading.end) if brace >= 0 else None
        if anchor:
            yield number, anchor[1]


def _escaped_fences(structure: Outline) -> Iterator[_Change]:
    """Yield what keeps a fence that nobody closes from hiding the rest of the note."""
    for fence in structure.fences:
        mark = None if fence.closed else _FENCE_MARK.search(structure.text, fence.start)
        if mark:
            yield (*mark.span(), "".join(f"\\{character}" for character in mark[0]))


def _footnotes(structure: Outline, start: int) -> tuple[list[_Change], dict[str, int]]:
    """Return what makes text of footnotes that no page would show where they belong, and the marks that lead to none.

    No page shows a footnote that nothing refers to, nor one whose name was given before.
    """
    masked, changes = structure.masked, list[_Change]()
    wanted, texts = dict[str, int](), list[tuple[int, str, str]]()
    for mark in _FOOTNOTE_MARK.finditer(masked, start):
        at, name = mark.start(), mark[1].casefold()
        lead = _FOOTNOTE_LEAD.fullmatch(masked, masked.rfind("\n", 0, at) + 1, at) if mark[2] else None
        if lead:
            # A paragraph of its own, not more words of the footnote above it.
            texts.append((at, name, "\\" if lead[0].strip() else "\n\\"))
        elif not structure.in_formula(at):
            wanted.setdefault(name, at)
    given = set[str]()
    for at, name, escape in texts:
        if name in given or name not in wanted:
            changes.append((at, at, escape))
        given.add(name)
    # `[^a-z]` in running text is a pattern of somebody's.
    return changes, {f"[^{name}]": at for name, at in wanted.items() if name not in given and name.isalnum()}


def _markup(structure: Outline, start: int, sign: str) -> tuple[list[_Change], list[tuple[int, int]]]:
    """Return what becomes of every `<` outside code, and the spans of the comments, which are left out.

    `sign` stands for one that begins no tag.
    """
    masked, changes = structure.masked, list[_Change]()
    comments, inline = list[tuple[int, int]](), list[re.Match[str]]()
    boxes = _Boxes(masked)
    at, endless = start, False
    for match in _MARKUP.finditer(masked, start):
        begin, end = match.span()
        if begin < at or match["address"] or _is_escaped(masked, begin):
            continue
        name = (match["name"] or "").lstrip("/").lower()
        if match["comment"] and not endless and not structure.in_formula(begin):
            at = masked.find("-->", end) + 3
            endless = at < 3
            if not endless:
                comments.append((begin, at))
                changes.append((begin, at, ""))
                continue
            at = end
        if name in BOXES:
            changes += boxes.apart(begin, end)
        elif name in INLINE and _STRICT.fullmatch(match[0]):
            changes += boxes.alone(begin, end)
            inline.append(match)
        elif name not in BLOCKS:
            changes += () if masked.startswith("](", begin - 2) else ((begin, begin + 1, sign),)
            continue
        if "$" in match[0]:
            # What stands in a tag is no formula.
            changes.append((begin, end, match[0]))
    changes += _endless(inline, sign)
    return changes, comments


def _is_escaped(text: str, at: int) -> bool:
    before = at
    while before and text[before - 1] == "\\":
        before -= 1
    return (at - before) % 2 == 1


def _endless(tags: Sequence[re.Match[str]], sign: str) -> Iterator[_Change]:
    """Yield what becomes of tags that nothing ends, which would last to the end of the page.

    One that names a place ends at once; every other is text, as in `List<i>`.
    """
    opened = defaultdict[str, list[re.Match[str]]](list)
    for tag in tags:
        name = tag["name"].lower()
        if not name.startswith("/"):
            opened[name].append(tag)
        elif opened[name[1:]]:
            opened[name[1:]].pop()
    for name in opened.keys() - _WITHOUT_END:
        for tag in opened[name]:
            begin, end = tag.span()
            yield (end - 1, end, f"></{name}>") if _PLACE.search(tag[0]) else (begin, begin + 1, sign)


class _Boxes:
    """Gives the tags of boxes lines of their own: beside a tag CommonMark reads no Markdown."""

    def __init__(self, masked: str) -> None:
        self._masked = masked
        self._apart = -1
        self._lead = ""
        self._listed = False

    def apart(self, begin: int, end: int) -> Iterator[_Change]:
        """Yield the change that sets a tag of a box apart, when it begins or ends its line."""
        masked = self._masked
        line = masked.rfind("\n", 0, begin) + 1
        lead_end = self._lead_end(line)
        follows = self._apart >= line and not masked[self._apart : begin].strip(" \t")
        begins = follows or lead_end == begin
        if not begins and not _REST_OF_LINE.match(masked, end):
            return
        lead = self._lead = self._lead if follows else self._lead_of(line, lead_end, begin)
        blank = lead.rstrip(" \t")
        tag, after = masked[begin:end], f"\n{blank}\n{lead}"
        if follows:
            yield self._apart, end, tag + after
        elif begins:
            yield (line, end, f"{blank}\n{lead}{tag}{after}")
        else:
            yield (begin, end, f"{after}{tag}{after}")
        self._apart = end

    def alone(self, begin: int, end: int) -> Iterator[_Change]:
        """Yield the change that ends the HTML block which a tag of running text makes when it is alone on its line."""
        line = self._masked.rfind("\n", 0, begin) + 1
        if self._lead_end(line) == begin and _REST_OF_LINE.match(self._masked, end):
            yield (end, end, "\n" + self._masked[line:begin].rstrip(" \t"))

    def _lead_end(self, line: int) -> int:
        lead = _LEAD.match(self._masked, line)
        return lead.end() if lead else line

    def _lead_of(self, line: int, lead_end: int, begin: int) -> str:
        """Return what stands before a tag; deep indents outside lists, which would make it code, are taken away."""
        lead = self._masked[line:lead_end]
        if len(lead.expandtabs(_DEEP)) < _DEEP or ">" in lead or lead_end != begin:
            return lead
        above = self._masked[max(0, line - _NEAR) : line].rstrip()
        above = above[above.rfind("\n") + 1 :]
        if not above.lstrip(" \t").startswith("<"):
            self._listed = bool(_LISTED.match(above))
        return lead if self._listed else ""
