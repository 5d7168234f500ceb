"""Equalities in letters: identities are never reported, what is none is, and what may be no algebra says nothing."""

from collections import Counter
from functools import cache
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from agent.text.identities import functions, untrue

Polynomial = dict[tuple[int, int], int]
"""Coefficients by the powers of two letters."""


def wrong(tex: str) -> list[tuple[str, str]]:
    return [(one.left, one.right) for one in untrue(tex)]


@pytest.mark.parametrize(
    ("tex", "sides"),
    [
        ("3(k-2)(2k-2)=6(k-1)(k-3)", ("3(k-2)(2k-2)", "6(k-1)(k-3)")),
        (r"N_k=2\,(12k^2-35k+25)=2\,(3k-5)(4k+5)", (r"2\,(12k^2-35k+25)", r"2\,(3k-5)(4k+5)")),
        (r"(x+y)^2=x^2+y^2", ("(x+y)^2", "x^2+y^2")),
        (r"\frac{1}{1+e^x}=\frac{1}{1+e^{-x}}", None),
        (r"\begin{aligned}S&=(a+b)^2\\&=a^2+ab+b^2\end{aligned}", ("(a+b)^2", "a^2+ab+b^2")),
        (r"\begin{aligned}S&=a(a+b)+b\\&\quad+ab=a^2+3ab+b\end{aligned}", None),
        (r"\left(\frac{n}{m}+1\right)\cdot m=n+2m", None),
        (r"\binom{n}{k}=\frac{n!}{k!\,(n-k+1)!}", None),
        (r"\ln(xy)=\ln x-\ln y", None),
        (r"\log x^2=3\log x", None),
        (r"\exp(a+b)=\exp(a)+\exp(b)", None),
        (r"\sqrt{a^2+b^2}=a+b", None),
        (r"\hat\sigma_{\text{max}}^2\mu_{1}=\hat\sigma_{\text{max}}\mu_1", None),
        (r"a+(L-1)a+Lb=L(a-b)", None),
        (r"L(a+b)=La+b", None),
        (r"0.5x^2+x=\frac{x^2}{3}+x", None),
        ("x^{(k)}y^*=2x^{(k)}y^*", None),
        (r"xg(t)+x=2xg(t)+x", None),
        (r"2e^{x}\ln e^x=xe^x", None),
        (r"2x+x=4x \quad (x>0)", ("2x+x", "4x")),
        (r"(1-K_k)^2P_k^-+P_k^{-}=(3-K_k)P_k^-", ("(1-K_k)^2P_k^-+P_k^{-}", "(3-K_k)P_k^-")),
        (r"P_1^--N+P_1^-=2P_1^-+N", ("P_1^--N+P_1^-", "2P_1^-+N")),
        (r"s_\infty(1-s_\infty)=s_\infty+s_\infty^2", None),
        (r"\rho(1-K)+K=\rho-K", None),
    ],
)
def test_an_equality_that_is_no_identity_is_reported(tex: str, sides: tuple[str, str] | None) -> None:
    found = wrong(tex)
    assert len(found) == 1
    assert sides in {None, *found}


@pytest.mark.parametrize(
    "tex",
    [
        *("(a+b)^2=a^2+2ab+b^2", r"\frac{a}{b}+\frac{b}{a}=\frac{a^2+b^2}{ab}", r"\sqrt{x^2}y=xy", "n!=n(n-1)!"),
        *(r"\binom{n}{k}=\frac{n!}{k!(n-k)!}", r"\ln\frac{x}{y}=\ln x-\ln y", r"\log_2 x^2=2\log_2 x"),
        *(
            r"2^{\log n}+n=n+2^{\log n}",
            "e^{x+y}=e^xe^y",
            r"\frac{1}{1+e^x}=\frac{e^{-x}}{1+e^{-x}}",
            "(AB)^{-1}=B^{-1}A^{-1}",
        ),
        *(r"(I+UV)^{-1}=I-U(I+VU)^{-1}V", r"\frac{x}{3}+y=0.33x+y", r"\tfrac12n(n+1)=\frac{n^2+n}{2}", "k!=k(k-1)!"),
        r"\begin{aligned}S&=(a+b)^2\\&=a^2+2ab\\&\quad+b^2\end{aligned}",
        r"\begin{split}(a-b)(a+b)\\=a^2-b^2\end{split}",
    ],
)
def test_an_identity_is_no_fault(tex: str) -> None:
    assert wrong(tex) == []


