"""`left-out`: a normal build leaves something out: drafts, and what is not published yet.

Said once a site. Silent with `--drafts`, and for what has expired.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from site_builder.content.models import EntityId
from site_builder.lint.finding import Finding
from site_builder.lint.site import LintedSite


def check_site(site: LintedSite, _: Mapping[EntityId, Any]) -> Iterator[Finding]:
    """How many entities are left out, and the first of them."""
    graph = site.graph
    hidden = [(id, why) for id, why in graph.hidden.items() if id not in graph.expired]
    if not hidden:
        return
    id, why = hidden[0]
    others = f", and {len(hidden) - 1} more" if len(hidden) > 1 else ""
    noun = "1 entity" if len(hidden) == 1 else f"{len(hidden)} entities"
    yield Finding(
        f"a build leaves {noun} out: {id} is {why}{others}",
        site.places.value(graph.content.site_file, ("title",)),
        "see them with --drafts",
    )
