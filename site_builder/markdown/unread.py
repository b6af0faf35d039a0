"""Brackets that look like a link, picture or footnote but are not: reported, and kept as text."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline

from site_builder.diagnostics import Severity
from site_builder.markdown.problems import SYNTAX, Kind, report
from site_builder.text import lazily
from site_builder.values import NamedTuple

FOOTNOTE = Kind("footnote", Severity.WARNING)
_UNDEFINED = Kind("link-definition", Severity.WARNING)

_FOOTNOTE = lazily.pattern(r"\[\^(?P<label>[^\s\]]+)\](?!:)")
_SPACED = lazily.pattern(
    r"\((?P<address>[^()<>\"\n]*?[^()<>\"\s][ \t]+[^()<>\"\n]*?)(?P<title>[ \t]+\"[^\"\n]*\")?[ \t]*\)"
)
_A_FILE = lazily.pattern(r"(?:^[a-zA-Z][\w+.-]*:|/|^\.|\.[A-Za-z0-9]{2,4}(?:#\S*)?$)")
"""What distinguishes an address from words in brackets."""
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
    """Adds the rules after those for links, pictures and footnotes."""
    md.inline.ruler.before("wikilink", "embed", _embed)
    md.inline.ruler.after("footnote_ref", "unread", _unread)
    md.inline.ruler.before("footnote_inline", "footnote_in_field", _in_field)


def _embed(state: StateInline, silent: bool) -> bool:
    """Reports `![[name]]`, which shows a note or picture in Obsidian."""
    if not state.src.startswith("![[", state.pos) or not _begins_word(state):
        return False
    found = _EMBED.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        name = " ".join(found["name"].split())
        message, hint = "an entity can't be shown inside a text", f"link to it: [[{name}]]"
        if _PICTURE.search(name):
            address = f"<{name}>" if " " in name else name
            message = "this is not a picture"
            hint = f"write what it shows, then the file: ![what it shows]({address})"
        report(state, found.span(), message, hint)
        state.pending += found[0]
    state.pos = found.end()
    return True


def _begins_word(state: StateInline) -> bool:
    """Whether no text directly before the current place owns an exclamation mark here."""
    before = state.src[state.pos - 1 : state.pos]
    return not (before.isalnum() or before in tuple("!?.)\"'”’»]*_"))


def _in_field(state: StateInline, silent: bool) -> bool:
    if state.env.get("is_field") and state.src.startswith("^[", state.pos) and not silent:
        message = "a field can't have footnotes"
        report(
            state,
            (state.pos, state.pos + 2),
            message,
            "move it into the text, or write it in brackets",
        )
        state.pending += "^["
        state.pos += 2
        return True
    return False


def _unread(state: StateInline, silent: bool) -> bool:
    """Only reports; never consumes text."""
    start, source = state.pos, state.src
    if silent or state.linkLevel:
        return False
    if source.startswith("![", start) and _begins_word(state):
        _bracket(state, start + 1, is_picture=True)
    elif source[start] == "[" and source[start - 1 : start] not in ("!", "\\", "["):
        _bracket(state, start, is_picture=False)
    return False


class _Brackets(NamedTuple):
    """A pair of brackets that did not become a link, picture or footnote; `end` is the offset after it."""

    state: StateInline
    start: int
    end: int
    is_picture: bool

    @property
    def first(self) -> int:
        """The offset of the bracket, or of the `!` before it."""
        return self.start - 1 if self.is_picture else self.start

    @property
    def what(self) -> str:
        """What the author probably meant."""
        return "picture" if self.is_picture else "link"

    @property
    def text(self) -> str:
        """The brackets as written."""
        return self.state.src[self.first : self.end]


class _Mistake(NamedTuple):
    """What is wrong with brackets, from `first` of them to `end`."""

    message: str
    hint: str
    end: int
    kind: Kind = SYNTAX


def _bracket(state: StateInline, start: int, *, is_picture: bool) -> None:
    """Reports what is wrong with a bracket at `start`, if it was meant as markup."""
    if not is_picture and _footnote(state, start):
        return
    end = state.md.helpers.parseLinkLabel(state, start) + 1
    if end <= 0:
        return
    brackets = _Brackets(state, start, end, is_picture)
    for rule in (_spaced_address, _apart, _unended, _nested_link, _undefined, _no_file):
        mistake = rule(brackets)
        if mistake:
            place = brackets.first, mistake.end
            report(state, place, mistake.message, mistake.hint, mistake.kind)
            return


def _footnote(state: StateInline, start: int) -> bool:
    """Reports `[^1]` without such a footnote; whether this is one."""
    note = _FOOTNOTE.match(state.src, start)
    if note is None:
        return False
    if _is_news(state, note.group()):
        message, hint = "a field can't have footnotes", "move it into the text"
        if not state.env.get("is_field"):
            message = f"there is no footnote '{note['label']}'"
            hint = f"write it below the text: [^{note['label']}]: …"
        report(state, note.span(), message, hint, FOOTNOTE)
    return True


def _spaced_address(brackets: _Brackets) -> _Mistake | None:
    """`![tea](a cup.jpg)`."""
    found = _SPACED.match(brackets.state.src, brackets.end)
    if not found or not (brackets.is_picture or _A_FILE.search(found["address"])):
        return None
    address = " ".join(found["address"].split())
    message = f"this is not a {brackets.what}: there are spaces in its address"
    hint = f"put it in angle brackets, or write %20 for each space: (<{address}>)"
    return _Mistake(message, hint, found.end())


def _apart(brackets: _Brackets) -> _Mistake | None:
    """`[tea] (https://tea.example)`."""
    found = _APART.match(brackets.state.src, brackets.end)
    if not found:
        return None
    message = f"this is not a {brackets.what}: there is a space between its brackets"
    hint = f"write: {brackets.text}({found['address']})"
    return _Mistake(message, " ".join(hint.split()), found.end())


def _unended(brackets: _Brackets) -> _Mistake | None:
    """`[tea](https://tea.example`."""
    found = _UNENDED.match(brackets.state.src, brackets.end)
    if not found:
        return None
    message = f"this {brackets.what} is not finished: its ')' is missing"
    hint = f"write: {brackets.text}{found.group().rstrip('.,;:!?')})"
    return _Mistake(message, " ".join(hint.split()), found.end())


def _nested_link(brackets: _Brackets) -> _Mistake | None:
    """`[the [[tea]]](https://tea.example)`."""
    found = _ENDED.match(brackets.state.src, brackets.end)
    if not found or brackets.is_picture or not _A_FILE.search(found["address"]):
        return None
    if "[" not in brackets.state.src[brackets.start + 1 : brackets.end]:
        return None
    message = "this is not a link: its words contain another link, a citation or a footnote"
    return _Mistake(message, "move that before or after the link", brackets.end)


def _undefined(brackets: _Brackets) -> _Mistake | None:
    """`[tea][shop]`, and no `[shop]: …`."""
    state = brackets.state
    found = _reference(brackets)
    if found is None:
        return None
    name = normalizeReference(found.label)
    if name in state.env.get("references", {}) or not _is_news(state, name):
        return None
    words = " ".join(found.label.split())
    message = f"no address is defined for '{words}'"
    hint = f"define it below the text: [{words}]: https://…"
    return _Mistake(message, hint, found.end, _UNDEFINED)


def _no_file(brackets: _Brackets) -> _Mistake | None:
    """`![tea]`."""
    is_address = brackets.state.src.startswith("(", brackets.end)
    if not brackets.is_picture or is_address or _reference(brackets):
        return None
    return _Mistake("this picture names no file", "write: ![what it shows](file.jpg)", brackets.end)


class _Reference(NamedTuple):
    """The name of an address, as in `[tea][shop]`, and the offset after it."""

    label: str
    end: int


def _reference(brackets: _Brackets) -> _Reference | None:
    """The name of an address that is written after brackets."""
    source, start = brackets.state.src, brackets.start
    named = _NAMED.match(source, brackets.end)
    if not named:
        return None
    label = named["label"] or source[start + 1 : brackets.end - 1]
    follows_word = source[start - 1 : start].isalnum()  # as in `rows[i][j]`
    if follows_word or len(label) > _LONGEST_NAME:
        return None
    return _Reference(label, named.end()) if _is_name(label, brackets.is_picture) else None


def _is_news(state: StateInline, name: str) -> bool:
    """Whether a missing name has not been reported yet in this text; remembers it."""
    told = state.env.setdefault("missing", set())
    is_news = name not in told
    told.add(name)
    return is_news


def _is_name(label: str, is_picture: bool) -> bool:
    """Whether a label in a second pair of brackets can be the name of an address: not `[…]`, `[0]`."""
    return is_picture or (any(c.isalpha() for c in label) and not label.startswith(("@", "^", "[")))
