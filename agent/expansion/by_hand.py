"""Expands without a model of ours: prompts to take to any other, and its answers through the same gate."""

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from agent.bookkeeping.effort import DERIVATION, writing_order
from agent.bookkeeping.misconceptions import on_topic
from agent.errors import BadArgument, LeavesOut, ModelGarbage, WorkspaceError
from agent.expansion.answers import (
    ANSWER,
    PROMPT,
    Answer,
    Answers,
    answer_path,
    earlier_prompts,
    folder_of,
    next_repair,
    prompt_path,
    read_answers,
    steps_of,
)
from agent.expansion.article import refusal
from agent.expansion.completing import Standing, standing
from agent.expansion.events import Item, Judged
from agent.expansion.exported import Written
from agent.expansion.mend import mark_references, mend_part
from agent.expansion.numbering import recited, taken_numbers, with_numbers, with_part
from agent.expansion.outcome import outcome_of
from agent.expansion.plan import Plan, parse_plan, why_no_plan
from agent.expansion.repair import Parts
from agent.expansion.repaired import Repairing, told
from agent.expansion.verdict import Bench, Verdict, judge_with, whole
from agent.expansion.writer import UNPLANNED, article_prompt
from agent.model.command import as_text
from agent.model.messages import Message, Reply, Request, Usage
from agent.notes.article import Article, parse_article
from agent.standard.findings import Finding
from agent.standard.standard import Standard
from agent.text.invisible import visible
from agent.words import Language, Phrase, say
from agent.workspace.store import Document, Store

Errors = Mapping[int, tuple[Finding, ...]]

