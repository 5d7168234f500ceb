"""What `wenqu expand --status` tells of answers that were imported by hand since the last job began."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from agent.cli.desk import Desk, show
from agent.expansion.aftermath import Stand, Waiting, stands_now
from agent.expansion.events import ENDINGS, review_path
from agent.expansion.imports import Imported, imports
from agent.words import Language, say

_MOST: Final = 40
"""So many articles are named, the newest first; the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imports:
    """The articles, the oldest import first, and how each stands now."""

    ended: Sequence[Imported]
    stands: Sequence[Stand]

    @classmethod
    def since(cls, desk: Desk, started: str, wait: Waiting) -> "Imports":
        """Return those since an ISO time, "" for all; `wait` as in stands_now."""
        ended = [one for one in imports(desk.store) if not started or one.time >= datetime.fromisoformat(started)]
        stands = [stands_now(one.path, one.state, one.why, desk.store, wait, language=desk.language) for one in ended]
        return cls(ended=ended, stands=stands)

    def tell(self, language: Language) -> None:
        """Say how each stands; what an import took nobody knows here."""
        if not self.ended:
            return
        counts: Counter[str] = Counter(stand.state for stand in self.stands)
        named = [say(language, f"expansion.ended-{one}", count=counts[one]) for one in ENDINGS if counts[one]]
        facts = {
            "time": f"{self.ended[-1].time:%Y-%m-%d %H:%M}",
            "states": say(language, "expansion.ended-and").join(named),
        }
        show(say(language, "expansion.status-imports", **facts))
        lines = [_line(one.path, stand, language) for one, stand in zip(self.ended, self.stands, strict=True)]
        for line in lines[: -_MOST - 1 : -1]:
            show(line)
        if len(lines) > _MOST:
            show(say(language, "expansion.board-more", count=len(lines) - _MOST))

    def rows(self) -> list[Mapping[str, object]]:
        """Return them in the shape of `--json`."""
        return [
            {
                "path": one.path,
                "time": one.time.isoformat(),
                "state": "needs_review" if stand.state == "proposed" else stand.state,
                "reason": stand.said,
                "draft": stand.draft,
            }
            for one, stand in zip(self.ended, self.stands, strict=True)
        ]


def _line(path: str, stand: Stand, language: Language) -> str:
    if stand.state == "written":
        return say(language, "expansion.status-imported", path=path, review=review_path(path))
    state = say(language, f"expansion.board-{stand.state}")
    sentence = path if not stand.said else say(language, "expansion.report-of", path=path, sentence=stand.said)
    return f"{state}  {stand.said if path in stand.said else sentence}"
