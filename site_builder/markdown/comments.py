"""`<!-- … -->`: comments, in bodies and in fields, whether the site reads HTML or not.

What stands in them is dropped. A comment may run over several blocks if it begins a line; text behind
its end is read as a new line. One that is not closed is reported.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from site_builder.markdown.problems import report

_COMMENT = re.compile(r"<!--(?:-?>|.*?-->)", re.DOTALL)
_MESSAGE = "this comment is not closed: there is no '-->'"


def comments_plugin(md: MarkdownIt) -> None:
    """Adds the rules, which make no tokens but those of problems."""
    interrupts = ["paragraph", "reference", "blockquote", "list"]
    md.block.ruler.before("table", "comment", _block, {"alt": interrupts})
    md.inline.ruler.before("autolink", "comment", _inline)
    html_block = dict(
        zip(md.block.ruler.get_active_rules(), md.block.ruler.getRules(""), strict=True)
    )["html_block"]

    def no_comment(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        start = state.bMarks[start_line] + state.tShift[start_line]
        is_comment = state.src.startswith("<!--", start)
        return not is_comment and html_block(state, start_line, end_line, silent)

    md.block.ruler.at("html_block", no_comment, {"alt": ["paragraph", "reference", "blockquote"]})


def _block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("<!--", start) or state.is_code_block(start_line):
        return False
    comment = _COMMENT.match(state.src, start, state.eMarks[end_line - 1])
    if comment is None:
        if not silent:
            token = state.push("block_problem", "", 0)
            token.map = [start_line, start_line + 1]
            token.meta = {"found": "<!--", "message": _MESSAGE, "hint": "write '-->' behind it"}
            state.line = start_line + 1
        return True
    last = start_line + comment[0].count("\n")
    rest = state.src[comment.end() : state.eMarks[last]]
    if rest.strip() and last == start_line:
        return False  # a comment in a line is the inline rule's
    if silent:
        return True
    if not rest.strip():
        state.line = last + 1
        return True
    state.bMarks[last] = comment.end()
    state.tShift[last] = len(rest) - len(rest.lstrip(" \t"))
    state.sCount[last] = state.blkIndent
    state.line = last
    return True


def _inline(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("<!--", state.pos):
        return False
    comment = _COMMENT.match(state.src, state.pos)
    if comment is None:
        if not silent:
            hint = "it ends in the paragraph it begins in, unless it begins a line"
            report(state, (state.pos, state.pos + 4), _MESSAGE, hint)
        return False
    state.pos = comment.end()
    return True
