"""What the measures of a session are called."""

from typing import Final, Literal

SENTENCES: Final[dict[str, dict[Literal["zh", "en"], str]]] = {
    "title": {
        "zh": "对话量表（已知的发表数字在括号里）：",
        "en": "The session measured (published figures in brackets):",
    },
    "line": {"zh": "- {name}：{rate}{notes}", "en": "- {name}: {rate}{notes}"},
    "missed": {"zh": "- {name}：{rate}{notes} ← 未达到", "en": "- {name}: {rate}{notes} ← missed"},
    "notes": {"zh": "（{notes}）", "en": " ({notes})"},
    "and": {"zh": "；", "en": "; "},
    "at-least": {"zh": "目标 ≥ {rate}", "en": "target ≥ {rate}"},
    "at-most": {"zh": "目标 ≤ {rate}", "en": "target ≤ {rate}"},
    "expert": {"zh": "人类专家 {rate}", "en": "human experts {rate}"},
    "gpt4": {"zh": "GPT-4 {rate}", "en": "GPT-4 {rate}"},
    "one_question": {"zh": "恰好以一个问句结尾", "en": "ends in exactly one question"},
    "leaks": {"zh": "未标明的泄露", "en": "unmarked leaks"},
    "learner_first": {"zh": "要点由学员先说出", "en": "claims said first by the learner"},
    "uptake": {"zh": "接住学员的话", "en": "takes up the learner's words"},
    "ladder": {"zh": "越级提示", "en": "hints above the ladder"},
    "false_praise": {"zh": "不该有的夸奖", "en": "praise that was not due"},
    "validated": {"zh": "附和错误说法", "en": "wrong claims agreed with"},
    "quotations": {"zh": "引文逐字真实", "en": "quotations verbatim"},
    "deep": {"zh": "掌握前问到 L4 以上", "en": "mastered with a question at L4 or above"},
    "told": {"zh": "以告知收场的问题", "en": "targets told"},
    "told_as_own": {"zh": "被告知却记作自己得出", "en": "told, yet written up as one's own"},
    "worse_one_question": {"zh": "后段比前段变差：单一问句", "en": "worse late than early: one question"},
    "worse_leaks": {"zh": "后段比前段变差：泄露", "en": "worse late than early: leaks"},
    "worse_uptake": {"zh": "后段比前段变差：接话", "en": "worse late than early: uptake"},
    "talk": {"zh": "提问者的话所占比例", "en": "the tutor's share of the talk"},
    "templates": {"zh": "自备问句所占比例", "en": "template questions"},
}
