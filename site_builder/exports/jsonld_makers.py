"""Who makes a site, in the vocabulary of https://schema.org: publisher, authors, editors, and whether a machine wrote it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from site_builder.content.models import Site
from site_builder.pages.site import SiteView

_SOURCE_TYPES: Mapping[str, str] = {
    "wrote": "https://schema.org/TrainedAlgorithmicMediaDigitalSource",
    "helped": "https://schema.org/CompositeWithTrainedAlgorithmicMediaDigitalSource",
}
"""How a text came about, in the words of the IPTC."""


def publisher(site: SiteView, address: Callable[[str], str]) -> dict[str, Any]:
    """The publisher, whom to write to, and where its rules are. `address` gives the address of a path."""
    corrections = address(site.updates_path or "about/") if site.corrections else ""
    return {
        "@type": "Organization",
        "@id": address("#publisher"),
        "name": site.publisher,
        "email": site.contact,
        "publishingPrinciples": address("about/") if site.method else "",
        "correctionsPolicy": corrections,
    }


def makers(site: Site, authors: Iterable[str]) -> dict[str, Any]:
    """Who wrote a text, who answers for it, and whether a machine wrote it."""
    return {
        "author": _persons(authors),
        "editor": _persons(site.reviewed_by),
        "digitalSourceType": _SOURCE_TYPES.get(site.machine or ""),
    }


def _persons(names: Iterable[str]) -> list[dict[str, Any]]:
    return [{"@type": "Person", "name": name} for name in names]
