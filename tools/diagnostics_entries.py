"""What to do about each code of a finding, and the case that shows it: the entries of docs/diagnostics.md."""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """How a code is explained."""

    case: str
    """The text case that shows it, as `file: title`; "" for one in `SURROUNDINGS`."""
    advice: str
    """What to do about it."""


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
content/site.yaml:1:1: warning: cards/issues/tea.png is not drawn: no installed font has the letters 𒀀𒀁 [undrawn-letters]
      = put a font that has them into fonts/, or your own picture into static/
""",
}
"""Messages that depend on what is installed, so no text case can show them; a test checks them."""

GROUPS: dict[str, dict[str, Entry]] = {
    "Files": {
        "no-content": Entry(
            "files: settings alone",
            "Write a first article or issue. If there is one, run the command in the folder that contains `content/`, or name that folder with `-C`.",
        ),
        "not-utf8": Entry(
            "codes: a text in the encoding of an older program",
            "Open the file in an editor and save it again with the encoding UTF-8. A picture or an office document does not belong here: save its text instead.",
        ),
        "control-character": Entry(
            "encoding: a zero byte",
            "Delete the character at the caret; it usually comes from pasted text. In the text of a source it is a warning: control characters are left out, and a character that could not be read (U+FFFD) stays.",
        ),
        "conflict-marker": Entry(
            "conflicts: a conflict in front matter",
            "Keep the right version, or what is right in both, and delete the lines with the markers. In a block of code, such lines are allowed as an example, unless they are a whole conflict; then indent them by a space.",
        ),
        "file-too-large": Entry(
            "codes: a database in the folder of texts",
            "Split the file, or move it to another folder if you did not write it.",
        ),
        "large-file": Entry(
            "codes: a film in the folder of pictures",
            "Make the file smaller, or put it on a host for large files and link to it. The site is built anyway.",
        ),
        "hidden-file": Entry(
            "codes: passwords in the folder of pictures",
            "Move the file out of `static/`, or give it a name without a dot before it. Of hidden files, only `.well-known/`, `.htaccess`, `.nojekyll` and `.domains` are published; files of git and of editors are left out without a warning.",
        ),
        "outside-site": Entry(
            "codes: a link to a file elsewhere on the computer",
            "Replace the link by a copy of the file. A site reads nothing outside its own folder.",
        ),
        "unreadable-file": Entry(
            "codes: folders within folders without end",
            "Allow your account to read the file or folder, give it a plain name, or move it up so that it is inside fewer folders.",
        ),
        "empty-file": Entry(
            "yaml: a file of comments", "Write an entry into the file, or delete it."
        ),
        "unknown-file": Entry(
            "codes: notes beside the settings",
            "Rename the file as the message suggests, or move it out of `content/`. A file whose name begins with a dot is ignored.",
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
            "Do what the last line of the message says. Most often a value needs quotation marks, or a line needs other spaces at its beginning.",
        ),
        "yaml-feature": Entry(
            "yaml: a value is an exclamation mark and a word",
            "Put quotation marks around the value if it is text; otherwise write it as plain fields and lists.",
        ),
        "yaml-too-deep": Entry(
            "yaml: nested too deeply in brackets",
            "Remove the brackets or aliases; no field needs more than a few levels.",
        ),
        "yaml-remark": Entry(
            "yaml: a value is cut by a comment",
            "Put quotation marks around the value if `#` and what follows belong to it; if it is a comment, put a space after `#`.",
        ),
        "yaml-comma": Entry(
            "cuts: a comma in braces cuts a text",
            "Put quotation marks around the text, or write each field on a line of its own, without `{ }`: there a comma is only a comma.",
        ),
        "too-many-problems": Entry(
            "",
            "Correct the problems that are shown: the others may disappear with them. If not, they are shown next time.",
        ),
        "duplicate-key": Entry(
            "yaml: a duplicate key", "Join the two, or delete one: a field has only one value."
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
            "Write the value in the form that the message names: text, a list or fields.",
        ),
        "bad-value": Entry(
            "fields: an actor's kind in capitals", "Choose one of the values that are allowed."
        ),
        "bad-date": Entry(
            "codes: a date as in a letter",
            "Write year, month and day with hyphens, and leave out what is not known: `2025-12-02`, `2025-12`, `2025~` for about, `unknown`.",
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
            "Keep the position that the actor has now, and put a former one under its `earlier`.",
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
            "Write it as the message says, or put a backslash before its first character if it is meant as text. Code between backticks is not checked.",
        ),
        "footnote": Entry(
            "codes: a footnote that is not there",
            "Write the footnote below the text (`[^1]: …`), use it in the text (`[^1]`), or remove the duplicate.",
        ),
        "link-definition": Entry(
            "codes: a link whose address is not defined",
            "Define the address below the text (`[map]: https://…`), or remove the definition that no link uses.",
        ),
        "table-cells": Entry(
            "codes: a cell too many",
            "Give the table another column, join the cells, or write a `|` inside a cell as `\\|`.",
        ),
        "heading": Entry(
            "markup: headings that are none",
            "Put an empty line between a text and the line of hyphens below it, and remove a `##` without words.",
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
            "Remove it, or write it in Markdown. The theme decides how things look, pages make their own ids, and scripts and frames are never published.",
        ),
        "markdown-in-html": Entry(
            "markup: Markdown in a block of HTML",
            "Put an empty line before and after the text: between two tags on lines of their own, text is Markdown.",
        ),
        "missing-alt": Entry(
            "codes: a picture that says nothing",
            "Say between the brackets what the picture shows, for people who can’t see it.",
        ),
    },
    "Links": {
        "unknown-reference": Entry(
            "codes: a slip in a link",
            "Correct the name, or write the entity. After a renaming, write the old slug under `redirect_from` and correct each place that is listed.",
        ),
        "ambiguous-reference": Entry(
            "codes: a name that two actors have",
            "Write one of the forms that the message lists, such as `[[actor/anna|Smith]]`.",
        ),
        "wrong-kind": Entry(
            "codes: an issue where an actor belongs",
            "Name an entity of a kind that the field accepts. If entities of two kinds have that name, write the kind before it: `actor/tea`.",
        ),
        "unknown-anchor": Entry(
            "codes: a link to a heading that was renamed",
            "Use one of the parts that the message lists, or link to the page as a whole.",
        ),
        "hidden-reference": Entry(
            "codes: a link to a draft",
            "Publish the entity, or remove the link. `--drafts` shows both.",
        ),
        "expired-reference": Entry(
            "expiry: what has expired is a warning",
            "Nothing, if the words should stay: a text shows them without a link, a claim keeps the name of who makes it, and other "
            "fields leave it out. Otherwise remove the reference, or give the entity a later `expires_on`.",
        ),
        "expires-soon": Entry(
            "expiry: it never fails a strict check",
            "Nothing, if that is intended. Only `check` says it, and `--strict` ignores it.",
        ),
        "unknown-file-reference": Entry(
            "evidence: a source whose text is missing",
            "Correct the name, or put the file into the folder that the message names: pictures in `static/`, texts of sources in `seeds/`.",
        ),
        "unknown-stance": Entry(
            "references: a vocabulary of the site's own",
            "Use a stance from the list, or add one under `stances` in `site.yaml`.",
        ),
        "alike-stances": Entry(
            "stances: one tone and one symbol",
            "Give one of the two another `symbol` in `site.yaml`, or another `tone` if it answers the question in another way.",
        ),
        "circular-reference": Entry(
            "references: affiliations in a circle",
            "Remove one link of the chain: nothing can belong to itself, or follow itself.",
        ),
    },
    "Evidence": {
        "quote-not-found": Entry(
            "codes: a word changed in a quotation",
            "Copy the words from the source; the message shows the nearest passage. If the words are your own, cite the source without words.",
        ),
        "misquoted": Entry(
            "quotations: a word is changed",
            "Copy the words from the source; the message says what differs. Words that are no quotation, such as the title of a book, go into "
            "`not_quotations`, in `site.yaml` or in the entity.",
        ),
        "quote-cites-other": Entry(
            "quotations: the words are in another source",
            "Cite the source that has the words; the message has the citation to paste.",
        ),
        "quote-unchecked": Entry(
            "quotations: nothing is cited",
            "Cite the source in the same paragraph. If it has no text yet, add it with `source add`; if these words are no quotation, list them "
            "under `not_quotations`.",
        ),
        "wrong-place": Entry(
            "codes: words on another page",
            "Write the place that the message names, or leave it out: the source says it itself.",
        ),
        "no-source-text": Entry(
            "codes: words of a source that is not at hand",
            "Put the text of the source into `seeds/` and name it under `file`, or cite without words.",
        ),
        "uncited": Entry(
            "codes: a claim without a source",
            "Add `cite`, with the source and, if you have its text, the words.",
        ),
        "unused-source": Entry(
            "codes: a source nobody cites", "Cite the source where it was used, or delete it."
        ),
        "no-story": Entry(
            "stories: what belongs to no story, and what does",
            "Name an issue of the story (`issues`), or say `story: tram`. `story: []` says that it belongs to none.",
        ),
        "ambiguous-name": Entry(
            "codes: two actors of one name",
            "List the name under `unlinked` of every entity except the one that is meant, or link it yourself where you need it.",
        ),
        "date-order": Entry(
            "dates: an event dated before the one it followed",
            "Correct the wrong date, or the field that puts one event before the other.",
        ),
        "known-one-party": Entry(
            "known: the words of a claim that is not agreed, or more of them, or those against it",
            "Cite only the words that the line needs, or delete the line: the claim says who says so.",
        ),
    },
    "Allowing": {
        "allow-unused": Entry(
            "allowing: comments that allow nothing",
            "Remove the comment, or correct its code. It must stand in or above the place that is meant.",
        ),
        "allow-without-reason": Entry(
            "allowing: a comment without a reason",
            "Say after a colon why it is right as it is. `site-builder report` lists the reasons.",
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
            "Rename one of the two, or remove the redirect: an address leads to one thing.",
        ),
    },
    "Search, sharing and reuse": {
        "missing-package": Entry(
            "", "Install the package, or remove the part from `exports` in `site.yaml`."
        ),
        "search-failed": Entry(
            "", "Build again. If it happens again, reinstall the package `pagefind[bin]`."
        ),
        "undrawn-letters": Entry(
            "",
            "Put a font with these letters into `fonts/`, or a picture of your own into `static/`.",
        ),
    },
}
