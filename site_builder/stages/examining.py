"""What could be found while the files of a site are made, without making them.

On a site without templates of its own nothing can be wrong on a page. Left are design tokens, addresses that a file and
a page share, letters that no font has, and programs that are not installed. What nothing has changed for is not looked
at again.
"""

from __future__ import annotations

from site_builder.diagnostics import Diagnostic
from site_builder.engine.steps import Reader
from site_builder.exports.warnings import CardLetters, not_installed
from site_builder.pages.site import Pages
from site_builder.reading.files import digest
from site_builder.rendering.theme import problems_of_tokens
from site_builder.stages.author_files import rules_of_author
from site_builder.stages.linking import LinkedSite
from site_builder.stages.own_templates import missing_templates
from site_builder.stages.setup import Made, RenderedSite, Setup
from site_builder.stages.steps import EXAMINED, Build

_ADDRESSES = "addresses"
"""The step that compares the addresses of the author's files with those of pages; all others are of cards."""


class Examining:
    """The design tokens that are wrong; then, with `made`, all else that is."""

    def __init__(self, build: Build, setup: Setup, site: LinkedSite) -> None:
        self._build = build
        self._setup = setup
        self._site = site
        tokens = problems_of_tokens(site.graph.content, site.places)
        self.findings = [*tokens, *missing_templates(site, ())]

    def made(self) -> Made:
        """A site without files, and what was found."""
        build, site, graph = self._build, self._site, self._site.graph
        pages = Pages(graph, graph.briefs, drafts=self._setup.drafts)
        letters = CardLetters(pages, self._setup.root)
        inputs = dict.fromkeys(letters.ids, letters.key)
        if site.loaded.static:
            inputs[_ADDRESSES] = _addresses_key(site)

        def work(name: str, reader: Reader) -> tuple[Diagnostic, ...]:
            graph.begin(reader)
            return letters.problems(name) if name in letters.ids else self._shared_addresses(pages)

        steps = build.run.stage(inputs, build.last.steps(EXAMINED), work, lambda *_: ())
        build.kept.keep(EXAMINED, steps)
        graph.begin()
        found = [row for step in steps.values() for row in step.result]
        found += [*not_installed(graph), *rules_of_author(site.loaded.static)[1]]
        empty = RenderedSite({}, (), graph=graph, memory=build.kept, dated=site.loaded.is_dated)
        return empty, found

    def _shared_addresses(self, pages: Pages) -> tuple[Diagnostic, ...]:
        from site_builder.stages.addresses import shared_addresses

        return tuple(shared_addresses(self._build, self._setup, self._site, pages))


def _addresses_key(site: LinkedSite) -> str:
    """A digest of the addresses that redirect, which no step can read in the graph."""
    heads = [(id, head.redirect_from) for id, head in site.graph.heads.items()]
    return digest(repr(heads).encode())
