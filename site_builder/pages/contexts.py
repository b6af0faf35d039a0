"""What templates get: one class a kind of page, and the parts they share.

Every page template is rendered with four names:

- `site` (`SiteView`): what holds for the whole site;
- `page` (`PageView`): this page: its address, title and place;
- `content`: the page's own context, one of the `…Context` classes below;
- the functions and filters of `site_builder.rendering.vocabulary` (`url`, `asset`, `_`, …).

All values are immutable. Texts of type `Markup` are finished HTML; all others are escaped by Jinja
when they are shown. A *path* is the address of a page within the site, without a leading slash, with
a trailing one, perhaps with an anchor: `issues/territory/#position-russia`; the filter `url` turns it
into a link relative to the page that shows it, so a site works under any sub-path and from files.
`docs/templates.md` is the reference made from this module.
"""

# Without `from __future__ import annotations`, which would make them strings: `NamedTuple` compiles each such
# string again, and that takes longer than all the rest of this module.
from collections.abc import Mapping
from typing import NamedTuple

from markupsafe import Markup

NOTHING = Markup("")


class DateView(NamedTuple):
    """A date for people: `text` to show, `iso` for `<time datetime>` ("" if there is none)."""

    text: str
    iso: str = ""
    edtf: str = "unknown"
    is_known: bool = False
    year: str = ""
    """The year (or decade, or century) it falls in, to group by; "" if unknown."""


class Card(NamedTuple):
    """An entity in short: enough for a link, a list row, a hover card or a search result."""

    kind: str
    """`article`, `actor`, `issue`, `claim`, `event`, `source`, `term` or `update`; `about` for the about page.
    It is "" for what has expired, whose name has no link."""
    slug: str
    path: str
    """Where it stands; with an anchor if it has no page of its own."""
    name: str
    """Its full name or title."""
    short_name: str
    """The name for tight places; equals `name` if there is no shorter one."""
    line: str
    """One line of plain text about it: role, question, definition; may be ""."""
    detail: str = ""
    """A second short fact, in plain text: an actor's affiliation, a source's publisher; may be ""."""
    subkind: str = ""
    """An actor's kind (`person`, `state`, …), an event's importance, an update's kind; may be ""."""
    draft: bool = False
    former: tuple[str, ...] = ()
    """The slugs it had before."""


class StanceView(NamedTuple):
    """A stance of the vocabulary. Never show the tone without symbol and label."""

    slug: str
    label: str
    symbol: str
    """The id of the drawn symbol: `filled`, `half`, `open`, `cross`, `dash`, `plus`, …"""
    tone: str
    """`support`, `condition`, `reject`, `contest` or `neutral`."""
    meaning: str = ""


class CiteView(NamedTuple):
    """A citation as it stands in a text: a number that leads to the passage."""

    number: int
    """The number of its note on this page."""
    path: str
    """The source's page, at the passage (or at the top, if no words are quoted)."""
    anchor: str
    """The id of this very mark on the page (`cite-3`), for the way back from the note."""


class NoteView(NamedTuple):
    """A numbered source note of a page: everything its marks lead to."""

    number: int
    anchor: str
    """Its id on the page: `note-3`."""
    source: Card
    words: str
    """The exact words quoted; "" if the source is cited as a whole."""
    path: str
    url: str = ""
    """The source's own address on the web; may be ""."""
    archived: str = ""
    marks: tuple[str, ...] = ()
    """The ids of the marks on this page that lead here."""
    language: str = ""
    """The language of the words, if it is not the site's."""


class EarlierView(NamedTuple):
    """A position held before."""

    stance: StanceView
    summary: Markup = NOTHING
    as_of: DateView | None = None
    cites: tuple[CiteView, ...] = ()


class PositionView(NamedTuple):
    """Where an actor stands on an issue."""

    actor: Card
    issue: Card
    stance: StanceView
    anchor: str
    """Its id on the issue's page: `position-russia`."""
    path: str
    """Its permanent address: the issue's page, at the anchor."""
    summary: Markup = NOTHING
    line: str = ""
    """The summary as plain text."""
    as_of: DateView | None = None
    earlier: tuple[EarlierView, ...] = ()
    """Oldest first."""
    cites: tuple[CiteView, ...] = ()


