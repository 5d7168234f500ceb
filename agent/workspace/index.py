"""A cache of what was computed from files; without it everything is the same, only later."""

import os
import secrets
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import Final
from zlib import crc32

import agent
from agent.errors import WorkspaceError
from agent.workspace import disk, history
from agent.workspace.listing import NoteFile, Survey, listed, survey
from agent.workspace.store import PRIVATE_FOLDER, Store

_FOLDER: Final = "index"
_SIZE_LIMIT_BYTES: Final = 256 << 20
_SHORT_LIVED: Final = frozenset({"local", "drafts"})
_PACKAGES: Final = ("site-packages", "dist-packages")
_COARSEST_NS: Final = 2_000_000_000
"""The coarsest clock of a file system in use (FAT). A file younger than this when it was read may change once more and
keep its times, so nothing about it is kept."""
_MOST_HELD: Final = 8
"""Of so many files at most a process that stays holds what they say; a preview asks for the same at every save."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """All files that may change what a workspace says: its notes, our own records, git's references."""

    listed: Survey
    records: tuple[NoteFile, ...]
    traces: tuple[NoteFile, ...]

    @cached_property
    def name(self) -> str:
        """A name that no other look has."""
        return self.name_by([note.stamp for note in self.listed.notes])

    def name_by(self, notes: Iterable[str]) -> str:
        """Return a name that no other look has whose notes are told apart by these words."""
        others = (file.stamp for file in (*self.listed.indexes, *self.records, *self.traces))
        words = "\0".join([*notes, "", *others])
        return digest(sha256(words.encode(errors="surrogateescape")).digest(), self.listed.unreadable)

    @cached_property
    def changed_ns(self) -> int:
        """The ctime of the youngest of these files."""
        files = (*self.listed.notes, *self.listed.indexes, *self.records, *self.traces)
        return max([file.ctime_ns for file in files], default=0)


def look(root: Path) -> Look:
    """Look at a workspace's files; no note is opened."""
    return Look(
        listed=survey(root),
        records=tuple(sorted(_below(root / PRIVATE_FOLDER))),
        traces=tuple(_seen(place) for place in history.traces(root)),
    )


def digest(*values: object) -> str:
    """Return a short name for values, by which equal ones are known again."""
    return sha256(repr(values).encode()).hexdigest()[:32]


@cache
def program() -> str:
    """Return what names this very program: its version, when its files changed, when packages were last installed."""
    own = sorted(_changed_below(Path(agent.__file__).parent))
    packages = [_seen(Path(place)) for place in sys.path if place.endswith(_PACKAGES)]
    return digest(agent.__version__, sys.version, own, packages)


