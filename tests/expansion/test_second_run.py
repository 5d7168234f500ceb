"""What a run makes of what an earlier one left: its replies, its drafts, and a file changed meanwhile."""

from collections.abc import Callable

import pytest
from rehearsal import (
    ARTICLE,
    CITED_PART4,
    LONGER_PART2,
    PARTS,
    PATH,
    POOR_PART2,
    Scripted,
    good_replies,
    purposes,
    reply,
)

from agent.errors import ChangedOnDisk, ModelTimeout
from agent.expansion.article import Job, expand_article
from agent.expansion.events import Event, Reused
from agent.expansion.job import Chosen, run_job
from agent.model.messages import Reply, Request
from agent.workspace.ledger import Ledger
from agent.workspace.store import Store

MakeJob = Callable[..., Job]
BAD_PART4 = PARTS[4].replace("（推导：代入 2.1 节第二式）", "")


def text(store: Store, path: str = PATH) -> str:
    return store.read(path).text


def test_another_model_is_asked_anew_for_what_the_gate_refused_and_the_rest_is_used_again(
    store: Store, job: MakeJob
) -> None:
    expand_article(PATH, job(Scripted(good_replies(part4=[BAD_PART4], repair=[BAD_PART4]), name="poor")))
    events: list[Event] = []
    good = Scripted(good_replies(), name="good")
    item = expand_article(PATH, job(good, events))
    assert item.state == "written"
    assert purposes(good) == ["expand.part4"]
    (reused,) = [event for event in events if isinstance(event, Reused)]
    assert (reused.models, reused.count) == (("poor",), 3)
    assert "3" in reused.sentence("en")
    assert "poor" in reused.sentence("zh")
    assert "--fresh" in reused.sentence("zh")


def test_the_same_model_is_not_paid_twice_for_what_the_gate_refused(job: MakeJob) -> None:
    expand_article(PATH, job(Scripted(good_replies(part4=[BAD_PART4], repair=[BAD_PART4]))))
    again = Scripted({})
    assert expand_article(PATH, job(again)).state == "needs_review"
    assert purposes(again) == []


def test_another_model_is_asked_for_the_plan_that_the_first_could_not_give(job: MakeJob) -> None:
    expand_article(PATH, job(Scripted(good_replies(plan=["no plan"], part4=[BAD_PART4]), name="poor"), repair_rounds=0))
    good = Scripted(good_replies(), name="good")
    expand_article(PATH, job(good, repair_rounds=0))
    assert purposes(good) == ["expand.plan"]


def test_a_second_draft_is_named_in_what_to_type_for_it(store: Store, job: MakeJob) -> None:
    first = expand_article(PATH, job(Scripted(good_replies(part4=[BAD_PART4], repair=[BAD_PART4]))))
    assert first.sentence("zh").endswith(f'wenqu expand --accept "{PATH}"。')
    present = store.read(first.draft)
    store.write(first.draft, present.text + "\n我改了。\n", expected_sha256=present.sha256)
    second = expand_article(PATH, job(Scripted({})))
    typed = f'wenqu expand --accept "{PATH}" --draft ".wenqu/drafts/文章/熵 (2).md"'
    assert typed in second.sentence("zh")
    assert typed in second.sentence("en")
    assert typed in text(store, ".wenqu/drafts/文章/熵 (2).findings.md")


def test_a_later_draft_takes_the_place_of_one_that_nobody_edited_but_not_with_fewer_parts(
    store: Store, job: MakeJob
) -> None:
    usual = ".wenqu/drafts/文章/熵.md"
    other = BAD_PART4.replace("抬高", "升高")
    for name, part4 in (("poor", BAD_PART4), ("other", other)):
        item = expand_article(PATH, job(Scripted(good_replies(part4=[part4], repair=[part4]), name=name)))
        assert item.draft == usual
        assert part4.strip() in text(store, usual)
    stopped = Scripted(good_replies(part4=[ModelTimeout(model="stopped", seconds=1)]), name="stopped")
    assert expand_article(PATH, job(stopped)).draft == ".wenqu/drafts/文章/熵 (2).md"
    assert other.strip() in text(store, usual)


