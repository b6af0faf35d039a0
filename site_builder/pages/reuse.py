"""What pages say to machines and to those who quote them. `site_builder.exports.describing` fills it."""

# Without `from __future__ import annotations`: see `pages/making.py`.
from markupsafe import Markup

from site_builder.pages.briefs import Card
from site_builder.pages.pictures import ImageView
from site_builder.values import NamedTuple


class AlternateView(NamedTuple):
    """The same as this page, or what changes of it, in another form: for `<link rel="alternate">`."""

    path: str
    """A path of the site."""
    type: str
    """Its media type: `application/atom+xml`, `text/markdown`, …"""
    title: str
    absolute: bool = False
    """Whether its address must be given in full, as for oEmbed documents."""


class CitationView(NamedTuple):
    """How to cite a page, in three forms, as plain text."""

    plain: str
    bibtex: str
    csl: str
    """CSL-JSON, as reference managers read it."""


class EmbedLinkView(NamedTuple):
    """How another site shows a part of this page."""

    path: str
    """The small framed page."""
    snippet: str
    """The HTML to copy; "" without a base address, for it holds a full one."""


class IconView(NamedTuple):
    """An icon of the site, drawn from its initials and colour, or the site's own in `static/`."""

    rel: str
    path: str
    type: str
    sizes: str


class ReuseView(NamedTuple):
    """What a page says to machines and to those who quote it; the same fields stand in `PageView`."""

    modified: str = ""
    """The day of the last noted change (`2025-12-02`), or "" if none is dated to the day."""
    jsonld: Markup = Markup("")
    """What the page is about, for `<script type="application/ld+json">`; may be empty."""
    image: ImageView | None = None
    """The drawn card for sharing; None without a base address."""
    cite: CitationView | None = None
    alternates: tuple[AlternateView, ...] = ()
    embed: EmbedLinkView | None = None


class DataFileView(NamedTuple):
    """A file of data to take away."""

    path: str
    title: str
    type: str
    """Its media type."""
    text: str
    """What is in it, in a sentence."""


class EmbedRowView(NamedTuple):
    """A part of the site that others can frame, in the list of them."""

    card: Card
    """What it shows."""
    path: str
    """The small framed page."""
    snippet: str
    """The HTML to copy; "" without a base address."""


class DataContext(NamedTuple):
    """`data/` (`data.html`): what can be taken away, in which forms, on what terms."""

    files: tuple[DataFileView, ...] = ()
    missing: tuple[str, ...] = ()
    """What is not made for this site, and why, in a sentence each."""
    feeds: tuple[AlternateView, ...] = ()
    embeds: tuple[EmbedRowView, ...] = ()
    """Issues, actors and claims to embed."""
    cite: CitationView | None = None
