"""The sentences of a source that nothing cites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from site_builder.links.evidence import Passage, SourceText
from site_builder.text.sentences import sentence_bounds


def uncited_sentences(text: SourceText, cited: Iterable[Passage]) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of a text with no word that is cited."""
    used = sorted(piece for passage in cited for piece in passage.stretches)
    number = 0
    for start, end in _sentences(text):
        while number < len(used) and used[number][1] <= start:
            number += 1
        if number >= len(used) or used[number][0] >= end:
            yield start, end


def _sentences(text: SourceText) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence that says something."""
    for first, last in text.paragraphs:
        # A line break is a space to a reader, and of the same length.
        paragraph = text.text[first:last].replace("\n", " ")
        for start, end in pairwise(sentence_bounds(paragraph, text.language)):
            if any(character.isalnum() for character in paragraph[start:end]):
                yield first + start, first + end
