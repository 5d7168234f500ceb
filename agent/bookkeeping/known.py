"""What an earlier run found out about files that have not changed since; without it the same is found out again."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import astuple, fields
from functools import cached_property, lru_cache
from typing import Any, Final, cast

from agent.bookkeeping.documents import ArticleHead, NoteHead, note_head
from agent.bookkeeping.shares import mapped
from agent.bookkeeping.texts import Texts
from agent.errors import Unreadable, WorkspaceError
from agent.notes.kinds import Kind
from agent.settings import Settings
from agent.standard.findings import Finding, Judgement
from agent.standard.standard import Standard
from agent.workspace.history import copies
from agent.workspace.index import Index, Look, digest, look, program
from agent.workspace.originals import ACCEPTED_FILE, Reference, references
from agent.workspace.store import Document, Store

_PLAIN: Final = "note "
"""So the row of a plain note begins, one whose head is enough."""

_MOST_ROWS: Final = 4096
"""More notes than most workspaces have; a preview that stays open keeps no more of those that were."""

_ARTICLE_FIELDS: Final = tuple(field.name for field in fields(ArticleHead))
_JUDGEMENT_FIELDS: Final = tuple(
    field.name for field in fields(Judgement) if field.name not in {"findings", "long_lines"}
)


class Known:
    """The index of a workspace as it looks now; with `kept` false nothing is known and nothing is kept.

    Notes that are not known are read at once: `texts` are those of all notes, but of those `unreadable`. What git told
    is forgotten when its references or the accepted originals change. `judged` are the judgements that were asked for
    last, `judged_from` tells in short what each was made from.

    All that is wanted is asked for first, in any order: texts, what git told, judgements. `judged`, `essence` and
    `save` come last: they speak of what was asked for until then.
    """

    def __init__(self, store: Store, settings: Settings, *, seen: Look | None = None, kept: bool = True) -> None:
        self.store = store
        self.kept = kept
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
        self.judged: Mapping[str, Judgement] = {}
        self.judged_from: Mapping[str, str] = {}
        recall = self._heads.recall
        self._rows: dict[str, str | None] = {path: recall(note.stamp) for path, note in self._files.items()}
        self.texts, self.unreadable = self._read([path for path, row in self._rows.items() if row is None])

    @cached_property
    def heads(self) -> Mapping[str, NoteHead]:
        """What each note is that can be read."""
        return {path: _head(row) for path, row in self._rows.items() if row is not None}

    @property
    def essence(self) -> str:
        """A name by which the workspace is known again when nothing else can be computed from it than before.

        Of a plain note only what it is counts, of every other file that it is what it was. The name is "" once a plain
        note's text was asked for, and when a note could not be opened, which may be open next time.
        """
        plain = any((self._rows[path] or "").startswith(_PLAIN) for path in self.texts.asked)
        opened = not any(isinstance(problem, Unreadable) for problem in self.unreadable)
        return self._essence if opened and not plain else ""

    @cached_property
    def _essence(self) -> str:
        plain_or_stamp = [
            row + path if row and row.startswith(_PLAIN) else self._files[path].stamp
            for path, row in self._rows.items()
        ]
        return self.seen.name_by(plain_or_stamp)

    def told(self, name: str) -> Any | None:
        """Return what git told, None when it was not asked."""
        row = self._git.recall(name)
        return json.loads(row) if row is not None else None

    def tell(self, name: str, value: object) -> None:
        """Keep in mind what git told, in plain JSON."""
        self._git.keep(name, json.dumps(value, ensure_ascii=False), changed_ns=self._git_ns)

    def judgements(
        self, articles: Collection[str], texts: Mapping[str, str], standard: Standard
    ) -> Mapping[str, Judgement]:
        """Return the gate's judgements on the articles, without `long_lines`; those not known are made.

        Raises SettingsInvalid.
        """
        versions: dict[str, list[Any]] = self.told("versions") or {}
        new = [path for path in articles if path not in versions]
        held = references(self.store, new)
        if new:
            versions |= {path: [held[path].commit, held[path].accepted] if path in held else [] for path in new}
            self.tell("versions", {path: versions[path] for path in articles})
        measure, recall = digest(standard, sorted(self._settings.macros.items())), self._verdicts.recall
        names = {path: f"{measure} {versions[path]} {self._files[path].stamp}" for path in articles}
        fresh = [path for path, name in names.items() if recall(name) is None]
        held = {**held, **self._held([path for path in fresh if path not in held], versions)}
        for path, judgement in zip(fresh, self._judge(fresh, texts, held, standard), strict=True):
            self._verdicts.keep(names[path], _verdict(judgement), changed_ns=self._files[path].ctime_ns)
        self.judged_from = names
        self.judged = {path: _judgement(recall(name) or "") for path, name in names.items()}
        return self.judged

    def save(self) -> None:
        """Write what was found out; if it cannot be written, it will be found out again."""
        self._git.save()
        # To look at a few notes again takes less than to write what is known of all.
        self._heads.save((note.stamp for note in self._files.values()), at_least=1 + len(self._files) // 100)
        self._verdicts.save(self.judged_from.values())

    def _read(self, unknown: Sequence[str]) -> tuple[Texts, tuple[WorkspaceError, ...]]:
        """Read the notes that are not known, and look what each is; return all texts, and why some cannot be read."""
        texts: dict[str, str | None] = dict.fromkeys(self._files)
        problems = []
        for path, read in zip(unknown, self.store.read_all(unknown), strict=True):
            if isinstance(read, Document):
                texts[path] = read.text
                self._rows[path] = row = _row(note_head(path, read.text, self._settings.layout))
                self._heads.keep(self._files[path].stamp, row, changed_ns=self._files[path].ctime_ns)
            else:
                problems.append(read)
                del texts[path]
        return Texts(self.store, texts), tuple(problems)

    def _held(self, paths: Collection[str], versions: Mapping[str, Sequence[Any]]) -> Mapping[str, Reference]:
        """Return what articles are held against of which git has told the versions: it is not asked for them again."""
        brought = {path: (versions[path][0], path) for path in paths if versions[path] and versions[path][1] is None}
        there = copies(self.store.root, brought).items()
        found = {path: Reference(commit=copy.commit, text=copy.text) for path, copy in there}
        # Accepted ones, and those that had another name then.
        others = [path for path in paths if versions[path] and path not in found]
        return {**found, **references(self.store, others)} if others else found

    def _judge(
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


def _row(head: NoteHead) -> str:
    """Return a note's head as the index keeps it."""
    article = json.dumps(astuple(head.article), ensure_ascii=False) if head.article else ""
    return f"{head.kind} {head.lecture} {head.broken:d} {article}"


