"""The entry of a source, as its author wrote it and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from site_builder.editing import entries_of, text_of
from site_builder.faults import Fault
from site_builder.reading.files import Found
from site_builder.reading.front_matter import split
from site_builder.reading.located_yaml import parse
from site_builder.reading.sources import find_files
from site_builder.text.guesses import did_you_mean
from site_builder.values import NamedTuple


class Known(NamedTuple):
    """A source that the site has: the file of its entry, where in it, and its fields as they are written."""

    slug: str
    found: Found
    within: tuple[str, ...]
    fields: Mapping[str, Any]

    @property
    def file(self) -> str:
        """The name of its text in `seeds/`; "" if it has none."""
        written = self.fields.get("file")
        return written.removeprefix("seeds/") if isinstance(written, str) else ""

    @property
    def extracted(self) -> Mapping[str, Any]:
        """How its text was made; empty if somebody typed it."""
        written = self.fields.get("extracted")
        return written if isinstance(written, Mapping) else {}


def known_sources(root: Path) -> Iterator[Known]:
    """All sources of a site. Raises `Fault` if a file of theirs can't be read."""
    for path, found in find_files(root)[0].content.items():
        if path in {"content/sources.yaml", "content/sources.yml"}:
            for slug, fields in entries_of(path, text_of(found)).items():
                yield Known(
                    str(slug), found, (slug,), fields if isinstance(fields, Mapping) else {}
                )
        elif path.startswith("content/sources/"):
            text = text_of(found)
            yaml = text if path.endswith((".yaml", ".yml")) else split(path, text)[0].yaml
            fields = parse(path, yaml)[0]
            yield Known(Path(path).stem, found, (), fields if isinstance(fields, Mapping) else {})


def known_source(root: Path, slug: str) -> Known:
    """The source of a slug. Raises `Fault` if there is none."""
    names = []
    for known in known_sources(root):
        if known.slug == slug:
            return known
        names.append(known.slug)
    raise Fault(f"there is no source '{slug}'{did_you_mean(slug, names)}")


def has_source(root: Path, slug: str) -> bool:
    """Whether the site has a source of this slug."""
    return any(known.slug == slug for known in known_sources(root))
