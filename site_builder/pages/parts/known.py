"""What is reported and not disputed: the lines of an article, else what follows from claims and events."""

# Without `from __future__ import annotations`: see `pages/making.py`.
import html
from collections.abc import Iterable, Sequence

from site_builder.content.models import Article, Claim, EntityId, Event, Source
from site_builder.links.graph import Linked
from site_builder.links.stretches import Stretch, stretches_of
from site_builder.pages import messages
from site_builder.pages.inline import Text
from site_builder.pages.making import Making
from site_builder.pages.parts.texts import PointView, points
from site_builder.pages.story import Story
from site_builder.values import NamedTuple

_MOST_DERIVED = 5
"""Lines that follow from claims and events."""


class KnownView(NamedTuple):
    """What is reported and not disputed."""

    heading: str
    """The name of its heading: `known` if each line is an agreed claim or rests on two sources of different
    publishers, else `reported`."""
    note: str
    """Whether all of it, or each line, is from one source; "" if neither is."""
    points: tuple[PointView, ...] = ()
    is_written: bool = False
    """Whether its lines are those of the article."""

    def __bool__(self) -> bool:
        return bool(self.points)


class _Line(NamedTuple):
    """A line with the sources it rests on."""

    point: PointView
    sources: frozenset[EntityId]
    is_agreed: bool = False


def known(making: Making, story: Story) -> KnownView:
    """The lines of `known`, else what follows from the story's claims and events.

    What they are called follows from their sources, and not from their author.
    """
    written = _written(making, story.article)
    lines = written or _derived(making, story)
    view = KnownView("known", "", tuple(line.point for line in lines), bool(written))
    if all(line.is_agreed or len(_publishers(making, line.sources)) > 1 for line in lines):
        return view
    sources = [line.sources for line in lines]
    note = ""
    if len(frozenset().union(*sources)) == 1:
        note = making.locale.translate(messages.OF_ONE_SOURCE["all"])
    elif all(len(line) == 1 for line in sources):
        note = making.locale.translate(messages.OF_ONE_SOURCE["each"])
    return view._replace(heading="reported", note=note)


def _written(making: Making, article: Linked) -> list[_Line]:
    """The lines that the article lists."""
    count = len(article.entry.record_of(Article).known)
    return [
        _Line(point, _sources_at(article, "known", number, "cite"))
        for number, point in enumerate(points(making, article, "known", count))
    ]


def _derived(making: Making, story: Story) -> list[_Line]:
    """Agreed claims, then the latest major events that rest on no words of a claim in question, in their order."""
    claims = [row for row in story.claims if is_agreed(row)][:_MOST_DERIVED]
    found = [
        _Line(
            PointView("", making.prose(row, "statement"), making.cites_at(row, "cite")),
            _sources_at(row, "cite"),
            is_agreed=True,
        )
        for row in claims
    ]
    events = _undisputed(making, story)
    room = _MOST_DERIVED - len(found)
    return [*found, *(_of_event(making, row) for row in events[max(0, len(events) - room) :])]


def _of_event(making: Making, event: Linked) -> _Line:
    record = event.entry.record_of(Event)
    title = html.escape(record.title, quote=False)
    point = PointView(
        "",
        Text.of(title, (title,), names=False),
        making.cites_at(event, "cite"),
        making.locale.date(record.date),
    )
    return _Line(point, _sources_at(event, "cite"))


def _undisputed(making: Making, story: Story) -> list[Linked]:
    """The major events that have a source, have happened, and share no words with a claim that is not agreed."""
    until = story.article.entry.record_of(Article).as_of.end
    rows = []
    for row in story.events:
        event = row.entry.record_of(Event)
        begin = event.date.begin
        is_later = until is not None and begin is not None and until.is_before(begin)
        has_happened = not event.planned and not is_later
        if event.importance == "major" and row.cites and has_happened:
            rows.append(row)
    if not rows:
        return []
    in_question = in_question_of(making, story.claims)
    return [
        row
        for row in rows
        if not any(
            ours.meets(their) for ours in stretches_of(making.graph, row) for their in in_question
        )
    ]


def in_question_of(making: Making, claims: Iterable[Linked]) -> Sequence[Stretch]:
    """The words that claims which are not agreed rest on."""
    graph = making.graph
    return [at for row in claims if not is_agreed(row) for at in stretches_of(graph, row)]


def is_agreed(claim: Linked) -> bool:
    """Whether a claim is agreed, and nobody is listed as against it."""
    record = claim.entry.record_of(Claim)
    return record.known_status == "agreed" and not record.contested_by


def _sources_at(linked: Linked, *where: str | int) -> frozenset[EntityId]:
    return frozenset(mark.source for mark in linked.cites.get(where, ()))


def _publishers(making: Making, sources: Iterable[EntityId]) -> set[str]:
    """Who published these sources, as far as that is said."""
    records = (making.pages.graph.linked[id].entry.record_of(Source) for id in sources)
    return {record.publisher for record in records if record.publisher}
