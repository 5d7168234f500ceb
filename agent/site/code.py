"""Code blocks coloured by Pygments: classes and no inline styles, so that the page's own sheet colours them."""

from functools import cache, lru_cache
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pygments.lexer import Lexer

_MAX_CHARS: Final = 100_000
"""Longer code stays uncoloured: some lexers take more than linear time."""
_CLASSES: Final = {
    "Comment": "wq-comment",
    "Keyword": "wq-keyword",
    "Operator.Word": "wq-keyword",
    "Name.Builtin": "wq-builtin",
    "Name.Function": "wq-name",
    "Name.Class": "wq-name",
    "Name.Decorator": "wq-name",
    "Name.Tag": "wq-keyword",
    "Name.Attribute": "wq-name",
    "Literal.Number": "wq-numeral",
    "Literal": "wq-string",
}
"""The classes by kinds of tokens, as Pygments names them; the kinds below one have its class."""


@lru_cache(maxsize=256)
def highlighted(source: str, language: str) -> str:
    """Return the code as HTML: what Pygments knows in `<span class="…">`, everything escaped."""
    lexer = _lexer(language) if len(source) <= _MAX_CHARS else None
    if lexer is None:
        return escape(source, quote=False)
    tokens = ((_class(kind), text) for _, kind, text in lexer.get_tokens_unprocessed(source))
    pieces = []
    for name, run in groupby(tokens, key=lambda token: token[0]):
        code = escape("".join(text for _, text in run), quote=False)
        pieces.append(f'<span class="{name}">{code}</span>' if name else code)
    return "".join(pieces)


@cache
def _lexer(language: str) -> "Lexer | None":
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415 - heavy
    from pygments.util import ClassNotFound  # noqa: PLC0415 - as above

    try:
        return get_lexer_by_name(language)
    except ClassNotFound:
        return None


@cache
def _class(kind: Any) -> str:
    """Return one of few classes for a kind of token: a page needs no more colours."""
    return next((name for parent, name in _CLASSES.items() if f"{kind}.".startswith(f"Token.{parent}.")), "")
