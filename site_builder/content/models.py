"""What an explainer is made of, as its authors write it.

One class an entity. Required fields have no default; there are few. Every scalar arrives as the
text that was written and becomes what the field says, never something else: `no`, `1.10` and
`12:30` stay as they are where text is expected. The same classes give editors their JSON Schemas
(`site-builder schema`) and the reference of fields in `docs/content.md`.

The types of fields are those of `content.fields`, `content.date_fields` and `content.citing`.
"""

# Without `from __future__ import annotations`: see `content/records.py`.
from collections.abc import Mapping
from typing import Annotated, Literal

from site_builder.content.citing import Cites
from site_builder.content.date_fields import Day, EdtfDate
from site_builder.content.fields import (
    Anchor,
    BaseUrl,
    Key,
    Keys,
    Language,
    Line,
    Lines,
    Name,
    Names,
    PictureFile,
    PlaceUrl,
    Prose,
    Ref,
    Refs,
    StanceName,
    Url,
    Urls,
)
from site_builder.content.fields import listed as _listed
from site_builder.content.linting import Lint
from site_builder.content.records import AsJsonSchema, Before, Model, WrongValue, field
from site_builder.content.standards import Asked, Email, Machine, Verb
from site_builder.content.targets import Target
from site_builder.text import lazily
from site_builder.values import NamedTuple


class EntityId(NamedTuple):
    """The name of an entity within a site: its kind (`actor`) and its slug."""

    kind: str
    slug: str

    def __str__(self) -> str:
        return f"{self.kind} '{self.slug}'"


# --- shared parts ----------------------------------------------------------------------------


class Entity(Model):
    """The fields every entity has, all optional."""

    draft: bool = field("Keep this out of a normal build.", default=False, data=False)
    publish_on: Day | None = field("Hidden before this day (UTC).", default=None, data=False)
    expires_on: Day | None = field("Hidden from this day on (UTC).", default=None, data=False)
    redirect_from: Keys = field(
        "Slugs or paths (/old/) this had before; they lead here.", default=(), data=False
    )
    mentions: bool = field(
        "Whether names in this text link by themselves.", default=True, data=False
    )
    not_quotations: Keys = field(
        "What stands in quotation marks in this text and is no quotation.", default=(), data=False
    )

    @property
    def is_person(self) -> bool:
        """Whether it is somebody, whose name stands beside other names."""
        return False

    @property
    def has_positions(self) -> bool:
        """Whether somebody takes a position on it."""
        return False

    @property
    def shows_text(self) -> bool:
        """Whether its page has the whole text of a file."""
        return False

    @property
    def byline(self) -> tuple[str, ...]:
        """Who wrote its page, if that is said."""
        return ()


class OfStory(Entity):
    """The fields of every entity but an article."""

    story: Refs | None = field(
        "The stories it belongs to; by default those that references lead to. [] for none.",
        default=None,
        to="article",
        data=False,
    )


class Image(Model):
    """A picture in `static/`."""

    src: PictureFile = field("The file, relative to static/.")
    alt: Line = field("What the picture shows, in words.")
    credit: Line | None = field("Whose picture it is.", default=None)


class Point(Model):
    """A statement with the words it rests on."""

    text: Prose = field("The statement, in a sentence or two.")
    cite: Cites = field("What it rests on.", default=())
    id: Anchor | None = field(
        "Its anchor; by default made from the text.", default=None, data=False
    )


class Fact(Point):
    """A statement that nobody disputes, as far as is reported, with the words it rests on."""

    cite: Cites = field("What it rests on.", min_length=1)


def _points(value: object) -> object:
    """A plain text stands for a point without a citation."""
    if isinstance(value, (str, Mapping)):
        value = [value]
    if isinstance(value, (list, tuple)):
        return [{"text": item} if isinstance(item, str) else item for item in value]
    return value


Points = Annotated[tuple[Point, ...], Before(_points)]
Facts = Annotated[tuple[Fact, ...], Before(_points)]

