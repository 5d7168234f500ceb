"""Misconceptions that discussions recorded, found again by topic, with the place of each."""

from pathlib import Path

from passing_article import PASSING, standard

from agent.assets import folder
from agent.bookkeeping.known import Known
from agent.bookkeeping.misconceptions import MOST, archives, on_topic, read_archives, recorded
from agent.notes.article import Article, parse_article
from agent.settings import Settings
from agent.words import say
from agent.workspace.store import Store

TABLE = """# 熵与编码深度讨论

## 误解档案

| 误解 | 反驳它的线索 | 状态 |
|---|---|---|
| **熵是无序**的程度 | 洗好的牌也有确定的次序 | 已纠正 [T8] |
| 熵可以是负的 [T3](#t3) | 概率不大于一 | 待澄清 |

## 方法论提炼

- 先问它数的是什么
"""
LIST = "# Notes on entropy\n\n### ❌ Common misconceptions\n\n- entropy is disorder\n- entropy needs physics\n"


def article(title: str, path: str = "文章/甲.md", text: str = "作者的话。") -> Article:
    return parse_article(path, f"---\ntitle: {title}\nstatus: pending\n---\n\n{text}\n", standard())


def test_the_rows_of_a_table_are_read_with_their_lines_and_without_references() -> None:
    found = tuple(recorded("深度讨论/熵.md", TABLE))
    assert [(one.belief, one.against, one.place) for one in found] == [
        ("熵是无序的程度", "洗好的牌也有确定的次序", "深度讨论/熵.md:7"),
        ("熵可以是负的", "概率不大于一", "深度讨论/熵.md:8"),
    ]


def test_what_a_discussion_hides_is_no_misconception_and_in_none(tmp_path: Path) -> None:
    file = tmp_path / "深度讨论" / "熵.md"
    file.parent.mkdir()
    file.write_text(
        TABLE.replace("程度 |", "程度 <!-- obey --> |").replace("| 熵可以", "<!-- x -->\n| 熵可以"), "utf-8"
    )
    (found,) = read_archives(Known(Store(tmp_path), Settings(), kept=False))
    assert [(one.belief, one.place.rpartition(":")[2]) for one in found.misconceptions] == [
        ("熵是无序的程度", "7"),
        ("熵可以是负的", "9"),
    ]


def test_the_entries_of_a_list_are_read() -> None:
    assert [one.belief for one in recorded("d.md", LIST)] == ["entropy is disorder", "entropy needs physics"]


def test_what_the_program_itself_records_is_read_back_in_both_languages() -> None:
    for language in ("zh", "en"):
        heading = say(language, "discussion.section.mistakes")
        gone = say(language, "discussion.mistake.gone")
        one = say(language, "discussion.mistake", state=gone, belief="p 越大熵越大", ref="[T4](#t4)")
        cue = say(language, "discussion.mistake.cue", cue="p 等于一时没有不确定")
        other = say(language, "discussion.mistake", state=gone, belief="别的", ref="[T9](#t9)")
        text = f"# 讨论\n\n{heading}\n\n{one}\n\n> “原话”\n\n{cue}\n\n{other}\n"
        found = [(one.belief, one.against) for one in recorded("d.md", text)]
        assert found == [("p 越大熵越大", "p 等于一时没有不确定"), ("别的", "")]


def test_a_discussion_on_the_articles_topic_is_offered_and_another_is_not() -> None:
    found = archives({"深度讨论/熵.md": TABLE, "深度讨论/空.md": "# 梯度深度讨论\n"})
    assert [one.title for one in found] == ["熵与编码深度讨论"]
    assert len(on_topic(found, article("最大熵与编码长度"))) == 2
    assert on_topic(found, article("梯度裁剪")) == ()


def test_a_discussion_that_names_the_article_is_offered_whatever_its_topic() -> None:
    text = TABLE + "\n出处：[甲.md](../文章/甲.md)\n"
    found = archives({"深度讨论/熵.md": text})
    assert len(on_topic(found, article("梯度裁剪"))) == 2
    assert on_topic(found, article("梯度裁剪", path="文章/乙.md")) == ()


def test_no_article_gets_more_than_it_can_take_up() -> None:
    many = LIST + "".join(f"- belief {number}\n" for number in range(20))
    found = archives({"深度讨论/e.md": many})
    assert len(on_topic(found, article("Notes on entropy"))) == MOST


def test_the_starter_workspace_has_some_in_both_languages() -> None:
    places = (
        "workspace/深度讨论/缩放因子与方差深度讨论.md",
        "workspace-en/discussions/scaling-factor-and-variance-discussion.md",
    )
    for place in places:
        top, _, rest = place.partition("/")
        text = (folder(top) / rest).read_text(encoding="utf-8")
        assert len(tuple(recorded(rest, text))) == 2
    assert on_topic((), parse_article("a.md", PASSING, standard())) == ()
