"""Finds the target to publish to, in `site.yaml`, and the address its site will have."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from site_builder.content.models import Site
from site_builder.content.site_files import load_site
from site_builder.content.targets import GitTarget, Target
from site_builder.diagnostics import Diagnostic, has_errors
from site_builder.disk import read_file
from site_builder.faults import SiteNotFound
from site_builder.publish.destination import Destination, KnowsWhere
from site_builder.publish.faults import PublishFault
from site_builder.publish.standing import Standing, at_domain
from site_builder.reading.files import InputFile
from site_builder.text.guesses import did_you_mean


class UnknownTarget(Exception):
    """The command line names a target that does not exist, or names none although there are several."""


def load_settings(root: Path) -> tuple[Site | None, tuple[Diagnostic, ...]]:
    """Reads `content/site.yaml`: the settings, or None if they have errors, and all findings."""
    for name in ("site.yaml", "site.yml"):
        path = root / "content" / name
        if path.is_file():
            try:
                data = path.read_bytes()
            except OSError as error:
                raise PublishFault(f"'{path}' can't be read: {error.strerror}") from error
            site, found = load_site(InputFile(f"content/{name}", data))
            return (None if has_errors(found) else site), found
    if not (root / "content").is_dir():
        raise SiteNotFound(
            f"there is no folder 'content' in '{root}'. Go to the site's folder, or name it with -C"
        )
    return None, ()


def choose_target(site: Site, name: str | None) -> tuple[str, Target]:
    """The target with this name, or the only one if `name` is None. Raises `UnknownTarget`."""
    targets = site.publish
    if not targets:
        raise UnknownTarget(
            "content/site.yaml names no target to publish to; add one, such as\n\n"
            "  publish:\n"
            "    pages:\n"
            "      kind: git\n"
            "      remote: origin\n"
            "      branch: gh-pages\n"
        )
    if name is None:
        if len(targets) > 1:
            raise UnknownTarget(f"which target? content/site.yaml has: {', '.join(targets)}")
        name = next(iter(targets))
    if name not in targets:
        guess = did_you_mean(name, targets)
        raise UnknownTarget(
            f"content/site.yaml has no target '{name}'{guess}; it has: {', '.join(targets)}"
        )
    return name, targets[name]


def find_standing(
    site: Site, target: Target, destination: Destination, root: Path
) -> Standing | None:
    """The address of a target's site, if no `base_url` gives it; None if it is not needed or not known.

    The target's `base_url` comes first, then its `domain`, then the site's `base_url`, which may add a path
    to that domain; then `static/CNAME`, and what the target's host says.
    """
    if target.base_url is not None:
        return None
    domain = target.domain if isinstance(target, GitTarget) else None
    if domain and urlsplit(site.base_url or "").hostname != domain:
        return at_domain(domain, "the target's domain")
    if site.base_url is not None:
        return None
    own = _at_own_cname(root) if isinstance(target, GitTarget) else None
    return own or (destination.standing() if isinstance(destination, KnowsWhere) else None)


def _at_own_cname(root: Path) -> Standing | None:
    """The address of the domain in the author's `static/CNAME`."""
    try:
        text = read_file(root / "static/CNAME").decode("utf-8", "replace")
    except OSError:
        return None
    return at_domain(text, "static/CNAME says so")
