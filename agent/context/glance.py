"""The summary as it was shown before, where nothing has changed since that it was computed from."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, cast

from agent.bookkeeping.postponed import kept_names
from agent.context.shapes import BUDGET_TOKENS, Shape, Shown
from agent.errors import Unreadable
from agent.settings import Settings
from agent.workspace.index import Index, digest, look, program
from agent.workspace.store import Store
from agent.workspace.unsent import drafts

if TYPE_CHECKING:
    from agent.standard.standard import Standard


def shown(
    store: Store,
    settings: Settings,
    *,
    now: datetime,
    standard: "Callable[[], Standard]",
    shape: Shape = "text",
    budget_tokens: int = BUDGET_TOKENS,
    kept: bool = True,
) -> Shown:
    """Return the summary in one of its shapes; `standard` reads the one that articles are judged by.

    With `kept` false nothing is taken from an earlier time and nothing is written for the next.
    """
    seen = look(store.root)
    key = digest(program(), str(store.root), settings, now.date().isoformat(), kept_names(store), drafts(store))
    index = Index(store if kept else None, "shown", key)
    name = f"{shape} {budget_tokens}"
    look_before, essence_before, before = json.loads(index.recall(name) or '["", "", ""]')
    if look_before == seen.name:
        return cast("Shown", before)
    from agent.bookkeeping.known import Known  # noqa: PLC0415 - what a second look does without

    known = Known(store, settings, seen=seen, kept=kept)
    if essence_before and essence_before == known.essence:
        known.save()
        fresh = cast("Shown", before)
    else:
        from agent.context import report  # noqa: PLC0415 - what a change of lecture notes does without

        found = report.context(store, settings, now=lambda: now, standard=standard(), known=known)
        fresh = report.shaped(found, shape, settings.language, budget_tokens=budget_tokens)
        # What could not be read may be readable next time, though no file has changed.
        if any(isinstance(problem, Unreadable) for problem in found.problems):
            return fresh
    index.keep(name, json.dumps([seen.name, known.essence, fresh], ensure_ascii=False), changed_ns=seen.changed_ns)
    index.save()
    return fresh
