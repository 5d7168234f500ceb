"""Transcripts: who said what in a log or in Markdown; what cannot be read is named with its line."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.notes.transcript import parse_transcript


def said(text: str) -> list[tuple[str, str]]:
    return [(one.speaker, one.text) for one in parse_transcript(text).utterances]


def log(*entries: object) -> str:
    return "\n".join(one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in entries)


def test_a_log_gives_words_and_leaves_out_tools_thinking_and_side_chains() -> None:
    text = log(
        {"type": "summary", "summary": "x"},
        {"type": "user", "timestamp": "2025-11-09T10:00:00Z", "message": {"role": "user", "content": "为什么？"}},
        {
            "type": "assistant",
            "message": {
                "role": "assistant",
                "content": [
                    {"type": "thinking", "thinking": "hidden"},
                    {"type": "text", "text": "先看。"},
                    {"type": "tool_use", "name": "Read", "input": {"path": "a"}},
                ],
            },
        },
        {"type": "user", "message": {"role": "user", "content": [{"type": "tool_result", "content": "file"}]}},
        {"type": "assistant", "message": {"role": "assistant", "content": [{"type": "text", "text": "你怎么想？"}]}},
        {"type": "user", "isSidechain": True, "message": {"role": "user", "content": "side"}},
        {"type": "user", "isMeta": True, "message": {"role": "user", "content": "meta"}},
        {"role": "user", "content": "<system-reminder>no</system-reminder>我想是溢出"},
    )
    assert said(text) == [("learner", "为什么？"), ("tutor", "先看。\n\n你怎么想？"), ("learner", "我想是溢出")]
    first, second, _ = parse_transcript(text).utterances
    assert (first.time, first.line, second.time) == ("2025-11-09T10:00:00+00:00", 2, "")


def test_lines_that_cannot_be_read_are_named_and_the_rest_is_kept() -> None:
    text = log(
        {"role": "user", "content": "a"}, "no json", "[1]", {"type": "user", "message": 5}, '{"role": "assistant"'
    )
    found = parse_transcript(text)
    assert [(one.line, one.reason) for one in found.unread] == [
        (2, "not-json"),
        (3, "not-json"),
        (4, "not-text"),
        (5, "not-json"),
    ]
    assert [one.text for one in found.utterances] == ["a"]


@pytest.mark.parametrize(
    ("learner", "tutor"),
    [
        ("**User**:", "**Assistant**:"),
        ("**User:**", "**Assistant:**"),
        ("我：", "问渠："),
        ("我:", "问渠:"),
        ("## Human", "## Assistant"),
        ("### 🧑 User:", "### 🤖 AI"),
        ("Human:", "Claude:"),
        ("**学员** (2025-11-09 10:21):", "**助手** (2025-11-09 10:22):"),
    ],
)
def test_speakers_are_known_by_their_names(learner: str, tutor: str) -> None:
    text = f"# 题\n\n{learner} 为什么慢？\n第二行\n\n{tutor} 读什么？\n\n---\n\n{learner} 读缓存\n"
    if learner.startswith("#"):
        text = f"# 题\n\n{learner}\n\n为什么慢？\n第二行\n\n{tutor}\n\n读什么？\n\n---\n\n{learner}\n\n读缓存\n"
    assert said(text) == [("learner", "为什么慢？\n第二行"), ("tutor", "读什么？"), ("learner", "读缓存")]


def test_a_name_in_a_sentence_or_in_code_is_no_speaker() -> None:
    text = "我：为什么？\nUser experience matters\n**User experience**: x\n## Human factors\n```\n我：不是\n```\n"
    assert said(text) == [("learner", text.removeprefix("我：").strip())]


@given(st.text())
def test_no_text_is_too_strange_to_be_read(text: str) -> None:
    found = parse_transcript(text)
    speakers = [one.speaker for one in found.utterances]
    assert all(one != other for one, other in pairwise(speakers))
    assert all(one.text.strip() == one.text and one.text for one in found.utterances)
