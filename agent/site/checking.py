"""`wenqu site check`: what the pages in a folder owe their notes, counted by other means than they were made with."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal
from urllib.parse import unquote

from agent.bookkeeping.shares import mapped
from agent.errors import BadArgument
from agent.notes.wikilinks import uses_wikilinks
from agent.site.asking import Asking
from agent.site.entries import OWN_PAGES, Entry, Sitemap
from agent.site.integrity import dangling, formulas_in_markdown, formulas_in_page, places
from agent.site.lifting import lift
from agent.site.making import shown
from agent.site.output import Output
from agent.site.pages import split
from agent.site.values import LossKind
from agent.text.delimiters import unpaired
from agent.text.frontmatter import body_start
from agent.text.outline import outline
from agent.words import Phrase
from agent.workspace.disk import read_regular

_PAGE_LIMIT_BYTES: Final = 256 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """The formulas of a note and those of its page, `tagged` ones with foreign tags inside.

    `is_stale` says that the page is missing or shows another text than the note has.
    """

    path: str
    in_note: int
    in_page: int
    tagged: int
    is_stale: bool

    @property
    def is_lost(self) -> bool:
        """Whether formulas were lost or damaged."""
        return self.in_note != self.in_page or self.tagged > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What the page of a note, or one of the site's own, does not show or leads nowhere with; `path` names either.

    "broken" is a formula that cannot be set and is shown as it is typed, "miscounted" what one of the two ways to count
    takes for a formula and the other does not, "dollar" where a `$` has lost its partner.
    """

    path: str
    kind: LossKind | Literal["broken", "miscounted", "dollar"]
    line: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found: a count for every note, single places, and the pages whose notes are gone."""

    counts: tuple[Count, ...]
    places: tuple[Place, ...]
    leftover: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The notes by path, where their pages are, and what stands there by address; `macros` are the site's.

    `has_wikilinks` says that `[[…]]` is meant for a link in this workspace.
    """

    notes: Mapping[str, str]
    sitemap: Sitemap
    pages: Mapping[str, str]
    macros: Mapping[str, str]
    has_wikilinks: bool

    def compared(self, entry: Entry) -> tuple[Count, tuple[Place, ...]]:
        """Hold the page of a note against its text."""
        text, html = self.notes[entry.path], self.pages.get(entry.url, "")
        asking = Asking(self.sitemap, entry)
        rendered = shown(asking, entry, text, self.macros)
        in_page = formulas_in_page(html)
        path = entry.path
        found = [Place(path=path, kind="broken", line=one.line, what=one.source) for one in rendered.broken]
        found += (Place(path=path, kind=one.kind, line=one.line, what=one.what) for one in rendered.losses)
        structure = outline(text)
        found += (
            Place(path=path, kind="dollar", line=structure.line_of(begin), what=text[begin:end])
            for begin, end in unpaired(structure, body_start(text))
        )
        if self.has_wikilinks:
            dead = [f"[[{name}" for name, place in asking.names.items() if name and place is None]
            found += (Place(path=path, kind="link", line=_line(text, one), what=f"{one}]]") for one in dead)
        written = formulas_in_markdown(text)
        if len(written) != in_page.count:
            unlike = _miscounted(text, written)
            found += (Place(path=path, kind="miscounted", line=line, what=what) for line, what in unlike)
        count = Count(
            path=path,
            in_note=len(written),
            in_page=in_page.count,
            tagged=in_page.tagged,
            is_stale=not html or any(part not in html for part in split(rendered)),
        )
        return count, tuple(found)


def check(notes: Mapping[str, str], sitemap: Sitemap, out: Path, macros: Mapping[str, str]) -> Checked:
    """Hold the pages in `out` against the texts of their notes; raise BadArgument where no site is.

    Formulas are counted in the Markdown and in the page, never by what rendering says of itself.
    """
    names = Output(out).names
    pages = {name: html for name in sorted(names) if name.endswith(".html") and (html := _read(out / name))}
    if not pages:
        raise BadArgument(argument=str(out), reason=Phrase.of("site.no-site"))
    subject = Subject(
        notes=notes,
        sitemap=sitemap,
        pages=pages,
        macros=macros,
        has_wikilinks=uses_wikilinks(notes.values(), sitemap.find),
    )
    compared = mapped(subject.compared, [*sitemap.entries.values()])
    found = [place for _, places_ in compared for place in places_]
    found += _dangling(subject, lambda name: name in names and (out / name).is_file())
    own = {*OWN_PAGES, sitemap.summary, *(one.url for one in sitemap.entries.values())}
    return Checked(
        counts=tuple(count for count, _ in compared),
        places=tuple(sorted(found, key=lambda one: (one.path, one.line, one.what))),
        leftover=tuple(sorted(pages.keys() - own)),
    )


def _dangling(subject: Subject, exists: Callable[[str], bool]) -> Iterator[Place]:
    """Yield the links of the pages that lead nowhere in the site."""
    notes = {entry.url: path for path, entry in subject.sitemap.entries.items()}
    known = {name: places(html) for name, html in subject.pages.items()}
    for name, html in subject.pages.items():
        path = notes.get(name, name)
        for target in dangling(name, html, pages=known, exists=exists):
            _, _, fragment = target.partition("#")
            line = _line(subject.notes.get(path, ""), unquote(fragment or target))
            yield Place(path=path, kind="anchor" if fragment else "link", line=line, what=unquote(target))


def _miscounted(text: str, written: Sequence[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """Yield the line and the text of what is a formula either as counted or as rendered."""
    rendered = [(one.start, one.end) for one in lift(outline(text), body_start(text)).formulas]
    ends = dict(rendered) | dict(written)
    for start in sorted(dict(rendered).keys() ^ dict(written).keys()):
        yield text.count("\n", 0, start) + 1, text[start : ends[start]]


def _line(text: str, words: str) -> int:
    """Return the line of the first of these words, the first line where they are not written so."""
    return text.count("\n", 0, max(text.find(words), 0)) + 1


def _read(place: Path) -> str:
    """Return a page, "" for one that is gone or cannot be read."""
    try:
        return read_regular(place, _PAGE_LIMIT_BYTES).decode(errors="replace")
    except OSError:
        return ""
