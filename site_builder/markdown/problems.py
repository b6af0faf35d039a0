"""Lets inline rules report problems: as tokens, which the compiler turns into findings."""

from __future__ import annotations

from markdown_it.rules_inline import StateInline

from site_builder.diagnostics import Severity
from site_builder.values import NamedTuple


class Kind(NamedTuple):
    """A code with its severity."""

    code: str
    severity: Severity = Severity.ERROR


SYNTAX = Kind("markdown-syntax")


def report(
    state: StateInline, stretch: tuple[int, int], message: str, hint: str = "", kind: Kind = SYNTAX
) -> None:
    """Adds a token of type `problem` for a range of the text, which the compiler reports."""
    token = state.push("problem", "", 0)
    start, end = stretch
    token.meta = {"start": start, "end": end, "message": message, "hint": hint, "kind": kind}


def is_link_label(state: StateInline, start: int) -> bool:
    """Whether the square bracket at `start` is closed, with an address after it."""
    end = state.md.helpers.parseLinkLabel(state, start)
    return end >= 0 and state.src.startswith("(", end + 1)
