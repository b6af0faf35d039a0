r"""`[[target]]`, `[[target|label]]`, `[[target#anchor|label]]`: links to entities.

An inline rule, before `link`. The target is a slug, a name or an alias; `actor/russia` gives the kind if
several entities share a name. Nothing is resolved here. `[[` without `]]` in the same paragraph is
reported as unfinished; `\[[` is text.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from site_builder.diagnostics import Severity
from site_builder.markdown.problems import Kind, is_link_label, report
from site_builder.text import lazily

_MARKUP = lazily.pattern(
    r"(?<![\w*_`~])(\*{1,3}|_{1,3}|`|~~)(?=[\w\"“‘«(]).*?(?<=[^\s*_`~])\1(?![\w*_`~])"
)
_MARKS = frozenset("*_`~")
"""The characters that it begins with."""
_SECOND_BAR = lazily.pattern(r"(?<!\s)\|(?=[^|])|\|(?!\s)")
"""A bar that is not punctuation between two words."""
_SHOWN = Kind("foreign-markup", Severity.WARNING)


def wikilinks_plugin(md: MarkdownIt) -> None:
    """Adds the rule; tokens are of type `wikilink`, their parts in `meta`."""
    md.inline.ruler.before("link", "wikilink", _wikilink)


def _wikilink(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if not state.src.startswith("[[", start):
        return False
    end = state.src.find("]]", start + 2)
    inner = state.src[start + 2 : end] if end > 0 else ""
    if end < 0 or "[[" in inner:
        # "[[1]](address)" is an ordinary link; any other "[[" without "]]" is a mistake.
        is_first = state.src[start - 1 : start] != "["
        if not silent and is_first and not is_link_label(state, start):
            hint = "write: [[slug]] or [[slug|words to show]]"
            report(
                state, (start, start + 2), "this link is not finished: its ']]' is missing", hint
            )
        return False
    if state.src.startswith("](", end + 1) or "](" in inner:
        return False
    target, _, label = inner.partition("|")
    target, _, anchor = target.partition("#")
    target, anchor, label = (" ".join(part.split()) for part in (target, anchor, label))
    if not target and not anchor:
        if not silent:
            hint = "write: [[slug]] or [[slug|words to show]]"
            report(state, (start, end + 2), "the name in this link is missing", hint)
        return False
    if not silent:
        token = state.push("wikilink", "", 0)
        token.meta = {
            "target": target,
            "anchor": anchor,
            "label": label,
            "start": start,
            "end": end + 2,
        }
        if not _MARKS.isdisjoint(inner):
            _check_words(state, start, end)
        second = _SECOND_BAR.search(state.src, state.src.find("|", start, end) + 1 or end, end)
        if second:
            message = "a link to an entity can have only one '|', before the words to show"
            report(state, second.span(), message, "write: [[slug|words to show]]")
    state.pos = end + 2
    return True


def _check_words(state: StateInline, start: int, end: int) -> None:
    """Reports emphasis and code inside a link, which shows plain words."""
    found = _MARKUP.search(state.src, state.src.find("|", start, end) + 1 or end, end)
    if found:
        message = "readers would see this as plain text: a link to an entity shows plain words"
        mark = found[1]
        if mark == "`":
            hint = "delete the marks"
        else:
            hint = f"put them around the link: {mark}[[slug|words]]{mark}"
        report(state, found.span(), message, hint, _SHOWN)
