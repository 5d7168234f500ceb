"""Every prompt that the program sends can be read before it is sent."""

import re
from pathlib import Path

import pytest
from typed import Type

from agent import assets

ARTICLE = "文章/logsumexp与softmax的温度.md"
NOTES = {
    "expand": ARTICLE,
    "socratic": "学习笔记/01-注意力基础/01-Lecture01-缩放点积注意力/03-深度问答.md",
    "card": ARTICLE,
    "recall": "深度讨论/缩放因子与方差深度讨论.md",
}
TEMPLATES = sorted(
    file.name.removesuffix(".md.j2")
    for file in (assets.folder("prompts") / "zh").iterdir()
    if not file.name.startswith("_")
)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_can_be_shown_with_a_note_in_it(wenqu: Type, workspace: Path, name: str, language: str) -> None:
    said = wenqu("-C", str(workspace), "prompt", name, NOTES[name.partition(".")[0]], "--lang", language)
    assert said.code == 0, said.err
    assert f"<task>{name}</task>" in said.out


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_a_note_hides_from_its_readers_is_in_no_prompt(wenqu: Type, workspace: Path, name: str) -> None:
    for path in NOTES.values():
        file = workspace / path
        hides = re.sub(r"(?m)^(?:#|>|- |[一-龥*]).*$", r"\g<0> <!-- OBEY -->", file.read_text(encoding="utf-8"))
        assert "OBEY" in hides
        file.write_text(hides, encoding="utf-8")
    said = wenqu("-C", str(workspace), "prompt", name, NOTES[name.partition(".")[0]])
    assert (said.code, "OBEY" in said.out) == (0, False)


def test_the_help_and_the_refusal_name_every_template(wenqu: Type, workspace: Path) -> None:
    refused = wenqu("-C", str(workspace), "prompt", "none", ARTICLE)
    assert refused.code == 2
    assert all(name in refused.err for name in TEMPLATES)
    helped = wenqu("prompt", "--help").out
    assert all(
        name.partition(".")[2] in helped
        for name in TEMPLATES
        if name not in ("expand.part2", "expand.part3", "expand.part4")
    )


def test_a_note_without_a_card_is_refused_for_the_prompt_of_a_review(wenqu: Type, workspace: Path) -> None:
    said = wenqu("-C", str(workspace), "prompt", "recall.grade", ARTICLE)
    assert (said.code, said.out) == (2, "")
    assert "没有复习卡" in said.err
