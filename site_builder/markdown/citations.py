"""`[@source]`, `[@source "exact words"]`, `[@one; @two "words"]`: citations.

An inline rule, before `link`. The words may stand in straight, curly or angle quotation marks.
`[@name](address)` is an ordinary link. `[@` that can't be read as a citation is reported.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from site_builder.markdown.wikilinks import report

_ITEM = r"""@(?P<source>[^\s;\]"“”«»]+)(?:\s+(?:"(?P<straight>(?:\\.|[^"\\])*)"|“(?P<curly>[^”]*)”|«(?P<angle>[^»]*)»))?"""
_ONE = re.compile(_ITEM, re.DOTALL)
_BETWEEN = re.compile(r"\s*;\s*")
_END = re.compile(r"\s*\]")
_FORMS = """write: [@source-slug "exact words"]
several: [@one-source "exact words"; @another-source]"""
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


def citations_plugin(md: MarkdownIt) -> None:
    """Adds the rule; tokens are of type `citation`, source and words in `meta`."""
    md.inline.ruler.before("link", "citation", _citation)


def _citation(state: StateInline, silent: bool) -> bool:
    start = state.pos
    source = state.src
    if not source.startswith("[@", start):
        return False
    position = start + 1
    items: list[tuple[str, str, int, int]] = []
    while True:
        match = _ONE.match(source, position)
        if match is None:
            break
        words = match["curly"] or match["angle"] or _ESCAPE.sub(r"\1", match["straight"] or "")
        items.append((match["source"], " ".join(words.split()), position, match.end()))
        position = match.end()
        between = _BETWEEN.match(source, position)
        if between is None:
            break
        position = between.end()
    end = _END.match(source, position) if items else None
    if end is None:
        if not silent and "](" not in source[start:]:
            close = source.find("]", start)
            length = close + 1 - start if close > 0 else 2
            report(state, start, length, "this citation can't be read", _FORMS)
        return False
    if source.startswith(("(", "["), end.end()) and len(items) == 1 and not items[0][1]:
        return False
    if not silent:
        for name, words, first, last in items:
            token = state.push("citation", "", 0)
            token.meta = {"source": name, "words": words, "start": first, "end": last}
    state.pos = end.end()
    return True
