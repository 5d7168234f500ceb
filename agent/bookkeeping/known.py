"""What an earlier run found out about files that have not changed since; without it the same is found out again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, astuple, fields
from functools import cache
from typing import Any, Final

from agent.bookkeeping.documents import ArticleHead, NoteHead, note_head
from agent.bookkeeping.shares import mapped
from agent.settings import Settings
from agent.standard.findings import Finding, Judgement
from agent.standard.standard import Standard
from agent.workspace.index import Index, Look, digest, look, program
from agent.workspace.originals import ACCEPTED_FILE, Reference, references
from agent.workspace.store import Store

_ARTICLE_FIELDS: Final = tuple(field.name for field in fields(ArticleHead))


class Known:
    """The index of a workspace as it looks now; with `kept` false nothing is known and nothing is kept.

    `heads` are the notes known to be what they were. What git told is forgotten when its references or the accepted
    originals change.
    """

    def __init__(self, store: Store, settings: Settings, *, seen: Look | None = None, kept: bool = True) -> None:
        self.store = store
        self.seen = seen or look(store.root)
        self._settings = settings
        self._files = {note.path: note for note in self.seen.listed.notes}
        accepted = [file for file in self.seen.records if file.path.endswith(ACCEPTED_FILE)]
        traces = [*self.seen.traces, *accepted]
        self._git_ns = max((file.ctime_ns for file in traces), default=0)
        file = store if kept else None
        self._git = Index(file, "git", digest(program(), traces))
        self._heads = Index(file, "heads", digest(program(), settings.layout))
        self._verdicts = Index(file, "verdicts", program())
        rows = ((path, self._heads.recall(path, file.stamp)) for path, file in self._files.items())
        self.heads: dict[str, NoteHead] = {path: _head(*row) for path, row in rows if row}

    def told(self, name: str) -> Any | None:
        """Return what git told, None when it was not asked."""
        return self._git.recall(name)

    def tell(self, name: str, value: object) -> None:
        """Keep in mind what git told, in plain JSON."""
        self._git.keep(name, value, changed_ns=self._git_ns)

    def may_be(self, path: str, kind: str) -> bool:
        """Say whether a note is of this kind as far as is known."""
        head = self.heads.get(path)
        return head is None or head.kind == kind

    def heads_of(self, texts: Mapping[str, str]) -> Mapping[str, NoteHead]:
        """Return what each note is; those not known are looked at."""
        return {path: self.heads.get(path) or self._look_at(path, texts[path]) for path in texts}

    def judgements(
        self, articles: Collection[str], texts: Mapping[str, str], standard: Standard
    ) -> Mapping[str, Judgement]:
        """Return the gate's judgements on the articles; those not known are made. Raises SettingsInvalid."""
        versions: dict[str, list[Any]] = self.told("versions") or {}
        measure = digest(standard, sorted(self._settings.macros.items()))

        def stamp(path: str) -> list[Any]:
            return [self._files[path].stamp, measure, *versions[path]]

        def unknown() -> list[str]:
            return [p for p in articles if p not in versions or self._verdicts.recall(p, stamp(p)) is None]

        asked = unknown()
        held = references(self.store, asked)
        if asked:
            versions |= {p: [held[p].commit, held[p].accepted] if p in held else [] for p in asked}
            self.tell("versions", {path: versions[path] for path in articles})
        # Of what was asked for, most is known after all when a commit left most articles as they were.
        fresh = unknown()
        for path, judgement in zip(fresh, self._judged(fresh, texts, held, standard), strict=True):
            row = asdict(judgement) | {"long_lines": sorted(judgement.long_lines)}
            self._verdicts.keep(path, row, stamp=stamp(path), changed_ns=self._files[path].ctime_ns)
        return {path: _judgement(self._verdicts.recall(path, stamp(path)) or {}) for path in articles}

    def save(self) -> None:
        """Write what was found out; if it cannot be written, it will be found out again."""
        self._git.save()
        # To look at a few notes again takes less than to write what is known of all.
        self._heads.save(self._files, at_least=1 + len(self._files) // 100)
        self._verdicts.save(self._files)

    def _look_at(self, path: str, text: str) -> NoteHead:
        head = note_head(path, text, self._settings.layout)
        row = [head.kind, head.lecture, astuple(head.article) if head.article else None]
        self._heads.keep(path, row, stamp=self._files[path].stamp, changed_ns=self._files[path].ctime_ns)
        return head

    def _judged(
        self, paths: Collection[str], texts: Mapping[str, str], held: Mapping[str, Reference], standard: Standard
    ) -> list[Judgement]:
        if not paths:
            return []
        from agent.standard.gate import judge  # noqa: PLC0415 - the gate and its compiler cost 50 ms to load
        from agent.text.formulas import Compiler  # noqa: PLC0415 - same

        compiler = Compiler(self._settings.macros)

        def judged(subject: tuple[str, Reference | None]) -> Judgement:
            text, reference = subject
            earliest, accepted = (reference.text, reference.accepted) if reference else (None, None)
            return judge(text, standard, compiler=compiler, earliest=earliest, accepted=accepted)

        return mapped(judged, [(texts[path], held.get(path)) for path in paths])


def _head(kind: str, lecture: int, article: Sequence[Any] | None) -> NoteHead:
    if article is None:
        return _plain(kind, lecture)
    return NoteHead(kind=kind, lecture=lecture, article=ArticleHead(**dict(zip(_ARTICLE_FIELDS, article, strict=True))))


@cache
def _plain(kind: str, lecture: int) -> NoteHead:
    """Return the one value that all such notes share."""
    return NoteHead(kind=kind, lecture=lecture)


def _judgement(row: Mapping[str, Any]) -> Judgement:
    return Judgement(
        **{
            **row,
            "parts": tuple(row["parts"]),
            "findings": tuple(Finding(**finding) for finding in row["findings"]),
            "long_lines": frozenset(row["long_lines"]),
        }
    )
