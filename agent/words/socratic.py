"""What the Socratic session says: its frame, its fixed questions, its commands."""

from typing import Final, Literal

SENTENCES: Final[dict[str, dict[Literal["zh", "en"], str]]] = {
    "frame": {
        "zh": "主题：{topic}\n目标是用你自己的话讲清楚。共 {count} 问，最多 30 分钟；/help 看命令，随时可以 /pause 或 /end。",
        "en": "Topic: {topic}\nThe aim: say it clearly in your own words. Questions: {count}, at most 30 minutes; /help lists the commands, /pause or /end at any time.",
    },
    "frame-order": {"zh": "{number}. {title}", "en": "{number}. {title}"},
    "offline": {
        "zh": "离线：没有模型，这是一本回忆笔记：问题取自你的清单，你作答，再看笔记原文，自己打分。没有追问。",
        "en": "Offline: there is no model, so this is a recall notebook: a question from your list, your answer, then the passage of the note, and you grade yourself. Nothing is probed.",
    },
    "groundless": {
        "zh": "没有得到能判断这一问的依据（笔记里没有，或模型没能整理出来）：只问你的依据和检验办法，不判对错，也没有可告知的；会留一条“查证”。",
        "en": "Nothing to judge this question by was found (no passage of the notes, or the model could draw nothing up): you are asked for your reasons and a test of them; nothing is judged or told, and it is kept as a “Verify” TODO.",
    },
    "offline-ungraded": {
        "zh": "离线：没有模型，这是一本回忆笔记：问题取自你的清单，你作答，再看笔记原文。没有追问。",
        "en": "Offline: there is no model, so this is a recall notebook: a question from your list, your answer, then the passage of the note. Nothing is probed.",
    },
    "secret": {
        "zh": "你的话里有一个密钥：没有写下来，记下的地方是“…”。",
        "en": "Your words held a key or a password: it was not written down, “…” stands in its place.",
    },
    "nothing-settles": {
        "zh": "这一问没有能判断它的依据，所以没有可告知的：/skip 跳过，/park 加一句话留到以后，/source 看出处。",
        "en": "Nothing here settles this question, so there is nothing to tell: /skip leaves it, /park with a sentence keeps it for later, /source names the notes.",
    },
    "templates": {
        "zh": "模型的回答都没能用上；这几问是程序自备的。",
        "en": "The model's replies could not be used; these are the notebook's own questions.",
    },
    "unread": {
        "zh": "会话结束时，脚本里还有 {count} 行没有读。",
        "en": "Lines of the script left unread when the session ended: {count}.",
    },
    "resumed": {"zh": "接着上次的“{topic}”（{sid}）。", "en": "Going on with “{topic}” ({sid})."},
    "resumed-after": {"zh": "你上次说：{answer}", "en": "You last said: {answer}"},
    "torn": {
        "zh": "日志最后一行没有写完，已略去；其余都在。",
        "en": "The last line of the journal was cut short and is left out; everything else is there.",
    },
    "heading-question": {
        "zh": "用你自己的话，你会怎样讲清「{title}」？",
        "en": "How would you explain “{title}” in your own words?",
    },
    "close": {
        "zh": "最后一步：用几句话总结你现在的理解，并写下它和你最初的说法有什么不同。",
        "en": "Last step: sum up in a few sentences what you understand now, and how it differs from your first account.",
    },
    "close-first": {
        "zh": "最后一步：用几句话总结你现在的理解。",
        "en": "Last step: sum up in a few sentences what you understand now.",
    },
    "confidence": {"zh": "信心 1–5（回车跳过）：", "en": "Confidence 1-5 (Enter skips): "},
    "grade": {
        "zh": "对照原文，自评：1 没想起  2 想起一部分  3 想起了（回车跳过）：",
        "en": "Against the passage: 1 missed  2 partly  3 recalled (Enter skips): ",
    },
    "prompt": {"zh": "你 › ", "en": "You › "},
    "passage": {"zh": "笔记原文（{cite}）：\n{text}", "en": "The note says ({cite}):\n{text}"},
    "no-passage": {
        "zh": "这道题旁边的笔记里没有合适的段落；别处（例如文章）没有查。",
        "en": "No passage of the notes beside this question fits it; others, such as articles, were not searched.",
    },
    "tell": {
        "zh": "【告知】{claims}\n（来源：{cites}）\n现在请用自己的话说：这为什么成立？",
        "en": "[Told] {claims}\n(Source: {cites})\nNow in your own words: why does this hold?",
    },
    "tell-passage": {
        "zh": "【告知】笔记里这样写：\n{claims}\n（来源：{cites}）\n现在请用自己的话说：这为什么成立？",
        "en": "[Told] The note says:\n{claims}\n(Source: {cites})\nNow in your own words: why does this hold?",
    },
    "tell-worded": {
        "zh": "【告知】{claims}\n（以上是模型的概括，不是笔记原话。它所依据的原文，{cites}：）\n{passages}\n现在请用自己的话说：这为什么成立？",
        "en": "[Told] {claims}\n(This is a model's summary, not the note's wording. The passage it rests on, {cites}:)\n{passages}\nNow in your own words: why does this hold?",
    },
    "tangent": {
        "zh": "这一点可以另谈：/park 加一句话，就记成 TODO；/follow 现在就谈它。回到刚才：{question}",
        "en": "That can wait: /park and a sentence keeps it as a TODO; /follow takes it up now. Back to this: {question}",
    },
    "help": {
        "zh": "/hint 提示 · /tell 直接告诉我 · /why 为何这样问 · /source 笔记出处与原文\n/park 话 记一条 TODO · /note 话 记一句自己的话 · /calc 算式\n/follow 话 先谈岔开的问题 · /back 回到前一问 · /skip 跳过此问 · /contest 理由 质疑判断\n/status 进度 · /pause 暂停 · /end 结束\nAlt-Enter 换行 · Ctrl-C 暂停，没发出的半句也会保留",
        "en": "/hint a hint · /tell just tell me · /why it is asked · /source where it stands, and the passage\n/park TEXT keep a TODO · /note TEXT a thought of your own · /calc EXPRESSION\n/follow TEXT take up a tangent · /back to the question before · /skip this one · /contest REASON the judgement\n/status · /pause · /end\nAlt-Enter breaks a line · Ctrl-C pauses, an unsent draft is kept",
    },
    "unknown-command": {
        "zh": "没有 {name} 这个命令{near}。/help 看全部；要写的是一句话，就别以 / 开头。",
        "en": "There is no command {name}{near}. /help lists them; an answer must not begin with a slash.",
    },
    "lone-slash": {
        "zh": "单独一个 / 不是命令，也没有当作回答。/help 看全部命令。",
        "en": "A lone / is no command, and was not taken for an answer. /help lists the commands.",
    },
    "try-first": {
        "zh": "先写下你现在的想法，哪怕只有一半；没有头绪就写“不知道”。",
        "en": "First write what you think now, even half of it; with no idea at all, write “I don't know”.",
    },
    "try-again": {
        "zh": "先再答一次，才有下一个提示；也可以 /tell 直接要答案。",
        "en": "Answer once more before the next hint; or ask for the answer with /tell.",
    },
    "told-already": {
        "zh": "这一问已经告知过，现在用你自己的话说。",
        "en": "This has been told already; now say it in your own words.",
    },
    "no-back": {
        "zh": "前面没有还能回去的问题。",
        "en": "There is no question before this one to go back to.",
    },
    "no-contest": {
        "zh": "你在这一问上还没有被判断过：先作答。",
        "en": "Nothing was judged on this question yet: answer first.",
    },
    "nothing-judged": {
        "zh": "你在这一问上的回答没有被判断过，没有可质疑的；这一问继续。",
        "en": "Your answers to this question were not judged, so there is nothing to contest; the question goes on.",
    },
    "not-usable": {
        "zh": "模型没有给出可用的判断：你的回答不判对错，也不因此给提示；文档里会标明未经评判。",
        "en": "The model gave no judgement that can be used: your answer counts as neither right nor wrong and brings no hints; the document says that it was not judged.",
    },
    "no-judge": {
        "zh": "离线没有人判断，没有可质疑的。",
        "en": "Offline nobody judges, so there is nothing to contest.",
    },
    "contest-empty": {
        "zh": "用法：/contest 你认为判断错在哪里。判断的依据会摊开，这一问到此为止，留作“查证”。",
        "en": "Usage: /contest and what the judgement gets wrong. Its grounds are then laid open; the question ends here and is kept as a “Verify” TODO.",
    },
    "no-follow": {
        "zh": "现在不能另起一问；用 /park 把它留到以后。",
        "en": "No new question can be taken up now; /park keeps it for later.",
    },
    "no-follow-offline": {
        "zh": "离线时不能另起一问；用 /park 把它留到以后。",
        "en": "Offline no new question can be taken up; /park keeps it for later.",
    },
    "recall-first": {
        "zh": "这只是热身的一问：凭记忆答一句，或 /skip。",
        "en": "This is only to warm up: answer from memory, or /skip.",
    },
    "no-help": {"zh": "这里没有可给的提示了。", "en": "There is no more help to give here."},
    "no-hint-left": {"zh": "问题列表里没有（别的）提示了。", "en": "The question list holds no further hint."},
    "nothing-to-tell": {
        "zh": "离线没有可告知的：写下你的回答，就会看到笔记原文。",
        "en": "Offline there is nothing to tell: write your answer, and the note's passage follows.",
    },
    "close-is-yours": {
        "zh": "只剩总结了，由你来写；不写就 /end。",
        "en": "Only the summary is left, and it is yours to write; /end leaves it out.",
    },
    "park-empty": {"zh": "用法：/park 要记下的话", "en": "Usage: /park what to keep"},
    "note-empty": {"zh": "用法：/note 你自己的一句话", "en": "Usage: /note a sentence of your own"},
    "noted": {"zh": "已记下，会写进讨论文档。", "en": "Noted; it goes into the discussion document."},
    "calc-empty": {
        "zh": "用法：/calc 算式，例如 /calc 2*4096*4096*2/1e9",
        "en": "Usage: /calc an expression, such as /calc 2*4096*4096*2/1e9",
    },
    "calculated": {"zh": "{text}", "en": "{text}"},
    "follow-empty": {
        "zh": "用法：/follow 你想先弄清的问题",
        "en": "Usage: /follow the question you want to settle first",
    },
    "parked": {"zh": "已记为 TODO：{text}", "en": "Kept as a TODO: {text}"},
    "paused": {
        "zh": "已暂停，每个字都在。继续：\nwenqu socratic --resume {sid}",
        "en": "Paused; every word is kept. Go on with:\nwenqu socratic --resume {sid}",
    },
    "model-failed": {
        "zh": "{reason}\n每个字都在。继续：\nwenqu socratic --resume {sid}",
        "en": "{reason}\nEvery word is kept. Go on with:\nwenqu socratic --resume {sid}",
    },
    "once-more": {"zh": "{reason}\n再试一次。", "en": "{reason}\nTrying once more."},
    "status": {
        "zh": "第 {number} 问，共 {count} 问：{title}",
        "en": "Question {number} of {count}: {title}",
    },
    "status-tangent": {
        "zh": "岔开的一问：{title}；之后是第 {number} 问，共 {count} 问",
        "en": "A tangent: {title}; after it question {number} of {count}",
    },
    "given-back": {
        "zh": "{name} 后面的话会丢，所以没有执行：命令单独发，话另发（Ctrl-U 清空这一行）。",
        "en": "{name} was not carried out, for the words behind it would be lost: send the command alone, then the words (Ctrl-U clears what stands there).",
    },
    "usage": {
        "zh": "模型用量（词元）：读入 {fresh}，缓存命中 {cached}，产出 {output}",
        "en": "Model tokens: {fresh} read, {cached} from the cache, {output} written",
    },
    "note": {"zh": "出处：{places}", "en": "It stands in: {places}"},
    "calc-failed": {
        "zh": "“{expression}”算不出一个数：可用 + - * / ^、括号、sqrt、exp、log 等，一次一个算式。",
        "en": "“{expression}” gives no number: one expression of + - * / ^, parentheses, sqrt, exp, log and the like.",
    },
    "no-note": {"zh": "此问没有对应的笔记。", "en": "No note belongs to this question."},
    "recall": {
        "zh": "先回想一下（{date} 谈过）：不看笔记，「{question}」你现在会怎么答？",
        "en": "First, from memory (you discussed it on {date}): how would you answer “{question}” now?",
    },
    "rehearsed-answer": {"zh": "（这里是学员的回答）", "en": "(the learner's answer stands here)"},
    "recall-topic": {
        "zh": "先回想一下（{date} 谈过）：不看笔记，关于「{question}」，你现在会怎么说？",
        "en": "First, from memory (you discussed it on {date}): what would you say about “{question}” now?",
    },
    "remember": {
        "zh": "当时（{date}）你说：\n「{quote}」\n（{cite}）\n和刚才的比一比；这一段不作判断。下面是今天的问题。",
        "en": "Then ({date}) you said:\n“{quote}”\n({cite})\nCompare the two yourself; nobody judges this. Today's question follows.",
    },
    "return": {"zh": "回到刚才：{question}", "en": "Back to where we were: {question}"},
    "gold": {
        "zh": "【判断的依据】（模型按所列出处整理）\n{claims}\n刚才的判断作废。依据已经摊开，这一问到此为止，留待查证。",
        "en": "[What the judgement rested on] (drawn up by a model from the places named)\n{claims}\nThat judgement is void. Its grounds are laid open, so the question ends here and stays to be verified.",
    },
    "gold-line": {"zh": "- {claim}（{cite}）", "en": "- {claim} ({cite})"},
    "gold-none": {
        "zh": "【判断的依据】没有取自笔记的依据，所以没有判断过什么；这一问到此为止，留待查证。",
        "en": "[What the judgement rested on] Nothing in the notes, so nothing was judged; the question ends here and stays to be verified.",
    },
    "not-judged": {
        "zh": "这里没有要判断的回答：热身的一问和总结不作判断。",
        "en": "There is no answer to judge here: neither the warm-up nor the summary is judged.",
    },
    "no-question": {"zh": "没有哪份问题列表里有这个编号", "en": "no question list has this id"},
    "too-many": {
        "zh": "一次最多谈 {most} 个问题",
        "en": "a session holds at most {most} questions",
    },
    "nothing-to-ask": {
        "zh": "没有尚未讨论的问题；请给出主题、问题编号或笔记路径",
        "en": "no open question is left; name a topic, a question's id, or a note",
    },
}
