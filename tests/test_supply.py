"""What is installed is locked, declared and licensed, and can be listed and audited."""

from __future__ import annotations

import ast
import itertools
import json
import re
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from tools import audit, inventory, licences, sbom
from tools.inventory import Package, normalised
from tools.lock import BUILD, DEV, RUNTIME

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LINE = re.compile(r"[a-z0-9.-]+==[A-Za-z0-9.!+]+(?: ; [a-z_]+ [!=<>]+ '[\w.*]+'(?: and .*)?)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")


# --- locked ----------------------------------------------------------------------------------


@pytest.mark.parametrize("lock", [BUILD, RUNTIME, DEV])
def test_locks_pin_versions_with_hashes_and_name_no_address(lock: str) -> None:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# Made by 'make lock'")
    strange = [line for line in lines[1:] if not LINE.fullmatch(line) and not HASH.fullmatch(line)]
    unhashed = [
        line
        for line, below in itertools.pairwise(lines)
        if LINE.fullmatch(line) and not HASH.fullmatch(below)
    ]

    assert (strange, unhashed) == ([], [])


def test_every_declared_dependency_is_pinned_alike_in_all_locks() -> None:
    build, runtime, dev = (pins(name) for name in (BUILD, RUNTIME, DEV))
    declared = {name_of(text) for text in PROJECT["dependencies"]}
    extras = PROJECT["optional-dependencies"].values()
    declared_extra = {name_of(text) for extra in extras for text in extra} - {"site-builder"}

    assert declared - runtime.keys() == set()
    assert declared_extra - dev.keys() == set()
    assert runtime.items() <= dev.items()
    assert {name: dev.get(name, version) for name, version in build.items()} == build


def test_npm_lock_has_a_digest_of_every_package_and_no_address() -> None:
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    found = json.loads(text)["packages"]
    without = [name for name, row in found.items() if name and "integrity" not in row]

    assert '"resolved"' not in text
    assert without == []


# --- declared --------------------------------------------------------------------------------


def test_what_the_package_imports_is_declared() -> None:
    declared = {name_of(text) for text in PROJECT["dependencies"]}
    for extra in inventory.EXTRAS:
        declared |= {name_of(text) for text in PROJECT["optional-dependencies"][extra]}
    assert imported(ROOT / "site_builder") - declared == set()


def test_what_tests_and_tools_import_is_declared() -> None:
    declared = {name_of(text) for text in PROJECT["dependencies"]}
    for texts in PROJECT["optional-dependencies"].values():
        declared |= {name_of(text) for text in texts}
    found = (
        imported(ROOT / "tests") | imported(ROOT / "tools") | imported(ROOT / "bench" / "run.py")
    )
    assert found - declared == set()


def imported(folder: Path) -> set[str]:
    """Normalised names of the distributions whose modules are imported in a folder or file."""
    owners = metadata.packages_distributions()
    files = [folder] if folder.is_file() else sorted(folder.rglob("*.py"))
    found: set[str] = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [node.module] if isinstance(node, ast.ImportFrom) and not node.level else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for top in {name.partition(".")[0] for name in names if name}:
                if top not in sys.stdlib_module_names:
                    found |= {normalised(owner) for owner in owners.get(top, ())}
    return found


# --- licensed --------------------------------------------------------------------------------


def test_the_page_of_licences_is_that_of_the_installed_packages() -> None:
    assert licences.PAGE.read_text(encoding="utf-8") == licences.page(), "python -m tools.licences"


def test_fonts_are_shipped_with_their_licence() -> None:
    for text in (
        ROOT / "templates/static/newsreader-licence.txt",
        ROOT / "site_builder/exports/fonts/literata-licence.txt",
    ):
        assert "SIL OPEN FONT LICENSE Version 1.1" in text.read_text(encoding="utf-8")


# --- the bill of materials -------------------------------------------------------------------


def test_the_bill_lists_every_installed_package_with_hash_and_licence(tmp_path: Path) -> None:
    file = tmp_path / "sbom.json"
    assert sbom.main([str(file)]) == 0
    bill = json.loads(file.read_text(encoding="utf-8"))
    listed = {row["name"]: row["version"] for row in bill["components"]}
    installed = {normalised(row.name): row.version for row in metadata.distributions()}

    assert {**listed, "site-builder": PROJECT_VERSION} == installed
    for row in bill["components"]:
        assert re.fullmatch("[0-9a-f]{64}", row["hashes"][0]["content"]), row["name"]
        assert row["licenses"][0]["expression"], row["name"]
        assert f"--hash=sha256:{row['hashes'][0]['content']}" in ALL_LOCKS, row["name"]


def test_the_bill_tells_what_building_a_site_needs_from_what_tests_need(tmp_path: Path) -> None:
    file = tmp_path / "sbom.json"
    assert sbom.main([str(file)]) == 0
    scopes = {
        row["name"]: row["scope"]
        for row in json.loads(file.read_text(encoding="utf-8"))["components"]
    }
    assert {name for name, scope in scopes.items() if scope == "required"} == set(pins(RUNTIME))
    assert (scopes["nh3"], scopes["boto3"], scopes["urllib3"]) == ("optional",) * 3
    assert (scopes["pytest"], scopes["hatchling"], scopes["pip"]) == ("excluded",) * 3


def test_two_bills_of_one_environment_are_equal() -> None:
    assert sbom.document(inventory.packages()) == sbom.document(inventory.packages())


def test_a_bill_with_something_missing_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sbom, "packages", lambda: [Package("x", "1", "", "", "", (), "required")])
    file = tmp_path / "sbom.json"

    assert sbom.main([str(file)]) == 1
    assert not file.exists()
    assert capsys.readouterr().out.splitlines() == [
        "x: its licence is not known",
        "x: its hash is not known",
        "'make clean' and 'make sbom' install all packages anew",
    ]


