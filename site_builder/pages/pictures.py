"""Pictures of the site's own."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from site_builder.content.models import Image
from site_builder.links.graph import Graph
from site_builder.values import NamedTuple


class ImageView(NamedTuple):
    """A picture. `path` is a path of the site (a file); `width` and `height` in pixels, or 0."""

    path: str
    alt: str
    credit: str = ""
    width: int = 0
    height: int = 0


def picture(graph: Graph, image: Image | None) -> ImageView | None:
    """An author's picture, or None without one."""
    if image is None:
        return None
    return ImageView(graph.file_of(image.src), image.alt, image.credit or "")
