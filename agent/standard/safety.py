"""The rules of safety: new text does nothing to the page, hides nothing from its reader, and speaks to no model."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final
from urllib.parse import unquote

from agent.standard.parts import compiled
from agent.standard.rules import is_damage
from agent.standard.subject import Breach, Subject
from agent.standard.writing import matches
from agent.text.definitions import groups
from agent.text.invisible import unseen
from agent.text.terminal import shortened

_NO_END: Final = r"[^\s)>\]\"，。；、）》」]"
_ADDRESS: Final = (
    # What a link, a definition of one or a tag leads to, then addresses that stand in the text by themselves: in signs
    # that make a link of them, plainly, or to be called at.
    r"(?=[\]<hHfFwWmMqQ微联致电手热])(?<![A-Za-z](?=[A-Za-z]))"
    r"(?:\]\(\s*(?:<(?P<angled>[^<>\n]*)>|(?P<target>[^\s<>)]*))"
    r"|\]:[ \t]*(?:\n[ \t]*)?(?:<(?P<placed>[^<>\n]*)>|(?P<defined>[^\s<>\[\]]+))"
    r"|(?i:href)\s*=\s*(?:\"(?P<double>[^\"<>]*)\"|'(?P<single>[^'<>]*)'|(?P<tag>[^\s\"'<>]+))"
    r"|<(?P<auto>[A-Za-z][A-Za-z\d+.-]+:(?!:)[^\s<>]+)>|<(?P<mail>[\w.+-]+@[\w.-]+)>"
    rf"|(?P<bare>(?i:https?|ftp)://{_NO_END}+|(?i:mailto):{_NO_END}+|(?<![\w.@/])(?i:www)\.[\w-]+\.{_NO_END}+)"
    r"|(?P<contact>(?i:qq)\s?(?:群\s?)?(?:号\s?)?[:：]?\s?[1-9]\d{4,11}(?!\d)|微信号\s?[:：]?\s?[A-Za-z][\w-]{5,19}"
    r"|(?:联系|致电|电话|手机|热线)[^\d\n，。；]{0,8}(?:1[3-9]\d{9}|0\d{2,3}-\d{7,8}|400-?\d{3}-?\d{4})(?!\d)))"
)
_END_OF_SENTENCE: Final = ".,;:!?'*_`，。；：！？"
_CALLED_AT: Final = frozenset({"mail", "contact"})
_LEADS_AWAY: Final = re.compile(r"(?i)(?P<scheme>[a-z][a-z\d+.-]*:)|//|www\.")
_PLACES: Final = frozenset({"http:", "https:", "ftp:", "mailto:", "tel:", "sms:"})
_RUNS: Final = frozenset({"javascript:", "vbscript:", "data:"})
_UNREAD: Final = re.compile(r"[\x00-\x20\x7f]+")
"""Characters of an address that a browser reads over."""
_HIDING: Final = re.compile(
    r"\\(?:(?P<phantom>[hv]?phantom)(?![A-Za-z])|(?P<color>(?:text|f|page)?color(?:box)?)(?![A-Za-z])"
    # Words that are moved off the page, or set below others, and a name in words that nobody sets.
    r"|(?:m?kern|[mh]skip|[hm]space\*?)\s*\{?\s*(?:-\s*\d\d|[5-9]\d|\d{3})[\d.]*\s*(?:em|ex|cm|in|pc)"
    r"|(?:math)?[rl]lap(?=\s*\{[^{}]{0,40}\\(?:text|[mh]box)\s*\{)|label(?=\s*\{[^{}]{0,200}(?<=[\s\u4e00-\u9fff])[^{}]*\}))"
)
_HIDING_WORDS: Final = ("phantom", "color", "kern", "skip", "hspace", "mspace", "lap", "\\label")
_REMARK: Final = re.compile(r"%(?<!(?<!\\)\\%)[ \t]*[^\s%$][^\n$]*")
"""In a formula nobody sets what stands behind a `%`."""
_WORDS: Final = re.compile(r"\\(?:text|mbox|hbox|mathrm|operatorname)|(?<![\\A-Za-z])[A-Za-z]{5}|[\u4e00-\u9fff]")
_WHITE: Final = re.compile(
    r"(?i)\s*(?:\[\w*\]\s*)?\{?\s*(?:white|transparent|snow|ivory|#?(?:(?:[ef][\da-f]){3}|[ef]{3})\b|1(?:,\s*1){2})"
)
_ENTITY: Final = re.compile(r"&(?:#[xX]?[\dA-Fa-f]{1,8}|[A-Za-z]{2,31});")
_DEFINITION: Final = re.compile(
    r"\n(?: {0,3}>)* {0,3}(?:[-*+] {1,4})?\[(?P<label>(?P<note>\^)?[^\[\]\n]{1,200})\]:"
    r"(?(note)[^\n]*|[ \t]*+\n?[ \t]*+(?:<[^<>\n]*>|[^\s<>]\S*+)"
    r"(?P<title>(?:[ \t]++\n?|\n)[ \t]*+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t\r]*(?=\n|\Z))"
)
_TITLED: Final = re.compile(r"\]\([ \t]*+\n?[ \t]*+(?:<[^<>\n]{0,400}>|[^\s()<>]{1,400})[ \t]*+\n?[ \t]*+[\"'](?<=\s.)")
"""A link whose title is seen by nobody who does not point at it."""
_LABEL: Final = re.compile(r"\[([^\[\]\n]{1,200})\](?!:)")
_LONGEST_GROUP: Final = 300
_DEFINING: Final = re.compile(
    r"\\(?:[egx]?def|(?:future)?let|(?:re)?new(?:command|environment)|providecommand|definecolor|colorlet"
    r"|Declare(?:MathOperator|RobustCommand|PairedDelimiter|MathSymbol)|NewDocumentCommand|newif|global|long|catcode"
    r"|csname|expandafter|mathchardef|require|set[cC]ounter)(?![A-Za-z])"
)


def markup_safe(subject: Subject) -> Iterator[Breach]:
    """No markup that runs code, fetches something from elsewhere or changes the page."""
    for match in matches(subject, subject.standard.manner["unsafe"]):
        yield Breach("markup-unsafe", match.start(), shortened(match[0]), "")


def no_comment_left(subject: Subject) -> Iterator[Breach]:
    """No comment but the doubts, which are taken out before, and no end of one: the rest of one cut at a blank line."""
    if not any(sign in subject.outline.plain for sign in ("<!", "<?", "->", "-!>")):  # found many times as fast
        return
    for match in matches(subject, r"(?P<opened><!--)(?:[^\n]{0,400}?--!?>)?|<\?|<!(?=[A-Za-z\[])|--!?>"):
        yield Breach("comment-left", match.start(), match["opened"] or match[0], "")


def nothing_hidden(subject: Subject) -> Iterator[Breach]:
    """Nothing that the reader of the page does not see: characters, elements, definitions, words inside of formulas."""
    structure = subject.outline
    for match in matches(subject, subject.standard.manner["hidden"]):
        yield Breach("text-hidden", match.start(), shortened(match[0]), "")
    for start, end in subject.added:
        for offset, name in unseen(structure.text, start, end):
            if not is_damage(structure.text[offset]):  # that is another rule's
                yield Breach("text-hidden", offset, name, "")
        for match in _ENTITY.finditer(structure.masked, start, end):
            if any(unseen(meant := unescape(match[0]), 0, len(meant))):
                yield Breach("text-hidden", match.start(), match[0], "")
    yield from _hidden_in_formulas(subject)
    yield from _hidden_in_links(subject)


def _hidden_in_formulas(subject: Subject) -> Iterator[Breach]:
    masked = subject.outline.masked
    has_commands = any(word in masked for word in _HIDING_WORDS)
    for start, end in subject.added:
        for match in _HIDING.finditer(masked, start, end) if has_commands else ():
            if _hides(masked, match):
                yield Breach("text-hidden", match.start(), match[0], "")
        for match in _REMARK.finditer(masked, start, end):
            if subject.outline.in_formula(match.start()):
                yield Breach("text-hidden", match.start(), shortened(match[0]), "")


def _hides(text: str, command: re.Match[str]) -> bool:
    """Return whether a command leaves room for words that it does not show, sets what follows in white, or moves it."""
    if command["color"]:
        return _WHITE.match(text, command.end()) is not None
    if not command["phantom"]:
        return True
    what = text[command.end() : command.end() + _LONGEST_GROUP].lstrip()
    return what.startswith("{") and _WORDS.search(what, 0, groups(what).get(0, len(what))) is not None


def _hidden_in_links(subject: Subject) -> Iterator[Breach]:
    """Yield links with a title, and definitions of a link or a footnote that have one or that nothing leads to.

    Right below a line of a paragraph a definition belongs to that.
    """
    plain, used, last = subject.outline.plain, set[str](), -1
    for start, end in subject.added:
        for match in _TITLED.finditer(plain, start, end):
            if match[0] not in subject.original:
                yield Breach("text-hidden", match.start(), shortened(match[0]), "")
        for match in _DEFINITION.finditer(plain, max(start - 1, 0), end):
            above = plain[plain.rfind("\n", 0, match.start()) + 1 : match.start()].strip("> \t\r")
            if above and not above.startswith("#") and match.start() != last:
                continue
            last = match.end()
            used = used or {label.casefold() for label in _LABEL.findall(plain)}
            if match["title"] or match["label"].casefold() not in used:
                yield Breach("text-hidden", match.start() + 1, shortened(match[0].strip()), "")


def said_to_readers(subject: Subject) -> Iterator[Breach]:
    """Nothing that is meant for a model or for the program: tags of the prompts, turns of a talk, the status."""
    for match in matches(subject, subject.standard.manner["addressed"]):
        said = match[0].lstrip()  # what stands alone on its line begins with the newline before it
        if not subject.quotes_author(match.end() - len(said), match.end()):
            yield Breach("not-for-readers", match.end() - len(said), shortened(said), "")


def links_known(subject: Subject) -> Iterator[Breach]:
    """Every link elsewhere, to somebody or above the folder is one that the original has, the whole of it."""
    known: frozenset[str] | None = None
    for match in matches(subject, _ADDRESS):
        kind = match.lastgroup or ""
        address = _plainly(match[kind])
        away = _LEADS_AWAY.match(address)
        if not (away or kind in _CALLED_AT or _climbs(address)):
            continue
        known = frozenset(_addresses(subject.original)) if known is None else known
        scheme = (away["scheme"] or "").lower() if away else ""
        if scheme in _RUNS or (scheme and scheme not in _PLACES and address not in known):
            yield Breach("markup-unsafe", match.start(), shortened(match[kind]), "")
        elif subject.knows_original and address not in known:
            yield Breach("link-foreign", match.start(), shortened(match[kind]), "")


def nothing_redefined(subject: Subject) -> Iterator[Breach]:
    r"""No formula defines a command: `\gdef\le{\ge}` would turn all that stands below it."""
    for start, end in subject.added:
        for match in _DEFINING.finditer(subject.outline.masked, start, end):
            yield Breach("formula-defines", match.start(), match[0], "")


def _addresses(text: str) -> Iterator[str]:
    for match in compiled(_ADDRESS).finditer(text):
        yield _plainly(match[match.lastgroup or ""])


def _plainly(address: str) -> str:
    """Return the page of an address as a browser reads it: whatever place on it, with a last slash or without."""
    page = unquote(_UNREAD.sub("", unescape(address))).replace("\\", "/").partition("#")[0]
    return page.rstrip(_END_OF_SENTENCE).rstrip("/")


def _climbs(address: str) -> bool:
    return ".." in address.partition("?")[0].split("/")
