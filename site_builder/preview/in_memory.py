"""A site kept in memory, and brought up to date after its files have changed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from site_builder.build import Builder, Options, RenderedSite
from site_builder.incremental.unchanged import FOLDER
from site_builder.memory.blobs import Blobs
from site_builder.memory.store import Store

LARGEST = 64 * 1024 * 1024
"""Bytes of parsed files and compiled templates that are kept."""


class SiteInMemory:
    """All files of a site. `tell_stage` hears what is being done: `reading`, `linking` and so on."""

    def __init__(self, options: Options, tell_stage: Callable[[str], None]) -> None:
        self._builder = _Builder(options, tell_stage)
        self._files: Mapping[str, bytes] = {}

    def render(self) -> RenderedSite:
        """The site as its files are now, whole. Raises a `Fault` for what is wrong outside the content.

        Files that are as they were are the very same objects. A build that fails is as if it had never
        been: the next one goes on from the last good one, so that a mended mistake costs no more than
        an edit.
        """
        builder = self._builder
        last = builder.remembered
        good = replace(last, facets=dict(last.facets))  # the one part that the next build writes to
        site = None
        try:
            site = builder.render(self._files)
        finally:
            if site is None or not site.ok:
                builder.remembered = good
        if not site.ok:
            return site
        old = self._files
        files = {file: old[file] for file in site.kept}
        for file, data in site.files.items():
            files[file] = old[file] if old.get(file) == data else data
        self._files = files
        return replace(site, files=files, kept={})


class _Builder(Builder):
    """Says which stage it is at, for the progress of long builds."""

    def __init__(self, options: Options, tell_stage: Callable[[str], None]) -> None:
        super().__init__(options, RecentStore(), blobs=Blobs(options.root / FOLDER / "made"))
        self._tell_stage = tell_stage

    def render(self, *args: Any, **more: Any) -> RenderedSite:
        self._tell_stage("reading")
        return super().render(*args, **more)

    def _link(self, *args: Any, **more: Any) -> Any:
        self._tell_stage("linking")
        return super()._link(*args, **more)

    def _check(self, *args: Any, **more: Any) -> Any:
        self._tell_stage("checking")
        return super()._check(*args, **more)

    def _render(self, *args: Any, **more: Any) -> Any:
        self._tell_stage("rendering")
        return super()._render(*args, **more)


class RecentStore(Store):
    """A `Store` that is no file. It forgets what was not asked for longest when it gets too large."""

    def __init__(self) -> None:
        super().__init__(Path("/nowhere"), "", "")
        self._records: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0

    def get(self, key: str) -> bytes | None:
        """The record of a key, or None."""
        record = self._records.pop(key, None)
        if record is not None:
            self._records[key] = record
        return record

    def put(self, key: str, record: bytes) -> None:
        """Keeps a record."""
        self._size += len(record) - len(self._records.pop(key, b""))
        self._records[key] = record
        while self._size > LARGEST:
            self._size -= len(self._records.popitem(last=False)[1])

    def keep(self, key: str) -> None:
        """Nothing: what matters is when a record was last asked for."""

    def save(self) -> None:
        """Nothing: nothing is written."""
