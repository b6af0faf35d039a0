"""A second `check`: it looks at what has changed alone, and says what a first one would."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from site_builder.build import Options, check_site, render_site
from site_builder.content.places import Late, Places
from site_builder.diagnostics import Location
from site_builder.lint import running
from site_builder.stages import counting, entries

if TYPE_CHECKING:
    from tests.conftest import MakeSite

DAM = '---\ntitle: The dam\n---\nIt leaks a lot. [@minutes "leaks a lot"] It is TODO.\n'
MILL = '---\ntitle: The mill\n---\nIt has 2 wheels. [@minutes "stands, they say"] “The mill is very old.”\n'
SITE = {
    "content/site.yaml": "title: The dam\nbase_url: https://dam.example/\n",
    "content/sources.yaml": "minutes:\n  title: Minutes\n  file: minutes.txt\n",
    "content/actors.yaml": "town:\n  name: Town\nmiller:\n  name: The miller\n",
    "content/issues/dam.md": DAM,
    "content/issues/mill.md": MILL,
    "content/articles/pond.md": "---\ntitle: The pond\nas_of: 2026\nissues: [dam, mill]\n---\nTown asks.\n",
    "content/articles/lake.md": "---\ntitle: The lake\nas_of: 2026\n---\nThe miller asks.\n",
    "static/issues/weir/index.html": "No.\n",
    "seeds/minutes.txt": "It leaks a lot, and the mill is very old. It stands, they say.\n",
}  # fmt: skip
EDITS: dict[str, tuple[tuple[str, str | None], ...]] = {
    "words": (("content/issues/dam.md", DAM.replace("TODO", "old")),),
    "a citation": (("content/issues/dam.md", DAM.replace(" [@minutes", " It is. [@minutes")),),
    "a source": (("seeds/minutes.txt", "It leaks a lot. The mill stands, they say.\n"),),
    "a source without a text": (
        ("content/issues/dam.md", DAM.replace(' "leaks a lot"', "")),
        ("content/sources.yaml", "minutes:\n  title: Minutes\n  file: minutes.txt\nboard:\n  title: Board\n"),
    ),
    "an entity less": (("content/issues/mill.md", None), ("content/articles/pond.md", "---\ntitle: The pond\nas_of: 2026\n---\nTown asks.\n")),
    "a title that no font has": (("content/articles/pond.md", "---\ntitle: 池\nas_of: 2026\n---\nTown asks.\n"),),
    "a file where a page goes": (("static/Issues/Dam/index.html", "No.\n"),),
    "an old address where a file is": (("content/issues/dam.md", DAM.replace("---\nIt", "redirect_from: weir\n---\nIt")),),
    "a file where a print edition goes": (("static/articles/pond/Print/index.html", "No.\n"),),
    "a token": (("content/site.yaml", "title: The dam\ntheme:\n  acent: '#123456'\n"),),
    "a template": (("templates/issue.html", "{{ content.titel }}\n"),),
    "a template that can't be read": (("templates/issue.html", "{% if %}\n"),),
    "an error": (("content/issues/dam.md", DAM.replace("leaks a lot\"", "leaked a lot\"")),),
}  # fmt: skip


def seen(root: Path, **options: Any) -> tuple[Any, ...]:
    """What a check says."""
    site = check_site(Options(root, lint=True, jobs=1, **options))
    return site.diagnostics, site.coverage


def put(root: Path, path: str, text: str | None) -> None:
    file = root / path
    if text is None:
        file.unlink()
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


@pytest.mark.parametrize("name", EDITS)
def test_it_says_what_a_first_one_would(make_site: MakeSite, tmp_path: Path, name: str) -> None:
    root = make_site(SITE)
    first = seen(root)
    for path, text in EDITS[name]:
        put(root, path, text)
    clean = tmp_path / "clean"
    shutil.copytree(root, clean, ignore=shutil.ignore_patterns(".site-builder"))
    expected = seen(clean)
    assert expected != first
    assert seen(root) == expected
    assert seen(root) == expected

    for path, _ in EDITS[name]:
        put(root, path, SITE.get(path))
    assert seen(root) == first


@pytest.mark.parametrize("name", EDITS)
def test_it_says_what_a_build_would(make_site: MakeSite, name: str) -> None:
    root = make_site(SITE)
    seen(root)
    for path, text in EDITS[name]:
        put(root, path, text)
    built = {row.headline for row in render_site(Options(root)).diagnostics}
    checked = {row.headline for row in check_site(Options(root, lint=True)).diagnostics}
    assert built <= checked


def test_it_counts_and_lints_what_has_changed_alone(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_site(SITE)
    seen(root)
    ran: list[tuple[str, str]] = []

    def watch(module: Any, name: str, id_of: Any) -> None:
        real = getattr(module, name)

        def watched(*args: Any, **kwargs: Any) -> Any:
            ran.append((name, id_of(*args)))
            return real(*args, **kwargs)

        monkeypatch.setattr(module, name, watched)

    watch(running, "lint_entity", lambda entity, _: entity.id.slug)
    watch(counting, "counted", lambda linked, _: linked.entry.slug)
    watch(entries, "link_entry", lambda entry, *_: entry.slug)
    watch(entries, "link_again", lambda entry, *_: entry.slug)
    put(root, "content/issues/dam.md", DAM + 'It stands. [@minutes "stands"]\n')
    seen(root)
    assert sorted(ran) == [("counted", "dam"), ("link_entry", "dam"), ("lint_entity", "dam")]


def test_it_finds_places_again_only_in_files_that_changed(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = "---\ntitle: The weir\ndraft: true\n---\n"
    root = make_site({**SITE, "content/issues/weir.md": draft})
    first = seen(root)
    found: list[str] = []
    real = Late.found

    def watched(self: Late, places: Places) -> Location:
        found.append(self.path)
        return real(self, places)

    monkeypatch.setattr(Late, "found", watched)
    put(root, "content/issues/dam.md", DAM.replace("---\nIt", "---\n\nIt"))
    again = seen(root)
    # Nothing is kept of the settings, where secrets may stand.
    assert set(found) == {"content/issues/dam.md", "content/site.yaml"}
    assert [row.location.line for row in first[0]] != [row.location.line for row in again[0]]
