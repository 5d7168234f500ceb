"""Expands without a model of ours: prompts to take to any other, and its answers through the same gate."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

from agent.bookkeeping.effort import DERIVATION, writing_order
from agent.bookkeeping.misconceptions import on_topic
from agent.errors import ModelGarbage, WorkspaceError
from agent.expansion.article import refusal
from agent.expansion.events import STEP, Item, Judged
from agent.expansion.mend import mark_references, mend_part
from agent.expansion.numbering import taken_numbers, with_numbers
from agent.expansion.outcome import outcome_of, put
from agent.expansion.plan import Plan, parse_plan, remarks, why_no_plan
from agent.expansion.verdict import Bench, Verdict, judge_with, whole
from agent.expansion.writer import UNPLANNED, article_prompt
from agent.model.command import as_text
from agent.model.messages import Message, Reply, Request, Usage
from agent.notes.article import Article, parse_article
from agent.words import say
from agent.workspace.store import Store

PROMPT: Final = ".prompt.md"
ANSWER: Final = ".answer.md"
HOW_TO: Final = "README.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer as it was saved; `derivation` is what the prompt beside it shows of part 2."""

    text: str
    derivation: str


Answers = Mapping[str, Answer]
"""What was answered, by the name of the step: plan, part2, part1 and the others; repair4 and repair4.2 mend part4."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """An article's prompts, written to `folder`; `answered` are the steps whose answers were found there.

    `next` are the steps to be answered now. `problem` is why the answer to the plan could not be used, `remarks` are
    what is odd about one that can be.
    """

    path: str
    folder: str
    prompts: tuple[str, ...]
    answered: tuple[str, ...]
    next: tuple[str, ...]
    problem: str = ""
    remarks: tuple[str, ...] = ()


def folder_of(path: str) -> str:
    """Return where the prompts of an article lie in the folder of an export: under its own path."""
    return path.removesuffix(".md")


def read_answers(folder: Store, path: str) -> Answers:
    """Return the answers given so far for the article at `path`; blank ones are none. Raises Unreadable, NotUtf8."""
    place = folder.inside(folder_of(path))
    files = sorted(place.glob(f"*{ANSWER}")) if place.is_dir() else []
    answers = {}
    for file in files:
        step, text = file.name.removesuffix(ANSWER), folder.read(folder.relative(file)).text
        if text.strip():
            answers[step] = Answer(text=text, derivation=_shown(folder, _prompt_path(path, step)))
    return answers


def _prompt_path(path: str, step: str) -> str:
    return f"{folder_of(path)}/{step}{PROMPT}"


def _shown(folder: Store, prompt: str) -> str:
    """Return what a prompt shows of part 2, "" where it shows nothing or is not there."""
    text = folder.read(prompt).text if folder.inside(prompt).is_file() else ""
    _, opened, rest = text.rpartition("\n<part2>\n")
    shown, closed, _ = rest.partition("\n</part2>\n")
    return shown if opened and closed else ""


def answered_articles(folder: Store) -> tuple[str, ...]:
    """Return the paths of the articles for which the folder holds an answer."""
    files = folder.root.rglob(f"*{ANSWER}")
    return tuple(sorted({f"{folder.relative(file.parent)}.md" for file in files}))


def export(path: str, folder: Store, bench: Bench, *, earliest: str | None) -> Exported:
    """Write a prompt for each step, with the answers found in the folder, and how to go on.

    The prompt of a step that is answered stays: it shows what the answer was written over. Raises NoteInvalid,
    Unwritable and what reading raises.
    """
    article = parse_article(path, bench.store.read(path).text, bench.standard, earliest)
    answers = read_answers(folder, path)
    problem = ""
    try:
        plan = _plan(answers, bench)
    except ModelGarbage as garbage:
        plan, problem = UNPLANNED, why_no_plan(garbage, bench.settings.language)
    remarked = () if plan == UNPLANNED else remarks(plan, article.original, bench.standard)
    prompts = dict(_prompts(article, answers, plan, bench))
    prompts |= dict(_repairs(article, answers, plan, bench, earliest))
    for step, text in prompts.items():
        place = _prompt_path(path, step)
        if step not in answers or not folder.inside(place).exists():
            put(folder, place, text)
    put(folder, HOW_TO, say(bench.settings.language, "expansion.by-hand", prompt=PROMPT, answer=ANSWER) + "\n")
    return Exported(
        path=path,
        folder=folder_of(path),
        prompts=tuple(prompts),
        answered=tuple(answers),
        next=_next(prompts, answers),
        problem=problem,
        remarks=tuple(say(bench.settings.language, one.key, **one.facts) for one in remarked),
    )


def import_answers(path: str, folder: Store, bench: Bench, *, earliest: str | None) -> Item:
    """Judge the answers and write the article when they pass, else keep them as a draft; what fails is a `problem`."""
    try:
        document = bench.store.read(path)
        skipped = refusal(document, bench, earliest)
        if skipped:
            return skipped
        article = parse_article(path, document.text, bench.standard, earliest)
        answers = read_answers(folder, path)
    except WorkspaceError as problem:
        return Item(path=path, state="failed", problem=problem)
    parts = _parts(article, answers, bench)
    plan, is_unusable = UNPLANNED, False
    try:
        plan = _plan(answers, bench)
    except ModelGarbage:
        is_unusable = True
    if not parts:
        reason = "no-plan" if is_unusable else "not-worth" if plan.not_worth else "unanswered"
        return Item(path=path, state="skipped", reason=f"skipped-{reason}", other=plan.not_worth)
    verdict = judge_with(article, whole(parts), bench, earliest)
    if missing := [number for number in bench.standard.by_number if number not in parts]:
        return _on_the_way(path, verdict, sorted(parts), missing, bench)
    return outcome_of(document, verdict, plan, bench)


def _on_the_way(path: str, verdict: Verdict, numbers: Sequence[int], missing: Sequence[int], bench: Bench) -> Item:
    """Return how an article stands of which some parts are still to be answered: only what is there counts."""
    language = bench.settings.language
    errors = {number: found for number in numbers if (found := verdict.own_errors(number))}
    if not errors:
        other = ("、" if language == "zh" else ", ").join(map(str, missing))
        return Item(path=path, state="skipped", reason="skipped-on-the-way", other=other)
    told = [(number, error) for number, found in errors.items() for error in found]
    said = Judged(path=path, passed=False, errors=errors, new=told).sentence(language)
    reason = "answers-derivation" if DERIVATION in errors else "answers-others"
    return Item(path=path, state="needs_review", reason=reason, other=said)


def _plan(answers: Answers, bench: Bench) -> Plan:
    """Return the plan that was answered, UNPLANNED where none was; raise ModelGarbage for one that is none."""
    if "plan" not in answers:
        return UNPLANNED
    reply = Reply(text=answers["plan"].text, stop_reason="end_turn", usage=Usage(), model=f"plan{ANSWER}")
    return parse_plan(reply, bench.standard)


def _parts(article: Article, answers: Answers, bench: Bench) -> Mapping[int, str]:
    """Return the parts as they were answered last, mended and numbered."""
    standard, language, taken = bench.standard, bench.settings.language, taken_numbers(article)
    parts: dict[int, str] = {}
    for number in writing_order(standard):
        for step in _answered(number, answers):
            derivation = parts.get(DERIVATION, "")
            cited = derivation if number == DERIVATION else answers[step].derivation
            mended = mend_part(answers[step].text, number, standard, language)
            text = with_numbers(mended, number, taken, cited=cited, derivation=derivation)
            parts[number] = mark_references(text, article.original, standard, language)
    return {number: parts[number] for number in sorted(parts)}


def _answered(number: int, answers: Answers) -> tuple[str, ...]:
    """Return the steps of a part that are answered, the latest last."""
    own = [step for step in answers if (match := STEP.fullmatch(step)) and match["number"] == str(number)]
    return tuple(sorted(own, key=lambda step: (len(step), step)))


def _next_repair(number: int, answers: Answers) -> str:
    first = f"repair{number}"
    return first if first not in answers else next(s for n in count(2) if (s := f"{first}.{n}") not in answers)


def _next(prompts: Iterable[str], answers: Answers) -> tuple[str, ...]:
    """Return the steps to be answered now: the plan, which may be left out, part 2 and its repair, then the rest."""
    derivation = f"part{DERIVATION}"
    left = [step for step in prompts if step not in answers and (step != "plan" or derivation not in answers)]
    for first in ("plan", derivation, f"repair{DERIVATION}"):
        if one := [step for step in left if step.partition(".")[0] == first]:
            return tuple(one)
    return tuple(left)


def _prompts(article: Article, answers: Answers, plan: Plan, bench: Bench) -> Iterator[tuple[str, str]]:
    part2 = _parts(article, answers, bench).get(DERIVATION, "")
    said = {"misconceptions": on_topic(bench.archives, article)}
    yield "plan", _text(article, bench, "expand.plan", **said)
    if plan.not_worth:
        return
    for number in writing_order(bench.standard):
        above = "" if number == DERIVATION else part2
        yield f"part{number}", _text(article, bench, f"expand.part{number}", plan=plan, part2=above, **said)


def _repairs(
    article: Article, answers: Answers, plan: Plan, bench: Bench, earliest: str | None
) -> Iterator[tuple[str, str]]:
    """Yield a prompt for each part that fails, once all are answered; before that for the derivation, if it does.

    What a part is to mend for the whole counts once the whole is there.
    """
    parts, language = _parts(article, answers, bench), bench.settings.language
    if not parts:
        return
    verdict, is_whole = judge_with(article, whole(parts), bench, earliest), set(parts) == set(bench.standard.by_number)
    errors = {number: verdict.errors(number) if is_whole else verdict.own_errors(number) for number in parts}
    failing = [number for number in writing_order(bench.standard) if errors.get(number)]
    if not is_whole and failing[:1] != [DERIVATION]:
        return
    for number in failing[:1] if failing[:1] == [DERIVATION] else failing:
        findings = [f"{found.line}: {found.sentence(language)}" for found in errors[number]]
        part2 = "" if number == DERIVATION else parts[DERIVATION]
        facts = {"plan": plan, "part2": part2, "number": number, "present": parts[number], "findings": findings}
        yield _next_repair(number, answers), _text(article, bench, "expand.repair", **facts)


def _text(article: Article, bench: Bench, name: str, **variables: object) -> str:
    """Return a prompt as one text; it shows the shape of its answer, so that nobody has to read a schema."""
    prompt = article_prompt(name, article, bench.settings, bench.standard, **variables)
    messages = (Message("user", prompt.user),)
    return as_text(Request(purpose=name, model="", max_tokens=1, system=prompt.system, messages=messages))
