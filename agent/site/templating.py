"""The templates of the pages, compiled once for all runs as Python compiles its modules."""

import sys
from collections.abc import Mapping
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from pickle import UnpicklingError
from typing import Final

import jinja2
from jinja2.bccache import Bucket

from agent.assets import folder
from agent.workspace.index import digest, program

_FOLDER: Final = folder("site") / "templates"


class _BesideModules(jinja2.FileSystemBytecodeCache):
    """Keeps compiled templates where Python keeps compiled modules; where it may not, they are compiled each time."""

    def __init__(self) -> None:
        place = Path(cache_from_source(str(_FOLDER / "note.html.j2"))).parent
        with suppress(OSError):
            place.mkdir(parents=True, exist_ok=True)
        super().__init__(str(place))

    def get_source_checksum(self, source: str) -> str:
        """Tell a template compiled by another program, with other options or another library, apart."""
        return digest(program(), source)

    def load_bytecode(self, bucket: Bucket) -> None:
        # A file that was cut off, or is none of ours.
        with suppress(OSError, UnpicklingError, EOFError, LookupError, TypeError, ValueError):
            super().load_bytecode(bucket)
            return
        bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


def environment(known: Mapping[str, object]) -> jinja2.Environment:
    """Return what makes pages from templates that may use what is `known`."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER, encoding="utf-8"),
        bytecode_cache=None if sys.dont_write_bytecode else _BesideModules(),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals |= known
    return made
