"""Restoring: what was lost comes back where it stood, and nothing is taken away."""

from pathlib import Path

import pytest
from articles_in_git import ALTERED, PATH, commit, lost, write
from hypothesis import given
from hypothesis import strategies as st
from passing_article import ORIGINAL, PASSING, standard

from agent.standard.parts import divide
from agent.text.edits import apply
from agent.text.outline import outline
from agent.upkeep.restore import restore, restoring_edits
from agent.workspace.store import Store

HEAD = "---\nstatus: pending\n---\n\n"
CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "articles"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def restored(text: str, earliest: str) -> str:
    edits = restoring_edits(text, earliest, standard())
    assert all(edit.start == edit.end for edit in edits)
    return apply(text, edits)


def kept(text: str, earliest: str) -> float | None:
    return divide(outline(text), standard(), earliest).kept


def test_lost_lines_come_back_exactly_where_they_stood() -> None:
    assert restored(ALTERED, PASSING) == PASSING
    assert restored(ALTERED, ORIGINAL) == PASSING


def test_an_intact_article_needs_nothing() -> None:
    assert restoring_edits(PASSING, ORIGINAL, standard()) == ()


def test_a_changed_line_gets_its_first_wording_back_above_it_and_stays() -> None:
    earliest = HEAD + "第一句话在这里。\n第二句话在这里。\n第三句话在这里。\n"
    text = earliest.replace("第二句话在这里", "第二句话改写了")
    assert restored(text, earliest) == HEAD + "第一句话在这里。\n第二句话在这里。\n第二句话改写了。\n第三句话在这里。\n"


def test_a_changed_copy_that_stays_is_named_with_its_line(store: Store) -> None:
    write(store, PATH, PASSING)
    commit(store.root)
    own = "温度越低，分布越尖"
    line = next(line for line in ORIGINAL.split("\n") if len(line) > 80 and not line.startswith(("#", "-", "$")))
    write(store, PATH, PASSING.replace(line, line[:-1] + own))
    found = restore(store, PATH, standard=standard(), language="zh")
    assert found is not None
    assert found.proposal is not None
    number = found.proposal.after.split("\n").index(line[:-1] + own) + 1
    assert f"第 {number} 行" in found.proposal.why
    write(store, PATH, ALTERED)
    lost_alone = restore(store, PATH, standard=standard(), language="zh")
    assert lost_alone is not None
    assert lost_alone.proposal is not None
    assert "只补不删" not in lost_alone.proposal.why


def test_a_formula_of_which_a_line_was_lost_comes_back_whole() -> None:
    formula = "$$\nalpha + beta &= gamma \\\\\ndelta + epsilon &= zeta\n$$\n"
    earliest = f"{HEAD}前面的一句话。\n\n{formula}\n后面的一句话。\n"
    text = earliest.replace("\ndelta + epsilon &= zeta", " &= 另加的式子\n\\\\ 又一行")
    after = restored(text, earliest)
    assert formula in after
    assert not outline(after).unclosed
    assert kept(after, earliest) == 1.0


def test_nothing_is_put_into_the_middle_of_a_formula_that_stands_there_now() -> None:
    earliest = HEAD + "开头的一句话在这里。\n\n结尾的一句话在这里。\n"
    text = HEAD + "$$\n开头的一句话在这里。\nx = 1\n$$\n"
    assert restored(text, earliest) == HEAD + "$$\n开头的一句话在这里。\nx = 1\n$$\n\n结尾的一句话在这里。\n"


def test_a_line_that_stands_everywhere_tells_no_place() -> None:
    earliest = HEAD + "甲说的一整句话。\n\n$$\nx = 1\n$$\n\n乙说的一整句话。\n"
    expansion = "## 公式推导与注释\n\n$$\ny = 2\n$$\n"
    after = restored(HEAD + expansion, earliest)
    assert after.startswith(HEAD + "甲说的一整句话。\n\n$$\nx = 1\n$$\n\n乙说的一整句话。\n")
    assert after.endswith(expansion)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_restoring_works_without_a_final_newline_and_keeps_newlines(newline: str) -> None:
    earliest = (HEAD + "第一句话在这里。\n第二句话在这里。\n第三句话在这里。").replace("\n", newline)
    text = earliest.rpartition(newline)[0]
    assert restored(text, earliest) == earliest + newline


SENTENCE = st.sampled_from(
    ["第一句完整的话。", "第二句完整的话。", "第三句完整的话。", "$$", "x = 1", "", "## 小节标题在此", "```"]
)


@given(st.lists(SENTENCE, max_size=12), st.lists(st.sampled_from([0, 1, 2, 3]), max_size=14), st.data())
def test_whatever_was_lost_all_of_it_comes_back_and_nothing_goes(
    lines: list[str], deeds: list[int], data: st.DataObject
) -> None:
    earliest = HEAD + "".join(f"{line}\n" for line in lines)
    present = []
    for line, deed in zip(lines, [*deeds, *[0] * len(lines)], strict=False):
        present += [[line], [], ["改写：" + line], [line, data.draw(SENTENCE)]][deed]
    text = HEAD + "".join(f"{line}\n" for line in present)
    after = restored(text, earliest)
    assert kept(after, earliest) in (1.0, None)
    assert restoring_edits(after, earliest, standard()) == ()


def test_the_proposal_names_the_commit_and_the_shares(store: Store) -> None:
    write(store, PATH, PASSING)
    first = commit(store.root)
    write(store, PATH, ALTERED)
    commit(store.root)
    found = restore(store, PATH, standard=standard(), language="en")
    assert found is not None
    assert found.commit == first
    assert found.kept_before < 1.0 == found.kept_after
    assert found.proposal is not None
    assert first[:7] in found.proposal.why
    assert found.proposal.after == PASSING


def test_nothing_lost_gives_no_proposal_and_no_history_no_answer(store: Store) -> None:
    write(store, PATH, PASSING)
    assert restore(store, PATH, standard=standard(), language="zh") is None
    commit(store.root)
    found = restore(store, PATH, standard=standard(), language="zh")
    assert found is not None
    assert (found.proposal, found.kept_before) == (None, 1.0)


def test_an_original_that_is_nearly_gone_comes_back_above_the_expansion() -> None:
    gone = lost(PASSING, 1.0)
    assert (kept(gone, ORIGINAL) or 0) < 0.6
    assert restored(gone, ORIGINAL) == PASSING


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
def test_real_articles_that_lost_every_other_line_get_all_back() -> None:
    for file in sorted(CORPUS.glob("*.md"))[:12]:
        text = file.read_bytes().decode()
        start, end = divide(outline(text), standard()).original[0]
        lines = text[start:end].splitlines(keepends=True)
        damaged = text[:start] + "".join(lines[::2]) + text[end:]
        assert kept(restored(damaged, text), text) == 1.0, file.name
