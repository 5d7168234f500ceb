"""What earlier builds left behind: which files were made from what, and whether they still stand as they were left."""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from zlib import crc32

from agent.settings import Settings
from agent.site.files import Files
from agent.site.values import BrokenFormula, Listed, Loss
from agent.workspace.index import Index, Look, digest, program
from agent.workspace.listing import NoteFile
from agent.workspace.store import PRIVATE_FOLDER, Store

PREVIEW: Final = f"{PRIVATE_FOLDER}/local/preview"
"""Where the preview's pages lie: the program's own folder, which git does not see."""

_WHOLE: Final = "site"
_OTHERS: Final = "others"
_MOST_SITES: Final = 16
"""Of so many folders at most it is kept what they hold, however many are ever built into."""
MOST_ROWS: Final = 4096
"""More pages than a site has; a preview that stays open keeps no more of those that were."""


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
    """What a build did: all pages by path, the files written by it, and the files removed.

    `unread` are the notes and folders that could not be read, `drafts` the notes that have no page because they are
    such, `ignored` those that have none because git leaves them out.
    """

    pages: tuple[Page, ...]
    written: tuple[str, ...]
    removed: tuple[str, ...]
    unread: tuple[str, ...]
    drafts: tuple[str, ...]
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a page asked of the rest of the site: targets of links and images, names in wikilinks.

    `files` are the paths that it took for files of the workspace, and whether they are, `headings` the stamps of the
    notes whose headings it names; `answers` is what else it was told of other notes, in short.
    """

    targets: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    files: Mapping[str, bool] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    answers: str = ""


NOTHING: Final = Asked()


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A file of the site: what it was made from in short, and of a note's page what it shows and asked.

    `is_new` says that this build wrote it, for it differed from what stood there; `searched` are the words of a page
    that this build made.
    """

    key: str
    url: str
    page: Page | None = None
    asked: Asked = NOTHING
    is_new: bool = False
    searched: str = ""


