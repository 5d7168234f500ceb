"""`wenqu plan`: the next batch of articles with reasons and its price, and what of a learner's plan is behind."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, Final

import typer

from agent.bookkeeping.documents import parse_documents
from agent.bookkeeping.effort import ARTICLES_AT_ONCE, effort, wall_seconds
from agent.bookkeeping.estimates import Estimate, dollars
from agent.bookkeeping.facts import gather
from agent.bookkeeping.known import Known
from agent.bookkeeping.proposals import Proposal, changed
from agent.bookkeeping.reading import read_notes
from agent.cli.desk import Desk, open_desk, show
from agent.cli.options import Json, Lang, NoColor, Yes
from agent.cli.proposals import propose
from agent.errors import BadArgument
from agent.notes.article_plan_edits import NewBatch, next_batch_edits
from agent.research.learning_plan import LearningPlan, LectureState, Week, learning_plan
from agent.research.measured import Measured, measured
from agent.research.planning import OTHERS, Group, Listed, Plan
from agent.research.planning import plan as plan_batches
from agent.text.tokens import is_chinese
from agent.words import Language, say

_MINUTE: Final = 60
_SHOWN: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Price:
    """What a group of articles would take: estimated, and as measured on earlier ones."""

    estimate: Estimate
    minutes: int
    measured: Measured | None

    @property
    def cost(self) -> str:
        """The price as it was measured, else as it is estimated."""
        if self.measured and self.measured.cost is not None:
            return dollars(self.measured.cost * self.estimate.items)
        return dollars(self.estimate.cost)


def plan(
    ctx: typer.Context,
    size: Annotated[int, typer.Option("--size", metavar="N", min=1, help="plan-size")] = 0,
    choose: Annotated[str, typer.Option("--take", metavar="NAME", help="plan-take")] = "",
    *,
    yes: Yes = False,
    as_json: Json = False,
    lang: Lang = None,
    no_color: NoColor = False,
) -> None:
    """Propose the next batch of articles, and show a learner's plan."""
    desk = open_desk(ctx, lang, no_color=no_color, yes=yes, as_json=as_json)
    known = Known(desk.store, desk.settings)
    notes = read_notes(desk.store, known)
    documents = parse_documents(notes.texts, desk.settings.layout, heads=notes.heads)
    today = desk.today()
    broken = [path for path, head in notes.heads.items() if head.broken]
    made = plan_batches(documents, excluded=desk.settings.exclude, broken=broken, size=size)
    learning = learning_plan(documents, gather(documents, notes), today)
    group = _chosen(desk, made, choose)
    price = _price(desk, group) if group else None
    proposals = _proposals(desk, made, group, price) if group and price else ()
    if as_json:
        propose(desk, proposals, _json(desk, made, group, price, learning, today))
        return
    if learning:
        _show_learning(desk, learning, today)
    if documents.articles:
        _show_articles(desk, made, group, price)
    elif not learning:
        desk.say("plans.no-articles")
    propose(desk, proposals)


def _chosen(desk: Desk, made: Plan, name: str) -> Group | None:
    """Return the group that was named, else the best; raise BadArgument for a name that none has."""
    if not name:
        return next(iter(made.groups), None)
    found = next((one for one in made.groups if one.name.casefold() == name.casefold()), None)
    if found is None:
        known = ", ".join(one.name for one in made.groups[:_SHOWN]) or "–"
        raise BadArgument(argument=f"--take {name}", reason=say(desk.language, "plans.no-such-group", known=known))
    return found


def _price(desk: Desk, group: Group) -> _Price:
    standard, model = desk.standard(), desk.settings.model.main
    each = [effort([head.tokens], standard, model) for head in group.heads]
    seconds = wall_seconds(each, ARTICLES_AT_ONCE)
    estimate = effort([head.tokens for head in group.heads], standard, model)
    return _Price(estimate=estimate, minutes=max(1, round(seconds / _MINUTE)), measured=measured(desk.store))


