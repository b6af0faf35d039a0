"""Write docs/diagnostics.md, the page of every code of a problem.

    python -m tools.diagnostics_reference

`site_builder.diagnostics.CODES` says what a code means, a text case in tests/diagnostics/ is its example, and
`tools.diagnostics_entries` says what to do about it.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from click.testing import CliRunner

from site_builder.cli import main
from site_builder.content.linting import RULES
from site_builder.diagnostics import CODES
from tools.cases import LINT, Case, lay_out, read_cases
from tools.diagnostics_entries import GROUPS, SURROUNDINGS

TARGET = Path(__file__).resolve().parent.parent / "docs" / "diagnostics.md"


_HEAD = """# What is wrong, and what to do

`python -m tools.diagnostics_reference` makes this page from the builder's own tests; a test keeps it up to date.

## How to read a message

```text
{text}```

The first line has the file, the line and the column, both counted from 1; then what is wrong, often with what was probably
meant; then the code in brackets. Below it is the line itself, with a caret at the place. Lines that begin with `=` say
what would be right. Messages are sorted by file and line, and all of them are shown at once.

An **error** stops the build: nothing is written, and the last good site stays. A **warning** begins with that word and
does not stop the build. `--strict` treats warnings as errors. **Advice** begins with that word; only `check` gives it, and
`--strict` ignores it. While there are errors, `uncited` and `unused-source` are not
shown, because a wrong citation may be their cause.

`site-builder check` exits with 0 if there is no error, with 1 if there is one, and with 2 if its own command line
is wrong. Codes do not change between versions; the words of a message may.

Warnings and advice can be allowed, and have levels that a site can set: see [linting.md](linting.md).

`check --format json` writes an object to standard output, whose `problems` has an object for each message:

```json
{json}```

`build` and `publish` have `--format json`, too. They add `new`, `changed` and `removed`, each with `files`, `entities` and
`addresses`, and `renamed`: see [publishing.md](publishing.md#for-programs). If the site is a folder of a repository, paths
in JSON and in annotations begin at the top of the repository: `GITHUB_WORKSPACE`, or the folder with `.git`.

`check --format github` writes workflow commands of GitHub Actions, which show each message at its line in a pull
request; advice becomes a notice there. `check --format sarif` writes
SARIF 2.1.0, for code scanners; advice is a note there:

```text
{github}```

In the examples below, `\\x0B` is the byte with that number.
"""


def reference() -> str:
    """The page, as Markdown."""
    cases = {case.id: case for case in [*read_cases(), *read_cases(LINT)]}
    sample = cases["codes: a slip in a link"]
    text = _HEAD.format(
        text=sample.expected, json=_formatted(sample, "json"), github=_formatted(sample, "github")
    )
    for group, entries in GROUPS.items():
        text += f"\n## {group}\n"
        for code, entry in entries.items():
            text += f"\n### {code}\n\n{CODES[code]}\n\n"
            if entry.case:
                text += example(cases[entry.case], code)
            else:
                text += _fenced(SURROUNDINGS[code])
            text += f"**What to do:** {entry.advice}\n"
    rules = ", ".join(f"`{code}`" for code, rule in sorted(RULES.items()) if rule.by_lint)
    return (
        text
        + f"\n## The lint\n\n[What a second reader would say](linting.md) has an example of each: {rules}.\n"
    )


def _formatted(case: Case, style: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        lay_out(case, Path(folder))
        root = Path(folder)
        result = CliRunner().invoke(main, ["-C", str(root), "check", "--format", style])
        return result.stdout


def example(case: Case, code: str) -> str:
    """The files of a case, and those of its messages that have the code."""
    text = f"For example, {case.title}:\n\n"
    for section in case.sections:
        name, _, options = section.name.partition(" (")
        if name in ("diagnostics", "command") or name.startswith("no "):
            continue
        if " -> " in name:
            path, _, target = name.partition(" -> ")
            text += f"`{path}`, a symbolic link to `{target}`\n\n"
        elif "times " in options:
            text += f"`{name}`, of many millions of characters\n\n"
        elif not section.text or len(name) > 100:
            text += "" if len(name) > 100 else f"`{name}`, a file\n\n"
        else:
            text += f"`{name}`:\n\n{_fenced(section.text, _language(name))}"
    return text + "The builder says:\n\n" + _fenced(messages(case.expected, code))


def messages(shown: str, code: str) -> str:
    """Those of the messages that have the code."""
    blocks = re.split(r"\n(?=\S)", shown)
    found = [block for block in blocks if f"[{code}]" in block.partition("\n")[0]]
    return "\n".join(block.rstrip("\n") + "\n" for block in found)


def _language(name: str) -> str:
    suffix = name.rpartition(".")[2]
    return {"md": "markdown", "yaml": "yaml", "html": "jinja"}.get(suffix, "text")


def _fenced(text: str, language: str = "text") -> str:
    return f"```{language}\n{text}```\n\n"


if __name__ == "__main__":
    TARGET.write_text(reference(), "utf-8")
