"""What a job says while it runs: steps by their names, a price where there is one, a rejection line by line."""

from decimal import Decimal

import pytest

from agent.errors import ModelRefused
from agent.expansion.events import Again, Asking, Judged, Received
from agent.model.messages import Usage
from agent.standard.findings import Finding


def broken(line: int) -> Finding:
    return Finding(rule="stub-left", severity="error", line=line, found="TODO", wanted="")


@pytest.mark.parametrize(
    ("step", "zh", "en"),
    [
        ("plan", "正在写计划 …", "writing the plan …"),
        ("part2", "正在写第 2 部分 …", "writing part 2 …"),
        ("part2+1", "正在写第 2 部分+1 …", "writing part 2+1 …"),
        ("repair4.1", "正在写第 4 部分的修改 …", "writing the repair of part 4 …"),
        ("repair4.2", "正在写第 4 部分的修改 (2) …", "writing the repair of part 4 (2) …"),
    ],
)
def test_a_step_is_called_by_what_it_is(step: str, zh: str, en: str) -> None:
    event = Asking(path="甲.md", step=step)
    assert (event.sentence("zh"), event.sentence("en")) == (f"甲.md：{zh}", f"甲.md: {en}")


def test_a_reply_without_a_known_price_names_none() -> None:
    usage = Usage(output_tokens=1200)
    free = Received(path="甲.md", step="plan", usage=usage, cost=None, from_ledger=False)
    paid = Received(path="甲.md", step="plan", usage=usage, cost=Decimal("0.04"), from_ledger=False)
    assert free.sentence("en") == "甲.md: received the plan, 1,200 tokens, saved"
    assert paid.sentence("en") == "甲.md: received the plan, 1,200 tokens, $0.04, saved"


def test_what_a_command_does_not_tell_is_not_shown_as_nothing() -> None:
    new = Received(path="甲.md", step="plan", usage=Usage(), cost=None, from_ledger=False)
    old = Received(path="甲.md", step="plan", usage=Usage(), cost=None, from_ledger=True)
    assert new.sentence("zh") == "甲.md：收到计划，已存好"
    assert old.sentence("en") == "甲.md: the plan was received earlier and is not asked for again"


def test_a_rejection_names_part_line_and_finding_and_counts_the_rest() -> None:
    errors = {2: (broken(7),), 4: tuple(broken(n) for n in range(1, 11))}
    new = tuple((part, error) for part, own in errors.items() for error in own)
    event = Judged(path="甲.md", passed=False, errors=errors, new=new)
    lines = event.sentence("en").splitlines()
    assert lines[0] == "甲.md: rejected by the gate, findings: 11 (part 2, part 4)"
    assert lines[1].startswith("  part 2, line 7: ")
    assert lines[2].startswith("  part 4, line 1: ")
    assert lines[-1] == "  … and 3 more"
    assert len(lines) == 10


def test_a_request_that_is_sent_again_says_why_and_when() -> None:
    failed = ModelRefused(status=500, type="api_error", reason="Internal server error")
    assert "Internal server error" in Again(seconds=0.2, reason=failed).sentence("zh")
    assert Again(seconds=4.4, reason=failed).sentence("en").startswith("one request failed and is sent again in 4 s: ")
