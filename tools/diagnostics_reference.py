"""Write docs/diagnostics.md, the page of every code of a problem.

    python -m tools.diagnostics_reference

What a code means stands in `site_builder.diagnostics.CODES`, its example is a text case in tests/diagnostics/, and how
to mend it stands here.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner

from site_builder.cli import main
from site_builder.diagnostics import CODES
from tools.cases import Case, lay_out, read_cases

TARGET = Path(__file__).resolve().parent.parent / "docs" / "diagnostics.md"


class Entry(NamedTuple):
    """How a code is explained."""

    case: str
    """The text case that shows it, as `file: title`; "" for one in `SURROUNDINGS`."""
    mend: str


SURROUNDINGS = {
    "too-many-problems": """\
content/terms.yaml:202:1: there are more problems in this file than the 200 shown [too-many-problems]
  202 | tea: {definition: A drink.}
      | ^
      = fix these first
""",
    "missing-package": """\
content/site.yaml:1:1: warning: the search is left out [missing-package]
      = it needs Pagefind: pip install 'pagefind[bin]'
""",
    "search-failed": """\
content/site.yaml:1:1: warning: the search index can't be made: Pagefind ended before it was done [search-failed]
""",
    "undrawn-letters": """\
content/site.yaml:1:1: warning: cards/issues/tea.png is not drawn: no font at hand has the letters 𒀀𒀁 [undrawn-letters]
      = put a font that has them into fonts/, or a picture of your own into static/
