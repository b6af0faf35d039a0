"""Where a site will stand, as its target says: remotes of git, buckets, and nothing that is only alike."""

from __future__ import annotations

import pytest

from site_builder.content.targets import S3Target
from site_builder.publish.standing import of_bucket, of_remote

REMOTES = [
    ("https://github.com/Ada/talks.git", "https://ada.github.io/talks/"),
    ("https://github.com/ada/Talks", "https://ada.github.io/Talks/"),
    ("https://github.com/ada/talks/", "https://ada.github.io/talks/"),
    ("https://ada@github.com/ada/talks.git", "https://ada.github.io/talks/"),
    ("https://www.github.com/ada/talks", "https://ada.github.io/talks/"),
    ("git://github.com/ada/talks.git", "https://ada.github.io/talks/"),
    ("git@github.com:ada/talks.git", "https://ada.github.io/talks/"),
    ("git@GitHub.com:ada/talks.v2", "https://ada.github.io/talks.v2/"),
    ("github.com:ada/talks", "https://ada.github.io/talks/"),
    ("ssh://git@github.com/ada/talks.git", "https://ada.github.io/talks/"),
    ("ssh://git@ssh.github.com:443/ada/talks.git", "https://ada.github.io/talks/"),
    ("git@github.com:Ada/Ada.github.io.git", "https://ada.github.io/"),
    ("git@github.com:ada/bob.github.io.git", "https://ada.github.io/bob.github.io/"),
    ("git@gitlab.com:ada/talks.git", "https://ada.gitlab.io/talks/"),
    ("https://gitlab.com/Group/sub/deep/talks.git", "https://group.gitlab.io/sub/deep/talks/"),
    ("https://gitlab.com/group/group.gitlab.io.git", "https://group.gitlab.io/"),
    ("git@gitlab.com:group/sub/group.gitlab.io", "https://group.gitlab.io/sub/group.gitlab.io/"),
    ("ssh://git@altssh.gitlab.com:443/ada/talks.git", "https://ada.gitlab.io/talks/"),
    ("git@codeberg.org:ada/talks.git", "https://ada.codeberg.page/talks/"),
    ("https://codeberg.org/Ada/pages.git", "https://ada.codeberg.page/"),
    # near misses
    ("https://github.com.example.org/ada/talks", None),
    ("https://notgithub.com/ada/talks", None),
    ("https://gist.github.com/ada/0123", None),
    ("https://github.example.org/ada/talks", None),
    ("https://example.org/github.com/ada/talks", None),
    ("https://gitlab.example.org/ada/talks", None),
    ("git@work:ada/talks.git", None),
    ("https://github.com/ada", None),
    ("https://github.com/ada/talks/tree/main", None),
    ("https://github.com/a_da/talks", None),
    ("https://github.com/ada/..", None),
    ("https://github.com/ada/ta lks", None),
    ("https://codeberg.org/ada/talks/wiki", None),
    ("file:///srv/github.com/ada/talks.git", None),
    ("/srv/github.com/ada/talks.git", None),
    ("../github.com/ada/talks.git", None),
    ("https://[github.com/ada/talks", None),
    ("origin", None),
]


@pytest.mark.parametrize(("remote", "address"), REMOTES)
def test_the_pages_behind_a_remote(remote: str, address: str | None) -> None:
    found = of_remote(remote, "pages")

    assert (found.address if found else None) == address


@pytest.mark.parametrize(
    ("repository", "branch", "address"),
    [
        ("talks", "pages", "https://ada.codeberg.page/talks/"),
        ("talks", "gh-pages", "https://ada.codeberg.page/talks/@gh-pages/"),
        ("talks", "try/new", "https://ada.codeberg.page/talks/@try~new/"),
        ("pages", "main", "https://ada.codeberg.page/"),
        ("pages", "trial", "https://ada.codeberg.page/@trial/"),
    ],
)
def test_codeberg_serves_every_branch_below_its_name(
    repository: str, branch: str, address: str
) -> None:
    found = of_remote(f"git@codeberg.org:ada/{repository}.git", branch)

    assert found
    assert found.address == address


@pytest.mark.parametrize(
    ("endpoint", "region", "of_session", "address"),
    [
        (None, None, "eu-central-1", "http://tea.s3-website.eu-central-1.amazonaws.com/talks/"),
        (None, None, "eu-west-1", "http://tea.s3-website-eu-west-1.amazonaws.com/talks/"),
        (None, None, "cn-north-1", "http://tea.s3-website.cn-north-1.amazonaws.com.cn/talks/"),
        (None, None, None, None),
        (None, None, "auto", None),
        (
            "https://s3.eu-central-1.amazonaws.com", None, "us-east-1",
            "http://tea.s3-website.eu-central-1.amazonaws.com/talks/",
        ),
        (
            "https://tea.s3-us-west-2.amazonaws.com", None, None,
            "http://tea.s3-website-us-west-2.amazonaws.com/talks/",
        ),
        (
            "https://s3.amazonaws.com", "us-east-1", "eu-west-1",
            "http://tea.s3-website-us-east-1.amazonaws.com/talks/",
        ),
        ("https://s3.amazonaws.com", None, "eu-west-1", None),
        ("https://s3.example.org", "eu-west-1", "eu-west-1", None),
        ("https://x.r2.cloudflarestorage.com", None, "eu-west-1", None),
        ("https://s3.eu-west-1.amazonaws.com.example.org", None, "eu-west-1", None),
        ("https://nots3.eu-west-1.amazonaws.com", None, "eu-west-1", None),
    ],
)  # fmt: skip
def test_the_website_of_a_bucket(
    endpoint: str | None, region: str | None, of_session: str | None, address: str | None
) -> None:
    target = S3Target(kind="s3", bucket="tea", prefix="talks/", endpoint=endpoint, region=region)

    found = of_bucket(target, of_session)

    assert (found.address if found else None) == address
