"""Lists of words for each language, from `site_builder/locales/<tag>.toml`.

A tag is looked up in full, then without its regions and scripts: `de-CH`, `de`. A language without a file
has empty lists.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from site_builder.text import lazily

FOLDER = Path(__file__).parent.parent / "locales"

# These files hold only lists of texts, so a pattern reads them: importing `tomllib` takes as long as linking a
# small edit. A test compares the result with that of `tomllib`.
_LIST = lazily.pattern(r"^(\w+) = \[([^\]]*)\]", re.MULTILINE)
_TEXT = lazily.pattern(r'"([^"]*)"')
_TAG = lazily.pattern(r"[a-z0-9]+(-[a-z0-9]+)*")


def words_of(language: str, name: str) -> frozenset[str]:
    """A list of a language: `words_of("de-AT", "conjunctions")`."""
    return _locale(language).get(name, frozenset())


@lru_cache(maxsize=8)
def _locale(language: str) -> Mapping[str, frozenset[str]]:
    tag = language.lower().replace("_", "-")
    while _TAG.fullmatch(tag):
        file = FOLDER / f"{tag}.toml"
        if file.is_file():
            return read_lists(file.read_text("utf-8"))
        tag = tag.rpartition("-")[0]
    return {}


def read_lists(text: str) -> Mapping[str, frozenset[str]]:
    """The lists in the text of a language's file, by name."""
    return {name: frozenset(_TEXT.findall(rows)) for name, rows in _LIST.findall(text)}
