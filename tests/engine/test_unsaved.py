"""Texts that an editor has not saved are read in place of the files, and leave no trace in what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.build import Options, make
from site_builder.memory.kept import Kept
from site_builder.stages.setup import RenderedSite, Wanted

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeSite

SITE = {
    "content/site.yaml": "title: Tea\nexports: []\n",
    "content/actors/anna.md": "---\nname: Anna\n---\n",
    "content/issues/milk.md": "---\ntitle: Milk\n---\nOf tea.\n",
}
UNSAVED = {"content/issues/milk.md": b"---\ntitle: Milk\n---\nOf [[anna]] and [[jug]].\n"}
NEW = {"content/issues/jug.md": b"---\ntitle: Jug\n---\nOf jugs.\n"}


def made(root: Path, last: Kept, unsaved: dict[str, bytes]) -> RenderedSite:
    setup = Options(root, jobs=1).setup(None, None, None)
    return make(setup, last, Wanted(unsaved=unsaved))


def test_unsaved_texts_are_built_as_if_they_were_saved(make_site: MakeSite) -> None:
    root = make_site(SITE)
    saved = made(root, Kept(), {})
    assert saved.memory
    unsaved = made(root, saved.memory, UNSAVED | NEW)
    assert unsaved.memory
    again = made(root, unsaved.memory, {})
    for path, data in (UNSAVED | NEW).items():
        (root / path).write_bytes(data)
    assert dict(unsaved.files) == dict(made(root, Kept(), {}).files)
    assert dict(again.files) == dict(saved.files)
    assert b"Of jugs." in unsaved.files["issues/jug/index.html"]
    assert "issues/jug/index.html" not in again.files


def test_what_is_wrong_in_an_unsaved_text_is_told_where_it_stands(make_site: MakeSite) -> None:
    root = make_site(SITE)
    site = made(root, Kept(), UNSAVED)
    rows = [(row.code, row.location[:3], row.location.text) for row in site.diagnostics]
    place = ("content/issues/milk.md", 4, 19)
    assert rows == [("unknown-reference", place, "Of [[anna]] and [[jug]].")]
