"""`wenqu site build`: writes the pages that have changed, and nothing when nothing has."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

from agent.assets import folder
from agent.bookkeeping.shares import mapped
from agent.errors import BadArgument, OutsideWorkspace
from agent.site import search
from agent.site.edition import Edition, Source
from agent.site.entries import BROUGHT, Entry, addresses, sitemap
from agent.site.files import Files
from agent.site.kept import PREVIEW, Built, Kept, Made
from agent.site.keys import Keys
from agent.site.making import make_page, own_file
from agent.site.output import Output
from agent.site.pages import Site
from agent.words import Phrase
from agent.workspace.disk import read_regular
from agent.workspace.index import Look, digest
from agent.workspace.listing import NoteFile
from agent.workspace.store import PRIVATE_FOLDER, Store

_BROUGHT_LIMIT_BYTES: Final = 64 << 20

Bundles = Mapping[str, Sequence[Entry]]
"""The pages by the name of the file that holds their texts for the search."""


def build(source: Source, kept: Kept, out: Path, *, base_url: str = "") -> Built:
    """Write the site of a workspace into the folder `out`; what has not changed is left alone, `kept` tells what it is.

    The same workspace gives the same bytes. Raises BadArgument for a folder that holds notes or another site, or is the
    program's own, SiteInTheWay where a file stands that no site wrote, SiteUnwritable.
    """
    _refuse(source, out.resolve())
    output = Output(out)
    edition = _edition(source, kept, base_url)
    keys = Keys(edition)
    assets = {f"assets/{file.name}": file for file in sorted((folder("site") / "assets").iterdir()) if file.is_file()}
    names = {*keys.own, *assets, *edition.bundles, *(one.url for one in edition.sitemap.entries.values())}
    others = kept.others
    # A folder that this workspace remembers to have built into is its own, whatever was done to the notes.
    if not kept.is_preview and not others:
        _refuse_anothers(output, {*names, *addresses(source.notes, source.settings.site.home).values()})
    in_the_way = (name for name in output.others(BROUGHT) if kept.files.is_file(name.removeprefix(f"{BROUGHT}/")))
    output.begin({*names, *in_the_way})
    made = {path: _still(kept, keys, path, key, others) for path, key in keys.pages.items()}
    texts = _texts_left(kept, output, edition.bundles, made)
    stale = [one.path for name, left in texts.items() for one in edition.bundles[name] if one.path not in left]
    fresh = dict(zip(stale, mapped(partial(make_page, edition, keys, output), stale), strict=True))
    _keep(kept, source.seen, fresh)
    everything = fresh | {path: one for path, one in made.items() if one and path not in fresh}
    asked = _asked(kept.files, everything.values())
    brought = {f"{BROUGHT}/{path}": file for path, file in asked.items() if file}
    output.begin(brought)
    written = [one.url for one in fresh.values() if one.is_new]
    written += _write_texts(kept, output, edition.bundles, texts, everything)
    written += _own_files(kept, output, edition, keys)
    # The index is this program's alone, and so are these files: their key need say nothing.
    written += [name for name, file in assets.items() if _wrote(kept, output, Made(key="", url=name), file.read_bytes)]
    written += _bring(kept, source.store, output, brought)
    removed = output.end({*names, *brought})
    pages = tuple(one.page for _, one in sorted(everything.items()) if one.page)
    unread = tuple(sorted(source.documents.places - source.documents.texts.keys()))
    built = Built(pages=pages, written=tuple(written), removed=removed, unread=unread, drafts=source.drafts)
    kept.keep_others(keys.others)
    kept.save(source.seen, source.facts.today, built, {*names, *brought}, asked)
    return built


def _refuse(source: Source, out: Path) -> None:
    """Raise BadArgument for a folder in which pages would lie among notes, or that the program or git owns."""
    root = source.store.root
    inside = out.relative_to(root).parts if out.is_relative_to(root) else ()
    has_notes = any(path.startswith(f"{'/'.join(inside)}/") for path in source.notes) if inside else False
    is_private = {PRIVATE_FOLDER, ".git"} & {*inside} and out != root / PREVIEW
    if root.is_relative_to(out) or has_notes or is_private:
        raise BadArgument(argument=str(out), reason=Phrase.of("site.bad-folder"))
    if out.exists() and not out.is_dir():
        raise BadArgument(argument=str(out), reason=Phrase.of("site.no-folder"))


def _refuse_anothers(output: Output, names: Collection[str]) -> None:
    """Raise BadArgument for a folder that seems another workspace's: most of its pages are of none of our notes."""
    pages = {name for name in output.names if name.endswith(".html")}
    gone = pages.difference(names)
    if 2 * len(gone) > len(pages):
        raise BadArgument(argument=str(output.folder), reason=Phrase.of("site.anothers", count=len(gone)))


