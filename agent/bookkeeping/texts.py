"""The texts of the notes, each read when it is first asked for."""

from collections.abc import Iterator, Mapping

from agent.errors import WorkspaceError
from agent.workspace.store import Store


class Texts(Mapping[str, str]):
    """Texts by path: `read` has those that were read already and None for the others.

    `asked` are the paths whose texts were asked for. A note that has vanished by then is "", and one of the `problems`.
    """

    def __init__(self, store: Store, read: dict[str, str | None]) -> None:
        self.asked: set[str] = set()
        self.problems: list[WorkspaceError] = []
        self._store = store
        self._read = read

    def __getitem__(self, path: str) -> str:
        text = self._read[path]
        self.asked.add(path)
        if text is None:
            try:
                text = self._store.read(path).text
            except WorkspaceError as problem:
                self.problems.append(problem)
                text = ""
            self._read[path] = text
        return text

    def __iter__(self) -> Iterator[str]:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)

    def __contains__(self, path: object) -> bool:
        return path in self._read
