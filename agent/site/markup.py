"""Markdown to sanitised HTML: the renderer, the elements and attributes that a page may hold, and no others."""

import re
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    import nh3


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


BOXES: Final = _names(
    "article aside blockquote center details div figcaption figure footer header main section summary"
)
"""Elements that hold Markdown: their tags get lines of their own."""
BLOCKS: Final = _names(
    "caption col colgroup dd dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre table tbody td tfoot th thead tr ul"
)
INLINE: Final = _names(
    "a abbr b bdi bdo big br cite code del dfn em font i img ins kbd mark nobr q rp rt ruby s samp small span strike"
    " strong sub sup time tt u var wbr"
)
"""With these all elements that a note may use: every other `<` is a character of the text."""
_TAGS: Final = (BOXES | BLOCKS | INLINE) - {
    "big",
    "center",
    "font",
    "nobr",
    "tt",
    "article",
    "main",
    "header",
    "footer",
}
_ATTRIBUTES: Final = {
    # Only boxes keep a class, which tells their kind: with any other a note could dress as the page.
    **{tag: {"id", "class"} for tag in ("div", "section", "aside")},
    **{tag: {"id"} for tag in ("span", "p", "figure", "ul", "li", "sup", "h1", "h2", "h3", "h4", "h5", "h6")},
    "a": {"href", "title", "id", "name"},
    "abbr": {"title"},
    "details": {"open"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "pre": {"lang"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan"},
}
_CLASSES: Final = {"p": {"markdown-alert-title"}, "sup": {"footnote-ref"}}
"""Beside them, those that the renderer makes."""
_SCHEMES: Final = frozenset({"http", "https", "mailto"})
# Obsidian folds a box whose kind has a sign behind it.
_ALERT_TITLE: Final = re.compile(r'(-([a-z]+)">\n<p class="markdown-alert-title">)(?:[-+](?: |(?=<)))?([^<]*)')
_OPEN_BOX: Final = '<input type="checkbox" disabled="" />'
_TICKED_BOX: Final = '<input type="checkbox" checked="" disabled="" />'


def safe_html(markdown: str) -> str:
    """Return the HTML of a Markdown text, sanitised.

    CommonMark with tables, footnotes, ~~deletions~~, ==marked words==, task lists and `> [!NOTE]`; no script, style,
    handler, form, frame or address other than http, https, mailto and relative ones is left, and in tags `<` and `>`
    stand only as entities.
    A class is left of boxes alone; the language of a code block stands in its `lang`.
    """
    html = _renderer()(markdown).replace(_OPEN_BOX, "☐").replace(_TICKED_BOX, "☑")
    if "markdown-alert-title" in html:
        html = _ALERT_TITLE.sub(_alert_title, html)
    return _cleaner().clean(html)


def _alert_title(title: re.Match[str]) -> str:
    """Return the title of a `> [!NOTE]`, which the renderer leaves as it is typed, with its markup as a heading's."""
    heading = _renderer()(f"# {unescape(title[3] or title[2].title())}").strip()
    return title[1] + heading.removeprefix("<h1>").removesuffix("</h1>")


@cache
def _renderer() -> "Callable[[str], str]":
    import comrak  # noqa: PLC0415 - a native module only pages need

    extensions = comrak.ExtensionOptions()
    extensions.table = extensions.footnotes = extensions.strikethrough = extensions.tasklist = extensions.alerts = True
    extensions.highlight = True
    # Without it `**“引用”**的` stays unformatted: its marks stand between punctuation and a letter (CommonMark 6.2). No
    # other fast renderer has this; it takes three times pyromark's time, and a twentieth of markdown-it-py's.
    extensions.cjk_friendly_emphasis = True
    parsing, rendering = comrak.ParseOptions(), comrak.RenderOptions()
    # Boxes are HTML; what is unsafe in it falls to the sanitiser.
    rendering.unsafe_ = rendering.github_pre_lang = True
    render: Any = comrak.render_markdown
    return lambda markdown: str(render(markdown, extensions, parsing, rendering))


@cache
def _cleaner() -> "nh3.Cleaner":
    import nh3  # noqa: PLC0415 - a native module only pages need

    return nh3.Cleaner(
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes=set(_SCHEMES),
        strip_comments=True,
        link_rel=None,
    )
