"""What `wenqu check` found, as a person reads it and as scripts do."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Final

from agent.standard.findings import Finding, Judgement, Severity
from agent.upkeep.check import CheckedArticle, CheckReport, worst
from agent.upkeep.check_notes import CheckedNote
from agent.upkeep.macros import undeclared
from agent.words import Language, say

_SHOWN_FINDINGS: Final = 12
"""Findings printed per file where several were asked for; the rest are counted, JSON has them all."""
_SHOWN_COMMANDS: Final = 8
_UNREAD: Final = {"front-matter-invalid", "front-matter-unclosed", "bad-character"}


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
    shown = None if alone else _SHOWN_FINDINGS
    blocks = [
        _article_text(article, language, shown, is_strict=report.is_strict)
        if alone or _is_shown(article)
        else _unread(article, language)
        for article in articles
    ]
    notes = sorted(report.notes, key=lambda note: rank[worst(note.findings)])
    graver = (note for note in notes if alone or worst(note.findings) in {"error", "warning"})
    blocks += [_note_text(note, language, shown) for note in graver]
    blocks += [problem.sentence(language) for problem in report.problems]
    if report.notes:
        found = sum(worst(note.findings) in {"error", "warning"} for note in report.notes)
        blocks.append(say(language, "upkeep.check-notes", count=len(report.notes), found=found))
    blocks += without_status_lines(report.without_status, language)
    if not report.articles:
        return "\n\n".join(blocks) or say(language, "upkeep.nothing-to-check")
    summary = say(language, "upkeep.check-summary", standard=report.standard, **report.summary)
    return "\n\n".join([*filter(None, blocks), "\n".join([summary, *_closing_lines(report, language)])])


def verdict_sentence(judgement: Judgement, language: Language, *, is_strict: bool) -> str:
    """Return the verdict on one article in one line."""
    counts = say(language, f"upkeep.counts-{'met' if judgement.counts_met else 'missed'}")
    fine = "clean" if is_strict or not judgement.parts else "clean-but-manner"
    clean = say(language, f"upkeep.{fine if judgement.clean else 'not-clean'}")
    original = say(language, f"upkeep.original-{judgement.original}")
    word = say(language, f"upkeep.{'passed' if judgement.passed else 'not-passed'}")
    key = "verdict" if judgement.parts or judgement.counts_met else "verdict-bare"  # nothing is there to be fine
    return say(language, f"upkeep.{key}", verdict=word, counts=counts, clean=clean, original=original)


def finding_lines(path: str, findings: Sequence[Finding], language: Language, *, shown: int | None = None) -> list[str]:
    """Return "path:line severity rule sentence" per finding, most severe first; beyond `shown` they are counted."""
    ordered = sorted(findings, key=lambda f: (("error", "warning", "note").index(f.severity), f.line))
    lines = [
        f"  {path}:{f.line}  {say(language, f'upkeep.severity-{f.severity}')}  {f.rule}  {f.sentence(language)}"
        for f in ordered[:shown]
    ]
    rest = len(ordered) - len(lines)
    return [*lines, "  " + say(language, "upkeep.more-findings", count=rest, path=path)] if rest else lines


def _closing_lines(report: CheckReport, language: Language) -> list[str]:
    """Return what concerns the whole workspace: older standards that articles passed, commands nobody declares."""
    findings = [finding for article in report.articles for finding in article.judgement.findings]
    older = Counter(finding.found for finding in findings if finding.rule == "standard-older")
    unread = sum(article.awaits_reader for article in report.articles)
    lines = [say(language, "upkeep.check-complete")] if report.summary["completed_but_not_met"] else []
    lines += [say(language, "upkeep.unread", count=unread)] if unread else []
    lines += [
        say(language, "upkeep.completed-under", standard=standard, count=count) for standard, count in older.items()
    ]
    forced = [f"{article.path} ({article.forced})" for article in report.articles if article.forced]
    if forced:
        names = "".join(f"\n  {one}" for one in forced)
        lines.append(say(language, "upkeep.forced-articles", count=len(forced), names=names))
    return [*lines, *undeclared_lines(findings, language)]


def without_status_lines(paths: Sequence[str], language: Language) -> list[str]:
    """Return the line that says how the notes of the articles' folder become articles, none where there are none."""
    return [say(language, "upkeep.without-status", count=len(paths), path=paths[0])] if paths else []


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


def _article_text(article: CheckedArticle, language: Language, shown: int | None, *, is_strict: bool) -> str:
    verdict = article.judgement
    head = f"{article.path}  [{verdict.status}]  {verdict_sentence(verdict, language, is_strict=is_strict)}"
    forced = [say(language, "upkeep.forced", reason=article.forced)] if article.forced else []
    return "\n".join([head, *forced, *finding_lines(article.path, verdict.findings, language, shown=shown)])


def _note_text(note: CheckedNote, language: Language, shown: int | None) -> str:
    kind = say(language, f"upkeep.kind-{note.kind}")
    return "\n".join([f"{note.path}  [{kind}]", *finding_lines(note.path, note.findings, language, shown=shown)])


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
        "forced": article.forced or None,
        "passed": verdict.passed,
        "findings": findings_json(verdict.findings, language),
    }
