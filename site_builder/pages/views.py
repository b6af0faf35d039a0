"""Entities as pages show them: cards, positions, claims, events, notes.

A `PageViews` is made for one page. It numbers the citations in the order in which its methods are
called, so a context asks for things in the order in which they are read, and collects the cards
that links on the page need.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from typing import TypeVar, cast

from markupsafe import Markup

from site_builder.content.dates import Date
from site_builder.content.models import (
    Actor,
    Claim,
    EntityId,
    Event,
    Image,
    Issue,
    Source,
    Stance,
    Term,
    Update,
)
from site_builder.links.addresses import position_anchor
from site_builder.links.fields import former_point_anchors, point_anchors
from site_builder.links.graph import (
    Backlink,
    Graph,
    Href,
    Link,
    Linked,
    LinkedText,
    Mark,
    Photo,
    PositionAt,
)
from site_builder.links.order import claim_status
from site_builder.links.plain import heading_texts, plain_text
from site_builder.markdown.document import Heading
from site_builder.pages.briefs import Cards
from site_builder.pages.contexts import (
    NOTHING,
    ActorGroupView,
    ActorRowView,
    BacklinkView,
    BodyView,
    Card,
    CellView,
    ChangeView,
    CiteView,
    ClaimView,
    ContestView,
    Context,
    DateView,
    EarlierView,
    EventView,
    HeadingView,
    ImageView,
    IssueRowView,
    MatrixRowView,
    MatrixView,
    NoteView,
    PassageView,
    PointView,
    PositionView,
    RelationView,
    SourceRowView,
    SpanView,
    StanceGroupView,
    StanceView,
    TermView,
    UpdateView,
    VerdictView,
)
from site_builder.pages.dates import date_view
from site_builder.pages.excerpts import excerpt, marked_paragraphs
from site_builder.pages.naming import may_name, once_named
from site_builder.pages.page import relative_url
from site_builder.pages.timeline import gap
from site_builder.reading.yaml_path import YamlPath

LONGEST_TALLIED = 200
"""Issues in a list that shows each one's positions; a longer list shows the issues alone."""
LONGEST_TIED = 500
"""Actors in a list that shows their ties; a longer list shows the actors alone."""
MATRIX_MOST = (60, 200)
FRONT_MATRIX_MOST = (20, 60)
"""Issues and actors of a matrix, and of one on a front page; more help nobody. `MatrixView` says how many are left out."""
MOST_CARDS = 200
"""Cards of a page. One with more links is a list, whose rows say what the cards would."""

ACTOR_KINDS = ("person", "state", "organisation", "bloc", "armed force", "group", "")
"""The order in which kinds of actors are listed."""


def stance_views(stances: dict[str, Stance]) -> dict[str, StanceView]:
    """The vocabulary for templates, by slug, in order."""
    return {
        slug: StanceView(slug, row.label, row.symbol, row.tone, row.meaning or "")
        for slug, row in stances.items()
    }


_SPACE_BEFORE_MARKS = re.compile(r'\s+(?=<sup class="cites">)')


