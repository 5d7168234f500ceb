"""What is mistyped gets one sentence on stderr, in the person's language, that names it and says what is wanted."""

import pytest
from typed import Type

from agent.cli import main as entrance

MISTYPED = [
    (["check", "--jsno"], ["--jsno", "--json", "wenqu check --help"]),
    (["context", "-z"], ["-z", "wenqu context --help"]),
    (["chek"], ["chek", "check"]),
    (["expand"], ["ARTICLE"]),
    (["mark", "x.md"], ["STATUS"]),
    (["mark", "x.md", "done"], ["STATUS", "done", "completed | pending"]),
    (["expand", "x.md", "--repairs", "many"], ["--repairs", "many", "0–2"]),
    (["expand", "x.md", "--repairs=7"], ["--repairs", "7", "0–2"]),
    (["expand", "x.md", "--max-cost=dear"], ["--max-cost", "dear"]),
    (["expand", "x.md", "--max-cost", "inf"], ["--max-cost", "inf", "≥ 0"]),
    (["expand", "x.md", "--max-cost=1e400"], ["--max-cost", "1e400", "≥ 0"]),
    (["expand", "x.md", "--batch-api", "--poll", "nan"], ["--poll", "nan", "≥ 0"]),
    (["context", "--budget", "0"], ["--budget", "0", "≥ 1"]),
    (["context", "--format", "poem"], ["--format", "poem", "text | markdown | json | hook"]),
    (["check", "--lang", "fr"], ["--lang", "fr", "zh | en"]),
    (["context", "--budget"], ["--budget"]),
    (["check", "--strict=yes"], ["--strict"]),
    (["apply", "this", "(too)"], ["this (too)"]),
    (["check", "-C", "x"], ["wenqu -C DIR check"]),
    (["--json", "check"], ["--json", "wenqu check"]),
    (["-C"], ["-C"]),
]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("argv", "named"), MISTYPED, ids=[" ".join(argv) for argv, _ in MISTYPED])
def test_a_usage_error_names_what_was_typed_in_the_persons_language(
    wenqu: Type, monkeypatch: pytest.MonkeyPatch, argv: list[str], named: list[str], language: str
) -> None:
    monkeypatch.setenv("WENQU_LANGUAGE", language)
    said = wenqu(*argv)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("wenqu: ")
    assert said.err.count("\n") == 1
    assert all(name in said.err for name in named), said.err
    assert any("\u4e00" <= character <= "\u9fff" for character in said.err) == (language == "zh"), said.err


def test_the_language_of_the_command_line_comes_before_that_of_the_environment(
    wenqu: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENQU_LANGUAGE", "en")
    assert "没有选项 --jsno" in wenqu("check", "--lang", "zh", "--jsno").err
    assert "没有选项 --jsno" in wenqu("check", "--lang=zh", "--jsno").err
    assert "There is no option --jsno" in wenqu("check", "--jsno").err


def test_the_options_of_context_can_stand_alone(wenqu: Type, workspace: object) -> None:
    assert wenqu("-C", str(workspace), "--lang", "en").out.startswith("Session summary")
    assert wenqu("-C", str(workspace), "--json").out.startswith("{")


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ([""], '""'),
        ([" "], '" "'),
        (["--lang", "\u3000"], "--lang"),
        (["--topic", ""], '--topic ""'),
        (["--topic= "], '--topic " "'),
        (["--export="], '--export ""'),
        (["--json", "x", ""], '""'),
    ],
)
def test_a_word_that_says_nothing_is_named_and_nothing_is_done(wenqu: Type, words: list[str], named: str) -> None:
    for command in entrance._COMMANDS:
        said = wenqu(command, *words)
        assert (said.code, said.out) == (2, "")
        assert said.err.startswith(f"wenqu: {named}")
        assert said.err.count("\n") == 1


def test_bytes_that_are_no_utf8_are_named_and_nothing_is_done(wenqu: Type) -> None:
    for command in entrance._COMMANDS:
        said = wenqu(command, "caf\udce9.md")
        assert said.code == 2
        assert said.err.startswith("wenqu: caf\\xe9.md")
        assert said.err.count("\n") == 1
