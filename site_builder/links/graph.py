"""What the link stage hands on: every reference resolved, and the same read backwards."""

# Without `from __future__ import annotations`: see `pages/making.py`.
import datetime
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from site_builder.content.entries import Entry, Expired, SiteContent
from site_builder.content.kinds import PLACED, Card
from site_builder.content.models import EXPORTS, LARGE, EntityId
from site_builder.diagnostics import Location
from site_builder.links.addresses import Addresses
from site_builder.links.evidence import Passage, SourceText
from site_builder.links.files import file_at, static_path
from site_builder.links.names import Miss
from site_builder.links.tracing import Reads, Trace, Traced, facet, mark_of
from site_builder.memory.pickles import Packed
from site_builder.memory.spool import Spool, Spooled
from site_builder.reading.yaml_path import YamlPath
from site_builder.text.guesses import Guesses


class Link(NamedTuple):
    """A link to an entity, written or made from a mention."""

    target: EntityId
    anchor: str
    text: str
    """Plain text."""
    is_mention: bool = False
    """Whether a name links by itself here."""


class Mark(NamedTuple):
    """A citation: `anchor` is the passage's on the source's page, "" for the source as a whole."""

    source: EntityId
    words: str
    anchor: str


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


class Outgoing(NamedTuple):
    """What an entry's texts and fields refer to: all that other pages show of its links."""

    backlinks: Mapping[tuple[str, str], tuple[Place, ...]]
    """By the kind and the slug of what is referred to."""
    cited: tuple[Use, ...]
    anchors: tuple[str, ...]
    """Anchors of its page that its own content makes."""


class AnchorUse(NamedTuple):
    """A link to a part of a page: whose (None for the about page), which part, where it stands."""

    target: EntityId | None
    anchor: str
    location: Location


class Head(NamedTuple):
    """What the rest of a site needs to know of an entity without reading its texts.

    Every build reads all heads, so they hold little; `outgoing` is read where it is asked for.
    """

    id: EntityId
    file: str
    title: str
    within: YamlPath
    draft: bool
    refs: tuple[tuple[YamlPath, EntityId], ...]
    """The references of its fields, but for those of positions."""
    rank: tuple[Any, ...]
    """What decides its place among those of its kind, beside `refs` (the `rank` of its kind)."""
    redirect_from: tuple[str, ...]
    record_digest: str
    """Stands for its record with all references resolved."""
    body_digest: str
    targets: Reads
    """The marks of the entities among whose backlinks it is."""
    positions: tuple[tuple[EntityId, int], ...]
    """For an issue: actors and the numbers of their positions."""
    sources: tuple[EntityId, ...]
    """The sources it cites."""
    anchor_uses: tuple[AnchorUse, ...]
    asked: Reads
    """The names that were looked up, folded: if what one means changes, this is out of date."""
    follows_paths: bool
    """Whether it links to pages or files by their path."""
    outgoing: Packed[Outgoing]


