"""What a session proposes is kept on disk before its journal says that it is concluded."""

from collections.abc import Mapping

import pytest
from behaving import ANSWERS, behaving
from stage import Learner, Stage

from agent.bookkeeping.postponed import is_done, postponed
from agent.workspace.journal import Journal, Record


def test_proposals_are_kept_before_the_session_counts_as_concluded(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[str] = []
    append = Journal.append

    def watched(self: Journal, record: Mapping[str, object]) -> Record:
        if record["kind"] == "compiled":
            kept.extend(proposal.path for _, proposal in postponed(stage.store))
        return append(self, record)

    monkeypatch.setattr(Journal, "append", watched)
    finished = stage.run(Learner(*ANSWERS[stage.language]), behaving(stage.language))
    assert finished.document
    assert {finished.document.path, *(one.path for one in finished.proposals)} == set(kept)


def test_a_kept_document_that_stands_on_disk_is_done(stage: Stage) -> None:
    finished = stage.run(Learner(*ANSWERS[stage.language]), behaving(stage.language))
    document = finished.document
    assert document
    assert not is_done(stage.store, document)
    stage.store.write(document.path, document.after, expected_sha256=None)
    assert is_done(stage.store, document)
