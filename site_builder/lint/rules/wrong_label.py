"""`wrong-label`: a link to an actor has the name of another.

Silent for links to issues and to parts of pages, and for a name that both have.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.content.kinds import HOLDERS
from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding
from site_builder.markdown.document import WikiLink


def check(entity: LintedEntity) -> Iterator[Finding]:
    """Links to one actor in the name of another."""
    for part, place in entity.placed(WikiLink):
        if not part.label or part.anchor:
            continue
        target = entity.site.meant(part.target, HOLDERS)
        named = entity.site.all_named(part.label, HOLDERS)
        if target and named and target not in named:
            other = min(named)
            yield Finding(
                f"this link to {target} has the name of {other}",
                place,
                f"write [[{other.slug}|{part.label}]], or the name of {target}",
            )
