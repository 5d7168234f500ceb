"""`wenqu expand --status`: how the job stands that runs in another terminal, or that was run last."""

import os
import shlex
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Final

from agent.bookkeeping.effort import effort, writing_order
from agent.bookkeeping.estimates import Estimate, number
from agent.cli.desk import Desk, show, show_json
from agent.cli.terminal.job_frame import Frame
from agent.cli.terminal.layout import columns
from agent.errors import WorkspaceError
from agent.expansion.aftermath import Stand, proposals, stands_now
from agent.expansion.board import PLAN, ROW_STATES, Board, Row
from agent.expansion.report import usage_json
from agent.expansion.stored_board import latest_items, stored_board
from agent.notes.article import parse_article
from agent.standard.standard import Standard
from agent.text.tokens import estimate_tokens
from agent.words import Language, say
from agent.workspace.ledger import Ledger, OpenBatch, Run, has_ledger

_MOST_REASONS: Final = 40
"""So many lines tell why articles did not pass; the others are counted."""
_NAMED_PATHS: Final = 3
"""So many articles at most are named in the command to go on with."""


def show_status(desk: Desk, standard: Standard, *, as_json: bool) -> int:
    """Print what the ledger tells of the last job, without holding it up; return the exit code, or raise Unwritable."""
    run = None
    if has_ledger(desk.store):
        with closing(Ledger(desk.store, read_only=True)) as ledger:
            run, items, attempts = ledger.last_run(), ledger.items(), ledger.attempts()
            batches, whys = ledger.open_batches(), ledger.whys()
    if run is None:
        if as_json:
            show_json({"running": False, "items": []})
        else:
            desk.say("expansion.status-none")
        return 0
    is_running = _is_alive(run.pid)
    asked = [one for one in attempts if one.id > run.attempts_before]
    batched = any(one.batched for one in asked) if asked else bool(batches)
    model = next((one.model for one in reversed(asked) if one.model), desk.settings.model.priced)
    items = tuple(one for one in latest_items(run, items, attempts) if one.path in run.paths)
    look = partial(
        stands_now, store=desk.store, wait=proposals(desk.store), language=desk.language, is_running=is_running
    )
    stands = {one.path: look(one.path, one.state, whys.get(one.id)) for one in items}
    board = stored_board(
        run,
        [replace(one, state=stands[one.path].state) for one in items],
        attempts,
        parts=writing_order(standard),
        estimates=_estimates(desk, run, standard, model, batched=batched),
        is_running=is_running,
        tells_nothing=(is_running or bool(asked)) and not model,
    )
    seconds = (datetime.now().astimezone() - datetime.fromisoformat(run.started)).total_seconds() if is_running else 0.0
    if as_json:
        answer = _json(board, run, stands, seconds, is_running=is_running, batched=batched)
        show_json({**answer, "batches": [*map(_batch_json, batches)]})
    else:
        _tell(desk, board, run, batches, seconds, is_running=is_running, batched=batched)
        for line in _reasons(board, stands, desk.language):
            show(line)
    return 0


def _tell(
    desk: Desk,
    board: Board,
    run: Run,
    batches: Sequence[OpenBatch],
    seconds: float,
    *,
    is_running: bool,
    batched: bool,
) -> None:
    show(_sentence(desk, board, run, is_running=is_running, batched=batched))
    for one in batches:
        facts = {"batch": one.remote or one.tag, "created": _minute(one.created), "requests": len(one.requests)}
        desk.say(f"expansion.status-batch{'' if is_running else '-left'}", **facts)
    frame = Frame(
        board=board,
        language=desk.language,
        columns=columns(),
        seconds=seconds,
        workers=run.workers,
        batched=batched,
    )
    show("\n".join(frame.report(is_running=is_running)))


