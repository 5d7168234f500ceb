"""What earlier builds left behind: which files were made from what, and whether they still stand as they were left."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from agent.settings import Settings
from agent.site.entries import Listed
from agent.site.values import BrokenFormula, Loss
from agent.workspace.index import Index, Look, digest, program
from agent.workspace.store import PRIVATE_FOLDER, Store

PREVIEW: Final = f"{PRIVATE_FOLDER}/local/preview"
"""Where the preview's pages lie: the program's own folder, which git does not see."""

_WHOLE: Final = "site"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page that was built: its formulas, and what of the note it could not show."""

    path: str
    url: str
    formulas: int
    broken: tuple[BrokenFormula, ...]
    losses: tuple[Loss, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build did: all pages by path, the files written by it, and the files removed."""

    pages: tuple[Page, ...]
    written: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A file of the site: what it was made from in short, how it was left, and of a note's page what it shows.

    `brought` are the files of the workspace that the page shows or links to.
    """

    key: str
    url: str
    stat: tuple[int, int] | None
    page: Page | None = None
    brought: tuple[str, ...] = ()


class Kept:
    """The files of a site in `folder` as the last build left them; other settings make other files."""

    def __init__(self, store: Store, settings: Settings, folder: Path, base_url: str) -> None:
        key = digest(program(), str(store.root), settings, base_url)
        self._index = Index(store, f"site-{digest(str(folder))}", key)
        self._folder = folder
        self._root = store.root
        self._names: set[str] = set()

    def unchanged(self, seen: Look, today: str) -> Built | None:
        """Return the last build when nothing has changed since: no note, no day, no file of the site; else None."""
        whole = self._index.recall(_WHOLE)
        if not whole or whole["seen"] != [seen.name, today] or whole["left"] != self._left(whole["names"]):
            return None
        if whole["brought"] != self._brought(whole["brought"]):
            return None
        rows = [self._recall(f"made {path}") for path in whole["pages"]]
        return Built(pages=tuple(_page(row[3]) for row in rows), written=(), removed=()) if all(rows) else None

    def listed(self, stamp: str) -> Listed | None:
        """Return what a note of this stamp says of itself, None where that is not known."""
        row = self._recall(f"note {stamp}")
        return Listed(**{**row, "tags": tuple(row["tags"])}) if row else None

    def keep_listed(self, stamp: str, listed: Listed, changed_ns: int) -> None:
        """Take in what a note says of itself."""
        self._keep(f"note {stamp}", asdict(listed), changed_ns)

    def made(self, name: str, key: str) -> Made | None:
        """Return a file that was made from just this and is as it was left; else None."""
        row = self._recall(f"made {name}")
        if not row or row[0] != key or row[2] != _stat(f"{self._folder}/{row[1]}"):
            return None
        page = _page(row[3]) if row[3] else None
        return Made(key=key, url=row[1], stat=tuple(row[2]), page=page, brought=tuple(row[4]))

    def keep_made(self, name: str, made: Made, changed_ns: int) -> None:
        """Take in how a file was made; `changed_ns` is the ctime of the youngest file that it was made from."""
        row = [made.key, made.url, made.stat, _row(made.page) if made.page else None, made.brought]
        self._keep(f"made {name}", row, changed_ns)

    def save(self, seen: Look, today: str, built: Built, names: Iterable[str], brought: Iterable[str]) -> None:
        """Keep in mind how the whole site was left, and write everything for the next build."""
        listed = sorted(names)
        row = {
            "seen": [seen.name, today],
            "names": listed,
            "left": self._left(listed),
            "brought": self._brought(brought),
            "pages": [page.path for page in built.pages],
        }
        self._keep(_WHOLE, row, seen.changed_ns)
        self._index.save(self._names)

    def _recall(self, name: str) -> Any:
        self._names.add(name)
        return self._index.recall(name)

    def _keep(self, name: str, value: object, changed_ns: int) -> None:
        self._names.add(name)
        self._index.keep(name, value, changed_ns=changed_ns)

    def _left(self, names: Iterable[str]) -> list[list[int] | None]:
        return [_stat(f"{self._folder}/{name}") for name in names]

    def _brought(self, paths: Iterable[str]) -> Mapping[str, list[int] | None]:
        return {path: _stat(f"{self._root}/{path}") for path in sorted(paths)}


def _stat(place: str) -> list[int] | None:
    """Return size and time of change of a file, None where there is none."""
    try:
        status = os.stat(place)  # noqa: PTH116 - of every file of a site: half the time of a Path's
    except (OSError, ValueError):
        return None
    return [status.st_size, status.st_mtime_ns]


def _row(page: Page) -> list[object]:
    broken = [[one.line, one.source, one.reason] for one in page.broken]
    losses = [[one.kind, one.line, one.what] for one in page.losses]
    return [page.path, page.url, page.formulas, broken, losses]


def _page(row: Any) -> Page:
    path, url, formulas, broken, losses = row
    return Page(
        path=path,
        url=url,
        formulas=formulas,
        broken=tuple(BrokenFormula(line=line, source=source, reason=reason) for line, source, reason in broken),
        losses=tuple(Loss(kind=kind, line=line, what=what) for kind, line, what in losses),
    )
