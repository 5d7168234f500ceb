r"""Numbers by marks that are arithmetic: only what a mark refutes is told, and whether it is the mark's own number."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.text.marked import Mismarked, mark_end, mismarked

MARK = re.compile(r"[（(](?:推导|derived)")


def told(text: str) -> Mismarked | None:
    """What is told of the last mark of a text."""
    return mismarked(text, 0, [*MARK.finditer(text)][-1])


@pytest.mark.parametrize(
    ("text", "number", "value"),
    [
        (r"the mean growth is $0.0202$ (derived: $\tfrac12\cdot0.51\cdot0.04$)", "0.0202", 0.0102),
        (r"turned away is 12 % (derived: $1-0.981/1.35$)", "12", 0.2733),
        (r"| 1/4 | 7/16 | 1/64 | (derived: $2^{-7}$)", "1/64", 1 / 128),
        ("约 3400 次（推导：9/0.4^9）", "3400", 34332),
        (r"每步 $-0.0021$（推导：$0.55\log1.2+0.45\log0.8$）", "0.0021", -0.00013774),
        (r"占 $0.475$ 份（推导：$\lambda(1-h)m/K=0.81/2$）", "0.475", 0.405),
        (r"样本约 2551 条（推导：式 (2.26) 代入 $n=6$，即 $2304\ln3$；估计：$n$ 是假设的）", "2551", 2531.2),
        (r"the growth is $0.0285$ (derived: $0.48\ln1.4+0.28\ln0.6$, from Eq. (2.47))", "0.0285", 0.01848),
        (r"about $N=250$ throws (derived: $1/(2N)$ set equal to 0.02, which gives 24.8)", "250", 24.8),
        ("一样多（推导：数一数），共 13 种（推导：$3\\times4$）", "13", 12),
        ("其中 12。总共 13.5 种（推导：$3\\times4$）", "13.5", 12),
        (r"turned away is 12 % of the 1.35 that came (derived: $1-0.981/1.35$)", "12", 0.2733),
        ("约 3072 个（推导：2^10）", "3072", 1024),
        ("共 **15** 种（推导：$3\\times4$）", "15", 12),
    ],
)
def test_a_number_that_the_arithmetic_of_its_mark_does_not_come_to_is_told(
    text: str, number: str, value: float
) -> None:
    found = told(text)
    assert found
    assert (found.number[0], found.is_beside) == (number, True)
    assert found.value == pytest.approx(value, rel=1e-3)


@pytest.mark.parametrize(
    "text",
    [
        *("占 27 %（推导：$1-0.981/1.35$）", "占 0.27（推导：$1-0.981/1.35$）", "高 57%（推导：$\\pi/2$）"),
        *(
            "少 33%（推导：$3/2$）",
            "约 34000 次（推导：9/0.4^9）",
            "约 3 万次（推导：$170^2$）",
            "占 2 成（推导：$1/5$）",
        ),
        *("留下 0.66（推导：$2/3$）", "要 9 次（推导：$\\ln0.5/\\ln0.925$）", "只用 7 比特（推导：$\\log100$）"),
        *("12 ms (derived: $0.6/50$)", "转 30 度（推导：$\\pi/6$）", "每天 288 分钟（推导：$24\\times0.2$）"),
        *("增长 $0.0185$（推导：$0.48\\log1.4+0.28\\log0.6$）", "共 $3\\times4=12$ 种（推导：$3\\cdot4$）"),
        *("$10^{-7}$（推导：$10^{-3}\\cdot10^{-4}$）", "$2\\sqrt3$ 倍（推导：$\\sqrt{12}$）", "1/8（推导：$2^{-3}$）"),
        *(
            "由 12 变成 3（推导：$3/12$）",
            "系数是 $d/8$（推导：$1/(2\\cdot4)$）",
            "$\\frac38$（推导：$0.5\\cdot0.75$）",
        ),
        *("5 KiB（推导：$10240/2$）", "每步 $-0.003$（推导：$\\tfrac23\\ln1.624+\\tfrac13\\ln0.376$）"),
        *("前者 0.8，后者 0.9（推导：$1-0.2$）", "900 条里 270 条（推导：$1-0.7$）"),
        *("0.273（推导：$1-0.98/1.35$）", "0.00105（推导：$0.0384-0.0374$）"),
    ],
)
def test_a_value_may_be_rounded_a_share_in_other_units_or_any_number_of_its_sentence(text: str) -> None:
    assert told(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "两个界相差 6（推导：$1/\\lambda-1$ 代入 $0.1$ 得 9，代入 $0.25$ 得 3）",
        "缩小 50 倍（推导：代入前者得 $0.5$，代入后者得 $0.01$）",
        *("取 $c$（推导：$c=1/2$）", "四次就够，共 9 次（推导：$0.8^4=0.4096$）", "得 0.3（推导：$1-h=1/20$）"),
        *(
            "见 0.3（推导：2.3-2.5）",
            "得 0.3（推导：(2.3)-(2.5)）",
            "得 0.3（推导：$2^{-4}<0.1$）",
            "得 0.3（推导：$1/7$，再乘 2）",
            "得 0.3（推导：$2/7$ 的一半）",
        ),
        *(
            "得 0.3（推导：$1/7$ 与 $2/7$ 之和）",
            "得 0.3（推导：由式 (2.7)）",
            "得 0.3（推导：$x/7$）",
            "没有数（推导：$1/7$）",
        ),
        *("得 0.3（推导：$\\sqrt5$ 是 2.236）", "得 0.3（推导：$\\sqrt5$）", "得 6.9 步（推导：$\\ln2$）"),
        *("得 0.3（推导：$1/7$，再平方）", "得 0.3（推导：$c=0.81/2$）"),
    ],
)
def test_a_mark_that_is_no_arithmetic_alone_refutes_nothing(text: str) -> None:
    assert told(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *("在 0.3 处最大（推导：$1/7$）", "走 30 步后只剩一点（推导：$0.6^{10}$）", "at $f=0.3$ (derived: $1/7$)"),
        *(
            "超过 0.3 秒（推导：$1/7$）",
            "at least 0.3 (derived: $1/7$)",
            "第 3 轮（推导：$1/7$）",
            "BERT-3（推导：$1/7$）",
        ),
        *(
            "在 0.2 到 0.4 之间（推导：$1/7$）",
            "3 to 2 (derived: $1/7$)",
            "1 小时 36 分（推导：$8/5$）",
            "1e-4（推导：$1/7$）",
        ),
        *("见 3:2（推导：$1/7$）", "降到 0.3，慢得多了（推导：$1/7$）", "30 步，四次就不够了（推导：$0.8^4$）"),
        *("$3n$ 步（推导：$1/7$）", "图 3（推导：$1/7$）", "0.3 时（推导：$1/7$）"),
        *(
            "7 位（推导：$4\\cdot25$）",
            "7 bits (derived: $4\\cdot25$)",
            "3 orders of magnitude (derived: $4\\cdot225$)",
        ),
    ],
)
def test_a_bound_a_setting_and_a_place_are_not_the_number_of_a_mark(text: str) -> None:
    found = told(text)
    assert found is None or not found.is_beside


def test_a_mark_ends_with_its_bracket_and_at_the_end_of_its_line_at_most() -> None:
    assert mark_end("（推导：式 (2.1)）与（三）", 0) == len("（推导：式 (2.1)）")
    assert mark_end("（推导：式\n）", 0) == len("（推导：式")


@given(
    st.text(alphabet="0123456789.,+-*/^()=$ \\fracln{}%倍步得即比", max_size=60),
    st.text("0123456789.%/ 个$", max_size=12),
)
def test_no_mark_is_too_strange(mark: str, said: str) -> None:
    told(f"{said}（推导：{mark}）")


@pytest.mark.parametrize("run", ["1", "1 ", "9,999", "1/", "^9", "$1$", "（", "at "])
def test_long_runs_are_looked_at_near_the_mark_alone(run: str) -> None:
    told(f"{run * 200_000}（推导：{run * 200_000}）")
