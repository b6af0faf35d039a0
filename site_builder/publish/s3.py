"""Publishes to an S3-compatible bucket, with boto3.

Only differences are sent, in stages: what pages need, then pages, then feeds and site maps; removals come
last. The metadata of each object has the digest of its source, so that an interrupted publish can simply
be run again without sending anything twice. boto3 finds credentials in the environment and in ~/.aws/.
"""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any, TypeVar

from site_builder.content.targets import S3Target
from site_builder.faults import MissingExtra
from site_builder.pages.host_files import cache_control
from site_builder.pages.media_types import is_text, media_type
from site_builder.publish import record
from site_builder.publish.destination import Shipment, Surroundings
from site_builder.publish.faults import PublishFault
from site_builder.publish.files import opened, pieces, size_of
from site_builder.publish.plan import Action, Change, Held, Present, Tell, stages
from site_builder.publish.record import Record, under_way
from site_builder.publish.standing import Standing, of_bucket
from site_builder.reading.files import digest

_WORKERS = 8
_TRIES = 5
_SECONDS_TO_CONNECT = 10
_LARGEST_AT_ONCE = 1 << 30
"""Bytes of the largest file that is uploaded in one request; S3 itself takes five times as much."""
_SMALLEST_PART = 1 << 24
_MOST_PARTS = 9_000
"""S3 takes 10,000."""
_MADE_FROM = "site-builder"
"""The name of our metadata of an object: a digest of the file and of how it is stored."""

_T = TypeVar("_T")
_A = TypeVar("_A")


@dataclass(frozen=True)
class Stored:
    """A file as it is stored, possibly compressed: what it is made from, and its headers."""

    digest: str
    """The builder's digest of the file itself."""
    tag: str
    """The ETag of an object uploaded in one piece: the MD5 of its bytes."""
    headers: Mapping[str, str]
    made_from: str

    @property
    def is_compressed(self) -> bool:
        """Whether it is stored as gzip."""
        return "ContentEncoding" in self.headers


@dataclass(frozen=True)
class _Listed:
    """An object in a listing."""

    tag: str
    size: int
    modified: datetime


