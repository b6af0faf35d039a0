"""Places on this machine to which nothing may be published."""

from __future__ import annotations

import os
from pathlib import Path

from site_builder.output.places import SOURCES, problem_of_folder
from site_builder.publish.faults import PublishFault


def refuse_folder(place: Path, root: Path) -> None:
    """Raises `PublishFault` unless a whole folder may be replaced at this place."""
    if problem := problem_of_folder(place, root):
        raise PublishFault(problem)
    site = root.resolve()
    for folder in (place, place.resolve()):
        if folder.is_relative_to(site):
            raise PublishFault(
                f"'{folder}' is inside the site's own folder; choose one outside it "
                "(`site-builder build` writes to output/)"
            )
    _refuse_without_parent(place)


def refuse_file(place: Path, root: Path) -> None:
    """Raises `PublishFault` unless a file may be written at this place."""
    site = root.resolve()
    for name in (*SOURCES, "output", ".cache"):
        if place.is_relative_to(site / name):
            raise PublishFault(
                f"'{place}' is inside {name}/, which holds sources or output of the site"
            )
    if ".git" in place.parts:
        raise PublishFault(f"'{place}' is in git's own folder; choose another place")
    if place.is_dir():
        raise PublishFault(f"'{place}' is a folder; choose a file in it")
    if os.path.lexists(place) and not (place.is_file() and not place.is_symlink()):
        raise PublishFault(f"'{place}' is not a regular file; choose another place")
    _refuse_without_parent(place)


def _refuse_without_parent(place: Path) -> None:
    if not place.parent.is_dir():
        raise PublishFault(
            f"the folder '{place.parent}' does not exist; make it first, or correct the path"
        )
