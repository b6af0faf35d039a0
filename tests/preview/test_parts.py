"""The preview's small parts, by themselves."""

from __future__ import annotations

import asyncio
import errno
from pathlib import Path

import click
import pytest

from site_builder.build import Options
from site_builder.diagnostics import Diagnostic, Location, Severity
from site_builder.faults import Fault
from site_builder.pages.media_types import media_type
from site_builder.preview import watching
from site_builder.preview.building import Builds, in_background
from site_builder.preview.editors import EDITORS, Editor, choose_editor
from site_builder.preview.events import Ended, Note, Serving, Updated, Working
from site_builder.preview.insertion import BEGIN, END, insert, stretch, without_insertion
from site_builder.preview.policy import as_built, policy, widen_page
from site_builder.preview.serving import listen
from site_builder.preview.showing import Difference, Snapshot, difference, page_digest
from site_builder.preview.terminal import in_words
from site_builder.preview.updating import GRACE, Updates
from site_builder.preview.watching import Watch, no_events
from site_builder.stages.setup import RenderedSite

# --- insertion -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (b"<head></head><body>", b"<head>+</head><body>"),
        (b"<HEAD></HEAD >", b"<HEAD>+</HEAD >"),
        (b"<head><!-- </head> --></head>", b"<head><!-- </head> -->+</head>"),
        (b"<script>'</head>'</script></head>", b"<script>'</head>'</script>+</head>"),
        (b"<title></head></title></head>", b"<title></head></title>+</head>"),
        (b"<header></header>", b"<header></header>+"),
        (b"<p>no head", b"<p>no head+"),
        (b"", b"+"),
        (b"<!-- </head>", b"<!-- +</head>"),
        (b"</head></head>", b"+</head></head>"),
    ],
)
def test_the_stretch_goes_before_the_heads_end_or_to_the_end(page: bytes, expected: bytes) -> None:
    assert insert(page, b"+") == expected


def test_what_was_inserted_can_be_taken_away() -> None:
    more = stretch(host="localhost", base="/", version="1", digest="2", margin="<b>x</b>")

    for page in (b"<head></head><p>x", b"x", f"{BEGIN}<head></head>".encode()):
        assert insert(page, more).count(more) == 1
    assert without_insertion(insert(b"<head></head><p>x", more)) == b"<head></head><p>x"
    assert without_insertion(b"<head></head>") == b"<head></head>"
    assert more.endswith(END.encode())


@pytest.mark.parametrize(
    ("host", "query"),
    [
        ("127.0.0.1:8000", "host=127.0.0.1&amp;port=8000"),
        ("localhost", "host=localhost&amp;port=80"),
        ("[::1]:8000", "host=[::1]&amp;port=8000"),
        ("[::1]", "host=[::1]&amp;port=80"),
    ],
)
def test_the_socket_is_looked_for_where_the_page_came_from(host: str, query: str) -> None:
    more = stretch(host=host, base="/", version="", digest="", margin="").decode()

    assert f'src="/.preview/livereload.js?{query}&amp;' in more


# --- policy --------------------------------------------------------------------------------------


def headers(text: str) -> dict[str, bytes]:
    return {"_headers": f"/*\n  Content-Security-Policy: {text}\n".encode()}


def test_the_policy_is_widened_by_the_socket_alone() -> None:
    strict = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'none'"

    assert policy(headers(strict), "h:1") == strict.replace("'none'; ", "'none'; ", 1).replace(
        "connect-src 'none'", "connect-src 'self' ws://h:1"
    )


def test_a_policy_that_leaves_things_to_its_default_says_them_for_the_preview() -> None:
    assert policy(headers("default-src 'none'"), "h:1") == (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ws://h:1"
    )
    assert policy(headers("default-src 'self' x.example"), "h:1") == (
        "default-src 'self' x.example; connect-src 'self' x.example ws://h:1"
    )


def test_before_there_is_a_site_the_policy_is_the_strict_one() -> None:
    assert policy({}, "h:1").startswith("default-src 'none'; script-src 'self'; style-src 'self'; ")


