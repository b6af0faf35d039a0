"""Parses Markdown: CommonMark, tables, footnotes, definition lists, admonitions and our own rules.

The parser is markdown-it-py; each rule of ours is a module. `parse_body` parses the body of a file,
`parse_prose` a field of inline Markdown.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import Any
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink, normalizeLinkText
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from site_builder.diagnostics import Diagnostic, Location
from site_builder.markdown.by_character import by_character_plugin
from site_builder.markdown.citations import citations_plugin
from site_builder.markdown.comments import comments_plugin
from site_builder.markdown.compiling import Compiler
from site_builder.markdown.document import (
    USUAL,
    Dialect,
    Document,
    Inline,
)
from site_builder.markdown.dropped import Definitions, footnotes_plugin
from site_builder.markdown.foreign import (
    FOREIGN,
    HOLDS_NO_SIGN,
    LOOKS_PLAIN,
    blocks_in_field,
    foreign_plugin,
)
from site_builder.markdown.github import github_plugin, has_www, stops_of_text
from site_builder.markdown.placed_links import placed_links_plugin
from site_builder.markdown.problems import Kind
from site_builder.markdown.unread import unread_plugin
from site_builder.markdown.wikilinks import wikilinks_plugin
from site_builder.text import lazily

LONGEST_BODY = 500_000
"""The longest body in characters: about 80,000 words."""
MOST_BRACKETS = 5_000
"""The most opening brackets in one paragraph; parsing time grows with their square."""
MOST_QUOTE_MARKS = 50
DEEPEST = 40
"""The deepest nesting of blocks; a list takes two levels."""
LONGEST_PARAGRAPH = 200_000

_COMPLEX = Kind("markdown-too-complex")


@lru_cache(maxsize=4)
def _parser(dialect: Dialect) -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": dialect.html, "maxNesting": DEEPEST + 2}).enable("table")
    md.use(footnote_plugin).use(deflist_plugin)
    md.use(container_plugin, "admonition", validate=lambda params, *_: bool(params.strip()))
    md.use(placed_links_plugin).use(wikilinks_plugin).use(citations_plugin).use(github_plugin)
    md.use(comments_plugin).use(foreign_plugin).use(unread_plugin).use(footnotes_plugin)
    md.block.ruler.before("table", "too_deep", _too_deep)
    md.use(by_character_plugin)
    # The link stage checks addresses, and can say what is wrong with them.
    md.core.ruler.at("inline", partial(_inline, stops_of_text(md)))
    md.core.ruler.disable("normalize")  # line breaks in our texts are LF already
    md.validateLink = _any_link  # type: ignore[assignment]  # as its documentation says to
    md.normalizeLink = _in_ascii  # type: ignore[method-assign]
    md.normalizeLinkText = _in_letters  # type: ignore[assignment]
    return md


def _too_deep(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Reports blocks nested deeper than markdown-it reads, because it drops their content silently."""
    if silent or state.level < DEEPEST:
        return False
    token = state.push("block_problem", "", 0)
    token.map = [start_line, start_line + 1]
    line = state.src[state.bMarks[start_line] + state.tShift[start_line] : state.eMarks[start_line]]
    message = "lists, quotations or boxes are nested too deeply here, and this would be left out"
    token.meta = {"found": line, "message": message, "hint": "", "kind": _COMPLEX}
    state.line = end_line
    return True


def _inline(stops: tuple[re.Pattern[str], re.Pattern[str]], state: StateCore) -> None:
    """The `inline` rule of markdown-it, with a shortcut for texts without markup."""
    before = ""
    for token in state.tokens:
        if token.type == "inline":
            if token.children is None:
                token.children = []
            state.env["paragraph"] = before == "paragraph_open"
            if _is_plain(token.content):
                token.children.append(Token("text", "", 0, content=token.content))
            else:
                state.md.inline.terminator_re = stops[_has_rare_sign(token.content)]
                state.md.inline.parse(token.content, state.md, state.env, token.children)
        before = token.type


def _is_plain(text: str) -> bool:
    """Whether a text contains nothing that any rule could read as markup."""
    if text.isalnum():
        return True  # as many cells of tables are
    begins = text[:1]
    looks = HOLDS_NO_SIGN if begins.isalpha() and begins != "h" else LOOKS_PLAIN
    if looks.fullmatch(text) is None or (":" in text and ("://" in text or text.count(":") > 1)):
        return False
    return not _has_rare_sign(text)


