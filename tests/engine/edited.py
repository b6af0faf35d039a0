"""A site that is edited in a test, each time compared with a clean build."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from unittest.mock import patch

from site_builder.build import Builder, Options
from site_builder.links.linking import link_entry
from site_builder.memory.blobs import Blobs
from site_builder.preview.in_memory import RecentStore

SITE = {
    "content/site.yaml": "title: Tea\nexports: [data, markdown]\n",
    "content/actors/lab.md": "---\nname: The laboratory\n---\n",
}


class Edited:
    """A site that is edited, built anew after each edit, and compared with a clean build."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: Mapping[str, bytes] = {}
        self.made: frozenset[str] = frozenset()
        """The pages that the last build made again, by path."""
        self.linked: list[str] = []
        """The entities that it linked again."""
        self._options = Options(root, jobs=1)
        self._blobs = Blobs(None)
        self._builder = Builder(self._options, RecentStore(), blobs=self._blobs)

    def edit(self, files: Mapping[str, str | None]) -> list[str]:
        """Writes files (None takes one away) and builds; returns which findings there are."""
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                path.unlink()
            else:
                path.write_text(text)
        with patch("site_builder.stages.entries.link_entry", wraps=link_entry) as linking:
            site = self._builder.render(self.files)
        self.linked = [str(call.args[0].id) for call in linking.call_args_list]
        clean = Builder(self._options, blobs=self._blobs).render()
        assert site.diagnostics == clean.diagnostics
        if site.ok:
            self.made = frozenset(
                path.removesuffix("index.html") for path in site.files if path.endswith(".html")
            )
            self.files = {path: self.files[path] for path in site.kept} | dict(site.files)
            assert self.files == dict(clean.files)
        return [finding.code for finding in site.diagnostics]

    def html(self, page: str) -> str:
        """The HTML of a page."""
        return self.files[f"{page}/index.html"].decode()
