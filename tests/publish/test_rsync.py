"""Publishing with the real rsync: through a stand-in for ssh, and through ssh to a real server."""

from __future__ import annotations

import os
import pwd
import shlex
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tools.checkers import find_sshd

if TYPE_CHECKING:
    from tests.publish.conftest import Desk, Interrupted, MissingAssets, Tree

# Runs the command that ssh would run over there, here.
STAND_IN = """\
#!/bin/sh
[ "$1" = -l ] && shift 2
shift
exec sh -c "$*"
"""


# The same, but the line goes dead after so many bytes have gone over it.
BREAKS_OFF = """\
#!{python} -IS
import os, subprocess, sys, threading
words = sys.argv[3:] if sys.argv[1] == "-l" else sys.argv[1:]
server = subprocess.Popen(["sh", "-c", " ".join(words[1:])], stdin=subprocess.PIPE, bufsize=0)
def send():
    left = {letters}
    while left and (data := os.read(0, left)):
        server.stdin.write(data)
        left -= len(data)
    server.stdin.close()
threading.Thread(target=send, daemon=True).start()
os._exit(server.wait())
"""


@pytest.fixture(autouse=True)
def rsync() -> None:
    if shutil.which("rsync") is None:
        pytest.skip("no rsync")


Shell = Callable[[str], None]


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """Puts a script in the place of ssh."""

    def put(script: str) -> None:
        file = tmp_path / "ssh-stand-in"
        file.write_text(script, "utf-8")
        file.chmod(0o755)
        monkeypatch.setenv("RSYNC_RSH", str(file))

    return put


@pytest.fixture
def far(tmp_path: Path, desk: Desk, shell: Shell) -> Path:
    """A folder of another machine, as it were."""
    shell(STAND_IN)
    (tmp_path / "far").mkdir()
    desk.target("far", f"{{kind: rsync, to: 'web@far.example.org:{tmp_path}/far/tea'}}")
    return tmp_path / "far" / "tea"


def revise(desk: Desk) -> None:
    """A changed page, a new page, a new picture, and two files less."""
    desk.write(
        {
            "content/issues/tariff.md": "---\ntitle: The tariff\n---\n![A pot](pots/pot.svg)\n",
            "content/actors/trader.yaml": "name: The traders\n",
            "static/pots/pot.svg": "<svg/>\n",
        }
    )
    (desk.root / "static/cup.svg").unlink()


def test_a_folder_elsewhere_holds_the_site(
    desk: Desk, far: Path, tmp_path: Path, tree: Tree
) -> None:
    said = desk.publish()
    desk.target("box", "{kind: directory, path: ../box}")
    desk.publish("box")

    assert said.plain.splitlines()[0] == (f"published: web@far.example.org:{far} (0.0 s)")
    assert tree(far) == tree(tmp_path / "box")
    assert (far / "index.html").stat().st_mode & 0o777 == 0o644
    assert desk.publish("far").plain == (
        f"web@far.example.org:{far} is up to date; nothing was sent (0.0 s)\n"
    )


def test_a_dry_run_says_what_the_run_then_does(desk: Desk, far: Path, tree: Tree) -> None:
    desk.publish()
    before = tree(far)
    revise(desk)

    planned = desk.publish("--dry-run", "--allow-removals")
    assert tree(far) == before
    desk.publish("--allow-removals")

    after = tree(far)
    rows = {tuple(line.split()[:2]) for line in planned.out.splitlines()[:-1]}
    assert rows == {
        *(("add", path) for path in after.keys() - before),
        *(("remove", path) for path in before.keys() - after),
        *(("change", path) for path in after.keys() & before if after[path] != before[path]),
    }
    assert ("remove", "positions/index.html") in rows
    assert not (far / "positions").exists()


def test_only_what_differs_is_written(desk: Desk, far: Path) -> None:
    desk.publish()
    before = (far / "about/index.html").stat().st_mtime_ns
    revise(desk)

    desk.publish("--allow-removals")

    assert (far / "about/index.html").stat().st_mtime_ns == before


def test_other_peoples_files_stay(desk: Desk, far: Path) -> None:
    desk.publish()
    (far / "positions/[theirs]*.txt").write_text("theirs", "utf-8")
    (far / "é ü.txt").write_text("theirs", "utf-8")
    revise(desk)

    assert desk.publish("--allow-removals").code == 0
    assert (far / "positions/[theirs]*.txt").read_text("utf-8") == "theirs"
    assert (far / "é ü.txt").read_text("utf-8") == "theirs"
    assert not (far / "positions/index.html").exists()


