"""An expansion is not written that stands in another article, or that is in another language."""

from collections.abc import Callable
from dataclasses import replace

from rehearsal import ARTICLE, PARTS, PATH, Scripted, good_replies

from agent.expansion.article import Job, expand_article
from agent.expansion.outcome import accept_draft
from agent.expansion.verdict import beside_others, judge_with, whole
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


def test_an_expansion_in_another_language_stays_a_draft(job: MakeJob) -> None:
    ours = job(Scripted(good_replies()))
    english = replace(ours.bench, settings=replace(ours.bench.settings, language="en"))
    verdict = judge_with(parse_article(PATH, ARTICLE, english.standard), whole(PARTS), ours.bench, None)
    assert beside_others(verdict, PATH, ours.bench) == verdict
    refused = beside_others(verdict, PATH, english)
    assert not refused.passed
    assert [(found.rule, found.found, found.wanted) for found in refused.all_errors] == [("other-language", "zh", "en")]
