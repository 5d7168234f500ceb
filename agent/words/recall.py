"""Sentences of the area “recall”: what `wenqu review` asks, shows, counts and exports."""

from typing import Final, Literal

SENTENCES: Final[dict[str, dict[Literal["zh", "en"], str]]] = {
    "begin": {
        "zh": "到期 {due} 张，这次 {count} 张。先凭记忆写，再看当时的话。{commands}",
        "en": "Due: {due}, now: {count}. Write from memory first, then see what was said. {commands}",
    },
    "commands": {
        "zh": "/tell 想不起来，/skip 下次再问，/end 停下。",
        "en": "/tell you cannot recall it, /skip another time, /end stop.",
    },
    "retell": {
        "zh": "{question}\n（讲给没学过的人听，用自己的话。）",
        "en": "{question}\n(Tell it to somebody who never learnt it, in your own words.)",
    },
    "reanswer": {
        "zh": "{question}\n（这一题你当时改过想法。现在怎么说？）",
        "en": "{question}\n(You changed your mind on this one. What do you say now?)",
    },
    "answered": {
        "zh": "{date} 已经答过，还没有评：“{text}”",
        "en": "Answered on {date}, not graded yet: “{text}”",
    },
    "answered-nothing": {"zh": "{date} 没有想起来。", "en": "Not recalled on {date}."},
    "answer": {"zh": "当时得到的（{place}）：\n{text}", "en": "What was found then ({place}):\n{text}"},
    "beside": {
        "zh": "当初（{before_place}）：\n{before}\n\n现在：\n{now}\n\n后来的说法（{place}）：\n{text}",
        "en": "At first ({before_place}):\n{before}\n\nNow:\n{now}\n\nWhat it came to ({place}):\n{text}",
    },
    "nothing-now": {"zh": "（没有想起来）", "en": "(not recalled)"},
    "parroted": {
        "zh": "与当时的文字重合 {share}%：像是背下来的，默认记为困难。",
        "en": "{share}% of it stands there word for word: it may be learnt by heart, so Enter means hard.",
    },
    "judged": {"zh": "模型的看法：{grade}。{evidence}{missing}", "en": "The model: {grade}. {evidence}{missing}"},
    "judged-evidence": {"zh": "依据“{text}”。", "en": "Going by “{text}”. "},
    "judged-missing": {"zh": "还缺：{text}", "en": "Missing: {text}"},
    "unjudged": {"zh": "模型没有评：{reason}", "en": "The model did not judge: {reason}"},
    "grade": {
        "zh": "1 重来 2 困难 3 良好 4 容易（回车 = {default}）：",
        "en": "1 again 2 hard 3 good 4 easy (Enter = {default}): ",
    },
    "grade-1": {"zh": "重来", "en": "again"},
    "grade-2": {"zh": "困难", "en": "hard"},
    "grade-3": {"zh": "良好", "en": "good"},
    "grade-4": {"zh": "容易", "en": "easy"},
    "graded": {"zh": "{grade}；下次 {due}。", "en": "{grade}; next on {due}."},
    "end": {
        "zh": "这次评了 {count} 张：重来 {again}，困难 {hard}，良好 {good}，容易 {easy}。{rest}",
        "en": "Graded {count}: again {again}, hard {hard}, good {good}, easy {easy}. {rest}",
    },
    "rest": {"zh": "还有 {left} 张到期。", "en": "Still due: {left}."},
    "rest-none": {
        "zh": "今天没有到期的了，下一张在 {coming}。",
        "en": "Nothing more is due today; the next on {coming}.",
    },
    "rest-end": {"zh": "没有更多的卡了。", "en": "There are no more cards."},
    "none-due": {
        "zh": "没有到期的复习卡；共 {count} 张，下一张在 {coming}。",
        "en": "No card is due; of {count} the next is due on {coming}.",
    },
    "none-on-topic": {
        "zh": "没有与“{topic}”有关的复习卡；共 {count} 张。",
        "en": "No card is on “{topic}”; there are {count}.",
    },
    "no-cards": {
        "zh": "还没有复习卡：讨论（wenqu socratic）里想法改变之处会留下卡，也可以在讨论文档的“复习卡”一节里自己写（问：…答：…）。",
        "en": "No review cards yet: a discussion (wenqu socratic) leaves one where you changed your mind, and you may write your own under “Review cards” of a discussion document (Q: … A: …).",
    },
    "no-card-in": {
        "zh": "这篇里没有复习卡；要一篇有“复习卡”一节的讨论文档",
        "en": "it holds no review card; wanted is a discussion document with some",
    },
    "unread": {
        "zh": "{place} 这一条看不出问题和答案，没有算作复习卡。",
        "en": "{place} is no question with an answer, so it is no card.",
    },
    "stats-cards": {
        "zh": "复习卡 {cards} 张，到期 {due} 张，从没评过 {fresh} 张。",
        "en": "Cards: {cards}; due: {due}; never graded: {fresh}.",
    },
    "stats-reviews": {
        "zh": "复习 {reviews} 次，{days} 天；想起来的占 {retention}，最近 30 天 {recent}。",
        "en": "Reviews: {reviews}, on {days} {days:day|days}; recalled: {retention}, in the last 30 days {recent}.",
    },
    "stats-chance": {
        "zh": "现在去考，预计想得起 {expected}（模型的目标是 90%）。",
        "en": "Asked now, {expected} of them would be recalled (the model of forgetting aims at 90%).",
    },
    "stats-forecast": {"zh": "以后 {days} 天到期：", "en": "Due in the next {days} {days:day|days}:"},
    "stats-later": {"zh": "更晚 {count} 张", "en": "later: {count}"},
    "stats-unknown": {"zh": "还不知道", "en": "not known yet"},
}
