"""Whole pages: what stands around a rendered note, the home page, the lists and the search page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Final

from agent.notes.turn_marks import is_turn
from agent.site.entries import HOME, Entry
from agent.site.values import Rendered
from agent.standard.findings import Finding
from agent.text.invisible import without_steering
from agent.words import Language, say

if TYPE_CHECKING:
    import jinja2

POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)
"""What a page may load: the site's own files. Anything elsewhere stays a link that a person follows."""

_TAGS: Final = {"zh": "zh-CN", "en": "en"}
_CONTENTS_LEVEL: Final = 3
_BROKEN: Final = "formula-broken"
"""The gate's rule that a formula compiles as it is written."""
_UNLIKE_AN_ADDRESS: Final = re.compile(r"[^\w.~/-]+", re.ASCII)
_TITLE: Final = re.compile(r"<h1[ >].*?</h1>", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What all pages share: the workspace's name and language, which lists there are, where it will be published.

    `verdicts` says that pages tell the author what of an article is to be mended.
    """

    name: str
    language: Language
    lists: tuple[str, ...]
    base_url: str = ""
    verdicts: bool = True

    @property
    def lang(self) -> str:
        """The language as HTML names it."""
        return _TAGS[self.language]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link to an address below the site's root, with a few words behind it; `lang` is the title's, "" the page's."""

    url: str
    title: str
    note: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the gate says of an article, and its findings."""

    passed: bool
    sentence: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesLinks:
    """The articles of a series by their numbers in it."""

    name: str
    links: tuple[tuple[int, Link], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around a note on its page."""

    entry: Entry
    tags: tuple[Link, ...]
    previous: Link | None
    next: Link | None
    series: SeriesLinks | None
    verdict: Verdict | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """`done` of `total` things, by name; `url` leads to what is counted, "" nowhere."""

    name: str
    done: int
    total: int
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Progress bars under a title."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words of the session-start summary; `url` leads to the note that they name, "" nowhere."""

    words: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A labelled block of the session-start summary, row by row."""

    label: str
    rows: tuple[tuple[Piece, ...], ...]
    is_numbered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The home page: what it was computed from, the summary's blocks, and the bars."""

    about: str
    blocks: tuple[Block, ...]
    bars: tuple[Bars, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Links under a title of their own; `id` names the place on the page."""

    title: str
    links: tuple[Link, ...]
    id: str = ""


def link_to(entry: Entry, note: str = "") -> Link:
    """Return the link to a note's page."""
    return Link(url=entry.address, title=entry.listed.title, note=note, lang=_TAGS[entry.listed.language])


def note_page(site: Site, frame: Frame, rendered: Rendered) -> str:
    """Return the page of a note."""
    entry = frame.entry
    heading, text = split(rendered)
    return _page(
        "note",
        site.language,
        site=site,
        lang=_TAGS[entry.listed.language],
        title=entry.listed.title,
        url=entry.url,
        url_quoted=entry.address,
        root=entry.root,
        frame=frame,
        rendered=rendered,
        heading=heading,
        text=text,
        findings=[*_findings(frame.verdict, rendered, site.language)] if frame.verdict else [],
        headings=[one for one in rendered.headings if 1 < one.level <= _CONTENTS_LEVEL and not is_turn(one.text)],
    )


def _findings(verdict: Verdict, rendered: Rendered, language: Language) -> Iterator[str]:
    """Yield the findings as sentences; of a formula that the page sets all the same it is said that it does."""
    as_typed = {one.line for one in rendered.broken}
    as_typed |= {one.line for one in rendered.losses if one.kind == "display-unclosed"}
    for one in verdict.findings:
        is_mended = one.rule == _BROKEN and one.line not in as_typed
        sentence = one.sentence(language) + (say(language, "site.mended") if is_mended else "")
        yield say(language, "site.finding", line=one.line, sentence=sentence)


def split(rendered: Rendered) -> tuple[str, str]:
    """Return the heading of level 1 of a note, "" for none, and the text around it, as they stand in its page."""
    html = rendered.html
    title = _TITLE.search(html) if "<h1" in html else None
    return (title[0], html[: title.start()] + html[title.end() :]) if title else ("", html)


def home_page(site: Site, home: Home, url: str) -> str:
    """Return the page of the summary, with which a visit begins where nothing else is the home page."""
    title = site.name if url == HOME else say(site.language, "site.status")
    return _page("home", site.language, **_own(site, url, title), home=home)


def list_page(site: Site, name: str, groups: Sequence[Group]) -> str:
    """Return a list of links, `name` being that of the page and of its title."""
    url = f"{name}.html"
    title = site.name if url == HOME else say(site.language, f"site.{name}")
    return _page("list", site.language, **_own(site, url, title), groups=groups)


def search_page(site: Site) -> str:
    """Return the page that searches all texts in the reader's browser."""
    return _page("search", site.language, **_own(site, "search.html", say(site.language, "site.search")))


def _own(site: Site, url: str, title: str) -> dict[str, object]:
    return {"site": site, "lang": site.lang, "title": title, "url": url, "root": ""}


def _page(name: str, language: Language, **values: object) -> str:
    """Return a page without characters that steer a terminal or turn the direction of reading, whoever wrote them."""
    return without_steering(_template(name, language).render(**values))


@cache
def _template(name: str, language: Language) -> "jinja2.Template":
    from agent.site.templating import environment  # noqa: PLC0415 - heavy

    known = {"policy": POLICY, "say": partial(_said, language), "quoted": _quoted}
    return environment(known).get_template(f"{name}.html.j2")


def _said(language: Language, key: str, **facts: object) -> str:
    return say(language, f"site.{key}", **facts)


def _quoted(name: str) -> str:
    """Return a name as an address holds it; the library goes from byte to byte, and a page has many headings."""
    return _UNLIKE_AN_ADDRESS.sub(lambda found: "%" + found[0].encode().hex("%").upper(), name)
