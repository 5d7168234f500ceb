"""Every colour of text stands out from every ground that it can stand on, by day and by night (WCAG 2: 4.5 to 1)."""

import re
from itertools import product

import pytest

from agent.assets import folder

SHEETS = "\n".join((folder("site") / "assets" / f"{name}.css").read_text(encoding="utf-8") for name in ("site", "text"))
DARK = "@media screen and (prefers-color-scheme: dark) {"
ON_PAPER = ("ink", "faint", "link", "good", "open", "bad")
IN_CODE = ("ink", "keyword", "string", "name", "comment", "number")


def colours(scheme: str) -> dict[str, str]:
    """Return the variables of a scheme; what the dark one does not name it has from the light one."""
    light = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", re.sub(rf"(?s){re.escape(DARK)}.*?\n}}", "", SHEETS)))
    dark = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", "".join(re.findall(rf"(?s){re.escape(DARK)}.*?\n}}", SHEETS))))
    assert dark.keys() == light.keys()
    return light if scheme == "light" else dark


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    pairs = [(int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(share * a + (1 - share) * b):02x}" for a, b in pairs)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_can_be_read(scheme: str) -> None:
    found = colours(scheme)
    pairs = [*product(ON_PAPER, ("paper", "box")), *product(IN_CODE, ("box",))]
    weak = [(text, ground) for text, ground in pairs if contrast(found[text], found[ground]) < 4.5]
    assert weak == []
    assert contrast(found["ink"], mixed(found["accent"], found["paper"], 0.35)) >= 4.5
    assert contrast(found["accent"], found["paper"]) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_edge_of_a_field_can_be_seen(scheme: str) -> None:
    found = colours(scheme)
    (edge,) = re.findall(r'input\[type="search"\] \{[^}]*border: 1px solid var\(--(\w+)\)', SHEETS)
    assert min(contrast(found[edge], found[ground]) for ground in ("paper", "box")) >= 3


def test_no_colour_of_text_stands_in_a_sheet_that_this_does_not_check() -> None:
    used = set(re.findall(r"(?<![-\w])color: ([^;}]+?) ?[;}]", SHEETS))
    print_only = {"#000", "inherit"}
    assert used - print_only <= {f"var(--{name})" for name in {*ON_PAPER, *IN_CODE}}


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
