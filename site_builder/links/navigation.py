"""Where the entries of the navigation in `site.yaml` lead: to a page, a file, an entity, or elsewhere."""

from __future__ import annotations

from site_builder.content.fields import url_problem
from site_builder.content.models import EntityId
from site_builder.links.addresses import index_pages
from site_builder.links.files import file_at, static_path
from site_builder.links.graph import NOBODY, Graph
from site_builder.links.names import EXPIRED_HINT, HIDDEN_HINT, Miss
from site_builder.text.guesses import did_you_mean
from site_builder.values import NamedTuple

_MADE_PAGES = ("search", "data")
"""Pages that are made where the export of that name is."""


class Destination(NamedTuple):
    """Where an entry leads: a path of the site, or an address elsewhere; or why it leads nowhere.

    A `problem` without a code follows from another, and is not to be told.
    """

    path: str | None = None
    href: str = ""
    problem: Miss | None = None


def destinations(graph: Graph) -> tuple[Destination, ...]:
    """Where each entry leads."""
    nav = graph.content.site.nav
    if not nav:
        return ()
    pages = _pages(graph)
    parts = {graph.addresses.of(id) for id in graph.heads}
    rows = zip(nav, graph.nav_entities, strict=True)
    return tuple(_destination(graph, item.to, entity, pages, parts) for item, entity in rows)


def _destination(
    graph: Graph, to: str, entity: EntityId | Miss, pages: set[str], parts: set[str]
) -> Destination:
    if ":" in to.partition("/")[0] and isinstance(entity, Miss):
        problem = url_problem(to)
        return Destination(href=to, problem=Miss("bad-url", problem) if problem else None)
    path = to.removeprefix("./").strip("/").removesuffix("index.html").rstrip("/")
    page = f"{path}/" if path else ""
    if page in pages:
        return Destination(page)
    file = file_at(static_path(to), graph.files)
    if file:
        return Destination(file)
    if path in parts:
        return Destination(path)
    if not isinstance(entity, Miss):
        return Destination(graph.addresses.of(entity))
    if entity.code in ("", "ambiguous-reference", "hidden-reference", "expired-reference"):
        return Destination(problem=entity)
    for id, why in graph.hidden.items():
        if path == graph.addresses.of(id).rstrip("/"):
            if id in graph.expired:
                return _gone(f"{id} is {why}")
            return Destination(problem=Miss("hidden-reference", f"{id} is {why}", HIDDEN_HINT))
    kinds = {id.kind for id in graph.expired}
    if page in index_pages(kinds, any(row.has_positions for row in graph.expired.values())):
        return _gone(f"'{to}' listed only entities that have expired")
    return Destination(problem=_unknown(to, page, pages, graph))


def _gone(message: str) -> Destination:
    return Destination(problem=Miss("expired-reference", message, EXPIRED_HINT, NOBODY))


def _pages(graph: Graph) -> set[str]:
    made = (f"{name}/" for name in _MADE_PAGES if name in graph.exports)
    return {"", *graph.index_pages, *(graph.addresses.page_of(id) for id in graph.heads), *made}


def _unknown(to: str, page: str, pages: set[str], graph: Graph) -> Miss:
    name = page.rstrip("/")
    if name in _MADE_PAGES:
        hint = f"it is made where 'exports' in site.yaml lists {name}"
        return Miss("unknown-reference", f"this site makes no page '{to}'", hint)
    where, has_part, _ = page.partition("#")
    if has_part and where in pages:
        hint = f"write '{where}', or the name of an entity"
        return Miss("unknown-reference", f"there is no entity at '{to}'", hint)
    guess = did_you_mean(to, sorted({*pages, *graph.files, *(id.slug for id in graph.heads)}))
    hint = "write the path of a page, the name of an entity, a file in static/, or a full address"
    return Miss(
        "unknown-reference", f"the site has no page '{to}'{guess}", hint if not guess else ""
    )
