"""The review sheet tells where an expansion contradicts its article: by the plan, and by what the text says."""

from dataclasses import replace

import pytest
from passing_article import PASSING, line_of, standard
from test_review_sheet import PLANNED, behind, sheet

from agent.expansion.plan import Claim
from agent.expansion.sheet.disputes import dissents
from agent.standard.parts import find_parts
from agent.text.outline import outline

PLACE = "logsumexp 有两个源头"
PROOF = next(line for line in PASSING.splitlines() if line.startswith("#### 2.4 "))
STATED = "误差与温度成正比，与项数的对数成正比"
"""A sentence of the article."""


def group(text: str, *claims: Claim) -> list[str]:
    """The lines of the first group, where that is the one of what is held against the article."""
    told = sheet(text, replace(PLANNED, claims=claims)).partition("\n## ")[2].partition("\n## ")[0]
    return [row for row in told.splitlines() if row.startswith("- ")] if told.startswith("扩充说原文") else []


def test_a_claim_leads_to_its_proof_and_not_to_what_is_said_of_it_before_or_elsewhere() -> None:
    formula = r"$E \approx 2 \tau^3$"
    claim = Claim(claim=r"$E\approx2\tau^3$，温度不论", gap="有误：只在很热时如此")
    overview = PASSING.replace("以下 $\\boldsymbol{x}\\in", f"不成立的是 {formula}。以下 $\\boldsymbol{{x}}\\in")
    both = behind(behind(overview, PLACE, f"热的时候 {formula} 有误。"), PROOF, f"先看 {formula}，只在很热时如此。")
    assert group(both, claim)[0].startswith(f"- {line_of(both, '先看 $E')}: ")
    assert group(overview, claim)[0].startswith(f"- {line_of(overview, '不成立的是 $E')}: ")


def test_a_line_of_the_derivation_with_few_of_its_words_comes_before_one_elsewhere_with_all() -> None:
    claim, gap = "灶火照亮了山谷里的羊毛围巾，它铺在果园的栅栏边", "有误：镜面反射出的炉火只照亮一半"
    there = behind(PASSING, PLACE, f"{claim}不成立，镜面反射出的炉火只照亮一半。")
    here = "原文的灶火照亮了山谷里的羊毛围巾，镜面反射出的炉火只照亮一半。"
    text = behind(there, PROOF, f"先记号。\n\n{here}")
    assert group(text, Claim(claim=claim, gap=gap))[0].startswith(f"- {line_of(text, here)}: ")
    assert group(there, Claim(claim=claim, gap=gap))[0].startswith(f"- {line_of(there, claim)}: ")


@pytest.mark.parametrize("claim", [STATED, f"误差一节说“{STATED}”，处处如此"])
def test_a_claim_in_the_words_of_the_article_names_the_line_where_they_stand(claim: str) -> None:
    (row,) = group(PASSING, Claim(claim=claim, gap="有误：温度高时不然"))
    assert f"（原文第 {line_of(PASSING, STATED)} 行）：有误：温度高时不然" in row
    (row,) = group(PASSING, Claim(claim="误差与别的成正比", gap="有误：温度高时不然"))
    assert "原文第" not in row


@pytest.mark.parametrize("word", ["说得太满：", "原文说得太满，", "Too strong: ", "too strong "])
def test_a_claim_that_is_too_strong_stands_behind_the_mistaken_ones_and_is_told_as_such(word: str) -> None:
    strong = Claim(claim="甲总是成立", gap=f"{word}温度高时才成立")
    rows = group(PASSING, strong, Claim(claim="乙总是成立", gap="有误：从不"), Claim(claim="丙", gap="没有证明"))
    assert [row.split("：", 1)[0] for row in rows] == ["- 乙总是成立", "- 甲总是成立"]
    assert f"：{word}温度高时才成立" in rows[1]


@pytest.mark.parametrize(
    "said",
    [
        "原文所说“更有效”不能从表达能力来。",
        "原文只看了前一半。",
        "原文的结论只对凸函数成立。",
        "原文没有说明，其实这里写错了。",
        "作者指出“温度越高越好”，这一点有误。",
        "The article has it backwards.",
        "原文说其余的都为零，前半句成立，后半句还差一个条件。",
        "所以原文的“算力”要改成别的。",
        f"“{STATED}”只在温度低时说得通，高时不成立。",
        "This is where the article stumbles.",
        "From it the article concludes that all is well. The conclusion fails for large edges.",
        f"The words “{STATED}” are put right below.",
        f'"{STATED}" holds for a low temperature only.',
        "The article's claim fails for large edges.",
        "The article's bound holds only where all are equal.",
        f"“{STATED}” fails for large edges.",
        f"“{STATED}”只说对一半。",
        "原文的结论只说对一半。",
        "这与原文的判断相反：温度越高越慢。",
        "原文低估了误差。",
        "原文的上界高估了代价。",
        "原文说候选越多越好，这并不总是成立。",
        "原文这里漏了一个因子。",
        "原文的更新式少了一项。",
        "原文第三行的符号反了。",
        "原文说越大越好，其实恰好相反。",
        "The article's statement is not quite right.",
        "The article is only half right.",
        "The article understates the cost.",
        "The article's bound overstates it by $0.5$.",
        "The article misses a factor of two.",
        "The article has the sign wrong.",
        "The article says that more is better, but it is the other way round.",
        "The article's rule does not always hold.",
        "The article says that it converges. This is not always true.",
    ],
)
def test_what_the_text_holds_against_the_article_is_told_whatever_the_plan_says(said: str) -> None:
    text = behind(PASSING, PLACE, said)
    assert [row.partition(":")[0] for row in group(text)] == [f"- {line_of(text, said)}"]


