"""Paths of pages: the file that a path means, and the link from one page to another."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.content.slugs import same_address


def file_of(path: str) -> str:
    """The file of a page path: `issues/` is `issues/index.html`; a file's path is itself."""
    return f"{path}index.html" if path == "" or path.endswith("/") else path


def address_keys(path: str) -> Iterator[str]:
    """Keys that two paths share if some host treats them as one, such as `a/` and `a.html`."""
    key = same_address(file_of(path))
    yield key
    if key.endswith("/index.html"):
        yield f"{key.removesuffix('/index.html')}.html"
    elif key.endswith(".html"):
        yield f"{key.removesuffix('.html')}/index.html"


def relative_url(path: str, page: str) -> str:
    """A link from the page at path `page` to `path`, which works from files too (RFC 3986, 4.2).

    Both are paths of the site; `path` may have an anchor.
    """
    target, hash_sign, anchor = path.partition("#")
    if hash_sign and target == page:
        return f"#{anchor}"
    up = "../" * page.count("/")
    return f"{up}{file_of(target)}{hash_sign}{anchor}"