PROJECT_VERSION = metadata.version("site-builder")
ALL_LOCKS = "".join((ROOT / lock).read_text(encoding="utf-8") for lock in (BUILD, RUNTIME, DEV))


# --- the audit -------------------------------------------------------------------------------


def advisory(*ranges: list[dict[str, str]], **more: Any) -> dict[str, Any]:
    affected = {
        "package": {"ecosystem": "PyPI", "name": "Jinja2"},
        "ranges": [{"type": "ECOSYSTEM", "events": events} for events in ranges],
        **more.pop("affected", {}),
    }
    return {"id": "X-1", "summary": "It breaks.", "affected": [affected], **more}


@pytest.mark.parametrize(
    ("version", "events", "affected"),
    [
        ("3.1.5", [{"introduced": "0"}, {"fixed": "3.1.6"}], True),
        ("3.1.6", [{"introduced": "0"}, {"fixed": "3.1.6"}], False),
        ("3.1.6rc1", [{"introduced": "0"}, {"fixed": "3.1.6"}], True),
        ("0.0.dev1", [{"introduced": "0"}, {"fixed": "1"}], True),
        ("3.10", [{"introduced": "3.9"}, {"fixed": "3.11"}], True),  # not by letters
        ("3.1.6", [{"introduced": "3.1.6"}], True),
        ("3.1.5", [{"introduced": "3.1.6"}], False),
        ("3.1.6", [{"introduced": "3"}, {"last_affected": "3.1.6"}], True),
        ("3.1.6.post1", [{"introduced": "3"}, {"last_affected": "3.1.6"}], False),
        ("2.5", [{"fixed": "2"}, {"introduced": "2.4"}, {"introduced": "0"}], True),
        ("2.1", [{"introduced": "0"}, {"fixed": "2"}, {"introduced": "2.4"}], False),
        ("2.1", [{"introduced": "0"}, {"limit": "2"}], False),
        ("1.9", [{"introduced": "0"}, {"limit": "2"}], True),
    ],
)
def test_a_range_begins_and_ends_where_its_events_say(
    version: str, events: list[dict[str, str]], affected: bool
) -> None:
    (row,) = advisory(events)["affected"]
    assert audit.is_affected(version, row) is affected


def test_listed_versions_are_affected_however_they_are_written() -> None:
    assert audit.is_affected("1.0", {"versions": ["1.0.0"]})
    assert audit.is_affected("weird", {"versions": ["weird"]})
    assert not audit.is_affected("1.1", {"versions": ["1.0.0", "weird"]})


def test_ranges_of_commits_say_nothing_of_versions() -> None:
    row = {"ranges": [{"type": "GIT", "events": [{"introduced": "0"}]}]}
    assert not audit.is_affected("1.0", row)


def run_audit(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    code = audit.main([str(path)])
    return code, capsys.readouterr().out.splitlines()


def test_a_finding_names_package_lock_advisory_and_fix(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    version = pins(RUNTIME)["jinja2"]
    events = [{"introduced": "0"}, {"fixed": "99.1"}, {"introduced": "100"}, {"fixed": "101"}]
    file = tmp_path / "a.json"
    file.write_text(json.dumps(advisory(events, aliases=["CVE-1"])))
    assert run_audit(file, capsys) == (
        1,
        [
            f"jinja2 {version} (requirements.lock): X-1 CVE-1 It breaks.; fixed in 99.1",
            "1 findings; 1 advisories were compared",
        ],
    )


def test_nothing_affected_is_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "one.json").write_text(
        json.dumps({"vulns": [advisory([{"introduced": "0"}, {"fixed": "0.1"}])]})
    )
    withdrawn = advisory([{"introduced": "0"}], withdrawn="2026-01-01T00:00:00Z")
    (tmp_path / "two.json").write_text(json.dumps([withdrawn]))
    assert run_audit(tmp_path, capsys) == (0, ["0 findings; 2 advisories were compared"])


def test_an_archive_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("X-1.json", json.dumps(advisory([{"introduced": "0"}])))
    assert run_audit(archive, capsys)[0] == 1


@pytest.mark.parametrize(
    "content",
    [
        None,
        "",
        "[]",
        "{}",
        '{"vulns": []}',
        '{"id": "X", "affected": [{"package": {"ecosystem": "npm", "name": "jinja2"}}]}',
        '{"id": "X", "affected": [{"package": {"ecosystem": "PyPI"}}]}',
        "no json",
        "[1]",
    ],
)
def test_without_a_usable_advisory_it_is_2_and_no_data(
    content: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "advisories.json"
    if content is not None:
        file.write_text(content)
    assert run_audit(file, capsys) == (
        2,
        [f"no data: {file} holds no advisory for a Python package"],
    )


def test_a_file_that_can_not_be_read_is_never_0(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "good.json").write_text(json.dumps(advisory([{"introduced": "99"}])))
    (tmp_path / "bad.json").write_text("{")
    assert run_audit(tmp_path, capsys)[0] == 2


def test_without_an_argument_it_is_2_and_no_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert audit.main([]) == 2
    assert capsys.readouterr().out.startswith("no data:")


def name_of(requirement: str) -> str:
    return normalised(re.split(r"[\[<>=~! ;]", requirement, maxsplit=1)[0])


def pins(lock: str) -> dict[str, str]:
    """Normalised names and versions of a lock file, those for other systems left out."""
    found = {}
    for line in (ROOT / lock).read_text(encoding="utf-8").splitlines():
        name, equal, rest = line.partition("==")
        if equal and not line.startswith("#") and "win32" not in line:
            found[normalised(name)] = rest.split()[0]
    return found
