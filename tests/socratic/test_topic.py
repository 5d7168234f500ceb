"""What a session and its file are called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.socratic.aims.topic import MOST, asking_form, file_topic, short_form, size, undoubled

ZH = "{topic}深度讨论.md"
EN = "{topic}-discussion.md"


@pytest.mark.parametrize(
    ("question", "section", "short"),
    [
        ("为什么缓存会拖慢解码？", "", "为什么缓存会拖慢解码"),
        ("把学习率放大一倍，损失曲线会怎样？", "", "把学习率放大一倍，损失曲线会怎样"),
        (
            "随着模型规模不断增大而且数据也在变多，为什么GPU之间的通信会逐渐变成最慢的一环？",
            "分布式",
            "为什么GPU之间的通信会逐渐变成最慢的一环",
        ),
        ("假设手头只有一张不大的卡，但需要微调一份很大的权重，你会先从哪里着手考虑？", "取舍", "取舍"),
        ("What happens to the loss when the learning rate is doubled?", "", "Loss when the learning rate is doubled"),
        (
            "Why does the gradient vanish when a sigmoid is saturated on one of its sides?",
            "",
            "Why does the gradient vanish when a sigmoid is saturated on one of its sides",
        ),
        ("Why is it slow?", "", "Why is it slow"),
    ],
)
def test_a_question_is_cut_where_it_loses_no_meaning(question: str, section: str, short: str) -> None:
    assert short_form(question, section=section) == short


@pytest.mark.parametrize(
    ("question", "topic", "name"),
    [
        ("独立与互斥是一回事吗？", "独立与互斥是一回事吗？", "独立与互斥是一回事吗"),
        ("独立就是互斥？", "独立就是互斥？", "独立就是互斥"),
        ("放大一倍之后，权重会怎样呢？", "放大一倍之后，权重会怎样呢？", "放大一倍之后，权重会怎样呢"),
        ("Is independence the same?", "Is independence the same?", "Is independence the same"),
        ("什么是交叉熵损失？", "交叉熵损失", "交叉熵损失"),
        ("交叉熵损失是什么？", "交叉熵损失", "交叉熵损失"),
    ],
)
def test_a_topic_asks_as_its_question_does(question: str, topic: str, name: str) -> None:
    assert asking_form(question) == topic
    assert file_topic(topic, ZH) == name


def test_a_word_that_the_rule_adds_is_not_written_twice() -> None:
    assert file_topic("量化讨论", ZH) == "量化"
    assert file_topic("KV缓存的深度讨论", ZH) == "KV缓存"
    assert file_topic("KV cache discussion", EN) == "kv-cache"
    assert undoubled("concussion", "discussion") == "concussion"
    assert undoubled("讨论", "深度讨论") == "讨论"


def test_names_follow_the_style_of_the_rule() -> None:
    assert file_topic("Why divide by √d rather than by d?", EN) == "why-divide-by-d-rather-than-by-d"
    assert file_topic("Why divide by √d?", "{topic} discussion.md") == "Why divide by √d"
    assert file_topic("缓存与带宽", EN) == "缓存与带宽"


@given(
    st.text(alphabet="缓存为什么慢 abcWhy,，?？-", min_size=1, max_size=80).filter(lambda text: text.strip(" ,，?？-"))
)
def test_a_name_is_never_long_and_never_empty(topic: str) -> None:
    for rule in (ZH, EN):
        name = file_topic(topic, rule)
        assert name
        assert size(name) <= MOST


def test_a_question_of_nothing_but_marks_is_cut_short() -> None:
    assert len(short_form("*" * 100_000 + "甲" * 30)) <= 200
