"""Where everything stands: paths of entities and the anchors of their parts.

A *path* is an address within the site: no leading slash, a trailing one, perhaps an anchor.
Permanent: changing a rule here breaks readers' links.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from site_builder.content.kinds import KINDS, PLACED
from site_builder.content.models import EntityId, Point
from site_builder.markdown.anchors import free_anchor, heading_slug
from site_builder.text import lazily


def index_pages(kinds: Iterable[str], has_positions: bool) -> tuple[str, ...]:
    """The paths of the pages that list things; those with nothing to list are left out."""
    there = set(kinds)
    paths: list[str] = []
    for kind in PLACED:
        if kind.name in there:
            paths += (kind.listed_on, kind.positions_on if has_positions else "")
    return (*filter(None, paths), "about/")


_MADE = (
    *(f"{kind.plural}/" for kind in PLACED),
    *(path for kind in PLACED for path in (kind.listed_on, kind.positions_on) if path),
    *("404/", "assets/", "cards/", "data/", "embed/", "index/", "pagefind/", "print/", "search/"),
)
RESERVED_FOLDERS = frozenset(path.partition("/")[0] for path in _MADE)
"""The folders at the top of a site in which the builder writes, on some site or other: free pages can't be there."""
_LANGUAGE = lazily.pattern(r"[a-z]{2}(?:-[a-z]{2})?")


def is_of_language(folder: str) -> bool:
    """Whether a folder at the top of a site has the name of a language, so that it is kept for pages in it."""
    return _LANGUAGE.fullmatch(folder) is not None


class Addresses:
    """The paths of a site's entities. `home` is the article that is the home page, if one is."""

    def __init__(self, home: EntityId | None) -> None:
        self._home = home

    def of(self, id: EntityId, anchor: str = "") -> str:
        """The path of an entity, or of a part of its page."""
        path = self.page_of(id)
        if id.kind and not KINDS[id.kind].own_page:
            return f"{path}#{id.slug}"
        return f"{path}#{anchor}" if anchor else path

    def page_of(self, id: EntityId) -> str:
        """The path of the page an entity stands on; that of the about page for no entity."""
        if not id.kind:
            return "about/"
        if id == self._home:
            return ""
        kind = KINDS[id.kind]
        return kind.page_at(id.slug) if kind.own_page else kind.listed_on


def point_anchor(
    point: Point, taken: set[str], numbers: dict[str, int], *, marks: bool = True
) -> str:
    """The anchor of a key point or open question: its id, else one made from its first words.

    `taken` are the anchors there are, to which it is added; `numbers` are those of `free_anchor`,
    `marks` that of `heading_slug`.
    """
    words = heading_slug(_plain(point.text), marks=marks)
    wanted = point.id or "-".join(words.split("-")[:6])
    anchor = free_anchor(wanted, taken, numbers)
    taken.add(anchor)
    return anchor


def position_anchor(actor: EntityId) -> str:
    """The anchor of an actor's position on an issue's page."""
    return f"position-{actor.slug}"


def passage_anchor(words: str, place: str = "") -> str:
    """The anchor of a quoted passage on its source's page: it stays while the words stay.

    Words that are cited where they do not stand first have that place in it.
    """
    made_of = f"{words}\0{place}" if place else words
    return "q-" + hashlib.blake2b(made_of.encode(), digest_size=4).hexdigest()


_MARKUP = lazily.pattern(r"<!--.*?-->|\[@[^\]]*\]|\[\[(?:[^\]|]*\|)?|\]\]|[*_`\[\]]")


def _plain(text: str) -> str:
    return _MARKUP.sub("", text)
