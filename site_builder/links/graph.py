"""What the link stage hands on: every reference resolved, and the same read backwards."""

# Without `from __future__ import annotations`: see `pages/making.py`.
import datetime
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any, cast

from site_builder.content.entries import Entry, Expired, SiteContent
from site_builder.content.kinds import CITED, PLACED, Card
from site_builder.content.models import EXPORTS, LARGE, EntityId
from site_builder.diagnostics import Location
from site_builder.engine.steps import Reader
from site_builder.engine.tables import Tables
from site_builder.links.addresses import Addresses
from site_builder.links.evidence import Passage, SourceText
from site_builder.links.files import file_at, static_path
from site_builder.links.stories import GivenNames, Stories, StoryGraph
from site_builder.links.views import InTable, Noted, OneInTable
from site_builder.memory.spool import Spool, Spooled
from site_builder.reading.yaml_path import YamlPath
from site_builder.sources.places import NOWHERE, Spot, Standing
from site_builder.text.guesses import Guesses
from site_builder.values import NamedTuple


class Link(NamedTuple):
    """A link to an entity, written or made from a mention."""

    target: EntityId
    anchor: str
    text: str
    """Plain text."""
    is_mention: bool = False
    """Whether a name links by itself here."""


class Mark(NamedTuple):
    """A citation: `anchor` is the passage's on the source's page, or the place's; "" for the source as a whole."""

    source: EntityId
    words: str
    anchor: str
    place: str = ""
    """Where in the source, as its author wrote it."""
    found: Standing | None = None
    """The place that the text of the source says itself."""
    spot: Spot = NOWHERE
    """Where the words stand in the source."""


class Href(NamedTuple):
    """The opening of an ordinary link: to a path of the site, or to an address elsewhere."""

    path: str | None
    url: str
    title: str


class Photo(NamedTuple):
    """An image of the site's own."""

    path: str
    alt: str
    title: str


LinkedPart = str | Link | Mark | Href | Photo
LinkedText = tuple[LinkedPart, ...]
"""A text ready to show: finished HTML between links whose addresses depend on the page."""


class Backlink(NamedTuple):
    """A place that refers to an entity."""

    source: EntityId
    anchor: str
    """The part of the source's page, or ""."""
    relation: str
    """`mentioned`, or a relation in words."""
    sentence: str
    """The sentence it stands in, as plain text; "" for a relation."""


NOBODY = EntityId("", "")
"""The about page, where a place is told by its entity."""


class PositionAt(NamedTuple):
    """A position, by the issue it stands in and its number there."""

    issue: EntityId
    number: int


class Linked:
    """An entry with its references resolved. Keys are paths in its record.

    `expired` are the titles of what its fields name and has expired: what stands there can be shown
    without a link, or is left out.
    """

    def __init__(
        self,
        entry: Entry,
        prose: Mapping[YamlPath, LinkedText],
        refs: Mapping[YamlPath, EntityId],
        cites: Mapping[YamlPath, tuple[Mark, ...]],
        link_body: Callable[[], LinkedText],
        expired: Mapping[YamlPath, str] = MappingProxyType({}),
    ) -> None:
        self.entry = entry
        self.expired = expired
        self.prose = prose
        self.refs = refs
        self.cites = cites
        self._body: Callable[[], LinkedText] | LinkedText | Spooled[LinkedText] = link_body

    @property
    def body(self) -> LinkedText:
        """The body: pages other than the entry's own have no use for it."""
        if isinstance(self._body, Spooled):
            return self._body.read()
        if not isinstance(self._body, tuple):
            self._body = self._body()
        return self._body

    def put_body_away(self, spool: Spool) -> None:
        """Leaves the body to a spool."""
        self._body = Spooled(spool, str(self.entry.id), self.body)

    @cached_property
    def fields_by_target(self) -> Mapping[EntityId, list[YamlPath]]:
        """By entity: the fields that refer to it."""
        table: dict[EntityId, list[YamlPath]] = {}
        for where, target in self.refs.items():
            table.setdefault(target, []).append(where)
        return table

    def numbers_at(self, name: str) -> tuple[int, ...]:
        """The numbers of the items of a list that name an entity which is there, as positions do."""
        return tuple(int(where[1]) for where in self.refs if where[0] == name)

    def refs_at(self, name: str) -> tuple[EntityId, ...]:
        """The entities a list field refers to, in order."""
        return tuple(target for where, target in self.refs.items() if where[0] == name)


