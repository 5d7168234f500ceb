"""`wenqu expand`: articles are expanded to a standard, as many at once as there are workers."""

import os
import shlex
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Final

import typer

from agent.bookkeeping.effort import ARTICLES_AT_ONCE
from agent.bookkeeping.known import Known
from agent.bookkeeping.misconceptions import read_archives
from agent.cli.desk import Desk, invocation, open_desk, tell
from agent.cli.expanding.after import Committing, follow_up
from agent.cli.expanding.batches import Batching
from agent.cli.expanding.before import Preview, ended_before, estimated
from agent.cli.expanding.by_hand import exported, hand_folder, imported
from agent.cli.expanding.choose import choose, named_articles, remember
from agent.cli.expanding.end import end, told_at_once
from agent.cli.expanding.run import Voice, ceiling_of, expanded
from agent.cli.expanding.status import show_status
from agent.cli.options import Articles, Json, Lang, ModelCommand, ModelName, NoColor, StandardId, Yes
from agent.cli.together import refuse_together
from agent.errors import BadArgument, JobEndedAtOnce
from agent.expansion.answers import answered_articles
from agent.expansion.article import REPAIR_ROUNDS, first_copies
from agent.expansion.events import Item
from agent.expansion.job import Chosen
from agent.expansion.outcome import accepted, has_draft
from agent.expansion.selection import Selected, Selection
from agent.expansion.verdict import Bench
from agent.model.credentials import own_secrets
from agent.standard.standard import Standard
from agent.words import Phrase, say
from agent.workspace.configuration import read_settings
from agent.workspace.originals import references

POLL_SECONDS: Final = 60.0
_RUNS: Final = ("--dry-run", "--export", "--import", "--accept")
"""Each asks for another kind of run."""
_MODEL_ALONE: Final = ("--batch-api", "--fresh", "--repairs", "--max-cost")
"""What means nothing where no model is asked."""
_CHOOSE: Final = ("--batch", "--series", "--topic", "--pending", "--failing", "--limit", "--exclude")
_STARTS: Final = (*_RUNS, *_MODEL_ALONE, *_CHOOSE, "--commit", "--workers")
"""What asking for the status does nothing with."""


def expand(  # noqa: PLR0913 - a list of options
    ctx: typer.Context,
    articles: Articles = None,
    *,
    batch: Annotated[int | None, typer.Option("--batch", metavar="N", min=1, help="batch")] = None,
    series: Annotated[str, typer.Option("--series", metavar="NAME", help="series")] = "",
    topic: Annotated[str, typer.Option("--topic", metavar="WORD", help="topic-word")] = "",
    limit: Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="limit")] = None,
    exclude: Annotated[list[str] | None, typer.Option("--exclude", metavar="PATH", help="exclude")] = None,
    model: ModelName = None,
    model_command: ModelCommand = None,
    standard: StandardId = None,
    workers: Annotated[int, typer.Option("--workers", metavar="N", min=1, max=256, help="workers")] = ARTICLES_AT_ONCE,
    max_cost: Annotated[float | None, typer.Option("--max-cost", metavar="USD", min=0, help="max-cost")] = None,
    repairs: Annotated[
        int, typer.Option("--repairs", metavar="N", min=0, max=REPAIR_ROUNDS, help="repairs")
    ] = REPAIR_ROUNDS,
    export_to: Annotated[str, typer.Option("--export", metavar="DIR", help="export-prompts")] = "",
    import_from: Annotated[str, typer.Option("--import", metavar="DIR", help="import-answers")] = "",
    pending: Annotated[bool, typer.Option("--pending", help="pending")] = False,
    failing: Annotated[bool, typer.Option("--failing", help="failing")] = False,
    batch_api: Annotated[bool, typer.Option("--batch-api", help="batch-api")] = False,
    poll: Annotated[float, typer.Option("--poll", metavar="SECONDS", min=0, help="poll")] = POLL_SECONDS,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="dry-run")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="fresh")] = False,
    commit: Annotated[bool, typer.Option("--commit", help="commit-each")] = False,
    status: Annotated[bool, typer.Option("--status", help="job-status")] = False,
    accept: Annotated[bool, typer.Option("--accept", help="accept")] = False,
    draft: Annotated[str, typer.Option("--draft", metavar="FILE", help="draft")] = "",
    yes: Yes = False,
    as_json: Json = False,
    lang: Lang = None,
    no_color: NoColor = False,
) -> int:
    """Expand articles to the standard; each is written only if the gate passes."""
    _refuse(ctx, any((status, articles, batch, series, topic, pending, failing, exclude and not dry_run, import_from)))
    if status and articles:
        raise BadArgument(argument=f"--status {articles[0]}", reason=Phrase.of("cli.options-apart"))
    desk = open_desk(ctx, lang, no_color=no_color, options={"model.main": model, "model.command": model_command})
    rule = desk.standard(standard)
    if status:
        return show_status(desk, rule, as_json=as_json)
    folder = hand_folder(desk, export_to, import_from) if export_to or import_from else None
    paths = named_articles(desk, articles or ()) or (answered_articles(folder) if folder and import_from else ())
    excluded = tuple(dict.fromkeys(map(desk.existing, exclude or ())))
    desk.store.prepare_private_folder(journal_in_git=desk.settings.journal_in_git)
    named = Selection(paths=paths, batch=batch or 0, series=series, topic=topic, pending=pending, failing=failing)
    selection = replace(named, limit=limit or 0, excluded=frozenset((*desk.settings.exclude, *excluded)))
    if import_from and selection.is_empty:
        raise BadArgument(argument=f"--import {import_from}", reason=say(desk.language, "cli.no-answers"))
    remember(desk, () if dry_run else excluded, yes=yes, as_json=as_json, is_all=selection.is_empty)
    if selection.is_empty:
        return 0
    voice = None if folder or accept or dry_run else Voice.of(desk, rule, workers)
    found = choose(desk, selection, rule, asks_model=not (folder or accept))
    bench, chosen = _laid_out(desk, rule, found, selection.excluded, completes=failing)
    if folder and export_to:
        return exported(desk, chosen, found.left_out, bench, folder, as_json=as_json)
    committing = Committing.of(desk, found.chosen) if commit else None
    if accept:
        items = _accepted(desk, chosen, bench, draft, are_named=bool(articles))
    elif folder:
        items = imported(chosen, bench, folder, desk.language)
    else:
        ceiling = ceiling_of(desk, max_cost)
        preview = Preview(desk, bench, chosen, found, ceiling, workers=workers, batched=batch_api, fresh=fresh)
        if voice is None:
            return estimated(preview, is_asked_for=dry_run, as_json=as_json)
        if (code := ended_before(preview, yes=yes)) is not None:
            return code
        batching = Batching.of(voice.model, poll) if batch_api else None
        with _ending_at_once(ctx):
            items = expanded(desk, chosen, bench, voice, ceiling, repairs=repairs, fresh=fresh, batching=batching)
    every = items if accept and not articles else (*items, *found.left_out)  # others never had a draft
    return _ended(desk, every, rule, committing, voice, yes=yes, as_json=as_json)


