"""What lies in the folder of an export: the prompts of each article, and beside them what was answered."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Final

from agent.expansion.events import STEP
from agent.workspace.store import Store

PROMPT: Final = ".prompt.md"
ANSWER: Final = ".answer.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer as it was saved; the prompt beside it shows `derivation` of part 2 and, to be repaired, `present`."""

    text: str
    derivation: str
    present: str


Answers = Mapping[str, Answer]
"""What was answered, by the name of the step: plan, part2, part1 and the others; repair4 and repair4.2 mend part4."""


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
            prompt = folder.inside(prompt_path(path, step))
            said = folder.read(folder.relative(prompt)).text if prompt.is_file() else ""
            answers[step] = Answer(text=text, derivation=_shown(said, "part2"), present=_shown(said, "present"))
    return answers


def prompt_path(path: str, step: str) -> str:
    """Return where the prompt of a step lies."""
    return f"{folder_of(path)}/{step}{PROMPT}"


def answer_path(path: str, step: str) -> str:
    """Return where the answer to a step belongs: beside its prompt."""
    return f"{folder_of(path)}/{step}{ANSWER}"


def earlier_prompts(folder: Store, path: str, *, but: Container[str]) -> tuple[str, ...]:
    """Return where prompts of an earlier export lie, `but` for those of these steps."""
    steps = (file.name.removesuffix(PROMPT) for file in sorted(folder.inside(folder_of(path)).glob(f"*{PROMPT}")))
    return tuple(prompt_path(path, step) for step in steps if STEP.fullmatch(step) and step not in but)


def _shown(prompt: str, tag: str) -> str:
    """Return what a prompt shows between the last tags of that name, "" where it shows nothing.

    A tag in what it shows is written with `&lt;` there.
    """
    _, opened, rest = prompt.rpartition(f"\n<{tag}>\n")
    shown, closed, _ = rest.partition(f"\n</{tag}>\n")
    return shown.replace("&lt;", "<") if opened and closed else ""


def answered_articles(folder: Store) -> tuple[str, ...]:
    """Return the paths of the articles for which the folder holds an answer."""
    files = folder.root.rglob(f"*{ANSWER}")
    return tuple(sorted({f"{folder.relative(file.parent)}.md" for file in files}))


def steps_of(number: int, answers: Answers) -> tuple[str, ...]:
    """Return the steps of a part that are answered, the latest last."""
    own = [step for step in answers if (match := STEP.fullmatch(step)) and match["number"] == str(number)]
    return tuple(sorted(own, key=lambda step: (len(step), step)))


def next_repair(number: int, answers: Answers) -> str:
    """Return the step that repairs a part next: repair4, then repair4.2 and on."""
    first = f"repair{number}"
    return first if first not in answers else next(s for n in count(2) if (s := f"{first}.{n}") not in answers)