class CitedSource(NamedTuple):
    """A source with its text and what rests on it."""

    text: SourceText | None
    passages: Mapping[str, tuple[str, Passage]] = MappingProxyType({})
    """By anchor: the words and where they stand, in the order of the text."""
    uses: Mapping[str, tuple[Backlink, ...]] = MappingProxyType({})
    """By anchor ("" for the whole): the places that cite it."""


class Use(NamedTuple):
    """A citation of a source, read from the source: the passage, its words, the place that cites them."""

    source: EntityId
    anchor: str
    words: str
    passage: Passage | None
    """Where the words stand; None for the source as a whole."""
    place: Backlink


Place = tuple[str, str, str]
"""A backlink without its source: anchor, relation and sentence. There are many, so they are plain tuples."""


class AnchorUse(NamedTuple):
    """A link to a part of a page: whose (None for the about page), which part, where it stands."""

    target: EntityId | None
    anchor: str
    location: Location


class Head(NamedTuple):
    """An entity as lists and checks of the whole site see it."""

    id: EntityId
    file: str
    within: YamlPath
    title: str
    draft: bool
    redirect_from: tuple[str, ...]


class LinkedAbout(NamedTuple):
    """The about page with its references resolved."""

    body: LinkedText = ()
    uses: tuple[tuple[EntityId, tuple[EntityId, tuple[Use, ...]]], ...] = ()
    """The sources it cites, with what it cites of each."""
    anchor_uses: tuple[AnchorUse, ...] = ()


class GraphSite(NamedTuple):
    """What holds for the whole graph."""

    content: SiteContent
    addresses: Addresses
    stories: Stories
    names: GivenNames
    files: frozenset[str]
    """The site's own static files, by path."""
    index_pages: tuple[str, ...]
    """The paths of the pages that list things."""
    about: LinkedAbout
    hidden: Mapping[EntityId, str]
    """The entities that are not in this build, and why."""
    expired: Mapping[EntityId, Expired]
    expiring: Mapping[EntityId, datetime.date]


class Graph:
    """The linked content of a site, as pages and checks read it. Everything is in a fixed order.

    `reader` notes what is read, for the step that runs. Whoever runs one calls `begin` first.
    """

    def __init__(
        self,
        site: GraphSite,
        heads: Mapping[EntityId, Head],
        tables: Tables,
        linked: Mapping[EntityId, Linked],
        texts: Mapping[EntityId, SourceText | None],
    ) -> None:
        self.tables = tables
        self.reader = Reader(tables)
        self.guesses = Guesses()
        """What unknown parts and files were probably meant to be."""
        self.content = site.content
        self.addresses = site.addresses
        self.stories = StoryGraph(self, site.stories)
        self.given_names = site.names
        self.files = site.files
        self.index_pages = site.index_pages
        self._about = site.about
        self.hidden = site.hidden
        self.expired = site.expired
        self.expiring = site.expiring
        self.nav_rows = site.names.nav
        self.heads = heads
        self.untraced = linked
        self.linked = Noted(self, "record", linked)
        self.backlinks = Noted(self, "backlinks", Backlinks(tables, heads))
        self.positions_of = Noted(self, "positions", Positions(tables, "positions"))
        self.sources = Noted(self, "uses", CitedSources(tables, heads, texts), "text")
        self.texts = Noted(self, "text", texts)
        """The texts of sources: what rests on a source does not matter to who reads one here."""
        self.briefs = OneInTable[Any](tables, "brief")
        """The entities in short (`pages.briefs`)."""

    def begin(self, reader: Reader | None = None) -> Reader:
        """Notes from now on what another step reads. All depend on the site as a whole."""
        self.reader = reader or Reader(self.tables)
        self.reader.note("site", "content")
        return self.reader

    @property
    def about(self) -> LinkedAbout:
        """The about page: what it links to depends on entities, as in any other text."""
        self.reader.note("about", NOBODY)
        return self._about

    def file_of(self, src: str) -> str:
        """The static file that an author's path means; the path itself if there is none."""
        path = static_path(src)
        return file_at(path, self.files) or path

    @property
    def exports(self) -> tuple[str, ...]:
        """What is made beside the pages."""
        asked = self.content.site.exports
        return EXPORTS if asked is None else asked

    @cached_property
    def kinds_with_cards(self) -> tuple[str, ...]:
        """The kinds whose entities get a card image: on a large site articles alone, unless it asks for cards."""
        if "cards" not in self.exports or not self.content.site.base_url:
            return ()
        few = len(self.heads) < LARGE or self.content.site.exports is not None
        wanted = {Card.ALWAYS, Card.ON_SMALL_SITES} if few else {Card.ALWAYS}
        return tuple(kind.name for kind in PLACED if kind.card in wanted)

    def ids_of(self, kind: str) -> tuple[EntityId, ...]:
        """The entities of a kind, in the order of the files."""
        return tuple(self.reader.at("order", kind))

    def sequence(self, kind: str) -> tuple[EntityId, ...]:
        """The entities of a kind in the order in which readers see them."""
        for ids in self.reader.at("sequence", kind):
            return cast("tuple[EntityId, ...]", ids)
        return ()

    def of_kind(self, kind: str) -> tuple[Linked, ...]:
        """The entries of a kind, in their order."""
        return tuple(self.linked[id] for id in self.ids_of(kind))

    def naming(self, field: str, id: EntityId) -> tuple[EntityId, ...]:
        """The entities whose field (`event.actors`) names an entity, in the order of readers."""
        ids = [other for other, _ in self.reader.at(field, id)]
        return tuple(sorted(ids, key=self.place_of)) if len(ids) > 1 else tuple(ids)

    def place_of(self, id: EntityId) -> float:
        """A number that rises with the place of an entity among those of its kind, as readers see them."""
        return cast("float", self.reader.at("place", id)[0])

    def body(self, linked: Linked) -> LinkedText:
        """An entry's body."""
        self.reader.note("body", linked.entry.id)
        return linked.body