class PointView(NamedTuple):
    """A key point or an open question."""

    anchor: str
    text: Markup
    cites: tuple[CiteView, ...] = ()


class ContestView(NamedTuple):
    """Who disputes a claim, and what they say instead."""

    actor: Card
    statement: Markup = NOTHING
    cites: tuple[CiteView, ...] = ()


class ChangeView(NamedTuple):
    """That something changed: an update note in short, on the thing it touches."""

    kind: str
    """`update`, `clarification` or `correction`."""
    date: DateView
    path: str
    """Where the note stands."""


class VerdictView(NamedTuple):
    """What a named reviewer found."""

    rating: str
    reviewer: str
    text: Markup = NOTHING
    date: DateView | None = None
    url: str = ""


class ClaimView(NamedTuple):
    """A claim, shown the same way everywhere."""

    card: Card
    anchor: str
    statement: Markup
    status: str
    """`agreed`, `disputed`, `unverified` or `withdrawn`."""
    made_by: tuple[Card, ...]
    contested_by: tuple[ContestView, ...] = ()
    verdict: VerdictView | None = None
    issues: tuple[Card, ...] = ()
    cites: tuple[CiteView, ...] = ()
    changes: tuple[ChangeView, ...] = ()
    """Newest first."""


class GapView(NamedTuple):
    """The time that passed since the event before, where both dates tell."""

    unit: str
    """`years`, `months` or `days`."""
    number: int
    """How many of them, counted from the end of one date to the beginning of the other."""
    measure: str
    """`exactly` as many, `more than` as many, or `at least` as many, where a date is coarser than a day."""


class EventView(NamedTuple):
    """An event of the timeline."""

    card: Card
    anchor: str
    date: DateView
    title: str
    text: Markup = NOTHING
    importance: str = "normal"
    """`major`, `normal` or `minor`."""
    actors: tuple[Card, ...] = ()
    issues: tuple[Card, ...] = ()
    cites: tuple[CiteView, ...] = ()
    gap: GapView | None = None
    """The time since the event before it in this list; None if short or not known."""
    changes: tuple[ChangeView, ...] = ()
    """Newest first."""


class ChartColumnView(NamedTuple):
    """An event's place on the chart of the timeline."""

    number: int
    """Its number in the list of events, from 1."""
    event: EventView
    x: int
    """The middle of its column."""
    year: str
    """The year to write above it; "" if it is that of the column before, or unknown."""


class ChartRowView(NamedTuple):
    """An actor's or issue's row on the chart of the timeline."""

    card: Card
    y: int
    """The middle of its row."""
    first: int
    last: int
    """The middles of the columns where it first and last takes part."""
    columns: tuple[ChartColumnView, ...]
    """Where it takes part."""


class TimelineChartView(NamedTuple):
    """Who took part in what, in order, as a drawing laid out by `site_builder.pages.timeline`.

    Columns are events, evenly apart, for where dates are unknown distances are, too. Lengths are in the
    chart's own units, which are pixels at its full size.
    """

    width: int
    height: int
    top: int
    """Where the rows begin."""
    issues: tuple[ChartRowView, ...]
    actors: tuple[ChartRowView, ...]
    columns: tuple[ChartColumnView, ...]


class UpdateView(NamedTuple):
    """A note of what changed."""

    card: Card
    anchor: str
    date: DateView
    kind: str
    """`update`, `clarification` or `correction`."""
    text: Markup
    touches: tuple[Card, ...] = ()


class BacklinkView(NamedTuple):
    """A place that mentions the entity of this page."""

    source: Card
    """The entity whose text or record mentions it, or the about page."""
    path: str
    """The place, as exactly as there is an anchor for it."""
    relation: str
    """How: `mentioned`, or the field in words (`takes part in`, `affiliated with`, …)."""
    sentence: str
    """The sentence it stands in, as plain text; "" for a plain relation."""


