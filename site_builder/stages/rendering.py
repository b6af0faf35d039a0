"""From routes to the bytes of all files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from site_builder.diagnostics import Diagnostic, has_errors
from site_builder.engine.steps import Step
from site_builder.exports.exporting import Exports, Last, make_copy, plan_copies
from site_builder.memory.spool import Spool
from site_builder.pages.host_files import REDIRECTS, host_files
from site_builder.pages.plan import plan
from site_builder.pages.redirects import redirects
from site_builder.pages.site import Pages
from site_builder.reading.files import Found, read
from site_builder.rendering.opening import Theme
from site_builder.rendering.rendering import (
    Planned,
    Renderer,
    collisions,
    file_of_route,
    name_of_route,
    render_pages,
)
from site_builder.stages.linking import LinkedSite
from site_builder.stages.setup import RenderedSite, Setup, Wanted
from site_builder.stages.steps import MADE, Build
from site_builder.stages.theming import describer_of, theme_values


def render(
    build: Build, setup: Setup, wanted: Wanted, site: LinkedSite, theme: Theme
) -> tuple[RenderedSite, list[Diagnostic]]:
    """All files of a site without errors; those that nothing has changed for are not made again."""
    setup.tell("rendering")
    graph, static = site.graph, site.loaded.static
    pages, describer_key = _pages(site, setup)
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
            files.put(page.file, page.data)
            made.append((name, page))
    found += exports.diagnostics
    steps |= exports.kept
    kept = {file: step.result for file, step in steps.items() if step.result}
    steps |= {page.file: Step(name, page.reads, page.digest) for name, page in made}
    ours = sorted([*kept, *files], key=lambda file: file.endswith(".html"))
    found += collisions(ours, [*theme.assets, *static])
    own_rules, more = _own_rules(static)
    found += more
    if has_errors(found):
        return RenderedSite({}, ()), found
    build.kept.keep(MADE, steps)
    copied = _add_files(files, theme, static)
    every = [*kept, *files, *exports.later]
    for path, data in host_files(graph, every, own_rules).items():
        if path not in files:  # else it is the author's own, from static/
            files.put(path, data)
    return RenderedSite(
        files,
        (),
        kept=kept,
        digests={page.file: page.digest for _, page in made},
        copied=copied,
        page_count=len(planned),
        graph=graph,
        memory=build.kept,
        dated=bool(site.loaded.visible.hidden)
        or any(row.publish_on or row.expires_on for row in site.loaded.rows),
    ), found


def _pages(site: LinkedSite, setup: Setup) -> tuple[Pages, str]:
    """What pages are made from, and a digest of what they say to machines."""
    describer, key = describer_of(site.graph, setup)
    pages = Pages(
        site.graph,
        site.graph.briefs,
        drafts=setup.drafts,
        describer=describer,
        whole_sources=setup.whole_sources,
    )
    return pages, key


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


def _add_files(files: Spool, theme: Theme, static: Mapping[str, Found]) -> dict[str, str]:
    """Adds the theme's files, and the author's own, which are only read when they are needed."""
    for path, data in theme.assets.items():
        files.put(path, data)
    copied = {path: row.absolute for path, row in static.items() if path != REDIRECTS}
    for path, place in copied.items():
        files.put_file(path, place)
    return copied


def _own_rules(static: Mapping[str, Found]) -> tuple[bytes, list[Diagnostic]]:
    """What the author's `static/_redirects` holds, to which ours are added."""
    found = static.get(REDIRECTS)
    file = read(found) if found else None
    if isinstance(file, Diagnostic):
        return b"", [file]
    return file.data if file else b"", []
