"""`quote-unbalanced`: a quotation mark has no partner in its paragraph, or there is nothing between two.

Silent for a quotation of several paragraphs of which each is opened, for cells of tables with ditto marks, and for
inches, feet and apostrophes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding
from site_builder.lint.text import Paragraph
from site_builder.text.quotes import quoted_in_paragraphs

_MARK = re.compile(r"[“”„«»\"]")
_EMPTY = re.compile(r"“\s*”|„\s*“|«\s*»|(?<![\w\"])\"\s?\"(?![\w\"])")


def check(entity: LintedEntity) -> Iterator[Finding]:
    """Lone marks, and pairs of marks with nothing between."""
    body = [row for row in entity.body if row.form != "cell"]
    groups = [body, *([row] for row in (*entity.fields, *entity.lines))]
    for group in groups:
        quoted = quoted_in_paragraphs([row.text for row in group])
        for row, stretches in zip(group, quoted, strict=True):
            yield from _in(entity, row, stretches)


def _in(
    entity: LintedEntity, row: Paragraph, stretches: list[tuple[int, int]]
) -> Iterator[Finding]:
    places, text = entity.site.places, row.text
    empty = _EMPTY.search(text)
    if empty:
        message = "there is nothing between these quotation marks"
        yield Finding(message, row.locate(places, *empty.span()))
        return
    within = [(start, end) for start, end in stretches if end - start > 1]
    for match in _MARK.finditer(text):
        at = match.start()
        if any(start <= at < end for start, end in within) or _measures(text, at):
            continue
        yield Finding(
            f"the quotation mark {match[0]} has no partner in this paragraph",
            row.locate(places, *match.span()),
            "add the other mark; of a quotation of several paragraphs, each begins with one",
        )
        return


def _measures(text: str, at: int) -> bool:
    """Whether a mark after a number means inches."""
    return text[at] in '"”' and text[at - 1 : at].isdigit()
