"""What a request gets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from site_builder.preview.policy import as_built

if TYPE_CHECKING:
    from tests.preview.conftest import Live, StartPreview


def test_every_file_is_what_a_clean_build_makes_less_what_the_preview_puts_in(still: Live) -> None:
    still.assert_equals_clean_build()


def test_what_is_put_in_is_one_stretch_before_the_end_of_the_head(still: Live) -> None:
    built, body = still.clean_build()["index.html"], still.get("/").body
    served = as_built(body)
    policy = f"connect-src 'self' ws://127.0.0.1:{still.port}; base-uri 'none'; form-action 'self'\" data-built=\""

    assert body.count(policy.encode()) == 1
    head = built.index(b"</head>")
    added = len(served) - len(built)
    assert served[:head] == built[:head]
    assert served[head + added :] == built[head:]
    stretch = served[head : head + added].decode()
    assert stretch.startswith("<!--site-builder preview-->")
    assert stretch.endswith("<!--/site-builder preview-->")
    assert f"livereload.js?host=127.0.0.1&amp;port={still.port}&amp;" in stretch


def test_a_head_of_more_than_64_kilobytes_gets_the_reload_script(start: StartPreview) -> None:
    filler = "<!-- </head> -->" + "<meta name='x' content='y'>\n" * 4000
    live = start(
        {
            "templates/terms.html": f"<html><head>{filler}</head><body></body></html>",
            "templates/about.html": "<p>No head at all",
        }
    )

    terms, about = live.get("/terms/").text, live.get("/about/").text
    assert terms.index("livereload.js") > 64 * 1024
    assert terms.endswith("<!--/site-builder preview--></head><body></body></html>")
    assert about.startswith("<p>No head at all<!--site-builder preview-->")
    live.assert_equals_clean_build()


def test_nothing_is_kept_by_the_browser(still: Live) -> None:
    for path in (
        "/",
        "/nowhere/",
        "/issues",
        f"/{still.style_sheets()[0]}",
        "/.preview/preview.js",
        "/.preview/livereload.js",
        "/.preview/state",
    ):
        assert still.get(path).headers["Cache-Control"] == "no-store", path


def test_a_head_request_gets_the_headers_alone(still: Live) -> None:
    get, head = still.get("/"), still.request("/", "HEAD")

    assert head.body == b""
    assert head.status == 200
    assert int(head.headers["Content-Length"]) == len(get.body)
    assert head.headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "MOVE"])
@pytest.mark.parametrize("path", ["/", "/livereload", "/forcereload", "/.preview/state"])
def test_a_method_that_does_not_read_is_refused(still: Live, method: str, path: str) -> None:
    response = still.request(path, method)

    assert response.status == 405
    assert response.headers["Allow"] == "GET, HEAD"


def test_an_address_that_leads_nowhere_gets_the_404_page_as_404(still: Live) -> None:
    for path in ("/nowhere", "/issues/nobody/", "/issues/milk/index.html/", "/assets/site.css"):
        response = still.get(path)
        assert response.status == 404, path
        assert "This page does not exist" in response.text
        assert "livereload.js" in response.text


def test_an_address_without_its_slash_leads_to_the_one_with_it(still: Live) -> None:
    response = still.get("/issues/milk")

    assert (response.status, response.headers["Location"]) == (302, "/issues/milk/")
    assert still.get("//issues/milk").status == 404
    assert still.get("/issues/milk?x=/../#y").headers["Location"] == "/issues/milk/"


SECRET = "the writer's own"


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/assets/../../secret.txt",
        "/assets/..%2f..%2f..%2fsecret.txt",
        "/issues/../../secret.txt",
        "/..\\secret.txt",
        "/%5c..%5csecret.txt",
        "/%00../secret.txt",
        "/secret.txt%00.html",
        "/%ff%fe",
        "//secret.txt",
        "/./secret.txt",
        "/content/site.yaml",
        "/.preview/../../secret.txt",
        "/.preview/..%2f__init__.py",
        "/.preview/../serving.py",
        "/.git/config",
        "/secret.txt",
        "/link.txt",
    ],
)
def test_no_path_leaves_the_site(still: Live, path: str) -> None:
    (still.root / "secret.txt").write_text(SECRET)

    response = still.get(path)

    assert response.status == 404
    assert SECRET not in response.text
    assert "import" not in response.text.split("<!--site-builder")[0]


def test_files_have_their_media_types(start: StartPreview) -> None:
    live = start(
        {
            "static/a.svg": "<svg/>",
            "static/b.woff2": b"x",
            "static/c.json": "{}",
            "static/d.unknown": b"x",
            "static/e.txt": "ä",
            "static/Ünï cödé.png": b"x",
        }
    )

    assert live.get("/a.svg").headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert live.get("/b.woff2").headers["Content-Type"] == "font/woff2"
    assert live.get("/c.json").headers["Content-Type"] == "application/json; charset=utf-8"
    assert live.get("/d.unknown").headers["Content-Type"] == "application/octet-stream"
    assert live.get("/e.txt").headers["Content-Type"] == "text/plain; charset=utf-8"
    picture = live.get("/%C3%9Cn%C3%AF%20c%C3%B6d%C3%A9.png")
    assert (picture.status, picture.headers["Content-Type"]) == (200, "image/png")


def test_pages_are_under_the_policy_of_a_built_site_and_the_socket(still: Live) -> None:
    built = next(
        line.split(": ", 1)[1]
        for line in still.clean_build()["_headers"].decode().splitlines()
        if "Content-Security-Policy" in line
    )

    policy = still.get("/").headers["Content-Security-Policy"]

    assert policy == built.replace(
        "connect-src 'self'", f"connect-src 'self' ws://127.0.0.1:{still.port}"
    )


def test_a_site_below_a_hosts_top_is_found_where_it_will_stand(start: StartPreview) -> None:
    live = start({"content/site.yaml": "title: Tea\nbase_url: https://tea.example/box/\n"})

    assert live.get("/box").headers["Location"] == "/box/"
    assert live.get("/box/issues/milk").headers["Location"] == "/box/issues/milk/"
    assert 'data-base="/box/"' in live.get("/box/issues/milk/").text
    assert live.get("/box/nowhere/").status == 404
    style = "/box/" + live.style_sheets("/box/")[0]
    assert style in live.get("/nowhere/").text  # the 404 page's links are from the top
    assert live.get(style).status == 200
    live.assert_equals_clean_build()


def test_drafts_are_shown_unless_they_are_left_out(start: StartPreview) -> None:
    draft = {"content/issues/sugar.md": "---\ntitle: Sugar\ndraft: true\n---\n"}

    assert start(draft).get("/issues/sugar/").status == 200
    # Tornado's handlers and livereload's are the same for both, so the first goes on meanwhile.
    assert start(draft, drafts=False).get("/issues/sugar/").status == 404


def test_a_request_waits_for_the_first_build(start: StartPreview) -> None:
    live = start(wait=False)

    assert live.get("/").status == 200


def test_the_output_folder_is_left_alone(start: StartPreview) -> None:
    live = start({"output/index.html": "as it was"})

    live.replace("content/actors/anna.md", "tea", "coffee")

    assert live.served("index.html") != b"as it was"
    assert [(f.name, f.read_text()) for f in (live.root / "output").iterdir()] == [
        ("index.html", "as it was")
    ]


def test_pages_are_sent_while_a_build_goes_on(start: StartPreview) -> None:
    import threading

    from site_builder.build import Options, render_site
    from site_builder.preview.building import Render
    from site_builder.stages.setup import RenderedSite

    may_end, began = threading.Event(), threading.Event()
    builds = []

    def slow(options: Options) -> Render:
        def render() -> RenderedSite:
            if builds:
                began.set()
                may_end.wait()
            builds.append(1)
            return render_site(options)

        return render

    live = start(make_render=slow)
    live.write("content/actors/anna.md", "---\nname: Anna Tee\n---\n")
    began.wait()

    assert "Anna Tee" not in live.get("/actors/anna/").text
    may_end.set()
    live.wait_for_update(1)
    assert "Anna Tee" in live.get("/actors/anna/").text


def test_the_state_of_a_page_says_what_loading_it_would_give(still: Live) -> None:
    page = still.get("/issues/milk/").text
    state = still.state("/issues/milk/")

    assert f'data-digest="{state["digest"]}"' in page
    assert f'data-version="{state["version"]}"' in page
    assert state["margin"] in page
    assert state["problems"] == ""
    assert set(still.style_sheets()) <= set(state["styles"].values())
    assert json.dumps(still.state("/nowhere/")["digest"]) in json.dumps(still.state("/404.html"))
