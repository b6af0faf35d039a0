"""What was parsed of content files is kept between builds."""

from __future__ import annotations

from pathlib import Path

from site_builder.content.entries import FileFacts
from site_builder.content.library import Library
from site_builder.markdown.document import USUAL
from site_builder.memory.store import Store
from site_builder.reading.files import find
from site_builder.workers import Workers

TALK = ("Milk comes first, says one, and tea the other. " * 10 + "\n\n") * 900
"""Long enough that a few of it are more than the store keeps of what is of no use."""


def build(root: Path, known: dict[str, FileFacts]) -> dict[str, FileFacts]:
    """Reads what has changed, as a build does, and keeps what was read."""
    found, _ = find(root, "content")
    store = Store(root, "parsed", "")
    library = Library({row.path: row for row in found}, {}, store)
    facts, _ = library.facts(USUAL, known, Workers(1))
    store.save()
    store.close()
    return facts


def test_an_edit_of_one_file_forgets_no_other(tmp_path: Path) -> None:
    folder = tmp_path / "content/issues"
    folder.mkdir(parents=True)
    for number in range(8):
        (folder / f"milk-{number}.md").write_text(f"---\ntitle: Milk\n---\n{TALK}")
    facts = build(tmp_path, {})
    kept = (tmp_path / "parsed.pack").stat().st_size

    (folder / "milk-3.md").write_text("---\ntitle: Milk\n---\nMilk.\n")
    build(tmp_path, facts)

    assert (tmp_path / "parsed.pack").stat().st_size >= kept
