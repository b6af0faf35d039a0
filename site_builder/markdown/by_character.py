"""Tries only those rules of markdown-it-py that can read what begins with a character.

The parser tries its rules one after the other on each line of a text, and on each sign in it. Nearly all of them
look at the first character and give up. Here it is looked at once, for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from site_builder.markdown.foreign import FIRSTS

_BLOCKS: Mapping[str, str] = {
    "comment": "<",
    "container_admonition": ":",
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "footnote_def": "[",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
}
"""The first characters of what a rule reads, after the indent of the line; any, if it is not listed."""
_ENDS = {**_BLOCKS, "deflist": ":~"}
"""The same where a rule is only asked whether it ends the block before."""
_INLINES: Mapping[str, str] = {
    "bare_link": ":wW",
    "foreign": "".join(sorted(FIRSTS)),
    "newline": "\n",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "embed": "!",
    "wikilink": "[",
    "citation": "[",
    "handle": "@",
    "link": "[",
    "image": "!",
    "footnote_in_field": "^",
    "footnote_inline": "^",
    "footnote_ref": "[",
    "unread": "![",
    "comment": "<",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
    "foreign_entity": "&",
}

_Rule = Callable[..., bool]
_Named = Sequence[tuple[str, _Rule]]


def by_character_plugin(md: MarkdownIt) -> None:
    """Lets all other rules, which must be there already, be tried by the first character."""
    _let(md.block.ruler, lambda chain, rules: _of_block(rules, _ENDS if chain else _BLOCKS))
    _let(md.inline.ruler, lambda _, rules: _of_inline(rules))


def _let(ruler: Any, join: Callable[[str, _Named], _Rule]) -> None:
    """Lets a ruler give one rule in place of all rules of a chain."""
    whole = ruler.getRules
    names = dict(zip(whole(""), ruler.get_active_rules(), strict=True))

    @cache
    def rules(chain: str = "") -> list[_Rule]:
        return [join(chain, [(names[rule], rule) for rule in whole(chain)])]

    ruler.getRules = rules


def _by_first(
    rules: _Named, firsts: Mapping[str, str]
) -> tuple[Mapping[str, Sequence[_Rule]], Sequence[_Rule]]:
    """By character: the rules to try, in their order; and those for all other characters."""
    signs = {sign for name, _ in rules for sign in firsts.get(name, "")}
    found = {
        sign: tuple(rule for name, rule in rules if sign in firsts.get(name, sign))
        for sign in signs
    }
    return found, tuple(rule for name, rule in rules if name not in firsts)


def _of_block(rules: _Named, firsts: Mapping[str, str]) -> _Rule:
    by_first, others = _by_first(rules, firsts)

    def rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        at = state.bMarks[start_line] + state.tShift[start_line]
        for one in by_first.get(state.src[at : at + 1], others):
            if one(state, start_line, end_line, silent):
                return True
        return False

    return rule


def _of_inline(rules: _Named) -> _Rule:
    by_first, others = _by_first(rules, _INLINES)

    def rule(state: StateInline, silent: bool) -> bool:
        for one in by_first.get(state.src[state.pos], others):  # noqa: SIM110  # a hot path
            if one(state, silent):
                return True
        return False

    return rule
