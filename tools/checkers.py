"""Get the programs that some tests run: a Chromium, a Java, and the checkers in package.json.

What is missing is installed where that is possible without a password: programs with apt-get, as root or with sudo, and
checkers with npm, into node_modules. Before the system is changed, it is said what will be installed and how to keep it
from that: SYSTEM=0. What is not there then is named, with the tests that are left out for it; it is no error here.
Standard library only.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NODE_MODULES = ROOT / "node_modules"
NODE_NOTE = NODE_MODULES / ".installed"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
APT_SECONDS = 600


def main() -> int:
    """Install what is missing and may be installed, then say what is still missing; always 0."""
    if may_change_system():
        install_with_apt(missing_programs())
    install_with_npm()
    for line in left_out():
        print("left out:", line, flush=True)
    return 0


def may_change_system() -> bool:
    """Whether programs may be installed: SYSTEM=0 says that they may not."""
    return os.environ.get("SYSTEM", "").lower() not in ("0", "no", "false")


def find_chromium() -> str | None:
    """Path of the browser for the tests: SITE_BUILDER_CHROMIUM, or the first one on PATH."""
    chosen = os.environ.get("SITE_BUILDER_CHROMIUM")
    return chosen or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def find_java() -> str | None:
    """Path of a Java that starts (macOS has a /usr/bin/java that only asks for one)."""
    java = shutil.which("java")
    if (
        java
        and subprocess.run([java, "-version"], capture_output=True, check=False).returncode == 0
    ):
        return java
    return None


def find_sshd() -> str | None:
    """Path of an OpenSSH server, which is seldom on the PATH of ordinary users."""
    return shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def missing_programs() -> list[str]:
    """Debian's names for the programs that are not there."""
    missing = []
    if find_chromium() is None:
        missing += ["chromium", "fonts-dejavu-core"]
    if find_java() is None:
        missing += ["default-jre-headless"]
    if shutil.which("rsync") is None:
        missing += ["rsync"]
    if find_sshd() is None or shutil.which("ssh") is None:
        missing += ["openssh-server", "openssh-client"]
    if shutil.which("cc") is None:
        missing += ["gcc", "libc6-dev"]
    return missing


def install_with_apt(packages: Sequence[str]) -> None:
    """Install Debian packages, if there is an apt-get that may be used without a password."""
    if not packages or shutil.which("apt-get") is None:
        return
    become_root: list[str] = []
    if os.geteuid() != 0:
        become_root = ["sudo", "-n"]
        if shutil.which("sudo") is None or not succeeds([*become_root, "true"]):
            return
    print(
        "Some tests need programs that are not here. They are now installed into this system with apt-get:\n"
        f"  {' '.join(packages)}\n"
        "To leave the system as it is, and those tests out: make test SYSTEM=0",
        flush=True,
    )
    apt = [*become_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    apt += ["-o", "DPkg::Lock::Timeout=120"]
    for command in (
        [*apt, "update"],
        [*apt, "install", "--yes", "--no-install-recommends", *packages],
    ):
        if not succeeds(command, seconds=APT_SECONDS):
            print("apt-get could not:", " ".join(command), flush=True)


def install_with_npm() -> None:
    """Install what package-lock.json pins, unless it is there already."""
    npm = shutil.which("npm")
    digest = node_digest()
    if npm is None or (NODE_NOTE.is_file() and NODE_NOTE.read_text(encoding="utf-8") == digest):
        return
    print("installing into node_modules, with npm: the checkers in package.json", flush=True)
    if succeeds([npm, "ci", "--silent"], seconds=APT_SECONDS):
        NODE_NOTE.write_text(digest, encoding="utf-8")
    else:
        print("npm could not install them", flush=True)


def node_digest() -> str:
    """Digest of the files that decide what node_modules holds."""
    files = (ROOT / "package.json", ROOT / "package-lock.json")
    return hashlib.sha256(b"\n".join(file.read_bytes() for file in files)).hexdigest()


def succeeds(command: Sequence[str], *, seconds: int = 20) -> bool:
    """Run a command that asks nothing; whether it ended well. Its words are shown only if it didn't."""
    try:
        result = subprocess.run(
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        print(f"no end after {seconds} s:", " ".join(command), flush=True)
        return False
    if result.returncode and seconds == APT_SECONDS:
        print(result.stdout[-2000:], flush=True)
    return result.returncode == 0


def left_out() -> list[str]:
    """One line for each kind of test that can't run here, with what would make it run."""
    lines = []
    if find_chromium() is None:
        lines.append(
            "tests in a browser (no Chromium; install one, or name it in SITE_BUILDER_CHROMIUM)"
        )
    if not (NODE_MODULES / "axe-core").is_dir():
        lines.append(
            "accessibility and Lighthouse tests (no node_modules; install Node.js with npm)"
        )
    if find_java() is None or not (NODE_MODULES / "vnu-jar").is_dir():
        lines.append("the Nu HTML checker (needs Java, and Node.js with npm)")
    if shutil.which("rsync") is None:
        lines.append("publishing over rsync (no rsync)")
    if find_sshd() is None or shutil.which("ssh") is None:
        lines.append("publishing over ssh (no OpenSSH server or client)")
    if shutil.which("cc") is None:
        lines.append("calls of rsync and git that fail (no C compiler)")
    return lines


if __name__ == "__main__":
    sys.exit(main())
