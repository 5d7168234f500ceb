"""Writes what became of an article: the article itself when it passed, else a draft with what was found."""

from collections.abc import Container, Sequence
from contextlib import suppress
from glob import escape

from agent.errors import AgentError, BadArgument, ChangedOnDisk, WorkspaceError
from agent.expansion.events import Item, State, draft_path, findings_path, review_path
from agent.expansion.findings_sheet import findings_sheet, gravest_first
from agent.expansion.plan import Plan
from agent.expansion.sheet.changes import Change
from agent.expansion.sheet.review import Sheet, review_sheet
from agent.expansion.turns import AT_WORK
from agent.expansion.verdict import Bench, Verdict, beside_others, judge_edited, judge_with, lines_of
from agent.notes.article import Article, parse_article, was_read
from agent.standard.findings import COMPLETED
from agent.standard.parts import find_parts
from agent.text import frontmatter
from agent.text.outline import outline
from agent.words import Phrase, say
from agent.workspace.store import Document, Store


def outcome_of(
    document: Document, verdict: Verdict, plan: Plan, bench: Bench, problem: AgentError | None = None
) -> Item:
    """Write the article when it passed, else keep the draft; `problem` is why it is not finished."""
    sheet = sheet_of(document.path, verdict, plan, bench) if verdict.passed else None
    with bench.writing:
        verdict = beside_others(verdict, document.path, bench) if verdict.passed else verdict
        if sheet and verdict.passed:
            return write_article(document, verdict, sheet, bench)
        draft = keep_draft(document.path, verdict, bench)
    findings = gravest_first(verdict.draft_findings(bench.standard), verdict.core_rules)
    state: State = "failed" if problem else "needs_review"
    return Item(path=document.path, state=state, findings=findings, draft=draft, problem=problem)


def write_article(document: Document, verdict: Verdict, sheet: Sheet, bench: Bench) -> Item:
    """Write the article that passed, in one step; a file changed meanwhile stays as it is, and a draft is kept.

    Its review `sheet` goes first: whenever the process dies, no article is completed without one.
    """
    path, review = document.path, review_path(document.path)
    try:
        if bench.store.read(path).sha256 != document.sha256:
            raise ChangedOnDisk(path=path, beside=draft_path(path))  # noqa: TRY301 - the store finds it one step later
        put(bench.store, review, sheet.text)
        bench.store.write(path, verdict.text, expected_sha256=document.sha256)
    except ChangedOnDisk:
        draft = keep_draft(path, verdict, bench)
        problem = ChangedOnDisk(path=path, beside=draft)
        return Item(path=path, state="needs_review", draft=draft, problem=problem)
    except WorkspaceError as problem:  # it is gone, or no sheet can be written
        return Item(path=path, state="failed", draft=keep_draft(path, verdict, bench), problem=problem)
    _settle_drafts(path, verdict.expansion, bench.store)
    findings = verdict.judgement.findings
    reason = "written-read" if was_read(verdict.text) else ""
    return Item(path=path, state="written", findings=findings, review=review, points=sheet.points, reason=reason)


def _settle_drafts(path: str, written: str, store: Store) -> None:
    """Remove the drafts of an article that is written now, with their findings; one that holds other edits stays.

    So do folders that are empty then; whoever calls keeps others from writing drafts meanwhile.
    """
    store.remove_private(findings_path(path, ""))  # of a draft elsewhere, which is not ours
    usual = store.inside(draft_path(path))
    numbered = usual.parent.glob(f"{escape(usual.stem)} (*).md") if usual.parent.is_dir() else ()
    for file in (usual, *sorted(numbered)):
        draft = store.relative(file)
        with suppress(WorkspaceError, OSError):
            if store.read(draft).text == written or _is_ours(path, draft, store):
                store.remove_private(draft)
                store.remove_private(findings_path(path, draft))
    with suppress(OSError):  # it is not empty, or nothing was there
        for folder in usual.parents[: path.count("/") + 1]:
            folder.rmdir()


def sheet_of(
    path: str,
    verdict: Verdict,
    plan: Plan | None,
    bench: Bench,
    *,
    stood: Container[int] = (),
    changes: Sequence[Change] = (),
) -> Sheet:
    """Return the review sheet of an article whose text is the verdict's; `stood` and `changes` as in review_sheet."""
    with AT_WORK.in_turn():
        return review_sheet(
            path,
            verdict.structure,
            verdict.parts[0].line,
            plan,
            bench.standard,
            relation=verdict.relation,
            declared=verdict.doubts,
            stood=stood,
            changes=changes,
            language=bench.settings.language,
            today=bench.now().date().isoformat(),
        )


