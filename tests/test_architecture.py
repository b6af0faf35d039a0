"""The table in ARCHITECTURE.md: who imports whom, and who uses which library."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Set
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


# --- sizes -------------------------------------------------------------------------------------

MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 60
MOST_IMPORTS = 15

TOO_LONG = frozenset((
    "build", "content.models", "links.graph", "links.linking",
))  # fmt: skip
"""Modules of more lines. Whoever shortens one takes it off; nobody adds one."""
FUNCTIONS_TOO_LONG = frozenset(("build.Builder.render", "build.Builder._render"))  # fmt: skip
TOO_MANY_IMPORTS = frozenset((
    "build", "content.library", "content.loading", "exports.exporting", "links.linking",
))  # fmt: skip
IN_CYCLES: frozenset[str] = frozenset()


def test_modules_are_short() -> None:
    long = {name for name, module in MODULES.items() if len(module.lines) > MOST_LINES}

    assert long <= TOO_LONG, f"split {sorted(long - TOO_LONG)}"


def test_functions_are_short() -> None:
    long = {
        f"{name}.{function}"
        for name, module in MODULES.items()
        for function, lines in functions_of(module.tree)
        if lines > MOST_LINES_OF_A_FUNCTION
    }

    assert long <= FUNCTIONS_TOO_LONG, f"split {sorted(long - FUNCTIONS_TOO_LONG)}"


def test_modules_import_few_of_ours() -> None:
    # `values` is as basic as `typing`.
    many = {
        name
        for name, module in MODULES.items()
        if len(set(module.imports) - {"values"}) > MOST_IMPORTS
    }

    assert many <= TOO_MANY_IMPORTS, f"split {sorted(many - TOO_MANY_IMPORTS)}"


def test_no_imports_go_in_a_circle() -> None:
    """Imports under `TYPE_CHECKING` and those within functions count."""
    graph = {name: module.imports for name, module in MODULES.items()}
    circular = {name for name in graph if name in reachable(graph, name)}

    assert circular <= IN_CYCLES, f"imports go in a circle: {sorted(circular - IN_CYCLES)}"


class Module(NamedTuple):
    """A module of ours: its lines, what it parses to, and the modules of ours that it imports."""

    lines: list[str]
    tree: ast.Module
    imports: frozenset[str]


def modules() -> dict[str, Module]:
    """All modules by name, without `site_builder.`; the package itself is "" and has no part in this."""
    files = {name_of_module(file): file for file in sorted(PACKAGE.rglob("*.py"))}
    found = {}
    for name, file in files.items():
        text = file.read_text(encoding="utf-8")
        tree = ast.parse(text)
        imports = frozenset(imported_names(tree, files.keys())) & files.keys() - {name, ""}
        found[name] = Module(text.splitlines(), tree, frozenset(imports))
    return found


def name_of_module(file: Path) -> str:
    name = ".".join(file.relative_to(PACKAGE).with_suffix("").parts)
    return name.removesuffix("__init__").removesuffix(".")


def imported_names(tree: ast.Module, known: Set[str]) -> Iterator[str]:
    """What a module imports of ours; of a package, the `known` modules that it names or else the package."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.removeprefix("site_builder.") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("site_builder"):
            package = (node.module or "").removeprefix("site_builder").removeprefix(".")
            for alias in node.names:
                name = f"{package}.{alias.name}".removeprefix(".")
                yield name if name in known else package


def functions_of(tree: ast.AST, within: str = "") -> Iterator[tuple[str, int]]:
    """The functions of a module, those of classes and functions too, and how many lines each has."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            name = f"{within}{node.name}"
            if not isinstance(node, ast.ClassDef):
                yield name, (node.end_lineno or 0) - node.lineno + 1
            yield from functions_of(node, f"{name}.")


def reachable(graph: Mapping[str, Iterable[str]], start: str) -> set[str]:
    """What can be reached from a module by imports: it is among them only if it is part of a circle."""
    found: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += graph[name]
    return found


MODULES = modules()
