"""The folder a site is written to: whole files or none, and nothing that others put there is touched."""

import errno
import os
import secrets
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from agent.errors import SiteInTheWay, SiteUnwritable
from agent.workspace.disk import NEW_FILE, TEMPORARY_PREFIX

LIST: Final = "wenqu-site.txt"
"""Names the files of the site, a line each: what is not in it belongs to somebody else. "%" is "%25" in it, a newline
"%0A", for a name may hold either."""


class Output:
    """A site's folder. What it holds can be made again at any time, so that nothing is forced to the disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self._own = self._listed()
        self._folders: set[str] = set()

    @property
    def names(self) -> frozenset[str]:
        """The files of the site that lies there; none where no site is."""
        return frozenset(self._own)

    def others(self, folder: str) -> Iterator[str]:
        """Yield the files in one of the site's folders that belong to somebody else."""
        for place, _, files in os.walk(self.folder / folder):
            names = ((Path(place) / name).relative_to(self.folder).as_posix() for name in files)
            yield from (name for name in names if name not in self._own)

    def begin(self, names: Collection[str]) -> None:
        """Put down which files the site is going to have before any of them is written: a kill leaves none unnamed.

        Raises SiteInTheWay, before anything is written, where a file stands that no site wrote; SiteUnwritable.
        """
        for name in sorted({*names, LIST} - self._own):
            if os.path.lexists(self.folder / name):
                raise SiteInTheWay(path=str(self.folder / name), folder=str(self.folder))
        self._own |= {*names, LIST}
        self._list()

    def put(self, name: str, content: bytes) -> None:
        """Write one of the site's files in one step; raise SiteUnwritable."""
        target = f"{self.folder}/{name}"
        folder = target.rpartition("/")[0]
        temporary = f"{folder}/{TEMPORARY_PREFIX}{secrets.token_hex(4)}"
        try:
            self._make_folder(folder)
            with os.fdopen(os.open(temporary, NEW_FILE, 0o666), "wb") as stream:
                stream.write(content)
            os.replace(temporary, target)  # noqa: PTH105 - of every file of a site: a Path takes as long again
        except OSError as error:
            with suppress(OSError):
                Path(temporary).unlink(missing_ok=True)
            raise SiteUnwritable(path=target, reason=error.strerror) from None

    def put_if_other(self, name: str, content: bytes) -> bool:
        """Write a file unless it stands there as it is; say whether it was written."""
        place = f"{self.folder}/{name}"
        with suppress(OSError):
            is_as_long = os.stat(place).st_size == len(content)  # noqa: PTH116 - as above
            if is_as_long and Path(place).read_bytes() == content and self._is_ours(place.rpartition("/")[0]):
                return False
        self.put(name, content)
        return True

    def end(self, names: Collection[str]) -> tuple[str, ...]:
        """Remove the files that the site has no more, and return their names."""
        others = sorted(self._own - {*names, LIST})
        gone = [name for name in others if self._is_ours(str((self.folder / name).parent))]
        for name in gone:
            with suppress(OSError):
                (self.folder / name).unlink(missing_ok=True)
            for folder in (self.folder / name).parents:
                if folder == self.folder:
                    break
                with suppress(OSError):  # it holds something else
                    folder.rmdir()
        self._own = {*names, LIST}
        self._list()
        return tuple(gone)

    def _list(self) -> None:
        lines = (name.replace("%", "%25").replace("\n", "%0A") for name in sorted(self._own))
        self.put_if_other(LIST, "".join(f"{line}\n" for line in lines).encode())

    def _make_folder(self, folder: str) -> None:
        """Make a folder inside ours; a link that leads out of it is refused as not a folder."""
        if folder not in self._folders:
            Path(folder).mkdir(parents=True, exist_ok=True)
            if not self._is_ours(folder):
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
            self._folders.add(folder)

    def _is_ours(self, folder: str) -> bool:
        """Say whether a folder lies in ours, and no link leads out of it."""
        return folder in self._folders or Path(folder).resolve().is_relative_to(self.folder)

    def _listed(self) -> set[str]:
        """Return the files that an earlier build named; a name that leads out of the folder is none of the site's."""
        with suppress(OSError, UnicodeDecodeError):
            lines = (self.folder / LIST).read_bytes().decode().split("\n")
            names = [line.replace("%0A", "\n").replace("%25", "%") for line in lines]
            return {LIST, *(name for name in names if name and name[0] != "/" and ".." not in name.split("/"))}
        return set()
