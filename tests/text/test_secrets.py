"""Passwords, tokens and keys, and texts that would steer a terminal: neither is shown."""

from __future__ import annotations

import textwrap
import time

import pytest

from site_builder.text.secrets import masked, names_a_secret, secrets_of, without_secrets
from site_builder.text.shown import on_lines, on_one_line


@pytest.mark.parametrize(
    "name",
    "password Password PASSWD db_password pass pwd pw passphrase secret clientSecret secret-key token github_token "
    "accessToken TOKEN key KEY api-key apiKey api_key apikey AWS_SECRET_ACCESS_KEY aws_access_key_id accessKeyId "
    "ssh-key private_pem credential Credentials auth \"to-ken\"key 'token' _password .token @token pasword tokn "
    "pswd passcode signingkey deploykey oauth bearer jwt creds authorization “password”".split(),
)
def test_names_of_secrets(name: str) -> None:
    assert names_a_secret(name)


@pytest.mark.parametrize(
    "name",
    "title keep keyboard monkey turkey jockey donkey keynote passage compass passenger author authority remote branch bucket "
    "key_points secre tok domain profile pastel".split(),
)
def test_names_of_none(name: str) -> None:
    assert not names_a_secret(name)


WRITTEN = """
    title: Tea
    password: hunter2
    publish:
      live:
        kind: s3
        aws_secret_access_key: "abc def"
        tokens:
        - one
        - two
        region: x
      f: {kind: git, api-key: 'x, y', remote: https://u:p@h/x?token=abc&page=2#f, branch: b}
      m:
        Secret: |
          line one

          line two
        endpoint: https://me@host/
        to: me:pw@host:/x
        remote: git@host:repo
        ssh: ssh://git@host/x
        both: ssh://git:pw@host/x
        password=abc
        token abc
        token:abc
        monkey: shown
        key_points: shown
        mail: mailto:tea@example.org
        url: https://example.org/?a=1;b=2
        x: ghp_abcdefghijklmnopqrstu
        - token: zzz
          next: shown
      "access key": {a: b,
         c: d
      }
      ? passwd
      : abc
      description: The token of love and a password for you
"""
SHOWN = """
    title: Tea
    password: •••••••
    publish:
      live:
        kind: s3
        aws_secret_access_key: •••• ••••
        tokens:
        • •••
        • •••
        region: x
      f: {kind: git, api-key: ••• ••, remote: https://•••@h/x?token=•••&page=•#f, branch: b}
      m:
        Secret: •
          •••• •••

          •••• •••
        endpoint: https://••@host/
        to: •••••@host:/x
        remote: git@host:repo
        ssh: ssh://git@host/x
        both: ssh://••••••@host/x
        password=•••
        token •••
        token:•••
        monkey: shown
        key_points: shown
        mail: mailto:tea@example.org
        url: https://example.org/?a=•;b=•
        x: •••••••••••••••••••••••••
        - token: •••
          next: shown
      "access key": ••• ••
         •• •
      •
      ? passwd
      : •••
      description: The token of love and a password for you
"""


def test_values_of_fields_named_like_secrets_are_masked_where_they_stand() -> None:
    assert masked(textwrap.dedent(WRITTEN)) == textwrap.dedent(SHOWN)


