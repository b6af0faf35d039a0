"""Answers requests: with a page or file of the site, the 404 page, or the problems.

Everything comes from the snapshot in memory; a request never becomes a path on disk.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote

from site_builder.pages.media_types import media_type
from site_builder.preview.editors import Editor
from site_builder.preview.in_memory import PreviewedSite
from site_builder.preview.insertion import insert, stretch
from site_builder.preview.margin import margin
from site_builder.preview.policy import widen_page
from site_builder.preview.problems import problem_list, problem_page
from site_builder.preview.showing import Snapshot, page_digest

HTML = "text/html; charset=utf-8"
NOT_FOUND_PAGE = "404.html"


@dataclass(frozen=True)
class Answer:
    """Status, content type and body; with `location`, a redirect.

    With a `tag` (an ETag; RFC 9110, section 8.8.3), parts of the body can be requested.
    """

    status: int
    type: str
    body: bytes
    location: str = ""
    tag: str = ""


@dataclass(frozen=True)
class Asker:
    """The client: the `Host` it requested, and the editor for its links.

    `top` leads from the requested page to the top of the preview, which a proxy may show below a path.
    """

    host: str
    editor: Editor
    top: str = "/"


@dataclass(frozen=True)
class _Place:
    """The target of a requested path: a file of the site, or another path. `base` is the site's path."""

    file: str
    base: str = "/"
    redirect: str = ""


def answer_later(snapshot: Snapshot, path: str) -> Answer | None:
    """A file that only machines request, made now if necessary; None if the path leads to no such file.

    This can be slow, so don't call it on an event loop.
    """
    site = snapshot.site
    if not isinstance(site, PreviewedSite) or site.later is None or _may_be_page(path):
        return None
    if _find(snapshot.files, path, snapshot.base):
        return None
    with contextlib.suppress(UnicodeDecodeError):
        path = unquote(path, errors="strict")
        for top in dict.fromkeys(("/", snapshot.base)):
            name = path.removeprefix(top)
            data = site.later.file(name) if path.startswith(top) else None
            if data is not None:
                return Answer(200, media_type(name), data)
    return None


def answer(snapshot: Snapshot, path: str, asker: Asker) -> Answer:
    """The answer to a request for a path, which is as in the request, without the query."""
    place = _find(snapshot.files, path, snapshot.base)
    if place is None:
        if snapshot.is_broken and _may_be_page(path):
            return _problems(snapshot, asker)
        return _page(snapshot, _Place(NOT_FOUND_PAGE), asker, status=404)
    if place.redirect:
        location = quote(place.redirect)
        if asker.top != "/":  # relative, because a proxy may have removed a prefix
            location = f"{location.rstrip('/').rpartition('/')[2]}/"
        return Answer(302, HTML, b"", location)
    if place.file.endswith(".html"):
        return _problems(snapshot, asker) if snapshot.is_broken else _page(snapshot, place, asker)
    data = snapshot.files[place.file]
    return Answer(200, media_type(place.file), data, tag=snapshot.tag(place.file))


def state(snapshot: Snapshot, path: str, asker: Asker) -> str:
    """The state for the preview's script in the page at `path`, as JSON.

    `digest` and `version` are the values that `data-digest` and `data-version` would have if the page were
    loaded now; `problems` and `margin` are HTML; `styles` has the addresses of style sheets by name.
    """
    place = _find(snapshot.files, path, snapshot.base) or _Place(NOT_FOUND_PAGE)
    page = snapshot.files.get(place.file, b"")
    return json.dumps(
        {
            "problems": problem_list(snapshot, asker.editor),
            "margin": margin(snapshot, place.file, asker.editor),
            "digest": page_digest(page),
            "version": snapshot.version,
            "styles": dict(snapshot.styles),
        }
    )


def own_file(name: str) -> Answer:
    """A script or style sheet of the preview itself."""
    folder = Path(__file__).parent / "static"
    files = {file.name: file for file in folder.iterdir() if file.is_file()}
    if name not in files:
        return Answer(404, "text/plain; charset=utf-8", b"404 Not Found\n")
    return Answer(200, media_type(name), files[name].read_bytes())


def _find(files: Mapping[str, bytes], path: str, base: str) -> _Place | None:
    """The target of a path, or None. A site with a base path is found both with and without it."""
    try:
        path = unquote(path, errors="strict")
    except UnicodeDecodeError:
        return None
    for top in dict.fromkeys(("/", base)):
        if path.startswith(top):
            place = _find_below(files, path.removeprefix(top), top)
            if place:
                return place
        elif path + "/" == top:
            return _Place("", top, top)
    return None


def _find_below(files: Mapping[str, bytes], name: str, base: str) -> _Place | None:
    if name == "" or name.endswith("/"):
        file = f"{name}index.html"
        return _Place(file, base) if file in files else None
    if name in files:
        return _Place(name, base)
    return _Place("", base, f"{base}{name}/") if f"{name}/index.html" in files else None


def _may_be_page(path: str) -> bool:
    return PurePosixPath(path).suffix in ("", ".html")


def _page(snapshot: Snapshot, place: _Place, asker: Asker, status: int = 200) -> Answer:
    page = snapshot.files.get(place.file)
    if page is None:
        return Answer(status, "text/plain; charset=utf-8", f"{status} Not Found\n".encode())
    more = stretch(
        host=asker.host,
        top=asker.top,
        base=place.base,
        version=snapshot.version,
        digest=page_digest(page),
        margin=margin(snapshot, place.file, asker.editor),
    )
    wider = widen_page(page, asker.host, proxied=asker.top != "/")
    return Answer(status, HTML, insert(wider, more))


def _problems(snapshot: Snapshot, asker: Asker) -> Answer:
    """The page of problems, shown instead of a page. It reloads when the problems are fixed."""
    more = stretch(
        host=asker.host, top=asker.top, base="/", version=snapshot.version, digest="", margin=""
    )
    return Answer(500, HTML, problem_page(problem_list(snapshot, asker.editor), more))
