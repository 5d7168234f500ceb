"""Equal amounts are recognised in every form in which a text may state them, others are not."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from agent.text.quantities import TOLERANCE, amounts, states

SAME = [
    ("约 0.012 s", "12 ms"),
    ("12毫秒", "12 ms"),
    ("十二毫秒", "12 ms"),
    ("twelve milliseconds", "12 ms"),
    ("twenty-four ms", "24 ms"),
    ("12,000 µs", "12 ms"),
    ("11.95 ms", "12 ms"),
    ("$12\\,\\text{ms}$", "12 ms"),
    ("**12** ms", "12 ms"),
    ("1.2×10^{-2} s", "12 ms"),
    ("1.2e-2 秒", "12 ms"),
    ("3350 GB/s", "3.35 TB/s"),
    ("三点三五 TB", "3.35 TB"),
    ("3.35 是怎么来的", "3.35 TB/s"),
    ("989 TFLOPS", "989 TFLOP/s"),
    ("50%", "0.5"),
    ("一半", "50%"),
    ("half of it", "50%"),
    ("百分之五十", "50%"),
    ("1/2", "50%"),
    ("三分之一", "33%"),
    ("three sevenths", "43%"),
    ("43 percent", "43%"),
    ("70 亿参数", "7B"),
    ("7 billion", "7B"),
    ("两倍", "2 倍"),
    ("2x", "2 倍"),
    ("16 GiB", "16 GB"),
    ("80G 显存", "80 GB"),
    ("fourteen gigabytes", "14 GB"),
    ("十六个字节", "16 字节"),
    ("128 比特", "16 字节"),
    ("16B", "16 bytes"),
    ("4096 个词元", "4096"),
    ("一万两千", "12000"),
    ("两亿四千万", "240000000"),
    ("二十个词元", "20 个"),
    ("two hundred watts", "200"),
    ("6 × 10⁻⁸", "6e-8"),
]
DIFFERENT = [
    ("112 ms 和 12.5 ms", "12 ms"),
    ("12 层", "12 ms"),
    ("十二层", "12 ms"),
    ("Q12", "12 ms"),
    ("2024-05-12", "12 ms"),
    ("1 个", "100%"),
    ("2 张卡", "2 倍"),
    ("一步一步", "1 倍"),
    ("16 层", "16 字节"),
    ("20%", "20 倍"),
    ("1/3", "50%"),
    ("half", "2 倍"),
    ("v1.2 ms", "12 ms"),
]


@pytest.mark.parametrize(("text", "value"), SAME)
def test_an_amount_is_recognised_however_it_is_written(text: str, value: str) -> None:
    assert states(text, value)


@pytest.mark.parametrize(("text", "value"), DIFFERENT)
def test_another_amount_is_another(text: str, value: str) -> None:
    assert not states(text, value)


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    assert all(amount.size >= 0 for amount in amounts(text))


@given(st.integers(1, 999), st.sampled_from(["ms", "s", "GB", "字节", "%", "倍"]))
def test_a_number_with_its_unit_is_itself(number: int, unit: str) -> None:
    assert states(f"大约 {number} {unit} 左右", f"{number} {unit}")


@pytest.mark.parametrize("sign", ["一", "1", "亿", "一千零", "百分之", "二分之"])
def test_what_only_looks_like_a_numeral_is_none_however_long_it_is(sign: str) -> None:
    assert amounts(sign * 5_000 + "，12 毫秒") == amounts(sign * 5_000) | amounts("12 毫秒")


@given(stated=st.lists(st.integers(1, 999), max_size=20), value=st.integers(1, 999))
def test_a_text_states_what_is_near_to_any_of_its_amounts(stated: list[int], value: int) -> None:
    assume(all(abs(one - value) != TOLERANCE * max(one, value) for one in stated))  # there rounding decides
    text = "、".join(f"{one} ms" for one in stated)
    near = any(abs(one - value) <= TOLERANCE * max(one, value) for one in stated)
    assert states(text, f"{value} ms") == states(text, f"{value / 1000:g} s") == near


def test_a_number_beyond_all_bounds_is_no_amount_and_a_unit_may_stand_far_behind() -> None:
    assert not states("延迟是 1e999 秒", "12 ms")
    assert states(f"12{' ' * 500}ms", "12 ms")
