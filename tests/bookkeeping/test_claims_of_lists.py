"""Lists of what there is: documents, trees, the priority matrix, and what is said to be created later."""

from agent.bookkeeping.claims import Reckoning, reckon
from agent.bookkeeping.discrepancy import Discrepancy
from agent.bookkeeping.documents import parse_documents
from agent.bookkeeping.facts import gather
from agent.bookkeeping.reading import Notes
from agent.settings import Layout

NOTES = {"学习笔记/01-甲/01-理论.md": "# 甲\n", "学习笔记/01-甲/02-代码.md": "# 甲\n", "深度讨论/乙.md": "# 乙\n"}


def held(texts: dict[str, str]) -> Reckoning:
    documents = parse_documents(NOTES | texts, Layout())
    return reckon(documents, gather(documents, Notes(texts=NOTES | texts)))


def differences(texts: dict[str, str]) -> dict[str, Discrepancy]:
    return {one.key: one for one in reversed(held(texts).discrepancies)}


def test_what_one_list_names_in_vain_is_one_discrepancy() -> None:
    text = "## 参考文档\n| 文档 | 用途 |\n|---|---|\n| `乙.md` | a |\n| `没有.md` | b |\n| `也没有.md` | c |\n"
    found = differences({"计划.md": text})["list-dangling"]
    assert (found.claim.where, found.claim.value) == ("计划.md:5, 6", "没有.md, 也没有.md")


TREE = """```
根目录/
├── 学习笔记/
│   └── 01-旧名/
│       ├── 01-理论.md
│       └── 02-代码.md
└── 深度讨论/
    └── 乙.md
```
"""


def test_a_tree_is_held_against_the_files_and_names_the_outermost_folder_that_is_missing() -> None:
    found = differences({"记忆.md": TREE})["tree"]
    assert (found.claim.where, found.claim.value, found.fact.value) == ("记忆.md:2, 4", "3", "1")
    assert found.facts["names"] == "学习笔记/01-旧名/"
    assert differences({"记忆.md": TREE.replace("旧名", "甲")}) == {}


def test_a_tree_may_begin_at_its_own_folder_and_one_of_nothing_is_an_example() -> None:
    tree = "```\n01-甲/\n├── 01-理论.md\n├── README.md\n└── 03-没有.md\n```\n"
    assert differences({"学习笔记/01-甲/README.md": tree})["tree"].facts["names"] == "03-没有.md"
    assert differences({"说明.md": "```\n样例/\n├── x.md\n└── y.md\n```\n"}) == {}


def test_what_is_to_be_created_may_be_there_already() -> None:
    found = differences({"进度.md": "- [笔记](./学习笔记/) (即将创建)\n- `学习笔记/02-丙/` (待创建)\n"})[
        "to-be-created"
    ]
    assert (found.claim.line, found.fact.value) == (1, "2")


def test_the_priority_matrix_has_a_row_for_each_topic() -> None:
    topics = "## 方向\n#### 1. 浮点数数值计算研究\n#### 2. 优化算法的演进\n## 优先级矩阵\n| 话题 | 状态 |\n|---|---|\n"
    found = differences({"深度探索TODO.md": topics + "| **优化算法演进** | 📋 |\n"})["matrix"]
    assert (found.claim.line, found.claim.value, found.fact.value) == (7, "1", "2")
    assert found.facts["names"] == "浮点数数值计算研究 (深度探索TODO.md:2)"
    rows = "| 优化算法演进 | 📋 |\n| 浮点数 | 📋 |\n"
    assert differences({"深度探索TODO.md": topics + rows}) == {}
    found = differences({"深度探索TODO.md": topics + rows + "| 鞅 | 📋 |\n"})["matrix"]
    assert "没有专题的行：鞅 (深度探索TODO.md:9)" in found.sentence("zh")


def test_a_list_that_a_sentence_sums_up_is_added_up() -> None:
    text = "已有3个主题覆盖约30篇：\n1. 甲 (~10篇)\n2. 乙 (~19篇)\n3. 丙 (3篇)\n"
    assert differences({"计划.md": text}) == {}
    found = differences({"计划.md": text.replace("3个", "4个").replace("约30", "31")})
    assert (found["counted-list"].claim.value, found["counted-list"].fact.value) == ("4个", "3")
    assert (found["listed-sum"].claim.value, found["listed-sum"].fact.value) == ("31篇", "32")
    assert differences({"计划.md": "每个方向包括3个问题：\n- 甲\n- 乙（2个）\n"}) == {}
