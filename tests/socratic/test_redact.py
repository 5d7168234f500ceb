"""Words taken back: gone from the journal in one step, from what quotes them, and proposed for the documents."""

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from behaving import ANSWERS, behaving
from stage import Learner, ScriptedModel, Stage, Table, bare_target, gold_reply, judged, target

from agent.bookkeeping.due import RECALL
from agent.bookkeeping.postponed import postpone, postponed, settle
from agent.errors import BadArgument, Locked, UnknownSession
from agent.socratic.policy import echoes
from agent.socratic.replay import replay
from agent.socratic.sessions import Finished, rebuild
from agent.socratic.stored.redact import Redaction, redact
from agent.socratic.values import SessionState
from agent.words import Language, say
from agent.workspace import disk
from agent.workspace.journal import Journal, read_journal
from agent.workspace.store import PRIVATE_FOLDER
from agent.workspace.unsent import Unsent

SECRET: dict[Language, str] = {
    "zh": "其实我当时在病房里陪护，每一步都要等很久的显存读取",
    "en": "in truth I sat at a sickbed, and each step waits long for memory reads",
}


def held(stage: Stage) -> Finished:
    """Hold a session in which something private is said, quoted by the tutor and judged by it."""
    language = stage.language
    secret = SECRET[language]
    quote = {
        "zh": "你说「每一步都要等很久」，等的是什么？",
        "en": "You say “each step waits long”: for what?",
    }
    model = ScriptedModel(
        gold=gold_reply(language),
        diagnose=[judged("partial", evidence=secret, gap="what is read"), judged("correct")],
        phrase=[quote[language]],
        select="not json",
        gloss="not json",
    )
    ended = stage.run(Learner(secret, ANSWERS[language][1], "/end"), model)
    if ended.document:
        stage.store.write(ended.document.path, ended.document.after, expected_sha256=None)
    return ended


def seq_of(stage: Stage, text: str) -> int:
    return next(record.seq for record in stage.records() if record.content.get("text") == text)


def take_back(stage: Stage, seq: int) -> Redaction:
    return redact(stage.store, stage.settings.layout, stage.sid, seq, clock=stage.clock)


def state_of(stage: Stage) -> SessionState:
    state = replay(stage.records())
    assert state is not None
    return state


def everything_written(root: Path) -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in root.rglob("*") if file.is_file())


def test_the_words_are_gone_and_number_time_kind_and_role_stay(stage: Stage, language: Language) -> None:
    held(stage)
    before = {record.seq: record for record in stage.records()}
    seq = seq_of(stage, SECRET[language])
    take_back(stage, seq)
    after = {record.seq: record for record in stage.records()}
    old, new = before[seq], after[seq]
    assert (new.time, new.kind, new.content["role"]) == (old.time, old.kind, "learner")
    assert (new.content["text"], new.content["redacted"]) == (say(language, "discussion.redacted"), True)
    assert list(after) == [*before, max(before) + 1]
    assert after[max(after)].content["event"] == "redact"
    assert after[max(after)].content["text"] == f"T{seq}"


def test_neither_judgement_nor_tutor_nor_document_keeps_them(stage: Stage, language: Language) -> None:
    ended = held(stage)
    assert ended.document
    for proposal in ended.proposals:
        postpone(stage.store, proposal)
    done = take_back(stage, seq_of(stage, SECRET[language]))
    (proposal,) = done.proposals
    assert proposal.path == ended.document.path
    stage.store.write(proposal.path, proposal.after, expected_sha256=proposal.expected_sha256)
    for name, _ in list(postponed(stage.store)):
        stage.store.remove_private(f".wenqu/local/proposals/{name}.json")
    left = everything_written(stage.store.root)
    assert SECRET[language] not in left
    assert {"zh": "每一步都要等很久", "en": "each step waits long"}[language] not in left
    assert say(language, "discussion.redacted") in proposal.after


def test_the_document_is_made_again_and_still_holds(stage: Stage, language: Language) -> None:
    held(stage)
    done = take_back(stage, seq_of(stage, SECRET[language]))
    document, problems = rebuild(stage.store, stage.sid)
    assert problems == ()
    assert say(language, "discussion.redacted") in document
    assert done.proposals[0].after == document


def test_the_session_replays_as_before(stage: Stage, language: Language) -> None:
    held(stage)
    before = state_of(stage)
    take_back(stage, seq_of(stage, SECRET[language]))
    after = state_of(stage)
    assert (after.phase, after.outcomes, after.index, after.ending) == (
        before.phase,
        before.outcomes,
        before.index,
        before.ending,
    )
    assert [turn.seq for turn in after.turns] == [turn.seq for turn in before.turns]


def test_an_open_session_goes_on_where_it_was(stage: Stage, language: Language) -> None:
    model = behaving(language)
    stage.run(Learner(ANSWERS[language][0], "/pause"), model)
    before = state_of(stage)
    take_back(stage, seq_of(stage, ANSWERS[language][0]))
    after = state_of(stage)
    assert (after.awaiting, after.phase, after.instruction) == (before.awaiting, before.phase, before.instruction)