# --- entities --------------------------------------------------------------------------------


class NavLink(Model):
    """An entry of the navigation, below another one."""

    title: Line | None = field("The word readers see; by default the title.", default=None)
    to: Key = field("A path of the site ('issues/'), an entity, a file, or an address.")


class NavItem(Model):
    """An entry of the navigation: it leads somewhere, or opens entries below it."""

    title: Line | None = field("The word readers see; by default the title.", default=None)
    to: Key | None = field(
        "A path of the site ('issues/'), an entity, a file, or an address.", default=None
    )
    items: Annotated[tuple[NavLink, ...], Before(_listed)] = field(
        "The entries below it.", default=()
    )


class Article(Entity):
    """The article summary: the front door of a story."""

    title: Line = field("The headline.", name=True)
    as_of: EdtfDate = field("The date up to which this is true.", new="today")
    standfirst: Prose | None = field("The answer in a sentence or two.", default=None)
    status: Line | None = field("Where the story stands, in a few words.", default=None)
    authors: Lines = field("Who wrote this summary.", default=())
    key_points: Points = field(
        "The story in a minute: three to seven points.",
        default=(),
        states="key point",
        anchor="key-points",
    )
    known: Facts = field(
        "What is reported and not disputed: each line cites what it rests on.",
        default=(),
        anchor="known-facts",
    )
    open_questions: Points = field("What is not known.", default=(), anchor="open-questions")
    issues: Refs = field(
        "Its issues, in the order to show; by default all of its story.",
        default=(),
        to="issue",
        brings=True,
    )
    actors: Refs = field(
        "Its actors, in the order to show; by default all of its story.",
        default=(),
        to="actor",
        brings=True,
    )
    nav: Annotated[tuple[NavItem, ...], Before(_listed)] = field(
        "The navigation on the pages of its story; by default that of the site.",
        default=(),
        data=False,
    )
    sources: Refs = field(
        "The documents it rests on; by default those it cites.",
        default=(),
        to="source",
        brings=True,
    )
    section: Line | None = field("The section of the site that it stands in.", default=None)
    part_of: Ref | None = field(
        "The article whose story this is a chapter of.", default=None, to="article"
    )
    period: EdtfDate | None = field(
        "Of a chapter: the time that it tells of; its events and updates are those within.",
        default=None,
    )
    closed: Day | None = field("The day since when it is no longer kept up.", default=None)

    @property
    def byline(self) -> tuple[str, ...]:
        """Its authors."""
        return self.authors


ActorKind = Literal["person", "state", "organisation", "bloc", "armed force", "group"]


class Relation(Model):
    """How an actor stands to another one."""

    to: Ref = field("The other actor.", to="actor", back_from="label")
    label: Line = field("The relation, read from this actor: 'negotiates for'.")
    cite: Cites = field("What it rests on.", default=())


class Actor(OfStory):
    """A person or body that acts in the story."""

    name: Name = field("The full name.", name=True)
    short_name: Name | None = field("The name on second mention.", default=None, name=True)
    kind: ActorKind | None = field("What sort of actor this is.", default=None)
    role: Prose | None = field("What they are in this story, in a line.", default=None)
    unnamed: Line | None = field("Why somebody is not named, where no source does.", default=None)
    affiliation: Ref | None = field(
        "The actor they belong to or act for.", default=None, to="actor"
    )
    side: Ref | None = field(
        "The actor they count with in comparisons, or own; by default the one that affiliations lead to.",
        default=None,
        to="actor",
        itself=True,
        own="own",
    )
    aliases: Names = field("Other names in use.", default=(), name=True)
    unlinked: Keys = field(
        "Names of this actor that never link by themselves.", default=(), data=False
    )
    relations: Annotated[tuple[Relation, ...], Before(_listed)] = field(
        "How they stand to other actors.", default=()
    )
    same_as: Urls = field("Pages about the same actor, on Wikidata and the like.", default=())
    image: Image | None = field("A portrait, flag or emblem.", default=None, data=False)
    cite: Cites = field("What role and affiliation rest on.", default=())

    @property
    def is_person(self) -> bool:
        """Whether its kind says so."""
        return self.kind == "person"