@pytest.mark.parametrize(
    "written",
    [
        "\tpassword: {}",
        "\u00a0password: {}",
        "a:\n\tpassword: {}",
        "&k password: {}",
        "!!str password: {}",
        "-password: {}",
        "“password”: {}",
        "password\u00a0: {}",
        "password： {}",
        "password - {}",
        "password -> {}",
        "password; {}",
        "title: Tea token={}",
        "title: Tea password: {}",
        "{{password\n: {}}}",
        "password\n: {}",
        "? - password\n: {}",
        "password:\n{}",
        "password: |\n{}",
        "password: x\n{}",
        "password: x\n\t{}",
        'password: "x\n{}"',
        "password: 'x: y\n\na: {}'",
        "a:\n  - password: x\n    {}",
        "url: https://x:p@{}@h/",
        "url: https://x:a/{}@h/",
        "url: https:/x:{}@h/",
        "url: https://h/#token={}",
        "url: h/?token={}",
    ],
)
def test_a_field_that_is_written_oddly_is_masked(written: str) -> None:
    text = written.format("hunter2") + "\nnext: shown\n"
    shown = masked(text)
    assert "hunter2" not in shown
    assert shown.endswith("\nnext: shown\n")
    assert len(shown) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "tagline: The key: who has it\nside: own\n",
        "turkey: shown\nmonkey: shown\n",
        "key_points: shown\n",
        "url: https://host:8080/@name/x\n",
        "url: https://medium.example/@name/x\n",
        "nav: a, b, c\ntitle: A secret that all know\n",
        "remote: git@host:path/to\n",
    ],
)
def test_what_is_no_secret_is_shown(text: str) -> None:
    assert masked(text) == text


def test_a_long_line_is_masked_in_time() -> None:
    for text in ("//:x" * 100_000, "- " * 200_000, "&a " * 100_000, 'password: "x\n' * 2_000):
        begun = time.perf_counter()
        masked(text)
        assert time.perf_counter() - begun < 5


def test_each_line_of_the_settings_is_masked_by_itself_as_well() -> None:
    assert masked("      token: abc") == "      token: •••"
    assert masked("x: {token: abc, kind: git}") == "x: {token: •••, kind: git}"


def test_secrets_are_known_by_their_lines() -> None:
    assert secrets_of("token: |\n  one two\n  abc\n  - four\nkey: 'five six'\nkeep: seven\n") == [
        "five six",
        "one two",
        "four",
    ]


def test_a_secret_that_looks_like_a_sign_of_yaml_is_known_by_its_word() -> None:
    assert secrets_of("password: !one two\ntoken: &three four\n") == [
        "&three four",
        "!one two",
        "&three",
        "!one",
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("at https://me:pw@host/x", "at https://…@host/x"),
        ("at HTTPS://ghp_x@host/x?A=b&c=d e=f", "at HTTPS://…@host/x?A=…&c=… e=f"),
        ("at //me:pw@host/x", "at //…@host/x"),
        ("ssh://git@host/x", "ssh://git@host/x"),
        ("ssh://git:pw@host/x", "ssh://…@host/x"),
        ("rsync me:pw@host::module", "rsync …@host::module"),
        ("to git@host:x", "to git@host:x"),
        ("mailto:me@host.example", "mailto:me@host.example"),
        ("key AKIAABCDEFGHIJKLMNOP", "key …"),
        ("a gho_abcdefghijklmnop1234", "a …"),
        ("Authorization: Basic abc= x", "Authorization: … x"),
        ("nothing? a=b", "nothing? a=b"),
        ("s3://bucket/x?versionId=7", "s3://bucket/x?versionId=…"),
    ],
)
def test_addresses_in_messages(text: str, shown: str) -> None:
    assert without_secrets(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a�[31mb"),
        ("a\nb\r\tc", "a�b��c"),
        ("a\x9b2Jb\x85", "a�2Jb�"),
        ("a\u202eb\u2066c\u2069\u200e\u061c", "a�b�c���"),
        ("a\u2028b\u2029c", "a�b�c"),
        ("a\x00\x7f\ufeff\U000e0041", "a����"),
        (
            "Zürich 茶 👩\u200d🌾 c\u2019est\u00a0bien\u202f!",
            "Zürich 茶 👩\u200d🌾 c\u2019est\u00a0bien\u202f!",
        ),
    ],
)
def test_what_would_steer_a_terminal_is_made_visible(text: str, shown: str) -> None:
    assert on_one_line(text) == shown
    assert on_lines(f"x\n{text}") == "x\n" + shown.replace("a�b��c", "a\nb��c")
