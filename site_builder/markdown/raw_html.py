"""Cleans HTML in Markdown, if the site allows it, and reports what is removed.

nh3 (the `html` extra) decides what is kept. Blocks in one container are cleaned together, so that an
element can open in one and close in another, with Markdown between them. A tag in a paragraph must be
closed in it; a block element ends the paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from markdown_it.token import Token

from site_builder.diagnostics import Severity
from site_builder.faults import MissingExtra
from site_builder.markdown.problems import SYNTAX, Kind
from site_builder.text import lazily
from site_builder.values import NamedTuple

_REMOVED = Kind("html-removed", Severity.WARNING)
_IN_HTML = Kind("markdown-in-html", Severity.WARNING)
_TAG = lazily.pattern(r"<(?P<slash>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)")
_VOID = frozenset(
    (
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
        "source", "track", "wbr",
    )
)  # fmt: skip
_CLOSES_ITSELF = frozenset(
    (
        "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "rp", "rt",
        "option",
    )
)  # fmt: skip
"""Elements whose end tags can be left out."""
_BLOCKS = frozenset(
    (
        "article", "aside", "blockquote", "center", "details", "dl", "div", "figure", "footer", "header",
        "nav", "ol", "section", "table", "ul",
    )
)  # fmt: skip
"""Elements that can't be inside a paragraph."""
_SCHEMES = {"http", "https", "mailto"}
_ADDRESSES = frozenset(("href", "src", "cite"))
_GENERIC = frozenset(("lang", "title"))
_MARKUP = lazily.pattern(
    r"\[\[[^\[\]\n]+\]\]|\[@[^\[\]\n]+\]|\[[^\[\]\n]+\]\([^()\s]+\)|\*\*\w[^*\n]*\*\*"
)
_HOLE = "\ue000\uf8fe\ue000"
"""Replaces Markdown between two blocks of HTML while they are cleaned."""
_DROPPED_WHOLE = ("script", "style")


class Found(NamedTuple):
    """Something that readers would not get as written: its line and text, and what to do."""

    line: int
    text: str
    message: str
    hint: str
    kind: Kind


class RawHtml:
    """Cleans the raw HTML of one paragraph or cell."""

    def __init__(self) -> None:
        self.last = ""
        """The name of the last tag."""
        self._open: list[str] = []
        self._removed: set[str] = set()
        """The names of removed tags that have been reported."""

    def inline(self, markup: str) -> tuple[str, str]:
        """One inline tag, cleaned ("" if it is not allowed), and what is wrong with it."""
        match = _TAG.match(markup)
        if match is None:
            is_comment = markup.startswith("<!--")
            return "", "" if is_comment else f"the content of '{markup[:2]} … >' is removed"
        name = self.last = match["name"].lower()
        if match["slash"]:
            if name in self._removed:
                return "", ""
            if name not in self._open:
                return "", f"there is nothing here that </{name}> could close"
            closing = ""
            while True:
                last = self._open.pop()
                closing += f"</{last}>"
                if last == name:
                    return closing, ""
        cleaned = _clean(markup)
        if not cleaned:
            self._removed.add(name)
            return "", f"<{name}> is removed, and its words stay"
        problem = next(
            (found.message for found in read((markup,), (0,)) if found.kind is _REMOVED), ""
        )
        if name in _VOID or markup.endswith("/>"):
            return cleaned, problem
        self._open.append(name)
        return cleaned.removesuffix(f"</{name}>"), problem

    def close(self) -> tuple[str, list[str]]:
        """The end tags of all open elements, and the names of those that must be closed."""
        left = [name for name in reversed(self._open) if name not in _CLOSES_ITSELF]
        closing = "".join(f"</{name}>" for name in reversed(self._open))
        self._open.clear()
        return closing, left


