"""Advice for error messages of git, ssh, rsync and the operating system."""

from __future__ import annotations

import re

from site_builder.values import NamedTuple


class _Reason(NamedTuple):
    """The pattern of an error message and the advice, which may refer to groups of the pattern."""

    pattern: re.Pattern[str]
    advice: str


def _reason(pattern: str, advice: str) -> _Reason:
    return _Reason(re.compile(pattern, re.IGNORECASE), advice)


_REASONS = (
    _reason(
        r"dubious ownership in repository at '(?P<folder>[^']+)'",
        "git does not trust the folder because it belongs to another user; if it is yours, run: "
        "git config --global --add safe.directory '{folder}'",
    ),
    _reason(
        r"remote host identification has changed",
        "the server's key has changed. Ask whoever runs the server whether that is right; only then "
        "remove the old one with ssh-keygen -R and the server's name, and publish again",
    ),
    _reason(
        r"host key verification failed|authenticity of host|no \w+ host key is known",
        "ssh does not know the server's key yet; connect once by hand with ssh, compare the key, and "
        "publish again (in CI, put the key into ~/.ssh/known_hosts)",
    ),
    _reason(
        r"permission denied \((?:publickey|password|keyboard|gssapi)|too many authentication failures",
        "the server accepts none of your ssh keys; add one to your account there, or to your agent with ssh-add",
    ),
    _reason(
        r"authentication failed|could not read (?:username|password)|invalid (?:username|credentials)"
        r"|invalid .{0,20}token|terminal prompts disabled|support for password authentication was removed",
        "the password or token is missing, wrong or has expired; give git a new one",
    ),
    _reason(
        r"GH001|exceeds .{0,40}(?:file )?size limit|pack exceeds maximum",
        "a file is larger than the host accepts; make it smaller, or link to a copy elsewhere",
    ),
    _reason(
        r"protected branch|GH006|GH013|rule violations|pre-receive hook declined|not allowed to push"
        r"|permission to \S+ denied|write access to repository not granted|returned error: 403",
        "you do not have permission to push there: ask for write access, or for other branch rules",
    ),
    _reason(
        r"cannot lock ref|failed to lock|unable to create .{0,200}\.lock",
        "somebody else is writing there right now; publish again",
    ),
    _reason(
        r"no space left on device|disk quota exceeded",
        "the disk is full, here or there; free some space and publish again",
    ),
    _reason(r"read-only file system", "the disk is read-only; publish to another place"),
    _reason(
        r"could not resolve host|name or service not known|temporary failure in name resolution"
        r"|network is unreachable|no route to host",
        "the server can't be found: is its name right, and are you online?",
    ),
    _reason(
        r"connection (?:timed out|refused|reset)|operation timed out|failed to connect to",
        "the server does not answer: is its address right, is it running, and does a firewall let you through?",
    ),
    _reason(
        r"certificate|SSL",
        "the server's certificate is not accepted; is its name right, and is the clock of this machine?",
    ),
    _reason(
        r"repository .{0,300}not found|does not appear to be a git repository|not found: did you run",
        "there is no repository at this address, or you have no access to it; check the address, and what the "
        "key or token is allowed to do",
    ),
    _reason(
        r"rsync: (?:command )?not found|rsync: No such file",
        "rsync must be installed on the other machine, too",
    ),
    _reason(
        r"permission denied|operation not permitted|insufficient permission",
        "writing there is not allowed: who owns the files and folders named, and as which user do you publish?",
    ),
)
"""The first match wins, so more specific patterns come first."""


def what_to_do(output: str) -> str:
    """Advice for a program's output; "" if no reason is known."""
    for pattern, advice in _REASONS:
        found = pattern.search(output)
        if found:
            return advice.format(**found.groupdict())
    return ""


def is_reason(line: str) -> bool:
    """Whether a line contains a known reason."""
    return any(pattern.search(line) for pattern, _ in _REASONS)
