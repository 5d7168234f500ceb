import pytest

from agent.site.integrity import dangling, formulas_in_markdown, formulas_in_page, places


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("---\ntitle: $x$ $y$\n---\n$z$", 1),
        ("---\n\n$z$\n\n---\n", 1),
        ("`$a$` $b$\n\n```\n$c$\n```\n\n~~~\n$$d$$\n~~~\n", 1),
        ("$$a$$ $b$ \\begin{align}c\\end{align}", 3),
        ("$\nx\n$\n\n$y$", 2),
        ("\\begin{array}{c}\\begin{array}{c}a\\end{array}\\end{array}", 1),
        ("<!-- $a$ --> $b$", 1),
        ("\\$5 和 $ 6 与 5$", 0),
        ("从$5到$10，$5-$10，$10 今天，\\$20 价格$100", 0),
        ("概率$0.5$，取$2^n\\text{个}$，$x$2个", 3),
        ("$$\na\n\n## 标题\n\n$b$", 1),
        ("$x_{<t}$ 与 $a$ $b$", 3),
        ('<img alt="$x$" src="y">', 0),
        ("```\n$a$\n\n$b$", 2),
        ("<!-- $a$ --> $b$ <!-- $c$\n<!-- $d$", 3),
        ("$a <!-- b$ 与 $c$", 2),
        ("\\begin{align}a\n\n$$b$$\n\n\\begin{align}c\\end{align} \\begin{align}d\\end{align}", 3),
        ("\\begin{align}a $b$\n\n## 标题\n\n\\begin{align}c\\end{align} $d$", 3),
        ("\\Begin{align}a\\END{align} \\begin{align}b", 1),
        ("```math\na\n```\n\n> ~~~ Math\n> b\n> ~~~\n\n```mathematica\nc\n```\n\n```math\nd", 2),
        ("- ```math\n  a\n  ```\n\n> 1. ```math\n>    b\n>    ```\n\n$c$", 3),
        ("设 $a 为 `$HOME` 的 $b$", 1),
        ("$`a`$ 与 $b` c$", 2),
        ("\\$`a`$ 与 $`b` c$", 0),
        ("[x](https://x.example/?q=$a$) [$b$](y.md) ![$c$](z.png) [1]($d$ 是)", 2),
    ],
)
def test_formulas_of_a_note_are_counted_outside_code(text: str, count: int) -> None:
    assert len(formulas_in_markdown(text)) == count


def test_formulas_of_a_page_are_counted_with_what_is_wrong_with_them() -> None:
    page = (
        "<nav><math><mi>x</mi></math></nav>"
        '<math><mi>x</mi></math><math display="block"><mi>y</mi><em>z</em></math>'
        '<span class="wq-broken-formula"><code>$\\x$</code></span>'
        '<span class="wq-broken-formula"><code>$<em>x</em>$</code></span>'
    )
    shown = formulas_in_page(page)
    assert (shown.typeset, shown.broken, shown.tagged, shown.count) == (2, 2, 2, 4)


def test_links_that_lead_nowhere_are_found() -> None:
    html = (
        '<a href="b.html#甲">1</a><a href="b.html#%E4%B8%99">2</a><a href="c.html">3</a><a href="#here">4</a>'
        '<a href="#gone">5</a><a href="../index.html">6</a><img src="x.png"><img src="y.png">'
        '<a href="https://a.example">7</a><a href="mailto:a@b.example">8</a><i id="here"></i>'
    )
    pages = {"n/a.html": places(html), "n/b.html": frozenset({"甲"}), "index.html": frozenset[str]()}
    found = list(dangling("n/a.html", html, pages=pages, exists=lambda path: path == "n/x.png"))
    assert found == ["b.html#%E4%B8%99", "c.html", "#gone", "y.png"]


@pytest.mark.parametrize("opening", ["```x\n", "~~~ a\n", "<!-- ", "\\begin{align}\n", "- ```math\n"])
def test_openings_without_an_end_are_no_formulas_however_many(opening: str) -> None:
    assert formulas_in_markdown(opening * 40_000) == ()
    assert formulas_in_markdown("~~" * 40_000) == ()
