"""Writes what became of an article: the article itself when it passed, else a draft with what was found."""

from agent.errors import AgentError, ChangedOnDisk
from agent.expansion.events import Item, State, draft_path, findings_path
from agent.expansion.findings_sheet import findings_sheet
from agent.expansion.plan import Plan
from agent.expansion.review import review_sheet
from agent.expansion.verdict import Bench, Verdict, beside_others, judge_with
from agent.notes.article import parse_article
from agent.words import say
from agent.workspace.store import PRIVATE_FOLDER, Document, Store


def outcome_of(
    document: Document, verdict: Verdict, plan: Plan, bench: Bench, problem: AgentError | None = None
) -> Item:
    """Write the article when it passed, else keep the draft; `problem` is why it is not finished."""
    with bench.writing:
        verdict = beside_others(verdict, document.path, bench) if verdict.passed else verdict
        if verdict.passed:
            return write_article(document, verdict, plan, bench)
    draft = keep_draft(document.path, verdict, bench, is_finished=problem is None)
    findings = verdict.draft_findings(bench.standard)
    state: State = "failed" if problem else "needs_review"
    return Item(path=document.path, state=state, findings=findings, draft=draft, problem=problem)


def write_article(document: Document, verdict: Verdict, plan: Plan | None, bench: Bench) -> Item:
    """Write the article that passed, in one step; a file changed meanwhile stays as it is.

    Its review sheet goes first: whenever the process dies, no article is completed without one.
    """
    path, review = document.path, f"{PRIVATE_FOLDER}/reviews/{document.path}"
    try:
        if bench.store.read(path).sha256 != document.sha256:
            raise ChangedOnDisk(path=path, beside=draft_path(path))  # noqa: TRY301 - the store finds it one step later
        put(bench.store, review, _sheet(path, verdict, plan, bench))
        bench.store.write(path, verdict.text, expected_sha256=document.sha256)
    except ChangedOnDisk:
        draft = keep_draft(path, verdict, bench)
        problem = ChangedOnDisk(path=path, beside=draft)
        return Item(path=path, state="needs_review", draft=draft, problem=problem)
    return Item(path=path, state="written", findings=verdict.judgement.findings, review=review)


def _sheet(path: str, verdict: Verdict, plan: Plan | None, bench: Bench) -> str:
    return review_sheet(
        path,
        verdict.text,
        verdict.parts[0].line,
        plan,
        bench.standard,
        language=bench.settings.language,
        today=bench.now().date().isoformat(),
    )


def keep_draft(path: str, verdict: Verdict, bench: Bench, *, is_finished: bool = True) -> str:
    """Keep the expansion and its findings under `.wenqu/drafts`; return its path.

    An edited draft is never replaced. One that a stopped run left behind, not `is_finished`, gives way to what the next
    run makes of it as long as nobody has edited it: its findings name its hash.
    """
    wanted = draft_path(path)
    draft, number = wanted, 1
    while not _is_free(draft, verdict.expansion, bench.store):
        number += 1
        draft = f"{wanted.removesuffix('.md')} ({number}).md"
    kept = put(bench.store, draft, verdict.expansion)
    _keep_findings(path, draft, verdict, bench, unfinished="" if is_finished else kept.sha256)
    return draft


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
    with bench.writing:
        verdict = beside_others(verdict, path, bench) if verdict.passed else verdict
        if verdict.passed:
            return write_article(document, verdict, None, bench)
    _keep_findings(path, place, verdict, bench)
    findings = verdict.draft_findings(bench.standard)
    return Item(path=path, state="needs_review", findings=findings, draft=place)


def _is_free(draft: str, text: str, store: Store) -> bool:
    if not store.inside(draft).exists():
        return True
    present, sheet = store.read(draft), findings_path(draft)
    return present.text == text or (store.inside(sheet).exists() and present.sha256 in store.read(sheet).text)


def _keep_findings(path: str, draft: str, verdict: Verdict, bench: Bench, *, unfinished: str = "") -> None:
    language, findings = bench.settings.language, verdict.draft_findings(bench.standard)
    sheet = findings_sheet(path, draft, findings, core_rules=verdict.core_rules, language=language)
    if unfinished:
        sheet += "\n" + say(language, "expansion.findings-unfinished", sha256=unfinished) + "\n"
    put(bench.store, findings_path(draft), sheet)


def put(store: Store, path: str, text: str) -> Document:
    """Write a file that is the program's own, whatever stood there."""
    present = store.read(path) if store.inside(path).exists() else None
    if present and present.text == text:
        return present
    return store.write(path, text, expected_sha256=present.sha256 if present else None)
