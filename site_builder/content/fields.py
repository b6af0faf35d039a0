"""Field types that models of different modules share.

Every scalar arrives as the text that was written; these say what it becomes, and what is wrong with
it in words for its author.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

from site_builder.content.slugs import slug_problem

CONFIG = ConfigDict(extra="forbid", defer_build=True, arbitrary_types_allowed=True)
"""How every model is set up: unknown fields are errors, validators are made when first needed."""

URL_SCHEMES = ("http", "https", "mailto")


def listed(value: object) -> object:
    """One value stands for a list of one."""
    return [value] if isinstance(value, (str, Mapping)) else value


def url_problem(text: str) -> str:
    """Why `text` is not an address a page may link to, or "" if it is.

    Absolute addresses only, of the schemes in `URL_SCHEMES` (RFC 3986).
    """
    if any(c.isspace() or ord(c) < 32 for c in text):
        return "an address holds no white space"
    sign = next((c for c in text if c in '<>"'), "")
    if sign:
        return f"an address can't hold '{sign}'"
    try:
        parts = urlsplit(text)
        if parts.scheme.lower() not in URL_SCHEMES:
            return "an address begins with https:, http: or mailto:"
        if parts.scheme == "mailto" and "@" not in parts.path:
            return "a mailto: address holds an '@'"
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
            raise PydanticCustomError("bad_url", "{problem}", {"problem": problem})
    return value


def _base_url(value: object) -> object:
    if isinstance(value, str):
        problem = url_problem(value.strip())
        parts = urlsplit(value.strip()) if not problem else None
        if parts and (parts.scheme not in ("http", "https") or parts.query or parts.fragment):
            problem = "a base address is https://host/ or https://host/path/"
        if problem:
            raise PydanticCustomError("bad_url", "{problem}", {"problem": problem})
        return value.strip().rstrip("/") + "/"
    return value


def _language(value: object) -> object:
    if isinstance(value, str) and not _TAG.fullmatch(value.strip()):
        problem = f"'{value}' is no language tag (write one like en, pt-BR or zh-Hant)"
        raise PydanticCustomError("bad_value", "{problem}", {"problem": problem})
    return value


_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""The forms of BCP 47 (RFC 5646, section 2.1) that texts are written in."""


def _anchor(value: object) -> object:
    if isinstance(value, str) and slug_problem(value.strip()):
        problem = f"'{value}' can't be an anchor: letters, digits and single hyphens only"
        raise PydanticCustomError("bad_value", "{problem}", {"problem": problem})
    return value


_MANY = 1000


def _count(value: object) -> object:
    if isinstance(value, int):
        return value
    text = str(value)
    if not re.fullmatch(r"[0-9]{1,3}", text):
        raise PydanticCustomError(
            "bad_value",
            "'{text}' is not a whole number below {many}",
            {"text": text, "many": _MANY},
        )
    return int(text)


LONGEST_LINE = 2_000
"""Characters of a title, a word, an address."""
LONGEST_NAME = 200
"""Characters of a name: names are looked for in every text."""
Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_LINE)
]
Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NAME)
]
Names = Annotated[tuple[Name, ...], BeforeValidator(listed)]
Lines = Annotated[tuple[Line, ...], BeforeValidator(listed)]
Url = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=LONGEST_LINE), BeforeValidator(_url)
]
Urls = Annotated[tuple[Url, ...], BeforeValidator(listed)]
Anchor = Annotated[Line, BeforeValidator(_anchor)]
Language = Annotated[Line, BeforeValidator(_language)]
BaseUrl = Annotated[Line, BeforeValidator(_base_url)]
Count = Annotated[int, BeforeValidator(_count)]
