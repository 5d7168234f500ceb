"""`wenqu check`: the gate over articles and the rules of other notes, offline; findings, a summary, an exit code."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from agent.bookkeeping.shares import mapped
from agent.errors import NotAnArticle, UnknownFile, WorkspaceError
from agent.notes.article import archive_id, awaits_reader, forced_reason
from agent.notes.kinds import is_article, lacks_status
from agent.settings import Layout
from agent.standard.across import Compared, across
from agent.standard.findings import COMPLETED, PENDING, Finding, Judgement
from agent.standard.gate import judge
from agent.standard.standard import Standard
from agent.text import frontmatter
from agent.text.formulas import Compiler
from agent.upkeep.check_notes import CheckedNote, article_findings, check_note, surroundings
from agent.words import Language
from agent.workspace.listing import survey
from agent.workspace.originals import Reference, references
from agent.workspace.store import Document, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedArticle:
    """One article with its verdict; `source_line` (from 1) is where its archive id stands.

    `forced` is the reason of one that was completed against the gate; one that the program expanded `awaits_reader`.
    """

    path: str
    archive_id: str
    source_line: int
    forced: str
    awaits_reader: bool
    judgement: Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """The verdicts on the files asked for; `problems` are files and folders that could not be read.

    Those `without_status` stand in the articles' folder and are no articles for want of one.
    Only where it `is_strict` was the manner of the expansions judged.
    """

    standard: str
    is_strict: bool
    articles: tuple[CheckedArticle, ...]
    notes: tuple[CheckedNote, ...]
    problems: tuple[WorkspaceError, ...]
    without_status: tuple[str, ...]

    @property
    def summary(self) -> Mapping[str, int]:
        """The counts of interfaces.md."""
        verdicts = [article.judgement for article in self.articles]
        completed = [verdict for verdict in verdicts if verdict.status == COMPLETED]
        return {
            "files": len(self.articles) + len(self.notes) + len(self.problems),
            "articles": len(verdicts),
            "completed": len(completed),
            "pending": sum(verdict.status == PENDING for verdict in verdicts),
            "counts_met": sum(verdict.counts_met for verdict in verdicts),
            "passed": sum(verdict.passed for verdict in verdicts),
            "forced": sum(bool(article.forced) for article in self.articles),
            "completed_but_not_met": sum(not verdict.counts_met for verdict in completed),
            "discussions": sum(note.kind == "discussion" for note in self.notes),
            "without_status": len(self.without_status),
        }

    @property
    def exit_code(self) -> int:
        """1 when an error stands among the findings or a file could not be read, else 0."""
        found = [article.judgement.findings for article in self.articles] + [note.findings for note in self.notes]
        return int(any(worst(findings) == "error" for findings in found) or bool(self.problems))


def check(
    store: Store,
    paths: Sequence[str],
    *,
    standard: Standard,
    compiler: Compiler,
    layout: Layout,
    language: Language,
    strict: bool = False,
) -> CheckReport:
    """Check the Markdown files among `paths` (files or folders; none means the whole workspace).

    Articles are judged by the standard, other notes by the rules for their kind. Raises UnknownFile for a path that is
    not there, NotAnArticle for a file that is no Markdown, SettingsInvalid for malformed rules.
    """
    asked, found = [store.relative(path) for path in paths], survey(store.root)
    every = [entry.path for entry in found.notes]
    chosen = notes_among(store, asked, every)
    held, read = references(store, chosen), list(store.read_all(chosen))
    documents = [one for one in read if isinstance(one, Document)]
    around = surroundings(store, layout, every, documents, language=language, strict=strict)

    def checked(document: Document) -> CheckedArticle | CheckedNote:
        if not is_article(document.path, document.text, layout):
            return check_note(document, around)
        judged = judge_document(document, standard, compiler, held.get(document.path), strict=strict)
        return _with(judged, article_findings(document, judged.judgement.status, standard, around))

    if not asked:
        _ = around.archive_ids  # every process would find them for itself
    done = mapped(checked, documents)
    articles = [one for one in done if isinstance(one, CheckedArticle)]
    return CheckReport(
        standard=standard.id,
        is_strict=strict,
        articles=_beside(articles, _copies(store, layout, articles, every), strict=strict),
        notes=tuple(one for one in done if isinstance(one, CheckedNote)),
        problems=(*found.problems(asked or (".",)), *(one for one in read if isinstance(one, WorkspaceError))),
        without_status=tuple(one.path for one in documents if lacks_status(one.path, one.text, layout)),
    )


def judge_document(
    document: Document, standard: Standard, compiler: Compiler, reference: Reference | None, *, strict: bool = False
) -> CheckedArticle:
    """Judge one article that was read; what was lost of its original is said with the commit that has it."""
    verdict = judge(
        document.text,
        standard,
        compiler=compiler,
        earliest=reference.text if reference else None,
        accepted=reference.accepted if reference else None,
        own=strict,
    )
    if reference:
        verdict = replace(verdict, findings=tuple(_naming(reference, finding) for finding in verdict.findings))
    number, front = archive_id(document.text), frontmatter.find(document.text)
    place = max(document.text.find(f"/archives/{number}"), 0) if number else 0
    source_line = document.text.count("\n", 0, place) + 1
    return CheckedArticle(
        path=document.path,
        archive_id=number,
        source_line=source_line,
        forced=forced_reason(front),
        awaits_reader=awaits_reader(front),
        judgement=verdict,
    )


def worst(findings: Iterable[Finding]) -> str:
    """Return the highest severity among findings, "" when there is none."""
    present = {finding.severity for finding in findings}
    return next((severity for severity in ("error", "warning", "note") if severity in present), "")


def read_article(store: Store, path: str, layout: Layout) -> Document:
    """Return an article; raise NotAnArticle for another file, Unreadable and NotUtf8."""
    document = store.read(path)
    if not is_article(path, document.text, layout):
        raise NotAnArticle(path=path)
    return document


def notes_among(store: Store, asked: Sequence[str], notes: Sequence[str]) -> list[str]:
    """Return the files asked for, the `notes` of a folder for that folder, all for none.

    Raises UnknownFile, and NotAnArticle for a file that is no Markdown.
    """
    if not asked:
        return list(notes)
    chosen: list[str] = []
    for path in asked:
        place = store.inside(path)
        if place.is_dir():
            chosen += [note for note in notes if path == "." or note.startswith(f"{path}/")]
        elif place.exists() and not path.lower().endswith(".md"):
            raise NotAnArticle(path=path)
        elif place.exists():
            chosen.append(path)
        else:
            raise UnknownFile(path=path, root=str(store.root))
    return list(dict.fromkeys(chosen))


def _copies(
    store: Store, layout: Layout, articles: Sequence[CheckedArticle], notes: Sequence[str]
) -> Mapping[str, Sequence[str]]:
    """Return the paths of the articles in the whole workspace by the archive ids of those that were judged."""
    copies: dict[str, list[str]] = defaultdict(list)
    for article in articles:
        copies[article.archive_id].append(article.path)
    copies.pop("", None)
    seen = {article.path for article in articles}
    for document in store.read_all(path for path in notes if path not in seen) if copies else ():
        # Looking for the bare text first spares reading the front matter of every other note.
        if isinstance(document, Document) and any(f"/archives/{number}" in document.text for number in copies):
            number = archive_id(document.text) if is_article(document.path, document.text, layout) else ""
            if number in copies:
                copies[number].append(document.path)
    return copies


def _beside(
    articles: Sequence[CheckedArticle], copies: Mapping[str, Sequence[str]], *, strict: bool
) -> tuple[CheckedArticle, ...]:
    """Add the findings that it takes two articles to see."""
    compared = [
        Compared(path=a.path, archive_id=a.archive_id, source_line=a.source_line, judgement=a.judgement)
        for a in articles
    ]
    more = across(compared, copies, strict=strict)
    return tuple(_with(article, more[article.path]) for article in articles)


def _with(article: CheckedArticle, more: Sequence[Finding]) -> CheckedArticle:
    """Add findings that the text of the article alone does not give."""
    findings = (*more, *article.judgement.findings)
    return replace(article, judgement=replace(article.judgement, findings=findings)) if more else article


def _naming(reference: Reference, finding: Finding) -> Finding:
    """Say with what was lost of an original which commit has it."""
    is_loss = finding.rule in {"original-lost", "original-altered"}
    return replace(finding, wanted=f"100% ({reference.commit[:7]})") if is_loss else finding
