"""What a line of a script or a pipe means."""

from collections.abc import Iterator

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from agent.cli.terminal.dialogue import LineDialogue, TerminalDialogue, dialogue


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


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        yield pipe


def test_pasted_lines_are_one_turn(keys: PipeInput) -> None:
    keys.send_text("\x1b[200~第一行\n第二行\x1b[201~\r")
    assert TerminalDialogue("zh").ask() == "第一行\n第二行"


def test_alt_enter_breaks_a_line(keys: PipeInput) -> None:
    keys.send_text("一\x1b\r二\r")
    assert TerminalDialogue("zh").ask() == "一\n二"


def test_ctrl_c_pauses_and_ctrl_d_ends(keys: PipeInput) -> None:
    person = TerminalDialogue("zh")
    keys.send_text("半句\x03")
    assert person.ask() == "/pause"
    keys.send_text("\x04")
    assert person.ask() is None


def test_confidence_and_grade_are_one_key_and_enter_skips(keys: PipeInput) -> None:
    person = TerminalDialogue("zh")
    keys.send_text("x4")
    assert person.ask_confidence() == 4
    keys.send_text("\r")
    assert person.ask_confidence() is None
    keys.send_text("53")
    assert person.ask_grade() == 3