class TermView(NamedTuple):
    """A glossary entry."""

    card: Card
    anchor: str
    name: str
    definition: Markup
    aliases: tuple[str, ...] = ()
    cites: tuple[CiteView, ...] = ()
    mentioned_on: tuple[BacklinkView, ...] = ()
    changes: tuple[ChangeView, ...] = ()
    """Newest first."""


class RelationView(NamedTuple):
    """A tie between two actors, read from `from_actor`."""

    from_actor: Card
    to_actor: Card
    label: str
    cites: tuple[CiteView, ...] = ()


class MapNameView(NamedTuple):
    """A name on the map of ties: an actor, below the one it belongs to.

    Lengths are in the map's own units, which are pixels at its full size.
    """

    card: Card
    depth: int
    """0 for an actor that belongs to no other, 1 for those that belong to it, and so on."""
    x: int
    y: int
    """Where the text's baseline begins."""
    elbow: str
    """The line from the actor it belongs to, as an SVG path; "" at depth 0."""


class MapTieView(NamedTuple):
    """A tie on the map: a label at its actor, and a line that ends in an arrow at the other one."""

    label: str
    from_actor: Card
    to_actor: Card
    x: int
    y: int
    """Where the label's baseline begins."""
    line: str
    """The line, as an SVG path, from behind the label to the arrow's tip."""
    arrow: str
    """The arrow's head, as an SVG path."""


class RelationMapView(NamedTuple):
    """Affiliations and ties as a drawing, laid out by `site_builder.pages.relation_map`."""

    width: int
    height: int
    names: tuple[MapNameView, ...]
    ties: tuple[MapTieView, ...]


class SpanView(NamedTuple):
    """A stretch of a source's text: plain, or a passage that something cites."""

    text: str
    anchor: str = ""
    """The anchor of the passage this belongs to, else "". Ids are on passages, not on spans."""


class PassageView(NamedTuple):
    """Words of a source that the site rests on."""

    anchor: str
    words: str
    paragraph: tuple[SpanView, ...]
    """What stands around it in its paragraph (or paragraphs), with its words marked; () if there is no text."""
    cited_by: tuple[BacklinkView, ...] = ()


class CellView(NamedTuple):
    """A cell of the matrix. `position` is None where no position is recorded."""

    issue: Card
    anchor: str
    """The cell's id: `cell-russia-territory`."""
    position: PositionView | None = None


class MatrixRowView(NamedTuple):
    """An actor's row."""

    actor: Card
    anchor: str
    cells: tuple[CellView, ...]


class StanceGroupView(NamedTuple):
    """Positions of one issue that share a stance, in the order of the vocabulary."""

    stance: StanceView
    positions: tuple[PositionView, ...]


class IssueRowView(NamedTuple):
    """An issue in a list, with its tally."""

    card: Card
    question: str
    summary: Markup
    status: str
    groups: tuple[StanceGroupView, ...]
    """Its positions by stance; () in a list too long for that."""


class MatrixView(NamedTuple):
    """Actors by issues: who wants what. Only actors with a position have a row."""

    issues: tuple[Card, ...]
    rows: tuple[MatrixRowView, ...]
    as_of: DateView | None = None
    more_issues: int = 0
    """How many issues are left out because a matrix of so many columns helps nobody."""
    more_actors: int = 0
    """How many actors are left out for the same reason."""
    by_issue: tuple[IssueRowView, ...] = ()
    """The same issues, each with all its positions: for narrow screens, on the pages that show it to them."""


class ImageView(NamedTuple):
    """A picture. `path` is a path of the site (a file); `width` and `height` in pixels, or 0."""

    path: str
    alt: str
    credit: str = ""
    width: int = 0
    height: int = 0


class ActorRowView(NamedTuple):
    """An actor in a list."""

    card: Card
    role: Markup
    affiliation: Card | None = None
    image: ImageView | None = None
    position_count: int = 0


