"""From routes to the bytes of all files."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.diagnostics import has_errors
from site_builder.engine.steps import Step
from site_builder.exports.exporting import Exports, Last, make_copy, plan_copies
from site_builder.memory.spool import Spool
from site_builder.pages.plan import plan
from site_builder.pages.redirects import redirects
from site_builder.pages.site import Pages
from site_builder.rendering.opening import Theme
from site_builder.rendering.planned import Planned, collisions, file_of_route, name_of_route
from site_builder.rendering.rendering import Renderer, render_pages
from site_builder.stages.author_files import add_files, add_host_files, rules_of_author
from site_builder.stages.linking import LinkedSite
from site_builder.stages.setup import Made, RenderedSite, Setup, Wanted
from site_builder.stages.steps import MADE, Build
from site_builder.stages.theming import describer_of, theme_of, theme_values


class Rendering:
    """The theme and what is wrong with it; then, with `made`, all files of the site."""

    def __init__(self, build: Build, setup: Setup, wanted: Wanted, site: LinkedSite) -> None:
        self._stage = build, setup, wanted, site
        self._theme, self.findings = theme_of(build, setup, site)

    def made(self) -> Made:
        """All files; what is found of the theme must not be an error."""
        return render(*self._stage, self._theme)


def render(build: Build, setup: Setup, wanted: Wanted, site: LinkedSite, theme: Theme) -> Made:
    """All files of a site without errors; those that nothing has changed for are not made again."""
    setup.tell("rendering")
    graph, static = site.graph, site.loaded.static
    describer, describer_key = describer_of(graph, setup)
    pages = Pages(
        graph,
        graph.briefs,
        drafts=setup.drafts,
        describer=describer,
        whole_sources=setup.whole_sources,
    )
    build.publish(("theme", "template"), theme_values(theme, pages, describer_key))
    last = Last(build.last.steps(MADE), wanted.intact, build.run)
    files = Spool(setup.folder)
    with Exports(pages, theme.templates, setup.root, setup.blobs, last) as exports:
        exports.begin(only_seen=wanted.only_seen)
        planned = plan(graph)
        routes: list[Planned] = [
            *planned,
            *redirects(graph),
            *plan_copies(pages, only_seen=wanted.only_seen),
        ]
        steps, again = _kept(routes, last)
        renderer = Renderer(pages, theme.templates, make_copy)
        rendered, found = render_pages(renderer, again, setup.workers, files)
        names = {file_of_route(route): name_of_route(route) for route in again}
        made = [(names[page.file], page) for page in rendered]
        for name, page in exports.finish():
            if page.digest:
                files.put(page.file, page.data)
            made.append((name, page))
    found += exports.diagnostics
    steps |= exports.kept
    kept = {file: step.result for file, step in steps.items() if step.result}
    steps |= {page.file: Step(name, page.reads, page.digest) for name, page in made}
    ours = sorted([*kept, *files], key=lambda file: file.endswith(".html"))
    found += collisions(ours, [*theme.assets, *static])
    own_rules, more = rules_of_author(static)
    found += more
    if has_errors(found):
        return RenderedSite({}, ()), found
    build.kept.keep(MADE, steps)
    copied = add_files(files, theme.assets, static)
    add_host_files(files, graph, [*kept, *exports.later], own_rules)
    return RenderedSite(
        files,
        (),
        kept=kept,
        digests={page.file: page.digest for _, page in made},
        copied=copied,
        page_count=len(planned),
        graph=graph,
        memory=build.kept,
        dated=site.loaded.is_dated,
    ), found


def _kept(routes: Sequence[Planned], last: Last) -> tuple[dict[str, Step[str]], list[Planned]]:
    """The steps of routes whose files are as they were, and the routes to make again."""
    steps: dict[str, Step[str]] = {}
    again = []
    for route in routes:
        file = file_of_route(route)
        step = last.keeps(file, name_of_route(route))
        if step:
            steps[file] = step
        else:
            again.append(route)
    return steps, again
