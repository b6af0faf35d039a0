"""`note-left`: a note to oneself, or filler, was left in a text.

Silent in code, in quotations, for small letters, for parts of words, and for what only looks like one: *TK 401*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding

_NOTES = re.compile(
    r"(?<![\w-])(?:TODO|FIXME|TKTK|TKs?(?![ \u00a0]?\d)(?=[\s.,:;!?)\]]|$)|TBC|TBD"
    r"|[Ll]orem ipsum|\[(?:TK|tk|source\?|date\?|name\?|check)\]|(?<!\S)\?\?+(?!\S))(?![\w-])"
)


def check(entity: LintedEntity) -> Iterator[Finding]:
    """Notes in what readers see."""
    for text in entity.own_texts:
        for match in _NOTES.finditer(text.text):
            if text.is_quoted(match.start()):
                continue
            yield Finding(
                f"'{match[0]}' looks like a note that was left in the text",
                text.locate(entity.site.places, *match.span()),
                "write what belongs here; a comment for yourself is <!-- … -->",
            )
