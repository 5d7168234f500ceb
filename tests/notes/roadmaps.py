"""Reading roadmaps in several shapes: the starters', and shapes that other people's have."""

from pathlib import Path

from agent import assets

SEED = Path(__file__).parents[3] / "shared" / "seeds" / "002_92979c50d744eab0.txt"
STARTER_ZH = (assets.folder("workspace") / "阅读路线图.md").read_text(encoding="utf-8")
STARTER_EN = (assets.folder("workspace-en") / "reading-roadmap.md").read_text(encoding="utf-8")

WEEKS = """# What I read this term

## Week 1: Sequences
- [x] **LSTM** (Hochreiter and Schmidhuber, 1997)
- [ ] Read *GRU* paper
- [ ] Build a character model

## Week 2: Attention
- [ ] Read **Transformer** closely
- [ ] Exercise: masks

## Papers

- [ ] [Long Short-Term Memory](https://example.org/lstm) (Hochreiter et al., 1997)
- [ ] Sequence to Sequence Learning with Neural Networks, Sutskever et al. 2014
- [ ] **GRU** (2014): Learning Phrase Representations using RNN Encoder-Decoder
- [ ] **Transformer** (2017): Attention Is All You Need

**Prerequisites**: GRU → Transformer
"""

TABLE = """# Reading list

## Papers to read

| Paper | Authors | Year | Status |
|---|---|---|---|
| Deep Sets | Zaheer et al. | 2017 | ✅ |
| PointNet | Qi et al. | 2016 | to read |
| Set Transformer | Lee et al. | 2019 | |

## Phase 1: Sets (1 month)

1. Deep Sets
2. PointNet
3. Write a permutation test

| day | plan |
|---|---|
| Monday | PointNet |

## Must-read papers (top 2)

1. Deep Sets (2017)
2. Set Transformer (2019)
3. PointNet (2016)
"""

HEADINGS = """# 论文阅读计划

## DQN (2013)

- 作者：Volodymyr Mnih et al.
- 发表：NIPS Workshop
- **年份**：2013

### 核心贡献
经验回放

## PPO (2017)

- 作者：John Schulman et al.
- 发表：arXiv

### 局限
样本多

## 第1周

- 读 DQN
- 🔲 PPO 论文

## 第2周

- [?] DQN 复习
"""

FOREIGN = {"weeks": WEEKS, "table": TABLE, "headings": HEADINGS}
EVERY = {"zh": STARTER_ZH, "en": STARTER_EN, **FOREIGN}
