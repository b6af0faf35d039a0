"""`unknown-reference`: every entry of the navigation in `site.yaml` leads somewhere."""

from __future__ import annotations

from site_builder.content.fields import url_problem
from site_builder.content.places import Places
from site_builder.diagnostics import Diagnostic, did_you_mean
from site_builder.links.graph import Graph


def check(graph: Graph, places: Places) -> list[Diagnostic]:
    """Entries that lead nowhere."""
    content = graph.content
    pages = {graph.addresses.page_of(id) for id in graph.heads}
    known = sorted({"", *graph.index_pages, *pages})
    found = []
    for index, item in enumerate(content.site.nav):
        location = places.value(content.site_file, ("nav", index, "to"))
        if ":" in item.to:
            problem = url_problem(item.to)
            if problem:
                found.append(Diagnostic("bad-url", problem, location))
        elif (item.to.strip("/") + "/" if item.to.strip("/") else "") not in known:
            message = f"the site has no page '{item.to}'{did_you_mean(item.to, known)}"
            found.append(Diagnostic("unknown-reference", message, location))
    return found
