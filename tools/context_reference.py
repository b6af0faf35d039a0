"""Write docs/templates.md, the reference of what templates get, from site_builder/pages/contexts.py.

    python -m tools.context_reference

The module says it all: a class for each kind of page and part, a field a line, a sentence where the name is not enough.
"""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULE = ROOT / "site_builder" / "pages" / "contexts.py"
TARGET = ROOT / "docs" / "templates.md"

_HEAD = """# What templates get

Made from `site_builder/pages/contexts.py` by `python -m tools.context_reference`; a test sees to it that it is up to date. How
to use it stands in [theming.md](theming.md).

"""


def reference(source: str) -> str:
    """The reference as Markdown, of the text of the module."""
    module = ast.parse(source)
    introduction = (ast.get_docstring(module) or "").rpartition("\n")[0]
    classes = [node for node in module.body if isinstance(node, ast.ClassDef)]
    contexts = [node for node in classes if node.name.endswith("Context")]
    common = [node for node in classes if node.name in ("SiteView", "PageView")]
    parts = [node for node in classes if node not in contexts and node not in common]
    text = _HEAD + introduction + "\n"
    for title, nodes in (
        ("On every page: `site` and `page`", common),
        ("`content`, by kind of page", contexts),
        ("What they are made of", parts),
    ):
        text += f"\n## {title}\n" + "".join(map(_class, nodes))
    return text


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
    TARGET.write_text(reference(MODULE.read_text("utf-8")), "utf-8")
