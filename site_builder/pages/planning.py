"""Which pages there are, and what each shows.

`plan` lists the pages; `make` makes one. A page depends on the graph and on nothing else, so pages
can be made in any order and in any process.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import ClassVar, NamedTuple, Protocol

from markupsafe import Markup

from site_builder import __version__
from site_builder.content.models import (
    DEFAULT_STANCES,
    Actor,
    Article,
    EntityId,
    Issue,
    Source,
)
from site_builder.links.graph import Graph, Linked, PositionAt
from site_builder.links.navigation import Destination, destinations
from site_builder.links.tracing import facet
from site_builder.pages import contexts as c
from site_builder.pages.alone import ALONE
from site_builder.pages.briefs import Brief, Cards
from site_builder.pages.dates import date_view
from site_builder.pages.embeds import embed_context, embeddable, whole_path
from site_builder.pages.evidence import evidence_in_words
from site_builder.pages.page import Page, file_of
from site_builder.pages.policy import content_policy
from site_builder.pages.print_edition import Story, is_printed, print_context, print_path
from site_builder.pages.redirects import Redirect
from site_builder.pages.relation_map import relation_map
from site_builder.pages.timeline import timeline_chart
from site_builder.pages.views import (
    FRONT_MATRIX_MOST,
    LONGEST_TIED,
    PageViews,
    stance_views,
    with_notes,
)

INDEX_TITLES = {
    "issues/": "Issues",
    "positions/": "Positions",
    "timeline/": "Timeline",
    "actors/": "Who is who",
    "claims/": "Claims",
    "sources/": "Sources",
    "terms/": "Terms",
    "updates/": "Updates",
    "about/": "About",
    "search/": "Search",
    "data/": "Data to take away",
}
INDEX_DESCRIPTIONS = {
    "issues/": "The questions that keep the sides apart.",
    "positions/": "Who wants what: every actor's position on every issue.",
    "timeline/": "What happened, as far as the order is known.",
    "actors/": "The people and bodies in this story.",
    "claims/": "What is claimed, by whom, and what is said against it.",
    "sources/": "The documents that this explainer names.",
    "terms/": "Words used here, and what they mean.",
    "updates/": "What changed here, and corrections.",
    "about/": "How this explainer is made.",
    "search/": "Everything here by name, and a search of its words.",
    "data/": "This explainer as data, feeds and parts to embed, and how to cite it.",
}
_SEARCHED = {
    "article": "Articles",
    "issue": "Issues",
    "actor": "People and bodies",
    "claim": "Claims",
    "event": "Events",
    "term": "Terms",
    "source": "Sources",
}
INDEX_FOLDER = "pagefind/"
"""Where the index of the search stands."""


class Route(NamedTuple):
    """A page there is to be: its type, its path, and its entity if it is one's page."""

    type: str
    path: str
    id: EntityId | None = None


class Copy(NamedTuple):
    """A file made beside the pages, of what they are made of: its format, its path, its entity."""

    format: str
    path: str
    id: EntityId | None = None
    made_as: str = ""
    """The path of the copy whose bytes it has, if it stands at an address of before."""


def plan(graph: Graph) -> tuple[Route, ...]:
    """All pages of the site, in a fixed order."""
    articles = graph.ids_of("article")
    home = Route("home", "", articles[0] if len(articles) == 1 else None)
    routes = [home]
    for kind in ("article", "issue", "actor", "source"):
        paths = ((graph.addresses.page_of(id), id) for id in graph.ids_of(kind))
        routes += [Route(kind, path, id) for path, id in paths if path]
    routes += [Route(path.rstrip("/"), path) for path in graph.index_pages]
    for row in graph.of_kind("article"):
        if is_printed(graph, row):
            routes.append(Route("print", print_path(graph, row), row.entry.id))
    exports = graph.exports
    routes += [Route(name, f"{name}/") for name in ("search", "data") if name in exports]
    if "embeds" in exports:
        routes += [Route("embed", part.path, part.id) for part in embeddable(graph)]
    routes.append(Route("404", "404.html"))
    return tuple(routes)


class Describer(Protocol):
    """What pages say to machines and to those who quote them: `site_builder.exports.describing`."""

    @property
    def icons(self) -> tuple[c.IconView, ...]:
        """The icons of the site."""

    def page(self, pages: Pages, route: Route, title: str) -> c.ReuseView:
        """What one page says."""

    def data(self, pages: Pages) -> c.DataContext:
        """What can be taken away from the site."""


