"""What a line of a script or a pipe means, and what keys mean at a terminal."""

import io
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from agent.cli.desk import Desk
from agent.cli.terminal.dialogue import TerminalDialogue, dialogue
from agent.cli.terminal.lines import LineDialogue
from agent.cli.terminal.past import said_before
from agent.settings import Settings
from agent.socratic.person import Item, Leaving
from agent.workspace.store import Store

ITEMS = (
    Item(id="insight.1", kind="insight", text="差决定比例"),
    Item(id="todo.1", kind="todo", text="再推一遍 $x^2$"),
    Item(id="todo.2", kind="todo", text="读原文"),
)
TIME = "2026-11-01T09:00:00.000+00:00"


def desk(root: Path = Path("nowhere"), **macros: str) -> Desk:
    settings = Settings(macros=macros)
    return Desk(store=Store(root), settings=settings, language="zh", color=False, at_end=ExitStack())


def lines(text: str) -> LineDialogue:
    person = dialogue(desk(), script=text)
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
    person = dialogue(desk())
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


def test_a_command_in_a_remark_stays_one_line_to_be_copied(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    command = "wenqu socratic --resume 20261122-143228-f5bd"
    TerminalDialogue(desk()).notice(f"Paused; every word is kept. Go on with:\n{command}")
    assert capsys.readouterr().err == f"Paused; every word\nis kept. Go on with:\n{command}\n"


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM)}
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        yield pipe
    for number, handler in before.items():
        signal.signal(number, handler)  # who leaves by Ctrl-C heeds no second one


def test_pasted_lines_are_one_turn(keys: PipeInput) -> None:
    keys.send_text("\x1b[200~第一行\r\n第二行\x1b[201~\r")
    assert TerminalDialogue(desk()).ask() == "第一行\n第二行"


def test_alt_enter_breaks_a_line(keys: PipeInput) -> None:
    keys.send_text("一\x1b\r二\r")
    assert TerminalDialogue(desk()).ask() == "一\n二"


def test_enter_on_an_empty_line_sends_nothing(keys: PipeInput) -> None:
    keys.send_text("\r \r话\r")
    assert TerminalDialogue(desk()).ask() == " 话"


@pytest.mark.parametrize("typed", ["/he\t", "／hel\t", "、help", "/help"])
def test_tab_completes_a_command_and_an_input_method_may_stay_on(keys: PipeInput, typed: str) -> None:
    keys.send_text(f"{typed}\r")
    assert TerminalDialogue(desk()).ask().strip() == "/help"


@pytest.mark.parametrize("typed", ["、然后呢", "、nonsense 一", "见 /help", "／和除号"])
def test_what_only_looks_like_a_command_stays_as_it_was_typed(keys: PipeInput, typed: str) -> None:
    keys.send_text(f"{typed}\r")
    assert TerminalDialogue(desk()).ask() == typed


def test_what_was_said_before_comes_from_the_journals_newest_first_but_no_key_and_nothing_redacted(
    tmp_path: Path,
) -> None:
    for day, turns in (
        (
            1,
            [("learner", "很久以前", ""), ("tutor", "别人的话", ""), ("learner", "【已删去】", ', "redacted": true')],
        ),
        (2, [("learner", "昨天\\n两行", ""), ("learner", "sk-ant-api03-abcdefghijklmnop", "")]),
    ):
        place = tmp_path / f".wenqu/sessions/2026110{day}-090000-0001"
        place.mkdir(parents=True)
        records = [
            f'{{"seq": {seq}, "time": "{TIME}", "kind": "turn", "role": "{role}", "text": "{text}"{more}}}\n'
            for seq, (role, text, more) in enumerate(turns, start=1)
        ]
        (place / "journal.jsonl").write_text("".join(records), encoding="utf-8")
    assert list(said_before(Store(tmp_path))) == ["昨天\n两行", "很久以前"]


def test_ctrl_c_and_ctrl_d_pause_and_keep_what_was_typed(keys: PipeInput) -> None:
    person = TerminalDialogue(desk())
    keys.send_text("半句\x1b\r还有\x03")
    assert person.ask() == Leaving(interrupted=True, draft="半句\n还有")
    keys.send_text("\x04")
    assert person.ask() == Leaving()


