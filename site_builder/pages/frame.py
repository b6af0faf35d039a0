"""The frame of every page: navigation, breadcrumbs, head."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from collections.abc import Collection, Iterator

from markupsafe import Markup

from site_builder.content.kinds import FRONT, KINDS, kind_listed_on
from site_builder.content.models import EntityId
from site_builder.links.navigation import Destination
from site_builder.pages.embeddable import whole_path
from site_builder.pages.messages import NAVIGATION, PRINT_EDITION, STORIES, TITLES
from site_builder.pages.nesting import above, below
from site_builder.pages.pictures import ImageView
from site_builder.pages.policy import content_policy
from site_builder.pages.reuse import AlternateView, CitationView, EmbedLinkView, ReuseView
from site_builder.pages.routes import Route
from site_builder.pages.site import Pages
from site_builder.pages.story import is_printed, print_path
from site_builder.reading.yaml_path import YamlPath
from site_builder.values import NamedTuple


class NavView(NamedTuple):
    """An entry of the navigation. It has `items`, or leads to `href`, or else to `path`."""

    title: str
    path: str = ""
    href: str = ""
    current: bool = False
    items: tuple["NavView", ...] = ()
    """The entries below it."""


class PageView(NamedTuple):
    """This page."""

    type: str
    """`home`, `article`, `issue`, `issues`, `actor`, `actors`, `positions`, `timeline`, `claims`,
    `source`, `sources`, `terms`, `updates`, `about`, `page`, `print`, `search`, `data`, `embed`, `404` or
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
    """The parts of the explainer, or the entries that `site.yaml` gives."""
    foot: tuple[NavView, ...] = ()
    """All other pages that are not about one thing."""
    trail: tuple[tuple[str, str], ...] = ()
    """The way here from the home page, as (title, path), without this page."""
    draft: bool = False
    source_file: str = ""
    """The content file it is made from, relative to the site's root; may be ""."""
    modified: str = ""
    """The day of the last noted change (`2025-12-02`), or "" if none is dated to the day."""
    jsonld: Markup = Markup("")
    """What the page is about, for `<script type="application/ld+json">`; may be empty."""
    image: ImageView | None = None
    """The drawn card for sharing; None without a base address."""
    cite: CitationView | None = None
    alternates: tuple[AlternateView, ...] = ()
    embed: EmbedLinkView | None = None


_POLICY = Markup(content_policy(searches=False))  # noqa: S704  # words of our own
_ALONE = Markup(content_policy(searches=False, alone=True))  # noqa: S704
_SEARCHING = Markup(content_policy(searches=True))  # noqa: S704


def frame(pages: Pages, route: Route, title: str, description: str) -> PageView:
    """The frame of the page at a route; `description` "" takes the site's."""
    site = pages.graph.content.site
    linked = pages.graph.linked[route.id] if route.id else None
    says = pages.describer.page(pages, route, title) if pages.describer else ReuseView()
    nav = _navigation(pages, route)
    canonical = route.path if route.type != "embed" else whole_path(pages.graph, route)
    return PageView(
        type=route.type,
        path=route.path,
        title=title,
        description=description or site.description or "",
        canonical=f"{site.base_url}{canonical}" if site.base_url else "",
        policy=_policy(pages, route),
        nav=nav,
        foot=_foot(
            pages, route, {item.path for row in nav for item in (row, *row.items) if not item.href}
        ),
        trail=trail(pages, route),
        draft=bool(linked and linked.entry.record.draft),
        source_file=_source_file(pages, route),
        **says._asdict(),
    )


def _source_file(pages: Pages, route: Route) -> str:
    """The content file that a page is made from, if it is one file."""
    about = pages.graph.content.about
    if route.id:
        return pages.graph.linked[route.id].entry.file
    return about.file if route.type == "about" and about else ""


def _policy(pages: Pages, route: Route) -> Markup:
    """What a page may load."""
    if route.type == "404" and not pages.graph.content.site.base_url:
        return _ALONE
    return _SEARCHING if route.type == "search" else _POLICY


