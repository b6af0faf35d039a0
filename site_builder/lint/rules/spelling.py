"""`spelling`: a spelling of another region than that of the site's language: *color* on a site in `en-GB`.

Silent for a language without a region, in quotations and in names.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding
from site_builder.lint.spellings import AMERICAN, region_of, spellings_in


def check(entity: LintedEntity) -> Iterator[Finding]:
    """Words in the spelling of another region."""
    region = region_of(entity.site.language)
    if region is None:
        return
    for found in spellings_in(entity):
        if found.side != region:
            place = "American" if found.side == AMERICAN else "British"
            yield Finding(
                f"'{found.word}' is the {place} spelling",
                found.row.locate(entity.site.places, *found.span),
                f"the site is in {entity.site.language}",
            )
