"""What exports wrote into a folder of the user's: no other file there is replaced or removed, nor one edited since."""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Final

from agent.errors import BadArgument, Unwritable
from agent.expansion.outcome import put
from agent.words import Phrase
from agent.workspace.store import PRIVATE_FOLDER, Document, Store

LIST: Final = f"{PRIVATE_FOLDER}/exported.json"
"""Holds the hashes that each file had when it was written; two while it is replaced, for a kill may leave either."""


class Written:
    """The files that exports wrote into a folder; raises NotUtf8 and Unreadable for a list that cannot be read."""

    def __init__(self, folder: Store) -> None:
        self._folder = folder
        self._hashes = _listed(folder)

    def put(self, texts: Mapping[str, str]) -> None:
        """Write the texts under their paths, all or none of them.

        Raises Unwritable, what reading raises and, before anything is written, BadArgument for a file that is not ours.
        """
        present = {path: self._folder.read(path) for path in texts if self._folder.inside(path).exists()}
        for path, one in present.items():
            if one.text != texts[path] and not self._is_ours(one):
                place = str(self._folder.root / path)
                raise BadArgument(argument=place, reason=Phrase.of("expansion.export-in-the-way"))
        documents = [Document(path=path, text=text) for path, text in texts.items()]
        for one in documents:
            self._hashes[one.path] = sorted({one.sha256, present.get(one.path, one).sha256})
        put(self._folder, LIST, json.dumps(self._hashes, ensure_ascii=False, indent=0))
        for one in documents:
            put(self._folder, one.path, one.text)

    def remove(self, paths: Iterable[str]) -> None:
        """Remove those of the files that are still as they were written; raise Unwritable and what reading raises."""
        for path in paths:
            if self._is_ours(self._folder.read(path)):
                try:
                    self._folder.inside(path).unlink(missing_ok=True)
                except OSError as error:
                    raise Unwritable(path=path, reason=error.strerror) from None

    def _is_ours(self, document: Document) -> bool:
        return document.sha256 in self._hashes.get(document.path, ())


def _listed(folder: Store) -> dict[str, list[str]]:
    """Return the list; one that is no JSON of ours names nothing."""
    if folder.inside(LIST).exists():
        with suppress(ValueError, TypeError, AttributeError):
            return {str(path): list(map(str, hashes)) for path, hashes in json.loads(folder.read(LIST).text).items()}
    return {}
