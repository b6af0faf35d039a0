"""The stories of a site: its articles, their chapters, and who belongs to which, as pages and checks read it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Protocol, cast

from site_builder.content.entries import EntryFacts, SiteContent
from site_builder.content.kinds import FRONT, KINDS
from site_builder.content.models import EntityId, Site
from site_builder.content.story_folders import ARTICLES, story_of_folder
from site_builder.engine.steps import Reader
from site_builder.links.names import Miss, Names
from site_builder.links.nav_rows import NavRow, nav_rows
from site_builder.values import NamedTuple


class Stories(NamedTuple):
    """The stories of a site, as far as articles and settings say."""

    ids: tuple[EntityId, ...] = ()
    """The articles that begin a story, in the order of the files."""
    chapters: Mapping[EntityId, EntityId] = MappingProxyType({})
    """The other articles, by chapter: its story."""
    home: EntityId | None = None
    """The story whose article is the home page: the only one, or the one that the site names."""
    lead: EntityId | None = None
    """The one that stands first in lists, if the site names one."""

    @property
    def several(self) -> bool:
        """Whether there is more than one. If not, everything belongs to it."""
        return len(self.ids) > 1

    def chapters_of(self, story: EntityId) -> tuple[EntityId, ...]:
        """The chapters of a story, in the order of the files."""
        return tuple(id for id, whole in self.chapters.items() if whole == story)

    def whole_of(self, article: EntityId) -> EntityId:
        """The story of an article: itself, unless it is a chapter."""
        return self.chapters.get(article, article)


def stories_of(rows: Iterable[EntryFacts], names: Names, site: Site) -> Stories:
    """The stories of a site."""
    ids: list[EntityId] = []
    chapters: dict[EntityId, EntityId] = {}
    for row in rows:
        if row.id.kind != FRONT:
            continue
        whole = names.resolve(row.part_of, (FRONT,)) if row.part_of else None
        if isinstance(whole, EntityId):
            chapters[row.id] = whole
        elif whole is None or whole.expired:
            ids.append(row.id)
    home = _named(site.home, names, ids) or (ids[0] if len(ids) == 1 else None)
    return Stories(tuple(ids), chapters, home, _named(site.lead, names, ids))


def _named(text: str | None, names: Names, ids: Collection[EntityId]) -> EntityId | None:
    found = names.resolve(text, (FRONT,)) if text else None
    return found if isinstance(found, EntityId) and found in ids else None


class GivenNames(NamedTuple):
    """What names in the settings mean, and those of folders of stories."""

    nav: tuple[NavRow, ...]
    """The entries of the navigation; see `links.navigation`."""
    home: EntityId | Miss | None
    lead: EntityId | Miss | None
    folders: Mapping[str, EntityId | Miss]
    """By the name of a folder in `content/articles/`."""


def given_names(
    content: SiteContent, rows: Iterable[EntryFacts], paths: Iterable[str], names: Names
) -> GivenNames:
    """What these names mean; `rows` are all entries, `paths` those of the content files."""
    site = content.site
    folders = {story_of_folder(path): None for path in paths if path.startswith(ARTICLES)}
    return GivenNames(
        nav_rows(site, content.site_file, rows, names),
        names.resolve(site.home, (FRONT,)) if site.home else None,
        names.resolve(site.lead, (FRONT,)) if site.lead else None,
        {slug: names.resolve(f"{FRONT}/{slug}") for slug in folders if slug},
    )


class Ordered(Protocol):
    """The graph: it reads tables for the step that runs, and knows the order of readers."""

    reader: Reader

    def sequence(self, kind: str) -> tuple[EntityId, ...]:
        """The entities of a kind in the order of readers."""


class StoryGraph:
    """Who belongs to which story. With one story, everything does, and no table is read."""

    def __init__(self, graph: Ordered, stories: Stories) -> None:
        self._graph = graph
        self.site = stories
        """What holds for the whole site."""
        self.ids = stories.ids
        self.several = stories.several
        self.home = stories.home

    def in_order(self) -> tuple[EntityId, ...]:
        """The stories as readers see them: the lead, open ones from the latest, then closed ones."""
        if not self.several:
            return self.ids
        return tuple(id for ids in self._graph.reader.at("stories", "") for id in ids)

    def of(self, id: EntityId) -> tuple[EntityId, ...]:
        """The stories that an entity belongs to, in the order of the files."""
        if id.kind == FRONT:
            return (self.site.whole_of(id),)
        if not self.several:
            return self.ids
        return tuple(story for ids in self._graph.reader.at("of stories", id) for story in ids)

    def members(self, story: EntityId, kind: str) -> tuple[EntityId, ...]:
        """The entities of a kind that belong to a story, in the order of readers."""
        if not self.several:
            return self._graph.sequence(kind)
        for ids in self._graph.reader.at("members", (story.slug, kind)):
            return cast("tuple[EntityId, ...]", ids)
        return ()


def story_path(story: EntityId, page: str = "") -> str:
    """The path of a page of a story: `articles/tram/timeline/`. It stays where its article is the home page."""
    return f"{KINDS[FRONT].plural}/{story.slug}/{page}"
