"""Lists of documents: complete ones, selections, entries that are planned or are patterns."""

import pytest

from agent.notes.lines import visible_lines
from agent.notes.working_memory import find_listings


def test_a_document_may_hold_several_lists() -> None:
    table = "| 文档 | 用途 |\n|--|--|\n| `c.md` | 丙 |\n"
    text = f"### 文档列表\n1. **`a.md`** - 甲\n   - 细节\n2. `b.md`\n\n## 参考文档\n{table}"
    first, second = find_listings(visible_lines(text))
    assert ([one.name for one in first.entries], first.complete) == (["a.md", "b.md"], True)
    assert ([one.name for one in second.entries], second.complete) == (["c.md"], False)


def test_an_entry_may_be_planned() -> None:
    (found,) = find_listings(visible_lines("**现有文档**:\n- `a.md`\n- `b.md` (待生成)\n"))
    assert [one.planned for one in found.entries] == [False, True]


@pytest.mark.parametrize("name", ["`*.md`", "`[主题].md`", "`<slug>.md`", "`{a}.md`"])
def test_a_pattern_is_no_document(name: str) -> None:
    assert find_listings(visible_lines(f"**现有文档**:\n- {name}\n")) == ()


@pytest.mark.parametrize(
    "entry",
    [
        "- [KV cache深度讨论.md](./KV%20cache深度讨论.md)",
        "- [KV cache](<KV cache深度讨论.md>)",
        "- `KV cache深度讨论.md` - 缓存",
        "| KV cache深度讨论.md | 缓存 |",
        "| [KV cache深度讨论.md](./KV%20cache深度讨论.md) | 缓存 |",
    ],
)
def test_a_name_may_hold_blanks_where_its_end_is_marked(entry: str) -> None:
    (found,) = find_listings(visible_lines(f"**现有文档**:\n{entry}\n"))
    assert [one.name for one in found.entries] == ["KV cache深度讨论.md"]


def test_a_name_in_prose_begins_at_the_last_blank() -> None:
    (found,) = find_listings(visible_lines("**现有文档**:\n- 先读 a.md 再读 b.md\n"))
    assert [one.name for one in found.entries] == ["a.md"]
