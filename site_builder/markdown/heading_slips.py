"""Headings that are probably mistakes: empty ones, and texts with a line of hyphens below them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token

from site_builder.text import lazily
from site_builder.values import NamedTuple

_FIELD = lazily.pattern(r"[A-Za-z_][\w -]*:(?:[ \t]|\Z)", re.MULTILINE)


class HeadingSlip(NamedTuple):
    """A probable mistake in a heading."""

    line: int
    """The line of the mark that makes it a heading, counting from 0 in the text."""
    mark: str
    message: str
    hint: str


def heading_slip(tokens: Sequence[Token], index: int) -> HeadingSlip | None:
    """The mistake in the heading that opens at `tokens[index]`, or None."""
    token, content = tokens[index], tokens[index + 1].content
    if token.map is None:
        return None
    first, end = token.map
    if not content.strip():
        return HeadingSlip(first, token.markup, "this heading has no words", "write: ## Words")
    if token.markup in ("-", "="):
        lines = content.split("\n")
        rule = tokens[index - 1].map if index and tokens[index - 1].markup[:1] == "-" else None
        if rule and rule[1] == first and all(map(_FIELD.match, lines)):
            message = "these fields are read as text: fields must be between the first two lines '---' of the file"
            return HeadingSlip(end - 1, token.markup * 3, message, "move them there")
        if len(lines) > 1:
            message = f"this line turns the {len(lines)} lines above it into a heading"
            hint = "put an empty line above it; a heading is written: ## Heading"
            return HeadingSlip(end - 1, token.markup * 3, message, hint)
    return None
