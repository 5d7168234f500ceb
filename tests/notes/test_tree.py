"""Folder trees in fences: the Markdown files they say are there."""

import pytest

from agent.notes.tree import trees

TREE = """```
根/
├── 笔记/
│   ├── 01-甲/
│   │   ├── 01-理论.md
│   │   └── 02-[主题].md
│   └── (待创建) 计划.md
├── 讨论/          # 重要
│   ├── 乙.md      # 说明
│   ├── 图.png
│   └── [后续文档...]
└── 总.md
```
"""


def test_a_tree_names_its_files_by_path_and_line() -> None:
    (tree,) = trees(TREE)
    assert (tree.root, tree.line) == ("根", 2)
    assert tree.files == (("笔记/01-甲/01-理论.md", 5), ("讨论/乙.md", 9), ("总.md", 12))


def test_a_tree_may_be_drawn_in_ascii_and_without_a_root() -> None:
    (tree,) = trees("```text\n|-- a/\n|   `-- x\n|   |-- b.md\n+-- c.md\n```\n")
    assert (tree.root, tree.files) == ("", (("a/b.md", 4), ("c.md", 5)))


@pytest.mark.parametrize("text", ["├── a.md\n", "```\n├── a.py\n```\n", "```\n$ ls --all a.md\n```\n"])
def test_nothing_else_is_a_tree_of_notes(text: str) -> None:
    assert trees(text) == ()
