"""What is broken on purpose: documents of every kind, from the starter workspaces, the demonstration and a corpus."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from agent import assets

CORPUS: Final = Path(__file__).parents[3] / "shared" / "corpus"
LONGEST: Final = 3_000
"""Characters of a seed: most faults need no more, and 100,000 files are to be read."""

PLAN: Final = """# 文章扩充进度与执行计划

**总文章数**: 20篇
- 已完成：3篇（15%）

```
总体进度: [███░░░░░░░] 3/20
第1批次: [██████████] 100%
已完成 3/20
```

## 第1批次（5篇）✅ 已完成

**文章数量**: 3篇
1. `正交矩阵与反射.md` - 完成
2. `均值不等式的三个证明.md`
- [x] 均值不等式的三个证明
- [ ] 正交矩阵与反射

## 第2-3批次（10篇）

| 批次 | 文章 | 行数 | 公式 |
|---|---|---|---|
| 1 | 5 | 1,200 | 30% |
| 2 | 5 | 2,400 | 70% |
| 合计 | 10 | 3,600 | 100% |

## 2025-11-20 更新

文章“正交矩阵与反射”：1,034行、52个公式，完成 2/17 讲座 (11.8%)。
"""
RECORD: Final = """# Lecture 01 深度讨论记录

**开始日期**: 2025-11-18

## Q1: 缩放因子为什么是根号？

**学员回答**: "方差随维度线性增长。"
> “除以根号之后方差回到一。”

【我说】“如果不除，softmax 会饱和。”

### Q2-Q3 追问（6个问题）

- [ ] 待补充
- [x] 已讨论 `深度讨论/缩放因子与方差深度讨论.md`

**下一问题**: Q4
"""
INDEX: Final = """# title | slug | path | status
正交矩阵与反射 | orthogonal | 文章/正交矩阵与反射.md | pending | 2024-01-01 | 线性代数
均值不等式 | am-gm | 文章/均值不等式的三个证明.md | completed | 2024-01-02 |
没有 | none | 文章/没有.md | pending
"""
OBJECTS: Final = """[{"title": "正交", "path": "文章/正交矩阵与反射.md", "status": "pending"},
 {"title": "x", "path": "文章/没有.md", "status": "completed", "n": [1, {"a": null}]}]
"""
HUGO: Final = """+++
title = "A page"
date = 2024-01-02T03:04:05Z
status = "pending"
tags = ["a", "b"]
source = "https://example.org/archives/1234"
[extra]
deep = { a = [1, 2] }
+++

# A page

Text with $x^2$, `code`, and a [link](../a.md "t").

<div class="theorem">

$$
\\begin{aligned} a &= b \\tag{1} \\\\ c &= d \\end{aligned}
$$

</div>

*转载到请包括本文地址：*[*https://example.org/archives/1234*](https://example.org/archives/1234 "A page")

如果您需要引用本文，请参考：某人. (Jan. 02, 2024). 《A page》[Blog post]. Retrieved from <https://example.org/archives/1234>
"""
STANDARD: Final = """name = "mine"
version = "1"
extends = "five-part/2025-11-24"
stub_pattern = "待写"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """A sound document with its place in a workspace, and its kind as the table names it."""

    kind: str
    path: str
    text: str


@cache
def seeds() -> tuple[Seed, ...]:
    """Return a sound document of every kind; the corpus' beside them where it is there."""
    return (*_starter("workspace"), *_starter("workspace-en"), *_written(), *_expansions(), *_corpus())


def _starter(name: str) -> Iterator[Seed]:
    root = assets.folder("workspace" if name == "workspace" else "workspace-en")
    for file in sorted(root.rglob("*")):
        path = file.relative_to(root).as_posix()
        if file.is_file() and ".wenqu/" not in path:
            yield Seed(kind=_kind(path), path=path, text=file.read_bytes().decode())


def _written() -> Iterator[Seed]:
    folder = "学习笔记/01-注意力基础/01-Lecture01-缩放点积注意力"
    yield Seed(kind="batch plan", path="文章扩充进度与执行计划.md", text=PLAN)
    yield Seed(kind="record", path=f"{folder}/02-深度讨论记录.md", text=RECORD)
    yield Seed(kind="index file", path="blog_list.txt", text=INDEX)
    yield Seed(kind="index file", path="posts.json", text=OBJECTS)
    yield Seed(kind="article", path="文章/page.md", text=HUGO)
    yield Seed(kind="own standard", path=".wenqu/standards/mine/1.toml", text=STANDARD)
    shipped = assets.folder("standards")
    for file in sorted(shipped.rglob("*.toml")):
        inner = file.relative_to(shipped).as_posix()
        yield Seed(kind="own standard", path=f".wenqu/standards/{inner}", text=file.read_text(encoding="utf-8"))


def _expansions() -> Iterator[Seed]:
    """Yield the demonstration's parts as expanded articles: headings, boxes, tables, many formulas."""
    for language, note in (("zh", "文章/{}.md"), ("en", "articles/{}.md")):
        for file in sorted((assets.folder("demo") / language).glob("expand.part*.md")):
            text = file.read_text(encoding="utf-8")
            head = '---\ntitle: "甲与乙"\ndate: 2024-05-06\nstatus: completed\n---\n\n原文一句。\n\n---\n\n'
            heading = "## 公式推导与注释\n\n" if language == "zh" else "## Derivations and notes\n\n"
            for number, piece in enumerate(_pieces(text), start=1):
                path = note.format(f"{file.stem}-{number}")
                yield Seed(kind="article", path=path, text=head + heading + piece)


def _corpus() -> Iterator[Seed]:
    for file in sorted(CORPUS.rglob("*.md")):
        for number, piece in enumerate(_pieces(file.read_bytes().decode(errors="replace"))):
            yield Seed(kind="corpus", path=f"文章/{number}-{file.name}"[:60] + ".md", text=piece)


def _pieces(text: str) -> list[str]:
    return [text[at : at + LONGEST] for at in range(0, len(text), LONGEST)]


def _kind(path: str) -> str:
    """Return what a file of the starter workspaces is."""
    kinds = {
        r"wenqu\.toml": "wenqu.toml",
        r"README": "README",
        r"工作记忆|working-memory": "working memory",
        r"学习进度|progress": "progress",
        r"TODO|todo": "research TODO",
        r"深度问答|questions": "question list",
        r"讨论|discussion": "discussion",
        r"文章/|articles/": "article",
    }
    return next((kind for pattern, kind in kinds.items() if re.search(pattern, path)), "lecture note")
