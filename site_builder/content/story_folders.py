"""The folder of a story: `content/articles/tram/`, beside the article `tram.md`."""

from __future__ import annotations

from site_builder.content.kinds import FRONT, KINDS
from site_builder.content.slugs import normal_slug

ARTICLES = f"content/{KINDS[FRONT].plural}/"
"""The folder of the articles, in which each story may have one of its own."""


def story_of_folder(path: str) -> str:
    """The slug of the story in whose folder a content file is; "" if it is in none."""
    if not path.startswith(ARTICLES):
        return ""
    slug, slash, _ = path.removeprefix(ARTICLES).partition("/")
    return normal_slug(slug) if slash else ""


def top_of(path: str) -> str:
    """The folder that holds the collections: `content/`, or that of a story."""
    story = path.removeprefix(ARTICLES).partition("/")[0] if story_of_folder(path) else ""
    return f"{ARTICLES}{story}/" if story else "content/"


def holds_many(path: str) -> bool:
    """Whether a content file is a whole collection (`events.yaml`), not one entity."""
    return "/" not in path.removeprefix(top_of(path))
