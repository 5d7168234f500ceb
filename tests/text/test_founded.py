"""What one text says and another does not: numbers, quantities in words, names and quotations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.text.founded import faults

ZH = "每步读 40 GB 的 KV 缓存，一张卡每秒能读 3.35 TB，所以减半就快一倍。"
EN = "Each step reads 40 GB of KV cache; a card reads 3.35 TB a second, so half the cache is twice the speed."


@pytest.mark.parametrize(
    ("text", "given_"),
    [
        ("每步读 40 GB，一秒 3.35 TB。", ZH),
        ("缓存减半，速度快一倍。", ZH),
        ("「每步读 40 GB」是关键。", ZH),
        ("From 40 GB at 3.35 TB a second.", EN),
        ("The cache decides, and half of it is twice the speed.", EN),
        ("Reading “40 GB of KV cache” is the step.", EN),
        ("It takes 2 reads.", "It takes 2 reads."),
        ("参数占 14GB，合 14 GB。", "参数 = 7B × 2 bytes = 14GB"),
        ("The weights take 14 GB.", "weights = 7B × 2 bytes = 14GB"),
        ("It takes two reads.", "It takes 2 reads."),
    ],
)
def test_what_stands_in_the_references_may_be_said(text: str, given_: str) -> None:
    assert faults(text, given_) == ()


@pytest.mark.parametrize(
    ("text", "given_", "fault"),
    [
        ("每步读 41 GB。", ZH, "41"),
        ("每步读 40 GB，快三倍。", ZH, "三"),
        ("参数占 14 MB。", "参数 = 14GB", "MB"),
        ("只剩百分之二。", ZH, "百分之二"),
        ("靠的是 FlashAttention。", ZH, "FlashAttention"),
        ("用 softmax 归一化。", ZH, "softmax"),
        ("「缓存越大越快」说反了。", ZH, "缓存越大越快"),
        ("Each step reads 400 GB.", EN, "400"),
        ("Three times the speed.", EN, "Three"),
        ("It is what Nvidia measured.", EN, "Nvidia"),
        ("See torch.compile for it.", EN, "torch.compile"),
        ("You said “the cache is free”.", EN, "the cache is free"),
    ],
)
def test_what_does_not_stand_there_is_named(text: str, given_: str, fault: str) -> None:
    assert fault in faults(text, given_)


@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=0, max_value=10**9))
def test_a_foreign_number_never_passes(said: int, stands: int) -> None:
    assert bool(faults(f"一共 {said} 次。", f"一共 {stands} 次。")) == (said != stands)
