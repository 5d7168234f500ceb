"""The prompts take headings and labels from the standard, and show the reader what will be asked."""

from dataclasses import replace

import pytest
from rehearsal import ARTICLE, PATH

from agent.expansion.writer import sample_prompt
from agent.model.prompts import Prompt
from agent.notes.article import parse_article
from agent.settings import Settings
from agent.standard.standard import Standard
from agent.words import Language
from agent.workspace.standards import read_standard

STANDARD = read_standard("five-part/2025-11-24")
NAMES = ("expand.plan", *(f"expand.part{number}" for number in range(1, 6)), "expand.repair", "expand.continue")


def sample(name: str, language: Language, standard: Standard = STANDARD) -> Prompt:
    settings = Settings(language=language, macros={"\\msign": "\\operatorname{msign}"})
    return sample_prompt(name, parse_article(PATH, ARTICLE, standard), settings, standard)


def everything(prompt: Prompt) -> str:
    return "\n".join(block.text for block in (*prompt.system, *prompt.user))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_every_prompt_can_be_shown_for_an_article(name: str, language: Language) -> None:
    text = everything(sample(name, language))
    assert text.endswith(f"<task>{name}</task>")
    assert "{{" not in text
    assert "\n\n\n" not in text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_headings_labels_boxes_and_thresholds_come_from_the_standard(language: Language) -> None:
    system = sample("expand.part4", language).system[0].text
    for part in STANDARD.parts:
        assert f"`{STANDARD.part_heading(part.number, language)}`" in system
        assert all(f'<div class="{box}">' in system for box in part.boxes)
        for item in part.items:
            assert all(f"**{field.label[language]}**" in system for field in item.fields)
    assert "msign" in system
    assert STANDARD.unverified[language] in system


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_standard_with_other_labels_is_asked_for_in_its_words(language: Language) -> None:
    part = STANDARD.by_number[4]
    items = tuple(replace(item, label={"zh": f"{item.label['zh']}点", "en": "Weakness"}) for item in part.items)
    other = replace(STANDARD, parts=(STANDARD.by_number[2], replace(part, items=items)))
    text = everything(sample("expand.part4", language, other))
    assert ("**缺陷点1：" if language == "zh" else "**Weakness 1: ") in text
    assert ("**缺陷1" if language == "zh" else "**Flaw 1") not in text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_prefix_of_all_prompts_is_one(language: Language) -> None:
    assert len({sample(name, language).system for name in NAMES if name != "expand.continue"}) == 1


def test_the_article_keeps_its_boxes_in_the_prompt() -> None:
    boxed = ARTICLE.replace("# 熵\n", '# 熵\n\n<div class="note-box">\n\n注。\n\n</div>\n')
    article = parse_article(PATH, boxed, STANDARD)
    first = sample_prompt("expand.part1", article, Settings(), STANDARD).user[0].text
    assert "注。\n\n</div>\n" in first
