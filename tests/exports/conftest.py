"""Built sites for the exports: the second example, which has everything and an address, and a small one to change."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from site_builder.build import Options, build, render_site

ROOT = Path(__file__).resolve().parents[2]
BASE = "https://explainers.example/quay-street/"

SMALL = {
    "content/site.yaml": """
        title: Tea
        base_url: https://example.org/tea/
        description: Milk first?
        publisher: The Tea Board
        authors: [Ada Amber]
        licence: CC BY 4.0
    """,
    "content/articles/tea.md": """
        ---
        title: Milk or lemon
        as_of: 2025-03-01
        key_points: [{text: They differ., cite: 'minutes "milk goes in first"'}]
        ---

        Ada wants *milk*. [@minutes "milk goes in first"]
    """,
    "content/actors.yaml": """
        ada: {name: Ada Amber, kind: person, aliases: [A. A.], affiliation: club}
        club: {name: The Club, kind: organisation}
    """,
    "content/issues.yaml": """
        milk:
          title: Milk
          question: Does milk go in first?
          positions:
            - {actor: ada, stance: supports, summary: Milk goes in first., cite: 'minutes "milk goes in first"'}
            - {actor: club, stance: unstated}
    """,
    "content/events.yaml": """
        meeting: {date: 2025-02-03, title: The meeting, actors: ada, issues: milk}
        founding: {date: 1901, title: The founding}
    """,
    "content/sources.yaml": "minutes: {title: Minutes, file: minutes.txt}",
    "content/updates.yaml": "first: {date: 2025-03-02, text: First version., touches: milk}",
    "seeds/minutes.txt": "It was said that milk goes in first.",
}


@pytest.fixture(scope="session")
def quay(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second example as its owner would publish it."""
    root = tmp_path_factory.mktemp("quay") / "site"
    shutil.copytree(ROOT / "tests/sites/quay-street", root)
    result = build(Options(root))
    assert result.changes is not None, result.diagnostics
    return root / "output"


def rendered(root: Path, **settings: Any) -> Mapping[str, bytes]:
    """Every file of a site, made from nothing."""
    site = render_site(Options(root, **settings))
    assert site.ok, site.diagnostics
    return site.files


def jsonld_of(page: str) -> list[dict[str, Any]]:
    """The nodes of a page's JSON-LD."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return [node for text in found for node in json.loads(text)["@graph"]]


def pages_of(folder: Path) -> Iterator[tuple[str, str]]:
    """Every page of a site: its path and its HTML."""
    for file in sorted(folder.rglob("*.html")):
        yield file.relative_to(folder).as_posix(), file.read_text("utf-8")
