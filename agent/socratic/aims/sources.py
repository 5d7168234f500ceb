"""The notes that a session's questions are answered from, each read once."""

from agent.errors import WorkspaceError
from agent.notes.kinds import is_record
from agent.socratic.aims.notes import read_note
from agent.socratic.aims.passages import FITS, Candidate, Wanted, best, candidates
from agent.socratic.values import Passage, Target
from agent.workspace.store import Store


class Sources:
    """Finds paragraphs in the sources of a target."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read: dict[str, tuple[Candidate, ...]] = {}

    def passages(
        self, target: Target, asked: str = "", *, answer: str = "", count: int, fits: float = FITS
    ) -> tuple[Passage, ...]:
        """Return the paragraphs that fit what was asked, by default the target's question, best first.

        A record of what was once said answers nothing.
        """
        among = [one for path in target.sources if not is_record(path) for one in self._note(path)]
        listed_in = target.path if target.headline else ""
        wanted = Wanted(question=asked, listed_in=listed_in)
        if not asked:
            question = f"{target.headline} {target.question}" if target.headline else target.title
            wanted = Wanted(question=question, hints=" ".join(target.hints), listed_in=listed_in, answer=answer)
        return best(among, wanted, count=count, fits=fits)

    def _note(self, path: str) -> tuple[Candidate, ...]:
        """Return the paragraphs of a note that can answer; none when it cannot be read."""
        if path not in self._read:
            try:
                text = read_note(self._store, path)
            except WorkspaceError:
                text = ""
            self._read[path] = candidates(path, text)
        return self._read[path]
