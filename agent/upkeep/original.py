"""`wenqu original`: how much of an author's original is kept, and the user's word that it may stay as it is."""

from dataclasses import dataclass

from agent.errors import BadArgument
from agent.standard.findings import Original
from agent.standard.parts import divide
from agent.standard.standard import Standard
from agent.text.formulas import Compiler
from agent.text.outline import Heading, outline
from agent.upkeep.check import judge_document
from agent.upkeep.restore import changed_copies
from agent.words import Language, say
from agent.workspace.history import commit_named
from agent.workspace.originals import Acceptance, Reference, accept, note_at, read_acceptances, references, withdraw
from agent.workspace.store import Document, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalState:
    """The state of one article's original; `kept` is its share of the text at `reference`, None without one.

    `copies` are the lines (from 1) that stand beside a line of the original and say it in other words; `between` is the
    section between parts of the expansion that may be the author's, where no version tells.
    """

    path: str
    state: Original
    kept: float | None
    reference: Reference | None
    acceptance: Acceptance | None
    copies: tuple[int, ...]
    between: Heading | None

    def sentences(self, language: Language) -> str:
        """Return the state, and what can be done about it, as a person reads it."""
        state = say(language, f"upkeep.original-{self.state}")
        between = self.between
        told = say(language, "upkeep.original-between", line=between.line, title=between.title) if between else ""
        if between and self.state == "unknown":
            return f"{self.path}  {state}\n{told}"
        if self.reference is None:
            return f"{self.path}  {state}\n" + say(language, "upkeep.original-no-version")
        commit, kept = self.reference.commit[:7], f"{self.kept or 0:.1%}"
        lines = [f"{self.path}  {state}", say(language, "upkeep.original-kept", kept=kept, commit=commit)]
        accepted = self.acceptance
        if accepted and self.state == "accepted":
            lines.append(say(language, "upkeep.original-reason", date=accepted.date, reason=accepted.reason))
        elif accepted:
            lines.append(say(language, "upkeep.original-void", date=accepted.date, kept=f"{accepted.kept:.1%}"))
        if self.copies:
            lines.append(say(language, "upkeep.original-copies", lines=", ".join(map(str, self.copies))))
        if told:
            lines.append(told)
        if self._choice:
            lines.append(say(language, f"upkeep.original-{self._choice}", path=self.path, commit=commit))
        return "\n".join(lines)

    @property
    def _choice(self) -> str:
        """The name of the sentence that says what can be done, "" when nothing need be."""
        if self.state == "unknown":
            return "undivided" if self.kept else ""
        if self.state == "truncated" and self.kept == 1.0:
            return "cut"
        return "choice" if self.state in {"altered", "damaged", "truncated"} else ""


def examine(store: Store, document: Document, *, standard: Standard, compiler: Compiler) -> OriginalState:
    """Return the state of an article's original; raise SettingsInvalid."""
    path = document.path
    reference = references(store, [path]).get(path)
    judgement = judge_document(document, standard, compiler, reference).judgement
    copies = changed_copies(document.text, reference.text, standard) if reference else ()
    return OriginalState(
        path=path,
        state=judgement.original,
        kept=judgement.measures.get("original_kept") if reference else None,
        reference=reference,
        acceptance=read_acceptances(store).get(path),
        copies=tuple(document.text.count("\n", 0, start) + 1 for start in copies),
        between=divide(outline(document.text), standard, reference.text if reference else None).between,
    )


def accept_original(
    store: Store,
    document: Document,
    commit: str,
    reason: str,
    *,
    standard: Standard,
    compiler: Compiler,
    today: str,
    language: Language,
) -> Acceptance:
    """Record that the article's original, as it stands now, is accepted against its text at `commit`.

    It counts until the kept share changes. Raises BadArgument without a reason, for an unknown commit or one that does
    not have the article, and for an original that is intact; ChangedOnDisk.
    """
    path = document.path
    if not reason.strip():
        raise BadArgument(argument="--reason", reason=say(language, "upkeep.accept-reason"))
    full = commit_named(store.root, commit)
    text = note_at(store, full, path) if full else None
    kept = divide(outline(document.text), standard, text).kept if text is not None else None
    if full is None or kept is None:
        why = say(language, "upkeep.accept-unknown", commit=commit, path=path)
        raise BadArgument(argument=f"--accept {commit}", reason=why)
    if examine(store, document, standard=standard, compiler=compiler).state == "intact":
        raise BadArgument(argument=f"--accept {commit}", reason=say(language, "upkeep.accept-intact"))
    acceptance = Acceptance(commit=full, kept=round(kept, 3), reason=reason.strip(), date=today)
    accept(store, path, acceptance)
    return acceptance


def withdraw_acceptance(store: Store, path: str, language: Language) -> None:
    """Take the acceptance of an original back; raise BadArgument where there is none, ChangedOnDisk."""
    if not withdraw(store, path):
        raise BadArgument(argument="--withdraw", reason=say(language, "upkeep.withdraw-none", path=path))


def as_json(found: OriginalState) -> dict[str, object]:
    """Return the state for scripts."""
    accepted = found.acceptance
    return {
        "path": found.path,
        "original": found.state,
        "original_kept": found.kept,
        "commit": found.reference.commit if found.reference else None,
        "copies": list(found.copies),
        "accepted": {
            "commit": accepted.commit,
            "kept": accepted.kept,
            "reason": accepted.reason,
            "date": accepted.date,
        }
        if accepted
        else None,
    }
