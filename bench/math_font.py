# ruff: noqa: INP001 - a script, started by hand
"""Makes `agent/site/assets/STIXTwoMath.woff2`: STIX Two Math with the glyphs that formulas of notes need.

The TTF is on PyPI in the wheel of `ziamath`; the tools are `fonttools` and `brotli`, which nothing else here needs:

    pip install fonttools brotli && pip download --no-deps ziamath && unzip ziamath-*.whl
    python bench/math_font.py ziamath/fonts/STIXTwoMath-Regular.ttf

The same font and tools give the same bytes. The font is under the SIL Open Font License; its text, OFL.txt, stands
beside the result and must stay there.
"""

import argparse
from pathlib import Path
from typing import Final

RESULT: Final = Path(__file__).parents[1] / "agent" / "site" / "assets" / "STIXTwoMath.woff2"
RANGES: Final = (
    (0x20, 0x7E),
    (0xA0, 0xFF),
    (0x131, 0x131),
    (0x237, 0x237),
    (0x2B0, 0x2FF),
    (0x300, 0x338),
    (0x370, 0x3FF),
    (0x2010, 0x205F),
    (0x2061, 0x2094),
    (0x20D0, 0x20F0),
    (0x2100, 0x214F),
    (0x2190, 0x21FF),
    (0x2200, 0x22FF),
    (0x2300, 0x23FF),
    (0x25A0, 0x25FF),
    (0x2605, 0x2606),
    (0x2660, 0x2667),
    (0x266D, 0x266F),
    (0x2713, 0x2713),
    (0x27C0, 0x27FF),
    (0x2980, 0x29FF),
    (0x2A00, 0x2AFF),
    (0x1D400, 0x1D7FF),
)
"""Letters, mathematical alphabets, signs and arrows; what a glyph needs to stretch comes with it (table MATH)."""
# Scripts of their own shape, the dotless letters under accents, flat accents.
FEATURES: Final = ("ssty", "dtls", "flac", "ccmp")


def main() -> None:
    """Write the subset of the font named on the command line."""
    from fontTools import subset  # noqa: PLC0415 - needed here alone

    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("font", type=Path)
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = list(FEATURES)
    options.hinting = False
    options.desubroutinize = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14]
    options.notdef_outline = True
    options.drop_tables += ["DSIG", "GPOS", "kern"]
    options.recalc_timestamp = False
    font = subset.load_font(str(parser.parse_args().font), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
    subsetter.subset(font)
    subset.save_font(font, str(RESULT), options)
    print(f"{RESULT} {RESULT.stat().st_size:,} bytes")  # noqa: T201 - a script for a terminal


if __name__ == "__main__":
    main()
