"""What each rule of the gate found, and what to do: one sentence per rule name."""

from typing import Final, Literal

SENTENCES: Final[dict[str, dict[Literal["zh", "en"], str]]] = {
    "part-missing": {"zh": "缺少“{wanted}”这一部分。", "en": "The part “{wanted}” is missing."},
    "part-duplicate": {
        "zh": "“{found}”出现了不止一次，请合并。",
        "en": "“{found}” stands there more than once; merge them.",
    },
    "part-order": {
        "zh": "各部分的顺序是 {found}，应为 {wanted}。",
        "en": "The parts stand in the order {found}, wanted {wanted}.",
    },
    "pasted-twice": {
        "zh": "扩充内容有 {found} 的长行重复出现，像是粘贴了两遍；请删去一份。",
        "en": "{found} of the long lines of the expansion occur again, as if pasted twice; remove one copy.",
    },
    "original-lost": {
        "zh": "原文只保留了 {found}；用 git 找回最早的版本。",
        "en": "Only {found} of the original is kept; bring it back from the earliest version in git.",
    },
    "original-altered": {
        "zh": "原文保留了 {found}，有改动；请对照 git 中最早的版本。",
        "en": "{found} of the original is kept, the rest was changed; compare with the earliest version in git.",
    },
    "stub-left": {"zh": "占位句“{found}”还在，请删去。", "en": "The stub “{found}” is still there; remove it."},
    "formula-broken": {
        "zh": "公式 {found} 无法编译：{wanted}",
        "en": "The formula {found} does not compile: {wanted}",
    },
    "tag-repeated": {"zh": "编号 {found} 重复使用。", "en": "The number {found} is given twice."},
    "box-unclosed": {"zh": "{found} 没有对应的 {wanted}。", "en": "{found} has no matching {wanted}."},
    "fence-unclosed": {"zh": "代码块 {found} 没有结束。", "en": "The code block {found} never ends."},
    "bad-character": {
        "zh": "有损坏的字符 {found}，请补上原来的字。",
        "en": "A damaged character {found} stands here; put the right one back.",
    },
    "front-matter-invalid": {
        "zh": "文件头不是有效的 YAML：{found}。含冒号或引号的值请加引号。",
        "en": "The front matter is not valid YAML: {found}. Quote values that hold colons or quotation marks.",
    },
    "too-few-formulas": {
        "zh": "独立公式 {found} 个，需要至少 {wanted} 个。",
        "en": "{found} display formulas, at least {wanted} are needed.",
    },
    "too-few-lines": {
        "zh": "推导共 {found} 行，需要至少 {wanted} 行。",
        "en": "{found} lines of derivation, at least {wanted} are needed.",
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
        "zh": "“{found}”里的数字没有标明来历，请注明（推导／出处／估计／目标）。",
        "en": "The number in “{found}” does not say where it comes from; mark it (derived, source, estimate or target).",
    },
    "experiment-claimed": {
        "zh": "“{found}”声称做过实验却没有出处；请给出处或改为推导、估计。",
        "en": "“{found}” claims an experiment without a source; name the source, or derive or estimate instead.",
    },
    "placeholder": {
        "zh": "“{found}”代替了应有的内容，请补全。",
        "en": "“{found}” stands in place of content; write it out.",
    },
    "copied-from-original": {
        "zh": "这句话抄自原文：“{found}”。",
        "en": "This sentence is copied from the original: “{found}”.",
    },
}