_ONE_OR_SEVERAL: dict[str, object] = {
    "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]
}
"""What loading makes one position for each of (`content.spreading`)."""


class EarlierPosition(Model):
    """What an actor held before."""

    stance: StanceName = field("A stance of the site's vocabulary.")
    summary: Prose | None = field("What they wanted then, in a sentence.", default=None)
    as_of: EdtfDate | None = field("When they held it.", default=None)
    cite: Cites = field("What it rests on.", default=())


class Position(Model):
    """Where an actor stands on an issue."""

    actor: Annotated[Ref, AsJsonSchema(_ONE_OR_SEVERAL)] = field(
        "Whose position it is.", to="actor", part="positions", brings=True
    )
    stance: StanceName = field("A stance of the site's vocabulary.")
    summary: Prose | None = field("What they want, in a sentence.", default=None)
    as_of: EdtfDate | None = field("When they held it.", default=None)
    asked: Asked | None = field("That they were asked, and did not answer.", default=None)
    earlier: Annotated[tuple[EarlierPosition, ...], Before(_listed)] = field(
        "What they held before, oldest first, so that a change of mind shows.",
        default=(),
        states="earlier position",
    )
    cite: Cites = field("What it rests on.", default=())


class Issue(OfStory):
    """A question that keeps the actors apart."""

    title: Line = field("The issue in a few words.", name=True)
    short_title: Line | None = field(
        "A shorter title, for columns of the matrix, lists and cards.", default=None, name=True
    )
    question: Line | None = field("The issue as a reader would ask it.", default=None)
    summary: Prose | None = field("The issue in a sentence.", default=None)
    stakes: Prose | None = field("Why it matters.", default=None)
    status: Line | None = field("Where it stands, in a few words.", default=None)
    positions: Annotated[tuple[Position, ...], Before(_listed)] = field(
        "Who wants what.", default=(), states="position", anchor="positions", search=False
    )
    related: Refs = field(
        "Issues that hang together with this one.",
        default=(),
        to="issue",
        back="related",
        part="related",
        anchor="related",
    )
    cite: Cites = field("What summary and stakes rest on.", default=())

    @property
    def has_positions(self) -> bool:
        """Whether it has any."""
        return bool(self.positions)


ClaimStatus = Literal["agreed", "disputed", "unverified", "withdrawn"]


class Verdict(Model):
    """What a named reviewer found a claim to be."""

    rating: Line = field("The finding: 'false', 'partly true'.")
    reviewer: Line = field("Who found it.")
    text: Prose | None = field("The finding in a sentence.", default=None)
    date: EdtfDate | None = field("When.", default=None)
    url: Url | None = field("Where it is published.", default=None)


class Contest(Model):
    """Who disputes a claim, and with what words."""

    actor: Ref = field("Who disputes it.", to="actor", part="claims", brings=True)
    statement: Prose | None = field("What they say instead.", default=None)
    asked: Asked | None = field("That they were asked, and did not answer.", default=None)
    cite: Cites = field("What that rests on.", default=())


def _contests(value: object) -> object:
    """A plain reference stands for an actor who disputes without words of their own."""
    if isinstance(value, (str, Mapping)):
        value = [value]
    if isinstance(value, (list, tuple)):
        return [{"actor": item} if isinstance(item, str) else item for item in value]
    return value