def test_the_policy_of_a_page_is_widened_alike() -> None:
    head = b'<head><meta http-equiv="Content-Security-Policy" content="'
    page = head + b"default-src 'none'; connect-src 'self'\"><meta charset=\"utf-8\">"

    wider = widen_page(page, "h:1")

    assert wider == (
        head
        + b"default-src 'none'; connect-src 'self' ws://h:1; script-src 'self'; style-src 'self'"
        b'" data-built="default-src \'none\'; connect-src \'self\'"><meta charset="utf-8">'
    )
    assert as_built(wider) == page
    assert widen_page(b"<head></head>", "h:1") == as_built(b"<head></head>") == b"<head></head>"


# --- editors -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choice", "environment", "expected"),
    [
        (None, {}, "vscode"),
        (None, {"VISUAL": "/usr/bin/codium --wait", "EDITOR": "vi"}, "vscodium"),
        (None, {"EDITOR": "zed --wait"}, "zed"),
        (None, {"VISUAL": "", "EDITOR": "subl"}, "sublime"),
        (None, {"EDITOR": "vi"}, "vscode"),
        (None, {"VISUAL": "   "}, "vscode"),
        ("cursor", {"VISUAL": "code"}, "cursor"),
        ("none", {"VISUAL": "code"}, "none"),
    ],
)
def test_the_editor_is_the_one_chosen(
    choice: str | None, environment: dict[str, str], expected: str
) -> None:
    assert choose_editor(choice, environment) == EDITORS[expected]


@pytest.mark.parametrize("choice", ["my://{path}", "my://{path}:{line}:{column}"])
def test_the_editor_may_be_an_address(choice: str) -> None:
    assert choose_editor(choice, {}) == choice


@pytest.mark.parametrize(
    "choice",
    ["vim", "{path}", "javascript:alert({path})", "data:{path}", "my://{path}{x}", "my://{path", "my://{path.a}", "my://{path}{}"],
)  # fmt: skip
def test_an_editor_that_makes_no_link_is_refused(choice: str) -> None:
    with pytest.raises(Fault):
        choose_editor(choice, {})


def test_a_link_names_an_existing_file_and_the_place(tmp_path: Path) -> None:
    (tmp_path / "ä b.md").touch()
    editor = Editor(tmp_path, EDITORS["vscode"])

    assert editor.link(Location("ä b.md", 3, 7)) == f"vscode://file{tmp_path}/%C3%A4%20b.md:3:7"
    assert editor.link(Location("gone.md")) == ""
    assert editor.link(Location("<default theme>/base.html")).endswith("/templates/base.html:1:1")
    assert Editor(tmp_path, "").link(Location("ä b.md")) == ""


# --- differences ---------------------------------------------------------------------------------

OLD = {
    "index.html": b"<a href=assets/s.00000000.css>",
    "assets/s.00000000.css": b"a",
    "a.png": b"1",
}
NEW_STYLE = {
    "index.html": b"<a href=assets/s.11111111.css>", "assets/s.11111111.css": b"b", "a.png": b"1",
}  # fmt: skip


def test_a_style_sheet_that_changed_its_name_is_a_change_of_style_alone() -> None:
    found = difference(OLD, NEW_STYLE)

    assert found == Difference(
        ("index.html",), ("assets/s.11111111.css", "assets/s.00000000.css"), (), only_style=True
    )
    assert found.message == "assets/s.11111111.css"
    assert page_digest(OLD["index.html"]) == page_digest(NEW_STYLE["index.html"])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"index.html": b"<a href=assets/s.11111111.css>x"}, "index.html"),
        ({"a.png": b"2"}, "index.html"),
        ({"new.html": b""}, "index.html"),
        ({"assets/t.11111111.css": b""}, "index.html"),
        ({"feed.xml": b"anew"}, "assets/s.11111111.css"),
    ],
)
def test_with_anything_else_that_shows_it_is_more(change: dict[str, bytes], message: str) -> None:
    assert difference(OLD, {**NEW_STYLE, **change}).message == message


def test_equal_sites_do_not_differ() -> None:
    assert not difference(OLD, dict(OLD))
    assert not difference({}, {})
    assert difference(OLD, {}).message == "index.html"


def test_what_only_machines_read_reloads_no_page_that_is_as_it_was() -> None:
    assert difference({}, {"a.js": b""}).touches_all_pages
    assert not difference({}, {"feed.xml": b"", "x.json": b"", "_headers": b""}).touches_all_pages


