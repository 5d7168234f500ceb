"""Words that say nothing but that somebody does not know."""

import re
from typing import Final

UNKNOWING: Final = re.compile(
    r"我?(?:真的?|也|完全|还)?(?:不太?(?:知道|清楚|懂|会|记得|确定)|没(?:想法|思路|概念|印象)|[想答说]不[出上]来?|忘了)"
    r"(?:了|啊|诶|欸|呢)?[\s.。!！~…]*"
    r"|(?:i(?:'m| am)?\s+)?(?:really\s+|honestly\s+)?(?:(?:do(?:n't| not)|can(?:'t|not)) (?:know|say|remember|recall)"
    r"|not sure|no idea|no clue|dunno|idk|have no (?:idea|clue)|haven't a clue|forgot|beats me)[\s.!~…]*"
)
"""The whole of what was said, as `tokens.fold` gives it."""