@lru_cache(maxsize=_MOST_ROWS)
def _head(row: str) -> NoteHead:
    """Return what a row of the index says; most rows of plain notes are alike, and share one value."""
    kind, lecture, broken, article = row.split(" ", 3)
    head = ArticleHead(**dict(zip(_ARTICLE_FIELDS, json.loads(article), strict=True))) if article else None
    return NoteHead(kind=cast("Kind", kind), lecture=int(lecture), broken=broken == "1", article=head)


def _verdict(judgement: Judgement) -> str:
    """Return a judgement as the index keeps it: without names, which would be most of the index."""
    findings = [[one.rule, one.severity, one.line, one.found, one.wanted] for one in judgement.findings]
    values = [getattr(judgement, name) for name in _JUDGEMENT_FIELDS]
    return json.dumps([values, findings], ensure_ascii=False)


@lru_cache(maxsize=_MOST_ROWS)
def _judgement(row: str) -> Judgement:
    """Return what a row of the index says; a preview asks for the same at every save."""
    values, findings = json.loads(row)
    named = dict(zip(_JUDGEMENT_FIELDS, values, strict=True))
    found = tuple(
        Finding(rule=rule, severity=severity, line=line, found=found, wanted=wanted)
        for rule, severity, line, found, wanted in findings
    )
    return Judgement(**{**named, "parts": tuple(named["parts"]), "findings": found})
