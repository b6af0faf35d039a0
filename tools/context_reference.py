"""Write docs/templates.md, the reference of what templates get, from the classes in site_builder/pages/.

    python -m tools.context_reference

The classes say it all: one for each kind of page and part, a field a line, a sentence where the name is not enough.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "site_builder" / "pages"
MORE = tuple(ROOT / "site_builder" / "exports" / name for name in ("card_rows.py", "cards.py"))
"""Modules elsewhere that make values for templates."""
TARGET = ROOT / "docs" / "templates.md"

_HEAD = """# What templates get

Made from the classes in `site_builder/pages/` by `python -m tools.context_reference`; a test keeps it up to date. How to
use them is in [theming.md](theming.md).

"""
_COMMON = ("SiteView", "PageView", "NoteView", "Card")
"""What every page has."""


def reference() -> str:
    """The reference as Markdown."""
    introduction = ast.get_docstring(_parsed(PAGES / "__init__.py")) or ""
    classes = {node.name: node for path in _modules() for node in _views(_parsed(path))}
    common = [classes[name] for name in _COMMON]
    contexts = [node for name, node in classes.items() if name.endswith("Context")]
    parts = [node for node in classes.values() if node not in (*common, *contexts)]
    text = _HEAD + introduction + "\n"
    for title, nodes in (
        ("On every page: `site`, `page`, `notes` and `cards`", common),
        ("`content`, by kind of page", sorted(contexts, key=_name)),
        ("What they are made of", sorted(parts, key=_name)),
    ):
        text += f"\n## {title}\n" + "".join(map(_class, nodes))
    return text


def _name(node: ast.ClassDef) -> str:
    return node.name


def _modules() -> list[Path]:
    return [*sorted(PAGES.rglob("*.py")), *MORE]


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def _views(module: ast.Module) -> Iterator[ast.ClassDef]:
    """The classes of a module that templates see."""
    for node in module.body:
        if isinstance(node, ast.ClassDef) and (
            node.name == "Card" or node.name.endswith(("View", "Context"))
        ):
            yield node


def _class(node: ast.ClassDef) -> str:
    lines = [f"\n### {node.name}\n", "\n", ast.get_docstring(node) or "", "\n\n"]
    lines += ["| field | is | |\n", "|---|---|---|\n"]
    for index, field in enumerate(node.body):
        if not isinstance(field, ast.AnnAssign) or not isinstance(field.target, ast.Name):
            continue
        kind = ast.unparse(field.annotation).replace("|", "\\|")
        lines.append(f"| `{field.target.id}` | `{kind}` | {_sentence(node.body, index)} |\n")
    return "".join(lines)


def _sentence(body: list[ast.stmt], index: int) -> str:
    """The text under a field, if there is one."""
    following = body[index + 1] if index + 1 < len(body) else None
    if not isinstance(following, ast.Expr) or not isinstance(following.value, ast.Constant):
        return ""
    return " ".join(str(following.value.value).split()).replace("|", "\\|")


if __name__ == "__main__":
    TARGET.write_text(reference(), "utf-8")
