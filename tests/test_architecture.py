"""The table in ARCHITECTURE.md: who imports whom, and who uses which library."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "site_builder"


class Imports(NamedTuple):
    """What a package or module imports: of ours, and of others'."""

    ours: set[str]
    libraries: set[str]


def test_imports_are_those_of_the_table() -> None:
    assert imports_in_the_code() == table(), "mend the code, or the table in ARCHITECTURE.md"


def test_each_row_imports_rows_above_it_only() -> None:
    above: set[str] = set()
    for name, row in table().items():
        assert row.ours <= above, f"'{name}' imports {sorted(row.ours - above)} from below it"
        above.add(name)


def table() -> dict[str, Imports]:
    """The table in ARCHITECTURE.md, in its order."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    section = text.partition("\n## Who may import whom\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \|(.*)\|(.*)\|$", section, re.MULTILINE)
    return {name: Imports(names(ours), names(libraries)) for name, ours, libraries in rows}


def names(cell: str) -> set[str]:
    return set(re.findall(r"\w+", cell))


def imports_in_the_code() -> dict[str, Imports]:
    found: dict[str, Imports] = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        place = file.relative_to(PACKAGE)
        owner = place.parts[0].removesuffix(".py")
        if owner == "__init__":
            continue
        row = found.setdefault(owner, Imports(set(), set()))
        for module in modules_imported_by(file):
            top, *below = module.split(".")
            if top != "site_builder":
                row.libraries.update({top} - sys.stdlib_module_names)
            elif below:
                row.ours.update({below[0]} - {owner})
    return found


def modules_imported_by(file: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in it; `from package import name` as both may be."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "site_builder":
            yield from (
                f"site_builder.{alias.name}" for alias in node.names if is_module(alias.name)
            )
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def is_module(name: str) -> bool:
    return (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file()
