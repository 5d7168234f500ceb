"""The passage shown beside an answer: it answers the question, it is no question itself, or there is none."""

from dataclasses import replace
from pathlib import Path

import pytest

from agent import assets
from agent.settings import Layout
from agent.socratic.aims.aim import find_aim
from agent.socratic.aims.passages import Wanted, best, candidates
from agent.socratic.aims.sources import Sources
from agent.socratic.values import Passage, Target
from agent.words import Language
from agent.workspace.store import Store

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "cs336"
LECTURE = "学习笔记/01-基础建立/02-Lecture02-PyTorch基础"
STARTER: dict[Language, tuple[str, str, str]] = {
    "zh": ("workspace", "学习笔记/01-注意力基础/01-Lecture01-缩放点积注意力", "03-深度问答.md"),
    "en": ("workspace-en", "notes/01-attention-basics/01-Lecture01-scaled-dot-product", "03-questions.md"),
}
ANSWERED_BY: list[tuple[Language, str, str, str]] = [
    ("zh", "Q2", "01-理论概念.md", "同乘一个常数"),
    ("zh", "Q3", "01-理论概念.md", "同加一个常数"),
    ("zh", "Q4", "01-理论概念.md", "必定使熵下降"),
    ("zh", "Q5", "01-理论概念.md", "分数之差为 $8$"),
    ("zh", "Q6", "01-理论概念.md", "用到了三条"),
    ("en", "Q2", "01-theory.md", "Multiplying all scores by a constant"),
    ("en", "Q3", "01-theory.md", "Adding a constant to all scores"),
    ("en", "Q4", "01-theory.md", "enlarging them lowers the entropy"),
    ("en", "Q5", "01-theory.md", "the model hardly learns"),
    ("en", "Q6", "01-theory.md", "In the extreme case"),
]
MISLED: dict[Language, str] = {
    "zh": "除以根号 d 使标准差回到 1，溢出要靠减去最大值",
    "en": "dividing by the root of d brings the standard deviation back, overflow needs the maximum subtracted",
}


def found_for(root: Path, source: str, question: str, language: Language, answer: str = "") -> Passage | None:
    """Look as a session does: in the target's sources, for its entry of the list and its hints."""
    store = Store(root)
    target: Target = find_aim(store, Layout(), language, source=source, topic=question).targets[0]
    among = [one for path in target.sources for one in candidates(path, store.read(path).text)]
    wanted = Wanted(
        question=f"{target.headline} {target.question}",
        hints=" ".join(target.hints),
        listed_in=target.path,
        answer=answer,
    )
    return next(iter(best(among, wanted)), None)


@pytest.mark.parametrize(("language", "question", "note", "words"), ANSWERED_BY)
def test_the_starters_questions_are_answered_by_its_theory(
    language: Language, question: str, note: str, words: str
) -> None:
    name, folder, listed = STARTER[language]
    found = found_for(assets.folder(name), f"{folder}/{listed}", question, language)
    assert found is not None
    assert found.path == f"{folder}/{note}"
    assert words in found.text


@pytest.mark.parametrize(("language", "question", "note", "words"), ANSWERED_BY)
def test_an_answer_that_speaks_of_something_else_does_not_change_the_passage(
    language: Language, question: str, note: str, words: str
) -> None:
    name, folder, listed = STARTER[language]
    source = f"{folder}/{listed}"
    asked = found_for(assets.folder(name), source, question, language)
    found = found_for(assets.folder(name), source, question, language, answer=MISLED[language])
    assert found is not None
    assert asked is not None
    assert (found.path, found.heading) == (asked.path, asked.heading)
    assert note in found.path


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the real corpus is not here")
@pytest.mark.parametrize("number", range(1, 25))
def test_in_real_notes_no_hint_and_no_question_of_the_list_is_taken_for_an_answer(number: int) -> None:
    found = found_for(CORPUS, f"{LECTURE}/03-深度问答.md", f"Q{number}", "zh")
    if found is not None:
        assert "💡 **引导思考**" not in found.text
        assert not found.text.startswith((">", "**Q"))
        assert found.heading != "🎯 如何使用这些问答"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the real corpus is not here")
