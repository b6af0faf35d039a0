"""What an explainer is made of, as its authors write it.

One class an entity. Required fields have no default; there are few. Every scalar arrives as the
text that was written and becomes what the field says, never something else: `no`, `1.10` and
`12:30` stay as they are where text is expected. The same classes give editors their JSON Schemas
(`site-builder schema`) and the reference of fields in `docs/content.md`.

A *reference* is the slug, name or alias of an entity. `Prose` is text with inline Markdown.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Annotated, Literal, NamedTuple

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema
from pydantic.dataclasses import dataclass
from pydantic_core import PydanticCustomError

from site_builder.content.dates import Date, DateError, parse_date
from site_builder.content.fields import CONFIG as _CONFIG
from site_builder.content.fields import (
    Anchor,
    BaseUrl,
    Language,
    Line,
    Lines,
    Name,
    Names,
    Url,
    Urls,
)
from site_builder.content.fields import listed as _listed
from site_builder.content.targets import Target


class EntityId(NamedTuple):
    """The name of an entity within a site: its kind (`actor`) and its slug."""

    kind: str
    slug: str

    def __str__(self) -> str:
        return f"{self.kind} '{self.slug}'"


# --- field types -----------------------------------------------------------------------------


def _date(value: object) -> Date:
    if isinstance(value, Date):
        return value
    words, at = "", ""
    if isinstance(value, Mapping):
        for field in value:
            if field not in ("date", "text"):
                raise _bad_date(f"a date has the fields date and text, and no '{field}'", field)
        words, at = value.get("text", ""), "date"
        if not isinstance(words, str):
            raise _bad_date("the words for a date are text", "text")
        value = value.get("date", "unknown")
    if not isinstance(value, str):
        raise _bad_date("expected a date, such as 2025-12-02 or unknown", at)
    if not value.strip():
        raise PydanticCustomError("string_too_short", "empty")
    try:
        return parse_date(value, words.strip())
    except DateError as error:
        raise _bad_date(str(error), at) from None


def _bad_date(reason: str, at: str) -> PydanticCustomError:
    """The error for a date; `at` is the field of it that is wrong, if it has fields."""
    return PydanticCustomError("bad_date", "{reason}", {"reason": reason, "at": at})


def _day(value: object) -> object:
    """A full calendar day, in ISO 8601."""
    if isinstance(value, datetime.date):
        return value
    if not isinstance(value, str):
        raise _bad_date("expected a day, such as 2025-12-02", "")
    if not value.strip():
        raise PydanticCustomError("string_too_short", "empty")
    try:
        moment = parse_date(value).begin
    except DateError as error:
        raise _bad_date(str(error), "") from None
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip()) or not moment or not moment.day:
        raise _bad_date(f"'{value}' is not a day (write one like 2025-12-02)", "")
    return datetime.date.fromisoformat(value.strip())


_CITE = re.compile(r"""(?P<source>[^\s"“”«»]+)(?:\s+["“«](?P<words>.*)["”»])?""", re.DOTALL)


Ref = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


@dataclass(frozen=True, config=_CONFIG)
class Cite:
    """What a statement rests on: a source, and the words in it."""

    source: Ref = Field(description="The source's slug or title.")
    words: str = Field(default="", description="The exact words; without them, the whole source.")


def _cites(value: object) -> object:
    if isinstance(value, (str, Mapping)):
        return [_cite(value, "")]
    if not isinstance(value, (list, tuple)):
        return value
    return [_cite(item, index) for index, item in enumerate(value)]


def _cite(text: object, at: int | str) -> object:
    """The two parts of a citation in its short form; `at` is its number in a list."""
    if not isinstance(text, str):
        return text
    match = _CITE.fullmatch(text.strip())
    if match and match["source"].removeprefix("@") and match["source"][-1] not in ":,;":
        words = (match["words"] or "").strip()
        return {"source": match["source"].removeprefix("@"), "words": words}
    raise PydanticCustomError(
        "bad_cite",
        "'{text}' is not a citation (write: {meant})",
        {"text": _shortened(text), "meant": _shortened(_meant_cite(text)), "at": at},
    )


def _shortened(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:80]}…"


