"""`wenqu expand --export` and `--import`: prompts for any assistant, and its answers."""

import shlex
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from agent.cli.desk import Desk, show, show_json
from agent.errors import AgentError, BadArgument, Unwritable, WorkspaceError
from agent.expansion.answers import ANSWER, PROMPT
from agent.expansion.article import refusal
from agent.expansion.by_hand import HOW_TO, Exported, export, import_answers
from agent.expansion.events import Item
from agent.expansion.job import Chosen
from agent.expansion.verdict import Bench
from agent.words import Language, say
from agent.workspace.store import PRIVATE_FOLDER, Store


def hand_folder(desk: Desk, export_to: str, import_from: str) -> Store:
    """Return the folder that was typed, for an export made where it is missing.

    Raises BadArgument for one among the notes and for one without answers to take in, Unwritable.
    """
    typed = export_to or import_from
    place = Path(typed).resolve()
    inside = place.is_relative_to(desk.store.root) and not place.is_relative_to(desk.store.root / PRIVATE_FOLDER)
    if inside:
        raise BadArgument(argument=typed, reason=say(desk.language, "cli.folder-among-notes"))
    if import_from and not place.is_dir():
        raise BadArgument(argument=f"--import {typed}", reason=say(desk.language, "cli.no-such-folder"))
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unwritable(path=typed, reason=error.strerror) from None
    return Store(place)


def exported(
    desk: Desk, chosen: Sequence[Chosen], left: Sequence[Item], bench: Bench, folder: Store, *, as_json: bool
) -> int:
    """Write the prompts of the articles and say what is there; return the exit code."""
    done: list[Exported] = []
    others, problems = list(left), list[AgentError]()
    for one in chosen:
        try:
            skipped = refusal(bench.store.read(one.path), bench, one.earliest, completes=one.completes)
            if skipped:
                others.append(skipped)
            else:
                earliest, completes = one.earliest, one.completes
                made = export(one.path, folder, bench, earliest=earliest, completes=completes, language=desk.language)
                done.append(made)
        except (WorkspaceError, BadArgument) as problem:
            problems.append(problem)
    told = [*(one.sentence(desk.language) for one in others), *(one.sentence(desk.language) for one in problems)]
    sentences = list(dict.fromkeys(told))
    if as_json:
        show_json({"folder": str(folder.root), "exported": [asdict(one) for one in done], "problems": sentences})
        return int(bool(problems))
    for made in done:
        _tell(desk, made, folder, failing=any(one.completes for one in chosen))
    for sentence in sentences:
        show(sentence)
    if any(made.next for made in done):
        desk.say("cli.exported-next", prompt=PROMPT, answer=ANSWER, path=str(folder.root / HOW_TO))
    return int(bool(problems))


def _tell(desk: Desk, made: Exported, folder: Store, *, failing: bool) -> None:
    """Say what the gate says of the answers, what is to be answered or else to type, and if the plan is of no use."""
    if made.beside:
        show(made.beside)
    if made.judged:
        show(made.judged)
    if made.not_worth:
        also = say(desk.language, "expansion.also-failing") if failing else ""
        desk.say("expansion.answers-not-worth", path=made.path, other=made.not_worth, also=also)
    if made.next:
        steps = say(desk.language, "common.and").join(made.next)
        desk.say("cli.exported", path=made.path, folder=str(folder.root / made.folder), steps=steps)
    elif made.judged or not made.not_worth:
        command = ["wenqu", "expand", made.path, *(["--failing"] if failing else []), "--import", str(folder.root)]
        desk.say("cli.exported-answered", path=made.path, command=shlex.join(command))
    if made.problem:
        desk.say("cli.plan-unusable", path=made.path, reason=made.problem)


def imported(chosen: Sequence[Chosen], bench: Bench, folder: Store, language: Language) -> tuple[Item, ...]:
    """Take the answers of the articles in."""
    return tuple(
        import_answers(one.path, folder, bench, earliest=one.earliest, completes=one.completes, language=language)
        for one in chosen
    )
