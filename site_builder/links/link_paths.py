"""What the paths of ordinary links mean: pages, content files, static files, and what has expired."""

from __future__ import annotations

import posixpath

from site_builder.content.models import EntityId
from site_builder.links.files import file_at
from site_builder.links.graph import NOBODY
from site_builder.links.names import EXPIRED_HINT, Miss
from site_builder.links.surroundings import Surroundings


def page_at(path: str, file: str, around: Surroundings) -> tuple[str, EntityId | None] | None:
    """The path of a site that a link's path in a file means, and the entity there."""
    if path.endswith((".md", ".yaml")):
        from_top = path.startswith(("/", "content/"))
        base = "" if from_top else posixpath.dirname(file)
        joined = posixpath.normpath(posixpath.join(base, path.lstrip("/")))
        content_file = file_at(joined, around.content_files)
        if content_file is None:
            return None
        target = around.content_files[content_file]
        return around.addresses.of(target), target
    bare = posixpath.normpath(path).lstrip("/")
    while bare.startswith("../"):
        bare = bare[3:]
    bare = bare.removesuffix("index.html")
    if bare in ("", "."):
        return "", None
    page = bare.rstrip("/") + "/"
    if page in around.pages:
        return page, around.pages[page]
    if page in around.index_pages:
        return page, None
    static = file_at(bare, around.files)
    if static is not None:
        return static, None
    of_entity = file_at(page, around.pages)
    return None if of_entity is None else (of_entity, around.pages[of_entity])


def gone_at(
    path: str,
    found: tuple[str, EntityId | None] | None,
    fragment: str,
    file: str,
    around: Surroundings,
) -> Miss | None:
    """What a path leads to, if it has expired."""
    if not around.expired.titles:
        return None
    if found is None:
        gone = around.expired
        before = around._replace(
            index_pages=gone.index_pages,
            pages=gone.pages,
            content_files=gone.content_files,
            files=frozenset(),
        )
        found = page_at(path, file, before)
        if found is None:
            return None
        if found[1] is None:
            message = f"'{found[0]}' listed only entities that have expired"
            return Miss("expired-reference", message, EXPIRED_HINT, NOBODY)
        id = found[1]
    else:
        place = f"{found[0]}#{fragment}"
        meant = (id for id in around.expired.titles if around.addresses.of(id) == place)
        id = next(meant, NOBODY) if fragment and found[1] is None else NOBODY
        if id == NOBODY:
            return None
    return Miss("expired-reference", f"{id} is {around.hidden[id]}", EXPIRED_HINT, id)
