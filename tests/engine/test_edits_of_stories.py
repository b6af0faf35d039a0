"""Pages of several stories after edits: each build equals a clean one, which `Edited` checks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.edited import Edited

SITE = {
    "content/site.yaml": "title: Desk\n",
    "content/articles/harbour.md": "---\ntitle: Harbour\nas_of: 2026\nissues: mud\n---\n",
    "content/articles/tram.md": "---\ntitle: Tram\nas_of: 2026\nissues: rail\n---\n",
    "content/issues/mud.md": "---\ntitle: Mud\n---\n",
    "content/issues/rail.md": "---\ntitle: Rail\n---\n",
    "content/events.yaml": "vote:\n  date: 2025\n  title: The vote\n  issues: mud\n",
}


@pytest.fixture
def desk(tmp_path: Path) -> Edited:
    site = Edited(tmp_path)
    assert site.edit(SITE) == []
    return site


def test_an_event_that_comes_over_from_another_story_makes_the_article_again(desk: Edited) -> None:
    assert "The vote" in desk.html("articles/harbour")
    assert "The vote" not in desk.html("articles/tram")

    desk.edit({"content/events.yaml": SITE["content/events.yaml"].replace("mud", "rail")})

    assert "The vote" not in desk.html("articles/harbour")
    assert "The vote" in desk.html("articles/tram")


def test_an_edit_within_one_story_does_not_touch_the_article_of_another(desk: Edited) -> None:
    desk.edit({"content/issues/rail.md": "---\ntitle: Rails\n---\n"})

    assert "articles/tram/" in desk.made
    assert "articles/harbour/" not in desk.made


@pytest.mark.parametrize(
    "edit",
    [
        {"content/articles/tram.md": "---\ntitle: Tram\nas_of: 2026\nissues: [rail, mud]\n---\n"},
        {"content/articles/tram.md": "---\ntitle: Tram\nas_of: 2026\n---\nSee [[mud]].\n"},
        {"content/articles/tram.md": "---\ntitle: Tram\nas_of: 2026\npart_of: harbour\n---\n"},
        {"content/articles/tram.md": None},
        {"content/articles/bus.md": "---\ntitle: Bus\nas_of: 2027\n---\n"},
        {"content/site.yaml": "title: Desk\nhome: tram\n"},
        {"content/site.yaml": "title: Desk\nlead: tram\n"},
        {"content/issues/rail.md": "---\ntitle: Rail\nstory: harbour\n---\n"},
        {"content/issues/rail.md": "---\ntitle: Rail\nstory: []\n---\n"},
        {"content/updates.yaml": "new:\n  date: 2026-05-01\n  text: New.\n  touches: vote\n"},
        {"content/articles/tram/terms.yaml": "bed:\n  definition: What rails lie on.\n"},
    ],
)
def test_edits_of_stories_and_back(desk: Edited, edit: dict[str, str | None]) -> None:
    assert not [code for code in desk.edit(edit) if code != "no-story"]

    desk.edit({path: SITE.get(path) for path in edit})
