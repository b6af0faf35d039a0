"""`link-text`: a link is called *here* or *this*, or by its bare address, so that nobody knows where it leads.

Silent if there are other words in the link: *here at the quay*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding
from site_builder.text.same import folded

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")


def check(entity: LintedEntity) -> Iterator[Finding]:
    """Links whose words say nothing."""
    empty = entity.site.words("empty_links")
    for row in (*entity.fields, *entity.body):
        for start, end in row.links:
            words = folded(row.text[start:end]).strip(" .:…!→»>")
            if words in empty or _ADDRESS.fullmatch(row.text[start:end]):
                yield Finding(
                    f"the link '{row.text[start:end]}' does not say where it leads",
                    row.locate(entity.site.places, start, end),
                    "link words that name what is there",
                )