class Claim(OfStory):
    """A statement of fact that somebody makes."""

    statement: Prose = field("What is claimed, in a sentence.")
    made_by: Refs = field(
        "The actor or actors who say so.", min_length=1, to="actor", part="claims", brings=True
    )
    verb: Verb | None = field(
        "Whether they say so, believe so, or are reported to say so; by default they say so.",
        default=None,
    )
    asked: Asked | None = field("That they were asked about it, and did not answer.", default=None)
    contested_by: Annotated[tuple[Contest, ...], Before(_contests)] = field(
        "Who disputes it, and what they say instead.", default=(), states="objection"
    )
    status: ClaimStatus | None = field(
        "By default disputed where somebody contests it, else unverified.",
        default=None,
        data_from="known_status",
    )
    verdict: Verdict | None = field("What a named reviewer found.", default=None)
    issues: Refs = field(
        "The issues it bears on.",
        default=(),
        to="issue",
        part="claims",
        news=True,
        belongs=True,
    )
    cite: Cites = field("What it rests on.", default=())

    @property
    def known_status(self) -> ClaimStatus:
        """Its status: as given, else disputed where somebody contests it, else unverified."""
        return self.status or ("disputed" if self.contested_by else "unverified")


Importance = Literal["major", "normal", "minor"]


class Event(OfStory):
    """Something that happened."""

    date: EdtfDate = field("When, as precisely as is known.", new="unknown")
    title: Line = field("What happened, in a few words.", name=True)
    text: Prose | None = field("What happened, in a sentence or two.", default=None)
    actors: Refs = field("Who took part.", default=(), to="actor", part="events", brings=True)
    concerns: Refs = field(
        "Whom it concerns, without their taking part.",
        default=(),
        to="actor",
        part="concerned",
        brings=True,
    )
    issues: Refs = field(
        "The issues it bears on.",
        default=(),
        to="issue",
        part="events",
        news=True,
        belongs=True,
    )
    importance: Importance = field("How much it weighs in the story.", default="normal")
    planned: bool = field("Whether it is still to come, as far as is known.", default=False)
    after: Ref | None = field(
        "The event it followed, where its date leaves the order open.",
        default=None,
        to="event",
        later_by="date",
    )
    cite: Cites = field("What it rests on.", default=())


Show = Literal["excerpts", "full"]


class Extraction(Model):
    """How the text of a source was made of its original; `site-builder source add` writes it."""

    original: Key = field("The name of the original file.", data=False)
    sha256: Key = field("The SHA-256 of the original.", data=False)
    text: Key = field("The SHA-256 of the text as it was written.", data=False)
    date: EdtfDate = field("When it was read.", data=False)
    tool: Key | None = field("What read it: 'pdfium'.", default=None, data=False)
    pages: Key | None = field("The pages that were read: '3-9'.", default=None, data=False)


class Translation(Model):
    """Words of a source in the language of the site."""

    words: Line = field("The words, as the source has them.")
    text: Line = field("Their translation by those who write the site.")


class Source(OfStory):
    """A document the explainer rests on."""

    title: Line = field("Its title.", name=True)
    publisher: Line | None = field("Who published it.", default=None)
    authors: Lines = field("Who wrote it.", default=())
    published: EdtfDate | None = field("When it was published.", default=None)
    accessed: EdtfDate | None = field(
        "When it was read.",
        default=None,
        not_before=("published", "this was read before it was published"),
    )
    url: Url | None = field("Where it stands.", default=None)
    place_url: PlaceUrl | None = field(
        "How to link to a place in it: an address with {seconds}, {page} or {label}.",
        default=None,
        data=False,
    )
    archived: Url | None = field("Where a copy is kept.", default=None)
    language: Language | None = field("Its language, as a BCP 47 tag.", default=None)
    kind: Line | None = field("What it is: 'news article', 'treaty', 'interview'.", default=None)
    translated: Annotated[tuple[Translation, ...], Before(_listed)] = field(
        "Translations of words in it, shown beside them as those of the site.", default=()
    )
    file: Key | None = field("Its text, a file in seeds/.", default=None, data=False)
    show: Show = field("How much of the text its page shows.", default="excerpts", data=False)
    omit: Keys = field(
        "What in the file is not the document's, wherever it stands; with # or * the form of a line.",
        default=(),
        max_length=100,
        data=False,
    )
    copy: PictureFile | None = field(
        "A copy of the original that the site publishes, a file in static/.",
        default=None,
        data=False,
    )
    rights: Line | None = field(
        "Whose the copy is, and why it may be published.", default=None, data=False
    )
    extracted: Extraction | None = field(
        "How its text was made; the command `source add` writes this.", default=None, data=False
    )

    @property
    def shows_text(self) -> bool:
        """Whether the whole text is shown."""
        return self.show == "full"


