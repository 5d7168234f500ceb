"""What stands behind a tutor turn: template questions for each move, why a move is made, the rules of a turn."""

from typing import Final, Literal

SENTENCES: Final[dict[str, dict[Literal["zh", "en"], str]]] = {
    "why.recall": {
        "zh": "先凭记忆说，再看当时的话，变化才看得见。",
        "en": "Memory first, then your words from then: so the change shows.",
    },
    "why.remember": {"zh": "这是你当时的原话。", "en": "These are your own words from then."},
    "why.return": {"zh": "岔开的问题谈完了，接着谈原来的。", "en": "The tangent is done; this is where we left."},
    "why.gold": {
        "zh": "你质疑了判断，所以摊开它的依据。",
        "en": "You contested the judgement, so its grounds are laid open.",
    },
    "why.prerequisite": {
        "zh": "先看这里要用到的一步是否清楚。",
        "en": "First see whether the step this rests on is clear.",
    },
    "why.open": {
        "zh": "先听你的第一版说法，好看清它之后怎样变化。",
        "en": "Your first account comes first, so that its change can be seen.",
    },
    "why.grounds": {
        "zh": "说出依据，这个说法才可以检验。",
        "en": "With its grounds said, a claim can be tested.",
    },
    "why.climb": {
        "zh": "往深一层：看它能推出什么，到哪里为止。",
        "en": "One level deeper: what follows from it, and where it ends.",
    },
    "why.own_words": {
        "zh": "用词和原文太像，看看换成你的话是否还成立。",
        "en": "The words are close to the source; see whether it holds in yours.",
    },
    "why.missing_link": {
        "zh": "从你说的到结论，中间有一步还没有说出来。",
        "en": "Between what you said and the conclusion there is a step that is not said yet.",
    },
    "why.counter_case": {
        "zh": "你很有把握，先预测再对照一个例子。",
        "en": "You are sure: predict first, then hold it against a case.",
    },
    "why.locate": {
        "zh": "先看这个说法靠着什么前提，再看前提成不成立。",
        "en": "First see what the claim rests on, then whether that holds.",
    },
    "why.side_by_side": {"zh": "前后两句话看来不一致。", "en": "Two of your sentences seem to disagree."},
    "why.prior_knowledge": {"zh": "从你已经知道的相近情形出发。", "en": "Start from something similar that you know."},
    "why.product": {"zh": "点头看不出理解，要一句你自己的话。", "en": "A nod shows nothing; a sentence of yours does."},
    "why.check": {
        "zh": "笔记判断不了它，就由你想办法检验。",
        "en": "The notes cannot settle it, so a test of yours has to.",
    },
    "why.fact": {"zh": "你问了一个事实，答完要用上它。", "en": "You asked for a fact; it is answered and then used."},
    "why.tangent": {"zh": "这一点离开了当前的问题。", "en": "That leads away from the question."},
    "why.assert": {"zh": "给出一步，其余由你走完。", "en": "One step is given; the rest is yours."},
    "why.tell": {
        "zh": "直接告知的内容会标明，不算你自己得出。",
        "en": "What is told is marked as told, not as your own.",
    },
    "why.restate": {
        "zh": "答案是一段一段出来的；从头说一遍，才看得出它们连不连得起来。",
        "en": "The answer came in pieces; told from the start, it shows whether they hang together.",
    },
    "why.transfer": {"zh": "换一个情形，看它还成不成立。", "en": "Another case shows whether it carries over."},
    "why.discriminate": {
        "zh": "这一问能分开正确的理解和先前的误解。",
        "en": "This question tells the right view from the earlier mistake.",
    },
    "why.hint": {"zh": "你要了一个提示。", "en": "You asked for a hint."},
    "why.passage": {"zh": "对照笔记原文。", "en": "To compare with the note."},
    "why.close": {"zh": "总结由你来写。", "en": "The summary is yours to write."},
    "template.grounds.1": {"zh": "「{quote}」，你的依据是什么？", "en": "“{quote}”: what is your evidence for that?"},
    "template.grounds.2": {"zh": "你说「{quote}」，哪个例子能支持它？", "en": "Which example would support “{quote}”?"},
    "template.climb.1": {
        "zh": "如果「{quote}」成立，接下来会推出什么？",
        "en": "If “{quote}” holds, what follows from it?",
    },
    "template.climb.2": {
        "zh": "在什么条件下，「{quote}」不再成立？",
        "en": "Under which conditions would “{quote}” stop being true?",
    },
    "template.own_words.1": {
        "zh": "抛开原来的用词，「{quote}」你会怎样对同事讲？",
        "en": "How would you explain “{quote}” to a colleague, in other words than these?",
    },
    "template.own_words.2": {
        "zh": "你能给「{quote}」举一个另外的例子吗？",
        "en": "Can you give another instance of “{quote}”?",
    },
    "template.missing_link.1": {
        "zh": "从「{quote}」到结论，中间还差哪一步？",
        "en": "Which step is missing between “{quote}” and the conclusion?",
    },
    "template.missing_link.2": {
        "zh": "「{quote}」和题目所问的，是怎样连起来的？",
        "en": "How does “{quote}” connect to what was asked?",
    },
    "template.counter_case.1": {
        "zh": "先预测：把「{quote}」推到极端，会看到什么？",
        "en": "Predict first: pushed to the extreme, what would “{quote}” lead to?",
    },
    "template.counter_case.2": {
        "zh": "哪种情形会和「{quote}」相冲突？",
        "en": "Which case would contradict “{quote}”?",
    },
    "template.locate.1": {
        "zh": "说「{quote}」的时候，你默认了什么前提？",
        "en": "When you say “{quote}”, what are you taking for granted?",
    },
    "template.locate.2": {
        "zh": "「{quote}」里，哪个词你最没把握？",
        "en": "In “{quote}”, which word are you least sure of?",
    },
    "template.side_by_side.1": {
        "zh": "先前你说「{earlier}」，现在说「{quote}」，这两句是什么关系？",
        "en": "Earlier: “{earlier}”. Now: “{quote}”. How do these two go together?",
    },
    "template.side_by_side.2": {
        "zh": "「{earlier}」与「{quote}」放在一起，你现在怎么看？",
        "en": "With “{earlier}” beside “{quote}”, what do you say now?",
    },
    "template.prior_knowledge.1": {
        "zh": "没关系，从熟的说起：和这个问题最接近的事，你知道哪一件？",
        "en": "Never mind; start from what you know: what comes closest to this question?",
    },
    "template.prior_knowledge.2": {
        "zh": "你见过哪个类似的情形，可以先拿来比一比？",
        "en": "Which similar case have you seen that could be compared here?",
    },
    "template.product.1": {
        "zh": "试着用一句完整的话说：这个问题你现在会怎么答？",
        "en": "Try it in one full sentence: how would you answer the question now?",
    },
    "template.product.2": {"zh": "你能举一个具体的例子吗？", "en": "Can you give one concrete example?"},
    "template.product.3": {
        "zh": "从「{quote}」出发，你能写出一句完整的回答吗？",
        "en": "Starting from “{quote}”, can you write one full sentence as an answer?",
    },
    "template.prior_knowledge.3": {
        "zh": "「{quote}」让你想到哪个你熟悉的情形？",
        "en": "Which case that you know well does “{quote}” bring to mind?",
    },
    "template.check.1": {
        "zh": "去测、去算或去查，看到什么你就会放弃「{quote}」？",
        "en": "If you measured, computed or looked it up, what would make you give up “{quote}”?",
    },
    "template.check.2": {
        "zh": "用什么办法，你能自己验出「{quote}」对不对？",
        "en": "By which observation could you find out yourself whether “{quote}” holds?",
    },
    "template.fact.1": {
        "zh": "这一点先记下，回头查。按你的估计，它会怎样影响答案？",
        "en": "Noted, to be looked up later. By your own estimate, how would it affect the answer?",
    },
    "template.fact.2": {
        "zh": "记下待查，先不管它。你会怎样往下推？",
        "en": "Noted; leave it open for now. How would you go on from here?",
    },
    "template.fact.3": {
        "zh": "你问的「{quote}」先记下，回头查。按你的估计，答案会因它怎样变？",
        "en": "Noted, to be looked up later: “{quote}”. By your own estimate, how would it affect the answer?",
    },
    "template.assert.1": {
        "zh": "有一步是这样的：{material}\n由此往下，你会怎么推？",
        "en": "One step is this: {material}\nWhere do you go from there?",
    },
    "template.assert.2": {
        "zh": "先接受这一步：{material}\n这样一来，你会怎样改写你的答案？",
        "en": "Take this step as given: {material}\nHow would you rewrite your answer from there?",
    },
    "template.assert.3": {
        "zh": "接着「{quote}」，有一步是这样的：{material}\n由此往下，你会怎么推？",
        "en": "After “{quote}”, one step is this: {material}\nWhere do you go from there?",
    },
    "template.restate.1": {
        "zh": "合上笔记，你会怎样把整个答案重讲一遍？",
        "en": "With the notes closed, how would you tell the whole answer again?",
    },
    "template.restate.2": {
        "zh": "同事只有一分钟听你讲，你会怎么讲清这件事？",
        "en": "A colleague has one minute: how do you explain this?",
    },
    "template.restate.3": {
        "zh": "从题目问的那一点说起，到结论为止，你会怎样完整说一遍？",
        "en": "Starting from what was asked and ending with the conclusion, how would you say it all?",
    },
    "template.restate.4": {
        "zh": "要写进自己的笔记，整段答案你会怎么写？",
        "en": "For your own notes, how would you write the whole answer down?",
    },
    "template.transfer.1": {
        "zh": "换一个规模大十倍的场景，你的结论会怎样变？",
        "en": "In a setting ten times larger, how would your conclusion change?",
    },
    "template.transfer.2": {
        "zh": "从你用到的条件里挑一个拿掉，你预测结果会怎样？",
        "en": "Take away one of the conditions that you used: what do you predict?",
    },
    "template.transfer.3": {
        "zh": "换成一台慢一半的机器，你预测哪里会先变？",
        "en": "On a machine half as fast, what do you predict would change first?",
    },
    "template.transfer.4": {
        "zh": "如果情形正好反过来，你预测会看到什么？",
        "en": "If it were just the other way round, what do you predict you would see?",
    },
    "template.discriminate.1": {
        "zh": "换个角度：{material}",
        "en": "From another side: {material}",
    },
    "template.discriminate.2": {
        "zh": "你现在的说法和最初的说法，什么观察能把它们分开？",
        "en": "Which observation would tell your account now from your first one?",
    },
    "template.hint.1": {
        "zh": "要接着「{quote}」往下说，先要弄清哪一点？",
        "en": "To go on from “{quote}”, which point would you settle first?",
    },
    "template.hint.2": {
        "zh": "从「{quote}」到题目的答案，还隔着哪一步？",
        "en": "Which step still lies between “{quote}” and the answer?",
    },
    "template.clue": {
        "zh": "有一条线索：{material}。和「{quote}」放在一起，你会怎样补充或改写？",
        "en": "Here is a clue: {material}. Beside “{quote}”, what would you add or change?",
    },
    "template.clue-question": {
        "zh": "接着「{quote}」想，先看这一点：{material}",
        "en": "Starting from “{quote}”, look at this first: {material}",
    },
    "template.any.1": {
        "zh": "如果有人不同意「{quote}」，你会拿什么说服他？",
        "en": "If somebody doubted “{quote}”, how would you convince them?",
    },
    "template.any.2": {
        "zh": "把「{quote}」说得再具体一层，会是什么样？",
        "en": "What would “{quote}” look like, one degree more concrete?",
    },
    "template.any.3": {
        "zh": "从「{quote}」出发，你下一步想弄清哪一点？",
        "en": "Starting from “{quote}”, which point would you settle next?",
    },
    "template.any.4": {
        "zh": "「{quote}」和你见过的哪件事最像？",
        "en": "Of everything you have seen, what resembles “{quote}” most?",
    },
    "template.any.5": {
        "zh": "到目前为止，哪一点你最有把握？",
        "en": "Up to here, which point are you surest of?",
    },
    "template.any.6": {
        "zh": "要检验自己想得对不对，你会先做什么观察？",
        "en": "Which observation would you make first to test your idea?",
    },
    "template.any.7": {
        "zh": "要让答案完整，还缺哪一块？",
        "en": "What is still missing before the answer is whole?",
    },
    "template.any.8": {
        "zh": "如果讲给没学过的同学听，你会从哪句话开始？",
        "en": "Explaining it to someone new, with which sentence would you begin?",
    },
    "template.any.9": {
        "zh": "换一个具体的数代进去，会看到什么？",
        "en": "Put one concrete number in: what do you see?",
    },
    "template.any.10": {
        "zh": "什么情形会让你改变看法？",
        "en": "Which case would make you change your mind?",
    },
    "template.any.11": {
        "zh": "你的说法里，哪一步最不放心？",
        "en": "Which step of your account worries you?",
    },
    "template.any.12": {
        "zh": "去掉哪个条件，你的说法就不成立了？",
        "en": "Dropping which condition would break your account?",
    },
    "template.any.13": {
        "zh": "用一句话说，你现在的答案是什么？",
        "en": "In one sentence, how does your answer run now?",
    },
    "rule.C1": {
        "zh": "恰好一个问句，并以它结尾；不要在一句里问两件事。",
        "en": "Exactly one question, at the very end; do not ask two things in one sentence.",
    },
    "rule.C2": {
        "zh": "不要说出学员还没说过的数值或公式。",
        "en": "Do not state a value or a formula that the learner has not said.",
    },
    "rule.C3": {
        "zh": "不要说出学员还没说过的关键术语，也不要替他下结论。",
        "en": "Do not name the key terms that the learner has not said, nor state anything in their place.",
    },
    "rule.C4": {
        "zh": "引号里的话必须逐字出自对话或材料；不确定就不引。",
        "en": "Quoted words must stand verbatim in the dialogue or the material; when unsure, do not quote.",
    },
    "rule.C5": {"zh": "太长：最多 60 个字符。", "en": "Too long: at most 30 words."},
    "rule.C6": {"zh": "接过学员上一轮里的词。", "en": "Take up words of the learner's last turn."},
    "rule.C7": {
        "zh": "提示给得太多：只可用给出的 material 里的内容。",
        "en": "Too much of a hint: use only what the material holds.",
    },
    "rule.C8": {"zh": "和前面的问题太像，换一个角度。", "en": "Too close to an earlier question; take another angle."},
    "rule.C9": {"zh": "不要夸奖，不要最高级。", "en": "No praise, no superlatives."},
    "rule.C10": {
        "zh": "用中文；这里的标签和指令原文不给学员看。",
        "en": "Write in English; the learner sees no tag and no sentence of these instructions.",
    },
    "template.prerequisite.1": {
        "zh": "先从「{quote}」退一步：{material}",
        "en": "One step back from “{quote}”: {material}",
    },
    "template.prerequisite.2": {
        "zh": "「{quote}」要用到前面的一步：{material}",
        "en": "“{quote}” rests on an earlier step: {material}",
    },
}
