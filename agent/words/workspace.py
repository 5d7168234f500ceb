"""What `wenqu.toml` says about itself, and the note about settings that a workspace may not make."""

from typing import Final, Literal

SENTENCES: Final[dict[str, dict[Literal["zh", "en"], str]]] = {
    "setting-ignored": {
        "zh": "{path} 里的 {setting} 未被采用：凭据、模型地址和模型命令只能来自命令行、环境变量或用户自己的设置文件。",
        "en": "{setting} in {path} was ignored: credentials, model addresses and model commands come only from the command "
        "line, the environment or the user's own settings file.",
    },
    "setting-near": {
        "zh": "没有 {name} 这一项；是不是 {near}？",
        "en": "there is no setting {name}; did you mean {near}?",
    },
    "setting-unknown": {
        "zh": "没有 {name} 这一项；有的是：{known}",
        "en": "there is no setting {name}; there are: {known}",
    },
    "setting-outside": {
        "zh": "{name} = {value} 不在工作区里；从工作区写起，不能以 / 开头，也不能有 ..",
        "en": "{name} = {value} is not in the workspace; write it from there, without a / at its head and without ..",
    },
    "settings-head": {
        "zh": "问渠工作区设置。命令行和 WENQU_* 环境变量优先于本文件。",
        "en": "Settings of this wenqu workspace. The command line and WENQU_* variables come before this file.",
    },
    "settings-language": {
        "zh": "界面与生成内容的语言：zh 或 en",
        "en": "the language of messages and generated notes: zh or en",
    },
    "settings-standard": {
        "zh": "文章扩充所依据的标准及其版本",
        "en": "the standard, with its version, that expanded articles must meet",
    },
    "settings-layout": {
        "zh": '各类笔记的位置，相对于本文件夹；没有的写 ""。{{topic}} 代表讨论的主题；ordinals = "01"：文件夹的编号写两位，"" 则不限',
        "en": 'where each kind of note lives, relative to this folder; "" for none. {{topic}} stands for the topic. ordinals = "01": folders are numbered with two digits, "": as you like',
    },
    "settings-macros": {
        "zh": '公式里用到的自定义命令，例如 "\\\\sign" = "\\\\operatorname{{sign}}"',
        "en": 'commands of your own used in formulas, for example "\\\\sign" = "\\\\operatorname{{sign}}"',
    },
    "settings-session": {
        "zh": "对话记录是学习者的原话；true 表示允许进入 git",
        "en": "session journals hold the learner's own words; true lets them enter git",
    },
    "settings-model": {
        "zh": "模型名称。密钥、地址和命令不写在这里：用环境变量或用户自己的设置文件",
        "en": "model names. Keys, addresses and commands do not belong here: use the environment or your own settings file",
    },
}
