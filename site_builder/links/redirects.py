"""Addresses that things had before, by `redirect_from`: earlier slugs, or whole paths from the top of the site."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from site_builder.content.kinds import KINDS
from site_builder.content.models import EntityId
from site_builder.content.slugs import is_kept_by_windows, slug_problem
from site_builder.text import lazily

_EXTENSION = lazily.pattern(r"\.[a-z][a-z0-9]{0,4}$", re.IGNORECASE)
_PAGE = lazily.pattern(r"\.html?$", re.IGNORECASE)
_NOT_IN_NAMES = lazily.pattern(r'[\\:*?"<>|\x00-\x1f\x7f-\x9f]')
_HIDDEN = lazily.pattern(r"[\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
"""Characters that nobody sees in an address, but for those that some languages need in words."""
_OF_HOSTS = ("_headers", "_redirects", "cname")
"""Files at the top of a site, which can't be folders."""
_LONGEST_NAME = 200
"""Bytes of a part of a path: file systems take 255, and we add to it."""
_AT_THE_HOST = "if your host reads _redirects, write a rule for it in static/_redirects"


def is_path(old: str) -> bool:
    """Whether an entry of `redirect_from` is a whole path, not a slug."""
    return old.startswith("/")


def old_page(id: EntityId, old: str) -> str:
    """The path of the page that redirects from an old slug or path.

    It is "" for the old slug of an entry in a list, which stays an anchor on the list's page.
    """
    if is_path(old):
        return _page_at(old)
    kind = KINDS[id.kind]
    return kind.page_at(old) if kind.own_page else ""


def old_slugs(redirect_from: Iterable[str]) -> tuple[str, ...]:
    """Those of the entries that are slugs."""
    return tuple(old for old in redirect_from if not is_path(old))


def _page_at(old: str) -> str:
    """The path of the page at a whole path: `/old` and `/old/index.html` are `old/`."""
    path = unicodedata.normalize("NFC", unquote(old)).removeprefix("/")
    path = path.removesuffix("index.html")
    name = path.rpartition("/")[2]
    return path if not name or _PAGE.search(name) else f"{path}/"


def old_problem(id: EntityId, old: str) -> tuple[str, str, str] | None:
    """Why an entity can't have an old slug or path: a code, a message and a hint."""
    if not is_path(old):
        problem = slug_problem(old, nested=KINDS[id.kind].free)
        if not problem:
            return None
        path = urlsplit(old).path if "://" in old else ""
        return "bad-slug", problem[0], f"write the path alone: {path}" if path else ""
    problem = _path_problem(old)
    return ("bad-url", *problem) if problem else None


def _path_problem(old: str) -> tuple[str, str] | None:
    if "#" in old:
        return f"browsers don't send what follows '#' to hosts: '{old}'", "write the path before it"
    if "?" in old:
        return f"a page can't distinguish addresses by what follows '?': '{old}'", _AT_THE_HOST
    try:
        path = unquote(old, errors="strict")
    except UnicodeDecodeError:
        return f"'{old}' is not UTF-8 after its percent signs", "write the letters themselves"
    if path in ("/", "/index.html"):
        return f"'{old}' is the home page", ""
    names = path.removeprefix("/").removesuffix("/").split("/")
    problem = next(filter(None, (_name_problem(name, old) for name in names)), None)
    if problem:
        return problem
    if names[0].lower() in _OF_HOSTS:
        return f"'{names[0]}' is a file that hosts read: '{old}'", _AT_THE_HOST
    *folders, last = names if not path.endswith("/") else (*names, "")
    odd = next((name for name in folders if _EXTENSION.search(name)), "")
    if odd:
        return f"a folder called '{odd}' looks like a file: '{old}'", _AT_THE_HOST
    extension = _EXTENSION.search(last)
    if extension and not _PAGE.search(last):
        message = f"a page can't be at '{old}': hosts don't send {extension[0]} as HTML"
        return message, _AT_THE_HOST
    return None


def _name_problem(name: str, old: str) -> tuple[str, str] | None:
    """Why a part of an old path can't be the name of a folder: a message and a hint."""
    if not name or name.startswith(".") or name.endswith((".", " ")) or name != name.strip():
        return f"a folder of a site can't be called '{name}': '{old}'", ""
    hidden = _HIDDEN.search(name)
    if hidden:
        return f"an old path can't contain an invisible character (U+{ord(hidden[0]):04X})", ""
    sign = _NOT_IN_NAMES.search(name)
    if sign:
        return f"an old path can't contain {sign[0]!r}: '{old}'", _AT_THE_HOST
    if is_kept_by_windows(name.partition(".")[0]):
        return f"Windows reserves the name '{name}': '{old}'", _AT_THE_HOST
    if len(name.encode()) > _LONGEST_NAME:
        return f"a part of this path is longer than {_LONGEST_NAME} bytes", _AT_THE_HOST
    return None
