"""Publishing to a bucket: a real S3 server in a process of its own, and a line that can be cut."""

from __future__ import annotations

import functools
import gzip
import http.client
import http.server
import itertools
import os
import re
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import boto3
import pytest
from botocore.loaders import JSONFileLoader
from botocore.retries import standard

from site_builder.publish import publishing, s3

if TYPE_CHECKING:
    from tests.publish.conftest import Desk, Interrupted, MissingAssets


@pytest.fixture(scope="session")
def server() -> Iterator[int]:
    """The port of an S3 server on loopback."""
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr
        port = 0
        for line in process.stderr:
            if match := re.search(r"Running on http://127\.0\.0\.1:(\d+)", line):
                port = int(match[1])
                break
        # Nobody reads what it says of each request, and a full pipe would stop it.
        threading.Thread(target=process.stderr.read, daemon=True).start()
        yield port
        process.terminate()


@pytest.fixture(scope="session", autouse=True)
def services_read_once() -> Iterator[None]:
    """What boto3 knows of a service is a megabyte of JSON, which every client reads again."""
    load = functools.lru_cache(maxsize=None)(JSONFileLoader.load_file)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(JSONFileLoader, "load_file", lambda _, path: load(READER, path))
        yield


READER = JSONFileLoader()


class Line:
    """The way to the server. It counts requests, and lets through what `refuse` does not stop."""

    def __init__(self, server: int) -> None:
        self.requests: list[str] = []
        self.refuse: Callable[[str], int | None] = lambda _: None
        """For a request (`PUT /bucket/key`), a status to answer with; 0 hangs up; None lets it pass."""
        line = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one_request(self) -> None:
                try:
                    super().handle_one_request()
                except OSError:
                    self.close_connection = True

            def handle_expect_100(self) -> bool:
                return super().handle_expect_100()

            def _pass_on(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                request = f"{self.command} {self.path.partition('?')[0]}"
                line.requests.append(request)
                status = line.refuse(request)
                if status == 0:
                    self.close_connection = True
                    return
                if status is not None:
                    self._answer(
                        status, {}, f"<Error><Code>{CODES[status]}</Code></Error>".encode()
                    )
                    return
                connection = http.client.HTTPConnection("127.0.0.1", server)
                headers = {k: v for k, v in self.headers.items() if k.lower() != "expect"}
                connection.request(self.command, self.path, body, headers)
                answer = connection.getresponse()
                self._answer(answer.status, dict(answer.getheaders()), answer.read())
                connection.close()

            def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
                self.send_response_only(status)
                for name, value in headers.items():
                    if name.lower() not in ("connection", "transfer-encoding", "content-length"):
                        self.send_header(name, value)
                length = headers.get("Content-Length") if self.command == "HEAD" else None
                self.send_header("Content-Length", length or str(len(body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            do_GET = do_PUT = do_HEAD = do_DELETE = do_POST = _pass_on  # noqa: N815

            def log_message(self, *arguments: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def cut(self) -> None:
        """Nobody listens any more."""
        self._server.shutdown()
        self._server.server_close()


CODES = {403: "AccessDenied", 500: "InternalError", 503: "SlowDown"}


@pytest.fixture
def line(server: int) -> Iterator[Line]:
    line = Line(server)
    yield line
    line.cut()


@pytest.fixture(autouse=True)
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testkeyid")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "t0ps3cr3t")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setattr(standard.ExponentialBackoff, "delay_amount", lambda *_: 0)


class Kept(NamedTuple):
    """An object as it was once."""

    sum: str
    data: bytes
    headers: dict[str, Any]


class Bucket:
    """A bucket of the server, asked directly."""

    def __init__(self, server: int, name: str) -> None:
        self.name = name
        self.client: Any = boto3.client(
            "s3", endpoint_url=f"http://127.0.0.1:{server}", region_name="us-east-1"
        )
        self.client.create_bucket(Bucket=name)

    def paths(self, prefix: str = "") -> list[str]:
        rows = self.client.list_objects_v2(Bucket=self.name, Prefix=prefix).get("Contents", [])
        return [row["Key"].removeprefix(prefix) for row in rows]

    def object(self, key: str) -> dict[str, Any]:
        found: dict[str, Any] = self.client.get_object(Bucket=self.name, Key=key)
        return {**found, "Body": found["Body"].read()}

    def files(self, prefix: str = "") -> dict[str, bytes]:
        return {key: self.object(prefix + key)["Body"] for key in self.paths(prefix)}

    def sums(self) -> dict[str, str]:
        """The MD5 sums of objects, which the listing says."""
        rows = self.client.list_objects_v2(Bucket=self.name).get("Contents", [])
        return {row["Key"]: row["ETag"].strip('"') for row in rows}

    def put(self, key: str, data: bytes) -> None:
        self.client.put_object(Bucket=self.name, Key=key, Body=data)

    def objects(self) -> dict[str, Kept]:
        """All objects, to put them back with `make_it`."""
        found = {}
        for path, sum in self.sums().items():
            row = self.object(path)
            names = ("ContentType", "CacheControl", "Metadata")
            headers = {name: row[name] for name in names if name in row}
            found[path] = Kept(sum, row["Body"], headers)
        return found

    def make_it(self, wanted: Mapping[str, Kept]) -> None:
        """Puts back what differs."""
        sums = self.sums()
        for path in sums.keys() - wanted.keys():
            self.client.delete_object(Bucket=self.name, Key=path)
        for path, row in wanted.items():
            if sums.get(path) != row.sum:
                self.client.put_object(Bucket=self.name, Key=path, Body=row.data, **row.headers)


@pytest.fixture
def bucket(server: int, line: Line, desk: Desk, request: pytest.FixtureRequest) -> Bucket:
    name = re.sub(r"[^a-z0-9]+", "-", request.node.name.lower())[-50:].strip("-")
    desk.target("live", target(name, line.port))
    return Bucket(server, name)


def target(bucket: str, port: int, more: str = "") -> str:
    return f"{{kind: s3, bucket: {bucket}, endpoint: 'http://127.0.0.1:{port}'{more}}}"


def revise(desk: Desk) -> None:
    """A changed page, a new page, a new picture, and one file less."""
    text = (desk.root / "content/issues/tariff.md").read_text("utf-8")
    desk.write(
        {
            "content/issues/tariff.md": text.replace("cup.svg", "pot.svg"),
            "content/actors/trader.yaml": "name: The traders\n",
            "static/pot.svg": "<svg/>\n",
        }
    )
    (desk.root / "static/cup.svg").unlink()


def test_marks_of_folders_are_nobodys_files(desk: Desk, bucket: Bucket) -> None:
    """Some tools mark a folder by an empty object whose name ends in a slash."""
    bucket.put("issues/", b"")
    bucket.put("mine/", b"")

    said = desk.publish("live")

    assert said.plain.startswith(f"published: s3://{bucket.name}/")
    assert {"issues/", "mine/"} <= {*bucket.paths()}


def test_a_bucket_holds_the_site(desk: Desk, bucket: Bucket) -> None:
    desk.target("parcel", "{kind: directory, path: ../box}")

    said = desk.publish("live")
    desk.publish("parcel")

    assert said.plain.splitlines()[:2] == [
        f"published: s3://{bucket.name}/ (0.0 s)",
        "first published: 1 article, 2 actors, 1 issue",
    ]
    box = desk.root.parent / "box"
    files = bucket.files()
    record = ".published.json"
    assert files.keys() == {
        path.relative_to(box).as_posix() for path in box.rglob("*") if path.is_file()
    }
    assert all(data == (box / path).read_bytes() for path, data in files.items() if path != record)


def test_a_file_too_large_for_one_request_is_sent_in_parts(
    desk: Desk, bucket: Bucket, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(s3, "_LARGEST_AT_ONCE", 6_000_000)
    monkeypatch.setattr(s3, "_SMALLEST_PART", 5 << 20)
    film = b"film" * 3_000_000
    (desk.root / "static/film.webm").write_bytes(film)

    assert desk.publish("live").code == 0

    there = bucket.object("film.webm")
    assert there["Body"] == film
    assert there["ETag"].strip('"').endswith("-3")
    assert (there["ContentType"], there["CacheControl"]) == ("video/webm", "public, max-age=3600")
    line.requests.clear()
    assert desk.publish("live").plain.endswith("is up to date; nothing was sent (0.0 s)\n")
    assert [row for row in line.requests if not row.startswith(("GET", "HEAD"))] == []


@pytest.mark.parametrize(("size", "part"), [(1 << 30, 1 << 24), (5 << 40, (5 << 40) // 9_000)])
def test_there_are_not_more_parts_than_a_service_takes(size: int, part: int) -> None:
    parts = s3._in_parts(size)
    assert (parts.multipart_chunksize, parts.max_in_memory_upload_chunks) == (part, 2)
    assert size / part <= 10_000


def test_objects_have_types_and_say_how_long_they_may_be_kept(desk: Desk, bucket: Bucket) -> None:
    desk.write({"static/feed.xml": "<feed/>", "static/data.json": "{}", "static/photo.jpg": "x"})
    desk.publish()
    headers = {
        re.sub(r"\.[0-9a-f]{8}\.", ".", key): (found["ContentType"], found["CacheControl"])
        for key in bucket.paths()
        for found in [bucket.object(key)]
    }

    forever, again = "public, max-age=31536000, immutable", "public, max-age=0, must-revalidate"
    assert headers["index.html"] == ("text/html; charset=utf-8", again)
    assert headers["feed.xml"] == ("application/xml; charset=utf-8", again)
    assert headers["data.json"] == ("application/json; charset=utf-8", again)
    assert headers["assets/site.css"] == ("text/css; charset=utf-8", forever)
    assert headers["assets/site.js"] == ("text/javascript; charset=utf-8", forever)
    assert headers["assets/newsreader-regular.woff2"] == ("font/woff2", forever)
    assert headers["cup.svg"] == ("image/svg+xml; charset=utf-8", "public, max-age=3600")
    assert headers["photo.jpg"] == ("image/jpeg", "public, max-age=3600")


@pytest.mark.parametrize("metadata", [True, False])
def test_a_wrong_type_at_the_host_is_corrected(desk: Desk, bucket: Bucket, metadata: bool) -> None:
    desk.write({"static/events.ics": "BEGIN:VCALENDAR\n", "static/a.bib": "@book{a}\n"})
    desk.publish()
    before = bucket.object("events.ics")
    assert before["ContentType"] == "text/calendar; charset=utf-8"
    kept = {"Metadata": before["Metadata"]} if metadata else {}
    bucket.client.put_object(
        Bucket=bucket.name, Key="events.ics", Body=before["Body"], ContentType="text/plain",
        CacheControl=before["CacheControl"], **kept,
    )  # fmt: skip

    said = desk.publish("--take-over", "--yes")

    assert "\n1 changed; " in said.out
    assert bucket.object("events.ics")["ContentType"] == "text/calendar; charset=utf-8"
    assert "up to date" in desk.publish().out


def test_publishing_again_asks_twice_and_sends_nothing(
    desk: Desk, bucket: Bucket, line: Line
) -> None:
    desk.publish()
    line.requests.clear()

    said = desk.publish()

    assert said.plain == f"s3://{bucket.name}/ is up to date; nothing was sent (0.0 s)\n"
    assert line.requests == [f"GET /{bucket.name}", f"GET /{bucket.name}/.published.json"]


def test_only_what_differs_travels_and_in_order(desk: Desk, bucket: Bucket, line: Line) -> None:
    desk.publish()
    revise(desk)
    line.requests.clear()

    desk.publish()

    sent = [
        row.replace(f"/{bucket.name}/", "") for row in line.requests if not row.startswith("GET")
    ]
    sent = [row for row in sent if not row.startswith("HEAD")]
    assert sent[0] == "PUT .published.json"
    assert sent[1] == "PUT pot.svg"
    assert sent[2:4] in (
        ["PUT _headers", "PUT actors/trader/index.html"],
        ["PUT actors/trader/index.html", sent[3]],
    )
    assert sent[-2:] == ["DELETE cup.svg", "PUT .published.json"]
    assert "PUT about/index.html" not in sent
    assert set(sent[3:-2]) <= {
        f"PUT {path}index.html" for path in ("", "actors/", "issues/tariff/", "issues/", "positions/", "print/", "actors/trader/")
    }  # fmt: skip


def test_a_dry_run_says_what_the_run_then_does(desk: Desk, bucket: Bucket, line: Line) -> None:
    desk.publish()
    before = bucket.files()
    revise(desk)
    line.requests.clear()

    planned = desk.publish("--dry-run")
    assert not [row for row in line.requests if row.startswith(("PUT", "DELETE", "POST"))]
    desk.publish()

    after = bucket.files()
    rows = {tuple(line.split()[:2]) for line in planned.out.splitlines()[:-1]}
    assert rows == {
        *(("add", path) for path in after.keys() - before),
        *(("remove", path) for path in before.keys() - after),
        *(("change", path) for path in after.keys() & before if after[path] != before[path]),
    }


def test_a_prefix_is_a_site_of_its_own(desk: Desk, bucket: Bucket, line: Line) -> None:
    bucket.put("other/index.html", b"theirs")
    bucket.put("talks-2/index.html", b"theirs")
    desk.target("live", target(bucket.name, line.port, ", prefix: talks"))

    said = desk.publish()

    assert said.plain.startswith(f"published: s3://{bucket.name}/talks/ (0.0 s)\n")
    assert "index.html" in bucket.paths("talks/")
    assert [key for key in bucket.paths() if not key.startswith("talks/")] == [
        "other/index.html", "talks-2/index.html",
    ]  # fmt: skip


def test_texts_are_stored_compressed_where_that_is_asked_for(
    desk: Desk, bucket: Bucket, line: Line
) -> None:
    desk.publish()
    plain = bucket.files()
    desk.target("live", target(bucket.name, line.port, ", compress: gzip"))

    planned = desk.publish("--dry-run").out
    desk.publish()

    page = bucket.object("index.html")
    assert page["ContentEncoding"] == "gzip"
    assert gzip.decompress(page["Body"]) == plain["index.html"]
    font = next(key for key in plain if key.endswith(".woff2"))
    assert "ContentEncoding" not in bucket.object(font)
    assert font not in planned
    assert re.search(r"change  index\.html +[\d.]+ kB  its headers differ", planned)
    assert "up to date" in desk.publish().out


def test_other_peoples_objects_stay_and_stop_it_where_they_are_in_the_way(
    desk: Desk, bucket: Bucket
) -> None:
    desk.publish()
    bucket.put("theirs.txt", b"theirs")
    revise(desk)
    assert desk.publish().code == 0
    assert bucket.files()["theirs.txt"] == b"theirs"
    desk.write({"static/theirs.txt": "ours"})

    said = desk.publish()

    assert (said.code, said.errors) == (
        1,
        (
            f"site-builder: files that site-builder did not put in s3://{bucket.name}/ are where it has to "
            "publish: theirs.txt. Nothing was changed; move them away first.\n"
        ),
    )


def test_an_object_that_marks_a_folder_is_nobodys_file(desk: Desk, bucket: Bucket) -> None:
    bucket.put("photos/", b"")

    assert desk.publish().code == 0

    assert "photos/" in bucket.paths()
    assert "up to date" in desk.publish().out


def test_an_object_of_ours_that_somebody_changed_stays(desk: Desk, bucket: Bucket) -> None:
    desk.write({"static/a.txt": "ours\n", "static/b.txt": "ours\n"})
    desk.publish()
    bucket.put("a.txt", b"theirs")
    for name in ("a.txt", "b.txt"):
        (desk.root / "static" / name).unlink()

    said = desk.publish()

    assert (
        "1 file is no longer in the site and stays there, because somebody else changed it: a.txt"
        in said.out
    )
    assert bucket.files()["a.txt"] == b"theirs"
    assert "b.txt" not in bucket.paths()


def test_a_file_becomes_a_folder_and_a_folder_a_file(desk: Desk, bucket: Bucket) -> None:
    desk.write({"static/a": "1\n", "static/b/c": "1\n"})
    desk.publish()
    (desk.root / "static/a").unlink()
    (desk.root / "static/b/c").unlink()
    (desk.root / "static/b").rmdir()
    desk.write({"static/a/b": "2\n", "static/b": "2\n"})

    assert desk.publish().code == 0

    files = bucket.files()
    assert (files["a/b"], files["b"]) == (b"2\n", b"2\n")
    assert not {"a", "b/c"} & files.keys()


def test_a_bucket_full_of_other_peoples_objects_is_refused(desk: Desk, bucket: Bucket) -> None:
    for number in range(7):
        bucket.put(f"photo{number}.jpg", b"theirs")

    said = desk.publish("--yes")

    assert (said.code, said.errors) == (
        1,
        (
            f"site-builder: s3://{bucket.name}/ contains 7 files that site-builder did not put there: "
            "photo0.jpg, photo1.jpg, photo2.jpg, photo3.jpg, photo4.jpg, …. Nothing was changed. "
            "Choose an empty place, or use --take-over if everything there may be replaced.\n"
        ),
    )
    assert len(bucket.paths()) == 7


def test_an_object_that_somebody_changed_is_mended(desk: Desk, bucket: Bucket) -> None:
    desk.publish()
    bucket.put("cup.svg", b"vandalised")
    bucket.client.delete_object(Bucket=bucket.name, Key="index.html")

    planned = [line.split()[:2] for line in desk.publish("--dry-run").out.splitlines()[:-1]]

    assert planned == [["change", "cup.svg"], ["add", "index.html"]]
    assert desk.publish().code == 0
    assert "up to date" in desk.publish().out


# --- what the service refuses ----------------------------------------------------------------------


def test_without_credentials(
    desk: Desk, bucket: Bucket, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    for name in ("CONFIG_FILE", "SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(f"AWS_{name}", str(desk.root / "none"))

    said = desk.publish()

    assert (said.code, said.errors) == (
        1,
        (
            f"site-builder: there are no credentials for http://127.0.0.1:{line.port}: set AWS_ACCESS_KEY_ID "
            "and AWS_SECRET_ACCESS_KEY, or put them in ~/.aws/credentials and name the profile\n"
        ),
    )
    assert bucket.paths() == []


def test_with_wrong_credentials_nothing_changes_and_nothing_is_given_away(
    desk: Desk, bucket: Bucket, line: Line, server: int
) -> None:
    desk.publish()
    before = bucket.files()
    revise(desk)

    def check_keys(after: str) -> None:
        address = f"http://127.0.0.1:{server}/moto-api/reset-auth"
        plain = {"Content-Type": "text/plain"}
        request = urllib.request.Request(address, after.encode(), plain)
        with urllib.request.urlopen(request):
            pass

    check_keys("0")
    try:
        said = desk.publish()
    finally:
        check_keys("inf")

    assert (said.code, said.errors) == (
        1,
        (
            f"site-builder: http://127.0.0.1:{line.port} does not accept the credentials that boto3 found "
            "(InvalidAccessKeyId); renew them\n"
        ),
    )
    assert bucket.files() == before


def test_without_the_bucket(desk: Desk, line: Line) -> None:
    desk.target("live", target("no-such-bucket", line.port))

    said = desk.publish()

    assert (said.code, said.errors) == (
        1,
        (
            f"site-builder: there is no bucket 'no-such-bucket' at http://127.0.0.1:{line.port}; make it "
            "first, or correct its name\n"
        ),
    )


def test_credentials_that_may_not_write(desk: Desk, bucket: Bucket, line: Line) -> None:
    desk.publish()
    before = bucket.files()
    revise(desk)
    line.refuse = lambda request: 403 if request.startswith("PUT") else None

    said = desk.publish()

    assert (said.code, said.errors) == (
        1,
        (
            f"site-builder: http://127.0.0.1:{line.port} does not allow this with these credentials: "
            f"objects of bucket '{bucket.name}' can't be written. Publishing needs permission to list, read, write and remove.\n"
        ),
    )
    assert bucket.files() == before


def test_a_service_that_is_not_there(desk: Desk, bucket: Bucket, line: Line) -> None:
    line.cut()

    said = desk.publish()

    assert (said.code, said.errors) == (
        1,
        (
            f"site-builder: http://127.0.0.1:{line.port} can't be reached: are you online, and is the "
            "endpoint right? Publish again to finish.\n"
        ),
    )
    assert bucket.paths() == []


def test_a_profile_that_is_not_there(desk: Desk, bucket: Bucket, line: Line) -> None:
    desk.target("live", target(bucket.name, line.port, ", profile: newsroom"))

    said = desk.publish()

    assert (said.code, said.errors) == (
        1,
        "site-builder: boto3 can't be set up: The config profile (newsroom) could not be found\n",
    )


def test_without_boto3_it_is_said_how_to_get_it(
    desk: Desk, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "boto3", None)

    said = desk.publish()

    assert (said.code, said.errors) == (
        1,
        (
            "site-builder: publishing to an S3 bucket needs one more package: "
            "pip install 'site-builder[s3]'\n"
        ),
    )
    assert bucket.paths() == []


# --- what goes wrong on the way --------------------------------------------------------------------


@pytest.mark.parametrize("status", [500, 503, 0])
def test_what_fails_now_and_then_is_tried_again(
    desk: Desk, bucket: Bucket, line: Line, status: int
) -> None:
    failed: dict[str, int] = {}

    def twice(request: str) -> int | None:
        failed[request] = failed.get(request, 0) + 1
        return status if failed[request] <= 2 and "cup.svg" in request else None

    line.refuse = twice

    assert desk.publish().code == 0
    assert failed[f"PUT /{bucket.name}/cup.svg"] == 3
    assert "up to date" in desk.publish().out


def test_what_has_arrived_is_not_sent_twice(desk: Desk, bucket: Bucket, line: Line) -> None:
    line.refuse = lambda request: 0 if request.startswith("PUT") and "html" in request else None
    assert desk.publish().code == 1
    arrived = set(bucket.paths())
    assert "cup.svg" in arrived
    assert "index.html" not in arrived
    line.refuse = lambda _: None
    line.requests.clear()

    assert desk.publish().code == 0

    sent = {row.removeprefix(f"PUT /{bucket.name}/") for row in line.requests if "PUT" in row}
    assert sent & arrived == {".published.json"}
    assert "index.html" in sent


def test_killed_at_any_step_no_page_lacks_an_asset_and_the_next_publish_completes_it(
    desk: Desk,
    bucket: Bucket,
    server: int,
    interrupted: Interrupted,
    missing_assets: MissingAssets,
) -> None:
    desk.target("live", target(bucket.name, server))
    desk.publish()
    before = bucket.objects()
    revise(desk)
    desk.publish()
    after = bucket.objects()
    known = {(path, row.sum): row.data for rows in (before, after) for path, row in rows.items()}
    bucket.make_it(before)
    rounds = 0

    for row in interrupted.rounds("kill", "requests"):
        rounds += 1
        assert row.code in (0, 99), row.said
        sums = bucket.sums()
        del sums[".published.json"]
        assert missing_assets({path: known[path, sum] for path, sum in sums.items()}) == []
        if row.number % 5 == 0:
            assert desk.publish().code == 0
            assert bucket.sums() == {path: row.sum for path, row in after.items()}
        bucket.make_it(before)

    assert rounds > 15


REASONS = {
    403: "does not allow this with these credentials",
    500: " refused: objects of bucket ",
    503: " refused: objects of bucket ",
    0: "can't be reached",
}
"""What is said when a request is refused for good."""


@pytest.mark.parametrize("status", REASONS)
def test_whatever_request_is_refused_no_page_lacks_an_asset_and_the_next_publish_completes_it(
    desk: Desk,
    bucket: Bucket,
    line: Line,
    missing_assets: MissingAssets,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
) -> None:
    monkeypatch.setattr(publishing, "render_site", functools.cache(publishing.render_site))
    desk.publish()
    bucket.put("theirs.txt", b"theirs")
    before = bucket.objects()
    revise(desk)
    publishing.render_site.cache_clear()  # type: ignore[attr-defined]
    desk.publish()
    after = bucket.objects()
    known = {(path, row.sum): row.data for rows in (before, after) for path, row in rows.items()}

    for number in itertools.count(1):
        bucket.make_it(before)
        seen = itertools.count(1)
        # Each request from this one on is refused, also when it is tried again.
        line.refuse = lambda _, seen=seen, number=number: status if next(seen) >= number else None
        said = desk.publish()
        line.refuse = lambda _: None
        if said.code == 0:
            break
        assert REASONS[status] in said.errors, (number, said.errors)
        assert f"127.0.0.1:{line.port}" in said.errors, (number, said.errors)
        sums = bucket.sums()
        assert sums["theirs.txt"] == before["theirs.txt"].sum
        sums.pop(".published.json", None)
        assert missing_assets({path: known[path, sum] for path, sum in sums.items()}) == []
        if number % 4 == 0:
            assert desk.publish().code == 0
            assert bucket.sums() == {path: row.sum for path, row in after.items()}
    assert number > 15
