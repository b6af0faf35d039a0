"""Where the entries of the navigation lead: to a page, a part of one, a file, an entity, or elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.content.fields import url_problem
from site_builder.content.models import EntityId
from site_builder.links.addresses import index_pages
from site_builder.links.backwards import anchors_of
from site_builder.links.files import file_at, static_path
from site_builder.links.graph import NOBODY, Graph
from site_builder.links.names import EXPIRED_HINT, HIDDEN_HINT, Miss
from site_builder.links.nav_rows import NavRow
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
    title: str = ""
    """What it is called: as its entry says, else the title of the entity there; "" for other pages and addresses."""


class _Site(NamedTuple):
    """What there is to lead to."""

    graph: Graph
    pages: Mapping[str, EntityId | None]
    """The pages by path, with their entities."""
    parts: Mapping[str, EntityId]
    """The places of entities."""


def destinations(graph: Graph) -> tuple[Destination, ...]:
    """Where each entry of the navigation (`Graph.nav_rows`) leads."""
    if not graph.nav_rows:
        return ()
    parts = {graph.addresses.of(id): id for id in graph.heads}
    site = _Site(graph, _pages(graph), parts)
    return tuple(_titled(_destination(site, row), row, site) for row in graph.nav_rows)


def _titled(to: Destination, row: NavRow, site: _Site) -> Destination:
    """The same with its title."""
    path = to.path or ""
    id = site.parts.get(path) or site.pages.get(path.partition("#")[0])
    head = site.graph.heads.get(id) if id and to.path is not None else None
    return to._replace(title=row.title or (head.title if head else ""))


def _destination(site: _Site, row: NavRow) -> Destination:
    graph, to, entity = site.graph, row.to, row.entity
    if not to:
        return Destination()
    if ":" in to.partition("/")[0] and isinstance(entity, Miss):
        problem = url_problem(to)
        return Destination(href=to, problem=Miss("bad-url", problem) if problem else None)
    path = to.removeprefix("./").strip("/").removesuffix("index.html").rstrip("/")
    page = f"{path}/" if path else ""
    if page in site.pages:
        return Destination(page)
    file = file_at(static_path(to), graph.files)
    if file:
        return Destination(file)
    if path in site.parts:
        return Destination(path)
    if not isinstance(entity, Miss):
        return _of_entity(graph, entity, row.anchor)
    if entity.code in ("", "ambiguous-reference", "hidden-reference", "expired-reference"):
        return Destination(problem=entity)
    where, _, anchor = path.partition("#")
    id = site.pages.get(where)
    if id and anchor:
        return _of_entity(graph, id, anchor)
    return _missing(graph, to, page, path) or Destination(
        problem=_unknown(to.strip("[]"), page, set(site.pages), graph)
    )


def _of_entity(graph: Graph, id: EntityId, anchor: str) -> Destination:
    """An entity, or a part of its page."""
    if not anchor:
        return Destination(graph.addresses.of(id))
    known = anchors_of(graph, id)
    if anchor in known:
        return Destination(graph.addresses.of(id, anchor))
    guess = did_you_mean(anchor, sorted(known))
    return Destination(problem=Miss("unknown-anchor", f"{id} has no part '{anchor}'{guess}"))


def _missing(graph: Graph, to: str, page: str, path: str) -> Destination | None:
    """What was there and is not in this build."""
    for id, why in graph.hidden.items():
        if path == graph.addresses.of(id).rstrip("/"):
            if id in graph.expired:
                return _gone(f"{id} is {why}")
            return Destination(problem=Miss("hidden-reference", f"{id} is {why}", HIDDEN_HINT))
    kinds = {id.kind for id in graph.expired}
    if page in index_pages(kinds, any(row.has_positions for row in graph.expired.values())):
        return _gone(f"'{to}' listed only entities that have expired")
    return None


def _gone(message: str) -> Destination:
    return Destination(problem=Miss("expired-reference", message, EXPIRED_HINT, NOBODY))


def _pages(graph: Graph) -> Mapping[str, EntityId | None]:
    made = (f"{name}/" for name in _MADE_PAGES if name in graph.exports)
    pages: dict[str, EntityId | None] = dict.fromkeys(("", *graph.index_pages, *made))
    for id in graph.heads:
        path = graph.addresses.of(id)
        page = path.partition("#")[0]
        if page == path:
            pages[page] = id
        else:
            pages.setdefault(page, None)
    return pages


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
