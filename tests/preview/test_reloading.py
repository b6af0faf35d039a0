"""What browsers are told after an edit, and which edits count."""

from __future__ import annotations

import os
import shutil
import time
from typing import TYPE_CHECKING

import pytest

from site_builder.preview.watching import Watch

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.preview.conftest import Live, StartPreview

BASE = "templates/base.html"
CSS = "body { color: navy }\n"
THEME = {"templates/static/extra.css": CSS, "templates/about.html": "<head><link rel=stylesheet href=\"{{ asset('extra.css') }}\"></head>{{ site.title }}"}  # fmt: skip


def test_a_saved_edit_is_told_and_then_served(live: Live) -> None:
    browser = live.connect()

    update = live.replace("content/actors/anna.md", "drinks tea", "drinks coffee")

    message = browser.message()
    assert (message["command"], message["liveCSS"]) == ("reload", True)
    assert message["path"].endswith(".html")
    assert "drinks coffee" in live.get("/actors/anna/").text
    assert update.changed == ("content/actors/anna.md",)
    assert (update.ok, update.page_count) == (True, len(live.clean_build_pages()))
    live.assert_equals_clean_build()


@pytest.mark.parametrize(
    ("name", "text", "path", "words"),
    [
        ("content/actors/ben.md", "---\nname: Ben\n---\n", "/actors/ben/", "Ben"),
        ("content/site.yaml", "title: Coffee\n", "/", "Coffee"),
        ("content/events.yaml", "x:\n  date: 2025\n  title: Pot warmed\n", "/timeline/", "Pot warmed"),
        ("content/sources.yaml", "s:\n  title: A book\n", "/sources/s/", "A book"),
        ("templates/about.html", "<p>{{ site.title }} anew", "/about/", "<p>Tea anew"),
        ("static/note.txt", "hello", "/note.txt", "hello"),
        ("static/deep/er/note.txt", "hello", "/deep/er/note.txt", "hello"),
    ],
)  # fmt: skip
def test_a_new_file_counts_also_in_a_folder_that_is_new(
    live: Live, name: str, text: str, path: str, words: str
) -> None:
    browser = live.connect()

    live.edit(name, text)

    assert browser.message()["command"] == "reload"
    assert words in live.get(path).text
    live.assert_equals_clean_build()


def test_a_deleted_file_counts(start: StartPreview) -> None:
    live = start({"content/actors/ben.md": "---\nname: Ben\n---\n", "static/a.txt": "a"})
    browser = live.connect()

    live.edit("content/actors/ben.md", None)
    assert browser.message()["command"] == "reload"
    assert live.get("/actors/ben/").status == 404
    live.edit("static/a.txt", None)
    assert live.get("/a.txt").status == 404
    live.assert_equals_clean_build()


def test_a_renamed_file_and_a_renamed_folder_count(start: StartPreview) -> None:
    live = start({"content/actors/ben.md": "---\nname: Ben\n---\n", "static/a/b.txt": "b"})

    (live.root / "content/actors/ben.md").rename(live.root / "content/actors/bea.md")
    live.wait_for(lambda: live.get("/actors/bea/").status == 200)
    assert live.get("/actors/ben/").status == 404
    (live.root / "static/a").rename(live.root / "static/c")
    live.wait_for(lambda: live.get("/c/b.txt").status == 200)
    assert live.get("/a/b.txt").status == 404
    live.edit("static/c/b.txt", "anew")
    assert live.get("/c/b.txt").text == "anew"
    live.assert_equals_clean_build()


def test_a_seed_counts(start: StartPreview) -> None:
    live = start(
        {
            "seeds/book.txt": "Milk first, they said.",
            "content/sources.yaml": "book:\n  title: A book\n  file: seeds/book.txt\n  show: full\n",
            "content/claims.yaml": (
                'c:\n  statement: Milk first\n  made_by: [anna]\n  cite: book "Milk first"\n'
            ),
        }
    )

    update = live.edit("seeds/book.txt", "Tea first, they said.")
    assert [(d.code, d.location.path) for d in update.diagnostics if d.is_error] == [
        ("quote-not-found", "content/claims.yaml")
    ]
    live.edit("seeds/book.txt", "Milk first, they said in the end.")
    assert "in the end" in live.get("/sources/book/").text
    live.assert_equals_clean_build()


def test_a_change_of_style_alone_is_told_as_one(start: StartPreview) -> None:
    live = start(THEME)
    browser = live.connect()
    before = live.state("/about/")

    update = live.edit("templates/static/extra.css", "body { color: maroon }\n")

    path = browser.message()["path"]
    assert path.startswith("assets/extra.")
    assert path.endswith(".css")
    assert live.get(f"/{path}").text == "body { color: maroon }\n"
    after = live.state("/about/")
    assert after["digest"] == before["digest"]  # so that the page is not loaded again
    assert after["version"] == before["version"]
    assert after["styles"]["assets/extra.css"] == path != before["styles"]["assets/extra.css"]
    assert update.message == path
    live.assert_equals_clean_build()


