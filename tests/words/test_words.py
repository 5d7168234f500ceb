"""Every sentence stands in both languages, with the same facts."""

import string

import pytest

from agent.words import SENTENCES


def facts(sentence: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(sentence) if field}


@pytest.mark.parametrize("key", sorted(SENTENCES))
def test_a_sentence_says_the_same_in_chinese_and_in_english(key: str) -> None:
    sentence = SENTENCES[key]
    assert set(sentence) == {"zh", "en"}
    assert all(sentence.values())
    assert facts(sentence["zh"]) == facts(sentence["en"])
