"""Explains YAML errors: what the author probably did wrong, and how to fix it.

libyaml only says what its scanner expected ("did not find expected key"). Each rule here recognises one
mistake by that message, the tokens before it and the line itself, and explains it in the author's words,
at the place to fix. The first rule in `RULES` that recognises the mistake wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import yaml

from site_builder.reading.yaml_quoting import quoted, shortened
from site_builder.reading.yaml_trouble import Slip, Trouble, says_something
from site_builder.text.alike import named

_FIELD = re.compile(
    r"""(?P<lead>[ ]*(?:-[ ]+)*)
        (?P<key>[\w-][^:'"\[\]{},]*|"[^"]*"|'[^']*')
        :(?:[ \t]+(?P<value>.*))?""",
    re.VERBOSE,
)
_ITEM = re.compile(r"(?P<lead>[ ]*(?:-[ ]+)+)(?P<value>\S.*)")
_GLUED_FIELD = re.compile(r"(?P<lead>[ ]*(?:-[ ]+)*)(?P<key>[\w-]+):(?P<value>[^\s:/].*)")
_GLUED_ITEM = re.compile(r"(?P<lead>[ ]*)-(?P<value>[^\s-].*)")
_ODD_SPACE = re.compile(r"[ ]*(?:-|(?:- +)*[\w-]+:)[\u00a0\u2000-\u200b\u202f\u3000]")
_OTHER_SIGN = re.compile(r"(?P<lead>[ ]*)(?P<key>[\w-]+)[ ]*(?P<sign>=|：|->|=>)[ ]*(?P<value>.*)")


def explain(text: str, error: yaml.MarkedYAMLError) -> Slip | None:
    """The mistake behind an error, or None if no rule recognises it."""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return None
    began = error.context_mark or mark
    trouble = Trouble(
        text=text,
        lines=[line.rstrip() for line in text.split("\n")],
        problem=error.problem or "",
        context=error.context or "",
        line=mark.line,
        column=mark.column,
        began=(began.line, began.column),
    )
    for rule in RULES:
        slip = rule(trouble)
        if slip is not None:
            return slip
    return None


def slip_in_line(line: str, number: int) -> Slip | None:
    """A mistake because of which YAML reads a field or list item as plain text."""
    odd = _ODD_SPACE.match(line)
    if odd:
        message = f"use an ordinary space here, not a {named(line[odd.end() - 1])}"
        return Slip(message, number, odd.end() - 1, 1, "retype it with the space bar")
    glued = _GLUED_FIELD.fullmatch(line)
    if glued:
        key, value = glued["key"], glued["value"]
        return Slip(
            f"the space after the colon of '{key}' is missing",
            number,
            len(glued["lead"]) + len(key),
            1,
            f"write: {key}: {shortened(value)}",
        )
    item = _GLUED_ITEM.fullmatch(line)
    if item:
        message = "the space after the hyphen of this item is missing"
        return Slip(message, number, len(item["lead"]), 1, f"write: - {shortened(item['value'])}")
    other = _OTHER_SIGN.fullmatch(line)
    if other:
        key, sign = other["key"], other["sign"]
        message = f"a field is written with a colon and a space, not with '{sign}'"
        return Slip(
            message,
            number,
            other.start("sign"),
            len(sign),
            f"write: {key}: {shortened(other['value'])}",
        )
    return None


# --- the rules -------------------------------------------------------------------------------------


def _tab(trouble: Trouble) -> Slip | None:
    """`<tab>title: Tea`."""
    indent = re.match(r"[ \t]*", trouble.here)
    if not indent or "\t" not in indent[0] or trouble.column > indent.end():
        return None
    first = indent[0].index("\t")
    length = indent.end() - first
    return Slip(
        "this line is indented with a tab", trouble.line, first, length, "indent it with spaces"
    )


def _special_character(trouble: Trouble) -> Slip | None:
    """`title: @tea`, `title: *Tea* is hot`, `title: ? Tea`."""
    if trouble.context.startswith("while scanning an a"):  # an alias, an anchor
        line, column = trouble.began
    elif trouble.problem in (
        "found character that cannot start any token",
        "mapping keys are not allowed in this context",
    ):
        line, column = trouble.line, trouble.column
    else:
        return None
    text = trouble.line_at(line)
    character = text[column : column + 1]
    message = f"a value can't begin with '{character}'"
    return Slip(message, line, column, 1, _quote_hint(text, column))


def _line_begins_with_percent(trouble: Trouble) -> Slip | None:
    """`% a comment`."""
    if trouble.context != "while scanning a directive" or trouble.context.startswith("%YAML"):
        return None
    line, column = trouble.began
    return Slip("a line can't begin with '%'", line, column, 1, "a comment begins with '#'")


def _undefined_alias(trouble: Trouble) -> Slip | None:
    """`definition: *drink`, and no `&drink` before it."""
    if trouble.problem != "found undefined alias":
        return None
    word = re.match(r"\*\S*", trouble.here[trouble.column :])
    length = word.end() if word else 1
    message = f"'{word[0] if word else '*'}' refers to an anchor that is not defined above"
    hint = _quote_hint(trouble.here, trouble.column)
    return Slip(message, trouble.line, trouble.column, length, hint)


def _anchor_twice(trouble: Trouble) -> Slip | None:
    """`tea: &drink` and `coffee: &drink`."""
    if not trouble.context.startswith("found duplicate anchor"):
        return None
    word = re.match(r"&\S*", trouble.here[trouble.column :])
    length = word.end() if word else 1
    message = f"the anchor '{word[0] if word else '&'}' is defined twice"
    return Slip(message, trouble.line, trouble.column, length)


def _list_on_the_line_of_its_key(trouble: Trouble) -> Slip | None:
    """`title: - Tea`."""
    if not trouble.problem.startswith("block sequence entries are not allowed"):
        return None
    message = "a list must begin on the line below its key"
    return Slip(message, trouble.line, trouble.column, 1, _quote_hint(trouble.here, trouble.column))


def _text_on_the_line_of_its_indicator(trouble: Trouble) -> Slip | None:
    """`summary: > It is hot`."""
    if trouble.context != "while scanning a block scalar":
        return None
    line, column = trouble.began
    text = trouble.line_at(line)
    sign = text[column : column + 1]
    message = f"the text after '{sign}' must begin on the next line"
    return Slip(message, line, column, 1, _quote_hint(text, column))


def _colon_in_value(trouble: Trouble) -> Slip | None:
    """`title: Tea: the question`; or a mistake on the line above."""
    if not trouble.problem.startswith("mapping values are not allowed"):
        return None
    field = _FIELD.fullmatch(trouble.here)
    above = trouble.line_before(trouble.line)
    if field and field.end("key") == trouble.column:
        # The line by itself is a correct field, so the mistake is in the line above it.
        return _field_after(trouble, above, field)
    if field and field["value"] is not None:
        hint = _quote_hint(trouble.here, field.start("value"))
        return Slip(
            "a value with ': ' in it needs quotation marks", trouble.line, trouble.column, 1, hint
        )
    item = _ITEM.fullmatch(trouble.here)
    if item:
        hint = _quote_hint(trouble.here, item.start("value"))
        return Slip(
            "a value with ': ' in it needs quotation marks", trouble.line, trouble.column, 1, hint
        )
    return None


def _field_after(trouble: Trouble, above: int, field: re.Match[str]) -> Slip | None:
    """A field that is not read as one because of the line above it."""
    before = trouble.line_at(above)
    slip = slip_in_line(before, above)
    if slip:
        return slip
    other = _FIELD.fullmatch(before)
    own_indent, key = len(field["lead"]), field["key"]
    if other and other["value"] and own_indent > len(other["lead"]):
        if " " in key:
            message = f"this text continues '{other['key']}' and contains ': '"
            hint = f"begin the text on its own line, below: {other['key']}: >"
            return Slip(message, trouble.line, trouble.column, 1, hint)
        message = f"'{key}' is indented further than '{other['key']}' above it"
        hint = f"indent it like '{other['key']}'"
        return Slip(message, trouble.line, own_indent, len(key), hint)
    if not other and above >= 0:
        return _not_a_field(trouble, above)
    return None


def _line_without_colon(trouble: Trouble) -> Slip | None:
    """A line of text where a field is expected."""
    if trouble.problem != "could not find expected ':'":
        return None
    line = trouble.began[0]
    return slip_in_line(trouble.line_at(line), line) or _not_a_field(trouble, line)


def _not_a_field(trouble: Trouble, line: int) -> Slip:
    text = trouble.line_at(line)
    above = _FIELD.fullmatch(trouble.line_at(trouble.line_before(line)))
    indent = len(text) - len(text.lstrip())
    hint = "a field is a name, a colon, a space and a value"
    before = trouble.line_at(trouble.line_before(line))
    if above:
        hint = f"if it belongs to '{above['key']}', indent it further than '{above['key']}'"
    elif len(before) - len(before.lstrip()) > indent:
        hint = "if it belongs to the text above it, indent it like that"
    return Slip("this line is not a field: it has no colon", line, indent, len(text.strip()), hint)


def _open_quotation_mark(trouble: Trouble) -> Slip | None:
    """`title: "Tea`."""
    if "scalar" not in trouble.context or "quot" not in trouble.context:
        return None
    if "unexpected" not in trouble.problem:
        return None
    return _not_closed(trouble, *trouble.began)


def _not_closed(trouble: Trouble, line: int, column: int) -> Slip:
    text = trouble.line_at(line)
    mark = text[column : column + 1]
    rest = text[column + 1 :].strip()
    message = "this quotation mark is not closed"
    hint = f"close it: {mark}{rest}{mark}" if 0 < len(rest) <= 80 else f"close it with {mark}"
    return Slip(message, line, column, 1, hint)


def _escape(trouble: Trouble) -> Slip | None:
    r"""`path: "C:\Users"`."""
    if "quoted scalar" not in trouble.context:
        return None
    column = trouble.here.rfind("\\", 0, trouble.column + 1)
    if column < 0:
        return None
    message = "in double quotation marks, a backslash begins an escape sequence"
    return Slip(message, trouble.line, column, 2, "use single quotation marks, or write \\\\")


def _text_after_value(trouble: Trouble) -> Slip | None:
    """`title: "Tea" is hot`, `title: 'Tea's question'`, `title: [Draft] Tea`."""
    if not trouble.problem.startswith("did not find expected"):
        return None
    token = trouble.last_token
    if isinstance(token, yaml.ScalarToken) and not token.plain:
        start = token.start_mark
        if token.style in ("|", ">"):
            return _text_less_indented(trouble)
        if start.line != token.end_mark.line:
            return _not_closed(trouble, start.line, start.column)
        if start.line != trouble.line or trouble.context.startswith("while parsing a flow"):
            return None
        rest = trouble.here[trouble.column :].strip()
        if rest in (",", ";", "."):
            message, hint = f"this '{rest}' is after the closing quotation mark", "delete it"
        else:
            message = "this text is after the closing quotation mark"
            hint = _quote_hint(trouble.here, start.column)
        return Slip(message, trouble.line, trouble.column, len(rest) or 1, hint)
    if isinstance(token, (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)):
        column = _value_column(trouble.here)
        if token.end_mark.line != trouble.line or trouble.here[column : column + 1] not in "[{":
            return None
        what = "a list" if trouble.here[column] == "[" else "a mapping"
        message = (
            f"a value that begins with '{trouble.here[column]}' is {what}, but text follows it"
        )
        return Slip(message, trouble.line, column, 1, _quote_hint(trouble.here, column))
    return None


def _text_less_indented(trouble: Trouble) -> Slip:
    """A line of a text below `summary: >` that is indented less than the first."""
    indent = len(trouble.here) - len(trouble.here.lstrip())
    message = "this line is indented less than the text above it, but further than its field"
    hint = "indent all lines of a text alike"
    return Slip(message, trouble.line, indent, len(trouble.here.strip()), hint)


def _open_bracket(trouble: Trouble) -> Slip | None:
    """`aliases: [chai, cha`."""
    if not trouble.context.startswith("while parsing a flow"):
        return None
    began_inside = trouble.context == "while parsing a flow node"
    line, column = trouble.open_bracket if began_inside else trouble.began
    mark = trouble.line_at(line)[column : column + 1]
    closing = {"[": "]", "{": "}"}.get(mark, "")
    if not closing:
        return None
    if line == trouble.line and closing in trouble.here[trouble.column :]:
        message = f"a comma or '{closing}' is missing here"
        hint = "quote a value that contains brackets, quotation marks or commas"
        return Slip(message, trouble.line, trouble.column, 1, hint)
    return Slip(f"this '{mark}' is not closed", line, column, 1, f"close it with '{closing}'")


def _indentation(trouble: Trouble) -> Slip | None:
    """A line indented unlike all those above it; a list item among fields, or a field among list items."""
    if not trouble.problem.startswith("did not find expected"):
        return None
    here = trouble.here
    if not says_something(here):
        return None
    indent = len(here) - len(here.lstrip(" "))
    if here.lstrip().startswith(":"):
        return Slip("the name before this colon is missing", trouble.line, indent)
    if trouble.column != indent:
        return None
    length = len(here.strip())
    above = trouble.line_at(trouble.line_before(trouble.line))
    if "block collection" in trouble.context:
        slip = slip_in_line(here, trouble.line)
        message = "this is a field among the items of a list"
        return slip or Slip(
            message, trouble.line, indent, length, "indent it, or begin it with '- '"
        )
    if here.lstrip().startswith("- ") and indent in _indents_above(trouble):
        message = "this is a list item among fields"
        return Slip(message, trouble.line, indent, length, "put the name of the list above it")
    widths = sorted(_indents_above(trouble))
    words = " or ".join(map(str, widths))
    message = f"this line is indented by {indent}, but the lines above it by {words}"
    key = _FIELD.fullmatch(above)
    hint = f"indent it like '{key['key']}' if it belongs to the same entry" if key else ""
    return Slip(message, trouble.line, indent, length, hint)


def _indents_above(trouble: Trouble) -> set[int]:
    """The indentations of this line's parents."""
    found: set[int] = set()
    number, least = trouble.line, 1_000
    while least > 0 and (number := trouble.line_before(number)) >= 0:
        text = trouble.line_at(number)
        indent = len(text) - len(text.lstrip(" "))
        if indent < least:
            found.add(indent)
            least = indent
    return found or {0}


RULES: tuple[Callable[[Trouble], Slip | None], ...] = (
    _tab,
    _undefined_alias,
    _anchor_twice,
    _line_begins_with_percent,
    _special_character,
    _list_on_the_line_of_its_key,
    _text_on_the_line_of_its_indicator,
    _colon_in_value,
    _line_without_colon,
    _open_quotation_mark,
    _escape,
    _text_after_value,
    _open_bracket,
    _indentation,
)


# --- words -----------------------------------------------------------------------------------------


def _value_column(line: str) -> int:
    """The column where the value of a line begins: after its key, or after the hyphen of a list item."""
    match = _FIELD.fullmatch(line) or _ITEM.fullmatch(line)
    if match and match["value"] is not None:
        return match.start("value")
    return len(line) - len(line.lstrip())


def _quote_hint(line: str, column: int) -> str:
    """A hint that shows the value from `column` on in quotation marks."""
    value = line[column:].strip()
    field = _FIELD.fullmatch(line)
    key = f"{field['key']}: " if field and field.start("value") == column else ""
    return f"quote it: {key}{quoted(value)}" if len(value) <= 80 else "put it in quotation marks"