def keep_draft(path: str, verdict: Verdict, bench: Bench) -> str:
    """Keep the expansion and its findings under `.wenqu/drafts`; return its path.

    A draft that somebody edited is never replaced, nor taken for ours when a run writes the same. Another gives way to
    a later one that holds as many parts.
    """
    wanted = draft_path(path)
    draft, number = wanted, 1
    while not _gives_way(path, draft, verdict, bench):
        number += 1
        draft = f"{wanted.removesuffix('.md')} ({number}).md"
    is_ours = not bench.store.inside(draft).exists() or _is_ours(path, draft, bench.store)
    put(bench.store, draft, verdict.expansion)
    _keep_findings(path, draft, verdict, bench, is_ours=is_ours)
    return draft


def accept_draft(path: str, bench: Bench, *, draft: str = "", earliest: str | None = None) -> Item:
    """Judge a draft edited by hand and write it into its article when it passes.

    `draft` is "" for the usual place. Where it does not pass the article stays, the findings of the draft are renewed,
    and the item ends needs_review; without one it is skipped. Raises BadArgument for a named file that is none,
    NoteInvalid, OriginalLost.
    """
    document = bench.store.read(path)
    article = parse_article(path, document.text, bench.standard, earliest)
    if article.is_expanded:
        judged = judge_edited(article, (), bench, earliest, stood=lines_of(article))
        is_done = judged.passed and article.status == COMPLETED
        return Item(path=path, state="skipped", reason="skipped-passed") if is_done else already_expanded(article)
    if not draft and not has_draft(path, bench.store):
        return Item(path=path, state="skipped", reason="skipped-no-draft", other=draft_path(path))
    place = draft or draft_path(path)
    text = bench.store.read(place).text
    if draft:
        _must_be_draft(draft, text, bench)
    verdict = judge_with(article, text, bench, earliest)
    sheet = sheet_of(path, verdict, None, bench) if verdict.passed else None
    with bench.writing:
        verdict = beside_others(verdict, path, bench) if verdict.passed else verdict
        if sheet and verdict.passed:
            return write_article(document, verdict, sheet, bench)
    _keep_findings(path, place, verdict, bench, is_ours=_is_ours(path, place, bench.store))
    findings = gravest_first(verdict.draft_findings(bench.standard), verdict.core_rules)
    return Item(path=path, state="needs_review", findings=findings, draft=place)


def _must_be_draft(place: str, text: str, bench: Bench) -> None:
    """Raise BadArgument for a text that holds no part of the standard, or has front matter, as an article has."""
    standard = bench.standard
    if frontmatter.find(text) is not None or not find_parts(outline(text), standard):
        heading = standard.part_heading(min(standard.by_number), bench.settings.language)
        raise BadArgument(argument=f"--draft {place}", reason=Phrase.of("expansion.no-draft-file", heading=heading))


def already_expanded(article: Article) -> Item:
    """Return the skipped item of an article that holds an expansion, or a heading that makes it seem so."""
    lone = article.lone_heading
    reason = "skipped-heading" if lone else "skipped-expanded"
    return Item(path=article.path, state="skipped", reason=reason, other=lone)


def has_draft(path: str, store: Store) -> bool:
    """Say whether there is a draft at the article's usual place."""
    return store.inside(draft_path(path)).is_file()


def accepted(path: str, bench: Bench, *, draft: str = "", earliest: str | None = None) -> Item:
    """Return how `accept_draft` ended; what it raises is the item's problem, so that the others are judged too."""
    try:
        return accept_draft(path, bench, draft=draft, earliest=earliest)
    except WorkspaceError as problem:
        return Item(path=path, state="failed", problem=problem)


def _gives_way(path: str, draft: str, verdict: Verdict, bench: Bench) -> bool:
    if not bench.store.inside(draft).exists():
        return True
    present = bench.store.read(draft).text
    holds_more = len(find_parts(outline(present), bench.standard)) > len(verdict.parts)
    return present == verdict.expansion or (_is_ours(path, draft, bench.store) and not holds_more)


def _is_ours(path: str, draft: str, store: Store) -> bool:
    """Return whether nobody has edited a draft: its findings name its hash."""
    sheet = findings_path(path, draft)
    return store.inside(sheet).exists() and store.read(draft).sha256 in store.read(sheet).text


def _keep_findings(path: str, draft: str, verdict: Verdict, bench: Bench, *, is_ours: bool) -> None:
    """Write the findings of a draft, with its hash if it `is_ours`."""
    language, findings = bench.settings.language, verdict.draft_findings(bench.standard)
    sheet = findings_sheet(path, draft, findings, core_rules=verdict.core_rules, language=language)
    if is_ours:
        sheet += f"\n{say(language, 'expansion.findings-of', sha256=bench.store.read(draft).sha256)}\n"
    put(bench.store, findings_path(path, draft), sheet)


def put(store: Store, path: str, text: str) -> Document:
    """Write a file that is the program's own, whatever stood there."""
    present = store.read(path) if store.inside(path).exists() else None
    if present and present.text == text:
        return present
    return store.write(path, text, expected_sha256=present.sha256 if present else None)
