"""Stages in both languages."""

from pathlib import Path

import pytest
from stage import Stage

from agent.words import Language


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> Language:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def stage(tmp_path: Path, language: Language) -> Stage:
    return Stage(tmp_path, language)