def trail(pages: Pages, route: Route) -> tuple[tuple[str, str], ...]:
    """The way to a page from the home page, as (title, path), without the page itself."""
    if not route.path or route.type in ("404", "embed"):
        return ()
    home = ((pages.graph.content.site.title, ""),)
    if route.id and KINDS[route.id.kind].free:
        return (*home, *(_crumb(pages, id) for id in above(pages.graph, route.id)))
    parent = route.path.split("/")[0] + "/"
    if route.id and (parent in TITLES or kind_listed_on(parent)):
        return (*home, (pages.locale.title(parent), parent))
    return home


def _crumb(pages: Pages, id: EntityId) -> tuple[str, str]:
    """The title and the path of a page."""
    path = pages.graph.addresses.of(id)
    return pages.cards.of(id).name or pages.locale.title(path), path


def _navigation(pages: Pages, route: Route) -> tuple[NavView, ...]:
    """The entries of the navigation: those of the story or the site, else the five parts, as far as the site has them."""
    rows = pages.graph.nav_rows
    owners = {row.owner for row in rows}
    own = next((id for id in _articles_of(pages, route) if id in owners), None) if rows else None
    if own not in owners:
        return (*_stories(pages, route), *_lists(pages, route.path))
    views: dict[YamlPath, NavView] = {}
    for row, to in zip(rows, pages.destinations, strict=True):
        if row.owner != own or to.problem:
            continue
        view = _entry(pages, to, route.path)
        if row.is_below:
            above = views.get(row.where[:-2], NavView(row.above))
            current = above.current or view.current
            views[row.where[:-2]] = above._replace(items=(*above.items, view), current=current)
        elif row.to:
            views[row.where] = view
    return tuple(views.values())


def _articles_of(pages: Pages, route: Route) -> tuple[EntityId, ...]:
    """The articles whose navigation a page may have: its own, and that of its only story."""
    stories = pages.graph.stories
    if route.id is None:
        return () if stories.several else stories.ids
    of = stories.of(route.id)
    own = (route.id,) if route.id.kind == FRONT else ()
    return (*own, *(of if len(of) == 1 else ()))


def _entry(pages: Pages, to: Destination, current: str) -> NavView:
    path = to.path or ""
    within = path.endswith("/") and current.startswith(path)
    here = to.path is not None and (current == path or within)
    title = to.title or pages.locale.navigation_or_title(path)
    return NavView(title, path, to.href, here)


def _stories(pages: Pages, route: Route) -> Iterator[NavView]:
    """The story, or the page that lists the stories. Each counts as the current part on the pages of an article."""
    count = len(pages.graph.ids_of(FRONT))
    if count:
        several = count > 1
        title = pages.locale.translate(STORIES) if several else pages.locale.navigation("")
        is_article = route.id is not None and route.id.kind == FRONT and route.type != "embed"
        yield NavView(title, "", current=is_article or (several and route.type == "home"))


def _lists(pages: Pages, current: str) -> Iterator[NavView]:
    """The other four parts."""
    there = pages.graph.index_pages
    for path in NAVIGATION:
        if path in there:
            # An issue is a question that positions answer.
            within = (path, "issues/") if path == "positions/" else path
            yield NavView(pages.locale.navigation(path), path, current=current.startswith(within))


def _foot(pages: Pages, route: Route, shown: Collection[str]) -> tuple[NavView, ...]:
    """The entries of the foot: the pages that are not in the navigation, where these are `shown`."""
    paths = [*pages.graph.index_pages, pages.site.data_path, pages.site.search_path]
    views = [
        NavView(pages.locale.title(path), path, current=route.path == path)
        for path in paths
        if path and path not in shown
    ]
    for id in below(pages.graph, None):
        title, path = _crumb(pages, id)
        if path not in (*shown, *paths):
            views.append(NavView(title, path, current=route.path == path))
    if route.id and route.id.kind == FRONT and route.type != "print":
        article = pages.graph.linked[route.id]
        if is_printed(pages.graph, article):
            title = pages.locale.translate(PRINT_EDITION)
            views.append(NavView(title, print_path(pages.graph, article)))
    return tuple(views)
