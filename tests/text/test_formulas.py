from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.errors import SettingsInvalid
from agent.text.formulas import Compiler, Formula, unescape, unknown_command
from agent.text.outline import outline

COMPILER = Compiler({"\\softmax": "\\operatorname{softmax}", "argmin": "\\operatorname*{argmin}"})
FRAGMENTS = [
    *("$", "$$", "\\$", "\\\\", "\\", "\n", "\r\n", "\n\n", "\n$\n", "  $  ", "x", "x_{<t}", "\\{", "\\\\{", "|", " "),
    *("\\begin{align}", "\\end{align}", "\\begin{equation*}", "\\end{equation*}", "\\begin{cases}", "\\end{cases}"),
    *(
        "# 题\n",
        "<div>",
        "\n</div>\n",
        "`",
        "```\n",
        "\\tag{1}",
        "\\frac",
        "{",
        "}",
        "^",
        "_",
        "&",
        "正",
        "\\left(",
        "\\text{",
    ),
]
markdown = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=2), max_size=40).map("".join)


def found(text: str) -> Sequence[tuple[str, str]]:
    return [(formula.kind, formula.source) for formula in outline(text).formulas]


def unclosed(text: str) -> list[tuple[int, str]]:
    return [(one.start, one.opened_by) for one in outline(text).unclosed]


def display(source: str) -> Formula:
    return Formula(kind="display", start=0, end=len(source), source=source)


@given(markdown)
def test_formulas_and_the_text_between_them_give_the_text_back(text: str) -> None:
    shape = outline(text)
    pieces, at = [], 0
    for formula in shape.formulas:
        whole = text[formula.start : formula.end]
        pieces += [text[at : formula.start], whole]
        at = formula.end
        assert formula.source in whole
        mark = {"inline": "$", "display": "$", "environment": "\\begin{"}[formula.kind]
        assert whole.lstrip(" \t").startswith(mark)
    assert "".join([*pieces, text[at:]]) == text
    starts = [one.start for one in shape.unclosed]
    assert starts == sorted(starts)
    assert not any(formula.start < start < formula.end for start in starts for formula in shape.formulas)


@given(markdown)
def test_anything_compiles_or_has_a_problem_in_one_line(text: str) -> None:
    for formula in [*outline(text).formulas, display(text)]:
        assert "\n" not in COMPILER.problem(formula)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("设 $x$ 为", [("inline", "x")]),
        ("$x_{<t}$ 与 $p(x_t|x_{<t})$", [("inline", "x_{<t}"), ("inline", "p(x_t|x_{<t})")]),
        ("| $a|b$ | $\\lVert x\\rVert$ |", [("inline", "a|b"), ("inline", "\\lVert x\\rVert")]),
        ("$$x$$", [("display", "x")]),
        ("$$\nx\n$$", [("display", "\nx\n")]),
        ("$$x\n\n$$", [("display", "x\n\n")]),
        ("$$\r\nx\r\n$$\r\n", [("display", "\r\nx\r\n")]),
        ("$\nx\n$\n", [("display", "\nx\n")]),
        ("  $ \r\nx\r\n $\r\n", [("display", "\nx\r\n")]),
        ("甲$ \\alpha < 1$，乙$x, \\cdots $，丙$y$", [*(("inline", s) for s in (" \\alpha < 1", "x, \\cdots ", "y"))]),
        ("得到$\\boldsymbol{o}  \n_t = f$是", [("inline", "\\boldsymbol{o}  \n_t = f")]),
        ("价格 $ 5，$6 与 5 $，甲 $x$", [("inline", "x")]),
        ("$a\\$b$", [("inline", "a\\$b")]),
        ("$x\\\\$", [("inline", "x\\\\")]),
        ("$\\{a\\}$", [("inline", "\\{a\\}")]),
        ("价格 $5 与 $10 之间", []),
        ("价格 \\$5$ 与", []),
        ("花费$5美元到$10美元，从$5到$10，共$5-$10", []),
        ("$10 today. \\$20 escaped. 价格是$100美元", []),
        ("概率$0.5$，取$2^n\\text{个}$，$x$2个", [*(("inline", s) for s in ("0.5", "2^n\\text{个}", "x"))]),
        ("$ x $", []),
        ("$x\ny$", []),
        ("`$x$` 与 ``$$``", []),
        ("```\n$x$\n$$\ny\n```\n", []),
        ("\\[x\\] 与 \\(y\\)", []),
        ("\\\\$x$", [("inline", "x")]),
        ("文字 <eos> 不是公式", []),
    ],
)
def test_what_is_a_formula_and_what_is_not(text: str, wanted: list[tuple[str, str]]) -> None:
    assert found(text) == wanted


