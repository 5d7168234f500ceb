"""What stands on the screen beside the dialogue: what a model is doing, and the list at the close."""

from typing import Final, Literal

SENTENCES: Final[dict[str, dict[Literal["zh", "en"], str]]] = {
    "working": {"zh": "{doing}… {seconds} 秒", "en": "{doing}… {seconds} s"},
    "doing.notes": {"zh": "在读笔记", "en": "reading the notes"},
    "doing.answer": {"zh": "在读你的回答", "en": "reading your answer"},
    "doing.question": {"zh": "在想下一问", "en": "thinking of the next question"},
    "doing.document": {"zh": "在整理讨论文档", "en": "putting the document together"},
    "unsent": {"zh": "没有发出：{text}", "en": "Not sent: {text}"},
    "only-numbers": {
        "zh": "这里只收 1–{most}，或直接按回车。",
        "en": "Only 1–{most} counts here, or Enter alone.",
    },
    "keep": {"zh": "这些会写进文档，不要的去掉：", "en": "These go into the document unless you drop them:"},
    "keep.keys": {
        "zh": "↑↓ 移动 · 空格/编号 去掉 · 回车 好了",
        "en": "↑↓ move · space/key drop · Enter done",
    },
    "keep.no-words": {
        "zh": "这里只能选，写下的字没有收下。",
        "en": "One can only choose here; the words you typed were not taken.",
    },
    "keep.insight": {"zh": "洞见", "en": "Insights"},
    "keep.todo": {"zh": "TODO", "en": "TODO"},
    "keep.card": {"zh": "复习卡", "en": "Review cards"},
}
