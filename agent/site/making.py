"""The making of a site's files."""

from collections.abc import Mapping

from agent.notes import turn_marks, wikilinks
from agent.site import search
from agent.site.asking import Asking
from agent.site.edition import Edition
from agent.site.entries import HOME, Entry
from agent.site.frames import groups
from agent.site.kept import Made, Page
from agent.site.keys import Keys
from agent.site.output import Output
from agent.site.pages import home_page, link_to, list_page, note_page, search_page
from agent.site.render import render
from agent.site.values import Rendered
from agent.text.edits import apply


def shown(asking: Asking, entry: Entry, text: str, macros: Mapping[str, str]) -> Rendered:
    """Render a note of the site, its links led to the pages of other notes."""
    links = (*wikilinks.as_links(entry.path, text, asking.find), *turn_marks.as_links(text))
    return render(apply(text, links), language=entry.listed.language, macros=macros, resolve=asking.resolve)


def make_page(edition: Edition, keys: Keys, output: Output, path: str) -> Made:
    """Write the page of the note at `path`; raise SiteUnwritable."""
    source, entry = edition.source, edition.sitemap.entries[path]
    asking = Asking(edition.sitemap, entry)
    rendered = shown(asking, entry, source.documents.texts[path], source.settings.macros)
    frame = edition.frames.of(entry)
    html = note_page(edition.site, frame, rendered)
    page = Page(
        path=path,
        url=entry.url,
        formulas=rendered.formulas,
        broken=rendered.broken,
        losses=rendered.losses,
    )
    return Made(
        key=keys.pages[path],
        url=entry.url,
        page=page,
        asked=keys.asked(frame, asking),
        is_new=output.put_if_other(entry.url, html.encode(errors="replace")),
        searched=rendered.searched,
    )


def own_file(edition: Edition, name: str) -> str:
    """Return one of the files that belong to no note."""
    site, sitemap = edition.site, edition.sitemap
    if name == sitemap.summary:
        return home_page(site, edition.home, name)
    if name == "search.html":
        return search_page(site)
    if name == search.PAGES:
        return search.pages_script(edition.bundles)
    if name == "sitemap.txt":
        lists = (f"{name}.html" for name in site.lists)
        urls = [HOME, *lists, *(link_to(one).url for one in sitemap.entries.values())]
        return "".join(f"{site.base_url}{url}\n" for url in dict.fromkeys(urls))
    named = name.removesuffix(".html")
    return list_page(site, named, groups(edition.frames, named)) if name == HOME or named in site.lists else ""
