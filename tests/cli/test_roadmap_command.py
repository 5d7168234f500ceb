"""`wenqu roadmap` as a person types it: what to read next and why; nothing is read without evidence."""

import json
from datetime import date
from pathlib import Path

import pytest
from typed import Type

ROADMAP = "阅读路线图.md"
NOTE = "学习笔记/01-注意力基础/01-Lecture01-缩放点积注意力/01-理论概念.md"
TODAY = date.today().isoformat()  # noqa: DTZ011 - the day that the command goes by


@pytest.fixture
def at(workspace: Path) -> tuple[str, ...]:
    return ("-C", str(workspace), "roadmap")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_shows_the_stages_the_next_paper_with_its_reasons_and_the_musts(
    wenqu: Type, at: tuple[str, ...], language: str
) -> None:
    said = wenqu(*at, "--lang", language)
    assert said.code == 0
    assert said.out.count("░" * 10) == 2
    assert f"{ROADMAP}:73" in said.out
    assert said.out.count("☐") == 4
    everything = wenqu(*at, "--all", "--lang", language).out
    assert "Knowledge Distillation (2015)" in everything


def test_the_json_names_papers_stages_arrows_and_reasons(wenqu: Type, at: tuple[str, ...]) -> None:
    shown = json.loads(wenqu(*at, "--json").out)
    assert [one["name"] for one in shown["next"]] == ["RNNsearch", "Transformer", "QKNorm"]
    assert shown["next"][0]["why"][0].startswith("“阶段 1 读懂公式”")
    assert [(one["label"], one["weeks"], one["total"]) for one in shown["stages"]] == [
        ("阶段 1", [1, 2], 3),
        ("阶段 2", [2, 3], 3),
    ]
    assert shown["must_reads"][0]["left"] == ["RNNsearch (2014)", "Transformer (2017)", "FlashAttention (2022)"]
    assert shown["arrows"][0] == {"before": "RNNsearch", "after": "Transformer", "line": 45}
    assert (shown["unread"], shown["papers"][1]["authors"]) == ([], "Ashish Vaswani et al.")


def test_a_paper_is_recorded_only_with_evidence_that_is_there(
    wenqu: Type, at: tuple[str, ...], workspace: Path
) -> None:
    before = (workspace / ROADMAP).read_bytes()
    refused = wenqu(*at, "done", "Transformer", "--yes")
    assert (refused.code, "--evidence" in refused.err) == (1, True)
    for nothing in ("没有.md", "20250101-000000-aaaa", "20250101-000000-aaaa:1", f"{NOTE}:99999"):
        assert wenqu(*at, "done", "Transformer", "--evidence", nothing, "--yes").code == 2
    assert (workspace / ROADMAP).read_bytes() == before
    waiting = wenqu(*at, "done", "attention is", "--evidence", NOTE)
    assert (waiting.code, (workspace / ROADMAP).read_bytes()) == (0, before)
    assert wenqu("-C", str(workspace), "apply", "--yes").code == 0
    after = (workspace / ROADMAP).read_text(encoding="utf-8")
    new = [line for line in after.splitlines() if line not in before.decode().splitlines()]
    assert new == [
        f"- 已读: {TODAY}（`{NOTE}`）",
        "   ├─ Transformer 论文精读 ✅",
        "- [x] Transformer (2017)",
        f"**最后更新**: {TODAY}",
    ]


def test_what_is_recorded_is_not_recorded_twice_but_further_evidence_is(
    wenqu: Type, at: tuple[str, ...], workspace: Path
) -> None:
    link = "https://example.org/a"
    assert wenqu(*at, "done", "QKNorm", "--evidence", NOTE, "--yes").code == 0
    again = wenqu(*at, "done", "QKNorm", "--evidence", NOTE, "--yes")
    assert (again.code, "已经记为已读" in again.out) == (0, True)
    assert wenqu(*at, "done", "QKNorm", "--evidence", link, "--evidence", NOTE, "--yes").code == 0
    records = json.loads(wenqu(*at, "--json").out)["papers"][3]["records"]
    assert [one["evidence"] for one in records] == [[NOTE], [link]]
    said = json.loads(wenqu(*at, "done", "QKNorm", "--evidence", link, "--json").out)
    assert said["state"] == "unchanged"
    assert (workspace / ROADMAP).read_text(encoding="utf-8").count("✅") == 1


@pytest.mark.parametrize(
    "words", [("done", "Nothing"), ("done",), ("show", "QKNorm"), ("--evidence", NOTE), ("done", "e")]
)
def test_words_that_say_nothing_clear_are_refused(wenqu: Type, at: tuple[str, ...], words: tuple[str, ...]) -> None:
    said = wenqu(*at, *words)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("wenqu: ")


def test_without_a_roadmap_it_says_where_to_name_one(wenqu: Type, at: tuple[str, ...], workspace: Path) -> None:
    (workspace / ROADMAP).unlink()
    said = wenqu(*at)
    assert (said.code, "[layout] roadmap" in said.err) == (2, True)


def test_carriage_returns_stay_as_they_are(wenqu: Type, at: tuple[str, ...], workspace: Path) -> None:
    file = workspace / ROADMAP
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert wenqu(*at, "done", "RNNsearch", "--evidence", NOTE, "--yes").code == 0
    assert file.read_bytes().count(b"\r\n") == file.read_bytes().count(b"\n")


def test_what_is_ticked_in_a_roadmap_says_nothing_of_articles(
    wenqu: Type, at: tuple[str, ...], workspace: Path
) -> None:
    file = workspace / ROADMAP
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("- [ ] RNNsearch", "- [x] 均值不等式的三个证明\n- [ ] RNNsearch"), encoding="utf-8")
    assert ROADMAP not in wenqu(*at[:2], "reconcile").out


def test_a_session_in_which_something_was_said_is_evidence(
    wenqu: Type, at: tuple[str, ...], workspace: Path, tmp_path: Path
) -> None:
    script = tmp_path / "script.txt"
    script.write_text("权重不变。\n3\n", encoding="utf-8")
    wenqu(*at[:2], "socratic", "Q2", "--model", "offline", "--script", str(script))
    (sid,) = (folder.name for folder in (workspace / ".wenqu" / "sessions").iterdir())
    assert wenqu(*at, "done", "Transformer", "--evidence", sid, "--yes").code == 0
    records = json.loads(wenqu(*at, "--json").out)["papers"][1]["records"]
    assert [one["evidence"] for one in records] == [[f".wenqu/sessions/{sid}/journal.jsonl"]]
    assert wenqu(*at, "done", "RNNsearch", "--evidence", f"{sid}:999", "--yes").code == 2