@pytest.mark.parametrize(
    "said",
    [
        "Equality with the article's value holds only where it does not vary.",
        "The article tells what happens when a node fails, and its lock holds only one thread.",
        "原文的热水器还差三度，到了晚上也是。",
        "原文的结果表里没有误差。",
        "原文指出它低估了分母。",
        "若原文低估了方差，步长就过大。",
        "原文没有低估了什么。",
        "这里的符号约定与原文相反。",
        "原文的热水器并不总是开着。",
        "原文的循环逐行读，不会漏了哪一行。",
        "比原文少了一个因子。",
        "原文给出一个界。2.3 节的引理低估了它。",
        "原文举了一个低估了方差的例子。",
        "用弹珠会高估了下坡的速度，原文没有说。",
        "Walk the article's loop the other way round the tree.",
        "The article's heater is not always on.",
        "The article counts from the left; it is the other way round here.",
        "原文的结果表里只有误差。",
        "原文那几行代码也用不上了，要改主干的中间层。",
        "原文没有说能不能再大。",
        "原文的结果表，看测试集的大小够不够。",
        "原文的第二步没有写错，也并没有漏掉哪一项，并未说反，没有错在这里。",
        "原文的两个算符不对易，所以先写哪个要紧；作者的两列不对齐。",
        "原文只对 $n=2$ 举例。",
        "The article counts from the left, so walking backwards changes the sign.",
        "原文指出，$p=0$ 时不等式不成立。",
        "若“温度”不成立，就换一个函数。",
        f"点在横线以下，“{STATED}”就成立，在横线以上就不成立。",
        "This is the tidying that the article left out.",
        "“温度换一个别的单位也行”不成立。",
        f"“{STATED}”，下面证明它。\n\n逆命题不成立。",
    ],
)
def test_what_holds_nothing_against_the_article_is_not_told(said: str) -> None:
    assert group(behind(PASSING, PLACE, said)) == []


def test_a_line_that_says_a_claim_of_the_plan_again_is_told_once_with_its_proof() -> None:
    again, proof = f"原文的“{STATED}”不成立。", "原文的误差一句，温度高时误差与温度的平方成正比，一算便知。"
    text = behind(behind(PASSING, PLACE, again), PROOF, f"先记号。\n\n{proof}")
    assert group(text)[0].startswith(f"- {line_of(text, again)}: ")
    (row,) = group(text, Claim(claim=f"{STATED}。", gap=f"有误：{proof}"))
    assert row.startswith(f"- {line_of(text, proof)}: ")
    unsaid, row = group(text, Claim(claim=f"{STATED[:5]}别的", gap="有误：不然"))
    assert unsaid.endswith("没有找到反驳它的话）")
    assert row.startswith(f"- {line_of(text, again)}: ")


def test_a_claim_that_is_a_formula_alone_names_the_line_of_that_formula_and_not_of_its_contrary() -> None:
    both = (
        "要的是 $\\boldsymbol{x}\\ge\\boldsymbol{y}$。\n\n还有 $\\boldsymbol{x}\\leq \\boldsymbol{y}$。\n\n# logsumexp"
    )
    text = PASSING.replace("# logsumexp", both, 1)
    (row,) = group(text, Claim(claim="$\\boldsymbol{x}\\le\\boldsymbol{y}.$", gap="有误：温度高时不然"))
    assert f"（原文第 {line_of(text, '还有 $')} 行）" in row
    (row,) = group(text, Claim(claim="$\\boldsymbol{x}<\\boldsymbol{y}$", gap="有误：温度高时不然"))
    assert "原文第" not in row


def test_a_short_formula_that_is_a_claim_leads_to_where_it_stands_and_is_no_piece_of_another() -> None:
    text = behind(PASSING, PROOF, "先看 $2E=2n$。\n\n再看 $E = 2$，它少算一半。")
    (row,) = group(text, Claim(claim="$E=2$", gap="有误：它少算一半，应当是四"))
    assert row.startswith(f"- {line_of(text, '再看 $E')}: ")


def test_a_line_against_the_contrary_of_a_formula_that_is_a_claim_is_told_besides() -> None:
    one, contrary = (f"$\\boldsymbol{{x}}{sign}\\boldsymbol{{y}}$" for sign in "<>")
    said = f"原文的 {contrary} 不成立。"
    text = behind(
        behind(PASSING, PLACE, f"{said}\n\n原文的 {one} 不成立。"), PROOF, f"先记号。\n\n看 {one}，温度高时不然。"
    )
    planned, other = group(text, Claim(claim=one, gap="有误：温度高时不然"))
    assert planned.startswith(f"- {line_of(text, '看 $')}: ")
    assert other.startswith(f"- {line_of(text, said)}: ")


def test_a_title_in_the_front_matter_is_no_line_of_the_article() -> None:
    (row,) = group(PASSING.replace("---\n", f"---\nsummary: {STATED}\n", 1), Claim(claim=STATED, gap="有误：不然"))
    assert f"（原文第 {line_of(PASSING, STATED) + 1} 行）" in row


def test_a_line_is_told_once_however_often_it_contradicts() -> None:
    text = outline(behind(PASSING, PLACE, f"原文的“{STATED}”不成立，原文的“{STATED}”有误，作者说反了。"))
    assert len([*dissents(text, find_parts(text, standard()), [])]) == 1
