"""`wenqu check`: the gate over articles, offline; findings with file and line, a summary, an exit code."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from agent.errors import BadArgument, UnknownFile, WorkspaceError
from agent.notes.article import COMPLETED, PENDING, archive_id, is_article
from agent.standard.findings import Finding, Judgement, Severity
from agent.standard.gate import judge
from agent.standard.standard import Standard
from agent.text.formulas import Compiler
from agent.words import Language, say
from agent.workspace.history import earliest_texts
from agent.workspace.layout import survey
from agent.workspace.store import Document, Store

_SHOWN_FINDINGS: Final = 12
"""Findings printed per article in text; the rest are counted, JSON has them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedArticle:
    """One article with its verdict."""

    path: str
    archive_id: str
    judgement: Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """The verdicts on the articles asked for; `problems` are files that could not be read."""

    standard: str
    articles: tuple[CheckedArticle, ...]
    problems: tuple[WorkspaceError, ...]

    @property
    def summary(self) -> Mapping[str, int]:
        """The counts of interfaces.md."""
        verdicts = [article.judgement for article in self.articles]
        completed = [verdict for verdict in verdicts if verdict.status == COMPLETED]
        return {
            "files": len(self.articles) + len(self.problems),
            "articles": len(verdicts),
            "completed": len(completed),
            "pending": sum(verdict.status == PENDING for verdict in verdicts),
            "counts_met": sum(verdict.counts_met for verdict in verdicts),
            "passed": sum(verdict.passed for verdict in verdicts),
            "completed_but_not_met": sum(not verdict.counts_met for verdict in completed),
        }

    @property
    def exit_code(self) -> int:
        """1 when an error stands among the findings or a file could not be read, else 0."""
        errors = any(f.severity == "error" for article in self.articles for f in article.judgement.findings)
        return int(errors or bool(self.problems))


def check(
    store: Store, paths: Sequence[str], *, standard: Standard, compiler: Compiler, strict: bool = False
) -> CheckReport:
    """Judge the articles among `paths` (files or folders; none means the whole workspace).

    Raises UnknownFile for a path that is not there and BadArgument for a file that is no article.
    """
    asked = [store.relative(path) for path in paths]
    notes = [entry.path for entry in survey(store.root).notes]
    chosen = _chosen(store, asked, notes)
    earliest = earliest_texts(store.root, chosen)
    articles, problems = [], []
    for document in store.read_all(chosen):
        if isinstance(document, WorkspaceError):
            problems.append(document)
        elif is_article(document.path, document.text):
            verdict = judge_document(document, standard, compiler, earliest.get(document.path), strict=strict)
            articles.append(verdict)
        elif document.path in asked:
            raise BadArgument(argument=document.path, reason="no front matter with a status line")
    return CheckReport(standard=standard.id, articles=tuple(articles), problems=tuple(problems))


def judge_document(
    document: Document, standard: Standard, compiler: Compiler, earliest: str | None, *, strict: bool = False
) -> CheckedArticle:
    """Judge one article that was read."""
    verdict = judge(document.text, standard, compiler=compiler, earliest=earliest, own=strict)
    return CheckedArticle(path=document.path, archive_id=archive_id(document.text), judgement=verdict)


def as_json(report: CheckReport, language: Language) -> dict[str, object]:
    """Return the report in the shape of interfaces.md."""
    return {
        "standard": report.standard,
        "files": [_article_json(article, language) for article in report.articles]
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
    blocks = [_article_text(article, language) for article in articles if len(articles) == 1 or _is_shown(article)]
    blocks += [problem.sentence(language) for problem in report.problems]
    if not report.articles:
        return "\n\n".join([*blocks, say(language, "upkeep.no-articles")])
    return "\n\n".join([*blocks, say(language, "upkeep.check-summary", standard=report.standard, **report.summary)])


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


def _chosen(store: Store, asked: Sequence[str], notes: Sequence[str]) -> list[str]:
    if not asked:
        return list(notes)
    chosen: list[str] = []
    for path in asked:
        place = store.inside(path)
        if place.is_dir():
            chosen += [note for note in notes if path == "." or note.startswith(f"{path}/")]
        elif place.exists():
            chosen.append(path)
        else:
            raise UnknownFile(path=path, root=str(store.root))
    return list(dict.fromkeys(chosen))


def _is_shown(article: CheckedArticle) -> bool:
    return worst(article.judgement.findings) in {"error", "warning"}


def _article_text(article: CheckedArticle, language: Language) -> str:
    verdict = article.judgement
    head = f"{article.path}  [{verdict.status}]  {verdict_sentence(verdict, language)}"
    return "\n".join([head, *finding_lines(article.path, verdict.findings, language)])


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
        "findings": [asdict(finding) | {"message": finding.sentence(language)} for finding in verdict.findings],
    }
