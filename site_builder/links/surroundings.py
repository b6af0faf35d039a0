"""What the texts of a site are resolved against."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from site_builder.content.models import DEFAULT_STANCES, EntityId, Site
from site_builder.diagnostics import Location
from site_builder.links.addresses import Addresses
from site_builder.links.evidence import SourceText
from site_builder.links.mentions import Mentions
from site_builder.links.names import Names
from site_builder.links.stories import Stories
from site_builder.markdown.document import Part
from site_builder.text.same import folded
from site_builder.values import NamedTuple

Locate = Callable[[int, int, int], Location]
"""Line, column and length as a part has them, to the place in the file."""


class ExpiredPlaces(NamedTuple):
    """What has expired: titles, pages by path, lists that held some of it, and entities by content file."""

    titles: Mapping[EntityId, str]
    pages: Mapping[str, EntityId]
    index_pages: tuple[str, ...]
    content_files: Mapping[str, EntityId]


class Surroundings(NamedTuple):
    """What texts are resolved against."""

    names: Names
    stories: Stories
    addresses: Addresses
    mentions: Mentions
    titles: Mapping[EntityId, str]
    written_titles: Mapping[EntityId, tuple[Part, ...]]
    """The titles that are prose and have markup, by their parts."""
    sources: Mapping[EntityId, SourceText | None]
    pages: Mapping[str, EntityId]
    """Pages of entities by path, for ordinary links."""
    index_pages: tuple[str, ...]
    expired: ExpiredPlaces
    content_files: Mapping[str, EntityId]
    """Entities by content file, for links to `.md` files."""
    files: frozenset[str]
    """Static files."""
    hidden: Mapping[EntityId, str]
    """Entities that are not in this build, and why."""
    not_quoted: frozenset[str]
    """What is no quotation in any text of the site, folded: what it lists as such, and the labels of its stances."""
    language: str
    """The site's: what sentences and abbreviations are depends on it."""


_STOPS = " \t\n.,;:!?…"


def not_quotations(site: Site) -> frozenset[str]:
    """What is no quotation in any text of a site."""
    labels = (stance.label for stance in (site.stances or DEFAULT_STANCES).values())
    return frozenset(map(bare_words, (*site.not_quotations, *labels)))


def bare_words(words: str) -> str:
    """Words in the form in which what is no quotation is compared: folded, without the stops around them."""
    return folded(words).strip(_STOPS)