def _proposals(desk: Desk, made: Plan, group: Group, price: _Price) -> tuple[Proposal, ...]:
    """Return the change that writes the batch into the document that lists the others, in its language."""
    if not made.model:
        return ()
    document = desk.store.read(made.model)
    language: Language = "zh" if is_chinese(document.text) else "en"
    new = NewBatch(
        number=made.number,
        title=group.name,
        articles=tuple(head.path.rpartition("/")[2] for head in group.heads),
        why=_reasons(group, language),
        why_label=say(language, "plans.why-label"),
        time=say(language, "plans.time", minutes=price.minutes, cost=price.cost),
    )
    return (
        changed(
            document,
            next_batch_edits(document.text, new),
            say(desk.language, "plans.why-write", number=made.number, title=group.name),
            subject="next-batch",
        ),
    )


def _reasons(group: Group, language: Language) -> str:
    return say(language, "common.semicolon").join(say(language, one.key, **one.facts) for one in group.reasons)


def _show_articles(desk: Desk, made: Plan, group: Group | None, price: _Price | None) -> None:
    _show_some(desk, "plans.listed", [_listed_line(desk, one) for one in made.listed])
    if made.listed:
        going = next((one.number for one in made.listed if one.open), 0)
        if going:
            desk.say("plans.listed-step", number=going)
    if group and price:
        desk.say("plans.next", number=made.number, title=group.name, count=len(group.heads))
        for head in group.heads:
            facts = {"path": head.path, "title": head.title, "characters": f"{head.characters:,}"}
            show(f"  {say(desk.language, 'plans.next-article', **facts)}")
        show(f"  {_reasons(group, desk.language)}")
        _show_price(desk, price)
        others = [one for one in made.groups if one is not group][:OTHERS]
        if others:
            desk.say("plans.others")
        for other in others:
            why = _reasons(other, desk.language)
            show(f"  {say(desk.language, 'plans.other', title=other.name, count=len(other.heads), why=why)}")
        if not made.model:
            desk.say("plans.no-place")
    else:
        desk.say("plans.nothing" if made.waiting else "plans.nothing-waits", waiting=made.waiting)
    _show_some(desk, "plans.duplicates", [" = ".join(paths) for paths in made.duplicates])
    out = [f"{one.path}  {say(desk.language, one.reason.key, **one.reason.facts)}" for one in made.left_out]
    _show_some(desk, "plans.left-out", out)


def _show_some(desk: Desk, key: str, lines: list[str]) -> None:
    """Show a list under its heading, the first of a long one; nothing for an empty one."""
    if lines:
        desk.say(key)
    for line in lines[:_SHOWN]:
        show(f"  {line}")
    if len(lines) > _SHOWN:
        show(f"  {say(desk.language, 'plans.more', count=len(lines) - _SHOWN)}")


def _listed_line(desk: Desk, one: Listed) -> str:
    gone = say(desk.language, "plans.listed-gone", count=len(one.gone)) if one.gone else ""
    facts = {"number": one.number, "done": one.done, "total": one.total, "place": f"{one.path}:{one.line}"}
    return say(desk.language, "plans.listed-batch", gone=gone, **facts)


def _show_price(desk: Desk, price: _Price) -> None:
    estimate, own = price.estimate, price.measured
    facts = {"calls": estimate.calls, "output": f"{estimate.output_tokens:,}", "cost": dollars(estimate.cost)}
    line = say(desk.language, "plans.estimate", minutes=price.minutes, workers=ARTICLES_AT_ONCE, **facts)
    show(f"  {line}")
    if own:
        facts = {"count": own.articles, "output": f"{own.output_tokens:,}", "each": dollars(own.cost)}
        show(f"  {say(desk.language, 'plans.measured', cost=price.cost, **facts)}")


