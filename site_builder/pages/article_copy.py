"""What the Markdown copy of an article is written from."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from site_builder.content.models import Article
from site_builder.pages.briefs import Card
from site_builder.pages.dates import DateView
from site_builder.pages.inline import Text
from site_builder.pages.making import Making
from site_builder.pages.parts.claims import ClaimView, claims
from site_builder.pages.parts.events import EventView, events
from site_builder.pages.parts.issues import IssueRowView, issue_rows
from site_builder.pages.parts.known import KnownView, known
from site_builder.pages.parts.texts import BodyView, PointView, body, points
from site_builder.pages.parts.updates import UpdateView, updates
from site_builder.pages.story import Story
from site_builder.values import NamedTuple


class ArticleCopyContext(NamedTuple):
    """The Markdown copy of an article."""

    title: str
    as_of: DateView
    status: str
    standfirst: Text
    key_points: tuple[PointView, ...]
    known: KnownView
    open_questions: tuple[PointView, ...]
    body: BodyView
    issues: tuple[IssueRowView, ...]
    claims: tuple[ClaimView, ...]
    events: tuple[EventView, ...]
    actors: tuple[Card, ...]
    updates: tuple[UpdateView, ...]


def copy_context(making: Making, story: Story, record: Article) -> ArticleCopyContext:
    """What the copy of an article shows: all of its story."""
    linked = story.article
    return ArticleCopyContext(
        title=record.title,
        as_of=making.locale.date(record.as_of),
        status=record.status or "",
        standfirst=making.prose(linked, "standfirst"),
        key_points=points(making, linked, "key_points", len(record.key_points)),
        known=known(making, story),
        open_questions=points(making, linked, "open_questions", len(record.open_questions)),
        body=body(making, linked),
        claims=claims(making, story.claims),
        issues=issue_rows(making, story.issues, len(story.issues)),
        events=events(making, story.events),
        actors=tuple(making.pages.cards.of(id) for id in story.actors),
        updates=updates(making, story.updates),
    )
