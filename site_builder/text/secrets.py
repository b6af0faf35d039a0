"""Hides passwords, tokens and keys in messages that quote lines or addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SIGN = "•"
_SPACE = r"[^\S\n]"
_NAME = r"""(?P<name>"[^"\n]+"|'[^'\n]+'|[“„«`]?[.@%$]?[^\W\d][\w.-]*(?:[ ][\w.-]+)*[”“»`]?)"""
_BEFORE = rf"^{_SPACE}*(?:[-?*+]{_SPACE}*|[&!]\S*{_SPACE}+)*"
"""What may be before a name in its line: white space, signs of a list, an anchor, a tag."""
_FIELD = re.compile(
    rf"(?P<before>{_BEFORE}|[{{,\[][ ]*){_NAME}{_SPACE}*[:：](?=\s|$|[\"'])", re.MULTILINE
)
_SLIP = re.compile(
    rf"""(?P<before>{_BEFORE})(?P<name>["'“„«`]?[.@%$]?[^\W\d][\w.-]*["'”“»`]?)"""
    rf"(?:{_SPACE}*(?:[-=]>|[=:：;]|-(?=[ ]))|{_SPACE}+(?=\S+{_SPACE}*$))",
    re.MULTILINE,
)
"""A field whose colon is missing, another sign, or has no space after it: `token=abc`, `token abc`, `token:abc`."""
_IN_LINE = re.compile(
    r"(?P<before>[{,\[][ ]*[\"']?)?(?<![\w.-])(?P<name>[A-Za-z][\w.-]*)[ ]*(?P<sign>[:=])(?!//)"
)
"""A name in the middle of a line, as in `title: Tea token=abc`."""
_ASSIGNED = re.compile(r"""[ ]*(?:"[^"\n]*"?|'[^'\n]*'?|[^\s&#;,}\]'"<>]*)""")
_NAME_ALONE = re.compile(
    rf"(?:{_BEFORE}|[{{,\[][ ]*){_NAME}{_SPACE}*\n{_SPACE}*:(?P<value>.*)$", re.MULTILINE
)
"""A name, and its value in the next line: behind `?`, or in brackets."""
_VALUE_IN_FLOW = re.compile(r"""\s*(?:"(?:\\.|[^"\\])*"?|'(?:''|[^'])*'?|[^,}\]\n]*)""")
_QUOTED = re.compile(r"""\s*(?:[&!]\S*\s+)*(?:"(?:\\.|[^"\\])*"|'(?:''|[^'])*')""")
_NEW_FIELD = re.compile(
    r"""\s*(?:[?#-]|(?:"[^"]*"|'[^']*'|[^\s"'{}\[\],|>][^:]*?)\s*:(?:\s|$)|\.\.\.)"""
)
"""A line that can't belong to the value above it, unless it is indented deeper."""
_TELLING = re.compile(
    r"pas{1,2}w|passphrase|passcode|passkey|pswd|secret|secert|token|tokn|credential|privat|bearer|authorization",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
_KEYS = frozenset(("key", "keys", "pwd", "pass", "pw", "auth", "oauth", "jwt", "creds"))
_ENDS_IN_KEY = re.compile(r"(?:access|api|deploy|host|master|secret|sign|signing|ssh|gpg|pgp)keys?")
_NO_SECRETS = frozenset(("key_points", "key_point", "keypoints"))

_USER = re.compile(
    r"(?P<scheme>\b(?P<http>https?|ftps?)|\b[a-z][a-z0-9+.-]*)?(?P<slashes>:/{1,3}|//)"
    r"(?P<user>[^/\s@'\":]*:(?!\d*/)[^\s'\"]{0,300}|[^/\s@'\"]+)@",
    re.IGNORECASE,
)
"""A password may have any sign in it: it ends at the last `@`, unless there is only a port before a slash."""
_USER_ALONE = re.compile(r"(?<![\w/@:])(?!mailto:)[\w.+-]+:[^\s/@'\"]+@(?=[\w.\[-])")
"""A user and a password without a scheme: `me:pass@host:/folder`."""
_QUERY = re.compile(r"(?<=[?&;#])(?P<name>[^\s=&#'\"<>?;]+)=(?P<value>[^\s&#'\"<>;)]+)")
_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s'\"<>]+", re.IGNORECASE)
_SHAPES = re.compile(
    r"\b(?:(?:AKIA|ASIA)[0-9A-Z]{12,}|gh[a-z]_\w{16,}|github_pat_\w{16,}|gl[a-z]+-[\w-]{16,}|xox[a-z]-[\w-]{10,}"
    r"|eyJ[\w-]{10,}\.[\w.-]+|AIza[\w-]{30,}|sk[-_](?:live_|test_)?[A-Za-z0-9_-]{20,}|(?:npm|hf|pypi)[-_][\w-]{30,})"
)
"""Keys of Amazon, Google and others, tokens of GitHub, GitLab and Slack, and JSON Web Tokens, by their prefixes."""
_AUTHORIZATION = re.compile(r"(authorization:\s*)\S+(?:\s+\S+)?", re.IGNORECASE)


def names_a_secret(name: str) -> bool:
    """Whether a field or variable with this name probably holds a secret: `aws_secret_access_key`, `api-key`."""
    plain = name.strip("\"'“”„«»`.@%$")
    if _TELLING.search(plain):
        return True
    if plain.lower().replace("-", "_") in _NO_SECRETS:
        return False
    parts = [part.lower() for part in _PARTS.findall(plain)]
    return any(part in _KEYS or _ENDS_IN_KEY.fullmatch(part) for part in parts)


def without_secrets(text: str) -> str:
    """A message without known tokens, and without user names, passwords and query values in addresses."""
    text = _USER.sub(
        lambda match: (
            f"{match['scheme'] or ''}{match['slashes']}…@" if _is_private(match) else match[0]
        ),
        text,
    )
    text = _USER_ALONE.sub("…@", text)
    text = _ADDRESS.sub(lambda match: _QUERY.sub(r"\g<name>=…", match[0]), text)
    text = _SHAPES.sub("…", text)
    return _AUTHORIZATION.sub(r"\1…", text)


def masked(text: str) -> str:
    """YAML with each character of a secret replaced, so that lines and columns stay the same.

    Secrets are the values of fields whose names suggest one, on all their lines, and the user names and
    query values in addresses.
    """
    pieces, at = [], 0
    for start, end in sorted(_spans(text)):
        if end > at:
            begin = max(start, at)
            pieces += [text[at:begin], re.sub(r"\S", _SIGN, text[begin:end])]
            at = end
    return "".join([*pieces, text[at:]])


def secrets_of(text: str) -> list[str]:
    """The secrets that `masked` hides in a text, longest first: lines, and words that a message may name.

    `!abc x` is a tag for YAML, `&abc x` an anchor.
    """
    spans = [text[start:end] for start, end in _spans(text)]
    lines = {line.strip(" -|>\"'") for span in spans for line in span.split("\n")}
    lines |= {word for span in spans for word in re.findall(r"(?<!\S)[!&*@%`]\S+", span)}
    return sorted((line for line in lines if len(line) >= _SHORTEST), key=lambda x: (-len(x), x))


_SHORTEST = 4
"""The shortest secret that is removed from messages; a shorter one would match too much else."""


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for match in _FIELD.finditer(text):
        if names_a_secret(match["name"]):
            yield from _value(text, match)
    for match in _NAME_ALONE.finditer(text):
        if names_a_secret(match["name"]):
            yield match.span("value")
    for match in _SLIP.finditer(text):
        if names_a_secret(match["name"]):
            yield from _value(text, match)
    for match in _IN_LINE.finditer(text):
        if match["before"] is None and _TELLING.search(match["name"]):
            end = _line_end(text, match.end())
            assigned = _ASSIGNED.match(text, match.end(), end)
            yield match.end(), assigned.end() if assigned and match["sign"] == "=" else end
    yield from _in_addresses(text)
    for match in _SHAPES.finditer(text):
        yield match.span()


def _in_addresses(text: str) -> Iterator[tuple[int, int]]:
    for match in _USER.finditer(text):
        if _is_private(match):
            yield match.span("user")
    for match in _USER_ALONE.finditer(text):
        yield match.start(), match.end() - 1
    for address in _ADDRESS.finditer(text):
        for match in _QUERY.finditer(text, *address.span()):
            yield match.span("value")


def _value(text: str, field: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The ranges of a field's value: up to the next field in a flow mapping, else all its lines."""
    start = field.end()
    if field["before"].strip()[:1] in ("{", ",", "["):
        match = _VALUE_IN_FLOW.match(text, start)
        yield start, match.end() if match else _line_end(text, start)
        return
    quoted = _QUOTED.match(text, start)
    end = _line_end(text, quoted.end() if quoted else start)
    yield start, end
    indent = field.start("name") - (text.rfind("\n", 0, field.start("name")) + 1)
    in_list = "-" in field["before"]
    while end < len(text):
        begin, end = end + 1, _line_end(text, end + 1)
        line = text[begin:end]
        inner = len(line) - len(line.lstrip())
        if line.strip() and inner <= indent and not _goes_on(line, inner == indent and not in_list):
            return
        yield begin, end


def _goes_on(line: str, same: bool) -> bool:
    """Whether a line indented no deeper than a field still belongs to its value.

    It does if it is in a list at the same depth, or if it is no field, item or comment, as in a text whose
    indentation is forgotten.
    """
    if same and line.lstrip().startswith("- "):
        return True
    slip = _SLIP.match(line)
    is_new = _NEW_FIELD.match(line) or (slip and names_a_secret(slip["name"]))
    return not is_new or line.lstrip().startswith(":")


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def _is_private(match: re.Match[str]) -> bool:
    """Whether a user part is secret: over HTTP a name may be a token; with ssh or rsync only a password is."""
    return bool(match["http"]) or ":" in match["user"]
