"""The kinds of entities: a row each, with all that the rest of the program asks of a kind.

Other modules look up a row, or go through all of them; none has a table of kinds of its own or asks
whether an entity is of a certain kind. What a kind looks like is code: its page module, its template, its
JSON-LD. Words for readers are messages, by the name of the kind.

A row names fields of the kind's class, where it says what an entity is called and shows in short.
"""

# Without `from __future__ import annotations`: see `content/records.py`.
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

from site_builder.content.models import (
    Actor,
    Article,
    Claim,
    Event,
    FreePage,
    Issue,
    Record,
    Source,
    Term,
    Update,
)
from site_builder.values import NamedTuple

FRONT = "article"
"""The kind whose entities are front pages; if there is one alone, the site's home page is its page."""
CITED = "source"
"""The kind that statements rest on."""
HOLDERS = "actor"
"""The kind that takes positions."""
NOTES = "update"
"""The kind whose entities say what has changed on the site."""


class Order(Enum):
    """In which order readers see the entities of a kind."""

    AS_WRITTEN = "as they stand in the files"
    OF_ARTICLES = "as articles name them, then as they stand in the files"
    OF_DATES = "by rank, the date; where dates leave the order open, by what each follows"
    OF_RANKS = "by rank"
    OF_RANKS_DOWN = "by rank, the highest first"


class Card(Enum):
    """Which entities of a kind have a card image to be shared with."""

    NONE = "none"
    ON_SMALL_SITES = "all, but not on a large site unless it asks for cards"
    ALWAYS = "all"


class Frame(NamedTuple):
    """The height of an embed in pixels: of its frame, and of each row in it."""

    height: int
    row: int


def _unranked(_: Any) -> tuple[Any, ...]:
    return ()


class Kind(NamedTuple):
    """A kind of entity."""

    model: type[Record]
    name: str
    """As in `[[event/…]]`, and in messages."""
    plural: str
    """Its folder in `content/`, the folder of its pages, and its key in data."""
    article: str = "a"
    """The indefinite article before its name."""

    # where its entities stand
    own_page: bool = False
    """Whether each has a page; else it has an anchor on the page that lists it."""
    listed_on: str = ""
    """The path of the page that lists them; "" for front pages, which the home page lists, and for free pages."""
    free: bool = False
    """Whether each is a Markdown file in folders of the author's choice, and its address follows from them."""
    positions_on: str = ""
    """The path of the page that lists the positions held on them."""
    place: int = 99
    """Its place in the navigation, and wherever pages are listed."""
    parts: tuple[str, ...] = ()
    """Anchors that its pages have, whatever an entity's record says."""

    # which story they belong to
    of_story: bool = False
    """Whether each ought to belong to a story."""
    shared: bool = False
    """Whether several stories are likely to share one: what refers to others too belongs to their stories."""
    linked_by: tuple[str, ...] = ()
    """The kinds whose texts bring what they link to into their stories."""

    # what one is called, and shows in short: fields
    title: str = "title"
    """Its name or title. Without a value it is the slug in words."""
    short: str = ""
    """A name for tight places."""
    line: tuple[str, ...] = ()
    """A line about it: the first of these that says something."""
    detail: str = ""
    """A second short fact: a text,"""
    date: str = ""
    """or a date,"""
    belongs_to: str = ""
    """or a reference to what it is part of."""
    sub: str = ""
    """What sort of its kind it is."""
    summary: str = ""
    """A text about it that stands in lists."""
    question: str = ""
    """Its title as a reader would ask it."""
    image: str = ""
    """A picture of it."""
    template: str = ""
    """A template of the site's own for its page."""
    as_of: str = ""
    """As of when it tells."""
    day: str = ""
    """The date of the change that it notes."""

    # its names in texts
    links_by_name: bool = False
    """Whether its names link by themselves."""
    any_case: bool = False
    """Whether they may begin with a small or a capital letter."""

    # order, evidence, and what is made of it
    order: Order = Order.AS_WRITTEN
    rank: Callable[[Any], tuple[Any, ...]] = _unranked
    """What of a record decides its place, if that goes by rank or date."""
    data_in_order: bool = False
    """Whether data have its entities in the order of readers, too."""
    states: bool = False
    """Whether each is a statement, which ought to cite something."""
    referred_to: bool = False
    """Whether its entities are there to be referred to."""
    search: int = 0
    """Its place among the groups of the search page; 0 if it is not searched."""
    search_names: tuple[str, ...] = ()
    """Fields that it is found by as by its names."""
    search_line: str = ""
    """The field that search results show below its title; by default its line."""
    frame: Frame | None = None
    """The frame of its embed, if it can be embedded."""
    card: Card = Card.NONE
    feed: bool = False
    """Whether each has a feed of what changed."""
    schema_type: str = "Thing"
    """Its type in the vocabulary of schema.org."""

    @property
    def with_article(self) -> str:
        """`an actor`, `a claim`."""
        return f"{self.article} {self.name}"

    def page_at(self, slug: str) -> str:
        """The path of the page of an entity with this slug, if those of this kind have pages."""
        return f"{slug}/" if self.free else f"{self.plural}/{slug}/"


