"""Sentences of the area “expansion”: what a job says while it runs, how an item ended, the sheets it leaves behind."""

from typing import Final, Literal

SENTENCES: Final[dict[str, dict[Literal["zh", "en"], str]]] = {
    "estimated": {
        "zh": "{path}：预计 {calls} 次请求，输入约 {input} token，输出约 {output} token{price}。",
        "en": "{path}: about {calls} requests, {input} tokens in, {output} tokens out{price}.",
    },
    "estimated-price": {
        "zh": "；约 {cost}（不用缓存约 {plain}）",
        "en": "; about {cost} ({plain} without the cache)",
    },
    "price": {"zh": "，{cost}", "en": ", {cost}"},
    "step-plan": {"zh": "计划{number}", "en": "the plan{number}"},
    "step-part": {"zh": "第 {number} 部分", "en": "part {number}"},
    "step-repair": {"zh": "第 {number} 部分的修改", "en": "the repair of part {number}"},
    "asking": {"zh": "正在写{step} …", "en": "writing {step} …"},
    "received": {
        "zh": "收到{step}：{tokens} token{price}，已存好",
        "en": "received {step}: {tokens} tokens{price}, saved",
    },
    "found": {
        "zh": "{step}上次已经收到，不再请求（{tokens} token{price}）",
        "en": "{step} was received earlier and is not asked for again ({tokens} tokens{price})",
    },
    "passed": {"zh": "检查通过", "en": "passed the check"},
    "so-far": {"zh": "目前写好的部分没有问题", "en": "the parts written so far hold up"},
    "not-passed": {
        "zh": "没有过关：{findings} 处不合标准（第 {parts} 部分）",
        "en": "rejected by the gate: {findings} findings (part {parts})",
    },
    "rejected": {
        "zh": "  第 {part} 部分第 {line} 行：{finding}",
        "en": "  part {part}, line {line}: {finding}",
    },
    "rejected-more": {"zh": "  ……另有 {count} 处", "en": "  … and {count} more"},
    "unplanned": {
        "zh": "两次都没有读到可用的计划；各部分照原文直接写",
        "en": "the plan could not be read twice; the parts are written without one",
    },
    "unrepaired": {
        "zh": "第 {part} 部分没有修改，照现状往下走：{problem}",
        "en": "part {part} stays as it is, and the job goes on: {problem}",
    },
    "broke-off": {"zh": "【回答在此中断】", "en": "[the reply broke off here]"},
    "written": {
        "zh": "{path} 已扩充并标为 completed。请人工核对 {review}，读完后在文件头加一行 read_by: 你的名字。",
        "en": "{path} is expanded and marked completed. Go through {review}; when you have read it, add read_by: your name to the front matter.",
    },
    "needs_review": {
        "zh": "{path} 还有 {findings} 处不合标准，原文和状态都没有动。草稿在 {draft}，待改之处在 {sheet}；改好后运行 wenqu expand --accept {path}。",
        "en": "{path} still has {findings} findings; the article and its status are untouched. The draft is {draft}, what to change is listed in {sheet}; edit it, then run wenqu expand --accept {path}.",
    },
    "failed": {
        "zh": "{problem}\n{path} 没有写完，原文和状态都没有动。写好的部分存为草稿 {draft}，其中 {findings} 处不合标准，见 {sheet}。再次运行会接着写；想从头再来（例如换了模型），加上 --fresh。",
        "en": "{problem}\n{path} is not finished; the article and its status are untouched. What was written is kept as the draft {draft}, its {findings} findings in {sheet}. Run again to go on from there, or with --fresh to start over (with another model, say).",
    },
    "skipped-no-article": {
        "zh": "{path} 不是文章（不是 .md，或文件头里没有 status），已跳过。",
        "en": "{path} is no article (not .md, or no status in its front matter); skipped.",
    },
    "skipped-passed": {
        "zh": "{path} 已经完成，并且符合标准，已跳过。",
        "en": "{path} is completed and meets the standard; skipped.",
    },
    "skipped-expanded": {
        "zh": "{path} 已经有扩充内容，为免覆盖已跳过。用 wenqu check {path} 看它缺什么。",
        "en": "{path} already has an expansion, which is not to be overwritten; skipped. See what it lacks with: wenqu check {path}",
    },
    "skipped-original": {
        "zh": "{path} 的原文与 git 里最早的版本不同，请先找回原文；已跳过。",
        "en": "The original text of {path} differs from its earliest version in git; restore it first. Skipped.",
    },
    "skipped-duplicate": {
        "zh": "{path} 与 {other} 是同一篇文章（来源编号相同），已跳过。",
        "en": "{path} is the same article as {other} (same archive number); skipped.",
    },
    "ceiling": {
        "zh": "已花费 {spent}，下一次请求可能超过上限 {ceiling}，到此为止。已收到的都存好了，提高 --max-cost 再运行即可接着写。",
        "en": "{spent} spent; the next request could pass the ceiling of {ceiling}, so the job stops here. Everything received is saved: run again with a higher --max-cost to go on.",
    },
    "findings-top": {
        "zh": "# 待改之处\n\n文章 {path} 的草稿 {draft} 有 {count} 处不合标准。行号是草稿的行号。\n\n改好草稿后运行：`wenqu expand --accept {path}`",
        "en": "# What to change\n\nThe draft {draft} of {path} has {count} findings. Line numbers are those of the draft.\n\nWhen the draft is mended, run: `wenqu expand --accept {path}`",
    },
    "findings-grouped": {
        "zh": "问题很多，下面按规则归类，最要紧的在前。",
        "en": "There is much to change; it is put together by rule, the most important first.",
    },
    "findings-rule": {"zh": "## {rule}（{count}）", "en": "## {rule} ({count})"},
    "findings-more": {
        "zh": "- ……另有 {count} 处，在这些行：{lines}",
        "en": "- … and {count} more, in lines {lines}",
    },
    "findings-unfinished": {
        "zh": "<!-- 草稿没有写完；只要它未经改动，下一次运行就会更新它。sha256：{sha256} -->",
        "en": "<!-- This draft is not finished; unless it is edited, the next run renews it. sha256: {sha256} -->",
    },
    "review-top": {
        "zh": "# 核对单\n\n文章 {path}，标准 {standard}，{today}。\n\n程序只查得出格式和数量，下面这些要人来看。行号是文章的行号。读完后在文章的文件头加一行 `read_by: 你的名字`。",
        "en": "# Review sheet\n\nArticle {path}, standard {standard}, {today}.\n\nThe program can check form and counts; these need a human eye. Line numbers are those of the article. When you have read it, add a line `read_by: your name` to its front matter.",
    },
    "review-estimates": {"zh": "估计的数字（{count}）", "en": "Estimated numbers ({count})"},
    "review-references": {"zh": "待核的文献与史实（{count}）", "en": "References and dates to verify ({count})"},
    "review-steps": {"zh": "写作时最没有把握的步骤（{count}）", "en": "Steps the writer trusted least ({count})"},
    "review-nothing": {"zh": "没有。", "en": "None."},
    "review-more": {"zh": "- ……另有 {count} 处", "en": "- … and {count} more"},
}
