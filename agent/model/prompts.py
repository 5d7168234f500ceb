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
in files named `_…`; where a section begins with pieces that are each a block, they are rendered once for all requests
that give them the same variables.

The learner's and the article's words enter only as variables, inside a tag of the user section. Where such a value
holds a tag of the template's own, opening or closing, whole or broken off, or in the plural, that tag is written
`&lt;/article>`: it can be read but opens and closes nothing. So is a fake `<instruction>` in every template. Characters
that nobody sees are left out. Nothing else in the value is changed, no formula and no other HTML.
"""

import hashlib
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from agent.assets import folder
from agent.errors import PromptMissing
from agent.model.messages import Block
from agent.text.invisible import visible
from agent.words import Language

if TYPE_CHECKING:
    import jinja2

_SUFFIX: Final = ".md.j2"
_USER: Final = re.compile(r"^=== user ===[ \t]*\n", re.MULTILINE)
_CACHE: Final = re.compile(r"^=== cache ===[ \t]*\n", re.MULTILINE)
_HEAD: Final = re.compile(r"\A\{#[^#]*#\}\n")
_PIECE: Final = re.compile(r'\{% include "([^"\n]+)" %\}\n=== cache ===[ \t]*\n')
"""One that is a block by itself."""
_KEPT: Final = 64
"""So many blocks of each piece are kept: the requests of as many articles are made side by side."""
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
    system, user = (section.blocks(variables) for section in sections)
    text = "\n".join(["=== system ===", *(b.text for b in system), "=== user ===", *(b.text for b in user)])
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Prompt(name=name, system=system, user=user, sha256=sha256)


def known_prompts(language: Language) -> tuple[str, ...]:
    """Return the names of the templates in `language`, sorted; shared pieces (`_…`) are none."""
    names = (path.name.removesuffix(_SUFFIX) for path in _root(language).glob(f"*{_SUFFIX}"))
    return tuple(sorted(name for name in names if not name.startswith("_")))


def _root(language: Language) -> Path:
    return folder("prompts") / language


@dataclass(slots=True)
class _Piece:
    """A shared piece that makes a block: `names` are its variables, `given` what it gave last, for which of them."""

    template: "jinja2.Template"
    names: frozenset[str]
    given: tuple[tuple[dict[str, object], Block], ...] = ()

    def block(self, variables: dict[str, object]) -> Block:
        """Return the block, the very same for the same variables."""
        ours = {name: variables[name] for name in self.names & variables.keys()}
        for theirs, block in self.given:
            if theirs == ours:
                return block
        block = Block(self.template.render(ours).strip("\n"), cached=True)
        self.given = ((ours, block), *self.given[: _KEPT - 1])
        return block


@dataclass(frozen=True, slots=True)
class _Section:
    """A section: the `pieces` that it begins with, and the rest."""

    pieces: tuple[_Piece, ...]
    rest: "jinja2.Template"

    def blocks(self, variables: dict[str, object]) -> tuple[Block, ...]:
        """Return the section rendered."""
        begin = (piece.block(variables) for piece in self.pieces)
        *cached, last = (text.strip("\n") for text in self.rest.render(variables).split(_END_OF_BLOCK))
        return tuple(one for one in (*begin, *(Block(text, cached=True) for text in cached), Block(last)) if one.text)


@cache
def _sections(language: Language, name: str) -> tuple[_Section, _Section]:
    """Return the system and the user section of a template, compiled with all that they include."""
    if name not in known_prompts(language):
        raise PromptMissing(name=name, known=", ".join(known_prompts(language)))
    root = _root(language)
    source = _HEAD.sub("", (root / f"{name}{_SUFFIX}").read_text(encoding="utf-8"))
    system, user = (*_USER.split(source, maxsplit=1), "")[:2]
    pieces = (path.read_text(encoding="utf-8") for path in root.glob(f"_*{_SUFFIX}"))
    environment = _environment(root, frozenset(_CLOSING_TAG.findall("".join([user, *pieces]))))
    return _section(environment, root, system), _section(environment, root, user)


def _section(environment: "jinja2.Environment", root: Path, source: str) -> _Section:
    pieces = []
    while begin := _PIECE.match(source):
        pieces.append(_piece(environment, root / begin[1]))
        source = source[begin.end() :]
    return _Section(tuple(pieces), environment.from_string(_CACHE.sub(f"{_END_OF_BLOCK}\n", source)))


@cache
def _piece(environment: "jinja2.Environment", file: Path) -> _Piece:
    """Return a shared piece, compiled; among its names are those of the pieces that it includes."""
    from jinja2 import meta, nodes  # noqa: PLC0415 - heavy

    tree = environment.parse(file.read_text(encoding="utf-8"))
    included = (_piece(environment, file.with_name(one)).names for one in meta.find_referenced_templates(tree) if one)
    names = frozenset(one.name for one in tree.find_all(nodes.Name)).union(*included)
    return _Piece(environment.from_string(tree), names)


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
    """Return what jinja2 applies to each value it writes: tags named in `tags` lose their `<`.

    What nobody sees goes first, NULs too: a tag that holds such a character is one again wherever that is dropped.
    """
    names = "|".join(map(re.escape, sorted(tags | _FAKED)))
    # A tag that is never closed, or has signs that nobody sees before its name, may pass for one as well.
    ours = re.compile(rf"<(?=[^\w<>$]{{0,8}}(?:{names})s?(?![\w-]))", re.IGNORECASE)

    def kept(value: object) -> object:
        if not isinstance(value, str):
            return value
        value = visible(value)
        return ours.sub("&lt;", value) if "<" in value else value  # few values hold one

    return kept