def test_a_later_session_forgets_them_too(stage: Stage, language: Language) -> None:
    held(stage)
    first = stage.sid
    other = {"zh": "为什么缓存决定解码的速度？", "en": "Why does the cache decide the speed of decoding?"}[language]
    stage.sid = "20261102-090000-0001"
    stage.run(Learner("/skip", "/end"), behaving(language), [bare_target(language, question=other)])
    stage.sid = first
    take_back(stage, seq_of(stage, ANSWERS[language][1]))
    stage.sid = "20261102-090000-0001"
    assert ANSWERS[language][1] not in json.dumps([record.content for record in stage.records()], ensure_ascii=False)


def test_a_document_changed_by_hand_loses_the_words_and_nothing_else(stage: Stage, language: Language) -> None:
    ended = held(stage)
    assert ended.document
    note = f"# hand-written\n\nkept\n\n> {SECRET[language]}\n"
    read = stage.store.read(ended.document.path)
    stage.store.write(ended.document.path, note, expected_sha256=read.sha256)
    (proposal,) = take_back(stage, seq_of(stage, SECRET[language])).proposals
    assert proposal.after == f"# hand-written\n\nkept\n\n> {say(language, 'discussion.redacted')}\n"


def test_words_of_several_lines_are_found_in_a_block_quotation(stage: Stage, language: Language) -> None:
    words = "第一行 line one\n\n第二行 line two"
    stage.run(Learner(words, "/end"), None)
    block = "> 第一行 line one\n>\n> 第二行 line two\n"
    stage.store.write(f"{stage.settings.layout.discussions}/x.md", block, expected_sha256=None)
    done = take_back(stage, seq_of(stage, words))
    mine = next(one for one in done.proposals if one.path.endswith("/x.md"))
    assert mine.after == f"> {say(language, 'discussion.redacted')}\n"
    assert mine.shrinks


def test_the_same_words_said_again_are_named_and_stay(stage: Stage, language: Language) -> None:
    words = ANSWERS[language][0]
    stage.run(
        Learner(words, f"{words}!", "/end"),
        ScriptedModel(
            gold=gold_reply(language), diagnose=[judged("partial")], phrase=["什么？ What?"], select="-", gloss="-"
        ),
    )
    seq = seq_of(stage, words)
    assert take_back(stage, seq).repeated == (f"{stage.sid}:{seq_of(stage, f'{words}!')}",)


def test_what_holds_no_words_or_lost_them_is_refused(stage: Stage, language: Language) -> None:
    held(stage)
    seq = seq_of(stage, SECRET[language])
    judgement = next(record.seq for record in stage.records() if record.kind == "diagnosis")
    for number in (1, judgement, 999):
        with pytest.raises(BadArgument):
            take_back(stage, number)
    take_back(stage, seq)
    with pytest.raises(BadArgument):
        take_back(stage, seq)
    with pytest.raises(UnknownSession):
        redact(stage.store, stage.settings.layout, "nosuch", 1, clock=stage.clock)
    with stage.journal().lock(), pytest.raises(Locked):
        take_back(stage, seq_of(stage, ANSWERS[language][1]))


def test_a_kill_at_any_moment_leaves_the_old_journal_or_the_new_one(
    stage: Stage, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    held(stage)
    seq = seq_of(stage, SECRET[language])
    file = stage.store.root / ".wenqu/sessions" / stage.sid / "journal.jsonl"
    old = file.read_bytes()
    for name in ("write_temporary", "exchange", "sync_folder"):
        for before in (True, False):
            if _killed(lambda: take_back(stage, seq), name, before=before, in_folder=file.parent, patch=monkeypatch):
                break_off = file.read_bytes()
                assert break_off == old or b'"redacted": true' in break_off
                file.write_bytes(old)
    take_back(stage, seq)
    assert SECRET[language] not in file.read_text(encoding="utf-8")
    assert [one.name for one in file.parent.iterdir()] == ["journal.jsonl"]


def _killed(act: Callable[[], object], name: str, *, before: bool, in_folder: Path, patch: pytest.MonkeyPatch) -> bool:
    """Run `act` in a child that kills itself around a file-system call in that folder; say whether it did."""
    pid = os.fork()
    if pid == 0:
        call = getattr(disk, name)

        def dying(*arguments: object) -> object:
            ours = any(str(in_folder) in str(one) for one in arguments)
            if ours and before:
                os.kill(os.getpid(), signal.SIGKILL)
            result = call(*arguments)
            if ours:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        patch.setattr(disk, name, dying)
        act()
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(pid, 0)[1])


