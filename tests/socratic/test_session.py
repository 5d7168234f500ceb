"""Whole sessions with scripted models: one that behaves and those that do not."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from behaving import ANSWERS, QUESTIONS, behaving, resume
from stage import QUESTION, TIMEOUT, VALUES, Learner, ScriptedModel, Stage, bare_target, gold_reply, judged, prompt_text

from agent.model.messages import Request
from agent.socratic.sessions import last_open, rebuild
from agent.words import Language, say


def test_a_session_with_a_model_that_behaves_ends_mastered_and_proposes_its_document(
    stage: Stage, language: Language
) -> None:
    person = Learner(*ANSWERS[language])
    finished = stage.run(person, behaving(language))
    assert (finished.reason, finished.problems, finished.error) == ("ended", (), None)
    assert person.shown[0] == QUESTION[language]
    assert person.shown[1:4] == QUESTIONS[language]
    assert person.shown[4] == say(language, "socratic.close")
    assert all(turn["checks"] == [] for turn in stage.turns() if turn["role"] == "tutor")
    assert say(language, "discussion.result.mastered") in finished.document.after
    assert person.confidences == 1


def test_before_the_first_question_no_other_question_stands_on_the_screen(stage: Stage, language: Language) -> None:
    listed = replace(bare_target(language), id="Q2", headline="Q2", title="softmax?")
    person = Learner("/end")
    stage.run(person, None, targets=[listed], topic="softmax")
    assert person.notices[1] == say(language, "socratic.frame", topic="Q2 softmax", count=1)
    assert not any("softmax?" in notice for notice in person.notices)


def test_at_the_close_the_notes_of_all_questions_are_named(stage: Stage, language: Language) -> None:
    person = Learner(ANSWERS[language][0], "/source", "/end")
    stage.run(person, None)
    assert any(bare_target(language).path in notice for notice in person.notices)


def test_the_learners_words_are_on_disk_before_any_request_leaves(stage: Stage, language: Language) -> None:
    model = behaving(language)
    said = ANSWERS[language]
    journal = stage.store.root / ".wenqu/sessions/20261101-090000-0001/journal.jsonl"
    requests: list[int] = []

    def look(request: Request) -> None:
        on_disk = [json.loads(line) for line in journal.read_text("utf-8").splitlines()]
        learner = [record["text"] for record in on_disk if record.get("role") == "learner"]
        assert learner == said[: len(learner)]
        assert learner[-1] in prompt_text(request) or request.purpose == "socratic.gold"
        requests.append(len(learner))

    model.before = look
    stage.run(Learner(*said), model)
    assert requests == sorted(requests)
    assert requests[0] == 1


def test_the_phrasing_model_never_sees_the_gold(stage: Stage, language: Language) -> None:
    model = behaving(language)
    stage.run(Learner(*ANSWERS[language]), model)
    claim = gold_reply(language)["claims"][0]["claim"]
    for request in model.asked:
        seen = prompt_text(request) + "".join(block.text for block in request.system)
        assert (claim in seen) == (request.purpose == "socratic.diagnose")


@pytest.mark.parametrize("told", [True, False], ids=["states the source", "says what it means"])
def test_only_an_answer_that_states_something_of_the_source_is_told(
    stage: Stage, language: Language, *, told: bool
) -> None:
    asked = {"zh": "一张卡每秒能读多少？", "en": "How much does a card read a second?"}[language]
    words = {
        ("zh", True): "一张卡每秒能读 3.35 TB。接下来你会怎么算？",
        ("zh", False): "我问的是解码为什么变慢。接着你会怎么想？",
        ("en", True): "A card reads 3.35 TB a second. What would you compute from that?",
        ("en", False): "I am after what slows decoding down. How would you go on from there?",
    }[language, told]
    model = behaving(language)
    model.answers |= {"socratic.diagnose": judged("question"), "socratic.phrase": words}
    finished = stage.run(Learner(asked, "/end"), model)
    fact = next(turn for turn in stage.turns() if turn.get("move") == "fact")
    assert fact["text"] == words
    assert bool(fact["cites"]) == told
    assert (words in finished.document.after.split(say(language, "discussion.section.record"))[0]) == told


def test_gold_is_drawn_up_once_by_the_main_model_and_judgement_is_cheap(stage: Stage, language: Language) -> None:
    model = behaving(language)
    stage.run(Learner(*ANSWERS[language]), model)
    assert model.purposes().count("gold") == 1
    assert {request.purpose: request.model for request in model.asked} == {
        "socratic.gold": "main-model",
        "socratic.diagnose": "cheap-model",
        "socratic.phrase": "main-model",
        "socratic.select": "cheap-model",
        "socratic.gloss": "main-model",
    }


LEAK: dict[Language, str] = {
    "zh": "要搬的东西每步至少 12 ms，对吗？",
    "en": "Does moving more stuff take at least 12 ms?",
}
THREE: dict[Language, str] = {
    "zh": "搬什么？往哪搬？搬多久？",
    "en": "What stuff moves? Where to? How long does it take?",
}


@pytest.mark.parametrize(("draft", "rule"), [(LEAK, "C2"), (THREE, "C1")])
def test_a_bad_draft_is_written_again_with_the_rule_named(
    stage: Stage, language: Language, draft: dict[Language, str], rule: str
) -> None:
    model = behaving(language)
    model.answers["socratic.phrase"] = [draft[language], *QUESTIONS[language]]
    person = Learner(*ANSWERS[language][:1])
    stage.run(person, model)
    second = [request for request in model.asked if request.purpose == "socratic.phrase"][1]
    assert say(language, f"tutor.rule.{rule}") in prompt_text(second)
    assert person.shown[1] == QUESTIONS[language][0]
    assert rule in stage.turns()[2]["checks"]


@pytest.mark.parametrize("draft", [LEAK, THREE, {"zh": "", "en": ""}])
def test_a_model_that_does_not_listen_is_replaced_by_the_template_question(
    stage: Stage, language: Language, draft: dict[Language, str]
) -> None:
    model = behaving(language)
    model.answers["socratic.phrase"] = draft[language]
    person = Learner(*ANSWERS[language][:3])
    stage.run(person, model)
    tutor = [turn for turn in stage.turns() if turn["role"] == "tutor"][1:]
    assert {turn["model"] for turn in tutor} == {"template"}
    assert all(len(re.findall(r"[?？]", text)) == 1 for text in person.shown[1:])
    assert not any(VALUES[0] in text for text in person.shown)


@pytest.mark.parametrize("garbage", ["no JSON at all", '{"verdict": "splendid"}', '{"verdict": "correct"'])
def test_a_broken_judgement_claims_nothing_and_the_session_goes_on(
    stage: Stage, language: Language, garbage: str
) -> None:
    model = behaving(language)
    model.answers["socratic.diagnose"] = garbage
    finished = stage.run(Learner(*ANSWERS[language][:2]), model)
    verdicts = [record.content["verdict"] for record in stage.records() if record.kind == "diagnosis"]
    assert finished.reason == "ended"
    assert verdicts == ["partial", "partial"]


def test_broken_gold_leaves_a_target_without_claims(stage: Stage, language: Language) -> None:
    model = behaving(language)
    model.answers["socratic.gold"] = "sorry"
    assert stage.run(Learner(*ANSWERS[language]), model).reason == "ended"
    sealed = [record.content for record in stage.records() if record.content.get("event") == "gold"]
    assert sealed[0]["gold"] == []


@pytest.mark.parametrize("purpose", ["gold", "diagnose", "phrase"])
def test_a_model_that_times_out_loses_no_turn_and_the_session_resumes(
    stage: Stage, language: Language, purpose: str
) -> None:
    model = behaving(language)
    good = model.answers[f"socratic.{purpose}"]
    model.answers[f"socratic.{purpose}"] = TIMEOUT
    person = Learner(*ANSWERS[language])
    finished = stage.run(person, model)
    assert (finished.reason, finished.error) == ("model-failed", TIMEOUT)
    assert finished.document is None
    assert stage.turns()[-1]["text"] == ANSWERS[language][0]
    assert finished.sid in person.notices[-1]
    assert last_open(stage.store) == finished.sid

    model.answers[f"socratic.{purpose}"] = good
    again = resume(stage, Learner(*ANSWERS[language][1:]), model)
    assert again.reason == "ended"
    learner = [turn["text"] for turn in stage.turns() if turn["role"] == "learner"]
    assert learner == ANSWERS[language]
    assert say(language, "discussion.result.mastered") in again.document.after


def test_end_asks_nothing_more_and_compiles_what_there_is(stage: Stage, language: Language) -> None:
    person = Learner(ANSWERS[language][0], "/end", "never read")
    finished = stage.run(person, behaving(language))
    assert finished.reason == "ended"
    assert person.lines == ["never read"]
    assert say(language, "socratic.close") not in person.shown
    assert finished.document


def test_a_session_in_which_nothing_was_said_proposes_nothing(stage: Stage, language: Language) -> None:
    finished = stage.run(Learner("/end"), behaving(language))
    assert (finished.reason, finished.document, finished.proposals) == ("ended", None, ())


def test_commands_are_no_turns(stage: Stage, language: Language) -> None:
    person = Learner(
        "/help", "/status", "/note", "/why", "/hint", "/tell", "/park a b", "/park", "/nonsense", "/usr/bin"
    )
    stage.run(person, behaving(language))
    said = [turn["text"] for turn in stage.turns() if turn["role"] == "learner"]
    assert said == ["/usr/bin"]
    assert say(language, "socratic.help") in person.notices
    assert person.notices.count(say(language, "socratic.try-first")) == 2
    assert say(language, "socratic.unknown-command", name="/nonsense", near="") in person.notices


def test_tell_gives_the_gold_with_its_source_marked_as_told(stage: Stage, language: Language) -> None:
    model = behaving(language)
    model.answers["socratic.diagnose"] = [judged("partial"), judged("correct")]
    person = Learner(ANSWERS[language][0], "/tell", ANSWERS[language][2], ANSWERS[language][4])
    finished = stage.run(person, model)
    told = next(turn for turn in stage.turns() if turn.get("move") == "tell")
    assert gold_reply(language)["claims"][0]["claim"] in told["text"]
    assert told["cites"][0].startswith(f"{bare_target(language).path}:")
    document = finished.document.after
    assert say(language, "discussion.how.told") in document
    assert say(language, "discussion.result.told") in document
    assert say(language, "discussion.todo.rederive") in document


def test_a_bare_assent_is_judged_without_a_model(stage: Stage, language: Language) -> None:
    model = behaving(language)
    model.answers["socratic.phrase"] = {"zh": "能写一句完整的话吗？", "en": "Could you put it into one sentence?"}[
        language
    ]
    stage.run(Learner("嗯，对。" if language == "zh" else "Yes, ok."), model)
    assert "diagnose" not in model.purposes()


def test_the_same_journal_rebuilds_the_same_bytes(stage: Stage, language: Language) -> None:
    finished = stage.run(Learner(*ANSWERS[language]), behaving(language))
    document, problems = rebuild(stage.store, finished.sid)
    assert (document, problems) == (finished.document.after, ())
    assert rebuild(stage.store, finished.sid)[0].encode() == document.encode()


def test_what_was_parked_is_proposed_though_nothing_else_was_said(tmp_path: Path) -> None:
    stage = Stage(tmp_path, "zh")
    todo = "# TODO\n\n## 方向\n\n#### 1. 甲\n\n- [ ] 旧的一项\n"
    stage.store.write("深度探索TODO.md", todo, expected_sha256=None)
    finished = stage.run(Learner("/park 看看带宽与算力之比", "/end"), None)
    assert finished.document is None
    (proposal,) = finished.proposals
    assert "看看带宽与算力之比" in proposal.after
    assert "来源" not in proposal.after


def test_templates_asked_again_and_again_are_explained_once(stage: Stage, language: Language) -> None:
    model = behaving(language)
    model.answers["socratic.phrase"] = "no question"
    model.answers["socratic.diagnose"] = judged("partial")
    person = Learner(*ANSWERS[language])
    stage.run(person, model)
    said = say(language, "socratic.templates")
    assert person.notices.count(said) == 1
    once = Learner(*ANSWERS[language][:1])
    stage.sid = "20261102-090000-0002"
    stage.run(once, model)
    assert said not in once.notices


@pytest.mark.parametrize(
    ("lines", "key"),
    [
        (["a b c", "/hint"], "close-is-yours"),
        (["a b c", "/tell"], "close-is-yours"),
        (["/tell"], "nothing-to-tell"),
        (["/hint"], "no-hint-left"),
    ],
)
def test_help_that_is_not_given_is_refused_in_a_fitting_sentence(
    stage: Stage, language: Language, lines: list[str], key: str
) -> None:
    person = Learner(*lines, "/end")
    stage.run(person, None)
    assert person.notices[-1] == say(language, f"socratic.{key}")


def test_a_note_is_named_once(stage: Stage, language: Language) -> None:
    person = Learner("/source", ANSWERS[language][0], "/source", "/end")
    stage.run(person, behaving(language))
    named = [notice for notice in person.notices if bare_target(language).path in notice]
    assert [notice.count(bare_target(language).path) for notice in named] == [1, 1]


def test_a_judge_that_invents_the_words_it_judges_by_is_asked_again_and_then_not_believed(
    stage: Stage, language: Language
) -> None:
    lies = judged("correct", solo=4, evidence="words that nobody said")
    question = {"zh": "你能写一句完整的话吗？", "en": "Could you put it into one sentence?"}[language]
    model = ScriptedModel(gold=gold_reply(language), diagnose=lies, phrase=question)
    wrong = {"zh": "不变，因为比例没变", "en": "nothing changes, they scale"}[language]
    finished = stage.run(Learner(wrong, "/end"), model)
    assert model.purposes().count("diagnose") == 2
    (judgement,) = [record.content for record in stage.records() if record.kind == "diagnosis"]
    assert (judgement["verdict"], judgement["confidence"]) == ("partial", 0.0)
    assert finished.document is not None
    assert say(language, "discussion.section.now") not in finished.document.after