class S3:
    """A bucket, or a folder in one, as a target."""

    def __init__(self, target: S3Target, around: Surroundings) -> None:
        self._target = target
        self.address = f"s3://{target.bucket}/{target.prefix}"
        self.manner = f"s3 2 {target.compress or ''}".strip()
        self._client, self._region = _client(target)

    def standing(self) -> Standing | None:
        """The bucket's website, if the service is Amazon's and the region is known."""
        return of_bucket(self._target, self._region)

    # what is there

    def look(self, files: Mapping[str, bytes]) -> Present:
        """What the bucket holds, by the ETags in its listing. Raises `PublishFault` if it can't be read."""
        there = self._asked("listed", self._list)
        old = self._asked("read", self._record) if record.NAME in there else None
        known = old.files if old and old.manner == self.manner else {}
        differs: dict[str, str] = {}
        doubtful = []
        for path in files:
            if path not in there:
                continue
            row = known.get(path)
            stored = stored_as(files, path, self._target.compress)
            if there[path].tag == stored.tag and (
                path == record.NAME
                or (row and row.digest == stored.digest and not _is_touched(path, there))
            ):
                differs[path] = ""
            else:
                doubtful.append((path, stored))
        differs.update(self._in_parallel(self._compare, doubtful))
        altered = {*self._altered(there, files, old)} if old else set()
        held = {
            path: Held(
                row.size,
                differs.get(path, "no longer in the site"),
                path == record.NAME or bool(old and path in old.files and path not in altered),
            )
            for path, row in there.items()
        }
        return Present(held, old, has_folders=False, altered=tuple(sorted(altered)))

    def _altered(
        self, there: Mapping[str, _Listed], files: Mapping[str, bytes], old: Record
    ) -> Iterable[str]:
        """Objects that would be removed, but that somebody else has replaced since."""

        def look(path: str) -> tuple[str, bool]:
            digest, _, _ = self._made_from(path).partition("-")
            was_under_way = not old.files[path].digest
            return path, bool(digest) and (was_under_way or old.wrote(path, digest))

        going = [path for path in there if path in old.files and path not in files]
        return [path for path, is_ours in self._in_parallel(look, going) if not is_ours]

    def _made_from(self, path: str) -> str:
        """The digest in the metadata of an object."""
        return str(self._head(path).get("Metadata", {}).get(_MADE_FROM, ""))

    def _head(self, path: str) -> Mapping[str, Any]:
        """The headers and metadata of an object."""
        key = self._target.prefix + path
        head: Mapping[str, Any] = self._asked(
            "read", self._client.head_object, Bucket=self._target.bucket, Key=key
        )
        return head

    def _list(self) -> dict[str, _Listed]:
        found = {}
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._target.bucket, Prefix=self._target.prefix
        )
        for page in pages:
            for row in page.get("Contents", ()):
                path = str(row["Key"]).removeprefix(self._target.prefix)
                # Some tools create an empty object for a folder.
                if path and not path.endswith("/"):
                    found[path] = _Listed(
                        str(row["ETag"]).strip('"'), int(row["Size"]), row["LastModified"]
                    )
        return found

    def _record(self) -> Record | None:
        key = self._target.prefix + record.NAME
        return Record.read(self._client.get_object(Bucket=self._target.bucket, Key=key)["Body"])

    def _compare(self, doubtful: tuple[str, Stored]) -> tuple[str, str]:
        """How an object differs from what would be stored, by its headers and metadata."""
        path, stored = doubtful
        head = self._head(path)
        made_from = str(head.get("Metadata", {}).get(_MADE_FROM, ""))
        if made_from == stored.made_from and _is_served_as(head, stored):
            return path, ""
        same = made_from.partition("-")[0] == stored.made_from.partition("-")[0]
        return path, "its headers differ" if made_from and same else "content differs"

    # publishing

    def send(self, shipment: Shipment, tell: Tell) -> None:
        """Uploads and removes, in stages. Raises `PublishFault`; publishing again continues from there."""
        meanwhile = {record.NAME: under_way(shipment.before, shipment.record).dump()}
        self._put(meanwhile, record.NAME)

        def do(change: Change) -> Change:
            if change.action is Action.REMOVE:
                self._remove(change.path)
            else:
                self._put(shipment.files, change.path)
            return change

        for rows in stages(shipment.plan):
            for change in self._in_parallel(do, rows):
                tell(change)

    def _put(self, files: Mapping[str, bytes], path: str) -> None:
        stored = stored_as(files, path, self._target.compress)
        about = {**stored.headers, "Metadata": {_MADE_FROM: stored.made_from}}
        with _body(files, path, stored) as body:
            to = {"Bucket": self._target.bucket, "Key": self._target.prefix + path}
            if size_of(files, path) > _LARGEST_AT_ONCE:
                put, parts = self._client.upload_fileobj, _in_parts(size_of(files, path))
                self._asked("written", put, Fileobj=body, ExtraArgs=about, Config=parts, **to)
            else:
                self._asked("written", self._client.put_object, Body=body, **to, **about)

    def _remove(self, path: str) -> None:
        key = self._target.prefix + path
        self._asked("removed", self._client.delete_object, Bucket=self._target.bucket, Key=key)

    def roll_back(self) -> str:
        """Raises `PublishFault`, because a bucket holds only one version."""
        raise PublishFault(
            "a target of kind s3 keeps no earlier version; check out the earlier content and publish that"
        )

    def _in_parallel(self, do: Callable[[_A], _T], rows: Sequence[_A]) -> Iterable[_T]:
        """Calls `do` for each row, several at a time; after a fault, no more are started."""
        if not rows:
            return
        with ThreadPoolExecutor(min(_WORKERS, len(rows))) as workers:
            begun: list[Future[_T]] = [workers.submit(do, row) for row in rows]
            try:
                for done in as_completed(begun):
                    yield done.result()
            except BaseException:
                for row in begun:
                    row.cancel()
                raise

    def _asked(self, what: str, call: Callable[..., _T], **words: Any) -> _T:
        """Calls the service. Raises `PublishFault` for whatever it refuses."""
        from boto3.exceptions import Boto3Error
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            return call(**words)
        except (BotoCoreError, ClientError, Boto3Error) as error:
            raise PublishFault(self._in_words(error, what)) from error

    def _in_words(self, error: Exception, what: str) -> str:
        """What went wrong, and what to do about it."""
        from botocore import exceptions as e

        bucket, service = self._target.bucket, self._target.endpoint or "Amazon S3"
        if isinstance(error, (e.NoCredentialsError, e.PartialCredentialsError)):
            return (
                f"there are no credentials for {service}: set AWS_ACCESS_KEY_ID and "
                "AWS_SECRET_ACCESS_KEY, or put them in ~/.aws/credentials and name the profile"
            )
        if isinstance(error, (e.ConnectionError, e.HTTPClientError)):
            return (
                f"{service} can't be reached: are you online, and is the endpoint right? "
                "Publish again to finish."
            )
        if not isinstance(error, e.ClientError):
            return f"{service}: {error}"
        said = error.response.get("Error", {})
        code, message = str(said.get("Code", "")), str(said.get("Message", ""))
        if code in ("NoSuchBucket", "404") and what == "listed":
            return f"there is no bucket '{bucket}' at {service}; make it first, or correct its name"
        if code in (
            "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken",
            "InvalidClientTokenId", "AuthFailure", "InvalidAccessKey", "TokenRefreshRequired",
        ):  # fmt: skip
            return (
                f"{service} does not accept the credentials that boto3 found ({code}); renew them"
            )
        if code in ("AccessDenied", "403", "AllAccessDisabled", "AccountProblem", "Unauthorized"):
            return (
                f"{service} does not allow this with these credentials: objects of bucket '{bucket}' "
                f"can't be {what}. Publishing needs permission to list, read, write and remove."
            )
        return (
            f"{service} refused: objects of bucket '{bucket}' can't be {what} ({code}: {message})"
        )