HOW_TO: Final = "README.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """An article's prompts, written to `folder`; `answered` are the steps whose answers were found there.

    `next` are the steps to be answered now. `problem` is why the answer to the plan could not be used,
    `not_worth` why it plans nothing. `judged` is what the gate says of the parts answered so far, "" where none is;
    `beside` says what stands there in no part.
    """

    path: str
    folder: str
    prompts: tuple[str, ...]
    answered: tuple[str, ...]
    next: tuple[str, ...]
    problem: str = ""
    not_worth: str = ""
    judged: str = ""
    beside: str = ""


@dataclass(frozen=True, kw_only=True)
class _Work:
    """What is worked at by hand: an article's parts of `wanted`, `before` being those that it holds already.

    `stands` are the texts to begin with, `judge` puts parts into the article.
    """

    article: Article
    bench: Bench
    answers: Answers
    wanted: Collection[int]
    judge: Callable[[Parts], Verdict]
    before: Standing | None = None
    stands: Parts = field(default_factory=dict)

    @property
    def new(self) -> tuple[int, ...]:
        """The parts that the article does not hold, in the order in which they are written."""
        return tuple(number for number in writing_order(self.bench.standard) if number not in self.stands)

    @cached_property
    def taken(self) -> frozenset[str]:
        """The numbers that formulas outside the derivation bear."""
        return taken_numbers(self.article)

    def is_whole(self, parts: Parts) -> bool:
        """Return whether none of the parts is missing."""
        return parts.keys() == self.bench.standard.by_number.keys()


def _work(path: str, folder: Store, bench: Bench, earliest: str | None, *, completes: bool) -> _Work:
    """Return the work at an article: all parts, or what an expansion that stands there lacks if the run `completes`."""
    article = parse_article(path, bench.store.read(path).text, bench.standard, earliest)
    answers = read_answers(folder, path)
    if not (completes and article.holds_expansion):
        return _Work(
            article=article,
            bench=bench,
            answers=answers,
            wanted=bench.standard.by_number.keys(),
            judge=lambda parts: judge_with(article, whole(parts), bench, earliest),
        )
    before = standing(article, bench, earliest)
    return _Work(
        article=article,
        bench=bench,
        answers=answers,
        wanted=before.wanting,
        judge=before.verdict,
        before=before,
        stands=before.mended(),
    )


def export(
    path: str, folder: Store, bench: Bench, *, earliest: str | None, language: Language, completes: bool = False
) -> Exported:
    """Write a prompt for each step, with the answers found in the folder, and how to go on, told in `language`.

    Of an article that holds an expansion these are the steps that complete it, if the run `completes` such articles.
    The prompt of a step that is answered stays: it shows what the answer was written over. The others go where the plan
    finds the article not worth it. Raises NoteInvalid, Unwritable, BadArgument for an answer that cannot be taken and,
    before anything is written, for a file in the way that is not ours, and what reading raises.
    """
    work = _work(path, folder, bench, earliest, completes=completes)
    plan, garbage = _plan(work)
    parts = _parts(work)
    errors = _errors(work, parts)
    prompts = dict(_prompts(work, plan, parts.get(DERIVATION, ""))) | dict(_repairs(work, plan, parts, errors))
    places = {step: prompt_path(path, step) for step in prompts}
    stay = {step for step in work.answers if step in places and folder.inside(places[step]).exists()}
    texts = {places[step]: text for step, text in prompts.items() if step not in stay}
    written = Written(folder)
    written.put({**texts, HOW_TO: say(language, "expansion.by-hand", prompt=PROMPT, answer=ANSWER) + "\n"})
    if plan.not_worth:
        written.remove(earlier_prompts(folder, path, but={*prompts, *work.answers}))
    return Exported(
        path=path,
        folder=folder_of(path),
        prompts=tuple(prompts),
        answered=tuple(work.answers),
        next=_next(prompts, work.answers),
        problem=why_no_plan(garbage, language) if garbage else "",
        not_worth=plan.not_worth,
        judged=_sentence(path, errors, language, stood=not work.answers) if parts.keys() & work.wanted else "",
        beside=_beside(work, language) if completes and not work.answers else "",
    )


def _beside(work: _Work, language: Language) -> str:
    """Say that much of an expansion stands there that is divided into no parts, where parts are missing."""
    stands, missing = work.article.undivided, sorted(work.new)
    if stands is None or not missing:
        return ""
    first, standard = missing[0], work.bench.standard
    heading = standard.part_heading(DERIVATION if DERIVATION in missing else first, work.bench.settings.language)
    facts = {"path": work.article.path, "line": stands[0], "lines": stands[1], "heading": heading}
    return say(language, "expansion.beside", **facts)


def import_answers(
    path: str, folder: Store, bench: Bench, *, earliest: str | None, language: Language, completes: bool = False
) -> Item:
    """Judge the answers and write the article when they pass, else keep them as a draft; what fails is a `problem`.

    Where the run `completes` an expansion nothing is written, the change is a proposal. What is wrong with some of the
    parts is told in `language`.
    """
    try:
        document = bench.store.read(path)
        skipped = refusal(document, bench, earliest, completes=completes)
        if skipped:
            return skipped
        work = _work(path, folder, bench, earliest, completes=completes)
        parts = _parts(work)
        return replace(_imported(document, work, parts, language), completes=completes)
    except (WorkspaceError, BadArgument) as problem:
        return Item(path=path, state="failed", problem=problem)


def _imported(document: Document, work: _Work, parts: Parts, language: Language) -> Item:
    """Return how the article stands: nothing is answered, some parts are, or all are there and it is judged."""
    (plan, garbage), before = _plan(work), work.before
    missing = sorted(number for number in work.new if number not in parts)
    if parts == work.stands and (missing or not (before and before.edits(parts))):
        reason = "answers-not-worth" if plan.not_worth else "skipped-no-plan" if garbage else "skipped-unanswered"
        return Item(path=document.path, state="skipped", reason=reason, other=plan.not_worth)
    if missing:
        return _on_the_way(document.path, _errors(work, parts), missing, language)
    verdict = work.judge(parts)
    ended = before.item(document, parts, verdict, plan) if before else outcome_of(document, verdict, plan, work.bench)
    if garbage and ended.state == "written":
        return replace(ended, reason="written-unplanned")
    failing = [number for number in work.wanted if verdict.errors(number)]
    refused = _to_repair(work.bench.standard, failing)
    if ended.state == "needs_review" and not (ended.problem or ended.proposal) and refused:
        other = say(language, "common.and").join(next_repair(number, work.answers) for number in refused)
        return replace(ended, reason="answers-not-better" if before else "answers-refused", other=other)
    return ended


def _to_repair(standard: Standard, failing: Container[int]) -> Sequence[int]:
    """Return the parts to be repaired next: those that fail, in their order, the derivation alone if it does."""
    wanted = [number for number in writing_order(standard) if number in failing]
    return wanted[:1] if wanted[:1] == [DERIVATION] else wanted


def _on_the_way(path: str, errors: Errors, missing: Sequence[int], language: Language) -> Item:
    """Return how an article stands of which some parts are still to be answered, given the errors of the others."""
    if not errors:
        other = say(language, "common.and").join(map(str, missing))
        return Item(path=path, state="skipped", reason="skipped-on-the-way", other=other)
    reason = "answers-derivation" if DERIVATION in errors else "answers-others"
    return Item(path=path, state="needs_review", reason=reason, other=_sentence(path, errors, language))


def _sentence(path: str, errors: Errors, language: Language, *, stood: bool = False) -> str:
    """Say which of the parts answered, or of those that `stood` there, are refused, with the first findings."""
    told = [(number, error) for number, found in errors.items() for error in found]
    return Judged(path=path, passed=False, errors=errors, new=told, stood=stood).sentence(language)


def _plan(work: _Work) -> tuple[Plan, ModelGarbage | None]:
    """Return the plan that was answered, UNPLANNED for none or where part 2 stands, and why one is of no use."""
    if "plan" not in work.answers or DERIVATION not in work.new:
        return UNPLANNED, None
    reply = Reply(text=work.answers["plan"].text, stop_reason="end_turn", usage=Usage(), model=f"plan{ANSWER}")
    try:
        return parse_plan(reply, work.bench.standard), None
    except ModelGarbage as garbage:
        return UNPLANNED, garbage


def _parts(work: _Work) -> Parts:
    """Return the parts as they were answered last, mended and numbered, and those that stand.

    Raises BadArgument for the repair of one which leaves much of it out.
    """
    parts = dict(work.stands)
    for number in writing_order(work.bench.standard):
        for step in steps_of(number, work.answers):
            if _counts(work, number, work.answers[step], parts):
                parts = with_part(parts, number, _answered(work, number, step, parts))
    return {number: parts[number] for number in sorted(parts)}


def _counts(work: _Work, number: int, answer: Answer, parts: Parts) -> bool:
    """Return whether an answer counts: no part that stands is written anew, a repair is of the part as it is now.

    Where that is another text since, the repair is asked for anew.
    """
    if not answer.present:
        return number not in work.stands
    shown = recited(answer.present, answer.derivation, parts.get(DERIVATION, ""))
    present = visible(parts.get(number, "")).replace("&lt;", "<")
    return number in work.wanted and shown.split() == present.split()


def _answered(work: _Work, number: int, step: str, parts: Parts) -> str:
    """Return an answer as the part's new text; raise BadArgument for a repair that leaves out what it is to keep."""
    answer, standard, language = work.answers[step], work.bench.standard, work.bench.settings.language
    present, derivation = parts.get(number, ""), parts.get(DERIVATION, "")
    stood = number in work.stands
    cited = derivation if number == DERIVATION else answer.derivation
    text = mend_part(answer.text, number, standard, language)
    text = with_numbers(text, number, work.taken, cited=cited, derivation=derivation)
    text = mark_references(text, work.article.citable, standard, language, present if stood else "")
    if not answer.present:
        return text
    path = answer_path(work.article.path, step)
    try:
        return Repairing(
            path=path, number=number, present=present, standard=standard, language=language, stood=stood
        ).taken(text)
    except LeavesOut as lost:
        raise BadArgument(argument=path, reason=Phrase.of("expansion.answer-leaves-out", **lost.facts)) from None


