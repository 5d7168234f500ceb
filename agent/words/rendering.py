"""What a rendered note says in place of what could not be shown as it was written."""

from typing import Final, Literal

SENTENCES: Final[dict[str, dict[Literal["zh", "en"], str]]] = {
    "formula": {"zh": "这个公式排不出来：{reason}", "en": "this formula cannot be set: {reason}"},
    "reason": {"zh": "{problem:compiler}", "en": "{problem:compiler}"},
    "fault": {"zh": "编译器的话：{words}", "en": "{words}"},
    "fault-in-macro": {"zh": "宏 {name}：{problem:compiler}", "en": "macro {name}: {problem:compiler}"},
    "fault-near": {"zh": "在“{near}”处，{told}", "en": "at “{near}”, {told}"},
    "fault-command": {
        "zh": "没有 \\{what} 这个命令（函数名写成 \\operatorname{{{what}}}）",
        "en": "there is no command \\{what} (the name of a function is \\operatorname{{{what}}})",
    },
    "fault-sign": {"zh": "没有 {what} 这个命令", "en": "there is no command {what}"},
    "fault-name": {"zh": "{what} 只能由英文字母组成", "en": "{what} must be made of letters alone"},
    "fault-environment": {"zh": "没有 {what} 这个环境", "en": "there is no environment {what}"},
    "fault-color": {"zh": "没有叫“{what}”的颜色", "en": "there is no colour “{what}”"},
    "fault-brace": {
        "zh": "有花括号没有闭合（百分号要写成 \\%）",
        "en": "a brace is not closed (a per cent sign is \\%)",
    },
    "fault-unclosed": {"zh": "到结尾也没有等到 {what}", "en": "it ends without {what}"},
    "fault-surplus": {
        "zh": "多了一个 {what}，或它前面有花括号没有闭合",
        "en": "one {what} too many, or a brace before it is not closed",
    },
    "fault-other-end": {"zh": "该是 {what} 的地方是 {found}", "en": "{found} stands where {what} should"},
    "fault-argument": {
        "zh": "有一个命令、上标或下标后面缺内容",
        "en": "nothing follows a command, a ^ or a _ that needs it",
    },
    "fault-twice": {
        "zh": "同一个符号有两个上标或两个下标；用花括号分开",
        "en": "one symbol has two superscripts or two subscripts; braces keep them apart",
    },
    "fault-place": {"zh": "{what} 不能用在这里", "en": "{what} cannot stand here"},
    "fault-bracket": {"zh": "{what} 后面要有一个括号", "en": "a bracket must follow {what}"},
    "fault-text-mode": {
        "zh": "\\text{{…}} 里有只能用在公式里的东西（下划线要写成 \\_）",
        "en": "\\text{{…}} holds what only formulas may (an underscore is \\_)",
    },
    "fault-math-mode": {"zh": "有只能用在 \\text{{…}} 里的东西", "en": "it holds what only \\text{{…}} may"},
    "fault-dollar": {
        "zh": "\\text{{…}} 里的 $ 不成对，或套得太深；把公式移到 \\text{{…}} 外面",
        "en": "a $ in \\text{{…}} has no partner or is too deep; move the formula out of it",
    },
    "fault-hash": {"zh": "# 要写成 \\#", "en": "a # is written \\#"},
    "fault-plain": {"zh": "这里只能写英文字母和数字", "en": "only plain letters and digits may stand here"},
    "fault-not": {"zh": "\\not 后面要有一个关系符号", "en": "a relation must follow \\not"},
    "fault-endless": {
        "zh": "自定义的命令展开得太多，也许用到了它自己",
        "en": "commands of your own expand too often, perhaps into themselves",
    },
    "fault-openings": {"zh": "花括号和命令太多", "en": "too many braces and commands"},
    "fault-delimiters": {"zh": "要写成 {what}", "en": "write it as {what}"},
    "brackets": {"zh": "同时打开的括号太多", "en": "too many brackets are open at once"},
    "image": {"zh": "图片不在这里：{name}", "en": "image not here: {name}"},
    "remote-image": {"zh": "外部图片：{name}", "en": "image elsewhere: {name}"},
    "link": {"zh": "链接的目标不在这里：{target}", "en": "what this link leads to is not here: {target}"},
    "back": {"zh": "回到正文", "en": "back to the text"},
    "note": {"zh": "说明", "en": "Note"},
    "tip": {"zh": "提示", "en": "Tip"},
    "important": {"zh": "重要", "en": "Important"},
    "warning": {"zh": "注意", "en": "Warning"},
    "caution": {"zh": "当心", "en": "Caution"},
    "anchor": {"zh": "本页没有这个位置：{target}", "en": "there is no such place on this page: {target}"},
}
