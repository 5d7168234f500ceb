# ruff: noqa: INP001 - a script, started by hand
"""Makes `agent/site/assets/STIXTwoMath.woff2`: STIX Two Math with the glyphs that formulas need and slim tall roots.

The TTF is on PyPI in the wheel of `ziamath`; the tools are `fonttools` and `brotli`, which nothing else here needs:

    pip install fonttools brotli && pip download --no-deps ziamath && unzip ziamath-*.whl
    python bench/math_font.py ziamath/fonts/STIXTwoMath-Regular.ttf

The same font and tools give the same bytes. The font is under the SIL Open Font License; its text, OFL.txt, stands
beside the result and must stay there.
"""

import argparse
from pathlib import Path
from typing import Any, Final

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
RADICAL: Final = 0x221A


def slim_radicals(font: Any) -> None:
    """Make the tall forms of the radical sign as wide as the usual one; their heights stay.

    A box around any root is as wide as the widest form needs (MathML Core, "preferred inline size of a glyph
    stretched along the block axis"); Chromium keeps that width, which left 0.42 em of nothing behind every √d.
    """
    outlines, widths, variants = font["glyf"], font["hmtx"], font["MATH"].table.MathVariants
    usual = font.getBestCmap()[RADICAL]
    width, _ = widths[usual]
    forms = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(usual)]
    columns = [x for x, _ in outlines[usual].coordinates]
    # The one-piece forms have the points of the usual one: with its columns their strokes stay as thick.
    drawn = {one.VariantGlyph: columns for one in forms.MathGlyphVariantRecord}
    for part in forms.GlyphAssembly.PartRecords:
        wide, _ = widths[part.glyph]
        drawn[part.glyph] = [round(x * width / wide) for x, _ in outlines[part.glyph].coordinates]
    for name, places in drawn.items():
        outline = outlines[name]
        for point, (x, (_, y)) in enumerate(zip(places, outline.coordinates, strict=True)):
            outline.coordinates[point] = (x, y)
    # The signs of the third and fourth root are composed of these and a digit.
    composed = {
        name
        for name in font.getGlyphOrder()
        if outlines[name].isComposite() and not drawn.keys().isdisjoint(outlines[name].getComponentNames(outlines))
    }
    for name in [*drawn, *composed]:
        outlines[name].recalcBounds(outlines)
        widths[name] = (width, outlines[name].xMin)


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
    slim_radicals(font)
    subset.save_font(font, str(RESULT), options)
    print(f"{RESULT} {RESULT.stat().st_size:,} bytes")  # noqa: T201 - a script for a terminal


if __name__ == "__main__":
    main()
