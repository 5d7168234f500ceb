"""Follows what is saved in a workspace, so that its preview shows it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from agent.errors import AgentError
from agent.site.kept import Built
from agent.site.serve import Preview
from agent.workspace.configuration import FILE_NAME

if TYPE_CHECKING:
    from watchfiles.main import FileChange

_SETTLED_MS: Final = 150
"""An editor's save is several changes; so long after the last of them the pages are made anew."""
_UNTOLD_MS: Final = 2000
"""So often it is looked for saves of which nothing told."""


def follow(
    root: Path,
    preview: Preview,
    *,
    build: Callable[[], Built],
    reopen: Callable[[], object],
    complain: Callable[[AgentError], object],
) -> None:
    """Build after each save in the workspace at `root`, and tell the preview of what has changed; never returns.

    Saved settings `reopen` the workspace first. What keeps it from being built is complained of once.
    """
    wrong = ""
    for saved in _saves(root):
        try:
            if any(Path(path) == root / FILE_NAME for _, path in saved):
                reopen()
            built = build()
        except AgentError as problem:
            before, wrong = wrong, str(problem)
            if wrong != before:
                complain(problem)
            continue
        wrong = ""
        if built.written or built.removed:
            preview.tell()


def _saves(root: Path) -> "Iterator[set[FileChange]]":
    """Yield what was saved, as soon as it settles; at times nothing, where a save may have gone unnoticed.

    A file system of another machine tells of no save, nor does any before the watch begins.
    """
    from watchfiles import watch  # noqa: PLC0415 - heavy

    return watch(
        root,
        watch_filter=lambda _, path: _is_shown(root, path),
        step=_SETTLED_MS,
        rust_timeout=_UNTOLD_MS,
        yield_on_timeout=True,
    )


def _is_shown(root: Path, path: str) -> bool:
    """Say whether a page may show a file that has changed: hidden folders hold none."""
    return not any(part.startswith(".") for part in Path(path).relative_to(root).parts)
