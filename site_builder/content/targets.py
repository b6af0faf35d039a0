"""Where a site is published: the targets of `publish:` in `site.yaml`.

One class a kind of target, told apart by `kind`. No field takes a password, a key or a token: those
come from the environment and from the files of the tools that use them.
"""

# Without `from __future__ import annotations`: see `content/records.py`.
import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from site_builder.content.fields import BaseUrl, Count, Key, Url
from site_builder.content.records import After, ByKind, Model, WrongValue, field
from site_builder.text import lazily

SECRET = "secret_in_content"  # noqa: S105  # no secret, but the name of an error
"""The type of the validator's error for a password or token; such a line is never printed."""


def _bad(problem: str) -> WrongValue:
    return WrongValue("bad_value", problem)


_TOKEN_LIKE = lazily.pattern(
    r"(gh[a-z]_|github_pat_|glpat-|x-access-token|oauth2)|[A-Za-z0-9_-]{30}"
)


def _without_credentials(value: str) -> str:
    """Refuses an address that holds a password or a token, without repeating it."""
    user = re.search(r"://([^/@]*)@", value)
    if user and (":" in user[1] or _TOKEN_LIKE.match(user[1])):
        raise WrongValue(
            SECRET,
            "there is a password or token in this address; remove it: it belongs where git, "
            "rsync or boto3 look for credentials",
        )
    return value


def _argument(value: str) -> str:
    """What is handed to another program as one argument: no option, no control characters."""
    if value.startswith("-") or any(ord(c) < 32 or ord(c) == 127 for c in value):
        raise _bad("this can't begin with a hyphen or contain control characters")
    return value


def _place_for_rsync(value: str) -> str:
    """`user@host:/folder`, `rsync://host/module/folder`, or a folder of this machine."""
    if re.search(r"[\s'\"`$;&|<>()*?\[\]\\]", value):
        raise _bad(
            "this can't contain white space, quotation marks or special characters of a shell"
        )
    if re.match(r"(?:rsync://)?(?:[^/:@]*@)?-", value):
        raise _bad(
            "the name of a machine can't begin with a hyphen: ssh would take it for an option"
        )
    return value


def _branch(value: str) -> str:
    """A branch name, by the rules of git-check-ref-format(1)."""
    wrong = re.search(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|/\.|\.lock(/|$)", value)
    if wrong or value.startswith(("-", "/", ".")) or value.endswith(("/", ".")) or value == "@":
        raise _bad(f"'{value}' can't be the name of a branch")
    return value


def domain_problem(host: str) -> str:
    """Why a name in lower case can't be a site's domain, or "" if it can."""
    if re.fullmatch(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}", host):
        return ""
    return f"'{host}' is not a domain (write one like talks.example.org)"


def _domain(value: str) -> str:
    """A host name as it stands in a CNAME file."""
    host = value.strip().lower()
    if domain_problem(host):
        raise _bad(domain_problem(value))
    return host


def _prefix(value: str) -> str:
    """A folder of a bucket: no leading slash, one at the end."""
    steps = [step for step in value.strip().split("/") if step]
    if any(step in (".", "..") for step in steps):
        raise _bad("a prefix can't contain '.' or '..'")
    return "/".join(steps) + "/" if steps else ""


def _endpoint(value: str) -> str:
    if urlsplit(value).scheme not in ("http", "https"):
        raise _bad("an endpoint must begin with https: or http:")
    return value


Program = Annotated[Key, After(_argument), After(_without_credentials)]


class TargetBase(Model):
    """The fields every target has, all optional."""

    base_url: BaseUrl | None = field(
        "Where this copy will stand, if not where the site says.", default=None
    )
    drafts: bool = field("Publish drafts here, marked as such.", default=False)
    keep_addresses: bool = field(
        "Whether addresses published here must stay; false for a trial place.", default=True
    )


class DirectoryTarget(TargetBase):
    """A local or mounted folder, swapped in whole."""

    kind: Literal["directory"]
    path: Program = field("The folder; relative to the site's own.")
    keep: Count = field("How many earlier versions to keep for --rollback.", default=0)


class RsyncTarget(TargetBase):
    """A folder on another machine, through rsync over ssh."""

    kind: Literal["rsync"]
    to: Annotated[Program, After(_place_for_rsync)] = field(
        "The folder as rsync writes it: user@host:/folder."
    )


class GitTarget(TargetBase):
    """A branch of a git repository: GitHub Pages and its kin."""

    kind: Literal["git"]
    remote: Program = field("The repository's address, or the name of a remote.", default="origin")
    branch: Annotated[Key, After(_branch)] = field("The branch that is served.", default="gh-pages")
    domain: Annotated[Key, After(_domain)] | None = field(
        "The domain of the site, for the file CNAME.", default=None
    )


class S3Target(TargetBase):
    """An S3-compatible bucket."""

    kind: Literal["s3"]
    bucket: Program = field("The bucket's name.")
    prefix: Annotated[str, After(_prefix)] = field("A folder of the bucket: talks/.", default="")
    endpoint: Annotated[Url, After(_without_credentials), After(_endpoint)] | None = field(
        "The service's address, if it is not Amazon's.", default=None
    )
    region: Program | None = field("The bucket's region.", default=None)
    profile: Program | None = field("A profile of ~/.aws/ to take credentials from.", default=None)
    compress: Literal["gzip"] | None = field("How to store texts compressed: gzip.", default=None)


class ZipTarget(TargetBase):
    """A zip file, for hosts that take one."""

    kind: Literal["zip"]
    path: Program = field("The file; relative to the site's folder.")


Target = Annotated[DirectoryTarget | RsyncTarget | GitTarget | S3Target | ZipTarget, ByKind()]
TARGET_KINDS = ("directory", "git", "rsync", "s3", "zip")