def test_a_change_of_style_and_content_at_once_loads_the_page_again(start: StartPreview) -> None:
    live = start(THEME)
    browser = live.connect()

    count = len(live.updates)
    live.write("templates/static/extra.css", "body { color: maroon }\n")
    live.write("content/site.yaml", "title: Coffee\n")
    live.wait_for(lambda: "Coffee" in live.get("/about/").text)

    told = [message["path"] for message in browser.messages(0.3)]
    assert len(live.updates) > count
    assert any(not path.endswith(".css") for path in told)


def test_a_style_sheet_of_the_sites_own_changes_without_a_new_name(start: StartPreview) -> None:
    live = start({"static/own.css": CSS})
    browser = live.connect()
    before = live.state()["styles"]["own.css"]

    live.edit("static/own.css", "p { color: maroon }\n")

    assert browser.message()["path"] == "own.css"
    assert live.state()["styles"]["own.css"] != before


def test_a_changed_picture_loads_every_page_again(start: StartPreview) -> None:
    live = start({"static/a.png": b"one"})
    browser = live.connect()
    before = live.state()

    live.edit("static/a.png", b"two")

    assert browser.message()["path"] == "a.png"
    after = live.state()
    assert after["version"] != before["version"]
    assert after["digest"] == before["digest"]


def test_a_page_that_did_not_change_need_not_be_loaded_again(live: Live) -> None:
    before = live.state("/terms/")

    live.replace("content/actors/anna.md", "drinks tea", "drinks coffee")

    after = live.state("/terms/")
    assert (after["digest"], after["version"]) == (before["digest"], before["version"])


def test_a_save_without_a_change_tells_browsers_nothing(live: Live) -> None:
    browser = live.connect()
    file = live.root / "content/actors/anna.md"

    update = live.edit("content/actors/anna.md", file.read_bytes())
    os.utime(file)
    live.wait_for_update(2)

    assert update.message == ""
    assert browser.messages_until_quiet(0.1) == []


@pytest.mark.parametrize(
    "name",
    [
        "content/actors/.anna.md.swp",
        "content/actors/anna.md~",
        "content/actors/4913",
        "content/actors/.#anna.md",
        "content/actors/#anna.md#",
        "content/actors/anna.md.tmp",
        "content/.git/index",
        "content/.DS_Store",
        "output/index.html",
        "notes/todo.md",
    ],
)
def test_files_that_are_none_of_the_sites_do_not_count(live: Live, name: str) -> None:
    live.write(name, "x")
    live.edit("content/terms.yaml", "steep:\n  definition: Anew.\n")

    assert len(live.updates) == 2
    assert live.updates[-1].changed == ("content/terms.yaml",)


def test_a_file_saved_the_careful_way_counts_once(live: Live) -> None:
    # As many editors do: write beside, keep the old one for a moment, rename.
    file = live.root / "content/actors/anna.md"
    text = file.read_text().replace("drinks tea", "drinks coffee")

    (file.parent / ".anna.md.new").write_text(text)
    file.rename(file.with_name("anna.md~"))
    (file.parent / ".anna.md.new").rename(file)
    file.with_name("anna.md~").unlink()
    live.wait_for(lambda: "coffee" in live.get("/actors/anna/").text)

    assert all(update.ok for update in live.updates)


MOST_RELOADS_A_SECOND = 6
"""While files are being saved, however long that takes."""


def test_a_burst_of_two_hundred_files_is_one_reload_or_two(live: Live) -> None:
    browser = live.connect()

    begin = time.monotonic()
    for number in range(200):
        live.write(f"content/terms/term-{number}.md", f"---\ndefinition: Number {number}.\n---\n")
    live.wait_for(lambda: "Number 199." in live.get("/terms/").text)

    count = len(browser.messages())
    assert count <= max(2, MOST_RELOADS_A_SECOND * (time.monotonic() - begin))
    live.assert_equals_clean_build()


def test_a_storm_of_saves_ends_with_the_right_page_and_few_reloads(live: Live) -> None:
    browser = live.connect()

    begin = time.monotonic()
    for number in range(200):
        live.write("content/actors/anna.md", f"---\nname: Anna\n---\nCup {number}.\n")
        time.sleep(max(0.0, begin + (number + 1) * 0.01 - time.monotonic()))
    live.wait_for(lambda: "Cup 199." in live.get("/actors/anna/").text)

    count = len(browser.messages())
    assert count <= MOST_RELOADS_A_SECOND * (time.monotonic() - begin)
    assert "Cup 199." in live.get("/actors/anna/").text
    live.assert_equals_clean_build()


