"""Whether a tutor turn asks exactly one thing, at its end: counted in words and marks, zh and en."""

import re
import unicodedata
from typing import Final

from agent.text.quotes import bare, without_formulas
from agent.text.tokens import talk_units

_MARKS: Final = re.compile(r"\?[?!\s]*")
_END: Final = re.compile(r"\?\W*$")
_SENTENCES: Final = re.compile(r"[^\n]+?(?:[。！!?;；\n]|\.(?=\s)|$)")
_ITEMS: Final = re.compile(r"(?m)^\s*(?:[-*+•]|\(?\d+[.、)])\s*\S")
_WH_ZH: Final = r"(?:为什么|什么|为何|怎么|怎样|如何|哪|多少|多久|多大|谁|何时|何种|几[个次倍步])"
_INDEFINITE: Final = re.compile(
    rf"(?:无论|不管|不论)[^,，。？?]*[,，]|(?:没有?|任)(?:什么|何|多少)|什么(?=[都也])|多少(?=[都也])"
    rf"|你[^,，。？?]{{0,4}}(?:说|提到|解释|讲|回答|知道)(?:过|了|清)*[^,，。？?]*[,，]"
    rf"|{_WH_ZH}[个种次]?[和与跟](?={_WH_ZH})|[,，]你(?:怎么看|怎么想|觉得呢|认为呢)"
)
"""What asks nothing though a question word stands in it: 无论怎样, 没有什么, 你说了为什么…, 谁和谁."""
_SETTING: Final = re.compile(r"[^,，。？?]*(?:时|时候|情况下|条件下|情形下|以后|之后|之前|之中|(?<!哪)里|中|下)[,，]")
_JOINED_ZH: Final = re.compile(
    rf"{_WH_ZH}[^。?]*?(?:(?:以及|并且|而且|还有|同时|另外|然后|接着|再|[,，、]?又|和|[,，、]也|并)[^,，。?]{{0,4}}?{_WH_ZH}"
    rf"|[,，、][^,，。?]{{0,12}}?{_WH_ZH})"
)
_WHETHER_ZH: Final = re.compile(
    rf"(?:吗|是否|会不会|是不是|能不能|有没有|要不要|够不够|对不对)[^。?]*?[,，、](?:而?且|并|那么?|又|它)*{_WH_ZH}"
)
_EITHER_ZH: Final = re.compile(
    r"(?:^|[,，:：])[^,，:：?]{0,6}是[^,，。?]*还是[^,，。?]*[,，](?:又|而)?(?:为什么|为何|凭什么)\s*\?"
)
"""是甲还是乙，为什么？"""
_HIDDEN_ZH: Final = re.compile(
    rf"(?:[吗呢][。;；!！\n]|^\s*(?:那么?|可是|但)?(?:它|这)?(?:{_WH_ZH})[^,，。]*[。;；\n])"
)
_WH_EN: Final = r"(?:what|why|how|which|whose|who|when|where)"
_GIVEN_EN: Final = re.compile(
    r"(?:\b(?:given|from|based on|with|after|since|besides|apart from|as for|you (?:said|explained|told|know|showed))\b"
    r"[^,.?]*[,:]"
    r"|\b(?:no matter|regardless of|whatever|however)\b[^,.?]*,|^[^,?]*\b(?:when|where|whenever)\b[^,?]*,)"
)
"""Clauses in front of a question that ask nothing: given what you said, no matter how, when the batch grows."""
_JOINED_EN: Final = re.compile(
    rf"\b{_WH_EN}\b.*?\b(?:and|or|also|as well as|plus|then)[,\s]+(?:{_WH_EN}\b"
    r"|(?:by |in |to |for |at |then |also |explain |say |describe |if so,? |in that case,? )+(?:what|why|how|which)\b)"
    r"|(?:^|[:;,—–]\s*|\b(?:but|so|now|and|then)\s+)(?:what|why|how|which|who)\b[^?]*?[,;—–]\s*"
    r"(?:and\s+|or\s+|then\s+|so\s+)?(?:by )?(?:what|why|how|which|who)\b"
    rf"|\b{_WH_EN}\b[^?]*[,—–]\s*(?:isn't|aren't|doesn't|don't|wouldn't|(?:is|are|does|would) (?:it|they|that|the)\b)"
)
_WHETHER_EN: Final = re.compile(
    r"(?:^|[:;,—–]\s*|\b(?:so|then|now|but)\s+)(?:is|are|does|do|did|would|will|can|could|should|has|have|was|were)\s"
    r"[^?]*?(?:\b(?:and|or)|[,—–])[,\s]+(?:(?:if so|if not),?\s+|(?:also|then|explain|say|by)\s+)?(?:why|how|what)\b"
)
_HIDDEN_EN: Final = re.compile(
    rf"^\s*(?:and |so |but |then )?{_WH_EN}\s+(?:else\s+)?(?:is|are|do|does|did|would|could|can|will)\b[^,]*[.;!\n]\s*$"
)


def asks_once(text: str) -> bool:
    """Whether a text asks exactly one question, not two in one sentence nor in a list, and ends with it."""
    plain = unicodedata.normalize("NFKC", without_formulas(bare(text))).strip().lower().replace("’", "'")
    if len(_MARKS.findall(plain)) != 1 or not asks(text):
        return False
    sentences: list[str] = _SENTENCES.findall(plain)
    if len(_ITEMS.findall(plain)) > 1 or any(map(_is_hidden, sentences)):
        return False
    return not any(map(_asks_twice, sentences)) and talk_units(plain) > 1


def asks(text: str) -> bool:
    """Whether a text ends with a question mark; brackets, quotation marks and other signs may follow it."""
    plain = unicodedata.normalize("NFKC", without_formulas(bare(text)))
    return _END.search(plain) is not None


def _is_hidden(sentence: str) -> bool:
    """Whether a sentence asks though it ends with no question mark."""
    return "?" not in sentence and bool(_HIDDEN_ZH.search(sentence) or _HIDDEN_EN.search(sentence))


def _asks_twice(sentence: str) -> bool:
    chinese = _SETTING.sub("", _INDEFINITE.sub("", sentence))
    english = _GIVEN_EN.sub("", sentence)
    return bool(
        _JOINED_ZH.search(chinese)
        or _WHETHER_ZH.search(chinese)
        or _EITHER_ZH.search(chinese)
        or _JOINED_EN.search(english)
        or _WHETHER_EN.search(english)
    )