def _meant_cite(text: str) -> str:
    """How a citation was probably meant to be written."""
    parts = re.fullmatch(r"@?(?P<source>[\w-]+)[\s:,;]+(?P<words>.+)", text.strip(), re.DOTALL)
    if parts is None:
        return 'source-slug "exact words"'
    words = parts["words"].strip("\"'“”„‘’«» ")
    return f'{parts["source"]} "{words}"'


Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Refs = Annotated[tuple[Ref, ...], BeforeValidator(_listed)]
Cites = Annotated[tuple[Cite, ...], BeforeValidator(_cites)]
EdtfDate = Annotated[
    Date,
    BeforeValidator(_date),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": ["string", "integer"]},
                {
                    "type": "object",
                    "properties": {"date": {"type": "string"}, "text": {"type": "string"}},
                    "additionalProperties": False,
                },
            ]
        }
    ),
]
Day = Annotated[datetime.date, BeforeValidator(_day)]

# --- shared parts ----------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, config=_CONFIG)
class Entity:
    """The fields every entity has, all optional."""

    draft: bool = Field(default=False, description="Keep this out of a normal build.")
    publish_on: Day | None = Field(default=None, description="Hidden before this day (UTC).")
    expires_on: Day | None = Field(default=None, description="Hidden from this day on (UTC).")
    redirect_from: Lines = Field(
        default=(), description="Slugs this had before; they redirect here."
    )
    mentions: bool = Field(
        default=True, description="Whether names in this text link by themselves."
    )


@dataclass(frozen=True, kw_only=True, config=_CONFIG)
class Image:
    """A picture in `static/`."""

    src: Line = Field(description="The file, relative to static/.")
    alt: Line = Field(description="What the picture shows, in words.")
    credit: Line | None = Field(default=None, description="Whose picture it is.")


@dataclass(frozen=True, kw_only=True, config=_CONFIG)
class Point:
    """A statement with the words it rests on."""

    text: Prose = Field(description="The statement, in a sentence or two.")
    cite: Cites = Field(default=(), description="What it rests on.")
    id: Anchor | None = Field(
        default=None, description="Its anchor; by default made from the text."
    )


def _points(value: object) -> object:
    """A plain text stands for a point without a citation."""
    if isinstance(value, (str, Mapping)):
        value = [value]
    if isinstance(value, (list, tuple)):
        return [{"text": item} if isinstance(item, str) else item for item in value]
    return value


Points = Annotated[tuple[Point, ...], BeforeValidator(_points)]

# --- entities --------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, config=_CONFIG)
class Article(Entity):
    """The article summary: the front door of a story."""

    title: Line = Field(description="The headline.")
    as_of: EdtfDate = Field(description="The date up to which this is true.")
    standfirst: Prose | None = Field(default=None, description="The answer in a sentence or two.")
    status: Line | None = Field(default=None, description="Where the story stands, in a few words.")
    authors: Lines = Field(default=(), description="Who wrote this summary.")
    key_points: Points = Field(
        default=(), description="The story in a minute: three to seven points."
    )
    open_questions: Points = Field(default=(), description="What is not known.")
    issues: Refs = Field(
        default=(), description="Its issues, in the order to show; by default all."
    )
    actors: Refs = Field(
        default=(), description="Its actors, in the order to show; by default all."
    )
    sources: Refs = Field(
        default=(), description="The documents it rests on; by default those it cites."
    )


ActorKind = Literal["person", "state", "organisation", "bloc", "armed force", "group"]


@dataclass(frozen=True, kw_only=True, config=_CONFIG)
class Relation:
    """How an actor stands to another one."""

    to: Ref = Field(description="The other actor.")
    label: Line = Field(description="The relation, read from this actor: 'negotiates for'.")
    cite: Cites = Field(default=(), description="What it rests on.")


@dataclass(frozen=True, kw_only=True, config=_CONFIG)
class Actor(Entity):
    """A person or body that acts in the story."""

    name: Name = Field(description="The full name.")
    kind: ActorKind | None = Field(default=None, description="What sort of actor this is.")
    short_name: Name | None = Field(default=None, description="The name on second mention.")
    role: Prose | None = Field(default=None, description="What they are in this story, in a line.")
    affiliation: Ref | None = Field(
        default=None, description="The actor they belong to or act for."
    )
    aliases: Names = Field(default=(), description="Other names in use.")
    unlinked: Lines = Field(
        default=(), description="Names of this actor that never link by themselves."
    )
    relations: Annotated[tuple[Relation, ...], BeforeValidator(_listed)] = Field(
        default=(), description="How they stand to other actors."
    )
    same_as: Urls = Field(
        default=(), description="Pages about the same actor, on Wikidata and the like."
    )
    image: Image | None = Field(default=None, description="A portrait, flag or emblem.")
    cite: Cites = Field(default=(), description="What role and affiliation rest on.")


