"""The fonts of drawn images: their letters and widths, and where lines break.

The builder includes Literata, with Latin, Vietnamese, Greek and Cyrillic letters (`tools/card_fonts.py` made
the files). A site can add fonts for other letters as `.ttf` or `.otf` files in its folder `fonts/`; their
letters are assumed to be as wide as high.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Literal

from site_builder.memory.blobs import key_of

FOLDER = Path(__file__).parent / "fonts"
Cut = Literal["literata-display.ttf", "literata-text.ttf"]
DISPLAY: Cut = "literata-display.ttf"
TEXT: Cut = "literata-text.ttf"
_SUFFIXES = (".ttf", ".otf")
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\ufeff")


class Lettering:
    """The fonts of one site. `own` is the folder of its own fonts, which need not exist."""

    def __init__(self, own: Path) -> None:
        self._own = own

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The font files, ours first."""
        ours = [str(FOLDER / name) for name in (DISPLAY, TEXT)]
        theirs = sorted(
            str(path)
            for path in (self._own.iterdir() if self._own.is_dir() else ())
            if path.suffix.lower() in _SUFFIXES and path.is_file()
        )
        return (*ours, *theirs)

    @property
    def own_key(self) -> str:
        """A cache key of the site's own fonts, without those of the program."""
        own = [path for path in self.files if Path(path).parent == self._own]
        return key_of(*own, *(Path(path).read_bytes() for path in own))

    @cached_property
    def key(self) -> str:
        """A cache key of all fonts."""
        return key_of(*(Path(path).read_bytes() for path in self.files))

    @cached_property
    def _widths(self) -> Mapping[str, Mapping[str, int]]:
        table: Mapping[str, Mapping[str, int]] = json.loads((FOLDER / "widths.json").read_bytes())
        return table

    def missing(self, text: str) -> str:
        """The letters of a text that can't be drawn, each once; "" if all can, or if that is unknown."""
        if len(self.files) > 2:
            return ""
        known = self._widths[TEXT]
        return "".join(
            dict.fromkeys(
                c for c in text if c not in known and not c.isspace() and c not in _INVISIBLE
            )
        )

    def width(self, text: str, size: float, cut: Cut) -> float:
        """The width of a text at a font size, both in pixels, without kerning."""
        table = self._widths[cut]
        return sum(table.get(c, 0 if c in _INVISIBLE else 1000) for c in text) * size / 1000

    def lines(self, text: str, size: float, cut: Cut, room: float) -> tuple[str, ...]:
        """Breaks a text into lines of at most `room` pixels.

        Lines break between words; a word too long for a line (or a text without spaces) breaks anywhere.
        """
        lines: list[str] = []
        line = ""
        for word in self._pieces(text, size, cut, room):
            longer = (
                f"{line} {word}" if line and not word.startswith("\0") else line + word.strip("\0")
            )
            if line and self.width(longer, size, cut) > room:
                lines.append(line)
                line = word.strip("\0")
            else:
                line = longer.replace("\0", "")
        lines.append(line)
        return tuple(lines)

    def _pieces(self, text: str, size: float, cut: Cut, room: float) -> list[str]:
        """The words of a text; one too wide for a line is split into letters, marked by a NUL."""
        pieces: list[str] = []
        for word in text.split():
            if self.width(word, size, cut) <= room:
                pieces.append(word)
            else:
                pieces += [word[0], *(f"\0{letter}" for letter in word[1:])]
        return pieces
