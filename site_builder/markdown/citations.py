"""`[@source]`, `[@source "exact words", p. 3]`, `[@one; @two "words"]`: citations.

An inline rule, before `link`; `text.citing` has the grammar. `[@name](address)` is an ordinary link.
`[@` that can't be read as a citation is reported, and so are citations in the forms of other programs.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline

from site_builder.markdown.problems import is_link_label, report
from site_builder.text import citing, lazily

_FORMS = """write: [@source-slug "exact words"]
several: [@one-source "exact words"; @another-source]"""
_OF_PANDOC = lazily.pattern(
    r"\[\s*(?:(?:see|see also|also|but see|cf\.?|e\.g\.|compare|vgl\.|siehe|voir)\s+)?-?@\w",
    re.IGNORECASE,
)
"""A citation with words before it, which Pandoc allows."""
_ADDRESS = lazily.pattern(r"\(\s*(?:<[^<>\n]*>|[^\s<>()]*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)")
_HANDLE = lazily.pattern(r"@[^\W_](?:[\w-]*\w)?")
_NO_HANDLE_BEHIND = lazily.pattern(r"(?:[\w@/.]|\\\[)$")
"""An "@" after these is part of an e-mail or web address; the author of `\\[@x]` wants text."""


def citations_plugin(md: MarkdownIt) -> None:
    """Adds the rules. Tokens of type `citation` have what `citing.Item` has in `meta`.

    Tokens of type `handle` are `@name` in a text, which may or may not mean a source.
    """
    md.inline.ruler.before("link", "citation", _citation)
    md.inline.ruler.before("link", "handle", _handle)


def _citation(state: StateInline, silent: bool) -> bool:
    start, source = state.pos, state.src
    if source[start] != "[" or not _OF_PANDOC.match(source, start):
        if source.startswith("[@", start) and not silent and not is_link_label(state, start):
            _report_unreadable(state, start)
        return False
    group = citing.read(source, start + 1, closing="]")
    if group.problem:
        if silent or is_link_label(state, start):
            return False
        _report_unreadable(state, start, group.problem)
        # Nothing else may read what was meant as a citation.
        is_closed = source.startswith("]", group.end - 1)
        state.pos = group.end if is_closed else start + 2
        state.pending += source[start : state.pos]
        return True
    if _is_ordinary_link(state, group):
        return False
    if not silent:
        for item in group.items:
            token = state.push("citation", "", 0)
            token.meta = item._asdict()
        if _ADDRESS.match(source, group.end):
            message = "a citation can't be a link as well"
            hint = "delete the address, or put a space before its bracket"
            report(state, (start, group.end + 1), message, hint)
    state.pos = group.end
    return True


def _is_ordinary_link(state: StateInline, group: citing.Group) -> bool:
    """Whether `[@name]` is followed by an address, or by the name of a defined link."""
    if len(group.items) != 1 or group.items[0].words or group.items[0].place:
        return False
    following = state.src[group.end : group.end + 1]
    if following == "(":
        return bool(_ADDRESS.match(state.src, group.end))
    label, closed, _ = state.src[group.end + 1 :].partition("]")
    return (
        following == "["
        and bool(closed)
        and normalizeReference(label) in state.env.get("references", {})
    )


def _report_unreadable(
    state: StateInline, start: int, problem: citing.Unreadable | None = None
) -> None:
    if problem is None:
        close = state.src.find("]", start)
        end = close + 1 if close > 0 else start + 2
        report(state, (start, end), "the slug of a source is missing in this citation", _FORMS)
        return
    shown = f"[{problem.form}]"
    hint = f"write: {shown}" if problem.form and shown not in problem.message else ""
    _report(state, problem, hint)


def _report(state: StateInline, problem: citing.Unreadable, hint: str) -> None:
    report(state, (problem.start, problem.end), problem.message, hint)


def _handle(state: StateInline, silent: bool) -> bool:
    """`@name`: text, and perhaps a citation without its brackets."""
    start, source = state.pos, state.src
    if source[start] != "@" or _NO_HANDLE_BEHIND.search(source, max(0, start - 2), start):
        return False
    match = _HANDLE.match(source, start)
    if match is None:
        return False
    if not silent and source.startswith("(", start - 1):
        group = citing.read(source, start, closing=")")
        if group.problem is None and group.items[0].words:
            meant = " ".join(source[start : group.end - 1].split())
            message, hint = "a citation needs square brackets", f"write: [{meant}]"
            report(state, (start - 1, group.end), message, hint)
            state.pending += match[0]
            state.pos = match.end()
            return True
    if not silent:
        token = state.push("handle", "", 0)
        token.content = match[0]
        token.meta = {"start": start, "end": match.end()}
    state.pos = match.end()
    return True
