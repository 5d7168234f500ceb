"""What a good questioner asks for each move, and the long way round."""

from collections.abc import Mapping
from typing import Final

from agent.socratic.values import Move
from agent.words import Language

QUESTIONS: Final[Mapping[Language, Mapping[Move, tuple[str, str]]]] = {
    "zh": {
        "grounds": ("你凭什么相信「{q}」？", "有什么数据能支撑「{q}」？"),
        "climb": ("由「{q}」能推出什么新的结论？", "「{q}」在哪里会失效？"),
        "own_words": ("不用书上的话，「{q}」你会怎么讲给新同事？", "「{q}」能换成生活里的一件事来说吗？"),
        "missing_link": ("「{q}」这一点成立，它是怎样引出结果的？", "从「{q}」走到最后，中间隔着什么？"),
        "counter_case": ("先预测一下：{m}，这和「{q}」怎样才能对上？", "「{q}」要是成立，你预测下一次测量会看到什么？"),
        "locate": ("先预测，再对照：{m}。「{q}」还站得住吗？", "说到「{q}」，你心里默认了什么？"),
        "prerequisite": ("先放下「{q}」：{m}", "换个更小的问题，与「{q}」有关：{m}"),
        "side_by_side": ("你先前讲「{e}」，现在讲「{q}」，该改的是哪句？", "「{e}」和「{q}」放在一起，哪句站得住？"),
        "prior_knowledge": ("你最近碰到的、最像这件事的情形是什么？", "这里面有哪个词是你早就熟悉的？"),
        "product": ("你能自己写一句完整的话吗？", "随手举个例子，会是什么样的？"),
        "fact": (
            "这个手边没有来源，先记着；「{q}」会怎样影响这里的答案？",
            "这个要查；先说说「{q}」和眼前的问题哪里相关？",
        ),
        "hint": ("{m}——「{q}」该怎么改？", "再看看「{q}」这里，哪个字最松？"),
        "assert": ("已经知道：{m}。那么「{q}」该怎么改？", "有一步是这样：{m}。「{q}」还差什么？"),
        "restate": ("合上笔记，整件事你会怎么从头讲？", "换一种讲法，把来龙去脉说完整会是怎样？"),
        "transfer": ("换个规模大得多的场面，你预测会怎样？", "若把其中一个条件反过来，你预测结果是什么？"),
        "discriminate": ("{m}", "再想一步：{m}"),
    },
    "en": {
        "grounds": ("What makes you believe that “{q}”?", "Which numbers could bear out “{q}”?"),
        "climb": ("What new conclusion does “{q}” lead to?", "Where would “{q}” break down?"),
        "own_words": (
            "Leaving the text aside, how would you put “{q}” to a newcomer?",
            "Which everyday thing could stand in for “{q}”?",
        ),
        "missing_link": (
            "“{q}” stands; by which road does it lead to the outcome?",
            "What lies between “{q}” and the end?",
        ),
        "counter_case": (
            "A prediction first: {m}; how would that fit “{q}”?",
            "If “{q}” held, what would you predict for the next measurement?",
        ),
        "locate": (
            "Hold your prediction against this: {m}. Does “{q}” survive?",
            "Saying “{q}”, what do you assume without saying it?",
        ),
        "prerequisite": ("Put “{q}” aside for a moment: {m}", "A smaller question around “{q}”: {m}"),
        "side_by_side": (
            "Then you said “{e}”, now “{q}”: which one must be corrected?",
            "“{e}” beside “{q}”: which one survives?",
        ),
        "prior_knowledge": (
            "Which recent thing you met resembles this most?",
            "Which word in here have you known for long?",
        ),
        "product": (
            "Could you write one full sentence of your own?",
            "What would an example off the top of your head be?",
        ),
        "fact": (
            "No source at hand, it is noted; how would “{q}” bear on the answer?",
            "That has to be looked up; where does “{q}” touch our question?",
        ),
        "hint": ("{m}; how should “{q}” be changed then?", "Look at “{q}” once more: which word is loose?"),
        "assert": (
            "This much is known: {m}. How does that change “{q}”?",
            "One step goes so: {m}. What does “{q}” still lack?",
        ),
        "restate": (
            "Notes closed: how would you tell the whole matter from the start?",
            "Told another way, how does the full story go?",
        ),
        "transfer": (
            "On a far larger scale, what do you predict?",
            "With one condition turned round, which outcome do you predict?",
        ),
        "discriminate": ("{m}", "One step on: {m}"),
    },
}
"""What a good questioner would ask for each move; with material the first, without it the second."""
LONG: Final[Mapping[Language, str]] = {
    "zh": "，请先不要急着回答，也不必担心说错，一边想一边把每个环节的来龙去脉、前因后果、主次轻重"
    "以及你当时的直觉都尽量完整地摆到桌面上来看一看好不好？",
    "en": ", and please take all the time you need to lay out every single part of it on the table together with your "
    "first hunch and all the doubts you may have had on the way, will you?",
}
QUOTED: Final[Mapping[Language, str]] = {"zh": "「{}」", "en": "“{}”"}