def test_more_of_ctrl_c_is_not_heeded_while_the_first_is_recorded(keys: PipeInput) -> None:
    keys.send_text("半句\x03")
    TerminalDialogue(desk()).ask()
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def test_a_draft_is_offered_to_be_gone_on_with(keys: PipeInput) -> None:
    person = TerminalDialogue(desk())
    person.put_back("半句")
    keys.send_text("话\r")
    assert person.ask() == "半句话"


def test_a_rating_is_one_key_and_enter_out_of_habit_skips_nothing(keys: PipeInput) -> None:
    person = TerminalDialogue(desk())
    keys.send_text("4\r")
    assert person.ask_confidence() == 4
    keys.send_text("3\r")
    assert person.ask_grade() == 3
    keys.send_text("总结\r")
    assert person.ask() == "总结"


def test_enter_alone_skips_a_rating_and_a_number_out_of_range_is_none(keys: PipeInput) -> None:
    person = TerminalDialogue(desk())
    keys.send_text("\r")
    assert person.ask_confidence() is None
    keys.send_text(" \t6\r")
    keys.send_text("5")
    assert person.ask_confidence() == 5
    keys.send_text("4\r")
    keys.send_text("3")
    assert person.ask_grade() == 3


@pytest.mark.parametrize("begun", ["其实", "\x1b[200~一\n二\x1b[201~", "3 个原因", "12", "4 行", "x\x7f其实我漏了"])
def test_who_goes_on_talking_instead_of_rating_loses_no_letter_and_sends_it_when_the_next_question_stands(
    keys: PipeInput, begun: str
) -> None:
    person = TerminalDialogue(desk())
    keys.send_text(f"{begun}\r")
    assert person.ask_confidence() is None
    keys.send_text("2")
    assert person.ask_grade() == 2
    keys.send_text("。\r")
    kept = {"\x1b[200~一\n二\x1b[201~": "一\n二", "x\x7f其实我漏了": "其实我漏了"}
    assert person.ask() == kept.get(begun, begun) + "。"


def test_what_came_with_the_enter_of_an_answer_is_the_beginning_of_the_next_one(keys: PipeInput) -> None:
    person = TerminalDialogue(desk())
    keys.send_text("会变\r其实\x1b\r漏了x\x7f次序\r")
    assert person.ask() == "会变"
    keys.send_text("4")
    assert person.ask_confidence() == 4
    keys.send_text("。\r")
    assert person.ask() == "其实\n漏了次序。"


def test_what_stands_behind_a_prompt_is_kept_as_it_is_typed(keys: PipeInput) -> None:
    kept: list[str] = []
    person = TerminalDialogue(desk(), keep=kept.append)
    keys.send_text("半句\x03")
    person.ask()
    assert kept[-1] == "半句"
    keys.send_text("其实\x03")
    with pytest.raises(KeyboardInterrupt):
        person.ask_confidence()
    assert kept[-1] == "其实"


def test_ctrl_c_at_a_rating_interrupts_and_a_closed_input_skips(keys: PipeInput) -> None:
    person = TerminalDialogue(desk())
    keys.send_text("\x03")
    with pytest.raises(KeyboardInterrupt):
        person.ask_confidence()
    keys.send_text("\x04")
    assert person.ask_grade() is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\r", {"insight.1", "todo.1", "todo.2"}),
        ("2\r", {"insight.1", "todo.2"}),
        ("123\r", set()),
        ("22\r", {"insight.1", "todo.1", "todo.2"}),
        ("\x1b[B\x1b[B \r", {"insight.1", "todo.1"}),
        ("\x1b[A \r", {"todo.1", "todo.2"}),
        ("jx\x1b[Bx9\r", {"insight.1"}),
    ],
)
def test_what_is_unticked_at_the_close_is_dropped(keys: PipeInput, typed: str, kept: set[str]) -> None:
    keys.send_text(typed)
    assert TerminalDialogue(desk()).ratify(ITEMS) == frozenset(kept)


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_leaving_the_closing_list_keeps_everything_unconfirmed(keys: PipeInput, key: str) -> None:
    keys.send_text(f"1{key}")
    assert TerminalDialogue(desk()).ratify(ITEMS) is None


def test_a_terminal_that_is_gone_at_the_closing_list_keeps_everything_unconfirmed(keys: PipeInput) -> None:
    keys.close()
    assert TerminalDialogue(desk()).ratify(ITEMS) is None