@pytest.mark.parametrize(
    "tex",
    [
        *("S=n(n+1)", "x=x^2+1", "-f(x)=x^2", "f(x+1)=f(x)+1", "f(x+1)=2f(x-1)", r"\sigma(-x)=1-\sigma(x)", "a+b=c"),
        *(
            "xy=x+z",
            r"x+y\approx 2x-y",
            r"x+y\le 2x+3y",
            r"(a+b)^2\equiv a^2+b^2",
            "x^Ty=y^Tx",
            r"\frac{dy}{dx}=\frac{x}{y}d",
        ),
        *("d(xy)=xdy+ydx", r"\sum_k k=k^2+k", r"\int x\,dx=x^2", "W^{QK}=W^QW^K", "(1+ti)^2=1-t^2+ti", "(fg)'=fg'+gf'"),
        *(
            "C_n^2=n(n-1)/2",
            "C_n^1+C_n^2=C_n^3",
            "[2x]=[x]+[x+1/2]",
            r"O(n)+n^2=n+O(n)",
            "n!!=n(n-2)!!",
            "1/2n+n=n/2+n",
        ),
        *(
            r"\ln x/y=\ln x-\ln y",
            r"|x|+x=3x",
            r"x\oplus x=x-x",
            r"1+2+\cdots+n=n^2",
            "1+2+...+n=n^2",
            "softmax(x)=max(x)+x",
        ),
        *(
            r"\boldsymbol{a}\times\boldsymbol{b}=-\boldsymbol{b}\times\boldsymbol{a}",
            r"a\times b=-b\times a",
            r"\text{if }x+1=2x",
            "(-1)^nk=k+n",
        ),
        *(r"P(A|B)P(B)=P(B|A)P(A)", r"x+y=2x \pmod{3x+y}", "x_n+1=x_{n+1}+1", r"\begin{cases}x+1=2x\end{cases}"),
        *(
            r"\begin{aligned}a+b&=2a&b+a&=2b+a\end{aligned}",
            r"\lfloor x+1\rfloor=x+2",
            r"\delta(x+y)=\delta x+y\delta",
            "2=3",
        ),
    ],
)
def test_a_definition_and_what_may_be_no_algebra_say_nothing(tex: str) -> None:
    assert wrong(tex) == []


def test_what_begins_a_chain_may_be_an_equation_and_is_told_apart() -> None:
    assert [one.is_first for one in untrue("x+1=2x")] == [True]
    assert [one.is_first for one in untrue("y=x(x+1)=x^2+1")] == [False]


def test_a_letter_that_only_stands_before_brackets_is_told_as_it_may_be_a_function() -> None:
    assert [one.factors for one in untrue("a(k-1)=ak+a")] == [frozenset()]
    assert [one.factors for one in untrue("a(k-1)=a(k+2)")] == [{"a"}]
    assert functions(r"a(k)+\sin(x)b_{1}\left(2n\right)+c(x+1)") >= {"a", "b_1"}
    assert not functions(r"\sin(x)+c(x+1)") & {"n", "c"}


def test_a_formula_that_is_too_long_is_not_read() -> None:
    assert wrong("x+1=2x") != []
    assert wrong("x+1=2x" + "," * 600) == []


LETTERS = ("x", "k", r"\alpha", "n_1", r"\bar{y}")


def written(polynomial: Polynomial, letters: tuple[str, str]) -> str:
    terms: list[str] = []
    for powers, factor in sorted(polynomial.items(), reverse=True):
        parts = (
            f"{name}^{{{power}}}" if power > 1 else name for name, power in zip(letters, powers, strict=True) if power
        )
        name = " ".join(parts)
        size = "" if abs(factor) == 1 and name else str(abs(factor))
        terms.append(f"{'-' if factor < 0 else '+'}{size}{name}")
    return "".join(terms).removeprefix("+") or "0"


def multiplied(one: Polynomial, other: Polynomial) -> Polynomial:
    found: Counter[tuple[int, int]] = Counter()
    for ((a, b), c), ((d, e), f) in product(one.items(), other.items()):
        found[a + d, b + e] += c * f
    return {powers: factor for powers, factor in found.items() if factor}


def holding(polynomial: Polynomial) -> list[bool]:
    """Whether each letter stands in it."""
    return [any(powers[at] for powers in polynomial) for at in (0, 1)]


@cache
def polynomials() -> st.SearchStrategy[Polynomial]:
    powers = st.sampled_from([(0, 0), (1, 0), (0, 1), (1, 1)])
    return st.dictionaries(powers, st.integers(-9, 9).filter(bool), min_size=2, max_size=3)


@given(polynomials(), polynomials(), st.permutations(LETTERS))
def test_a_product_and_its_expansion_are_never_reported(one: Polynomial, other: Polynomial, names: list[str]) -> None:
    letters = (names[0], names[1])
    tex = f"({written(one, letters)})({written(other, letters)})={written(multiplied(one, other), letters)}"
    assert wrong(tex) == []


@given(polynomials(), polynomials(), st.permutations(LETTERS), st.integers(1, 9), st.data())
def test_an_expansion_with_another_coefficient_is_always_reported(
    one: Polynomial, other: Polynomial, names: list[str], more: int, data: st.DataObject
) -> None:
    letters, expanded = (names[0], names[1]), multiplied(one, other)
    powers = data.draw(st.sampled_from(sorted(expanded)))
    changed = expanded | {powers: expanded[powers] + more}
    changed = {powers: factor for powers, factor in changed.items() if factor}
    held = [a or b for a, b in zip(holding(one), holding(other), strict=True)]
    assume(any(held) and holding(changed) == held and len(changed) > 1)
    tex = f"({written(one, letters)})({written(other, letters)})={written(changed, letters)}"
    assert len(wrong(tex)) == 1


@given(st.text(alphabet="xyk0123456789.,+-=()[]{}^_/!\\& fracsqt\n'|", max_size=80))
def test_no_text_is_too_odd_to_be_read(tex: str) -> None:
    assert all(one.left != one.right for one in untrue(tex))
    functions(tex)
