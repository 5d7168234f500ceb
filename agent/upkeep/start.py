"""First steps: a new workspace from the starter, or an existing folder of notes adopted in place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from agent import assets
from agent.errors import AlreadyWorkspace, FolderNotEmpty, NothingToAdopt, Unwritable, WorkspaceError
from agent.notes.kinds import is_article, lacks_status
from agent.settings import Settings
from agent.text.numerals import numeral
from agent.upkeep.check_report import without_status_lines
from agent.upkeep.macros import find_macros
from agent.words import Language, say
from agent.workspace import disk
from agent.workspace.configuration import FILE_NAME, checked_argument, render_settings
from agent.workspace.history import git, is_repository
from agent.workspace.layout import Place, Recognised, recognise, role_by_name
from agent.workspace.listing import survey
from agent.workspace.store import PRIVATE_FOLDER, Document, Store

_ROLES: Final = (
    *("working_memory", "progress", "article_progress", "research_todo", "roadmap", "inbox"),
    *("discussions", "notes", "articles"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """What was recognised, the settings that follow from it, and the notes that could not be read.

    `problems` say why. Those `without_status` stand in the articles' folder and are no articles for want of one.
    """

    recognised: Recognised
    settings: Settings
    problems: tuple[WorkspaceError, ...]
    without_status: tuple[str, ...]


def init(folder: Path, *, language: Language) -> tuple[str, ...]:
    """Copy the starter workspace into an empty or missing folder, in git, and return the paths written.

    Raises FolderNotEmpty when the folder holds anything; Unwritable when it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderNotEmpty(folder=str(folder))
    try:
        disk.make_folder(folder)
    except OSError as error:
        raise Unwritable(path=str(folder), reason=error.strerror) from None
    starter = assets.folder("workspace" if language == "zh" else "workspace-en")
    store = Store(folder)
    paths = sorted(
        p.relative_to(starter).as_posix() for p in starter.rglob("*") if p.is_file() and PRIVATE_FOLDER not in p.parts
    )
    for path in paths:
        store.write(path, (starter / path).read_bytes().decode(), expected_sha256=None)
    if not is_repository(folder):
        git(folder, "init", "--quiet")
    return tuple(paths)


def examine(root: Path) -> Adoption:
    """Recognise the notes under `root` for adoption, changing nothing.

    Raises AlreadyWorkspace, and NothingToAdopt where there is no note.
    """
    if (root / FILE_NAME).exists():
        raise AlreadyWorkspace(folder=str(root))
    store = Store(root)
    found = survey(root)
    if not found.notes:
        raise NothingToAdopt(folder=str(root))
    documents = list(store.read_all(note.path for note in found.notes))
    texts = {document.path: document.text for document in documents if isinstance(document, Document)}
    unread = (problem for problem in documents if not isinstance(problem, Document))
    problems: tuple[WorkspaceError, ...] = (*unread, *found.problems())
    recognised = recognise(texts)
    articles = (text for path, text in texts.items() if is_article(path, text, recognised.layout))
    return Adoption(
        recognised=recognised,
        settings=Settings(language=recognised.language, layout=recognised.layout, macros=find_macros(articles)),
        problems=problems,
        without_status=tuple(path for path, text in texts.items() if lacks_status(path, text, recognised.layout)),
    )


def adopt(root: Path, adoption: Adoption, *, naming: str, journal_in_git: bool, language: Language) -> Settings:
    """Write `wenqu.toml`, and nothing else, with the language and the two answers; return the settings.

    Raises BadArgument for a `naming` that is no rule.
    """
    if naming:
        checked_argument("--naming", "layout.discussion_name", naming)
    layout = replace(adoption.settings.layout, discussion_name=naming or adoption.settings.layout.discussion_name)
    settings = replace(adoption.settings, language=language, layout=layout, journal_in_git=journal_in_git)
    Store(root).write(FILE_NAME, render_settings(settings), expected_sha256=None)
    return settings


def chosen_rule(adoption: Adoption, answer: str) -> str:
    """Return the naming rule that an answer means: a number of the list or a rule of one's own; "" for neither."""
    rules = [rule.pattern for rule in adoption.recognised.naming_rules]
    number = numeral(answer)
    if number and number <= len(rules):
        return rules[number - 1]
    return answer if "{topic}" in answer else ""


def as_json(adoption: Adoption) -> Mapping[str, object]:
    """Return what was recognised as `wenqu adopt --json` shows it."""
    recognised = adoption.recognised
    return {
        "recognised": [{"role": place.role, "path": place.path} for place in recognised.places],
        "unsure": [
            {"role": place.role, "path": place.path, "line": place.line, "evidence": place.evidence}
            for place in recognised.unsure
        ],
        "naming_rules": [
            {
                "pattern": rule.pattern,
                "files": rule.files,
                "stated": [f"{place.path}:{place.line}" for place in rule.stated],
            }
            for rule in recognised.naming_rules
        ],
        "without_status": list(adoption.without_status),
        "unreadable": [str(problem.facts["path"]) for problem in adoption.problems],
    }


def report(adoption: Adoption, language: Language) -> str:
    """Return what was recognised, what was not sure, and the naming rules that compete, as a person reads it."""
    recognised = adoption.recognised
    lines = [say(language, "upkeep.recognised")]
    for role in _ROLES:
        places = [place for place in recognised.places if place.role == role]
        path = places[0].path if places else say(language, "upkeep.none")
        lines.append(f"  {say(language, f'upkeep.role-{role}')}  {path}")
    for role in ("question_list", "record"):
        paths = [place.path for place in recognised.places if place.role == role]
        if paths:
            lines.append(f"  {say(language, f'upkeep.role-{role}')}  {len(paths)}: {', '.join(paths[:3])}")
    if adoption.without_status:
        lines += ["", *without_status_lines(adoption.without_status, language)]
    if recognised.unsure:
        lines += ["", say(language, "upkeep.unsure"), *(_unsure_line(place, language) for place in recognised.unsure)]
    if len(recognised.naming_rules) > 1:
        lines += ["", say(language, "upkeep.naming-rules", count=len(recognised.naming_rules))]
        for number, rule in enumerate(recognised.naming_rules, 1):
            where = ", ".join(f"{place.path}:{place.line}" for place in rule.stated)
            key = "upkeep.naming-rule" if where else "upkeep.naming-rule-unstated"
            lines.append(say(language, key, number=number, pattern=rule.pattern, files=rule.files, where=where))
    if adoption.settings.macros:
        lines += ["", say(language, "upkeep.macros-found", commands=", ".join(adoption.settings.macros))]
    if adoption.problems:
        lines += ["", say(language, "upkeep.unreadable"), *_unreadable_lines(adoption, language)]
    return "\n".join(lines)


def _unreadable_lines(adoption: Adoption, language: Language) -> Iterator[str]:
    """Yield each note that could not be read with the reason, and with the role that its name would give it."""
    for problem in adoption.problems:
        role = role_by_name(str(problem.facts["path"]))
        named = say(language, f"upkeep.role-{role}") if role else ""
        yield f"  {problem.sentence(language)}" + (say(language, "upkeep.would-be", role=named) if role else "")


def _unsure_line(place: Place, language: Language) -> str:
    where = f"{place.path}:{place.line}" if place.line else place.path
    return f"  {say(language, f'upkeep.role-{place.role}')}?  {where}  {place.evidence}"
