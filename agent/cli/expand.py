"""`wenqu expand` and `wenqu prompt`: the expansion of articles, and the prompts it is written with."""

import sys
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Final

import typer

from agent.cli.desk import Desk, open_desk, show, show_json, tell
from agent.cli.options import Article, Json, Lang, ModelCommand, ModelName, NoColor, StandardId, Yes
from agent.cli.terminal.ask import ask_yes, is_terminal
from agent.errors import NeedsModel, PromptMissing
from agent.expansion.events import Estimated, Event, Item, dollars
from agent.expansion.job import REPAIR_ROUNDS, Job, estimate_article, expand_article, refusal
from agent.expansion.outcome import accept_draft
from agent.expansion.verdict import Bench
from agent.expansion.writer import sample_prompt
from agent.model.messages import Model, Usage
from agent.notes.article import parse_article
from agent.text.tokens import estimate_tokens
from agent.upkeep.check import finding_lines, findings_json
from agent.words import say
from agent.workspace.ledger import Ledger
from agent.workspace.originals import Reference, references

_PROMPTS: Final = (
    "expand.plan",
    *(f"expand.part{number}" for number in range(1, 6)),
    "expand.repair",
    "expand.continue",
)


def expand(  # noqa: PLR0913 - a list of options
    ctx: typer.Context,
    article: Article,
    model: ModelName = None,
    model_command: ModelCommand = None,
    standard: StandardId = None,
    max_cost: Annotated[float | None, typer.Option("--max-cost", metavar="USD", min=0, help="max-cost")] = None,
    repairs: Annotated[
        int, typer.Option("--repairs", metavar="N", min=0, max=REPAIR_ROUNDS, help="repairs")
    ] = REPAIR_ROUNDS,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="dry-run")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="fresh")] = False,
    accept: Annotated[bool, typer.Option("--accept", help="accept")] = False,
    draft: Annotated[str, typer.Option("--draft", metavar="FILE", help="draft")] = "",
    yes: Yes = False,
    as_json: Json = False,
    lang: Lang = None,
    no_color: NoColor = False,
) -> int:
    """Expand an article to the standard; it is written only if the gate passes."""
    desk = open_desk(ctx, lang, no_color=no_color, options={"model.main": model, "model.command": model_command})
    path = desk.existing(article)
    reference = references(desk.store, [path]).get(path)
    bench = _bench(desk, standard, path, reference)
    earliest = reference.text if reference else None
    desk.store.prepare_private_folder(journal_in_git=desk.settings.journal_in_git)
    if accept:
        place = desk.existing(draft) if draft else ""
        return _end(desk, accept_draft(path, bench, draft=place, earliest=earliest), as_json=as_json)
    voice = desk.model()
    if voice is None or dry_run:
        skipped = refusal(desk.store.read(path), bench, earliest)
        if skipped:
            return _end(desk, skipped, as_json=as_json)
        return _estimate(desk, path, bench, dry_run=dry_run, as_json=as_json)
    if not yes and not _goes_on(desk, path, bench):
        return 0
    ceiling = Decimal(str(max_cost)) if max_cost is not None else None
    item = _run(desk, path, bench, voice, ceiling, earliest, repairs=repairs, fresh=fresh)
    return _end(desk, item, as_json=as_json)


def prompt(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="prompt-name")],
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="prompt-path")],
    *,
    as_json: Json = False,
    lang: Lang = None,
    no_color: NoColor = False,
) -> None:
    """Show a rendered prompt with its token count."""
    desk = open_desk(ctx, lang, no_color=no_color)
    path = desk.existing(article)
    if name not in _PROMPTS:
        raise PromptMissing(name=name, known=", ".join(_PROMPTS))
    parsed = parse_article(path, desk.store.read(path).text, desk.standard())
    rendered = sample_prompt(name, parsed, desk.settings, desk.standard())
    text = "\n".join(block.text for block in (*rendered.system, *rendered.user))
    if as_json:
        blocks = {"system": [block.text for block in rendered.system], "user": [block.text for block in rendered.user]}
        show_json({"name": name, "path": path, "tokens": estimate_tokens(text), **blocks})
        return
    show(text)
    tell(say(desk.language, "cli.prompt-tokens", name=name, count=estimate_tokens(text)))


