"""What an author most likely did where YAML can't be read, and how to mend it.

libyaml says what its scanner wanted ("did not find expected key"). Each rule here knows one slip by
that message, by the tokens before it and by the line itself, and says it in the author's terms, at
the place to mend. `RULES` is the list; the first that knows the slip speaks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import yaml

from site_builder.text.alike import named


class Slip(NamedTuple):
    """A slip, at a place in the text: line and column count from 0."""

    message: str
    line: int
    column: int
    length: int = 1
    hint: str = ""


LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's; without it PyYAML's own, which is slower and words some problems otherwise."""

LONGEST_SCANNED = 1_000_000
"""Characters of a text that is looked at token by token."""

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


@dataclass(frozen=True)
class Trouble:
    """Where and why libyaml stopped. Lines and columns count from 0."""

    text: str
    lines: list[str]
    problem: str
    context: str
    line: int
    column: int
    began: tuple[int, int]
    """Line and column where what it was reading began."""

    @property
    def here(self) -> str:
        """The line it stopped on."""
        return self.line_at(self.line)

    @property
    def character(self) -> str:
        """The character it stopped at, or ""."""
        return self.here[self.column : self.column + 1]

    def line_at(self, number: int) -> str:
        """A line, or "" where there is none."""
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    def line_before(self, number: int) -> int:
        """The nearest line above that says something, or -1."""
        number -= 1
        while number >= 0 and not _says_something(self.line_at(number)):
            number -= 1
        return number

    @cached_property
    def tokens(self) -> list[Any]:
        """The tokens before the place; none of a text that is too long to be scanned."""
        found: list[Any] = []
        if len(self.text) > LONGEST_SCANNED:
            return found
        try:
            for token in yaml.scan(self.text, Loader=LOADER):
                start, end = token.start_mark, token.end_mark
                if (end.line, end.column) > (self.line, self.column):
                    break
                if (start.line, start.column) != (end.line, end.column):
                    found.append(token)
        except yaml.YAMLError:
            pass
        return found

    @property
    def last_token(self) -> Any:
        """The last token before the place, or None."""
        return self.tokens[-1] if self.tokens else None

    @property
    def open_bracket(self) -> tuple[int, int]:
        """Line and column of the innermost bracket that is open at the place, else of what was being read."""
        marks = []
        for token in self.tokens:
            if isinstance(token, (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken)):
                marks.append((token.start_mark.line, token.start_mark.column))
            elif isinstance(token, (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)) and marks:
                marks.pop()
        return marks[-1] if marks else self.began


def explain(text: str, error: yaml.MarkedYAMLError) -> Slip | None:
    """The slip behind an error; None if no rule knows it."""
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
    """A slip that makes a line that was meant as a field or an item mere text."""
    odd = _ODD_SPACE.match(line)
    if odd:
        message = f"a plain space belongs here, not a {named(line[odd.end() - 1])}"
        return Slip(message, number, odd.end() - 1, 1, "type it again with the space bar")
    glued = _GLUED_FIELD.fullmatch(line)
    if glued:
        key, value = glued["key"], glued["value"]
        return Slip(
            f"there is no space after the colon of '{key}'",
            number,
            len(glued["lead"]) + len(key),
            1,
            f"write: {key}: {shortened(value)}",
        )
    item = _GLUED_ITEM.fullmatch(line)
    if item:
        message = "there is no space after the hyphen of this item"
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
    return Slip("a tab indents this line", trouble.line, first, length, "indent with spaces")


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
    """`% a remark`."""
    if trouble.context != "while scanning a directive" or trouble.context.startswith("%YAML"):
        return None
    line, column = trouble.began
    return Slip("a line can't begin with '%'", line, column, 1, "a remark begins with '#'")


def _undefined_alias(trouble: Trouble) -> Slip | None:
    """`definition: *drink`, and no `&drink` before it."""
    if trouble.problem != "found undefined alias":
        return None
    word = re.match(r"\*\S*", trouble.here[trouble.column :])
    length = word.end() if word else 1
    message = f"'{word[0] if word else '*'}' repeats an anchor, and there is no such anchor above"
    hint = _quote_hint(trouble.here, trouble.column)
    return Slip(message, trouble.line, trouble.column, length, hint)


