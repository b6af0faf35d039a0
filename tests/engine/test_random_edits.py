"""After any edits of sites by chance, what is built is what a clean build makes, findings too.

More than a test can try: `python -m tests.engine.test_random_edits 1000 500` tries seeds 1000 to 1499.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from site_builder.build import Builder, Options, render_site
from site_builder.engine.steps import Step
from site_builder.memory.blobs import Blobs
from site_builder.memory.kept import Kept, KeptFile
from site_builder.preview.in_memory import RecentStore
from site_builder.stages.steps import STAGES
from tests.engine.random_sites import World, begun, write

STEPS = 14


def sound(chance: random.Random, root: Path) -> World:
    """A site without errors, written."""
    for _ in range(50):
        world = begun(chance)
        write(root, world.files())
        if render_site(Options(root, jobs=1), only_check=True).ok:
            return world
    raise AssertionError("no such site was found")


def restarted(kept: Kept, file: KeptFile, path: Path) -> Kept:
    """What another process reads of what was kept; `file` has the parts that were written before."""
    file.write(kept)
    again = KeptFile(path, "", STAGES).read()
    for name, *_ in STAGES:
        assert again.steps(name).keys() == kept.steps(name).keys()
        for key, value in kept.steps(name).items():
            assert not isinstance(value, Step) or again.steps(name)[key][:2] == value[:2]
    return file.read()


def different(files: Mapping[str, bytes], others: Mapping[str, bytes]) -> list[str]:
    """The paths of files that are not the same."""
    return sorted(
        path for path in files.keys() | others.keys() if files.get(path) != others.get(path)
    )


def try_edits(seed: int, root: Path) -> None:
    """Edits a site by chance and builds it after each; what is broken is mostly taken back."""
    chance = random.Random(seed)
    options, store, blobs = Options(root, jobs=1), RecentStore(), Blobs(None)
    builder = Builder(options, store, blobs=blobs)
    path = root / ".site-builder" / "last"
    file = KeptFile(path, "", STAGES)
    world = sound(chance, root)
    good, files = world.copy(), dict[str, bytes]()
    for step in range(STEPS):
        count = chance.choice((1, 1, 1, 2, 3)) if step else 0
        edits = [world.edit() for _ in range(count)]
        write(root, world.files())
        os.environ["SOURCE_DATE_EPOCH"] = str(world.day * 86_400)
        if chance.random() < 0.15:
            builder = Builder(options, store, restarted(builder.kept, file, path), blobs)
        site, clean = builder.render(files), Builder(options, blobs=blobs).render()
        assert site.diagnostics == clean.diagnostics, (seed, step, edits)
        if site.ok:
            files = {path: files[path] for path in site.kept} | dict(site.files)
            assert not different(files, clean.files), (seed, step, edits)
            good = world.copy()
        elif chance.random() < 0.75:
            world = good.copy()


@pytest.mark.parametrize("seed", range(5))
def test_a_build_after_edits_equals_a_clean_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    try_edits(seed, tmp_path)


if __name__ == "__main__":
    first, count = map(int, sys.argv[1:])
    for number in range(first, first + count):
        with tempfile.TemporaryDirectory() as folder:
            try_edits(number, Path(folder))
