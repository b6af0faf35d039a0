"""What is advised about the reasons that programs give, in their own words."""

from __future__ import annotations

import pytest

from site_builder.publish.programs import said
from site_builder.publish.reasons import what_to_do

ROWS = [
    ("fatal: detected dubious ownership in repository at '/srv/news'", "git config --global --add safe.directory '/srv/news'"),
    ("@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.", "the server's key has changed"),
    ("Host key verification failed.", "does not know the server's key yet"),
    ("No ED25519 host key is known for pond.example and you have requested strict checking.", "does not know the server's key yet"),
    ("git@github.com: Permission denied (publickey).", "accepts none of your ssh keys"),
    ("fatal: Authentication failed for 'https://pond.example/'", "password or token"),
    ("fatal: could not read Username for 'https://github.com': terminal prompts disabled", "password or token"),
    ("remote: error: GH006: Protected branch update failed", "do not have permission to push there"),
    ("remote: Permission to a/b.git denied to c.", "do not have permission to push there"),
    ("fatal: unable to access 'https://x/': The requested URL returned error: 403", "do not have permission to push there"),
    ("remote: error: GH001: Large files detected.", "larger than the host accepts"),
    ("error: cannot lock ref 'refs/heads/gh-pages'", "right now"),
    ("fatal: write error: No space left on device", "the disk is full"),
    ("rsync: write failed: Disk quota exceeded (122)", "the disk is full"),
    ("error: unable to create file: Read-only file system", "disk is read-only"),
    ("fatal: unable to access 'https://x/': Could not resolve host: x", "can't be found"),
    ("ssh: connect to host x port 22: Connection refused", "does not answer"),
    ("SSL certificate problem: unable to get local issuer certificate", "certificate is not accepted"),
    ("remote: Repository not found.", "no repository at this address"),
    ("bash: line 1: rsync: command not found", "rsync must be installed"),
    ("rsync: [receiver] mkstemp failed: Permission denied (13)", "writing there is not allowed"),
    ("error: insufficient permission for adding an object to repository database", "writing there is not allowed"),
]  # fmt: skip


@pytest.mark.parametrize(("output", "advice"), ROWS, ids=[row[0][:40] for row in ROWS])
def test_a_reason_has_its_advice(output: str, advice: str) -> None:
    assert advice in what_to_do(f"Cloning …\n{output}\nfatal: the remote end hung up")


def test_of_what_is_not_known_nothing_is_said() -> None:
    assert what_to_do("remote: the branch is closed on Mondays") == ""


def test_the_reason_is_shown_wherever_it_stands() -> None:
    output = (
        "@@@@@@@@@\n" + "".join(f"line {number}\n" for number in range(9)) + "Connection refused\n"
    )
    assert said(output, 3) == "\n  line 0\n  line 1\n  Connection refused"
    assert said("a\nb\nc\n", 2) == "\n  a\n  b"
