"""The scripts behind `make`: they find what they need, or say plainly what is missing."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import checkers, install

ROOT = Path(__file__).resolve().parent.parent
FIND_PYTHON = ROOT / "tools" / "find-python"

# Stand-ins for interpreters: what each answers to `-c 'PROGRAM'`.
TOO_OLD = "exit 1"
WITHOUT_VENV = """case "$2" in *ensurepip*) exit 1;; *print*) echo 3.12;; esac"""
NEWER = """case "$2" in *"3, 15"*) exit 1;; esac"""
GOOD = "exit 0"


@pytest.fixture
def pythons(tmp_path: Path) -> Path:
    """A folder that stands for PATH, with a shell and nothing else."""
    folder = tmp_path / "bin"
    folder.mkdir()
    shell = shutil.which("sh")
    assert shell is not None
    (folder / "sh").symlink_to(shell)
    return folder


def add_python(folder: Path, name: str, behaviour: str) -> None:
    file = folder / name
    file.write_text(f"#!{folder}/sh\n{behaviour}\n", encoding="utf-8")
    file.chmod(0o755)


def find_python(folder: Path, python: str = "") -> tuple[int, str, str]:
    result = subprocess.run(
        [folder / "sh", FIND_PYTHON],
        env={"PATH": str(folder), "PYTHON": python},
        capture_output=True,
        text=True,
        check=False,
    )
    return result.returncode, result.stdout, result.stderr


def test_a_machine_without_python_is_told_what_to_install(pythons: Path) -> None:
    message = (
        "No Python 3.11 or newer was found "
        "(looked for python3, python3.11 to python3.14 and python).\n"
        "Install one, or name it: make PYTHON=/path/to/python3\n"
    )

    assert find_python(pythons) == (1, "", message)


def test_an_old_python_is_passed_over_for_a_newer_one(pythons: Path) -> None:
    add_python(pythons, "python3", TOO_OLD)
    add_python(pythons, "python", GOOD)

    assert find_python(pythons) == (0, "python\n", "")


def test_a_python_without_ensurepip_gives_way_to_one_that_has_it(pythons: Path) -> None:
    add_python(pythons, "python3", WITHOUT_VENV)
    add_python(pythons, "python3.12", GOOD)

    assert find_python(pythons) == (0, "python3.12\n", "")


def test_a_python_newer_than_the_tested_ones_is_the_last_choice(pythons: Path) -> None:
    add_python(pythons, "python3", NEWER)

    assert find_python(pythons) == (0, "python3\n", "")

    add_python(pythons, "python3.11", GOOD)

    assert find_python(pythons) == (0, "python3.11\n", "")


def test_only_a_python_without_ensurepip_gives_the_package_that_is_missing(pythons: Path) -> None:
    add_python(pythons, "python3", WITHOUT_VENV)

    message = (
        "python3 (3.12) can't make virtual environments: its venv or ensurepip module is missing.\n"
        "On Debian and Ubuntu: apt-get install python3.12-venv\n"
    )

    assert find_python(pythons) == (1, "", message)


def test_a_chosen_python_that_is_too_old_is_refused_by_name(pythons: Path) -> None:
    add_python(pythons, "mine", TOO_OLD)
    add_python(pythons, "python3", GOOD)

    assert find_python(pythons, "mine") == (1, "", "PYTHON=mine is not Python 3.11 or newer.\n")


def test_make_alone_lists_every_target_and_builds_nothing() -> None:
    make = shutil.which("make")
    if make is None:
        pytest.skip("no make")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    result = subprocess.run(
        [make], cwd=ROOT, env=clean, capture_output=True, text=True, check=False
    )
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (phony,) = [line for line in makefile.splitlines() if line.startswith(".PHONY: ")]
    listed = [line.split()[0] for line in result.stdout.splitlines() if line.startswith("  ")]

    assert (result.returncode, result.stderr) == (0, "")
    assert sorted(listed) == sorted(phony.removeprefix(".PHONY: ").split())


def test_checkers_that_cant_be_had_are_named_with_the_tests_they_leave_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("SITE_BUILDER_CHROMIUM", raising=False)
    monkeypatch.setattr(checkers, "NODE_MODULES", tmp_path / "node_modules")

    assert checkers.main() == 0
    assert capsys.readouterr().out == (
        "left out: tests in a browser "
        "(no Chromium; install one, or name it in SITE_BUILDER_CHROMIUM)\n"
        "left out: accessibility and Lighthouse tests "
        "(no node_modules; install Node.js with npm)\n"
        "left out: the Nu HTML checker (needs Java, and Node.js with npm)\n"
        "left out: publishing over rsync (no rsync)\n"
        "left out: publishing over ssh (no OpenSSH server or client)\n"
        "left out: calls of rsync and git that fail (no C compiler)\n"
    )


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[list[str]]:
    """The commands that would change a system which has apt-get, is root's, and lacks everything."""
    commands: list[list[str]] = []

    def run(command: list[str], **_: int) -> bool:
        commands.append([str(word) for word in command])
        return True

    (tmp_path / "apt-get").write_text("#!/bin/sh\n")
    (tmp_path / "apt-get").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("SITE_BUILDER_CHROMIUM", raising=False)
    monkeypatch.setattr(checkers, "NODE_MODULES", tmp_path / "node_modules")
    monkeypatch.setattr(checkers, "find_sshd", lambda: None)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(checkers, "succeeds", run)
    return commands


def test_before_the_system_is_changed_it_is_said_what_and_how_to_prevent_it(
    system: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SYSTEM", raising=False)
    packages = (
        "chromium fonts-dejavu-core default-jre-headless rsync openssh-server openssh-client "
        "gcc libc6-dev"
    )

    assert checkers.main() == 0
    assert capsys.readouterr().out.startswith(
        "Some tests need programs that are not here. They are now installed into this system with apt-get:\n"
        f"  {packages}\n"
        "To leave the system as it is, and those tests out: make test SYSTEM=0\n"
        "left out: tests in a browser "
    )
    assert [command[-len(packages.split()) :] for command in system[1:]] == [packages.split()]


@pytest.mark.parametrize("word", ["0", "no", "false"])
def test_with_system_0_nothing_is_installed_and_the_tests_left_out_are_named(
    system: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    word: str,
) -> None:
    monkeypatch.setenv("SYSTEM", word)

    assert checkers.main() == 0
    assert system == []
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(" (")[0] for line in lines] == [
        "left out: tests in a browser",
        "left out: accessibility and Lighthouse tests",
        "left out: the Nu HTML checker",
        "left out: publishing over rsync",
        "left out: publishing over ssh",
        "left out: calls of rsync and git that fail",
    ]


def test_modules_are_compiled_even_where_python_is_told_to_write_no_bytecode(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = tmp_path / "site_builder" / "tea.py"
    module.parent.mkdir()
    module.write_text("READY = True\n")
    monkeypatch.setattr(install, "ROOT", tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    install.compile_package()

    assert Path(importlib.util.cache_from_source(str(module))).is_file()
