"""`wenqu check`: the gate over articles and the rules of other notes, offline; findings, a summary, an exit code."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Final

from agent.bookkeeping.shares import mapped
from agent.errors import NotAnArticle, UnknownFile, WorkspaceError
from agent.notes.article import COMPLETED, PENDING, archive_id
from agent.notes.kinds import is_article
from agent.settings import Layout
from agent.standard.across import Compared, across
from agent.standard.findings import Finding, Judgement, Severity
from agent.standard.gate import judge
from agent.standard.standard import Standard
from agent.text.formulas import Compiler
from agent.upkeep.check_notes import CheckedNote, article_findings, check_note, surroundings
from agent.upkeep.macros import undeclared
from agent.words import Language, say
from agent.workspace.listing import survey
from agent.workspace.originals import Reference, references
from agent.workspace.store import Document, Store

_SHOWN_FINDINGS: Final = 12
"""Findings printed per article in text; the rest are counted, JSON has them all."""
_SHOWN_COMMANDS: Final = 8
_UNREAD: Final = {"front-matter-invalid", "front-matter-unclosed", "bad-character"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedArticle:
    """One article with its verdict; `source_line` (from 1) is where its archive id stands."""

    path: str
    archive_id: str
    source_line: int
    judgement: Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """The verdicts on the files asked for; `problems` are files that could not be read."""

    standard: str
    articles: tuple[CheckedArticle, ...]
    notes: tuple[CheckedNote, ...]
    problems: tuple[WorkspaceError, ...]

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
            "completed_but_not_met": sum(not verdict.counts_met for verdict in completed),
            "discussions": sum(note.kind == "discussion" for note in self.notes),
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
    asked = [store.relative(path) for path in paths]
    every = [entry.path for entry in survey(store.root).notes]
    chosen = notes_among(store, asked, every)
    held = references(store, chosen)
    read = list(store.read_all(chosen))
    documents = [one for one in read if isinstance(one, Document)]
    around = surroundings(store, layout, every, documents, language=language, strict=strict)

    def checked(document: Document) -> CheckedArticle | CheckedNote:
        if not is_article(document.path, document.text, layout):
            return check_note(document, around)
        judged = judge_document(document, standard, compiler, held.get(document.path), strict=strict)
        return _with(judged, article_findings(document, judged.judgement.status, around))

    if not asked:
        # Every process would find them for itself.
        _ = around.archive_ids
    done = mapped(checked, documents)
    articles = [one for one in done if isinstance(one, CheckedArticle)]
    return CheckReport(
        standard=standard.id,
        articles=_beside(articles, _copies(store, layout, articles, every), strict=strict),
        notes=tuple(one for one in done if isinstance(one, CheckedNote)),
        problems=tuple(one for one in read if isinstance(one, WorkspaceError)),
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
    number = archive_id(document.text)
    place = max(document.text.find(f"/archives/{number}"), 0) if number else 0
    source_line = document.text.count("\n", 0, place) + 1
    return CheckedArticle(path=document.path, archive_id=number, source_line=source_line, judgement=verdict)


def as_json(report: CheckReport, language: Language) -> dict[str, object]:
    """Return the report in the shape of interfaces.md."""
    return {
        "standard": report.standard,
        "files": [_article_json(article, language) for article in report.articles]
        + [_note_json(note, language) for note in report.notes]
        + [
            {"path": str(problem.facts.get("path", "")), "kind": "unreadable", "message": problem.sentence(language)}
            for problem in report.problems
        ],
        "summary": dict(report.summary),
    }


def as_text(report: CheckReport, language: Language) -> str:
    """Return the report as a person reads it: the articles with findings, worst first, then the summary."""
    rank: Mapping[Severity | str, int] = {"error": 0, "warning": 1, "note": 2, "": 3}
    articles = sorted(report.articles, key=lambda a: rank[worst(a.judgement.findings)])
    alone = len(report.articles) + len(report.notes) == 1
    blocks = [
        _article_text(article, language) if alone or _is_shown(article) else _unread(article, language)
        for article in articles
    ]
    notes = sorted(report.notes, key=lambda note: rank[worst(note.findings)])
    blocks += [_note_text(note, language) for note in notes if alone or worst(note.findings) in {"error", "warning"}]
    blocks += [problem.sentence(language) for problem in report.problems]
    if report.notes:
        found = sum(worst(note.findings) in {"error", "warning"} for note in report.notes)
        blocks.append(say(language, "upkeep.check-notes", count=len(report.notes), found=found))
    if not report.articles and not report.notes:
        return "\n\n".join([*blocks, say(language, "upkeep.no-articles")])
    if not report.articles:
        return "\n\n".join(blocks)
    summary = say(language, "upkeep.check-summary", standard=report.standard, **report.summary)
    return "\n\n".join([*filter(None, blocks), "\n".join([summary, *_closing_lines(report, language)])])


def worst(findings: Iterable[Finding]) -> str:
    """Return the highest severity among findings, "" when there is none."""
    present = {finding.severity for finding in findings}
    return next((severity for severity in ("error", "warning", "note") if severity in present), "")


def verdict_sentence(judgement: Judgement, language: Language) -> str:
    """Return the verdict on one article in one line."""
    counts = say(language, f"upkeep.counts-{'met' if judgement.counts_met else 'missed'}")
    clean = say(language, f"upkeep.{'clean' if judgement.clean else 'not-clean'}")
    original = say(language, f"upkeep.original-{judgement.original}")
    word = say(language, f"upkeep.{'passed' if judgement.passed else 'not-passed'}")
    return say(language, "upkeep.verdict", verdict=word, counts=counts, clean=clean, original=original)


def finding_lines(path: str, findings: Sequence[Finding], language: Language) -> list[str]:
    """Return "path:line severity rule sentence" per finding, most severe first, the rest counted."""
    ordered = sorted(findings, key=lambda f: (("error", "warning", "note").index(f.severity), f.line))
    lines = [
        f"  {path}:{f.line}  {say(language, f'upkeep.severity-{f.severity}')}  {f.rule}  {f.sentence(language)}"
        for f in ordered[:_SHOWN_FINDINGS]
    ]
    rest = len(ordered) - _SHOWN_FINDINGS
    return [*lines, "  " + say(language, "upkeep.more-findings", count=rest)] if rest > 0 else lines


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


def _closing_lines(report: CheckReport, language: Language) -> list[str]:
    """Return what concerns the whole workspace: older standards that articles passed, commands nobody declares."""
    findings = [finding for article in report.articles for finding in article.judgement.findings]
    older = Counter(finding.found for finding in findings if finding.rule == "standard-older")
    lines = [
        say(language, "upkeep.completed-under", standard=standard, count=count) for standard, count in older.items()
    ]
    return [*lines, *undeclared_lines(findings, language)]


def undeclared_lines(findings: Iterable[Finding], language: Language) -> list[str]:
    """Return the line that names the commands nobody declares, none when there is no such command."""
    commands = undeclared(findings)
    if not commands:
        return []
    names = ", ".join(f"{command} ({count})" for command, count in commands.most_common(_SHOWN_COMMANDS))
    return [say(language, "upkeep.undeclared", count=commands.total(), commands=names)]


def _is_shown(article: CheckedArticle) -> bool:
    return worst(article.judgement.findings) in {"error", "warning"}


def _unread(article: CheckedArticle, language: Language) -> str:
    """Return what is said of an article that has nothing but notes: what of it cannot be read."""
    unread = [one for one in article.judgement.findings if one.rule in _UNREAD]
    return "\n".join(finding_lines(article.path, unread, language))


def _article_text(article: CheckedArticle, language: Language) -> str:
    verdict = article.judgement
    head = f"{article.path}  [{verdict.status}]  {verdict_sentence(verdict, language)}"
    return "\n".join([head, *finding_lines(article.path, verdict.findings, language)])


def _note_text(note: CheckedNote, language: Language) -> str:
    kind = say(language, f"upkeep.kind-{note.kind}")
    return "\n".join([f"{note.path}  [{kind}]", *finding_lines(note.path, note.findings, language)])


def _note_json(note: CheckedNote, language: Language) -> dict[str, object]:
    return {"path": note.path, "kind": note.kind, "findings": findings_json(note.findings, language)}


def findings_json(findings: Iterable[Finding], language: Language) -> list[dict[str, object]]:
    """Return findings as every `--json` shows them."""
    return [asdict(finding) | {"message": finding.sentence(language)} for finding in findings]


def _article_json(article: CheckedArticle, language: Language) -> dict[str, object]:
    verdict = article.judgement
    return {
        "path": article.path,
        "kind": "article",
        "status": verdict.status,
        "archive_id": article.archive_id,
        "parts": list(verdict.parts),
        "measures": dict(verdict.measures),
        "counts_met": verdict.counts_met,
        "clean": verdict.clean,
        "original": verdict.original,
        "passed": verdict.passed,
        "findings": findings_json(verdict.findings, language),
    }
