"""What earlier builds left behind: which files were made from what, and whether they still stand as they were left."""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final
from zlib import crc32

from agent.settings import Settings
from agent.site.files import Files
from agent.site.values import BrokenFormula, Listed, Loss
from agent.workspace.index import Index, Look, digest, program
from agent.workspace.listing import NoteFile, listed
from agent.workspace.store import PRIVATE_FOLDER, Store

PREVIEW: Final = f"{PRIVATE_FOLDER}/local/preview"
"""Where the preview's pages lie: the program's own folder, which git does not see."""

_WHOLE: Final = "site"
_OTHERS: Final = "others"
_MOST_SITES: Final = 16
"""Of so many folders at most it is kept what they hold, however many are ever built into."""
_MOST_ROWS: Final = 4096
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

    These `questions` are JSON, which most builds need not read. `files` are the paths that it took for files of the
    workspace, and whether they are, `headings` the stamps of the notes whose headings it names; `answers` is what else
    it was told of other notes, in short.
    """

    questions: str = "[[], []]"
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
        self._stamps: dict[str, str | None] = {}

    def unchanged(self, seen: Look, today: str) -> Built | None:
        """Return the last build when nothing has changed since, else None.

        That is no note, no day, no file of the site, and no file that a page shows or would show if it were there.
        """
        row = self._recall(_WHOLE)
        whole = json.loads(row) if row else None
        if (
            not whole
            or whole["seen"] != [seen.name, today]
            or whole["left"] != [_stamp(f"{self._folder}/{name}") for name in whole["names"]]
        ):
            return None
        now = ((self.files.seen(path), stamp) for path, stamp in whole["files"].items())
        if any((file and file.stamp) != stamp for file, stamp in now):
            return None
        made = [self._recalled(path) for path in whole["pages"]]
        if not all(made):
            return None
        pages = tuple(one.page for one, _ in filter(None, made) if one.page)
        unread, drafts = tuple(whole["unread"]), tuple(whole["drafts"])
        return Built(pages=pages, written=(), removed=(), unread=unread, drafts=drafts)

    def listed(self, stamp: str) -> Listed | None:
        """Return what a note of this stamp says of itself, None where that is not known."""
        row = self._recall(f"note {stamp}")
        return _listed(row) if row else None

    def keep_listed(self, stamp: str, listed: Listed, changed_ns: int) -> None:
        """Take in what a note says of itself."""
        self._keep(f"note {stamp}", json.dumps(astuple(listed), ensure_ascii=False), changed_ns)

    def made(self, name: str, key: str) -> Made | None:
        """Return a file that was made from this and is as it was left; else None.

        Whether what a page asked would be answered today as it was then, the caller asks.
        """
        made, stamp = self._recalled(name) or (None, None)
        return made if made and made.key == key and stamp == self._left(made.url) else None

    @property
    def others(self) -> str:
        """All that pages were told of other notes when they were looked at last; "" where that is not known."""
        self._names.add(_OTHERS)
        return self._index.recall(_OTHERS) or ""

    def is_left(self, name: str) -> bool:
        """Say whether a file is as an earlier build left it, whatever it was made from."""
        made, stamp = self._recalled(name) or (None, None)
        return made is not None and stamp == self._left(made.url)

    def keep_made(self, name: str, made: Made, changed_ns: int) -> None:
        """Take in how a file was made; `changed_ns` is the ctime of the youngest file that it was made from."""
        self._stamps.pop(made.url, None)
        self._keep(f"made {name}", _as_row(made, self._left(made.url)), changed_ns)

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
            "left": [*map(self._left, listed)],
            "files": {path: file and file.stamp for path, file in asked.items()},
            "pages": [page.path for page in built.pages],
            "unread": built.unread,
            "drafts": built.drafts,
        }
        changed_ns = max([seen.changed_ns, *(file.ctime_ns for file in asked.values() if file)])
        self._keep(_WHOLE, json.dumps(row, ensure_ascii=False), changed_ns)
        self._index.save(self._names)

    def _recalled(self, name: str) -> tuple[Made, str | None] | None:
        """Return how a file was made, and the stamp that it was left with."""
        row = self._recall(f"made {name}")
        return _from_row(name, row) if row else None

    def _recall(self, name: str) -> str | None:
        self._names.add(name)
        return self._index.recall(name)

    def _keep(self, name: str, row: str, changed_ns: int) -> None:
        self._names.add(name)
        self._index.keep(name, row, changed_ns=changed_ns)

    def _left(self, name: str) -> str | None:
        """Return the stamp of a file of the site, looked at once: as it was when it was compared or written."""
        if name not in self._stamps:
            self._stamps[name] = _stamp(f"{self._folder}/{name}")
        return self._stamps[name]


def _stamp(place: str) -> str | None:
    """Return what no change of a file leaves as it was, None where there is none."""
    try:
        return listed("", os.stat(place)).stamp  # noqa: PTH116 - of every file of a site: half the time of a Path's
    except (OSError, ValueError):
        return None


def _as_row(made: Made, stamp: str | None) -> str:
    """Return a file as the index keeps it: a line of JSON, and one that most builds need not read."""
    asked, page = made.asked, made.page
    broken = [[one.line, one.source, one.reason] for one in page.broken] if page else []
    losses = [[one.kind, one.line, one.what] for one in page.losses] if page else []
    told = [asked.answers, asked.files, asked.headings]
    row = [made.key, made.url, stamp, *told, page and page.formulas, broken, losses]
    return f"{json.dumps(row, ensure_ascii=False)}\n{asked.questions}"


@lru_cache(maxsize=2 * _MOST_ROWS)
def _from_row(name: str, row: str) -> tuple[Made, str | None]:
    """Return what a row of the index says, and the file's stamp; a preview asks for the same at every save."""
    read, _, questions = row.partition("\n")
    key, url, stamp, answers, files, headings, formulas, broken, losses = json.loads(read)
    page = Page(
        path=name,
        url=url,
        formulas=formulas,
        broken=tuple(BrokenFormula(line=line, source=source, reason=reason) for line, source, reason in broken),
        losses=tuple(Loss(kind=kind, line=line, what=what) for kind, line, what in losses),
    )
    asked = Asked(questions=questions, files=files, headings=headings, answers=answers)
    return Made(key=key, url=url, page=page if formulas is not None else None, asked=asked), stamp


@lru_cache(maxsize=_MOST_ROWS)
def _listed(row: str) -> Listed:
    """Return what a row of the index says; as above."""
    title, language, date, tags, archive, source, is_draft = json.loads(row)
    return Listed(
        title=title,
        language=language,
        date=date,
        tags=tuple(tags),
        archive=archive,
        source=source,
        is_draft=is_draft,
    )
