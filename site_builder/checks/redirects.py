"""`url-collision`, `bad-slug`, `bad-url`: each page has an address of its own, and each old one leads to one page."""

from __future__ import annotations

from site_builder.content.kinds import KINDS
from site_builder.content.models import EntityId
from site_builder.content.places import Places
from site_builder.content.slugs import same_address
from site_builder.diagnostics import Diagnostic, Location
from site_builder.links.addresses import RESERVED_FOLDERS, is_of_language
from site_builder.links.graph import NOBODY, Graph
from site_builder.links.redirects import is_path, old_page, old_problem
from site_builder.markdown.anchors import is_page_part
from site_builder.pages.paths import address_keys, file_of
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
            problem = old_problem(id, old) or _in_use(id, old, taken, exact)
            if problem:
                location = places.value(head.file, (*head.within, "redirect_from", index))
                found.append(Diagnostic(problem[0], problem[1], location, problem[2]))
    return found


def _taken(graph: Graph) -> dict[str, str]:
    """What is at each address, in words: entities, parts of lists, other pages and files."""
    taken: dict[str, str] = {}
    for path in graph.files:
        taken.update((key, f"static/{path}") for key in address_keys(path))
    for route in plan(graph):
        what = str(route.id) if route.id else f"the page '{route.path}'"
        taken.update((key, what) for key in address_keys(route.path))
    for id in graph.heads:
        taken.update((key, str(id)) for key in address_keys(_place(id, id.slug)))
    return taken


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
    taken.update((row, ours) for row in address_keys(place))
    return None


def check_pages(graph: Graph, places: Places) -> list[Diagnostic]:  # noqa: ARG001  # a check's signature
    """Free pages whose address is taken."""
    ids = [id for kind in KINDS.values() if kind.free for id in graph.ids_of(kind.name)]
    if not ids:
        return []
    files = {same_address(path): path for path in graph.files}
    found = []
    for id in ids:
        problem = _own_problem(id, graph) or _file_there(id, graph, files)
        if problem:
            message, hint = problem
            found.append(Diagnostic("url-collision", message, Location(graph.heads[id].file), hint))
    return found


def _own_problem(id: EntityId, graph: Graph) -> tuple[str, str] | None:
    """What is wrong with the address of a page, whatever files there are: a message and a hint."""
    path = graph.addresses.of(id)
    about = graph.content.about
    if about and path == graph.addresses.of(NOBODY):
        return f"{about.file} is the page '{path}' already", "keep one of the two files"
    *above, name = same_address(id.slug).split("/")
    top = (*above, name)[0]
    if above and name == "index":
        folder = graph.heads[id].file.rpartition("/")[0]
        return f"{id} would be at '{path}'", f"for a page at '{path[:-6]}', write {folder}.md"
    if top in RESERVED_FOLDERS:
        message = (
            f"{id} would be at '{path}', but the builder keeps '{top}/' for its own pages and files"
        )
        return message, "choose another name"
    if is_of_language(top):
        message = f"{id} would be at '{path}', but '{top}/' is kept for pages in another language"
        return message, "choose a longer name"
    return None


def _file_there(id: EntityId, graph: Graph, files: dict[str, str]) -> tuple[str, str] | None:
    """What is wrong with the address of a page if a static file has it, or is where its folders would be."""
    path = graph.addresses.of(id)
    steps = same_address(path).rstrip("/").split("/")
    folders = ("/".join(steps[:count]) for count in range(1, len(steps) + 1))
    taken = next((files[key] for key in (*address_keys(path), *folders) if key in files), "")
    return (
        (f"{id} would be at '{path}', where static/{taken} is", "rename one of the two")
        if taken
        else None
    )
