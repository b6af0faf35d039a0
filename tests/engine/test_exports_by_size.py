"""A large site makes what costs little unless it asks for more."""

from __future__ import annotations

from pathlib import Path

from site_builder.build import Options, render_site
from site_builder.content.models import LARGE


def exports_of(root: Path, settings: str, entities: int) -> tuple[str, ...]:
    (root / "content").mkdir(exist_ok=True)
    (root / "content/site.yaml").write_text(f"title: Large\n{settings}")
    rows = "".join(f"actor-{number}: {{name: Actor {number}}}\n" for number in range(entities))
    (root / "content/actors.yaml").write_text(rows)
    graph = render_site(Options(root=root), only_check=True).graph
    assert graph is not None
    return graph.exports


def test_exports_by_size(tmp_path: Path) -> None:
    assert "search" in exports_of(tmp_path, "", LARGE - 1)
    assert exports_of(tmp_path, "", LARGE) == ("citations", "feeds", "jsonld", "sitemap")
    assert exports_of(tmp_path, "exports: [search]\n", LARGE) == ("search",)
    assert exports_of(tmp_path, "exports: []\n", 1) == ()