""",
}
"""Messages that depend on what is installed, so no text case can show them; a test has its own way."""

GROUPS: dict[str, dict[str, Entry]] = {
    "Files": {
        "no-content": Entry(
            "files: settings alone",
            "Write a first article or issue. If there is one, run the command in the folder that holds `content/`, or name that folder with `-C`.",
        ),
        "not-utf8": Entry(
            "codes: a text in the encoding of an older program",
            "Open the file in an editor and save it again with the encoding UTF-8. A picture or a document of an office program does not belong here: save its text.",
        ),
        "control-character": Entry(
            "encoding: a zero byte",
            "Delete the character at the caret; it usually came along with pasted text. In the text of a source it is a warning: controls are left out, and a character that could not be read (U+FFFD) stays.",
        ),
        "conflict-marker": Entry(
            "conflicts: a conflict in front matter",
            "Keep the version that is right, or what is right of both, and delete the lines with the signs. In a block of code, lines that show such signs as an example are left in peace unless they are a whole conflict; then indent them by a space.",
        ),
        "file-too-large": Entry(
            "codes: a database in the folder of texts",
            "Split the file, or move what is no text of yours to another folder.",
        ),
        "large-file": Entry(
            "codes: a film in the folder of pictures",
            "Make the file smaller, or put it where large files are kept and link to it. The site is built all the same.",
        ),
        "hidden-file": Entry(
            "codes: passwords in the folder of pictures",
            "Move the file out of `static/`, or give it a name without a dot before it. Of hidden files, only `.well-known/`, `.htaccess`, `.nojekyll` and `.domains` are published; those of git and of editors stay at home without a word.",
        ),
        "outside-site": Entry(
            "codes: a link to a file elsewhere on the computer",
            "Put a copy of the file in place of the link. A site reads nothing outside its own folder.",
        ),
        "unreadable-file": Entry(
            "codes: folders within folders without end",
            "Let your account read the file or folder, give it a plain name, or move it to where fewer folders stand above it.",
        ),
        "empty-file": Entry(
            "yaml: a file of comments", "Write an entry into the file, or delete it."
        ),
        "unknown-file": Entry(
            "codes: notes beside the settings",
            "Rename the file as the message suggests, or move it out of `content/`. A file whose name begins with a dot is passed over.",
        ),
        "unknown-collection": Entry(
            "codes: a folder in the singular", "Give the folder the name of a collection."
        ),
        "bad-slug": Entry(
            "codes: a file's name with a space",
            "Rename the file or key as the message suggests: the name becomes part of the address.",
        ),
        "slug-collision": Entry(
            "codes: an issue written in two places",
            "Delete one of the two, or give it another slug.",
        ),
        "front-matter": Entry(
            "front-matter: a file without front matter",
            "Begin the file with a line `---`, then the fields, then another line `---`.",
        ),
    },
    "YAML": {
        "yaml-syntax": Entry(
            "codes: a title with a colon",
            "Do what the last line of the message says. Most often a value needs quotation marks, or a line other spaces at its beginning.",
        ),
        "yaml-feature": Entry(
            "yaml: a value is an exclamation mark and a word",
            "Quote the value if it is text; if it is not, write it out in plain fields and lists.",
        ),
        "yaml-too-deep": Entry(
            "yaml: nested too deeply in brackets",
            "Take out the brackets or aliases; no field needs more than a few levels.",
        ),
        "yaml-remark": Entry(
            "yaml: a value is cut by a comment",
            "Quote the value if `#` and what follows belong to it; if it is a remark, put a space after `#`.",
        ),
        "yaml-comma": Entry(
            "cuts: a comma in braces cuts a text",
            "Quote the text, or write each field on a line of its own, without `{ }`: there a comma is a comma.",
        ),
        "too-many-problems": Entry(
            "",
            "Mend the problems shown: the others may be gone with them. If not, they are shown next time.",
        ),
        "duplicate-key": Entry(
            "yaml: a duplicate key", "Join the two, or delete one: only one value can count."
        ),
    },
    "Fields": {
        "unknown-field": Entry(
            "codes: a slip in a field's name",
            "Correct the name, or delete the field. [writing.md](writing.md) lists the fields of each kind.",
        ),
        "missing-field": Entry(
            "codes: a term that is not defined", "Add the field; the message says what goes in it."
        ),
        "wrong-type": Entry(
            "codes: a title that is a list",
            "Write the value in the shape the message expects: text, a list or fields.",
        ),
        "bad-value": Entry(
            "fields: an actor's kind in capitals", "Choose one of the values that are allowed."
        ),
        "bad-date": Entry(
            "codes: a date as in a letter",
            "Write year, month and day with hyphens, and leave off what is not known: `2025-12-02`, `2025-12`, `2025~` for about, `unknown`.",
        ),
        "bad-url": Entry(
            "codes: an address without its beginning",
            "Write the whole address, as the browser shows it, with `https://`.",
        ),
        "bad-cite": Entry(
            "codes: a citation without quotation marks",
            'Write the slug of the source, then the exact words in quotation marks: `menu "Milk is free"`.',
        ),
        "duplicate-position": Entry(
            "references: two positions of one actor",
            "Keep the position the actor holds now, and put one held before under its `earlier`.",
        ),
    },
    "Markdown": {
        "markdown-syntax": Entry(
            "codes: a citation that is not closed",
            "Finish the link, citation or box at the caret, or put a backslash before its first character if it is plain text.",
        ),
        "bare-citation": Entry(
            "codes: a source named without brackets",
            "Put the citation in square brackets (`[@menu]`), or a backslash before the `@` if it is plain text.",
        ),
        "foreign-markup": Entry(
            "codes: markup of another program",
            "Write it as the message says, or put a backslash before its first character if readers are to see it. Code between backticks is left alone.",
        ),
        "footnote": Entry(
            "codes: a footnote that is not there",
            "Write the footnote below the text (`[^1]: …`), call it in the text (`[^1]`), or take out the one that is too many.",
        ),
        "link-definition": Entry(
            "codes: a link whose address is not defined",
            "Define the address below the text (`[map]: https://…`), or take out the definition that no link uses.",
        ),
        "table-cells": Entry(
            "codes: a cell too many",
            "Give the table another column, join the cells, or write a `|` within a cell as `\\|`.",
        ),
        "heading": Entry(
            "markup: headings that are none",
            "Put an empty line between a text and the line of hyphens below it, and take out a `##` that has no words.",
        ),
        "heading-order": Entry(
            "codes: a second title",
            "Begin headings in a text at `##`: the page shows its title itself.",
        ),
        "markdown-too-complex": Entry(
            "codes: quotations within quotations without end",
            "Split the paragraph, or delete the repeated `>` or `[`; pasted text often brings them.",
        ),
        "html-as-text": Entry(
            "codes: a tag in a text",
            "Write it as Markdown (`**hot**`), or set `html: true` in `site.yaml`.",
        ),
        "html-removed": Entry(
            "markup: HTML that is taken out",
            "Take it out, or write it in Markdown. Looks belong to the theme, ids are made by the page, and scripts and frames from elsewhere are never published.",
        ),
        "markdown-in-html": Entry(
            "markup: Markdown in a block of HTML",
            "Put an empty line before and behind the text: what stands between two tags on lines of their own is Markdown.",
        ),
        "missing-alt": Entry(
            "codes: a picture that says nothing",
            "Say between the brackets what the picture shows, for those who do not see it.",
        ),
    },
    "Links": {
        "unknown-reference": Entry(
            "codes: a slip in a link",
            "Correct the name, or write the entity it names. After a renaming, give the old slug under `redirect_from` and mend each place listed.",
        ),
        "ambiguous-reference": Entry(
            "codes: a name that two actors have",
            "Write one of the forms the message lists, such as `[[actor/anna|Smith]]`.",
        ),
        "wrong-kind": Entry(
            "codes: an issue where an actor belongs",
            "Name an entity of the kind that the field takes. If one of each kind has that name, write the kind before it: `actor/tea`.",
        ),
        "unknown-anchor": Entry(
            "codes: a link to a heading that was renamed",
            "Use one of the parts the message lists, or link to the page as a whole.",
        ),
        "hidden-reference": Entry(
            "codes: a link to a draft",
            "Publish what is linked to, or take the link out. `--drafts` shows both.",
        ),
        "expired-reference": Entry(
            "expiry: what has expired is a warning",
            "Nothing, if the words should stay: a text shows them without a link, a claim the name of who makes it, and other fields go "
            "without. Else take the reference out, or give what expired a later `expires_on`.",
        ),
        "expires-soon": Entry(
            "expiry: it never fails a strict check",
            "Nothing, if that is meant. Only `check` says it, and `--strict` does not mind.",
        ),
        "unknown-file-reference": Entry(
            "evidence: a source whose text is missing",
            "Correct the name, or put the file where the message looks for it: pictures in `static/`, texts of sources in `seeds/`.",
        ),
        "unknown-stance": Entry(
            "references: a vocabulary of the site's own",
            "Use a stance from the list, or add one under `stances` in `site.yaml`.",
        ),
        "circular-reference": Entry(
            "references: affiliations in a circle",
            "Take one link of the chain out: nothing can belong to itself, or follow itself.",
        ),
    },
    "Evidence": {
        "quote-not-found": Entry(
            "codes: a word changed in a quotation",
            "Copy the words from the source; the message shows the nearest passage. If they are your own, cite the source without words.",
        ),
        "no-source-text": Entry(
            "codes: words of a source that is not at hand",
            "Put the text of the source into `seeds/` and name it under `file`, or cite without words.",
        ),
        "uncited": Entry(
            "codes: a claim without a source",
            "Add `cite`, with the source and, where its text is at hand, its words.",
        ),
        "unused-source": Entry(
            "codes: a source nobody cites", "Cite the source where it was used, or delete it."
        ),
        "ambiguous-name": Entry(
            "codes: two actors of one name",
            "List the name under `unlinked` of every entity but the one that is meant, or leave it to links you write.",
        ),
        "date-order": Entry(
            "dates: an event dated before the one it followed",
            "Correct the date that is wrong, or the field that puts one before the other.",
        ),
    },
    "Templates and addresses": {
        "template-syntax": Entry(
            "codes: a block that is not closed",
            "Close the block or the brackets that the message names.",
        ),
        "template-error": Entry(
            "codes: a field that a template's page does not have",
            "Correct the line of the template. [templates.md](templates.md) lists what each page gets.",
        ),
        "unknown-token": Entry(
            "codes: a token of no theme",
            "Correct the name under `theme`, or delete it. [theming.md](theming.md) lists the tokens.",
        ),
        "template-missing": Entry(
            "codes: a template that does not exist",
            "Correct the name, or put the template into `templates/`.",
        ),
        "url-collision": Entry(
            "codes: a slug that an issue has now",
            "Rename one of the two, or take out the redirect: an address leads to one thing.",
        ),
    },
    "Search, sharing and reuse": {
        "missing-package": Entry(
            "", "Install the package, or take the part out of `exports` in `site.yaml`."
        ),
        "search-failed": Entry(
            "", "Build again. If it stays, install the package `pagefind[bin]` anew."
        ),
        "undrawn-letters": Entry(
            "",
            "Put a font with these letters into `fonts/`, or a picture of your own into `static/`.",
        ),
    },
}

_HEAD = """# What is wrong, and how to mend it

