"""Markdown to `Document`: CommonMark, tables, footnotes, definition lists, admonitions, ours.

The parser is markdown-it-py's; one module a rule of ours. `parse_body` reads a file's body,
`parse_prose` a field of inline Markdown.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from site_builder.diagnostics import Diagnostic, Location, Severity
from site_builder.markdown.citations import citations_plugin
from site_builder.markdown.document import (
    Citation,
    Document,
    Heading,
    Inline,
    LinkOpen,
    Part,
    Picture,
    Text,
    WikiLink,
    text_of_html,
)
from site_builder.markdown.raw_html import RawHtml
from site_builder.markdown.wikilinks import wikilinks_plugin

ADMONITIONS = ("note", "tip", "important", "warning", "caution")

MOST_BRACKETS = 1_000
"""Opening brackets in one paragraph; the parser's time grows with their square."""
MOST_QUOTE_MARKS = 50
LONGEST_PARAGRAPH = 200_000

RESERVED_ANCHORS = frozenset(
    (
        "main", "top", "positions", "background", "claims", "events", "related", "updates",
        "mentions", "notes", "relations", "key-points", "issues", "open-questions", "timeline",
        "actors", "terms", "passages", "text", "sources",
    )
)  # fmt: skip
"""Ids that the pages give their own parts; a heading of the same words gets a number."""


@dataclass(frozen=True)
class Dialect:
    """What of Markdown varies from site to site."""

    html: bool = False


@lru_cache(maxsize=4)
def _parser(dialect: Dialect) -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": dialect.html, "maxNesting": 40}).enable("table")
    md.use(footnote_plugin).use(deflist_plugin)
    md.use(container_plugin, "admonition", validate=lambda params, *_: bool(params.strip()))
    md.use(wikilinks_plugin).use(citations_plugin)
    # Addresses are checked by the link stage, which can say what is wrong with them.
    md.validateLink = lambda url: True  # type: ignore[method-assign]
    return md


_PLAIN = re.compile(r"[^\\`*_\[\]<>!&@~\n]*")


def parse_prose(text: str, dialect: Dialect = Dialect()) -> tuple[Inline, list[Diagnostic]]:
    """A field of inline Markdown, and what is wrong with it.

    Locations in what is returned have line 0 and a column that counts from the value's beginning.
    """
    if _PLAIN.fullmatch(text):
        return Inline((Text(text),), True, 0, 0), []
    text = " ".join(text.split("\n"))
    if text.count("[") > MOST_BRACKETS:
        message = f"more than {MOST_BRACKETS} opening brackets in one text"
        return Inline((Text(text),), True, 0, 0), [
            Diagnostic("markdown-too-complex", message, Location("", 0, 1))
        ]
    md = _parser(dialect)
    env: dict[str, Any] = {}
    tokens = md.parseInline(text, env)
    compiler = _Compiler(md, env, "", [text], 0, dialect)
    inline = compiler.inline(tokens[0], linkable=True)
    return inline, compiler.problems


def parse_body(
    path: str, text: str, first_line: int, dialect: Dialect = Dialect()
) -> tuple[Document, list[Diagnostic]]:
    """The body of the file at `path`, which begins at line `first_line`; and what is wrong."""
    if not text.strip():
        return Document((), ()), []
    too_complex = _too_complex(path, text, first_line)
    if too_complex:
        return Document((), ()), [too_complex]
    md = _parser(dialect)
    env: dict[str, Any] = {}
    tokens = md.parse(text, env)
    compiler = _Compiler(md, env, path, text.split("\n"), first_line, dialect)
    return compiler.document(tokens), compiler.problems


_QUOTES = re.compile(rf"^(?:[ \t]*>){{{MOST_QUOTE_MARKS},}}", re.MULTILINE)
_BLANK = re.compile(r"\n[ \t]*\n")


def _too_complex(path: str, text: str, first_line: int) -> Diagnostic | None:
    def problem(message: str, offset: int) -> Diagnostic:
        line = text.count("\n", 0, offset)
        shown = text.split("\n", line + 1)[line]
        location = Location(path, first_line + line, 1, 1, shown)
        return Diagnostic("markdown-too-complex", message, location)

    deep = _QUOTES.search(text)
    if deep:
        return problem(f"quotations nested {MOST_QUOTE_MARKS} deep or more", deep.start())
    if text.count("[") > MOST_BRACKETS or len(text) > LONGEST_PARAGRAPH:
        offset = 0
        for paragraph in _BLANK.split(text):
            at = text.find(paragraph, offset)
            if paragraph.count("[") > MOST_BRACKETS:
                return problem(f"more than {MOST_BRACKETS} opening brackets in one paragraph", at)
            if len(paragraph) > LONGEST_PARAGRAPH:
                return problem(f"a paragraph of more than {LONGEST_PARAGRAPH:,} characters", at)
            offset = at + len(paragraph)
    return None


