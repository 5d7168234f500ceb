"""The shapes in which the summary is shown, and how long it may be."""

from collections.abc import Mapping
from typing import Final, Literal

Format = Literal["text", "markdown", "json", "hook"]
Shown = str | Mapping[str, object]
"""A text, or what is printed as JSON."""

BUDGET_TOKENS: Final = 1600
"""What the summary may cost a model by default; about 25 lines need 900 to 1,400."""
