"""The displays of the derivation are numbered by code, and what cites them follows."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rehearsal import (
    ARTICLE,
    CITED_PART4,
    LONGER_PART2,
    PARTS,
    PATH,
    POOR_PART2,
    WRITTEN,
    Scripted,
    good_replies,
)

from agent.errors import JobInterrupted
from agent.expansion.article import Job, expand_article
from agent.expansion.by_hand import export, import_answers
from agent.expansion.mend import mend_part
from agent.expansion.numbering import numbered, taken_numbers, with_part
from agent.expansion.repair import Parts, settle
from agent.expansion.verdict import Bench, Verdict
from agent.notes.article import parse_article
from agent.standard.standard import Standard
from agent.text.formulas import Compiler
from agent.text.mends import without_tags
from agent.text.outline import outline
from agent.workspace.standards import read_standard
from agent.workspace.store import Store

STANDARD: Standard = read_standard("five-part/2025-11-24")


def tags(text: str) -> list[str]:
    return [tag for formula in outline(text).formulas for tag in formula.tags]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("$$\na=b\n$$", "$$\na=b \\tag{2.1}\n$$"),
        ("$$\na=b,\n$$", "$$\na=b, \\tag{2.1}\n$$"),
        ("$$a=b$$", "$$a=b \\tag{2.1}$$"),
        ("$$\na=b  \n\n$$", "$$\na=b \\tag{2.1}  \n\n$$"),
        ("$$\na=b\\\\\n$$", "$$\na=b \\tag{2.1}\\\\\n$$"),
        ("$$\na=b\\\\[2pt]\n\\\\\n$$", "$$\na=b \\tag{2.1}\\\\[2pt]\n\\\\\n$$"),
        ("$$\na=5\\%\n$$", "$$\na=5\\% \\tag{2.1}\n$$"),
        ("$$\na=b % c $\n$$", "$$ \\tag{2.1}\na=b % c $\n$$"),
        ("$$\na=5\\%\n% c\n$$", "$$ \\tag{2.1}\na=5\\%\n% c\n$$"),
        ("> $$\n> a=b \\\\% c\n> $$", "> $$ \\tag{2.1}\n> a=b \\\\% c\n> $$"),
        ("$$\na_{[2]}\n$$", "$$\na_{[2]} \\tag{2.1}\n$$"),
        ("$$a\\> $$", "$$a\\> \\tag{2.1} $$"),
        ("$$\na\\ \\\\ \\\\[2pt] $$", "$$\na\\ \\tag{2.1} \\\\ \\\\[2pt] $$"),
        ("> $$\n> a=b\n> $$", "> $$\n> a=b \\tag{2.1}\n> $$"),
        (
            "$$\n\\begin{aligned}\na&=b\\\\\n&=c\n\\end{aligned}\n$$",
            "$$\n\\begin{aligned}\na&=b\\\\\n&=c\n\\end{aligned} \\tag{2.1}\n$$",
        ),
        ("$$\n\\begin{cases}1\\\\2\\end{cases}\n$$", "$$\n\\begin{cases}1\\\\2\\end{cases} \\tag{2.1}\n$$"),
        ("$$\na=b \\tag{7}\\label{eq:x}\n$$", "$$\na=b \\tag{2.1}\n$$"),
        ("$$\na=b\n\\tag{7} \\label{eq:x}\n$$", "$$\na=b \\tag{2.1}\n$$"),
    ],
)
def test_a_display_bears_its_number_at_the_end_of_what_it_says_and_before_a_comment(before: str, after: str) -> None:
    assert numbered(before, 2) == after
    assert numbered(after, 2) == after
    assert not list(Compiler({}).problems(outline(after).formulas))


@pytest.mark.parametrize(
    "text",
    [
        "$a=b$",
        "$\na=b\n$",
        "\\begin{align}\na&=b\n\\end{align}",
        "$$\n\\begin{align*}\na&=b\n\\end{align*}\n$$",
        "$$\n\\begin{equation}\na\n\\end{equation}\n$$",
        "$$\n% nothing\n$$",
        "$$\n\\\\\n$$",
        "`$$a$$`",
        "```tex\n$$\na \\tag{1}\n$$\n```",
        "$$\n```\n```\n$$",
        "<!-- 先前写作\n$$\na\n$$\n-->",
        "<!-- 存疑：也许是 $$a$$ -->",
    ],
)
def test_what_can_bear_no_number_gets_none(text: str) -> None:
    assert numbered(text, 2) == text


def test_a_comment_without_an_end_keeps_no_number_from_the_displays_behind_it() -> None:
    assert tags(numbered("<!-- 存疑：没有收尾 ->\n\n$$a$$\n\n乙 --> 丁\n\n$$b$$\n", 2)) == ["2.1", "2.2"]


def test_displays_of_other_parts_lose_their_numbers() -> None:
    assert numbered("$$\na=b \\tag{4.1}\\label{eq:x}\n$$", 4) == "$$\na=b\n$$"


def test_the_displays_are_numbered_in_order_past_the_numbers_of_the_author() -> None:
    text = numbered("$$a$$\n\n$$b$$\n\n$$c$$\n\n$$d$$", 2, {"2.2", "2.3"})
    assert tags(text) == ["2.1", "2.4", "2.5", "2.6"]


def test_numbers_outside_the_derivation_are_taken() -> None:
    own = (
        "均匀分布的熵最大，本文没有证明这一点，只给出了定义和一张表。\n\n$$\nx \\tag{2.1}\n$$\n\n$$\ny \\quad (2.3)\n$$"
    )
    text = ARTICLE.replace("均匀分布的熵最大，本文没有证明这一点，只给出了定义和一张表。", own)
    text = text.replace(
        "TODO: 添加详细的数学公式推导和注释\n", f"{WRITTEN[1]}\n{WRITTEN[2]}\n{WRITTEN[4]}\n$$z \\tag{{9}}$$\n"
    )
    assert taken_numbers(parse_article(PATH, text, STANDARD)) == {"2.1", "2.3", "9"}


def test_a_part_that_numbers_its_displays_itself_cites_them_by_the_new_numbers() -> None:
    text = numbered("$$a \\tag{2.1.1}$$\n\n由\n\n$$b$$\n\n与\n\n$$c \\tag{2}$$\n\n式 (2) 与式 (2.1.1)，不是 (2)。", 2)
    assert tags(text) == ["2.1", "2.2", "2.3"]
    assert text.endswith("式 (2.3) 与式 (2.1)，不是 (2)。")


CITING = {2: "", 4: "式 (2.1)、(2.2) 与 Eq. (2.3)，2.2 节，`式 (2.2)`。", 5: "不引用。"}


@pytest.mark.parametrize(
    ("after", "cited"),
    [
        ("$$a$$\n\n$$\\text{b}$$\n\n$$c$$", "式 (2.1)、(2.2) 与 Eq. (2.3)，"),
        ("$$z$$\n\n$$a$$\n\n$$\\text{b}$$\n\n$$y$$\n\n$$c$$", "式 (2.2)、(2.3) 与 Eq. (2.5)，"),
        ("$$a$$\n\n$$0$$\n\n$$c$$", "式 (2.1)、(2.2) 与 Eq. (2.3)，"),
        ("$$\\text{b}$$\n\n$$c$$", "式 (??)、(2.1) 与 Eq. (2.2)，"),
        ("$$a$$\n\n$$x+0$$\n\n$$0+y$$\n\n$$c$$", "式 (2.1)、(??) 与 Eq. (2.4)，"),
        ("$$a$$\n\n$$x+0$$\n\n$$\\text{b!}$$\n\n$$c$$", "式 (2.1)、(2.3) 与 Eq. (2.4)，"),
    ],
)
def test_a_new_derivation_is_cited_by_the_numbers_it_has_now(after: str, cited: str) -> None:
    before = {**CITING, 2: numbered("$$a$$\n\n$$\\text{b}$$\n\n$$c$$", 2)}
    parts = with_part(before, 2, numbered(after, 2))
    assert parts == {2: numbered(after, 2), 4: f"{cited}2.2 节，`式 (2.2)`。", 5: "不引用。"}


def test_another_part_changes_itself_alone() -> None:
    assert with_part(CITING, 4, "新") == {**CITING, 4: "新"}
    assert with_part({4: "式 (2.1)"}, 2, numbered("$$a$$", 2))[4] == "式 (2.1)"


LINES = st.sampled_from(
    [
        *(
            "$$",
            "$$",
            "$$a=b$$",
            "a=b",
            "a=b,",
            "x\\\\",
            "\\\\[2pt]",
            "% c",
            "a % \\tag{1}",
            "\\%",
            ">",
            "> $$",
            "",
            "正文",
        ),
        *(
            "\\begin{aligned}",
            "\\end{aligned}",
            "\\begin{align}",
            "\\end{align}",
            "a \\tag{2.7}",
            "\\label{e} \\tag{1}",
        ),
        *("由式 (2.7) 与 (1)", "$x$", "```", "`$$`", "\\", "a\\ ", "$", "<div>", "</div>", "#### 2.1 节"),
    ]
)


@settings(max_examples=400)
@given(st.lists(LINES, max_size=16).map("\n".join), st.sets(st.sampled_from(["2.1", "2.2", "2.5"])))
def test_numbering_twice_is_numbering_once(text: str, taken: set[str]) -> None:
    once = numbered(text, 2, taken)
    assert numbered(once, 2, taken) == once
    numbers = [int(tag.removeprefix("2.")) for tag in tags(once)]
    assert numbers == sorted(set(numbers))
    assert taken.isdisjoint(tags(once))
    assert once.count("\n") <= text.count("\n")


@settings(max_examples=400)
@given(st.lists(LINES.filter(lambda line: "tag" not in line), max_size=16).map("\n".join))
def test_nothing_but_the_numbers_is_put_in(text: str) -> None:
    once = numbered(text, 2)
    assert without_tags(once) == text
    assert len(outline(once).formulas) == len(outline(text).formulas)


@pytest.mark.parametrize("line", ["\\\\ ", "\\\\[2pt]", "%", "\\begin{", "\\", "> ", "a\n", "\n"])
def test_a_long_display_does_not_hold_the_job_up(line: str) -> None:
    assert numbered(f"$$x{line * 20_000}$$", 2).count("\\tag") <= 1


@settings(max_examples=200)
@given(st.lists(LINES, max_size=16).map("\n".join))
def test_mending_what_is_numbered_changes_nothing(text: str) -> None:
    once = numbered(mend_part(text, 2, STANDARD, "zh"), 2)
    assert numbered(mend_part(once, 2, STANDARD, "zh"), 2) == once


def test_the_other_parts_see_the_numbers_and_cite_them(store: Store, job: Callable[..., Job]) -> None:
    model = Scripted(good_replies(part4=[CITED_PART4]))
    assert expand_article(PATH, job(model)).state == "written"
    text = store.read(PATH).text
    assert tags(text) == ["2.1", "2.2"]
    assert "（推导：代入式 (2.2) 的上界）" in text
    for request in model.asked:
        shown = "".join(block.text for message in request.messages for block in message.blocks)
        assert ("H\\le\\log n \\tag{2.2}" in shown) == (request.purpose not in ("expand.plan", "expand.part2"))


@pytest.mark.parametrize(("tag", "cited"), [("", "2.2"), (" \\tag{2.1}", "2.1")])
def test_a_repair_of_the_derivation_cites_itself_by_its_new_numbers(
    store: Store, job: Callable[..., Job], tag: str, cited: str
) -> None:
    poor = POOR_PART2.replace("\\log n\n", "\\log n \\tag{9}\n") + "\n由式 (9) 得结论。\n"
    repair = LONGER_PART2.replace("\\log n\n", f"\\log n{tag}\n") + f"\n由式 ({cited}) 得结论。\n"
    model = Scripted(good_replies(part2=[poor], repair=[repair]))
    assert expand_article(PATH, job(model)).state == "written"
    assert "由式 (2.2) 得结论" in model.asked[-3].messages[0].blocks[-1].text
    assert "由式 (2.3) 得结论" in store.read(PATH).text


def test_a_number_that_no_formula_bears_is_repaired(store: Store, job: Callable[..., Job]) -> None:
    model = Scripted(good_replies(part4=[CITED_PART4.replace("(2.2)", "(2.9)")], repair=[CITED_PART4]))
    assert expand_article(PATH, job(model)).state == "written"
    assert "没有哪个式子的编号是 2.9" in model.asked[-1].messages[0].blocks[-1].text


def test_numbers_that_the_author_gave_are_not_given_again(store: Store, job: Callable[..., Job]) -> None:
    text = ARTICLE.replace("# 熵\n", "# 熵\n\n$$\nH \\tag{2.1}\n$$\n")
    store.write(PATH, text, expected_sha256=store.read(PATH).sha256)
    assert expand_article(PATH, job(Scripted(good_replies()))).state == "written"
    assert tags(store.read(PATH).text) == ["2.1", "2.2", "2.3"]


@dataclass
class Faults:
    """A verdict that finds fault with the parts it names."""

    parts: dict[int, int]

    def errors(self, number: int) -> list[str]:
        return ["fault"] * self.parts.get(number, 0)

    def score(self, number: int) -> tuple[int, int]:
        return 0, self.parts.get(number, 0)


def test_a_late_repair_of_the_derivation_moves_what_the_others_cite() -> None:
    parts = {2: numbered("$$a$$\n\n坏", 2), 4: "坏，由式 (2.1)。"}
    repairs = {2: numbered("$$z$$\n\n$$a$$", 2), 4: "由式 (2.2)。"}
    seen: list[str] = []

    def repaired(number: int, parts: Parts, verdict: Verdict, attempt: int) -> str:
        seen.append(parts[number])
        return repairs[number]

    def judged(parts: Parts) -> Verdict:
        return cast("Verdict", Faults({number: text.count("坏") for number, text in parts.items()}))

    (_, last) = settle(parts, (2, 4), judged=judged, repaired=repaired, rounds=1, attempts=Counter(), stuck=set())
    assert seen == [parts[2], "坏，由式 (2.2)。"]
    assert last == repairs


def test_nothing_behind_a_derivation_whose_repair_is_to_come_is_asked_for() -> None:
    asked: list[int] = []

    def repaired(number: int, parts: Parts, verdict: Verdict, attempt: int) -> str:
        asked.append(number)
        raise JobInterrupted

    def judged(parts: Parts) -> Verdict:
        return cast("Verdict", Faults(dict.fromkeys(parts, 1)))

    for parts, wanted in (({1: "", 2: "", 4: ""}, [1, 2]), ({1: "", 4: "", 5: ""}, [1, 4, 5])):
        asked.clear()
        with pytest.raises(JobInterrupted):
            list(
                settle(
                    parts, sorted(parts), judged=judged, repaired=repaired, rounds=2, attempts=Counter(), stuck=set()
                )
            )
        assert asked == wanted


def test_by_hand_the_derivation_is_repaired_before_what_cites_it(
    store: Store, bench: Bench, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = Store(tmp_path_factory.mktemp("by-hand"))
    place = folder.root / PATH.removesuffix(".md")

    def answer(step: str, text: str) -> None:
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{step}.answer.md").write_text(text, encoding="utf-8")

    answer("part1", PARTS[1])
    answer("part2", POOR_PART2)
    answer("part4", CITED_PART4.replace("抬高。", "抬高，易证。"))
    made = export(PATH, folder, bench, earliest=None, language="zh")
    assert made.prompts[-1] == "repair2"
    assert "\\tag{2.2}" in (place / "part4.prompt.md").read_text(encoding="utf-8")
    answer("repair2", LONGER_PART2)
    for _ in range(2):  # an export leaves the prompt that was answered
        made = export(PATH, folder, bench, earliest=None, language="zh")
    assert made.prompts[-1] == "repair4"
    asked = (place / "repair4.prompt.md").read_text(encoding="utf-8")
    assert "代入式 (2.3) 的上界" in asked
    answer("repair4", CITED_PART4.replace("(2.2)", "(2.3)"))
    assert import_answers(PATH, folder, bench, earliest=None, language="zh").state == "written"
    assert tags(store.read(PATH).text) == ["2.1", "2.2", "2.3"]
