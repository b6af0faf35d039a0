"""Field types that models of different modules share.

Every scalar arrives as the text that was written; these say what it becomes, and what is wrong with
it in words for its author.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlsplit

from site_builder.content.records import Before, Holds, Text, WrongValue
from site_builder.content.slugs import slug_problem
from site_builder.text import lazily

URL_SCHEMES = ("http", "https", "mailto")


def listed(value: object) -> object:
    """One value stands for a list of one."""
    return [value] if isinstance(value, (str, Mapping)) else value


def url_problem(text: str) -> str:
    """Why `text` is not an address a page may link to, or "" if it is.

    Absolute addresses only, of the schemes in `URL_SCHEMES` (RFC 3986).
    """
    if any(c.isspace() or ord(c) < 32 for c in text):
        return "an address can't contain white space"
    sign = next((c for c in text if c in '<>"'), "")
    if sign:
        return f"an address can't contain '{sign}'"
    try:
        parts = urlsplit(text)
        if parts.scheme.lower() not in URL_SCHEMES:
            return "an address must begin with https:, http: or mailto:"
        if parts.scheme == "mailto" and "@" not in parts.path:
            return "a mailto: address needs an '@'"
        if parts.scheme != "mailto" and not (parts.hostname or "").strip("."):
            return "the address names no host"
        _ = parts.port
    except ValueError as error:
        return f"the address can't be read: {error}"
    return ""


def _url(value: object) -> object:
    if isinstance(value, str):
        problem = url_problem(value.strip())
        if problem:
            raise WrongValue("bad_url", problem)
    return value


_IN_PLACE_URLS = ("seconds", "page", "label")


def _place_url(value: object) -> object:
    """An address with names in braces, which a place is filled into."""
    if isinstance(value, str):
        from site_builder.text.guesses import did_you_mean

        text = value.strip()
        names = re.findall(r"\{([^{}]*)\}", text)
        for name in names:
            if name not in _IN_PLACE_URLS:
                guess = did_you_mean(name, _IN_PLACE_URLS)
                known = "it can be {seconds}, {page} or {label}"
                raise WrongValue("bad_value", f"'{{{name}}}' is not known{guess or f': {known}'}")
        if not names:
            problem = "it needs {seconds}, {page} or {label} where the place goes"
            raise WrongValue("bad_value", problem)
        if problem := url_problem(re.sub(r"\{[^{}]*\}", "1", text)):
            raise WrongValue("bad_url", problem)
    return value


def base_url_problem(text: str) -> str:
    """Why a site can't stand at the address `text`, or "" if it can."""
    problem = url_problem(text)
    if problem:
        return problem
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https"):
        return "a base address must be like https://host/ or https://host/path/"
    hidden = next((sign for sign in text if unicodedata.category(sign)[0] == "C"), "")
    if hidden:
        return f"a base address can't contain an invisible character (U+{ord(hidden):04X})"
    if parts.hostname and not all(parts.hostname.removesuffix(".").split(".")):
        return f"a part of the host's name is empty: '{parts.hostname}'"
    if sign := next((sign for sign in text if sign in "\\`{}|^"), ""):
        return f"a base address can't contain '{sign}'"
    if "%" in parts.netloc:
        return f"a host can't be written with '%': '{parts.hostname}'"
    written = parts.path.rstrip("/") if _PAGE_OF_FOLDER.search(parts.path) else parts.path
    folder, _, page = written.rpartition("/")
    path = folder if _PAGE.fullmatch(page) else parts.path
    host = parts.netloc.rpartition("@")[2]
    right = f"write {parts.scheme}://{host}{path.rstrip('/')}/"
    if "@" in parts.netloc:
        return (
            f"a base address can't contain a user name or password, because readers see it: {right}"
        )
    if "?" in text or "#" in text:
        sign = "?" if "?" in text.partition("#")[0] else "#"
        return f"a base address can't contain '{sign}': {right}"
    if path != parts.path:
        return f"a base address must be that of a folder, not of the page in it: {right}"
    if _ODD_ESCAPE.search(path):
        return "a base address can't have control characters or slashes written with '%', or a '%' alone"
    if "//" in path or {".", ".."} & {*path.lower().replace("%2e", ".").split("/")}:
        return "a base address can't have '//', '.' or '..' in its path"
    return ""


_PAGE = lazily.pattern(r"(?:index|default)\.\w+|.+\.(?:html?|php|aspx?)", re.IGNORECASE)


_PAGE_OF_FOLDER = lazily.pattern(r"/(?:index|default)\.\w+/*$", re.IGNORECASE)
_ODD_ESCAPE = lazily.pattern(r"%(?:[01][0-9a-f]|2f|5c|7f|(?![0-9a-f]{2}))", re.IGNORECASE)


def _base_url(value: object) -> object:
    if isinstance(value, str):
        problem = base_url_problem(value.strip())
        if problem:
            raise WrongValue("bad_url", problem)
        return value.strip().rstrip("/") + "/"
    return value


def _language(value: object) -> object:
    if isinstance(value, str) and not _TAG.fullmatch(value.strip()):
        problem = f"'{value}' is not a language tag (write one like en, pt-BR or zh-Hant)"
        raise WrongValue("bad_value", problem)
    return value


_TAG = lazily.pattern(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""The forms of BCP 47 (RFC 5646, section 2.1) that texts are written in."""


def _anchor(value: object) -> object:
    if isinstance(value, str) and slug_problem(value.strip()):
        problem = f"'{value}' can't be an id: use only letters, digits and single hyphens"
        raise WrongValue("bad_value", problem)
    return value


_MANY = 1000


def _count(value: object) -> object:
    if isinstance(value, int):
        return value
    text = str(value)
    if not re.fullmatch(r"[0-9]{1,3}", text):
        raise WrongValue("bad_value", f"'{text}' is not a whole number below {_MANY}")
    return int(text)


LONGEST_LINE = 2_000
"""Characters of a title, a word, an address."""
LONGEST_NAME = 200
"""Characters of a name: names are looked for in every text."""
Prose = Annotated[str, Text(), Holds.PROSE]
"""Text with inline Markdown."""
Ref = Annotated[str, Text(), Holds.REF]
"""The slug, name or alias of an entity."""
Refs = Annotated[tuple[Ref, ...], Before(listed)]
Line = Annotated[str, Text(longest=LONGEST_LINE), Holds.LINE]
"""A text of one line that readers see as it is written."""
Lines = Annotated[tuple[Line, ...], Before(listed)]
Name = Annotated[str, Text(longest=LONGEST_NAME), Holds.LINE]
Names = Annotated[tuple[Name, ...], Before(listed)]
Key = Annotated[str, Text(longest=LONGEST_LINE), Holds.TEXT]
"""A text of one line for the program: a slug, a path, a pattern."""
Keys = Annotated[tuple[Key, ...], Before(listed)]
StanceName = Annotated[str, Text(longest=LONGEST_LINE), Holds.STANCE]
"""A stance of the site's vocabulary."""
PictureFile = Annotated[str, Text(longest=LONGEST_LINE), Holds.PICTURE]
"""A file in `static/`."""
Url = Annotated[str, Text(shortest=None, longest=LONGEST_LINE), Before(_url), Holds.URL]
Urls = Annotated[tuple[Url, ...], Before(listed)]
PlaceUrl = Annotated[Key, Before(_place_url)]
"""An address with `{seconds}`, `{page}` or `{label}` in it."""
Anchor = Annotated[Key, Before(_anchor)]
Language = Annotated[Key, Before(_language)]
BaseUrl = Annotated[Key, Before(_base_url), Holds.URL]
Count = Annotated[int, Before(_count)]