class Index:
    """Texts by name in one file of the program's own; `key` and the name tell all that a text was computed from.

    None of them holds a NUL, which parts them in the file: to read and to write many so takes a tenth of the time that
    JSON takes. A file that is missing, damaged, or written under another key is an empty index. Without a store nothing
    is there and nothing is written.
    """

    def __init__(self, store: Store | None, name: str, key: str, *, clock: Callable[[], int] = time.time_ns) -> None:
        self._store = store
        self._name = f"{name}.index"
        self._key = key
        self._clock = clock
        self._opened_ns = clock()
        self._values = dict(self._read())
        self._kept: dict[str, int] = {}

    def recall(self, name: str) -> str | None:
        """Return the text kept under this name, None when there is none."""
        return self._values.get(name)

    def keep(self, name: str, value: str, *, changed_ns: int) -> None:
        """Take in a text; `changed_ns` is the ctime of the youngest file that it was computed from.

        One with a NUL is left out.
        """
        if "\0" in name or "\0" in value:
            return
        self._values[name] = value
        self._kept[name] = changed_ns

    def save(self, only: Iterable[str] | None = None, *, at_least: int = 1) -> None:
        """Write what was taken in, when that is `at_least` so many values, and leave out all but `only` these names.

        Never raises for the disk.
        """
        new = sum(changed_ns < self._opened_ns - _COARSEST_NS for changed_ns in self._kept.values())
        if self._store is None or new < at_least:
            return
        if only is not None:
            self._values = {name: self._values[name] for name in only if name in self._values}
        with suppress(OSError, WorkspaceError):
            place = self._store.make_local_folder(_FOLDER) / self._name
            temporary = place.with_suffix(f".{secrets.token_hex(4)}")
            descriptor = os.open(temporary, disk.NEW_FILE, 0o600)
            try:
                with os.fdopen(descriptor, "wb") as stream:
                    values = self._trusted(descriptor)
                    stream.write(_content(self._key, values))
                temporary.replace(place)
                _hold(place, _Held(stamp=listed(str(place), place.stat()).stamp, key=self._key, values=values))
            finally:
                temporary.unlink(missing_ok=True)

    def _read(self) -> Mapping[str, str]:
        if self._store is None:
            return {}
        try:
            place = self._store.inside(f"{PRIVATE_FOLDER}/local/{_FOLDER}/{self._name}")
            stamp = listed(str(place), place.stat()).stamp
            held = _HELD.get(str(place))
            if not held or held.stamp != stamp:
                check, _, body = disk.read_regular(place, _SIZE_LIMIT_BYTES).partition(b"\n")
                key, *rows = body.decode(errors="surrogatepass").split("\0") if check == _check(body) else [""]
                held = _hold(place, _Held(stamp=stamp, key=key, values=dict(zip(rows[::2], rows[1::2], strict=True))))
        except (OSError, WorkspaceError, ValueError):
            return {}
        return held.values if held.key == self._key else {}

    def _trusted(self, descriptor: int) -> Mapping[str, str]:
        """Return the values without those of files too young, by the clock of the file system that we write to."""
        behind = self._clock() - os.fstat(descriptor).st_mtime_ns
        trusted_ns = self._opened_ns - max(behind, 0) - _COARSEST_NS
        young = {name for name, changed_ns in self._kept.items() if changed_ns >= trusted_ns}
        return {name: value for name, value in self._values.items() if name not in young}


def _below(folder: Path) -> Iterator[NoteFile]:
    """Yield the files below our own folder, but what holds no more than work under way."""
    with suppress(OSError):
        for entry in os.scandir(folder):
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in _SHORT_LIVED:
                    yield from _below(Path(entry.path))
            else:
                yield _seen(Path(entry.path))


def _changed_below(folder: Path) -> Iterator[int]:
    """Yield when each file of the program was changed; what Python compiled from them tells nothing new."""
    for entry in os.scandir(folder):
        if entry.is_file():
            yield entry.stat().st_mtime_ns
        elif entry.name != "__pycache__":
            yield from _changed_below(Path(entry.path))


def _seen(place: Path) -> NoteFile:
    try:
        return listed(str(place), place.stat())
    except (OSError, ValueError):  # a name of git's may hold a NUL
        return NoteFile(str(place), str(place), 0, 0)


def _content(key: str, values: Mapping[str, str]) -> bytes:
    body = "\0".join([key, *chain.from_iterable(values.items())]).encode(errors="surrogatepass")
    return _check(body) + b"\n" + body


def _check(body: bytes) -> bytes:
    return b"%08x" % crc32(body)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """What a file of ours said when it bore this stamp."""

    stamp: str
    key: str
    values: Mapping[str, str]


_HELD: Final[dict[str, _Held]] = {}
"""By the place of the file, the one that was read or written last at the end."""
_HOLDING: Final = Lock()


def _hold(place: Path, held: _Held) -> _Held:
    with _HOLDING:
        _HELD.pop(str(place), None)
        while len(_HELD) >= _MOST_HELD:
            del _HELD[next(iter(_HELD))]
        _HELD[str(place)] = held
    return held


def forget_everything(store: Store) -> None:
    """Remove the cache, half-written pieces of it too: it may hold words that were taken back."""
    for file in store.inside(f"{PRIVATE_FOLDER}/local/{_FOLDER}").glob("*"):
        store.remove_private(store.relative(file))