def _anchor_twice(trouble: Trouble) -> Slip | None:
    """`tea: &drink` and `coffee: &drink`."""
    if not trouble.context.startswith("found duplicate anchor"):
        return None
    word = re.match(r"&\S*", trouble.here[trouble.column :])
    length = word.end() if word else 1
    message = f"the anchor '{word[0] if word else '&'}' is given twice"
    return Slip(message, trouble.line, trouble.column, length)


def _list_on_the_line_of_its_key(trouble: Trouble) -> Slip | None:
    """`title: - Tea`."""
    if not trouble.problem.startswith("block sequence entries are not allowed"):
        return None
    message = "a list begins on the line below its key"
    return Slip(message, trouble.line, trouble.column, 1, _quote_hint(trouble.here, trouble.column))


def _text_on_the_line_of_its_sign(trouble: Trouble) -> Slip | None:
    """`summary: > It is hot`."""
    if trouble.context != "while scanning a block scalar":
        return None
    line, column = trouble.began
    text = trouble.line_at(line)
    sign = text[column : column + 1]
    message = f"the text after '{sign}' begins on the next line"
    return Slip(message, line, column, 1, _quote_hint(text, column))


def _colon_in_value(trouble: Trouble) -> Slip | None:
    """`title: Tea: the question`; and what goes wrong on the line before."""
    if not trouble.problem.startswith("mapping values are not allowed"):
        return None
    field = _FIELD.fullmatch(trouble.here)
    above = trouble.line_before(trouble.line)
    if field and field.end("key") == trouble.column:
        # The line alone is a field: the one above it is not what it seems.
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
    """A field that can't be one because of the line above it."""
    before = trouble.line_at(above)
    slip = slip_in_line(before, above)
    if slip:
        return slip
    other = _FIELD.fullmatch(before)
    own_indent, key = len(field["lead"]), field["key"]
    if other and other["value"] and own_indent > len(other["lead"]):
        if " " in key:
            message = f"this text goes on from '{other['key']}' and holds ': '"
            hint = f"begin the text on a line of its own, below: {other['key']}: >"
            return Slip(message, trouble.line, trouble.column, 1, hint)
        message = f"'{key}' is indented further than '{other['key']}' above it"
        hint = f"indent it like '{other['key']}'"
        return Slip(message, trouble.line, own_indent, len(key), hint)
    if not other and above >= 0:
        return _no_field(trouble, above)
    return None


def _line_without_colon(trouble: Trouble) -> Slip | None:
    """A line of text where a field belongs."""
    if trouble.problem != "could not find expected ':'":
        return None
    line = trouble.began[0]
    return slip_in_line(trouble.line_at(line), line) or _no_field(trouble, line)


def _no_field(trouble: Trouble, line: int) -> Slip:
    text = trouble.line_at(line)
    above = _FIELD.fullmatch(trouble.line_at(trouble.line_before(line)))
    indent = len(text) - len(text.lstrip())
    hint = "a field is a name, a colon, a space and a value"
    if above:
        hint = f"if it belongs to '{above['key']}', indent it further than '{above['key']}'"
    return Slip("this line is no field: it has no colon", line, indent, len(text.strip()), hint)


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
    message = "in double quotation marks, a backslash and what follows it stand for something else"
    return Slip(message, trouble.line, column, 2, "use single quotation marks, or write \\\\")


