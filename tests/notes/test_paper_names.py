"""A paper is found in a line by its whole name, the longest first, and short below what it is part of."""

import pytest

from agent.notes.paper_names import finder, named, spelled, stands_for

FIND = finder(
    {
        "GPT": ("GPT",),
        "GPT-4": ("GPT-4", "GPT-4 Technical Report"),
        "DeepSeek-V2": ("DeepSeek-V2",),
        "VAE": ("VAE", "变分自编码器"),
        "5": ("5",),
    }
)


@pytest.mark.parametrize(
    ("text", "papers"),
    [
        ("GPT/GPT-4 论文", ("GPT", "GPT-4")),
        ("gpt 4 and GPT4", ("GPT-4",)),
        ("先读GPT再说", ("GPT",)),
        ("GPT-4 Technical Report", ("GPT-4",)),
        ("GPT-4: 86%, GPT (2018)", ("GPT-4", "GPT")),
        ("GPT-4o", ()),
        ("GPT-4.5", ()),
        ("GPT-5", ()),
        ("minGPT", ()),
        ("GPTs", ()),
        ("GPT 2", ()),
        ("学变分自编码器的推导", ("VAE",)),
        ("5 layers", ()),
        ("V2", ()),
    ],
)
def test_a_name_is_found_as_a_whole(text: str, papers: tuple[str, ...]) -> None:
    assert FIND(text, "") == papers


def test_below_its_first_word_the_rest_of_a_name_is_enough() -> None:
    assert FIND("V2 技术报告", "DeepSeek 系列") == ("DeepSeek-V2",)
    assert FIND("4 layers", "GPT series") == ()


@pytest.mark.parametrize(
    ("text", "names", "year", "spans"),
    [
        ("1.2 ResNet (2015) - 残差革命", ("ResNet",), 2015, False),
        ("Vision Transformer (ViT, 2020)", ("Vision Transformer", "ViT"), 2020, False),
        ("6.1 早期观察 (2017-2019)", ("早期观察",), 0, True),
        ("“Deep Sets” [2017](https://example.org)", ("Deep Sets 2017",), 0, False),
        ("(2015)", (), 2015, False),
    ],
)
def test_a_heading_is_taken_apart(text: str, names: tuple[str, ...], year: int, spans: bool) -> None:  # noqa: FBT001
    one = named(text)
    assert (one.names, one.year, one.spans) == (names, year, spans)


def test_names_are_compared_without_case_width_and_signs() -> None:
    assert spelled("ＧＰＴ－４") == spelled("gpt 4") == "gpt 4"
    assert [stands_for(short, "Vision Transformer") for short in ("ViT", "Meta", "视觉")] == [True, False, True]