def test_a_folder_full_of_other_peoples_files_is_refused(desk: Desk, far: Path, tree: Tree) -> None:
    far.mkdir()
    (far / "index.html").write_text("theirs", "utf-8")
    (far / "photo.jpg").write_text("theirs", "utf-8")

    said = desk.publish("--yes")

    assert (said.code, said.errors) == (
        1,
        (
            f"site-builder: web@far.example.org:{far} contains 2 files that site-builder did not put there: "
            "index.html, photo.jpg. Nothing was changed. Choose an empty place, or use --take-over if "
            "everything there may be replaced.\n"
        ),
    )
    assert tree(far) == {"index.html": b"theirs", "photo.jpg": b"theirs"}
    assert desk.publish("--yes", "--take-over").code == 0
    assert "photo.jpg" not in tree(far)


AGAIN = " Publish again to finish.\n"
NO_LINE = (
    "the connection failed: is the machine's name right, are you online, does ssh have the "
    f"key it needs, and is rsync installed on the other machine?{AGAIN}"
)
NO_KEY = (
    "the server accepts none of your ssh keys; add one to your account there, or to your agent with ssh-add."
    f"{AGAIN}"
)


@pytest.mark.parametrize(
    ("script", "advice", "words"),
    [
        (
            "echo 'Permission denied (publickey).' >&2; exit 255",
            NO_KEY,
            "Permission denied (publickey).",
        ),
        (
            "echo 'sh: rsync: not found' >&2; exit 127",
            f"rsync must be installed on the other machine, too.{AGAIN}",
            "sh: rsync: not found",
        ),
        ("echo 'Bye.' >&2; exit 255", NO_LINE, "Bye."),
    ],
)
def test_a_machine_that_refuses(
    desk: Desk, far: Path, shell: Shell, script: str, advice: str, words: str
) -> None:
    shell(f"#!/bin/sh\n{script}\n")

    said = desk.publish()

    assert said.code == 1
    assert said.errors.startswith(
        f"site-builder: publishing to web@far.example.org:{far} failed: {advice}  {words}\n"
    )
    assert not far.exists()


def test_a_server_that_is_not_there(desk: Desk) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        to = f"rsync://127.0.0.1:{free.getsockname()[1]}/site"
        desk.target("far", f"{{kind: rsync, to: '{to}'}}")

        said = desk.publish()

    assert said.code == 1
    assert said.errors.startswith(
        f"site-builder: publishing to {to} failed: the server does not answer: is its address right, is "
        f"it running, and does a firewall let you through?{AGAIN}"
    )


def test_a_place_that_can_not_be_written(desk: Desk, tmp_path: Path, far: Path) -> None:
    (tmp_path / "far").rmdir()
    (tmp_path / "far").write_text("a file where a folder should be", "utf-8")

    said = desk.publish()

    assert said.code == 1
    assert said.errors.startswith(
        f"site-builder: publishing to web@far.example.org:{far} failed: files can't be read or written "
        "there: is the path right, do you have write access, and is the disk full?\n"
    )
    assert far.parent.read_text("utf-8") == "a file where a folder should be"


@pytest.mark.parametrize("to", ["output/tea", "..", "~"])
def test_a_folder_of_this_machine_is_guarded_like_any_other(
    desk: Desk, tmp_path: Path, tree: Tree, to: str
) -> None:
    desk.target("far", f"{{kind: rsync, to: '{to}'}}")
    before = tree(tmp_path)

    said = desk.publish("--yes", "--take-over")

    assert said.code == 1
    assert "choose" in said.errors
    assert tree(tmp_path) == before


@pytest.mark.parametrize("start", ["nothing", "a site"])
def test_killed_at_any_step_no_page_lacks_an_asset_and_the_next_publish_completes_it(
    desk: Desk,
    far: Path,
    tree: Tree,
    interrupted: Interrupted,
    missing_assets: MissingAssets,
    start: str,
) -> None:
    if start == "a site":
        desk.publish()
        revise(desk)
    before = tree(far)
    seen = []

    for row in interrupted.rounds("kill", "programs", "--allow-removals", "--yes"):
        assert row.code in (0, 99), row.said
        seen.append(tree(far))

    after = seen[-1]
    assert len(seen) >= 6
    for files in seen:
        assert missing_assets(files) == []
        for path, data in files.items():
            assert path == ".published.json" or data in (before.get(path), after.get(path))
    assert "is up to date; nothing was sent" in desk.publish().out
    assert set(after) == set(tree(far))


