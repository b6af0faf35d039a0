"""Whom the preview does not answer."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING

import pytest
from tornado.httpclient import HTTPClientError

from site_builder.preview.guard import Guard

if TYPE_CHECKING:
    from tests.preview.conftest import Live

PATHS = ["/", "/issues/milk/", "/forcereload", "/livereload", "/.preview/state", "/.preview/preview.js",
         "/.preview/livereload.js"]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "192.168.1.7", "[::2]", ""],
)
def test_a_foreign_host_is_refused(still: Live, path: str, host: str) -> None:
    response = still.get(path, Host=host)

    assert response.status == 403
    assert b"Tea" not in response.body


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "http://localhost:1", "file://", "http://[", "http://[x]/"],
)
def test_a_foreign_origin_is_refused(still: Live, path: str, origin: str) -> None:
    assert still.get(path, Origin=origin).status == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_picture_or_script_on_another_site_gets_nothing(still: Live, site: str) -> None:
    for path in PATHS:
        assert still.get(path, Sec_Fetch_Site=site, Sec_Fetch_Dest="image").status == 403


def test_a_link_on_another_site_may_lead_here_but_not_force_a_reload(still: Live) -> None:
    link = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Dest": "document"}

    assert still.get("/", **link).status == 200
    assert still.get("/forcereload", **link).status == 403


@pytest.mark.parametrize(
    "name", ["localhost", "LOCALHOST", "127.0.0.1", "tea.localhost", "localhost."]
)
def test_this_machines_own_names_are_answered(still: Live, name: str) -> None:
    host = f"{name}:{still.port}"

    assert still.get("/", Host=host).status == 200
    assert still.get("/", Host=host, Origin=f"http://{host}").status == 200


def test_the_socket_takes_its_own_pages_and_nobody_elses(still: Live) -> None:
    assert still.connect(Origin=still.url.rstrip("/")).greeting["command"] == "hello"
    for headers in (
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": f"http://evil.example:{still.port}"},
        {"Host": "evil.example", "Origin": "http://evil.example"},
        {"Sec_Fetch_Site": "cross-site"},
    ):
        with pytest.raises(HTTPClientError, match="403"):
            still.connect(**headers)


def test_a_foreign_page_cannot_force_a_reload(still: Live) -> None:
    browser = still.connect()

    assert still.get("/forcereload", Origin="http://evil.example").status == 403
    assert still.get("/forcereload", Host="evil.example").status == 403
    assert still.get("/forcereload").status == 200

    assert [message["path"] for message in browser.messages(0.2)] == ["*"]


def test_nonsense_on_the_socket_is_passed_over(live: Live) -> None:
    browser = live.connect()

    for message in (
        "",
        "{",
        "[]",
        "null",
        '"hello"',
        '{"command": 7}',
        '{"no": 1}',
        b"\xff",
        "x" * 9999,
    ):
        browser.send(message)
    live.replace("content/actors/anna.md", "tea", "coffee")

    assert browser.message()["command"] == "reload"


def test_nonsense_on_the_wire_does_not_end_the_server(still: Live) -> None:
    for data in (
        b"\0\0\0\0\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET http://127.0.0.1/../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n",
    ):
        with socket.create_connection(("127.0.0.1", still.port)) as connection:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(65536):
                pass
    assert still.get("/").status == 200


def test_it_listens_on_loopback_alone(still: Live) -> None:
    with pytest.raises(OSError, match=r"refused|unreachable"):
        socket.create_connection(("127.0.0.2", still.port), timeout=2)


@pytest.mark.parametrize(
    ("listening", "header", "answered"),
    [
        ("127.0.0.1", "localhost:8000", True),
        ("127.0.0.1", "127.9.9.9", True),
        ("127.0.0.1", "[::1]:8000", True),
        ("127.0.0.1", "10.0.0.2", False),
        ("127.0.0.1", "localhost:8000:1", False),
        ("127.0.0.1", "me@localhost", False),
        ("127.0.0.1", "notlocalhost:8000", False),
        ("127.0.0.1", "tea.localhost:8000", True),
        ("127.0.0.1", "localhost.evil.example", False),
        ("127.0.0.1", "localhost/x", False),
        ("127.0.0.1", "x;y.localhost", False),
        ("0.0.0.0", "10.0.0.2:8000", True),
        ("0.0.0.0", "localhost", True),
        ("0.0.0.0", "evil.example", False),
        ("0.0.0.0", f"{socket.gethostname()}:8000", True),
        ("0.0.0.0", f"{socket.gethostname()}.local", True),
        ("desk.example", "desk.example:8000", True),
        ("desk.example", "other.example", False),
    ],
)
def test_which_hosts_are_its_own(listening: str, header: str, *, answered: bool) -> None:
    assert Guard(listening).answers_to(header) is answered


def test_links_into_the_editor_are_not_told_to_other_machines(still: Live) -> None:
    assert "vscode://file" in json.dumps(still.state())
