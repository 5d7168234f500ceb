"""The shapes in which the summary is shown, and how long it may be."""

from collections.abc import Mapping
from typing import Final, Literal

Format = Literal["text", "markdown", "json", "hook"]
Shape = Format | Literal["steps"]
"""`steps` is the text without its steps, and all of them by themselves, as the loop of a bare `wenqu` wants them."""
Shown = str | Mapping[str, object]
"""A text, or what is printed as JSON."""

BUDGET_TOKENS: Final = 1600
"""What the summary may cost a model by default; about 25 lines need 900 to 1,400."""