@dataclass(frozen=True, kw_only=True, config=_CONFIG)
class EarlierPosition:
    """What an actor held before."""

    stance: Line = Field(description="A stance of the site's vocabulary.")
    summary: Prose | None = Field(default=None, description="What they wanted then, in a sentence.")
    cite: Cites = Field(default=(), description="What it rests on.")
    as_of: EdtfDate | None = Field(default=None, description="When they held it.")


@dataclass(frozen=True, kw_only=True, config=_CONFIG)
class Position:
    """Where an actor stands on an issue."""

    actor: Ref = Field(description="Whose position it is.")
    stance: Line = Field(description="A stance of the site's vocabulary.")
    summary: Prose | None = Field(default=None, description="What they want, in a sentence.")
    cite: Cites = Field(default=(), description="What it rests on.")
    as_of: EdtfDate | None = Field(default=None, description="When they held it.")
    earlier: Annotated[tuple[EarlierPosition, ...], BeforeValidator(_listed)] = Field(
        default=(),
        description="What they held before, oldest first, so that a change of mind shows.",
    )


@dataclass(frozen=True, kw_only=True, config=_CONFIG)
class Issue(Entity):
    """A question that keeps the actors apart."""

    title: Line = Field(description="The issue in a few words.")
    question: Line | None = Field(default=None, description="The issue as a reader would ask it.")
    summary: Prose | None = Field(default=None, description="The issue in a sentence.")
    stakes: Prose | None = Field(default=None, description="Why it matters.")
    status: Line | None = Field(default=None, description="Where it stands, in a few words.")
    positions: Annotated[tuple[Position, ...], BeforeValidator(_listed)] = Field(
        default=(), description="Who wants what."
    )
    related: Refs = Field(default=(), description="Issues that hang together with this one.")
    cite: Cites = Field(default=(), description="What summary and stakes rest on.")


ClaimStatus = Literal["agreed", "disputed", "unverified", "withdrawn"]


@dataclass(frozen=True, kw_only=True, config=_CONFIG)
class Verdict:
    """What a named reviewer found a claim to be."""

    rating: Line = Field(description="The finding: 'false', 'partly true'.")
    reviewer: Line = Field(description="Who found it.")
    text: Prose | None = Field(default=None, description="The finding in a sentence.")
    date: EdtfDate | None = Field(default=None, description="When.")
    url: Url | None = Field(default=None, description="Where it is published.")


@dataclass(frozen=True, kw_only=True, config=_CONFIG)
class Contest:
    """Who disputes a claim, and with what words."""

    actor: Ref = Field(description="Who disputes it.")
    statement: Prose | None = Field(default=None, description="What they say instead.")
    cite: Cites = Field(default=(), description="What that rests on.")


def _contests(value: object) -> object:
    """A plain reference stands for an actor who disputes without words of their own."""
    if isinstance(value, (str, Mapping)):
        value = [value]
    if isinstance(value, (list, tuple)):
        return [{"actor": item} if isinstance(item, str) else item for item in value]
    return value


@dataclass(frozen=True, kw_only=True, config=_CONFIG)
class Claim(Entity):
    """A statement of fact that somebody makes."""

    statement: Prose = Field(description="What is claimed, in a sentence.")
    made_by: Refs = Field(min_length=1, description="The actor or actors who say so.")
    contested_by: Annotated[tuple[Contest, ...], BeforeValidator(_contests)] = Field(
        default=(), description="Who disputes it, and what they say instead."
    )
    status: ClaimStatus | None = Field(
        default=None, description="By default disputed where somebody contests it, else unverified."
    )
    verdict: Verdict | None = Field(default=None, description="What a named reviewer found.")
    issues: Refs = Field(default=(), description="The issues it bears on.")
    cite: Cites = Field(default=(), description="What it rests on.")


