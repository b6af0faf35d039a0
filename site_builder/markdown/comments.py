"""`<!-- … -->`: comments in bodies and fields, whether or not the site allows HTML.

Comments are dropped. One that begins a line may extend over several blocks; text after its end is read
as a new line. A comment that is not closed is reported.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from site_builder.markdown.problems import report
from site_builder.text import lazily

_EMPTY = lazily.pattern(r"<!---?>")
_MESSAGE = "this comment is not closed: its '-->' is missing"


def comments_plugin(md: MarkdownIt) -> None:
    """Adds the rules, whose only tokens are findings."""
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
    end = _end(state, start)
    if not 0 <= end <= state.eMarks[end_line - 1]:
        if not silent:
            token = state.push("block_problem", "", 0)
            token.map = [start_line, start_line + 1]
            token.meta = {"found": "<!--", "message": _MESSAGE, "hint": "write '-->' after it"}
            state.line = start_line + 1
        return True
    while state.src.startswith("<!--", following := _skip_spaces(state.src, end)):
        further = _end(state, following)
        if not 0 <= further <= state.eMarks[end_line - 1]:
            break
        end = further
    last = start_line + state.src.count("\n", start, end)
    rest = state.src[end : state.eMarks[last]]
    if rest.strip() and last == start_line:
        return False  # the inline rule handles a comment within a line
    if silent:
        return True
    if not rest.strip():
        state.line = last + 1
        return True
    state.bMarks[last] = end
    state.tShift[last] = len(rest) - len(rest.lstrip(" \t"))
    state.sCount[last] = state.blkIndent
    state.line = last
    return True


def _skip_spaces(text: str, start: int) -> int:
    while text[start : start + 1] in (" ", "\t"):
        start += 1
    return start


def _end(state: StateBlock | StateInline, start: int) -> int:
    """The offset after the comment that begins at `start`, or -1 if it never ends."""
    empty = _EMPTY.match(state.src, start)
    if empty:
        return empty.end()
    # If one comment does not end, none after it does.
    text, first = state.env.get("comment_without_end", ("", 0))
    if text is state.src and start >= first:
        return -1
    end = state.src.find("-->", start + 4)
    if end < 0:
        state.env["comment_without_end"] = state.src, start
        return -1
    return end + 3


def _inline(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("<!--", state.pos):
        return False
    end = _end(state, state.pos)
    if end < 0:
        if not silent:
            hint = "it must end in the same paragraph, unless it begins a line"
            report(state, (state.pos, state.pos + 4), _MESSAGE, hint)
        return False
    state.pos = end
    return True