@pytest.mark.parametrize("name", ["equation", "align", "align*", "gather", "multline", "eqnarray", "flalign"])
def test_a_bare_environment_is_a_display_with_its_begin_and_end(name: str) -> None:
    source = f"\\begin{{{name}}}\nx &= y \\\\\n\\end{{{name}}}"
    (formula,) = outline(f"前\n{source}\n后").formulas
    assert (formula.kind, formula.source, formula.environment) == ("environment", source, name)
    assert formula.is_display


def test_an_environment_that_never_ends_takes_none_of_those_behind_it() -> None:
    sound = [f"\\begin{{align}}{letter}\\end{{align}}" for letter in "bcd"]
    text = "\\begin{align}a\n\n" + "\n\n".join(sound)
    assert found(text) == [("environment", source) for source in sound]
    assert unclosed(text) == [(0, "align")]


def test_a_lone_dollar_with_code_beside_it_ends_no_display() -> None:
    assert found("$\na\n$ `b`\n`c` $\nd\n$\n") == [("display", "\na\n$ `b`\n`c` $\nd\n")]


def test_nested_and_inner_environments_are_not_counted() -> None:
    (formula,) = outline("$$\n\\begin{aligned}\nx&=\\begin{cases}1\\\\0\\end{cases}\n\\end{aligned}\n$$").formulas
    assert formula.kind == "display"
    (other,) = outline("\\begin{cases}1\\\\0\\end{cases}").formulas
    assert not other.is_display


def test_an_inline_formula_is_no_display() -> None:
    assert [formula.is_display for formula in outline("$x$ $$y$$").formulas] == [False, True]


@pytest.mark.parametrize(
    ("text", "opened_by"),
    [
        ("$$\nx\n\n## 下一节\n\n正文\n", "$$"),
        ("\\begin{align}\nx\n\n<div>\n\\end{align}\n", "align"),
        ("\\begin{align}\nx\n", "align"),
        ("$\nx\n\n# 题\n", "$"),
        ("$$x\n\n</details>\n$$", "$$"),
    ],
)
def test_a_display_that_never_ends_is_named_and_swallows_nothing(text: str, opened_by: str) -> None:
    assert unclosed(text)[0] == (0, opened_by)


def test_after_an_unclosed_display_the_next_section_is_read_again() -> None:
    text = "$$\nx\n\n## 下一节\n\n$$y$$ 与 $z$\n\n$\nw\n$\n"
    assert [source.strip() for _, source in found(text)] == ["y", "z", "w"]
    assert unclosed(text) == [(0, "$$")]


def test_environments_without_an_end_are_all_reported() -> None:
    text = "\\begin{align}\n\\begin{align}\n\\begin{gather}x\\end{gather}\n# 题\n\\begin{align}y\\end{align}\n"
    assert [by for _, by in unclosed(text)] == ["align", "align"]
    assert len(found(text)) == 2


@pytest.mark.parametrize(
    ("escaped", "wanted"),
    [
        (r"a \\\ b", r"a \\ b"),
        (r"\\{a\\}", r"\{a\}"),
        (r"\left\\{x\right\\}", r"\left\{x\right\}"),
        (r"a \\\\ b", r"a \\\\ b"),
        (r"a \\ b", r"a \\ b"),
        (r"\{a\}", r"\{a\}"),
        (r"a \\\hline b \\\cline{1-2}", r"a \\\hline b \\\cline{1-2}"),
        (r"a \\[2pt] b", r"a \\[2pt] b"),
        ("", ""),
    ],
)
def test_html2text_escaping_is_undone_where_it_occurred_and_nowhere_else(escaped: str, wanted: str) -> None:
    assert unescape(escaped) == wanted


