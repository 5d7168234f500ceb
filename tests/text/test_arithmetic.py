"""Sums in formulas: what is equal is never reported, what is not is, and what is no arithmetic says nothing."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.text.arithmetic import equalities, read, unequal


def wrong(tex: str) -> list[tuple[str, str]]:
    return [(one.left, one.right) for one in unequal(tex)]


@pytest.mark.parametrize(
    ("tex", "sides"),
    [
        (r"2^{15}\approx 65504", ("2^{15}", "65504")),
        (r"\leq 81 \times 27^4 = 42,823,881", (r"81 \times 27^4", "42,823,881")),
        (r"N=3\times4=13", (r"3\times4", "13")),
        (r"\tfrac14\cdot\tfrac14+\frac16\cdot\frac12=\frac5{24}", None),
        (r"\log_2 8=4", (r"\log_2 8", "4")),
        (r"\log_{10}1000=2", (r"\log_{10}1000", "2")),
        (r"5!=100", ("5!", "100")),
        (r"\sqrt[3]{27}=4", (r"\sqrt[3]{27}", "4")),
        (r"x=2, \quad 2+2=5", ("2+2", "5")),
        (r"5\%\times200=100", (r"5\%\times200", "100")),
        (r"0.9^{3}=0.81", ("0.9^{3}", "0.81")),
        (r"S=1+31999\,e^{-10}\approx4.45", None),
        (r"2\sqrt{96}-1\approx17.6", (r"2\sqrt{96}-1", "17.6")),
        (r"R_2(3)=\binom42=8", (r"\binom42", "8")),
        (r"k=1+\lceil\frac{900-489}{128}\rceil=6", (r"1+\lceil\frac{900-489}{128}\rceil", "6")),
        (r"\left\lfloor 7/2\right\rfloor=4", (r"\left\lfloor 7/2\right\rfloor", "4")),
        (r"\frac{29}{24}\approx1.29", (r"\frac{29}{24}", "1.29")),
        (r"1000/7\approx143.5", None),
        *((rf"11.68-0.128={off}", ("11.68-0.128", off)) for off in ("11.45", "11.53", "11.57", "11.66")),
        (r"\frac{0.498}{0.213}\approx2.31", None),
        (r"12.34\times100=1235.2", None),
        (r"0.9\times3=5/2", None),
        (r"0.25\times0.5=80\%", None),
        (r"31/24\approx80\%", None),
    ],
)
def test_an_equality_that_is_false_is_reported(tex: str, sides: tuple[str, str] | None) -> None:
    found = wrong(tex)
    assert len(found) == 1
    assert sides in {None, *found}


@pytest.mark.parametrize(
    "tex",
    [
        *(r"\frac13=0.333", r"2\pi\approx6.28", r"\ln2=0.69", r"e^{-1}\approx 0.37", r"10!=3628800", r"3/4=75\%"),
        *(
            r"\frac{0.375}{261.125}\approx1.44\times10^{-3}",
            r"0.02\cdot0.03=6\times10^{-4}",
            r"0.0049\times1.01\approx5\times10^{-3}",
        ),
        *(r"12345\times2\approx2.47\times10^4", r"2\times10^3=2000", r"1.5\times10^{-2}\approx10^{-2}"),
        r"\binom{64}{8}=4.426\times10^9",
        *(r"0.816\times0.932\times0.991\times0.9998=0.75", r"2^{10}\approx10^3", r"1.3\times10^9\approx10^9"),
        *(r"1,000\times3=3,000", r"(1-0.5)^2=0.25=1/4", r"2^10=1024", r"\left(\frac12\right)^{2}=\frac14"),
        r"1+31999\,e^{-10}\approx2.4528",
        *(r"\lceil3.2\rceil=4", r"\lfloor0.3/0.1\rfloor=3", r"\lfloor-1.5\rfloor=-2", r"\lfloor x\rfloor=5"),
        *(r"\binom42=6", r"\dbinom{100}{50}\approx1.01\times10^{29}", r"2/3\approx0.66", r"100/3\approx30"),
        *(r"2\sqrt{96}-1\approx18.6", r"0.33\times3.1\approx1.02", r"24\times3600\times365\approx3\times10^7"),
        r"88.03-81.97=6.06\%",
        # Each decimal may be off by half a unit of its last digit, and the result too.
        *("11.68-0.128=11.55", "11.68-0.128=11.56", r"0.333\times3=1.00", r"0.213\times8.5=1.81"),
        *(r"\frac{0.498}{0.213}=2.34", r"\frac{0.498}{0.213}\approx2.3", r"0.33\times3.10\approx1.03"),
        *(r"2/3=67\%", r"0.6667=67\%", r"2/3\approx67\%", r"0.25\times0.48=12\%", r"2.4\times3583=8600"),
    ],
)
def test_rounding_and_percentage_points_are_no_fault(tex: str) -> None:
    assert wrong(tex) == []


@pytest.mark.parametrize(
    "tex",
    [
        *("f(2)=4", "a_1=2", "x+1=3", r"1=0", r"7+8=3\pmod{12}", r"(1011)_2=11", "f(1,2)=3", r"\binom25=11"),
        *(r"3^{16}\approx4300\text{万}", r"2\frac12=2.5", "3 4=12", r"\log 100=2", r"1+\cdots+9=46"),
        r"\begin{aligned}S&=1+2\\&\quad+4=7\end{aligned}",
        r"\begin{pmatrix}1&2\\3&4\end{pmatrix}=5",
        r"1/0=2",
        r"\left((1-2)^{0.5}\right)^2=1",
        r"\left((1-2)^{0.5}\right)!=1",
        *(r"1/2\pi=1.57", r"\ln2\pi+1=1.8", r"\ln(2)^2=1.38"),
        r"10^{10^{10}}=2",
        r"9^{9^{9^{9}}}=1",
        "{" * 500 + "1=2",
    ],
)
def test_what_is_no_arithmetic_or_may_mean_anything_says_nothing(tex: str) -> None:
    assert wrong(tex) == []


def terms() -> st.SearchStrategy[tuple[str, Fraction]]:
    """Arithmetic as LaTeX, and its value."""
    numbers = st.integers(0, 99).map(lambda n: (str(n), Fraction(n)))

    def wider(inner: st.SearchStrategy[tuple[str, Fraction]]) -> st.SearchStrategy[tuple[str, Fraction]]:
        pairs = st.tuples(inner, inner)
        return st.one_of(
            pairs.map(lambda p: (f"({p[0][0]}+{p[1][0]})", p[0][1] + p[1][1])),
            pairs.map(lambda p: (f"\\left({p[0][0]}-{p[1][0]}\\right)", p[0][1] - p[1][1])),
            pairs.map(lambda p: (rf"{p[0][0]}\times {p[1][0]}", p[0][1] * p[1][1])),
            pairs.filter(lambda p: p[1][1] != 0).map(
                lambda p: (rf"\frac{{{p[0][0]}}}{{{p[1][0]}}}", p[0][1] / p[1][1])
            ),
        )

    return st.recursive(numbers, wider, max_leaves=6)


def bare(value: Fraction) -> str:
    whole = str(value.numerator)
    return whole if value.denominator == 1 else rf"\frac{{{whole}}}{{{value.denominator}}}"


@given(terms())
def test_what_is_equal_by_construction_is_never_reported(term: tuple[str, Fraction]) -> None:
    tex, value = term
    assert wrong(f"{tex}={bare(value)}") == []
    assert wrong(rf"{tex}\approx {float(value):.4f}") == []


@given(terms(), st.integers(2, 50))
def test_what_is_further_off_than_rounding_is_always_reported(term: tuple[str, Fraction], off: int) -> None:
    tex, value = term
    assert len(wrong(f"{tex}+0={bare(value + off)}")) == 1


@given(st.text(alphabet="0123456789+=() &x\n\\≈", max_size=30), st.sampled_from(["=", "≈", r"\approx", r" & \simeq "]))
def test_no_sum_is_wrong_where_no_sign_is_worth_looking_at(before: str, sign: str) -> None:
    tex = f"{before}{sign}12"
    assert [*equalities(tex, 0)] or not wrong(tex)


@given(st.text(alphabet="0123456789.,+-=()[]{}^_/!\\%& abe" + "≈", max_size=80))
def test_no_text_is_too_odd_to_be_read(tex: str) -> None:
    list(unequal(tex))
    found = read(tex)
    assert found is None or found.value == found.value


@pytest.mark.parametrize("run", [r"\\[", r"\\[a", r"\\[2pt]", "[", "]"])
def test_long_runs_of_row_ends_are_read_in_one_pass(run: str) -> None:
    assert wrong("2+2=5" + r"\\" + run * 500_000) == [("2+2", "5")]


@pytest.mark.parametrize(
    "tex",
    [
        r"\frac{0.375}{261.125}\approx1.84\times10^{-3}",
        r"0.02\cdot0.03=7\times10^{-4}",
        r"12345\times2\approx2.57\times10^4",
        r"3\times10^{-2}\times2=6\times10^{-3}",
    ],
)
def test_a_power_of_ten_moves_the_place_of_the_last_digit(tex: str) -> None:
    assert len(wrong(tex)) == 1


@pytest.mark.parametrize(
    ("tex", "sides"),
    [
        ("22^2<480", ("22^2", "480")),
        ("22²<480", ("22^{2}", "480")),
        ("22^2=484<480<529", ("484", "480")),
        ("3/2>2", ("3/2", "2")),
        ("x<3<2", ("3", "2")),
        (r"5\ge7", ("5", "7")),
        (r"5 \gt 7", ("5", "7")),
        (r"5\leqslant 3", ("5", "3")),
        ("4<4", ("4", "4")),
        ("0.9<0.85", ("0.9", "0.85")),
        (r"6.06<5\%", ("6.06", r"5\%")),
        (r"\frac{29}{24}\ge1.25", (r"\frac{29}{24}", "1.25")),
        (r"\log 8>5", (r"\log 8", "5")),
    ],
)
def test_an_inequality_that_its_numbers_deny_is_reported(tex: str, sides: tuple[str, str]) -> None:
    assert wrong(tex) == [sides]


@pytest.mark.parametrize(
    "tex",
    [
        *("3/2<2", "484<529", r"4\le4", r"0.1+0.2\le0.3", r"0.81\ge0.9\times0.9", "-3<-2", "22²<485"),
        # What is rounded may lie on either side, and a float does not tell large numbers apart.
        *(r"\sqrt2<1.41", r"\sqrt2<1.4", "10^{12}-1<10^{12}", "2^{60}<2^{60}+1"),
        *(r"50\%<0.3", r"\log 2<1/2", r"\log 2>1/2"),
        # No number stands on both sides, or what stands there goes on elsewhere.
        *("x_{12}<3", "x^{12}<3", "f(2,3)<1", r"3\ll 2", "<1,2>", "3 -> 2", "3 => 2", "3 >> 5", "a<b"),
        *(r"1<0.3+0.5\\+0.9", r"n&=3\\&<2", r"x&=1\\&\quad+0.5<0.6"),
    ],
)
def test_an_inequality_that_holds_or_that_no_numbers_deny_is_not(tex: str) -> None:
    assert wrong(tex) == []