_POLICY = Markup(content_policy(searches=False))  # noqa: S704  # words of our own
_ALONE = Markup(content_policy(searches=False, alone=True))  # noqa: S704
_SEARCHING = Markup(content_policy(searches=True))  # noqa: S704
_Made = tuple[str, str, str, c.Context]
"""Template, title, description and context of a page."""


class Pages:
    """Makes the pages of a site."""

    def __init__(
        self,
        graph: Graph,
        briefs: Mapping[EntityId, Brief],
        *,
        drafts: bool,
        describer: Describer | None = None,
    ) -> None:
        self.graph = graph
        self.drafts = drafts
        self.describer = describer
        self.cards = Cards(graph, briefs)
        self.stances = stance_views(graph.content.site.stances or DEFAULT_STANCES)

    @cached_property
    def site(self) -> c.SiteView:
        """What holds for the whole site."""
        site = self.graph.content.site
        heads = self.graph.heads.values()
        return c.SiteView(
            title=site.title,
            description=site.description or "",
            language=site.language,
            base_url=site.base_url or "",
            publisher=site.publisher or "",
            authors=site.authors,
            licence=site.licence or "",
            stances=tuple(self.stances.values()),
            has_drafts=self.drafts and any(head.draft for head in heads),
            generator=f"site_builder {__version__}",
            theme=site.theme,
            icons=self.describer.icons if self.describer else (),
            search_path="search/" if "search" in self.graph.exports else "",
            data_path="data/" if "data" in self.graph.exports else "",
        )

    @property
    def issues(self) -> tuple[EntityId, ...]:
        """All issues in order."""
        return self.graph.sequence("issue")

    def positions_of(self, actor: EntityId) -> tuple[PositionAt, ...]:
        """An actor's positions, in the order of the issues."""
        self.graph.trace.facets.add(facet("sequence", "issue"))
        held = self.graph.positions_of.get(actor, ())
        return tuple(sorted(held, key=lambda at: self._ranks[at.issue]))

    @cached_property
    def _ranks(self) -> Mapping[EntityId, int]:
        """Where each issue stands among all."""
        return {id: rank for rank, id in enumerate(self.issues)}

    @property
    def actors(self) -> tuple[EntityId, ...]:
        """All actors in order."""
        return self.graph.sequence("actor")

    @property
    def events(self) -> tuple[Linked, ...]:
        """All events in order."""
        return self._in_order("event")

    @property
    def claims(self) -> tuple[Linked, ...]:
        """All claims, disputed ones first."""
        return self._in_order("claim")

    @property
    def updates(self) -> tuple[Linked, ...]:
        """All updates, newest first."""
        return self._in_order("update")

    def _in_order(self, kind: str) -> tuple[Linked, ...]:
        return tuple(self.graph.linked[id] for id in self.graph.sequence(kind))

    def naming(self, field: str, id: EntityId) -> tuple[Linked, ...]:
        """The entries whose field (`event.actors`) names an entity, in order."""
        return tuple(self.graph.linked[other] for other in self.graph.naming(field, id))

    def make(self, route: Route) -> Page:
        """One page."""
        views = PageViews(self.graph, self.cards, self.stances, route.path, route.id)
        maker = self._MAKERS[route.type if route.type != "home" or not route.id else "article"]
        template, title, description, context = maker(self, views, route)
        return Page(
            file=file_of(route.path),
            template=template,
            site=self.site,
            view=self._view(route, title, description),
            content=with_notes(context, views),
        )

    def make_redirect(self, redirect: Redirect) -> Page:
        """The page at an old path, which sends readers on."""
        route = Route("redirect", redirect.old, redirect.id)
        card = self.cards.of(redirect.id)
        return Page(
            file=file_of(redirect.old),
            template="redirect.html",
            site=self.site,
            view=self._view(route, card.name, ""),
            content=c.RedirectContext(card, redirect.new),
        )

    def _view(self, route: Route, title: str, description: str) -> c.PageView:
        site = self.graph.content.site
        linked = self.graph.linked[route.id] if route.id else None
        about = self.graph.content.about
        file = (
            linked.entry.file if linked else about.file if route.type == "about" and about else ""
        )
        says = self.describer.page(self, route, title) if self.describer else c.ReuseView()
        canonical = route.path if route.type != "embed" else whole_path(self.graph, route)
        return c.PageView(
            type=route.type,
            path=route.path,
            title=title,
            description=description or site.description or "",
            canonical=f"{site.base_url}{canonical}" if site.base_url else "",
            policy=self._policy(route),
            nav=self._nav(route.path),
            trail=self.trail(route),
            draft=bool(linked and linked.entry.record.draft),
            source_file=file,
            **says._asdict(),
        )

    def _policy(self, route: Route) -> Markup:
        """What a page may load."""
        if route.type == "404" and not self.graph.content.site.base_url:
            return _ALONE
        return _SEARCHING if route.type == "search" else _POLICY

    def trail(self, route: Route) -> tuple[tuple[str, str], ...]:
        """The way to a page from the home page, without the page itself."""
        if not route.path or route.type in ("404", "embed"):
            return ()
        home = ((self.graph.content.site.title, ""),)
        parent = route.path.split("/")[0] + "/"
        if route.id and parent in INDEX_TITLES:
            return (*home, (INDEX_TITLES[parent], parent))
        return home

    def _nav(self, current: str) -> tuple[c.NavView, ...]:
        site = self.graph.content.site
        if not site.nav:
            return tuple(
                c.NavView(INDEX_TITLES[path], path, current=current.startswith(path))
                for path in self.graph.index_pages
            )
        views = []
        for item, to in zip(site.nav, self._destinations, strict=True):
            if to.problem:
                continue
            path = to.path or ""
            within = path.endswith("/") and current.startswith(path)
            here = to.path is not None and (current == path or within)
            views.append(c.NavView(item.title, path, to.href, here))
        return tuple(views)

    @cached_property
    def _destinations(self) -> tuple[Destination, ...]:
        return destinations(self.graph)

    # one method a kind of page: template, title, description, context

    def story(self, id: EntityId) -> Story:
        """An article and what belongs to it: with a single article, everything."""
        article = self.graph.linked[id]
        only = len(self.graph.ids_of("article")) == 1
        record = article.entry.record
        assert isinstance(record, Article)
        issues = article.refs_at("issues") if record.issues else self.issues
        actors = article.refs_at("actors")
        if not record.actors:
            actors = self.actors if only else self._actors_of(issues)
        wanted = set(issues)
        touched = {id, *issues, *actors}
        return Story(
            article,
            issues,
            actors,
            tuple(row for row in self.claims if only or wanted & set(row.refs_at("issues"))),
            tuple(row for row in self.events if only or wanted & set(row.refs_at("issues"))),
            self.graph.of_kind("term") if only else (),
            tuple(row for row in self.updates if only or touched & set(row.refs_at("touches"))),
        )

    def _article(self, views: PageViews, route: Route) -> _Made:
        assert route.id is not None
        story = self.story(route.id)
        linked = story.article
        record = linked.entry.record
        assert isinstance(record, Article)
        as_of = date_view(record.as_of)
        context = c.ArticleContext(
            card=self.cards.of(route.id),
            title=record.title,
            as_of=as_of,
            status=record.status or "",
            standfirst=views.prose(linked, "standfirst"),
            authors=record.authors or self.graph.content.site.authors,
            key_points=views.points(linked, "key_points", len(record.key_points)),
            body=views.body(linked),
            claims=tuple(views.claim(row) for row in story.claims),
            open_questions=views.points(linked, "open_questions", len(record.open_questions)),
            matrix=views.matrix(story.issues, story.actors, as_of, FRONT_MATRIX_MOST, listed=True),
            issues=views.issue_rows(story.issues),
            events=views.events(story.events),
            actor_groups=views.actor_groups(story.actors),
            terms=tuple(views.term(row) for row in story.terms),
            updates=tuple(views.update(row) for row in story.updates),
            sources=self._sources(views, linked),
            print_path=print_path(self.graph, linked) if is_printed(self.graph, linked) else "",
        )
        return "article.html", record.title, self.cards.of(route.id).line, context

    def _print(self, views: PageViews, route: Route) -> _Made:
        assert route.id is not None
        context = print_context(views, self.story(route.id), self.graph.content.site.authors)
        return "print.html", context.title, self.cards.of(route.id).line, context

    def _actors_of(self, issues: tuple[EntityId, ...]) -> tuple[EntityId, ...]:
        """The actors who take a position on one of these issues."""
        wanted = set(issues)
        return tuple(
            actor
            for actor in self.actors
            if any(at.issue in wanted for at in self.graph.positions_of.get(actor, ()))
        )

    def _sources(self, views: PageViews, linked: Linked) -> tuple[c.Card, ...]:
        named = linked.refs_at("sources")
        cited = [note.source for note in views.notes()]
        return views.card_list(named) or tuple(dict.fromkeys(cited))

    def _home(self, views: PageViews, route: Route) -> _Made:
        articles = []
        for linked in self.graph.of_kind("article"):
            record = linked.entry.record
            assert isinstance(record, Article)
            articles.append(
                c.ArticleRowView(
                    card=views.card(linked.entry.id),
                    as_of=date_view(record.as_of),
                    status=record.status or "",
                    standfirst=views.prose(linked, "standfirst"),
                )
            )
        context = c.HomeContext(
            articles=tuple(articles),
            issues=views.issue_rows(self.issues),
            actor_groups=() if articles else views.actor_groups(self.actors),
            updates=tuple(views.update(row) for row in self.updates[:5]),
        )
        site = self.graph.content.site
        return "home.html", site.title, site.description or "", context

    def _issue(self, views: PageViews, route: Route) -> _Made:
        assert route.id is not None
        linked = self.graph.linked[route.id]
        record = linked.entry.record
        assert isinstance(record, Issue)
        context = c.IssueContext(
            card=self.cards.of(route.id),
            title=record.title,
            question=record.question or "",
            summary=views.prose(linked, "summary"),
            cites=views.cites_at(linked, "cite"),
            stakes=views.prose(linked, "stakes"),
            status=record.status or "",
            groups=views.stance_groups(route.id),
            body=views.body(linked),
            claims=tuple(views.claim(row) for row in self.naming("claim.issues", route.id)),
            events=views.events(self.naming("event.issues", route.id)),
            related=views.card_list(
                [*linked.refs_at("related"), *self.graph.naming("issue.related", route.id)]
            ),
            updates=self._updates(views, route.id),
            backlinks=views.backlinks(route.id),
        )
        return "issue.html", record.title, self.cards.of(route.id).line, context

    def _updates(self, views: PageViews, id: EntityId) -> tuple[c.UpdateView, ...]:
        return tuple(views.update(row) for row in self.naming("update.touches", id))

    def _actor(self, views: PageViews, route: Route) -> _Made:
        assert route.id is not None
        id = route.id
        linked = self.graph.linked[id]
        record = linked.entry.record
        assert isinstance(record, Actor)
        affiliation = linked.refs.get(("affiliation",))
        context = c.ActorContext(
            card=views.card(id),
            name=record.name,
            kind=record.kind or "",
            short_name=record.short_name or "",
            role=views.prose(linked, "role"),
            cites=views.cites_at(linked, "cite"),
            aliases=record.aliases,
            image=views.image(record.image),
            affiliation=views.card(affiliation) if affiliation else None,
            members=views.card_list(self.graph.naming("actor.affiliation", id)),
            relations=(
                *views.relations(linked),
                *(
                    relation
                    for row in self.naming("actor.relations", id)
                    for relation in views.relations(row, to=id)
                ),
            ),
            same_as=record.same_as,
            body=views.body(linked),
            positions=tuple(views.position(at) for at in self.positions_of(id)),
            claims_made=tuple(views.claim(row) for row in self.naming("claim.made_by", id)),
            claims_contested=tuple(
                views.claim(row) for row in self.naming("claim.contested_by", id)
            ),
            events=views.events(self.naming("event.actors", id)),
            updates=self._updates(views, id),
            backlinks=views.backlinks(id),
        )
        return "actor.html", record.name, views.card(id).line, context

    def _source(self, views: PageViews, route: Route) -> _Made:
        assert route.id is not None
        linked = self.graph.linked[route.id]
        record = linked.entry.record
        assert isinstance(record, Source)
        cited = self.graph.sources[route.id]
        context = c.SourceContext(
            card=self.cards.of(route.id),
            title=record.title,
            publisher=record.publisher or "",
            authors=record.authors,
            published=date_view(record.published) if record.published else None,
            accessed=date_view(record.accessed) if record.accessed else None,
            url=record.url or "",
            archived=record.archived or "",
            language=record.language or "",
            kind=record.kind or "",
            file=record.file or "",
            body=views.body(linked),
            passages=views.passages(route.id),
            text=views.full_text(route.id) if record.show == "full" else (),
            cited_whole_by=views.backlink_views(cited.uses.get("", ())),
            updates=self._updates(views, route.id),
            backlinks=views.backlinks(route.id),
        )
        return "source.html", record.title, self.cards.of(route.id).line, context

    def _issues(self, views: PageViews, route: Route) -> _Made:
        return self._index(route, c.IssuesContext(views.issue_rows(self.issues)))

    def _actors(self, views: PageViews, route: Route) -> _Made:
        actors = self.actors
        relations: list[c.RelationView] = []
        for id in actors if len(actors) <= LONGEST_TIED else ():
            linked = self.graph.linked[id]
            affiliation = linked.refs.get(("affiliation",))
            if affiliation:
                relations.append(c.RelationView(views.card(id), views.card(affiliation), ""))
            relations += views.relations(linked)
        drawing = relation_map([views.card(id) for id in actors], relations)
        return self._index(
            route, c.ActorsContext(views.actor_groups(actors), tuple(relations), drawing)
        )

    def _positions(self, views: PageViews, route: Route) -> _Made:
        articles = self.graph.of_kind("article")
        as_of = None
        if len(articles) == 1 and isinstance(articles[0].entry.record, Article):
            as_of = date_view(articles[0].entry.record.as_of)
        context = c.PositionsContext(
            matrix=views.matrix(self.issues, self.actors, as_of, listed=True),
        )
        return self._index(route, context)

    def _timeline(self, views: PageViews, route: Route) -> _Made:
        actors = [id for row in self.events for id in row.refs_at("actors")]
        issues = [id for row in self.events for id in row.refs_at("issues")]
        events = views.events(self.events)
        context = c.TimelineContext(
            events=events,
            actors=views.card_list(actors),
            issues=views.card_list(issues),
            chart=timeline_chart(events),
        )
        return self._index(route, context)

    def _claims(self, views: PageViews, route: Route) -> _Made:
        return self._index(route, c.ClaimsContext(tuple(views.claim(row) for row in self.claims)))

    def _sources_page(self, views: PageViews, route: Route) -> _Made:
        return self._index(
            route, c.SourcesContext(self._source_rows(views), evidence_in_words(self.graph))
        )

    def _source_rows(self, views: PageViews) -> tuple[c.SourceRowView, ...]:
        return tuple(views.source_row(row) for row in self.graph.of_kind("source"))

    def _terms(self, views: PageViews, route: Route) -> _Made:
        terms = sorted(self.graph.of_kind("term"), key=lambda row: row.entry.title.casefold())
        return self._index(route, c.TermsContext(tuple(views.term(row) for row in terms)))

    def _updates_page(self, views: PageViews, route: Route) -> _Made:
        return self._index(
            route, c.UpdatesContext(tuple(views.update(row) for row in self.updates))
        )

    def _about(self, views: PageViews, route: Route) -> _Made:
        about = self.graph.content.about
        body = c.BodyView()
        if about:
            body = views.body_of(self.graph.about.body, about.body.headings)
        context = c.AboutContext(body, self._source_rows(views), tuple(self.stances.values()))
        title = about.page.title if about else INDEX_TITLES["about/"]
        return "about.html", title, INDEX_DESCRIPTIONS["about/"], context

    def _search(self, views: PageViews, route: Route) -> _Made:
        groups = []
        for kind, title in _SEARCHED.items():
            cards = [self.cards.of(id) for id in self.graph.ids_of(kind)]
            cards.sort(key=lambda card: (card.name.casefold(), card.slug))
            if cards:
                groups.append(c.SearchGroupView(kind, title, tuple(cards)))
        return self._index(route, c.SearchContext(tuple(groups), INDEX_FOLDER))

    def _data(self, views: PageViews, route: Route) -> _Made:
        nothing = c.DataContext((), (), (), (), None)
        return self._index(route, self.describer.data(self) if self.describer else nothing)

    def _embed(self, views: PageViews, route: Route) -> _Made:
        context = embed_context(self, views, route)
        return "embed.html", context.title, "", context

    def _not_found(self, views: PageViews, route: Route) -> _Made:
        style = "" if self.site.base_url else ALONE
        return "404.html", "Page not found", "", c.NotFoundContext(style)

    @staticmethod
    def _index(route: Route, context: c.Context) -> _Made:
        template = f"{route.type}.html"
        return template, INDEX_TITLES[route.path], INDEX_DESCRIPTIONS[route.path], context

    _MAKERS: ClassVar[Mapping[str, Callable[[Pages, PageViews, Route], _Made]]] = {
        "home": _home,
        "article": _article,
        "issue": _issue,
        "actor": _actor,
        "source": _source,
        "issues": _issues,
        "actors": _actors,
        "positions": _positions,
        "timeline": _timeline,
        "claims": _claims,
        "sources": _sources_page,
        "terms": _terms,
        "updates": _updates_page,
        "about": _about,
        "print": _print,
        "search": _search,
        "data": _data,
        "embed": _embed,
        "404": _not_found,
    }
