"""A preview behind a proxy: names that are allowed, its socket on the page's own address, and who stays out."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from tornado.httpclient import HTTPClientError

from site_builder.cli import main
from site_builder.preview.events import Serving
from site_builder.preview.guard import Guard, allowed_name, is_same_origin
from site_builder.preview.terminal import in_words

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.preview.conftest import Live

    StartPreview = Callable[..., Live]

NAME = "tea.example.dev"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("tea.example.dev", "tea.example.dev"),
        ("Tea.Example.DEV.", "tea.example.dev"),
        ("desk", "desk"),
        ("192.168.1.7", "192.168.1.7"),
        ("täa.example", "xn--ta-via.example"),
    ],
)
def test_a_name_is_taken_as_headers_write_it(text: str, name: str) -> None:
    assert allowed_name(text) == name


@pytest.mark.parametrize(
    "text",
    ["", " ", "*", "*.example.dev", ".example.dev", "https://tea.example.dev", "tea.example.dev:443",
     "tea.example.dev/x", "a b", "me@tea.example.dev", "tea..dev", "a," + NAME],
)  # fmt: skip
def test_what_is_not_one_exact_name_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="name"):
        allowed_name(text)


def test_the_command_line_says_what_is_wrong_with_a_name() -> None:
    said = CliRunner().invoke(main, ["serve", "--allow-host", "*.example.dev"])

    assert said.exit_code == 2
    assert "'*.example.dev': write each name in full" in said.stderr


@pytest.mark.parametrize(
    ("header", "answered"),
    [
        ("tea.example.dev", True),
        ("TEA.example.dev:443", True),
        ("tea.example.dev.", True),
        ("localhost:8000", True),
        ("example.dev", False),
        ("a.tea.example.dev", False),
        ("notea.example.dev", False),
        ("tea.example.dev.evil.example", False),
        ("evil.example", False),
        ("10.0.0.2", False),
        ("tea.example.dev@evil.example", False),
    ],
)
def test_only_exact_names_are_allowed(header: str, *, answered: bool) -> None:
    assert Guard("127.0.0.1", frozenset({NAME})).answers_to(header) is answered
    assert not Guard("127.0.0.1").answers_to(NAME)


@pytest.mark.parametrize(
    ("origin", "host", "same"),
    [
        ("https://tea.example.dev", "tea.example.dev", True),
        ("https://tea.example.dev", "tea.example.dev:443", True),
        ("http://tea.example.dev:80", "tea.example.dev", True),
        ("https://tea.example.dev:8443", "tea.example.dev:8443", True),
        ("https://tea.example.dev:8443", "tea.example.dev", False),
        ("http://tea.example.dev", "tea.example.dev:443", False),
        ("https://evil.example", "tea.example.dev", False),
        ("ftp://tea.example.dev", "tea.example.dev", False),
    ],
)
def test_an_origin_leaves_its_default_port_out(origin: str, host: str, *, same: bool) -> None:
    assert is_same_origin(origin, host) is same


@pytest.fixture
def behind(start: StartPreview) -> Live:
    return start(
        {"content/actors/bob.md": "---\nname: Bob\ndraft: true\n---\n"}, allow_hosts=(NAME,)
    )


def test_a_proxy_that_keeps_the_host(behind: Live) -> None:
    page = behind.get("/issues/milk/", Host=NAME)

    assert page.status == 200
    assert 'src="../../.preview/preview.js"' in page.text
    assert "vscode://" not in behind.get("/.preview/state?page=/issues/milk/", Host=NAME).text
    assert f" ws://{NAME} wss://{NAME};" in page.headers["Content-Security-Policy"]
    assert behind.get("/issues/milk", Host=NAME).headers["Location"] == "milk/"
    assert behind.get("/nowhere/at/all", Host=NAME).text.count('src="../../.preview/') == 2
    assert 'src="/.preview/preview.js"' in behind.get("/issues/milk/").text
    assert behind.connect(Host=NAME, Origin=f"https://{NAME}").greeting["command"] == "hello"


def test_a_proxy_that_asks_under_another_name_and_says_so(behind: Live) -> None:
    headers = {"X_Forwarded_Host": f"{NAME}:8443", "Origin": f"https://{NAME}:8443"}

    assert behind.get("/", **headers).status == 200
    assert behind.connect(**headers).greeting["command"] == "hello"


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example", "X_Forwarded_Host": NAME},
        {"Host": NAME, "Origin": "https://evil.example"},
        {"Host": NAME, "Origin": f"https://a.{NAME}"},
        {"Host": NAME, "Sec_Fetch_Site": "cross-site"},
        {"Origin": f"https://{NAME}"},
        {"Origin": "https://evil.example", "X_Forwarded_Host": "evil.example"},
        {"Origin": f"https://{NAME}:9", "X_Forwarded_Host": NAME},
    ],
)
def test_who_stays_out(behind: Live, headers: dict[str, str]) -> None:
    assert behind.get("/forcereload", **headers).status == 403
    with pytest.raises(HTTPClientError, match="403"):
        behind.connect(**headers)


def test_without_the_option_a_proxy_is_nobody(still: Live) -> None:
    assert still.get("/", Host=NAME).status == 403
    assert still.get("/", Origin=f"https://{NAME}", X_Forwarded_Host=NAME).status == 403


def test_that_drafts_are_visible_is_said() -> None:
    assert "also answers" not in in_words(Serving("http://127.0.0.1:8000/", True), "")
    assert in_words(Serving("http://127.0.0.1:8000/", True, (NAME, "desk")), "").endswith(
        f"\nIt also answers to {NAME}, desk: anybody who reaches it there sees the site, "
        "drafts included; --no-drafts leaves them out"
    )
    assert in_words(Serving("http://127.0.0.1:8000/", False, (NAME,)), "").endswith(
        ", without drafts"
    )


PREFIX = "/proxy/8000"


def _pipe(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            target.sendall(data)
    except OSError:
        pass
    finally:
        for one in (source, target):
            one.close()


@pytest.fixture
def proxy() -> Iterator[Callable[[int], str]]:
    """A proxy that shows what listens on a port below a path, as cloud workspaces do; gives its address."""
    listening = socket.create_server(("127.0.0.1", 0))
    name = f"127.0.0.1:{listening.getsockname()[1]}"

    def pass_on(client: socket.socket, port: int) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            data = client.recv(65536)
            if not data:
                return
            head += data
        line, _, rest = head.partition(b"\r\n")
        if b" /proxy/8000/" not in line:
            client.sendall(
                b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            )
            client.close()
            return
        rest = re.sub(rb"(?im)^host:.*\r\n", f"Host: localhost:{port}\r\n".encode(), rest)
        if b"upgrade: websocket" not in rest.lower():
            rest = re.sub(rb"(?im)^connection:.*\r\n", b"", rest)
            rest = b"Connection: close\r\n" + rest
        server = socket.create_connection(("127.0.0.1", port))
        server.sendall(line.replace(b" /proxy/8000/", b" /") + b"\r\n")
        server.sendall(f"X-Forwarded-Host: {name}\r\n".encode() + rest)
        threading.Thread(target=_pipe, args=(client, server), daemon=True).start()
        _pipe(server, client)

    def accept(port: int) -> None:
        while True:
            try:
                client, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=pass_on, args=(client, port), daemon=True).start()

    def begin(port: int) -> str:
        threading.Thread(target=accept, args=(port,), daemon=True).start()
        return f"http://{name}{PREFIX}/"

    yield begin
    listening.close()


def test_an_edit_is_shown_below_the_path_of_a_proxy(
    start: StartPreview, proxy: Callable[[int], str], page: Page
) -> None:
    from playwright.sync_api import expect

    live = start(allow_hosts=("127.0.0.1",))
    wrong: list[str] = []
    page.on(
        "console", lambda message: wrong.append(message.text) if message.type == "error" else None
    )
    page.on("pageerror", lambda error: wrong.append(str(error)))
    sockets: list[str] = []
    page.on("websocket", lambda found: sockets.append(found.url))
    top = proxy(live.port)
    with page.expect_response(re.compile("preview/state")):
        page.goto(f"{top}actors/anna/")

    live.replace("content/actors/anna.md", "drinks tea", "drinks coffee")

    expect(page.get_by_text("Anna drinks coffee.")).to_be_attached()
    assert wrong == []
    assert {url.partition("?")[0] for url in sockets} == {f"{top.replace('http', 'ws')}livereload"}
