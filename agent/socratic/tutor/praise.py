"""Whether a tutor turn praises or agrees, and whether it exaggerates, zh and en."""

import re
from typing import Final

from agent.text.quotes import bare

_CLAUSES: Final = re.compile(r"[^，,。.！!？?;；:：—–\n]+[？?]?")
_CONDITION: Final = re.compile(
    r"^\s*(?:如果|假如|假设|若|设|当|即使|要是|就算|姑且|暂且|先?假定"
    r"|(?:if|suppose|say|when|assum\w*|even if|imagine|had|were)\b)"
)
_DOUBTED: Final = re.compile(
    r"(?:[不没非未别]|并不|没有|\b(?:how|less)\b)\s*(?:那么|那样|很|太)?$|不确定|不敢|不一定|未必|是否|怀疑|不觉得|不认为|怎样才|怎么才"
    r"|\b(?:not|no|never|hardly|whether|if|unsure|doubt)\b|n't\b"
)
"""What stands before words of praise that are none: not right, whether it is right."""
_ZH: Final = (
    r"很好|真好|太好了|非常好|挺好|真不错|很不错|不错|好极|很棒|真棒|太棒|超棒|棒极|精彩|出色|(?:真|太|很|好)厉害",
    r"漂亮|高明|深刻|到位|赞(?!成)|一针见血|切中要害|正中要害|值得(?:肯定|表扬)|(?:有|真有)(?:洞察|见地|深度)",
    r"(?:完全|非常|很|都)(?:正确|准确)|完全对|没错(?!误)|有(?:一定|几分|些|点)?(?:的)?道理|我(?:完全|很)?(?:同意|赞成|认同)",
    r"(?:理解|回答|推理|思路|想法|说法|判断|方向|看法|分析)[是得都]?(?:很|非常|完全|十分)?(?:正确|准确|清晰|清楚|对)(?:[的了]|$)",
    r"(?:理解|回答|推理|思考|解释|观察|总结|说明|分析)[是得都]?(?:非常|很|十分|相当|特别)(?![不少多慢快难])",
    r"(?:你|这|它|那|老师|教授)(?:是|说的是|说得)对的",
    r"[说讲答想猜算](?:得(?:很|非常|都|完全|真)?(?:对(?!不)|好|清楚|没错)|对了(?!一半))",
    r"(?:说法|结论|答案|回答|想法|推理|推断|判断|这句话|这话|这[样么][想说])(?:本身|确实|完全|也|都|是)*(?:成立|站得住|说得通|没问题|没有问题)",
    r"(?:正|诚|确|恰)如你(?:所|刚才|刚刚|前面)?(?:说|讲|想|言)|如你所[说言]",
    r"好(?:问题|主意|思路|想法|眼光)|(?:抓住|抓到|点出|说到|点中)了?(?:关键|要点|重点|核心|本质)",
)
_EN: Final = (
    r"\bgreat\b|\bnice(?:ly)?\b|\bexcellent|\bimpressive|\binsightful|\bastute|\bkudos|\bbravo|\bspot[- ]on\b",
    r"\b(?:\w+ly |very )?good (?:job|point|question|answer|thinking|start|work|thought|idea|insight|one|catch)\b",
    r"\bgood for you\b|\bwell (?:done|put|said|reasoned|spotted|observed)\b|\bi (?:love|like) (?:that|this|how|your)",
    r"\b(?:fair|valid) (?:point|enough|question)|\bsharp (?:eye|observation|thinking|question|point)",
    r"\bon the right track\b|\bi (?:\w+ly )?agree\b|\byou (?:clearly )?(?:nailed|captured)|\byou(?:'ve)? got it\b",
    r"\b(?:that|this|it|what you said)(?:'s| is| was) (?:\w+ly |quite |very |indeed )?true\b",
    r"(?:'s|'re|\b(?:is|are|was|were)) (?:\w+ly |quite |very |so )?(?:right|correct)\b(?! (?:after|before|at|now))",
    r"\b(?:claim|answer|account|reasoning|idea|what you said) (?:still )?(?:holds|stands)(?! (?:for|in|when|if))",
    r"\bchecks out\b",
    r"\b(?:that|this|it) (?:holds|stands) up\b|\bthat (?:holds|stands)\s*$|\b(?:just|exactly) as you (?:say|said)\b",
    r"^\W*as you (?:rightly |correctly )?(?:say|said|note|noted|point out)\s*$|\bas you (?:rightly|correctly)\b",
    r"\bmakes (?:\w+ |a lot of )?sense\b",
    r"\b(?:solid|strong|clear|correct|right|thoughtful|sound) (?:answer|reasoning|understanding|intuition|grasp)\b",
    r"\b(?:solid|strong|thoughtful|lovely|sound) (?:observation|explanation|point|thinking|insight|idea)\b",
)
_PRAISE: Final = re.compile("|".join((*_ZH, *_EN)))
_LEADING: Final = re.compile(
    r"^\W*(?:对+(?:的|呀|啊|了)?|没错|是的|是啊|正是(?:如此|这样)?|确实(?:如此|是)?|的确(?:如此)?|正确|当然|同意|说得是"
    r"|yes|yeah|yep|right|correct|exactly|true|indeed|absolutely|precisely|of course|sure|agreed|good|totally"
    r"|definitely|certainly)\s*$"
)
"""An answer that begins so agrees with what was said."""
_SUPERLATIVE: Final = re.compile(
    r"完美|[最太超]棒|棒极|最好的(?:回答|解释|答案)|(?:你|真|太|好|很)聪明|天才|无与伦比|[太真好]厉害|绝妙|无可挑剔|满分|惊人|了不起|叹为观止|教科书般"
    r"|\bperfect(?:ly)?\b|\bbrilliant|\bamazing|\bawesome|\boutstanding|\bgenius|\bfantastic|\bincredible|\bwonderful"
    r"|\byou(?:'re| are) (?:\w+ ){0,3}(?:smart|clever|bright|gifted|talented|sharp)\b|\bhow (?:smart|clever)\b"
    r"|\bsuperb|\bexceptional|\bflawless|\bphenomenal|\bthe best (?:answer|explanation)|\bmasterful|\bstunning"
)


def praises(text: str) -> bool:
    """Whether a text praises the learner or agrees with what was said; what it asks about is no praise."""
    return any(_found(_PRAISE, clause) or _LEADING.search(clause) for clause in _clauses(text))


def exaggerates(text: str) -> bool:
    """Whether a text praises in superlatives, or praises the person."""
    return any(_found(_SUPERLATIVE, clause) for clause in _clauses(text))


def _clauses(text: str) -> list[str]:
    """Return the clauses that say something of the learner: no condition, of a question only how it begins."""
    found: list[str] = _CLAUSES.findall(bare(text).lower().replace("’", "'"))
    said = [clause for clause in found if not _CONDITION.search(clause)]
    return [_opening(clause) if clause[-1] in "?？" else clause for clause in said]


def _opening(question: str) -> str:
    """Return the beginning of a question, where praise without a comma stands: three words or six characters."""
    words = question.split()
    return " ".join(words[:3]) if len(words) > 3 and words[0].isascii() else question.strip()[:6]


def _found(pattern: re.Pattern[str], clause: str) -> bool:
    return any(not _DOUBTED.search(clause[: match.start()]) for match in pattern.finditer(clause))
