"""The files that static hosts read: `_headers`, `_redirects`, `.nojekyll` and `CNAME`.

Netlify and Cloudflare Pages read the first two, GitHub Pages the other two. They stand at the top of
the site, and their paths count from there. A host that finds several rules for one path may join
their values or take one of them, so no header is set by two rules that meet.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from urllib.parse import quote, unquote, urlsplit

from site_builder.content.models import Site
from site_builder.content.targets import GitTarget
from site_builder.links.graph import Graph
from site_builder.pages.media_types import media_type
from site_builder.pages.policy import content_policy
from site_builder.pages.redirects import redirects

ASSETS = "assets/"
"""Where files are that carry a digest of their bytes in their name."""

FOREVER = "public, max-age=31536000, immutable"
"""For files whose name changes with their bytes (RFC 9111, RFC 8246)."""
ASK_AGAIN = "public, max-age=0, must-revalidate"
"""For pages and data: kept, but never shown without asking whether they are still so."""
AN_HOUR = "public, max-age=3600"
"""For pictures and other files whose name stays when their bytes change."""

REDIRECTS = "_redirects"
"""Which addresses lead where, a rule a line: ours are added to the author's."""
_MOST_REDIRECTS = 1000
"""Cloudflare Pages reads 2,000, GitLab Pages reads none if there are more than 1,000. The pages at the
old addresses redirect as well, on any host."""

_EMBEDS = "embed/"
_NAMED_BY_BYTES = (ASSETS, "pagefind/fragment/", "pagefind/index/")
"""Folders of files whose name changes with their bytes: the theme's, and those of the search index."""
_OFTEN_UNKNOWN = (".bib", ".ics", ".md", ".ris", ".webmanifest")
"""Kinds of files whose media type hosts may not know, or know without its charset."""
_PAGE_SUFFIXES = (".html", ".xml", ".json", ".csv", ".txt", ".md", ".ics")


def host_files(graph: Graph, paths: Collection[str], own_rules: bytes = b"") -> dict[str, bytes]:
    """The files for hosts by their path, for a site that holds files at `paths`.

    `own_rules` are the bytes of the author's own `static/_redirects`.
    """
    alone = not graph.content.site.base_url
    files = {".nojekyll": b"", "_headers": headers(paths, alone=alone).encode()}
    rows = _redirects(graph, own_rules)
    if rows:
        files[REDIRECTS] = rows
    domain = custom_domain(graph.content.site)
    if domain:
        files["CNAME"] = f"{domain}\n".encode()
    return files


def cache_control(path: str) -> str:
    """How long a browser may keep a file of the site: a value of `Cache-Control`."""
    if path.startswith(_NAMED_BY_BYTES):
        return FOREVER
    return ASK_AGAIN if path.endswith(_PAGE_SUFFIXES) else AN_HOUR


def headers(paths: Collection[str], *, alone: bool = False) -> str:
    """The text of `_headers`, for a site that holds files at `paths`.

    With `alone`, its `404.html` has its style in itself.

    Embeds are made to be framed and nothing else is. A policy for all pages but those can't be
    written without rules that meet, so with embeds the other pages say it by `X-Frame-Options`
    (RFC 7034), a header of its own.
    """
    embeds = any(path.startswith(_EMBEDS) for path in paths)
    searches = any(path.startswith("pagefind/") or "/pagefind/" in path for path in paths)
    framing = "" if embeds else "; frame-ancestors 'none'"
    common = {
        "Content-Security-Policy": content_policy(searches=searches, alone=alone) + framing,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
    }
    page = {"Cache-Control": ASK_AGAIN, "X-Frame-Options": "DENY"}
    rules: list[tuple[str, Mapping[str, str]]] = [("/*", common)]
    for pattern in _page_patterns(paths):
        framed = pattern.startswith(f"/{_EMBEDS}")
        rules.append((pattern, {"Cache-Control": ASK_AGAIN} if framed else page))
    rules += [
        (f"/{folder}*", {"Cache-Control": FOREVER})
        for folder in _NAMED_BY_BYTES
        if any(path.startswith(folder) for path in paths)
    ]
    rules += [(f"/*{suffix}", {"Content-Type": media_type(suffix)}) for suffix in _OFTEN_UNKNOWN]
    blocks = [
        "\n".join([pattern, *(f"  {name}: {value}" for name, value in values.items())])
        for pattern, values in rules
    ]
    return "\n\n".join(blocks) + "\n"


def _page_patterns(paths: Iterable[str]) -> list[str]:
    """Patterns that between them match every page, no page twice, and no asset."""
    pages = (path for path in paths if path.endswith(".html") and not path.startswith(ASSETS))
    tops = {path.partition("/")[:2] for path in pages}
    patterns = {f"/{quote(top)}/*" if slash else f"/{quote(top)}" for top, slash in tops}
    if "/index.html" in patterns:
        patterns.add("/")
    return sorted(patterns)


def _redirects(graph: Graph, own_rules: bytes) -> bytes:
    """The file `_redirects`: the author's rules, then permanent redirects of old addresses.

    Hosts take the first rule that fits, so an author's rule comes before ours, and ours for the same
    path is left out. It is empty if there are none.
    """
    lines = own_rules.decode(errors="replace").splitlines()
    own = {unquote(line.split()[0]).rstrip("/") for line in lines if line.split()}
    rows = [
        f"/{quote(row.old)} /{quote(row.new, safe='/#')} 301\n"
        for row in redirects(graph)
        if f"/{row.old}".rstrip("/") not in own
    ]
    if rows and own_rules and not own_rules.endswith(b"\n"):
        own_rules += b"\n"
    return own_rules + "".join(rows[: max(0, _MOST_REDIRECTS - len(lines))]).encode()


def custom_domain(site: Site) -> str:
    """The domain for `CNAME`: the site's host, where a git target says the domain is its own."""
    host = urlsplit(site.base_url or "").hostname or ""
    domains = {row.domain for row in site.publish.values() if isinstance(row, GitTarget)}
    return host if host in domains else ""