def _text_after_value(trouble: Trouble) -> Slip | None:
    """`title: "Tea" is hot`, `title: 'Tea's question'`, `title: [Draft] Tea`."""
    if not trouble.problem.startswith("did not find expected"):
        return None
    token = trouble.last_token
    if isinstance(token, yaml.ScalarToken) and not token.plain:
        start = token.start_mark
        if start.line != token.end_mark.line:
            return _not_closed(trouble, start.line, start.column)
        if start.line != trouble.line or trouble.context.startswith("while parsing a flow"):
            return None
        rest = trouble.here[trouble.column :].strip()
        if rest in (",", ";", "."):
            message, hint = f"this '{rest}' stands behind the closing quotation mark", "delete it"
        else:
            message = "this text stands behind the closing quotation mark"
            hint = _quote_hint(trouble.here, start.column)
        return Slip(message, trouble.line, trouble.column, len(rest) or 1, hint)
    if isinstance(token, (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)):
        column = _value_column(trouble.here)
        if token.end_mark.line != trouble.line or trouble.here[column : column + 1] not in "[{":
            return None
        what = "a list" if trouble.here[column] == "[" else "a mapping"
        message = f"a value that begins with '{trouble.here[column]}' is {what}; text follows it"
        return Slip(message, trouble.line, column, 1, _quote_hint(trouble.here, column))
    return None


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
        message = f"a comma is missing here, or '{closing}'"
        hint = "quote a value that holds brackets, quotation marks or commas"
        return Slip(message, trouble.line, trouble.column, 1, hint)
    return Slip(f"this '{mark}' is not closed", line, column, 1, f"close it with '{closing}'")


def _indentation(trouble: Trouble) -> Slip | None:
    """A line indented like none of those above it; an item among fields, a field among items."""
    if not trouble.problem.startswith("did not find expected"):
        return None
    here = trouble.here
    if not _says_something(here):
        return None
    indent = len(here) - len(here.lstrip(" "))
    if here.lstrip().startswith(":"):
        return Slip("there is no name before this colon", trouble.line, indent)
    if trouble.column != indent:
        return None
    length = len(here.strip())
    above = trouble.line_at(trouble.line_before(trouble.line))
    if "block collection" in trouble.context:
        slip = slip_in_line(here, trouble.line)
        message = "a field stands here among the items of a list"
        return slip or Slip(
            message, trouble.line, indent, length, "indent it, or begin it with '- '"
        )
    if here.lstrip().startswith("- ") and indent in _indents_above(trouble):
        message = "an item of a list stands here among fields"
        return Slip(message, trouble.line, indent, length, "put the name of the list above it")
    widths = sorted(_indents_above(trouble))
    words = " or ".join(map(str, widths))
    message = f"this line is indented by {indent}, and the lines above it by {words}"
    key = _FIELD.fullmatch(above)
    hint = f"indent it like '{key['key']}' if it belongs beside it" if key else ""
    return Slip(message, trouble.line, indent, length, hint)


def _indents_above(trouble: Trouble) -> set[int]:
    """The indentations of the lines above that enclose this one."""
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
    _text_on_the_line_of_its_sign,
    _colon_in_value,
    _line_without_colon,
    _open_quotation_mark,
    _escape,
    _text_after_value,
    _open_bracket,
    _indentation,
)


# --- words -----------------------------------------------------------------------------------------


def _says_something(line: str) -> bool:
    stripped = line.strip()
    return bool(stripped) and not stripped.startswith("#")


def _value_column(line: str) -> int:
    """Where the value of a line begins: behind its key, or behind the hyphen of an item."""
    match = _FIELD.fullmatch(line) or _ITEM.fullmatch(line)
    if match and match["value"] is not None:
        return match.start("value")
    return len(line) - len(line.lstrip())


def _quote_hint(line: str, column: int) -> str:
    """The line's value from `column` on, in quotation marks."""
    value = line[column:].strip()
    field = _FIELD.fullmatch(line)
    key = f"{field['key']}: " if field and field.start("value") == column else ""
    return f"quote it: {key}{quoted(value)}" if len(value) <= 80 else "put it in quotation marks"


def shortened(value: str) -> str:
    """A text as it can be shown in a hint."""
    return value if len(value) <= 80 else f"{value[:80]}…"


def quoted(value: str) -> str:
    """A text as a YAML scalar in quotation marks; shortened, if it is long."""
    return in_quotes(shortened(value))


def in_quotes(value: str) -> str:
    """A text as a YAML scalar in quotation marks."""
    if len(value) > 1 and value[0] == value[-1] == "'":
        value = value[1:-1]
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"
