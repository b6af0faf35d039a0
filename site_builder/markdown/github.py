"""Extensions that people know from GitHub: bare addresses as links, `> [!NOTE]` boxes, `- [x]` tasks.

These are sections 5.3 and 6.9 of the GitHub Flavored Markdown specification, without e-mail addresses.
The compiler makes a task's checkbox from `meta["task"]` of its text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from site_builder.text import lazily

_URL = lazily.pattern(
    r"(?:https?://|www\.)(?:[^\W_]|[-_.])+(?::\d{1,5})?(?:[/?#][^\s<>\"“”„«»「」『』（）《》【】、。，；：！？|`]*)?",
    re.IGNORECASE,
)
_PUNCTUATION = "?!.,:*_~'’"
_ENTITY = lazily.pattern(r"&[A-Za-z0-9]{1,31};$")
_SCHEME = lazily.pattern(r"(?<![^\W_])https?$", re.IGNORECASE)
_ALERT = lazily.pattern(r"\[!(?P<kind>\w+)\][+-]?[ \t]*(?P<title>[^\n]*)(?:\n|$)")
_TASK = lazily.pattern(r"\[(?P<mark>[ xX])\][ \t]+(?=\S)")


def github_plugin(md: MarkdownIt) -> None:
    """Adds the rules."""
    md.enable("strikethrough")
    md.inline.ruler.before("text", "bare_link", _bare_link)
    md.core.ruler.after("block", "alerts_and_tasks", _alerts_and_tasks)


def has_www(text: str) -> bool:
    """Whether an address may begin with `www.` in a text."""
    return "." in text and ("www." in text or "www." in text.lower())


def stops_of_text(md: MarkdownIt) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Two patterns for where the rule for text stops: at special characters; and also at `www.` and `''`.

    The second is several times slower, so it is used only for texts that need it.
    """
    signs = md.inline.terminator_re
    return signs, lazily.pattern(rf"{signs.pattern}|(?<![^\W_])www\.|''", re.IGNORECASE)


def address_end(text: str, start: int) -> int:
    """The end of the address that begins at `start`, or `start` if there is none.

    Punctuation at its end belongs to the sentence, and so does a bracket that the address does not open.
    """
    match = _URL.match(text, start)
    if match is None:
        return start
    url = _without_end(match[0])
    host = re.split(r"[/?#]", url.partition("://")[2] or url, maxsplit=1)[0]
    names = host.partition(":")[0].split(".")
    is_host = all(names) and not any("_" in name for name in names[-2:])
    if url[:4].lower() == "www.":
        is_host = is_host and len(names) > 2
    return start + len(url) if is_host else start


def _without_end(url: str) -> str:
    """An address without punctuation that belongs to the sentence around it."""
    too_many = {
        closing: url.count(closing) - url.count(opening) for opening, closing in ("()", "[]")
    }
    end = len(url)
    while end:
        last = url[end - 1]
        if last == ";":
            entity = _ENTITY.search(url, max(0, end - 33), end)
            end = entity.start() if entity else end - 1
        elif last in _PUNCTUATION:
            end -= 1
        elif too_many.get(last, 0) > 0:
            too_many[last] -= 1
            end -= 1
        else:
            break
    return url[:end]


def _bare_link(state: StateInline, silent: bool) -> bool:
    at, source = state.pos, state.src
    if source[at] not in ":wW":
        return False
    scheme = None
    if source.startswith("://", at):
        scheme = _SCHEME.search(source, max(0, at - 6), at)
        start = scheme.start() if scheme else at
    elif source[at : at + 4].lower() == "www.":
        start = at
        if start and source[start - 1].isalnum():
            return False
    else:
        return False
    if state.linkLevel or (start == at and source[at] == ":"):
        return False
    if scheme and not silent and not state.pending.endswith(scheme[0]):
        return False
    end = address_end(source, start)
    if end <= at:
        return False
    if not silent:
        written = source[start:end]
        if scheme:
            state.pending = state.pending[: -len(scheme[0])]
        href = written if scheme else f"http://{written}"
        token = state.push("link_open", "a", 1)
        token.attrs = {"href": state.md.normalizeLink(href)}
        token.meta = {"start": start, "end": end}
        state.push("text", "", 0).content = written
        state.push("link_close", "a", -1)
    state.pos = end
    return True


def _alerts_and_tasks(state: StateCore) -> None:
    tokens = state.tokens
    alerts: list[int] = []
    for index, token in enumerate(tokens):
        if token.type != "inline" or not token.content.startswith("[") or index < 2:
            continue
        if tokens[index - 1].type != "paragraph_open":
            continue  # a heading in a quotation or list
        holder = tokens[index - 2].type
        if holder == "blockquote_open":
            if _ALERT.match(token.content):
                alerts.append(index)
        elif holder == "list_item_open":
            task = _TASK.match(token.content)
            if task:
                token.meta = {"task": task["mark"] != " "}
                token.content = token.content[task.end() :]
                tokens[index - 2].attrJoin("class", "task")
    for index in reversed(alerts):
        _make_box(tokens, index, state.src.split("\n"))


def _make_box(tokens: list[Token], index: int, lines: Sequence[str]) -> None:
    """Turns the quotation whose first text, at `index`, begins with `[!NOTE]` into a box."""
    text, opening = tokens[index], tokens[index - 2]
    found = _ALERT.match(text.content)
    assert found is not None
    close = next(
        number
        for number in range(index, len(tokens))
        if tokens[number].type == "blockquote_close" and tokens[number].level == opening.level
    )
    opening.type, tokens[close].type = "alert_open", "alert_close"
    opening.info = f"{found['kind']} {found['title'].strip()}"
    opening.tag = tokens[close].tag = "aside"
    text.content = text.content[found.end() :]
    if text.content:
        if text.map and "\n" in found[0]:
            # A paragraph may begin with lines of unusual spaces, which are not in its content.
            start, end = text.map
            mark = found[0].rstrip("\n")
            first = next((line for line in range(start, end) if mark in lines[line]), start)
            text.map = [first + 1, end]
    else:
        del tokens[index - 1 : index + 2]
