"""Whatever a note holds, its page runs no script, loads nothing from elsewhere and lets nobody draw over it."""

from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.site.integrity import formulas_in_page
from agent.site.render import render
from agent.site.values import Target

EVIL = "http://evil.example/x"
PAYLOADS = (
    "<script>alert(1)</script>",
    "<script src=//evil.example/x.js></script>",
    "<SCRIPT >alert(1)</SCRIPT\t>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script",
    "</script><script>alert(1)//",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><foreignObject><iframe src=javascript:alert(1)></foreignObject></svg>",
    "<svg><use href='data:image/svg+xml,<svg onload=alert(1)>'/></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img src=x onerror=alert(1)>-->",
    "<math><annotation-xml encoding='text/html'><img src=x onerror=alert(1)></annotation-xml></math>",
    "<math><maction actiontype='statusline#http://evil.example' xlink:href='javascript:alert(1)'>x</maction></math>",
    "<math href='javascript:alert(1)'><mi>x</mi></math>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi><semantics><annotation-xml><svg onload=alert(1)>",
    f"<img src={EVIL}>",
    "<img src=x onerror=alert(1)>",
    "<img src='x' onerror='alert(1)'//>",
    "<img/src=x/onerror=alert(1)>",
    f'<img src="x" srcset="{EVIL} 2x">',
    "<img src='javascript:alert(1)'>",
    "<img src=data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+>",
    f"<picture><source srcset={EVIL}><img src=x></picture>",
    f"![x]({EVIL})",
    f'![x]({EVIL} "t")',
    f"![x][r]\n\n[r]: {EVIL}\n",
    "![x](//evil.example/x.png)",
    "![x](\\\\evil.example\\x.png)",
    "![x](javascript:alert(1))",
    "![x](data:image/png;base64,AAAA)",
    '![" onerror="alert(1)](x)',
    "![$x$](x)",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java\tscript:alert(1))",
    "[a](&#106;avascript&colon;alert(1))",
    "[a](&#x6A;avascript:alert(1))",
    "[a](<javascript:alert(1)>)",
    "[a](vbscript:msgbox(1))",
    "[a](data:text/html,<script>alert(1)</script>)",
    "[a](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[a](file:///etc/passwd)",
    "[a][r]\n\n[r]: javascript:alert(1)\n",
    '[a](x "onmouseover=alert(1)")',
    '[a](http://a.example "x\\" onmouseover=\\"alert(1)")',
    "<javascript:alert(1)>",
    '<http://a.example/"onmouseover=alert(1)>',
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='&#1;javascript:alert(1)'>x</a>",
    "<a href=x onclick=alert(1)>x</a>",
    "<a href=x style='position:fixed;inset:0'>x</a>",
    "<a href=x ping=http://evil.example target=_blank>x</a>",
    "<div style='background:url(http://evil.example/x)'>x</div>",
    "<div onmouseover=alert(1)>x</div>",
    "<div class='a' onclick='alert(1)'>x</div>",
    '<div class="$x$" id="$y$">x</div>',
    '<div class="a&quot; onclick=&quot;alert(1)">x</div>',
    "<p style=position:fixed>x</p>",
    f"<style>@import '{EVIL}';</style>",
    "<style>*{background:url(http://evil.example/x)}</style>",
    f"<link rel=stylesheet href={EVIL}>",
    "<link rel=prefetch href=http://evil.example>",
    "<base href=http://evil.example/>",
    "<meta http-equiv=refresh content='0;url=http://evil.example'>",
    "<meta charset=utf-7>",
    f"<iframe src={EVIL}></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    f"<object data={EVIL}></object>",
    f"<embed src={EVIL}>",
    "<form action=http://evil.example><input name=a autofocus onfocus=alert(1)><button>x</button></form>",
    "<input type=image src=http://evil.example/x formaction=javascript:alert(1)>",
    "<button form=x formaction=javascript:alert(1)>x</button>",
    "<select onfocus=alert(1) autofocus><option>x</select>",
    "<textarea onfocus=alert(1) autofocus></textarea>",
    "<keygen autofocus onfocus=alert(1)>",
    f"<video src={EVIL} poster={EVIL} autoplay onloadstart=alert(1)></video>",
    f"<audio src={EVIL} autoplay></audio>",
    "<video><source onerror=alert(1)></video>",
    "<track src=http://evil.example>",
    "<body onload=alert(1)>",
    "<body background=http://evil.example/x>",
    "<table background=http://evil.example/x><tr><td background=http://evil.example/y>x</td></tr></table>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<dialog open>x</dialog>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext><script>alert(1)</script>",
    "<title><img src=x onerror=alert(1)></title>",
    "<frameset onload=alert(1)><frame src=javascript:alert(1)></frameset>",
    "<isindex action=javascript:alert(1) type=image>",
    "<blink onclick=alert(1)>x</blink>",
    "<x onclick=alert(1)>x</x>",
    "<custom-element onconnected=alert(1)></custom-element>",
    "<!--><script>alert(1)</script>-->",
    "<!-- --!><script>alert(1)</script>",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo '<script>alert(1)</script>' ?>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<!DOCTYPE html [<!ENTITY x '<script>alert(1)</script>'>]>&x;",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\\<script>alert(1)\\</script>",
    "<\0script>alert(1)</script>",
    "<img src=x\nonerror=alert(1)>",
    "<a\nhref=javascript:alert(1)>x</a>",
    "$\\text{<img src=x onerror=alert(1)>}$",
    "$\\text{</mtext></math><script>alert(1)</script>}$",
    "$\\href{javascript:alert(1)}{x}$",
    "$\\url{javascript:alert(1)}$",
    '$\\class{x" onclick="alert(1)}{y}$',
    "$\\cssId{x}{y}\\style{position:fixed}{z}$",
    "$\\html{<img src=x onerror=alert(1)>}$",
    f"$\\includegraphics{{{EVIL}}}$",
    "$\\unicode{x3c}script\\unicode{x3e}$",
    "$\\color{red;background:url(http://evil.example)}{x}$",
    '$\\hspace{1em" onclick="alert(1)}$',
    "$\\operatorname{<script>alert(1)</script>}$",
    "$\\nope{<script>alert(1)</script>}$",
    "$$x\\tag{<img src=x onerror=alert(1)>}$$",
    '$$x\\label{a" onclick="alert(1)}$$ \\eqref{a" onclick="alert(1)}',
    '\\begin{equation}x\\label{"><script>alert(1)</script>}\\end{equation}\\eqref{"><script>alert(1)</script>}',
    "\\eqref{<script>alert(1)</script>}",
    "$\\newcommand{\\x}{\\text{<svg onload=alert(1)>}}\\x$ $\\x$",
    "$a<script>alert(1)</script>$",
    "wqffffffffffffffffffff0x wqffffffffffffffffffffn0x <wqfffffffffffffffffffff0x>",
    "<img alt='> $\\text{ onerror=alert(1) }$' src=x>",
    "[x](<$\\text{javascript:}$>)",
    '## <img src=x onerror=alert(1)> {#x"onclick=alert(1)}',
    "## x {#wq-main}",
    '<h2 id="wq-main" onclick="alert(1)">x</h2>',
    '<span id="wq-main" class="wq-broken-formula">x</span>',
    "[^x]: <script>alert(1)</script>\n\nx[^x]",
    '[^"><script>]: y\n\nx[^"><script>]',
    "| <script>alert(1)</script> | b |\n|---|---|\n| <img src=x onerror=alert(1)> | $\\text{<svg onload=alert(1)>}$ |",
    "```html\n<script>alert(1)</script>\n```",
    '```"><script>alert(1)</script>\nx\n```',
    "~~~js onclick=alert(1)\n</code></pre><script>alert(1)</script>\n~~~",
    "`<script>alert(1)</script>`",
    "- [x] <input onfocus=alert(1) autofocus>",
)
CONTEXTS = (
    "{}",
    "文字{}文字",
    '<div class="theorem-box">\n{}\n</div>',
    "<details><summary>x</summary>{}</details>",
    "- {}",
    "> {}",
    "**{}**",
    "[{}](http://a.example)",
)
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
linethickness notation mathcolor voffset largeop fence separator columnalign
"""


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
    assert {"script", "img onerror", "a to javascript:alert(1)", "iframe srcdoc", "comment"} <= seen


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