def _edition(source: Source, kept: Kept, base_url: str) -> Edition:
    settings, texts = source.settings.site, source.documents.texts
    articles = source.documents.articles.items() if settings.verdicts else ()
    statuses = {path: article.status for path, article in articles}
    pages = sitemap(source.kinds, source.listed, kept.files.is_file, texts, statuses, settings=settings)
    site = Site(
        name=settings.title or source.store.root.name,
        language=source.settings.language,
        lists=pages.lists,
        base_url=base_url,
        verdicts=settings.verdicts,
    )
    return Edition(source=source, site=site, sitemap=pages)


def _still(kept: Kept, keys: Keys, path: str, key: str, others: str) -> Made | None:
    """Return a page that is as this build would make it; else None."""
    made = kept.made(path, key)
    return made if made and keys.would_be_told_the_same(path, made.asked, others=others) else None


def _asked(files: Files, pages: Iterable[Made]) -> Mapping[str, NoteFile | None]:
    """Return the files that pages asked for as they are now, None for one that was none.

    One that has vanished since bears no stamp, so that the next build asks once more.
    """
    # Of two pages that were told otherwise, the one without counts: it is out of date as soon as there is a file.
    asked = sorted({item for page in pages for item in page.asked.files.items()}, reverse=True)
    return {path: (files.seen(path) or NoteFile(path, "", 0, 0)) if was_there else None for path, was_there in asked}


def _texts_left(
    kept: Kept, output: Output, bundles: Bundles, made: Mapping[str, Made | None]
) -> Mapping[str, Mapping[str, str]]:
    """Return the files of texts that must be written, each with the texts that it holds already by note."""
    files: dict[str, Mapping[str, str]] = {}
    for name, entries in bundles.items():
        pages = {one.path: page for one in entries if (page := made[one.path])}
        if len(pages) == len(entries) and kept.made(name, _texts_key(pages.values())):
            continue
        script = (output.folder / name).read_bytes().decode() if kept.is_left(name) else ""
        texts = search.texts_in(name, script) if script else {}
        files[name] = {path: texts[page.url] for path, page in pages.items() if page.url in texts}
    return files


def _write_texts(
    kept: Kept, output: Output, bundles: Bundles, texts: Mapping[str, Mapping[str, str]], made: Mapping[str, Made]
) -> Iterator[str]:
    """Write files of texts, with those of the pages that were made anew; yield those that differ."""
    for name, left in texts.items():
        pages = {one.path: made[one.path] for one in bundles[name]}
        script = search.bundle_script(name, {one.url: left.get(path, one.searched) for path, one in pages.items()})
        is_other = output.put_if_other(name, script.encode(errors="replace"))
        # It is looked at only while all its pages stand as they were made.
        kept.keep_made(name, Made(key=_texts_key(pages.values()), url=name), 0)
        if is_other:
            yield name


def _texts_key(pages: Iterable[Made]) -> str:
    return digest([(one.url, one.key, one.asked.answers) for one in pages])


def _keep(kept: Kept, seen: Look, fresh: Mapping[str, Made]) -> None:
    changed = {note.path: note.ctime_ns for note in seen.listed.notes}
    for path, one in fresh.items():
        kept.keep_made(path, one, changed[path])


def _own_files(kept: Kept, output: Output, edition: Edition, keys: Keys) -> Iterator[str]:
    """Write the files that belong to no note and are made from something else than before; yield those that differ."""
    for name, key in keys.own.items():
        # The key tells the values that the file was made from, whenever the notes were changed.
        if _wrote(kept, output, Made(key=key, url=name), partial(_own_file, edition, name)):
            yield name


def _bring(kept: Kept, store: Store, output: Output, brought: Mapping[str, NoteFile]) -> Iterator[str]:
    """Copy the files that pages show, one that has vanished meanwhile left out; yield those that differ."""
    for name, file in brought.items():
        made = Made(key=file.stamp, url=name)
        with suppress(OSError, OutsideWorkspace):
            if _wrote(kept, output, made, partial(_brought, store, file.path), file.ctime_ns):
                yield name


def _brought(store: Store, path: str) -> bytes:
    return read_regular(store.inside(path), _BROUGHT_LIMIT_BYTES)


def _own_file(edition: Edition, name: str) -> bytes:
    return own_file(edition, name).encode(errors="replace")


def _wrote(kept: Kept, output: Output, made: Made, content: Callable[[], bytes], changed_ns: int = 0) -> bool:
    """Write a file unless it was made from the same and is as it was left; say whether its `content` is another."""
    if kept.made(made.url, made.key):
        return False
    is_other = output.put_if_other(made.url, content())
    kept.keep_made(made.url, made, changed_ns)
    return is_other