def test_a_folder_that_is_removed_and_comes_back_is_watched_again(live: Live) -> None:
    browser = live.connect()
    kept = live.root / "kept"
    shutil.copytree(live.root / "content", kept)

    shutil.rmtree(live.root / "content")
    # A build may have met it when some of its files were gone.
    live.wait_for(lambda: "The folder &#39;content&#39; is gone." in live.get("/").text)
    assert live.get("/").status == 500
    shutil.copytree(kept, live.root / "content")
    live.wait_for(lambda: live.updates[-1].ok)
    live.replace("content/actors/anna.md", "drinks tea", "drinks coffee")

    assert "drinks coffee" in live.get("/actors/anna/").text
    assert browser.message()["command"] == "reload"


def test_a_folder_that_is_moved_away_and_back_is_watched_again(start: StartPreview) -> None:
    live = start(THEME)
    templates = live.root / "templates"

    templates.rename(live.root / "elsewhere")
    live.wait_for(lambda: "assets/extra" not in live.get("/about/").text)
    (live.root / "elsewhere").rename(templates)
    live.wait_for(lambda: "assets/extra" in live.get("/about/").text)
    live.edit("templates/static/extra.css", "p { color: red }\n")

    live.assert_equals_clean_build()


def test_a_linked_file_within_the_site_counts(start: StartPreview) -> None:
    live = start({"content/actors/ben.md": "---\nname: Ben\n---\n"})
    (live.root / "content/actors/bea.md").symlink_to("ben.md")
    live.wait_for(lambda: live.get("/actors/bea/").status == 200)

    live.edit("content/actors/ben.md", "---\nname: Ben Tee\n---\n")

    assert "Ben Tee" in live.get("/actors/bea/").text


@pytest.mark.parametrize("careful", [False, True])
def test_a_linked_file_is_watched_where_it_leads(start: StartPreview, careful: bool) -> None:
    live = start({"content/actors/ben.md": "---\nname: Ben\n---\n"})
    (live.root / ".notes").mkdir()
    live.write(".notes/bea.md", "---\nname: Bea\n---\n")
    (live.root / "content/actors/bea.md").symlink_to("../../.notes/bea.md")
    live.wait_for(lambda: live.get("/actors/bea/").status == 200)

    for name in ("Bea Tee", "Bea Bee", "Bea Gee"):
        if careful:  # as editors do: a new file in the place of the old one
            live.write(".notes/bea.new", f"---\nname: {name}\n---\n")
            (live.root / ".notes/bea.new").replace(live.root / ".notes/bea.md")
        else:
            live.write(".notes/bea.md", f"---\nname: {name}\n---\n")
        live.wait_for(lambda name=name: name in live.get("/actors/bea/").text)
    count = len(live.updates)
    live.write(".notes/other.md", "x")
    assert not live.tells_more_than(count, 1.0)


def test_a_linked_folder_is_watched_where_it_leads(start: StartPreview) -> None:
    live = start({"shared/one.txt": "one", "deep/three.txt": "three", "static/a.txt": "a"})
    (live.root / "static/more").symlink_to("../shared")
    live.wait_for(lambda: live.get("/more/one.txt").body == b"one")
    (live.root / "shared/three.txt").symlink_to("../deep/three.txt")
    live.wait_for(lambda: live.get("/more/three.txt").body == b"three")

    live.write("shared/one.txt", "one more")
    live.wait_for(lambda: live.get("/more/one.txt").body == b"one more")
    live.write("deep/three.txt", "three more")
    live.wait_for(lambda: live.get("/more/three.txt").body == b"three more")


def test_a_linked_file_that_was_there_before_is_watched(
    make_site: Callable[..., Path], tmp_path: Path
) -> None:
    root = make_site({"content/site.yaml": "title: Tea\n", "data/a.csv": "1\n"})
    (root / "static").mkdir()
    (root / "static/a.csv").symlink_to("../data/a.csv")
    (root / "static/b.csv").symlink_to(tmp_path)  # out of the site: none of its files
    (root / "content/round").symlink_to("..")  # a circle
    told: list[frozenset[str] | None] = []
    watch = Watch(root, told.append, print, poll=False)
    watch.start()
    try:
        (root / "data/a.csv").write_text("2\n")
        end = time.monotonic() + 120
        while not told and time.monotonic() < end:
            time.sleep(0.02)
    finally:
        watch.stop()

    assert told
    assert told[0]
    assert "data/a.csv" in told[0]


def test_browsers_that_are_gone_do_not_disturb(live: Live) -> None:
    gone, here = live.connect(), live.connect()
    live.loop.call_soon_threadsafe(gone.connection.close)

    live.replace("content/actors/anna.md", "drinks tea", "drinks coffee")

    assert here.message()["command"] == "reload"