@given(st.text(alphabet="\\{}ab \n", max_size=30))
def test_raw_latex_without_the_telling_signs_stays(source: str) -> None:
    if "\\\\" not in source:
        assert unescape(source) == source


@pytest.mark.parametrize(
    "source",
    [
        r"\begin{cases}1 \\\ 0\end{cases}",
        r"\\{a,b\\}",
        r"\begin{aligned}a&=b\\&=c\end{aligned}",
        r"x\tag{1}",
        r"x\tag*{甲} \label{eq:a}",
        r"\text{由}\eqref{eq:a}\ref{b}",
        r"\softmax(x)",
        r"\argmin_x f",
        r"p(x_t|x_{<t})",
        r"\newcommand{\s}{\sigma}\s(x)",
        "x" * 5000,
    ],
    ids=lambda source: source[:20],
)
def test_both_escaping_regimes_tags_and_declared_macros_compile(source: str) -> None:
    assert COMPILER.problem(display(source)) == ""


@pytest.mark.parametrize(
    "source",
    [
        r"\frac{1}{",
        r"\text{batch_size}",
        r"\undeclared(x)",
        r"\begin{aligned}x",
        r"x}",
        r"\left(x",
        "{" * 3000 + "}" * 3000,
        "{" * 100_000,
        "\\sqrt" * 50_000,
        "\\frac{" * 50_000,
        "\\left(" * 50_000,
        r"\newcommand{\a}{" + r"\sqrt" * 900 + "}" + r"\a" * 900,
        r"\def\a{" + r"\hat" * 30 + "}" + r"\a" * 60,
        r"\def\a{\a}\a",
    ],
    ids=lambda source: source[:12],
)
def test_what_does_not_compile_has_a_problem_and_nesting_never_ends_the_process(source: str) -> None:
    assert COMPILER.problem(display(source))


def test_problems_are_yielded_with_their_formula() -> None:
    formulas = outline("$x$ $\\nope$ $$\\frac{$$").formulas
    assert [formula.start for formula, _ in COMPILER.problems(formulas)] == [4, 12]


@pytest.mark.parametrize(
    "definition",
    [
        r"\newcommand{\own}{\operatorname{own}}",
        r"\newcommand{own}{\mathop{\text{own}}}",
        r"\newcommand\own{\{x\}}",
        r"\renewcommand*{\own} {a_{b}}",
        r"\providecommand{\own}[1]{\mathbf{#1}}",
        r"\def\own{a}",
        r"\gdef\own#1{\hat{#1}}",
        r"\DeclareMathOperator{\own}{own}",
        r"\DeclareMathOperator*{\own}{own}",
        r"\newcommand{\other}{b}\newcommand{\own}{\other}",
    ],
)
def test_a_definition_reaches_the_later_formulas_of_the_document(definition: str) -> None:
    text = f"$\\own(x)$ 先用。设 ${definition}$，则 $\\own{{x}}$ 与 $$\n\\own{{y}}\\tag{{1}}\n$$"
    formulas = outline(text).formulas
    assert [formula for formula, _ in Compiler({}).problems(formulas)] == [formulas[0]]
    assert Compiler({}).problem(formulas[2])


def test_a_document_may_define_some_hundred_commands() -> None:
    names = ["".join(chr(ord("a") + int(digit)) for digit in str(number)) for number in range(2_000)]
    formulas = outline("".join(f"$\\newcommand{{\\own{name}}}{{x}}$ $\\own{name}$ " for name in names)).formulas
    assert next(Compiler({}).problems(formulas))[0].start > formulas[800].start


def test_a_definition_may_replace_another_and_the_sites_and_is_known_to_its_own_formula() -> None:
    compiler = Compiler({"own": "\\frac{"})
    first, second = outline(r"$\newcommand{\own}{a}\own$ $\newcommand{\own}{b}\own$").formulas
    assert list(compiler.problems([first, second])) == []
    assert compiler.problem(first) == ""
    assert compiler.problem(display(r"\own{x}"))


