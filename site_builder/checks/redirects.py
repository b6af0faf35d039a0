"""`url-collision`, `bad-value`: old slugs redirect to pages, and to one place each."""

from __future__ import annotations

from site_builder.content.models import COLLECTION_OF_KIND, with_article
from site_builder.content.places import Places
from site_builder.content.slugs import same_address, slug_problem
from site_builder.diagnostics import Diagnostic
from site_builder.links.graph import Graph


def check(graph: Graph, places: Places) -> list[Diagnostic]:
    """Old slugs that can't be, that are in use, or that two entities claim."""
    if not any(head.redirect_from for head in graph.heads.values()):
        return []
    taken = {(id.kind, same_address(id.slug)): str(id) for id in graph.heads}
    found = []
    for id, head in graph.heads.items():
        for index, old in enumerate(head.redirect_from):
            where = (*head.within, "redirect_from", index)
            problem = slug_problem(old)
            key = (id.kind, same_address(old))
            if not COLLECTION_OF_KIND[id.kind].own_page:
                message = f"{with_article(id.kind)} has no page of its own that could redirect"
                code = "bad-value"
            elif problem:
                code, message = "bad-slug", problem[0]
            elif key == (id.kind, same_address(id.slug)):
                code, message = "url-collision", f"'{old}' is the slug {id} has now"
            elif key in taken:
                code = "url-collision"
                message = f"'{old}' can't redirect to {id}: it is the address of {taken[key]}"
            else:
                taken[key] = f"a redirect to {id}"
                continue
            location = places.value(head.file, where)
            found.append(Diagnostic(code, message, location))
    return found
