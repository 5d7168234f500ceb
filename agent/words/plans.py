"""Sentences of the area “plans”: the next batch of articles and a learner's plan."""

from typing import Final, Literal

SENTENCES: Final[dict[str, dict[Literal["zh", "en"], str]]] = {
    "listed": {
        "zh": "已列出、还没做完的批次：",
        "en": "Batches that are listed and not finished:",
    },
    "listed-batch": {
        "zh": "第 {number} 批  {done}/{total}{gone}  {place}",
        "en": "batch {number}  {done}/{total}{gone}  {place}",
    },
    "listed-gone": {"zh": "，{count} 篇没有文件", "en": ", {count} without a file"},
    "listed-step": {
        "zh": "接着做：wenqu expand --batch {number}",
        "en": "Go on with it: wenqu expand --batch {number}",
    },
    "next": {
        "zh": "建议的下一批（第 {number} 批）：{title}，{count} 篇",
        "en": "Proposed next, batch {number}: {title}, articles: {count}",
    },
    "next-article": {"zh": "{path}  {title}（{characters} 字）", "en": "{path}  {title} ({characters} characters)"},
    "others": {"zh": "其次：", "en": "After that:"},
    "other": {"zh": "{title}，{count} 篇：{why}", "en": "{title}, articles: {count}; {why}"},
    "nothing": {
        "zh": "没有可以新列的文章：待扩充 {waiting} 篇，已经列入批次，或在下面写着为什么不列入。",
        "en": "No article is left to plan: pending {waiting}, each listed already, or left out below with the reason.",
    },
    "nothing-waits": {"zh": "没有待扩充的文章。", "en": "No article waits to be expanded."},
    "no-articles": {"zh": "工作区里没有文章。", "en": "There are no articles in this workspace."},
    "why-series-ends": {
        "zh": "系列已完成 {done}/{total}，做完就完整了",
        "en": "of the series {done}/{total} are completed, and this is the rest",
    },
    "why-series-begun": {
        "zh": "系列已完成 {done}/{total}",
        "en": "of the series {done}/{total} are completed",
    },
    "why-series": {"zh": "一个系列，{total} 篇，完成 {done}", "en": "a series of {total}, {done} completed"},
    "why-missing": {
        "zh": "系列里没有文件的编号：{numbers}",
        "en": "numbers of the series without a file: {numbers}",
    },
    "why-topic": {
        "zh": "同一主题（标签）{total} 篇，已完成 {done}",
        "en": "one topic (tag), {total} articles, {done} completed",
    },
    "why-order": {
        "zh": "文档写明的顺序，从第 {number} 篇起（{place}）",
        "en": "the order that a document gives, from number {number} on ({place})",
    },
    "why-hot": {"zh": "近来在谈：{place}", "en": "under discussion: {place}"},
    "why-cited": {
        "zh": "已完成的文章 {count} 次引用它们",
        "en": "completed articles refer to them {count} times",
    },
    "why-label": {"zh": "理由", "en": "Why"},
    "estimate": {
        "zh": "估算：{calls} 次请求，输出 {output} token，{cost}，约 {minutes} 分钟（同时 {workers} 篇）",
        "en": "Estimate: {calls} requests, {output} tokens out, {cost}, about {minutes} minutes with {workers} articles at once",
    },
    "measured": {
        "zh": "按写成的 {count} 篇实测：每篇输出 {output} token、{each}，这一批约 {cost}",
        "en": "As measured on {count} written: {output} tokens out and {each} an article, so about {cost}",
    },
    "time": {"zh": "约 {minutes} 分钟（机器），{cost}", "en": "about {minutes} machine minutes, {cost}"},
    "duplicates": {"zh": "同一篇有几个文件（只算一篇）：", "en": "One article in several files (counted once):"},
    "left-out": {"zh": "不列入：", "en": "Left out:"},
    "out-excluded": {"zh": "设置里排除了", "en": "excluded in the settings"},
    "out-broken": {"zh": "文件头读不了", "en": "its front matter cannot be read"},
    "out-empty": {"zh": "还没有正文", "en": "it has no text yet"},
    "out-alone": {
        "zh": "不在任何系列里，也没有另一篇待扩充的文章与它同标签",
        "en": "in no series, and no other waiting article bears its tags",
    },
    "out-general": {
        "zh": "不在任何系列里，它的标签又有太多文章都带着，分不出主题；用 wenqu expand 写出它的名字",
        "en": "in no series, and too many articles bear its tags to make a topic; name it to wenqu expand",
    },
    "out-goal": {"zh": "文档写明不做（{place}）", "en": "a document says it is no goal ({place})"},
    "more": {"zh": "另有 {count}", "en": "more: {count}"},
    "why-write": {"zh": "列入第 {number} 批：{title}", "en": "batch {number}: {title}"},
    "no-such-group": {"zh": "没有这样的系列或主题；有 {known}", "en": "no such series or topic; there are {known}"},
    "no-place": {
        "zh": "没有文档列出带文章的批次，不知道写成什么样子；先在进度文档里写一个“第1批次”和它的文章列表。",
        "en": "No document lists a batch with its articles, so there is no shape to follow; write a “Batch 1” with its list of articles into the progress document first.",
    },
    "learning": {"zh": "学习计划（{path}）", "en": "Learner's plan ({path})"},
    "week-dates": {"zh": "  {begins} 至 {ends}", "en": "  {begins} to {ends}"},
    "week-none": {"zh": "没有排进哪一周", "en": "in no week"},
    "week-late": {"zh": "  已过 {days} 天", "en": "  {days} {days:day|days} over"},
    "week-lecture": {
        "zh": "Lecture {number:02} {title}：笔记 {notes}，问题 {done}/{questions}{rows}",
        "en": "Lecture {number:02} {title}: notes {notes}, questions {done}/{questions}{rows}",
    },
    "week-rows": {"zh": "，任务 {done}/{total}", "en": ", tasks {done}/{total}"},
    "behind": {
        "zh": "落后：到今天应学完 {wanted} 讲，有笔记的 {held} 讲；{count} 讲还没有笔记：{names}",
        "en": "Behind: by today lectures planned: {wanted}, with notes: {held}; without notes {count}: {names}",
    },
    "none-wanted": {"zh": "到今天还没有到期的周。", "en": "No week of the plan has ended yet."},
    "on-time": {
        "zh": "没有落后：到今天应学完 {wanted} 讲，都有笔记了。",
        "en": "On time: lectures planned by today: {wanted}, all of them have notes.",
    },
    "pace": {
        "zh": "实际速度：{days} 天 {held} 讲；照此全部 {total} 讲约在 {ends} 学完（计划 {planned}）。",
        "en": "Measured pace: {held} lectures in {days} days; so all {total} would be done about {ends} (planned {planned}).",
    },
    "no-dates": {
        "zh": "计划里没有写日期，看不出是否落后。",
        "en": "The plan names no dates, so nobody can say what is behind.",
    },
}
