"""What all pages of a site are made from, and what they all show."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Protocol

from site_builder import __version__
from site_builder.content.models import DEFAULT_STANCES, EntityId, Stance
from site_builder.links.graph import Graph, Linked, PositionAt
from site_builder.links.navigation import Destination, destinations
from site_builder.pages.briefs import Brief, Cards
from site_builder.pages.locale import Locale
from site_builder.pages.reuse import DataContext, IconView, ReuseView
from site_builder.pages.routes import NAMES_FILE, Route
from site_builder.values import NamedTuple


class StanceView(NamedTuple):
    """A stance of the vocabulary. Never show the tone without symbol and label."""

    slug: str
    label: str
    symbol: str
    """The id of the drawn symbol: `filled`, `half`, `open`, `cross`, `dash`, `plus`, …"""
    tone: str
    """How it answers the question: `yes`, `no`, `part`, `other` (with something else) or `none` (silence)."""
    meaning: str = ""


def stance_views(stances: Mapping[str, Stance]) -> dict[str, StanceView]:
    """The vocabulary for templates, by slug, in order."""
    return {
        slug: StanceView(slug, row.label, row.symbol, row.tone, row.meaning or "")
        for slug, row in stances.items()
    }


class SiteView(NamedTuple):
    """What holds for the whole site."""

    title: str
    description: str
    language: str
    direction: str
    """The direction of its script: `ltr` or `rtl`."""
    base_url: str
    """`https://host/path/`, or "" if not set."""
    publisher: str
    authors: tuple[str, ...]
    licence: str
    method: str
    """How its texts are made."""
    reviewed_by: tuple[str, ...]
    contact: str
    """The e-mail address for readers who find something wrong."""
    corrections: str
    """How mistakes are corrected."""
    updates_path: str
    """The page of what changed; "" if there is none."""
    stances: tuple[StanceView, ...]
    has_drafts: bool
    """Whether this build shows drafts."""
    generator: str
    """`site_builder 0.1.0`."""
    theme: Mapping[str, str]
    """The design tokens `site.yaml` changes."""
    icons: tuple[IconView, ...] = ()
    search_path: str = ""
    """The page of the search; "" if the site has none."""
    names_path: str = ""
    """The script with everything by name, for the search field; "" if the site has no search."""
    data_path: str = ""
    """The page that lists the data to take away; "" if the site has none."""


class Describer(Protocol):
    """Says what pages say to machines and to those who quote them: `site_builder.exports.describing`."""

    @property
    def icons(self) -> tuple[IconView, ...]:
        """The icons of the site."""

    def page(self, pages: "Pages", route: Route, title: str) -> ReuseView:
        """What one page says."""

    def data(self, pages: "Pages") -> DataContext:
        """What can be taken away from the site."""


class Within(Protocol):
    """What a page takes its lists from: the whole site (`Pages`) or a story. Each list is in reading order."""

    @property
    def issues(self) -> tuple[EntityId, ...]:
        """Issues."""

    @property
    def actors(self) -> tuple[EntityId, ...]:
        """Actors."""

    @property
    def claims(self) -> tuple[Linked, ...]:
        """Claims."""

    @property
    def events(self) -> tuple[Linked, ...]:
        """Events."""

    @property
    def terms(self) -> tuple[Linked, ...]:
        """Terms."""

    @property
    def updates(self) -> tuple[Linked, ...]:
        """Notes of changes."""


class Pages:
    """The site as its pages and exports read it, in one language.

    Every reading goes through `graph`, which notes it for whatever is made at the moment.
    """

    def __init__(
        self,
        graph: Graph,
        briefs: Mapping[EntityId, Brief],
        *,
        drafts: bool,
        describer: Describer | None = None,
        locale: Locale | None = None,
        whole_sources: bool = False,
    ) -> None:
        self.graph = graph
        self.drafts = drafts
        self.whole_sources = whole_sources
        self.describer = describer
        self.locale = locale or Locale(graph.content.site.language)
        self.cards = Cards(graph, briefs, self.locale)
        self.stances = stance_views(graph.content.site.stances or DEFAULT_STANCES)

    @cached_property
    def site(self) -> SiteView:
        """What holds for the whole site."""
        site = self.graph.content.site
        heads = self.graph.heads.values()
        return SiteView(
            title=site.title,
            description=site.description or "",
            language=self.locale.language,
            direction=self.locale.direction,
            base_url=site.base_url or "",
            publisher=site.publisher or "",
            authors=site.authors,
            licence=site.licence or "",
            method=site.method or "",
            reviewed_by=site.reviewed_by,
            contact=site.contact or "",
            corrections=site.corrections or "",
            updates_path="updates/" if "updates/" in self.graph.index_pages else "",
            stances=tuple(self.stances.values()),
            has_drafts=self.drafts and any(head.draft for head in heads),
            generator=f"site_builder {__version__}",
            theme=site.theme,
            icons=self.describer.icons if self.describer else (),
            search_path="search/" if "search" in self.graph.exports else "",
            names_path=NAMES_FILE if "search" in self.graph.exports else "",
            data_path="data/" if "data" in self.graph.exports else "",
        )

    @cached_property
    def destinations(self) -> tuple[Destination, ...]:
        """Where the entries of the navigation in `site.yaml` lead."""
        return destinations(self.graph)

    # the whole site's lists: see `Within`

    @property
    def issues(self) -> tuple[EntityId, ...]:
        """All issues, as the articles name them, then the rest."""
        return self.graph.sequence("issue")

    @property
    def actors(self) -> tuple[EntityId, ...]:
        """All actors, as the articles name them, then the rest."""
        return self.graph.sequence("actor")

    @property
    def claims(self) -> tuple[Linked, ...]:
        """All claims, disputed ones first."""
        return self._linked(self.graph.sequence("claim"))

    @property
    def events(self) -> tuple[Linked, ...]:
        """All events, by date."""
        return self._linked(self.graph.sequence("event"))

    @property
    def terms(self) -> tuple[Linked, ...]:
        """All terms, in the order of the files."""
        return self.graph.of_kind("term")

    @property
    def updates(self) -> tuple[Linked, ...]:
        """All updates, newest first."""
        return self._linked(self.graph.sequence("update"))

    # links read backwards

    def naming(self, field: str, id: EntityId) -> tuple[Linked, ...]:
        """The entries whose field (`event.actors`) names an entity, in reading order."""
        return self._linked(self.graph.naming(field, id))

    def positions_of(self, actor: EntityId) -> tuple[PositionAt, ...]:
        """An actor's positions, in the order of the issues."""
        held = self.graph.positions_of.get(actor, ())
        return tuple(sorted(held, key=lambda at: self.graph.place_of(at.issue)))

    def _linked(self, ids: Iterable[EntityId]) -> tuple[Linked, ...]:
        return tuple(self.graph.linked[id] for id in ids)
