from pathlib import Path

import pytest
from stage import NOTES, Stage

from agent.notes.question_list import parse_questions
from agent.settings import Layout
from agent.socratic.aims.aim import find_aim
from agent.socratic.aims.passages import Wanted, best, candidates
from agent.socratic.aims.target import target_of_topic, targets_of_note, targets_of_questions, topic_of

LIST = """# 清单

### 🧠 问题1: 缓存的代价

**Q1**: 为什么缓存会拖慢解码？什么时候不会？

> - 想想每一步要读什么

**Q2**: 如果你只有一张卡，你会怎样取舍？

**Q2+**: 为什么要乘以 2？

**Q3**: 怎样估计每一步的时间？
"""


def test_an_entry_with_two_questions_is_asked_singly() -> None:
    targets = targets_of_questions(parse_questions("q.md", LIST)[:2], sources=("n.md",))
    assert [(target.id, target.question) for target in targets] == [
        ("Q1.1", "为什么缓存会拖慢解码？"),
        ("Q1.2", "什么时候不会？"),
        ("Q2", "如果你只有一张卡，你会怎样取舍？"),
    ]
    assert targets[0].hints == ("想想每一步要读什么",)
    assert (targets[0].path, targets[0].line, targets[0].sources) == ("q.md", 5, ("n.md",))


def test_the_topic_is_the_common_section_without_its_number() -> None:
    questions = parse_questions("q.md", LIST)
    assert topic_of(questions) == "缓存的代价"
    assert topic_of(questions[:1]) == "为什么缓存会拖慢解码？"


def test_a_note_gives_its_sections_that_say_something() -> None:
    text = "# 题\n\n## 1. 缓存\n\n" + "内容" * 20 + "\n\n## 空的\n\n## 带宽\n\n" + "内容" * 20 + "\n"
    targets = targets_of_note("n.md", text, "zh")
    assert [(target.title, target.line) for target in targets] == [("缓存", 3), ("带宽", 9)]


@pytest.mark.parametrize(
    "asked",
    [
        "他得病的概率大约是多少？为什么？",
        "权重会不会改变？怎么会？",
        "损失先降后升？那么为什么会这样呢？",
        "放大一倍，损失会怎样？梯度呢？",
        "How likely is it that he is ill? Why?",
        "Does the entropy fall? How so?",
        "Does the entropy fall? And why is that?",
    ],
)
def test_a_follow_up_of_a_word_or_two_stays_with_its_question(asked: str) -> None:
    (target,) = targets_of_questions(parse_questions("a.md", f"### Q1: {asked}\n"), sources=())
    assert (target.id, target.question) == ("Q1", asked)


def test_two_questions_are_asked_singly_with_what_follows_each() -> None:
    asked = "他得病的概率大约是多少？为什么？换成人人都来检测，概率会怎样改变？"
    found = targets_of_questions(parse_questions("a.md", f"### Q1: {asked}\n"), sources=())
    assert [(one.id, one.question) for one in found] == [
        ("Q1.1", "他得病的概率大约是多少？为什么？"),
        ("Q1.2", "换成人人都来检测，概率会怎样改变？"),
    ]


def test_a_bare_question_is_asked_as_it_stands() -> None:
    assert target_of_topic("Why is it slow?", "en", sources=()).question == "Why is it slow?"
    assert "KV cache" in target_of_topic("KV cache", "en", sources=()).question


def test_the_passage_that_fits_best_is_found_with_its_line_and_questions_are_no_answer() -> None:
    path, text = NOTES["zh"]
    listed = "## 问答\n\n**Q1**: 为什么每一步都要读整段缓存，读取量为什么随长度增长？\n\n" + text
    asked = "为什么每一步都要读整段缓存，读取量为什么随长度增长？"
    found = best(candidates(path, listed), Wanted(question=asked))
    assert found[0].line == 9
    assert found[0].text.startswith("每生成一个词元")
    assert found[0].heading == "缓存为什么拖慢解码"


def test_a_fenced_block_is_one_passage_and_a_comment_in_it_is_no_heading() -> None:
    text = (
        "# 题\n\n```python\n# read the whole cache at every single step\n\ntime = cache_bytes / bandwidth_bytes\n```\n"
    )
    (only,) = candidates("n.md", text)
    assert only.passage.line == 3
    assert only.passage.text.endswith("```")


@pytest.fixture
def lectures(tmp_path: Path) -> Stage:
    stage = Stage(tmp_path, "zh")
    stage.store.write("学习笔记/01/03-深度问答.md", LIST, expected_sha256=None)
    stage.store.write("学习笔记/01/01-概念.md", "# 概念\n", expected_sha256=None)
    stage.store.write("学习笔记/01/README.md", "# 目录\n", expected_sha256=None)
    return stage


