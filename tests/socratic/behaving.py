"""A session with a model that behaves: what the learner answers, what the model asks, and the way back into it."""

from stage import Learner, ScriptedModel, Stage, gold_reply, judged

from agent.socratic.sessions import Finished, resume_session
from agent.words import Language

ANSWERS: dict[Language, list[str]] = {
    "zh": [
        "序列长了以后要搬的东西更多，所以变慢",
        "因为每生成一个词都要把存下来的东西重新搬一遍",
        "说到底是搬运的管道就那么宽，货越多排队越久",
        "如果把存的数据减半，我预测每一步快将近一倍",
        "我现在会先算要搬多少数据；最初我只说了变慢，没说出搬运",
    ],
    "en": [
        "a longer sequence has more stuff to move around, so it gets slower",
        "since each new word makes us move everything we kept once more",
        "in short the pipe stays as wide as before while the load grows, so the queue does too",
        "if the kept numbers shrink by half, I predict nearly twice the speed",
        "now I first count what must be moved; at first I only said slower and nothing of moving",
    ],
}
QUESTIONS: dict[Language, list[str]] = {
    "zh": [
        "你说「要搬的东西更多」，具体搬的是什么？",
        "把存下来的东西连起来讲，整个过程是怎样的？",
        "若货减少一半，排队会怎样？",
    ],
    "en": [
        "You say “more stuff to move around”: which stuff is it?",
        "How would you tell the whole story of what we kept, in your own words?",
        "Suppose the load is cut in half: what would you predict for the queue?",
    ],
}


def behaving(language: Language) -> ScriptedModel:
    return ScriptedModel(
        gold=gold_reply(language),
        diagnose=[judged("correct", solo=3)],
        phrase=[*QUESTIONS[language]],
    )


def resume(stage: Stage, person: Learner, model: ScriptedModel | None) -> Finished:
    return resume_session(
        store=stage.store,
        journal=stage.journal(),
        model=model,
        settings=stage.settings,
        person=person,
    )