@pytest.mark.parametrize(("question", "words"), [("Q14", "梯度累积"), ("Q15", "混合精度"), ("Q18", "融合")])
def test_in_real_notes_the_theory_comes_before_the_list(question: str, words: str) -> None:
    found = found_for(CORPUS, f"{LECTURE}/03-深度问答.md", question, "zh")
    assert found is not None
    assert found.path == f"{LECTURE}/01-理论概念.md"
    assert words in found.text


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the real corpus is not here")
def test_in_real_notes_a_question_nobody_answers_gets_no_passage() -> None:
    assert found_for(CORPUS, f"{LECTURE}/03-深度问答.md", "Q21", "zh") is None


LIST = """# 清单

**Q1**: 缓存为什么拖慢解码？

> 💡 **引导思考**:
> - 解码每一步要从缓存读取哪些内容，读取的量随长度怎样变化？

解码每一步都要把整段缓存读取一遍，长度翻倍，读取的量也翻倍。

**Q2**: 缓存为什么能加快解码？

有了缓存，解码每一步不必重算前面各步的键和值。
"""


def test_what_stands_below_a_question_answers_that_question_alone() -> None:
    among = candidates("q.md", LIST)
    for question, words in (("缓存为什么拖慢解码？", "读取一遍"), ("缓存为什么能加快解码？", "不必重算")):
        found = best(among, Wanted(question=question, listed_in="q.md"), count=9)
        assert [words in one.text for one in found] == [True]


def test_ties_are_told_apart_by_the_answer() -> None:
    text = "# 题\n\n## 缓存与解码\n\n缓存会占用显存，容量有限。\n\n缓存会消耗带宽，速度有限。\n"
    for answer, words in (("因为容量不够", "容量"), ("因为带宽不够", "带宽")):
        (found,) = best(candidates("n.md", text), Wanted(question="缓存怎样影响解码？", answer=answer))
        assert words in found.text


def test_a_sentence_that_announces_a_table_is_shown_with_all_of_it() -> None:
    table = "| 缓存 | 时间 |\n|---|---|\n| 10 GB | 3 ms |"
    text = f"# 题\n\n每一步的时间随缓存增长，核对如下：\n\n{table}\n\n别的内容在这里。\n"
    (found,) = best(candidates("n.md", text), Wanted(question="每一步的时间怎样随缓存增长？"))
    assert found.text == "\n".join(text.split("\n")[2:7])


def test_a_question_that_no_paragraph_fits_gets_none() -> None:
    text = "# 题\n\n缓存会占用显存，容量有限，读取要时间。\n"
    assert best(candidates("n.md", text), Wanted(question="量子纠错需要多少冗余比特？")) == ()


def test_what_a_discussion_keeps_of_mistakes_is_no_answer() -> None:
    text = (
        "# 缓存深度讨论\n\n## 从哪里出发\n\n> “缓存让解码变慢是因为乘法变多”\n\n## 现在的准确说法\n\n"
        "> “缓存让解码变慢是因为读取变多”\n\n## 误解档案\n\n缓存让解码变慢是因为乘法变多，已经澄清。\n"
    )
    found = best(candidates("d.md", text), Wanted(question="缓存让解码变慢"), count=9)
    assert [one.heading for one in found] == ["现在的准确说法"]


def test_what_was_said_in_a_discussion_or_a_record_answers_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path)
    said = "# 缓存深度讨论\n\n显存带宽决定缓存的读取速度，所以决定解码的速度。\n"
    note = "# 甲\n\n缓存的读取受显存带宽限制。\n"
    for path, text in (
        ("学习笔记/甲.md", note),
        ("学习笔记/深度讨论记录.md", said),
        ("深度讨论/缓存深度讨论.md", said),
    ):
        store.write(path, text, expected_sha256=None)
    for source in ("", "深度讨论/缓存深度讨论.md"):
        aim = find_aim(store, Layout(), "zh", topic="显存带宽与缓存的读取速度", source=source)
        assert aim.targets[0].sources == ("学习笔记/甲.md",)
    (target,) = (replace(one, sources=("学习笔记/深度讨论记录.md",)) for one in aim.targets)
    assert Sources(store).passages(target, count=9) == ()


def test_a_picture_and_its_caption_are_no_passage() -> None:
    caption = "多头识别嵌套实体的示意图"
    picture = f"[![{caption}](a.png)](a.png '{caption}')"
    text = f"# 题\n\n{picture}\n\n{caption}\n\n每个头负责识别一种实体类型，互不干扰。\n"
    assert [one.passage.line for one in candidates("a.md", text)] == [7]
