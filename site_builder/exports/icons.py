"""Icons from the site's initials and its accent colour. Files with the same names in `static/` replace them.

`favicon.ico` (32 × 32, an ICO file with a PNG inside), `icon-192.png` and `apple-touch-icon.png` (180 × 180).
If no font has the letters of the initials, the icon shows a plain disc.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Mapping

from site_builder.content.models import Site
from site_builder.pages.reuse import IconView
from site_builder.text import lazily

ICONS = (
    IconView("icon", "favicon.ico", "image/x-icon", "32x32"),
    IconView("icon", "icon-192.png", "image/png", "192x192"),
    IconView("apple-touch-icon", "apple-touch-icon.png", "image/png", "180x180"),
)
PAPER, INK, ACCENT = "#fbfaf6", "#1c1b18", "#8c1d18"
_COLOUR = lazily.pattern(r"#(?:[0-9a-fA-F]{3}){1,2}")
_SMALL_WORDS = frozenset(("the", "a", "an", "of", "on", "in", "and", "for", "to"))


def initials(title: str) -> str:
    """One or two letters for a title: `The Moscow talks` is `MT`."""
    words = re.findall(r"\w+", title)
    weighty = [word for word in words if word.lower() not in _SMALL_WORDS] or words
    return "".join(word[0] for word in weighty[:2]).upper() or "?"


def colour(theme: Mapping[str, str], token: str, default: str) -> str:
    """A design token as a colour for drawings: the site's if it is `#rgb` or `#rrggbb`, else the default."""
    own = theme.get(token, "")
    return own if _COLOUR.fullmatch(own) else default


def icon_svg(site: Site, size: int, *, letters: bool) -> str:
    """The icon as SVG, `size` pixels wide."""
    accent = colour(site.theme, "accent", ACCENT)
    text = initials(site.title) if letters else ""
    mark = (
        f'<text x="50" y="{68 if len(text) == 2 else 71}" text-anchor="middle" '
        f'font-family="Literata" font-weight="600" font-size="{52 if len(text) == 2 else 62}">'
        f"{text}</text>"
        if text
        else '<circle cx="50" cy="50" r="22"/>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 100 100">'
        f'<rect width="100" height="100" rx="{14 if size != 180 else 0}" fill="{accent}"/>'
        f'<g fill="{PAPER}">{mark}</g></svg>'
    )


def drawings(site: Site, *, letters: bool) -> Iterable[tuple[str, str]]:
    """The path and SVG of each icon."""
    for view in ICONS:
        yield view.path, icon_svg(site, int(view.sizes.partition("x")[0]), letters=letters)


def finished(path: str, png: bytes) -> bytes:
    """The bytes of an icon file, made from its PNG."""
    if not path.endswith(".ico"):
        return png
    # ICONDIR and one ICONDIRENTRY; a size of 32, one plane, 32 bits a pixel, then the PNG itself.
    return struct.pack("<HHH BBBBHHII", 0, 1, 1, 32, 32, 0, 0, 1, 32, len(png), 22) + png