def test_a_file_changed_during_the_run_is_told_with_the_next_step(store: Store, job: MakeJob) -> None:
    def edit(_request: Request) -> None:
        present = store.read(PATH)
        store.write(PATH, present.text.replace("# 熵\n", "# 熵！\n"), expected_sha256=present.sha256)

    item = expand_article(PATH, job(Scripted(good_replies(), during=edit)))
    assert isinstance(item.problem, ChangedOnDisk)
    for said in (item.sentence("zh"), item.sentence("en")):
        assert f'wenqu expand --accept "{PATH}"' in said
        assert f'wenqu original "{PATH}"' in said
    assert "0 处" not in text(store, item.draft.replace(".md", ".findings.md"))


def half_completed(store: Store) -> list[Chosen]:
    """Put an article there that holds all parts but the derivation, and choose it to be completed."""
    stub = "TODO: 添加详细的数学公式推导和注释\n"
    half = ARTICLE.replace("status: pending", "status: completed").replace(stub, f"{PARTS[1]}\n{PARTS[4]}")
    store.write(PATH, half, expected_sha256=store.read(PATH).sha256)
    return [Chosen(path=PATH, completes=True)]


def test_fresh_asks_again_for_what_completes_an_expansion(store: Store, job: MakeJob) -> None:
    chosen = half_completed(store)
    run_job(chosen, job(Scripted(good_replies())), workers=1)
    silent, fresh = Scripted({}), Scripted(good_replies())
    assert [item.reason for item in run_job(chosen, job(silent), workers=1)] == ["proposed"]
    assert purposes(silent) == []
    assert [item.reason for item in run_job(chosen, job(fresh, fresh=True), workers=1)] == ["proposed"]
    assert purposes(fresh) == ["expand.plan", "expand.part2"]


def test_an_article_that_was_only_proposed_to_is_not_told_as_written(
    store: Store, job: MakeJob, ledger: Ledger
) -> None:
    chosen = half_completed(store)
    for _ in range(2):
        items = run_job(chosen, job(Scripted(good_replies())), workers=1)
        assert [(item.state, item.reason) for item in items] == [("needs_review", "proposed")]
        assert [entry.state for entry in ledger.items()] == ["proposed"]


def test_an_expansion_is_not_completed_whose_plan_finds_it_not_worth_it_until_another_is_asked_for(
    store: Store, job: MakeJob
) -> None:
    chosen = half_completed(store)
    declining = Scripted({"expand.plan": ['{"not_worth": "只是一则公告"}']})
    for _ in range(2):
        items = run_job(chosen, job(declining), workers=1)
        assert [(item.state, item.reason, item.other) for item in items] == [
            ("skipped", "skipped-not-worth", "只是一则公告")
        ]
    assert purposes(declining) == ["expand.plan"]
    fresh = Scripted(good_replies())
    assert [item.reason for item in run_job(chosen, job(fresh, fresh=True), workers=1)] == ["proposed"]


BOUND = "H\\le\\log n \\tag{2.3}"


@pytest.mark.parametrize("answer", [CITED_PART4, f"```markdown\n{CITED_PART4}```\n"])
def test_a_reply_that_is_used_again_cites_the_formulas_by_the_numbers_that_they_bear_now(
    store: Store, job: MakeJob, answer: str
) -> None:
    poor = Scripted(good_replies(part2=[POOR_PART2], part4=[answer]))
    assert expand_article(PATH, job(poor, repair_rounds=0)).state == "needs_review"
    again = Scripted(good_replies(repair=[LONGER_PART2]))
    assert expand_article(PATH, job(again)).state == "written"
    assert purposes(again) == ["expand.repair"]
    assert BOUND in text(store)
    assert "代入式 (2.3) 的上界" in text(store)


def test_a_formula_that_another_model_leaves_out_is_cited_no_more(store: Store, job: MakeJob) -> None:
    answers = good_replies(part2=[LONGER_PART2 + "\n易证。\n"], part4=[CITED_PART4.replace("2.2", "2.1")])
    poor = Scripted(answers | {"expand.repair": ["### 第2部分\n\n易证。"]}, name="poor")
    expand_article(PATH, job(poor, repair_rounds=1))
    other = PARTS[2].replace("H=-\\sum_i p_i\\log p_i", "h=\\mathrm{E}\\log\\frac1p")
    good = Scripted(good_replies(part2=[other], repair=[CITED_PART4]), name="good")
    assert expand_article(PATH, job(good)).state == "written"
    assert purposes(good) == ["expand.part2", "expand.repair"]
    assert "这里引的式子已从推导里删去" in good.asked[-1].messages[0].blocks[-1].text
    assert "代入式 (2.2) 的上界" in text(store)


