"""`content/site.yaml` and `content/about.md`: what the content folder says of the site as a whole."""

from __future__ import annotations

from dataclasses import replace

from site_builder.content.entries import AboutFile, SiteContent
from site_builder.content.library import SITE_FILES, Library
from site_builder.content.models import Site
from site_builder.diagnostics import Diagnostic, Location
from site_builder.markdown.document import Dialect
from site_builder.reading.files import digest
from site_builder.text.guesses import did_you_mean
from site_builder.values import NamedTuple

_ABOUT_FILE = "content/about.md"
_NO_ABOUT = AboutFile(None, ())


class Settings(NamedTuple):
    """The settings of a site, and what stands for the bytes they were made from."""

    content: SiteContent
    dialect: Dialect
    digest: str
    readable: bool = True
    """False if `site.yaml` can't be read, so that nothing can be said of what depends on it."""


def load_settings(
    library: Library, base_url: str | None = None
) -> tuple[Settings, list[Diagnostic]]:
    """The settings; without `site.yaml`, those of a site of a plain title. `base_url` overrides."""
    present = [path for path in SITE_FILES if path in library.noted]
    path = present[0] if present else ""
    site: Site | None = None
    diagnostics: list[Diagnostic] = []
    if path:
        site, found = library.site(path)
        diagnostics += found
        for other in present[1:]:
            message = f"the settings are already in {path}"
            hint = "join the two files, and delete one"
            diagnostics.append(Diagnostic("slug-collision", message, Location(other), hint))
    else:
        path = SITE_FILES[0]
        names = {p.removeprefix("content/") for p in library.noted if p.count("/") == 1}
        diagnostics = [
            Diagnostic(
                "missing-field",
                f"there is no content/site.yaml{did_you_mean('site.yaml', names)}",
                Location(path),
                hint="make one with a line: title: The name of the site",
            )
        ]
    readable = site is not None or path not in library.noted
    site = site or Site(title="Untitled")
    if base_url is not None:
        site = replace(site, base_url=base_url.rstrip("/") + "/")
    dialect = Dialect(html=site.html)
    about, more = library.about(_ABOUT_FILE, dialect) if _ABOUT_FILE in library.noted else _NO_ABOUT
    parts = [library.noted[p][1] for p in (path, _ABOUT_FILE) if p in library.noted]
    content = SiteContent(site, path, about)
    settings = Settings(content, dialect, digest(repr(parts).encode()), readable)
    return settings, [*diagnostics, *more]
