"""Markup in fields that are shown as they are written: titles, names, labels."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.diagnostics import Diagnostic, Location
from site_builder.markdown.foreign import FOREIGN

_MARKUP = re.compile(
    r"(?P<link>\[\[[^\[\]\n]+\]\]|(?<!\w)\[@[\w-]+[^\[\]\n]*\]|\[[^\[\]\n]+\]\((?:https?:|[^\s()]*/)[^\s()]*\))"
    r"|(?P<html></?(?:a|b|br|code|em|i|s|span|strong|sub|sup|u)(?:\s[^<>]{0,200})?/?>)"
    r"|(?P<entity>&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});)"
    r"|(?P<emphasis>(?<![\w*_`~])(?P<mark>\*{1,3}|_{1,3}|`|~~)(?=[\w\"“‘«(])[^\n]*?(?<=[^\s*_`~])(?P=mark)(?![\w*_`~]))"
    r"|(?P<apostrophes>(?<![\w'])'{2,5}(?=[^\s'])[^\n]{0,300}?[^\s']'{2,5}(?![\w']))"
)
_SIGN = re.compile(r"[\[<&*_`~]|''")
"""What is in all of them."""
_WHAT = {
    "link": ("this field has no links and citations", "write the words alone"),
    "html": ("this field has no HTML", "take the tags out"),
    "entity": ("this field has no entities of HTML", "write the sign itself"),
    "apostrophes": ("a quotation mark is one sign", 'write: "so"'),
    "emphasis": ("this field has no emphasis and no code", "take the marks out"),
}


def line_problems(text: str) -> Iterator[Diagnostic]:
    """What in a text is written as if it were Markdown; locations are as those of `parse_prose`."""
    if not _SIGN.search(text):
        return
    for found in _MARKUP.finditer(text):
        what = next(name for name in _WHAT if found[name])
        message, hint = _WHAT[what]
        location = Location("", 0, found.start() + 1, len(found[0]))
        message = f"readers would see this as it is written: {message}"
        yield Diagnostic(FOREIGN.code, message, location, hint, FOREIGN.severity)
