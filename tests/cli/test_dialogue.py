"""What a line of a script or a pipe means."""

import io
from collections.abc import Iterator

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from agent.cli.terminal.dialogue import LineDialogue, TerminalDialogue, dialogue
from agent.socratic.person import Leaving


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


def test_the_end_of_a_pipe_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("一\n"))
    person = dialogue("zh")
    assert [person.ask(), person.ask()] == ["一", Leaving()]


def test_the_lines_of_a_script_that_were_not_read_are_counted_blank_ones_aside() -> None:
    person = lines("一\n二\n\n三\n")
    assert person.ask() == "一"
    assert person.ask_confidence() is None
    assert person.unread() == 2


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


def test_ctrl_c_and_ctrl_d_pause_and_keep_what_was_typed(keys: PipeInput) -> None:
    person = TerminalDialogue("zh")
    keys.send_text("半句\x1b\r还有\x03")
    assert person.ask() == Leaving(interrupted=True, draft="半句\n还有")
    keys.send_text("\x04")
    assert person.ask() == Leaving()


def test_a_draft_is_offered_to_be_gone_on_with(keys: PipeInput) -> None:
    keys.send_text("话\r")
    assert TerminalDialogue("zh").ask("半句") == "半句话"


def test_confidence_is_a_line_and_swallows_nothing_that_follows(keys: PipeInput) -> None:
    person = TerminalDialogue("zh")
    keys.send_text("4\r")
    assert person.ask_confidence() == 4
    keys.send_text("3\r总结\r")
    assert person.ask_grade() == 3
    assert person.ask() == "总结"


def test_enter_alone_skips_and_anything_but_a_number_in_range_is_asked_again(keys: PipeInput) -> None:
    person = TerminalDialogue("zh")
    keys.send_text("\r")
    assert person.ask_confidence() is None
    keys.send_text("四\r6\r0\r4 分\r 5 \r")
    assert person.ask_confidence() == 5
    keys.send_text("4\r3\r")
    assert person.ask_grade() == 3


def test_ctrl_c_at_a_number_interrupts_and_a_closed_input_skips(keys: PipeInput) -> None:
    person = TerminalDialogue("zh")
    keys.send_text("\x03")
    with pytest.raises(KeyboardInterrupt):
        person.ask_confidence()
    keys.send_text("\x04")
    assert person.ask_grade() is None