def _has_rare_sign(text: str) -> bool:
    """Whether a text contains markup that begins without any of the usual characters."""
    return has_www(text) or "''" in text


def _any_link(_: str) -> bool:
    return True


_LONG_HOST = lazily.pattern(r"(?:[A-Za-z][\w+.-]*:)?//[^/?#]{256,}")
"""An address whose host name is longer than possible: markdown-it drops it silently."""


def _in_ascii(url: str) -> str:
    """An address as it is written in HTML."""
    host = _LONG_HOST.match(url)
    if host is None:
        return normalizeLink(url)
    return quote(host[0], ":/@%[]") + normalizeLink(url[host.end() :])


def _in_letters(url: str) -> str:
    """An address as readers see it."""
    return url if _LONG_HOST.match(url) else normalizeLinkText(url)


def parse_prose(text: str, dialect: Dialect = USUAL) -> tuple[Inline, list[Diagnostic]]:
    """Parses a field of inline Markdown; also returns findings.

    All places have line 0 and a column that counts from the beginning of the value.
    """
    blocks = _blocks(text)
    if _is_plain(text):
        return Inline((text,), True, 0, 0), blocks
    text = " ".join(text.replace("\r", "\n").split("\n"))
    if text.count("[") > MOST_BRACKETS:
        message = f"this text has more than {MOST_BRACKETS} opening brackets"
        return Inline((text,), True, 0, 0), [
            Diagnostic("markdown-too-complex", message, Location("", 0, 1))
        ]
    md = _parser(dialect)
    env: dict[str, Any] = {"references": Definitions(), "is_field": True}
    tokens = md.parseInline(text, env)
    compiler = Compiler(md, env, "", text, 0)
    inline = compiler.inline(tokens[0], linkable=True)
    return inline, [*blocks, *compiler.problems]


def _blocks(text: str) -> list[Diagnostic]:
    """Findings about block markup in a field."""
    if text[:1] not in _FIRST_OF_BLOCKS and "\n" not in text:
        return []
    return [
        Diagnostic(
            FOREIGN.code,
            message,
            Location("", 0, start + 1, end - start),
            "move it into the text below the fields, or write a sentence",
            FOREIGN.severity,
        )
        for start, end, message in blocks_in_field(text)
    ]


def parse_body(
    path: str, text: str, first_line: int, dialect: Dialect = USUAL
) -> tuple[Document, list[Diagnostic]]:
    """Parses the body of the file at `path`, which begins at line `first_line`; also returns findings."""
    if not text.strip():
        return Document((), ()), []
    too_complex = _too_complex(path, text, first_line)
    if too_complex:
        return Document((), ()), [too_complex]
    md = _parser(dialect)
    env: dict[str, Any] = {"references": Definitions()}
    tokens = md.parse(text, env)
    compiler = Compiler(md, env, path, text, first_line)
    return compiler.document(tokens), compiler.problems


_FIRST_OF_BLOCKS = tuple("#:`~!>")
_QUOTES = lazily.pattern(rf"^(?:[ \t]*>){{{MOST_QUOTE_MARKS},}}", re.MULTILINE)
_BETWEEN = lazily.pattern(r"\n(?=[ \t]*(?:\n|[|>#]|[-*+][ \t]|\d+[.)][ \t]))")
"""The boundary between two paragraphs, table rows or list items."""


def _too_complex(path: str, text: str, first_line: int) -> Diagnostic | None:
    def problem(message: str, offset: int) -> Diagnostic:
        line = text.count("\n", 0, offset)
        shown = text.split("\n", line + 1)[line]
        location = Location(path, first_line + line, 1, 1, shown)
        return Diagnostic("markdown-too-complex", message, location)

    if len(text) > LONGEST_BODY:
        return problem(f"this text has more than {LONGEST_BODY:,} characters", 0)
    deep = _QUOTES.search(text)
    if deep:
        return problem(
            f"quotations are nested {MOST_QUOTE_MARKS} levels deep or more", deep.start()
        )
    if text.count("[") > MOST_BRACKETS or len(text) > LONGEST_PARAGRAPH:
        offset = 0
        for paragraph in _BETWEEN.split(text):
            at = text.find(paragraph, offset)
            if paragraph.count("[") > MOST_BRACKETS:
                return problem(f"this paragraph has more than {MOST_BRACKETS} opening brackets", at)
            if len(paragraph) > LONGEST_PARAGRAPH:
                return problem(f"this paragraph has more than {LONGEST_PARAGRAPH:,} characters", at)
            offset = at + len(paragraph)
    return None
