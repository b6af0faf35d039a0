"""What `pip install .` gives: the package with its default theme, in any folder, without the repository."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import site_builder

ROOT = Path(__file__).resolve().parent.parent


def build(target: str, source: Path, into: Path) -> Path:
    """Build an sdist or a wheel with the tool that pip uses, and return the file."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", into]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (built,) = into.iterdir()
    return built


def shipped_files(folder: str) -> list[str]:
    """Files of a folder that git knows or would take: what belongs to the project."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", folder]
    listing = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return sorted(name for name in set(listing.splitlines()) if (ROOT / name).is_file())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


def test_wheel_holds_the_package_and_the_default_theme_inside_it(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    theme = [f"site_builder/{name}" for name in shipped_files("templates")]
    inside = [name for name in names if ".dist-info/" not in name]

    assert sorted(inside) == sorted(shipped_files("site_builder") + theme)


def test_wheel_from_the_sdist_is_the_wheel_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    sdist = build("sdist", ROOT, tmp_path / "sdist")
    with tarfile.open(sdist) as archive:
        if hasattr(tarfile, "data_filter"):  # from Python 3.11.4 on
            archive.extraction_filter = tarfile.data_filter
        archive.extractall(tmp_path / "unpacked")
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    again = build("wheel", unpacked, tmp_path / "wheel")

    assert again.read_bytes() == wheel.read_bytes()


def test_installed_package_runs_outside_the_repository(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "site-packages"
    zipfile.ZipFile(wheel).extractall(installed)
    command = [sys.executable, "-m", "site_builder", "--version"]
    result = subprocess.run(
        command,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (result.returncode, result.stderr) == (0, "")
    assert site_builder.__version__ in result.stdout
