"""What a standard demands: its measures, its fields, and what each rule of the gate asks for."""

from typing import Final, Literal

SENTENCES: Final[dict[str, dict[Literal["zh", "en"], str]]] = {
    "head": {
        "zh": "标准 {standard}（{others}）\n只量扩充的部分。下面的“错误”“警告”针对标为 completed 的文章，其他文章的问题一律算提示。数量是否达标，看 original-lost 以外的各项错误。",
        "en": "Standard {standard} ({others})\nOnly added text is measured. “Error” and “warning” are for articles marked completed; on any other, all of it is a note. The counts are met when none of the errors below stands, original-lost aside.",
    },
    "others": {"zh": "也有：{names}；用 --standard 选", "en": "others: {names}; choose with --standard"},
    "no-others": {"zh": "没有别的", "en": "there is no other"},
    "part": {"zh": "第{number}部分：{title}", "en": "Part {number}: {title}"},
    "whole": {"zh": "整篇", "en": "The whole article"},
    "strict": {
        "zh": "只对程序自己写的文字要求；加 --strict 时对别的扩充也要求",
        "en": "Asked only of what the program writes, and of any expansion under --strict",
    },
    "minimum": {"zh": "{name}：至少 {count}", "en": "{name}: at least {count}"},
    "measure-lines": {"zh": "行数", "en": "lines"},
    "measure-lines_nonblank": {"zh": "非空行数", "en": "lines that are not blank"},
    "measure-display_formulas": {"zh": "独立公式", "en": "display formulas"},
    "measure-tables": {"zh": "表格", "en": "tables"},
    "measure-added_lines": {"zh": "扩充的行数", "en": "added lines"},
    "measure-subsections": {"zh": "小节", "en": "subsections"},
    "measure-code_blocks": {"zh": "可运行的代码块", "en": "blocks of code that can be run"},
    "measure-box_kinds": {"zh": "提示框的种类", "en": "kinds of boxes"},
    "box": {"zh": '有一个 <div class="{name}">', "en": 'holds a <div class="{name}">'},
    "speaks": {"zh": "谈到“{name}”", "en": "speaks of “{name}”"},
    "fields": {"zh": "每个{name}写明：{fields}", "en": "each {name} has: {fields}"},
    "field-quantified": {"zh": "（数字标明来历）", "en": " (its numbers say where they come from)"},
    "field-formula": {"zh": "（有一个独立公式）", "en": " (with a display formula)"},
    "field-questions": {"zh": "（{count} 个编号的问题）", "en": " ({count} numbered questions)"},
    "rule-part-missing": {"zh": "每一部分都在", "en": "every part is there"},
    "rule-part-duplicate": {"zh": "每一部分只出现一次", "en": "each part occurs once"},
    "rule-pasted-twice": {"zh": "同一份扩充没有贴两遍", "en": "no expansion is pasted twice"},
    "rule-part-order": {"zh": "各部分按编号排列", "en": "the parts stand in their order"},
    "rule-stub-left": {"zh": "没有留下“TODO: 添加…”", "en": "no “TODO: Add …” is left"},
    "rule-formula-broken": {"zh": "每个公式都能编译", "en": "every formula compiles"},
    "rule-dollar-unpaired": {"zh": "$ 成对", "en": "every $ has its partner"},
    "rule-tag-repeated": {"zh": "\\tag 的编号不重复", "en": "no \\tag is given twice"},
    "rule-box-unclosed": {"zh": "<div> 成对", "en": "every <div> is closed"},
    "rule-fence-unclosed": {"zh": "代码块有结尾", "en": "every code block is closed"},
    "rule-bad-character": {"zh": "没有损坏的字符", "en": "no damaged character"},
    "rule-number-unmarked": {
        "zh": "要求量化的地方，每个数字标明来历：{marks}",
        "en": "where quantities are asked for, every number says where it comes from: {marks}",
    },
    "rule-experiment-claimed": {"zh": "不声称没有出处的实验", "en": "no experiment is claimed without a source"},
    "rule-placeholder": {
        "zh": "没有“此处省略”之类代替内容的话",
        "en": "nothing such as “details omitted” in place of content",
    },
    "rule-copied-from-original": {"zh": "长句不抄自原文", "en": "no long sentence is copied from the original"},
    "rule-padding": {"zh": "没有空话", "en": "no words that say nothing"},
    "rule-step-asserted": {"zh": "每一步都有理由", "en": "every step has its reason"},
    "rule-formula-without-words": {"zh": "相邻的公式之间有话", "en": "words stand between one formula and the next"},
    "rule-sum-wrong": {
        "zh": "数的等式和不等式都成立，注明由某个算式得来的数就是它算出来的",
        "en": "equalities and inequalities of numbers hold, and a number with its arithmetic is what that comes to",
    },
    "rule-sentence-repeated": {"zh": "同一句话不说两遍", "en": "no sentence is said twice"},
    "rule-reference-unverified": {
        "zh": "原文里没有的文献都标明待核",
        "en": "what is cited and not in the original is marked as to be verified",
    },
    "rule-too-few-filled-lines": {
        "zh": "要求的行数里不算空行",
        "en": "the lines that are asked for are not blank",
    },
    "rule-section-unknown": {"zh": "提到的小节都存在", "en": "every section that is referred to exists"},
    "rule-item-unknown": {
        "zh": "按编号提到的缺陷、优化、方向都存在",
        "en": "every flaw, optimisation and direction named by its number is there",
    },
    "rule-figure-unknown": {
        "zh": "按编号提到的图都在原文里",
        "en": "every figure named by its number is in the original",
    },
    "rule-equation-unknown": {
        "zh": "按编号引用的式子都有这个编号",
        "en": "every formula cited by a number bears it",
    },
    "rule-part-unconnected": {
        "zh": "谈到推导的部分指明是哪一节",
        "en": "a part that leans on the derivation names a section of it",
    },
    "rule-item-ungrounded": {
        "zh": "缺陷与方向指明本文的某一节、某个式子或假设",
        "en": "a flaw or direction names a section, formula or assumption of this article",
    },
    "rule-question-unasked": {"zh": "研究问题是问句", "en": "research questions are questions"},
    "rule-target-vague": {
        "zh": "目标与效果看得出做到没有",
        "en": "one can see whether a target or an effect was met",
    },
    "rule-source-unfounded": {
        "zh": "注明出处的数字、引作原文的话真在原文里",
        "en": "a number whose source is the article, and what it is quoted as saying, stand in it",
    },
    "rule-copied-from-example": {
        "zh": "没有照抄写作要求",
        "en": "nothing is copied from the instructions",
    },
    "rule-markup-unsafe": {
        "zh": "没有能执行代码、从别处取东西或改变页面的标记，标签只用来写方框和字的样子",
        "en": "no markup that runs code, fetches something or changes the page, and no tags but of boxes and single words",
    },
    "rule-comment-left": {"zh": "没有注释", "en": "no comment"},
    "rule-text-hidden": {"zh": "没有读者看不见的字", "en": "nothing that the reader does not see"},
    "rule-not-for-readers": {
        "zh": "没有对模型或程序说的话",
        "en": "no words to a model or to the program",
    },
    "rule-link-foreign": {
        "zh": "只链到原文链到的地方，不留联系方式",
        "en": "no link elsewhere that the original does not have, and no number to call",
    },
    "rule-formula-defines": {
        "zh": "公式不给别的公式下定义",
        "en": "no formula changes what another means",
    },
    "rule-other-subject": {
        "zh": "新写的内容谈的是这篇文章",
        "en": "what is written is about the article",
    },
    "rule-key-shown": {"zh": "没有密钥", "en": "no key of a model's service"},
    "rule-front-matter-invalid": {"zh": "文件头能读", "en": "the front matter can be read"},
    "rule-front-matter-unclosed": {"zh": "文件头有结尾", "en": "the front matter ends"},
    "rule-original-lost": {"zh": "原文的行至少六成还在", "en": "at least six tenths of the original's lines are there"},
    "rule-original-altered": {"zh": "原文没有改动", "en": "the original is unchanged"},
    "rule-original-truncated": {"zh": "原文没有断在半路", "en": "the original does not break off"},
    "rule-status-unknown": {
        "zh": "status 是 completed 或 pending（任何状态下都是警告）",
        "en": "the status is completed or pending (else a warning, whatever it is)",
    },
    "rule-date-missing": {"zh": "文件头有日期", "en": "the front matter has a date"},
    "rule-title-truncated": {"zh": "标题完整", "en": "the title is whole"},
    "rule-standard-older": {
        "zh": "completed 是按现行的标准得来的",
        "en": "completed was earned under the standard in force",
    },
    "rule-duplicate-article": {"zh": "同一篇文章只有一个文件", "en": "an article stands in one file"},
    "rule-other-language": {
        "zh": "扩充用工作区的语言写",
        "en": "the expansion is written in the language of the workspace",
    },
    "rule-duplicate-expansion": {
        "zh": "两篇文章的扩充不相同",
        "en": "no two articles share an expansion",
    },
}
