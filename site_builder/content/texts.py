"""A content file of which the text alone has changed: the most frequent edit, and the cheapest.

Front matter that is as it was needs neither YAML nor validation again, so neither is imported.
"""

from __future__ import annotations

from site_builder.content.entries import LoadedFile
from site_builder.markdown.document import Dialect
from site_builder.reading.files import InputFile, decode, digest
from site_builder.reading.front_matter import split


def with_new_text(file: InputFile, before: LoadedFile, dialect: Dialect) -> LoadedFile | None:
    """The file as `load_file` would load it, if its front matter is as it was before; else None.

    `before` is what the same path said, in the same dialect.
    """
    if not before.front_matter:
        return None
    text, odd = decode(file)
    if text is None or odd:
        return None
    parts, problem = split(file.path, text)
    if problem or digest(parts.yaml.encode()) != before.front_matter:
        return None
    from site_builder.markdown.parser import parse_body

    (entry,) = before.entries
    body, problems = parse_body(file.path, parts.body, parts.body_line, dialect)
    entries = (entry.with_body(body, parts.body),)
    return before._replace(entries=entries, diagnostics=tuple(problems))
