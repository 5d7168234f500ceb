"""Read the standards: those that travel with the program, and those a workspace adds under `.wenqu/standards/`."""

import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from agent import assets
from agent.errors import SettingsInvalid, UnknownStandard
from agent.notes.elements import Element, elements_from
from agent.standard.standard import Standard, extended, hold_patterns, standard_from
from agent.text.faults import fault
from agent.workspace import disk
from agent.workspace.store import PRIVATE_FOLDER

OWN_FOLDER: Final = Path(PRIVATE_FOLDER) / "standards"
_ELEMENTS: Final = "discussion.toml"
_SIZE_LIMIT_BYTES: Final = 1 << 20


def read_standard(standard_id: str, root: Path | None = None) -> Standard:
    """Return the standard named "name/version"; the workspace's own wins over the one shipped under that name.

    A standard may extend another by a line `extends = "name/version"`, the workspace's own also the shipped one of the
    same name. Raises UnknownStandard for an unknown name and SettingsInvalid for a malformed file.
    """
    known = _known(root)
    if standard_id not in known:
        raise UnknownStandard(name=standard_id, known=", ".join(sorted(known)))
    path = known[standard_id][0]
    with _naming(path):
        values = _values(path, known)
        standard = standard_from(values)
        if root and (root / OWN_FOLDER).is_dir():
            hold_patterns(standard)
    if standard.id != standard_id:
        raise SettingsInvalid(path=str(path), reason=f"name, version = {standard.id} → {standard_id}")
    return standard


def standard_ids(root: Path) -> tuple[str, ...]:
    """Return the ids of all standards that a workspace can name."""
    return tuple(sorted(_known(root)))


def _values(path: Path, known: Mapping[str, Sequence[Path]], extending: tuple[Path, ...] = ()) -> dict[str, Any]:
    """Return the values of a standard's file over those of the one it extends; never a file twice."""
    values = _parsed(path)
    base_id = values.pop("extends", None)
    if base_id is None:
        return values
    above = (*extending, path)
    base = next((file for file in known.get(base_id, ()) if file not in above), None)
    if base is None:
        raise SettingsInvalid(path=str(path), reason=f"extends = {base_id!r} → {', '.join(sorted(known))}")
    return extended(_values(base, known, above), values)


def read_elements(root: Path) -> tuple[Element, ...]:
    """Return the elements that a discussion records, the workspace's own file first; raise SettingsInvalid."""
    own = root / OWN_FOLDER / _ELEMENTS
    path = own if own.is_file() else assets.folder("standards") / _ELEMENTS
    with _naming(path):
        return elements_from(_parsed(path))


def _parsed(path: Path) -> dict[str, Any]:
    # An installer may have made links of the files that travel with the program.
    return tomllib.loads(disk.read_regular(os.path.realpath(path), _SIZE_LIMIT_BYTES).decode("utf-8-sig"))


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Say of a malformed file which one it is."""
    try:
        yield
    except OSError as error:
        raise SettingsInvalid(path=str(path), reason=error.strerror) from error
    except (ValueError, RecursionError) as error:
        raise SettingsInvalid(path=str(path), reason=fault(error)) from error
    except (AttributeError, KeyError, TypeError) as error:
        raise SettingsInvalid(path=str(path), reason=f"{type(error).__name__}: {error}") from error


def _known(root: Path | None) -> Mapping[str, Sequence[Path]]:
    """Return the files of every standard by its name, the workspace's own first."""
    files: dict[str, list[Path]] = {}
    for folder in ([root / OWN_FOLDER] if root else []) + [assets.folder("standards")]:
        for path in sorted(folder.glob("*/*.toml")):
            files.setdefault(path.relative_to(folder).with_suffix("").as_posix(), []).append(path)
    return files
