"""What a rendered note says in place of what could not be shown as it was written."""

from typing import Final, Literal

SENTENCES: Final[dict[str, dict[Literal["zh", "en"], str]]] = {
    "formula": {"zh": "这个公式排不出来：{reason}", "en": "this formula cannot be set: {reason}"},
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
