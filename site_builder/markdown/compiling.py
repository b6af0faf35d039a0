"""Tokens to parts: what markdown-it-py read, in the form the later stages read.

One method a kind of token, found in a table: `_BLOCKS` for blocks, `_INLINES` for what stands in a
line. Whatever has no entry is rendered as markdown-it-py renders it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, Any, ClassVar

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from site_builder.diagnostics import Diagnostic, Location, Severity, note
from site_builder.markdown.anchors import heading_anchors
from site_builder.markdown.document import (
    Citation,
    Document,
    Handle,
    Heading,
    Html,
    Inline,
    LinkOpen,
    Part,
    Picture,
    WikiLink,
)
from site_builder.markdown.dropped import definition_problems
from site_builder.markdown.heading_slips import heading_slip
from site_builder.markdown.problems import SYNTAX
from site_builder.markdown.written import is_closed, row_slip

if TYPE_CHECKING:
    from site_builder.markdown.raw_html import RawHtml

ADMONITIONS = ("note", "tip", "important", "warning", "caution")

_BlockRule = Callable[["Compiler", Sequence[Token], int], str]


def _by_text(markup: str) -> _BlockRule:
    return lambda *_: markup


class Compiler:
    """Compiles one text. What is wrong with it is in `problems` afterwards.

    `text` is what the tokens were made of. `first_line` is the line of the file it begins at, or 0
    for prose in YAML, whose places are columns of the value.
    """

    def __init__(
        self, md: MarkdownIt, env: dict[str, Any], path: str, text: str, first_line: int
    ) -> None:
        assert isinstance(md.renderer, RendererHTML)
        self.renderer = md.renderer
        self.options = md.options
        self.env = env
        self.path = path
        self.lines = text.split("\n")
        self.first_line = first_line
        self.problems: list[Diagnostic] = []
        self._headings: list[Heading] = []
        self._anchors: Iterator[tuple[str, str]] = iter(())
        """The ids of the headings that are still to come, now and formerly."""
        self._quoted = 0
        self._cell = (-1, 0)
        """In a table: the line of the last row, and where its next cell is to be looked for."""
        self._last_line = 0
        self._cut_row = -1
        """The line of a row of which is told already that something in it is cut."""
        self._ends: set[int] = set()
        """The lines that end boxes."""

    def document(self, tokens: list[Token]) -> Document:
        """A body."""
        if self.options["html"]:
            from site_builder.markdown.raw_html import clean_blocks

            for found in clean_blocks(tokens):
                place = self._line_place(found.line, found.text)
                self.report(place, found.kind.code, found.message, found.hint, found.kind.severity)
        parts: list[str | Inline] = []
        markup: list[str] = []
        headings = [
            _heading_text(tokens[index + 1])
            for index, token in enumerate(tokens)
            if token.type == "heading_open"
        ]
        self._anchors = iter(heading_anchors(headings))
        for index, token in enumerate(tokens):
            if token.map:
                self._last_line = token.map[0]
            if token.type == "inline":
                if "task" in token.meta:
                    markup.append(_task(token.meta["task"]))
                parts += (
                    "".join(markup),
                    self.inline(token, linkable=self._may_link(tokens, index)),
                )
                markup.clear()
                if tokens[index - 1].tag in ("td", "th"):
                    self._pass_cell(token)
            else:
                rule = self._BLOCKS.get(token.type, Compiler._by_renderer)
                markup.append(rule(self, tokens, index))
        parts.append("".join(markup))
        for token in definition_problems(self.env, self.lines):
            self._block_problem((token,), 0)
        return Document(tuple(part for part in parts if part), tuple(self._headings))

    def inline(self, token: Token, *, linkable: bool) -> Inline:
        """The parts of an inline token."""
        line = self._first_line(token) if token.map else self._line_of(token.content)
        children = token.children or []
        if len(children) == 1 and children[0].type == "text" and "<" not in token.content:
            parts: tuple[Part, ...] = (children[0].content,)
        else:
            parts = _Run(self, token, line).parts()
        first = self.first_line + line if self.first_line else 0
        return Inline(parts, linkable, len(self._headings), first)

    def _first_line(self, token: Token) -> int:
        """The line that a text begins on: a paragraph may begin with spaces that are no blank line in Markdown."""
        assert token.map
        line, end = token.map
        if self.lines[line][-1:].isspace():
            first = token.content.split("\n", 1)[0]
            return next((at for at in range(line, end) if first in self.lines[at]), line)
        return line

    def _line_of(self, content: str) -> int:
        """The line of a text whose token does not say it: that of an inline footnote."""
        wanted = content.split("\n", 1)[0]
        lines = (number for number, line in enumerate(self.lines) if f"^[{wanted}" in line)
        return next(lines, self._last_line)

    def _pass_cell(self, token: Token) -> None:
        line, end = self._last_line, self._cell[1]
        written = token.content.replace("|", "\\|")
        found = self.lines[line].find(written, end) if line == self._cell[0] else -1
        self._cell = (line, found + len(written) if found >= 0 else end)

    def _may_link(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether names link by themselves here: not in headings, defined terms and quotations."""
        before = tokens[index - 1].type if index else ""
        return not self._quoted and before not in ("heading_open", "dt_open")

    def _by_renderer(self, tokens: Sequence[Token], index: int) -> str:
        token = tokens[index]
        rule = self.renderer.rules.get(token.type)
        if rule is not None:
            return str(rule(tokens, index, self.options, self.env))
        if not token.hidden:
            if token.nesting == -1 and token.block:
                return f"</{token.tag}>\n"
            return self.renderer.renderToken(tokens, index, self.options, self.env)
        # The end of a paragraph in a tight list.
        return "\n" if token.nesting == -1 and tokens[index - 1].type == "inline" else ""

    def _heading(self, tokens: Sequence[Token], index: int) -> str:
        token = tokens[index]
        if token.tag == "h1" and token.map:
            message = "the title of the page is its only heading of the first level"
            place = self._line_place(token.map[0], token.markup)
            self.report(place, "heading-order", message, "write: ## …", Severity.WARNING)
        slip = heading_slip(tokens, index)
        if slip:
            place = self._line_place(slip.line, slip.mark)
            self.report(place, "heading", slip.message, slip.hint, Severity.WARNING)
        text = _heading_text(tokens[index + 1])
        anchor, former = next(self._anchors)
        self._headings.append(Heading(int(token.tag[1]), anchor, text.strip(), former))
        token.attrSet("id", anchor)
        second = f'<span id="{former}"></span>' if former else ""
        return self._by_renderer(tokens, index) + second

    def _paragraph(self, tokens: Sequence[Token], index: int) -> str:
        return "<figure>" if _is_figure(tokens, index) else self._by_renderer(tokens, index)

    def _paragraph_end(self, tokens: Sequence[Token], index: int) -> str:
        if not _is_figure(tokens, index - 2):
            return self._by_renderer(tokens, index)
        image = (tokens[index - 1].children or [])[0]
        title = str(image.attrs.get("title", ""))
        caption = f"<figcaption>{_escape(title)}</figcaption>" if title else ""
        return f"{caption}</figure>\n"

    def _row(self, tokens: Sequence[Token], index: int) -> str:
        self._cell = (self._last_line, 0)
        end = index + 1
        while tokens[end].type != "tr_close":
            end += 3  # a cell
        slip = row_slip(self.lines[self._last_line], columns=(end - index) // 3)
        self._cut_row = -1
        if slip:
            self._cut_row = self._last_line
            place = self.first_line + self._last_line, slip.start + 1, slip.length
            self.report(place, "table-cells", slip.message, slip.hint, Severity.ERROR)
        return self._by_renderer(tokens, index)

    def _row_end(self, tokens: Sequence[Token], index: int) -> str:
        self._cell = (-1, 0)
        return self._by_renderer(tokens, index)

    def _quotation(self, tokens: Sequence[Token], index: int) -> str:
        self._quoted += tokens[index].nesting
        return self._by_renderer(tokens, index)

    def _admonition(self, tokens: Sequence[Token], index: int) -> str:
        token = tokens[index]
        line, end = token.map or (0, 0)
        if token.markup.startswith(":"):
            if end in self._ends or not is_closed(self.lines, line, end, token.markup):
                message = f"this box is not closed: no line of '{token.markup[:_SHOWN]}' ends it"
                hint = "a box within a box is closed first, and the outer one has more colons"
                self.report(
                    self._line_place(line, token.markup), "markdown-syntax", message, hint,
                    Severity.ERROR,
                )  # fmt: skip
            self._ends.add(end)
        kind, _, title = token.info.strip().partition(" ")
        if token.type == "alert_open" and kind.lower() in ADMONITIONS:
            kind = kind.lower()
        if kind not in ADMONITIONS:
            place = self._line_place(line, kind)
            message = f"unknown kind of admonition '{kind}' (there are: {', '.join(ADMONITIONS)})"
            self.report(place, "markdown-syntax", message, "", Severity.ERROR)
            kind = "note"
        shown_title = _escape(title.strip() or kind.capitalize())
        return f'<aside class="admonition {kind}"><p class="admonition-title">{shown_title}</p>\n'

    def _fence(self, tokens: Sequence[Token], index: int) -> str:
        token = tokens[index]
        first, behind = token.map or (0, 0)
        if not is_closed(self.lines, first, behind - 1, token.markup):
            mark = token.markup[:_SHOWN]
            message = f"this block of code is not closed: no line of '{mark}' ends it"
            place = self._line_place(first, mark)
            self.report(place, "markdown-syntax", message, "", Severity.ERROR)
        directive = _DIRECTIVE.match(token.info.strip())
        if directive:
            place = self._line_place(first, directive[0])
            message = "readers would see this as code: a directive of MyST"
            hint = "a box is written:\n::: note Title\nText.\n:::"
            self.report(place, "foreign-markup", message, hint, Severity.WARNING)
        return self._by_renderer(tokens, index)

    def _block_problem(self, tokens: Sequence[Token], index: int) -> str:
        token = tokens[index]
        meta = token.meta
        place = self._line_place(token.map[0] if token.map else 0, meta["found"])
        kind = meta.get("kind", SYNTAX)
        self.report(place, kind.code, meta["message"], meta["hint"], kind.severity)
        return ""

    def _html_block(self, tokens: Sequence[Token], index: int) -> str:
        return tokens[index].content  # which is clean: see `document`

    def _footnote_return(self, tokens: Sequence[Token], index: int) -> str:
        meta = tokens[index].meta
        if self.env["footnotes"]["list"][meta["id"]].get("count") == 0:
            return ""  # nothing calls it
        sub = meta.get("subId", 0)
        target = f"fnref{meta['id'] + 1}" + (f":{sub}" if sub > 0 else "")
        return f' <a class="footnote-backref" href="#{target}" aria-label="Back to the text">↩</a>'

    def is_cut(self, line: int) -> bool:
        """Whether something wrong with a row of a table was told, of which other problems follow."""
        return line == self._cut_row

    # places

    def place(self, content: str, line: int, start: int, end: int) -> tuple[int, int, int]:
        """Line, column and length in the file of a stretch of an inline text that begins at `line`."""
        if not self.first_line:
            return 0, start + 1, end - start
        line_start = content.rfind("\n", 0, start) + 1
        line_end = content.find("\n", start)
        text = content[line_start : line_end if line_end >= 0 else len(content)]
        number = line + content.count("\n", 0, start)
        source = self.lines[number] if number < len(self.lines) else ""
        # In the content, a line that goes on may begin with spaces: they are part of the indent.
        line_start += len(text) - len(text.lstrip())
        indent = self._indent(source, text.strip(), number)
        length = min(end, line_end if line_end >= 0 else end) - start
        if number == self._cell[0]:  # there, each bar of a text is written with a backslash
            indent += content.count("|", line_start, start)
            length += content.count("|", start, start + length)
        return self.first_line + number, max(0, indent + start - line_start) + 1, max(1, length)

    def _line_place(self, line: int, found: str) -> tuple[int, int, int]:
        """The place in the file of what is to be found in a line."""
        column = self.lines[line].find(found) + 1
        return self.first_line + line, max(1, column), len(found) if column else 1

    def _indent(self, source: str, text: str, number: int) -> int:
        """Where a line of inline text begins in its line of the file, behind its markers."""
        if number == self._cell[0]:  # the cells of a row stand on one line
            return max(source.find(text.replace("|", "\\|"), self._cell[1]), 0)
        stripped = source.rstrip()
        return len(stripped) - len(text) if stripped.endswith(text) else max(source.find(text), 0)

    def report(
        self, place: tuple[int, int, int], code: str, message: str, hint: str, severity: Severity
    ) -> None:
        """Notes a finding at a place."""
        number = place[0] - self.first_line
        shown = self.lines[number] if 0 <= number < len(self.lines) else ""
        location = Location(self.path, *place, shown)
        note(self.problems, Diagnostic(code, message, location, hint, severity))

    _BLOCKS: ClassVar[Mapping[str, _BlockRule]] = {
        "heading_open": _heading,
        "paragraph_open": _paragraph,
        "paragraph_close": _paragraph_end,
        "blockquote_open": _quotation,
        "blockquote_close": _quotation,
        "tr_open": _row,
        "tr_close": _row_end,
        "table_open": _by_text('<div class="table" tabindex="0"><table>\n'),
        "table_close": _by_text("</table></div>\n"),
        "container_admonition_open": _admonition,
        "container_admonition_close": _by_text("</aside>\n"),
        "alert_open": _admonition,
        "alert_close": _by_text("</aside>\n"),
        "fence": _fence,
        "block_problem": _block_problem,
        "html_block": _html_block,
        "footnote_anchor": _footnote_return,
        "footnote_block_open": _by_text('<section class="footnotes" role="doc-endnotes">\n<ol>\n'),
    }


class _Run:
    """One inline token on its way to parts."""

    def __init__(self, compiler: Compiler, token: Token, line: int) -> None:
        self._compiler = compiler
        self._content = token.content
        self._children = token.children or []
        self._line = line
        self._parts: list[Part] = []
        self._raw: RawHtml | None = None
        """Its HTML, if the site reads any: most read none, and need not import what does."""
        self._opened: dict[str, tuple[int, int]] = {}
        """Where in the content a tag of a name stands last."""
        self._in_link = 0
        self._html_from = 0
        """Where in the content to look for the next HTML: tokens of text do not say."""

    def parts(self) -> tuple[Part, ...]:
        for index, child in enumerate(self._children):
            rule = self._INLINES.get(child.type)
            if child.type == "link_open":
                self._check_words(index)
            if rule is not None:
                rule(self, child)
            else:
                self._by_renderer(index, child)
        closing, left = self._raw.close() if self._raw else ("", ())
        if closing:
            self._add(Html(closing))
        for name in left:
            place = self._place(*self._opened[name])
            message = f"this <{name}> is not closed in its paragraph"
            self._report(place, "markdown-syntax", message, f"write </{name}> behind it")
        return tuple(self._parts)

    def _add(self, part: str | Html) -> None:
        """Appends, joining neighbours of one kind."""
        last = self._parts[-1] if self._parts else None
        if isinstance(part, str) and isinstance(last, str):
            self._parts[-1] = last + part
        elif isinstance(part, Html) and isinstance(last, Html):
            self._parts[-1] = Html(last.markup + part.markup)
        else:
            self._parts.append(part)

    def _by_renderer(self, index: int, child: Token) -> None:
        compiler = self._compiler
        rule = compiler.renderer.rules.get(child.type) or compiler.renderer.renderToken
        self._add(Html(rule(self._children, index, compiler.options, compiler.env)))

    def _text(self, child: Token) -> None:
        if "<" in child.content:
            self._check_html(child.content)
        if child.content:
            self._add(Html(_escape(child.content)) if self._in_link else child.content)

    def _check_html(self, text: str) -> None:
        """HTML that is not read as such: a remark to an editor would be published."""
        for match in _HTML.finditer(text):
            start = self._content.find(match[0], self._html_from)
            while start > 0 and self._content[start - 1] == "\\":
                start = self._content.find(match[0], start + 1)
            if start < 0:
                continue  # it stands there as `&lt;b&gt;` or `\\<b>`, and is meant as text
            self._html_from = start + len(match[0])
            self._report(
                self._place(start, self._html_from),
                "html-as-text",
                f"readers would see this as it is written: {match[0]}",
                "use Markdown, or turn HTML on in site.yaml (html: true)",
                Severity.WARNING,
            )

    def _break(self, _: Token) -> None:
        self._add(Html("\n") if self._in_link else "\n")

    def _html(self, child: Token) -> None:
        if self._raw is None:
            from site_builder.markdown.raw_html import RawHtml

            self._raw = RawHtml()
        markup, problem = self._raw.inline(child.content)
        if markup:
            self._add(Html(markup))
        stretch = child.meta["start"], child.meta["end"]
        tag = child.content[1:].partition(" ")[0].rstrip("/>\n").lower()
        self._opened[tag] = stretch
        if problem:
            self._report(self._place(*stretch), "html-removed", problem, "", Severity.WARNING)

    def _wikilink(self, child: Token) -> None:
        meta = child.meta
        place = self._place(meta["start"], meta["end"])
        self._parts.append(WikiLink(meta["target"], meta["anchor"], meta["label"], *place))

    def _citation(self, child: Token) -> None:
        meta = child.meta
        place = self._place(meta["start"], meta["end"])
        self._parts.append(Citation(meta["source"], meta["words"], *place))

    def _problem(self, child: Token) -> None:
        place = self._place(child.meta["start"], child.meta["end"])
        meta = child.meta
        if self._compiler.is_cut(self._line) and meta["kind"] is SYNTAX:
            return
        self._report(place, meta["kind"].code, meta["message"], meta["hint"], meta["kind"].severity)

    def _handle(self, child: Token) -> None:
        self._text(child)
        place = self._place(child.meta["start"], child.meta["end"])
        self._parts.append(Handle(child.content[1:], *place))

    def _link(self, child: Token) -> None:
        self._in_link += 1
        href = str(child.attrs.get("href", ""))
        title = str(child.attrs.get("title", ""))
        place = self._place(child.meta["start"], child.meta["end"])
        self._parts.append(LinkOpen(href, title, *place))

    def _check_words(self, index: int) -> None:
        """That readers can see the link which opens at `index`."""
        behind = self._children[index + 1 :]
        words = takewhile(lambda token: token.type != "link_close", behind)
        if all(
            token.type in ("text", "softbreak") and not token.content.strip() for token in words
        ):
            meta = self._children[index].meta
            place = self._place(meta["start"], meta["end"])
            message = "this link has no words: readers would not see it"
            self._report(
                place, "markdown-syntax", message, "write them between the brackets: [words](…)"
            )

    def _link_end(self, _: Token) -> None:
        self._in_link -= 1
        self._add(Html("</a>"))

    def _image(self, child: Token) -> None:
        src = str(child.attrs.get("src", ""))
        place = self._place(child.meta["start"], child.meta["end"])
        self._parts.append(Picture(src, child.content, str(child.attrs.get("title", "")), *place))
        if not child.content.strip():
            self._report(
                place,
                "missing-alt",
                "this image has no text for those who can't see it",
                "write what it shows between the brackets: ![what it shows](…)",
                Severity.WARNING,
            )

    def _place(self, start: int, end: int) -> tuple[int, int, int]:
        return self._compiler.place(self._content, self._line, start, end)

    def _report(
        self,
        place: tuple[int, int, int],
        code: str,
        message: str,
        hint: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        self._compiler.report(place, code, message, hint, severity)

    _INLINES: ClassVar[Mapping[str, Callable[[_Run, Token], None]]] = {
        "text": _text,
        "softbreak": _break,
        "html_inline": _html,
        "wikilink": _wikilink,
        "citation": _citation,
        "problem": _problem,
        "handle": _handle,
        "link_open": _link,
        "link_close": _link_end,
        "image": _image,
    }


_SHOWN = 20
"""Characters of a mark that messages show."""
_DIRECTIVE = re.compile(r"\{[A-Za-z][\w:+-]*\}")
_HTML = re.compile(r"<[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]{0,200})?/?>")


def _escape(text: str) -> str:
    return html.escape(text, quote=False)


def _task(done: bool) -> str:
    checked = " checked" if done else ""
    label = "done" if done else "not done"
    return f'<input type="checkbox" disabled{checked} aria-label="{label}"> '


def _heading_text(inline: Token) -> str:
    """The words of a heading."""
    return "".join(
        _HEADING_WORDS.get(child.type, _no_words)(child) for child in inline.children or ()
    )


def _content(token: Token) -> str:
    return token.content


def _no_words(_: Token) -> str:
    return ""


_HEADING_WORDS: Mapping[str, Callable[[Token], str]] = {
    "text": _content,
    "code_inline": _content,
    "handle": _content,
    "wikilink": lambda token: str(token.meta["label"] or token.meta["target"]),
    "softbreak": lambda _: " ",
}


def _is_figure(tokens: Sequence[Token], index: int) -> bool:
    """Whether the paragraph that begins at `index` holds an image and nothing else."""
    if index < 0 or index + 1 >= len(tokens) or tokens[index].hidden:
        return False
    children = tokens[index + 1].children or []
    return len(children) == 1 and children[0].type == "image"