def _bench(desk: Desk, standard: str | None, path: str, reference: Reference | None) -> Bench:
    accepted = reference.accepted if reference else None
    return Bench(
        store=desk.store,
        settings=desk.settings,
        standard=desk.standard(standard),
        compiler=desk.compiler(),
        now=lambda: datetime.now().astimezone(),
        accepted={} if accepted is None else {path: accepted},
    )


def _estimate(desk: Desk, path: str, bench: Bench, *, dry_run: bool, as_json: bool) -> int:
    """Print what the expansion would take; raise NeedsModel where more than that was asked for."""
    estimate = estimate_article(path, bench)
    sentence = Estimated(path=path, estimate=estimate).sentence(desk.language)
    if not dry_run:
        tell(sentence)
        raise NeedsModel(command="wenqu expand", offline=say(desk.language, "cli.needs-model-offline"))
    if as_json:
        tokens = {"input_tokens": estimate.input_tokens, "output_tokens": estimate.output_tokens}
        cost = None if estimate.cost is None else float(estimate.cost)
        show_json({"path": path, "requests": estimate.calls, **tokens, "cost": cost})
    else:
        show(sentence)
    return 0


def _goes_on(desk: Desk, path: str, bench: Bench) -> bool:
    if not is_terminal():
        return True
    show(Estimated(path=path, estimate=estimate_article(path, bench)).sentence(desk.language))
    return ask_yes(say(desk.language, "cli.ask-go-on"), default=True)


def _run(
    desk: Desk,
    path: str,
    bench: Bench,
    voice: Model,
    ceiling: Decimal | None,
    earliest: str | None,
    *,
    repairs: int,
    fresh: bool,
) -> Item:
    def on_event(event: Event) -> None:
        tell(event.sentence(desk.language))
        sys.stderr.flush()

    ledger = Ledger(desk.store)
    try:
        job = Job(
            bench=bench,
            model=voice,
            ledger=ledger,
            on_event=on_event,
            max_cost=ceiling,
            repair_rounds=repairs,
            fresh=fresh,
        )
        return expand_article(path, job, earliest=earliest)
    finally:
        ledger.close()


def _end(desk: Desk, item: Item, *, as_json: bool) -> int:
    """Print how the item ended and what it cost, and return the exit code."""
    if as_json:
        show_json({"items": [_item_json(desk, item)], "totals": _totals(item)})
    else:
        if item.findings and item.draft:
            show("\n".join(finding_lines(item.draft, item.findings, desk.language)))
        show(item.sentence(desk.language))
        if item.usage != Usage():
            _show_cost(desk, item)
    if item.problem:
        return item.problem.exit_code
    return int(item.state in {"needs_review", "failed"})


def _show_cost(desk: Desk, item: Item) -> None:
    usage = item.usage
    desk.say(
        "cli.cost",
        input=f"{usage.input_tokens + usage.cache_read_tokens + usage.cache_write_tokens:,}",
        cached=f"{usage.cache_read_tokens:,}",
        output=f"{usage.output_tokens:,}",
        price="" if item.cost is None else say(desk.language, "cli.cost-price", cost=dollars(item.cost)),
    )


def _totals(item: Item) -> dict[str, object]:
    cost = None if item.cost is None else float(item.cost)
    passed = item.state == "written"
    return {"cost": cost, "cost_per_passed": cost if passed else None, "passed": int(passed)}


def _item_json(desk: Desk, item: Item) -> dict[str, object]:
    return {
        "path": item.path,
        "state": item.state,
        "attempts": item.attempts,
        "findings": findings_json(item.findings, desk.language),
        "usage": asdict(item.usage),
        "cost": None if item.cost is None else float(item.cost),
        "draft": item.draft,
        "review": item.review,
        "message": item.sentence(desk.language),
    }
