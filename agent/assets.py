"""Where the files that travel with the code are: prompts, the starter workspace, standards, the demo's recording."""

from pathlib import Path
from typing import Final, Literal

_PACKAGE: Final = Path(__file__).parent


def folder(name: Literal["prompts", "workspace", "standards", "demo"]) -> Path:
    """Return the folder `name`: inside the package, or beside it in a checkout."""
    for candidate in (_PACKAGE / "_assets" / name, _PACKAGE / name):
        if candidate.is_dir():
            return candidate
    return _PACKAGE.parent / name
