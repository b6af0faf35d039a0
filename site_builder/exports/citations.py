r"""How to cite a page: in words, as BibTeX, as CSL-JSON.

A page without an update that is dated to the day has no year: `n.d.` in words, nothing in the other forms.
Readers add the day of access themselves.

BibTeX uses biblatex's type `@online`, which plain BibTeX styles treat as `@misc`; text is UTF-8, and TeX's ten
special characters are escaped. CSL-JSON: https://citeproc-js.readthedocs.io/en/latest/csl-json/
"""

from __future__ import annotations

import json
import re
import unicodedata

from site_builder.content.models import Site
from site_builder.pages.reuse import CitationView
from site_builder.values import NamedTuple


class Cited(NamedTuple):
    """What is cited: a page or the data."""

    title: str
    path: str
    authors: tuple[str, ...]
    as_of: str
    """The "as of" date in words, or ""."""
    modified: str
    """The day of its last update, or ""."""


def cite(site: Site, cited: Cited) -> CitationView:
    """A page's citation in every form."""
    url = f"{site.base_url}{cited.path}" if site.base_url else ""
    return CitationView(_plain(site, cited, url), _bibtex(site, cited, url), _csl(site, cited, url))


def _plain(site: Site, cited: Cited, url: str) -> str:
    by = ", ".join(cited.authors) or site.publisher or ""
    parts = [f"{by}." if by else "", f"“{cited.title}.”".replace("?.”", "?”").replace("..”", ".”")]
    if cited.title != site.title:
        parts.append(f"{site.title}.")
    if site.publisher and site.publisher != by:
        parts.append(f"{site.publisher}.")
    parts.append(f"{cited.modified}." if cited.modified else "n.d.")
    if cited.as_of:
        parts.append(f"As of {cited.as_of}.")
    parts.append(f"{url}" if url else "")
    return " ".join(part for part in parts if part)


_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
    "%": r"\%", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in text)


def _key(site: Site, cited: Cited) -> str:
    """An ASCII key, made from the site's title and the page's path."""
    words = f"{site.title} {cited.path}"
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "explainer"


def _bibtex(site: Site, cited: Cited, url: str) -> str:
    fields = {
        "author": " and ".join(f"{{{_tex(name)}}}" for name in cited.authors),
        "title": f"{{{_tex(cited.title)}}}",
        "titleaddon": _tex(site.title) if cited.title != site.title else "",
        "organization": _tex(site.publisher or ""),
        "date": cited.modified,
        "url": url,
        "note": _tex(f"As of {cited.as_of}") if cited.as_of else "",
    }
    lines = [f"  {name} = {{{text}}}," for name, text in fields.items() if text]
    return "\n".join([f"@online{{{_key(site, cited)},", *lines, "}"])


def _csl(site: Site, cited: Cited, url: str) -> str:
    item: dict[str, object] = {"id": _key(site, cited), "type": "webpage", "title": cited.title}
    if cited.title != site.title:
        item["container-title"] = site.title
    if cited.authors:
        item["author"] = [{"literal": name} for name in cited.authors]
    if site.publisher:
        item["publisher"] = site.publisher
    if cited.modified:
        item["issued"] = {"date-parts": [[int(part) for part in cited.modified.split("-")]]}
    if url:
        item["URL"] = url
    item["language"] = site.language
    if cited.as_of:
        item["note"] = f"As of {cited.as_of}"
    return json.dumps([item], ensure_ascii=False, indent=1)
