"""Adds the place of each address to the tokens of links and images.

Messages about an address need its place, which markdown-it-py does not record. Here its rules `link`,
`image`, `autolink` and `html_inline` are wrapped: `meta` of their token gets the offsets of the address
(or of the whole link, if the address is elsewhere, as in `[text][name]`).
"""

from __future__ import annotations

from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from site_builder.text import lazily

_RULES = {
    "link": "link_open",
    "image": "image",
    "autolink": "link_open",
    "html_inline": "html_inline",
}
_ADDRESS = lazily.pattern(r"\]\(\s*(?:<(?P<pointed>[^<>]*)>|(?P<address>[^\s<>]*))")
_AUTOLINK = lazily.pattern(r"<(?P<address>[^<>]*)>")

Rule = Callable[[StateInline, bool], bool]


def placed_links_plugin(md: MarkdownIt) -> None:
    """Wraps the rules; their tokens get `start` and `end` in `meta`."""
    ruler = md.inline.ruler
    rules = dict(zip(ruler.get_active_rules(), ruler.getRules(""), strict=True))
    for name, token_type in _RULES.items():
        ruler.at(name, _placing(rules[name], name, token_type))


def _placing(rule: Rule, name: str, token_type: str) -> Rule:
    def placed(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        used: list[str] = getattr(state.env.get("references"), "used", [])
        known = len(used)
        found = rule(state, silent)
        if silent or not found:
            del used[known:]  # it was only tried
        elif name == "image":
            # What its words link to is lost; its own name was looked up first.
            del used[known + (state.src[state.pos - 1] == "]") :]
        if found and not silent:
            for token in state.tokens[before : before + 2]:  # text before it may come first
                if token.type == token_type:
                    is_link = name != "html_inline"
                    bounds = _address(state, start, state.pos) if is_link else (start, state.pos)
                    first, last = bounds
                    token.meta = {**token.meta, "start": first, "end": last}
                    break
        return found

    return placed


def _address(state: StateInline, start: int, end: int) -> tuple[int, int]:
    """Start and end of the address in a link, or of the whole link."""
    source = state.src
    bounds = _AUTOLINK.fullmatch(source, start, end)
    if bounds is None:
        at = source.rfind("](", start, end)
        if at > source.find("](", start, end):  # one of them is in the words, or in the title
            opening = start + (source[start] == "!")
            at = state.md.helpers.parseLinkLabel(state, opening, opening == start)
        bounds = _ADDRESS.match(source, at, end - 1) if at >= 0 else None
    if bounds and bounds.groupdict().get("pointed"):
        return bounds.span("pointed")
    return bounds.span("address") if bounds and bounds["address"] else (start, end)