class Term(OfStory):
    """A word the reader may not know."""

    name: Name | None = field("The term; by default the slug in words.", default=None, name=True)
    definition: Prose = field("What it means, in a sentence.")
    aliases: Names = field("Other forms, plurals and abbreviations.", default=(), name=True)
    unlinked: Keys = field(
        "Names of this term that never link by themselves.", default=(), data=False
    )
    cite: Cites = field("What the definition rests on.", default=())


UpdateKind = Literal["update", "clarification", "correction"]


class Update(OfStory):
    """A note of what changed on the site."""

    date: EdtfDate = field("When it changed.", new="today")
    kind: UpdateKind = field("Whether something was wrong before.", default="update")
    text: Prose = field("What changed, in a sentence or two.")
    touches: Refs = field(
        "The entities it changed.", default=(), part="updates", itself=True, belongs=True
    )


class FreePage(Entity):
    """A page on whatever its authors want to say beside the explainer: how they work, who they are."""

    title: Line = field("The page's title.", name=True)
    description: Line | None = field("What it holds, in a sentence.", default=None)
    template: Key | None = field(
        "A template of the site's own for it, a file in templates/pages/.", default=None, data=False
    )


# --- the site --------------------------------------------------------------------------------

Symbol = Literal[
    "filled", "half", "open", "cross", "dash", "plus", "diamond", "triangle-up", "triangle-down",
    "square", "ring",
]  # fmt: skip
Tone = Literal["yes", "no", "part", "other", "none"]
OLD_TONES = {"support": "yes", "reject": "no", "condition": "part", "contest": "other"}
"""Names that tones had before. `neutral` was a silence if its symbol was a dash, else an answer."""


def tone_of(tone: object, symbol: object) -> object:
    """The tone that an old name means; anything else as it is."""
    if tone == "neutral":
        return "none" if symbol == "dash" else "other"
    return OLD_TONES.get(tone, tone) if isinstance(tone, str) else tone


class Stance(Model):
    """A word of the site's vocabulary of positions."""

    label: Line = field("The word readers see.")
    symbol: Symbol = field("The drawn symbol beside the word.", default="filled")
    tone: Tone = field(
        "How it answers the question: yes, no, in part, with something else, or not at all.",
        default="other",
    )
    meaning: Line | None = field("What the word means here, for the key.", default=None)


def _stances(value: object) -> object:
    """Stances with today's names of tones."""
    if not isinstance(value, Mapping):
        return value
    return {
        slug: {**row, "tone": tone_of(row["tone"], row.get("symbol"))}
        if isinstance(row, Mapping) and "tone" in row
        else row
        for slug, row in value.items()
    }


DEFAULT_STANCES: dict[str, Stance] = {
    "supports": Stance(label="Supports", symbol="filled", tone="yes"),
    "conditional": Stance(label="Conditional", symbol="half", tone="part"),
    "rejects": Stance(label="Rejects", symbol="open", tone="no"),
    "contests": Stance(label="Contests", symbol="cross", tone="no"),
    "unstated": Stance(label="Not stated", symbol="dash", tone="none"),
}


_TOKEN = lazily.pattern(r"[a-z][a-z0-9-]*")


