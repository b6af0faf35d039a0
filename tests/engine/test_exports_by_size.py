"""A large site makes everything but the cards of issues and actors, unless it asks for them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.corpus import make_corpus
from bench.generators import site_builder_exports
from site_builder.build import Options, render_site
from site_builder.cli import main
from site_builder.content.models import EXPORTS, LARGE
from site_builder.exports.cards import left_out
from site_builder.links.graph import Graph

BASE = "base_url: https://large.example/\n"
SAID = (
    "note: a site of 300 entities or more has no card images for issues and actors, unless exports in "
    "content/site.yaml lists cards"
)


def graph_of(root: Path, settings: str, entities: int) -> Graph:
    (root / "content").mkdir(exist_ok=True)
    (root / "content/site.yaml").write_text(f"title: Large\n{settings}")
    rows = "".join(f"actor-{number}: {{name: Actor {number}}}\n" for number in range(entities))
    (root / "content/actors.yaml").write_text(rows)
    graph = render_site(Options(root=root), only_check=True).graph
    assert graph is not None
    return graph


@pytest.mark.parametrize(
    ("settings", "entities", "kinds", "said"),
    [
        (BASE, LARGE - 1, ("article", "issue", "actor"), ""),
        (BASE, LARGE, ("article",), SAID),
        (f"{BASE}exports: [cards]\n", LARGE, ("article", "issue", "actor"), ""),
        (f"{BASE}exports: [search]\n", LARGE, (), ""),
        ("", LARGE, (), ""),
    ],
)
def test_cards_by_size(
    tmp_path: Path, settings: str, entities: int, kinds: tuple[str, ...], said: str
) -> None:
    graph = graph_of(tmp_path, settings, entities)
    assert (graph.kinds_with_cards, left_out(graph)) == (kinds, said)


def test_everything_else_is_made_at_any_size(tmp_path: Path) -> None:
    assert graph_of(tmp_path, "", LARGE).exports == EXPORTS
    assert graph_of(tmp_path, "exports: [search]\n", LARGE).exports == ("search",)
    assert graph_of(tmp_path, "exports: []\n", 1).exports == ()


def test_the_benchmark_names_what_it_makes() -> None:
    assert site_builder_exports(make_corpus(298)) == EXPORTS
    assert site_builder_exports(make_corpus(299)) == ("citations", "feeds", "jsonld", "sitemap")


def test_the_build_says_so_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("site_builder.links.graph.LARGE", 2)
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yaml").write_text(f"title: Large\n{BASE}")
    (tmp_path / "content/actors.yaml").write_text("a:\n  name: A\n")
    build = ["-C", str(tmp_path), "build"]

    def lines() -> list[str]:
        return CliRunner().invoke(main, build).stdout.splitlines()[1:]

    assert lines() == []
    (tmp_path / "content/actors.yaml").write_text("a:\n  name: A\nb:\n  name: B\n")
    assert lines() == [SAID]
    assert lines() == []
    build.append("--quiet")
    (tmp_path / "content/actors.yaml").write_text("a:\n  name: A\nb:\n  name: C\n")
    assert lines() == []