Importance = Literal["major", "normal", "minor"]


@dataclass(frozen=True, kw_only=True, config=_CONFIG)
class Event(Entity):
    """Something that happened."""

    date: EdtfDate = Field(description="When, as precisely as is known.")
    title: Line = Field(description="What happened, in a few words.")
    text: Prose | None = Field(default=None, description="What happened, in a sentence or two.")
    actors: Refs = Field(default=(), description="Who took part.")
    issues: Refs = Field(default=(), description="The issues it bears on.")
    importance: Importance = Field(default="normal", description="How much it weighs in the story.")
    after: Ref | None = Field(
        default=None, description="The event it followed, where its date leaves the order open."
    )
    cite: Cites = Field(default=(), description="What it rests on.")


Show = Literal["excerpts", "full"]


@dataclass(frozen=True, kw_only=True, config=_CONFIG)
class Source(Entity):
    """A document the explainer rests on."""

    title: Line = Field(description="Its title.")
    publisher: Line | None = Field(default=None, description="Who published it.")
    authors: Lines = Field(default=(), description="Who wrote it.")
    published: EdtfDate | None = Field(default=None, description="When it was published.")
    accessed: EdtfDate | None = Field(default=None, description="When it was read.")
    url: Url | None = Field(default=None, description="Where it stands.")
    archived: Url | None = Field(default=None, description="Where a copy is kept.")
    language: Language | None = Field(default=None, description="Its language, as a BCP 47 tag.")
    kind: Line | None = Field(
        default=None, description="What it is: 'news article', 'treaty', 'interview'."
    )
    file: Line | None = Field(default=None, description="Its text, a file in seeds/.")
    show: Show = Field(default="excerpts", description="How much of the text its page shows.")
    omit: Lines = Field(
        default=(), max_length=100, description="Stretches of the file that are not the document's."
    )


@dataclass(frozen=True, kw_only=True, config=_CONFIG)
class Term(Entity):
    """A word the reader may not know."""

    definition: Prose = Field(description="What it means, in a sentence.")
    name: Name | None = Field(default=None, description="The term; by default the slug in words.")
    aliases: Names = Field(default=(), description="Other forms, plurals and abbreviations.")
    unlinked: Lines = Field(
        default=(), description="Names of this term that never link by themselves."
    )
    cite: Cites = Field(default=(), description="What the definition rests on.")


UpdateKind = Literal["update", "clarification", "correction"]


@dataclass(frozen=True, kw_only=True, config=_CONFIG)
class Update(Entity):
    """A note of what changed on the site."""

    date: EdtfDate = Field(description="When it changed.")
    text: Prose = Field(description="What changed, in a sentence or two.")
    kind: UpdateKind = Field(default="update", description="Whether something was wrong before.")
    touches: Refs = Field(default=(), description="The entities it changed.")


# --- the site --------------------------------------------------------------------------------

Symbol = Literal[
    "filled", "half", "open", "cross", "dash", "plus", "diamond", "triangle-up", "triangle-down",
    "square", "ring",
]  # fmt: skip
Tone = Literal["support", "condition", "reject", "contest", "neutral"]


@dataclass(frozen=True, kw_only=True, config=_CONFIG)
class Stance:
    """A word of the site's vocabulary of positions."""

    label: Line = Field(description="The word readers see.")
    symbol: Symbol = Field(default="filled", description="The drawn symbol beside the word.")
    tone: Tone = Field(default="neutral", description="The colour family.")
    meaning: Line | None = Field(default=None, description="What the word means here, for the key.")


DEFAULT_STANCES: dict[str, Stance] = {
    "supports": Stance(label="Supports", symbol="filled", tone="support"),
    "conditional": Stance(label="Conditional", symbol="half", tone="condition"),
    "rejects": Stance(label="Rejects", symbol="open", tone="reject"),
    "contests": Stance(label="Contests", symbol="cross", tone="contest"),
    "unstated": Stance(label="Not stated", symbol="dash", tone="neutral"),
}


@dataclass(frozen=True, kw_only=True, config=_CONFIG)
class NavItem:
    """An entry of the navigation."""

    title: Line = Field(description="The word readers see.")
    to: Line = Field(description="A path of the site ('issues/'), an entity, or an address.")


