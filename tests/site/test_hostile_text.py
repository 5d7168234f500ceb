"""Whatever a note holds, its page runs no script, loads nothing from elsewhere and lets nobody draw over it."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import product

import pytest
from hostile_texts import CONTEXTS, PAYLOADS
from hypothesis import given
from hypothesis import strategies as st

from agent.site.integrity import formulas_in_page
from agent.site.render import render
from agent.site.values import Target

TAGS = """
a abbr aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure
h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small span strike strong sub summary sup
table tbody td tfoot th thead time tr u ul var wbr
math menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow mspace msqrt msub
msubsup msup mtable mtd mtext mtr munder munderover none
"""
ATTRIBUTES = """
href rel title id name class open src alt loading width height align colspan rowspan start display displaystyle
scriptlevel mathvariant stretchy lspace rspace minsize maxsize form accent accentunder movablelimits symmetric
linethickness notation mathcolor voffset largeop fence separator columnalign aria-label lang tabindex
"""


OWN_CLASS = re.compile(r"wq-|footnote-ref\Z")


class Page(HTMLParser):
    """Every start tag of a page, with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_comment(self, data: str) -> None:
        self.elements.append(("comment", {}))

    def handle_decl(self, decl: str) -> None:
        self.elements.append(("declaration", {}))

    def handle_pi(self, data: str) -> None:
        self.elements.append(("instruction", {}))

    def unknown_decl(self, data: str) -> None:
        self.elements.append(("declaration", {}))


def only_here(target: str) -> Target | None:
    return Target(url="here/" + target.rpartition("/")[2]) if target.startswith("images/") else None


def forbidden(html: str) -> Iterator[str]:
    for tag, attributes in Page(html).elements:
        if tag not in TAGS.split():
            yield tag
        yield from (f"{tag} {name}" for name in attributes if name not in ATTRIBUTES.split())
        href, src = attributes.get("href", "#"), attributes.get("src", "here/")
        if not href.startswith(("#", "http://", "https://", "mailto:", "here/")):
            yield f"{tag} to {href}"
        if not src.startswith("here/"):
            yield f"{tag} from {src}"
        if attributes.get("id", "").startswith("wq-") or (tag != "span" and "wq-broken" in attributes.get("class", "")):
            yield f"{tag} named {attributes}"
        # The page's own classes have other names: no note is dressed as what stands around it.
        yield from (f"{tag} as {name}" for name in attributes.get("class", "").split() if not OWN_CLASS.match(name))


def test_there_are_enough_payloads() -> None:
    assert len(PAYLOADS) * len(CONTEXTS) >= 500


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_of_a_hostile_text_survives(payload: str) -> None:
    for context in CONTEXTS:
        text = f"---\ntitle: x\n---\n{context.format(payload)}\n\n$y$\n\n{payload}"
        html = render(text, language="en", macros={}, resolve=only_here).html
        assert list(forbidden(html)) == [], context


def test_two_payloads_make_no_third() -> None:
    for one, other in product(PAYLOADS[::3], PAYLOADS[::4]):
        html = render(f"{one}{other}\n\n$y$", language="en", macros={}, resolve=only_here).html
        assert list(forbidden(html)) == [], (one, other)


@pytest.mark.parametrize("tag", ["script", "style", "iframe", "svg", "eos", "T"])
def test_what_is_no_element_of_a_note_is_shown_as_text(tag: str) -> None:
    html = render(f"a <{tag}> b", language="en", macros={}, resolve=only_here).html
    assert html == f"<p>a &lt;{tag}&gt; b</p>\n"


def test_the_check_itself_sees_what_it_forbids() -> None:
    seen = {word for text in PAYLOADS for word in forbidden(text)}
    assert {"script", "img onerror", "a to javascript:alert(1)", "iframe srcdoc", "comment", "span as verdict"} <= seen


MARKUP = st.text(alphabet="<>/\"'=`*_[]()!#$\\{}&;:|~^-+. \n\tabonx1甲，\ue000", max_size=60)
WORDS = st.sampled_from(
    [*PAYLOADS, "$", "$$", "\\begin{align}", "\\end{align}", "<div>", "</div>", "\n\n", "```", "\\tag{1}"]
)


@given(st.lists(WORDS | MARKUP, max_size=8))
def test_no_text_breaks_out_and_none_makes_rendering_fail(pieces: list[str]) -> None:
    rendered = render("".join(pieces), language="zh", macros={}, resolve=only_here)
    assert list(forbidden(rendered.html)) == []
    assert all(list(forbidden(heading.html)) == [] for heading in rendered.headings)
    ids = [heading.id for heading in rendered.headings]
    assert len(ids) == len(set(ids))


@given(st.lists(WORDS | MARKUP, max_size=8))
def test_a_formula_stands_in_the_page_or_is_named_as_lost(pieces: list[str]) -> None:
    rendered = render("".join(pieces), language="zh", macros={}, resolve=only_here)
    lost = sum(loss.kind == "formula" for loss in rendered.losses)
    assert formulas_in_page(rendered.html).count + lost == rendered.formulas
