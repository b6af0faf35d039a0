"""Which files are skipped because of their names: hidden files, and leftovers of programs."""

from __future__ import annotations

import re

from site_builder.text import lazily

PUBLISHED_FOLDERS = frozenset((".well-known",))
"""Hidden folders of `static/` that are published (RFC 8615: `security.txt`, proofs for certificates)."""
PUBLISHED_FILES = frozenset((".domains", ".htaccess", ".nojekyll"))
"""Hidden files of `static/` that are published, because web servers read them.

`.htaccess` configures Apache, `.nojekyll` keeps GitHub Pages from skipping files, and `.domains`
names the domains of a site on Codeberg Pages.
"""

_LEFTOVER = lazily.pattern(
    r"""
      \#.*\# | .*~ | ~\$.* | ~syncthing~.* | 4913
    | .*\.sw[k-px] | \..*\.s[a-w][a-z]
    | .*\.(?:tmp|bak|bck|orig|rej|kate-swp|sublime-workspace|part|partial|crdownload|opdownload|aria2)
    | .*\.tmp\.[0-9][0-9.]* | .*\.sb-[0-9a-f]{8}-[A-Za-z0-9]{6}
    | .*___jb_(?:tmp|old|bak)___
    | \.(?:\#|_|~lock\.|git|goutputstream-|nfs0|fuse_hidden|site-builder|syncthing\.|Trash).*
    """,
    re.VERBOSE,
)
"""Temporary and backup files of Emacs, Vim, JetBrains, Kate, TextEdit, office programs, browsers and others.

Vim: `.tea.md.swp`, `.swo` and on downwards, `4913`, `tea.md~`. Emacs: `#tea.md#`, `.#tea.md`. JetBrains:
`tea.md___jb_tmp___`. TextEdit: `tea.md.sb-1a2b3c4d-AbCdEf`. Office: `~$tea.docx`, `.~lock.tea.odt#`. Browsers:
`tea.pdf.part`, `tea.pdf.crdownload`. Also git's own files, which don't belong on a website.
"""
_OF_SYSTEMS = frozenset(
    ("__pycache__", "__macosx", "thumbs.db", "ehthumbs.db", "desktop.ini", "$recycle.bin", "@eadir",
     ".ds_store", ".appledouble", ".lsoverride", ".directory", ".spotlight-v100", ".fseventsd",
     ".hg", ".svn", ".idea", ".vscode", ".vs", ".zed", ".fleet", ".keep", ".placeholder")
)  # fmt: skip
"""Names, in lower case, of files that systems put into folders, or that keep an empty folder in git."""


_PLAIN = (
    ".md",
    ".yaml",
    ".txt",
    ".html",
    ".css",
    ".js",
    ".svg",
    ".png",
    ".jpg",
    ".webp",
    ".pdf",
    ".csv",
)
"""Endings of names that are not leftovers if they begin with a letter or digit: a shortcut for most files."""


def is_leftover(name: str) -> bool:
    """Whether this is the name of a file or folder that an editor, browser or system makes for itself."""
    if name[:1].isalnum() and name.endswith(_PLAIN):
        return False
    return bool(_LEFTOVER.fullmatch(name)) or name.lower() in _OF_SYSTEMS


def is_ignored(name: str) -> bool:
    """Whether a file or folder with this name is skipped: it is hidden or a leftover."""
    return name.startswith(".") or is_leftover(name)


def is_published(name: str, *, folder: bool) -> bool:
    """Whether a hidden file or folder of `static/` is published because servers or visitors need it."""
    return name in (PUBLISHED_FOLDERS if folder else PUBLISHED_FILES)