class ActorGroupView(NamedTuple):
    """Actors of one kind (`person`, `state`, … or "" where none is given)."""

    kind: str
    actors: tuple[ActorRowView, ...]


class HeadingView(NamedTuple):
    """A heading of a body, for a table of contents."""

    level: int
    anchor: str
    text: str


class BodyView(NamedTuple):
    """A Markdown body: finished HTML and its headings. Falsy if there is none."""

    html: Markup = NOTHING
    headings: tuple[HeadingView, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.html)


# --- what every page has ----------------------------------------------------------------------


class AlternateView(NamedTuple):
    """The same as this page, or what changes of it, in another form: for `<link rel="alternate">`."""

    path: str
    """A path of the site."""
    type: str
    """Its media type: `application/atom+xml`, `text/markdown`, …"""
    title: str
    absolute: bool = False
    """Whether its address must be given in full, as for oEmbed documents."""


class CitationView(NamedTuple):
    """How to cite a page, in three forms, as plain text."""

    plain: str
    bibtex: str
    csl: str
    """CSL-JSON, as reference managers read it."""


class EmbedLinkView(NamedTuple):
    """How another site shows a part of this page."""

    path: str
    """The small framed page."""
    snippet: str
    """The HTML to copy; "" without a base address, for it holds a full one."""


class IconView(NamedTuple):
    """An icon of the site, drawn from its initials and colour, or the site's own in `static/`."""

    rel: str
    path: str
    type: str
    sizes: str


class NavView(NamedTuple):
    """An entry of the navigation. Exactly one of `path` and `href` is set."""

    title: str
    path: str = ""
    href: str = ""
    current: bool = False


class SiteView(NamedTuple):
    """What holds for the whole site."""

    title: str
    description: str
    language: str
    base_url: str
    """`https://host/path/`, or "" if not set."""
    publisher: str
    authors: tuple[str, ...]
    licence: str
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
    data_path: str = ""
    """The page that lists the data to take away; "" if the site has none."""


class ReuseView(NamedTuple):
    """What a page says to machines and to those who quote it; the same fields stand in `PageView`."""

    modified: str = ""
    """The day of the last noted change (`2025-12-02`), or "" if none is dated to the day."""
    jsonld: Markup = NOTHING
    """What the page is about, for `<script type="application/ld+json">`; may be empty."""
    image: ImageView | None = None
    """The drawn card for sharing; None without a base address."""
    cite: CitationView | None = None
    alternates: tuple[AlternateView, ...] = ()
    embed: EmbedLinkView | None = None


class PageView(NamedTuple):
    """This page."""

    type: str
    """`home`, `article`, `issue`, `issues`, `actor`, `actors`, `positions`, `timeline`, `claims`,
    `source`, `sources`, `terms`, `updates`, `about`, `print`, `search`, `data`, `embed`, `404` or
    `redirect`."""
    path: str
    """`issues/territory/`; "" for the home page; `404.html` for the page of that name."""
    title: str
    """The title of the page alone; the browser's title adds the site's."""
    description: str
    canonical: str
    """Its full address, or "" without a base address."""
    policy: Markup
    """What it may load, for `<meta http-equiv="Content-Security-Policy">`."""
    nav: tuple[NavView, ...]
    trail: tuple[tuple[str, str], ...] = ()
    """The way here from the home page, as (title, path), without this page."""
    draft: bool = False
    source_file: str = ""
    """The content file it is made from, relative to the site's root; may be ""."""
    modified: str = ""
    """The day of the last noted change (`2025-12-02`), or "" if none is dated to the day."""
    jsonld: Markup = NOTHING
    """What the page is about, for `<script type="application/ld+json">`; may be empty."""
    image: ImageView | None = None
    """The drawn card for sharing; None without a base address."""
    cite: CitationView | None = None
    alternates: tuple[AlternateView, ...] = ()
    embed: EmbedLinkView | None = None


# --- one context a kind of page -----------------------------------------------------------------


