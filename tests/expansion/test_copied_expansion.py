"""An expansion is not written that stands in another article, or that is in another language."""

from collections.abc import Callable
from dataclasses import replace

from rehearsal import ARTICLE, PARTS, PATH, Scripted, good_replies

from agent.expansion.article import Job, expand_article
from agent.expansion.events import Event, Judged
from agent.expansion.job import Chosen, run_job
from agent.expansion.outcome import accept_draft
from agent.expansion.verdict import judge_with, whole
from agent.notes.article import parse_article
from agent.workspace.store import Store

MakeJob = Callable[..., Job]
OTHER = "文章/互信息.md"
OTHER_ARTICLE = ARTICLE.replace("/77", "/78").replace("熵", "互信息")
STEPS = "第{n}步从定义出发，用 $u=p_{n}/q_{n}$ 代入，得到一个只含 $u$ 的不等式，因为对数在整个定义域上是凹的。"
MANY = PARTS[1] + "".join(f"\n{STEPS.replace('{n}', name)}{name}步到此为止。\n" for name in "甲乙丙丁戊己庚辛壬癸子丑")


def test_an_expansion_that_stands_in_another_article_stays_a_draft(store: Store, job: MakeJob) -> None:
    store.write(OTHER, OTHER_ARTICLE, expected_sha256=None)
    replies = good_replies(part1=[MANY], repair=[MANY])
    first = job(Scripted(replies), repair_rounds=0)
    assert expand_article(PATH, first).state == "written"
    item = expand_article(OTHER, first)
    assert item.state == "needs_review"
    (finding,) = item.findings
    assert (finding.rule, finding.severity, finding.wanted) == ("duplicate-expansion", "error", PATH)
    assert store.read(OTHER).text == OTHER_ARTICLE
    assert accept_draft(OTHER, first.bench).state == "needs_review"


def test_an_expansion_with_more_blanks_in_its_lines_is_the_same(store: Store, job: MakeJob) -> None:
    store.write(OTHER, OTHER_ARTICLE, expected_sha256=None)
    assert expand_article(PATH, job(Scripted(good_replies(part1=[MANY])), repair_rounds=0)).state == "written"
    blanks = good_replies(part1=[MANY.replace("，", "， ")], repair=[MANY])
    (finding,) = expand_article(OTHER, job(Scripted(blanks), repair_rounds=0)).findings
    assert (finding.rule, finding.wanted) == ("duplicate-expansion", PATH)


def test_a_change_that_stands_in_another_article_or_is_proposed_for_one_is_not_proposed(
    store: Store, job: MakeJob
) -> None:
    for path, article in ((PATH, ARTICLE), (OTHER, OTHER_ARTICLE)):
        held = article.replace("TODO: 添加详细的数学公式推导和注释\n", f"{PARTS[2]}\n{PARTS[4]}")
        expected = store.read(path).sha256 if path == PATH else None
        store.write(path, held, expected_sha256=expected)
    replies = good_replies(part1=[MANY], repair=[MANY])
    work = job(Scripted(replies), repair_rounds=0)
    first = expand_article(PATH, work, completes=True)
    assert (first.reason, first.findings) == ("proposed", ())
    second = expand_article(OTHER, work, completes=True)
    assert (second.reason, second.proposal, second.other) == ("copied", None, PATH)
    assert PATH in second.sentence("en")
    assert [(found.rule, found.wanted) for found in second.findings] == [("duplicate-expansion", PATH)]
    assert first.proposal
    store.write(PATH, first.proposal.after, expected_sha256=first.proposal.expected_sha256)
    assert expand_article(OTHER, job(Scripted(replies), repair_rounds=0), completes=True).reason == "copied"


def test_what_another_article_no_longer_holds_may_be_written(store: Store, job: MakeJob) -> None:
    work = job(Scripted(good_replies(part1=[MANY])), repair_rounds=0)
    assert expand_article(PATH, work).state == "written"
    store.write(PATH, ARTICLE, expected_sha256=store.read(PATH).sha256)
    store.write(OTHER, OTHER_ARTICLE, expected_sha256=None)
    assert expand_article(OTHER, work).state == "written"


def test_every_part_in_another_language_is_found_at_its_heading(job: MakeJob) -> None:
    ours = job(Scripted(good_replies()))
    english = replace(ours.bench, settings=replace(ours.bench.settings, language="en"))
    assert judge_with(parse_article(PATH, ARTICLE, english.standard), whole(PARTS), ours.bench, None).passed
    refused = judge_with(parse_article(PATH, ARTICLE, english.standard), whole(PARTS), english, None)
    assert not refused.passed
    found = [error for error in refused.all_errors if error.rule == "other-language"]
    assert [(one.line, one.found, one.wanted) for one in found] == [(part.line, "zh", "en") for part in refused.parts]


ENGLISH_PART1 = (
    "### 第1部分：核心理论、公理与历史基础\n\n#### 1.1 Origins\n\n"
    "Entropy began as a way of counting what one does not know; its bound is found in 2.1 节.\n"
)


def test_a_part_in_another_language_is_repaired(store: Store, job: MakeJob) -> None:
    model = Scripted(good_replies(part1=[ENGLISH_PART1], repair=[PARTS[1]]))
    assert expand_article(PATH, job(model)).state == "written"
    asked = "".join(block.text for block in model.asked[-1].messages[0].blocks)
    assert model.asked[-1].purpose == "expand.repair"
    assert "写成别的语言" in asked or "语言" in asked.split("<findings>")[1].split("</findings>")[0]
    assert "Entropy began" not in store.read(PATH).text


SUBJECT = "交叉熵衡量编码长度，编码长度依赖分布差异，分布差异依赖样本数量，样本数量依赖采样方法。"


def test_an_expansion_that_has_nothing_to_do_with_its_article_stays_a_draft(store: Store, job: MakeJob) -> None:
    article = ARTICLE.replace("## 公式推导", f"{SUBJECT}{SUBJECT.replace('，', '；')}\n\n## 公式推导")
    store.write(PATH, article, expected_sha256=store.read(PATH).sha256)
    model = Scripted(good_replies())
    events: list[Event] = []
    item = expand_article(PATH, job(model, events))
    assert (item.state, [found.rule for found in item.findings]) == ("needs_review", ["other-subject"])
    last = [event for event in events if isinstance(event, Judged)][-1]
    assert last.sentence("zh").endswith("最后再看全文是否切题、是否与别的文章重复")  # no promise that it is written
    assert "whether it keeps to its subject" in last.sentence("en")
    assert "expand.repair" not in {asked.purpose for asked in model.asked}
    assert store.read(PATH).text == article
    about = good_replies(
        part1=[f"{PARTS[1]}\n再看交叉熵与编码长度：分布差异与样本数量由采样方法定下，衡量它就够了。\n"]
    )
    fresh = job(Scripted(about), fresh=True)
    assert [one.state for one in run_job([Chosen(path=PATH)], fresh, workers=1)] == ["written"]