class Backlinks(Mapping[EntityId, tuple[Backlink, ...]]):
    """The places that mention each entity, read from the heads of those that do when asked for.

    `sources` has, by the mark of an entity, those that mention it, in their order.
    """

    def __init__(
        self, sources: Mapping[int, Sequence[EntityId]], heads: Mapping[EntityId, Head]
    ) -> None:
        self._sources = sources
        self._heads = heads

    def _of(self, id: EntityId) -> Iterator[Backlink]:
        for source in self._sources.get(mark_of(str(id)), ()):
            # Nothing, if only another one of the same mark is meant.
            for place in self._heads[source].outgoing.get().backlinks.get(id, ()):
                yield Backlink(source, *place)

    def __getitem__(self, id: EntityId) -> tuple[Backlink, ...]:
        found = tuple(self._of(id))
        if not found:
            raise KeyError(id)
        return found

    def __contains__(self, id: object) -> bool:
        return isinstance(id, EntityId) and next(self._of(id), None) is not None

    def __iter__(self) -> Iterator[EntityId]:
        return (id for id in self._heads if id in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Tables:
    """The links of all entries read backwards, from their heads; each table when it is first asked for.

    `sequences` are, by kind, the entities in the order in which readers see them.
    """

    def __init__(
        self, heads: Mapping[EntityId, Head], sequences: Mapping[str, tuple[EntityId, ...]]
    ) -> None:
        self.heads = heads
        self.sequences = sequences

    def of(self, heads: Mapping[EntityId, Head]) -> "Tables":
        """The tables of other heads that refer to the same entities."""
        tables = Tables(heads, self.sequences)
        tables.__dict__ |= {
            name: table for name, table in self.__dict__.items() if name in _TABLES_OF_IDS
        }
        return tables

    def complete(self) -> None:
        """Makes all tables, before others need them in several processes."""
        _ = self.mentioning, self.positions_of, self.naming

    @property
    def backlinks(self) -> Backlinks:
        """The places that mention each entity."""
        return Backlinks(self.mentioning, self.heads)

    @cached_property
    def mentioning(self) -> Mapping[int, Sequence[EntityId]]:
        """By the mark of an entity, those that mention it."""
        table: dict[int, list[EntityId]] = {}
        for head in self.heads.values():
            for mark in array("I", head.targets):
                table.setdefault(mark, []).append(head.id)
        return table

    @cached_property
    def positions_of(self) -> Mapping[EntityId, Sequence[PositionAt]]:
        """By actor, in the order of the files."""
        table: dict[EntityId, list[PositionAt]] = {}
        for head in self.heads.values():
            for actor, number in head.positions:
                table.setdefault(actor, []).append(PositionAt(head.id, number))
        return table

    @cached_property
    def naming(self) -> Mapping[tuple[str, EntityId], tuple[EntityId, ...]]:
        """By field and entity: the entities whose field names it, as in `("event.actors", putin)`."""
        table: dict[tuple[str, EntityId], dict[EntityId, None]] = {}
        for ids in self.sequences.values():
            for id in ids:
                for where, target in self.heads[id].refs:
                    table.setdefault((f"{id.kind}.{where[0]}", target), {})[id] = None
        return {key: tuple(ids) for key, ids in table.items()}


_TABLES_OF_IDS = ("mentioning", "positions_of", "naming")


class LinkedAbout(NamedTuple):
    """The about page with its references resolved."""

    body: LinkedText = ()
    cited: tuple[Use, ...] = ()
    anchor_uses: tuple[AnchorUse, ...] = ()


class GraphSite(NamedTuple):
    """What holds for the whole graph."""

    content: SiteContent
    addresses: Addresses
    files: frozenset[str]
    """The site's own static files, by path."""
    index_pages: tuple[str, ...]
    """The paths of the pages that list things."""
    about: LinkedAbout
    hidden: Mapping[EntityId, str]
    """The entities that are not in this build, and why."""
    expired: Mapping[EntityId, Expired]
    expiring: Mapping[EntityId, datetime.date]
    nav_entities: tuple[EntityId | Miss, ...] = ()
    """What each entry of the navigation means if it is an entity's name; see `links.navigation`."""


class Graph:
    """The linked content of a site. Everything is in a fixed order.

    What a page reads of it is noted in `trace`, so that a page can be kept while all it read is as
    it was.
    """

    def __init__(
        self,
        site: GraphSite,
        heads: Mapping[EntityId, Head],
        tables: Tables,
        linked: Mapping[EntityId, Linked],
        sources: Mapping[EntityId, CitedSource],
    ) -> None:
        self.trace = Trace()
        self.guesses = Guesses()
        """What unknown parts and files were probably meant to be."""
        self.content = site.content
        self.addresses = site.addresses
        self.files = site.files
        self.index_pages = site.index_pages
        self._about = site.about
        self.hidden = site.hidden
        self.expired = site.expired
        self.expiring = site.expiring
        self.nav_entities = site.nav_entities
        self.heads = heads
        self.tables = tables
        self.untraced = linked
        self.linked = Traced("record", linked, self.trace)
        self.sources = Traced("cited", sources, self.trace)

    @property
    def about(self) -> LinkedAbout:
        """The about page: what it links to depends on entities, as in any other text."""
        self.trace.note("about", NOBODY)
        return self._about

    def file_of(self, src: str) -> str:
        """The static file that an author's path means; the path itself if there is none."""
        path = static_path(src)
        return file_at(path, self.files) or path

    @cached_property
    def backlinks(self) -> Mapping[EntityId, tuple[Backlink, ...]]:
        """The places that mention each entity."""
        return Traced("backlinks", self.tables.backlinks, self.trace)

    @cached_property
    def positions_of(self) -> Mapping[EntityId, Sequence[PositionAt]]:
        """By actor, in the order of the files."""
        return Traced("positions", self.tables.positions_of, self.trace)

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

    @cached_property
    def _by_kind(self) -> Mapping[str, tuple[EntityId, ...]]:
        table: dict[str, list[EntityId]] = {}
        for id in self.heads:
            table.setdefault(id.kind, []).append(id)
        return {kind: tuple(ids) for kind, ids in table.items()}

    def ids_of(self, kind: str) -> tuple[EntityId, ...]:
        """The entities of a kind, in their order."""
        self.trace.facets.add(facet("order", kind))
        return self._by_kind.get(kind, ())

    def sequence(self, kind: str) -> tuple[EntityId, ...]:
        """The entities of a kind in the order in which readers see them."""
        self.trace.facets.add(facet("sequence", kind))
        return self.tables.sequences.get(kind, ())

    def of_kind(self, kind: str) -> tuple[Linked, ...]:
        """The entries of a kind, in their order."""
        return tuple(self.linked[id] for id in self.ids_of(kind))

    def naming(self, field: str, id: EntityId) -> tuple[EntityId, ...]:
        """The entities whose field (`event.actors`) names an entity, in their order."""
        self.trace.note(field, id)
        self.trace.facets.add(facet("naming", field.partition(".")[0]))
        return self.tables.naming.get((field, id), ())

    def body(self, linked: Linked) -> LinkedText:
        """An entry's body."""
        self.trace.note("body", linked.entry.id)
        return linked.body
