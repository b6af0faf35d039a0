"""Markdown: no letter is lost unless a finding says so, what is found lies where it is said to, and HTML is whole."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html.parser import HTMLParser
from urllib.parse import unquote

from markdown_it.common.normalize_url import normalizeLink

from site_builder.diagnostics import Diagnostic
from site_builder.markdown.document import (
    Citation,
    Dialect,
    Document,
    Handle,
    Html,
    Inline,
    LinkOpen,
    Part,
    Picture,
    WikiLink,
)
from site_builder.markdown.parser import parse_body, parse_prose
from tools.fuzzing.checking import LONGEST, hold, lies_within, limited

TOKENS = (
    "[@minutes]", '[@minutes "leaks at two"]', "[@a; @b]", "[@a, p. 3]", "[[tea]]", "[[tea|Tea]]", "[[tea#why|Tea]]", "[[", "]]", "@handle", "see @x",
    "[words](https://example.org)", "[words][ref]", "\n\n[ref]: https://example.org\n", "![alt](pot.jpg)", '![alt](pot.jpg "title")', "<https://a.example>",
    "www.example.org", "https://example.org/a?b=c", "[^1]", "\n\n[^1]: A note.\n", "^[inline note]", "**", "*", "_", "~~", "`code`", "```\ncode\n```\n", "```py\n",
    "~~~\n", "\n\n", "\n", "\n# ", "\n## Heading\n", "\n- item", "\n  - item", "\n1. one", "\n> ", "\n> [!NOTE]\n> ", "\n- [x] done", "\n::: note Title\n",
    "\n:::\n", "\n| a | b |\n|---|---|\n| 1 | 2 |\n", "|", "\\", "\\|", "&amp;", "&#65;", "<!-- remark -->", "<!--", "-->", "<b>", "</b>", "<script>", "{{< x >}}",
    "{.c}", "==m==", "$$x$$", ":smile:", "\nTerm\n: Definition\n", "    code", "\t", "  \n", "---\n", "===\n", "[TOC]", "\\cite{a}", "!", "[", "](", ")", "[^", "é", "𝒳", "\u00a0",
)  # fmt: skip

_FIRST = 4
"""The line of the file that a body begins at here."""
_COMMENT = re.compile(r"<!---?>|<!--.*?-->", re.DOTALL)
_DEFINED = re.compile(r"\[((?:\\.|[^\\\[\]])*)\]:")
_SILENT = re.compile(
    r"^[^\n]*(?:`{3,}|~{3,}|:{3,})[^\n]*$"  # words behind the fence of code or of a box
    r"|^(?:[>*+:~-]|[^\S\n])*(?:(?:\d{1,9}[.)](?=\s|$)|\[[ xX]\](?=[ \t])|\[!\w+\][+-]?|[*+:>-](?=\s|$))[ \t>]*)+"  # numbers of lists, tasks, kinds of boxes
    r"|\[\^[^\]\s]*\]"  # names of footnotes
    r"|&(?:#\w+|\w+);"
    r"|%[0-9a-fA-F]{2}",
    re.MULTILINE,
)
"""What Markdown reads and does not show, and what shows as something else."""
_BOILERPLATE = re.compile(
    r' aria-label="[^"]*"|<p class="admonition-title">(?:Note|Tip|Important|Warning|Caution)</p>'
)
_VOID = frozenset(("br", "hr", "img", "input", "wbr"))
_KNOWN_TAGS = frozenset(
    "p h1 h2 h3 h4 h5 h6 em strong s a code pre blockquote ul ol li dl dt dd table thead tbody tr th td div section aside figure figcaption sup span hr br img input".split()
)


def check(data: bytes) -> None:
    """Reads a text as a body, as a field, and one in three as a body of a site that reads HTML."""
    text = (
        data[:LONGEST]
        .decode("utf-8", "replace")
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\0", "")
    )
    with limited("a body"):
        document, problems = parse_body("a.md", text, _FIRST)
    _check_findings(problems, text)
    _check_places(document, text)
    _check_html(document, text)
    _check_letters(document, problems, text)
    _check_prose(text[:1_000])
    if len(text) % 3:
        return
    with limited("a body with HTML"):
        with_html, problems = parse_body("a.md", text, _FIRST, Dialect(html=True))
    _check_findings(problems, text)
    _check_places(with_html, text)


def _check_findings(problems: Iterable[Diagnostic], text: str) -> None:
    lines = text.split("\n")
    for row in problems:
        hold(
            row.message.strip() and row.location.path == "a.md",
            "a finding without words or file",
            row,
        )
        lies_within(row.location, lines, _FIRST)


# --- places --------------------------------------------------------------------------------------


def _placed(document: Document) -> Iterator[Part]:
    for inline in document.inlines:
        yield from (part for part in inline.parts if not isinstance(part, (str, Html)))


def _check_places(document: Document, text: str) -> None:
    """Checks that parts lie within the text, and begin with the signs of their kind."""
    lines = text.split("\n")
    for part in _placed(document):
        assert isinstance(part, (WikiLink, LinkOpen, Citation, Handle, Picture))
        number = part.line - _FIRST
        hold(0 <= number < len(lines), "a part lies in no line of the text", part)
        line = lines[number]
        hold(
            1 <= part.column <= len(line) + 1 and part.length >= 1,
            "a part lies outside its line",
            part,
            line,
        )
        hold(part.column - 1 + part.length <= len(line), "a part goes past its line", part, line)
        hold(_begins(part, line, part.column - 1), "a part stands elsewhere", part, line)
    for inline in document.inlines:
        hold(
            _FIRST <= inline.line < _FIRST + len(lines), "a run lies in no line of the text", inline
        )


def _begins(part: Part, line: str, at: int) -> bool:
    """Whether a part begins at an offset of its line; a link and a picture begin with their address there."""
    there = line[at : at + max(1, getattr(part, "length", 1))]
    if isinstance(part, WikiLink):
        return there.startswith("[[")
    if isinstance(part, Citation):
        # In a table, each bar of a text is written with a backslash.
        sources = (f"@{part.source}", part.source)
        return there.startswith(sources) or there.replace("\\|", "|").startswith(sources)
    if isinstance(part, Handle):
        return there == f"@{part.name}"
    assert isinstance(part, (LinkOpen, Picture))
    if there.startswith(("[", "!", "<")) or not part[0]:
        return True
    wanted = _letters(unquote(part[0]))
    # An international name of a host is written in ASCII in the address that is linked to.
    plain = (there, html.unescape(there), normalizeLink(html.unescape(there)))
    return not all(_letters(unquote(text)) - wanted for text in plain)


def _check_prose(text: str) -> None:
    """Checks a field: places are columns of its value, and its letters are kept."""
    with limited("a field"):
        inline, problems = parse_prose(text)
    for row in problems:
        first, last = row.location.column, row.location.column + row.location.length - 1
        hold(
            1 <= first <= last <= max(len(text), first) and first <= len(text) + 1,
            "a finding lies outside its field",
            row,
            text,
        )
    for part in inline.parts:
        if not isinstance(part, (str, Html)):
            hold(part.line == 0, "a part of a field has a line", part, text)
            hold(
                1 <= part.column <= part.column - 1 + part.length <= len(text),
                "a part lies outside its field",
                part,
                text,
            )
            hold(
                _begins(part, text, part.column - 1),
                "a part of a field stands elsewhere",
                part,
                text,
            )
    if not problems and not _DEFINED.search(text):
        _hold_letters(_COMMENT.sub(" ", text), _shown(inline.parts), text)


# --- HTML ----------------------------------------------------------------------------------------


class _Tags(HTMLParser):
    """Whether tags are closed in the order in which they were opened."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self._text = text
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        hold(tag in _KNOWN_TAGS, "a tag that no rule makes", tag, self._text)
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        hold(tag in _VOID, "a tag that is closed at once", tag, self._text)

    def handle_endtag(self, tag: str) -> None:
        hold(
            self.open and self.open.pop() == tag,
            "a tag is closed that is not open",
            tag,
            self._text,
        )


