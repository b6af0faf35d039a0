"""Linked texts as plain text: the words that a page shows, without its markup.

Links show what they are called, pictures what they show to those who can't see them. Citations and calls of footnotes
are taken out, and leave no gap; so is what is struck out, for nobody says it any more.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from site_builder.content.kinds import KINDS
from site_builder.links.graph import Link, Linked, LinkedPart, LinkedText, Mark, Photo
from site_builder.text import lazily

CITED = "\0"
"""Where a citation was taken out. No text holds it: Markdown has another character in its place."""
_GONE = "\2"
"""Where something else was taken out."""
_HERE = "\1"
"""Where a link begins."""

_SEMICOLON = "\3"

_ENTITY = lazily.pattern(r"(&#?\w+);")
_TAG = lazily.pattern(r"""<!--.*?-->|<(?:[^<>"']|"[^"]*"|'[^']*')*>""", re.DOTALL)
_CALL = lazily.pattern(r'<sup class="footnote-ref">.*?</sup>')
_BACK = lazily.pattern(r'\s*<a [^>]*class="footnote-backref"[^>]*>.*?</a>')
_STRUCK = lazily.pattern(r"<(s|del|strike)\b[^>]*>(.*?)</\1>", re.DOTALL)
_TASK = lazily.pattern(r'<input type="checkbox"([^>]*)>')
_BLOCKS = (
    "address|article|aside|blockquote|caption|dd|details|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|"
    "main|nav|ol|p|pre|section|summary|table|tbody|tfoot|thead|tr|ul"
)
_BLOCK = lazily.pattern(rf"</?(?:{_BLOCKS})\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
BLOCK_TAG = lazily.pattern(rf"</?(?:{_BLOCKS}|t[dh])\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_CELL = lazily.pattern(r"</t[dh]>\s*<t[dh]\b[^>]*>")
_LINE = lazily.pattern(r"<br\b[^>]*>")
_RAISED = lazily.pattern(r"<su([pb])>([^<]*)</su\1>")
_RAISED_DIGITS = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED_DIGITS = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_SPACE = lazily.pattern(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")
"""White space that is no single space."""
_SIGN = lazily.pattern(f"[{CITED}{_HERE}]")
_HEADING = lazily.pattern(r'<h[1-6] id="([^"]*)">(.*?)</h[1-6]>', re.DOTALL)

_OUT = f"[{CITED}{_GONE}]"
_GAPS = tuple(
    (lazily.pattern(pattern), instead)
    for pattern, instead in (
        (rf"(?<={_OUT})[\s,;/·&]+(?={_OUT})", ""),  # two citations with a comma between
        (rf"\s*[(\[（［]\s*({_OUT}+)\s*[)\]）］]", r"\1"),  # in brackets of their own
        (rf"([(\[（［])\s*({_OUT}+)[\s,;:]*", r"\1\2"),
        (rf"[\s,;–—]+({_OUT}+)\s*(?=[)\]）］.,;:!?…。]|$)", r"\1"),
        (rf":\s*({_OUT}+)\s*(?=[)\]）］.,;:!?…。])", r"\1"),
        (rf"(?<!\.)([.!?…。])\s*({_OUT}+)\.(?!\.)", r"\1\2"),  # a full stop on either side
        (rf"\s+({_OUT}+)(?=[\s.,;:!?…)\]}}»”’\"'。、，；：]|$)", r"\1"),
    )
)


def plain_text(text: LinkedText) -> str:
    """A text as a single line."""
    return " ".join(plain_lines(text))


def plain_lines(text: LinkedText) -> list[str]:
    """A body as lines: one a paragraph, heading, item or row of a table, the cells of which a bar parts."""
    if not text:
        return []
    if len(text) == 1 and isinstance(text[0], str) and not _is_marked_up(text[0]):
        line = _folded(text[0])[0]
        return [line] if line else []
    markup = _CELL.sub(" | ", _marked(text))
    lines = (_folded(_closed(_words(row)))[0] for row in _BLOCK.split(markup))
    return [line for line in lines if line]


def plain_run(parts: Iterable[LinkedPart]) -> tuple[str, list[int]]:
    """A run of inline content as a single line, and where in it its links and citations are, in order."""
    return _folded(_closed(_words(_marked(parts, places=True))))


def heading_texts(text: LinkedText) -> dict[str, str]:
    """The headings of a body by their anchors, as the page shows them."""
    return {
        html.unescape(anchor): _folded(_closed(_words(words)))[0]
        for anchor, words in _HEADING.findall(_marked(text))
    }


def without_gaps(markup: str) -> str:
    """HTML in which `CITED` stands for citations, without them and without gaps."""
    return closed_gaps(markup).replace(CITED, "")


def closed_gaps(markup: str) -> str:
    """The same HTML with `CITED` where it was, but without what would be left over if that were taken out."""
    held = _ENTITY.sub(rf"\1{_SEMICOLON}", markup)  # the ";" of "&amp;" is not one of the text
    return _closed(held).replace(_SEMICOLON, ";")


def blocks(markup: str) -> Iterator[tuple[str, str]]:
    """HTML as its paragraphs, headings, items and cells, each with the tag that follows it."""
    done = 0
    for tag in BLOCK_TAG.finditer(markup):
        yield markup[done : tag.start()], tag[0]
        done = tag.end()
    yield markup[done:], ""


def shown_title(linked: Linked) -> str:
    """What an entity is called, as pages show it."""
    text = linked.prose.get((KINDS[linked.entry.kind].title,))
    return linked.entry.title if text is None else plain_text(text)


def _is_marked_up(markup: str) -> bool:
    return "<" in markup or "&" in markup


def _marked(parts: Iterable[LinkedPart], *, places: bool = False) -> str:
    """The HTML of a text, with a sign for each citation, and for each link if `places` are wanted."""
    here = _HERE if places else ""
    pieces = []
    for part in parts:
        if isinstance(part, str):
            pieces.append(part)
        elif isinstance(part, Link):
            pieces.append(here + html.escape(part.text, quote=False))
        elif isinstance(part, Mark):
            pieces.append(CITED)
        elif isinstance(part, Photo):
            pieces.append(html.escape(part.alt, quote=False))
        else:
            pieces.append(here)
    return "".join(pieces)


def _words(markup: str) -> str:
    """HTML without its tags, with the signs in it."""
    if not _is_marked_up(markup):
        return markup
    if "<" in markup:
        markup = _BACK.sub("", _CALL.sub(_GONE, markup))
        markup = _STRUCK.sub(_struck, markup)
        markup = _TASK.sub(lambda box: "[x] " if "checked" in box[1] else "[ ] ", markup)
        markup = _RAISED.sub(_raised, _LINE.sub(" ", markup))
        markup = _TAG.sub("", markup)
    return html.unescape(markup)


def _struck(match: re.Match[str]) -> str:
    """Nothing but the signs in what is struck out."""
    return _GONE + "".join(sign for sign in match[2] if sign in (_HERE, CITED))


def _raised(match: re.Match[str]) -> str:
    """10⁶, not 106. Letters have no raised forms of their own that everybody has."""
    table = _RAISED_DIGITS if match[1] == "p" else _LOWERED_DIGITS
    return match[2].translate(table) if all(ord(c) in table for c in match[2]) else match[2]


def _closed(words: str) -> str:
    """The gaps closed that were left by what was taken out."""
    if CITED in words or _GONE in words:
        for pattern, instead in _GAPS:
            words = pattern.sub(instead, words)
        words = words.replace(_GONE, "")
    return words


def _has_odd_space(words: str) -> bool:
    return "  " in words or "\n" in words or "\t" in words or "\r" in words or "\f" in words


def _folded(words: str) -> tuple[str, list[int]]:
    """White space folded to single spaces, and the signs taken out: where they were."""
    if _has_odd_space(words):
        words = _SPACE.sub(" ", words)
    if CITED not in words and _HERE not in words:
        return words.strip(" "), []
    pieces: list[str] = []
    places: list[int] = []
    length = 0
    said_between = _SIGN.split(words) if CITED in words else words.split(_HERE)
    for number, piece in enumerate(said_between):
        if number:
            places.append(length)
        spaced = length == 0 or pieces[-1].endswith(" ")
        said = piece.lstrip(" ") if spaced else piece
        if said:
            pieces.append(said)
            length += len(said)
    text = "".join(pieces).rstrip(" ")
    return text, [min(place, len(text)) for place in places]
