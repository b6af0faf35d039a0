"""Addresses that files of the author share with pages, found without making any file."""

from __future__ import annotations

from site_builder.diagnostics import Diagnostic
from site_builder.exports import cards, icons, picture_image
from site_builder.exports.exporting import plan_copies
from site_builder.pages.plan import plan
from site_builder.pages.redirects import redirects
from site_builder.pages.site import Pages
from site_builder.rendering.planned import Planned, collisions, file_of_route
from site_builder.stages.linking import LinkedSite
from site_builder.stages.setup import Setup
from site_builder.stages.steps import Build
from site_builder.stages.theming import theme_of


def shared_addresses(
    build: Build, setup: Setup, site: LinkedSite, pages: Pages
) -> list[Diagnostic]:
    """The author's files that would have the address of a page, or of another file."""
    graph, static = site.graph, site.loaded.static
    routes: list[Planned] = [*plan(graph), *redirects(graph), *plan_copies(pages)]
    images = {view.path for view in icons.ICONS} | {picture_image.SVG, picture_image.PNG}
    images.update(copy.path for copy in cards.plan(pages))
    files = {file_of_route(route) for route in routes} | (images - graph.files)
    theme = theme_of(build, setup, site)[0]
    return collisions(
        sorted(files, key=lambda file: (file.endswith(".html"), file)), [*theme.assets, *static]
    )