class Positions(InTable[PositionAt]):
    """The positions of each actor."""

    def __getitem__(self, id: EntityId) -> tuple[PositionAt, ...]:
        return tuple(PositionAt(*row) for row in super().__getitem__(id))


class Backlinks(InTable["Backlink"]):
    """The places that mention each entity. They are listed in the order of the files."""

    def __init__(self, tables: Tables, heads: Mapping[EntityId, Head]) -> None:
        super().__init__(tables, "backlinks")
        self._heads = heads

    def __iter__(self) -> Iterator[EntityId]:
        return (id for id in self._heads if id in self._tables["backlinks"])

    def __getitem__(self, id: EntityId) -> tuple[Backlink, ...]:
        rows = self._tables[self._table][id]
        return tuple(Backlink(source, *place) for source, places in rows for place in places)


class CitedSources(Mapping[EntityId, CitedSource]):
    """Each source with what rests on it, made once."""

    def __init__(
        self,
        tables: Tables,
        heads: Mapping[EntityId, Head],
        texts: Mapping[EntityId, SourceText | None],
    ) -> None:
        self._tables = tables
        self._heads = heads
        self._texts = texts
        self._made: dict[EntityId, CitedSource] = {}

    def __getitem__(self, id: EntityId) -> CitedSource:
        if id not in self._made:
            if id not in self:
                raise KeyError(id)
            self._made[id] = self._cited(id)
        return self._made[id]

    def _cited(self, id: EntityId) -> CitedSource:
        uses: dict[str, dict[Backlink, None]] = {}
        passages: dict[str, tuple[str, Passage]] = {}
        for _, rows in self._tables["uses"].get(id, ()):
            for use in rows:
                uses.setdefault(use.anchor, {})[use.place] = None
                if use.passage:
                    passages[use.anchor] = use.words, use.passage
        return CitedSource(
            self._texts.get(id),
            dict(sorted(passages.items(), key=lambda row: row[1][1])),
            {anchor: tuple(places) for anchor, places in uses.items()},
        )

    def __contains__(self, id: object) -> bool:
        return isinstance(id, EntityId) and id.kind == CITED and id in self._heads

    def __iter__(self) -> Iterator[EntityId]:
        return (id for id in self._heads if id.kind == CITED)

    def __len__(self) -> int:
        return sum(1 for _ in self)
