"""Links that lead nowhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.notes.links import BadLink, bad_links

FILES = {"笔记/a.md", "笔记/图 1.png", "笔记/(旧)b.md", "笔记", "c.md", "assets/x.png"}


TEXTS = {
    "笔记/a.md": "# 甲\n\n## 2. 节 与 `code`：A & B\n\n下划线标题\n=====\n\n### 又 [一节](x.md) {#own-id}\n\n"
    '<a id="t2"></a>话 <h2>网页节</h2>\n\n```\n## 代码里的节\n```\n',
}


def bad(text: str, path: str = "笔记/n.md") -> list[BadLink]:
    article = "1001".__eq__
    return list(bad_links(path, text, exists=FILES.__contains__, has_article=article, read=TEXTS.get))


@pytest.mark.parametrize(
    "link",
    [
        "[甲](a.md)",
        "[甲](./a.md#甲)",
        "[甲](a.md#2-节-与-codea--b)",
        "[甲](a.md#节-与-codea--b-1)",
        "[甲](<a.md#2. 节 与 code：A & B>)",
        "[甲](a.md#%E4%B8%8B%E5%88%92%E7%BA%BF%E6%A0%87%E9%A2%98)",
        "[甲](a.md#又-一节)",
        "[甲](a.md#own-id)",
        "[甲](a.md#t2)",
        "[甲](a.md#网页节)",
        "[甲](a.md#甲#own-id)",
        "[甲](a.md#fn1)",
        "[甲](a.md#)",
        "[丙](../c.md#读不到的)",
        "![图](图%201.png#大)",
        "[甲](<图 1.png>)",
        "![甲](图%201.png)",
        "[乙]((旧)b.md)",
        "[丙](../c.md)",
        "[丙](../笔记/)",
        "[丁](a.html)",
        '[甲](a.md "标题")',
        "[x]: a.md",
        '<img alt="" src="a.md">',
        "[顶](#top)",
        "[脚注](#fn-1)",
        "[锚](#这里)，<a name=这里></a>",
        "[空]()",
        "[外](https://example.org/x)",
        "[信](mailto:a@example.org)",
        "[文](/archives/1001)",
        "[根](/assets/x.png)",
        "`[代码](没有.md)`",
        "```\n[代码](没有.md)\n```",
        "$[a](b)$",
        "$[a](/b)$",
        r"\[转义\](没有.md)",
        "/Users 是一个目录名",
        "https://example.org/home/x/y",
    ],
)
def test_links_that_lead_somewhere_and_what_is_no_link_are_left_alone(link: str) -> None:
    assert bad(f"见 {link}。\n" if not link.startswith(("[x]", "```")) else f"{link}\n") == []


@pytest.mark.parametrize(
    ("link", "target", "fault"),
    [
        ("[甲](没有.md)", "没有.md", "broken"),
        ("![甲](img/没有.png)", "img/没有.png", "broken"),
        ("[甲](../../外面.md)", "../../外面.md", "broken"),
        ("[甲](<没 有.md>)", "没 有.md", "broken"),
        ('<img src="没有.png">', "没有.png", "broken"),
        ("[甲](a.md#没有这一节)", "a.md#没有这一节", "anchor"),
        ("[甲](./a.md#代码里的节)", "./a.md#代码里的节", "anchor"),
        ("[甲](#nope)", "#nope", "anchor"),
        ("![图](/usr/uploads/1.png)", "/usr/uploads/1.png", "site"),
        ("[文](/archives/1002)", "/archives/1002", "site"),
        ("[甲](/Users/someone/a.md)", "/Users/someone/a.md", "machine"),
        ("[甲](file:///home/someone/a.md)", "file:///home/someone/a.md", "machine"),
        ("位置: `/Users/someone/笔记/`", "/Users/someone/笔记/", "machine"),
        (r"在 C:\Users\someone\a.md", r"C:\Users\someone\a.md", "machine"),
    ],
)
def test_a_link_that_leads_nowhere_is_named_with_its_line(link: str, target: str, fault: str) -> None:
    assert bad(f"# 题\n\n{link}\n") == [BadLink(fault=fault, target=target, line=3)]  # type: ignore[arg-type]


def test_a_path_of_a_machine_in_a_code_block_is_told_apart() -> None:
    (found,) = bad("```bash\ncd /home/someone/x\n```\n")
    assert (found.fault, found.is_code, found.line) == ("machine", True, 2)


def test_the_same_link_twice_on_a_line_is_named_once() -> None:
    assert len(bad("[甲](没有.md) [乙](没有.md)\n[丙](没有.md)\n")) == 2


@given(st.text(alphabet="[]()<>!\\ ./#:a中\n`$|", max_size=80))
def test_any_text_is_read_and_every_finding_has_a_line_of_it(text: str) -> None:
    for found in bad(text):
        assert 1 <= found.line <= text.count("\n") + 1