def test_a_list_gives_its_first_questions_and_its_folder_as_source(lectures: Stage) -> None:
    aim = find_aim(lectures.store, Layout(), "zh", source="学习笔记/01/03-深度问答.md")
    assert [target.id for target in aim.targets] == ["Q1.1", "Q1.2", "Q2"]
    assert aim.targets[0].sources == ("学习笔记/01/01-概念.md", "学习笔记/01/03-深度问答.md")


def test_a_discussion_that_began_with_the_question_is_no_source_of_it(lectures: Stage) -> None:
    for name, question in (("带宽", "怎样估计每一步的时间？"), ("别的", "谁发明了活字印刷？")):
        text = f"# {name}深度讨论\n\n**原始问题** [T2](#t2)\n\n> {question}\n"
        lectures.store.write(f"深度讨论/{name}深度讨论.md", text, expected_sha256=None)
    source = "学习笔记/01/03-深度问答.md"
    for aim in (
        find_aim(lectures.store, Layout(), "zh", source=source, topic="Q3"),
        find_aim(lectures.store, Layout(), "zh", topic="怎样估计每一步的时间"),
    ):
        assert aim.targets[0].sources == ("学习笔记/01/01-概念.md", source)
    other = find_aim(lectures.store, Layout(), "zh", source=source, topic="Q2")
    assert other.targets[0].sources == ("学习笔记/01/01-概念.md", source)


@pytest.mark.parametrize("topic", ["q3", "怎样估计每一步的时间"])
def test_a_question_is_named_by_its_id_or_by_its_words(lectures: Stage, topic: str) -> None:
    aim = find_aim(lectures.store, Layout(), "zh", source="学习笔记/01/03-深度问答.md", topic=topic)
    assert [target.id for target in aim.targets] == ["Q3"]


def test_a_topic_alone_is_looked_for_in_the_lists_of_the_notes(lectures: Stage) -> None:
    assert [target.id for target in find_aim(lectures.store, Layout(), "zh", topic="怎样估计每一步的时间").targets] == [
        "Q3"
    ]


def test_a_topic_that_no_list_asks_takes_the_notes_that_speak_of_it(lectures: Stage) -> None:
    aim = find_aim(lectures.store, Layout(), "zh", topic="显存带宽与缓存读取量")
    assert aim.targets[0].id == "T1"
    assert aim.targets[0].sources == ("学习笔记/缓存.md",)


TODO = """# TODO

## 方向

#### 1. 背压的迁移

- [x] 看完

**深度思考问题**:
- 背压信号该怎样定义？

#### 2. 带宽与缓存

- [ ] 读

**深度思考问题**:
- 缓存减半，每一步快多少？
- 带宽翻倍呢？
"""


@pytest.mark.parametrize(
    ("topic", "about", "questions"),
    [
        ("", "带宽与缓存", ["缓存减半，每一步快多少？", "带宽翻倍呢？"]),
        ("背压", "背压的迁移", ["背压信号该怎样定义？"]),
        ("背压信号应该怎样定义", "背压的迁移", ["背压信号该怎样定义？"]),
    ],
)
def test_a_research_todo_gives_its_deep_questions(
    lectures: Stage, topic: str, about: str, questions: list[str]
) -> None:
    lectures.store.write("深度探索TODO.md", TODO, expected_sha256=None)
    aim = find_aim(lectures.store, Layout(), "zh", source="深度探索TODO.md", topic=topic)
    assert (aim.topic, [target.question for target in aim.targets]) == (about, questions)
    assert TODO.split("\n")[aim.targets[0].line - 1] == f"- {questions[0]}"


def test_an_article_gives_its_sections_and_then_its_theorem_boxes(lectures: Stage) -> None:
    content = "内容" * 20
    text = (
        f"# 题\n\n## 一、缓存\n\n{content}\n\n## 公式推导\n\n{content}\n\n"
        f'<div class="theorem-box">\n\n### 定理 1：读取的下界\n\n{content}\n\n</div>\n\n'
        f'<div class="note-box">\n\n### 旁注\n\n{content}\n\n</div>\n'
    )
    lectures.store.write("文章/甲.md", text, expected_sha256=None)
    aim = find_aim(lectures.store, Layout(), "zh", source="文章/甲.md")
    assert [(target.id, target.title) for target in aim.targets] == [
        ("S1", "缓存"),
        ("S2", "公式推导"),
        ("B1", "定理 1：读取的下界"),
    ]
    (named,) = find_aim(lectures.store, Layout(), "zh", source="文章/甲.md", topic="读取的下界").targets
    assert named.id == "B1"


def test_a_question_without_a_title_is_what_its_block_asks() -> None:
    listed = parse_questions("a.md", "### Q1:\n\n**问题**: 缓存为什么会拖慢解码？\n")
    assert topic_of(listed) == "缓存为什么会拖慢解码？"
