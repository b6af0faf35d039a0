"""Two entities of one mark are never taken for each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.build import Options, render_site
from site_builder.content.models import EntityId
from site_builder.engine.tables import mark_of

if TYPE_CHECKING:
    from tests.conftest import MakeSite

ONE = EntityId("actor", "anna-xena-sven-yuri")
OTHER = EntityId("actor", "paul-mila-otto-tina")


def test_who_mentions_an_entity_does_not_mention_another_of_its_mark(make_site: MakeSite) -> None:
    assert mark_of("backlinks", ONE) == mark_of("backlinks", OTHER)
    root = make_site(
        {
            "content/site.yaml": "title: Tea\nexports: []\n",
            "content/articles/tea.md": f"---\ntitle: Tea\nas_of: 2025-12-02\n---\nBy [[{ONE.slug}]].\n",
            f"content/actors/{ONE.slug}.md": "---\nname: One\n---\n",
            f"content/actors/{OTHER.slug}.md": "---\nname: Other\n---\n",
        }
    )

    site = render_site(Options(root))

    assert site.graph
    assert [row.sentence for row in site.graph.backlinks[ONE]] == ["By One."]
    assert list(site.graph.backlinks) == [ONE]
    assert OTHER not in site.graph.backlinks
    assert site.graph.backlinks.get(OTHER) is None
    assert b'id="mentions"' in site.files[f"actors/{ONE.slug}/index.html"]
    assert b'id="mentions"' not in site.files[f"actors/{OTHER.slug}/index.html"]
