"""Read the standards: those that travel with the program, and those a workspace adds under `.wenqu/standards/`."""

import re
import tomllib
from pathlib import Path
from typing import Final

from agent import assets
from agent.errors import BadArgument, SettingsInvalid
from agent.standard.standard import Standard, standard_from

OWN_FOLDER: Final = Path(".wenqu") / "standards"


def read_standard(standard_id: str, root: Path | None = None) -> Standard:
    """Return the standard named "name/version"; the workspace's own wins over the one shipped under that name.

    Raises BadArgument for an unknown name and SettingsInvalid for a malformed file.
    """
    known = _known(root)
    path = known.get(standard_id)
    if path is None:
        raise BadArgument(argument=f"standard {standard_id}", reason=", ".join(sorted(known)))
    try:
        return standard_from(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, re.error) as error:
        raise SettingsInvalid(path=str(path), reason=f"{type(error).__name__}: {error}") from error


def _known(root: Path | None) -> dict[str, Path]:
    folders = [assets.folder("standards"), *([root / OWN_FOLDER] if root else [])]
    return {
        path.relative_to(folder).with_suffix("").as_posix(): path
        for folder in folders
        for path in sorted(folder.glob("*/*.toml"))
    }
