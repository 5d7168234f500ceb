"""The end of a session: one screen for the learner, one list of proposals, one message; and models that fail."""

from collections.abc import Sequence

import pytest
from behaving import ANSWERS, behaving, resume
from closing import CLIMB, close, closing_model, compiled_record, everything
from stage import TIMEOUT, Learner, ScriptedModel, Stage, bare_target, gold_reply, judged

from agent.cli.terminal.lines import LineDialogue
from agent.notes.elements import missing_elements
from agent.notes.question_list import parse_questions
from agent.notes.record import parse_record
from agent.socratic.aims.target import targets_of_questions
from agent.socratic.document.outcome import commit_message
from agent.socratic.person import Item
from agent.socratic.sessions import rebuild
from agent.text.outline import outline
from agent.words import Language, say
from agent.workspace.standards import read_elements


def section(document: str, name: str, language: Language) -> str:
    after = document.split(say(language, f"discussion.section.{name}") + "\n")
    return after[1].split("\n## ")[0] if len(after) > 1 else ""


def text_of(stage: Stage, **how: object) -> str:
    document = close(stage, **how).document  # type: ignore[arg-type]
    assert document is not None
    return document.after


def test_the_screen_lists_insights_todos_and_cards_and_what_is_kept_is_confirmed(
    stage: Stage, language: Language
) -> None:
    seen: list[Item] = []

    def look(items: Sequence[Item]) -> frozenset[str]:
        seen.extend(items)
        return everything(items)

    document = text_of(stage, kept=look)
    assert {item.kind for item in seen} == {"insight", "todo", "card"}
    assert len({item.id for item in seen}) == len(seen)
    assert say(language, "discussion.unconfirmed") not in document
    assert all(item.text in " ".join(document.split()) for item in seen)


def test_what_the_learner_unticks_is_in_neither_the_document_nor_the_proposals(
    stage: Stage, language: Language
) -> None:
    dropped: list[Item] = []

    def all_but_cards(items: Sequence[Item]) -> frozenset[str]:
        dropped.extend(item for item in items if item.kind == "card")
        return frozenset(item.id for item in items if item.kind != "card")

    document = text_of(stage, kept=all_but_cards)
    assert dropped
    assert not section(document, "cards", language)
    assert section(document, "insights", language)
    assert compiled_record(stage)["cards"] == []
    assert rebuild(stage.store, stage.sid) == (document, ())


def test_nobody_is_asked_after_end_and_the_items_are_marked(stage: Stage, language: Language) -> None:
    person = Learner(ANSWERS[language][0], "/park x", "/end")
    finished = stage.run(person, behaving(language))
    assert person.ratified is None
    assert finished.document is not None
    assert say(language, "discussion.unconfirmed") in section(finished.document.after, "todo", language)


def test_a_learner_who_leaves_the_list_has_confirmed_nothing(stage: Stage, language: Language) -> None:
    document = text_of(stage)
    assert say(language, "discussion.unconfirmed") in section(document, "cards", language)


def test_a_script_takes_the_default_of_the_list_and_consumes_no_line(stage: Stage, language: Language) -> None:
    script = LineDialogue(language, iter(["a line"]), complete=True, typed=False)
    document = text_of(stage, kept=script.ratify)
    assert say(language, "discussion.unconfirmed") not in document
    assert section(document, "cards", language)
    assert script.unread() == 1


def test_all_five_elements_stand_in_what_a_session_leaves(stage: Stage, language: Language) -> None:
    elements = read_elements(stage.store.root)
    assert missing_elements(outline(text_of(stage, kept=everything)), elements) == ()
    stage.sid = "20261102-090000-0002"
    offline = stage.run(Learner(ANSWERS[language][0], grade=2), None, [bare_target(language, id="Q9")])
    assert offline.document is not None
    assert missing_elements(outline(offline.document.after), elements) == ()


def test_notes_and_calculations_are_quoted_as_the_learners_own(stage: Stage, language: Language) -> None:
    document = text_of(stage, kept=everything)
    assert "> “40/3.35 = 11.9402985075”" in section(document, "detail", language)
    assert say(language, "discussion.noted", ref="").strip() in section(document, "method", language)


def test_what_was_contested_stands_with_the_objection_and_its_grounds(stage: Stage, language: Language) -> None:
    objection = {"zh": "笔记里不是这样写的", "en": "the note does not say so"}[language]
    person = Learner(ANSWERS[language][0], f"/contest {objection}", "/end")
    finished = stage.run(person, behaving(language))
    assert finished.document is not None
    left = section(finished.document.after, "open", language)
    assert f"> “{objection}”" in left
    assert say(language, "discussion.result.contested") in left
    assert finished.problems == ()


@pytest.mark.parametrize("purpose", ["select", "gloss"])
def test_a_model_that_fails_at_the_close_costs_only_its_own_part(
    stage: Stage, language: Language, purpose: str
) -> None:
    model = closing_model(language)
    model.answers[f"socratic.{purpose}"] = TIMEOUT
    document = text_of(stage, model=model, kept=everything)
    assert section(document, "now", language)
    assert say(language, "discussion.gloss", text="").strip() not in section(document, "change", language)
    assert (model.purposes().count("gloss") == 0) == (purpose == "select")


