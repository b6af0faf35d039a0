"""Compiles the tokens of markdown-it-py into the parts of a `Document`.

`_BLOCKS` has a method for each kind of block token; `markdown.inlines` does the same for inline content.
Tokens without an entry are rendered by markdown-it-py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from site_builder.diagnostics import Diagnostic, Severity
from site_builder.markdown.anchors import heading_anchors
from site_builder.markdown.document import Document, Heading, Inline, Part
from site_builder.markdown.dropped import definition_problems
from site_builder.markdown.findings import Findings
from site_builder.markdown.heading_slips import heading_slip
from site_builder.markdown.inlines import InlineCompiler, Rendering, escape
from site_builder.markdown.problems import SYNTAX
from site_builder.markdown.written import is_closed, row_slip
from site_builder.text import lazily

ADMONITIONS = ("note", "tip", "important", "warning", "caution")

_BlockRule = Callable[["Compiler", Sequence[Token], int], str]


def _by_text(markup: str) -> _BlockRule:
    return lambda *_: markup


class Compiler:
    """Compiles one text; findings are in `problems` afterwards.

    `text` is the source of the tokens. `first_line` is the line of the file, from 1, at which it begins,
    or 0 for prose in YAML, where places are columns of the value.
    """

    def __init__(
        self, md: MarkdownIt, env: dict[str, Any], path: str, text: str, first_line: int
    ) -> None:
        assert isinstance(md.renderer, RendererHTML)
        self._rendering = Rendering(md.renderer, md.options, env)
        self._findings = Findings(path, text, first_line)
        self._lines = self._findings.lines
        self._headings: list[Heading] = []
        self._anchors: Iterator[tuple[str, str]] = iter(())
        """The ids of the headings that follow, each with its older id."""
        self._quoted = 0
        self._block = 0
        """The number of the last block of running text."""
        self._open: list[int] = []
        """The numbers of the items, rows and quotations that are open."""
        self._around: dict[int, int] = {}
        """By block: the one around it, or the paragraph that announces it."""
        self._announcing = 0
        """The paragraph that announces the list that is open; 0 if none does."""
        self._last_line = 0
        self._ends: set[int] = set()
        """The lines that close boxes."""

    @property
    def problems(self) -> list[Diagnostic]:
        """The findings so far."""
        return self._findings.problems

    def document(self, tokens: list[Token]) -> Document:
        """Compiles the tokens of a body."""
        if self._rendering.options["html"]:
            from site_builder.markdown.raw_html import clean_blocks

            for found in clean_blocks(tokens):
                place = self._findings.line_place(found.line, found.text)
                self._findings.report(
                    place, found.kind.code, found.message, found.hint, found.kind.severity
                )
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
                    self._findings.pass_cell(self._last_line, token.content)
            else:
                rule = self._BLOCKS.get(token.type, Compiler._by_renderer)
                markup.append(rule(self, tokens, index))
        parts.append("".join(markup))
        for token in definition_problems(self._rendering.env, self._lines):
            self._block_problem((token,), 0)
        return Document(tuple(part for part in parts if part), tuple(self._headings))

    def inline(self, token: Token, *, linkable: bool) -> Inline:
        """The parts of an inline token."""
        line = self._first_line(token) if token.map else self._line_of(token.content)
        children = token.children or []
        if len(children) == 1 and children[0].type == "text" and "<" not in token.content:
            parts: tuple[Part, ...] = (children[0].content,)
        else:
            parts = InlineCompiler(self._rendering, self._findings, token, line).parts()
        first = self._findings.first_line + line if self._findings.first_line else 0
        if not self._open:
            self._block += 1
        block = self._open[-1] if self._open else self._block
        within, headings = self._around.get(block, 0), len(self._headings)
        return Inline(parts, linkable, headings, first, block, within, self._quoted > 0)

    def _open_block(self, announcing: int = 0) -> None:
        """Begins an item, row or quotation. What stands in a quotation belongs to it."""
        around = self._open[-1] if self._open else announcing
        if self._quoted:
            self._open.append(around)
            return
        self._block += 1
        self._around[self._block] = around
        self._open.append(self._block)

    def _list(self, tokens: Sequence[Token], index: int) -> str:
        if not self._open:
            self._announcing = self._block if _is_announced(tokens, index) else 0
        return self._by_renderer(tokens, index)

    def _item(self, tokens: Sequence[Token], index: int) -> str:
        self._open_block(self._announcing)
        return self._by_renderer(tokens, index)

    def _item_end(self, tokens: Sequence[Token], index: int) -> str:
        self._open.pop()
        return self._by_renderer(tokens, index)

    def _first_line(self, token: Token) -> int:
        """The line where a text begins; a paragraph may begin with a line of unusual spaces."""
        assert token.map
        line, end = token.map
        first = token.content.split("\n", 1)[0]
        if first in self._lines[line]:
            return line
        return next((at for at in range(line + 1, end) if first in self._lines[at]), line)

    def _line_of(self, content: str) -> int:
        """The line of an inline footnote, whose token has no line."""
        first, *others = content.split("\n")
        for number, line in enumerate(self._lines):
            if f"^[{first}" in line:
                below = self._lines[number + 1 : number + 1 + len(others)]
                if len(below) == len(others) and all(map(str.__contains__, below, others)):
                    return number
        return self._last_line

    def _may_link(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether names are linked automatically here: not in headings, defined terms and quotations."""
        before = tokens[index - 1].type if index else ""
        return not self._quoted and before not in ("heading_open", "dt_open")

    def _by_renderer(self, tokens: Sequence[Token], index: int) -> str:
        token = tokens[index]
        rule = self._rendering.renderer.rules.get(token.type)
        if rule is not None:
            return str(rule(tokens, index, self._rendering.options, self._rendering.env))
        if not token.hidden:
            if token.nesting == -1 and token.block:
                return f"</{token.tag}>\n"
            return self._rendering.renderer.renderToken(
                tokens, index, self._rendering.options, self._rendering.env
            )
        # The end of a paragraph in a tight list.
        return "\n" if token.nesting == -1 and tokens[index - 1].type == "inline" else ""

    def _heading(self, tokens: Sequence[Token], index: int) -> str:
        token = tokens[index]
        if token.tag == "h1" and token.map:
            message = "only the title of the page can be a first-level heading"
            place = self._findings.line_place(token.map[0], token.markup)
            self._findings.report(place, "heading-order", message, "write: ## …", Severity.WARNING)
        slip = heading_slip(tokens, index)
        if slip:
            place = self._findings.line_place(slip.line, slip.mark)
            self._findings.report(place, "heading", slip.message, slip.hint, Severity.WARNING)
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
        caption = f"<figcaption>{escape(title)}</figcaption>" if title else ""
        return f"{caption}</figure>\n"

    def _row(self, tokens: Sequence[Token], index: int) -> str:
        self._open_block()
        self._findings.cell = (self._last_line, 0)
        end = index + 1
        while tokens[end].type != "tr_close":
            end += 3  # a cell
        slip = row_slip(self._lines[self._last_line], columns=(end - index) // 3)
        self._findings.cut_row = -1
        if slip:
            self._findings.cut_row = self._last_line
            place = self._findings.first_line + self._last_line, slip.start + 1, slip.length
            self._findings.report(place, "table-cells", slip.message, slip.hint, Severity.ERROR)
        return self._by_renderer(tokens, index)

    def _row_end(self, tokens: Sequence[Token], index: int) -> str:
        self._findings.cell = (-1, 0)
        return self._item_end(tokens, index)

    def _quotation(self, tokens: Sequence[Token], index: int) -> str:
        self._open_block(self._block if _is_announced(tokens, index) else 0)
        self._quoted += 1
        return self._by_renderer(tokens, index)

    def _quotation_end(self, tokens: Sequence[Token], index: int) -> str:
        self._quoted -= 1
        return self._item_end(tokens, index)

    def _admonition(self, tokens: Sequence[Token], index: int) -> str:
        token = tokens[index]
        line, end = token.map or (0, 0)
        if token.markup.startswith(":"):
            if end in self._ends or not is_closed(self._lines, line, end, token.markup):
                message = (
                    f"this box is not closed: its closing line '{token.markup[:_SHOWN]}' is missing"
                )
                hint = "close an inner box first; the outer one needs more colons"
                self._findings.report(
                    self._findings.line_place(line, token.markup), "markdown-syntax", message, hint,
                    Severity.ERROR,
                )  # fmt: skip
            self._ends.add(end)
        kind, _, title = token.info.strip().partition(" ")
        if token.type == "alert_open" and kind.lower() in ADMONITIONS:
            kind = kind.lower()
        if kind not in ADMONITIONS:
            place = self._findings.line_place(line, kind)
            message = f"unknown kind of box '{kind}' (use one of: {', '.join(ADMONITIONS)})"
            self._findings.report(place, "markdown-syntax", message, "", Severity.ERROR)
            kind = "note"
        shown_title = escape(title.strip() or kind.capitalize())
        return f'<aside class="admonition {kind}"><p class="admonition-title">{shown_title}</p>\n'

    def _fence(self, tokens: Sequence[Token], index: int) -> str:
        token = tokens[index]
        first, end = token.map or (0, 0)
        if not is_closed(self._lines, first, end - 1, token.markup):
            mark = token.markup[:_SHOWN]
            message = f"this block of code is not closed: its closing line '{mark}' is missing"
            place = self._findings.line_place(first, mark)
            self._findings.report(place, "markdown-syntax", message, "", Severity.ERROR)
        directive = _DIRECTIVE.match(token.info.strip())
        if directive:
            place = self._findings.line_place(first, directive[0])
            message = "readers would see this as code: a MyST directive"
            hint = "a box is written:\n::: note Title\nText.\n:::"
            self._findings.report(place, "foreign-markup", message, hint, Severity.WARNING)
        return self._by_renderer(tokens, index)

    def _block_problem(self, tokens: Sequence[Token], index: int) -> str:
        token = tokens[index]
        meta = token.meta
        place = self._findings.line_place(token.map[0] if token.map else 0, meta["found"])
        kind = meta.get("kind", SYNTAX)
        self._findings.report(place, kind.code, meta["message"], meta["hint"], kind.severity)
        return ""

    def _html_block(self, tokens: Sequence[Token], index: int) -> str:
        return tokens[index].content  # cleaned in `document`

    def _footnote_return(self, tokens: Sequence[Token], index: int) -> str:
        meta = tokens[index].meta
        if self._rendering.env["footnotes"]["list"][meta["id"]].get("count") == 0:
            return ""  # nothing refers to it
        sub = meta.get("subId", 0)
        target = f"fnref{meta['id'] + 1}" + (f":{sub}" if sub > 0 else "")
        return f' <a class="footnote-backref" href="#{target}" aria-label="Back to the text">↩</a>'

    def _indented(self, tokens: Sequence[Token], index: int) -> str:
        """Code by its indent. Whoever writes links or citations there did not mean code."""
        token = tokens[index]
        ours = _OURS.search(token.content)
        if ours and token.map:
            line = token.map[0] + token.content.count("\n", 0, ours.start())
            message = "readers would see this as code, because its line is indented"
            hint = "delete the spaces in front; code that shows such marks is written between ``` and ```"
            place = self._findings.line_place(line, ours[0])
            self._findings.report(place, "foreign-markup", message, hint, Severity.WARNING)
        return self._by_renderer(tokens, index)

    _BLOCKS: ClassVar[Mapping[str, _BlockRule]] = {
        "heading_open": _heading,
        "paragraph_open": _paragraph,
        "paragraph_close": _paragraph_end,
        "blockquote_open": _quotation,
        "blockquote_close": _quotation_end,
        "bullet_list_open": _list,
        "ordered_list_open": _list,
        "list_item_open": _item,
        "list_item_close": _item_end,
        "tr_open": _row,
        "tr_close": _row_end,
        "table_open": _by_text('<div class="table" tabindex="0"><table>\n'),
        "table_close": _by_text("</table></div>\n"),
        "container_admonition_open": _admonition,
        "container_admonition_close": _by_text("</aside>\n"),
        "alert_open": _admonition,
        "alert_close": _by_text("</aside>\n"),
        "code_block": _indented,
        "fence": _fence,
        "block_problem": _block_problem,
        "html_block": _html_block,
        "footnote_anchor": _footnote_return,
        "footnote_block_open": _by_text('<section class="footnotes" role="doc-endnotes">\n<ol>\n'),
    }


_SHOWN = 20
"""The most characters of a mark that messages show."""
_OURS = lazily.pattern(r"\[\[[^\[\]\n]+\]\]|\[@[^\]\n]*\]")
"""A link to an entity, or a citation."""
_DIRECTIVE = lazily.pattern(r"\{[A-Za-z][\w:+-]*\}")


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


_ANNOUNCES = lazily.pattern(r"[:：]\s*(?:\[@[^\]]*\]\s*)?\Z")


def _is_announced(tokens: Sequence[Token], index: int) -> bool:
    """Whether the paragraph before a block quotation or list ends with a colon, perhaps with a citation behind it."""
    if index < 2 or tokens[index - 1].type != "paragraph_close":
        return False
    said = tokens[index - 2].content
    return _ANNOUNCES.search(said) is not None


def _is_figure(tokens: Sequence[Token], index: int) -> bool:
    """Whether the paragraph that begins at `index` contains only an image."""
    if index < 0 or index + 1 >= len(tokens) or tokens[index].hidden:
        return False
    children = tokens[index + 1].children or []
    return len(children) == 1 and children[0].type == "image"
