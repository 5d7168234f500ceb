"""Sentences of the area “research”: the research TODO as it stands, what changes in it, and what is written into it."""

from typing import Final, Literal

SENTENCES: Final[dict[str, dict[Literal["zh", "en"], str]]] = {
    # What is written into the document, in its own language.
    "state-planned": {"zh": "规划中", "en": "planned"},
    "state-active": {"zh": "进行中", "en": "in progress"},
    "state-paused": {"zh": "暂停中", "en": "on hold"},
    "state-done": {"zh": "已完成", "en": "done"},
    "state-recording": {"zh": "记录中", "en": "writing up"},
    "doc-level-top": {"zh": "🔥🔥 极高", "en": "🔥🔥 very high"},
    "doc-level-high": {"zh": "🔥 高", "en": "🔥 high"},
    "doc-level-medium": {"zh": "中", "en": "medium"},
    "doc-level-low": {"zh": "低", "en": "low"},
    "doc-state": {"zh": "**状态**: {state}", "en": "**State**: {state}"},
    "doc-priority": {"zh": "**优先级**: {priority}", "en": "**Priority**: {priority}"},
    "doc-content": {"zh": "**具体研究内容**:", "en": "**To do**:"},
    "doc-results": {"zh": "**成果记录**: {date}", "en": "**Results**: {date}"},
    "doc-notes": {"zh": "📝 研究笔记", "en": "📝 Research notes"},
}