class ArticleContext(NamedTuple):
    """An article's page (`article.html`), which is the home page where there is but one."""

    card: Card
    title: str
    as_of: DateView
    status: str
    standfirst: Markup
    authors: tuple[str, ...]
    key_points: tuple[PointView, ...]
    open_questions: tuple[PointView, ...]
    body: BodyView
    matrix: MatrixView
    issues: tuple[IssueRowView, ...]
    claims: tuple[ClaimView, ...]
    events: tuple[EventView, ...]
    actor_groups: tuple[ActorGroupView, ...]
    terms: tuple[TermView, ...]
    updates: tuple[UpdateView, ...]
    sources: tuple[Card, ...]
    print_path: str = ""
    """Its print edition; "" if it has none."""
    notes: tuple[NoteView, ...] = ()
    """The numbered notes, filled after everything above has been numbered."""
    cards: tuple[Card, ...] = ()
    """The entities that links on this page lead to, for hover cards, each once."""


class ArticleRowView(NamedTuple):
    """An article in the list of a desk with several."""

    card: Card
    as_of: DateView
    status: str
    standfirst: Markup


class HomeContext(NamedTuple):
    """The home page of a site with no article or several (`home.html`)."""

    articles: tuple[ArticleRowView, ...]
    issues: tuple[IssueRowView, ...]
    actor_groups: tuple[ActorGroupView, ...]
    """All actors on a site without an article; with articles, each has its own."""
    updates: tuple[UpdateView, ...]
    notes: tuple[NoteView, ...] = ()
    cards: tuple[Card, ...] = ()


class IssueContext(NamedTuple):
    """`issues/<slug>/` (`issue.html`)."""

    card: Card
    title: str
    question: str
    summary: Markup
    stakes: Markup
    status: str
    cites: tuple[CiteView, ...]
    groups: tuple[StanceGroupView, ...]
    body: BodyView
    claims: tuple[ClaimView, ...]
    events: tuple[EventView, ...]
    related: tuple[Card, ...]
    updates: tuple[UpdateView, ...]
    backlinks: tuple[BacklinkView, ...]
    notes: tuple[NoteView, ...] = ()
    cards: tuple[Card, ...] = ()


class ActorContext(NamedTuple):
    """`actors/<slug>/` (`actor.html`)."""

    card: Card
    name: str
    kind: str
    short_name: str
    role: Markup
    aliases: tuple[str, ...]
    image: ImageView | None
    cites: tuple[CiteView, ...]
    affiliation: Card | None
    members: tuple[Card, ...]
    """Actors who name this one as their affiliation."""
    relations: tuple[RelationView, ...]
    """Its ties, its own first, then those others declare towards it."""
    same_as: tuple[str, ...]
    body: BodyView
    positions: tuple[PositionView, ...]
    claims_made: tuple[ClaimView, ...]
    claims_contested: tuple[ClaimView, ...]
    events: tuple[EventView, ...]
    updates: tuple[UpdateView, ...]
    backlinks: tuple[BacklinkView, ...]
    notes: tuple[NoteView, ...] = ()
    cards: tuple[Card, ...] = ()


class SourceContext(NamedTuple):
    """`sources/<slug>/` (`source.html`)."""

    card: Card
    title: str
    publisher: str
    authors: tuple[str, ...]
    published: DateView | None
    accessed: DateView | None
    url: str
    archived: str
    language: str
    kind: str
    file: str
    body: BodyView
    passages: tuple[PassageView, ...]
    """The passages cited, in the order of the text."""
    text: tuple[tuple[SpanView, ...], ...]
    """The whole text by paragraphs, if the source shows it; else ()."""
    cited_whole_by: tuple[BacklinkView, ...]
    """What cites the source without quoting words."""
    updates: tuple[UpdateView, ...]
    backlinks: tuple[BacklinkView, ...]
    notes: tuple[NoteView, ...] = ()
    cards: tuple[Card, ...] = ()


class SourceRowView(NamedTuple):
    """A source in the list."""

    card: Card
    kind: str
    authors: tuple[str, ...]
    published: DateView | None
    url: str
    archived: str
    passage_count: int
    use_count: int
    """How many places of the site rest on it."""


