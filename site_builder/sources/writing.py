"""Writing the text form: lines that are words and nothing else, and sentences on lines of their own."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.sources.text_form import read
from site_builder.text.sentences import sentences

_NOTHING = "\N{ZERO WIDTH SPACE}"
"""What parts a bracket from its line or word, and counts for nothing when words are compared."""


def literal(line: str) -> str:
    """A line of a document that can't be taken for a mark; calls of footnotes in it are meant."""
    if not line.startswith("["):
        return line
    form = read(line)
    is_mark = form.words != line and any(mark.start == 0 for mark in form.marks)
    is_note = line.startswith("[^")
    return f"[{_NOTHING}{line[1:]}" if is_mark or is_note or not form.words else line


def by_sentences(paragraphs: Iterable[str], language: str) -> str:
    """Paragraphs with a line for each sentence, and a blank line between two of them."""
    blocks = []
    for paragraph in paragraphs:
        rows = sentences(" ".join(paragraph.split()), language)
        if rows:
            blocks.append("\n".join(literal(row) for row in rows))
    return "\n\n".join(blocks)
