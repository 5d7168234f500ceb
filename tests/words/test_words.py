"""Every sentence stands in both languages, with the same facts."""

import ast
import json
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import agent
from agent import words
from agent.assets import folder
from agent.words import AREAS, SENTENCES

ANY = r"[\w.-]+"
"""What a value in a key may be."""


def facts(sentence: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(sentence) if field}


@pytest.mark.parametrize("key", sorted(SENTENCES))
def test_a_sentence_says_the_same_in_chinese_and_in_english(key: str) -> None:
    sentence = SENTENCES[key]
    assert set(sentence) == {"zh", "en"}
    assert all(sentence.values())
    assert facts(sentence["zh"]) == facts(sentence["en"])


@pytest.mark.parametrize("area", AREAS)
def test_the_file_of_an_area_is_as_json_is_written_and_names_nothing_twice(area: str) -> None:
    text = (Path(words.__file__).parent / f"{area}.json").read_text(encoding="utf-8")
    assert text == json.dumps(AREAS[area], ensure_ascii=False, indent=2) + "\n"
    assert f"    {area} " in (words.__doc__ or "")


def written() -> Iterator[str]:
    """Yield a pattern for each string of the program outside its sentences, and for each word of its other files."""
    package = Path(agent.__file__).parent
    for file in package.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield from map(re.escape, re.split(r"[|()]", node.value))
            elif isinstance(node, ast.JoinedStr):
                yield "".join(re.escape(v.value) if isinstance(v, ast.Constant) else ANY for v in node.values)
    for file in (*package.rglob("*.toml"), *package.rglob("*.j2"), *folder("prompts").rglob("*.j2")):
        yield from map(re.escape, re.findall(ANY, file.read_text(encoding="utf-8")))


def test_every_sentence_is_said_somewhere() -> None:
    patterns = {one + ANY if one.endswith(r"\.") else one for one in written()}
    areas = {key.partition(".")[0] for key in SENTENCES}
    # In an area that is named before a value, `f"site.{key}"`, a name stands alone elsewhere.
    named = {area for area in areas if re.escape(f"{area}.") + ANY in patterns}
    telling = patterns - {re.escape(f"{area}.") + ANY for area in areas}
    plain = {one for one in telling if ANY not in one}
    # What says next to nothing besides its values fits everything.
    fits = re.compile("|".join(one for one in telling - plain if re.search(r"\w{2}", one.replace(ANY, ""))))

    def is_said(key: str) -> bool:
        area, _, name = key.partition(".")
        spelt = (key, name) if area in named else (key,)
        return any(re.escape(one) in plain or fits.fullmatch(one) for one in spelt)

    assert [key for key in SENTENCES if not is_said(key)] == []
