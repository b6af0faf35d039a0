"""`source show`: what a source is, what of it is cited, and what is not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from site_builder.diagnostics import as_text
from site_builder.faults import Fault
from site_builder.links.evidence import Passage, SourceText
from site_builder.links.uncited import uncited_sentences
from site_builder.sourcing.checking import Cited, checked, place_of
from site_builder.sourcing.records import Known, known_source


def show(root: Path, slug: str, *, unused: bool = False) -> list[str]:
    """What is to say about a source; with `unused`, the sentences that nothing cites."""
    known = known_source(root, slug)
    found = checked(root, slug)
    if found.cited is None:
        errors = as_text([row for row in found.diagnostics if row.is_error]).rstrip()
        raise Fault(f"the site has errors, so it is not known what it cites:\n{errors}")
    if unused:
        if found.text is None:
            raise Fault(f"source '{slug}' has no text: its entry names no file")
        return list(_unused(found.text, found.cited))
    return [*_about(root, known), "", *_cited(found.text, found.cited)]


def _about(root: Path, known: Known) -> Iterator[str]:
    yield f"{known.slug}: {known.fields.get('title', '')}"
    if not known.file:
        yield "no text: its entry names no file"
        return
    made = known.extracted
    try:
        data = (root / "seeds" / known.file).read_bytes()
    except OSError:
        return
    how = "typed by hand"
    if made:
        by = f" with {made['tool']}" if made.get("tool") else ""
        how = f"made from {made.get('original', '')} on {made.get('date', '')}{by}"
        if hashlib.sha256(data).hexdigest() != made.get("text"):
            how += ", changed by hand since"
    yield f"seeds/{known.file}: {len(data.decode('utf-8', 'replace')):,} characters, {how}"


def _cited(text: SourceText | None, cited: tuple[Cited, ...]) -> Iterator[str]:
    if not cited:
        yield "no words of it are cited"
        return
    for row in cited:
        place = place_of(text.form, row.pieces[0][0]) if text else ""
        by = ", ".join(row.by)
        yield f"{f'{place}: ' if place else ''}“{' '.join(row.words.split())}” ({by})"


def _unused(text: SourceText, cited: tuple[Cited, ...]) -> Iterator[str]:
    passages = (Passage(row.pieces[0][0], row.pieces[-1][1], row.pieces) for row in cited)
    for start, end in uncited_sentences(text, passages):
        place = place_of(text.form, start)
        yield f"{f'{place}: ' if place else ''}{' '.join(text.text[start:end].split())}"