def test_a_reply_that_broke_off_is_continued_by_the_numbers_of_now(store: Store, job: MakeJob) -> None:
    at = CITED_PART4.index(" 的上界")
    begun = reply(CITED_PART4[:at], "max_tokens")
    away = ModelTimeout(model="m", seconds=1)
    poor = Scripted(good_replies(part2=[POOR_PART2], part4=[begun], **{"continue": [away]}))
    assert expand_article(PATH, job(poor, repair_rounds=0)).state == "failed"
    last = CITED_PART4[:at].rpartition("\n")[2]
    rest = (last + CITED_PART4[at:]).replace("(2.2)", "(2.3)")
    again = Scripted(good_replies(repair=[LONGER_PART2], **{"continue": [rest]}))
    assert expand_article(PATH, job(again)).state == "written"
    assert purposes(again) == ["expand.repair", "expand.continue"]
    (_, said, go_on) = again.asked[-1].messages
    assert all("(2.3)" in turn.blocks[-1].text and "(2.2)" not in turn.blocks[-1].text for turn in (said, go_on))
    written = text(store)
    assert written.count("从两项到四项") == written.count("（推导：代入式 (2.3) 的上界）") == 1
    store.write(PATH, ARTICLE, expected_sha256=store.read(PATH).sha256)
    assert expand_article(PATH, job(Scripted({}))).state == "written"
    assert text(store) == written


LONG = {number: PARTS[number] + "".join(f"\n{one}段讲它的来历。\n" for one in "甲乙丙丁戊己") for number in (1, 4)}
AWAY = ModelTimeout(model="away", seconds=1)


def pieces(text: str, ends: str) -> tuple[list[Reply], list[str | Reply]]:
    """Return a text that breaks off early in these of its added paragraphs: its beginning, what continues it."""
    at = [0, *(text.index(f"{end}段") + 2 for end in ends), len(text)]
    starts = [0, *(text.rindex("\n", 0, one) + 1 for one in at[1:-1])]
    first, *more = [text[start:end] for start, end in zip(starts, at[1:], strict=True)]
    return [reply(first, "max_tokens")], [*(reply(one, "max_tokens") for one in more[:-1]), more[-1]]


@pytest.mark.parametrize("end", ["乙", "戊"])
def test_a_continuation_is_used_again_only_behind_the_very_replies_that_it_goes_on_from(
    store: Store, job: MakeJob, end: str
) -> None:
    poor = LONG[1].replace("熵来自", "由此易证，熵来自")
    first, more = pieces(poor, "丙丁")
    refused = Scripted(good_replies(part1=first, repair=[poor], **{"continue": more}), name="a")
    assert expand_article(PATH, job(refused, repair_rounds=1)).state == "needs_review"
    first, _ = pieces(LONG[1], end)
    away = Scripted(good_replies(part1=first, **{"continue": [AWAY]}), name="b")
    assert expand_article(PATH, job(away, repair_rounds=1)).state == "failed"
    _, more = pieces(LONG[1], end + "己")
    again = Scripted({"expand.continue": more}, name="a")
    assert expand_article(PATH, job(again)).state == "written"
    assert purposes(again) == ["expand.continue"] * 2
    written = text(store)
    assert LONG[1].strip() in written
    store.write(PATH, ARTICLE, expected_sha256=store.read(PATH).sha256)
    assert expand_article(PATH, job(Scripted({}, name="a"))).state == "written"
    assert text(store) == written


def test_so_is_the_continuation_of_a_repair(store: Store, job: MakeJob) -> None:
    first, more = pieces(LONG[4].replace("（推导：代入 2.1 节第二式）", ""), "戊")
    refused = Scripted(good_replies(part4=[BAD_PART4], repair=first, **{"continue": more}), name="a")
    assert expand_article(PATH, job(refused, repair_rounds=1)).state == "needs_review"
    first, _ = pieces(LONG[4], "丙")
    away = Scripted(good_replies(part4=[BAD_PART4], repair=first, **{"continue": [AWAY]}), name="b")
    assert expand_article(PATH, job(away, repair_rounds=1)).state == "failed"
    first, more = pieces(LONG[4], "乙")
    again = Scripted({"expand.part4": [BAD_PART4], "expand.repair": first, "expand.continue": more}, name="a")
    assert expand_article(PATH, job(again, repair_rounds=1)).state == "written"
    assert purposes(again) == ["expand.part4", "expand.repair", "expand.continue"]
    assert LONG[4].strip() in text(store)