def _next(prompts: Iterable[str], answers: Answers) -> tuple[str, ...]:
    """Return the steps to be answered now: the plan, which may be left out, part 2 and its repair, then the rest."""
    derivation = f"part{DERIVATION}"
    left = [step for step in prompts if step not in answers and (step != "plan" or derivation not in answers)]
    for first in ("plan", derivation, f"repair{DERIVATION}"):
        if one := [step for step in left if step.partition(".")[0] == first]:
            return tuple(one)
    return tuple(left)


def _prompts(work: _Work, plan: Plan, part2: str) -> Iterator[tuple[str, str]]:
    said = {"misconceptions": on_topic(work.bench.archives, work.article)}
    if DERIVATION in work.new:
        yield "plan", _text(work, "expand.plan", **said)
    if plan.not_worth:
        return
    for number in work.new:
        above = "" if number == DERIVATION else part2
        yield f"part{number}", _text(work, f"expand.part{number}", plan=plan, part2=above, **said)


def _errors(work: _Work, parts: Parts) -> Errors:
    """Return the errors of the parts that fail; what a part is to mend for the whole counts once the whole is there."""
    if not parts:
        return {}
    verdict, is_whole = work.judge(parts), work.is_whole(parts)
    found = {n: verdict.errors(n) if is_whole else verdict.own_errors(n) for n in sorted(parts.keys() & work.wanted)}
    return {number: errors for number, errors in found.items() if errors}


def _repairs(work: _Work, plan: Plan, parts: Parts, errors: Errors) -> Iterator[tuple[str, str]]:
    """Yield a prompt for each part that fails, once all are there; before that for the derivation, if it does."""
    language, standard = work.bench.settings.language, work.bench.standard
    wanted = _to_repair(standard, errors)
    if not work.is_whole(parts) and wanted[:1] != [DERIVATION]:
        return
    for number in wanted:
        findings = told(errors[number], parts[number], language)
        part2 = "" if number == DERIVATION else parts.get(DERIVATION, "")
        facts = {"plan": plan, "part2": part2, "number": number, "present": parts[number], "findings": findings}
        yield next_repair(number, work.answers), _text(work, "expand.repair", **facts)


def _text(work: _Work, name: str, **variables: object) -> str:
    """Return a prompt as one text; it shows the shape of its answer, so that nobody has to read a schema."""
    prompt = article_prompt(name, work.article, work.bench.settings, work.bench.standard, **variables)
    messages = (Message("user", prompt.user),)
    return as_text(Request(purpose=name, model="", max_tokens=1, system=prompt.system, messages=messages))
