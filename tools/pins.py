"""Pins: a digest of every file of three sites and all that is said about them, in tests/pins/.

    python -m tools.pins                  write the pins anew (make pins)
    python -m tools.pins --against REV    show how files differ from those that a commit makes

So no change of what readers get goes unnoticed: one that is meant changes pins. Fingerprints and versions of
programs are made alike. So are the files of the search index, whose bytes follow the version
of Pagefind; its records are pinned by their addresses instead.
"""

from __future__ import annotations

import argparse
import difflib
import gzip
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests" / "pins"
TODAY = "1764633600"
"""2025-12-02, for `SOURCE_DATE_EPOCH`."""
WARNINGS = "warnings"
"""The file that holds what is said about a site."""
SHOWN = 12
"""Lines of a difference that are shown."""

_INDEX = "pagefind/"
_RECORD = ".pf_fragment"
_RECORD_MARK = b"pagefind_dcd"
_BINARY = (".png", ".ico", ".woff2", ".jpg")
_FINGERPRINT = re.compile(rb"\.[0-9a-f]{8}(?=\.[a-z0-9]+\b)")
_ANY = b".DIGEST"
_VERSION = re.compile(rb"\bsite_builder \d+(?:\.\w+)*")


@dataclass(frozen=True)
class Pinned:
    """A site whose files are pinned."""

    name: str
    root: str
    """From the top of the repository."""
    base_url: str | None = None

    @property
    def file(self) -> Path:
        """Where its pins are kept."""
        return FOLDER / f"{self.name}.txt"


SITES = (
    Pinned("seed", "."),
    Pinned("seed-with-base-url", ".", "https://talks.example/moscow/"),
    Pinned("quay-street", "tests/sites/quay-street"),
)


def files_of(site: Pinned) -> dict[str, bytes]:
    """What a site comes to, by path, made alike where fingerprints and versions differ."""
    from site_builder.build import Options, render_site
    from site_builder.diagnostics import as_text

    with mock.patch.dict(os.environ, {"SOURCE_DATE_EPOCH": TODAY}):
        options = Options(ROOT / site.root, base_url=site.base_url, jobs=1)
        rendered = render_site(options)
        files = dict(rendered.files)
    found = dict(normal(path, data) for path, data in files.items() if _INDEX not in path)
    found |= _records(files)
    found[WARNINGS] = as_text(rendered.diagnostics).encode()
    return found


def normal(path: str, data: bytes) -> tuple[str, bytes]:
    """A file whose fingerprints and version of this program are put alike."""
    data = _VERSION.sub(b"site_builder VERSION", _FINGERPRINT.sub(_ANY, data))
    return _FINGERPRINT.sub(_ANY, path.encode()).decode(), data


def _records(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The records of the search index, by address."""
    records = {}
    for path, data in files.items():
        if path.endswith(_RECORD):
            record = json.loads(gzip.decompress(data).removeprefix(_RECORD_MARK))
            kept = {name: record[name] for name in ("url", "meta", "content")}
            text = json.dumps(kept, ensure_ascii=False, sort_keys=True, indent=1)
            records[_INDEX + record["url"].lstrip("/")] = f"{text}\n".encode()
    return records


def pins_of(files: Mapping[str, bytes]) -> str:
    """The text of a file of pins: a digest and a path a line, by path."""
    paths = sorted(files.keys() - {WARNINGS})
    return "".join(f"{hashlib.sha256(files[path]).hexdigest()[:16]} {path}\n" for path in paths)


def differing(before: str, after: str) -> list[str]:
    """Paths whose pins differ between two files of pins, with a word for those that came or went."""
    old, new = _by_path(before), _by_path(after)
    changed = [path for path in sorted(old | new) if old.get(path) != new.get(path)]
    return [
        f"new: {path}" if path not in old else f"gone: {path}" if path not in new else path
        for path in changed
    ]


def _by_path(pins: str) -> dict[str, str]:
    rows = (line.partition(" ") for line in pins.splitlines())
    return {path: digest for digest, _, path in rows}


def kind_of(path: str) -> str:
    """What a file's difference is shown once for: its folder and the end of its name."""
    folder, _, name = path.rpartition("/")
    top, _, below = folder.partition("/")
    return f"{top}{'/*' if below else ''}/{name}" if name.startswith("index.") else path


def differences(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Iterator[str]:
    """The first lines of one difference for each kind of file."""
    shown = set()
    for path in sorted(before.keys() | after.keys()):
        old, new = before.get(path), after.get(path)
        if old == new or (kind := kind_of(path)) in shown:
            continue
        shown.add(kind)
        if old is None or new is None or path.endswith(_BINARY):
            yield f"{'new' if old is None else 'gone' if new is None else 'changed'}: {path}\n"
            continue
        lines = difflib.unified_diff(
            old.decode().splitlines(), new.decode().splitlines(), path, path, lineterm="", n=1
        )
        yield "".join(f"{line[:300]}\n" for _, line in zip(range(SHOWN), lines, strict=False))


def show_against(revision: str, names: Iterable[str]) -> None:
    """Prints how the files of the sites differ from those that the code of a commit makes of its own."""
    with tempfile.TemporaryDirectory() as folder:
        archive = subprocess.run(
            ["git", "archive", revision], cwd=ROOT, capture_output=True, check=True
        )
        with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as tar:
            tar.extractall(folder, filter="data")
        kept = Path(folder) / ".kept"
        command = [sys.executable, "-m", "tools.pins", "--keep", str(kept), *names]
        subprocess.run(command, cwd=folder, check=True)
        for site in chosen(names):
            made = kept / site.name
            before = {
                file.relative_to(made).as_posix().removesuffix("~"): file.read_bytes()
                for file in made.rglob("*~")
            }
            print(f"== {site.name}")
            for text in differences(before, files_of(site)):
                print(text, end="")


def keep(folder: Path, names: Iterable[str]) -> None:
    """Writes what is pinned below a folder; each name ends in `~`, so that no file is another's folder."""
    for site in chosen(names):
        for path, data in files_of(site).items():
            file = folder / site.name / f"{path}~"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)


def write(names: Iterable[str]) -> None:
    """Writes pins anew, and says which differ from those that were there."""
    for site in chosen(names):
        files = files_of(site)
        before = site.file.read_text("utf-8") if site.file.exists() else ""
        site.file.write_text(pins_of(files), "utf-8")
        said = FOLDER / f"{site.name}-{WARNINGS}.txt"
        said.write_bytes(files[WARNINGS])
        changed = differing(before, pins_of(files))
        print(f"{site.name}: {len(changed)} of {len(files) - 1} pins changed")
        for path in changed[:SHOWN]:
            print(f"  {path}")


def chosen(names: Iterable[str]) -> list[Pinned]:
    """The sites with these names; all, if none is named."""
    return [site for site in SITES if not names or site.name in names]


def main() -> None:
    """Does what the arguments say."""
    parser = argparse.ArgumentParser(prog="python -m tools.pins", description=__doc__)
    parser.add_argument("sites", nargs="*", choices=[[], *(site.name for site in SITES)])
    parser.add_argument("--against", metavar="REV", help="show differences from a commit")
    parser.add_argument("--keep", metavar="FOLDER", type=Path, help=argparse.SUPPRESS)
    row = parser.parse_args()
    if row.against:
        show_against(row.against, row.sites)
    elif row.keep:
        keep(row.keep, row.sites)
    else:
        write(row.sites)


if __name__ == "__main__":
    main()
