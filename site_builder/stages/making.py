"""The last stage: the files of a site are made, or only what could be found while they are made is looked for."""

from __future__ import annotations

from typing import Protocol

from site_builder.diagnostics import Diagnostic
from site_builder.reading.themes import own_theme_files
from site_builder.stages.linking import LinkedSite
from site_builder.stages.setup import Made, Setup, Wanted
from site_builder.stages.steps import Build


class Making(Protocol):
    """What is wrong with the theme; then, with `made`, all files, which must not be asked for if there are errors."""

    findings: list[Diagnostic]

    def made(self) -> Made:
        """The files."""


def making(build: Build, setup: Setup, wanted: Wanted, site: LinkedSite) -> Making:
    """How to make the files that are wanted. What renders pages is imported only if there are pages to render.

    Who wants findings alone gets no pages of the default theme, in which nothing of a site's own can be wrong.
    """
    if wanted.only_findings and not any(own_theme_files(setup.root)):
        from site_builder.stages.examining import Examining

        return Examining(build, setup, site)
    from site_builder.stages.rendering import Rendering

    return Rendering(build, setup, wanted, site)
