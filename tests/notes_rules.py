"""The rules for discussions that travel with the program."""

from functools import cache
from pathlib import Path

from agent.notes.elements import Element
from agent.workspace.standards import read_elements


@cache
def elements() -> tuple[Element, ...]:
    return read_elements(Path("no workspace"))