@pytest.mark.parametrize(
    "source", [r"\newcommand{\own}{a", r"\def\own", r"\newcommand{\own}[2][x]{#1}", r"\newcommand{\own}{#}\own"]
)
def test_a_definition_that_cannot_be_read_is_no_definition(source: str) -> None:
    formulas = [display(source), display(r"\own")]
    assert formulas[1] in [formula for formula, _ in Compiler({}).problems(formulas)]


def test_nested_definitions_never_end_the_process() -> None:
    deep = "".join("\\def\\" + a + "{" + f"\\{b} " * 9 + "\\hat }" for a, b in pairwise("abcdefg"))
    last = display(deep + "\\def\\g{" + "\\hat " * 9 + "}")
    bomb = [last, display("\\a " * 150 + "x"), display("\\a{" * 150 + "}" * 150)]
    assert len(list(Compiler({}).problems(bomb))) >= 2


@pytest.mark.parametrize("macros", [{"x1": "a"}, {"": "a"}, {"a": "#"}, {"a": "#x"}, {"a_b": "c"}])
def test_a_macro_that_cannot_be_declared_is_a_fault_of_the_settings(macros: dict[str, str]) -> None:
    with pytest.raises(SettingsInvalid) as caught:
        Compiler({"sound": "a", **macros})
    sentence = caught.value.sentence("zh")
    assert f"宏 \\{next(iter(macros))}：" in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize(("source", "command"), [(r"\nope(x)", r"\nope"), (r"\frac{", ""), (r"x\+y", ""), ("x", "")])
def test_the_unknown_command_of_a_problem_is_named(source: str, command: str) -> None:
    assert unknown_command(COMPILER.problem(display(source))) == command


def test_tags_are_read_from_the_source() -> None:
    formula = display(r"x \tag{1} \\ y \tag*{2'} \label{eq:a}")
    assert formula.tags == ("1", "2'")


@pytest.mark.parametrize(
    "opening", ["(", "[", r"\{", r"\langle ", r"\lvert ", r"\bigl|", "⟨", r"\left.", r"\ulcorner ", r"\color["]
)
def test_brackets_that_nobody_closes_do_not_take_for_ever(opening: str) -> None:
    COMPILER.problem(display(f"{opening}a" * 200))


@pytest.mark.parametrize(
    "opening",
    ["(", "[", r"\{", r"\langle ", r"\lvert ", r"\lVert ", r"\lbrace ", r"\lfloor ", r"\lceil ", r"\bigl|", r"\Biggl("],
)
def test_a_formula_of_many_brackets_is_set_as_one_of_few_is(opening: str) -> None:
    few, many = (COMPILER.mathml(display(f"{opening}a" * count)) for count in (1, 13))
    bracket = few.removeprefix('<math display="block">').partition("<mi>")[0].replace(' stretchy="true"', "")
    assert many.count(bracket.partition(">")[2].partition("<")[0]) == 13
    assert not COMPILER.problem(display(f"{opening}a" * 13))


@pytest.mark.parametrize("opening", [r"\llbracket ", r"\ulcorner ", "⟨"])
def test_a_formula_with_more_rare_brackets_than_may_be_tried_is_not_set(opening: str) -> None:
    assert COMPILER.mathml(display(f"{opening}a"))
    assert not COMPILER.mathml(display(f"{opening}a" * 13))


@pytest.mark.parametrize("body", ["(", r"\langle #1", "#1#1", "#1 + #1"])
def test_brackets_from_a_macro_do_not_take_for_ever_either(body: str) -> None:
    macro = Compiler({"x": body})
    macro.problem(display(r"\x{[[[[[[[[[[[[}" * 30))
    macro.problem(display(r"\x{\x{\x{\x{\x{[[[[}}}}}"))


@pytest.mark.parametrize(
    ("source", "sound"),
    [
        (r"\sqrt[3]{x} \\[2pt] \begin{array}{c} a \end{array} \bigl( \left\langle b \right\rangle \bigr)", True),
        (r"\left( a", False),
        (r"\frac{a}", False),
        (r"\nope", False),
        (r"\(a", False),
        (r"\\(a)", True),
    ],
)
def test_many_brackets_change_no_verdict(source: str, *, sound: bool) -> None:
    assert (COMPILER.problem(display("(a)" * 20 + source)) == "") == sound
