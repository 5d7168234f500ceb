"""Git, through one function: when notes changed, what they said before, and commits of what was written."""

import os
import re
import subprocess
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from agent.errors import GitFailed

_TIMEOUT_SECONDS: Final = 60
_ENVIRONMENT: Final = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
# A hook that starts us sets these, and they would point git at another repository or index.
_MISLEADING: Final = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE")
# What a cloned repository may configure and git would run or print.
_OPTIONS: Final = (
    "--no-pager",
    "--literal-pathspecs",
    *("-c", "core.quotepath=false", "-c", "core.fsmonitor=false", "-c", "log.showSignature=false"),
)
_UNDECODED: Final = re.compile("[\udc80-\udcff]")
_COMMIT: Final = re.compile("[0-9a-f]{40,64}")
_MOST: Final = 0.5
_MANY_FILES: Final = 5
_MOST_REFERENCES: Final = 6
# \x01 begins a commit; -z ends every field with NUL.
_LOG: Final = ("log", "-z", "--relative", "--name-only", "--format=%x01%H %aI")

# A rename that changes a tenth of the text at most: two articles made from one template are no rename.
_BIRTHS: Final = (
    *("log", "-z", "--reverse", "--relative", "--name-status", "--format=%x01%H"),
    *("--diff-filter=AR", "--find-renames=90%"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A note's text as a commit has it."""

    commit: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A commit that changed a note, under the path that the note had then; `time` is the author's."""

    commit: str
    time: datetime
    path: str


def git(root: Path, *arguments: str, stdin: str = "") -> str:
    """Return what git prints, byte for byte as UTF-8; raise GitFailed, also when git is missing or takes a minute."""
    environment = {name: value for name, value in os.environ.items() if name not in _MISLEADING}
    try:
        ended = subprocess.run(  # noqa: S603 - no shell, and no argument is a command
            ("git", "-C", str(root), *_OPTIONS, *arguments),  # noqa: S607 - the user's own git
            env=environment | _ENVIRONMENT,
            input=stdin.encode(errors="surrogateescape"),
            capture_output=True,
            timeout=_TIMEOUT_SECONDS,
            check=True,
        )
    except subprocess.CalledProcessError as error:
        reason = error.stderr.decode(errors="replace").strip()
        raise GitFailed(command=arguments[0], reason=reason or f"exit {error.returncode}") from None
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GitFailed(command=arguments[0], reason=str(error)) from None
    return ended.stdout.decode(errors="surrogateescape")


def is_repository(root: Path) -> bool:
    """Say whether the workspace lies in a git working tree."""
    return (_ask(root, "rev-parse", "--is-inside-work-tree") or "").strip() == "true"


def head(root: Path) -> str | None:
    """Return the full id of the commit checked out; None without git, repository or commit."""
    return (_ask(root, "rev-parse", "--verify", "--quiet", "HEAD") or "").strip() or None


def traces(root: Path) -> tuple[Path, ...]:
    """Return the files of which one changes whenever git would tell another history; none of them may exist.

    That spares starting git only to hear that nothing happened. Workspaces in linked working trees are known too.
    """
    git_folder = next((folder / ".git" for folder in (root, *root.parents) if (folder / ".git").exists()), None)
    if git_folder is None:
        return ()
    if git_folder.is_file():
        git_folder = git_folder.parent / _first_line(git_folder).removeprefix("gitdir: ")
    common = git_folder / _first_line(git_folder / "commondir")
    named = [git_folder / "HEAD"]
    while (line := _first_line(named[-1])).startswith("ref: ") and len(named) < _MOST_REFERENCES:
        named.append(common / line.removeprefix("ref: "))
    others = ("packed-refs", "reftable/tables.list", "shallow", "config", "info/grafts", "refs/replace")
    return (Path.home() / ".gitconfig", *named, *(common / name for name in others))


def has_remote(root: Path) -> bool:
    """Say whether the repository knows a place to which private words could be pushed."""
    return bool(_ask(root, "remote"))


def last_changes(root: Path) -> Mapping[str, Version]:
    """Return for each Markdown file the newest commit that changed it, deliberately: imports do not count.

    An import touches more than five files and more than half of those known by then. A file that only imports
    touched is not in the mapping.
    """
    newest: dict[str, Version] = {}
    known: set[str] = set()
    for name, time, paths in reversed(list(_commits(_ask(root, *_LOG) or ""))):
        notes = [path for path in paths if path.endswith(".md")]
        known.update(notes)
        if not (len(notes) > _MANY_FILES and len(notes) > _MOST * len(known)):
            newest.update({path: Version(commit=name, time=time, path=path) for path in notes})
    return newest


def versions(root: Path, path: str) -> tuple[Version, ...]:
    """Return the commits that changed a file, newest first, followed through renames; empty without git."""
    log = _ask(root, *_LOG, "--follow", "--", path) or ""
    return tuple(Version(commit=name, time=time, path=path) for name, time, paths in _commits(log) for path in paths)


def line_dates(root: Path, path: str) -> tuple[str, ...]:
    """Return for each line of a file the day (YYYY-MM-DD) it was changed; "" where it is as the file first came.

    Empty without git, and for a file that no commit holds.
    """
    first = earliest_version(root, path)
    blamed = _ask(root, "blame", "--porcelain", "--", path) if first else None
    if first is None or blamed is None:
        return ()
    days: dict[str, str] = {first.commit: ""}
    found: list[str] = []
    commit = written = ""
    for line in blamed.split("\n"):
        name, _, value = line.partition(" ")
        if line.startswith("\t"):
            found.append(days[commit])
        elif _COMMIT.fullmatch(name):
            commit = name
        elif name == "author-time":
            written = value
        elif name == "author-tz":
            zone = datetime.strptime(value, "%z").tzinfo
            days.setdefault(commit, datetime.fromtimestamp(int(written), zone).date().isoformat())
    return tuple(found)


def earliest_version(root: Path, path: str) -> Version | None:
    """Return the commit that brought the file, or None."""
    return next(reversed(versions(root, path)), None)


def text_at(root: Path, commit: str, path: str) -> str | None:
    """Return the file as it was at `commit`; None when it was not there or is not UTF-8."""
    text = _ask(root, "cat-file", "blob", f"{commit}:./{path}")
    return None if text is None or _UNDECODED.search(text) else text


def commit_named(root: Path, name: str) -> str | None:
    """Return the full id of the commit that `name` (an id, a short id, a branch, HEAD~2) means, or None."""
    known = None if name.startswith("-") else _ask(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    return (known or "").strip() or None


def earliest_copies(root: Path, paths: Collection[str]) -> Mapping[str, Copy]:
    """Return for each path the text of the commit that brought it, under whatever name, in two calls of git.

    Paths that no commit brought, or whose text was no UTF-8, are not in the mapping.
    """
    if not paths or not traces(root):
        return {}
    births = _births(_ask(root, *_BIRTHS) or "")
    return copies(root, {path: births[path] for path in paths if path in births})


def copies(root: Path, places: Mapping[str, tuple[str, str]]) -> Mapping[str, Copy]:
    """Return for each path the text at its place, a commit and the file's name then, in one call of git.

    Paths at whose place there is no file, or whose text was no UTF-8, are not in the mapping.
    """
    asked = [(path, commit, name) for path, (commit, name) in places.items() if "\n" not in name]
    query = "".join(f"{commit}:./{name}\n" for _, commit, name in asked)
    blobs = _ask(root, "cat-file", "--batch", stdin=query) if asked else ""
    return {
        path: Copy(commit=commit, text=text)
        for (path, commit, _), text in zip(asked, _blobs(blobs or ""), strict=False)
        if text is not None and not _UNDECODED.search(text)
    }


def ignored(root: Path) -> frozenset[str]:
    """Return the files that git leaves out by its rules, of whole folders only their names, with a "/" at the end.

    Empty without a repository; one that leaves out the workspace itself tells "./" and of no note. Raises GitFailed
    where git cannot tell.
    """
    if not traces(root):
        return frozenset()
    told = git(root, "ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory")
    return frozenset(filter(None, told.split("\0")))


def uncommitted(root: Path, paths: Collection[str]) -> frozenset[str]:
    """Return those of the files that differ from the last commit, or are in none."""
    return frozenset(path for path in paths if _ask(root, "status", "--porcelain", "--ignored", "--", path))


def commit(root: Path, paths: Sequence[str], message: str) -> str | None:
    """Commit these files and nothing else that is staged; return the commit, None when none of them has changed.

    Raises GitFailed when git refuses, for example because a hook does.
    """
    if not git(root, "status", "--porcelain", "--", *paths):
        return None
    git(root, "add", "--", *paths)
    git(root, "commit", "--quiet", f"--message={message}", "--only", "--", *paths)
    return head(root)


def _first_line(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="surrogateescape").partition("\n")[0]
    except OSError:
        return ""


def _ask(root: Path, *arguments: str, stdin: str = "") -> str | None:
    try:
        return git(root, *arguments, stdin=stdin)
    except GitFailed:
        return None


def _commits(log: str) -> Iterator[tuple[str, datetime, list[str]]]:
    """Yield each commit's id, time and paths."""
    for entry in log.split("\x01")[1:]:
        heading, *paths = entry.split("\0")
        name, _, written = heading.partition(" ")
        time = datetime.fromisoformat(written.strip())
        yield name, time, [path.lstrip("\n") for path in paths if path.strip("\n")]


def _births(log: str) -> Mapping[str, tuple[str, str]]:
    """Return for each path the first commit that had the file, and the file's name then; oldest commits come first."""
    births: dict[str, tuple[str, str]] = {}
    for entry in log.split("\x01")[1:]:
        heading, *rest = entry.split("\0")
        fields = iter(rest)
        for status in fields:
            if status.lstrip("\n").startswith("R"):
                old, new = next(fields), next(fields)
                births.setdefault(new, births.get(old, (heading.strip(), new)))
            elif status.strip("\n"):
                path = next(fields)
                births.setdefault(path, (heading.strip(), path))
    return births


def _blobs(batch: str) -> Iterator[str | None]:
    """Yield the texts of `cat-file --batch`: a line "id type size" and so many bytes, or "name missing"."""
    content, at = batch.encode(errors="surrogateescape"), 0
    while at < len(content):
        end = content.index(b"\n", at)
        *_, last = content[at:end].split(b" ")
        if last == b"missing":
            yield None
            at = end + 1
            continue
        size = int(last)
        yield content[end + 1 : end + 1 + size].decode(errors="surrogateescape")
        at = end + 1 + size + 1
