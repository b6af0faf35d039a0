"""`kind-of-person`: a source speaks of a person where the site has a state, body or force.

A source sets a personal title such as Ms or Dr before the name. Silent for groups, for actors of no kind, and for
offices that a state may hold: *President of the council this term*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.content.models import Actor
from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding

_NOT_PERSONS = frozenset(("state", "organisation", "bloc", "armed force"))


def check(entity: LintedEntity) -> Iterator[Finding]:
    """An actor that is no person, with the title of one in a source."""
    actor = entity.record
    titles = entity.site.words("personal_titles")
    if not isinstance(actor, Actor) or actor.kind not in _NOT_PERSONS or not titles:
        return
    names = {name for name in (actor.name, actor.short_name, *actor.aliases) if name}
    pattern = re.compile(
        rf"\b({'|'.join(map(re.escape, sorted(titles)))})\.?\s+({'|'.join(map(re.escape, names))})(?![\w-])(?!\s+[A-Z])"
    )
    for id, text in entity.site.texts:
        found = pattern.search(text.text)
        if found:
            yield Finding(
                f"source '{id.slug}' speaks of “{' '.join(found[0].split())}”: is this a person?",
                entity.value("kind"),
            )
            return
