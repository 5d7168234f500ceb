"""The lines in which a mark stands are found, each once and in order, and nothing beyond the span is looked at."""

import re

from hypothesis import given
from hypothesis import strategies as st

from agent.text.lines import lines_with, sentences_with

MARKS = (re.compile("<"), re.compile("“"))
texts = st.text(alphabet="<“a \n\r", max_size=30)


def test_a_line_with_two_marks_comes_once() -> None:
    text = "一<二“\n三\n“四<“\n"
    assert [text[start:end] for start, end in lines_with(MARKS, text, 0, len(text))] == ["一<二“", "“四<“"]


@given(texts, st.integers(0, 30), st.integers(0, 30))
def test_just_the_lines_of_the_span_that_hold_a_mark_are_found(text: str, start: int, end: int) -> None:
    said = text[start : min(end, len(text))] if start < end else ""
    wanted = [line for line in said.split("\n") if "<" in line or "“" in line]
    assert [text[first:last] for first, last in lines_with(MARKS, text, start, min(end, len(text)))] == wanted


def test_the_sentences_of_a_line_that_hold_a_mark_are_found_with_the_brackets_behind_their_stop() -> None:
    text = "一。二<。三\n四。（五<）。六\nSeven 3.5. Eight <. e.g. nine"
    found = sentences_with(re.compile("<"), text, 0, len(text))
    assert [text[start:end] for start, end in found] == ["二<。", "四。（五<）。", "Eight <. e.g. nine"]