def _check_html(document: Document, text: str) -> None:
    tags = _Tags(text)
    for part in document.parts:
        if isinstance(part, str):
            tags.feed(part)
        else:
            for piece in part.parts:
                if isinstance(piece, Html):
                    tags.feed(piece.markup)
                elif isinstance(piece, LinkOpen):
                    tags.open.append("a")
    tags.close()
    hold(not tags.open, "tags are not closed", tags.open, text)


# --- letters -------------------------------------------------------------------------------------


def _shown(parts: Iterable[Part | str]) -> str:
    """All that readers can see or follow of parts of a text."""
    found: list[str] = []
    for part in parts:
        if isinstance(part, Html):
            found.append(_of_html(part.markup))
        elif isinstance(part, str):
            found.append(part)
        elif isinstance(part, WikiLink):
            found += (part.target, part.anchor, part.label)
        elif isinstance(part, LinkOpen):
            found += (unquote(part.href), part.title)
        elif isinstance(part, Citation):
            found += (part.source, part.words, part.place)
        elif isinstance(part, Picture):
            found += (unquote(part.src), part.alt, part.title)
    return "\n".join(found)


def _of_html(markup: str) -> str:
    without = _BOILERPLATE.sub("", markup)
    titles = re.findall(r' (?:class="language-|title=")([^"]*)"', without)
    return html.unescape("\n".join((re.sub(r"<[^<>]*>", "", without), *titles)))


def _letters(text: str) -> Counter[str]:
    return Counter(letter for letter in text.lower() if letter.isascii() and letter.isalnum())


def _hold_letters(source: str, shown: str, text: str) -> None:
    wanted = _letters(_SILENT.sub(" ", source))
    lost = wanted - _letters(shown)
    hold(not lost, "letters are lost, and nothing is told", dict(lost), text, shown)


def _check_letters(document: Document, problems: Sequence[Diagnostic], text: str) -> None:
    """Checks that letters and digits of the text are shown, but those of lines that a finding names."""
    if any(
        row.code in ("markdown-too-complex", "too-many-problems")
        or row.message.startswith("footnote ")
        for row in problems
    ):
        return  # what is nested too deep, not told any more, or in a footnote that stands twice
    parts: list[Part | str] = []
    for part in document.parts:
        parts += part.parts if isinstance(part, Inline) else (Html(part),)
    lines = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text).split("\n")
    named = {row.location.line - _FIRST for row in problems}
    for row in problems:
        place = row.location
        if place.column - 1 + place.length >= len(place.text.rstrip()):
            named.add(place.line - _FIRST + 1)  # what goes on there is marked on its first line
        if row.code == "link-definition":  # a definition may go over several lines
            named.update(range(row.location.line - _FIRST, row.location.line - _FIRST + 5))
    kept = [line for number, line in enumerate(lines) if number not in named]
    source = "\n".join(kept)
    for label in _DEFINED.findall(text):
        source = source.replace(f"[{label}]", "")
    _hold_letters(source, _shown(parts), text)
