"""The state of an original, and the user's word that it may stay as it is."""

from pathlib import Path

import pytest
from articles_in_git import ALTERED, PATH, commit, lost, write
from passing_article import ORIGINAL, PASSING, standard

from agent.errors import BadArgument, NotAnArticle, SettingsInvalid
from agent.settings import Layout
from agent.text.formulas import Compiler
from agent.upkeep.check import CheckReport, check, read_article
from agent.upkeep.mark import mark
from agent.upkeep.original import OriginalState, accept_original, as_json, examine
from agent.workspace.history import git
from agent.workspace.originals import ACCEPTED_FILE, read_acceptances, references
from agent.workspace.store import Store

COMPILER = Compiler({})


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path)
    write(store, PATH, PASSING)
    commit(tmp_path)
    write(store, PATH, ALTERED)
    commit(tmp_path)
    return store


def examined(store: Store, path: str = PATH) -> OriginalState:
    return examine(store, read_article(store, path, Layout()), standard=standard(), compiler=COMPILER)


def accepted(store: Store, commit: str = "HEAD~1", reason: str = "导入时重复的段落", path: str = PATH) -> None:
    article = read_article(store, path, Layout())
    rules = {"standard": standard(), "compiler": COMPILER}
    accept_original(store, article, commit, reason, **rules, today="2026-11-23", language="zh")  # type: ignore[arg-type]


def checked(store: Store) -> CheckReport:
    return check(store, [PATH], standard=standard(), compiler=COMPILER, layout=Layout(), language="zh")


def test_the_state_names_the_commit_and_what_to_do(store: Store) -> None:
    found = examined(store)
    assert (found.state, found.kept is not None and 0.6 < found.kept < 1) == ("altered", True)
    first = git(store.root, "rev-parse", "HEAD~1").strip()
    for language in ("zh", "en"):
        said = found.sentences(language)  # type: ignore[arg-type]
        assert first[:7] in said
        assert "wenqu restore" in said
        assert "--accept" in said


def test_a_damaged_original_is_an_error_that_names_the_commit(store: Store) -> None:
    write(store, PATH, lost(PASSING, 1.0))
    first = git(store.root, "rev-parse", "HEAD~1").strip()
    (article,) = checked(store).articles
    (finding,) = (one for one in article.judgement.findings if one.rule == "original-lost")
    assert finding.severity == "error"
    assert first[:7] in finding.sentence("zh")
    assert first[:7] in finding.sentence("en")


def test_an_accepted_original_lets_the_article_pass_until_the_share_changes(store: Store) -> None:
    assert not checked(store).articles[0].judgement.passed
    accepted(store)
    judgement = checked(store).articles[0].judgement
    assert (judgement.original, judgement.passed) == ("accepted", True)
    article = read_article(store, PATH, Layout())
    marked = mark(store, article, "completed", standard=standard(), compiler=COMPILER, today="2026-11-23")
    assert marked.judgement.original == "accepted"
    write(store, PATH, lost(PASSING, 0.3))
    assert checked(store).articles[0].judgement.original == "altered"
    assert "2026-11-23" in examined(store).sentences("zh")
    write(store, PATH, PASSING)
    assert checked(store).articles[0].judgement.original == "intact"


def test_a_later_version_can_be_the_one_that_counts(store: Store) -> None:
    accepted(store, "HEAD")
    found = examined(store)
    assert (found.state, found.kept) == ("accepted", 1.0)


def test_what_was_accepted_is_written_where_git_sees_it_and_read_back(store: Store) -> None:
    reason = '含 "引号"、\\ 与\n换行'
    accepted(store, reason=reason)
    (record,) = read_acceptances(store).values()
    assert (record.reason, record.date) == (reason, "2026-11-23")
    assert len(record.commit) == 40
    assert git(store.root, "status", "--porcelain", "--", ACCEPTED_FILE).startswith("??")
    assert as_json(examined(store))["accepted"]


def test_accepting_again_replaces_the_record_and_keeps_the_others(store: Store) -> None:
    write(store, "文章/另.md", PASSING)
    commit(store.root)
    write(store, "文章/另.md", ALTERED)
    accepted(store, path="文章/另.md", commit="HEAD")
    accepted(store)
    accepted(store, reason="再想过了")
    assert {path: one.reason for path, one in read_acceptances(store).items()} == {
        PATH: "再想过了",
        "文章/另.md": "导入时重复的段落",
    }


@pytest.mark.parametrize(("commit", "reason"), [("nothing", "有理由"), ("--all", "有理由"), ("HEAD~1", " ")])
def test_an_unknown_commit_or_no_reason_records_nothing(store: Store, commit: str, reason: str) -> None:
    with pytest.raises(BadArgument):
        accepted(store, commit, reason)
    assert read_acceptances(store) == {}