def test_what_a_review_recorded_loses_the_words_and_keeps_its_grades(stage: Stage, language: Language) -> None:
    held(stage)
    secret = SECRET[language]
    recall = Journal(stage.store, RECALL, clock=stage.clock, folder=PRIVATE_FOLDER)
    recall.append({"kind": "answer", "card": "c1", "question": "?", "form": "recall", "text": f"… {secret} …"})
    recall.append({"kind": "grade", "card": "c1", "answer": 1, "grade": 2, "by": "m", "judged": {"evidence": secret}})
    take_back(stage, seq_of(stage, secret))
    kept = read_journal(stage.store, RECALL, folder=PRIVATE_FOLDER).records
    assert [(one.seq, one.kind) for one in kept] == [(1, "answer"), (2, "grade")]
    assert kept[0].content["text"] == f"… {say(language, 'discussion.redacted')} …"
    assert (kept[1].content["grade"], secret in str(kept[1].content)) == (2, False)


def test_no_file_of_the_workspace_holds_the_words_when_all_is_applied(stage: Stage, language: Language) -> None:
    held(stage)
    secret = SECRET[language]
    folder = stage.settings.layout.notes
    stage.store.write(f"{folder}/02-深度讨论记录.md", f"# 记录\n\n## Q1\n\n> “{secret}”\n", expected_sha256=None)
    Unsent(stage.store, "another").keep(f"{secret} …")
    (stage.store.make_local_folder("unsent") / "another.new").write_text(secret, encoding="utf-8")
    (stage.store.make_local_folder("index") / "cards.index").write_text(secret, encoding="utf-8")
    for proposal in take_back(stage, seq_of(stage, secret)).proposals:
        stage.store.write(proposal.path, proposal.after, expected_sha256=proposal.expected_sha256)
    for name, _ in list(postponed(stage.store)):
        settle(stage.store, name)
    files = [file for file in stage.store.root.rglob("*") if file.is_file() and ".git" not in file.parts]
    assert [file for file in files if secret in file.read_text(encoding="utf-8")] == []
    assert Unsent(stage.store, "another").read() == f"{say(language, 'discussion.redacted')} …"


def test_the_same_words_in_another_session_are_named_with_their_place(stage: Stage, language: Language) -> None:
    held(stage)
    other = Journal(stage.store, "20200101-000000-0000", clock=stage.clock)
    secret = SECRET[language]
    for record in stage.records():
        other.append({"kind": record.kind, **record.content})
    seq = seq_of(stage, secret)
    assert f"20200101-000000-0000:{seq}" in take_back(stage, seq).repeated
    assert read_journal(stage.store, "20200101-000000-0000").records[seq - 1].content["text"] == secret


def test_the_document_of_another_session_in_which_the_same_was_said_stays_as_it_is(
    stage: Stage, language: Language
) -> None:
    held(stage)
    first, seq = stage.sid, seq_of(stage, SECRET[language])
    stage.sid = "20261102-090000-0001"
    other = held(stage)
    assert other.document
    stage.sid = first
    for proposal in other.proposals:
        postpone(stage.store, proposal)
    done = take_back(stage, seq)
    assert other.document.path not in {proposal.path for proposal in done.proposals}
    assert stage.store.read(other.document.path).text == rebuild(stage.store, other.sid)[0] == other.document.after
    waiting = {proposal.path: proposal.after for _, proposal in postponed(stage.store)}
    assert waiting[other.document.path] == other.document.after


def test_what_a_later_session_remembers_is_taken_out_of_its_document_as_of_its_journal(
    stage: Stage, language: Language
) -> None:
    held(stage)
    first, words = stage.sid, ANSWERS[language][1]
    seq = seq_of(stage, words)
    stage.sid = "20261102-090000-0001"
    other = stage.run(Learner(words, "/end"), behaving(language))
    assert other.document
    assert words in json.dumps(stage.records()[0].content, ensure_ascii=False)
    stage.store.write(other.document.path, other.document.after, expected_sha256=None)
    stage.sid = first
    changed = {proposal.path: proposal.after for proposal in take_back(stage, seq).proposals}
    document, problems = rebuild(stage.store, other.sid)
    assert (changed[other.document.path], problems) == (document, ())


def test_words_that_stand_in_a_passage_shown_later_were_no_echo_of_it() -> None:
    table = Table(target(), target(id="Q2"))
    table.answer("要搬的东西更多，管道就那么宽", "correct", solo=3)
    said = next(turn for turn in table.state.turns if turn.role == "learner")
    table.tutor("接下来呢？")
    table.passage("要搬的东西更多，管道就那么宽")
    assert not echoes(said, table.state)


def test_words_are_held_against_the_source_of_their_own_question() -> None:
    words = target().gold[0].source.text
    table = Table(target(), target(id="Q2", gold=()))
    table.answer(words, "correct", solo=3)
    said = next(turn for turn in table.state.turns if turn.role == "learner")
    table.event("skip")
    assert table.state.target.id == "Q2"
    assert echoes(said, table.state)
