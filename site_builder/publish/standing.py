"""Finds the address of a site without a `base_url` from its target, if possible.

The addresses of a site's own domain, of GitHub, GitLab or Codeberg Pages, and of an Amazon bucket's website
are known. Nothing else is guessed, because a wrong address is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote, urlsplit

from site_builder.content.targets import S3Target, domain_problem
from site_builder.values import NamedTuple


class Standing(NamedTuple):
    """The address a site will have, and how it is known, in words."""

    address: str
    why: str


# --- a branch of a git repository ------------------------------------------------------------------


def at_domain(name: str, why: str) -> Standing | None:
    """The address of a domain in a file `CNAME`; None if it is not a domain."""
    host = name.strip().lower()
    return None if domain_problem(host) else Standing(f"https://{host}/", why)


def of_remote(remote: str, branch: str) -> Standing | None:
    """Where a host serves a branch of a repository, by the repository's address; None if not known."""
    host, steps = _repository(remote)
    service = _PAGES.get(host)
    if service is None or len(steps) < 2 or not all(map(_STEP.fullmatch, steps)):
        return None
    name, place_of = service
    place = place_of(steps, branch)
    why = f"{name} serves {'/'.join(steps)} there"
    return Standing(f"https://{place}", why) if place else None


_STEP = re.compile(r"(?!\.\.?$)[A-Za-z0-9_.-]+")
"""One name in the path of a repository on these hosts."""
_OWNER = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?")
"""An owner whose name can be part of a host name (RFC 1123)."""


def _repository(remote: str) -> tuple[str, list[str]]:
    """The host and path of a remote: `https://…`, `ssh://…` or `user@host:path`; ("", []) for a folder."""
    if "://" in remote:
        try:
            parts = urlsplit(remote)
            host, path = parts.hostname or "", parts.path
        except ValueError:
            return "", []
        if parts.scheme not in ("https", "http", "ssh", "git", "git+ssh", "ssh+git"):
            return "", []
    else:
        short = re.fullmatch(r"(?:[^@/:]+@)?([^@/:]+):(.+)", remote, re.DOTALL)
        if not short:
            return "", []
        host, path = short[1].lower(), short[2]
    path = path.strip("/").removesuffix(".git")
    return host.rstrip("."), path.split("/")


def _github(steps: list[str], _: str) -> str:
    if len(steps) != 2 or not _OWNER.fullmatch(steps[0]):
        return ""
    host = f"{steps[0].lower()}.github.io"
    return f"{host}/" if steps[1].lower() == host else f"{host}/{steps[1]}/"


def _gitlab(steps: list[str], _: str) -> str:
    group, *rest = steps
    host = f"{group.lower()}.gitlab.io"
    return f"{host}/" if [row.lower() for row in rest] == [host] else f"{host}/{'/'.join(rest)}/"


_OF_WHOLE_OWNER = ("main", "master", "pages")
"""Usual names of the default branch, which Codeberg serves of a repository named `pages`."""


def _codeberg(steps: list[str], branch: str) -> str:
    if len(steps) != 2 or not _OWNER.fullmatch(steps[0]):
        return ""
    host = f"{steps[0].lower()}.codeberg.page"
    named = f"@{quote(branch.replace('/', '~'))}/"
    if steps[1].lower() == "pages":
        return f"{host}/" if branch in _OF_WHOLE_OWNER else f"{host}/{named}"
    return f"{host}/{steps[1]}/" if branch == "pages" else f"{host}/{steps[1]}/{named}"


_PAGES: dict[str, tuple[str, Callable[[list[str], str], str]]] = {
    "github.com": ("GitHub Pages", _github),
    "www.github.com": ("GitHub Pages", _github),
    "ssh.github.com": ("GitHub Pages", _github),
    "gitlab.com": ("GitLab Pages", _gitlab),
    "altssh.gitlab.com": ("GitLab Pages", _gitlab),
    "codeberg.org": ("Codeberg Pages", _codeberg),
}
"""The name of the service and its addresses, by the host of a remote."""


# --- a bucket --------------------------------------------------------------------------------------

_WITH_HYPHEN = frozenset((
    "ap-northeast-1", "ap-southeast-1", "ap-southeast-2", "eu-west-1", "sa-east-1", "us-east-1",
    "us-gov-west-1", "us-west-1", "us-west-2",
))  # fmt: skip
"""Amazon's older regions, whose website endpoints are written `s3-website-REGION`, not `s3-website.REGION`."""
_AMAZON = re.compile(
    r"(?:.+\.)?s3(?:-website)?(?:\.dualstack)?(?:[.-](?P<region>[a-z]{2}(?:-[a-z]+)+-[0-9]))?"
    r"\.amazonaws\.com(?:\.cn)?"
)
"""The hosts of Amazon's endpoints, with or without a bucket's name in front."""


def of_bucket(target: S3Target, region: str | None) -> Standing | None:
    """The website of an Amazon bucket in a known region; None for other services."""
    if target.endpoint:
        amazon = _AMAZON.fullmatch((urlsplit(target.endpoint).hostname or "").lower())
        if not amazon:
            return None
        region = target.region or amazon["region"]
    if not region or not re.fullmatch(r"[a-z]{2}(-[a-z]+)+-[0-9]", region):
        return None
    sign = "-" if region in _WITH_HYPHEN else "."
    end = ".cn" if region.startswith("cn-") else ""
    host = f"{target.bucket}.s3-website{sign}{region}.amazonaws.com{end}"
    address = f"http://{host}/{quote(target.prefix)}"
    return Standing(address, "Amazon serves the bucket's website there")
