"""What a rendered note says in place of what could not be shown as it was written."""

from typing import Final, Literal

SENTENCES: Final[dict[str, dict[Literal["zh", "en"], str]]] = {
    "formula": {"zh": "这个公式排不出来：{reason}", "en": "this formula cannot be set: {reason}"},
    "fault": {"zh": "编译器的话：{words}", "en": "{words}"},
    "fault-command": {"zh": "没有 {what} 这个命令", "en": "there is no command {what}"},
    "fault-environment": {"zh": "没有 {what} 这个环境", "en": "there is no environment {what}"},
    "fault-color": {"zh": "没有叫“{what}”的颜色", "en": "there is no colour “{what}”"},
    "fault-unclosed": {"zh": "到结尾也没有等到 {what}", "en": "it ends without {what}"},
    "fault-surplus": {
        "zh": "多了一个 {what}，前面没有与它成对的",
        "en": "one {what} too many: nothing before it is open",
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
    "fault-text-mode": {"zh": "\\text{{…}} 里有只能用在公式里的东西", "en": "\\text{{…}} holds what only formulas may"},
    "fault-math-mode": {"zh": "有只能用在 \\text{{…}} 里的东西", "en": "it holds what only \\text{{…}} may"},
    "fault-openings": {"zh": "花括号和命令太多", "en": "too many braces and commands"},
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
