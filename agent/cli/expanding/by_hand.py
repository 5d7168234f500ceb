"""`wenqu expand --export` and `--import`: prompts for any assistant, and its answers."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from agent.cli.desk import Desk, show, show_json
from agent.errors import BadArgument, Unwritable, WorkspaceError
from agent.expansion.article import refusal
from agent.expansion.by_hand import HOW_TO, Exported, export, import_answers
from agent.expansion.events import Item
from agent.expansion.job import Chosen
from agent.expansion.verdict import Bench
from agent.words import say
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
    others, problems = list(left), list[WorkspaceError]()
    for one in chosen:
        try:
            skipped = refusal(bench.store.read(one.path), bench, one.earliest)
            if skipped:
                others.append(skipped)
            else:
                done.append(export(one.path, folder, bench, earliest=one.earliest))
        except WorkspaceError as problem:
            problems.append(problem)
    sentences = [*(one.sentence(desk.language) for one in others), *(one.sentence(desk.language) for one in problems)]
    if as_json:
        show_json({"folder": str(folder.root), "exported": [asdict(one) for one in done], "problems": sentences})
        return int(bool(problems))
    for made in done:
        counts = {"prompts": len(made.prompts), "answered": len(made.answered)}
        steps = ("、" if desk.language == "zh" else ", ").join(made.next)
        wanted = say(desk.language, "cli.exported-wanted", steps=steps) if steps else ""
        desk.say("cli.exported", path=made.path, folder=made.folder, **counts, wanted=wanted)
        if made.problem:
            desk.say("cli.plan-unusable", path=made.path, reason=made.problem)
        if made.remarks:
            said = ("；" if desk.language == "zh" else "; ").join(made.remarks)
            desk.say("cli.plan-remarks", path=made.path, remarks=said)
    for sentence in sentences:
        show(sentence)
    if done:
        desk.say("cli.exported-next", path=str(folder.root / HOW_TO))
    return int(bool(problems))


def imported(chosen: Sequence[Chosen], bench: Bench, folder: Store) -> tuple[Item, ...]:
    """Take the answers of the articles in."""
    return tuple(import_answers(one.path, folder, bench, earliest=one.earliest) for one in chosen)
