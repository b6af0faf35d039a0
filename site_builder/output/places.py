"""Which folders a site may be written to, by `build --output` and `publish`."""

from __future__ import annotations

import os
from pathlib import Path

from site_builder.disk import is_random_name
from site_builder.faults import OutputFault
from site_builder.output.manifest import NAME

SOURCES = ("content", "seeds", "static", "templates", "fonts", ".git", ".site-builder")
"""Folders of a site's root that hold its sources or internal data, to which no site is written."""
_STAYS = frozenset((".git", ".gitkeep", ".gitignore", ".DS_Store", "Thumbs.db", "desktop.ini"))
"""Files that a folder counted as empty may contain."""


def place_of(path: str | Path, root: Path) -> Path:
    """The absolute path of a place: `~` is the home folder, and a relative path begins at `root`.

    If the place itself is a symbolic link, it is not followed; links in its path are.
    """
    place = root / os.path.expanduser(path)
    return place.parent.resolve() / place.name if place.name not in ("", "..") else place.resolve()


def problem_of_folder(place: Path, root: Path) -> str:
    """Why a site may not be written to a folder; "" if it may. `place` comes from `place_of`."""
    site, home = root.resolve(), Path(os.path.expanduser("~")).resolve()
    for folder in (place, place.resolve()):
        if folder == Path(folder.anchor):
            return f"'{folder}' is the root of the file system; choose a separate folder"
        if home.is_relative_to(folder):
            return f"'{folder}' is or contains your home folder; choose a separate folder"
        if site.is_relative_to(folder):
            return f"'{folder}' is or contains the site's own folder; choose another one"
        if ".git" in folder.parts:
            return f"'{folder}' is in git's own folder; choose another one"
        for source in (site / name for name in SOURCES):
            if folder.is_relative_to(source) or source.resolve().is_relative_to(folder):
                return f"'{folder}' is in {source.name}/, which the site is made from; choose another one"
    return ""


def output_place(output: Path | None, root: Path) -> Path:
    """The output folder of a build; by default `output/` in the site's folder.

    Raises `OutputFault` if a site may not be written there.
    """
    place = place_of(output, Path.cwd()) if output else root.resolve() / "output"
    problem = problem_of_folder(place, root)
    if not problem and place.is_symlink():
        problem = f"'{place}' is a symbolic link; choose the folder it leads to"
    elif not problem and place.exists() and not place.is_dir():
        problem = f"'{place}' is a file, not a folder; choose another place"
    elif not problem and output:
        problem = _problem_of_what_is_there(place)
    if problem:
        raise OutputFault(f"the output can't be written: {problem}")
    return place


def _problem_of_what_is_there(place: Path) -> str:
    """Why a site may not be written to an existing folder: one without a manifest must be empty."""
    try:
        names = {row.name for row in os.scandir(place)}
    except OSError:
        return ""
    others = sorted(name for name in names - _STAYS if not is_random_name(name))
    if not others or NAME in names:
        return ""
    shown = ", ".join(others[:5]) + (", …" if len(others) > 5 else "")
    return (
        f"'{place}' contains files that site-builder did not put there: {shown}. "
        "Choose a new or empty folder"
    )