class Kept:
    """The files of a site in `folder` as the last build left them; other settings make other files."""

    def __init__(self, store: Store, settings: Settings, folder: Path, base_url: str, files: Files) -> None:
        key = digest(program(), str(store.root), settings, str(folder), base_url)
        self._index = Index(store, f"site-{crc32(os.fsencode(folder)) % _MOST_SITES}", key)
        self._folder = folder
        self.is_preview = folder == store.root / PREVIEW
        self.files = files
        self._names: set[str] = set()

    def unchanged(self, seen: Look, today: str) -> Built | None:
        """Return the last build when nothing has changed since, else None.

        That is no note, no day, no file of the site, and no file that a page shows or would show if it were there.
        """
        whole = self._recall(_WHOLE)
        if not whole or whole["seen"] != [seen.name, today] or whole["left"] != self._left(whole["names"]):
            return None
        now = ((self.files.seen(path), stamp) for path, stamp in whole["files"].items())
        if any((file and file.stamp) != stamp for file, stamp in now):
            return None
        rows = [self._recall(f"made {path}") for path in whole["pages"]]
        if not all(rows):
            return None
        pages = tuple(_page(row[3]) for row in rows)
        unread, drafts = tuple(whole["unread"]), tuple(whole["drafts"])
        return Built(pages=pages, written=(), removed=(), unread=unread, drafts=drafts)

    def listed(self, stamp: str) -> Listed | None:
        """Return what a note of this stamp says of itself, None where that is not known."""
        row = self._recall(f"note {stamp}")
        return Listed(**{**row, "tags": tuple(row["tags"])}) if row else None

    def keep_listed(self, stamp: str, listed: Listed, changed_ns: int) -> None:
        """Take in what a note says of itself."""
        self._keep(f"note {stamp}", asdict(listed), changed_ns)

    def made(self, name: str, key: str) -> Made | None:
        """Return a file that was made from this and is as it was left; else None.

        Whether what a page asked would be answered today as it was then, the caller asks.
        """
        row = self._recall(f"made {name}")
        if not row or row[0] != key or not self.is_left(name):
            return None
        targets, names, found, headings, answers = row[4]
        asked = Asked(targets=tuple(targets), names=tuple(names), files=found, headings=headings, answers=answers)
        return Made(key=key, url=row[1], page=_page(row[3]) if row[3] else None, asked=asked)

    @property
    def others(self) -> str:
        """All that pages were told of other notes when they were looked at last; "" where that is not known."""
        self._names.add(_OTHERS)
        return self._index.recall(_OTHERS) or ""

    def is_left(self, name: str) -> bool:
        """Say whether a file is as an earlier build left it, whatever it was made from."""
        row = self._recall(f"made {name}")
        return bool(row) and row[2] == _stamp(f"{self._folder}/{row[1]}")

    def keep_made(self, name: str, made: Made, changed_ns: int) -> None:
        """Take in how a file was made; `changed_ns` is the ctime of the youngest file that it was made from."""
        stamp, page, asked = _stamp(f"{self._folder}/{made.url}"), made.page, made.asked
        asked_row = [asked.targets, asked.names, asked.files, asked.headings, asked.answers]
        self._keep(f"made {name}", [made.key, made.url, stamp, _row(page) if page else None, asked_row], changed_ns)

    def keep_others(self, others: str) -> None:
        """Take in what all pages are told of other notes."""
        if others != self.others:
            self._index.keep(_OTHERS, others, changed_ns=0)

    def save(
        self, seen: Look, today: str, built: Built, names: Iterable[str], asked: Mapping[str, NoteFile | None]
    ) -> None:
        """Keep in mind how the whole site was left, and write everything for the next build.

        `asked` are the files that pages show, None for one that they would show if it were there.
        """
        listed = sorted(names)
        row = {
            "seen": [seen.name, today],
            "names": listed,
            "left": self._left(listed),
            "files": {path: file and file.stamp for path, file in asked.items()},
            "pages": [page.path for page in built.pages],
            "unread": built.unread,
            "drafts": built.drafts,
        }
        self._keep(_WHOLE, row, max([seen.changed_ns, *(file.ctime_ns for file in asked.values() if file)]))
        self._index.save(self._names)

    def _recall(self, name: str) -> Any:
        self._names.add(name)
        row = self._index.recall(name)
        return _read(row) if row is not None else None

    def _keep(self, name: str, value: object, changed_ns: int) -> None:
        self._names.add(name)
        self._index.keep(name, json.dumps(value, ensure_ascii=False), changed_ns=changed_ns)

    def _left(self, names: Iterable[str]) -> list[str | None]:
        return [_stamp(f"{self._folder}/{name}") for name in names]


@lru_cache(maxsize=2 * MOST_ROWS)
def _read(row: str) -> Any:
    """Return what a row of the index holds, for nobody to change; a preview asks for the same at every save."""
    return json.loads(row)


def _stamp(place: str) -> str | None:
    """Return what no change of a file leaves as it was, None where there is none."""
    try:
        status = os.stat(place)  # noqa: PTH116 - of every file of a site: half the time of a Path's
    except (OSError, ValueError):
        return None
    return f"{status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"


def _row(page: Page) -> str:
    """Return a page as the index keeps it: to read and to write one string takes less than its many values."""
    broken = [[one.line, one.source, one.reason] for one in page.broken]
    losses = [[one.kind, one.line, one.what] for one in page.losses]
    return json.dumps([page.path, page.url, page.formulas, broken, losses], ensure_ascii=False)


@lru_cache(maxsize=MOST_ROWS)
def _page(row: str) -> Page:
    """Return what a row of the index says; a preview asks for the same at every save."""
    path, url, formulas, broken, losses = json.loads(row)
    return Page(
        path=path,
        url=url,
        formulas=formulas,
        broken=tuple(BrokenFormula(line=line, source=source, reason=reason) for line, source, reason in broken),
        losses=tuple(Loss(kind=kind, line=line, what=what) for kind, line, what in losses),
    )