def _show_learning(desk: Desk, learning: LearningPlan, today: str) -> None:
    desk.say("plans.learning", path=learning.path)
    for line in _weeks(desk, learning.weeks, today):
        show(line)
    wanted = learning.wanted(today)
    missing = [one for one in wanted if not one.notes]
    if not any(week.ends for week in learning.weeks):
        desk.say("plans.no-dates")
    elif missing:
        names = " ".join(f"{one.number:02}" for one in missing)
        counts = {"wanted": len(wanted), "held": len(wanted) - len(missing), "count": len(missing)}
        desk.say("plans.behind", names=names, **counts)
    else:
        desk.say("plans.on-time" if wanted else "plans.none-wanted", wanted=len(wanted))
    if learning.pace:
        desk.say("plans.pace", **(asdict(learning.pace) | {"planned": learning.pace.planned or "–"}))


def _is_done(one: LectureState) -> bool:
    """Whether nothing of a lecture is left: it has notes, and its questions and tasks are done."""
    return bool(one.notes) and one.discussed >= one.questions and one.tasks_done >= one.tasks


def _weeks(desk: Desk, weeks: tuple[Week, ...], today: str) -> Iterator[str]:
    for week in weeks:
        late = say(desk.language, "plans.week-late", days=week.late_days) if week.late_days else ""
        held = bool(week.lectures) and all(_is_done(one) for one in week.lectures)
        now = "" < week.begins <= today <= week.ends or any(one.notes for one in week.lectures)
        mark = "✅" if held else "🔴" if week.late_days else "🟡" if now else "⚪"
        dates = say(desk.language, "plans.week-dates", begins=week.begins or "?", ends=week.ends or "?")
        title = week.title or say(desk.language, "plans.week-none")
        written = dates if week.begins or week.ends else ""
        yield f"  {mark} {title}{written}{late}"
        for one in week.lectures:
            tasks = {"done": one.tasks_done, "total": one.tasks}
            rows = say(desk.language, "plans.week-rows", **tasks) if one.tasks else ""
            counts = {"notes": one.notes, "done": one.discussed, "questions": one.questions}
            named = {"number": one.number, "title": one.title, "rows": rows}
            yield f"    {say(desk.language, 'plans.week-lecture', **named, **counts)}"


def _json(
    desk: Desk, made: Plan, group: Group | None, price: _Price | None, learning: LearningPlan | None, today: str
) -> Mapping[str, object]:
    return {
        "listed": [asdict(one) for one in made.listed],
        "next": {"number": made.number, **_group_json(desk, group), **_price_json(price)} if group and price else None,
        "others": [_group_json(desk, one) for one in made.groups if one is not group],
        "series": [
            {
                "name": one.name,
                "completed": one.completed,
                "missing": list(one.missing),
                "articles": [{"number": member.number, "path": member.head.path} for member in one.members],
            }
            for one in made.series
        ],
        "duplicates": [list(paths) for paths in made.duplicates],
        "left_out": [
            {"path": one.path, "why": say(desk.language, one.reason.key, **one.reason.facts)} for one in made.left_out
        ],
        "waiting": made.waiting,
        "learning": {**asdict(learning), "behind": [one.number for one in learning.wanted(today) if not one.notes]}
        if learning
        else None,
    }


def _group_json(desk: Desk, group: Group) -> Mapping[str, object]:
    articles = [{"path": head.path, "title": head.title, "tokens": head.tokens} for head in group.heads]
    reasons = [say(desk.language, one.key, **one.facts) for one in group.reasons]
    return {"kind": group.kind, "title": group.name, "articles": articles, "reasons": reasons}


def _price_json(price: _Price) -> Mapping[str, object]:
    estimate, own = price.estimate, price.measured
    return {
        "estimate": {
            "calls": estimate.calls,
            "input_tokens": estimate.input_tokens,
            "output_tokens": estimate.output_tokens,
            "cost": str(estimate.cost) if estimate.cost is not None else None,
            "minutes": price.minutes,
        },
        "measured": {
            "articles": own.articles,
            "output_tokens": own.output_tokens,
            "cost": str(own.cost) if own.cost is not None else None,
        }
        if own
        else None,
    }
