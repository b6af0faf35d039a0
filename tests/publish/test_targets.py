"""`publish:` in site.yaml: every kind of target, and what is said about a wrong one."""

from __future__ import annotations

from textwrap import dedent

import pytest

from site_builder.content.site_files import load_site
from site_builder.content.targets import (
    DirectoryTarget,
    GitTarget,
    RsyncTarget,
    S3Target,
    Target,
    ZipTarget,
)
from site_builder.diagnostics import as_text
from site_builder.reading.files import InputFile


def load(text: str) -> tuple[dict[str, Target], str]:
    """The targets of a site.yaml, and everything said about it."""
    file = InputFile("content/site.yaml", dedent(text).lstrip("\n").encode())
    site, diagnostics = load_site(file)
    return site.publish if site else {}, as_text(diagnostics)


def test_a_target_of_every_kind() -> None:
    targets, said = load(
        """
        title: Talks
        publish:
          pages:   {kind: git, remote: git@example.org:news/site.git, branch: gh-pages}
          live:    {kind: s3, bucket: explainers, prefix: talks/, endpoint: https://s3.example.org}
          box:     {kind: directory, path: /srv/www/talks, keep: 3}
          staging: {kind: rsync, to: web@example.org:/srv/www/staging, keep_addresses: no}
          parcel:  {kind: zip, path: talks.zip, base_url: https://example.org/talks}
        """
    )

    assert said == ""
    assert targets == {
        "pages": GitTarget(kind="git", remote="git@example.org:news/site.git"),
        "live": S3Target(
            kind="s3", bucket="explainers", prefix="talks/", endpoint="https://s3.example.org"
        ),
        "box": DirectoryTarget(kind="directory", path="/srv/www/talks", keep=3),
        "staging": RsyncTarget(
            kind="rsync", to="web@example.org:/srv/www/staging", keep_addresses=False
        ),
        "parcel": ZipTarget(kind="zip", path="talks.zip", base_url="https://example.org/talks/"),
    }


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("{kind: s4, bucket: x}", "3:16: 'kind' can't be 's4' [bad-value]"),
        ("{kind: gti, remote: x}", "3:16: 'kind' can't be 'gti' (did you mean 'git'?)"),
        ("{bucket: x}", "3:3: 'live' needs 'kind' [missing-field]"),
        (
            "plain",
            "3:9: 'live' is the text 'plain'; expected a mapping (one field on each line) [wrong-type]",
        ),
        ("{kind: s3}", "3:3: 'live' needs 'bucket' [missing-field]"),
        (
            "{kind: directory, path: /srv/x, keeep: 3}",
            "3:41: 'live' has no field 'keeep' (did you mean 'keep'?) [unknown-field]",
        ),
        (
            "{kind: directory, path: /srv/x, keep: many}",
            "3:47: 'many' is not a whole number below 1000 [bad-value]",
        ),
        (
            "{kind: rsync, to: '-e sh'}",
            "3:28: this can't begin with a hyphen or contain control characters [bad-value]",
        ),
        (
            "{kind: rsync, to: 'me@-oProxyCommand=id:/a'}",
            "3:28: the name of a machine can't begin with a hyphen: ssh would take it for an option",
        ),
        (
            "{kind: rsync, to: 'rsync://-x/a'}",
            "3:28: the name of a machine can't begin with a hyphen: ssh would take it for an option",
        ),
        (
            "{kind: rsync, to: 'host:/a b'}",
            "3:28: this can't contain white space, quotation marks or special characters of a shell",
        ),
        (
            "{kind: git, remote: x, branch: a..b}",
            "3:40: 'a..b' can't be the name of a branch [bad-value]",
        ),
        (
            "{kind: git, remote: x, domain: 'https://x.org'}",
            "3:41: 'https://x.org' is not a domain (write one like talks.example.org)",
        ),
        (
            "{kind: s3, bucket: x, compress: brotli}",
            "3:41: 'compress' can't be 'brotli' [bad-value]",
        ),
        (
            "{kind: s3, bucket: x, prefix: ../y}",
            "3:39: a prefix can't contain '.' or '..' [bad-value]",
        ),
        (
            "{kind: s3, bucket: x, endpoint: 'mailto:me@example.org'}",
            "3:42: an endpoint must begin with https: or http: [bad-value]",
        ),
    ],
)
def test_a_wrong_target_is_told_by_its_place(target: str, problem: str) -> None:
    _, said = load(f"title: Talks\npublish:\n  live: {target}\n")

    assert said.startswith(f"content/site.yaml:{problem}")


@pytest.mark.parametrize(
    "target",
    [
        "{kind: git, branch: a..b, remote: 'https://bob:s3cr3t@example.org/x.git'}",
        "{kind: git, branch: a..b, remote: 'https://github_pat_s3cr3t@example.org/x.git'}",
        "{kind: rsync, bad: 1, to: 'rsync://bob:s3cr3t@example.org/module'}",
        "{kind: s3, bucket: x, bad: 1, endpoint: 'https://key:s3cr3t@s3.example.org'}",
    ],
)
def test_a_password_in_an_address_is_refused_and_not_repeated(target: str) -> None:
    targets, said = load(f"title: Talks\npublish:\n  live: {target}\n")

    assert targets == {}
    assert "there is a password or token in this address; remove it" in said
    assert "s3cr3t" not in said


def test_a_key_has_no_field_to_stand_in() -> None:
    _, said = load("title: T\npublish:\n  live: {kind: s3, bucket: b, secret_access_key: abc}\n")

    assert said.startswith("content/site.yaml:3:31: 'live' has no field 'secret_access_key'")