def test_an_intact_original_and_what_is_no_article_are_refused(store: Store) -> None:
    write(store, PATH, PASSING)
    with pytest.raises(BadArgument):
        accepted(store)
    write(store, "笔记.md", "# 笔记\n")
    with pytest.raises(NotAnArticle):
        accepted(store, path="笔记.md")


def test_a_record_whose_commit_is_gone_counts_no_more(store: Store) -> None:
    accepted(store)
    text = store.read(ACCEPTED_FILE).text
    present = read_acceptances(store)[PATH].commit
    write(store, ACCEPTED_FILE, text.replace(present, "0" * 40))
    assert references(store, [PATH])[PATH].accepted is None
    assert examined(store).state == "altered"


@pytest.mark.parametrize("text", ["[", "a = 1\n", '["a.md"]\ncommit = 1\n', '["a.md"]\nkept = "viel"\n'])
def test_a_record_that_cannot_be_read_is_named(store: Store, text: str) -> None:
    write(store, ACCEPTED_FILE, text)
    with pytest.raises(SettingsInvalid, match=r"originals\.toml"):
        checked(store)


def test_without_history_the_state_says_so(tmp_path: Path) -> None:
    store = Store(tmp_path)
    write(store, PATH, PASSING)
    found = examined(store)
    assert (found.reference, found.kept) == (None, None)
    assert "git" in found.sentences("en")


def test_an_article_renamed_since_is_found_under_its_old_name(store: Store) -> None:
    git(store.root, "mv", PATH, "文章/新名.md")
    commit(store.root)
    accepted(store, "HEAD~2", path="文章/新名.md")
    found = examined(store, "文章/新名.md")
    assert (found.state, found.kept is not None and found.kept < 1) == ("accepted", True)


def test_an_original_that_is_cut_in_git_too_is_not_sent_to_restore(tmp_path: Path) -> None:
    store = Store(tmp_path)
    write(store, PATH, "---\ntitle: 甲\nstatus: pending\n---\n\n第一句话说完了。\n\n后面的话还没有说完，\n")
    commit(tmp_path)
    found = examined(store)
    assert (found.state, found.kept) == ("truncated", 1.0)
    for language in ("zh", "en"):
        said = found.sentences(language)  # type: ignore[arg-type]
        assert "wenqu restore" not in said
        assert "wenqu original" in said


def test_a_completed_article_without_an_expansion_is_told_why_nothing_is_known(tmp_path: Path) -> None:
    store = Store(tmp_path)
    write(store, PATH, "---\ntitle: 甲\nstatus: completed\n---\n\n第一句话说完了。\n")
    commit(tmp_path)
    found = examined(store)
    assert found.state == "unknown"
    for language in ("zh", "en"):
        assert "pending" in found.sentences(language)  # type: ignore[arg-type]


def test_a_changed_copy_beside_the_line_that_was_restored_is_named(store: Store) -> None:
    line = next(line for line in ORIGINAL.split("\n") if len(line) > 80 and not line.startswith(("#", "-", "$")))
    copied = PASSING.replace(line, f"{line}\n\n{line[:-1]}，这是另加的", 1)
    write(store, PATH, copied)
    found = examined(store)
    assert (found.state, found.kept) == ("intact", 1.0)
    number = copied.split("\n").index(f"{line[:-1]}，这是另加的") + 1
    assert found.copies == (number,)
    assert as_json(found)["copies"] == [number]
    for language in ("zh", "en"):
        assert f" {number} " in found.sentences(language)  # type: ignore[arg-type]


def test_neither_an_addition_of_the_users_own_nor_the_expansion_is_called_a_copy(store: Store) -> None:
    write(store, PATH, PASSING.replace("\n## ", "\n这一段讲的是完全不同的事情，与别处没有相同的字句。\n\n## ", 1))
    assert examined(store).copies == ()


def test_an_original_that_may_stand_between_the_parts_is_unknown_and_its_first_section_is_named(
    store: Store,
) -> None:
    mixed = PASSING.replace("### 第3部分", "### 又一思路\n\n作者的一段。\n\n### 第3部分")
    other = PATH.replace(".md", "二.md")
    write(store, other, mixed)
    commit(store.root)
    found = examined(store, other)
    assert found.state == "unknown"
    for language in ("zh", "en"):
        said = found.sentences(language)  # type: ignore[arg-type]
        assert "又一思路" in said
        assert "100" not in said
    accepted(store, "HEAD", path=other)
    assert examined(store, other).state == "accepted"


def test_lines_lost_beside_such_sections_are_told_as_ever(store: Store) -> None:
    mixed = PASSING.replace("### 第3部分", "### 又一思路\n\n作者的一段。\n\n### 第3部分")
    other = PATH.replace(".md", "二.md")
    write(store, other, mixed)
    commit(store.root)
    write(store, other, lost(mixed, 1.0))
    found = examined(store, other)
    assert found.state == "damaged"
    assert all(word in found.sentences("zh") for word in ("wenqu restore", "又一思路"))
