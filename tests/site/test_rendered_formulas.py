import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.errors import SettingsInvalid
from agent.site.finishing import with_citations
from agent.site.render import render
from agent.site.values import Rendered
from agent.text.formulas import Compiler, Formula


def rendered(text: str) -> Rendered:
    return render(text, language="en", macros={r"\tr": r"\operatorname{tr}"}, resolve=lambda _: None)


def numbers(text: str) -> list[str]:
    return re.findall(r'(?:wq-right"(?: id="[^"]*")?><mtext>|wq-number"(?: id="[^"]*")?>)([^<]*)', rendered(text).html)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$$a$$", []),
        ("$$a\\tag{7}$$", ["(7)"]),
        ("$$a\\tag*{A}$$", ["A"]),
        ("$$a\\label{x}$$ $$b\\label{y}$$", ["(1)", "(2)"]),
        ("\\begin{equation}a\\end{equation}\n\n\\begin{equation}b\\end{equation}", ["(1)", "(2)"]),
        ("\\begin{equation*}a\\end{equation*}", []),
        ("\\begin{equation*}a\\tag{2'}\\end{equation*}", ["(2')"]),
        ("\\begin{align}a&=b\\\\ c&=d\\tag{9}\\\\ e&=f\\nonumber\\\\ g&=h\\end{align}", ["(1)", "(9)", "(2)"]),
        ("\\begin{equation}\\begin{aligned}a\\\\b\\end{aligned}\\tag{5}\\end{equation}", ["(5)"]),
        ("$\\setCounter{11}$\n\n\\begin{equation}a\\end{equation}", ["(12)"]),
        (f"$\\setCounter{{{'9' * 5000}}}$\n\n\\begin{{equation}}a\\end{{equation}}", ["(1)"]),
        ("$$\\begin{align}a\\\\b\\end{align}$$\n\n\\begin{gather}c\\end{gather}", ["(1)", "(2)", "(3)"]),
    ],
)
def test_equations_are_numbered_over_the_document(text: str, expected: list[str]) -> None:
    assert numbers(text) == expected


def test_references_find_labels_before_and_behind_them() -> None:
    page = rendered(
        "见 \\eqref{eq:b} 与 $\\eqref{eq:a}$ 与 $\\ref{eq:a}$ 与 \\ref{eq:b}\n\n"
        "$$x\\tag{A}\\label{eq:a}$$\n\n\\begin{equation}y\\label{eq:b}\\end{equation}"
    )
    links = [("eq-b", "(1)"), ("eq-a", "(A)"), ("eq-a", "A"), ("eq-b", "1")]
    assert re.findall(r'href="#([^"]*)">([^<]*)', page.html) == links
    assert page.html.count('id="eq-a"') == page.html.count('id="eq-b"') == 1
    assert page.losses == ()


def test_the_tie_before_a_reference_is_a_space() -> None:
    page = rendered("Eq.~\\ref{x}，式~\\eqref{x}，1~2，`~\\ref{x}`\n\n$$y\\label{x}$$").html
    assert 'Eq.\u00a0<a href="#eq-x">1</a>，式\u00a0<a href="#eq-x">(1)</a>，1~2，<code>~\\ref{x}</code>' in page


@pytest.mark.parametrize(
    ("tag", "number"),
    [(r"\tag{$\star$}", "(⋆)"), (r"\tag*{1$^\ast$}", "1∗"), (r"\tag{$2.1$}", "(2.1)"), (r"\tag{$\none$}", r"(none)")],
)
def test_a_formula_in_a_tag_is_shown_by_its_characters(tag: str, number: str) -> None:
    assert numbers(f"$$x {tag}$$") == [number]


def rows(text: str) -> list[str]:
    """The tables and their cells, each by the lines at its edges."""
    found = re.findall(r'<(mtable|mtd)(?: class="([^"]*)")?', rendered(text).html)
    return [f"{name} {edges}".strip().replace("wq-", "") for name, edges in found]


