"""Writes what became of an article: the article itself when it passed, else a draft with what was found."""

from pathlib import PurePosixPath

from agent.errors import ChangedOnDisk
from agent.expansion.events import Item
from agent.expansion.plan import Plan
from agent.expansion.review import review_sheet
from agent.expansion.verdict import Bench, Verdict, judge_with
from agent.notes.article import parse_article
from agent.standard.findings import Finding
from agent.words import say
from agent.workspace.store import PRIVATE_FOLDER, Document, Store


def write_article(document: Document, verdict: Verdict, plan: Plan | None, bench: Bench) -> Item:
    """Write the article that passed, in one step, and its review sheet; a file changed meanwhile stays as it is."""
    path = document.path
    try:
        if bench.store.read(path).sha256 != document.sha256:
            raise ChangedOnDisk(path=path, beside=draft_path(path))  # noqa: TRY301 - the store finds it one step later
        bench.store.write(path, verdict.text, expected_sha256=document.sha256)
    except ChangedOnDisk:
        draft = keep_draft(path, verdict, bench)
        problem = ChangedOnDisk(path=path, beside=draft)
        return Item(path=path, state="needs_review", draft=draft, problem=problem)
    review = f"{PRIVATE_FOLDER}/reviews/{_name(path)}"
    sheet = review_sheet(
        path,
        verdict.text,
        verdict.parts[0].line,
        plan,
        bench.standard,
        language=bench.settings.language,
        today=bench.now().date().isoformat(),
    )
    _put(bench.store, review, sheet)
    return Item(path=path, state="written", findings=verdict.judgement.findings, review=review)


def keep_draft(path: str, verdict: Verdict, bench: Bench) -> str:
    """Keep the expansion and its findings under `.wenqu/drafts`; return its path. An edited draft is never replaced."""
    wanted = draft_path(path)
    draft, number = wanted, 1
    while bench.store.inside(draft).exists() and bench.store.read(draft).text != verdict.expansion:
        number += 1
        draft = f"{wanted.removesuffix('.md')} ({number}).md"
    _put(bench.store, draft, verdict.expansion)
    _keep_findings(path, draft, verdict.draft_findings(bench.standard), bench)
    return draft


def draft_path(path: str) -> str:
    """Return where the draft of an article lies."""
    return f"{PRIVATE_FOLDER}/drafts/{_name(path)}"


def accept_draft(path: str, bench: Bench, *, draft: str = "", earliest: str | None = None) -> Item:
    """Judge a draft edited by hand and write it into its article when it passes.

    `draft` is "" for the usual place. Otherwise the article stays, the findings beside the draft are renewed, and the
    item ends needs_review. Raises Unreadable when there is no draft, NoteInvalid, OriginalLost.
    """
    document = bench.store.read(path)
    article = parse_article(path, document.text, bench.standard, earliest)
    if article.is_expanded:
        return Item(path=path, state="skipped", reason="skipped-expanded")
    place = draft or draft_path(path)
    verdict = judge_with(article, bench.store.read(place).text, bench, earliest)
    if verdict.passed:
        return write_article(document, verdict, None, bench)
    findings = verdict.draft_findings(bench.standard)
    _keep_findings(path, place, findings, bench)
    return Item(path=path, state="needs_review", findings=findings, draft=place)


def _keep_findings(path: str, draft: str, findings: tuple[Finding, ...], bench: Bench) -> None:
    language = bench.settings.language
    top = say(language, "expansion.findings-top", path=path, draft=draft, count=len(findings))
    lines = [f"- {finding.line}: {finding.sentence(language)} ({finding.rule})" for finding in findings]
    _put(bench.store, f"{draft.removesuffix('.md')}.findings.md", "\n".join([top, "", *lines]) + "\n")


def _name(path: str) -> str:
    return PurePosixPath(path).name


def _put(store: Store, path: str, text: str) -> None:
    """Write a file that is the program's own, whatever stood there."""
    present = store.read(path) if store.inside(path).exists() else None
    if present is None or present.text != text:
        store.write(path, text, expected_sha256=present.sha256 if present else None)