class PageViews:
    """The views of one page, numbered and collected as they are made."""

    def __init__(
        self,
        graph: Graph,
        cards: Cards,
        stances: dict[str, StanceView],
        path: str,
        own: EntityId | None = None,
    ) -> None:
        self.graph = graph
        self._all_cards = cards
        self._stances = stances
        self._path = path
        self._own = own
        self._cards: dict[EntityId, Card] = {}
        self._notes: dict[Mark, int] = {}
        self._marks: dict[int, list[str]] = {}
        self._mark_count = 0
        self._positions: dict[PositionAt, PositionView] = {}
        self._named: set[EntityId] = set()
        """The entities that a text of the page links to."""

    # what the page collects

    def notes(self) -> tuple[NoteView, ...]:
        """The numbered notes of everything asked for so far."""
        views = []
        own_language = self.graph.content.site.language
        for mark, number in self._notes.items():
            record = self.graph.linked[mark.source].entry.record
            assert isinstance(record, Source)
            views.append(
                NoteView(
                    number=number,
                    anchor=f"note-{number}",
                    source=self._all_cards.of(mark.source),
                    words=mark.words,
                    path=self.graph.addresses.of(mark.source, mark.anchor),
                    url=record.url or "",
                    archived=record.archived or "",
                    marks=tuple(self._marks[number]),
                    language="" if record.language in (None, own_language) else record.language,
                )
            )
        return tuple(views)

    def cards(self) -> tuple[Card, ...]:
        """The cards of the entities that links on the page lead to, in order of appearance."""
        return tuple(self._cards.values()) if len(self._cards) <= MOST_CARDS else ()

    # small things

    def card(self, id: EntityId) -> Card:
        """An entity that the page names."""
        card = self._cards.get(id)
        if card is None:
            card = self._cards[id] = self._all_cards.of(id)
        return card

    def card_list(self, ids: Iterable[EntityId]) -> tuple[Card, ...]:
        """Several entities in short, each once."""
        return tuple(self.card(id) for id in dict.fromkeys(ids))

    def stance(self, slug: str) -> StanceView:
        """A stance by its slug."""
        return self._stances[slug]

    def cites(self, marks: Sequence[Mark]) -> tuple[CiteView, ...]:
        """Citations, numbered on this page."""
        return tuple(self._cite(mark) for mark in marks)

    def _cite(self, mark: Mark) -> CiteView:
        number = self._notes.setdefault(mark, len(self._notes) + 1)
        self._mark_count += 1
        anchor = f"cite-{self._mark_count}"
        self._marks.setdefault(number, []).append(anchor)
        return CiteView(number, self.graph.addresses.of(mark.source, mark.anchor), anchor)

    def text(self, text: LinkedText, *, names: bool = True) -> Markup:
        """A linked text as HTML of this page. Marks follow their word without a space.

        A name links by itself where it first stands on a page; nowhere in this text without `names`.
        """
        text = once_named(text, self._named if names else None, self._own)
        if len(text) == 1 and isinstance(text[0], str):
            return Markup(text[0])  # noqa: S704  # finished HTML
        markup = "".join([self._part(part) for part in text])
        if '<sup class="cites">' in markup:
            markup = _SPACE_BEFORE_MARKS.sub("", markup)
        return Markup(markup)  # noqa: S704  # each part is escaped

    def _part(self, part: object) -> str:
        if isinstance(part, str):
            return part
        if isinstance(part, Link):
            return self._link(part)
        if isinstance(part, Mark):
            return marks_html((self._cite(part),), self._path)
        if isinstance(part, Href):
            return self._href(part)
        assert isinstance(part, Photo)
        src = html.escape(relative_url(part.path, self._path))
        alt = html.escape(part.alt)
        return f'<img src="{src}" alt="{alt}" loading="lazy" decoding="async">'

    def _link(self, link: Link) -> str:
        card = self.card(link.target)
        path = self.graph.addresses.of(link.target, link.anchor)
        href = html.escape(relative_url(path, self._path))
        text = html.escape(link.text, quote=False)
        return (
            f'<a class="ref ref-{card.kind}" href="{href}" '
            f'data-card="card-{card.kind}-{html.escape(card.slug)}">{text}</a>'
        )

    def _href(self, href: Href) -> str:
        title = f' title="{html.escape(href.title)}"' if href.title else ""
        if href.path is not None:
            return f'<a href="{html.escape(relative_url(href.path, self._path))}"{title}>'
        rel = "" if href.url.startswith(("#", "mailto:")) else ' rel="external noopener"'
        return f'<a href="{html.escape(href.url)}"{title}{rel}>' if href.url else "<a>"

    def prose(self, linked: Linked, *where: str | int) -> Markup:
        """A field of prose, or nothing."""
        text = linked.prose.get(where)
        return self.text(text, names=may_name(where)) if text else NOTHING

    def body(self, linked: Linked) -> BodyView:
        """The Markdown body."""
        return self.body_of(self.graph.body(linked), linked.entry.headings)

    def body_of(self, text: LinkedText, headings: Iterable[Heading]) -> BodyView:
        """A Markdown body with its headings as the page shows them."""
        texts = heading_texts(text)
        views = (
            HeadingView(row.level, row.anchor, texts.get(row.anchor, row.text)) for row in headings
        )
        return BodyView(self.text(text), tuple(views))

    def cites_at(self, linked: Linked, *where: str | int) -> tuple[CiteView, ...]:
        """The citations of a `cite` field."""
        return self.cites(linked.cites.get(where, ()))

    def image(self, image: Image | None) -> ImageView | None:
        """A picture, if its file is there."""
        if image is None:
            return None
        return ImageView(self.graph.file_of(image.src), image.alt, image.credit or "")

    # records

    def position(self, at: PositionAt) -> PositionView:
        """A position; the same one, with the same numbers, wherever the page shows it."""
        if at not in self._positions:
            self._positions[at] = self._position(at)
        return self._positions[at]

    def _position(self, at: PositionAt) -> PositionView:
        linked = self.graph.linked[at.issue]
        record = linked.entry.record
        assert isinstance(record, Issue)
        row = record.positions[at.number]
        where: YamlPath = ("positions", at.number)
        actor = linked.refs[(*where, "actor")]
        anchor = position_anchor(actor)
        summary = self.prose(linked, *where, "summary")
        cites = self.cites_at(linked, *where, "cite")
        earlier = tuple(
            EarlierView(
                stance=self.stance(before.stance),
                summary=self.prose(linked, *where, "earlier", index, "summary"),
                as_of=date_view(before.as_of) if before.as_of else None,
                cites=self.cites_at(linked, *where, "earlier", index, "cite"),
            )
            for index, before in enumerate(row.earlier)
        )
        return PositionView(
            actor=self.card(actor),
            issue=self.card(at.issue),
            stance=self.stance(row.stance),
            anchor=anchor,
            path=self.graph.addresses.of(at.issue, anchor),
            summary=summary,
            line=plain_text(linked.prose.get((*where, "summary"), ())),
            as_of=date_view(row.as_of) if row.as_of else None,
            earlier=earlier,
            cites=cites,
        )

    def stance_groups(self, issue: EntityId) -> tuple[StanceGroupView, ...]:
        """The positions on an issue by stance, in the order of the vocabulary."""
        linked = self.graph.linked[issue]
        record = linked.entry.record
        assert isinstance(record, Issue)
        groups = []
        for stance in self._stances.values():
            positions = tuple(
                self.position(PositionAt(issue, index))
                for index, row in enumerate(record.positions)
                if row.stance == stance.slug and ("positions", index, "actor") in linked.refs
            )
            if positions:
                groups.append(StanceGroupView(stance, positions))
        return tuple(groups)

    def issue_rows(self, ids: Sequence[EntityId]) -> tuple[IssueRowView, ...]:
        """Issues in a list, with their positions unless the list is longer than helps."""
        tallied = len(ids) <= LONGEST_TALLIED
        return tuple(self._issue_row(id, tallied=tallied) for id in ids)

    def _issue_row(self, id: EntityId, *, tallied: bool) -> IssueRowView:
        brief = self._all_cards.briefs[id]
        return IssueRowView(
            card=self.card(id),
            question=brief.card.line or brief.card.name,
            summary=self.text(brief.summary, names=False),
            status=brief.card.detail,
            groups=self.stance_groups(id) if tallied else (),
        )

    def matrix(
        self,
        issues: Sequence[EntityId],
        actors: Sequence[EntityId],
        as_of: DateView | None,
        most: tuple[int, int] = MATRIX_MOST,
        *,
        listed: bool = False,
    ) -> MatrixView:
        """Who wants what, for these issues and those of these actors who take a position on one.

        At most so many of them, in their order; if `listed`, by issue as well.
        """
        most_issues, most_actors = most
        shown = issues[:most_issues]
        wanted = set(shown)
        rows: list[MatrixRowView] = []
        ids: set[str] = set()
        more_actors = 0
        for actor in actors:
            held = {
                at.issue: at for at in self.graph.positions_of.get(actor, ()) if at.issue in wanted
            }
            if not held:
                continue
            if len(rows) == most_actors:
                more_actors += 1
                continue
            cells = tuple(
                CellView(
                    issue=self.card(issue),
                    anchor=_cell_id(actor, issue, ids),
                    position=self.position(held[issue]) if issue in held else None,
                )
                for issue in shown
            )
            rows.append(MatrixRowView(self.card(actor), f"row-{actor.slug}", cells))
        more_issues = len(issues) - len(shown)
        by_issue = tuple(self._issue_row(id, tallied=True) for id in shown if listed)
        return MatrixView(
            self.card_list(shown), tuple(rows), as_of, more_issues, more_actors, by_issue
        )

    def points(self, linked: Linked, field: str, count: int) -> tuple[PointView, ...]:
        """The key points or open questions of an article."""
        anchors = point_anchors(linked.entry)
        former = former_point_anchors(linked.entry)
        return tuple(
            PointView(
                anchor=anchors[(field, index)],
                text=_with_former_id(former.get((field, index), ""))
                + self.prose(linked, field, index, "text"),
                cites=self.cites_at(linked, field, index, "cite"),
            )
            for index in range(count)
        )

    def claim(self, linked: Linked) -> ClaimView:
        """A claim."""
        record = linked.entry.record
        assert isinstance(record, Claim)
        statement = self.prose(linked, "statement")
        cites = self.cites_at(linked, "cite")
        contests = tuple(
            ContestView(
                actor=self._card_at(linked, "contested_by", index, "actor"),
                statement=self.prose(linked, "contested_by", index, "statement"),
                cites=self.cites_at(linked, "contested_by", index, "cite"),
            )
            for index in range(len(record.contested_by))
        )
        verdict = None
        if record.verdict:
            verdict = VerdictView(
                rating=record.verdict.rating,
                reviewer=record.verdict.reviewer,
                text=self.prose(linked, "verdict", "text"),
                date=date_view(record.verdict.date) if record.verdict.date else None,
                url=record.verdict.url or "",
            )
        return ClaimView(
            card=self._all_cards.of(linked.entry.id),
            anchor=linked.entry.slug,
            statement=statement,
            status=claim_status(record),
            made_by=tuple(
                dict.fromkeys(
                    self._card_at(linked, "made_by", index) for index in range(len(record.made_by))
                )
            ),
            contested_by=contests,
            verdict=verdict,
            issues=self.card_list(linked.refs_at("issues")),
            cites=cites,
            changes=self.changes(linked.entry.id),
        )

    def _card_at(self, linked: Linked, *where: str | int) -> Card:
        """The card of whom a field names; one that leads nowhere for what has expired."""
        id = linked.refs.get(where)
        if id:
            return self.card(id)
        title = linked.expired[where]
        return Card("", "", "", title, title, "")

    def event(self, linked: Linked) -> EventView:
        """An event."""
        record = linked.entry.record
        assert isinstance(record, Event)
        return EventView(
            card=self._all_cards.of(linked.entry.id),
            anchor=linked.entry.slug,
            date=date_view(record.date),
            title=record.title,
            text=self.prose(linked, "text"),
            importance=record.importance,
            actors=self.card_list(linked.refs_at("actors")),
            issues=self.card_list(linked.refs_at("issues")),
            cites=self.cites_at(linked, "cite"),
            changes=self.changes(linked.entry.id),
        )

    def events(self, rows: Iterable[Linked]) -> tuple[EventView, ...]:
        """Events in this order, each with the time since the one before."""
        views: list[EventView] = []
        before: Date | None = None
        for linked in rows:
            assert isinstance(linked.entry.record, Event)
            date = linked.entry.record.date
            passed = gap(before, date) if before else None
            views.append(self.event(linked)._replace(gap=passed))
            before = date
        return tuple(views)

    def changes(self, id: EntityId) -> tuple[ChangeView, ...]:
        """The update notes that touch an entity, newest first, in short."""
        views = []
        for note in self.graph.naming("update.touches", id):
            record = self.graph.linked[note].entry.record
            assert isinstance(record, Update)
            path = self.graph.addresses.of(note)
            views.append(ChangeView(record.kind, date_view(record.date), path))
        return tuple(views)

    def update(self, linked: Linked) -> UpdateView:
        """A note of what changed."""
        record = linked.entry.record
        assert isinstance(record, Update)
        return UpdateView(
            card=self._all_cards.of(linked.entry.id),
            anchor=linked.entry.slug,
            date=date_view(record.date),
            kind=record.kind,
            text=self.prose(linked, "text"),
            touches=self.card_list(linked.refs_at("touches")),
        )

    def term(self, linked: Linked) -> TermView:
        """A glossary entry."""
        record = linked.entry.record
        assert isinstance(record, Term)
        return TermView(
            card=self._all_cards.of(linked.entry.id),
            anchor=linked.entry.slug,
            name=linked.entry.title,
            definition=self.prose(linked, "definition"),
            aliases=record.aliases,
            cites=self.cites_at(linked, "cite"),
            mentioned_on=self.backlinks(linked.entry.id),
            changes=self.changes(linked.entry.id),
        )

    def actor_row(self, id: EntityId) -> ActorRowView:
        """An actor in a list."""
        brief = self._all_cards.briefs[id]
        return ActorRowView(
            card=self.card(id),
            role=self.text(brief.summary, names=False),
            affiliation=self.card(brief.affiliation) if brief.affiliation else None,
            image=self.image(brief.image),
            position_count=len(self.graph.positions_of.get(id, ())),
        )

    def actor_groups(self, actors: Iterable[EntityId]) -> tuple[ActorGroupView, ...]:
        """Actors by kind."""
        by_kind: dict[str, list[EntityId]] = {kind: [] for kind in ACTOR_KINDS}
        for id in actors:
            by_kind[self._all_cards.briefs[id].card.subkind].append(id)
        return tuple(
            ActorGroupView(kind, tuple(self.actor_row(id) for id in ids))
            for kind, ids in by_kind.items()
            if ids
        )

    def relations(self, linked: Linked, to: EntityId | None = None) -> tuple[RelationView, ...]:
        """The ties that an actor's record declares; with `to`, those to that actor."""
        record = linked.entry.record
        assert isinstance(record, Actor)
        fields = linked.refs if to is None else linked.fields_by_target.get(to, ())
        return tuple(
            RelationView(
                from_actor=self.card(linked.entry.id),
                to_actor=self.card(linked.refs[where]),
                label=record.relations[int(where[1])].label,
                cites=self.cites_at(linked, "relations", where[1], "cite"),
            )
            for where in fields
            if where[0] == "relations"
        )

    def backlinks(self, id: EntityId) -> tuple[BacklinkView, ...]:
        """The places that mention an entity."""
        return self.backlink_views(self.graph.backlinks.get(id, ()))

    def backlink_views(self, rows: Iterable[Backlink]) -> tuple[BacklinkView, ...]:
        """Places that refer to something."""
        return tuple(
            BacklinkView(
                source=self._all_cards.of(row.source),
                path=self.graph.addresses.of(row.source, row.anchor),
                relation=row.relation,
                sentence=row.sentence,
            )
            for row in rows
        )

    def source_row(self, linked: Linked) -> SourceRowView:
        """A source in a list."""
        record = linked.entry.record
        assert isinstance(record, Source)
        cited = self.graph.sources[linked.entry.id]
        return SourceRowView(
            card=self._all_cards.of(linked.entry.id),
            kind=record.kind or "",
            authors=record.authors,
            published=date_view(record.published) if record.published else None,
            url=record.url or "",
            archived=record.archived or "",
            passage_count=len(cited.passages),
            use_count=sum(len(rows) for rows in cited.uses.values()),
        )

    def passages(self, id: EntityId) -> tuple[PassageView, ...]:
        """The passages of a source that the site rests on, in the order of its text."""
        cited = self.graph.sources[id]
        if cited.text is None:
            return ()
        return tuple(
            PassageView(
                anchor=anchor,
                words=cited.text.text[passage.start : passage.end],
                paragraph=excerpt(cited.text, passage, anchor),
                cited_by=self.backlink_views(cited.uses.get(anchor, ())),
            )
            for anchor, (_, passage) in cited.passages.items()
        )

    def full_text(self, id: EntityId) -> tuple[tuple[SpanView, ...], ...]:
        """A source's whole text by paragraphs, with the passages marked."""
        cited = self.graph.sources[id]
        if cited.text is None:
            return ()
        passages = {anchor: passage for anchor, (_, passage) in cited.passages.items()}
        return marked_paragraphs(cited.text, passages)


