"""Redirects from the old addresses of pages, print editions, embeds, and of the files next to pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from site_builder.content.kinds import FRONT, KINDS
from site_builder.content.models import EntityId
from site_builder.links.graph import Graph
from site_builder.links.redirects import is_path, old_page
from site_builder.pages.embeddable import FOLDER, embeddable
from site_builder.pages.story import is_printed, print_path
from site_builder.values import NamedTuple


class Redirect(NamedTuple):
    """An old path and where it leads now."""

    old: str
    new: str
    id: EntityId


_WITH_FILES = (
    FOLDER,
    *(f"{row.plural}/" for row in KINDS.values() if row.own_page and not row.free),
)
"""Folders with other files next to the pages: feeds, Markdown copies, oEmbed documents."""


def redirects(graph: Graph) -> tuple[Redirect, ...]:
    """Old paths that entities had, by `redirect_from`: of their pages, print editions, then embeds."""
    olds = [(id, old) for id, head in graph.heads.items() for old in head.redirect_from]
    if any(id.kind == FRONT for id in graph.expired):
        # Of two articles, the one that is left moves to the home page.
        olds += [(id, id.slug) for id in graph.ids_of(FRONT) if not graph.addresses.of(id)]
    if not olds:
        return ()
    pages = ((id, old_page(id, old)) for id, old in olds)
    rows = [Redirect(path, graph.addresses.of(id), id) for id, path in pages if path]
    rows += _of_print_editions(graph, rows)
    if "embeds" in graph.exports:
        framed = {part.id: part.path for part in embeddable(graph) if part.id}
        rows += [
            Redirect(f"{framed[id].removesuffix(f'{id.slug}/')}{old}/", framed[id], id)
            for id, old in olds
            if id in framed and not is_path(old)
        ]
    return tuple(dict.fromkeys(rows))


def _of_print_editions(graph: Graph, rows: Iterable[Redirect]) -> list[Redirect]:
    """Those of the print editions of articles that had another slug."""
    found = []
    for old, _, id in rows:
        if id.kind == FRONT and old.startswith(f"{KINDS[FRONT].plural}/"):
            article = graph.linked[id]
            if is_printed(graph, article):
                found.append(Redirect(f"{old}print/", print_path(graph, article), id))
    return found


def beside_pages(
    graph: Graph, paths: Iterable[tuple[str, EntityId | None]]
) -> Iterator[tuple[str, str]]:
    """Old paths of files next to pages, each with the current path of the file.

    `paths` are those of such files, each with its entity. No host can be trusted to redirect what a
    feed reader asks for, so these files are made a second time.
    """
    table: dict[EntityId, list[Redirect]] = {}
    for row in redirects(graph):
        is_free = KINDS[row.id.kind].free
        if row.old.endswith("/") and (is_free or row.old.startswith(_WITH_FILES)):
            table.setdefault(row.id, []).append(row)
    if not table:
        return
    for path, id in paths:
        for old, new, _ in table.get(id, ()) if id else ():
            if path.startswith(new) and "/" not in path[len(new) :]:
                yield f"{old}{path[len(new) :]}", path
