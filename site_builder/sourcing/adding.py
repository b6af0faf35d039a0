"""`source add`: the text of a document into `seeds/`, and its entry into the site's sources."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from site_builder.beginning import placed, proposed_slug
from site_builder.clock import today
from site_builder.content.dates import DateError, parse_date
from site_builder.content.fields import url_problem
from site_builder.content.kinds import CITED, KINDS
from site_builder.content.slugs import slug_problem
from site_builder.editing import Edit, apply, block_of, entries_of, text_of
from site_builder.faults import Fault
from site_builder.reading.encodings import without_odd_characters
from site_builder.reading.files import Found
from site_builder.reading.sources import find_files
from site_builder.sourcing.extraction import Wishes, extraction, read
from site_builder.sourcing.found import Extracted
from site_builder.sourcing.records import has_source
from site_builder.sourcing.telling import size_of

_KEPT = (".pdf", ".docx", ".vtt", ".srt", ".md", ".txt")
"""What may be published as it is."""
_TEXT_SUFFIXES = (".md", ".markdown")


def add(root: Path, path: Path, wishes: Wishes) -> list[str]:
    """Adds a source; returns what to say about it. Raises `Fault`, and then nothing is written."""
    content = find_files(root)[0].content
    if re.match(r"https?:/", str(path)):
        raise Fault(
            "nothing is downloaded: save the page in your browser, and add the file; --url gives its address"
        )
    if wishes.url and (problem := url_problem(wishes.url)):
        raise Fault(f"--url: {problem}")
    if wishes.keep != bool(wishes.rights.strip()):
        raise Fault(
            "--keep publishes a copy of the file, so it needs --rights, which says whose it is: "
            '--keep --rights "© Town of Aldern, with permission"'
        )
    if wishes.keep and path.suffix.lower() not in _KEPT:
        raise Fault(
            f"--keep publishes {', '.join(one[1:].upper() for one in _KEPT)} files; a web page would run its "
            "scripts on your site, and an e-mail has people's addresses"
        )
    slug = wishes.slug or _slug(path)
    if problem_and_hint := slug_problem(slug):
        raise Fault("; ".join(filter(None, problem_and_hint)))
    found, pages = read(path, wishes)
    name = f"{slug}{'.md' if path.suffix.lower() in _TEXT_SUFFIXES else '.txt'}"
    data = found.text.encode()
    if _is_language_of_site(found.language, content):
        found.language = ""
    record, doubts = _record(path, found, wishes)
    copy = f"sources/{slug}{path.suffix.lower()}" if wishes.keep else ""
    kept = {"copy": copy, "rights": _line(wishes.rights)} if copy else {}
    fields = {
        **record,
        "file": name,
        **kept,
        "extracted": extraction(path, found, pages, data),
    }
    if has_source(root, slug):
        raise Fault(
            f"there is a source '{slug}' already: site-builder source update {slug} FILE, or choose another --slug"
        )
    made, entry = placed(root, KINDS[CITED], slug, block_of(fields), together=True)
    edits = [Edit(_within(root, "seeds") / name, None, data), entry]
    rows = [(f"seeds/{name}", size_of(found.text)), (made.path, f"'{slug}' added{doubts}")]
    if copy:
        edits.append(Edit(_within(root, "static") / copy, None, path.read_bytes()))
        rows.append((f"static/{copy}", "the original, which the site publishes"))
    apply(edits, root)
    width = max(len(left) for left, _ in rows)
    return [
        *(f"{left:<{width}}   {right}" for left, right in rows),
        *found.notes,
        f'cite it: [@{slug} "exact words"]',
    ]


def _is_language_of_site(language: str, content: Mapping[str, Found]) -> bool:
    """Whether a text is in the language of the site, of whatever country: `en-US` on a site in `en`."""
    settings = content.get("content/site.yaml")
    site = entries_of(settings.path, text_of(settings)).get("language") if settings else None
    return language.partition("-")[0].lower() == str(site or "en").partition("-")[0].lower()


def _within(root: Path, folder: str) -> Path:
    """A folder of the site, which may not be a link out of it."""
    path = root / folder
    if path.exists() and not path.resolve().is_relative_to(root.resolve()):
        raise Fault(f"'{folder}' leads outside the site; nothing was written")
    return path


def _slug(path: Path) -> str:
    stem = path.stem
    if re.search(r"[^\W\d_]{3}", stem):
        return proposed_slug(stem)
    raise Fault(f"no good slug can be made from '{path.name}'; give one with --slug")


def _record(path: Path, found: Extracted, wishes: Wishes) -> tuple[dict[str, Any], str]:
    """The fields that are known, and what to look at or to add, in words."""
    title = _line(wishes.title or found.title)
    own = [
        name
        for name, value in (
            ("title", "" if wishes.title else found.title),
            ("date", found.published),
        )
        if value
    ]
    record: dict[str, Any] = {
        "title": title or _line(" ".join(re.split(r"[\s_-]+", path.stem))) or path.name,
        "publisher": _line(found.publisher),
        "authors": [name for name in map(_line, found.authors) if name],
        "published": found.published if _is_date(found.published) else "",
        "accessed": str(today()),
        "url": wishes.url or ("" if url_problem(found.url) else found.url),
        "language": found.language,
        "kind": found.kind,
    }
    doubts = []
    if own:
        are = "are" if len(own) > 1 else "is"
        doubts.append(
            f"{' and '.join(own)} {are} the file's own, look at {'them' if len(own) > 1 else 'it'}"
        )
    if not title:
        doubts.append("its title is the file's name, write a better one")
    if not found.publisher:
        doubts.append("publisher not known")
    return {name: value for name, value in record.items() if value}, "; ".join(["", *doubts])


def _line(text: str) -> str:
    """A text that can stand in a field: one line, without control characters."""
    return " ".join(without_odd_characters(text).split())[:500]


def _is_date(text: str) -> bool:
    try:
        return parse_date(text).begin is not None
    except DateError:
        return False
