"""Markdown from the HTML that the Markdown stage makes: CommonMark with tables and footnotes.

What the writer knows is what the builder's own dialect makes. Other elements, which a site may
allow, lose their tags and keep their words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from typing import ClassVar

from site_builder.text import lazily

_SPECIAL = lazily.pattern(r"([\\`*_\[\]<|])")

Attributes = Mapping[str, str | None]


def escaped(text: str) -> str:
    """Plain text as Markdown that shows it within a line (CommonMark, 2.4)."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _escaped_start(text: str) -> str:
    """The first words of a line, so that they begin no block."""
    match = re.match(r"\d{1,9}(?=[.)](?:\s|$))", text)
    if match:
        return f"{match[0]}\\{text[match.end() :]}"
    return f"\\{text}" if re.match(r"[#>+=~-]|:\s", text) else text


class MarkdownWriter(HTMLParser):
    """Writes as it reads: feed it HTML, then close it and take the text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._fresh = True
        """Whether nothing stands in the current line yet."""
        self._prefixes: list[str] = []
        """What each line of the current block begins with."""
        self._marker = ""
        """What the next line begins with in place of its innermost prefix."""
        self._lists: list[int] = []
        """The lists we are in: 0 for bullets, else the next number."""
        self._links: list[str] = []
        self._verbatim = False
        self._in_code = False
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._rows = 0
        self._raised = False
        """Whether we are in a mark of the author's own footnotes."""
        self._silent = 0
        """Nested elements whose words are not written."""
        self._notes = False
        """Whether we are in the author's own footnotes."""
        self._gap: str | None = None
        """The blank line to write before the next one: what it begins with, or None for none."""

    def text(self) -> str:
        """What was written."""
        return re.sub(r"[ \t]+(?=\n|$)", "", "".join(self._pieces)).strip("\n")

    def mark(self, text: str) -> None:
        """Writes a citation's mark behind the word it belongs to."""
        if self._cell:
            self._cell[-1] = self._cell[-1].rstrip(" ")
        elif self._cell is None and self._pieces and not self._fresh:
            self._pieces[-1] = self._pieces[-1].rstrip(" ")
        self._out(text)

    # writing

    def _out(self, text: str) -> None:
        if self._silent or not text:
            return
        if self._cell is not None:
            self._cell.append(text)
            return
        if self._fresh:
            if self._gap is not None and self._pieces:
                self._pieces.append(f"{self._gap}\n")
            self._gap = None
            self._pieces.append(self._line_start())
            self._fresh = False
        self._pieces.append(text)

    def _line_start(self) -> str:
        if not self._marker:
            return "".join(self._prefixes)
        start = "".join(self._prefixes[:-1]) + self._marker
        self._marker = ""
        return start

    def _end_line(self) -> None:
        self._pieces.append("\n")
        self._fresh = True

    def _end_block(self, blank: bool = True) -> None:
        if not self._fresh:
            self._end_line()
        if blank and not self._marker:
            prefix = "".join(self._prefixes).rstrip()
            self._gap = prefix if self._gap is None else min(prefix, self._gap, key=len)

    # reading

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Called for each opening tag."""
        rule = self._OPEN.get(tag)
        if rule:
            rule(self, tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        """Called for each closing tag."""
        rule = self._CLOSE.get(tag)
        if rule:
            rule(self, tag)

    def handle_data(self, data: str) -> None:
        """Called for the words between tags."""
        if self._verbatim:
            self._verbatim_lines(data)
            return
        between_cells = self._row is not None and self._cell is None
        if not data.strip() and (self._fresh or between_cells):
            return
        text = re.sub(r"\s+", " ", data)
        if self._in_code:
            self._out(text)
            return
        text = _SPECIAL.sub(r"\\\1", text)
        if self._fresh and self._cell is None:
            text = _escaped_start(text.lstrip())
        self._out(text)

    def _verbatim_lines(self, data: str) -> None:
        for index, line in enumerate(data.split("\n")):
            if index:
                self._end_line()
            if line:
                self._out(line)

    # one method a kind of element

    def _heading(self, tag: str, _: Attributes) -> None:
        self._end_block()
        self._out("#" * int(tag[1]) + " ")

    def _block(self, _tag: str, _: Attributes) -> None:
        self._end_block()

    def _block_end(self, _tag: str) -> None:
        self._end_block()

    def _section(self, _tag: str, attributes: Attributes) -> None:
        self._end_block()
        self._notes = attributes.get("class") == "footnotes"

    def _section_end(self, _tag: str) -> None:
        self._notes = False

    def _list(self, tag: str, attributes: Attributes) -> None:
        self._end_block(blank=not self._lists)
        self._lists.append(int(attributes.get("start") or 1) if tag == "ol" else 0)

    def _list_end(self, _tag: str) -> None:
        if self._lists:
            self._lists.pop()
        self._end_block(blank=not self._lists)

    def _item(self, _tag: str, attributes: Attributes) -> None:
        self._end_block(blank=False)
        number = self._lists[-1] if self._lists else 0
        self._marker = f"{number}. " if number else "- "
        if self._notes:
            self._marker = f"[^note-{(attributes.get('id') or '').removeprefix('fn')}]: "
        if number:
            self._lists[-1] += 1
        self._prefixes.append("    " if self._notes else " " * len(self._marker))

    def _definition(self, _tag: str, _: Attributes) -> None:
        self._end_block(blank=False)
        self._marker = ":   "
        self._prefixes.append("    ")

    def _nested_end(self, _tag: str) -> None:
        self._end_block(blank=False)
        self._marker = ""
        if self._prefixes:
            self._prefixes.pop()

    def _quotation(self, _tag: str, _: Attributes) -> None:
        self._end_block()
        self._prefixes.append("> ")

    def _quotation_end(self, tag: str) -> None:
        self._nested_end(tag)
        self._end_block()

    def _preformatted(self, _tag: str, _: Attributes) -> None:
        self._end_block()
        self._out("```")
        self._end_line()
        self._verbatim = True

    def _preformatted_end(self, _tag: str) -> None:
        self._verbatim = False
        if not self._fresh:
            self._end_line()
        self._out("```")
        self._end_block()

    def _code(self, _tag: str, _: Attributes) -> None:
        if not self._verbatim:
            self._out("`")
            self._in_code = True

    def _code_end(self, _tag: str) -> None:
        if not self._verbatim:
            self._out("`")
            self._in_code = False

    def _emphasis(self, tag: str, _: Attributes) -> None:
        self._out("*" if tag in ("em", "i") else "**")

    def _emphasis_end(self, tag: str) -> None:
        self._out("*" if tag in ("em", "i") else "**")

    def _struck(self, _tag: str, _: Attributes) -> None:
        self._out("~~")

    def _struck_end(self, _tag: str) -> None:
        self._out("~~")

    def _task(self, _tag: str, attributes: Attributes) -> None:
        if attributes.get("type") == "checkbox":
            self._out("[x]" if "checked" in attributes else "[ ]")

    def _link(self, _tag: str, attributes: Attributes) -> None:
        back = attributes.get("class") == "footnote-backref"
        if self._raised:
            self._out(f"[^note-{(attributes.get('href') or '').removeprefix('#fn')}]")
        if back or self._raised or self._silent:
            self._silent += 1
            self._links.append("")
            return
        self._links.append(attributes.get("href") or "")
        self._out("[")

    def _link_end(self, _tag: str) -> None:
        href = self._links.pop() if self._links else ""
        if self._silent:
            self._silent -= 1
        else:
            self._out(f"]({href})" if href else "]")

    def _raised_on(self, _tag: str, attributes: Attributes) -> None:
        self._raised = attributes.get("class") == "footnote-ref"

    def _raised_off(self, _tag: str) -> None:
        self._raised = False

    def _picture(self, _tag: str, attributes: Attributes) -> None:
        self._out(f"![{escaped(attributes.get('alt') or '')}]({attributes.get('src') or ''})")

    def _line_break(self, _tag: str, _: Attributes) -> None:
        self._out("\\")
        self._end_line()

    def _rule(self, _tag: str, _: Attributes) -> None:
        self._end_block()
        self._out("---")
        self._end_block()

    def _table(self, _tag: str, _: Attributes) -> None:
        self._end_block()
        self._rows = 0

    def _table_row(self, _tag: str, _: Attributes) -> None:
        self._row = []

    def _table_cell(self, _tag: str, _: Attributes) -> None:
        self._cell = []

    def _table_cell_end(self, _tag: str) -> None:
        if self._row is not None:
            self._row.append("".join(self._cell or ()).strip())
        self._cell = None

    def _table_row_end(self, _tag: str) -> None:
        row, self._row = self._row or [], None
        self._out("| " + " | ".join(row) + " |")
        self._end_line()
        self._rows += 1
        if self._rows == 1:
            self._out("|" + " --- |" * len(row))
            self._end_line()

    def _hidden(self, _tag: str, _: Attributes) -> None:
        self._silent += 1

    def _hidden_end(self, _tag: str) -> None:
        self._silent = max(0, self._silent - 1)

    _OPEN: ClassVar[Mapping[str, Callable[[MarkdownWriter, str, Attributes], None]]] = {
        **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
        **dict.fromkeys(("p", "div", "figure", "figcaption", "dl", "dt", "aside"), _block),
        **dict.fromkeys(("em", "i", "strong", "b"), _emphasis),
        **dict.fromkeys(("s", "del"), _struck),
        **dict.fromkeys(("style", "script"), _hidden),
        **dict.fromkeys(("td", "th"), _table_cell),
        **dict.fromkeys(("ul", "ol"), _list),
        "a": _link,
        "blockquote": _quotation,
        "br": _line_break,
        "code": _code,
        "dd": _definition,
        "hr": _rule,
        "img": _picture,
        "input": _task,
        "li": _item,
        "pre": _preformatted,
        "section": _section,
        "sup": _raised_on,
        "table": _table,
        "tr": _table_row,
    }
    _CLOSE: ClassVar[Mapping[str, Callable[[MarkdownWriter, str], None]]] = {
        **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _block_end),
        **dict.fromkeys(("p", "div", "figure", "figcaption", "dl", "table", "aside"), _block_end),
        **dict.fromkeys(("em", "i", "strong", "b"), _emphasis_end),
        **dict.fromkeys(("s", "del"), _struck_end),
        **dict.fromkeys(("style", "script"), _hidden_end),
        **dict.fromkeys(("td", "th"), _table_cell_end),
        **dict.fromkeys(("ul", "ol"), _list_end),
        **dict.fromkeys(("li", "dd"), _nested_end),
        "a": _link_end,
        "blockquote": _quotation_end,
        "code": _code_end,
        "pre": _preformatted_end,
        "section": _section_end,
        "sup": _raised_off,
        "tr": _table_row_end,
    }
