"""Brackets that look like a link, picture or footnote and are none: reported, and left as text."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline

from site_builder.diagnostics import Severity
from site_builder.markdown.problems import Kind, report
from site_builder.text import lazily

FOOTNOTE = Kind("footnote", Severity.WARNING)
_UNDEFINED = Kind("link-definition", Severity.WARNING)

_FOOTNOTE = lazily.pattern(r"\[\^(?P<label>[^\s\]]+)\](?!:)")
_SPACED = lazily.pattern(
    r"\((?P<address>[^()<>\"\n]*?[^()<>\"\s][ \t]+[^()<>\"\n]*?)(?P<title>[ \t]+\"[^\"\n]*\")?[ \t]*\)"
)
_A_FILE = lazily.pattern(r"(?:^[a-zA-Z][\w+.-]*:|/|^\.|\.[A-Za-z0-9]{2,4}(?:#\S*)?$)")
"""What tells an address from words in brackets."""
_APART = lazily.pattern(
    r"[ \t]+\((?P<address>https?:[^\s()]+|[^\s()]+\.(?:jpe?g|png|gif|svg|webp|avif))\)"
)
_UNENDED = lazily.pattern(
    r"\((?:https?://|www\.|mailto:)[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*(?=\s|\Z)"
)
_ENDED = lazily.pattern(r"\((?P<address>[^\s()<>]+)\)")
_NAMED = lazily.pattern(r"\[(?P<label>[^\[\]]*)\]")
_EMBED = lazily.pattern(r"!\[\[(?P<name>[^\[\]|\n]+)(?:\|[^\[\]\n]*)?\]\]")
_PICTURE = lazily.pattern(r"\.(?:jpe?g|png|gif|svg|webp|avif)$", re.IGNORECASE)
_LONGEST_NAME = 100


def unread_plugin(md: MarkdownIt) -> None:
    """Adds the rules, behind those for what they might have been."""
    md.inline.ruler.before("wikilink", "embed", _embed)
    md.inline.ruler.after("footnote_ref", "unread", _unread)
    md.inline.ruler.before("footnote_inline", "footnote_in_field", _in_field)


def _embed(state: StateInline, silent: bool) -> bool:
    """`![[name]]`, which shows a note or picture of Obsidian."""
    if not state.src.startswith("![[", state.pos) or not _begins_word(state):
        return False
    found = _EMBED.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        name = " ".join(found["name"].split())
        message, hint = "an entity can't be shown within a text", f"link to it: [[{name}]]"
        if _PICTURE.search(name):
            address = f"<{name}>" if " " in name else name
            message = "this is no picture"
            hint = f"write what it shows, then the file: ![what it shows]({address})"
        report(state, found.span(), message, hint)
        state.pending += found[0]
    state.pos = found.end()
    return True


def _begins_word(state: StateInline) -> bool:
    """Whether nothing stands right before the current place to which an exclamation mark belongs."""
    before = state.src[state.pos - 1 : state.pos]
    return not (before.isalnum() or before in tuple("!?.)\"'”’»]*_"))


def _in_field(state: StateInline, silent: bool) -> bool:
    if state.env.get("is_field") and state.src.startswith("^[", state.pos) and not silent:
        message = "a field has no footnotes"
        report(state, (state.pos, state.pos + 2), message, "put it into the text, or into brackets")
        state.pending += "^["
        state.pos += 2
        return True
    return False


def _unread(state: StateInline, silent: bool) -> bool:
    """Reports only; it reads nothing."""
    start, source = state.pos, state.src
    if silent or state.linkLevel:
        return False
    if source.startswith("![", start) and _begins_word(state):
        _bracket(state, start + 1, is_picture=True)
    elif source[start] == "[" and source[start - 1 : start] not in ("!", "\\", "["):
        _bracket(state, start, is_picture=False)
    return False


def _bracket(state: StateInline, start: int, *, is_picture: bool) -> None:
    source = state.src
    note = _FOOTNOTE.match(source, start)
    if note and not is_picture:
        where = "a field has no footnotes" if state.env.get("is_field") else ""
        message = where or f"there is no footnote '{note['label']}'"
        hint = (
            "put it into the text" if where else f"write it below the text: [^{note['label']}]: …"
        )
        if _is_news(state, note.group()):
            report(state, note.span(), message, hint, FOOTNOTE)
        return
    end = state.md.helpers.parseLinkLabel(state, start) + 1
    if end <= 0:
        return
    first = start - 1 if is_picture else start
    spaced = _SPACED.match(source, end)
    if spaced and (is_picture or _A_FILE.search(spaced["address"])):
        address = " ".join(spaced["address"].split())
        what = "picture" if is_picture else "link"
        message = f"this is no {what}: there are spaces in its address"
        hint = f"put it in angle brackets, or write %20 for each space: (<{address}>)"
        report(state, (first, spaced.end()), message, hint)
        return
    apart = _APART.match(source, end)
    if apart:
        what = "picture" if is_picture else "link"
        message = f"this is no {what}: a space stands between its two brackets"
        hint = f"write: {source[first:end]}({apart['address']})"
        report(state, (first, apart.end()), message, " ".join(hint.split()))
        return
    unended = _UNENDED.match(source, end)
    if unended:
        what = "picture" if is_picture else "link"
        message = f"this {what} is not finished: there is no ')'"
        hint = f"write: {source[first:end]}{unended.group().rstrip('.,;:!?')})"
        report(state, (first, unended.end()), message, " ".join(hint.split()))
        return
    ended = _ENDED.match(source, end)
    if (
        ended
        and not is_picture
        and _A_FILE.search(ended["address"])
        and "[" in source[start + 1 : end]
    ):
        message = "this is no link: its words hold another link, a citation or a footnote"
        hint = "write that before or behind the link"
        report(state, (first, end), message, hint)
        return
    named = _NAMED.match(source, end)
    label = (named["label"] if named else "") or source[start + 1 : end - 1]
    behind_word = source[start - 1 : start].isalnum()  # as in `rows[i][j]`
    if (
        named
        and not behind_word
        and len(label) <= _LONGEST_NAME
        and _is_name(label, is_picture=is_picture)
    ):
        name = normalizeReference(label)
        if name not in state.env.get("references", {}) and _is_news(state, name):
            message = f"no address is defined for '{' '.join(label.split())}'"
            hint = f"write it below the text: [{' '.join(label.split())}]: https://…"
            report(state, (first, named.end()), message, hint, _UNDEFINED)
    elif is_picture and not source.startswith("(", end):
        message, hint = "this picture names no file", "write: ![what it shows](file.jpg)"
        report(state, (first, end), message, hint)


def _is_news(state: StateInline, name: str) -> bool:
    """Whether it was not told yet that a name is missing in this text."""
    told = state.env.setdefault("missing", set())
    is_news = name not in told
    told.add(name)
    return is_news


def _is_name(label: str, *, is_picture: bool) -> bool:
    """Whether a label in a second pair of brackets can be the name of an address: not `[…]`, `[0]`."""
    return is_picture or (any(c.isalpha() for c in label) and not label.startswith(("@", "^", "[")))
