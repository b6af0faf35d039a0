"""Finds markup in fields of plain text: titles, names, labels."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.diagnostics import Diagnostic, Location
from site_builder.markdown.foreign import FOREIGN
from site_builder.text import lazily

_MARKUP = lazily.pattern(
    r"(?P<link>\[\[[^\[\]\n]+\]\]|(?<!\w)\[@[\w-]+[^\[\]\n]*\]|\[[^\[\]\n]+\]\((?:https?:|[^\s()]*/)[^\s()]*\))"
    r"|(?P<html></?(?:a|b|br|code|em|i|s|span|strong|sub|sup|u)(?:\s[^<>]{0,200})?/?>)"
    r"|(?P<entity>&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});)"
    r"|(?P<emphasis>(?<![\w*_`~])(?P<mark>\*{1,3}|_{1,3}|`|~~)(?=[\w\"“‘«(])[^\n]*?(?<=[^\s*_`~])(?P=mark)(?![\w*_`~]))"
    r"|(?P<apostrophes>(?<![\w'])'{2,5}(?=[^\s'])[^\n]{0,300}?[^\s']'{2,5}(?![\w']))"
)
_SIGN = lazily.pattern(r"[\[<&*_`~]|''")
"""Characters of which every form contains one."""
_WHAT = {
    "link": ("this field can't have links or citations", "write only the words"),
    "html": ("this field can't have HTML", "delete the tags"),
    "entity": ("this field can't have HTML entities", "write the character itself"),
    "apostrophes": ("write a quotation mark as one character", 'write: "so"'),
    "emphasis": ("this field can't have emphasis or code", "delete the marks"),
}


def line_problems(text: str) -> Iterator[Diagnostic]:
    """Findings about Markdown in plain text, with locations like those of `parse_prose`."""
    if not _SIGN.search(text):
        return
    for found in _MARKUP.finditer(text):
        what = next(name for name in _WHAT if found[name])
        message, hint = _WHAT[what]
        location = Location("", 0, found.start() + 1, len(found[0]))
        message = f"readers would see this as plain text: {message}"
        yield Diagnostic(FOREIGN.code, message, location, hint, FOREIGN.severity)
