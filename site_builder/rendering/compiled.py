"""A cache of compiled templates.

Compiling the default theme takes half a second, longer than building a small site. A site's own templates are
cached in its store, signed with a secret of this installation, because loading one runs it and the store may
come from somebody else. Those of the default theme are the same for every site, and are cached with the compiled
modules of this program; `python -m site_builder.rendering.compiled` compiles them during installation.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from functools import cache
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from site_builder.disk import create, read_file, replace
from site_builder.memory.store import Store
from site_builder.reading.files import digest
from site_builder.reading.themes import default_theme
from site_builder.rendering.environment import COMPILED_BY, TEMPLATES, Templates

FOLDER = Path(__file__).parent / "__pycache__"
_SEAL = 32
"""The length in bytes of a seal, and of the secret that makes it."""
_OURS = "theme "
"""The prefix of the keys of the default theme's templates."""


class CompiledTemplates(jinja2.BytecodeCache):
    """A cache of compiled templates, by the digest of their source and of the compiler's settings.

    If `store` is None, the site's own templates are not cached. With `write`, those of the default theme are
    cached, if the folder is writable. Jinja itself ignores templates that another version of Python or Jinja
    compiled.
    """

    def __init__(self, store: Store | None, *, write: bool = not sys.dont_write_bytecode) -> None:
        self._store = store
        self._settings = digest(f"{COMPILED_BY} {jinja2.__version__}".encode())
        self._write = write
        self._theme = f"{default_theme()}{os.sep}"

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The cache key of a template."""
        return f"{_OURS if (filename or '').startswith(self._theme) else ''}{name}"

    def get_source_checksum(self, source: str) -> str:
        """A hash of the source and of how it is compiled."""
        return digest(f"{self._settings} {source}".encode())

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fills the bucket from the cache, if the entry is there and intact."""
        if bucket.key.startswith(_OURS):
            try:
                bucket.bytecode_from_string(read_file(self._file(bucket)))
            except Exception:  # noqa: BLE001  # a broken cache is ignored
                bucket.reset()
        elif self._store:
            record = self._store.get(self._key(bucket)) or b""
            seal, code = record[:_SEAL], record[_SEAL:]
            if seal == self._seal(bucket, code):
                bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Stores the bucket."""
        if not bucket.key.startswith(_OURS):
            if self._store:
                code = bucket.bytecode_to_string()
                self._store.put(self._key(bucket), self._seal(bucket, code) + code)
        elif self._write:
            with contextlib.suppress(OSError):
                replace(self._file(bucket), bucket.bytecode_to_string())

    def _key(self, bucket: Bucket) -> str:
        return f"template {bucket.key} {bucket.checksum}"

    def _seal(self, bucket: Bucket, code: bytes) -> bytes:
        """A signature of this code under this key, which only this installation can make."""
        secret = _secret(FOLDER, write=self._write)
        text = self._key(bucket).encode() + b"\0" + code
        return hashlib.blake2b(text, key=secret, digest_size=_SEAL).digest()

    def _file(self, bucket: Bucket) -> Path:
        name = bucket.key.removeprefix(_OURS).replace("/", "-")
        return FOLDER / f"{name}.{sys.implementation.cache_tag}.jinja"


@cache
def _secret(folder: Path, *, write: bool) -> bytes:
    """The secret of this installation; if none can be stored, one for this process."""
    path = folder / "templates.key"
    with contextlib.suppress(OSError):
        if write and not path.exists():
            create(path, os.urandom(_SEAL), mode=0o600)
        secret = read_file(path, largest=_SEAL)
        if len(secret) == _SEAL:
            return secret
    return os.urandom(_SEAL)


def main() -> None:
    """Compiles the templates of the default theme that are not compiled yet.

    It also makes the secret, which builds with PYTHONDONTWRITEBYTECODE do not.
    """
    FOLDER.mkdir(exist_ok=True)
    _secret(FOLDER, write=True)
    templates = Templates(Path(), [default_theme()], {}, CompiledTemplates(None, write=True))
    for name in templates.environment.list_templates(
        filter_func=lambda name: name.endswith(TEMPLATES)
    ):
        templates.environment.get_template(name)


if __name__ == "__main__":
    main()
