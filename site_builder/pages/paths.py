"""Paths of pages: the file that a path means, and the link from one page to another."""

from __future__ import annotations


def file_of(path: str) -> str:
    """The file of a page path: `issues/` is `issues/index.html`; a file's path is itself."""
    return f"{path}index.html" if path == "" or path.endswith("/") else path


def relative_url(path: str, page: str) -> str:
    """A link from the page at path `page` to `path`, which works from files too (RFC 3986, 4.2).

    Both are paths of the site; `path` may have an anchor.
    """
    target, hash_sign, anchor = path.partition("#")
    if hash_sign and target == page:
        return f"#{anchor}"
    up = "../" * page.count("/")
    return f"{up}{file_of(target)}{hash_sign}{anchor}"