def _client(target: S3Target) -> tuple[Any, str | None]:
    """The client for a target, and its region if known. Raises `MissingExtra` without boto3, or `PublishFault`."""
    try:
        import boto3
        from botocore.config import Config
        from botocore.exceptions import BotoCoreError
    except ImportError as error:
        raise MissingExtra("publishing to an S3 bucket", "s3") from error
    try:
        session = boto3.session.Session(profile_name=target.profile, region_name=target.region)
        return session.client(
            "s3",
            endpoint_url=target.endpoint,
            # Services other than Amazon's accept any region, but boto3 needs one.
            region_name=session.region_name or "us-east-1",
            config=Config(
                retries={"mode": "standard", "total_max_attempts": _TRIES},
                max_pool_connections=_WORKERS,
                connect_timeout=_SECONDS_TO_CONNECT,
                # Many services do not know S3's newer checksums.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                s3={"addressing_style": "path" if target.endpoint else "auto"},
            ),
        ), session.region_name
    except (BotoCoreError, ValueError) as error:
        raise PublishFault(f"boto3 can't be set up: {error}") from error


def _in_parts(size: int) -> Any:
    """How an object is uploaded that is too large for one request: in parts, of which few are in memory."""
    from boto3.s3.transfer import TransferConfig

    part = max(_SMALLEST_PART, size // _MOST_PARTS)
    settings = TransferConfig(_LARGEST_AT_ONCE, multipart_chunksize=part, max_concurrency=2)
    settings.max_in_memory_upload_chunks = 2
    return settings


def _is_touched(path: str, there: Mapping[str, _Listed]) -> bool:
    """Whether an object may have been written since the last publish, which wrote its record last.

    Somebody may have changed its media type, which a listing does not show. Times are in whole seconds: what
    was written in the same second counts as ours, except for files whose media type is often wrong.
    """
    last, row = there[record.NAME].modified, there[path]
    return row.modified > last or (row.modified == last and path.endswith(_OFTEN_MISTAKEN))


_OFTEN_MISTAKEN = (".bib", ".csv", ".ics", ".md", ".pagefind", ".ris", ".wasm", ".webmanifest")
"""Suffixes of files whose media types many tools and hosts don't know."""


def _is_served_as(head: Mapping[str, Any], stored: Stored) -> bool:
    """Whether an object has the right headers, ignoring spaces."""
    names = ("ContentType", "CacheControl", "ContentEncoding")

    def plain(headers: Mapping[str, Any]) -> list[str]:
        return [str(headers.get(name, "")).lower().replace(" ", "") for name in names]

    return plain(head) == plain(stored.headers)


# --- how a file is stored --------------------------------------------------------------------------

_SMALLEST_COMPRESSED = 512
_LARGEST_IN_MEMORY = 1 << 20


def stored_as(files: Mapping[str, bytes], path: str, compress: str | None) -> Stored:
    """A file as it is stored in a bucket. It is read a piece at a time."""
    type = media_type(path)
    headers = {"ContentType": type, "CacheControl": cache_control(path)}
    # The next publish reads the record before it knows how files are stored.
    may = compress == "gzip" and path != record.NAME and is_text(type)
    is_compressed = may and size_of(files, path) >= _SMALLEST_COMPRESSED
    if is_compressed:
        headers["ContentEncoding"] = "gzip"
    source = hashlib.blake2b(digest_size=16)
    tag = hashlib.md5(usedforsecurity=False)

    def told(data: bytes) -> bytes:
        source.update(data)
        return data

    with opened(files, path) as file:
        for data in _as_stored(map(told, pieces(file)), is_compressed):
            tag.update(data)
    made_of = source.hexdigest()
    form = digest(repr(sorted(headers.items())).encode())[:8]
    return Stored(made_of, tag.hexdigest(), headers, f"{made_of}-{form}")


def _as_stored(data: Iterable[bytes], is_compressed: bool) -> Iterable[bytes]:
    """The bytes of an object, of those of a file. The same file gives the same bytes."""
    if not is_compressed:
        yield from data
        return
    gzip = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    yield from map(gzip.compress, data)
    yield gzip.flush()


@contextlib.contextmanager
def _body(files: Mapping[str, bytes], path: str, stored: Stored) -> Iterator[IO[bytes]]:
    """The bytes of an object, to be sent: a large one that is compressed waits in a temporary file."""
    with opened(files, path) as file:
        if not stored.is_compressed:
            yield file
            return
        with tempfile.SpooledTemporaryFile(_LARGEST_IN_MEMORY) as made:
            for data in _as_stored(pieces(file), is_compressed=True):
                made.write(data)
            made.seek(0)
            yield made