def _escape(text: str) -> str:
    return html.escape(text, quote=False)


def heading_slug(text: str) -> str:
    """An id made from a heading as GitHub makes it: lower case, words joined by hyphens."""
    words = re.sub(r"[^\w\s-]", "", text.casefold())
    return re.sub(r"[\s_]+", "-", words.strip()).strip("-") or "section"


@dataclass
class _Compiler:
    """Tokens to parts. Lives for one text."""

    md: MarkdownIt
    env: dict[str, Any]
    path: str
    lines: list[str]
    first_line: int
    dialect: Dialect
    problems: list[Diagnostic] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    section: int = 0
    quoted: int = 0
    last_line: int = 0

    @property
    def renderer(self) -> RendererHTML:
        return self.md.renderer  # type: ignore[return-value]  # the default renderer

    # blocks

    def document(self, tokens: Sequence[Token]) -> Document:
        parts: list[str | Inline] = []
        finished: list[str] = []
        raw = RawHtml()

        def flush() -> None:
            if finished:
                parts.append("".join(finished))
                finished.clear()

        for index, token in enumerate(tokens):
            kind = token.type
            if token.map:
                self.last_line = token.map[0]
            if kind == "inline":
                heading = index > 0 and tokens[index - 1].type == "heading_open"
                in_dt = index > 0 and tokens[index - 1].type == "dt_open"
                inline = self.inline(token, linkable=not heading and not in_dt and not self.quoted)
                flush()
                parts.append(inline)
            elif kind == "heading_open":
                self.section += 1
                token.attrSet("id", self._heading(token, tokens[index + 1]))
                finished.append(self.renderer.renderToken(tokens, index, self.md.options, self.env))
            elif kind == "paragraph_open" and _is_figure(tokens, index):
                finished.append("<figure>")
            elif kind == "paragraph_close" and index > 1 and _is_figure(tokens, index - 2):
                title = _figure_title(tokens[index - 1])
                caption = f"<figcaption>{_escape(title)}</figcaption>" if title else ""
                finished.append(f"{caption}</figure>\n")
            elif kind == "table_open":
                finished.append('<div class="table" tabindex="0"><table>\n')
            elif kind == "table_close":
                finished.append("</table></div>\n")
            elif kind == "container_admonition_open":
                finished.append(self._admonition(token))
            elif kind == "container_admonition_close":
                finished.append("</aside>\n")
            elif kind == "html_block":
                finished.append(raw.block(token.content))
            elif kind == "footnote_anchor":
                finished.append(self._footnote_return(token))
            elif kind == "footnote_block_open":
                finished.append('<section class="footnotes" role="doc-endnotes">\n<ol>\n')
            else:
                if kind == "blockquote_open":
                    self.quoted += 1
                elif kind == "blockquote_close":
                    self.quoted -= 1
                rule = self.renderer.rules.get(kind)
                if rule is not None:
                    finished.append(rule(tokens, index, self.md.options, self.env))
                elif not token.hidden:
                    finished.append(
                        self.renderer.renderToken(tokens, index, self.md.options, self.env)
                    )
                elif index and tokens[index - 1].type == "inline" and token.nesting == -1:
                    finished.append("\n" if token.block else "")
        flush()
        return Document(tuple(parts), tuple(self.headings))

    def _heading(self, token: Token, inline: Token) -> str:
        text = "".join(
            child.content if child.type in ("text", "code_inline") else
            (child.meta.get("label") or child.meta["target"]) if child.type == "wikilink" else
            " " if child.type == "softbreak" else ""
            for child in inline.children or ()
        )  # fmt: skip
        slug = heading_slug(text)
        anchor, number = slug, 1
        while anchor in self.anchors or anchor in RESERVED_ANCHORS:
            number += 1
            anchor = f"{slug}-{number}"
        self.anchors.add(anchor)
        self.headings.append(Heading(int(token.tag[1]), anchor, text.strip()))
        return anchor

    def _admonition(self, token: Token) -> str:
        kind, _, title = token.info.strip().partition(" ")
        if kind not in ADMONITIONS:
            line = token.map[0] if token.map else 0
            shown = self.lines[line]
            location = Location(
                self.path, self.first_line + line, shown.find(kind) + 1, len(kind), shown
            )
            allowed = ", ".join(ADMONITIONS)
            message = f"unknown kind of admonition '{kind}' (there are: {allowed})"
            self.problems.append(Diagnostic("markdown-syntax", message, location))
            kind = "note"
        shown_title = _escape(title.strip() or kind.capitalize())
        return f'<aside class="admonition {kind}"><p class="admonition-title">{shown_title}</p>\n'

    def _footnote_return(self, token: Token) -> str:
        number = str(token.meta["id"] + 1)
        sub = token.meta.get("subId", 0)
        target = f"fnref{number}" + (f":{sub}" if sub > 0 else "")
        return f' <a class="footnote-backref" href="#{target}" aria-label="Back to the text">↩</a>'

    # inline content

    def inline(self, token: Token, *, linkable: bool) -> Inline:
        """The parts of an inline token."""
        content = token.content
        line = token.map[0] if token.map else self.last_line
        parts: list[Part] = []
        raw = RawHtml()
        in_link = 0
        cursor = 0
        children = token.children or []
        for index, child in enumerate(children):
            kind = child.type
            if kind == "text":
                if child.content:
                    self._add(parts, _escape(child.content) if in_link else Text(child.content))
            elif kind == "wikilink":
                place = self._place(content, line, child.meta["start"], child.meta["end"])
                meta = child.meta
                parts.append(WikiLink(meta["target"], meta["anchor"], meta["label"], *place))
            elif kind == "citation":
                place = self._place(content, line, child.meta["start"], child.meta["end"])
                parts.append(Citation(child.meta["source"], child.meta["words"], *place))
            elif kind == "problem":
                place = self._place(content, line, child.meta["start"], child.meta["end"])
                location = Location(self.path, *place, self._line(place[0]))
                self.problems.append(Diagnostic("markdown-syntax", child.meta["message"], location))
            elif kind == "link_open":
                in_link += 1
                href = str(child.attrs.get("href", ""))
                start = max(content.find(href, cursor), content.find("](", cursor) + 2, cursor)
                cursor = start
                place = self._place(content, line, start, start + len(href))
                parts.append(LinkOpen(href, str(child.attrs.get("title", "")), *place))
            elif kind == "link_close":
                in_link -= 1
                self._add(parts, "</a>")
            elif kind == "image":
                src = str(child.attrs.get("src", ""))
                start = max(content.find(src, cursor), cursor)
                place = self._place(content, line, start, start + len(src))
                title = str(child.attrs.get("title", ""))
                parts.append(Picture(src, child.content, title, *place))
                if not child.content.strip():
                    location = Location(self.path, *place, self._line(place[0]))
                    self.problems.append(
                        Diagnostic(
                            "missing-alt",
                            "this image has no text for those who can't see it",
                            location,
                            hint="write what it shows between the brackets: ![what it shows](…)",
                            severity=Severity.WARNING,
                        )
                    )
            elif kind == "html_inline":
                self._add(parts, raw.inline(child.content))
            elif kind == "softbreak":
                self._add(parts, "\n" if in_link else Text("\n"))
            else:
                rule = self.renderer.rules.get(kind)
                if rule is not None:
                    self._add(parts, rule(children, index, self.md.options, self.env))
                else:
                    self._add(
                        parts,
                        self.renderer.renderToken(children, index, self.md.options, self.env),
                    )
        closing = raw.close()
        if closing:
            self._add(parts, closing)
        first = self.first_line + line if self.first_line else 0
        return Inline(tuple(parts), linkable, self.section, first)

    @staticmethod
    def _add(parts: list[Part], part: str | Text) -> None:
        """Appends, joining neighbours of one kind."""
        if parts:
            last = parts[-1]
            if isinstance(part, Text) and isinstance(last, Text):
                parts[-1] = Text(last.text + part.text)
                return
            if isinstance(part, str) and isinstance(last, str):
                parts[-1] = last + part
                return
        parts.append(part)

    def _place(self, content: str, line: int, start: int, end: int) -> tuple[int, int, int]:
        """Line, column and length in the file of a stretch of an inline text."""
        if not self.first_line:
            return 0, start + 1, end - start
        line_start = content.rfind("\n", 0, start) + 1
        line_end = content.find("\n", start)
        text = content[line_start : line_end if line_end >= 0 else len(content)]
        number = line + content.count("\n", 0, start)
        source = self.lines[number] if number < len(self.lines) else ""
        indent = max(source.find(text.strip()), 0)
        length = min(end, line_end if line_end >= 0 else end) - start
        return self.first_line + number, indent + start - line_start + 1, max(1, length)

    def _line(self, line: int) -> str:
        number = line - self.first_line
        return self.lines[number] if 0 <= number < len(self.lines) else ""


def _is_figure(tokens: Sequence[Token], index: int) -> bool:
    """Whether a paragraph holds an image and nothing else."""
    if index + 1 >= len(tokens) or tokens[index].hidden or tokens[index + 1].type != "inline":
        return False
    children = tokens[index + 1].children or []
    return len(children) == 1 and children[0].type == "image"


def _figure_title(inline: Token) -> str:
    return str((inline.children or [])[0].attrs.get("title", ""))


def plain_text(inline: Inline) -> str:
    """The words of an inline run, links by their label or target, without citations."""
    words = []
    for part in inline.parts:
        if isinstance(part, str):
            words.append(text_of_html(part))
        elif isinstance(part, Text):
            words.append(part.text)
        elif isinstance(part, WikiLink):
            words.append(part.label or part.target)
        elif isinstance(part, Picture):
            words.append(part.alt)
    return " ".join("".join(words).split())
