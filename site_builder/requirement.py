"""What a site needs to be built elsewhere: its `requirements.txt`, from where the running program was installed.

Installers note that beside a package (PEP 610, `direct_url.json`), unless it came from an index.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit, urlunsplit

_NAME = "site-builder"
_HEAD = """\
# What builds this site. To update it, change the version or the commit, and run: pip install -r requirements.txt
# Write site-builder[s3] for a bucket, site-builder[html] for HTML in Markdown.
"""
_UNKNOWN = """\
# The program that wrote this file was installed from a folder, which nobody else has. Put here where it comes from,
# such as:
# site-builder @ git+https://host.example/owner/site_builder.git@0123456789abcdef0123456789abcdef01234567
"""


def requirements() -> tuple[str, bool]:
    """The text of `requirements.txt`, and whether it says where the program comes from."""
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        found = distribution(_NAME)
    except PackageNotFoundError:
        return _HEAD + _UNKNOWN, False
    line = requirement(found.version, found.read_text("direct_url.json"))
    return (f"{_HEAD}{line}\n", True) if line else (_HEAD + _UNKNOWN, False)


def requirement(version: str, direct_url: str | None) -> str:
    """The requirement for a version that was installed from an address, None for an index; "" if only a folder has it."""
    if direct_url is None:
        return f"{_NAME}=={version}"
    origin: dict[str, Any] = json.loads(direct_url)
    url = _without_secret(origin["url"])
    if url.startswith("file:"):
        return ""
    pinned = ""
    if commit := origin.get("vcs_info", {}).get("commit_id"):
        url = f"{origin['vcs_info']['vcs']}+{url}@{commit}"
    elif digest := _sha256(origin.get("archive_info", {})):
        pinned = f"sha256={digest}"
    folder = origin.get("subdirectory", "")
    parts = (pinned, f"subdirectory={folder}" if folder else "")
    fragment = "&".join(filter(None, parts))
    return f"{_NAME} @ {url}{'#' if fragment else ''}{fragment}"


def _without_secret(url: str) -> str:
    """An address without a password or token; over ssh, `git@` is the name that everybody uses."""
    parts = urlsplit(url)
    if parts.scheme == "ssh":
        user = parts.username or ""
        host = f"{user}@{parts.netloc.rpartition('@')[2]}" if user else parts.netloc
    else:
        host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path, "", ""))


def _sha256(archive: dict[str, Any]) -> str:
    """The digest of an archive, if it is noted."""
    digest: str = archive.get("hashes", {}).get("sha256", "")
    name, _, value = archive.get("hash", "").partition("=")
    return digest or (value if name == "sha256" else "")
