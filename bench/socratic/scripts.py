"""The twelve targets with their sealed gold, and what a learner would say about each."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from agent.socratic.values import GoldClaim, Misconception, Passage, Target
from agent.words import Language

LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
FOLDER: Final = "notes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A target, and a learner's words on it: right in five ways, in parts, and wrong twice."""

    target: Target
    account: str
    deeper: tuple[str, ...]
    restated: str
    transfer: str
    apart: str
    parts: tuple[str, ...]
    wrong: tuple[str, ...]

    @property
    def note(self) -> str:
        """The note that the target is judged by."""
        return f"# {self.target.id}\n\n## {self.target.title}\n\n{self.target.gold[0].source.text}\n"


@cache
def scripts(language: Language) -> tuple[Script, ...]:
    """Return the twelve targets in one language."""
    file = Path(__file__).with_name(f"targets.{language}.toml")
    return tuple(_script(fields) for fields in tomllib.loads(file.read_text("utf-8"))["target"])


def _script(fields: dict[str, Any]) -> Script:
    path = f"{FOLDER}/{fields['id']}.md"
    source = Passage(path=path, line=5, text=fields["note"])
    claim = GoldClaim(
        claim=fields["claim"],
        source=source,
        terms=tuple(tuple(aliases) for aliases in fields["terms"]),
        values=tuple(fields["values"]),
    )
    target = Target(
        id=fields["id"],
        title=fields["question"].rstrip("?？"),
        question=fields["question"],
        path=path,
        line=3,
        hints=(fields["hint"],) if "hint" in fields else (),
        sources=(path,),
        gold=(claim,),
        misconceptions=(Misconception(belief=fields["belief"], cue=fields["cue"], question=fields["check"]),),
        prerequisites=(fields["before"],),
        sealed=True,
    )
    return Script(
        target=target,
        account=fields["account"],
        deeper=tuple(fields["deeper"]),
        restated=fields["restated"],
        transfer=fields["transfer"],
        apart=fields["apart"],
        parts=tuple(fields["parts"]),
        wrong=tuple(fields["wrong"]),
    )
