"""What each rule of the gate found, and what to do: one sentence per rule name."""

from typing import Final, Literal

SENTENCES: Final[dict[str, dict[Literal["zh", "en"], str]]] = {
    "part-missing": {"zh": "缺少“{wanted}”这一部分。", "en": "The part “{wanted}” is missing."},
    "part-duplicate": {
        "zh": "“{found}”出现了不止一次，请合并。",
        "en": "“{found}” occurs more than once; merge them.",
    },
    "part-order": {
        "zh": "各部分的顺序是 {found}，应为 {wanted}。",
        "en": "The parts stand in the order {found}; it should be {wanted}.",
    },
    "pasted-twice": {
        "zh": "扩充内容有 {found} 的长行重复出现，像是粘贴了两遍；请删去一份。",
        "en": "{found} of the long lines of the expansion occur twice, as if it had been pasted twice; remove one copy.",
    },
    "original-lost": {
        "zh": "原文保留了 {found}，应为 {wanted}；用 wenqu restore 从 git 找回。",
        "en": "{found} of the original is kept, it should be {wanted}; bring the rest back from git with wenqu restore.",
    },
    "original-altered": {
        "zh": "原文有改动：保留了 {found}，应为 {wanted}；用 wenqu restore 找回，或用 wenqu original 认可。",
        "en": "The original was changed: {found} is kept, it should be {wanted}; bring it back with wenqu restore, or accept it with wenqu original.",
    },
    "stub-left": {"zh": "占位句“{found}”还在，请删去。", "en": "The stub “{found}” is still there; remove it."},
    "formula-broken": {
        "zh": "公式 {found} 无法编译：{wanted:compiler}。",
        "en": "The formula {found} does not compile: {wanted:compiler}.",
    },
    "dollar-unpaired": {
        "zh": "“{found}”：$ 不成对，可能漏写了一个（不是公式的 $ 写成 \\$）。",
        "en": "“{found}”: a $ has no partner, or the wrong one; one may be missing (write \\$ for one that is no formula's).",
    },
    "tag-repeated": {"zh": "编号 {found} 重复使用。", "en": "The number {found} is given twice."},
    "box-unclosed": {"zh": "{found} 没有对应的 {wanted}。", "en": "{found} has no matching {wanted}."},
    "fence-unclosed": {"zh": "代码块 {found} 没有结束。", "en": "The code block {found} never ends."},
    "bad-character": {
        "zh": "有损坏的字符 {found}，请补上原来的字。",
        "en": "A damaged character {found} stands here; put the right one back.",
    },
    "front-matter-invalid": {
        "zh": "文件头读不出来，在“{found}”这里：{wanted}。",
        "en": "The front matter cannot be read, at “{found}”: {wanted}.",
    },
    "front-matter-unclosed": {
        "zh": "文件头以 {found} 开始，却没有结束；请在它的最后一行下面补一行 {wanted}。",
        "en": "The front matter begins with {found} and never ends; add the line {wanted} below its last one.",
    },
    "file-empty": {
        "zh": "这个文件是空的；写上内容，或删去它。",
        "en": "This file is empty; write it, or remove it.",
    },
    "too-few-formulas": {
        "zh": "独立公式 {found} 个，需要至少 {wanted} 个。",
        "en": "{found} display formulas, at least {wanted} are needed.",
    },
    "too-few-lines": {
        "zh": "这一部分共 {found} 行，需要至少 {wanted} 行。",
        "en": "This part has {found} lines, at least {wanted} are needed.",
    },
    "too-few-filled-lines": {
        "zh": "这一部分除去空行有 {found} 行，需要至少 {wanted} 行。",
        "en": "This part has {found} lines that are not blank, at least {wanted} are needed.",
    },
    "too-few-added-lines": {
        "zh": "扩充内容共 {found} 行，需要至少 {wanted} 行。",
        "en": "The expansion has {found} lines, at least {wanted} are needed.",
    },
    "too-few-subsections": {
        "zh": "扩充内容有 {found} 个小节，需要至少 {wanted} 个。",
        "en": "The expansion has {found} subsections, at least {wanted} are needed.",
    },
    "code-missing": {
        "zh": "可运行的代码块 {found} 个，需要至少 {wanted} 个：代码块要标明语言并且结束。",
        "en": "{found} blocks of code that can be run, at least {wanted} are needed: fences that name a language and end.",
    },
    "too-few-boxes": {
        "zh": "提示框有 {found} 种，需要至少 {wanted} 种。",
        "en": "{found} kinds of boxes, at least {wanted} are needed.",
    },
    "too-few-analogies": {
        "zh": "类比 {found} 个，需要至少 {wanted} 个。",
        "en": "{found} analogies, at least {wanted} are needed.",
    },
    "too-few-flaws": {
        "zh": "缺陷分析 {found} 个，需要至少 {wanted} 个。",
        "en": "{found} flaws, at least {wanted} are needed.",
    },
    "too-few-optimisations": {
        "zh": "优化方向 {found} 个，需要至少 {wanted} 个。",
        "en": "{found} optimisations, at least {wanted} are needed.",
    },
    "table-missing": {
        "zh": "缺少对比表（现有 {found} 个，需要 {wanted} 个）。",
        "en": "The comparison table is missing ({found} of {wanted}).",
    },
    "too-few-directions": {
        "zh": "研究方向 {found} 个，需要至少 {wanted} 个。",
        "en": "{found} research directions, at least {wanted} are needed.",
    },
    "field-missing": {"zh": "{found} 缺少“{wanted}”。", "en": "{found} lacks “{wanted}”."},
    "box-missing": {"zh": "这一部分缺少 {wanted}。", "en": "This part lacks {wanted}."},
    "number-unmarked": {
        "zh": "“{found}”里的数字没有标明来历，请注明（推导：由什么）、（出处：哪一句）、（估计：什么假设）或（目标）；光写“推导”“见上”“典型设置下”不算。写不出来历，就删去数字，改成量级或不等式。",
        "en": "The number in “{found}” does not say where it comes from; mark it (derived: from what), (source: which sentence), (estimate: assuming what) or (target); “derived”, “see above” or “typical settings” alone is not enough. Where it has no origin, give an order of magnitude or an inequality instead.",
    },
    "experiment-claimed": {
        "zh": "“{found}”声称做过实验却没有出处；请给出处，或改成推导，或改成还没有做的设计，不留结果。",
        "en": "“{found}” claims an experiment without a source; name the source, derive instead, or design one not yet done, without results.",
    },
    "placeholder": {
        "zh": "“{found}”代替了应有的内容，请补全。",
        "en": "“{found}” stands in place of content; write it out.",
    },
    "copied-from-original": {
        "zh": "这句话抄自原文：“{found}”；删去它，用半句话指明它在原文的位置。",
        "en": "This sentence is copied from the original: “{found}”; remove it and point to its place in half a sentence.",
    },
    "padding": {
        "zh": "“{found}”没有说出任何内容；删去它，或换成具体的话。",
        "en": "“{found}” says nothing; remove it, or say something definite.",
    },
    "step-asserted": {
        "zh": "“{found}”代替了理由；写出这一步为什么成立。",
        "en": "“{found}” stands in place of a reason; say why this step holds.",
    },
    "formula-without-words": {
        "zh": "公式 {found} 与上一个公式之间没有一个字；写明这一步做了什么、凭什么可以做。",
        "en": "No words stand between the formula {found} and the one before; say what the step does and why it is allowed.",
    },
    "sum-wrong": {
        "zh": "{found} 不成立（左边是 {wanted}）；重算，改掉错的那一边和由它得出的话。",
        "en": "{found} does not hold (the left side is {wanted}); compute it again, mend the wrong side and what was"
        " concluded from it.",
    },
    "sentence-repeated": {
        "zh": "“{found}”前面已经说过；删去它，或只指出那一处。",
        "en": "“{found}” has been said before; remove it, or point to that place.",
    },
    "reference-unverified": {
        "zh": "“{found}”不在原文里，也没有标明（{wanted}）；标上，或删去。",
        "en": "“{found}” does not stand in the original and is not marked ({wanted}); mark it, or remove it.",
    },
    "section-unknown": {
        "zh": "没有 {found} 这一节（最后是 {wanted}）；改成真正的节号。",
        "en": "There is no section {found} (the last one is {wanted}); name the right one.",
    },
    "equation-unknown": {
        "zh": "没有哪个式子的编号是 {found}；照推导里的编号改正，没有编号的就说是哪一节的什么式。",
        "en": "No formula bears the number {found}; take the right one from the derivation, or where none is numbered say"
        " which formula of which section.",
    },
    "item-unknown": {
        "zh": "没有“{found}”（这一类只到“{wanted}”）；改成真有的编号。",
        "en": "There is no “{found}” (the last of its kind is “{wanted}”); name one that is there.",
    },
    "figure-unknown": {
        "zh": "“{found}”指的图原文里没有，新写的文字也不放图；改成用话说明，或指到式子、表。",
        "en": "“{found}” points to a figure the article does not have, and new text holds none; say it in words, or point to a formula or table.",
    },
    "part-unconnected": {
        "zh": "“{found}”没有提到推导的任何一节（如 {wanted}）；指出它谈的是哪一节的结论。",
        "en": "“{found}” names no section of the derivation (such as {wanted}); say which result it is about.",
    },
    "item-ungrounded": {
        "zh": "“{found}”换一篇文章也成立：没有指明本文的任何一节、一个式子或一个假设；换成从其中之一出发的。",
        "en": "“{found}” would fit any article: it names no section, formula or assumption of this one; start from one of these.",
    },
    "question-unasked": {
        "zh": "“{found}”不是问句；写成能被回答的问题，以“{wanted}”结尾。",
        "en": "“{found}” asks nothing; write a question that can be answered, ending in “{wanted}”.",
    },
    "target-vague": {
        "zh": "“{found}”看不出做到没有；写出看什么、到什么地步算做到。",
        "en": "Nobody can see whether “{found}” was met; say what is looked at, and how far it must come.",
    },
    "source-unfounded": {
        "zh": "这里写着（{wanted}），可是原文里没有 {found}；引文照抄原话，或去掉引号转述；数字写明由什么推出、是谁的估计；或删去。",
        "en": "Here stands ({wanted}), but the article has no {found}; quote it word for word, or without quotation marks say what it means; of a number say what it is derived from, or mark it as an estimate; or remove it.",
    },
    "copied-from-example": {
        "zh": "“{found}”是写作要求里的原话；换成谈这篇文章的话。",
        "en": "“{found}” stands word for word in the instructions; say what holds of this article.",
    },
    "markup-unsafe": {
        "zh": "{found} 能在网页上执行代码、从别处取东西或改变页面，或不是新写的文字里能用的标签；删去它，要照样显示就放进反引号。",
        "en": "{found} can run code, fetch something or change the page where it is read, or is no tag for new text; remove it, or put it in backticks to show it as it is.",
    },
    "comment-left": {
        "zh": "{found} 是注释的开头或结尾，新写的文字里不留注释；删去它。存疑写成 <!-- 存疑：…… -->，中间不空行；是箭头就写 →。",
        "en": "{found} begins or ends a comment, and new text keeps none; remove it. A doubt is <!-- doubt: … -->, without a"
        " blank line in it; an arrow is →.",
    },
    "text-hidden": {
        "zh": "{found} 读者在网页上看不见，或看不见它带的字；删去它。",
        "en": "The reader of the page does not see {found}, or the words that it holds; remove it.",
    },
    "not-for-readers": {
        "zh": "“{found}”是给模型或程序看的，不是写给读者的；删去它。",
        "en": "“{found}” is meant for a model or for the program, not for the reader; remove it.",
    },
    "link-foreign": {
        "zh": "{found} 是原文里没有的网址、路径或联系方式；删去它，要说什么就直接说。",
        "en": "{found} is an address, a path or a number to call that the original does not have; remove it, and say in words what is meant.",
    },
    "formula-defines": {
        "zh": "公式里的 {found} 会改变这一页后面公式的意思或编号；删去它，把式子直接写出来。",
        "en": "{found} changes what later formulas of the page mean, or their numbers; remove it and write out the formula.",
    },
    "other-subject": {
        "zh": "新写的内容像是在谈别的：原文反复用到的词里只有 {found} 出现在其中（如 {wanted}）。这份不要，加上 --fresh 重新写。",
        "en": "The new text seems to be about something else: of the words the article comes back to, {found} stand in it ({wanted}). Do not use it; have it written anew with --fresh.",
    },
    "key-shown": {
        "zh": "这里有（或有过）一个密钥：{found}；删去这一句。像是原文叫模型说出来的，请看看原文。",
        "en": "A key stands here, or stood: {found}; remove the sentence. The article seems to ask the model for it: look there.",
    },
    "date-conflict": {
        "zh": "文件头的日期是“{found}”，文末引用写的是 {wanted}；哪个对，请自己定。",
        "en": "The front matter says “{found}”, the citation at the end {wanted}; decide which is right.",
    },
    "title-conflict": {
        "zh": "标题是“{found}”，文末引用写的是“{wanted}”；哪个对，请自己定。",
        "en": "The title is “{found}”, the citation at the end says “{wanted}”; decide which is right.",
    },
    "citation-conflict": {
        "zh": "文末引用属于另一篇文章（archives/{found}，本文是 archives/{wanted}），未采用。",
        "en": "The citation at the end is another article's (archives/{found}, this one is archives/{wanted}); not used.",
    },
    "element-missing": {
        "zh": "没有记录“{wanted}”：没有这样的小节或标签。",
        "en": "{wanted} is not recorded: there is no section or label for it.",
    },
    "quotation-unfounded": {
        "zh": "引文“{found}”在记录里找不到原话。",
        "en": "The quotation “{found}” does not stand in the record.",
    },
    "quotation-redacted": {
        "zh": "引文“{found}”已从会话记录里删去，这里还留着：wenqu apply 会删去它；那里没有这一项，就自己改掉。",
        "en": "The quotation “{found}” was taken out of the session's record and still stands here: wenqu apply takes it out; if nothing is put off there, do it by hand.",
    },
    "quotation-unrecorded": {
        "zh": "引文“{found}”不在这里的任何一份讨论记录里；这次讨论若没有留下记录，就无从核对。",
        "en": "The quotation “{found}” stands in none of the records here; where no record of the discussion was kept, it cannot be verified.",
    },
    "card-section-missing": {
        "zh": "卡片缺少“{wanted}”一节。",
        "en": "The card has no section {wanted}.",
    },
    "card-section-twice": {"zh": "“{found}”一节出现两次。", "en": "The section {found} stands twice."},
    "card-section-order": {
        "zh": "从“{found}”起，各节的次序与卡片的不同。",
        "en": "From {found} on the sections stand in another order than a card's.",
    },
    "card-empty": {"zh": "“{found}”一节还没有填。", "en": "The section {found} is still to be filled in."},
    "card-question": {
        "zh": "复习卡读不出问和答：“{found}”。",
        "en": "No question with an answer can be read: “{found}”.",
    },
    "card-source-missing": {
        "zh": "来源 {found} 不在工作区里，出自它的句子没有核对。",
        "en": "The source {found} is not there; what rests on it was not held against it.",
    },
    "card-unplaced": {
        "zh": "“{found}”既没有出处，也没有标（待核）。",
        "en": "“{found}” names no place and is not marked (to verify).",
    },
    "card-unfounded": {
        "zh": "来源里没有：{found}。核对后改正，或标（待核）。",
        "en": "The sources do not say: {found}. Correct it, or mark it (to verify).",
    },
    "name-rule": {
        "zh": "名字 {found} 不合命名约定 {wanted}。",
        "en": "The name {found} does not follow the rule {wanted}.",
    },
    "place-rule": {"zh": "{found} 应放在 {wanted} 里。", "en": "{found} belongs in {wanted}."},
    "link-broken": {
        "zh": "{found} 在这个工作区里没有对应的文件。",
        "en": "{found} leads to no file of this workspace.",
    },
    "anchor-missing": {
        "zh": "{found} 里 # 后面的标题或锚点不存在。",
        "en": "{found} leads to a heading or anchor that is not there.",
    },
    "original-truncated": {
        "zh": "原文在“{found}”处断了；请从出处补全，再标为 completed。",
        "en": "The original breaks off at “{found}”; complete it from its source before it is marked completed.",
    },
    "date-missing": {
        "zh": "文件头没有日期：补上一行 date: {wanted}，有空的 date: 就填在那里",
        "en": "The front matter has no date: add the line date: {wanted}, or fill in the one that is empty",
    },
    "title-truncated": {
        "zh": "标题“{found}”不完整，文末引用写的是“{wanted}”。",
        "en": "The title “{found}” is cut; the citation at the end says “{wanted}”.",
    },
    "status-unknown": {
        "zh": "status “{found}”既不算完成，也不算待扩充；应是这两个之一：{wanted}。",
        "en": "The status “{found}” counts neither as done nor as waiting; write one of {wanted}.",
    },
    "standard-older": {
        "zh": "这篇文章是按 {found} 完成的；现行标准是 {wanted}。通过检查后用 wenqu mark 更新。",
        "en": "Completed under {found}; the standard in force is {wanted}. Once it passes, wenqu mark records it.",
    },
    "duplicate-article": {
        "zh": "与 {wanted} 是同一篇文章（archives/{found}）；请只留一份。",
        "en": "The same article as {wanted} (archives/{found}); keep one of them.",
    },
    "other-language": {
        "zh": "扩充是用另一种语言（{found}）写的；这个工作区用的是 {wanted}，要用它重写。",
        "en": "The expansion is written in another language ({found}); that of this workspace is {wanted}: write it all in that.",
    },
    "duplicate-expansion": {
        "zh": "扩充内容有 {found} 的长行也在 {wanted} 里；两篇不同的文章不该有相同的扩充。",
        "en": "{found} of the long lines of the expansion stand in {wanted} too; two articles should not share one.",
    },
}