def clean_blocks(tokens: list[Token]) -> Iterator[Found]:
    """Cleans the blocks of HTML among the tokens of a text, in place; yields findings."""
    _part_paragraphs(tokens)
    groups: list[list[Token]] = [[]]
    for token in tokens:
        if token.nesting == 1:
            groups.append([])
        elif token.nesting == -1:
            yield from _cleaned(groups.pop())
        elif token.type == "html_block":
            groups[-1].append(token)
    yield from _cleaned(groups[0])


def _cleaned(blocks: Sequence[Token]) -> Iterator[Found]:
    """Cleans the blocks of HTML of one container, in place; yields findings."""
    if not blocks:
        return
    written = [token.content for token in blocks]
    yield from read(written, [token.map[0] if token.map else 0 for token in blocks])
    cleaned = _clean(_HOLE.join(written))
    pieces = cleaned.split(_HOLE)
    holes = _Holes()
    holes.feed(cleaned)
    if len(pieces) != len(blocks) or holes.in_tags or any(_HOLE in row for row in written):
        # A tag, or an element that is dropped, would extend over several blocks.
        pieces = [_clean(markup) for markup in written]
    for token, piece in zip(blocks, pieces, strict=True):
        token.content = piece


def _part_paragraphs(tokens: list[Token]) -> None:
    """Ends a paragraph at a block element that is not closed in it."""
    for index in range(len(tokens) - 1, 0, -1):
        if tokens[index].type != "inline" or tokens[index - 1].type != "paragraph_open":
            continue
        children = tokens[index].children or []
        at = _opens_block(children)
        tail = children[at:] if at >= 0 else []
        if not tail or any(
            child.type not in ("html_inline", "text", "softbreak") for child in tail
        ):
            continue
        markup = "".join("\n" if child.type == "softbreak" else child.content for child in tail)
        block = Token("html_block", "", 0, content=f"{markup}\n", map=tokens[index].map)
        block.block = True
        tokens[index].children = children[:at]
        if at == 0:
            tokens[index - 1 : index + 2] = [block]
        else:
            tokens.insert(index + 2, block)


def _opens_block(children: Sequence[Token]) -> int:
    """The index of the first tag that opens a block element and is not closed in these tokens, or -1."""
    open_at: list[tuple[str, int]] = []
    for number, child in enumerate(children):
        match = _TAG.match(child.content) if child.type == "html_inline" else None
        if match is None or match["name"].lower() not in _BLOCKS:
            continue
        name = match["name"].lower()
        if not match["slash"]:
            open_at.append((name, number))
        elif open_at and open_at[-1][0] == name:
            open_at.pop()
    return open_at[0][1] if open_at else -1


def read(blocks: Sequence[str], lines: Sequence[int]) -> list[Found]:
    """Findings about HTML: removed tags and attributes, Markdown in it, and elements that are not closed.

    `lines` are the lines of the text, from 0, at which the blocks begin.
    """
    reader = _Reader()
    for markup, line in zip(blocks, lines, strict=True):
        reader.first_line = line - reader.getpos()[0] + 1
        reader.feed(markup)
        reader.end_of_block()
    for name, line in reader.open:
        reader.not_closed(name, line)
    return reader.found


