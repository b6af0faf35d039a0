"""Which file a path means. Systems write the same name in several ways: macOS takes accents apart."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache

from site_builder.text.same import same


def file_at(path: str, files: Collection[str]) -> str | None:
    """The path among `files` that is this one, or that is the same but for how it is written."""
    return path if path in files else _by_form(frozenset(files)).get(same(path))


@lru_cache(maxsize=4)
def _by_form(files: frozenset[str]) -> Mapping[str, str]:
    return {same(path): path for path in sorted(files, reverse=True)}


def static_path(src: str) -> str:
    """The path within `static/` that an author has written, with or without that folder."""
    return src.lstrip("/").removeprefix("static/")
