"""`wenqu site`: the notes as pages, written to a folder or previewed on this machine."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from agent.cli.desk import Desk, complain, open_desk, show, show_json
from agent.cli.options import Json, Lang, NoColor
from agent.cli.publishing import build_pages, public_files, without, without_drafts
from agent.cli.terminal.ask import is_terminal
from agent.errors import BadArgument, SiteInterrupted
from agent.site.kept import PREVIEW, Built
from agent.text.terminal import shortened
from agent.words import Phrase
from agent.workspace.index import look

if TYPE_CHECKING:
    from agent.site.checking import Checked, Place

Action = Literal["build", "serve", "check"]
_NO_USE: Final = {
    "build": ("--port", "--strict"),
    "serve": ("--base-url", "--json", "--strict"),
    "check": ("--base-url", "--port"),
}
"""The options that each action has no use for."""
_PORT: Final = 8765
_WEB_ADDRESS: Final = re.compile(r"(?i)(?P<host>https?://[^\s/?#\"'<>\\]+)(?P<path>(?:/[^\s?#\"'<>\\]*)?)\Z")
_SHOWN: Final = 8
_LENGTH: Final = 60


def site(  # noqa: PLR0913 - a list of options
    ctx: typer.Context,
    action: Annotated[Action, typer.Argument(metavar="build|serve|check", help="site-action")],
    place: Annotated[str, typer.Argument(metavar="OUT|NOTE", help="site-place")] = "",
    *,
    base_url: Annotated[str, typer.Option("--base-url", metavar="URL", help="site-base-url")] = "",
    port: Annotated[int | None, typer.Option("--port", metavar="N", min=0, max=65535, help="site-port")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="site-strict")] = False,
    as_json: Json = False,
    lang: Lang = None,
    no_color: NoColor = False,
) -> None:
    """Write the notes as pages, preview them, or count what was lost on the way."""
    given = {"--base-url": bool(base_url), "--port": port is not None, "--strict": strict, "--json": as_json}
    for option in (one for one in _NO_USE[action] if given[one]):
        raise BadArgument(argument=option, reason=Phrase.of("site.no-use", action=action))
    desk = open_desk(ctx, lang, no_color=no_color)
    if action == "serve":
        note = desk.existing(place) if place else ""
        asked_port = _PORT if port is None else port
        _serve(desk, note, asked_port, reopened=lambda: open_desk(ctx, lang, no_color=no_color))
        return
    if not place:
        raise BadArgument(argument=f"wenqu site {action}", reason=Phrase.of("site.needs-folder", action=action))
    if _WEB_ADDRESS.match(place):
        raise BadArgument(argument=place, reason=Phrase.of("site.needs-folder", action=action))
    if action == "check":
        _check(desk, place, strict=strict, as_json=as_json)
        return
    try:
        built = build_pages(desk, Path(place), _base(base_url or desk.settings.site.base_url))
    except KeyboardInterrupt:
        raise SiteInterrupted from None
    if as_json:
        show_json({"folder": place, **asdict(built)})
    else:
        _show(desk, place, built)
    if built.unread:
        raise typer.Exit(1)


def _base(address: str) -> str:
    """Return the address that a site will be published at with a "/" at its end; raise BadArgument for what is none."""
    from urllib.parse import quote  # noqa: PLC0415 - a build without an address does without

    if not address:
        return ""
    web = _WEB_ADDRESS.match(address)
    if not web:
        raise BadArgument(argument=address, reason=Phrase.of("site.bad-base-url"))
    return web["host"] + quote(web["path"].rstrip("/"), safe="/%:@!$&'()*+,;=~") + "/"


def _show(desk: Desk, out: str, built: Built) -> None:
    formulas = sum(page.formulas for page in built.pages)
    counts = {"pages": len(built.pages), "formulas": formulas, "written": len(built.written)}
    desk.say("site.built", removed=len(built.removed), folder=out, **counts)
    if built.drafts:
        desk.say("site.drafts", count=len(built.drafts))
    if built.ignored:
        desk.say("site.ignored", count=len(built.ignored))
    _show_paths(desk, "unread", built.unread)
    _show_places(
        desk, "lost-formulas", [(page.path, one.line, one.source) for page in built.pages for one in page.broken]
    )
    losses = [(page.path, one) for page in built.pages for one in page.losses]
    unset = [(path, one.line, one.what) for path, one in losses if one.kind == "delimiters"]
    _show_places(desk, "check-delimiters", unset)
    others = len(losses) - len(unset)
    if others:
        desk.say("site.lost-others", count=others)


def _check(desk: Desk, out: str, *, strict: bool, as_json: bool) -> None:
    """Count what the pages owe their notes; the exit code is 1 where formulas, or whole notes, are not in them.

    With `strict` it is 1 for everything that is named.
    """
    from agent.bookkeeping.known import Known  # noqa: PLC0415 - what an unchanged site does without
    from agent.site.checking import check  # noqa: PLC0415 - as above
    from agent.site.entries import sitemap  # noqa: PLC0415 - as above
    from agent.site.listed import read_listed  # noqa: PLC0415 - as above

    files = public_files(desk.store)
    seen = without(look(desk.store.root), files.is_ignored)
    known = Known(desk.store, desk.settings, seen=seen)
    listed = {path: read_listed(path, known.texts[path]) for path in known.heads}
    known = Known(desk.store, desk.settings, seen=without_drafts(seen, listed))
    texts, kinds = known.texts, {path: head.kind for path, head in known.heads.items()}
    pages = sitemap(kinds, listed, files.is_file, texts, settings=desk.settings.site)
    checked = check(texts, pages, Path(out), desk.settings.macros)
    unread = [*known.seen.listed.unreadable, *(str(problem.facts["path"]) for problem in known.unreadable)]
    if as_json:
        show_json({"folder": out, **asdict(checked), "unread": unread})
    else:
        _show_checked(desk, out, checked)
        _show_paths(desk, "unread", unread)
    named = checked.places or checked.leftover or any(one.is_stale for one in checked.counts)
    if unread or any(one.is_lost for one in checked.counts) or (strict and named):
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
    _show_paths(desk, "stale", [one.path for one in checked.counts if one.is_stale], folder=out)
    _show_paths(desk, "leftover", checked.leftover, folder=out)
    for kind, found in sorted(places.items()):
        desk.say(f"site.check-{kind}", count=len(found))
        for place in found:
            show(f"  {place.path}:{place.line} {_short(place.what)}")


def _show_places(desk: Desk, key: str, places: Sequence[tuple[str, int, str]]) -> None:
    if places:
        desk.say(f"site.{key}", count=len(places))
    for path, line, what in places[:_SHOWN]:
        show(f"  {path}:{line} {_short(what)}")
    if len(places) > _SHOWN:
        desk.say("site.more", count=len(places) - _SHOWN)


def _show_paths(desk: Desk, key: str, paths: Sequence[str], **facts: str) -> None:
    if paths:
        desk.say(f"site.{key}", count=len(paths), **facts)
    for path in paths[:_SHOWN]:
        show(f"  {path}")
    if len(paths) > _SHOWN:
        desk.say("site.more", count=len(paths) - _SHOWN)


def _short(what: str) -> str:
    return shortened(" ".join(what.split()), _LENGTH)


def _serve(desk: Desk, note: str, port: int, *, reopened: Callable[[], Desk]) -> None:
    """Show the pages until Ctrl-C, made anew whenever a note or the settings are saved."""
    from urllib.parse import quote  # noqa: PLC0415 - a build does without

    from agent.cli.terminal.signals import leaving_by_signal  # noqa: PLC0415 - as above
    from agent.site.serve import Preview  # noqa: PLC0415 - as above
    from agent.site.watch import follow  # noqa: PLC0415 - as above

    def reopen() -> None:
        nonlocal desk
        desk = reopened()

    out = desk.store.root / PREVIEW
    with leaving_by_signal(), Preview(out, port) as preview:
        built = build_pages(desk, out)
        page = next((one.url for one in built.pages if one.path == note), "")
        address = f"http://127.0.0.1:{preview.port}/{quote(page)}"
        try:
            with preview.running():
                desk.say("site.serving", address=address)
                if is_terminal():
                    import webbrowser  # noqa: PLC0415 - as above

                    webbrowser.open(address)
                follow(
                    desk.store.root,
                    preview,
                    build=lambda: build_pages(desk, out),
                    reopen=reopen,
                    complain=lambda problem: complain(problem.sentence(desk.language)),
                )
        except KeyboardInterrupt:
            desk.say("site.served")