@pytest.mark.parametrize(
    ("array", "expected"),
    [
        (r"{c|c}\hline a & b \\ \hline", ["mtable line-top line-bottom", "mtd line-right", "mtd"]),
        (r"{|c} a \\ \hdashline", ["mtable line-left dash-bottom", "mtd"]),
        (r"{c|c} a & b \\ ", ["mtable", "mtd line-right", "mtd"]),
        (
            r"{c}\hline \begin{array}{c} a \\ \hline\end{array} \\ \hline",
            ["mtable line-top line-bottom", "mtd", "mtable line-bottom", "mtd"],
        ),
    ],
)
def test_a_rule_below_the_last_row_is_the_lower_edge_of_the_table(array: str, expected: list[str]) -> None:
    assert rows(rf"$$\begin{{array}}{array}\end{{array}}$$") == expected


TAGGED = (
    "$$x\\tag{2.1}$$ $$y\\tag{2.2}\\label{eq:b}$$ $$z\\tag{3}$$ $$z\\tag{3}$$\n\n\\begin{equation}w\\end{equation}\n\n"
)


def linked(text: str) -> list[tuple[str, str]]:
    return re.findall(r'<a href="#(eq-[^"]*)">([^<]*)', rendered(TAGGED + text).html)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("由式 (2.1) 得（2.2）式。", [("eq-2.1", "2.1"), ("eq-b", "2.2")]),
        ("Eqs. (2.1) and (2.2), equation (2.1)", [("eq-2.1", "2.1"), ("eq-b", "2.2"), ("eq-2.1", "2.1")]),
        ("## 由式 (2.1)\n\n| 式 (2.1) |\n|---|\n| 式 **(2.1)** |", [("eq-2.1", "2.1")] * 2),
        ("由式 (3)、式 (1) 与式 (2.9)，形式 (2.1)，第 (2.1) 条", []),
        ("`由式 (2.1)` $\\text{式 (2.1)}$ [式 (2.1)](https://a.example)", []),
        ("```\n式 (2.1)\n```\n\n<abbr title='式 (2.1)'>b</abbr>", []),
        ("<hr>\n式 (2.1)", [("eq-2.1", "2.1")]),
    ],
)
def test_a_number_in_the_text_leads_to_the_one_formula_that_bears_it(text: str, links: list[tuple[str, str]]) -> None:
    assert linked(text) == links


PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<br>", "<code>", "</code>", "式 (2.7)", "(2.7)、", "（2.7）式", "与", "，(2.8)"),
        *('<img src="a" alt="式 (2.7) 的图 (2.7)">', '<abbr title="式 (2.7)">', "</abbr>", "&gt;", "Eqs. (2.7)"),
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_citing_adds_links_and_changes_nothing_else(html: str) -> None:
    cited = with_citations(html, {"2.7": "eq-2.7"})
    assert cited.replace('<a href="#eq-2.7">', "").replace("</a>", "") == html


def test_equal_tags_are_numbered_places_however_many() -> None:
    places = re.findall(r' id="(eq-[^"]*)"', rendered("$$a\\tag{1}$$\n\n" * 3_000).html)
    assert (places[:3], len(set(places))) == (["eq-1", "eq-1-1", "eq-1-2"], 3_000)


def test_a_citation_changes_neither_ids_nor_contents_and_leads_to_a_place() -> None:
    page = rendered(TAGGED + "## 由式 (2.1)")
    assert [(one.id, one.html) for one in page.headings] == [("由式-21", "由式 (2.1)")]
    assert 'wq-number" id="eq-2.1">(2.1)' in page.html
    assert linked("") == []


def test_a_number_that_no_tag_gave_is_cited_as_it_is_typed() -> None:
    assert "<a" not in rendered("$$x$$\n\n\\begin{equation}y\\end{equation}\n\n式 (1)").html


def test_a_reference_to_nothing_is_named_and_listed() -> None:
    page = rendered("甲\n\n$\\eqref{eq:none}$ \\eqref{eq:other}")
    assert "(eq:none)" in page.html
    assert [(loss.kind, loss.line, loss.what) for loss in page.losses] == [
        ("reference", 3, "eq:none"),
        ("reference", 3, "eq:other"),
    ]


def test_both_ways_of_escaping_give_the_same_formula() -> None:
    raw = rendered("$$\\begin{aligned}a\\\\ \\{b\\}\\end{aligned}$$").html
    escaped = rendered("$$\\begin{aligned}a\\\\\\ \\\\{b\\\\}\\end{aligned}$$").html
    assert raw == escaped


