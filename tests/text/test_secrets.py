"""Secrets: keys, tokens and assigned passwords are taken out of a text; everything else stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.text.secrets import without_keys, without_secrets


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("key sk-ant-api03-Ab_c-9ABCDEFG ended", "key sk-ant-… ended"),
        ("OPENAI: sk-proj-abcdefghijklmnopqrst", "OPENAI: sk-proj-…"),
        ("推送用 ghp_0123456789abcdefghij0123456789abcdef。", "推送用 ghp_…。"),
        ("Authorization: Bearer abcdefghijklmnop.qrst", "Authorization: Bearer …"),
        ("id AKIAIOSFODNN7EXAMPLE1", "id AKIA…"),
        ("export DB_PASSWORD='hunter2hunter2'", "export DB_PASSWORD='…'"),
        ('{"api_key": "0123456789abcdef"}', '{"api_key": "…"}'),
        (
            "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nafter",
            "-----BEGIN RSA PRIVATE KEY-----…\nafter",
        ),
    ],
)
def test_keys_tokens_and_passwords_are_replaced(text: str, safe: str) -> None:
    assert without_secrets(text) == safe


@pytest.mark.parametrize(
    "text",
    ["the bearer of tokens", "每个 token = 一次前向", "password: yes", "risk-averse", "mask-antialiasing", "task-sk-1"],
)
def test_words_that_only_look_like_secrets_stay(text: str) -> None:
    assert without_secrets(text) == text


@given(st.text())
def test_a_text_is_cleaned_once_and_for_all(text: str) -> None:
    once = without_secrets(text)
    assert without_secrets(once) == once


@pytest.mark.parametrize("piece", ["a", "-", "secret", "api_key=", "-eyJ", "password: x1", "sk-"])
def test_a_long_text_takes_no_longer_than_its_length(piece: str) -> None:
    assert len(without_secrets(piece * 20_000)) <= 20_000 * len(piece) + 1


def test_a_key_and_our_own_credential_give_way_to_the_mark() -> None:
    text = "密钥：sk-ant-api03-abcDEF_123，令牌 t0ken-of-ours；写作 sk-ant- 开头。"
    assert without_keys(text, ["t0ken-of-ours"]) == "密钥：sk-ant-…，令牌 sk-ant-…；写作 sk-ant- 开头。"


@pytest.mark.parametrize("unseen", ["\u200b", "\u2060", "\u00ad", "\u202e"])
def test_a_key_with_characters_that_nobody_sees_inside_gives_way_too(unseen: str) -> None:
    text = f"密钥 sk-ant-{unseen}api03-{unseen}ABCDEFGH 和 t0ken{unseen}-of-ours。"
    assert without_keys(text, ["t0ken-of-ours"]) == "密钥 sk-ant-… 和 sk-ant-…。"
    assert without_keys(f"没有{unseen}密钥") == f"没有{unseen}密钥"


@pytest.mark.parametrize("unseen", ["\u200b", "\u2060", "\u00ad", "\u202e"])
def test_a_secret_of_another_service_with_such_characters_inside_gives_way_too(unseen: str) -> None:
    text = f"gh{unseen}p_abcdefgh{unseen}ijklmnop，api_{unseen}key=abc1{unseen}23xyz99"
    assert without_secrets(text) == "ghp_…，api_key=…"
    assert without_secrets(f"没有{unseen}密钥") == f"没有{unseen}密钥"
