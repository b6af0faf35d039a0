"""What a page weighs, compressed, as the brief allows it."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

KILOBYTE = 1000


def compressed(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 9))


def test_the_front_page_is_complete_in_forty_kilobytes(seed_site: Path) -> None:
    page = seed_site / "index.html"
    linked = set(re.findall(r'(?:href|src)="(assets/[^"]+\.(?:css|js))"', page.read_text()))
    assert {Path(name).suffix for name in linked} == {".css", ".js"}
    assert compressed(page) + sum(compressed(seed_site / name) for name in linked) <= 40 * KILOBYTE


def test_scripts_stay_under_eight_kilobytes(seed_site: Path) -> None:
    assert sum(map(compressed, (seed_site / "assets").glob("*.js"))) <= 8 * KILOBYTE


def test_the_typeface_stays_under_sixty_kilobytes_and_is_not_waited_for(seed_site: Path) -> None:
    fonts = list((seed_site / "assets").glob("*.woff2"))
    assert sum(font.stat().st_size for font in fonts) <= 60 * KILOBYTE
    styles = "".join(file.read_text() for file in (seed_site / "assets").glob("tokens.*.css"))
    shipped = [face for face in re.findall(r"@font-face \{[^}]*\}", styles) if "url(" in face]
    assert len(shipped) == len(fonts)
    assert all("font-display: swap" in face for face in shipped)
    assert list((seed_site / "assets").glob("newsreader-licence.*.txt"))
