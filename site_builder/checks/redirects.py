"""`url-collision`, `bad-slug`, `bad-url`: each old slug or path must redirect to one page, and be free."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.content.kinds import KINDS
from site_builder.content.models import EntityId
from site_builder.content.places import Places
from site_builder.content.slugs import same_address
from site_builder.diagnostics import Diagnostic
from site_builder.links.graph import Graph
from site_builder.links.redirects import is_path, old_page, old_problem
from site_builder.markdown.anchors import is_page_part
from site_builder.pages.paths import file_of
from site_builder.pages.plan import plan


def check(graph: Graph, places: Places) -> list[Diagnostic]:
    """Old slugs and paths that are invalid, in use, or claimed by two entities."""
    if not any(head.redirect_from for head in graph.heads.values()):
        return []
    taken = _taken(graph)
    exact: set[str] = set()
    found = []
    for id, head in graph.heads.items():
        for index, old in enumerate(head.redirect_from):
            problem = old_problem(old) or _in_use(id, old, taken, exact)
            if problem:
                location = places.value(head.file, (*head.within, "redirect_from", index))
                found.append(Diagnostic(problem[0], problem[1], location, problem[2]))
    return found


def _taken(graph: Graph) -> dict[str, str]:
    """What is at each address, in words: entities, parts of lists, other pages and files."""
    taken: dict[str, str] = {}
    for path in graph.files:
        taken.update((key, f"static/{path}") for key in _keys(path))
    for route in plan(graph):
        what = str(route.id) if route.id else f"the page '{route.path}'"
        taken.update((key, what) for key in _keys(route.path))
    for id in graph.heads:
        taken.update((key, str(id)) for key in _keys(_place(id, id.slug)))
    return taken


def _keys(path: str) -> Iterator[str]:
    """Keys that two paths share if some host treats them as one, such as `a/` and `a.html`."""
    key = same_address(file_of(path))
    yield key
    if key.endswith("/index.html"):
        yield f"{key.removesuffix('/index.html')}.html"
    elif key.endswith(".html"):
        yield f"{key.removesuffix('.html')}/index.html"


def _place(id: EntityId, old: str) -> str:
    """The address for a slug of this kind: a page, or an anchor in the list of its kind."""
    return old_page(id, old) or f"{KINDS[id.kind].plural}#{old}"


def _in_use(
    id: EntityId, old: str, taken: dict[str, str], exact: set[str]
) -> tuple[str, str, str] | None:
    """The problem if an old slug or path is in use; otherwise marks it as taken.

    `exact` has the addresses of redirects as written: `/a` and `/a.html` may lead to the same page.
    """
    place = _place(id, old)
    anchor = not old_page(id, old)
    if anchor and is_page_part(old):
        return "url-collision", f"'{old}' is the anchor of a part of the page", ""
    key = same_address(file_of(place))
    if key == same_address(file_of(_place(id, id.slug))):
        what = "path" if is_path(old) else "slug"
        return "url-collision", f"'{old}' is the {what} {id} has now", ""
    ours = f"a redirect to {id}"
    there = taken.get(key)
    if there and (there != ours or key in exact):
        message = f"'{old}' can't redirect to {id}: it is the address of {there}"
        return "url-collision", message, ""
    exact.add(key)
    taken.update((row, ours) for row in _keys(place))
    return None
