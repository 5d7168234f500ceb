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
    # What a link, a definition of one or a tag leads to, then addresses that stand in the text by themselves.
    r"(?=[\]hHfFwWmM])(?<![A-Za-z](?=[A-Za-z]))(?:\]\(\s*<?(?P<target>[^\s<>)]*)|\]:[ \t]*<?(?P<defined>[^\s<>]+)"
    r"|(?i:href)\s*=\s*[\"']?(?P<tag>[^\s\"'<>]+)"
    rf"|(?P<bare>(?i:https?|ftp)://{_NO_END}+|(?i:mailto):{_NO_END}+|(?<![\w.@/])(?i:www)\.[\w-]+\.{_NO_END}+))"
)
_END_OF_SENTENCE: Final = ".,;:!?'*_`，。；：！？"
_LEADS_AWAY: Final = re.compile(r"(?i)(?:https?|ftp|mailto|tel|sms):|//|www\.")
_HIDING: Final = re.compile(r"\\(?:(?P<phantom>[hv]?phantom)(?![A-Za-z])|(?:text|f|page)?color(?:box)?(?![A-Za-z]))")
_WORDS: Final = re.compile(r"\\(?:text|mbox|hbox|mathrm|operatorname)|(?<![\\A-Za-z])[A-Za-z]{5}|[\u4e00-\u9fff]")
_WHITE: Final = re.compile(
    r"(?i)\s*(?:\[\w*\]\s*)?\{?\s*(?:white|transparent|snow|ivory|#?(?:(?:[ef][\da-f]){3}|[ef]{3})\b|1(?:,\s*1){2})"
)
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
    """Nothing that the reader of the page does not see: characters, elements, and words inside of formulas."""
    structure = subject.outline
    has_commands = "phantom" in structure.masked or "color" in structure.masked
    for match in matches(subject, subject.standard.manner["hidden"]):
        yield Breach("text-hidden", match.start(), shortened(match[0]), "")
    for start, end in subject.added:
        for offset, name in unseen(structure.text, start, end):
            if not is_damage(structure.text[offset]):  # that is another rule's
                yield Breach("text-hidden", offset, name, "")
        for match in _HIDING.finditer(structure.masked, start, end) if has_commands else ():
            if _hides(structure.masked, match):
                yield Breach("text-hidden", match.start(), match[0], "")


def _hides(text: str, command: re.Match[str]) -> bool:
    """Return whether a command leaves room for words that it does not show, or sets what follows in white."""
    if not command["phantom"]:
        return _WHITE.match(text, command.end()) is not None
    what = text[command.end() : command.end() + _LONGEST_GROUP].lstrip()
    return what.startswith("{") and _WORDS.search(what, 0, groups(what).get(0, len(what))) is not None


def said_to_readers(subject: Subject) -> Iterator[Breach]:
    """Nothing that is meant for a model or for the program: tags of the prompts, turns of a talk, the status."""
    for match in matches(subject, subject.standard.manner["addressed"]):
        said = match[0].lstrip()  # what stands alone on its line begins with the newline before it
        yield Breach("not-for-readers", match.end() - len(said), shortened(said), "")


def links_known(subject: Subject) -> Iterator[Breach]:
    """Every link elsewhere, to an address of mail or above the folder is one that the original has, the whole of it."""
    known: frozenset[str] | None = None
    for match in matches(subject, _ADDRESS) if subject.knows_original else ():
        address = _plainly(match[match.lastgroup or 0])
        if _leads_away(address):
            known = frozenset(_addresses(subject.original)) if known is None else known
            if address not in known:
                yield Breach("link-foreign", match.start(), shortened(match[match.lastgroup or 0]), "")


def nothing_redefined(subject: Subject) -> Iterator[Breach]:
    r"""No formula defines a command: `\gdef\le{\ge}` would turn all that stands below it."""
    for start, end in subject.added:
        for match in _DEFINING.finditer(subject.outline.masked, start, end):
            yield Breach("formula-defines", match.start(), match[0], "")


def _addresses(text: str) -> Iterator[str]:
    for match in compiled(_ADDRESS).finditer(text):
        yield _plainly(match[match.lastgroup or 0])


def _plainly(address: str) -> str:
    """Return the page of an address as a browser reads it: whatever place on it, with a last slash or without."""
    page = unquote(unescape(address)).strip().replace("\\", "/").partition("#")[0]
    return page.rstrip(_END_OF_SENTENCE).rstrip("/")


def _leads_away(address: str) -> bool:
    return _LEADS_AWAY.match(address) is not None or ".." in address.partition("?")[0].split("/")
