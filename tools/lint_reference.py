"""Write docs/linting.md, the page of the rules of the lint.

    python -m tools.lint_reference

What a rule finds and leaves alone is from the text cases of its file in tests/lint/, which the tests run.
"""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

from site_builder.content.linting import RULES, Rule, RuleSettings
from site_builder.content.shape import shape_of
from site_builder.diagnostics import CODES
from tools.cases import LINT, Case, read_cases
from tools.diagnostics_reference import example

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "linting.md"

_HEAD = """# What a second reader would say

`python -m tools.lint_reference` makes this page from the rules and their tests; a test keeps it up to date.

`site-builder check` and the preview read the site again as a second reader would: they look for what can be built and is
probably wrong all the same. `build` does not, except for rules that the site raises to errors.

| level | what it means | what it stops |
|---|---|---|
| error | certainly wrong | every build |
| warning | nearly always a mistake | `check --strict` |
| advice | worth a look | nothing |

Rules that know the words of a language are silent on sites in other languages: so far they know English.

## Settings

`lint` in `content/site.yaml` gives a rule another level, or turns it off. A rule that is off until asked for takes a limit:

```yaml
lint:
  one-sided: off
  note-left: error
  uncited-prose:
    at_least: 60%
    level: warning
```

`check --only CODE` shows one kind of warning or advice, `check --no-advice` leaves advice out, and `check --format sarif` is
for code scanners.

## Allowing one case

Write the reason beside it, in a comment at the end of its line, or alone on the line above it. In YAML, the comment allows
what is found in the field, item or entity that begins there; in a text, in the paragraph that it stands in or above:

```yaml
# allow one-sided: nobody else was at the meeting
positions:
  - actor: town
    stance: supports
```

```markdown
<!-- allow note-left: TODO is the name of the band -->
TODO played at the mill.
```

Where no comment can stand, the settings can name the entity or the file:

```yaml
lint:
  allow:
    - code: unused-actor
      where: actor/big-tech
      because: Named in the next chapter.
```

What stops a build can't be allowed, unless a setting made it an error. `allow-without-reason` and `allow-unused` are warnings;
`check` counts what is allowed, and `site-builder report` lists it.
"""


def reference() -> str:
    """The page, as Markdown."""
    cases = read_cases(LINT)
    text = _HEAD + "\n## Rules\n"
    for code, rule in sorted(RULES.items()):
        if rule.by_lint:
            text += _section(code, rule, [case for case in cases if case.file.stem == code])
    others = ", ".join(f"`{code}`" for code, rule in sorted(RULES.items()) if not rule.by_lint)
    return text + (
        "\n## Found by every build\n\n"
        f"These have levels, too, and can be allowed: {others}. [What is wrong, and what to do](diagnostics.md) explains them.\n"
    )


def _section(code: str, rule: Rule, cases: list[Case]) -> str:
    level = "off until asked for" if rule.level == "off" else rule.level
    text = f"\n### {code}\n\n{CODES[code]} Level: {level}.{_limits(rule)}\n"
    said = _said(code)
    text += f"\n{said}\n" if said else ""
    fires = next(case for case in cases if not case.title.startswith("nothing"))
    text += f"\n{example(_whole(fires), code)}"
    silent = [
        case.title.removeprefix("nothing: ") for case in cases if case.title.startswith("nothing")
    ]
    return text + "It finds nothing here:\n\n" + "".join(f"- {title}\n" for title in silent)


def _whole(case: Case) -> Case:
    """A case with the files that all cases of its file share, but for the settings."""
    rows = {row.name: row for row in (*case.base, *case.sections)}
    if rows["content/site.yaml"] in case.base:
        del rows["content/site.yaml"]
    return replace(case, sections=tuple(rows.values()))


def _limits(rule: Rule) -> str:
    usual = {shape.name for shape in shape_of(RuleSettings)}
    rows = [shape for shape in shape_of(rule.settings) if shape.name not in usual]
    return "".join(
        f" Its limit is `{row.name}`: {row.description[0].lower()}{row.description[1:]}"
        for row in rows
    )


def _said(code: str) -> str:
    """What the docstring of a rule's module says below its first line."""
    file = ROOT / "site_builder" / "lint" / "rules" / f"{code.replace('-', '_')}.py"
    text = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
    return text.partition("\n\n")[2]


if __name__ == "__main__":
    TARGET.write_text(reference(), "utf-8")
