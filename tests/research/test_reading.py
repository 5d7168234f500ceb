"""What to read next follows from stages, arrows and musts; a paper is named as people name it."""

import pytest

from agent import assets
from agent.errors import BadArgument
from agent.research.reading import find, reading

STARTER = (assets.folder("workspace") / "阅读路线图.md").read_text(encoding="utf-8")
PLAN = """# Reading plan

## Papers

- **GPT** (2018)
- **GPT-2** (2019)
- **GPT-2 Detector** (2019)
- **Sparse Transformer** (2019)
- **Reformer** (2020)

**Prerequisites**: Sparse Transformer → Reformer → GPT

## Stage 1: Start

- GPT paper{gpt}
- Build one

## Must-reads

- [ ] Reformer (2020)
"""


def names(text: str) -> list[str]:
    return [one.paper.name for one in reading("plan.md", text).next]


def keys(text: str) -> list[str]:
    return [reason.key.removeprefix("reading.why-") for reason in reading("plan.md", text).next[0].reasons]


def test_what_an_arrow_puts_before_a_paper_is_read_before_it() -> None:
    text = PLAN.format(gpt="")
    assert names(text) == ["Sparse Transformer", "Reformer", "GPT"]
    assert keys(text) == ["arrow", "stage"]
    text = text.replace("- **Sparse Transformer** (2019)", "- **Sparse Transformer** (2019) (read 2026-01-02: `a.md`)")
    assert names(text)[0] == "Reformer"
    assert keys(text) == ["arrow", "stage", "must", "freed"]


def test_after_the_stages_come_the_musts_and_then_the_document_s_order() -> None:
    text = PLAN.format(gpt=" ✅").replace("**Prerequisites**: Sparse Transformer → Reformer → GPT", "")
    assert names(text) == ["Reformer", "GPT-2", "GPT-2 Detector"]
    assert keys(text) == ["must"]
    assert keys(text.replace("- [ ]", "- [x]")) == ["order"]


def test_arrows_in_a_circle_do_not_hang() -> None:
    text = PLAN.format(gpt="").replace("Reformer → GPT", "Reformer → GPT → Sparse Transformer")
    assert sorted(names(text)) == ["GPT", "Reformer", "Sparse Transformer"]


def test_a_stage_counts_a_reading_task_as_done_when_its_paper_is_read() -> None:
    (stage,) = reading("plan.md", PLAN.format(gpt="")).stages
    assert (stage.done, stage.total, stage.read, stage.papers) == (0, 2, 0, 1)
    text = PLAN.format(gpt="").replace("- **GPT** (2018)", "- **GPT** (2018) (read 2026-01-02: `a.md`)")
    (stage,) = reading("plan.md", text).stages
    assert (stage.done, [task.text for task in stage.open]) == (1, ["Build one"])


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("GPT", "GPT"),
        ("gpt-2", "GPT-2"),
        ("gpt 2", "GPT-2"),
        ("gpt2", "GPT-2"),
        ("detector", "GPT-2 Detector"),
        ("refo", "Reformer"),
        ("former 2020", "Reformer"),
        ("2018", "GPT"),
    ],
)
def test_a_paper_is_known_by_its_name_a_beginning_a_part_or_its_year(words: str, name: str) -> None:
    assert find(reading("plan.md", PLAN.format(gpt="")), words).name == name


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("2019", ("GPT-2 (2019)", "GPT-2 Detector (2019)", "Sparse Transformer (2019)")),
        ("former", ("Sparse Transformer", "Reformer", "plan.md:8")),
        ("ResNet", ("--all",)),
        ("Transformer Reformer Detector", ("--all",)),
        ("", ("name a paper",)),
    ],
)
def test_a_name_that_fits_several_or_none_is_refused_with_what_it_could_be(words: str, named: tuple[str, ...]) -> None:
    with pytest.raises(BadArgument) as refused:
        find(reading("plan.md", PLAN.format(gpt="")), words)
    assert all(one in refused.value.sentence("en") for one in named)


def test_the_starter_begins_at_its_beginning() -> None:
    found = reading("路线.md", STARTER)
    assert [one.paper.name for one in found.next] == ["RNNsearch", "Transformer", "QKNorm"]
    assert len(found.musts_left) == 3
    assert not found.read