_TOKEN = re.compile(r"[a-z][a-z0-9-]*")


def _theme(value: object) -> object:
    """Design tokens: names as in the theme's `tokens.css`, values that can't leave a declaration."""
    if isinstance(value, Mapping):
        for name, setting in value.items():
            if not isinstance(setting, str) or re.search(r"[;{}<>\\@]|/\*|url\(", setting):
                raise PydanticCustomError(
                    "bad_value", "'{name}' is not a plain CSS value", {"name": name}
                )
            if not _TOKEN.fullmatch(str(name)):
                raise PydanticCustomError(
                    "bad_value", "'{name}' is not the name of a design token", {"name": name}
                )
    return value


Export = Literal[
    "cards", "citations", "data", "embeds", "feeds", "jsonld", "markdown", "search", "sitemap",
]  # fmt: skip
EXPORTS: tuple[Export, ...] = (
    "cards", "citations", "data", "embeds", "feeds", "jsonld", "markdown", "search", "sitemap",
)  # fmt: skip
"""What is made beside the pages of a site, unless `site.yaml` asks for less."""
EXPORTS_OF_LARGE: tuple[Export, ...] = ("citations", "feeds", "jsonld", "sitemap")
"""What is made for a large site unless `site.yaml` asks for more: what costs little for each page."""
LARGE = 300
"""Entities from which a site is large. What else there is takes longer than all its pages."""


@dataclass(frozen=True, kw_only=True, config=_CONFIG)
class Site:
    """`content/site.yaml`: what holds for the whole site."""

    title: Line = Field(description="The name of the site.")
    description: Line | None = Field(default=None, description="The site in a sentence.")
    base_url: BaseUrl | None = Field(
        default=None,
        description="Where it will stand: https://host/path/. Needed for feeds and sharing.",
    )
    language: Language = Field(
        default="en", description="The language of the site, as a BCP 47 tag."
    )
    publisher: Line | None = Field(default=None, description="Who publishes it.")
    authors: Lines = Field(default=(), description="Who writes it.")
    licence: Line | None = Field(
        default=None, description="On what terms its text and data may be used."
    )
    nav: Annotated[tuple[NavItem, ...], BeforeValidator(_listed)] = Field(
        default=(), description="The navigation; by default the pages there are."
    )
    stances: dict[str, Stance] = Field(
        default_factory=dict, description="The vocabulary of positions, in order; replaces ours."
    )
    theme: Annotated[dict[str, str], BeforeValidator(_theme)] = Field(
        default_factory=dict, description="Design tokens to change, as {accent: '#06c'}."
    )
    mentions: bool = Field(default=True, description="Whether names in texts link by themselves.")
    html: bool = Field(
        default=False, description="Whether Markdown may hold HTML, which is then cleaned."
    )
    exports: Annotated[tuple[Export, ...], BeforeValidator(_listed)] | None = Field(
        default=None,
        description="What is made for search, sharing and reuse; by default everything, and on a "
        "site of 300 entities or more what costs little.",
    )
    publish: dict[str, Target] = Field(
        default_factory=dict, description="Where `site-builder publish` puts it, by name."
    )


@dataclass(frozen=True, kw_only=True, config=_CONFIG)
class AboutPage:
    """The front matter of `content/about.md`, all optional."""

    title: Line = Field(default="About this explainer", description="The page's title.")
    mentions: bool = Field(
        default=True, description="Whether names in this text link by themselves."
    )


Record = Article | Actor | Issue | Claim | Event | Source | Term | Update


class Collection(NamedTuple):
    """A folder of `content/`: the kind of its entities and whether they have pages of their own."""

    name: str
    kind: str
    model: type[Record]
    own_page: bool


COLLECTIONS: tuple[Collection, ...] = (
    Collection("articles", "article", Article, True),
    Collection("actors", "actor", Actor, True),
    Collection("issues", "issue", Issue, True),
    Collection("claims", "claim", Claim, False),
    Collection("events", "event", Event, False),
    Collection("sources", "source", Source, True),
    Collection("terms", "term", Term, False),
    Collection("updates", "update", Update, False),
)
COLLECTION_OF_KIND: dict[str, Collection] = {row.kind: row for row in COLLECTIONS}