class IssuesContext(NamedTuple):
    """`issues/` (`issues.html`)."""

    issues: tuple[IssueRowView, ...]
    notes: tuple[NoteView, ...] = ()
    cards: tuple[Card, ...] = ()


class ActorsContext(NamedTuple):
    """`actors/` (`actors.html`): who is who."""

    groups: tuple[ActorGroupView, ...]
    relations: tuple[RelationView, ...]
    """All ties, affiliations among them (label `""`)."""
    map: RelationMapView | None = None
    """The same as a drawing; None where there are no ties."""
    notes: tuple[NoteView, ...] = ()
    cards: tuple[Card, ...] = ()


class PositionsContext(NamedTuple):
    """`positions/` (`positions.html`): the matrix."""

    matrix: MatrixView
    notes: tuple[NoteView, ...] = ()
    cards: tuple[Card, ...] = ()


class TimelineContext(NamedTuple):
    """`timeline/` (`timeline.html`)."""

    events: tuple[EventView, ...]
    """In order, undated ones where `after` puts them, else last."""
    actors: tuple[Card, ...]
    """The actors of these events, to filter by."""
    issues: tuple[Card, ...]
    chart: TimelineChartView | None = None
    """The same as a drawing; None where there is too little to draw."""
    notes: tuple[NoteView, ...] = ()
    cards: tuple[Card, ...] = ()


class ClaimsContext(NamedTuple):
    """`claims/` (`claims.html`)."""

    claims: tuple[ClaimView, ...]
    """Disputed ones first."""
    notes: tuple[NoteView, ...] = ()
    cards: tuple[Card, ...] = ()


class SourcesContext(NamedTuple):
    """`sources/` (`sources.html`)."""

    sources: tuple[SourceRowView, ...]
    evidence: str
    """What the site quotes of them, and of which it has no text, in a sentence or two."""
    notes: tuple[NoteView, ...] = ()
    cards: tuple[Card, ...] = ()


class TermsContext(NamedTuple):
    """`terms/` (`terms.html`)."""

    terms: tuple[TermView, ...]
    notes: tuple[NoteView, ...] = ()
    cards: tuple[Card, ...] = ()


class UpdatesContext(NamedTuple):
    """`updates/` (`updates.html`)."""

    updates: tuple[UpdateView, ...]
    """Newest first."""
    notes: tuple[NoteView, ...] = ()
    cards: tuple[Card, ...] = ()


class AboutContext(NamedTuple):
    """`about/` (`about.html`)."""

    body: BodyView
    sources: tuple[SourceRowView, ...]
    stances: tuple[StanceView, ...]
    notes: tuple[NoteView, ...] = ()
    cards: tuple[Card, ...] = ()


class PrintIssueView(NamedTuple):
    """An issue in the print edition."""

    card: Card
    question: str
    summary: Markup
    stakes: Markup
    status: str
    cites: tuple[CiteView, ...]
    groups: tuple[StanceGroupView, ...]
    body: BodyView


class PrintActorView(NamedTuple):
    """An actor in the print edition: the whole of their card and what is written of them."""

    card: Card
    role: Markup
    affiliation: Card | None
    cites: tuple[CiteView, ...]
    relations: tuple[RelationView, ...]
    body: BodyView


class PrintContext(NamedTuple):
    """The print edition of an article: the whole explainer on one page (`print.html`).

    Sources are numbered through. Ids in bodies begin with kind and slug of their entity.
    """

    title: str
    as_of: DateView
    status: str
    standfirst: Markup
    authors: tuple[str, ...]
    key_points: tuple[PointView, ...]
    body: BodyView
    claims: tuple[ClaimView, ...]
    open_questions: tuple[PointView, ...]
    matrix: MatrixView
    issues: tuple[PrintIssueView, ...]
    events: tuple[EventView, ...]
    actors: tuple[PrintActorView, ...]
    terms: tuple[TermView, ...]
    updates: tuple[UpdateView, ...]
    notes: tuple[NoteView, ...] = ()
    cards: tuple[Card, ...] = ()