def _theme(value: object) -> object:
    """Design tokens: names as in the theme's `tokens.css`, values that can't leave a declaration."""
    if isinstance(value, Mapping):
        from site_builder.content.css_values import css_value_problem

        for name, setting in value.items():
            if setting is None:
                raise WrongValue("bad_value", f"'{name}' is empty", name)
            if not isinstance(setting, str):
                raise WrongValue("bad_value", f"'{name}' is not a plain CSS value", name)
            if problem := css_value_problem(setting.strip()):
                raise WrongValue("bad_value", f"'{name}' is not a plain CSS value: {problem}", name)
            if not _TOKEN.fullmatch(str(name)):
                raise WrongValue("bad_value", f"'{name}' is not the name of a design token")
    return value


Export = Literal[
    "cards", "citations", "data", "embeds", "feeds", "jsonld", "markdown", "search", "sitemap",
]  # fmt: skip
EXPORTS: tuple[Export, ...] = (
    "cards", "citations", "data", "embeds", "feeds", "jsonld", "markdown", "search", "sitemap",
)  # fmt: skip
"""What is made beside the pages of a site, unless `site.yaml` asks for less."""
LARGE = 300
"""Entities from which a site is large: drawing a card for each of them takes most of a build."""


class Site(Model):
    """`content/site.yaml`: what holds for the whole site."""

    title: Line = field("The name of the site.")
    description: Line | None = field("The site in a sentence.", default=None)
    base_url: BaseUrl | None = field(
        "Where it will stand: https://host/path/. Needed for feeds and sharing.", default=None
    )
    language: Language = field("The language of the site, as a BCP 47 tag.", default="en")
    publisher: Line | None = field("Who publishes it.", default=None)
    authors: Lines = field("Who writes it.", default=())
    licence: Line | None = field("On what terms its text and data may be used.", default=None)
    method: Line | None = field(
        "How its texts are made, in a sentence; it stands under each headline.", default=None
    )
    machine: Machine | None = field(
        "Whether a language model wrote the texts, or helped to.", default=None
    )
    reviewed_by: Lines = field(
        "Who read it before it was published, and answers for it.", default=()
    )
    contact: Email | None = field(
        "The e-mail address for readers who find something wrong.", default=None
    )
    corrections: Line | None = field(
        "How mistakes are corrected, in a sentence; it stands in the foot.", default=None
    )
    home: Key | None = field(
        "With several stories: the one whose article is the home page; by default a list of all.",
        default=None,
    )
    lead: Key | None = field(
        "With several stories: the one that is first on that list.", default=None
    )
    sections: Lines = field(
        "The sections of articles, in order; others follow by name.", default=()
    )
    nav: Annotated[tuple[NavItem, ...], Before(_listed)] = field(
        "The navigation; by default the pages there are.", default=()
    )
    stances: Annotated[dict[str, Stance], Before(_stances)] = field(
        "The vocabulary of positions, in order; replaces ours.", default_factory=dict
    )
    theme: Annotated[dict[str, str], Before(_theme)] = field(
        "Design tokens to change, a line each: accent: '#06c'.", default_factory=dict
    )
    mentions: bool = field("Whether names in texts link by themselves.", default=True)
    not_quotations: Keys = field(
        "What stands in quotation marks in texts and is no quotation.", default=()
    )
    html: bool = field("Whether Markdown may hold HTML, which is then cleaned.", default=False)
    exports: Annotated[tuple[Export, ...], Before(_listed)] | None = field(
        "What is made for search, sharing and reuse; by default everything, but on a site "
        "of 300 entities or more for the cards of issues and actors.",
        default=None,
    )
    lint: Lint | None = field(
        "Levels of the rules of `site-builder check`, and what they allow.", default=None
    )
    publish: dict[str, Target] = field(
        "Where `site-builder publish` puts it, by name.", default_factory=dict
    )


class AboutPage(Model):
    """The front matter of `content/about.md`, all optional."""

    title: Line = field("The page's title.", default="About this explainer")
    mentions: bool = field("Whether names in this text link by themselves.", default=True)
    not_quotations: Keys = field(
        "What stands in quotation marks in this text and is no quotation.", default=()
    )


Record = Entity
"""A record of a kind; `content.kinds` lists the kinds."""