def _reasons(board: Board, stands: Mapping[str, Stand], language: Language) -> Iterator[str]:
    """Yield why each article did not pass, or what it waits for, in the order of the board."""
    told = [(path, stands[path].said) for path in board.rows if path in stands and stands[path].said]
    for path, sentence in told[:_MOST_REASONS]:
        yield say(language, "expansion.report-of", path=PurePosixPath(path).stem, sentence=sentence)
    if told[_MOST_REASONS:]:
        yield say(language, "expansion.board-more", count=len(told) - _MOST_REASONS)


def _is_alive(pid: int) -> bool:
    """Say whether the process is there and at work; to try its lock could hold up a job that begins."""
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except OSError:
        return False
    with suppress(OSError):  # killed, and whoever started it has not looked yet: where the system shows it
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[:1] != ["Z"]
    return True


def _estimates(desk: Desk, run: Run, standard: Standard, model: str, *, batched: bool) -> Mapping[str, Estimate]:
    """Return what the articles take when `model` answers; none for one that cannot be read."""
    found: dict[str, Estimate] = {}
    for path in run.paths:
        with suppress(WorkspaceError):
            original = parse_article(path, desk.store.read(path).text, standard).original
            found[path] = effort([estimate_tokens(original)], standard, model, batched=batched)
    return found


def _minute(time: str) -> str:
    return f"{datetime.fromisoformat(time):%Y-%m-%d %H:%M}"


def _sentence(desk: Desk, board: Board, run: Run, *, is_running: bool, batched: bool) -> str:
    started = _minute(run.started)
    if is_running:
        ceiling = say(desk.language, "expansion.status-ceiling", ceiling=run.ceiling) if run.ceiling else ""
        facts = {"pid": run.pid, "started": started, "workers": run.workers, "ceiling": ceiling}
        return say(desk.language, f"expansion.status-running{'-batched' if batched else ''}", **facts)
    left = [row.path for row in board.rows.values() if row.state == "planned"]
    if not left:
        return say(desk.language, "expansion.status-ended", started=started)
    typed = shlex.join(["wenqu", "expand", *left, *(["--batch-api"] if batched else [])])
    command = say(desk.language, "expansion.status-command", command=typed) if len(left) <= _NAMED_PATHS else ""
    return say(desk.language, "expansion.status-stopped", started=started, pid=run.pid, command=command)


def _json(
    board: Board,
    run: Run,
    stands: Mapping[str, Stand],
    seconds: float,
    *,
    is_running: bool,
    batched: bool,
) -> dict[str, object]:
    rest = board.to_go(seconds=seconds, workers=run.workers) if is_running else None
    lasts = None if batched or not rest else round(rest.seconds)
    to_go = {"output_tokens": rest.tokens, "cost": number(rest.cost), "seconds": lasts} if rest else None
    counts: dict[str, object] = {state: board.counts[state] for state in ROW_STATES if state != "proposed"}
    counts["needs_review"] = board.counts["needs_review"] + board.counts["proposed"]
    return {
        "running": is_running,
        "pid": run.pid,
        "started": run.started,
        "workers": run.workers,
        "ceiling": float(run.ceiling) if run.ceiling else None,
        "items": [_row_json(row, stands.get(row.path)) for row in board.rows.values()],
        "totals": {
            "items": len(board.rows),
            **counts,
            "in_flight": board.asked,
            "usage": usage_json(board.paid.usage, board.paid.cost),
            "cost": number(board.paid.cost),
            "earlier_cost": number(board.earlier.cost),
            "to_go": to_go,
        },
    }


def _batch_json(batch: OpenBatch) -> Mapping[str, object]:
    return {"id": batch.remote, "created": batch.created, "requests": len(batch.requests)}


def _row_json(row: Row, stand: Stand | None) -> dict[str, object]:
    both = row.paid + row.earlier
    return {
        "path": row.path,
        "state": "needs_review" if row.state == "proposed" else row.state,
        "steps": {"plan" if n == PLAN else f"part{n}": cell.state for n, cell in row.cells.items()},
        "output_tokens": None if both.is_untold else both.usage.output_tokens,
        "cost": number(row.paid.cost),
        "earlier_cost": number(row.earlier.cost),
        "reason": stand.said if stand else "",
        "draft": stand.draft if stand else "",
    }
