"""Turns that need no judge: a bare nod, a bare “don't know”, a bare wish to be told."""

import re
from typing import Final

from agent.socratic.values import Diagnosis, Turn
from agent.text.tokens import fold
from agent.text.unknowing import UNKNOWING

_ASSENT: Final = re.compile(
    r"(?:(?:对+|嗯+|哦+|噢+|好|是|是的|对的|好的|好吧|明白|明白了|懂|懂了|知道了|了解|收到|同意|没错|确实|可以|没问题|有道理|谢谢"
    r"|你?说得对|原来如此|这样啊|ok|okay|yes|yeah|yep|right|sure|fine|cool|great|correct|exactly|indeed|i see|got it"
    r"|agreed|of course|true|makes sense|that's right|you're right|uh-huh|mhm|thanks|thank you)(?=\W|$|[\u4e00-\u9fff])"
    r"[\s,，.。!！~]*)+"
)
_DEMANDING: Final = re.compile(
    rf"(?:(?:{UNKNOWING.pattern})[\s,，、;；.。!！~…]*)?"
    r"(?:(?:别再?问了|不想猜了?|不猜了|算了|我?放弃了?|行了|好了|好吧|请|你|那|要不|还是|能不能|能否|可不可以|可以|能"
    r"|please|ok(?:ay)?|come on|stop asking|no more questions|i give up|(?:can|could|would|will) you|and|so|just)"
    r"[\s,，.。!！]*)*"
    r"(?:(?:直接|就|干脆|赶紧)(?:都|把答案)?(?:告诉我|说答案|讲答案|给我?答案|公布答案|说吧|讲吧|说出来)|(?:告诉我|给我|公布|说)(?:正确|标准)?答案|告诉我"
    r"|(?:tell|give) me(?: the| it)?(?: right| correct| full)?(?: answer| solution| result)?(?: already| now| then)?)"
    r"(?:正确|标准)?(?:答案|结果)?(?:吧|好了|行了|啦|嘛|就行|就好|吗|呗|please|[\s,，.。!！?？~…])*"
)


def obvious(turn: Turn) -> Diagnosis | None:
    """Return the judgement of a bare assent or a bare “don't know”, None for any other turn.

    A wish to be told that was not granted brings as little as an assent.
    """
    said = fold(turn.text)
    if _ASSENT.fullmatch(said) or _DEMANDING.fullmatch(said):
        return Diagnosis(turn=turn.seq, verdict="assent")
    return Diagnosis(turn=turn.seq, verdict="dont_know") if UNKNOWING.fullmatch(said) else None


def says_nothing(text: str) -> bool:
    """Whether a text is nothing but a nod, a “don't know” or the wish to be told: no account of anything."""
    said = fold(text)
    return any(one.fullmatch(said) for one in (_ASSENT, _DEMANDING, UNKNOWING))


def demands_telling(text: str) -> bool:
    """Whether a text is nothing but the wish to be told: “直接告诉我”, “just tell me the answer”."""
    return _DEMANDING.fullmatch(fold(text)) is not None
