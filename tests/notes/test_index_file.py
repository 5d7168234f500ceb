"""Index files of notes, a line or an object for each."""

import json

import pytest

from agent.notes.index_file import parse_index
from agent.workspace.listing import is_index_name

ROWS = "# title | slug | path | status | date | tags\n\n甲 | a | blogs/a.md | pending | 2025-11-06 | 数学\n"


def test_a_row_gives_path_status_and_line() -> None:
    (one,) = parse_index("blog_list.txt", ROWS)
    assert (one.path, one.status, one.line) == ("blogs/a.md", "pending", 3)


def test_objects_give_path_status_and_the_line_of_their_path() -> None:
    entries = [{"title": "b/a.md", "path": "b/a.md", "status": "completed"}, {"path": "b/乙.md", "status": "pending"}]
    spelled = [json.dumps(entries, ensure_ascii=ascii_only, indent=1) for ascii_only in (True, False)]
    for text in (*spelled, spelled[0].replace("/", "\\/")):
        found = parse_index("list.json", text)
        assert [(one.path, one.status) for one in found] == [("b/a.md", "completed"), ("b/乙.md", "pending")]
        assert [one.line for one in found] == [4, 8]


@pytest.mark.parametrize(
    "text",
    ["", "a | b | c\n", "a.md\nb.md\n", "x | a.md | 2 行 | y\n", "{", "{}", "[1, null, {}]", '[{"path": 1}]'],
)
@pytest.mark.parametrize("path", ["list.txt", "list.json"])
def test_other_files_index_nothing(path: str, text: str) -> None:
    assert parse_index(path, text) == ()


def test_a_file_is_an_index_by_its_name_and_ending() -> None:
    assert all(map(is_index_name, ("blog_list.txt", "Index.JSON", "文章目录.txt", "posts.json")))
    assert not any(map(is_index_name, ("list.md", "requirements.txt", "package.json", "list", "list.txt.bak")))


def test_the_list_may_stand_inside_an_object() -> None:
    text = '{"updated": "2025", "posts": [\n{"path": "a.md", "status": "pending"}\n]}'
    assert [(one.path, one.status, one.line) for one in parse_index("posts.json", text)] == [("a.md", "pending", 2)]