class TallyView(NamedTuple):
    """How many hold a stance, on a card image."""

    symbol: str
    text: str
    """`For 2`."""
    colour: str
    x: int
    """Where it begins, in pixels."""


class CardImageView(NamedTuple):
    """A card image (`card.svg`), 1200 by 630 pixels; its only name beside it is `card`."""

    kicker: str
    """The small line on top: whose it is."""
    title: tuple[str, ...]
    """The title in lines."""
    size: int
    """The size of the title's letters, in pixels."""
    lines: tuple[str, ...]
    """What it is about, in lines."""
    tally: tuple[TallyView, ...]
    as_of: str
    colours: Mapping[str, str]
    """`paper`, `ink`, `muted`, `rule` and `accent` as `#rrggbb`."""


class SearchGroupView(NamedTuple):
    """The entities of a kind, by name."""

    kind: str
    title: str
    cards: tuple[Card, ...]


class SearchContext(NamedTuple):
    """`search/` (`search.html`): a plain index, and a field that searches where scripts run."""

    groups: tuple[SearchGroupView, ...]
    index_path: str
    """The folder of the search index."""
    notes: tuple[NoteView, ...] = ()
    cards: tuple[Card, ...] = ()


class DataFileView(NamedTuple):
    """A file of data to take away."""

    path: str
    title: str
    type: str
    """Its media type."""
    text: str
    """What is in it, in a sentence."""


class EmbedRowView(NamedTuple):
    """A part of the site that others can frame, in the list of them."""

    card: Card
    """What it shows."""
    path: str
    """The small framed page."""
    snippet: str
    """The HTML to copy; "" without a base address."""


class DataContext(NamedTuple):
    """`data/` (`data.html`): what can be taken away, in which forms, on what terms."""

    files: tuple[DataFileView, ...]
    missing: tuple[str, ...]
    """What is not made for this site, and why, in a sentence each."""
    feeds: tuple[AlternateView, ...]
    embeds: tuple[EmbedRowView, ...]
    """Issues, actors and claims to embed."""
    cite: CitationView | None
    notes: tuple[NoteView, ...] = ()
    cards: tuple[Card, ...] = ()


class EmbedContext(NamedTuple):
    """`embed/…` (`embed.html`): a part of the site for others to frame; small, and without a script.

    Of the last five fields only those are filled that the part is made of.
    """

    of: str
    """`issue`, `actor`, `claim`, `positions` or `timeline`."""
    title: str
    path: str
    """The page of this site that shows it whole."""
    as_of: DateView | None
    text: Markup = NOTHING
    groups: tuple[StanceGroupView, ...] = ()
    positions: tuple[PositionView, ...] = ()
    claim: ClaimView | None = None
    matrix: MatrixView | None = None
    events: tuple[EventView, ...] = ()
    notes: tuple[NoteView, ...] = ()
    cards: tuple[Card, ...] = ()


class NotFoundContext(NamedTuple):
    """`404.html` (`404.html`)."""

    style: str = ""
    """For a site without `base_url`: the style of this page, which then can't link to a style sheet."""
    notes: tuple[NoteView, ...] = ()
    cards: tuple[Card, ...] = ()


class RedirectContext(NamedTuple):
    """The page at an address that something had before (`redirect.html`)."""

    card: Card
    target: str
    """The path to go to."""
    notes: tuple[NoteView, ...] = ()
    cards: tuple[Card, ...] = ()


Context = (
    ArticleContext
    | HomeContext
    | IssueContext
    | ActorContext
    | SourceContext
    | IssuesContext
    | ActorsContext
    | PositionsContext
    | TimelineContext
    | ClaimsContext
    | SourcesContext
    | TermsContext
    | UpdatesContext
    | AboutContext
    | PrintContext
    | SearchContext
    | DataContext
    | EmbedContext
    | NotFoundContext
    | RedirectContext
)
