"""Make every fault, print what came of it: `make bench-faults`; `SHARE=0.01` makes a hundredth of each."""

import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from bench.faults.batches import faulty_batches
from bench.faults.canary import key_canary
from bench.faults.commands import dirty_workspaces
from bench.faults.files import broken_documents, long_documents
from bench.faults.isolation import Trouble
from bench.faults.jobs import killed_jobs
from bench.faults.nights import faulty_nights
from bench.faults.services import failing_services
from bench.faults.sessions import killed_closings, killed_sessions
from bench.faults.state import broken_journals, broken_state
from bench.faults.writes import appends_at_once, editor_saves, front_matter_edits, hostile_titles, killed_writes

Fault = Callable[[Path, int], tuple[int, list[Trouble]]]
"""Makes a fault so many times in a folder of its own; returns how many were made, and what went wrong."""

FAULTS: Final[tuple[tuple[str, str, Fault, int], ...]] = (
    ("broken documents, every reader", "files", broken_documents, 100_000),
    ("documents of malicious shapes, characters each", "files", long_documents, 60_000),
    ("workspaces of broken files, every command", "commands", dirty_workspaces, 50),
    ("broken journals: list, rebuild, resume", "journals", broken_journals, 1_000),
    ("broken files of our own under .wenqu", "files", broken_state, 1_000),
    ("front matter edited: one line differs", "edits", front_matter_edits, 20_000),
    ("hostile titles", "titles", hostile_titles, 100_000),
    ("40 processes append at once", "appends", appends_at_once, 20),
    ("an editor saves during a write", "saves", editor_saves, 500),
    ("kill at every system call of a write", "kills", killed_writes, 200),
    ("kill at a random moment of a session", "kills", killed_sessions, 1_000),
    ("kill while a session's documents are written", "kills", killed_closings, 200),
    ("kill at a random moment of a job of articles", "kills", killed_jobs, 500),
    ("a job, one request in 20 fails, three kills", "articles", faulty_nights, 300),
    ("batches lost, cut, doubled, expired; kills", "articles", faulty_batches, 200),
    ("a service that fails inside a session", "sessions", failing_services, 90),
    ("the key in anything written or said", "runs", key_canary, 1),
)
SHOWN: Final = 5


def main(argv: Sequence[str]) -> int:
    """Print a row for each fault, or for those whose names hold one of the words; return 1 when anything went wrong."""
    share = float(os.environ.get("SHARE") or 1)
    sys.stdout.write(f"{'fault':<50}{'how many':>18}  {'seconds':>8}  result\n")
    with tempfile.TemporaryDirectory(prefix="wenqu-faults-home-") as home:
        _shield(home)
        return int(
            sum(_row(*fault, share) for fault in FAULTS if not argv or any(word in fault[0] for word in argv)) > 0
        )


def _row(name: str, unit: str, fault: Fault, most: int, share: float) -> bool:
    """Make one fault and print its row; return whether anything went wrong."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="wenqu-faults-") as folder:
        count, troubles = fault(Path(folder), max(1, round(most * share)))
    took = time.monotonic() - began
    result = "not run" if not count else f"{len(troubles)} went wrong" if troubles else "nothing went wrong"
    sys.stdout.write(f"{name:<50}{count:>11,} {unit:<9}{took:>6.0f}  {result}\n")
    for what, number in Counter(one.what for one in troubles).most_common(SHOWN):
        where = next(one.where for one in troubles if one.what == what)
        sys.stdout.write(f"    {number} × {what}{f', first: {where}' if where else ''}\n")
    sys.stdout.flush()
    return bool(count and troubles)


def _shield(home: str) -> None:
    """Keep the user's own settings, credentials and git configuration out."""
    for name in list(os.environ):
        if name.startswith(("ANTHROPIC_", "WENQU_", "GIT_", "XDG_")):
            del os.environ[name]
    os.environ.update(HOME=home, GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_NOSYSTEM="1")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
