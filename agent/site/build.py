"""`wenqu site build`: writes the pages that have changed, and nothing when nothing has."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from agent.assets import folder
from agent.bookkeeping.shares import mapped
from agent.errors import AgentError, BadArgument
from agent.site.entries import Listed, read_listed, sitemap
from agent.site.frames import LISTS
from agent.site.kept import PREVIEW, Built, Kept, Made
from agent.site.output import Output
from agent.site.pages import Site
from agent.site.works import Source, Works
from agent.words import Phrase
from agent.workspace.disk import read_regular
from agent.workspace.index import Look
from agent.workspace.store import PRIVATE_FOLDER, Store

_BROUGHT_LIMIT_BYTES: Final = 64 << 20


def build(source: Source, kept: Kept, out: Path, *, base_url: str = "") -> Built:
    """Write the site of a workspace into the folder `out`; what has not changed is left alone, `kept` tells what it is.

    The same workspace gives the same bytes. Raises BadArgument for a folder that holds the workspace or is one of its
    own, SiteInTheWay where a file stands that no site wrote, Unwritable.
    """
    _refuse(source.store.root, out.resolve())
    output = Output(out)
    works = _works(source, kept, output, base_url)
    assets = {f"assets/{file.name}": file for file in sorted((folder("site") / "assets").iterdir()) if file.is_file()}
    names = {*works.own_keys, *assets, *works.bundles, *(one.url for one in works.sitemap.entries.values())}
    output.begin(names)
    made = {name: kept.made(name, key) for name, key in works.keys.items()}
    stale = [name for name, one in made.items() if one is None]
    fresh = dict(zip(stale, mapped(works.make, stale), strict=True))
    _keep(kept, source.seen, works, fresh)
    everything = {name: one or fresh[name] for name, one in made.items()}
    brought = sorted({path for one in everything.values() for path in one.brought})
    output.begin(brought)
    written = [fresh[name].url for name in stale]
    written += _own_files(kept, works, output)
    written += [name for name, file in assets.items() if output.put_if_other(name, file.read_bytes())]
    written += [path for path in brought if _bring(source.store, output, path)]
    removed = output.end({*names, *brought})
    pages = tuple(one.page for one in everything.values() if one.page)
    built = Built(pages=pages, written=tuple(written), removed=removed)
    kept.save(source.seen, source.facts.today, built, {*names, *brought}, brought)
    return built


def _refuse(root: Path, out: Path) -> None:
    """Raise BadArgument for a folder in which pages would lie among notes, or that the program or git owns."""
    inside = set(out.relative_to(root).parts) if out.is_relative_to(root) else set()
    if root.is_relative_to(out) or (inside & {PRIVATE_FOLDER, ".git"} and out != root / PREVIEW):
        raise BadArgument(argument=str(out), reason=Phrase.of("site.bad-folder"))


def _works(source: Source, kept: Kept, output: Output, base_url: str) -> Works:
    notes = {note.path: note for note in source.seen.listed.notes}

    def listed(path: str) -> Listed:
        note = notes[path]
        found = kept.listed(note.stamp)
        if found is None:
            found = read_listed(path, source.documents.texts[path])
            kept.keep_listed(note.stamp, found, note.ctime_ns)
        return found

    statuses = {path: article.status for path, article in source.documents.articles.items()}
    pages = sitemap(source.kinds, listed, shown_files(source.store), statuses)
    entries = pages.entries.values()
    present = {one.kind for one in entries}
    lists = [name for name, kinds in LISTS.items() if kinds & present]
    lists += ["tags"] if any(one.listed.tags for one in entries) else []
    site = Site(name=source.store.root.name, language=source.settings.language, lists=tuple(lists), base_url=base_url)
    return Works(source=source, site=site, sitemap=pages, output=output)


def shown_files(store: Store) -> Callable[[str], bool]:
    """Return what knows the files of a workspace that a page may show; hidden ones are none."""

    def is_file(path: str) -> bool:
        try:
            return not any(part.startswith(".") for part in path.split("/")) and store.inside(path).is_file()
        except (AgentError, OSError, ValueError):
            return False

    return is_file


def _keep(kept: Kept, seen: Look, works: Works, fresh: dict[str, Made]) -> None:
    changed = {note.path: note.ctime_ns for note in seen.listed.notes}
    for name, one in fresh.items():
        paths: Iterable[str] = [entry.path for entry in works.bundles[name]] if name in works.bundles else [name]
        kept.keep_made(name, one, max(changed[path] for path in paths))


def _own_files(kept: Kept, works: Works, output: Output) -> Iterator[str]:
    """Write the files that belong to no note and are made from something else than before; yield those that differ."""
    for name, key in works.own_keys.items():
        if kept.made(name, key) is None:
            is_other = output.put_if_other(name, works.own_file(name).encode(errors="replace"))
            # The key tells the values that the file was made from, whenever the notes were changed.
            kept.keep_made(name, Made(key=key, url=name, stat=output.stat(name)), 0)
            if is_other:
                yield name


def _bring(store: Store, output: Output, path: str) -> bool:
    """Copy a file that a page shows; one that has vanished meanwhile is left out."""
    try:
        content = read_regular(store.inside(path), _BROUGHT_LIMIT_BYTES)
    except OSError:
        return False
    return output.put_if_other(path, content)
