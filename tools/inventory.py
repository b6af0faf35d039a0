"""The packages that are installed in this environment: versions, licences and hashes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata
from typing import Literal, NamedTuple

from packaging.markers import default_environment
from packaging.requirements import Requirement

from tools.install import INSTALLED

PROJECT = "site-builder"
EXTRAS = ("html", "s3", "sources")
"""The extras that users may install."""

_FROM_CLASSIFIER = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
_FROM_TEXT = {
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "MIT License": "MIT",
    "MIT license": "MIT",
    "PSFL": "PSF-2.0",
}
_READ_BY_A_PERSON = {
    "atheris": "Apache-2.0",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "resvg-py": "MIT",
    "text-unidecode": "Artistic-1.0-Perl OR GPL-2.0-or-later",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
}
"""Licences of packages whose metadata names none, or not in the words of SPDX; read in their licence files."""

Scope = Literal["required", "optional", "excluded"]
"""The scopes of CycloneDX."""


class Package(NamedTuple):
    """An installed package. `licence` is an SPDX expression, "" if nothing says it."""

    name: str
    version: str
    licence: str
    sha256: str
    """Of the archive it was installed from, in hexadecimal; "" if it was not installed by `make`."""
    summary: str
    requires: tuple[str, ...]
    """Normalised names of the packages it needs, of those that are installed."""
    scope: Scope
    """Whether building a site needs it, only an extra does, or only building, testing or checking this package."""


def normalised(name: str) -> str:
    """A package's name as PEP 503 writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def packages() -> list[Package]:
    """Every package in this environment, sorted by name."""
    hashes = json.loads(INSTALLED.read_text(encoding="utf-8")) if INSTALLED.is_file() else {}
    installed = {normalised(row.name): row for row in metadata.distributions()}
    required = _reachable(installed, [Need(PROJECT, "")])
    optional = _reachable(installed, [Need(PROJECT, extra) for extra in EXTRAS])
    found = []
    for name, row in sorted(installed.items()):
        scope: Scope = "required" if name in required else "excluded"
        if name in optional and name not in required:
            scope = "optional"
        known = hashes.get(name, {})
        sha256 = known["sha256"] if known.get("version") == row.version else ""
        summary = row.metadata["Summary"] or ""
        requires = tuple(sorted({need.name for need in _needs(row, "")} & installed.keys()))
        found.append(Package(name, row.version, licence(row), sha256, summary, requires, scope))
    return found


class Need(NamedTuple):
    """A package that is needed, as it is or with one of its extras."""

    name: str
    extra: str


def _reachable(installed: Mapping[str, metadata.Distribution], begin: Iterable[Need]) -> set[str]:
    """The packages among those installed that are needed, directly or not."""
    seen: set[Need] = set()
    waiting = list(begin)
    while waiting:
        need = waiting.pop()
        if need not in seen and need.name in installed:
            seen.add(need)
            waiting += _needs(installed[need.name], need.extra)
    return {need.name for need in seen}


def _needs(installed: metadata.Distribution, extra: str) -> Iterator[Need]:
    """What a package needs on this machine; with an extra, what that adds as well."""
    environment = {key: str(value) for key, value in default_environment().items()}
    for row in map(Requirement, installed.requires or ()):
        if row.marker is None or row.marker.evaluate({**environment, "extra": extra}):
            for wanted in ("", *row.extras):
                yield Need(normalised(row.name), wanted)


def licence(installed: metadata.Distribution) -> str:
    """An SPDX expression for a package's licence, from its metadata or our own reading; or ""."""
    told = installed.metadata
    if told["License-Expression"]:
        return str(told["License-Expression"])
    by_hand = _READ_BY_A_PERSON.get(normalised(told["Name"]))
    if by_hand:
        return by_hand
    for classifier in told.get_all("Classifier") or ():
        kind = classifier.rpartition(" :: ")[2]
        if classifier.startswith("License ::") and kind in _FROM_CLASSIFIER:
            return _FROM_CLASSIFIER[kind]
    text = str(told["License"] or "")
    spdx = re.fullmatch(r"[A-Za-z0-9.+]+-[A-Za-z0-9.+-]+|MIT|ISC", text)
    return text if spdx else _FROM_TEXT.get(text, "")
