"""What pages are made from: the workspace, and for readers nothing of it that is not meant for them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from agent.cli.desk import Desk
from agent.site.files import Files
from agent.site.kept import PREVIEW, Built, Kept
from agent.workspace import history
from agent.workspace.index import Look, look
from agent.workspace.journal import JOURNAL
from agent.workspace.listing import NoteFile
from agent.workspace.store import Store

if TYPE_CHECKING:
    from agent.bookkeeping.known import Known
    from agent.context.report import Context
    from agent.site.edition import Source
    from agent.site.values import Listed
    from agent.standard.standard import Standard


def build_pages(desk: Desk, out: Path, base_url: str = "") -> Built:
    """Write the pages of the opened workspace; when nothing has changed, no note is read.

    In the preview every note has a page, elsewhere no draft and none that git leaves out. Raises GitFailed where git
    cannot tell, and what `build` does.
    """
    now, folder = desk.now(), out.resolve()
    is_preview = folder == desk.store.root / PREVIEW
    files = Files(desk.store) if is_preview else public_files(desk.store)
    kept = Kept(desk.store, desk.settings, folder, base_url, files)
    everything = look(desk.store.root)
    seen = without(everything, files.is_ignored)
    built = kept.unchanged(seen, now.date().isoformat())
    if built is None:
        from agent.site.build import build  # noqa: PLC0415 - what an unchanged site does without

        built = build(_source(desk, kept, everything, seen, now), kept, out, base_url=base_url)
    ignored = (note.path for note in everything.listed.notes if files.is_ignored(note.path))
    return replace(built, ignored=tuple(ignored))


def public_files(store: Store) -> Files:
    """Return the files of a workspace that readers may be shown; raise GitFailed where git cannot tell."""
    return Files(store, history.ignored(store.root))


def without(seen: Look, is_gone: Callable[[str], bool]) -> Look:
    """Return a look at a workspace in which some notes, and indexes of notes, are not there."""

    def left(files: tuple[NoteFile, ...]) -> tuple[NoteFile, ...]:
        return tuple(one for one in files if not is_gone(one.path))

    listed = seen.listed
    unreadable = tuple(path for path in listed.unreadable if not is_gone(path))
    kept = replace(listed, notes=left(listed.notes), indexes=left(listed.indexes), unreadable=unreadable)
    return seen if kept == listed else replace(seen, listed=kept)


def without_drafts(seen: Look, listed: Mapping[str, "Listed"]) -> Look:
    """Return a look at a workspace in which the notes that call themselves drafts are not there."""
    return without(seen, lambda path: path in listed and listed[path].is_draft)


def _source(desk: Desk, kept: Kept, everything: Look, seen: Look, now: datetime) -> "Source":
    """Return what the pages are made from: as if there were no other notes than those that get a page."""
    from agent.bookkeeping.known import Known  # noqa: PLC0415 - what an unchanged site does without
    from agent.site.edition import Source  # noqa: PLC0415 - as above
    from agent.site.home import Said  # noqa: PLC0415 - as above

    known = Known(desk.store, desk.settings, seen=everything)
    listed = _listed(kept, seen, known)
    public = seen if kept.is_preview else without_drafts(seen, listed)
    standard = desk.standard() if desk.settings.site.verdicts else None
    found = _context(desk, known, standard, now, with_journals=_are_public(everything, desk.store, kept.files))
    if public is not everything:
        whole, known = found, Known(desk.store, desk.settings, seen=public)
        found = _context(desk, known, standard, now, with_journals=False)
        # What differs only because the other notes are not counted is no fault of the document that counts them.
        same = tuple(one for one in found.discrepancies if one in whole.discrepancies)
        found = replace(found, discrepancies=same)
    title, *blocks = found.summary(desk.language).blocks
    return Source(
        store=desk.store,
        settings=desk.settings,
        seen=seen,
        documents=found.documents,
        facts=found.facts,
        judgements=known.judged,
        judged_from=known.judged_from,
        kinds={path: head.kind for path, head in known.heads.items()},
        notes=tuple(note.path for note in everything.listed.notes),
        listed=listed,
        drafts=() if kept.is_preview else tuple(path for path, one in listed.items() if one.is_draft),
        said=Said(about=title.texts[0], blocks=tuple((one.label, one.texts) for one in blocks)),
    )


def _are_public(seen: Look, store: Store, files: Files) -> bool:
    """Say whether git leaves out none of the journals, which are the learner's words."""
    journals = (store.relative(Path(one.path)) for one in seen.records if one.path.endswith(f"/{JOURNAL}"))
    return not any(map(files.is_ignored, journals))


def _context(
    desk: Desk, known: "Known", standard: "Standard | None", now: datetime, *, with_journals: bool
) -> "Context":
    from agent.context.report import context  # noqa: PLC0415 - as above

    return context(
        desk.store,
        desk.settings,
        now=lambda: now,
        standard=standard,
        known=known,
        with_journals=with_journals,
    )


def _listed(kept: Kept, seen: Look, known: "Known") -> "Mapping[str, Listed]":
    """Return what the notes that can be read say of themselves; what is known already is not read again."""
    from agent.site.listed import read_listed  # noqa: PLC0415 - as above

    found: dict[str, Listed] = {}
    for note in seen.listed.notes:
        if note.path in known.heads:
            one = kept.listed(note.stamp)
            if one is None:
                one = read_listed(note.path, known.texts[note.path])
                kept.keep_listed(note.stamp, one, note.ctime_ns)
            found[note.path] = one
    return found