class _Holes(HTMLParser):
    """Finds Markdown inside tags, where it would not be text."""

    def __init__(self) -> None:
        super().__init__()
        self.in_tags = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_tags |= _HOLE in tag or any(_HOLE in f"{name}{value}" for name, value in attrs)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.first_line = 0
        """The difference between a line of the text, from 0, and a line of the joined blocks, from 1."""
        self.found: list[Found] = []
        self.open: list[tuple[str, int]] = []
        nh3 = _nh3()
        self._tags: frozenset[str] = frozenset(nh3.ALLOWED_TAGS)
        self._attributes: dict[str, set[str]] = nh3.ALLOWED_ATTRIBUTES

    @property
    def _line(self) -> int:
        return self.first_line + self.getpos()[0] - 1

    def _tell(self, text: str, message: str, hint: str = "", kind: Kind = _REMOVED) -> None:
        self.found.append(Found(self._line, text, message, hint, kind))

    def not_closed(self, name: str, line: int) -> None:
        if name in self._tags - _CLOSES_ITSELF:
            message = f"this <{name}> is not closed in its text or box"
            self.found.append(Found(line, f"<{name}", message, f"write </{name}> after it", SYNTAX))

    def end_of_block(self) -> None:
        """Reports a tag that its block does not finish."""
        tag = _TAG.match(self.rawdata)
        if tag:
            message = f"this {tag[0]}> is not finished, and what follows it is removed"
            hint = "write '>' after it, or &lt; for a literal '<'"
            self._tell(tag[0], message, hint)
        else:
            self.close()
        self.rawdata = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self._tags:
            what = "with everything in it" if tag in _DROPPED_WHOLE else "and its words stay"
            self._tell(f"<{tag}", f"<{tag}> is removed, {what}")
        else:
            for name, value in attrs:
                self._check_attribute(tag, name, value or "")
        if tag not in _VOID:
            self.open.append((tag, self._line))

    def _check_attribute(self, tag: str, name: str, value: str) -> None:
        if name not in self._attributes.get(tag, ()) and name not in _GENERIC:
            self._tell(name, f"'{name}' is removed from <{tag}>")
        elif name in _ADDRESSES:
            try:
                scheme = urlsplit(value.strip()).scheme
            except ValueError:
                scheme = "?"
            if name == "src" and not is_of_the_site(value):
                what = f"'{name}' is removed from <{tag}>: a page loads pictures only from its own site"
                self._tell(name, what, "put a copy into static/, and use its address")
            elif scheme and scheme.lower() not in _SCHEMES:
                self._tell(
                    name, f"'{name}' is removed from <{tag}>: this kind of address is not allowed"
                )

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag: str) -> None:
        names = [name for name, _ in self.open]
        if tag in names:
            while self.open[-1][0] != tag:
                self.not_closed(*self.open.pop())
            self.open.pop()
        elif tag not in _VOID:
            self._tell(f"</{tag}", f"there is nothing here that </{tag}> could close")

    def parse_bogus_comment(self, i: int, report: bool = True) -> int:
        """Reads what begins with '<' and is neither a tag nor a comment up to the next '>', as browsers do.

        Python's own parser stops at some of it, such as `<![word`.
        """
        self._tell(
            self.rawdata[i : i + 2],
            f"the content of '{self.rawdata[i : i + 2]} … >' is removed",
        )
        return self.rawdata.find(">", i) + 1 or len(self.rawdata)

    def parse_html_declaration(self, i: int) -> int:
        return self.parse_bogus_comment(i)

    def parse_pi(self, i: int) -> int:
        return self.parse_bogus_comment(i)

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] in _DROPPED_WHOLE:
            return
        for match in _MARKUP.finditer(data):
            line = self._line + data.count("\n", 0, match.start())
            message = "Markdown in a block of HTML has no effect"
            hint = "put an empty line before and after it"
            self.found.append(Found(line, match[0], message, hint, _IN_HTML))


def _clean(markup: str) -> str:
    cleaned: str = _nh3().clean(
        markup, link_rel=None, url_schemes=_SCHEMES, attribute_filter=_without_other_hosts
    )
    return cleaned


def _without_other_hosts(_tag: str, name: str, value: str) -> str | None:
    return value if name != "src" or is_of_the_site(value) else None


def is_of_the_site(address: str) -> bool:
    """Whether an address leads to the host of the page, by the rules of the URL Standard.

    They ignore tabs and line breaks, and controls and spaces around the address; a backslash is a slash.
    """
    address = _PASSED_OVER.sub("", address.strip(_AROUND)).replace("\\", "/")
    return not (address.startswith("//") or _SCHEME.match(address))


_AROUND = "".join(map(chr, range(33)))
_PASSED_OVER = lazily.pattern(r"[\t\n\r]")
_SCHEME = lazily.pattern(r"[A-Za-z][A-Za-z0-9+.-]*:")


def _nh3() -> Any:
    try:
        import nh3
    except ImportError:
        raise MissingExtra("HTML in Markdown", "html") from None
    return nh3
