"""What a page owes its note, counted a second time: formulas, links and anchors, by other means than rendering uses."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from posixpath import normpath
from typing import Final
from urllib.parse import unquote

_FRONT_MATTER: Final = re.compile(r"(?s)\A\ufeff?(?:---|\+\+\+)[ \t]*\r?\n.*?\n(?:---|\+\+\+)[ \t]*\r?(?:\n|\Z)")
_KEY: Final = re.compile(r"(?m)^[\w\"'-]+[ \t]*[:=]")
# No display reaches over a heading or the tag of a box: one that would has lost its end.
_BARRIER: Final = r"\n(?: {0,3}#{1,6}[ \t]|[ \t]*</?(?:div|details)\b)"
_WITHIN: Final = rf"(?:(?!{_BARRIER}).)*?"
_INNERMOST: Final = rf"(?:(?!{_BARRIER}|\\begin\{{(?P=name)\}}).)*?"
# A backtick with another one behind it begins code.
_NO_CODE: Final = r"`(?![^`\n]*`)"
_BARRED: Final = re.compile(rf"(?i)(?={_BARRIER})")
_BEGIN: Final = re.compile(r"(?i)\\b(egin\{([a-z]+\*?)\})")
_ITEMS: Final = r"(?:(?:[-*+]|\d{1,9}[.)])[ \t][ \t>]*)*"
_FENCE: Final = re.compile(rf"(?m)^[ \t>]*{_ITEMS}(`{{3,}}|~{{3,}})([^\n]*)$")
_END: Final = re.compile(r"(?i)\\end\{([a-z]+\*?)\}")
_PIECE: Final = re.compile(
    rf"(?smi)^[ \t>]*{_ITEMS}(?P<fence>````*+|~~~~*+)(?![^\n]*`)(?=[ \t]*(?P<math>math[ \t]*\r?$)?)[^\n]*\n"
    r"(?:.*?\n)??[ \t>]*(?P=fence)[`~]*[ \t]*\r?$"
    r"|<!--.*?-->|<[a-z][^<>\n$]*=[ \t]*(?P<quote>[\"'])[^\"'<>\n]*\$[^\"'<>\n]*(?P=quote)[^<>\n]*>"
    r"|(?<![`\\])(?P<ticks>`+)(?!`)[^\n]+?(?<!`)(?P=ticks)(?!`)"
    r"|!\[[^\[\]\n]*(?=\]\()|\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)"
    r"|\\[\\$]"
    rf"|(?P<display>\$\${_WITHIN}(?<!\\)\$\$"
    rf"|^[ \t]*\$[ \t]*\r?$\n{_WITHIN}^[ \t]*\$[ \t]*\r?$"
    rf"|\\begin\{{(?P<name>[a-z]+\*?)\}}{_INNERMOST}\\end\{{(?P=name)\}})"
    r"|(?P<inline>\$(?!\d(?:[^$\n\\]|\\[^a-z\n])*[\u3400-\u9fff]|\d[^$\n\\^_={}]*\$\d)"
    rf"(?:`[^`$\n]+`|(?![\s$，。；：、）”])(?:\\.|[^$\\\n`]|{_NO_CODE})*(?<!\s)"
    rf"|(?=[^$\n]*\\[a-z])(?:\\.|[^$\\\n`\u3000-\u9fff\uff00-\uffef]|{_NO_CODE}|(?<=  )\n(?!\s*(?:\n|\$)))+)\$(?!\$))"
    r"|\$\$?"
)
_CONTENTS: Final = re.compile(r"(?s)<nav\b.*?</nav>")
_MATH: Final = re.compile(r"(?s)<math\b[^<>]*>(.*?)</math>")
_BROKEN: Final = re.compile(r'(?s)<span class="wq-broken-formula"><code>(.*?)</code>')
_TAG: Final = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)[^<>]*>")
_MATHML: Final = frozenset(
    "maction math menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace"  # noqa: SIM905 - read as a list of words
    " msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics".split()
)
# Bold words, and references to equations.
_IN_TEXT: Final = frozenset({"a", "b", "i", "span"})
_TARGET: Final = re.compile(r'<[a-z][^<>]*? (?:href|src)="([^"]*)"')
_PLACE: Final = re.compile(r'<[a-z][^<>]*? (?:id|name)="([^"]*)"')
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFormulas:
    """The formulas of a page: those set, those shown as broken, and of both those with foreign tags inside."""

    typeset: int
    broken: int
    tagged: int

    @property
    def count(self) -> int:
        """All formulas."""
        return self.typeset + self.broken


def formulas_in_markdown(text: str) -> tuple[tuple[int, int], ...]:
    """Return where a note has formulas, outside code, comments, tags, addresses and the words of images."""
    front = _FRONT_MATTER.match(text)
    start = front.end() if front and _KEY.search(front[0]) else 0
    pieces = _PIECE.finditer(_without_endless(text[start:]))
    kinds = {"display": "display", "inline": "inline", "math": "fence"}
    found = ((piece, at) for piece in pieces for kind, at in kinds.items() if piece[kind] is not None)
    return tuple((start + piece.start(at), start + piece.end()) for piece, at in found)


def _without_endless(body: str) -> str:
    """Return the text with those openings of fences, comments and environments made none that never end.

    Looking for the end of each takes quadratic time.
    """
    body = _without_endless_fences(body)
    last = body.rfind("-->")
    body = body[: last + 1] + body[last + 1 :].replace("<!--", "<!..")
    return "".join(map(_with_ends, _BARRED.split(body))) if "\\begin{" in body.lower() else body


def _without_endless_fences(body: str) -> str:
    longest = {"`": 0, "~": 0}
    pieces, end = [], len(body)
    for line in reversed([*_FENCE.finditer(body)]):
        fence, rest = line[1], line[2].strip(" \t\r`~")
        if rest and longest[fence[0]] < len(fence):
            pieces += [body[line.end(1) : end], "." * len(fence)]
            end = line.start(1)
        elif not rest:
            longest[fence[0]] = max(longest[fence[0]], len(fence))
    return "".join([body[:end], *reversed(pieces)])


def _with_ends(section: str) -> str:
    ends = {end[1].lower(): end.start() for end in _END.finditer(section)}

    def begun(begin: re.Match[str]) -> str:
        return begin[0] if ends.get(begin[2].lower(), -1) > begin.start() else f"\\b.{begin[1][1:]}"

    return _BEGIN.sub(begun, section)


def formulas_in_page(html: str) -> PageFormulas:
    """Return how many formulas a page shows; those of a table of contents (`<nav>`) are said twice and not counted."""
    html = _CONTENTS.sub("", html)
    typeset, broken = _MATH.findall(html), _BROKEN.findall(html)
    tagged = sum(bool({*map(str.lower, _TAG.findall(inside))} - _MATHML - _IN_TEXT) for inside in typeset)
    return PageFormulas(
        typeset=len(typeset),
        broken=len(broken),
        tagged=tagged + sum(bool(_TAG.search(source)) for source in broken),
    )


def places(html: str) -> frozenset[str]:
    """Return the ids and names that a link can lead to."""
    return frozenset(map(unescape, _PLACE.findall(html)))


def dangling(
    url: str, html: str, *, pages: Mapping[str, frozenset[str]], exists: Callable[[str], bool]
) -> Iterator[str]:
    """Yield the targets of the page at `url` that lead nowhere in the site, as they stand in the page.

    `pages` are the places of each page by its address from the site's root, `exists` knows every other file of it.
    """
    for written in dict.fromkeys(map(unescape, _TARGET.findall(html))):
        if _SCHEME.match(written):
            continue
        path, _, fragment = written.partition("#")
        place = unquote(path.partition("?")[0])
        address = normpath(f"{url.rpartition('/')[0]}/{place}".lstrip("/")) if place else url
        known = pages.get(address)
        if known is None:
            if not exists(address):
                yield written
        elif fragment and unquote(fragment) not in known:
            yield written