@contextmanager
def _ending_at_once(ctx: typer.Context) -> Iterator[None]:
    """Raise JobEndedAtOnce where the block is broken off; what it says to type to go on asks nothing `fresh`."""
    try:
        yield
    except KeyboardInterrupt:
        words = [word for word in invocation(ctx).argv if word != "--fresh"]
        raise JobEndedAtOnce(command=shlex.join(["wenqu", *words])) from None


def _refuse(ctx: typer.Context, says_what_to_do: bool) -> None:  # noqa: FBT001 - the one question
    """Raise BadArgument for options of which one makes the other mean nothing, and where none says what to do."""
    refuse_together(
        invocation(ctx).argv,
        apart=(
            (_RUNS, _RUNS),
            (_MODEL_ALONE, _RUNS[1:]),
            (("--status",), _STARTS),
        ),
        once=("--batch", "--series", "--topic"),
        needs={"--draft": ("--accept",), "--poll": ("--batch-api",)},
    )
    if not says_what_to_do:
        raise BadArgument(argument="ARTICLE", reason=Phrase.of("cli.choose-articles"))


def _accepted(desk: Desk, chosen: Sequence[Chosen], bench: Bench, draft: str, *, are_named: bool) -> tuple[Item, ...]:
    """Judge the drafts again, or the one that was named, and write what passes; of all articles those with a draft."""
    drafted = [one for one in chosen if are_named or has_draft(one.path, desk.store)]
    if not drafted:
        tell(say(desk.language, "cli.no-draft"))
    if draft and len(drafted) > 1:
        raise BadArgument(argument=f"--draft {draft}", reason=Phrase.of("cli.draft-of-one"))
    place = desk.existing(draft) if draft else ""
    return tuple(accepted(one.path, bench, draft=place, earliest=one.earliest) for one in drafted)


def _ended(
    desk: Desk,
    items: Sequence[Item],
    rule: Standard,
    committing: Committing | None,
    voice: Voice | None,
    *,
    yes: bool,
    as_json: bool,
) -> int:
    """Say how the items ended, offer what follows for other documents, and return the exit code."""
    was_interrupted = voice is not None and voice.was_interrupted
    is_told = not (as_json or was_interrupted) and told_at_once(desk, items)
    after = follow_up(desk, items, rule.id, committing, yes=yes, quietly=as_json or was_interrupted)
    return end(desk, after, as_json=as_json, was_interrupted=was_interrupted, is_told=is_told)


def _laid_out(
    desk: Desk, rule: Standard, found: Selected, excluded: Collection[str], *, completes: bool
) -> tuple[Bench, tuple[Chosen, ...]]:
    """Return what it takes to judge the articles, and each with what its original is held against.

    They are written in the language of the workspace, whichever the messages are in.
    """
    language = read_settings(desk.store.root, options={}, environ=os.environ).settings.language
    held = references(desk.store, found.chosen)
    bench = Bench(
        store=desk.store,
        settings=replace(desk.settings, language=language),
        standard=rule,
        compiler=desk.compiler(),
        now=lambda: datetime.now().astimezone(),
        accepted={path: one.accepted for path, one in held.items() if one.accepted is not None},
        first_copies=first_copies(desk.store, desk.settings.layout, excluded),
        archives=read_archives(Known(desk.store, desk.settings)),
        secrets=own_secrets(os.environ),
    )
    chosen = (
        Chosen(path=path, earliest=held[path].text if path in held else None, completes=completes)
        for path in found.chosen
    )
    return bench, tuple(chosen)
