"""Where the files that travel with the code are: prompts, the starter workspaces, standards, the demo's recording."""

from pathlib import Path
from typing import Final, Literal

_PACKAGE: Final = Path(__file__).parent
_INSTALLED: Final = _PACKAGE / "_assets"


def folder(name: Literal["prompts", "workspace", "workspace-en", "standards", "demo", "site"]) -> Path:
    """Return the folder `name`; prompts and workspaces stand beside the package in a checkout, inside a wheel."""
    if name in {"standards", "demo", "site"}:
        return _PACKAGE / name
    return _INSTALLED / name if _INSTALLED.is_dir() else _PACKAGE.parent / name
