"""Templates that pages ask for by name, which a site must have itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from site_builder.content.kinds import KINDS
from site_builder.diagnostics import Diagnostic
from site_builder.pages.routes import OWN_TEMPLATES
from site_builder.stages.linking import LinkedSite
from site_builder.text.guesses import did_you_mean


def missing_templates(site: LinkedSite, there: Collection[str]) -> Iterator[Diagnostic]:
    """What pages ask for and is not among the templates that are there."""
    for kind in (kind for kind in KINDS.values() if kind.template):
        for id in site.graph.ids_of(kind.name):
            entry = site.graph.untraced[id].entry
            wanted = getattr(entry.record, kind.template)
            path = f"{OWN_TEMPLATES}{wanted}"
            if not wanted or path in there:
                continue
            known = [
                row.removeprefix(OWN_TEMPLATES) for row in there if row.startswith(OWN_TEMPLATES)
            ]
            message = f"there is no template 'templates/{path}'{did_you_mean(wanted, known)}"
            copy = f"copy the theme's page.html to templates/{path}, and change it"
            location = site.places.value(entry.file, (*entry.within, kind.template))
            yield Diagnostic("template-missing", message, location, "" if known else copy)
