"""A paper card has its sections in order, names the place of each sentence, and says nothing its sources do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.notes.paper_aspects import TITLES, aspect_of
from agent.notes.paper_card import PaperCard, Question, Statement, card_findings, name_of, render_card, sources_of
from agent.notes.review_cards import parse_cards
from agent.words import Language

SOURCE = "ResNet has 152 layers. He et al. learn F(x) = H(x) - x, which halves nothing. Top-5 error: 3.57%."


def card(*, contributions: tuple[Statement, ...] = (), kept: str = "") -> PaperCard:
    return PaperCard(
        name="ResNet",
        year=2015,
        title=Statement(text="Deep Residual Learning", place="`a.md:1`"),
        fields={"authors": Statement(text="He et al.", place="`a.md:1`")},
        aspects={"contributions": contributions},
        questions=(
            Question(question="What does a block learn?", answer=Statement(text="H(x) - x.", place="`a.md:1`")),
        ),
        sources=("a.md", "map.md:12"),
        kept=kept,
    )


def rules(text: str, source: str | None = f"{SOURCE} Deep Residual Learning") -> list[str]:
    return [one.rule for one in card_findings(text, source) if one.rule != "card-empty"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_card_of_the_program_is_in_order_in_both_languages(language: Language) -> None:
    text = render_card(card(contributions=(Statement(text="152 layers.", place="`a.md:1`"),)), language)
    assert rules(text) == []
    assert (name_of(text), sources_of(text)) == ("ResNet", ("a.md", "map.md"))
    titles = [line.removeprefix("## ") for line in text.split("\n") if line.startswith("## ")]
    assert titles[:-1] == [title[language] for title in TITLES.values()]
    (question,) = parse_cards(text).cards
    assert (question.question, question.answer) == ("What does a block learn?", "H(x) - x.")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_title_is_known_by_what_it_says(language: Language) -> None:
    assert [aspect_of(title[language]) for title in TITLES.values()] == list(TITLES)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("152 layers in 2016.", "2016"),
        ("BERT uses it.", "BERT"),
        ("The error is 3.75%.", "3.75"),
        ("Twice as deep.", "Twice"),
    ],
)
def test_what_the_sources_do_not_say_is_found_unless_it_is_marked(said: str, found: str, language: Language) -> None:
    given_ = f"{SOURCE} Deep Residual Learning"
    text = render_card(card(contributions=(Statement(text=f"So: {said}", place="`a.md:1`"),)), language)
    (one,) = [one for one in card_findings(text, given_) if one.rule != "card-empty"]
    assert (one.rule, found in one.found, said in text.split("\n")[one.line - 1]) == ("card-unfounded", True, True)
    assert rules(render_card(card(contributions=(Statement(text=f"So: {said}"),)), language)) == []
    assert rules(text, None) == []


def test_a_pasted_text_that_the_card_keeps_is_a_source() -> None:
    said = (Statement(text="It has 1202 layers.", place="source text"),)
    assert rules(render_card(card(contributions=said), "en")) == ["card-unfounded"]
    assert rules(render_card(card(contributions=said, kept="Up to 1202 layers.\n# not a heading"), "en")) == []


def test_sections_that_are_missing_doubled_or_moved_are_named() -> None:
    text = render_card(card(), "en")
    titles = {aspect: f"## {title['en']}" for aspect, title in TITLES.items()}
    assert rules(text.replace(titles["limits"], "## Notes")) == ["card-section-missing"]
    assert rules(f"{text}\n{titles['problem']}\n- again (to verify)\n") == ["card-section-twice"]
    moved = text.replace(titles["standing"], "@").replace(titles["problem"], titles["standing"])
    assert rules(moved.replace("@", titles["problem"])) == ["card-section-order"]
    assert rules("# A card of my own\n\n## What I think\n\nNice.\n") == []


def test_what_is_still_to_be_filled_in_is_a_note() -> None:
    text = render_card(card(), "zh")
    empty = [one for one in card_findings(text, None) if one.rule == "card-empty"]
    assert [one.severity for one in empty] == ["note"] * 6
    assert all(text.split("\n")[one.line - 1].startswith("## ") for one in empty)


@given(st.text(max_size=200), st.text(max_size=60), st.sampled_from(["zh", "en"]))
def test_no_sentence_breaks_the_shape_of_a_card(text: str, question: str, language: Language) -> None:
    made = card(contributions=(Statement(text=text), Statement(text=text, place="`a.md:3`", quoted=True)), kept=text)
    shape = {"card-section-missing", "card-section-twice", "card-section-order"}
    assert not shape & set(rules(render_card(made, language), None))


PASTED = "Up to 1202 layers.\n\n```\n# not a heading\n```\nTrained on two datasets."


def pasted_card(language: Language = "en") -> str:
    """Return a card whose only source is the text that it keeps."""
    said = (Statement(text="It has 1202 layers.", place="source text" if language == "en" else "原文"),)
    doubt = Statement(text="Trained for long.")
    question = Question(question="How deep?", answer=Statement(text="1202 layers.", place="source text"))
    aspects = {"contributions": said, "limits": (doubt,)}
    return render_card(
        PaperCard(name="X", year=0, title=None, fields={}, aspects=aspects, questions=(question,), kept=PASTED),
        language,
    )


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("It has 1202 layers.", "It has 9000 layers.", ["card-unfounded"]),
        ("It has 1202 layers.", "Trained on seven datasets.", ["card-unfounded"]),
        ("> 1202 layers.", "> 9000 layers.", ["card-unfounded"]),
        ("How deep?", "Is BERT of 2035 as deep?", ["card-unfounded"]),
        ("Trained for long. (to verify)", "Trained for long.", ["card-unplaced"]),
    ],
)
def test_a_card_is_held_against_the_text_that_it_keeps(old: str, new: str, found: list[str]) -> None:
    text = pasted_card()
    assert rules(text, None) == []
    assert (text.count(old), rules(text.replace(old, new), None)) == (1, found)


def test_a_missing_source_leaves_the_others_checked() -> None:
    said = (Statement(text="BERT, 2016.", place="`gone.md:1`"), Statement(text="So: 2016.", place="`a.md:1`"))
    text = render_card(card(contributions=said), "en")
    found = card_findings(text, f"{SOURCE} Deep Residual Learning", ["gone.md"])
    assert [one.found for one in found if one.rule == "card-unfounded"] == ["2016"]


def test_a_card_that_was_sealed_once_is_read_as_any_other() -> None:
    sealed = pasted_card().replace("Sources: source text.", "Sources: source text (sha256 0123456789abcdef).")
    assert ("sha256" in sealed, rules(sealed, None)) == (True, [])