def test_formulas_are_written_out_with_the_macros_of_the_workspace(capsys: pytest.CaptureFixture[str]) -> None:
    person = TerminalDialogue(desk(Var=r"\operatorname{Var}\left(#1\right)"))
    person.show(r"若 $\Var{x_1}=\sigma^2$，则 $\nonsense{x}$？")
    assert capsys.readouterr().out == "若 Var(x₁) = σ²，则 $\\nonsense{x}$？\n"


def test_lines_of_a_script_show_formulas_as_they_were_written(capsys: pytest.CaptureFixture[str]) -> None:
    lines("").show("$x^2$ 是什么？")
    assert "$x^2$" in capsys.readouterr().out


def test_nothing_that_is_shown_can_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    person = TerminalDialogue(desk())
    person.show("问\x1b]52;c;x\x07题 $\\text{\x1b[2J}$")
    person.notice("话\x1b[31m")
    printed = capsys.readouterr()
    assert "问题" in printed.out
    assert "话" in printed.err
    assert "\x1b" not in printed.out + printed.err


@pytest.mark.parametrize("command", ["/end", "/park 以后再看温度", "、back"])
def test_a_whole_command_that_is_sent_at_a_rating_is_run_as_that_command(keys: PipeInput, command: str) -> None:
    person = TerminalDialogue(desk())
    keys.send_text(f"{command}\r")
    assert person.ask_confidence() is None
    assert person.ask() == command.replace("、", "/")


def test_a_draft_that_was_given_back_is_cleared_by_one_key(keys: PipeInput) -> None:
    person = TerminalDialogue(desk())
    person.put_back("/back 后面\n的话")
    keys.send_text("\x15我的回答\r")
    assert person.ask() == "我的回答"


def test_a_mistyped_command_that_is_sent_at_a_rating_is_no_beginning_of_the_next_line(keys: PipeInput) -> None:
    person = TerminalDialogue(desk())
    keys.send_text("/hnit\r")
    assert person.ask_confidence() is None
    keys.close()
    assert person.ask() == "/hnit"


def test_what_is_typed_at_a_rating_is_kept_behind_what_was_unsent_before(keys: PipeInput) -> None:
    kept: list[str] = []
    person = TerminalDialogue(desk(), keep=kept.append)
    person.put_back("旧的")
    keys.send_text("新的\x03")
    with pytest.raises(KeyboardInterrupt):
        person.ask_confidence()
    assert kept[-1] == "旧的新的"
    keys.send_text("。\r")
    assert person.ask() == "旧的新的。"


COLOURED = "前半 \x1b[31m红\x1b[0m \x1b[38;5;1m\x1b[<0;1m\x1b[M   后半"
"""As it comes from a terminal that does not mark what is pasted; colours look like a mouse."""


def test_text_with_colours_that_is_pasted_unmarked_loses_its_colours_alone(keys: PipeInput) -> None:
    keys.send_text(f"{COLOURED}\r")
    keys.close()
    assert TerminalDialogue(desk()).ask() == "前半 红 后半"


def test_so_it_does_at_a_rating_and_at_the_closing_list_it_is_nothing(keys: PipeInput) -> None:
    person = TerminalDialogue(desk())
    keys.send_text(f"{COLOURED}\r")
    assert person.ask_confidence() is None
    assert person.unsent == "前半 红 后半"
    keys.send_text(f"{COLOURED}\r")
    keys.close()
    assert person.ratify(ITEMS) == {item.id for item in ITEMS}


def test_a_number_out_of_range_is_told_which_ones_count(keys: PipeInput, capsys: pytest.CaptureFixture[str]) -> None:
    person = TerminalDialogue(desk())
    keys.send_text("9\r")
    keys.send_text("5")
    assert person.ask_confidence() == 5
    assert "1–5" in capsys.readouterr().err
    keys.send_text("好\r")
    keys.send_text("3")
    assert person.ask_recall(3) == 3
    assert "1–4" in capsys.readouterr().err


def test_lines_that_are_set_aside_one_after_the_other_are_kept_together_until_something_is_sent() -> None:
    kept: list[str] = []
    typed = iter(["其实", "还有", "发出", "然后"])
    person = LineDialogue("zh", typed, complete=False, typed=True, keep=kept.append)
    person.put_back("旧的")
    assert [person.ask_confidence(), person.ask_confidence()] == [None, None]
    assert kept[-1] == "旧的\n其实\n还有"
    assert person.ask() == "发出"
    assert person.ask_confidence() is None
    assert kept[-1] == "然后"
