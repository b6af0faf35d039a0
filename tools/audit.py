"""Compare the locked packages with known vulnerabilities: `make audit ARGS=advisories.zip`.

The advisories are in the OSV format: a JSON file with one advisory or a list of them, a folder of such files, or a zip
archive of them, as OSV publishes for each ecosystem. Nothing is fetched. The exit code is 0 if no locked version is
affected, 1 if one is, and 2 if there is no usable advisory for Python packages, because then nothing was compared.
OSV's rules for ranges: https://ossf.github.io/osv-schema/#evaluation
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from packaging.version import InvalidVersion, Version

from tools.inventory import normalised
from tools.lock import BUILD, DEV, ROOT, RUNTIME

_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
_FIRST = Version("0.dev0")
"""Before every version, as OSV's "0" is."""


class Finding(NamedTuple):
    """A locked package that an advisory says is affected."""

    package: str
    version: str
    lock: str
    advisory: str
    summary: str
    fixed_in: str


def main(arguments: list[str]) -> int:
    """Print what is affected; the exit code is 0, 1 or 2, as above."""
    if len(arguments) != 1:
        print("no data: name a file, folder or zip archive of OSV advisories (ARGS=…)")
        return 2
    path = Path(arguments[0])
    advisories, unreadable = _load(path)
    for line in unreadable:
        print(f"can't be read: {line}", file=sys.stderr)
    if not advisories:
        print(f"no data: {path} holds no advisory for a Python package")
        return 2
    found = sorted(set(findings(advisories, locked())))
    for row in found:
        fix = f"; fixed in {row.fixed_in}" if row.fixed_in else "; no fix is known"
        print(f"{row.package} {row.version} ({row.lock}): {row.advisory} {row.summary}{fix}")
    print(f"{len(found)} findings; {len(advisories)} advisories were compared")
    if found:
        return 1
    return 2 if unreadable else 0


def locked() -> dict[tuple[str, str], str]:
    """The lock file of each name and version; the first that has it."""
    pins: dict[tuple[str, str], str] = {}
    for lock in (RUNTIME, BUILD, DEV):
        for name, version in _PIN.findall((ROOT / lock).read_text(encoding="utf-8")):
            pins.setdefault((normalised(name), version), lock)
    return pins


def findings(
    advisories: Iterable[Mapping[str, Any]], pins: Mapping[tuple[str, str], str]
) -> Iterator[Finding]:
    """The locked packages that are affected. One that was withdrawn affects nothing."""
    by_name: dict[str, list[str]] = {}
    for name, version in pins:
        by_name.setdefault(name, []).append(version)
    for advisory in advisories:
        if advisory.get("withdrawn"):
            continue
        for affected in _of_python(advisory):
            name = normalised(affected["package"]["name"])
            for version in by_name.get(name, ()):
                if is_affected(version, affected):
                    yield Finding(
                        name,
                        version,
                        pins[name, version],
                        " ".join([str(advisory.get("id", "?")), *advisory.get("aliases", ())]),
                        " ".join(str(advisory.get("summary", "")).split()),
                        _fix(version, affected),
                    )


def is_affected(version: str, affected: Mapping[str, Any]) -> bool:
    """Whether a version is among those listed, or within a range (OSV: `affected[]`)."""
    if version in affected.get("versions", ()):
        return True
    parsed = _version(version)
    listed = {_version(text) for text in affected.get("versions", ())} - {None}
    return parsed is not None and (
        parsed in listed or any(_within(parsed, row) for row in _ranges(affected))
    )


def _within(version: Version, row: Mapping[str, Any]) -> bool:
    """Whether a version lies in a range: its events, in order, say where it begins and ends."""
    limits = [_version(event["limit"]) for event in row["events"] if "limit" in event]
    if limits and not any(limit is not None and version < limit for limit in limits):
        return False
    vulnerable = False
    for at, kind in _events(row):
        if kind == "introduced" and version >= at:
            vulnerable = True
        elif (kind == "fixed" and version >= at) or (kind == "last_affected" and version > at):
            vulnerable = False
    return vulnerable


def _events(row: Mapping[str, Any]) -> list[tuple[Version, str]]:
    """The events of a range in the order of their versions; at one version, it begins last."""
    found = []
    for event in row["events"]:
        for kind in ("fixed", "last_affected", "introduced"):
            at = _version(str(event[kind])) if kind in event else None
            if at is not None:
                found.append((at, kind))
    return sorted(found, key=lambda pair: (pair[0], pair[1] == "introduced"))


def _fix(version: str, affected: Mapping[str, Any]) -> str:
    """The first version after this one in which it is fixed, or ""."""
    parsed = _version(version)
    fixes = [at for row in _ranges(affected) for at, kind in _events(row) if kind == "fixed"]
    return str(min((fix for fix in fixes if parsed and fix > parsed), default=""))


def _ranges(affected: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [row for row in affected.get("ranges", ()) if row.get("type") in ("ECOSYSTEM", "SEMVER")]


def _version(text: str) -> Version | None:
    """A version in the order of PEP 440; "0" comes before every other (OSV). None if it is none."""
    try:
        return _FIRST if text == "0" else Version(text)
    except InvalidVersion:
        return None


def _of_python(advisory: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [
        row
        for row in advisory.get("affected", ())
        if str(row.get("package", {}).get("ecosystem", "")).partition(":")[0] == "PyPI"
    ]


def _load(path: Path) -> tuple[list[Mapping[str, Any]], list[str]]:
    """The advisories for Python packages in a file, folder or archive, and what can't be read."""
    found: list[Mapping[str, Any]] = []
    unreadable: list[str] = []
    try:
        for name, text in _texts(path):
            try:
                found += [row for row in _advisories(json.loads(text)) if _of_python(row)]
            except (ValueError, TypeError, AttributeError, KeyError) as error:
                unreadable.append(f"{name}: {error}")
    except (OSError, zipfile.BadZipFile) as error:
        unreadable.append(f"{path}: {error}")
    return found, unreadable


def _texts(path: Path) -> Iterator[tuple[str, bytes]]:
    if path.is_dir():
        for file in sorted(path.rglob("*.json")):
            yield str(file), file.read_bytes()
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            for name in sorted(archive.namelist()):
                if name.endswith(".json"):
                    yield f"{path}/{name}", archive.read(name)
    else:
        yield str(path), path.read_bytes()


def _advisories(data: Any) -> list[Mapping[str, Any]]:
    """One advisory, a list of them, or OSV's answer to a query, whose list is called `vulns`."""
    rows = data.get("vulns", [data]) if isinstance(data, dict) else data
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError("this is no advisory in the OSV format")
    for row in rows:
        for affected in _of_python(row):
            _ = affected["package"]["name"]
            _ = [event.items() for part in affected.get("ranges", ()) for event in part["events"]]
    return rows


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
