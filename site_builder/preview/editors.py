"""Links that open a file in the writer's editor, at a line.

An editor is an address with `{path}`, `{line}` and `{column}` in it. It is chosen by `--editor`, then by
`$VISUAL` or `$EDITOR` if links can open that editor; the default is VS Code.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from urllib.parse import quote, urlsplit

from site_builder.diagnostics import Location
from site_builder.faults import Fault
from site_builder.reading.themes import default_theme
from site_builder.text.guesses import nearest

EDITORS: Mapping[str, str] = {
    "vscode": "vscode://file{path}:{line}:{column}",
    "vscode-insiders": "vscode-insiders://file{path}:{line}:{column}",
    "vscodium": "vscodium://file{path}:{line}:{column}",
    "cursor": "cursor://file{path}:{line}:{column}",
    "windsurf": "windsurf://file{path}:{line}:{column}",
    "zed": "zed://file{path}:{line}:{column}",
    "sublime": "subl://open?url=file://{path}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{path}&line={line}&column={column}",
    "bbedit": "x-bbedit://open?url=file://{path}&line={line}&column={column}",
    "idea": "idea://open?file={path}&line={line}&column={column}",
    "pycharm": "pycharm://open?file={path}&line={line}&column={column}",
    "webstorm": "webstorm://open?file={path}&line={line}&column={column}",
    "emacs": "emacs://open?url=file://{path}&line={line}&column={column}",
    "mvim": "mvim://open?url=file://{path}&line={line}&column={column}",
    "none": "",
}
"""Addresses by the name used in `--editor`."""

COMMANDS: Mapping[str, str] = {
    "code": "vscode",
    "code-insiders": "vscode-insiders",
    "codium": "vscodium",
    "cursor": "cursor",
    "windsurf": "windsurf",
    "zed": "zed",
    "zeditor": "zed",
    "subl": "sublime",
    "mate": "textmate",
    "bbedit": "bbedit",
    "idea": "idea",
    "pycharm": "pycharm",
    "webstorm": "webstorm",
    "mvim": "mvim",
}
"""Names in `EDITORS` by the command in `$VISUAL`."""


@dataclass(frozen=True)
class Editor:
    """Makes links for the files of a site. `address` is "" for no links."""

    root: Path
    address: str

    def link(self, location: Location) -> str:
        """The link that opens a place in the editor; "" if there are no links."""
        if not self.address:
            return ""
        theme = "<default theme>/"
        if location.path.startswith(theme):
            file = default_theme() / location.path.removeprefix(theme)
        else:
            file = self.root / location.path
        if not file.is_file():
            return ""
        path = quote(file.absolute().as_posix())
        return self.address.format(path=path, line=location.line, column=location.column)


def choose_editor(choice: str | None, environment: Mapping[str, str]) -> str:
    """The address of the chosen editor. Raises `Fault` if it is unknown or malformed."""
    if choice is None:
        command = environment.get("VISUAL") or environment.get("EDITOR") or ""
        program = PurePath(command.split()[0]).name if command.split() else ""
        return EDITORS[COMMANDS.get(program, "vscode")]
    if choice in EDITORS:
        return EDITORS[choice]
    if "{path}" not in choice:
        guess = nearest(choice, EDITORS)
        hint = f" (did you mean '{guess[0]}'?)" if guess else ""
        raise Fault(
            f"there is no editor '{choice}'{hint}. Use one of {', '.join(EDITORS)}, or an "
            "address such as 'myeditor://open?file={path}&line={line}'"
        )
    try:
        fields = {name for _, name, _, _ in string.Formatter().parse(choice) if name is not None}
        made = choice.format(path="/x", line=1, column=1)
    except (ValueError, KeyError, IndexError, AttributeError):
        fields, made = {""}, ""
    if fields - {"path", "line", "column"}:
        raise Fault(
            "an editor's address can contain {path}, {line} and {column}, but no other braces"
        )
    if urlsplit(made).scheme in ("", "javascript", "data", "vbscript"):
        raise Fault(
            "an editor's address must begin with the editor's scheme, such as vscode://file{path}"
        )
    return choice