def test_ctrl_c_while_the_document_is_made_leaves_it_to_be_made_later(stage: Stage, language: Language) -> None:
    model = closing_model(language)

    def interrupted(_: object) -> object:
        raise KeyboardInterrupt

    person = Learner(ANSWERS[language][0], "/end")
    model.answers["socratic.select"] = interrupted
    assert stage.run(person, model).reason == "interrupted"
    finished = resume(stage, Learner(), behaving(language))
    assert finished.reason == "ended"
    assert finished.document is not None


def test_the_journal_keeps_everything_that_cannot_be_computed_again(stage: Stage, language: Language) -> None:
    made = close(stage, kept=everything).compiled
    kept = compiled_record(stage)
    assert made is not None
    assert kept["choices"]["ratified"] is True
    assert kept["choices"]["glosses"][0]["block"] == "change:Q1"
    assert [card["question"] for card in kept["cards"]] == [card.question for card in made.cards]
    assert kept["usage"]["output_tokens"] == 20


LIST: dict[Language, tuple[str, str]] = {
    "zh": ("学习笔记/01-Lecture01/03-深度问答.md", "**Q1**: 序列越长，解码为什么越慢？\n\n**Q2**: 缓存能不能不读？\n"),
    "en": (
        "notes/01-Lecture01/03-questions.md",
        "**Q1**: Why is it slow?\n\n**Q2**: Can the cache stay unread?\n",
    ),
}
RECORD: dict[Language, tuple[str, str]] = {
    "zh": ("学习笔记/01-Lecture01/02-深度讨论记录.md", "# 深度讨论记录\n"),
    "en": ("notes/01-Lecture01/02-record.md", "# Discussion record\n"),
}


def held_from_list(stage: Stage, *, with_record: bool) -> dict[str, str]:
    """Hold a session on the first question of a list; the proposals' texts by path."""
    path, text = LIST[stage.language]
    stage.store.write(path, text, expected_sha256=None)
    if with_record:
        stage.store.write(*RECORD[stage.language], expected_sha256=None)
    targets = targets_of_questions(parse_questions(path, text)[:1], sources=(path,))
    finished = stage.run(Learner(ANSWERS[stage.language][0], "/end"), None, targets)
    assert finished.document is not None
    return {proposal.path: proposal.after for proposal in finished.proposals}


def test_the_record_beside_the_list_gets_the_question_and_names_the_next(stage: Stage, language: Language) -> None:
    after = held_from_list(stage, with_record=True)[RECORD[language][0]]
    assert parse_record(after).questions == ("Q1",)
    assert ANSWERS[language][0] in after
    assert LIST[language][1].split("**Q2**: ")[1].strip() in after.split("Q2: ")[1]


def test_where_no_record_is_kept_none_is_proposed(stage: Stage, language: Language) -> None:
    assert RECORD[language][0] not in held_from_list(stage, with_record=False)


@pytest.mark.parametrize(
    ("row", "added"),
    [
        ("| [甲.md](./甲.md) | 甲 | 2026-10-01 | 好 |", "| [{name}](./{name}) | {topic} | 2026-11-01 |  |"),
        ("| `甲.md` | 甲 | 2026-10-01 |", "| `{name}` | {topic} | 2026-11-01 |"),
        ("| 甲.md | 甲 |", "| {name} | {topic} |"),
    ],
)
def test_the_folders_own_list_names_the_new_document_in_its_own_shape(tmp_path: object, row: str, added: str) -> None:
    stage = Stage(tmp_path, "zh")  # type: ignore[arg-type]
    columns = row.count("|") - 1
    head = ("文档名称", "主题", "日期", "价值")[:columns]
    table = f"# 深度讨论\n\n## 现有文档\n\n|{'|'.join(head)}|\n|{'---|' * columns}\n{row}\n"
    stage.store.write("深度讨论/README.md", table, expected_sha256=None)
    finished = stage.run(Learner(ANSWERS["zh"][0], "/end"), None)
    assert finished.document is not None
    after = next(one.after for one in finished.proposals if one.path == "深度讨论/README.md")
    name = finished.document.path.rsplit("/", 1)[-1]
    assert added.format(name=name, topic="为什么序列越长，解码越慢") in after.split("\n")


def test_the_message_of_a_commit_tells_what_changed_into_what(stage: Stage, language: Language) -> None:
    made = close(stage, kept=everything).compiled
    assert made is not None
    subject, blank, line, *_ = commit_message(made).split("\n")
    assert made.topic in subject
    assert blank == ""
    assert ANSWERS[language][1][:20] in line
    assert say(language, "discussion.how.hinted") in line


def test_an_unresolved_question_is_called_so_in_the_message(stage: Stage, language: Language) -> None:
    model = ScriptedModel(gold=gold_reply(language), diagnose=judged("wrong"), phrase="?")
    made = stage.run(Learner(CLIMB[language][1], "/end"), model).compiled
    assert made is not None
    assert say(language, "discussion.result.unresolved") in commit_message(made)
