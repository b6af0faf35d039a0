"""Parts of files, as browsers ask for them to play a video, and other requests that are not everyday ones."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from site_builder.preview.ranges import NoSuchPart, Part, part_of

if TYPE_CHECKING:
    from tests.preview.conftest import Live

    StartPreview = Callable[..., Live]

TAG = '"1"'


@pytest.mark.parametrize(
    ("wanted", "part"),
    [
        ("bytes=0-3", (0, 4)),
        ("bytes=0-0", (0, 1)),
        ("bytes=9-9", (9, 10)),
        ("bytes=4-", (4, 10)),
        ("bytes=-3", (7, 10)),
        ("bytes=-99", (0, 10)),
        ("bytes=8-99", (8, 10)),
        ("bytes=0-999999999999999999", (0, 10)),
        ("BYTES= 0-3 ", (0, 4)),
        (None, None),
        ("", None),
        ("items=0-3", None),
        ("bytes", None),
        ("bytes=0-1,4-5", None),
        ("bytes=10-", NoSuchPart),
        ("bytes=10-12", NoSuchPart),
        ("bytes=-0", NoSuchPart),
        ("bytes=5-4", NoSuchPart),
        ("bytes=", NoSuchPart),
        ("bytes=-", NoSuchPart),
        ("bytes=a-b", NoSuchPart),
        ("bytes=1-2-3", NoSuchPart),
        ("bytes=--3", NoSuchPart),
        ("bytes=²-3", NoSuchPart),
        ("bytes=0-1,x", NoSuchPart),
        ("bytes=" + "9" * 5000 + "-", NoSuchPart),
    ],
)
def test_what_is_asked_for(
    wanted: str | None, part: tuple[int, int] | type[Exception] | None
) -> None:
    if isinstance(part, type):
        with pytest.raises(part):
            part_of(10, wanted, None, TAG)
    else:
        assert part_of(10, wanted, None, TAG) == (Part(*part, 10) if part else None)


def test_a_part_of_another_file_is_of_no_use() -> None:
    assert part_of(10, "bytes=0-3", TAG, TAG) == Part(0, 4, 10)
    for condition in ('"2"', 'W/"1"', "Tue, 02 Dec 2025 00:00:00 GMT", ""):
        assert part_of(10, "bytes=0-3", condition, TAG) is None
        assert part_of(10, "bytes=99-", condition, TAG) is None
    with pytest.raises(NoSuchPart):
        part_of(0, "bytes=0-", None, TAG)


VIDEO = bytes(range(256)) * 4000


def test_a_video_is_sent_in_the_parts_that_are_asked_for(start: StartPreview) -> None:
    live = start({"static/talk.mp4": VIDEO})

    whole = live.get("/talk.mp4")
    assert (whole.status, whole.body == VIDEO) == (200, True)
    assert whole.headers["Accept-Ranges"] == "bytes"
    assert whole.headers["Content-Type"] == "video/mp4"
    tag = whole.headers["Etag"]

    part = live.get("/talk.mp4", Range="bytes=300000-899999")
    assert (part.status, part.body == VIDEO[300000:900000]) == (206, True)
    assert part.headers["Content-Range"] == "bytes 300000-899999/1024000"
    assert part.headers["Content-Length"] == "600000"
    assert live.get("/talk.mp4", Range="bytes=-5").body == VIDEO[-5:]
    assert live.get("/talk.mp4", Range="bytes=1023999-").body == VIDEO[-1:]

    outside = live.get("/talk.mp4", Range="bytes=1024000-")
    assert (outside.status, outside.body) == (416, b"")
    assert outside.headers["Content-Range"] == "bytes */1024000"

    assert live.get("/talk.mp4", Range="bytes=0-1", If_Range=tag).status == 206
    assert live.get("/talk.mp4", Range="bytes=0-1", If_Range='"old"').body == VIDEO
    unchanged = live.get("/talk.mp4", If_None_Match=tag)
    assert (unchanged.status, unchanged.body) == (304, b"")

    head = live.request("/talk.mp4", "HEAD", {"Range": "bytes=0-1"})
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == "1024000"


def test_what_is_made_is_sent_in_parts_too_and_pages_are_not(still: Live) -> None:
    style = f"/{still.style_sheets()[0]}"

    assert still.get(style, Range="bytes=0-3").body == still.get(style).body[:4]
    page = still.get("/", Range="bytes=0-3")
    assert page.status == 200
    assert "Etag" not in page.headers


def test_one_who_leaves_while_a_file_is_sent_stops_nobody(start: StartPreview) -> None:
    live = start({"static/talk.mp4": VIDEO * 20})
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", live.port)) as connection:
            connection.sendall(f"GET /talk.mp4 HTTP/1.1\r\nHost: {live.host}\r\n\r\n".encode())
            connection.recv(10)

    assert live.get("/talk.mp4", Range="bytes=0-0").status == 206


def test_requests_that_are_not_everyday_ones(still: Live) -> None:
    assert still.get("/" + "a" * 7000).status == 404
    assert still.get("/" + "a" * 70_000).status == 414
    assert still.get("/.preview/state?page=http://[").status == 400
    # The whole address, as a proxy is asked for it: then it counts, and not `Host`.
    assert still.get(f"http://{still.host}/issues/milk/").status == 200
    assert still.get(f"http://{still.host}").status == 200
    assert still.get(f"http://evil.example/?{still.host}").status == 403
    assert still.get("/", Host="127.0.0.1:").status == 403