def _cell_id(actor: EntityId, issue: EntityId, taken: set[str]) -> str:
    """The id of a cell in the matrix: a number tells 'a' on 'b-c' from 'a-b' on 'c'."""
    anchor = wanted = f"cell-{actor.slug}-{issue.slug}"
    number = 1
    while anchor in taken:
        number += 1
        anchor = f"{wanted}--{number}"
    taken.add(anchor)
    return anchor


def _with_former_id(anchor: str) -> Markup:
    """A place for an id that something used to have."""
    return Markup('<span id="{}"></span>').format(anchor) if anchor else Markup()


def marks_html(cites: Sequence[CiteView], page: str) -> str:
    """Citation marks as they stand in a text."""
    if not cites:
        return ""
    links = "".join(
        f'<a class="cite" id="{cite.anchor}" href="{html.escape(relative_url(cite.path, page))}" '
        f'data-note="note-{cite.number}" aria-label="Source {cite.number}">{cite.number}</a>'
        for cite in cites
    )
    return f'<sup class="cites">{links}</sup>'


_C = TypeVar("_C", bound=Context)


def with_notes(context: _C, views: PageViews) -> _C:
    """A context with the notes and cards that making it has collected."""
    return cast("_C", context._replace(notes=views.notes(), cards=views.cards()))
