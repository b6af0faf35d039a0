"""Broken content, templates and settings: shown as the terminal shows them, and gone when mended."""

from __future__ import annotations

import html
import os
import time
from typing import TYPE_CHECKING

import pytest

from site_builder.build import Options, check_site, render_site
from site_builder.diagnostics import as_text
from site_builder.preview import updating
from site_builder.stages.setup import RenderedSite

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.preview.conftest import Live, StartPreview

ANNA = "content/actors/anna.md"
FAULTS = {
    "unknown field": (ANNA, "---\nname: Anna\nnmae: x\n---\n", "unknown-field", 3),
    "unclosed YAML": (ANNA, "---\nname: [Anna\n---\n", "yaml-syntax", None),
    "no front matter": (ANNA, "Anna\n", "front-matter", 1),
    "an empty file": (ANNA, "", None, None),
    "unknown link": (ANNA, "---\nname: Anna\n---\nSee [[nobody]].\n", "unknown-reference", 4),
    "not text": (ANNA, b"---\nname: \xff\n---\n", "not-utf8", 2),
    "a control character": (ANNA, "---\nname: A\x07\n---\n", "control-character", 2),
    "broken settings": ("content/site.yaml", "title: [\n", "yaml-syntax", None),
    "unknown setting": ("content/site.yaml", "title: Tea\ncolour: red\n", "unknown-field", 2),
    "broken template": ("templates/about.html", "<p>\n{% if %}", "template-syntax", 2),
    "failing template": ("templates/about.html", "<p>\n\n{{ site.nothing }}", "template-error", 3),
    "missing template": ("templates/about.html", '{% extends "x.html" %}', "template-missing", 1),
    "dividing template": ("templates/about.html", "{{ 1 / 0 }}", "template-error", 1),
    "endless template": ("templates/about.html", '{% include "about.html" %}', "template-error", 1),
    "a file of no kind": ("content/notes.docx", b"x", "unknown-file", 1),
    "a bad slug": ("content/actors/A b.md", "---\nname: A\n---\n", "bad-slug", 1),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_shows_in_the_browser_as_in_the_terminal_and_goes_when_mended(
    live: Live, name: str
) -> None:
    file, broken, code, line = FAULTS[name]
    before = (live.root / file).read_bytes() if (live.root / file).exists() else None
    browser = live.connect()

    update = live.edit(file, broken)

    assert not update.ok
    found = next(d for d in update.diagnostics if d.is_error)
    assert code in (None, found.code)
    assert line in (None, found.location.line)
    assert browser.message() == {"command": "reload", "path": "*", "liveCSS": True, "liveImg": True}
    for shown in (live.get("/").text, live.get("/actors/anna/").text, live.state()["problems"]):
        assert f"{found.location.path}:{found.location.line}:{found.location.column}" in shown
        assert html.escape(found.message, quote=False) in html.unescape(shown).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")  # fmt: skip
        assert f"[{found.code}]" in shown
    assert live.get("/").status == 500
    assert live.get("/nowhere/").status == 500
    assert live.get("/" + next(iter(live.state()["styles"].values()))).status == 200

    mended = live.edit(file, before)
    assert (mended.ok, mended.was_ok) == (True, False)
    assert browser.message()["path"] == "*"
    assert live.get("/").status == 200
    assert live.state()["problems"] == ""
    live.assert_equals_clean_build()


@pytest.mark.parametrize("name", ["unknown field", "broken settings", "broken template"])
def test_a_fault_at_the_start_shows_and_goes_when_mended(start: StartPreview, name: str) -> None:
    file, broken, _, _ = FAULTS[name]
    live = start({file: broken})
    browser = live.connect()
    before = live.updates[0]
    assert not before.ok
    assert live.get("/").status == 500
    assert before.diagnostics[0].message.split("'")[0] in html.unescape(live.get("/").text)
    assert live.get("/assets/x.css").status == 404

    if file == ANNA:
        live.edit(file, "---\nname: Anna\n---\n")
    elif file == "content/site.yaml":
        live.edit(file, "title: Tea\n")
    else:
        live.edit(file, None)

    assert browser.message()["path"] == "*"
    assert live.get("/").status == 200
    live.assert_equals_clean_build()


def test_no_content_at_all_is_shown_and_mended(live: Live) -> None:
    import shutil

    for name in ("articles", "issues", "actors"):
        shutil.rmtree(live.root / "content" / name)
    (live.root / "content/terms.yaml").unlink()
    live.wait_for(lambda: [d.code for d in live.updates[-1].diagnostics] == ["no-content"])

    live.edit("content/actors/ben.md", "---\nname: Ben\n---\n")

    assert live.get("/actors/ben/").status == 200


def test_the_findings_are_those_of_the_terminal_all_of_them_in_order(live: Live) -> None:
    live.write(ANNA, "---\nname: Anna\nnmae: 1\n---\nSee [[nobody]]")
    live.write("content/site.yaml", "title: Tea\ncolour: red\n")
    live.wait_for(
        lambda: len({d.location.path for d in live.updates[-1].diagnostics if d.is_error}) == 2
    )

    text = html.unescape(live.get("/").text)

    diagnostics = check_site(Options(live.root, drafts=True, lint=True)).diagnostics
    places = [
        text.index(line) for d in diagnostics for line in as_text([d]).splitlines() if "^" in line
    ]
    assert places == sorted(places)
    assert len(places) == len(diagnostics)


def test_what_is_shown_is_escaped(live: Live) -> None:
    evil = "<script>alert(1)</script>\"'&"

    live.edit(ANNA, f"---\nname: Anna\n{evil}: x\n---\n")

    for shown in (live.get("/").text, live.state()["problems"]):
        assert "<script>alert" not in shown
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown


def test_a_files_name_is_escaped_in_links(live: Live) -> None:
    live.edit('content/actors/a" onclick="x & y.md', "---\nname: A\n---\n")

    page = live.get("/").text

    assert "a%22%20onclick%3D%22x%20%26%20y.md:1:1" in page
    assert 'a" onclick' not in page


def test_each_place_opens_in_the_editor(live: Live) -> None:
    live.edit(ANNA, FAULTS["unknown field"][1])

    link = f'<a href="vscode://file{live.root}/content/actors/anna.md:3:1">content/actors/anna.md:3:1</a>'
    assert link in live.get("/").text


def test_pages_other_than_html_come_from_the_last_good_site(start: StartPreview) -> None:
    live = start({"static/a.txt": "a"})

    live.edit(ANNA, "---\nnmae: 1\n---\n")

    assert live.get("/a.txt").text == "a"
    assert live.get("/b.png").status == 404


def test_a_half_written_file_that_the_next_event_mends_is_no_flash(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    # However busy the machine is, the next event comes before an error is told.
    monkeypatch.setattr(updating, "GRACE", 60.0)
    monkeypatch.setattr(updating, "LONGEST_WAIT", 60.0)
    browser = live.connect()
    whole = "---\nname: Anna\nrole: Drinker of coffee\n---\nAnna drinks coffee.\n"

    for _ in range(5):
        live.write(ANNA, whole[:20])  # the front matter is not closed
        time.sleep(0.08)
        live.write(ANNA, whole)
        live.wait_for(lambda: live.updates[-1].ok and "coffee" in live.get("/actors/anna/").text)

    assert all(update.ok for update in live.updates)
    assert all(message["path"] != "*" for message in browser.messages_until_quiet(0.3))


def test_an_error_is_kept_back_no_longer_than_a_second(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updating, "LONGEST_WAIT", 0.3)

    begin = time.monotonic()
    while len(live.updates) == 1 and time.monotonic() < begin + 120:
        live.write(ANNA, f"---\nnmae: {time.monotonic()}\n---\n")
        time.sleep(0.05)

    assert not live.updates[1].ok


def test_a_mistake_in_the_builder_is_told_and_not_fatal(start: StartPreview) -> None:
    def make(options: Options) -> Callable[[], RenderedSite]:
        def render() -> RenderedSite:
            if "coffee" in (options.root / ANNA).read_text():
                raise ZeroDivisionError("by <zero>")
            return render_site(options)

        return render

    live = start(make_render=make)
    update = live.replace(ANNA, "tea", "coffee")
    assert not update.ok
    assert "ZeroDivisionError: by &lt;zero&gt;" in live.get("/").text

    assert live.replace(ANNA, "coffee", "tea").ok
    assert live.get("/").status == 200


def test_a_file_that_may_not_be_read_is_told(start: StartPreview) -> None:
    def make(options: Options) -> Callable[[], RenderedSite]:
        def render() -> RenderedSite:
            if (options.root / "static").exists():
                raise PermissionError(13, "Permission denied", "static/a.txt")
            return render_site(options)

        return render

    live = start(make_render=make)
    update = live.edit("static/a.txt", "a")

    assert update.fault == "A file 'static/a.txt' can't be read: Permission denied"
    assert "A file &#39;static/a.txt&#39; can&#39;t be read" in live.get("/").text


def test_something_that_is_no_file_does_not_hang_or_end_the_server(live: Live) -> None:
    fifo = live.root / "content/actors/pipe.md"
    os.mkfifo(fifo)
    live.wait_for(lambda: not live.updates[-1].ok)
    fifo.unlink()
    live.wait_for(lambda: live.updates[-1].ok)

    loop = live.root / "content/actors/loop.md"
    loop.symlink_to("loop.md")
    live.wait_for(lambda: not live.updates[-1].ok)
    loop.unlink()
    live.wait_for(lambda: live.updates[-1].ok)


def test_a_link_out_of_the_site_is_refused(live: Live, tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_text("the writer's own")
    (live.root / "static").mkdir()
    (live.root / "static/link.txt").symlink_to(tmp_path / "outside.txt")

    live.wait_for(lambda: [d.code for d in live.updates[-1].diagnostics] == ["outside-site"])

    assert "the writer's own" not in live.get("/link.txt").text


def test_very_many_findings_are_shown_in_part(live: Live) -> None:
    live.edit(ANNA, "---\nname: Anna\n---\n" + "\n\n".join(f"[[nobody-{n}]]" for n in range(150)))

    page = live.get("/").text

    assert page.count('class="sb-place"') == 100
    assert "… and 50 more." in page
