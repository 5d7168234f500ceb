"""`[T6]` in a discussion leads to the turn that it means, and to nothing where no turn has a heading."""

import pytest

from agent.notes.turn_marks import as_links
from agent.text.edits import apply

RECORD = "\n\n### T6\n\n我：好。\n\n### T12 · 同伴\n\n嗯。\n"


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("“原话”[T6]", "“原话”[\\[T6\\]](#T6)"),
        ("| 现在 [T6][T12] |", "| 现在 [\\[T6\\]](#T6)[\\[T12\\]](#T12%20%C2%B7%20%E5%90%8C%E4%BC%B4) |"),
        ("[T7] 没有这一轮", "[T7] 没有这一轮"),
        ("[T6](#t6) [[T6]] `[T6]` $[T6]$ \\[T6]", "[T6](#t6) [[T6]] `[T6]` $[T6]$ \\[T6]"),
        ("```\n[T6]\n```", "```\n[T6]\n```"),
        ("[T6]: https://a.example", "[T6]: https://a.example"),
    ],
)
def test_a_mark_leads_to_the_heading_of_its_turn(text: str, linked: str) -> None:
    whole = text + RECORD
    assert apply(whole, as_links(whole)) == linked + RECORD


def test_marks_without_a_record_are_left_alone() -> None:
    assert as_links("“原话”[T6]\n\n## 第 6 节 T6\n") == ()
