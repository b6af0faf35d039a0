"""Where a site is published: the targets of `publish:` in `site.yaml`.

One class a kind of target, told apart by `kind`. No field takes a password, a key or a token: those
come from the environment and from the files of the tools that use them.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field
from pydantic.dataclasses import dataclass
from pydantic_core import PydanticCustomError

from site_builder.content.fields import CONFIG, BaseUrl, Count, Line, Url

SECRET = "secret_in_content"  # noqa: S105  # no secret, but the name of an error
"""The type of the validator's error for a password or token; such a line is never printed."""


def _bad(problem: str) -> PydanticCustomError:
    return PydanticCustomError("bad_value", "{problem}", {"problem": problem})


_TOKEN_LIKE = re.compile(r"(gh[a-z]_|github_pat_|glpat-|x-access-token|oauth2)|[A-Za-z0-9_-]{30}")


def _without_credentials(value: str) -> str:
    """Refuses an address that holds a password or a token, without repeating it."""
    user = re.search(r"://([^/@]*)@", value)
    if user and (":" in user[1] or _TOKEN_LIKE.match(user[1])):
        raise PydanticCustomError(
            SECRET,
            "there is a password or a token in this address; take it out, for it belongs where git, "
            "rsync or boto3 look for such things",
        )
    return value


def _argument(value: str) -> str:
    """What is handed to another program as one argument: no option, no control characters."""
    if value.startswith("-") or any(ord(c) < 32 or ord(c) == 127 for c in value):
        raise _bad("this can't begin with a hyphen or hold control characters")
    return value


def _place_for_rsync(value: str) -> str:
    """`user@host:/folder`, `rsync://host/module/folder`, or a folder of this machine."""
    if re.search(r"[\s'\"`$;&|<>()*?\[\]\\]", value):
        raise _bad("this can't hold white space, quotation marks or signs that a shell reads")
    return value


def _branch(value: str) -> str:
    """A branch name, by the rules of git-check-ref-format(1)."""
    wrong = re.search(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|/\.|\.lock(/|$)", value)
    if wrong or value.startswith(("-", "/", ".")) or value.endswith(("/", ".")) or value == "@":
        raise _bad(f"'{value}' can't be the name of a branch")
    return value


def _domain(value: str) -> str:
    """A host name as it stands in a CNAME file."""
    host = value.strip().lower()
    if not re.fullmatch(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}", host):
        raise _bad(f"'{value}' is not a domain (write one like talks.example.org)")
    return host


def _prefix(value: str) -> str:
    """A folder of a bucket: no leading slash, one at the end."""
    steps = [step for step in value.strip().split("/") if step]
    if any(step in (".", "..") for step in steps):
        raise _bad("a prefix can't hold '.' or '..'")
    return "/".join(steps) + "/" if steps else ""


def _endpoint(value: str) -> str:
    if urlsplit(value).scheme not in ("http", "https"):
        raise _bad("an endpoint begins with https: or http:")
    return value


Program = Annotated[Line, AfterValidator(_argument), AfterValidator(_without_credentials)]


@dataclass(frozen=True, kw_only=True, config=CONFIG)
class TargetBase:
    """The fields every target has, all optional."""

    base_url: BaseUrl | None = Field(
        default=None, description="Where this copy will stand, if not where the site says."
    )
    drafts: bool = Field(default=False, description="Publish drafts here, marked as such.")
    keep_addresses: bool = Field(
        default=True,
        description="Whether addresses published here must stay; false for a trial place.",
    )


@dataclass(frozen=True, kw_only=True, config=CONFIG)
class DirectoryTarget(TargetBase):
    """A local or mounted folder, swapped in whole."""

    kind: Literal["directory"]
    path: Program = Field(description="The folder; relative to the site's own.")
    keep: Count = Field(default=0, description="How many earlier versions to keep for --rollback.")


@dataclass(frozen=True, kw_only=True, config=CONFIG)
class RsyncTarget(TargetBase):
    """A folder on another machine, through rsync over ssh."""

    kind: Literal["rsync"]
    to: Annotated[Program, AfterValidator(_place_for_rsync)] = Field(
        description="The folder as rsync writes it: user@host:/folder."
    )


@dataclass(frozen=True, kw_only=True, config=CONFIG)
class GitTarget(TargetBase):
    """A branch of a git repository: GitHub Pages and its kin."""

    kind: Literal["git"]
    remote: Program = Field(
        default="origin", description="The repository's address, or the name of a remote."
    )
    branch: Annotated[Line, AfterValidator(_branch)] = Field(
        default="gh-pages", description="The branch that is served."
    )
    domain: Annotated[Line, AfterValidator(_domain)] | None = Field(
        default=None, description="The domain of the site, for the file CNAME."
    )


@dataclass(frozen=True, kw_only=True, config=CONFIG)
class S3Target(TargetBase):
    """An S3-compatible bucket."""

    kind: Literal["s3"]
    bucket: Program = Field(description="The bucket's name.")
    prefix: Annotated[str, AfterValidator(_prefix)] = Field(
        default="", description="A folder of the bucket: talks/."
    )
    endpoint: (
        Annotated[Url, AfterValidator(_without_credentials), AfterValidator(_endpoint)] | None
    ) = Field(default=None, description="The service's address, if it is not Amazon's.")
    region: Program | None = Field(default=None, description="The bucket's region.")
    profile: Program | None = Field(
        default=None, description="A profile of ~/.aws/ to take credentials from."
    )
    compress: Literal["gzip"] | None = Field(
        default=None, description="How to store texts compressed: gzip."
    )


@dataclass(frozen=True, kw_only=True, config=CONFIG)
class ZipTarget(TargetBase):
    """A zip file, for hosts that take one."""

    kind: Literal["zip"]
    path: Program = Field(description="The file; relative to the site's folder.")


Target = Annotated[
    DirectoryTarget | RsyncTarget | GitTarget | S3Target | ZipTarget, Field(discriminator="kind")
]
TARGET_KINDS = ("directory", "git", "rsync", "s3", "zip")
