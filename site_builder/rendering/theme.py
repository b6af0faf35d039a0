"""A style sheet of the design tokens that a site sets in `site.yaml`, which follows the theme's own.

A colour is meant for the light scheme. In the dark scheme, the accent and the tones of stances keep its hue but
get another lightness, unless `dark-accent` and so on set them; the colours of paper and ink change there only
with `dark-paper` and so on.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from site_builder.content.entries import SiteContent
from site_builder.content.places import Places
from site_builder.diagnostics import Diagnostic
from site_builder.disk import read_file
from site_builder.reading.themes import default_theme
from site_builder.text import lazily
from site_builder.text.guesses import did_you_mean

TOKENS_FILE = "tokens.css"
THEME_FILE = "theme.css"

_TONES = frozenset(("accent", "yes", "no", "part", "other", "none"))
_OLD = {
    "support": "yes",
    "reject": "no",
    "condition": "part",
    "contest": "other",
    "neutral": "none",
}
"""Names that the tokens of tones had before."""
_GROUNDS = frozenset(("paper", "paper-raised", "ink", "muted", "rule", "mark"))
_DARK = "dark-"
_DARK_LIGHTNESS = 0.8
"""The OKLCH lightness of a tone in the dark scheme: a contrast of 7:1 with the theme's own paper."""
_REMARK = re.compile(rb"^[ \t]*(?://.*|/\*\*.*\*/)?\n|^[ \t]+", re.MULTILINE)
_TOKEN = lazily.pattern(r"--([a-z][a-z0-9-]*)\s*:")


def without_remarks(script: bytes) -> bytes:
    """A script of the default theme without lines that are remarks, and without indentation: a quarter less to load."""
    return _REMARK.sub(b"", script)


def known_tokens(style_sheet: bytes) -> tuple[str, ...]:
    """The tokens that `tokens.css` declares, and their names for the dark scheme; in order, each once."""
    names = dict.fromkeys(_TOKEN.findall(style_sheet.decode("utf-8", "replace")))
    coloured = [name for name in names if name in _TONES | _GROUNDS]
    return (*names, *(_DARK + name for name in coloured))


def problems_of_tokens(content: SiteContent, places: Places) -> list[Diagnostic]:
    """What is wrong with the tokens that a site sets for the default theme."""
    if not content.site.theme:
        return []
    return unknown_tokens(content, places, read_file(default_theme() / "static" / TOKENS_FILE))


def unknown_tokens(content: SiteContent, places: Places, style_sheet: bytes) -> list[Diagnostic]:
    """The tokens that a site sets and its theme does not have; `style_sheet` is the theme's `tokens.css`."""
    tokens = content.site.theme
    if not tokens:
        return []
    known = known_tokens(style_sheet)
    return [
        Diagnostic(
            "unknown-token",
            f"the theme has no token '{name}'{did_you_mean(name, known)}",
            places.key(content.site_file, ("theme", name)),
        )
        for name in sorted(tokens.keys() - set(known))
        if not _is_old(name)
    ]


def _is_old(name: str) -> bool:
    """Whether a token has the name of a tone as it was before; it is read on."""
    return name.removeprefix(_DARK) in _OLD


def _today(name: str) -> str:
    """The name that a token has today."""
    dark = _DARK if name.startswith(_DARK) else ""
    return dark + _OLD.get(name.removeprefix(_DARK), name.removeprefix(_DARK))


def theme_css(tokens: Mapping[str, str]) -> bytes:
    """The style sheet of a site's own tokens."""
    tokens = {_today(name): value for name, value in tokens.items()}
    everywhere, light, dark = [], [], []
    for name, value in tokens.items():
        declaration = f"--{name}: {value};"
        if name.startswith(_DARK):
            dark.append(f"--{name.removeprefix(_DARK)}: {value};")
        elif name in _GROUNDS:
            light.append(declaration)
        elif name in _TONES:
            light.append(declaration)
            if _DARK + name not in tokens:
                dark.append(f"--{name}: oklch(from {value} {_DARK_LIGHTNESS} c h);")
        else:
            everywhere.append(declaration)
    rules = [
        *_rule("", everywhere),
        *_rule("@media not all and (prefers-color-scheme: dark)", light),
        *_rule("@media screen and (prefers-color-scheme: dark)", dark),
    ]
    return "".join(f"{rule}\n" for rule in rules).encode()


def _rule(condition: str, declarations: Collection[str]) -> list[str]:
    if not declarations:
        return []
    rule = f":root {{ {' '.join(declarations)} }}"
    return [f"{condition} {{ {rule} }}" if condition else rule]
