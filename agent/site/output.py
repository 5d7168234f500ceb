"""The folder a site is written to: whole files or none, and nothing that others put there is touched."""

import os
import secrets
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import Final

from agent.errors import SiteInTheWay, Unwritable
from agent.workspace.disk import NEW_FILE, TEMPORARY_PREFIX

LIST: Final = "wenqu-site.txt"
"""Names the files of the site, a line each: what is not in it belongs to somebody else."""


class Output:
    """A site's folder. What it holds can be made again at any time, so that nothing is forced to the disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self._own = self._listed()
        self._folders: set[Path] = set()

    @property
    def names(self) -> frozenset[str]:
        """The files of the site that lies there; none where no site is."""
        return frozenset(self._own)

    def begin(self, names: Collection[str]) -> None:
        """Put down which files the site is going to have before any of them is written: a kill leaves none unnamed.

        Raises SiteInTheWay, before anything is written, where a file stands that no site wrote; Unwritable.
        """
        for name in sorted({*names, LIST} - self._own):
            if os.path.lexists(self.folder / name):
                raise SiteInTheWay(path=str(self.folder / name), folder=str(self.folder))
        self._own |= {*names, LIST}
        self._list()

    def put(self, name: str, content: bytes) -> os.stat_result:
        """Write one of the site's files in one step and return its stat; raise Unwritable."""
        target = self.folder / name
        temporary = target.parent / (TEMPORARY_PREFIX + secrets.token_hex(4))
        try:
            self._make_folder(target.parent)
            with os.fdopen(os.open(temporary, NEW_FILE, 0o666), "wb") as stream:
                stream.write(content)
                stream.flush()
                status = os.fstat(stream.fileno())
            temporary.replace(target)
        except OSError as error:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise Unwritable(path=str(target), reason=error.strerror) from None
        return status

    def put_if_other(self, name: str, content: bytes) -> bool:
        """Write a file unless it stands there as it is; say whether it was written."""
        with suppress(OSError):
            if (self.folder / name).read_bytes() == content:
                return False
        self.put(name, content)
        return True

    def stat(self, name: str) -> tuple[int, int]:
        """Return size and time of change of one of the site's files."""
        status = (self.folder / name).stat()
        return status.st_size, status.st_mtime_ns

    def end(self, names: Collection[str]) -> tuple[str, ...]:
        """Remove the files that the site has no more, and return their names."""
        gone = sorted(self._own - {*names, LIST})
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
        self.put_if_other(LIST, "".join(f"{name}\n" for name in sorted(self._own)).encode())

    def _make_folder(self, folder: Path) -> None:
        """Make a folder inside ours; a link that leads out of it is refused as not a folder."""
        if folder not in self._folders:
            folder.mkdir(parents=True, exist_ok=True)
            if not folder.resolve().is_relative_to(self.folder):
                raise NotADirectoryError(20, os.strerror(20))
            self._folders.add(folder)

    def _listed(self) -> set[str]:
        """Return the files that an earlier build named; a name that leads out of the folder is none of the site's."""
        with suppress(OSError, UnicodeDecodeError):
            lines = (self.folder / LIST).read_text(encoding="utf-8").splitlines()
            return {LIST, *(line for line in lines if line and line[0] != "/" and ".." not in line.split("/"))}
        return set()
