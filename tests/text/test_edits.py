import re
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agent.errors import OriginalLost, WouldShrink
from agent.text.edits import Edit, apply, between, keep_length, keep_original, merged, unified_diff

lines = st.text(alphabet="甲乙 a\n\r\x0c\u2028\x85", max_size=40)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(lines)
    marks = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    spans = zip(marks[::2], marks[1::2], strict=False)
    return text, [Edit(start, end, draw(st.text(max_size=3))) for start, end in spans]


@given(edited(), st.randoms())
def test_edits_refer_to_the_text_before_and_their_order_is_no_matter(
    case: tuple[str, list[Edit]], random: Random
) -> None:
    text, edits = case
    wanted, shift = text, 0
    for edit in edits:
        wanted = wanted[: edit.start + shift] + edit.new + wanted[edit.end + shift :]
        shift += len(edit.new) - (edit.end - edit.start)
    distinct = len({edit.start for edit in edits}) == len(edits)
    shuffled = random.sample(edits, len(edits)) if distinct else edits
    assert apply(text, shuffled) == wanted


def test_no_edit_leaves_the_text_alone() -> None:
    assert apply("甲\r\n乙", []) == "甲\r\n乙"


def test_insertions_at_one_place_stand_in_the_order_given() -> None:
    assert apply("甲乙", [Edit(1, 1, "a"), Edit(1, 1, "b"), Edit(1, 2, "丙")]) == "甲ab丙"


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(0, 3, ""), Edit(2, 4, "")],
        [Edit(0, 3, ""), Edit(1, 1, "x")],
        [Edit(3, 6, "")],
        [Edit(-1, 1, "")],
        [Edit(3, 2, "x")],
    ],
)
def test_edits_that_overlap_or_leave_the_text_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="overlaps another or leaves the text"):
        apply("甲乙丙丁戊", edits)


def patched(before: str, diff: str) -> str:
    """Apply a unified diff as a diff program reads it: lines end at newlines, and nowhere else."""
    source = re.findall(r"[^\n]*\n|[^\n]+", before)
    made: list[str] = []
    at, last = 0, ""
    for line in re.findall(r"[^\n]*\n", diff)[2:]:
        sign, rest = line[0], line[1:]
        if sign == "@":
            first = re.match(r"@ -(\d+)(,0)?", rest)
            assert first
            start = int(first[1]) - (0 if first[2] else 1)
            made += source[at:start]
            at = start
        elif sign == "\\":
            made[-1:] = made[-1:] if last == "-" else [made[-1].removesuffix("\n")]
        elif sign == "+":
            made.append(rest)
        else:
            at += 1
            made += [rest] if sign == " " else []
        last = sign
    return "".join([*made, *source[at:]])


@given(lines, lines)
def test_a_diff_turns_the_one_version_into_the_other(before: str, after: str) -> None:
    diff = unified_diff("笔记.md", before, after)
    assert (diff == "") == (before == after)
    if diff:
        assert diff.startswith("--- a/笔记.md\n+++ b/笔记.md\n")
        assert diff.endswith("\n")
        assert patched(before, diff) == after


def test_a_missing_final_newline_is_said_as_diff_programs_say_it() -> None:
    assert unified_diff("a.md", "甲", "甲\n").splitlines()[2:] == [
        "@@ -1 +1 @@",
        "-甲",
        "\\ No newline at end of file",
        "+甲",
    ]


spans = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8)), max_size=4)


@example([(0, 3), (1, 1)], 2, 0)
@given(spans, st.integers(0, 30), st.integers(0, 8))
def test_an_edit_is_refused_exactly_when_it_touches_a_protected_character(
    protected: list[tuple[int, int]], start: int, length: int
) -> None:
    text = "原文的字" * 10
    kept = [(at, at + size) for at, size in protected]
    edit = Edit(start, start + length, "新")
    held = {i for s, e in kept for i in range(s, e)}
    touches = any(i in held for i in range(start, start + length))
    splits = length == 0 and any(s < start < e for s, e in kept)
    if touches or splits:
        with pytest.raises(OriginalLost):
            keep_original("a.md", text, [edit], kept)
    else:
        keep_original("a.md", text, [edit], kept)


def test_the_refusal_names_the_file_and_the_line_that_would_be_lost() -> None:
    with pytest.raises(OriginalLost) as refused:
        keep_original("a.md", "一\n二\n三\n", [Edit(0, 3, "")], [(2, 6)])
    assert refused.value.facts == {"path": "a.md", "line": 2}


def test_losing_more_than_a_tenth_of_the_lines_is_refused() -> None:
    before = "行\n" * 100
    keep_length("a.md", before, "行\n" * 90)
    keep_length("a.md", "一\n二\n", "一\n")
    keep_length("a.md", before, before * 2)
    with pytest.raises(WouldShrink) as refused:
        keep_length("a.md", before, "行\n" * 89)
    assert refused.value.facts == {"path": "a.md", "lost": 11, "lines": 101}


@given(lines, lines)
def test_the_edits_between_two_texts_make_the_one_of_the_other(before: str, after: str) -> None:
    made = between(before, after)
    assert apply(before, made) == after
    assert bool(made) == (before != after)


def test_the_edits_between_two_texts_are_of_the_changed_lines_alone() -> None:
    assert between("甲\r\n乙\n丙", "甲\r\n丁\n丙") == (Edit(3, 5, "丁\n"),)


@pytest.mark.parametrize(
    ("ours", "theirs", "both"),
    [
        ("a\nB\nc\n", "a\nb\nc\nd\n", "a\nB\nc\nd\n"),
        ("a\nx\nb\nc\n", "a\ny\nb\nc\n", "a\ny\nx\nb\nc\n"),
        ("a\nB\nc\n", "a\nB\nC\n", "a\nB\nC\n"),
        ("b\nc\n", "a\nb\n", "b\n"),
        ("a\nB\nc\n", "a\n?\nc\n", None),
        ("a\nc\n", "a\nb!\nc\n", None),
        ("a\nb\nc\nd\n", "other", None),
    ],
)
def test_two_changes_of_one_text_are_merged_unless_they_meet(ours: str, theirs: str, both: str | None) -> None:
    assert merged("a\nb\nc\n", ours, theirs) == both


LINES = st.lists(st.sampled_from("abcde"), max_size=8).map(lambda lines: "".join(line + "\n" for line in lines))


@given(LINES, LINES, LINES)
def test_a_merge_loses_no_line_that_either_put_in(before: str, ours: str, theirs: str) -> None:
    assert merged(before, before, theirs) == theirs
    assert merged(before, ours, before) == ours
    both = merged(before, ours, theirs)
    if both is not None:
        for version in (ours, theirs):
            put_in = [edit.new for edit in between(before, version)]
            assert all(piece in both for piece in put_in)