def test_a_snapshot_is_broken_by_errors_and_faults_and_not_by_warnings() -> None:
    warning = Diagnostic("uncited", "x", Location("a"), severity=Severity.WARNING)
    site = RenderedSite({}, ())

    assert not Snapshot(site, (warning,)).is_broken
    assert Snapshot(site, (Diagnostic("bad-slug", "x", Location("a")),)).is_broken
    assert Snapshot(site, (), "no folder").is_broken


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.html", "text/html; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.svg", "image/svg+xml; charset=utf-8"),
        ("a.JPG", "image/jpeg"),
        ("a.jpeg.PNG", "image/png"),
        ("feed.xml", "application/xml; charset=utf-8"),
        ("events.ics", "text/calendar; charset=utf-8"),
        ("issues/dam/index.md", "text/markdown; charset=utf-8"),
        ("positions.csv", "text/csv; charset=utf-8"),
        ("explainer.json", "application/json; charset=utf-8"),
        ("site.webmanifest", "application/manifest+json; charset=utf-8"),
        ("a.bib", "application/x-bibtex; charset=utf-8"),
        ("a.ris", "application/x-research-info-systems; charset=utf-8"),
        ("pagefind/wasm.en.pagefind", "application/wasm"),
        ("pagefind/fragment/en_1.pf_fragment", "application/octet-stream"),
        ("favicon.ico", "image/x-icon"),
        ("talk.mp4", "video/mp4"),
        ("data.json.gz", "application/gzip"),
        ("CNAME", "application/octet-stream"),
        ("v1.2/LICENCE", "application/octet-stream"),
    ],
)
def test_media_types(name: str, expected: str) -> None:
    assert media_type(name) == expected


# --- words for the terminal ----------------------------------------------------------------------

UPDATED = Updated(
    changed=("content/a.md",),
    page_count=34,
    changed_pages=3,
    seconds=0.123,
    diagnostics=(),
    fault="",
    ok=True,
    is_first=False,
    was_ok=True,
    same_diagnostics=True,
    message="index.html",
)
ERROR = Diagnostic("bad-slug", "no", Location("content/a.md", 2, 3, 1, "x: y"), "do so")
WARNING = Diagnostic("uncited", "hm", Location("content/a.md"), severity=Severity.WARNING)


def updated(**changes: object) -> str:
    return click.unstyle(in_words(Updated(**{**UPDATED.__dict__, **changes}), "12:00:00"))


def test_the_status_line_says_what_was_rebuilt() -> None:
    assert updated() == "12:00:00  content/a.md: 3 of 34 pages changed in 0.12 s"
    assert updated(is_first=True) == "12:00:00  34 pages in 0.12 s"
    assert updated(message="assets/a.css") == "12:00:00  content/a.md: style changed in 0.12 s"
    assert (
        updated(changed_pages=0, message="") == "12:00:00  content/a.md: nothing changed (0.12 s)"
    )
    assert updated(was_ok=False) == "12:00:00  fixed: content/a.md: 3 of 34 pages changed in 0.12 s"
    assert updated(changed=("a", "b", "c", "d", "e")).startswith("12:00:00  a, b, c and 2 more: ")
    assert updated(changed_pages=0, message="a.png") == (
        "12:00:00  content/a.md: no page changed, but what they show (0.12 s)"
    )


def test_findings_are_said_once() -> None:
    broken = {"ok": False, "diagnostics": (ERROR,), "same_diagnostics": False}

    assert updated(**broken) == (
        "content/a.md:2:3: no [bad-slug]\n    2 | x: y\n      |   ^\n      = do so\n\n"
        "12:00:00  content/a.md: 1 error; the last good pages stay (0.12 s)"
    )
    assert updated(**{**broken, "same_diagnostics": True}) == (
        "12:00:00  content/a.md: 1 error; the last good pages stay (0.12 s)"
    )
    assert updated(diagnostics=(WARNING,)) == (
        "12:00:00  content/a.md: 3 of 34 pages changed in 0.12 s, 1 warning"
    )
    assert updated(ok=False, fault="No folder.", same_diagnostics=False) == (
        "No folder.\n12:00:00  content/a.md: not built; the last good pages stay (0.12 s)"
    )
    many = updated(ok=False, diagnostics=(ERROR,) * 150, same_diagnostics=False)
    assert "… and 50 more; 'site-builder check' shows them all" in many