def _by_date(event: Event) -> tuple[Any, ...]:
    return event.date.order, event.date.is_known


_STATUS_ORDER = {"disputed": 0, "unverified": 1, "agreed": 2, "withdrawn": 3}


def _by_status(claim: Claim) -> tuple[Any, ...]:
    return (_STATUS_ORDER[claim.known_status],)


def _by_day(update: Update) -> tuple[Any, ...]:
    return update.date.is_known, update.date.order


_ROWS = (
    Kind(
        Article,
        FRONT,
        "articles",
        "an",
        own_page=True,
        place=0,
        parts=("positions", "issues", "claims", "timeline", "actors", "notes"),
        line=("standfirst",),
        detail="status",
        as_of="as_of",
        search=1,
        card=Card.ALWAYS,
        schema_type="NewsArticle",
    ),
    Kind(
        Actor,
        HOLDERS,
        "actors",
        "an",
        own_page=True,
        listed_on="actors/",
        shared=True,
        linked_by=(FRONT,),
        place=3,
        title="name",
        short="short_name",
        line=("role",),
        sub="kind",
        summary="role",
        belongs_to="affiliation",
        image="image",
        links_by_name=True,
        order=Order.OF_ARTICLES,
        data_in_order=True,
        referred_to=True,
        search=3,
        search_names=("short_name", "aliases"),
        frame=Frame(210, 34),
        card=Card.ON_SMALL_SITES,
    ),
    Kind(
        Issue,
        "issue",
        "issues",
        "an",
        own_page=True,
        listed_on="issues/",
        positions_on="positions/",
        of_story=True,
        linked_by=(FRONT,),
        place=1,
        short="short_title",
        line=("question", "summary"),
        detail="status",
        summary="summary",
        question="question",
        order=Order.OF_ARTICLES,
        data_in_order=True,
        referred_to=True,
        search=2,
        search_names=("short_title",),
        frame=Frame(250, 34),
        card=Card.ON_SMALL_SITES,
        feed=True,
    ),
    Kind(
        Claim,
        "claim",
        "claims",
        listed_on="claims/",
        of_story=True,
        linked_by=(FRONT,),
        place=4,
        title="statement",
        order=Order.OF_RANKS,
        rank=_by_status,
        states=True,
        search=4,
        search_line="made_by",
        frame=Frame(260, 60),
        schema_type="Claim",
    ),
    Kind(
        Event,
        "event",
        "events",
        "an",
        listed_on="timeline/",
        of_story=True,
        linked_by=(FRONT,),
        place=2,
        line=("text",),
        date="date",
        sub="importance",
        order=Order.OF_DATES,
        rank=_by_date,
        data_in_order=True,
        states=True,
        search=5,
        search_line="date",
        schema_type="Event",
    ),
    Kind(
        Source,
        CITED,
        "sources",
        own_page=True,
        listed_on="sources/",
        shared=True,
        place=5,
        line=("publisher",),
        date="published",
        sub="kind",
        referred_to=True,
        search=7,
        search_names=("authors", "publisher"),
        schema_type="CreativeWork",
    ),
    Kind(
        Term,
        "term",
        "terms",
        listed_on="terms/",
        shared=True,
        linked_by=(FRONT, "issue"),
        place=6,
        title="name",
        line=("definition",),
        links_by_name=True,
        any_case=True,
        referred_to=True,
        search=6,
        search_names=("aliases",),
        schema_type="DefinedTerm",
    ),
    Kind(
        Update,
        NOTES,
        "updates",
        "an",
        listed_on="updates/",
        of_story=True,
        shared=True,
        place=7,
        title="text",
        date="date",
        sub="kind",
        day="date",
        order=Order.OF_RANKS_DOWN,
        rank=_by_day,
    ),
    Kind(
        FreePage,
        "page",
        "pages",
        own_page=True,
        free=True,
        place=8,
        line=("description",),
        template="template",
        search=8,
        schema_type="WebPage",
    ),
)

KINDS: Mapping[str, Kind] = {row.name: row for row in _ROWS}
"""All kinds by name, in the order in which the content folder lists them."""
BY_PLURAL: Mapping[str, Kind] = {row.plural: row for row in _ROWS}
PLACED: tuple[Kind, ...] = tuple(sorted(_ROWS, key=lambda row: row.place))
"""All kinds in the order in which pages are listed."""
_LISTING = {path: row.name for row in _ROWS for path in (row.listed_on, row.positions_on) if path}


def kind_listed_on(path: str) -> str:
    """The kind that the page at a path lists; "" if it lists none. The home page lists articles."""
    return _LISTING.get(path, "" if path else FRONT)


SEARCHED: tuple[Kind, ...] = tuple(
    sorted((row for row in _ROWS if row.search), key=lambda row: row.search)
)
"""The kinds that are searched, in the order of the search page's groups."""
