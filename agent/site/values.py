"""What a page is made of: what its note says of itself, its HTML and headings, and what could not be shown of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from agent.words import Language

LossKind = Literal[
    "formula", "display-unclosed", "delimiters", "link", "anchor", "reference", "command", "image", "remote-image"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What a note says of itself: `date` is YYYY-MM-DD or "".

    `archive` is the id that other articles link to, `source` the site that it was published on (`https://host`) or "".
    `is_draft` says that it is not meant for readers yet.
    """

    title: str
    language: Language
    date: str
    tags: tuple[str, ...]
    archive: str
    source: str
    is_draft: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of the page.

    `text` is without markup, the formulas in it as LaTeX; `html` has them set, for a table of contents: it holds no
    link and no id. `line` is 0 where none was found.
    """

    level: int
    text: str
    html: str
    id: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a link or an image of a note leads: an address as it stands in `href` or `src`.

    It is relative to the page, or an `http` address elsewhere; `title` is said when the mouse rests on it.
    """

    url: str
    title: str = ""


Resolve = Callable[[str], Target | None]
"""From a target as written (`../a.md#b`, `%E5%9B%BE.png`, `https://…/archives/123`) to where it leads.

None means: nowhere that the site knows of. An `http`, `https` or `mailto` link is then kept as it is, every other one
is broken. It is not asked about a fragment of the page itself.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenFormula:
    """A formula that does not compile: the page shows its source and why."""

    line: int
    source: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    r"""What the page cannot show as the note has it, where, and the formula's source or the target as written.

    "delimiters" are those of a formula that is written as `\(…\)` or `\[…\]`, "link" and "anchor" lead nowhere,
    "reference" is an `\eqref` without its label, "command" one that nobody declared and that is set as a word, "image"
    is not here and "remote-image" is a link to an image elsewhere, which never loads by itself.
    """

    kind: LossKind
    line: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A document as safe HTML, to be put into a page as it is.

    `formulas` counts those that were found, `broken` among them; `words` are words and Chinese characters outside
    code and formulas; `searched` is all that is read, in one line, formulas left out. No id in `html` begins with
    `wq-`: those are the page's own.
    """

    html: str
    headings: tuple[Heading, ...]
    formulas: int
    broken: tuple[BrokenFormula, ...]
    words: int
    searched: str
    losses: tuple[Loss, ...]
