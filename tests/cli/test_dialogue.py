"""What a line of a script or a pipe means."""

import pytest

from agent.cli.terminal.dialogue import LineDialogue, dialogue


def lines(text: str) -> LineDialogue:
    person = dialogue("zh", script=text)
    assert isinstance(person, LineDialogue)
    return person


def test_each_line_is_a_turn_and_the_end_of_the_file_is_the_end() -> None:
    person = lines("一\r\n/park 二\n三")
    assert [person.ask(), person.ask(), person.ask(), person.ask()] == ["一", "/park 二", "三", None]


def test_a_lone_digit_directly_after_the_confidence_prompt_is_the_rating() -> None:
    person = lines("4\n回答\n")
    assert person.ask_confidence() == 4
    assert person.ask() == "回答"


@pytest.mark.parametrize("line", ["6", "4 分", "", "0", "44", "四"])
def test_any_other_line_stays_the_next_turn(line: str) -> None:
    person = lines(f"{line}\n然后\n")
    assert person.ask_confidence() is None
    assert person.ask() == line
    assert person.ask() == "然后"


def test_a_lone_digit_elsewhere_is_a_turn() -> None:
    assert lines("3\n").ask() == "3"


def test_every_other_prompt_takes_its_default_and_consumes_no_line() -> None:
    person = lines("3\n")
    assert person.ask_grade() is None
    assert person.ask() == "3"


def test_an_empty_script_ends_at_once() -> None:
    person = lines("")
    assert person.ask_confidence() is None
    assert person.ask() is None


def test_the_dialogue_is_echoed_and_control_sequences_are_not(capsys: pytest.CaptureFixture[str]) -> None:
    person = lines("我的\x1b[31m回答")
    person.show("问\x1b]52;c;x\x07题？")
    assert person.ask() == "我的\x1b[31m回答"
    printed = capsys.readouterr()
    assert "问题？" in printed.out
    assert "你 › 我的回答" in printed.out
    assert "\x1b" not in printed.out


def test_remarks_go_to_the_error_stream(capsys: pytest.CaptureFixture[str]) -> None:
    lines("").notice("离线")
    assert capsys.readouterr() == ("", "离线\n")