Made from the builder's own tests by `python -m tools.diagnostics_reference`; a test sees to it that it is up to date.

## How to read a message

```text
{text}```

The first line holds the file, the line and the column, both counted from 1; what is wrong, often with what was probably
meant; and the code in brackets. Below it stand the line itself and a caret under the place, where there is a line to
show. Lines that begin with `=` say what would be right. Messages are sorted by file and line, and all are shown at once.

An **error** stops the build: nothing is written, and the last good site stays. A **warning** begins with the word, and
does not stop it. `--strict` takes warnings for errors. **Advice** begins with that word; only `check` gives it, and `--strict`
leaves it as it is. While there are errors, `uncited` and `unused-source` are not
shown: a citation that is wrong may be their cause.

`site-builder check` exits with 0 when there is no error, with 1 when there is one, and with 2 when its own command line
is wrong. A code keeps its name between versions; the words of a message may change.

`check --format json` writes an object to standard output, whose `problems` has an object for each message:

```json
{json}```

`build` and `publish` take `--format json`, too, and add `new`, `changed` and `removed`, each with `files`, `entities` and
`addresses`, and `renamed`: [publishing.md](publishing.md) describes them. Where the site is a folder of a repository, paths
in JSON and in annotations begin at the repository's top: `GITHUB_WORKSPACE`, or the folder that holds `.git`.

`check --format github` writes workflow commands of GitHub Actions, which show each message beside its line in a pull
request; advice is a notice there:

```text
{github}```

In the examples below, `\\x0B` stands for the byte of that number.
"""


def reference() -> str:
    """The page, as Markdown."""
    cases = {case.id: case for case in read_cases()}
    sample = cases["codes: a slip in a link"]
    text = _HEAD.format(
        text=sample.expected, json=_formatted(sample, "json"), github=_formatted(sample, "github")
    )
    for group, entries in GROUPS.items():
        text += f"\n## {group}\n"
        for code, entry in entries.items():
            text += f"\n### {code}\n\n{CODES[code]}\n\n"
            if entry.case:
                text += _example(cases[entry.case], code)
            else:
                text += _fenced(SURROUNDINGS[code])
            text += f"**To mend it:** {entry.mend}\n"
    return text


def _formatted(case: Case, style: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        lay_out(case, Path(folder))
        root = Path(folder)
        result = CliRunner().invoke(main, ["-C", str(root), "check", "--format", style])
        return result.stdout


def _example(case: Case, code: str) -> str:
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
