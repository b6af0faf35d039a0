"""`word-twice`: a short word stands there twice in a row: *the the*.

Silent for words that may: *had had*, *that that*; across commas, before a capital (*The The*), and in quotations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding
from site_builder.text.same import folded

_TWICE = re.compile(r"(?<![\w'’-])([^\W\d_]+)[ \n]+\1(?![\w'’-])", re.IGNORECASE)


def check(entity: LintedEntity) -> Iterator[Finding]:
    """Words that are written twice."""
    never = entity.site.words("never_twice")
    for row in entity.own_texts if never else ():
        own = row.own()
        for match in _TWICE.finditer(own):
            again = match[0][len(match[1]) :].strip()
            if folded(match[1]) in never and not again[0].isupper():
                yield Finding(
                    f"'{match[1]}' stands here twice",
                    row.locate(entity.site.places, *match.span()),
                    "delete one",
                )
