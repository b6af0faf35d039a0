"""What a reader of a Markdown file sees: its words, without its markup.

Sources are other people's files, so they are read as CommonMark with tables, struck-out text and
footnotes, and nothing of ours. Marks of the text form stay as they are written.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from site_builder.sources.text_form import Shown
from site_builder.text import lazily
from site_builder.values import NamedTuple

_FRONT_MATTER = lazily.pattern(r"\A---[ \t]*\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_LONGEST_FRONT_MATTER = 20_000
_TAG = lazily.pattern(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?</\1\s*>|<[/!?a-z][^<>]*>", re.DOTALL | re.IGNORECASE
)


def shown(text: str) -> Shown:
    """The words that a reader of a Markdown file sees, with a blank line between blocks."""
    before = 0
    if text.startswith("---") and (front := _FRONT_MATTER.match(text[:_LONGEST_FRONT_MATTER])):
        before = front[0].count("\n")
        text = text[front.end() :]
    pieces: list[str] = []
    lines: list[tuple[int, int]] = []
    size = 0
    for block in _blocks(_parser().parse(text)):
        if not block.text.strip():
            continue
        gap = "" if not pieces else "\n" if block.is_close else "\n\n"
        size += len(gap)
        lines.append((size, before + block.line + 1))
        pieces += [gap, block.text]
        size += len(block.text)
    return Shown("".join(pieces), tuple(lines))


class _Block(NamedTuple):
    text: str
    line: int
    is_close: bool = False
    """Whether it follows the one before without a blank line, as an item of a list does."""


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    md.use(footnote_plugin)
    md.validateLink = lambda _: True  # type: ignore[assignment]  # nobody follows these links
    return md


def _blocks(tokens: Sequence[Token]) -> Iterable[_Block]:
    """Each paragraph, heading, row of a table, item and piece of code."""
    line, note, is_close = 0, "", False
    row: list[str] | None = None
    for token in tokens:
        line = token.map[0] if token.map else line
        match token.type:
            case "footnote_open":
                note = f"[^{_label(token)}]: "
            case "table_open":
                is_close = False
            case "tr_open":
                row = []
            case "tr_close":
                yield _Block(" ".join(row or ()), line, is_close=is_close)
                row, is_close = None, True
            case "paragraph_open":
                is_close = token.hidden
            case "inline":
                said = note + _inline(token.children or ())
                note = ""
                if row is None:
                    yield _Block(said, line, is_close=is_close)
                    is_close = False
                else:
                    row.append(said)
            case "fence" | "code_block":
                yield _Block(token.content.rstrip("\n"), line)
            case "html_block":
                yield _Block(_without_tags(token.content).strip(), line)


def _inline(tokens: Iterable[Token]) -> str:
    pieces: list[str] = []
    for token in tokens:
        match token.type:
            case "text" | "code_inline":
                pieces.append(token.content)
            case "softbreak" | "hardbreak":
                pieces.append("\n")
            case "image":
                pieces.append(_inline(token.children or ()))
            case "html_inline" if token.content.lower().startswith("<br"):
                pieces.append("\n")
            case "footnote_ref":
                pieces.append(f"[^{_label(token)}]")
    return "".join(pieces)


def _label(token: Token) -> str:
    """The label of a footnote as it is written; its number, where it has none."""
    return str(token.meta.get("label") or token.meta.get("id", 0) + 1)


def _without_tags(text: str) -> str:
    return html.unescape(_TAG.sub("", text))
