"""The list of proposed changes: what is taken, what is left, and what an interruption leaves behind."""

import io
import json
from datetime import datetime
from pathlib import Path

import pytest
from typed import Type

import agent.cli.proposals as screen
from agent.bookkeeping.postponed import postpone, postponed
from agent.bookkeeping.proposals import Proposal
from agent.cli import sessions
from agent.text.edits import Edit
from agent.upkeep.start import init
from agent.words import Language, say
from agent.workspace.configuration import read_settings
from agent.workspace.store import Store

NOTE = "深度探索TODO.md"


@pytest.fixture
def store(workspace: Path) -> Store:
    """The workspace with two changes of one note put off."""
    store = Store(workspace)
    note = store.read(NOTE)
    for line in ("- 甲\n", "- 乙\n"):
        edits = (Edit(len(note.text), len(note.text), line),)
        postpone(
            store, Proposal(path=NOTE, before=note.text, expected_sha256=note.sha256, edits=edits, why=line.strip())
        )
    return store


def answer(monkeypatch: pytest.MonkeyPatch, *texts: str | None) -> None:
    """Sit a person at the terminal who types these one after the other, or Ctrl-C for None."""
    left = iter(texts)

    def typed(_: str, *, default: str, at_end: str) -> str:
        text = next(left)
        if text is None:
            raise KeyboardInterrupt
        return text or default

    monkeypatch.setattr(screen, "is_terminal", lambda: True)
    monkeypatch.setattr(screen, "ask_line", typed)


