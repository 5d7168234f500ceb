"""`wenqu card` as a person types it: a new file is proposed, and its questions come back in the review."""

import io
import json
import sys
from pathlib import Path

import pytest
from typed import Type

CARD = "论文卡片/Transformer.md"
NOTE = "学习笔记/01-注意力基础/01-Lecture01-缩放点积注意力/01-理论概念.md"
FIELDS = ["title", "authors", "venue", "year"]
DRAFT = dict.fromkeys(FIELDS, "") | {name: [] for name in ("standing", "meaning", "limits", "influence")}


class Pasted(io.TextIOWrapper):
    """Standard input that holds what was pasted."""

    def __init__(self, content: bytes) -> None:
        super().__init__(io.BytesIO(content))


@pytest.fixture
def at(workspace: Path) -> tuple[str, ...]:
    return ("-C", str(workspace), "card")


@pytest.fixture
def drafting(tmp_path: Path) -> str:
    """A command that answers with a draft that rests on the note."""
    quote = "要让方差回到 $1$，应当除以 $\\sqrt d$"
    said = {"text": "除以根号 d，方差回到 1。", "quote": quote}
    fields = DRAFT | {
        "problem": [said],
        "contributions": [said, {"text": "8 个头。", "quote": ""}],
        "questions": [{"question": "为什么除以根号 d？", "answer": "让方差回到 1。", "quote": quote}],
    }
    answer = tmp_path / "answer.json"
    answer.write_text(json.dumps(fields, ensure_ascii=False), encoding="utf-8")
    return f"cat {answer}"


def test_a_card_is_drafted_from_a_note_checked_and_asked_in_the_review(
    wenqu: Type, at: tuple[str, ...], workspace: Path, drafting: str
) -> None:
    root = at[:2]
    said = wenqu(*at, "attention", "--from", NOTE, "--model-command", drafting, "--yes")
    assert said.code == 0, said.err
    text = (workspace / CARD).read_text(encoding="utf-8")
    assert f"- 除以根号 d，方差回到 1。（`{NOTE}:" in text
    assert "- 8 个头。（待核）\n" in text
    assert "roadmap done" in said.out
    checked = json.loads(wenqu(*root, "check", CARD, "--json").out)["files"]
    assert [one["kind"] for one in checked] == ["card"]
    assert {one["rule"] for one in checked[0]["findings"]} == {"card-empty"}
    due = json.loads(wenqu(*root, "review", "--json").out)["due"]
    assert ("为什么除以根号 d？", CARD) in [(one["question"], one["path"]) for one in due]
    (workspace / CARD).write_text(text.replace("方差回到 1。（", "方差回到 17。（"), encoding="utf-8")
    found = json.loads(wenqu(*root, "check", CARD, "--json").out)["files"][0]["findings"]
    assert [one["found"] for one in found if one["rule"] == "card-unfounded"] == ["17", "17"]


def test_what_the_roadmap_says_of_another_paper_is_no_source(wenqu: Type, at: tuple[str, ...], workspace: Path) -> None:
    wenqu(*at, "Transformer", "--model", "offline", "--yes")
    file = workspace / CARD
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("（待填）", "- QKNorm 在 2020 年改了它。", 1), encoding="utf-8")
    found = json.loads(wenqu(*at[:2], "check", CARD, "--json").out)["files"][0]["findings"]
    assert [one["found"] for one in found if one["rule"] == "card-unfounded"] == ["2020, QKNorm"]


def test_the_card_is_evidence_that_the_paper_was_read(
    wenqu: Type, at: tuple[str, ...], workspace: Path, drafting: str
) -> None:
    wenqu(*at, "Transformer", "--from", NOTE, "--model-command", drafting, "--yes")
    assert wenqu(*at[:2], "roadmap", "done", "Transformer", "--evidence", CARD, "--yes").code == 0
    assert f"（`{CARD}`）" in (workspace / "阅读路线图.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_a_model_the_empty_card_holds_what_the_roadmap_says(
    wenqu: Type, at: tuple[str, ...], workspace: Path, language: str
) -> None:
    said = wenqu(*at, "Transformer", "--model", "offline", "--lang", language, "--yes")
    assert (said.code, "7" in said.err) == (0, True)
    folder = "论文卡片" if language == "zh" else "paper-cards"
    text = (workspace / folder / "Transformer.md").read_text(encoding="utf-8")
    assert "`阅读路线图.md:31`" in text
    assert "> 循环网络要按次序一步一步算，训练无法并行\n" in text
    again = wenqu(*at, "transformer")
    assert (again.code, f"{folder}/Transformer.md" in again.err) == (1, True)


def test_a_paper_that_is_on_no_roadmap_rests_on_what_was_pasted(
    wenqu: Type, at: tuple[str, ...], workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Pasted(b"Linformer (2020) is linear.\r\n# Not a heading\r\n"))
    said = wenqu(*at, "Linformer: 甲/乙?", "--paste", "--model", "offline", "--yes")
    assert (said.code, "Linformer" in said.err) == (0, True)
    text = (workspace / "论文卡片" / "Linformer 甲乙.md").read_text(encoding="utf-8")
    assert text.endswith("> Linformer (2020) is linear.\n> # Not a heading\n")


@pytest.mark.parametrize(
    ("words", "content"),
    [
        ((), b""),
        (("e",), b""),
        (("X", "--from", "nothing.md"), b""),
        (("X", "--paste"), b" \n"),
        (("X", "--paste"), b"a" * 7000),
        (("X", "--paste"), b"\xff\xfe"),
    ],
)
def test_what_cannot_be_a_card_is_refused(
    wenqu: Type,
    at: tuple[str, ...],
    workspace: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    content: bytes,
) -> None:
    monkeypatch.setattr(sys, "stdin", Pasted(content))
    said = wenqu(*at, *words, "--yes")
    assert (said.code in (2, 3), said.err.startswith("wenqu: ")) == (True, True), said
    assert not (workspace / "论文卡片").exists()


def test_a_text_from_outside_is_kept_in_the_card(
    wenqu: Type, at: tuple[str, ...], workspace: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "abstract.txt"
    outside.write_text("只用注意力。", encoding="utf-8")
    said = json.loads(wenqu(*at, "Transformer", "--from", str(outside), "--model", "offline", "--json").out)
    assert (said["path"], said["proposals"][0]["state"]) == (CARD, "postponed")
    assert "+> 只用注意力。" in said["proposals"][0]["diff"]
    assert str(tmp_path) not in said["proposals"][0]["diff"]


def test_without_a_roadmap_cards_live_among_the_notes(wenqu: Type, at: tuple[str, ...], workspace: Path) -> None:
    settings = workspace / "wenqu.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("roadmap =", "# roadmap ="), encoding="utf-8")
    assert wenqu(*at, "Transformer", "--yes").code == 0
    assert (workspace / "学习笔记" / "论文卡片" / "Transformer.md").exists()
