"""Translations of words of a source: the words have to stand in it, as cited words do."""

from __future__ import annotations

from site_builder.content.entries import Entry
from site_builder.content.models import Translation
from site_builder.content.places import Places
from site_builder.content.shape import records_in
from site_builder.links.citing import refusal, without_text
from site_builder.links.matching import Refused
from site_builder.links.references import Resolver


def check_translations(entry: Entry, resolver: Resolver, places: Places) -> None:
    """Notes translations of words that are not in the text of their source."""
    rows = records_in(entry.record, Translation)
    if not rows or entry.id not in resolver.around.sources:  # its text could not be read
        return
    resolver.quoted.add(entry.id)
    text = resolver.around.sources[entry.id]
    for row in rows:
        location = places.value(entry.file, (*entry.within, *row.path, "words"))
        if text is None:
            problem = without_text(entry.id)
            resolver.report(problem.code, problem.message, location, problem.hint)
            continue
        found = text.look_for(row.value.words)
        if isinstance(found, Refused):
            message, hint = refusal(row.value.words, entry.slug, text, found)
            resolver.report("quote-not-found", message, location, hint)
