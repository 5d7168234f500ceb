"""What pages are made from: the workspace, and for readers nothing of it that is not meant for them."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from agent.cli.desk import Desk
from agent.site.kept import PREVIEW, Built, Kept
from agent.workspace import history
from agent.workspace.index import Look, look

if TYPE_CHECKING:
    from agent.bookkeeping.known import Known
    from agent.context.report import Context
    from agent.site.edition import Source
    from agent.site.values import Listed


def build_pages(desk: Desk, out: Path, base_url: str = "") -> Built:
    """Write the pages of the opened workspace; when nothing has changed, no note is read.

    In the preview every note has a page, elsewhere no draft and none that git leaves out. Raises GitFailed where git
    cannot tell, and what `build` does.
    """
    now = datetime.now().astimezone()
    root = desk.store.root
    is_preview = out.resolve() == root / PREVIEW
    kept = Kept(desk.store, desk.settings, out.resolve(), base_url, () if is_preview else history.ignored(root))
    everything = look(root)
    ignored = [note.path for note in everything.listed.notes if kept.files.is_ignored(note.path)]
    seen = without(everything, ignored)
    built = kept.unchanged(seen, now.date().isoformat())
    if built is None:
        from agent.site.build import build  # noqa: PLC0415 - what an unchanged site does without

        source = _source(desk, kept, everything, seen, now, with_drafts=is_preview)
        built = build(source, kept, out, base_url=base_url)
    return replace(built, ignored=tuple(ignored))


def without(seen: Look, paths: Collection[str]) -> Look:
    """Return a look at a workspace in which these notes are not there."""
    gone = frozenset(paths)
    left = tuple(note for note in seen.listed.notes if note.path not in gone)
    return replace(seen, listed=replace(seen.listed, notes=left)) if gone else seen


def _source(desk: Desk, kept: Kept, everything: Look, seen: Look, now: datetime, *, with_drafts: bool) -> "Source":
    """Return what the pages are made from: as if there were no other notes than those that get a page."""
    from agent.bookkeeping.known import Known  # noqa: PLC0415 - what an unchanged site does without
    from agent.site.edition import Source  # noqa: PLC0415 - as above
    from agent.site.home import Said  # noqa: PLC0415 - as above

    known = Known(desk.store, desk.settings, seen=everything)
    found = _context(desk, known, now)
    listed = _listed(kept, seen, known)
    drafts = () if with_drafts else tuple(path for path, one in listed.items() if one.is_draft)
    public = without(seen, drafts)
    if len(public.listed.notes) < len(everything.listed.notes):
        whole, known = found, Known(desk.store, desk.settings, seen=public)
        found = _context(desk, known, now, with_journals=False)
        # What differs only because the other notes are not counted is no fault of the document that counts them.
        same = tuple(one for one in found.discrepancies if one in whole.discrepancies)
        found = replace(found, discrepancies=same)
    title, *blocks = found.summary(desk.language).blocks
    standard = desk.standard() if desk.settings.site.verdicts else None
    articles, texts = found.documents.articles, found.documents.texts
    return Source(
        store=desk.store,
        settings=desk.settings,
        seen=seen,
        documents=found.documents,
        facts=found.facts,
        judgements=known.judgements(articles, texts, standard) if standard else {},
        kinds={path: head.kind for path, head in known.heads.items()},
        listed=listed,
        drafts=drafts,
        said=Said(about=title.texts[0], blocks=tuple((one.label, one.texts) for one in blocks)),
    )


def _context(desk: Desk, known: "Known", now: datetime, *, with_journals: bool = True) -> "Context":
    from agent.context.report import context  # noqa: PLC0415 - as above

    return context(
        desk.store,
        desk.settings,
        now=lambda: now,
        standard=desk.standard() if desk.settings.site.verdicts else None,
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