def test_an_interrupted_question_loses_no_proposal(wenqu: Type, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = store.read(NOTE)
    answer(monkeypatch, None)
    said = wenqu("-C", str(store.root), "apply")
    assert said.code == 130
    assert "wenqu apply" in said.err
    assert len(list(postponed(store))) == 2
    assert store.read(NOTE) == before


def test_two_proposals_on_one_version_are_both_made_and_do_not_litter_the_workspace(wenqu: Type, store: Store) -> None:
    assert wenqu("-C", str(store.root), "apply", "--yes").code == 0
    text = store.read(NOTE).text
    assert "- 甲\n" in text
    assert "- 乙\n" in text
    assert not list(store.root.rglob("*conflict*"))
    assert not list(postponed(store))


def test_of_two_changes_of_one_line_the_second_is_void_and_said(wenqu: Type, store: Store) -> None:
    note = store.read(NOTE)
    for title in ("# 甲", "# 乙"):
        edits = (Edit(0, note.text.index("\n"), title),)
        postpone(store, Proposal(path=NOTE, before=note.text, expected_sha256=note.sha256, edits=edits, why=title))
    said = wenqu("-C", str(store.root), "apply", "--yes")
    assert "作废" in said.out
    assert store.read(NOTE).text.splitlines()[0] in {"# 甲", "# 乙"}


@pytest.mark.parametrize("typed", ["n", "No", "不要", "quit", "1 2"])
def test_a_no_or_every_number_leaves_everything(
    wenqu: Type, store: Store, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    before = store.read(NOTE)
    answer(monkeypatch, typed)
    assert wenqu("-C", str(store.root), "apply").code == 0
    assert store.read(NOTE) == before
    assert len(list(postponed(store))) == 2


@pytest.mark.parametrize("typed", ["", "y", "Yes", "all", "是", "好"])
def test_enter_or_a_yes_takes_everything(
    wenqu: Type, store: Store, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    before = store.read(NOTE)
    answer(monkeypatch, typed)
    assert wenqu("-C", str(store.root), "apply").code == 0
    assert store.read(NOTE) != before
    assert not list(postponed(store))


@pytest.mark.parametrize("typed", ["3", "0", "1 x", "maybe", ","])
def test_an_answer_that_is_unclear_is_asked_for_again(
    wenqu: Type, store: Store, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    before = store.read(NOTE)
    answer(monkeypatch, typed, "n")
    said = wenqu("-C", str(store.root), "apply")
    assert f"“{typed}”看不明白" in said.out
    assert store.read(NOTE) == before
    assert len(list(postponed(store))) == 2


def test_a_question_mark_tells_what_may_be_answered(wenqu: Type, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = store.read(NOTE)
    answer(monkeypatch, "?", "q")
    said = wenqu("-C", str(store.root), "apply")
    assert "n 或 q：全部暂缓" in said.out
    assert "看不明白" not in said.out
    assert store.read(NOTE) == before


@pytest.fixture
def long(workspace: Path) -> Store:
    """The workspace with a change of a hundred lines put off."""
    store = Store(workspace)
    note, lines = store.read(NOTE), "".join(f"- 第 {number} 项\n" for number in range(100))
    edits = (Edit(len(note.text), len(note.text), lines),)
    postpone(store, Proposal(path=NOTE, before=note.text, expected_sha256=note.sha256, edits=edits, why="加"))
    return store


def test_of_a_long_change_a_person_sees_the_first_lines_and_the_whole_when_asked_for(
    wenqu: Type, long: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "n")
    said = wenqu("-C", str(long.root), "apply").out
    assert "第 20 项" in said
    assert "第 99 项" not in said
    assert "输入 d 看全文" in said
    answer(monkeypatch, "d", "n")
    said = wenqu("-C", str(long.root), "apply").out
    assert said.count("第 99 项") == 1
    assert "看不明白" not in said
    answer(monkeypatch)
    said = wenqu("-C", str(long.root), "apply", "--yes").out
    assert "第 99 项" not in said
    assert f"写入后在 {NOTE} 里看" in said
    assert "第 99 项" in long.read(NOTE).text


def test_a_pipe_gets_a_long_change_whole(wenqu: Type, long: Store) -> None:
    said = wenqu("-C", str(long.root), "apply").out
    assert "第 99 项" in said
    assert "另有" not in said


def test_what_was_put_off_is_listed_by_file_from_its_top(wenqu: Type, workspace: Path) -> None:
    store = Store(workspace)
    for path, start in ((NOTE, 9), ("学习进度.md", 5), (NOTE, 2), ("学习进度.md", 0), (NOTE, 4)):
        note = store.read(path)
        edits = (Edit(start, start, "x"),)
        postpone(
            store, Proposal(path=path, before=note.text, expected_sha256=note.sha256, edits=edits, why=f"at {start}")
        )
    shown = [line for line in wenqu("-C", str(workspace), "apply").out.splitlines() if "  at " in line]
    places = [("学习进度.md", 0), ("学习进度.md", 5), (NOTE, 2), (NOTE, 4), (NOTE, 9)]
    assert shown == [f"[{number}] {path}  at {start}" for number, (path, start) in enumerate(places, 1)]


def test_json_holds_no_control_character_of_a_note(wenqu: Type, workspace: Path) -> None:
    note = workspace / NOTE
    note.write_text("# TODO\n\n- [x] 0/9 篇 \x9d52;c;x \u202e\n**已完成**: 7/9 讲座\x9b2J\n", encoding="utf-8")
    for command in (["context", "--json"], ["reconcile", "--json"], ["context", "--format", "hook"]):
        said = wenqu("-C", str(workspace), *command)
        json.loads(said.out)
        assert not {"\x9b", "\x9d", "\u202e"} & set(said.out)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"start": ', '"start": 99999'),
        ('"why": "- 甲"', '"why": 5'),
        (f'"path": "{NOTE}"', '"path": null'),
        ("{", "["),
        ("{", '"'),
    ],
)
def test_a_proposal_that_was_damaged_is_passed_over(store: Store, old: str, new: str) -> None:
    broken = next(name for name, proposal in postponed(store) if proposal.why == "- 甲")
    file = store.inside(f".wenqu/local/proposals/{broken}.json")
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert [proposal.why for _, proposal in postponed(store)] == ["- 乙"]


@pytest.mark.parametrize(("language", "questions"), [("zh", ("Q2", "Q3")), ("en", ("Q3", "Q5"))])
def test_what_two_sessions_proposed_before_anything_was_applied_is_all_taken(
    wenqu: Type, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: Language, questions: tuple[str, str]
) -> None:
    root = started(tmp_path, language)
    before = discrepancies(wenqu, root)
    for name in questions:
        converse(wenqu, monkeypatch, root, name, yes=False)
    said = wenqu("-C", str(root), "apply", "--yes")
    assert say(language, "cli.proposal-outdated", path="\0", why="").split("\0")[-1] not in said.out
    layout = read_settings(root, options={}, environ={}).settings.layout
    store = Store(root)
    folder = root / layout.discussions
    written = [place.name for place in folder.glob("*.md") if place.name != "README.md"]
    assert len(written) == 3
    for listing in (layout.working_memory, f"{layout.discussions}/README.md", layout.progress):
        text = store.read(listing).text
        assert all(name in text for name in written)
    assert not list(postponed(store))
    assert discrepancies(wenqu, root) <= before


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("late", [False, True], ids=["at once", "the older one later"])
def test_sessions_of_two_days_stand_in_every_list_under_their_own_day(
    wenqu: Type, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: Language, *, late: bool
) -> None:
    root = started(tmp_path, language)
    before = discrepancies(wenqu, root)
    days = ("2026-11-20", "2026-11-21")
    for day, name in zip(days, ("Q2", "Q3"), strict=True):
        monkeypatch.setattr(sessions, "_now", lambda day=day: datetime.fromisoformat(f"{day}T10:00:00+00:00"))
        converse(wenqu, monkeypatch, root, name, yes=late and day == days[1])
    assert wenqu("-C", str(root), "apply", "--yes").code == 0
    layout = read_settings(root, options={}, environ={}).settings.layout
    progress = Store(root).read(layout.progress).text
    entries = {day: progress.partition(f"### {day}\n")[2].partition("###")[0] for day in days}
    assert "Q2" in entries[days[0]]
    assert "Q3" not in entries[days[0]].split("\n")[0]
    assert "Q3" in entries[days[1]].split("\n")[0]
    assert "3/6" in progress
    todo = Store(root).read(layout.research_todo).text
    assert all(f"### {day}" in todo for day in days)
    assert not list(postponed(Store(root)))
    assert discrepancies(wenqu, root) <= before


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_session_leaves_no_document_less_honest_than_it_was(
    wenqu: Type, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: Language
) -> None:
    root = started(tmp_path, language)
    before = discrepancies(wenqu, root)
    for name in ("Q2", "Q4", "Q3", "Q5", "Q6"):
        converse(wenqu, monkeypatch, root, name, yes=True)
        assert discrepancies(wenqu, root) <= before, name


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_a_person_wrote_meanwhile_stays_and_the_proposal_is_made_for_it(
    wenqu: Type, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: Language
) -> None:
    root = started(tmp_path, language)
    converse(wenqu, monkeypatch, root, "Q2", yes=False)
    memory = root / read_settings(root, options={}, environ={}).settings.layout.working_memory
    memory.write_text(memory.read_text(encoding="utf-8") + "\n- mine\n", encoding="utf-8")
    said = wenqu("-C", str(root), "apply", "--yes")
    assert memory.read_text(encoding="utf-8").endswith("\n- mine\n")
    assert say(language, "cli.applied", path=memory.name) in said.out


def discrepancies(wenqu: Type, root: Path) -> set[str]:
    """Return the ids of what `wenqu reconcile` finds."""
    found = json.loads(wenqu("-C", str(root), "reconcile", "--json").out)["discrepancies"]
    return {one["id"] for one in found}


def started(folder: Path, language: Language) -> Path:
    """Return a new workspace in that language."""
    root = folder / language
    init(root, language=language)
    return root


def converse(wenqu: Type, monkeypatch: pytest.MonkeyPatch, root: Path, name: str, *, yes: bool) -> None:
    """Hold a session on a question, offline and without a terminal; what it proposes is taken or left."""
    lines = "因为差变成两倍 because the difference doubles\n总结：差变成两倍 in short, it doubles\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    taken = ["--yes"] if yes else []
    assert wenqu("-C", str(root), "socratic", name, "--model", "offline", *taken).code == 0
