"""The texts of sources, read from `seeds/`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from site_builder.content.entries import Entry, EntryFacts
from site_builder.content.kinds import CITED
from site_builder.content.models import EntityId, Source
from site_builder.content.places import Places
from site_builder.diagnostics import Diagnostic, has_errors
from site_builder.links.evidence import SourceText
from site_builder.links.files import file_at
from site_builder.reading.files import Found, decode_source, read
from site_builder.text.guesses import Guesses


def source_texts(
    rows: Iterable[EntryFacts],
    entry_of: Callable[[EntityId], Entry],
    seeds: Mapping[str, Found],
    places: Places,
    language: str,
) -> tuple[dict[EntityId, SourceText | None], list[Diagnostic]]:
    """The text of each source, None where it names no file. `language` is the site's.

    A source whose text can't be read is not in the result, but in the findings.
    """
    diagnostics: list[Diagnostic] = []
    texts: dict[EntityId, SourceText | None] = {}
    guesses = Guesses()
    for row in rows:
        if row.id.kind != CITED:
            continue
        entry = entry_of(row.id)
        text, found = _text(entry, seeds, places, guesses, language)
        diagnostics += found
        if text is not None or not found:
            texts[row.id] = text
    return texts, diagnostics


def _text(
    entry: Entry,
    seeds: Mapping[str, Found],
    places: Places,
    guesses: Guesses,
    language: str,
) -> tuple[SourceText | None, list[Diagnostic]]:
    record = entry.record_of(Source)
    if record.file is None:
        return None, []
    name = record.file.removeprefix("seeds/")
    at = file_at(name, seeds)
    if at is None:
        location = places.value(entry.file, (*entry.within, "file"))
        guess = guesses.did_you_mean(name, "seed", seeds)
        message = f"there is no file '{name}' in seeds/{guess}"
        return None, [Diagnostic("unknown-file-reference", message, location)]
    file = read(seeds[at])
    if isinstance(file, Diagnostic):
        return None, [file]
    decoded = decode_source(file)
    diagnostics = list(decoded.problems)
    if decoded.text is None or has_errors(diagnostics):
        return None, diagnostics
    is_markdown = at.lower().endswith((".md", ".markdown"))
    text = SourceText(
        decoded.text,
        record.language or language,
        markdown=is_markdown,
        extracted=record.extracted is not None,
        translated=tuple((row.words, row.text) for row in record.translated),
    )
    for index, stretch in enumerate(record.omit):
        shorter = text.without(stretch)
        if shorter is None:
            place = places.value(entry.file, (*entry.within, "omit", index))
            message = f"these words to omit are not in seeds/{name}"
            diagnostics.append(Diagnostic("quote-not-found", message, place))
        else:
            text = shorter
    return text, diagnostics
