"""`wenqu site`: the notes as pages, written to a folder or previewed on this machine."""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from agent.cli.desk import Desk, complain, open_desk, show_json
from agent.cli.options import Json, Lang, NoColor
from agent.cli.terminal.ask import is_terminal
from agent.errors import AgentError, BadArgument
from agent.site.kept import PREVIEW, Built, Kept
from agent.text.terminal import shortened
from agent.words import Phrase
from agent.workspace.configuration import FILE_NAME
from agent.workspace.index import look

if TYPE_CHECKING:
    from watchfiles.main import FileChange

    from agent.site.checking import Checked, Place
    from agent.site.serve import Preview

Action = Literal["build", "serve", "check"]
_SHOWN: Final = 8
_LENGTH: Final = 60
_SETTLED_MS: Final = 150
"""An editor's save is several changes; so long after the last of them the pages are made anew."""
_UNTOLD_MS: Final = 2000
"""So often it is looked for saves of which nothing told."""


def site(
    ctx: typer.Context,
    action: Annotated[Action, typer.Argument(metavar="build|serve|check", help="site-action")],
    place: Annotated[str, typer.Argument(metavar="OUT|NOTE", help="site-place")] = "",
    *,
    base_url: Annotated[str, typer.Option("--base-url", metavar="URL", help="site-base-url")] = "",
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help="site-port")] = 8765,
    as_json: Json = False,
    lang: Lang = None,
    no_color: NoColor = False,
) -> None:
    """Write the notes as pages, preview them, or count what was lost on the way."""
    desk = open_desk(ctx, lang, no_color=no_color)
    if action == "serve":
        note = desk.existing(place) if place else ""
        _serve(desk, note, port, reopened=lambda: open_desk(ctx, lang, no_color=no_color))
        return
    if not place:
        raise BadArgument(argument=f"wenqu site {action}", reason=Phrase.of("site.needs-folder", action=action))
    if action == "check":
        _check(desk, place, as_json=as_json)
        return
    built = build_pages(desk, Path(place), base_url and base_url.rstrip("/") + "/")
    if as_json:
        show_json({"folder": place, **asdict(built)})
    else:
        _show(desk, place, built)


def build_pages(desk: Desk, out: Path, base_url: str = "") -> Built:
    """Write the pages of the opened workspace; when nothing has changed, no note is read."""
    now = datetime.now().astimezone()
    seen = look(desk.store.root)
    kept = Kept(desk.store, desk.settings, out.resolve(), base_url)
    before = kept.unchanged(seen, now.date().isoformat())
    if before:
        return before
    from agent.bookkeeping.known import Known  # noqa: PLC0415 - what an unchanged site does without
    from agent.context.report import context  # noqa: PLC0415 - as above
    from agent.site.build import build  # noqa: PLC0415 - as above
    from agent.site.home import Said  # noqa: PLC0415 - as above
    from agent.site.works import Source  # noqa: PLC0415 - as above

    known = Known(desk.store, desk.settings, seen=seen)
    standard = desk.standard()
    found = context(desk.store, desk.settings, now=lambda: now, standard=standard, known=known)
    title, *blocks = found.summary(desk.language).blocks
    source = Source(
        store=desk.store,
        settings=desk.settings,
        seen=seen,
        documents=found.documents,
        facts=found.facts,
        judgements=known.judgements(found.documents.articles, found.documents.texts, standard),
        kinds={path: head.kind for path, head in known.heads.items()},
        said=Said(about=title.texts[0], blocks=tuple((one.label, one.texts) for one in blocks)),
    )
    return build(source, kept, out, base_url=base_url)


def _show(desk: Desk, out: str, built: Built) -> None:
    formulas = sum(page.formulas for page in built.pages)
    counts = {"pages": len(built.pages), "formulas": formulas, "written": len(built.written)}
    desk.say("site.built", removed=len(built.removed), folder=out, **counts)
    broken = [(page.path, one.line, one.source) for page in built.pages for one in page.broken]
    if broken:
        desk.say("site.lost-formulas", count=len(broken))
    for path, line, what in broken[:_SHOWN]:
        desk.say("site.place", path=path, line=line, what=_short(what))
    if len(broken) > _SHOWN:
        desk.say("site.more", count=len(broken) - _SHOWN)
    others = sum(one.kind != "remote-image" for page in built.pages for one in page.losses)
    if others:
        desk.say("site.lost-others", count=others)


