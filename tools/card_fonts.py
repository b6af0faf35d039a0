"""Cut the typeface of card images and icons out of the Literata package: two files for site_builder/exports/fonts/.

Cards are drawn while a site is built, with no font of the machine, so that they are the same everywhere. Literata
(SIL Open Font License, no reserved name) is a book face with Latin, Vietnamese, Greek (polytonic too) and Cyrillic letters. Two
weights, each at the optical size it is set in; the files are plain TrueType, as the drawing library reads them. Beside them
stands what each letter is wide, so that lines can be broken without reading the fonts. Run it again only to change the choice:

    npm pack @fontsource-variable/literata && tar xzf fontsource-variable-literata-*.tgz
    pip install "fonttools[woff]"
    python tools/card_fonts.py package site_builder/exports/fonts
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

SUBSETS = ("latin", "latin-ext", "vietnamese", "greek", "greek-ext", "cyrillic", "cyrillic-ext")
# (file, weight, optical size in points)
CUTS = [("literata-display.ttf", 600, 48), ("literata-text.ttf", 400, 18)]


def cut(package: Path, weight: int, size: int) -> TTFont:
    """One weight and size of the family, all its letters in one font, kerning kept."""
    options = Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 4, 5, 6, 13, 14]
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for subset in SUBSETS:
            font = TTFont(package / "files" / f"literata-{subset}-standard-normal.woff2")
            font = instantiateVariableFont(font, {"wght": weight, "opsz": size})
            subsetter = Subsetter(options)
            subsetter.populate(unicodes=font.getBestCmap())
            subsetter.subset(font)
            font.flavor = None
            part = Path(folder) / f"{subset}.ttf"
            font.save(part)
            parts.append(str(part))
        return Merger().merge(parts)


def main(package: Path, target: Path) -> None:
    """Write both fonts, their widths and their licence to `target`."""
    target.mkdir(parents=True, exist_ok=True)
    widths = {}
    for name, weight, size in CUTS:
        font = cut(package, weight, size)
        font["OS/2"].usWeightClass = weight
        for record in font["name"].names:
            if record.nameID in (1, 4):
                record.string = "Literata"
        # The moment of cutting would make two cuts differ.
        font["head"].created = font["head"].modified = 0
        font.recalcTimestamp = False
        font.save(target / name)
        units = font["head"].unitsPerEm
        metrics = font["hmtx"].metrics
        widths[name] = {
            chr(code): round(1000 * metrics[glyph][0] / units)
            for code, glyph in sorted(font.getBestCmap().items())
        }
    text = json.dumps(widths, ensure_ascii=False, separators=(",", ":"))
    (target / "widths.json").write_text(text + "\n", encoding="utf-8")
    shutil.copyfile(package / "LICENSE", target / "literata-licence.txt")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