def test_a_macro_of_the_site_and_one_of_the_note_are_known() -> None:
    page = rendered("$\\tr(A)$ $\\mine{x}$ $\\newcommand{\\mine}[1]{\\mathbf{#1}}$ $\\mine{x}$")
    assert [formula.source for formula in page.broken] == ["$\\mine{x}$"]
    assert page.formulas == 4


@pytest.mark.parametrize(
    "formula",
    [
        r"\text{batch_size}",
        r"\begin{split}a&=b\\c&=d\end{split}",
        r"\substack{i<j\\j<k}",
        r"{\small a}",
        r"\mbox{a b}",
        r"\pmb{x}+\mathbbm{1}",
        r"\widetilde{abc}",
        r"\color{skyblue}{x}",
        r"\rank A + \argmax_x f",
        r"\text{若 $x$ 大}",
        r"a\\[6pt]b",
        r"\mathop{x}\limits_{y}",
    ],
)
def test_what_mathjax_forgives_is_set(formula: str) -> None:
    assert rendered(f"$$\\begin{{aligned}}{formula}\\end{{aligned}}$$").broken == ()


@pytest.mark.parametrize(
    ("formula", "is_set"),
    [
        (r"\sum_{\substack{i<j\\j<k}} a", True),
        (r"\begin{cases*}a&if $x$\\b&else\end{cases*}", True),
        (r"\color{skyblue}{x} \mathop{\mathbb{E}}\limits_x", True),
        (r"\bigl(\lVert x\rVert\bigr)" * 20, True),
        (r"\href{https://a.example}{x}", False),
        (r"\frac{a}", False),
        (r"\begin{tabular}{c}a\end{tabular}", False),
    ],
)
def test_the_gate_lets_through_what_the_page_sets_and_nothing_else(formula: str, *, is_set: bool) -> None:
    assert (rendered(f"$${formula}$$").broken == ()) == is_set
    assert (Compiler({}).problem(Formula("display", 0, 0, formula)) == "") == is_set


@pytest.mark.parametrize("name", ["eqnarray", "eqnarray*", "flalign", "displaymath"])
def test_environments_that_the_compiler_does_not_know_are_set(name: str) -> None:
    page = rendered(f"\\begin{{{name}}}a\\end{{{name}}}")
    assert page.broken == ()
    assert page.html.count("<math") == 1


def test_words_under_an_operator_stand_below_it_in_a_display() -> None:
    assert "<munder>" in rendered(r"$$\mathop{\text{argmin}}_x f$$").html


def test_the_space_between_rows_is_not_printed() -> None:
    assert "<mi>p</mi>" not in rendered("$$\\begin{aligned}a\\\\[6pt]b\\\\\\\\[6pt]c\\end{aligned}$$").html


def test_a_broken_formula_shows_its_source_and_why_and_is_listed() -> None:
    page = rendered("甲\n\n乙 $\\frac{a}$ 丙 $\\nope{x}<b$")
    assert page.html.count("wq-broken-formula") == 2
    assert "<code>$\\frac{a}$</code>" in page.html
    assert "<code>$\\nope{x}&lt;b$</code>" in page.html
    assert [(one.line, one.source) for one in page.broken] == [(3, "$\\frac{a}$"), (3, "$\\nope{x}<b$")]
    assert all(one.reason for one in page.broken)


def test_a_display_that_never_ends_is_listed_and_the_rest_is_rendered() -> None:
    page = rendered("$$\na\n\n## 乙\n\n$x$\n")
    assert [(loss.kind, loss.line) for loss in page.losses] == [("display-unclosed", 1)]
    assert "</h2>" in page.html
    assert page.formulas == 1


def test_a_fence_that_its_quotation_ends_is_listed_and_holds_no_prose() -> None:
    page = rendered("> ```math\n> x^2\n\n正文 $z$\n\n```math\ny\n```\n")
    assert [(loss.kind, loss.line, loss.what) for loss in page.losses] == [("display-unclosed", 1, "```math")]
    assert "正文" in page.html
    assert (page.formulas, "<mi>y</mi>" in page.html) == (2, True)


