"""An article, the front door of a story: `article.html`. With a single article it is the home page."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from site_builder.content.models import Article
from site_builder.pages.article_copy import copy_context
from site_builder.pages.briefs import Card
from site_builder.pages.dates import DateView
from site_builder.pages.inline import Text
from site_builder.pages.making import Made, Making, PageType
from site_builder.pages.parts.board import BoardView, board
from site_builder.pages.parts.opening import StoryView
from site_builder.pages.parts.opening import story as story_view
from site_builder.pages.parts.picture import PictureView, front_picture
from site_builder.pages.parts.strip import StripView, strip
from site_builder.pages.parts.texts import BodyView, PointView, body, points
from site_builder.pages.parts.updates import UpdateView, updates
from site_builder.pages.routes import each
from site_builder.pages.story import Story, is_printed, print_path, story_of
from site_builder.values import NamedTuple


class CountsView(NamedTuple):
    """How much of a thing there is, for the links to the rest."""

    actors: int
    terms: int
    claims: int
    sources: int
    passages: int
    """The passages that this page quotes."""


class ArticleContext(NamedTuple):
    """An article's page (`article.html`), which is the home page where there is but one."""

    card: Card
    title: str
    as_of: DateView
    status: str
    standfirst: Text
    authors: tuple[str, ...]
    key_points: tuple[PointView, ...]
    board: BoardView
    """What is reported, disputed and not known."""
    picture: PictureView
    """Questions by sides."""
    drawing: str
    """Where the picture stands as SVG, to save; "" if the site has no drawings."""
    strip: StripView
    """When it happened, in short."""
    body: BodyView
    """The text, whole."""
    story: StoryView
    """The same in two parts: its opening, and the rest, which unfolds."""
    issues: tuple[Card, ...]
    """Its questions; the detail of a card is where the question stands."""
    updates: tuple[UpdateView, ...]
    counts: CountsView
    print_path: str = ""
    """Its print edition; "" if it has none."""


def make(making: Making) -> Made:
    """The page of an article, or what its copy is written from."""
    story = story_of(making.pages, making.own)
    record = story.article.entry.record_of(Article)
    made = _page if making.form.html else copy_context
    line = making.pages.cards.of(making.own).line
    return Made("article.html", record.title, line, made(making, story, record))


def _page(making: Making, story: Story, record: Article) -> ArticleContext:
    linked = story.article
    graph = making.pages.graph
    return ArticleContext(
        card=making.pages.cards.of(making.own),
        title=record.title,
        as_of=making.locale.date(record.as_of),
        status=record.status or "",
        standfirst=making.prose(linked, "standfirst"),
        authors=record.authors or graph.content.site.authors,
        key_points=points(making, linked, "key_points", len(record.key_points)),
        board=board(making, story),
        picture=front_picture(making, story.issues),
        drawing=_drawing(making),
        strip=strip(making, (row.entry.id for row in story.events)),
        body=(text := body(making, linked)),
        story=story_view(text, making.locale.language),
        issues=tuple(making.pages.cards.of(id) for id in story.issues),
        updates=updates(making, story.updates),
        print_path=print_path(graph, linked) if is_printed(graph, linked) else "",
        counts=_counts(making, story),
    )


def _drawing(making: Making) -> str:
    """The drawing of the picture, which a site with one story has."""
    graph = making.graph
    return "positions.svg" if "cards" in graph.exports and len(graph.ids_of("article")) == 1 else ""


def _counts(making: Making, story: Story) -> CountsView:
    notes = making.notes()
    named = len(story.article.refs_at("sources"))
    return CountsView(
        actors=len(story.actors),
        terms=len(story.terms),
        claims=len(story.claims),
        sources=named or len({note.source for note in notes}),
        passages=sum(bool(note.words) for note in notes),
    )


PAGE = PageType("article", each("article"), make)
