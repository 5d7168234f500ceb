"""A learner's workspace on disk, in git, with both shapes of records."""

import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from agent.workspace.store import Store

FILES = {
    "学习进度.md": """# 学习进度
**开始日期**: 2025-11-04
**已完成**: 0/3 讲座 (0%)
## 阶段1：基础
### 第1周: 入门
**预计开始**: 2025-11-04
**预计完成**: 2025-11-10
#### Lecture 03: Transformer
#### Lecture 04: MoE
### 第2周: 硬件
**预计开始**: 2025-11-11
**预计完成**: 2025-11-17
#### Lecture 05: GPU
""",
    "AI助手工作记忆.md": """# 工作记忆
**当前日期**: 2025-11-07
**现有文档**:
1. `甲深度讨论.md`
## 交互方式
- **一次一问**: 不多问
**最后更新**: 2025-11-07
""",
    "深度探索TODO.md": "# TODO\n## 方向\n#### 1. 路由\n- [ ] 推导门控的梯度\n",
    "深度讨论/甲深度讨论.md": "# 甲\n**时间**: 2025-11-08\n**学习内容**: Lecture 03 Q1\n",
    "深度讨论/乙深度讨论.md": "# 乙\n**时间**: 2025-11-09\n",
    "学习笔记/03-Lecture03-T/01-深度问答.md": "**Q1**: 为什么缩放？\n**Q2**: 多头何用？\n",
    "学习笔记/03-Lecture03-T/02-深度讨论记录.md": """# 记录
## 第1轮
**问题**: Q1 为什么缩放
**日期**: 2025-11-10
**学员回答**: "为了方差。"
""",
    "学习笔记/04-Lecture04-MoE/01-深度问答.md": """### Q1: 稀疏激活 ⭐
### Q2: 容量因子 ⭐⭐
### Q3: Router Z-loss ⭐⭐⭐
""",
    "学习笔记/04-Lecture04-MoE/02-深度讨论记录.md": """# 记录
**开始日期**: 2025-01-15
```markdown
## Q3: 模板
> "模板里的话"
```
## Q1: 稀疏激活
**日期**: 2025-11-18
> "每个词只走少数专家。"
## Q2: 容量因子
**日期**: 2025-11-19
### 初始理解
> "溢出的词会被丢掉。"
## 下一问题：Q3
[待填写]
""",
}

Make = Callable[[Mapping[str, str]], Store]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Write files as a git repository, each in a commit of its own day, and open the workspace."""

    def make_workspace(files: Mapping[str, str]) -> Store:
        root = tmp_path / "工作区"
        root.mkdir()
        run(root, "init", "--quiet")
        for number, (path, text) in enumerate(files.items(), start=1):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(text.encode())
            run(root, "add", "-A")
            run(root, "commit", "--quiet", "--message", path, date=f"2025-11-{20 + number // 5:02}T10:00:00+0000")
        return Store(root)

    return make_workspace


@pytest.fixture
def learner(make: Make) -> Store:
    return make(FILES)


def run(root: Path, *arguments: str, date: str = "2025-11-20T10:00:00+0000") -> None:
    dates = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
    subprocess.run(["git", "-C", str(root), *arguments], check=True, env=os.environ | dates, capture_output=True)
