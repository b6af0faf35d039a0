"""Files of `static/`: copied a piece at a time, compared, and large ones told."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.build import Options, build
from site_builder.output.writing import Changes, write
from site_builder.reading.sources import LARGEST_AT_HOSTS, find_files

ROOT = Path(__file__).parents[2]


def test_a_copied_file_is_compared_and_written(tmp_path: Path) -> None:
    source, output = tmp_path / "film", tmp_path / "output"
    for data, changes in (
        (b"a" * 3_000_000, Changes(added=("a/film",))),
        (b"a" * 3_000_000, Changes()),
        (b"a" * 2_999_999 + b"b", Changes(changed=("a/film",))),
        (b"a" * 10, Changes(changed=("a/film",))),
        (b"", Changes(changed=("a/film",))),
    ):
        source.write_bytes(data)
        copied = {"a/film": str(source)}

        assert write({"a/film": b"not read"}, output, copied=copied) == changes

        assert (output / "a/film").read_bytes() == data
    assert write({}, output) == Changes(removed=("a/film",))
    assert not (output / "a").exists()


def test_a_file_that_changes_between_is_known_by_what_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, output = tmp_path / "film", tmp_path / "output"
    source.write_bytes(b"before")
    refuse = "site_builder.output.writing._refuse_foreign"
    monkeypatch.setattr(refuse, lambda *_: source.write_bytes(b"after"))

    write({"film": b""}, output, copied={"film": str(source)})
    monkeypatch.undo()

    assert (output / "film").read_bytes() == b"after"
    assert write({}, output) == Changes(removed=("film",))


BUILD = """
import resource, sys
from pathlib import Path
from site_builder.build import Options, build
result = build(Options(Path(sys.argv[1]), jobs=1))
assert result.changes is not None
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""


def peak(root: Path) -> int:
    """Bytes of memory that a build takes at most."""
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(root)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout)


def test_files_of_static_are_not_held_in_memory(make_site: Callable[..., Path]) -> None:
    root = make_site(
        {
            "content/site.yaml": "title: Tea\nexports: []\n",
            "content/articles/tea.md": "---\ntitle: Tea\nas_of: 2026-01-01\n---\nTea.\n",
            "static/small.bin": b"x",
        }
    )
    small = peak(root)
    os.truncate(root / "static/small.bin", 200_000_000)  # a file with a hole takes no room
    (root / "content/articles/tea.md").write_text("---\ntitle: Tea\nas_of: 2026-01-01\n---\nNew.\n")

    assert peak(root) - small < 50_000_000
    assert (root / "output/small.bin").stat().st_size == 200_000_000
    (root / "output/small.bin").unlink()


def test_a_file_larger_than_hosts_take_is_told_and_copied(make_site: Callable[..., Path]) -> None:
    root = make_site({"content/site.yaml": "title: Tea\n", "static/a": b"", "static/b": b""})
    os.truncate(root / "static/a", LARGEST_AT_HOSTS)
    os.truncate(root / "static/b", LARGEST_AT_HOSTS + 1)

    found = [row for row in find_files(root)[1] if row.code == "large-file"]

    assert [(row.location.path, row.is_error) for row in found] == [("static/b", False)]
    assert LARGEST_AT_HOSTS == 100_000_000


def test_a_file_that_can_not_be_read_stops_the_build_before_it_writes(
    make_site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_site(
        {
            "content/site.yaml": "title: Tea\nexports: []\n",
            "content/articles/tea.md": "---\ntitle: Tea\nas_of: 2026-01-01\n---\nTea.\n",
            "static/a": b"x",
        }
    )
    from site_builder.faults import OutputFault
    from site_builder.output import comparing

    def refuse(path: object, **_: object) -> int:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(comparing, "open_file", refuse)

    with pytest.raises(OutputFault, match="static/a' can't be read: Permission denied"):
        build(Options(root))
    assert list((root / "output").iterdir()) == []
