"""Keeps a site in memory, and updates it when its files change."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from site_builder.build import Builder, Options
from site_builder.content.kinds import NOTES
from site_builder.exports.exporting import describing, make_copy, plan_copies
from site_builder.exports.search import IndexFailed, Indexing, find_pagefind
from site_builder.incremental.unchanged import FOLDER
from site_builder.links.graph import Graph
from site_builder.memory.blobs import Blobs
from site_builder.memory.store import Store
from site_builder.pages.routes import INDEX_FOLDER, Copy
from site_builder.pages.site import Pages
from site_builder.stages.setup import RenderedSite

LARGEST = 64 * 1024 * 1024
"""The size in bytes of the cache of parsed files and compiled templates."""


@dataclass(frozen=True)
class PreviewedSite(RenderedSite):
    """A rendered site whose files for machines are made on demand."""

    later: MadeLater | None = None


class SiteInMemory:
    """All files of a site that people see, and the means to make the others."""

    def __init__(self, options: Options) -> None:
        self._blobs = Blobs(options.root / FOLDER / "made")
        options = options._replace(only_seen=True, whole_sources=True, lint=True)
        self._builder = Builder(options, RecentStore(), blobs=self._blobs)
        self._files: Mapping[str, bytes] = {}

    def render(self) -> PreviewedSite:
        """Builds the site from its current files. Raises a `Fault` for problems outside the content.

        Unchanged files are the same objects as before.
        """
        builder = self._builder
        site = builder.render(self._files)
        if not site.ok or site.graph is None:
            return PreviewedSite({}, site.diagnostics)
        old = self._files
        files = {file: old[file] for file in site.kept}
        for file, data in site.files.items():
            files[file] = old[file] if old.get(file) == data else data
        self._files = files
        return PreviewedSite(
            files,
            site.diagnostics,
            page_count=site.page_count,
            graph=site.graph,
            later=MadeLater(builder, site.graph, self._blobs),
        )


class MadeLater:
    """Files of a site for machines: data, feeds and the search index. Each is made on first use."""

    def __init__(self, builder: Builder, graph: Graph, blobs: Blobs) -> None:
        self._options = builder.options
        self._graph = graph
        self._blobs = blobs
        self._lock = threading.Lock()
        self._made: dict[str, bytes | None] = {}

    def file(self, path: str) -> bytes | None:
        """The file at a path of the site, if there is one. Slow, so don't call it on an event loop."""
        with self._lock:
            if path.startswith(INDEX_FOLDER):
                return self._index.get(path)
            if path not in self._made:
                copy = self._copies.get(path)
                self._made[path] = make_copy(self._pages, copy) if copy else None
            return self._made[path]

    @cached_property
    def _pages(self) -> Pages:
        briefs = self._graph.briefs
        days = (briefs[id].day for id in self._graph.ids_of(NOTES))
        describer, _ = describing(self._options.root, days)
        return Pages(self._graph, briefs, drafts=self._options.drafts, describer=describer)

    @cached_property
    def _copies(self) -> Mapping[str, Copy]:
        return {copy.path: copy for copy in plan_copies(self._pages)}

    @cached_property
    def _index(self) -> Mapping[str, bytes]:
        program = find_pagefind()
        if program is None or "search" not in self._graph.exports:
            return {}
        try:
            made = Indexing(self._pages, self._blobs, program).files()
        except IndexFailed:
            return {}
        return {path: data for path, data in made.items() if path not in self._graph.files}


class RecentStore(Store):
    """A `Store` in memory. It drops the least recently used records when it gets too large."""

    def __init__(self) -> None:
        super().__init__(Path("/nowhere"), "", "")
        self._records: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: str) -> bytes | None:
        """The record of a key, or None."""
        with self._lock:
            record = self._records.get(key)
            if record is not None:
                self._records.move_to_end(key)
            return record

    def put(self, key: str, record: bytes) -> None:
        """Stores a record."""
        with self._lock:
            self._size += len(record) - len(self._records.pop(key, b""))
            self._records[key] = record
            while self._size > LARGEST:
                self._size -= len(self._records.popitem(last=False)[1])

    def keep(self, keys: Iterable[str]) -> None:
        """Does nothing: records are dropped by their last use."""

    def save(self) -> None:
        """Does nothing: there is no file."""