@pytest.mark.parametrize("letters", [100, 3000, 40000])
def test_when_the_network_vanishes_no_page_lacks_an_asset(
    desk: Desk, far: Path, tree: Tree, shell: Shell, missing_assets: MissingAssets, letters: int
) -> None:
    desk.publish()
    before = tree(far)
    revise(desk)
    desk.write({"static/a.svg": "<svg>" + "a" * 30000 + "</svg>", "static/b.svg": "b" * 30000})
    shell(BREAKS_OFF.format(python=sys.executable, letters=letters))

    said = desk.publish("--allow-removals")

    now = tree(far)
    assert missing_assets({path: data for path, data in now.items() if ".~tmp~" not in path}) == []
    assert before.keys() - {".published.json"} <= now.keys() or said.code == 0
    if said.code:
        assert said.errors.startswith("site-builder: publishing to web@far.example.org:")
    shell(STAND_IN)
    assert desk.publish("--allow-removals").code == 0
    assert not [path for path in tree(far) if ".~tmp~" in path]
    assert "cup.svg" not in tree(far)


def test_there_is_nothing_to_roll_back(desk: Desk, far: Path) -> None:
    desk.publish()

    said = desk.publish("--rollback")

    assert (said.code, said.errors) == (
        1,
        (
            "site-builder: a target of kind rsync keeps no earlier version; check out the earlier "
            "content and publish that\n"
        ),
    )
    assert (far / "index.html").is_file()


# --- ssh -----------------------------------------------------------------------------------------


@pytest.fixture
def ssh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A real ssh server on loopback that lets one key in; gives `user@server`."""
    sshd = find_sshd()
    if sshd is None or shutil.which("ssh") is None:
        pytest.skip("no OpenSSH server or client")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # the server wants it, and its own start-up makes it
    folder = tmp_path / "ssh"
    folder.mkdir()
    for name in ("server", "author"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
        subprocess.run(command, check=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (folder / "server.conf").write_text(
        f"ListenAddress 127.0.0.1\nPort {port}\nHostKey {folder}/server\n"
        f"AuthorizedKeysFile {folder}/author.pub\nPasswordAuthentication no\n"
        "KbdInteractiveAuthentication no\nUsePAM no\nStrictModes no\nPidFile none\n",
        "utf-8",
    )
    (folder / "client.conf").write_text(
        f"Host server\n  HostName 127.0.0.1\n  Port {port}\n  IdentityFile {folder}/author\n"
        "  IdentitiesOnly yes\n  StrictHostKeyChecking no\n  UserKnownHostsFile /dev/null\n"
        "  LogLevel ERROR\n  BatchMode yes\n",
        "utf-8",
    )
    monkeypatch.setenv("RSYNC_RSH", shlex.join(["ssh", "-F", str(folder / "client.conf")]))
    command = [sshd, "-D", "-e", "-f", str(folder / "server.conf")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        for line in server.stderr:
            if "Server listening" in line:
                break
        else:
            pytest.fail("the ssh server did not start")
        yield f"{pwd.getpwuid(os.geteuid()).pw_name}@server"
        server.terminate()


def test_over_ssh_to_a_real_server(desk: Desk, tmp_path: Path, tree: Tree, ssh: str) -> None:
    (tmp_path / "far").mkdir()
    desk.target("far", f"{{kind: rsync, to: '{ssh}:{tmp_path}/far/tea'}}")

    assert desk.publish().plain.startswith(f"published: {ssh}:{tmp_path}/far/tea (0.0 s)\n")
    assert "cup.svg" in tree(tmp_path / "far/tea")


def test_over_ssh_with_the_wrong_key(desk: Desk, tmp_path: Path, ssh: str) -> None:
    (tmp_path / "ssh/author").unlink()
    desk.target("far", f"{{kind: rsync, to: '{ssh}:{tmp_path}/far/tea'}}")

    said = desk.publish()

    assert said.code == 1
    assert NO_KEY in said.errors
    assert not (tmp_path / "far").exists()
