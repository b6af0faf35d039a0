"""Cut the theme's typeface out of the Newsreader package: three small files for templates/static/.

The theme ships Newsreader (SIL Open Font License, no reserved name) because the serifs of many systems
are not made for long reading. The whole family is 500 kB; what the theme uses is 55 kB: Western European
letters, one weight for text, one for headlines, one italic. Run it again only to change that choice:

    npm pack @fontsource-variable/newsreader && tar xzf fontsource-variable-newsreader-*.tgz
    pip install "fonttools[woff]"
    python tools/fonts.py package templates/static
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

CHARACTERS = (
    [chr(code) for code in range(0x20, 0x7F)]
    + [chr(code) for code in range(0xA0, 0x100) if chr(code) not in "ª¤¦¨©¬¯®±²³´µ¶¸¹¼½¾"]
    + list("ŁłŒœŠšŽž–—‘’‚“”„•…‹›€→−")
)
FEATURES = ["kern", "liga", "lnum", "locl", "onum"]
# (file in the package, file of the theme, weight, optical size in points)
CUTS = [
    ("newsreader-latin-standard-normal.woff2", "newsreader-regular.woff2", 400, 18),
    ("newsreader-latin-standard-normal.woff2", "newsreader-semibold.woff2", 600, 36),
    ("newsreader-latin-standard-italic.woff2", "newsreader-italic.woff2", 400, 18),
]


def cut(source: Path, target: Path, weight: int, size: int) -> None:
    """Write one weight and size of the variable font `source`, with our characters, to `target`."""
    font = instantiateVariableFont(TTFont(source), {"wght": weight, "opsz": size})
    options = Options()
    options.layout_features = FEATURES
    options.hinting = False
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(CHARACTERS))
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(target)


def main(package: Path, target: Path) -> None:
    """Cut all files from the unpacked package into the folder `target`, the licence with them."""
    for source, name, weight, size in CUTS:
        cut(package / "files" / source, target / name, weight, size)
    shutil.copyfile(package / "LICENSE", target / "newsreader-licence.txt")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
