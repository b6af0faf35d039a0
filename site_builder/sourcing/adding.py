"""`source add`: the text of a document into `seeds/`, and its entry into the site's sources."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from site_builder.beginning import placed, proposed_slug
from site_builder.clock import today
from site_builder.content.dates import DateError, parse_date
from site_builder.content.fields import url_problem
from site_builder.content.kinds import CITED, KINDS
from site_builder.content.slugs import slug_problem
from site_builder.editing import Edit, apply, block_of
from site_builder.faults import Fault
from site_builder.reading.encodings import forbidden_character, without_odd_characters
from site_builder.reading.sources import find_files
from site_builder.sources.text_form import read as read_form
from site_builder.sourcing.found import Extracted
from site_builder.sourcing.reading import read_document
from site_builder.sourcing.records import has_source
from site_builder.text.places import ARTICLE, MOMENT, PAGE, SECTION

_PAGES = re.compile(r"(\d{1,5})(?:\s*[-–]\s*(\d{1,5}))?")
_KEPT = (".pdf", ".docx", ".vtt", ".srt", ".md", ".txt")
"""What may be published as it is."""
_TEXT_SUFFIXES = (".md", ".markdown")


class Wishes(NamedTuple):
    """What the command line says."""

    slug: str = ""
    title: str = ""
    url: str = ""
    pages: str = ""
    articles: bool = False
    changes: str = ""
    keep: bool = False
    rights: str = ""


def add(root: Path, path: Path, wishes: Wishes) -> list[str]:
    """Adds a source; returns what to say about it. Raises `Fault`, and then nothing is written."""
    find_files(root)
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
    rows = [(f"seeds/{name}", _size(found)), (made.path, f"'{slug}' added{doubts}")]
    if copy:
        edits.append(Edit(_within(root, "static") / copy, None, path.read_bytes()))
        rows.append((f"static/{copy}", "the original, which the site publishes"))
    apply(edits)
    width = max(len(left) for left, _ in rows)
    return [
        *(f"{left:<{width}}   {right}" for left, right in rows),
        *found.notes,
        f'cite it: [@{slug} "exact words"]',
    ]


def _within(root: Path, folder: str) -> Path:
    """A folder of the site, which may not be a link out of it."""
    path = root / folder
    if path.exists() and not path.resolve().is_relative_to(root.resolve()):
        raise Fault(f"'{folder}' leads outside the site; nothing was written")
    return path


def read(path: Path, wishes: Wishes) -> tuple[Extracted, str]:
    """The text of a document as it is written to a file, and the pages that were read, as in `3-9`."""
    pages = _pages(wishes.pages)
    found = read_document(path, pages=pages, articles=wishes.articles, changes=wishes.changes)
    found.text = found.text.replace("\f", "\n").replace("\v", "\n")
    if odd := forbidden_character(found.text):
        found.text = without_odd_characters(found.text)
        found.notes.append(f"left out: characters that no text needs, such as {odd}")
    return found, f"{pages[0]}-{pages[1]}" if pages else ""


def extraction(path: Path, found: Extracted, pages: str, data: bytes) -> dict[str, str]:
    """The field `extracted`: how a text was made, by which a change of either is known."""
    fields = {
        "original": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "text": hashlib.sha256(data).hexdigest(),
        "date": str(today()),
        "tool": found.tool,
        "pages": pages,
    }
    return {name: value for name, value in fields.items() if value}


def _pages(written: str) -> tuple[int, int] | None:
    if not written:
        return None
    match = _PAGES.fullmatch(written.strip())
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not 0 < first <= last:
        raise Fault(f"--pages {written}: write it as 3-9 or 3, in pages of the file")
    return first, last


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


def _size(found: Extracted) -> str:
    """How much there is of a text: pages, articles, moments and characters."""
    form = read_form(found.text)
    counts: Mapping[str, int] = {
        kind: max((mark.rank for mark in form.marks if mark.kind == kind), default=0)
        for kind in (PAGE, ARTICLE, SECTION, MOMENT)
    }
    names = {PAGE: "page", ARTICLE: "article", SECTION: "section", MOMENT: "moment"}
    said = [
        f"{count:,} {names[kind]}{'s' if count > 1 else ''}"
        for kind, count in counts.items()
        if count
    ]
    return ", ".join([*said, f"{len(form.words.strip()):,} characters"])