def test_errors_are_red_and_warnings_yellow() -> None:
    shown = in_words(
        Updated(**{**UPDATED.__dict__, "diagnostics": (ERROR, WARNING), "same_diagnostics": False}),
        "12:00:00",
    )

    assert "\x1b[31mno [bad-slug]" in shown
    assert "\x1b[33mwarning: hm [uncited]" in shown


def test_what_else_is_said() -> None:
    said = [click.unstyle(in_words(event, "12:00:00")) for event in (
        Serving("http://127.0.0.1:1/", drafts=False), Working(3.2, "linking"), Note("So."), Ended(),
    )]  # fmt: skip
    assert said == [
        "Preview on http://127.0.0.1:1/ (drafts left out; Ctrl-C ends it)",
        "12:00:00  linking … 3 s",
        "So.",
        "The preview has ended.",
    ]


# --- watching ------------------------------------------------------------------------------------


def test_without_events_files_are_looked_at_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    (tmp_path / "content").mkdir()
    real = watching.RustNotify

    def limited(folders: list[str], debug: bool, poll: bool, *rest: object) -> object:
        if not poll:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(folders, debug, poll, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(watching, "RustNotify", limited)
    monkeypatch.setattr(watching, "POLL_DELAY", 30)
    notes: list[str] = []
    told = threading.Event()
    changes: list[frozenset[str] | None] = []

    def tell(changed: frozenset[str] | None) -> None:
        changes.append(changed)
        told.set()

    watch = Watch(tmp_path, tell, notes.append, poll=False)
    watch.start()
    (tmp_path / "content/a.md").write_text("x")

    assert told.wait(120)
    # Polling sees the folder as well, if it was made in the second before.
    assert (changes[0] or frozenset()) - {"content"} == {"content/a.md"}
    assert "".join(notes) == (
        "The system has no file watches left: fs.inotify.max_user_watches is too low. Files are "
        "checked once a second instead, which takes more processor time. To raise it: sudo sysctl "
        "fs.inotify.max_user_watches=524288"
    )
    watch.stop()


def test_other_reasons_for_no_events_are_said() -> None:
    assert no_events(OSError(errno.EMFILE, "Too many open files")).startswith(
        "Too many programs watch"
    )
    assert no_events(OSError("odd")) == (
        "The system does not report changed files (odd). Files are checked once a second "
        "instead, which takes more processor time."
    )


# --- the rest ------------------------------------------------------------------------------------


def test_work_in_the_background_gives_its_result_or_its_error() -> None:
    async def both() -> None:
        assert await in_background(lambda: 7) == 7
        with pytest.raises(ZeroDivisionError):
            await in_background(lambda: 1 / 0)

    asyncio.run(both())


@pytest.mark.parametrize("steps", range(5))
def test_a_preview_ends_though_a_file_changes_at_that_moment(tmp_path: Path, steps: int) -> None:
    wrong = Diagnostic("code", "wrong", Location("content/site.yaml"))
    sites = iter((RenderedSite({}, ()), RenderedSite({}, (wrong,)), RenderedSite({}, (wrong,))))
    builds = Builds(Options(tmp_path), lambda _: lambda: next(sites))

    async def ends() -> bool:
        updates = Updates(builds, lambda _: None, lambda _: None)
        task = asyncio.create_task(updates.run())
        await updates.snapshot()
        updates.signal(frozenset({"content/site.yaml"}))
        await asyncio.sleep(GRACE / 2)  # built, and waiting whether a change mends it
        updates.signal(frozenset({"content/site.yaml"}))
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        done, _ = await asyncio.wait([task], timeout=120)
        return bool(done)

    assert asyncio.run(ends())


def test_the_systems_own_ports_are_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("site_builder.preview.serving.bind_sockets", refuse)

    with pytest.raises(Fault, match=r"^port 80 is reserved for the system; use one above 1023"):
        listen("127.0.0.1", 80, next_port=False)