def _check(desk: Desk, out: str, *, as_json: bool) -> None:
    """Count what the pages owe their notes; the exit code is 1 where formulas were lost or damaged."""
    from agent.bookkeeping.known import Known  # noqa: PLC0415 - what an unchanged site does without
    from agent.site.build import shown_files  # noqa: PLC0415 - as above
    from agent.site.checking import check  # noqa: PLC0415 - as above
    from agent.site.entries import read_listed, sitemap  # noqa: PLC0415 - as above

    known = Known(desk.store, desk.settings)
    kinds = {path: head.kind for path, head in known.heads.items()}
    pages = sitemap(kinds, lambda path: read_listed(path, known.texts[path]), shown_files(desk.store))
    checked = check(known.texts, pages, Path(out), desk.settings.macros)
    if as_json:
        show_json({"folder": out, **asdict(checked)})
    else:
        _show_checked(desk, out, checked)
    if any(one.is_lost for one in checked.counts):
        raise typer.Exit(1)


def _show_checked(desk: Desk, out: str, checked: "Checked") -> None:
    lost = [one for one in checked.counts if one.is_lost]
    formulas = sum(one.in_note for one in checked.counts)
    places = defaultdict[str, list["Place"]](list)
    for place in checked.places:
        places[place.kind].append(place)
    desk.say("site.checked", notes=len(checked.counts), formulas=formulas, lost=len(lost), folder=out)
    for one in lost:
        desk.say("site.lost", path=one.path, in_note=one.in_note, in_page=one.in_page, tagged=one.tagged)
    stale = [one.path for one in checked.counts if one.is_stale]
    if stale:
        desk.say("site.stale", count=len(stale), folder=out)
    for path in stale[:_SHOWN]:
        desk.say("site.stale-page", path=path)
    if len(stale) > _SHOWN:
        desk.say("site.more", count=len(stale) - _SHOWN)
    for kind, found in sorted(places.items()):
        desk.say(f"site.check-{kind}", count=len(found))
        for place in found:
            desk.say("site.place", path=place.path, line=place.line, what=_short(place.what))


def _short(what: str) -> str:
    return shortened(" ".join(what.split()), _LENGTH)


def _serve(desk: Desk, note: str, port: int, *, reopened: Callable[[], Desk]) -> None:
    """Show the pages until Ctrl-C, made anew whenever a note or the settings are saved."""
    from urllib.parse import quote  # noqa: PLC0415 - a build does without

    from agent.cli.terminal.signals import leaving_by_signal  # noqa: PLC0415 - as above
    from agent.site.serve import Preview  # noqa: PLC0415 - as above

    out = desk.store.root / PREVIEW
    with leaving_by_signal(), Preview(out, port) as preview:
        built = build_pages(desk, out)
        page = next((one.url for one in built.pages if one.path == note), "")
        address = f"http://127.0.0.1:{preview.port}/{quote(page)}"
        try:
            with _running(preview):
                desk.say("site.serving", address=address)
                if is_terminal():
                    import webbrowser  # noqa: PLC0415 - as above

                    webbrowser.open(address)
                _follow(desk, out, preview, reopened)
        except KeyboardInterrupt:
            desk.say("site.served")


def _follow(desk: Desk, out: Path, preview: "Preview", reopened: Callable[[], Desk]) -> None:
    """Make the pages anew after each save; what keeps them from it is said once."""
    root, wrong = desk.store.root, ""
    for saved in _looks(root):
        try:
            if any(Path(path) == root / FILE_NAME for _, path in saved):
                desk = reopened()
            built = build_pages(desk, out)
        except AgentError as problem:
            before, wrong = wrong, problem.sentence(desk.language)
            if wrong != before:
                complain(wrong)
            continue
        wrong = ""
        if built.written or built.removed:
            preview.tell()


def _looks(root: Path) -> "Iterator[set[FileChange]]":
    """Yield what was saved, as soon as it settles; at times nothing, where a save may have gone unnoticed.

    A file system of another machine tells of no save, nor does any before the watch begins.
    """
    from watchfiles import watch  # noqa: PLC0415 - a build does without

    return watch(
        root,
        watch_filter=lambda _, path: _is_shown(root, path),
        step=_SETTLED_MS,
        rust_timeout=_UNTOLD_MS,
        yield_on_timeout=True,
    )


def _is_shown(root: Path, path: str) -> bool:
    """Say whether a page may show a file that has changed: hidden folders hold none."""
    return not any(part.startswith(".") for part in Path(path).relative_to(root).parts)


@contextmanager
def _running(preview: "Preview") -> Iterator[None]:
    thread = threading.Thread(target=preview.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        preview.shutdown()
        thread.join()
