"""Renders the prompt templates in `prompts/<language>/`, strictly and with foreign text kept inside its tags.

A template `<name>.md.j2` begins with the names of its variables, then has two sections:

    {# variables: title, article #}
    Everything the model is told by us.
    === user ===
    <article>
    {{ article }}
    </article>

A line `=== cache ===` inside a section ends a block that later requests repeat and the API may cache; inside a loop it
ends one block per item, so that a list that only grows keeps its prefix byte for byte. Both markers are read in the
template, never in what it renders: text that holds such a line stays text. Pieces that templates share (`include`) lie
in files named `_…`.

The learner's and the article's words enter only as variables, inside a tag of the user section. Where such a value
holds a tag of the template's own, opening or closing, whole or broken off, or in the plural, that tag is written
`&lt;/article>`: it can be read but opens and closes nothing. So is a fake `<instruction>` in every template. Nothing
else in the value is changed, no formula and no other HTML.
"""

import hashlib
import re
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from agent.assets import folder
from agent.errors import PromptMissing
from agent.model.messages import Block
from agent.words import Language

if TYPE_CHECKING:
    import jinja2

_SUFFIX: Final = ".md.j2"
_USER: Final = re.compile(r"^=== user ===[ \t]*\n", re.MULTILINE)
_CACHE: Final = re.compile(r"^=== cache ===[ \t]*\n", re.MULTILINE)
_END_OF_BLOCK: Final = "\0"
"""Stands for the marker while a template is rendered; no value can bring one in."""

_COMPILING: Final = threading.Lock()
_CLOSING_TAG: Final = re.compile(r"</([\w-]+)>")
_FAKED: Final = frozenset({"instruction", "system", "task"})
"""Tags that would pass for ours in a template that has none of that name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A rendered prompt; `sha256` is that of the text, so that a record can say which wording was used."""

    name: str
    system: tuple[Block, ...]
    user: tuple[Block, ...]
    sha256: str


def render(name: str, language: Language, /, **variables: object) -> Prompt:
    """Render the template `name`; raise PromptMissing when there is none.

    A variable that the template uses and the caller forgets is a bug of the program: jinja2.UndefinedError.
    """
    with _COMPILING:  # many threads ask for the same template at once, and compiling one takes longer than rendering
        sections = _sections(language, name)
    system, user = (_blocks(section, variables) for section in sections)
    text = "\n".join(["=== system ===", *(b.text for b in system), "=== user ===", *(b.text for b in user)])
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Prompt(name=name, system=system, user=user, sha256=sha256)


def known_prompts(language: Language) -> tuple[str, ...]:
    """Return the names of the templates in `language`, sorted; shared pieces (`_…`) are none."""
    names = (path.name.removesuffix(_SUFFIX) for path in _root(language).glob(f"*{_SUFFIX}"))
    return tuple(sorted(name for name in names if not name.startswith("_")))


def _root(language: Language) -> Path:
    return folder("prompts") / language


def _blocks(section: "jinja2.Template", variables: dict[str, object]) -> tuple[Block, ...]:
    *cached, last = (text.strip("\n") for text in section.render(variables).split(_END_OF_BLOCK))
    # What many requests at once begin with is in memory once.
    shared = (Block(sys.intern(text), cached=True) for text in cached)
    return tuple(block for block in (*shared, Block(last)) if block.text)


@cache
def _sections(language: Language, name: str) -> "tuple[jinja2.Template, jinja2.Template]":
    """Return the system and the user section of a template, compiled with all that they include."""
    if name not in known_prompts(language):
        raise PromptMissing(name=name, known=", ".join(known_prompts(language)))
    root = _root(language)
    source = (root / f"{name}{_SUFFIX}").read_text(encoding="utf-8")
    system, user = (*_USER.split(_CACHE.sub(f"{_END_OF_BLOCK}\n", source), maxsplit=1), "")[:2]
    pieces = {path.name: path.read_text(encoding="utf-8") for path in root.glob(f"_*{_SUFFIX}")}
    environment = _environment(root, frozenset(_CLOSING_TAG.findall("".join([user, *pieces.values()]))))
    for piece in pieces if "{% include" in source else ():
        environment.get_template(piece)
    return environment.from_string(system), environment.from_string(user)


@cache
def _environment(root: Path, tags: frozenset[str]) -> "jinja2.Environment":
    """Return what compiles the templates that have these tags; the pieces that they share are compiled once."""
    import jinja2  # noqa: PLC0415 - heavy

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(root, encoding="utf-8"),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701 - a prompt is Markdown, not a page
        finalize=_keep_inside(tags),
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def _keep_inside(tags: frozenset[str]) -> Callable[[object], object]:
    """Return what jinja2 applies to each value it writes: tags named in `tags` lose their `<`, NULs are dropped."""
    names = "|".join(map(re.escape, sorted(tags | _FAKED)))
    # A tag that is never closed, or has signs that nobody sees before its name, may pass for one as well.
    ours = re.compile(rf"<(?=[^\w<>$]{{0,8}}(?:{names})s?(?![\w-]))", re.IGNORECASE)

    def kept(value: object) -> object:
        if not isinstance(value, str):
            return value
        value = value.replace(_END_OF_BLOCK, "")
        return ours.sub("&lt;", value) if "<" in value else value  # few values hold one

    return kept