@pytest.mark.parametrize("text", ["```math\n$x$ + $y\n```", "> ~~~~ Math\n> $x$ + $y\n> ~~~~\n"])
def test_a_broken_fence_is_shown_as_it_is_typed(text: str) -> None:
    typed = text.replace("> ", "").strip()
    page = rendered(text)
    assert f"<code>{typed}</code>" in page.html
    assert [one.source for one in page.broken] == [typed]


def test_a_fence_behind_the_marks_of_items_and_quotations_is_a_display() -> None:
    page = rendered("- > ```math\n  > x\n  > ```\n\n1. ```math\n   y\n   ```\n")
    assert re.findall(r"<m[io][^<>]*>(.*?)</m", page.html) == ["x", "y"]


def test_a_quoted_display_loses_the_marks_of_the_quotation() -> None:
    page = rendered("> $$\n> a\n> > b\n> $$\n")
    assert "<mi>a</mi><mi>b</mi>" in page.html.replace("\n", "")


def test_an_indented_display_is_no_code() -> None:
    assert "<pre" not in rendered("甲\n\n    $$x$$\n").html


def test_a_formula_in_the_words_of_an_image_stands_there_as_it_is_typed() -> None:
    page = rendered("甲\n\n![图 $x$](a.png)")
    assert "图 $x$" in page.html
    assert ("formula", 3, "$x$") in [(loss.kind, loss.line, loss.what) for loss in page.losses]


def test_no_formula_brings_an_inline_style() -> None:
    page = rendered(r"$$\begin{array}{c|c}\hline a&b\\\hline\end{array}\color{red}{x}\begin{cases}a\\b\end{cases}$$")
    assert " style=" not in page.html
    assert 'mathcolor="#FF0000"' in page.html
    assert "wq-line-top" in page.html


def test_a_macro_that_cannot_be_read_is_reported() -> None:
    with pytest.raises(SettingsInvalid):
        render("$x$", language="zh", macros={"a1": "x"}, resolve=lambda _: None)


def test_a_command_that_nobody_declared_is_a_word_and_is_named() -> None:
    page = rendered("$\\tr A$ $\\nicefrac{1}{2}$\n\n$\\aplha = \\sqt 2$ $\\aplha$\n")
    assert page.broken == ()
    assert [(loss.kind, loss.line, loss.what) for loss in page.losses] == [
        ("command", 3, "\\aplha"),
        ("command", 3, "\\sqt"),
    ]


REDEFINED = (r"\gdef\le{\ge}", r"\renewcommand{\le}{\ge}", r"\newcommand{\le}{\ge}", r"\def\le{\ge}", r"\let\le\ge")


@pytest.mark.parametrize("definition", [*REDEFINED, r"\global\def\le{\ge}", r"\global\let\le\ge"])
def test_a_formula_that_gives_a_known_command_another_meaning_keeps_it_to_itself(definition: str) -> None:
    page = rendered(f"$a\\le b$ ${definition} x$ $$ {definition} $$ $20\\le c$").html
    assert page.count("<mo>≤</mo>") == 2
    assert "≥" not in page


def test_what_stands_before_all_other_formulas_is_meant_for_all_of_them() -> None:
    page = rendered(r"$\renewcommand{\le}{\leqslant}$ $\newcommand{\mine}{x}$ $a\le b$ $\mine$").html
    assert "⩽" in page
    assert "≤" not in page
    assert "<mi>x</mi>" in page


def test_a_macro_of_the_site_keeps_its_meaning_whatever_a_formula_defines() -> None:
    assert "tr" in rendered(r"$y$ $\def\tr{\det}\tr(A)$ $\tr(B)$").html.rpartition("<math")[2]


@pytest.mark.parametrize("command", [r"\def", r"\gdef", r"\renewcommand"])
def test_what_a_text_defined_itself_it_may_define_anew(command: str) -> None:
    page = rendered(rf"$y$ $\def\own#1{{(#1)}}$ $\own{{a}}$ ${command}\own{{z}}$ $\own$")
    assert page.broken == ()
    assert "<mi>z</mi>" in page.html.rpartition("<math")[2]
